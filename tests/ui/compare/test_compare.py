"""The Compare workspace: retrieving, recoding from the list, two codes side by side, jumping to the transcript."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.analysis.retrieval import Combine
from app.ui.code.quick_code import QuickCode
from app.ui.code.workspace import CodeWorkspace
from app.ui.compare.excerpts_page import ExcerptsPage
from app.ui.compare.side_by_side import SideBySidePage
from app.ui.compare.tables_page import TablesPage
from app.ui.compare.workspace import CompareWorkspace
from app.ui.window.main_window import MainWindow


@pytest.fixture
def place(demo_window: MainWindow) -> CompareWorkspace:
    """Compare on the example."""
    shown = demo_window.show_place("compare")
    assert isinstance(shown, CompareWorkspace)
    return shown


@pytest.fixture
def page(place: CompareWorkspace) -> ExcerptsPage:
    """Retrieval."""
    shown = place.show_page("excerpts")
    assert isinstance(shown, ExcerptsPage)
    return shown


def code(page: ExcerptsPage | SideBySidePage, name: str) -> str:
    """The id of a code."""
    return next(row.id for row in page.codes.values() if row.name == name)


def pick(page: ExcerptsPage | SideBySidePage, qtbot: QtBot, typed: str) -> None:
    """Choose in the box that is open."""
    box = next(one for one in page.findChildren(QuickCode) if one.isVisible())
    qtbot.keyClicks(box.field, typed)
    qtbot.keyClick(box.field, Qt.Key.Key_Return)


def test_the_question_is_said_in_words_and_answered(page: ExcerptsPage, qtbot: QtBot) -> None:
    page.bar.with_codes.add.click()
    pick(page, qtbot, "inherited dr")
    page.bar.with_codes.add.click()
    pick(page, qtbot, "Our jokes")
    assert page.sentence.text() == "Excerpts coded “The inherited drive” or “Our jokes, our words”."
    either = len(page.rows())
    page.bar.combine.setCurrentIndex(page.bar.combine.findData(Combine.ALL.value))
    page.bar.combine.activated.emit(0)
    assert len(page.rows()) < either
    page.bar.combine.setCurrentIndex(page.bar.combine.findData(Combine.FOLLOWED.value))
    page.bar.combine.activated.emit(0)
    assert page.bar.turns.isVisible()
    assert "followed by “Our jokes, our words” within 3 turns" in page.sentence.text()


def test_an_excerpt_is_shown_in_its_place_with_the_question_before_it(page: ExcerptsPage) -> None:
    page.ask_for([code(page, "The inherited drive")])
    assert page.question.text().startswith("Before it, the moderator: ")
    assert "⟦" in page.turns.text()
    assert "The inherited drive" in page.held.text()


def test_several_excerpts_are_recoded_as_one_change(page: ExcerptsPage, qtbot: QtBot) -> None:
    page.ask_for([code(page, "The inherited drive")])
    count = len(page.rows())
    page.list.selectAll()
    page.add.click()
    pick(page, qtbot, "Adopted")
    assert page.desk.study.next_undo().label == f"Code {count} excerpts as ‘Adopted’"
    page.bar.with_codes.choose([code(page, "The inherited drive"), code(page, "Adopted")])
    page.bar.combine.setCurrentIndex(page.bar.combine.findData(Combine.ALL.value))
    page.refresh(None)
    assert len(page.rows()) == count
    page.desk.study.undo()
    assert page.rows() == []


def test_one_excerpt_is_told_of_as_one(page: ExcerptsPage, qtbot: QtBot) -> None:
    page.ask_for([code(page, "The inherited drive")])
    page.list.setCurrentIndex(page.list.model().index(0, 0))
    page.add.click()
    pick(page, qtbot, "Adopted")
    assert page.desk.study.next_undo().label == "Code 1 excerpt as ‘Adopted’"


def test_a_code_is_taken_off_and_another_put_instead(page: ExcerptsPage, qtbot: QtBot) -> None:
    page.ask_for([code(page, "The inherited drive")])
    first = page.rows()[0].excerpt_id
    page.list.setCurrentIndex(page.list.model().index(0, 0))
    page.instead.click()
    pick(page, qtbot, "Tools we")
    assert first not in {row.excerpt_id for row in page.rows()}
    page.ask_for([code(page, "Tools we made")])
    assert first in {row.excerpt_id for row in page.rows()}


def test_enter_leads_to_the_transcript(demo_window: MainWindow, page: ExcerptsPage, qtbot: QtBot) -> None:
    page.ask_for([code(page, "The inherited drive")])
    row = page.rows()[0]
    page.list.setCurrentIndex(page.list.model().index(0, 0))
    page.jump.click()
    shown = demo_window.workspaces["code"]
    assert isinstance(shown, CodeWorkspace)
    assert shown.isVisible()
    assert shown.panel.selection() == (row.start, row.end)


def test_the_question_is_remembered(demo_window: MainWindow, page: ExcerptsPage) -> None:
    asked = [code(page, "The inherited drive")]
    page.ask_for(asked)
    page.bar.beneath.setChecked(True)
    path = page.desk.study.path
    demo_window.close_study()
    assert demo_window.open_study(path)
    again = demo_window.show_place("compare").show_page("excerpts")
    assert again.bar.question().codes == tuple(asked)
    assert again.bar.question().beneath


def test_two_codes_stand_side_by_side_and_what_both_hold_says_so(place: CompareWorkspace, qtbot: QtBot) -> None:
    page = place.show_page("beside")
    assert isinstance(page, SideBySidePage)
    one, other = code(page, "The inherited drive"), code(page, "The door closes early")
    page.compare(one, other)
    assert page.shared.text() == "Some excerpts have both; they are marked “in both”."
    said = [page.sides[0].list.model().index(n, 0).data(Qt.ItemDataRole.StatusTipRole)
            for n in range(page.sides[0].list.model().rowCount())]  # fmt: skip
    assert any(words.startswith("in both") for words in said)
    page.swap.click()
    assert page.ids == [other, one]
    before = page.sides[1].list.model().rowCount()
    page.sides[1].list.selectAll()
    page.sides[1].over.click()
    assert page.sides[1].list.model().rowCount() == 0
    assert page.sides[0].list.model().rowCount() >= before


def test_the_tables_are_a_page_and_lead_to_the_transcript(demo_window: MainWindow, place: CompareWorkspace) -> None:
    page = place.show_page("tables")
    assert isinstance(page, TablesPage)
    assert page.model.rowCount() > 0
    with page.desk.read() as session:
        from app.analysis.transcripts import source_cards

        source = source_cards(session)[0].id
    page.passageWanted.emit(source, 200, 220)
    assert demo_window.workspaces["code"].panel.selection() == (200, 220)


@pytest.mark.parametrize("held", ["", "[]", "{", '{"codes": 5}', '{"codes": ["gone"], "turns": "x"}'])
def test_settings_that_somebody_edited_ask_an_empty_question(demo_window: MainWindow, held: str) -> None:
    demo_window.settings.remember_place(demo_window.desk.study.key, "compare/question", held)
    page = demo_window.show_place("compare").show_page("excerpts")
    assert page.bar.question().codes == ()
    assert page.rows()
