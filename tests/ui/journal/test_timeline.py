"""The journal by day: read, found while typing, edited in place; links lead to things."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.analysis.journal import entries, said_before
from app.models import Code
from app.models.kinds import Phase
from app.operations.journal import edit_entry, write_entry
from app.ui.journal.before_dialog import BeforeDialog
from app.ui.journal.quick_entry import QuickEntry
from app.ui.journal.timeline_page import TimelinePage
from app.ui.window.main_window import MainWindow

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def page(demo_window: MainWindow) -> TimelinePage:
    """The page with forty entries, one a day, on an example whose own entries are older or newer."""
    assert demo_window.desk is not None
    with demo_window.desk.study.change() as session:
        code = session.scalar(select(Code.id).order_by(Code.name))
        for day in range(40):
            write_entry(
                session, f"Thought number {day}.", kind="hunch" if day % 2 else "dream", private=day == 39,
                links=[("code", code or "")] if day == 39 else [], at=START + timedelta(days=400 + day),
            )  # fmt: skip
    place = demo_window.show_place("journal")
    assert place is not None
    made = place.show_page("journal")
    assert isinstance(made, TimelinePage)
    QApplication.processEvents()
    return made


def _texts(page: TimelinePage) -> list[str]:
    return [entry.text for entry in page.found()]


def _cards(page: TimelinePage) -> list[str]:
    return [card.words.toPlainText() for card in page.cards()]


def test_the_newest_stands_on_top_under_its_day(page: TimelinePage) -> None:
    assert _texts(page)[:2] == ["Thought number 39.", "Thought number 38."]
    first = page.cards()[0]
    assert "2027" in first.day.text()
    assert first.private.isVisible()
    assert not page.cards()[1].private.isVisible()


def test_only_what_one_scrolled_to_is_drawn_and_all_of_it_can_be(page: TimelinePage, qtbot: QtBot) -> None:
    assert len(page.cards()) < len(page.found())

    def at_the_end() -> None:
        page.area.verticalScrollBar().setValue(page.area.verticalScrollBar().maximum())
        assert len(page.cards()) == len(page.found())

    qtbot.waitUntil(at_the_end)
    assert _cards(page)[39] == "Thought number 0."


def test_typing_finds_words_kinds_and_names_of_things(page: TimelinePage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.search, "number 17")
    assert _texts(page) == ["Thought number 17."]
    page.search.clear()
    qtbot.keyClicks(page.search, "dream thought")
    assert len(page.found()) == 20
    page.search.setText("no such words")
    assert page.nothing.isVisible()
    assert page.cards() == []


def test_the_phase_of_an_entry_is_chosen_on_its_card(page: TimelinePage, qtbot: QtBot, demo_window: MainWindow) -> None:
    card = page.cards()[1]
    qtbot.keyClick(card, Qt.Key.Key_E)
    editor = card.editor
    assert editor is not None
    assert editor.phase.currentText() == "No phase"
    editor.phase.setFocus()
    qtbot.keyClicks(editor.phase, "Developing")
    qtbot.keyClick(editor.phase, Qt.Key.Key_Return)
    editor.phase.activated.emit(editor.phase.currentIndex())
    qtbot.keyClick(editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert Phase.DEVELOPING.value in card.head.text()
    assert card.edited.isVisible()
    demo_window.desk.study.undo()
    QApplication.processEvents()
    assert Phase.DEVELOPING.value not in page.cards()[1].head.text()


def test_an_entry_is_edited_where_it_is_read(page: TimelinePage, qtbot: QtBot, demo_window: MainWindow) -> None:
    card = page.cards()[1]
    qtbot.keyClick(card, Qt.Key.Key_E)
    editor = card.editor
    assert editor is not None
    editor.text.selectAll()
    qtbot.keyClicks(editor.text, "I think otherwise now")
    qtbot.keyClick(editor.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert card.editor is None
    assert card.words.toPlainText() == "I think otherwise now"
    assert card.edited.isVisible()
    assert demo_window.desk is not None
    with demo_window.desk.read() as session:
        assert [one.text for one in said_before(session, card.entry_id)] == ["Thought number 38."]


def test_a_link_leads_to_its_thing(page: TimelinePage, demo_window: MainWindow) -> None:
    (words,) = page.cards()[0].links.findChildren(QPushButton)
    words.click()
    assert demo_window.workspaces["code"].isVisible()


def test_markup_of_other_kinds_stays_letters(page: TimelinePage, demo_window: MainWindow) -> None:
    assert demo_window.desk is not None
    text = "<b>bold?</b> ![x](file:///etc/hosts) **yes**"
    demo_window.desk.run(write_entry, text, at=START + timedelta(days=600))
    shown = page.cards()[0].words
    assert shown.toPlainText() == "<b>bold?</b> ![x](file:///etc/hosts) yes"


def test_an_entry_that_is_undone_goes_from_the_page(page: TimelinePage, demo_window: MainWindow) -> None:
    assert demo_window.desk is not None
    demo_window.desk.run(write_entry, "Passing", at=START + timedelta(days=700))
    assert _texts(page)[0] == "Passing"
    demo_window.undo()
    assert _texts(page)[0] == "Thought number 39."
    with demo_window.desk.read() as session:
        assert all(entry.text != "Passing" for entry in entries(session))


def test_filters_offer_what_occurs_and_leave_what_fits(page: TimelinePage) -> None:
    page.filters.kind.pick("dream")
    assert {entry.kind for entry in page.found()} == {"dream"}
    page.filters.clear.click()
    page.filters.private.pick(True)
    assert all(entry.private for entry in page.found())
    assert "Thought number 39." in _texts(page)
    page.filters.show_all()
    (link,) = page.found()[0].links
    page.filters.thing.pick((link.subject, link.id))
    assert all(entry.speaks_of(link.subject, link.id) for entry in page.found())
    assert page.filters.clear.isVisible()


def test_what_an_entry_said_before_is_read_and_nothing_else(page: TimelinePage, demo_window: MainWindow) -> None:
    assert demo_window.desk is not None
    entry = page.found()[0].id
    demo_window.desk.run(edit_entry, entry, text="Otherwise")
    dialog = BeforeDialog(demo_window.desk, entry, page)
    assert [words.toPlainText() for words in dialog.words] == ["Thought number 39."]
    assert all(words.isReadOnly() for words in dialog.words)
    assert dialog.findChildren(QPushButton)[0].text().replace("&", "") == "Close"


def test_a_question_may_be_passed_over_written_about_or_hidden_for_good(
    page: TimelinePage, demo_window: MainWindow, qtbot: QtBot
) -> None:
    first = page.prompt.question.text()
    buttons = {one.objectName().rpartition(".")[2]: one for one in page.prompt.findChildren(QPushButton)}
    buttons["next"].click()
    second = page.prompt.question.text()
    assert second != first
    buttons["write"].click()
    panel = demo_window.findChild(QuickEntry)
    assert panel is not None
    assert panel.editor.text.placeholderText() == second
    assert panel.editor.kind_word()
    panel.put_away()
    buttons["hide"].click()
    assert not page.prompt.isVisible()
    assert demo_window.desk is not None
    path = demo_window.desk.study.path
    demo_window.close_study()
    assert demo_window.open_study(path)
    again = demo_window.show_place("journal").show_page("journal")  # type: ignore[union-attr]
    assert not again.prompt.isVisible()
