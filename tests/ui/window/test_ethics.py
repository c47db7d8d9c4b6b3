"""The ethics sheet: its fields are changes, its limit is told, and the day of deletion is remembered."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.models import StudySheet
from app.operations.studies import describe_study
from app.ui.window.ethics_dialog import EthicsDialog, remind_of_retention
from app.ui.window.main_window import MainWindow

TODAY = datetime.now().astimezone().date()


@pytest.fixture
def dialog(qtbot: QtBot, demo_window: MainWindow) -> EthicsDialog:
    made = EthicsDialog(demo_window.desk, demo_window)
    qtbot.addWidget(made)
    made.show()
    return made


def sheet(window: MainWindow) -> StudySheet:
    with window.desk.read() as session:
        return session.scalars(select(StudySheet)).one()


def test_what_is_typed_is_on_disk_after_closing(qtbot: QtBot, dialog: EthicsDialog, demo_window: MainWindow) -> None:
    for name, typed in (("ethics_reference", "SREC 12/24"), ("retention_date", "2034-05-01"),
                        ("withdrawal_deadline", "2024-04-30"), ("disk_protection", "encrypted laptop")):  # fmt: skip
        dialog.fields[name].setFocus()
        qtbot.keyClicks(dialog.fields[name], typed)
    dialog.reject()
    held = sheet(demo_window)
    assert (held.ethics_reference, held.retention_date, held.withdrawal_deadline, held.disk_protection) == (
        "SREC 12/24", date(2034, 5, 1), date(2024, 4, 30), "encrypted laptop",
    )  # fmt: skip


def test_a_day_that_is_none_is_said_and_not_kept(qtbot: QtBot, dialog: EthicsDialog, demo_window: MainWindow) -> None:
    dialog.fields["retention_date"].setFocus()
    qtbot.keyClicks(dialog.fields["retention_date"], "next year")
    dialog.fields["retention_date"].commit_now()
    assert sheet(demo_window).retention_date is None
    assert "year-month-day" in demo_window.foot.sentence.text()


def test_another_limit_says_what_it_shortens(dialog: EthicsDialog, demo_window: MainWindow) -> None:
    assert "at least 3 people" in dialog.told.text()
    dialog.smallest.setCurrentIndex(dialog.smallest.findData(5))
    dialog.smallest.activated.emit(dialog.smallest.currentIndex())
    assert sheet(demo_window).smallest_group == 5
    demo_window.desk.study.undo()
    assert dialog.smallest.currentData() == 3


@pytest.mark.parametrize(
    ("days", "said"),
    [(-3, "3 days ago"), (-1, "yesterday"), (0, "today"), (1, "tomorrow"), (12, "in 12 days")],
)
def test_the_day_of_deletion_is_said_at_opening(demo_window: MainWindow, days: int, said: str) -> None:
    demo_window.desk.run(describe_study, retention_date=TODAY + timedelta(days=days))
    remind_of_retention(demo_window.desk, demo_window)
    assert said in demo_window.foot.sentence.text()


def test_long_before_the_day_nothing_is_said(demo_window: MainWindow) -> None:
    demo_window.desk.run(describe_study, retention_date=TODAY + timedelta(days=200))
    before = demo_window.foot.sentence.text()
    remind_of_retention(demo_window.desk, demo_window)
    assert demo_window.foot.sentence.text() == before


def test_a_study_opened_for_looking_takes_nothing(window: MainWindow, tmp_path, demo_bytes: bytes) -> None:
    path = tmp_path / "demo.reflexa"
    path.write_bytes(demo_bytes)
    window.open_study(path, read_only=True)
    made = EthicsDialog(window.desk, window)
    assert not any(field.isEnabled() for field in made.fields.values())
    assert not made.smallest.isEnabled()
