"""Notes on wording in the journal and the approach, the life of a thing from its sheet, words in a window behind."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.journal.approach_page import PartCard
from app.ui.journal.editor import EntryEditor
from app.ui.lenses.dialog import LensDialog
from app.ui.map.note_dialog import NoteDialog
from app.ui.widgets.fields import LineField
from app.ui.widgets.wording_hints import WordingHints
from app.ui.window.ethics_dialog import EthicsDialog
from app.ui.window.main_window import MainWindow

AGAINST = "Two themes emerged from the data."


@pytest.mark.parametrize("wanted", [True, False])
def test_the_journal_has_notes_on_wording_only_if_they_are_wanted_there(
    qtbot: QtBot, demo_window: MainWindow, wanted: bool
) -> None:
    demo_window.settings.wording_hints_in_journal = wanted
    editor = EntryEditor(demo_window.desk, "tried")
    qtbot.addWidget(editor)
    editor.show()
    editor.begin()
    editor.text.setPlainText(AGAINST)
    note = editor.findChild(WordingHints)
    note.look()
    assert note.isVisibleTo(editor) == wanted


def test_the_approach_has_notes_on_wording(demo_window: MainWindow) -> None:
    place = demo_window.show_place("journal")
    names = [place.tabs.tabText(number) for number in range(place.tabs.count())]
    place.tabs.setCurrentIndex(names.index("Approach"))
    card = place.findChild(PartCard)
    card.words.setPlainText(AGAINST)
    note = card.findChild(WordingHints)
    note.look()
    assert note.isVisibleTo(card)


def test_the_sheets_of_code_and_theme_open_its_life(qtbot: QtBot, demo_window: MainWindow) -> None:
    asked: list[tuple[str, str]] = []
    demo_window.desk.lifeWanted.disconnect()
    demo_window.desk.lifeWanted.connect(lambda sort, key: asked.append((sort, key)))
    code = demo_window.show_place("code")
    code.show_code(next(iter(code.codes)))
    code.inspector.code.life.click()
    themes = demo_window.show_place("themes")
    theme = themes.themes[0].id
    themes.show_theme(theme)
    themes.sheet.life.click()
    assert asked == [("code", next(iter(code.codes))), ("theme", theme)]


def test_words_typed_in_a_window_behind_are_not_put_back(qtbot: QtBot) -> None:
    field = LineField("Tried", "Tried", lambda text, seq: None)
    qtbot.addWidget(field)
    field.show_text("before")
    field.end(False)
    field.insert(" and more")
    field.textEdited.emit(field.text())
    field.show_text("what the study says")
    assert field.text() == "before and more"


OUTGOING = {
    "excerptSheet.memo", "excerptSheet.codingMemo", "codeSheet.memo", "codeSheet.brief", "codeSheet.reason",
    "code.memos.text", "written.text", "approach.reason", "phases.note", "trail.why", "transcripts.notes.memo",
    "people.note", "group.guide", "group.field_note", "source.transcription", "themeDecisions.why", "themeQuotes.why",
    "themeReview.finding", "mappingEditor.rationale", "map.version.note", "themes.board.theme.concept",
    "themes.board.making.concept", "messageBar.why",
}  # fmt: skip
"""Fields of the researcher's own words, whatever workspace they stand in."""
OF_PARTICIPANTS = {"themeQuotes.edited", "themeQuotes.gloss"}


def test_every_field_of_own_words_that_go_out_has_notes_and_none_of_participants_words(
    demo_window: MainWindow,
) -> None:
    for name in ("transcripts", "code", "themes", "map", "journal"):
        place = demo_window.show_place(name)
        for page in ("journal", "written", "approach", "reporting", "phases", "trail") if name == "journal" else ():
            place.show_page(page)
        if name == "themes":
            for view in ("sheets", "board", "matrix"):
                place.show_view(view)
    code = demo_window.show_place("code")
    code.show_source(code.cards[0].id)
    code.open_page("memos")
    mark = next(mark for marks in code.marks.values() for mark in marks)
    code.show_excerpt(mark.excerpt_id, reveal=True)
    code.show_code(mark.code_id)
    assert code.inspector.code and code.inspector.excerpt, "sheets are built when something is shown"
    demo_window.foot.ask_why(1)
    notes = demo_window.findChildren(WordingHints)
    noted = {note._field.objectName() for note in notes}
    assert noted >= OUTGOING
    assert not OF_PARTICIPANTS & noted


def test_a_memo_on_an_excerpt_and_a_note_on_the_map_are_spoken_of_and_can_be_let_be(
    demo_window: MainWindow, qtbot: QtBot
) -> None:
    dialog = NoteDialog(demo_window.desk)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.text.setPlainText(AGAINST)
    dialog.hints.look()
    assert dialog.hints.isVisible()
    assert len(dialog.text.extraSelections()) == 1
    demo_window.settings.wording_hints = False
    dialog.hints.look()
    assert not dialog.hints.isVisible()
    demo_window.settings.wording_hints = True
    page = demo_window.show_place("journal").show_page("written")
    page.kind.pick("memo")
    page.list.setCurrentIndex(page.list.model().index(0, 0))
    page.text.setPlainText(AGAINST)
    note = next(one for one in page.findChildren(WordingHints) if one._field is page.text)
    note.look()
    assert note.isVisibleTo(page)
    note.not_here.click()
    assert not note.isVisibleTo(page)


def test_the_definition_of_a_dimension_and_the_ethics_sheet_have_notes(demo_window: MainWindow, qtbot: QtBot) -> None:
    lens = demo_window.show_place("themes").lens
    lenses, ethics = LensDialog(demo_window.desk, lens.id), EthicsDialog(demo_window.desk, demo_window)
    for dialog, fields in (
        (lenses, [lenses.definition]),
        (ethics, [ethics.fields["withdrawal_rule"], ethics.fields["disk_protection"]]),
    ):
        qtbot.addWidget(dialog)
        dialog.show()
        noted = {note._field: note for note in dialog.findChildren(WordingHints)}
        for field in fields:
            field.setPlainText(AGAINST)
            noted[field].look()
            assert noted[field].isVisible()
            field.setPlainText("")
            noted[field].look()
            assert not noted[field].isVisible()
        dialog.reject()


def test_a_reason_at_the_foot_is_spoken_of_above_it_and_nothing_moves(demo_window: MainWindow) -> None:
    demo_window.show_place("code")
    foot = demo_window.foot
    demo_window.desk.say_done("Two codes were merged.")
    note = next(one for one in demo_window.findChildren(WordingHints) if one._field is foot.why)
    before = demo_window.stack.geometry(), foot.geometry(), foot.why.geometry()
    foot.why.setFocus()
    QTest.keyClicks(foot.why, "The theme emerged")
    note.look()
    assert note.isVisible()
    assert (demo_window.stack.geometry(), foot.geometry(), foot.why.geometry()) == before
    assert demo_window.rect().contains(note.geometry())
    assert note.geometry().bottom() < foot.mapTo(demo_window, foot.rect().topLeft()).y()
    QTest.keyClick(foot.why, Qt.Key.Key_Tab)
    assert demo_window.focusWidget() is note.not_here, "the keyboard gets there"
    QTest.keyClick(note.not_here, Qt.Key.Key_Space)
    assert not note.isVisible()
    assert demo_window.focusWidget() is foot.why
    QTest.keyClicks(foot.why, " and there was bias")
    note.look()
    assert note.isVisible()
    QTest.keyClick(foot.why, Qt.Key.Key_Return)
    QTest.qWait(10)
    assert not note.isVisible()
    demo_window.close_study()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not demo_window.findChildren(WordingHints)
