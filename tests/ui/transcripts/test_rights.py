"""Withdrawing, pseudonymising and destroying in the window: looked at first, then done and told."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.analysis.rights.names import find
from app.analysis.rights.places import Place
from app.analysis.rights.withdrawal import Begun, How, Withdrawal, begin
from app.analysis.verify import verify
from app.backups import Reason, Rules, make_backup
from app.backups.rules import config_folder
from app.errors import NotPossible
from app.models import Code, JournalEntry, Participant, Source, Speaker
from app.models.verbs import Verb
from app.operations.codes import ensure_code
from app.operations.codings import code_passage
from app.operations.journal import write_entry
from app.operations.rights.permanence import make_permanent
from app.operations.rights.rewording import Deed
from app.operations.studies import new_study
from app.purging import sign_of
from app.study import Study
from app.ui.desk import Desk
from app.ui.rights.destroy_dialog import DestroyDialog, ask_to_destroy, destroy_now
from app.ui.rights.pseudonym_dialog import PseudonymDialog
from app.ui.rights.purge import finish_what_is_due
from app.ui.rights.withdraw_dialog import WithdrawDialog
from app.ui.transcripts.workspace import TranscriptsWorkspace
from app.ui.window.main_window import MainWindow
from tests.operations.rights import found_in


def _texts(study: Study) -> str:
    with study.read() as session:
        return "\n".join(session.scalars(select(Source.text)))


@pytest.fixture
def dialog(qtbot: QtBot, workspace: TranscriptsWorkspace) -> WithdrawDialog:
    """Aina of FG1 is to be withdrawn; a code bears words of hers."""
    study = workspace.desk.study
    with study.read() as session:
        source_id, text = session.execute(select(Source.id, Source.text).where(Source.name == "one")).one()
        aina = session.scalars(select(Participant.id).where(Participant.pseudonym == "Aina")).first()
    assert aina is not None
    code = study.run(ensure_code, "So so")
    start = text.index("So so")
    study.run(code_passage, source_id, start, start + 5, code)
    made = WithdrawDialog(workspace.desk, aina)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: not made.looker.looking)
    return made


def test_the_dialog_shows_all_that_is_touched_and_writes_nothing(dialog: WithdrawDialog) -> None:
    tree = dialog.tree
    sections = [tree.topLevelItem(row).text(0) for row in range(tree.topLevelItemCount())]
    assert sections[:3] == ["Turns", "Excerpts", "Codes left empty"]
    assert any(one.startswith("Common phrases of theirs") for one in sections)
    assert not dialog.go.isEnabled()
    dialog.reject()
    assert "So so." in _texts(dialog._desk.study)


def test_what_is_decided_is_done_and_a_certificate_says_so_in_counts(
    dialog: WithdrawDialog, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row for row, _ in dialog.tree._rows.values() if row.key.startswith("code:")]
    dialog.tree.setCurrentItem(dialog.tree._rows[rows[0].key][1])
    assert dialog.before.toPlainText() == "So so"
    dialog.deeds[Deed.CHANGE].click()
    dialog.text.setPlainText("Half-hearted")
    dialog.sure.setChecked(True)
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    study = dialog._desk.study
    with study.read() as session:
        assert session.scalars(select(Code.name)).all() == ["Half-hearted"]
    assert "[turn withdrawn]" in _texts(study)
    told = dialog.certificate.toPlainText()
    assert "Turns removed: 4" in told
    assert "Aina" not in told
    file = tmp_path / "certificate.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    dialog.save_certificate()
    assert file.read_text(encoding="utf-8") == told
    assert verify(study.path, full=True) == []
    assert not study.purge_due


def test_no_more_quoting_can_be_chosen_without_a_tick(dialog: WithdrawDialog, qtbot: QtBot) -> None:
    dialog.ways[How.NO_QUOTING].click()
    qtbot.waitUntil(dialog.go.isEnabled)
    dialog.withdraw_now()
    assert "So so." in _texts(dialog._desk.study)


class Waiting(tuple[Place, ...]):
    """Places that come only when they may."""

    go: Event

    def __iter__(self) -> Iterator[Place]:
        self.go.wait(20)
        return super().__iter__()


@pytest.fixture
def waiting(dialog: WithdrawDialog, monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """A study that takes long to look through: until it is told to go on."""
    go = Event()

    def slow(*given: Any) -> Begun | None:
        begun = begin(*given)
        assert begun is not None
        held = Waiting(begun.places)
        held.go = go
        return replace(begun, places=held)

    monkeypatch.setattr("app.ui.rights.withdraw_dialog.begin", slow)
    monkeypatch.setattr("app.ui.rights.looking.AT_ONCE_S", 0.0)
    yield go
    go.set()


def test_a_long_look_is_told_and_nothing_can_be_done_before_it_is_over(
    dialog: WithdrawDialog, waiting: Event, qtbot: QtBot
) -> None:
    dialog.sure.setChecked(True)
    dialog.look()
    qtbot.waitUntil(dialog.progress.isVisible)
    assert not dialog.go.isEnabled()
    assert not dialog.tree.isEnabled()
    dialog.withdraw_now()
    assert "Aina" in _texts(dialog._desk.study)
    waiting.set()
    qtbot.waitUntil(lambda: not dialog.looker.looking)
    assert not dialog.progress.isVisible()
    assert dialog.tree.isEnabled()
    assert dialog.go.isEnabled()
    assert dialog.tree.topLevelItemCount()


def test_a_long_look_ends_with_the_dialog_and_another_choice_begins_anew(
    dialog: WithdrawDialog, waiting: Event, qtbot: QtBot
) -> None:
    found: list[Withdrawal] = []
    dialog.looker.found.connect(found.append)
    dialog.look()
    dialog.ways[How.MENTIONS].setChecked(True)
    waiting.set()
    qtbot.waitUntil(lambda: not dialog.looker.looking)
    assert [plan.how for plan in found] == [How.MENTIONS]
    waiting.clear()
    dialog.look()
    dialog.reject()
    waiting.set()
    assert not dialog.looker.looking
    qtbot.wait(120)
    assert len(found) == 1


def test_what_was_written_while_one_looked_is_looked_at_again(dialog: WithdrawDialog, qtbot: QtBot) -> None:
    desk = dialog._desk
    dialog.sure.setChecked(True)
    desk.run(write_entry, "Aina said: so so.")
    dialog.withdraw_now()
    qtbot.waitUntil(lambda: not dialog.looker.looking)
    assert "Aina" in _texts(desk.study)
    assert "meantime" in dialog.told.text()
    assert any(held.place.table == "journal_entry" for held in dialog._plan.held)
    dialog.withdraw_now()
    assert dialog.pages.currentIndex() == 1


def test_leaving_all_that_were_found_in_one_way(dialog: WithdrawDialog) -> None:
    leave, gaps = (dialog.findChild(QPushButton, name) for name in ("withdraw.leaveAll", "withdraw.changeAll"))
    assert leave is not None and gaps is not None
    row = next(iter(dialog.tree._rows.values()))[0]
    leave.click()
    assert dialog.tree.decision(row).deed == Deed.LEAVE
    gaps.click()
    assert dialog.tree.decision(row).deed == Deed.CHANGE


def test_the_people_page_opens_it_and_refuses_where_nothing_can_be_written(
    workspace: TranscriptsWorkspace, filled: Study, qtbot: QtBot
) -> None:
    workspace.withdraw_participant()
    opened = workspace.people.findChild(WithdrawDialog)
    assert opened is not None
    opened.reject()
    said: list[str] = []
    workspace.desk.said.connect(lambda sentence, _: said.append(sentence))
    filled.read_only = True
    workspace.people.ask_withdraw()
    workspace.people._enable()
    assert "reading only" in said[0]
    assert not workspace.people.withdraw.isEnabled()


def test_a_name_is_looked_for_ticked_and_replaced_with_a_log_beside(
    workspace: TranscriptsWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = PseudonymDialog(workspace.desk)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.replace.isEnabled()
    qtbot.keyClicks(dialog.name, "Aina")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.list.topLevelItemCount() >= 6
    qtbot.keyClicks(dialog.pseudonym, "Nur")
    log = tmp_path / "log.csv"
    dialog.log_to(log)
    first = dialog.list.topLevelItem(0)
    assert first is not None
    first.setCheckState(0, Qt.CheckState.Unchecked)
    qtbot.mouseClick(dialog.replace, Qt.MouseButton.LeftButton)
    text = _texts(workspace.desk.study)
    assert (text.count("Aina:"), text.count("Nur:")) == (1, 5)
    assert "Aina,Nur," in log.read_text(encoding="utf-8-sig")
    workspace.desk.study.undo()
    assert _texts(workspace.desk.study).count("Aina:") == 6
    workspace.desk.study.redo()
    dialog.ask_permanent()
    dialog.confirm.yes.click()
    step = workspace.desk.study.next_undo()
    assert step is not None and step.is_border
    assert "verified" in dialog.told.text()


def test_whoever_is_called_anew_is_called_so_in_every_transcript(workspace: TranscriptsWorkspace, qtbot: QtBot) -> None:
    dialog = PseudonymDialog(workspace.desk)
    qtbot.addWidget(dialog)
    qtbot.keyClicks(dialog.name, "Aina")
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    qtbot.keyClicks(dialog.pseudonym, "Nur")
    qtbot.mouseClick(dialog.replace, Qt.MouseButton.LeftButton)
    with workspace.desk.read() as session:
        labels = session.scalars(select(Speaker.label)).all()
    assert labels.count("Nur") == 3
    assert not [one for one in labels if one not in {"Nur", "Dan", "Int"}]


def test_a_name_that_somebody_bears_already_is_said_while_one_types_it(
    workspace: TranscriptsWorkspace, qtbot: QtBot
) -> None:
    dialog = PseudonymDialog(workspace.desk)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClicks(dialog.pseudonym, "[dan]")
    assert dialog.taken.isVisible()
    assert "same person" in dialog.taken.text()
    qtbot.keyClicks(dialog.pseudonym, "a")
    assert not dialog.taken.isVisible()


@pytest.mark.parametrize(
    ("name", "said", "left"),
    [
        ("Jo Smith", "Jo said so, and Jo's mum. Joan heard Jo Smith.", "said so, and Joan heard"),
        ("(Bob) J*n?", "It was (Bob) J*n? who came.", "It was who came."),
        ("O'Brien-O’Hara", "O’Brien-O'Hara came.", "came."),
        ("דניאל", "אמרתי לדניאל וגם שלדניאל", "אמרתי וגם"),
        ("김민수", "김민수는 왔고 민수가 갔다", "왔고 갔다"),
        ("Quetzal", "Quet\u00adzal and Quetzal\u200b2 came.", "and came."),
    ],
)
def test_a_name_with_signs_marks_and_prefixes_is_replaced_where_it_is_surely_the_name(
    workspace: TranscriptsWorkspace, qtbot: QtBot, name: str, said: str, left: str
) -> None:
    workspace.desk.run(write_entry, said)
    dialog = PseudonymDialog(workspace.desk)
    qtbot.addWidget(dialog)
    dialog.name.setText(name)
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    qtbot.keyClicks(dialog.pseudonym, "X")
    qtbot.mouseClick(dialog.replace, Qt.MouseButton.LeftButton)
    with workspace.desk.read() as session:
        (text,) = session.scalars(select(JournalEntry.text)).all()
    assert not any(one.likeness.is_sure for one in find(text, [name]))
    assert all(word in text for word in left.split())


def test_a_purge_that_is_due_is_finished_when_the_study_is_opened(desk: Desk) -> None:
    desk.study.run(make_permanent)
    said: list[str] = []
    desk.said.connect(lambda sentence, _: said.append(sentence))
    finish_what_is_due(desk)
    assert not desk.study.purge_due
    assert "finishing it now" in said[0]


def test_destroying_takes_the_study_its_backups_and_what_is_remembered(demo_window: MainWindow, tmp_path: Path) -> None:
    desk = demo_window.desk
    assert desk is not None
    backup = make_backup(desk.study, Reason.HOURLY, check=lambda _: True).path
    path, key = desk.study.path, desk.study.key
    demo_window.settings.remember_place(key, "workspace", "map")
    dialog = DestroyDialog(desk, demo_window)
    assert not dialog.go.isEnabled()
    dialog.title.setText("mentoring")
    assert not dialog.go.isEnabled()
    dialog.title.setText(dialog._title)
    assert dialog.go.isEnabled()
    destroy_now(demo_window)
    assert demo_window.desk is None
    assert not path.exists()
    assert not backup.parent.exists()
    assert demo_window.settings.place(key, "workspace") is None
    assert path not in demo_window.settings.recent()
    assert found_in(tmp_path, "week seven") == []


def test_backups_made_in_places_of_before_go_with_the_study(demo_window: MainWindow, tmp_path: Path) -> None:
    """Another place was chosen since, and the file was renamed."""
    desk = demo_window.desk
    assert desk is not None
    for place in ("", "first", "second"):
        rules = Rules(place=str(tmp_path / place) if place else "", second=str(tmp_path / "third") if place else "")
        with desk.study.change("Note", Verb.JOURNAL) as session:
            write_entry(session, f"Before {place}.")
        make_backup(desk.study, Reason.HOURLY, check=lambda _: True, rules=rules)
    path = desk.study.path
    demo_window.close_study()
    path.rename(path.with_name("renamed.reflexa"))
    demo_window.open_study(path.with_name("renamed.reflexa"))
    assert len(list(tmp_path.rglob("*~*.reflexa"))) >= 5
    sign = sign_of(demo_window.desk.study)  # type: ignore[union-attr]
    destroy_now(demo_window)
    assert [one.name for one in tmp_path.rglob("*.reflexa")] == []
    assert sign not in (config_folder() / "backups-made.json").read_text(encoding="utf-8")
    assert found_in(tmp_path, "week seven") == []


def test_a_copy_that_somebody_works_on_keeps_its_backups(demo_window: MainWindow, tmp_path: Path) -> None:
    desk = demo_window.desk
    assert desk is not None
    other = desk.study.path.with_name("work.reflexa")
    shutil.copy(desk.study.path, other)
    with Study.open(other) as study:
        kept = make_backup(study, Reason.HOURLY, check=lambda _: True).path
    make_backup(desk.study, Reason.HOURLY, check=lambda _: True)
    destroy_now(demo_window)
    assert kept.exists()
    assert other.exists()


def test_a_file_that_was_put_in_the_place_of_the_study_is_not_destroyed(
    demo_window: MainWindow, tmp_path: Path
) -> None:
    desk = demo_window.desk
    assert desk is not None
    path = desk.study.path
    moved = path.with_name("moved.reflexa")
    path.rename(moved)
    new_study(tmp_path / "another.reflexa", "Another").close()
    (tmp_path / "another.reflexa").rename(path)
    before = path.read_bytes()
    ask_to_destroy(demo_window)
    with pytest.raises(NotPossible):
        destroy_now(demo_window)
    assert demo_window.desk is desk
    assert path.read_bytes() == before
    assert moved.exists()


def test_copies_of_a_cloud_folder_are_named_before_a_study_is_destroyed(
    demo_window: MainWindow, tmp_path: Path
) -> None:
    desk = demo_window.desk
    assert desk is not None
    copy = desk.study.path.with_name(f"{desk.study.path.stem} (conflicted copy 2026-11-01).reflexa")
    shutil.copy(desk.study.path, copy)
    leftover = desk.study.path.with_name(desk.study.path.name + "-journal")
    dialog = DestroyDialog(desk, demo_window)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert copy.name in said
    leftover.write_bytes(b"words of somebody")
    destroy_now(demo_window)
    assert copy.exists()
    assert not leftover.exists()
