"""The Outputs workspace: each document in each format, the register of what left, and what is refused."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from app.exporters.registry import kinds
from app.operations.codes import create_code
from app.ui.outputs.workspace import OutputsWorkspace
from app.ui.window.main_window import MainWindow

EVERY = [(kind.name, ending) for kind in kinds() for ending in kind.endings]


@pytest.fixture
def outputs(demo_window: MainWindow) -> OutputsWorkspace:
    place = demo_window.show_place("outputs")
    assert isinstance(place, OutputsWorkspace)
    return place


def test_every_document_is_written_in_every_format_and_registered(
    demo_window: MainWindow, outputs: OutputsWorkspace, tmp_path: Path
) -> None:
    assert outputs.nothing.isVisible()
    for kind, ending in EVERY:
        target = tmp_path / f"{kind} & more.{ending}"
        assert outputs.export_to(kind, target), (kind, ending)
        assert target.stat().st_size > 200  # a journal without entries is short
        assert demo_window.foot.sentence.text().startswith(f"Wrote “{target.name}”.")
    assert outputs.register.rowCount() == len(EVERY)
    assert not outputs.nothing.isVisible()
    files = {outputs.register.item(row, 2).text() for row in range(outputs.register.rowCount())}
    assert files == {f"{kind} & more.{ending}" for kind, ending in EVERY}


def test_to_whom_is_kept_in_the_register(outputs: OutputsWorkspace, tmp_path: Path) -> None:
    outputs.to_whom.setText("  Dr Lim ")
    outputs.export_to("codebook", tmp_path / "a.csv")
    assert outputs.register.item(0, 3).text() == "Dr Lim"


def test_counts_come_only_if_asked(outputs: OutputsWorkspace, tmp_path: Path) -> None:
    assert not outputs.counts.isChecked()
    outputs.export_to("codebook", tmp_path / "without.csv")
    outputs.counts.setChecked(True)
    outputs.export_to("codebook", tmp_path / "with.csv")
    without, with_counts = (
        (tmp_path / name).read_text(encoding="utf-8-sig").splitlines() for name in ("without.csv", "with.csv")
    )
    assert without != with_counts


def test_a_place_that_refuses_is_told_in_one_sentence_and_nothing_is_registered(
    demo_window: MainWindow, outputs: OutputsWorkspace, tmp_path: Path
) -> None:
    for target in (tmp_path / "nowhere" / "a.csv", tmp_path):
        assert not outputs.export_to("codebook", target)
        assert demo_window.foot.sentence.text()
        assert "Wrote" not in demo_window.foot.sentence.text()
    assert outputs.register.rowCount() == 0


def test_the_button_asks_for_a_dated_name_and_cancel_writes_nothing(
    demo_window: MainWindow, outputs: OutputsWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answers = [], iter(["", str(tmp_path / "codebook")])

    def choose(_place: object, _title: str, proposed: str, *_: object) -> tuple[str, str]:
        asked.append(proposed)
        return next(answers), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    outputs.buttons["codebook", "docx"].click()
    outputs.leaving.go_on.click()
    assert outputs.register.rowCount() == 0
    outputs.buttons["codebook", "docx"].click()
    outputs.leaving.go_on.click()
    assert (tmp_path / "codebook.docx").exists()
    assert all("mentoring codebook 20" in path and path.endswith(".docx") for path in asked)


def test_an_empty_study_can_be_exported_too(window: MainWindow, tmp_path: Path) -> None:
    assert window.new_study(tmp_path / "new.reflexa")
    outputs = window.show_place("outputs")
    for kind, ending in EVERY:
        assert outputs.export_to(kind, tmp_path / f"{kind}.{ending}")


def test_the_register_is_drawn_anew_when_it_is_seen_again(
    demo_window: MainWindow, outputs: OutputsWorkspace, tmp_path: Path
) -> None:
    demo_window.show_place("code")
    demo_window.desk.run(create_code, "Another")
    outputs.export_to("codebook", tmp_path / "a.csv")
    demo_window.show_place("outputs")
    assert outputs.register.rowCount() == 1


def test_a_read_only_study_says_what_becomes_of_an_export(
    window: MainWindow, tmp_path: Path, demo_bytes: bytes
) -> None:
    path = tmp_path / "demo.reflexa"
    path.write_bytes(demo_bytes)
    assert window.open_study(path, read_only=True)
    outputs = window.show_place("outputs")
    done = outputs.export_to("codebook", tmp_path / "a.csv")
    assert done == (tmp_path / "a.csv").exists()
    assert window.foot.sentence.text()
    window.close_study()
    assert path.read_bytes() == demo_bytes


def test_the_sheet_says_what_leaves_and_nothing_more_is_ticked(
    demo_window: MainWindow, outputs: OutputsWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out.qdpx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))

    def project() -> str:
        return zipfile.ZipFile(path).read("project.qde").decode()

    outputs.buttons["qdpx", "qdpx"].click()
    sheet = outputs.leaving
    assert any("Whole transcripts" in line.text() for line in sheet.holds)
    assert not any(box.isChecked() for box in sheet.boxes.values())
    sheet.go_on.click()
    assert "<User " not in project()
    assert "creationDateTime" not in project()
    outputs.buttons["qdpx", "qdpx"].click()
    outputs.leaving.boxes["names"].setChecked(True)
    outputs.leaving.boxes["times"].setChecked(True)
    outputs.leaving.go_on.click()
    assert "<User " in project()
    assert "creationDateTime" in project()


def test_leaving_nothing_is_one_press(demo_window: MainWindow, outputs: OutputsWorkspace, tmp_path: Path) -> None:
    outputs.buttons["coded", "docx"].click()
    outputs.leaving.stay.click()
    assert outputs.register.rowCount() == 0
    assert demo_window.isVisible()
    assert list(tmp_path.glob("*.docx")) == []
