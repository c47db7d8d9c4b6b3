"""Saying what one is doing now, and the page of visits, with real widgets."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, QPointF, Qt
from pytestqt.qtbot import QtBot

from app.analysis.phases import Visit, current_phase, visits
from app.models.kinds import Phase
from app.operations.phases import add_visit, moment_on, visit_phase
from app.study import Study
from app.ui.journal.phases_page import PhasesPage
from app.ui.journal.visit_dialog import VisitDialog
from app.ui.window.main_window import MainWindow
from app.ui.window.menus import show_journal_page
from app.ui.window.phase_button import NOTHING, VISITS, commands


@pytest.fixture
def blank_window(window: MainWindow, tmp_path: Path) -> MainWindow:
    """The window with a new study in which no phase was visited."""
    assert window.new_study(tmp_path / "new.reflexa", "Belonging")
    return window


def _visits(window: MainWindow) -> list[Visit]:
    assert window.desk is not None
    with window.desk.read() as session:
        return visits(session)


def _page(window: MainWindow) -> PhasesPage:
    page = show_journal_page(window, "phases")
    assert isinstance(page, PhasesPage)
    return page


def _past(window: MainWindow) -> None:
    assert window.desk is not None
    for day, phase in ((2, Phase.CODING), (9, Phase.DEVELOPING), (12, Phase.CODING)):
        with window.desk.study.change(at=datetime(2024, 4, day, 10, tzinfo=UTC)) as session:
            visit_phase(session, phase)


def test_one_click_says_what_one_is_doing_in_any_order(blank_window: MainWindow) -> None:
    button, desk = blank_window.foot.phase, blank_window.desk
    assert desk is not None
    assert button.text() == "I am now doing …"
    shown = [action.text() for action in button.menu_.actions() if not action.isSeparator()]
    assert len(shown) == 8 and shown[0] == "Familiarising yourself with the dataset"
    for phase in (Phase.WRITING, Phase.CODING):
        next(action for action in button.menu_.actions() if action.objectName() == commands()[phase]).trigger()
        with desk.read() as session:
            assert current_phase(session) == phase
    assert button.accessibleName() == "Now: Coding"
    assert [phase for phase, name in commands().items() if desk.actions[name].isChecked()] == [Phase.CODING]
    desk.actions[NOTHING].trigger()
    assert [one.phase for one in _visits(blank_window)] == [Phase.WRITING, Phase.CODING]
    assert button.text() == "I am now doing …" and desk.actions[NOTHING].isChecked()


def test_undo_takes_the_button_back(blank_window: MainWindow) -> None:
    assert blank_window.desk is not None
    blank_window.desk.actions[commands()[Phase.CODING]].trigger()
    blank_window.desk.study.undo()
    assert blank_window.foot.phase.text() == "I am now doing …"


def test_the_menu_leads_to_the_visits(blank_window: MainWindow) -> None:
    assert blank_window.desk is not None
    blank_window.desk.actions[VISITS].trigger()
    assert isinstance(blank_window.stack.currentWidget().page(), PhasesPage)  # type: ignore[union-attr]


def test_an_empty_page_says_what_to_do_and_offers_adding(blank_window: MainWindow) -> None:
    page = _page(blank_window)
    assert "No visit yet" in page.intro.text() and page.add.isEnabled()
    assert not page.table.isVisible() and not page.correct.isEnabled() and not page.note.isVisible()


def test_visits_are_listed_by_days_and_returns_are_in_the_picture(blank_window: MainWindow) -> None:
    _past(blank_window)
    page = _page(blank_window)
    rows = [[page.table.item(row, column).text() for column in range(2)] for row in range(page.table.rowCount())]
    assert rows == [
        ["Coding", "since 12 April 2024"],
        ["Developing and reviewing themes", "9 April 2024 to 12 April 2024"],
        ["Coding", "2 April 2024 to 9 April 2024"],
    ]
    assert [move.back for move in page.view.picture.moves] == [False, True]
    assert "Developing and reviewing: 9 April 2024" in page.view.accessibleDescription()


def test_a_click_in_the_picture_chooses_and_the_note_is_kept(blank_window: MainWindow, qtbot: QtBot) -> None:
    _past(blank_window)
    page = _page(blank_window)
    bar = page.view.picture.bars[1]
    qtbot.mouseClick(page.view, Qt.MouseButton.LeftButton, pos=QPointF(bar.x + bar.width / 2, bar.y + 5).toPoint())
    chosen = page.chosen()
    assert chosen is not None and chosen.phase == Phase.DEVELOPING
    page.note.setPlainText("With Dr Tan: two themes were one")
    page.commit_pending()
    assert [one.note for one in _visits(blank_window)][1] == "With Dr Tan: two themes were one"
    page.choose(page.view.picture.bars[0].visit_id)
    assert page.note.toPlainText() == ""


def test_a_forgotten_visit_is_added_and_marked(blank_window: MainWindow, qtbot: QtBot) -> None:
    page = _page(blank_window)
    dialog = VisitDialog(page.desk, None, page)
    qtbot.addWidget(dialog)
    dialog.phase.setCurrentIndex(dialog.phase.findData(Phase.FAMILIARISING))
    dialog.began.setDate(QDate(2024, 1, 8))
    dialog.ended.setDate(QDate(2024, 1, 5))
    dialog.accept()
    assert "cannot end before" in dialog.refused.text() and not _visits(blank_window)
    dialog.ended.setDate(QDate(2024, 1, 20))
    dialog.accept()
    (visit,) = _visits(blank_window)
    assert (visit.began_on, visit.ended_on, visit.added_later) == (date(2024, 1, 8), date(2024, 1, 20), True)
    assert page.table.item(0, 2).text() == "entered later"
    page.delete.click()
    assert not _visits(blank_window)


def test_a_visit_is_corrected_and_what_was_not_touched_stays(blank_window: MainWindow, qtbot: QtBot) -> None:
    _past(blank_window)
    page = _page(blank_window)
    first = _visits(blank_window)[0]
    dialog = VisitDialog(page.desk, first, page)
    qtbot.addWidget(dialog)
    dialog.began.setDate(QDate(2024, 3, 28))
    dialog.accept()
    corrected = _visits(blank_window)[0]
    assert corrected.began_on == date(2024, 3, 28) and corrected.added_later
    assert corrected.ended_at == first.ended_at


def test_a_study_for_looking_only_shows_visits_and_changes_none(blank_window: MainWindow) -> None:
    assert blank_window.desk is not None
    path = blank_window.desk.study.path
    blank_window.desk.run(add_visit, Phase.CODING, moment_on(date(2024, 4, 2)), moment_on(date(2024, 4, 5)))
    blank_window.close_study()
    with Study.open(path):
        pass
    assert blank_window.open_study(path, read_only=True)
    page = _page(blank_window)
    assert page.table.rowCount() == 1
    assert not any(button.isEnabled() for button in (page.add, page.correct, page.delete))
    assert page.note.isReadOnly()
    assert not blank_window.desk.actions[commands()[Phase.CODING]].isEnabled()
