"""A disk that is full, met in the window: a sentence beside the work, nothing half done, and on it goes with room."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from app.analysis.verify import verify
from app.models import Change, Source
from app.operations.codes import create_code, edit_code
from app.ui.importing.dialog import ImportDialog
from app.ui.outputs.workspace import OutputsWorkspace
from app.ui.window.main_window import MainWindow

if sys.platform == "win32":
    pytest.skip("the size of files is limited as Unix does it", allow_module_level=True)

from soak.full import limited


def _changes(window: MainWindow) -> int:
    assert window.desk is not None
    with window.desk.read() as session:
        return int(session.scalar(select(func.count()).select_from(Change)) or 0)


def test_a_change_that_finds_no_room_is_said_and_done_again(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "study.reflexa"
    assert window.new_study(path)
    assert window.desk is not None
    code_id = window.desk.run(create_code, "Belonging")
    before = _changes(window)
    with limited(tmp_path, 0):
        window.desk.run(edit_code, code_id, full="x" * 900_000)
        assert "disk is full" in window.foot.sentence.text()
        assert _changes(window) == before
    window.desk.run(edit_code, code_id, full="x" * 900_000)
    assert _changes(window) == before + 1
    window.close_study()
    assert verify(path, full=True) == []


def test_an_import_that_finds_no_room_brings_nothing_in(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path, talk = tmp_path / "study.reflexa", tmp_path / "talk.txt"
    talk.write_text("P1: we were invited to tea\nP2: and stayed\n" * 4_000, encoding="utf-8")
    assert window.new_study(path)
    assert window.desk is not None
    before = _changes(window)
    dialog = ImportDialog(window.desk)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.add_files([talk])
    qtbot.waitUntil(lambda: not dialog.reader.busy, timeout=60_000)
    with limited(tmp_path, 0):
        dialog.import_now()
        assert "disk is full" in dialog.status.text()
        assert _changes(window) == before
    dialog.import_now()
    with window.desk.read() as session:
        assert session.scalar(select(func.count()).select_from(Source)) == 1
    window.close_study()
    assert verify(path, full=True) == []


def test_what_came_in_before_the_disk_was_full_stays_and_is_said(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path, small, large = tmp_path / "study.reflexa", tmp_path / "a.txt", tmp_path / "b.txt"
    small.write_text("P1: hello\nP2: yes\n", encoding="utf-8")
    large.write_text("P1: we were invited to tea\nP2: and stayed\n" * 4_000, encoding="utf-8")
    assert window.new_study(path)
    assert window.desk is not None
    dialog = ImportDialog(window.desk)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.add_files([small, large])
    qtbot.waitUntil(lambda: not dialog.reader.busy, timeout=60_000)
    with limited(tmp_path, 60_000):
        dialog.import_now()
    assert "disk is full" in dialog.status.text()
    window.close_study()
    assert verify(path, full=True) == []


def test_a_document_that_finds_no_room_is_said_and_not_registered(
    window: MainWindow, demo_bytes: bytes, tmp_path: Path
) -> None:
    path, target = tmp_path / "study.reflexa", tmp_path / "codebook.docx"
    path.write_bytes(demo_bytes)
    target.write_bytes(b"the older document")
    assert window.open_study(path)
    outputs = window.show_place("outputs")
    assert isinstance(outputs, OutputsWorkspace)
    with limited(tmp_path, 0, of=8192):
        assert not outputs.export_to("codebook", target)
        assert "disk is full" in window.foot.sentence.text()
        assert target.read_bytes() == b"the older document"
    assert outputs.register.rowCount() == 0
    assert outputs.export_to("codebook", target)
    assert outputs.register.rowCount() == 1
    assert list(tmp_path.glob(".reflexa-*")) == []
