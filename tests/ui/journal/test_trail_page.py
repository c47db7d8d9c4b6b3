"""The page Trail, the life of a code, and the study as it was, with real widgets on the example study."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QDate
from pytestqt.qtbot import QtBot

from app.analysis.codes import code_rows
from app.analysis.map_content import version_rows
from app.analysis.trail.classes import Halpern
from app.models.kinds import Phase
from app.operations.codes import create_code, edit_code
from app.operations.phases import visit_phase
from app.study import Study
from app.ui.journal.between_dialog import BetweenDialog
from app.ui.journal.life_dialog import LifeDialog
from app.ui.journal.trail_page import TrailPage
from app.ui.window.looking_back import back_to_today, look_back
from app.ui.window.main_window import MainWindow
from app.ui.window.menus import show_journal_page


def _page(window: MainWindow) -> TrailPage:
    page = show_journal_page(window, "trail")
    assert isinstance(page, TrailPage)
    return page


def _shown(page: TrailPage) -> list[str]:
    model = page.list.trail
    return [str(model.index(row).data()) for row in range(model.rowCount())]


def _study(window: MainWindow) -> Study:
    assert window.desk is not None
    return window.desk.study


@pytest.fixture
def code(demo_window: MainWindow) -> str:
    """A code made in March 2031, while coding, and renamed a day later, with the reason."""
    study = _study(demo_window)
    with study.change(at=datetime(2031, 3, 4, 10, tzinfo=UTC)) as session:
        visit_phase(session, Phase.CODING)
    with study.change(at=datetime(2031, 3, 4, 11, tzinfo=UTC), actor="Aina") as session:
        made = create_code(session, "Gone quiet")
    with study.change(at=datetime(2031, 3, 5, 10, tzinfo=UTC), reason="Not always loss") as session:
        edit_code(session, made, name="Quiet goes both ways")
    return made


def test_changes_are_read_newest_first_and_looked_into(demo_window: MainWindow, code: str) -> None:
    page = _page(demo_window)
    assert _shown(page)[0] == "Rename code ‘Gone quiet’ to ‘Quiet goes both ways’"
    assert page.details.why.text() == "Not always loss"
    assert "name: Gone quiet → Quiet goes both ways" in page.details.lines()
    assert "5 March 2031" in page.details.about.text()


def test_all_filters_hold_together_and_what_is_no_day_is_said(demo_window: MainWindow, code: str, qtbot: QtBot) -> None:
    page = _page(demo_window)
    page.follow("code", code)
    page.person.setCurrentIndex(page.person.findData("Aina"))
    page.phase.setCurrentIndex(page.phase.findData(Phase.CODING.value))
    page.kind.setCurrentIndex(page.kind.findData(Halpern.REDUCTION.value))
    page.since.setText("2031-03-04")
    page.until.setText("2031-03-04")
    page._find()
    assert _shown(page) == ["Create code ‘Gone quiet’"]
    assert not page.nothing.isVisible()
    page.since.setText("2031-13-04")
    page._find()
    assert "“2031-13-04” is no day" in page.nothing.text()
    assert page.nothing.isVisible() and page.list.isVisible()
    page.since.setText("2031-03-05")
    page._find()
    assert _shown(page) == []
    assert page.nothing.text() == "No change fits. Take a filter back to see more."


def test_filters_narrow_the_list(demo_window: MainWindow, code: str, qtbot: QtBot) -> None:
    page = _page(demo_window)
    page.follow("code", code)
    assert _shown(page) == ["Rename code ‘Gone quiet’ to ‘Quiet goes both ways’", "Create code ‘Gone quiet’"]
    page.person.setCurrentIndex(page.person.findData("Aina"))
    assert _shown(page) == ["Create code ‘Gone quiet’"]
    page.person.setCurrentIndex(0)
    page.kind.setCurrentIndex(page.kind.findData(Halpern.SYNTHESIS.value))
    assert _shown(page) == [] and page.nothing.isVisible()
    page.kind.setCurrentIndex(0)
    page.since.setText("2031-03-05")
    qtbot.waitUntil(lambda: len(_shown(page)) == 1)
    page.since.clear()
    page.search.setText("not always")
    qtbot.waitUntil(lambda: _shown(page) == ["Rename code ‘Gone quiet’ to ‘Quiet goes both ways’"])
    page.search.clear()
    page.thing.setCurrentIndex(0)
    page.phase.setCurrentIndex(page.phase.findData("coding"))
    assert _shown(page)[:2] == ["Rename code ‘Gone quiet’ to ‘Quiet goes both ways’", "Create code ‘Gone quiet’"]


def test_why_is_added_later(demo_window: MainWindow, code: str) -> None:
    page = _page(demo_window)
    page.list.setCurrentIndex(page.list.trail.index(1))
    assert page.details.why.text() == ""
    page.details.why.setText("A word of a participant")
    page.details.why.commit_now()
    entry = page.list.chosen()
    assert entry is not None and entry.words == "Create code ‘Gone quiet’" and entry.reason == "A word of a participant"
    assert _study(demo_window).connection.execute(
        "SELECT reason FROM change WHERE seq = ?", (entry.seq,)
    ).fetchone() == ("A word of a participant",)


def test_what_was_taken_back_is_shown_so_and_can_be_hidden(demo_window: MainWindow, code: str) -> None:
    page = _page(demo_window)
    _study(demo_window).undo()
    entry = page.list.trail.entry(0)
    assert entry is not None and entry.taken_back_at is not None
    assert "taken back on" in page.list.trail.about(entry)
    page.undone.setChecked(False)
    assert _shown(page)[0] == "Create code ‘Gone quiet’"


def test_the_study_as_it_was_is_looked_at_and_left_with_one_click(demo_window: MainWindow, code: str) -> None:
    page = _page(demo_window)
    study = _study(demo_window)
    then = page.list.trail.entry(1)
    assert then is not None
    assert look_back(demo_window, then.seq)
    past = _study(demo_window)
    assert past is not study and past.read_only and study.is_open
    assert demo_window.banner.isVisible()
    assert "as it was on" in demo_window.banner.sentence.text()
    assert "4 March 2031 (looking only)" in demo_window.banner.sentence.text()
    with past.read() as session:
        assert "Gone quiet" in {row.name for row in code_rows(session)}
    demo_window.show_place("code")
    (button,) = demo_window.banner.buttons()
    button.click()
    assert _study(demo_window) is study and not past.is_open and not demo_window.banner.isVisible()
    study.run(edit_code, code, name="Quiet")
    assert _shown(_page(demo_window))[0] == "Rename code ‘Quiet goes both ways’ to ‘Quiet’"


def test_closing_the_window_while_looking_back_closes_both(demo_window: MainWindow, code: str) -> None:
    study = _study(demo_window)
    page = _page(demo_window)
    assert look_back(demo_window, page.list.trail.seqs[2])
    past = _study(demo_window)
    demo_window.close_study()
    assert not past.is_open and not study.is_open
    back_to_today(demo_window)
    with Study.open(study.path) as again:
        assert not again.read_only


def test_the_life_of_a_code_is_drawn_and_told(demo_window: MainWindow, code: str, qtbot: QtBot) -> None:
    assert demo_window.desk is not None
    dialog = LifeDialog(demo_window.desk, "code", code)
    qtbot.addWidget(dialog)
    assert dialog.windowTitle() == "Life of “Quiet goes both ways”"
    head, *happened = [line.text() for line in dialog.lines]
    assert head == "Quiet goes both ways"
    assert happened[-1] == "5 March 2031: Renamed from “Gone quiet” to “Quiet goes both ways”. Why: Not always loss."
    mark = dialog.view.picture.marks[-1]
    assert "5 Mar 2031" in dialog.view.words_at(mark.x, mark.y)
    assert "renamed from" in dialog.view.accessibleDescription()


def test_life_is_a_command_of_codes_and_themes(demo_window: MainWindow, code: str) -> None:
    assert demo_window.desk is not None
    asked: list[tuple[str, str]] = []
    demo_window.desk.lifeWanted.disconnect()
    demo_window.desk.lifeWanted.connect(lambda sort, key: asked.append((sort, key)))
    place = demo_window.show_place("code")
    place.show_code(code)  # type: ignore[union-attr]
    demo_window.desk.actions["code.life"].trigger()
    assert asked == [("code", code)]
    demo_window.show_place("themes")
    assert demo_window.desk.actions["themes.life"].isEnabled()


def test_what_changed_between_two_days_is_told_in_words(demo_window: MainWindow, code: str, qtbot: QtBot) -> None:
    assert demo_window.desk is not None
    dialog = BetweenDialog(demo_window.desk)
    qtbot.addWidget(dialog)
    dialog.since_at.pick("day")
    dialog.since.setDate(QDate(2031, 3, 5))
    dialog.until.setDate(QDate(2031, 3, 5))
    dialog.show_differences()
    assert dialog.lines == ["CODES", "Code ‘Gone quiet’ was renamed to ‘Quiet goes both ways’."]
    dialog.since.setDate(QDate(2031, 3, 4))
    dialog.show_differences()
    assert "New code: ‘Quiet goes both ways’." in dialog.lines
    dialog.until.setDate(QDate(2031, 3, 3))
    dialog.show_differences()
    assert dialog.lines == ["Nothing changed between these moments."]


def test_what_changed_between_two_kept_maps_is_told(demo_window: MainWindow, qtbot: QtBot) -> None:
    assert demo_window.desk is not None
    with demo_window.desk.read() as session:
        first, second, third = version_rows(session)
    dialog = BetweenDialog(demo_window.desk)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.since_at.value() == third.id, "what is new since the last map was kept is asked most"
    assert not dialog.since.isVisible()
    assert dialog.until.isVisible()
    dialog.since_at.pick(first.id)
    dialog.until_at.pick(second.id)
    assert not dialog.until.isVisible()
    dialog.show_differences()
    assert "Theme ‘Benefits’ was renamed to ‘Being noticed’." in dialog.lines
    assert "The map was kept as version ‘Developed map’." in dialog.lines
    assert not [line for line in dialog.lines if "Final map" in line or "Initial map" in line]
    dialog.since_at.pick(second.id)
    dialog.until_at.pick(first.id)
    dialog.show_differences()
    assert dialog.lines == ["Nothing changed between these moments."]


def test_a_study_for_looking_only_has_a_trail_and_no_reasons_to_add(demo_window: MainWindow, code: str) -> None:
    path = _study(demo_window).path
    demo_window.close_study()
    assert demo_window.open_study(path, read_only=True)
    page = _page(demo_window)
    assert _shown(page) and page.details.why.isReadOnly()
