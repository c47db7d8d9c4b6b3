"""Accounts leave from the window: which list, which entries of the journal, whose genealogy."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from app.operations.journal import write_entry
from app.ui.journal.reporting_page import ReportingPage
from app.ui.journal.workspace import JournalWorkspace
from app.ui.outputs.journal_choice import JournalChoiceDialog
from app.ui.outputs.workspace import OutputsWorkspace
from app.ui.window.main_window import MainWindow


@pytest.fixture
def outputs(demo_window: MainWindow) -> OutputsWorkspace:
    """The workspace, in a study with one private entry and one that is not."""
    assert demo_window.desk is not None
    demo_window.desk.run(write_entry, "An open thought of June", kind="my own kind")
    demo_window.desk.run(write_entry, "A private thought of June", kind="my own kind", private=True)
    place = demo_window.show_place("outputs")
    assert isinstance(place, OutputsWorkspace)
    return place


def to(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Answer the file dialog."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(path), f"(*{path.suffix})"))


def dialog_of(outputs: OutputsWorkspace) -> JournalChoiceDialog:
    """The choice of entries, opened by the button of the card."""
    outputs.buttons["journal", "md"].click()
    return outputs.entries


def test_private_entries_are_not_ticked_and_stay(
    outputs: OutputsWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to(monkeypatch, tmp_path / "j.md")
    dialog_of(outputs).accept()
    text = (tmp_path / "j.md").read_text(encoding="utf-8")
    assert "An open thought" in text
    assert "A private thought" not in text


def test_the_audit_report_asks_which_entries_stand_in_it_and_may_hold_none(
    outputs: OutputsWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to(monkeypatch, tmp_path / "a.html")
    outputs.buttons["audit", "html"].click()
    dialog = outputs.entries
    for place in range(dialog.list.count()):
        dialog.list.item(place).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.write.isEnabled()
    dialog.accept()
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "No entry of the journal is told here." in text
    assert "An open thought" not in text


def test_an_entry_is_chosen_by_itself_also_a_private_one(
    outputs: OutputsWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to(monkeypatch, tmp_path / "j.md")
    dialog = dialog_of(outputs)
    for place in range(dialog.list.count()):
        item = dialog.list.item(place)
        wanted = "A private thought" in item.text()
        assert ("private" in item.text()) is wanted or "thought" not in item.text()
        item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
    dialog.accept()
    text = (tmp_path / "j.md").read_text(encoding="utf-8")
    assert "A private thought" in text
    assert "An open thought" not in text


def test_kind_and_days_tick_and_nothing_ticked_cannot_leave(outputs: OutputsWorkspace) -> None:
    dialog = dialog_of(outputs)
    dialog.kind.setCurrentIndex(dialog.kind.findData("my own kind"))
    assert len(dialog.choice().entry_ids or ()) == 1
    dialog.last.setText("1999-12-31")
    assert dialog.choice().entry_ids == frozenset()
    assert not dialog.write.isEnabled()
    dialog.reject()


def test_the_list_that_is_chosen_is_written(
    outputs: OutputsWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to(monkeypatch, tmp_path / "c.md")
    outputs.checklist.setCurrentIndex(outputs.checklist.findData("gramms"))
    outputs.buttons["checklist", "md"].click()
    assert "GRAMMS" in (tmp_path / "c.md").read_text(encoding="utf-8")


def test_the_genealogy_of_themes_is_another_one_than_that_of_codes(
    outputs: OutputsWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = []
    for about in ("codes", "themes"):
        to(monkeypatch, tmp_path / f"{about}.svg")
        outputs.genealogy.setCurrentIndex(outputs.genealogy.findData(about))
        outputs.buttons["genealogy", "svg"].click()
        drawn.append((tmp_path / f"{about}.svg").read_text(encoding="utf-8"))
    assert "Codes" in drawn[0]
    assert "Themes" in drawn[1]


def test_the_page_reporting_leads_to_the_list_one_looks_at(
    outputs: OutputsWorkspace, demo_window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = demo_window.show_place("journal")
    assert isinstance(place, JournalWorkspace)
    page = place.show_page("reporting")
    assert isinstance(page, ReportingPage)
    page.show_list("twenty")
    to(monkeypatch, tmp_path / "c.docx")
    page.export.click()
    assert (tmp_path / "c.docx").exists()
    assert outputs.checklist.currentData() == "twenty"
