"""Notes on wording in the journal and the approach, the life of a thing from its sheet, words in a window behind."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.ui.journal.approach_page import PartCard
from app.ui.journal.editor import EntryEditor
from app.ui.widgets.fields import LineField
from app.ui.widgets.wording_hints import WordingHints
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
