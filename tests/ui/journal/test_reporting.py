"""The page "Reporting": evidence beside free answers, and nothing that looks like a mark."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QProgressBar

from app.analysis.accounts.checklists import answers
from app.operations.themes import create_theme
from app.study import Study
from app.ui.journal.reporting_page import ReportingPage
from app.ui.journal.workspace import JournalWorkspace
from app.ui.window.main_window import MainWindow


@pytest.fixture
def page(demo_window: MainWindow) -> ReportingPage:
    """The page on the example study."""
    place = demo_window.show_place("journal")
    assert isinstance(place, JournalWorkspace)
    made = place.show_page("reporting")
    assert isinstance(made, ReportingPage)
    QTest.qWait(50)
    return made


def test_evidence_stands_beside_every_item_and_what_no_program_can_answer_says_so(page: ReportingPage) -> None:
    assert [card.item.key for card in page.cards] == [str(number) for number in range(1, 16)]
    assert "FG1 mentees" in page.cards[1].evidence.text()
    assert page.cards[6].evidence.text().startswith("No program can answer this.")


def test_cards_are_as_high_as_what_stands_in_them(page: ReportingPage) -> None:
    for card in page.cards:
        assert card.height() > card.answer.height() + card.remark.height()


def test_researcher_and_supervisor_answer_apart_and_each_is_one_step_of_undo(
    page: ReportingPage, demo_window: MainWindow
) -> None:
    card = page.cards[8]
    card.answer.setFocus()
    QTest.keyClicks(card.answer, "It is told as a debt.")
    card.remark.setFocus()
    QTest.keyClicks(card.remark, "And the gift?")
    page.commit_pending()
    assert demo_window.desk is not None
    study = demo_window.desk.study
    with study.read() as session:
        assert answers(session, "fifteen") == {("9", ""): "It is told as a debt.", ("9", "supervisor"): "And the gift?"}
    study.undo()
    assert card.remark.toPlainText() == ""
    study.undo()
    assert card.answer.toPlainText() == ""


def test_there_is_nothing_to_tick_and_nothing_counted(page: ReportingPage) -> None:
    assert not page.findChildren(QProgressBar)
    assert not [one for one in page.findChildren(QAbstractButton) if one.isCheckable()]
    assert not any("%" in card.evidence.text() for card in page.cards)


def test_another_list_keeps_what_was_typed_and_is_remembered(page: ReportingPage, demo_window: MainWindow) -> None:
    page.cards[0].answer.setFocus()
    QTest.keyClicks(page.cards[0].answer, "Held against the tapes.")
    page.show_list("coreq")
    assert len(page.cards) == 32
    assert demo_window.desk is not None
    with demo_window.desk.study.read() as session:
        assert answers(session, "fifteen")["1", ""] == "Held against the tapes."
    assert ReportingPage(demo_window.desk).list_key == "coreq"


def test_evidence_follows_the_study(page: ReportingPage, demo_window: MainWindow) -> None:
    page.show_list("twenty")
    assert demo_window.desk is not None
    demo_window.desk.run(create_theme, "Barriers")
    assert "These names sound like topics: “Barriers”." in page.cards[14].evidence.text()


def test_an_answer_has_a_note_on_its_wording(page: ReportingPage) -> None:
    page.cards[0].answer.setPlainText("Saturation was reached.")
    page.cards[0].hints[0].look()
    assert page.cards[0].hints[0].said.text().startswith("“Saturation”")


def test_a_study_to_be_read_only_takes_no_letter(window: MainWindow, study: Study) -> None:
    path = study.path
    study.close()
    assert window.open_study(path, read_only=True)
    place = window.show_place("journal")
    assert isinstance(place, JournalWorkspace)
    made = place.show_page("reporting")
    assert isinstance(made, ReportingPage)
    assert all(card.answer.isReadOnly() and card.remark.isReadOnly() for card in made.cards)
    made.show_list("gramms")
    assert all(card.answer.isReadOnly() for card in made.cards)
