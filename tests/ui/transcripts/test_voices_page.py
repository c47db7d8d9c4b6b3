"""The page of voices: of a transcript, a group or the study; sorted, led from, and saved."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.operations.sources import regroup_source
from app.study import Study
from app.ui.desk import Desk
from app.ui.transcripts.voices_model import Column, share_in_words
from app.ui.transcripts.voices_page import VoicesPage
from app.ui.transcripts.workspace import TranscriptsWorkspace


def _shown(page: VoicesPage, *columns: Column) -> list[tuple[str, ...]]:
    model = page.model
    return [tuple(str(model.index(row, column).data()) for column in columns) for row in range(model.rowCount())]


def _page(workspace: TranscriptsWorkspace) -> VoicesPage:
    workspace.show_page(workspace.voices)
    return workspace.voices


def test_the_voices_of_the_chosen_transcript_stand_with_the_moderator_beneath(workspace: TranscriptsWorkspace) -> None:
    page = _page(workspace)
    assert _shown(page, Column.NAME, Column.TURNS, Column.WORDS, Column.SHARE) == [
        ("Aina", "2", "3", "60 %"),
        ("Dan", "2", "2", "40 %"),
        ("Int", "2", "4", "–"),
    ]
    assert "Moderators say 44 % of all words" in page.told.text()


def test_a_group_and_the_whole_study_can_be_shown(workspace: TranscriptsWorkspace, study: Study) -> None:
    page = _page(workspace)
    page.buttons["group"].click()
    assert _shown(page, Column.NAME, Column.WORDS) == [("Aina", "6"), ("Dan", "4"), ("Int", "8")]
    page.buttons["study"].click()
    assert [row[1] for row in _shown(page, Column.NAME, Column.GROUP)][:2] == ["FG1", "FG1"]
    study.run(regroup_source, workspace.list.current(), "")
    assert not page.buttons["group"].isEnabled()


def test_heads_sort_people_and_moderators_stay_beneath(workspace: TranscriptsWorkspace) -> None:
    page = _page(workspace)
    page.table.sortByColumn(Column.WORDS, Qt.SortOrder.AscendingOrder)
    assert _shown(page, Column.NAME) == [("Dan",), ("Aina",), ("Int",)]
    page.table.sortByColumn(Column.NAME, Qt.SortOrder.DescendingOrder)
    assert _shown(page, Column.NAME) == [("Dan",), ("Aina",), ("Int",)]
    page.show_voices_of("study")
    assert _shown(page, Column.NAME)[0] == ("Dan",)


def test_enter_goes_to_the_longest_turn(workspace: TranscriptsWorkspace, qtbot: QtBot) -> None:
    page = _page(workspace)
    page.table.setCurrentIndex(page.model.index(0, 0))
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert workspace.tabs.shown() is workspace.read_split
    reading = workspace.reading
    assert reading.script is not None
    start, end = reading.panel.selection()
    assert reading.script.text[start:end] == "So so."


def test_who_speaks_is_drawn_anew_when_it_changes(workspace: TranscriptsWorkspace, study: Study) -> None:
    page = _page(workspace)
    workspace.sheet.speakers.boxes["Dan"].pick("moderator")
    assert _shown(page, Column.NAME) == [("Aina",), ("Int",), ("Dan",)]


def test_the_table_is_saved_by_study_group_and_transcript(
    workspace: TranscriptsWorkspace, desk: Desk, tmp_path: Path
) -> None:
    page = _page(workspace)
    assert page.save_table(tmp_path / "voices.xlsx")
    rows = list(load_workbook(tmp_path / "voices.xlsx").worksheets[-1].iter_rows(values_only=True))
    held = [row for row in rows if row[0] in ("study", "group", "transcript")]
    assert {row[0] for row in held} == {"study", "group", "transcript"}
    assert ("transcript", "one", "Aina", 2, 3, 60) in [(*row[:3], *row[5:8]) for row in held]
    assert page.save_table(tmp_path / "voices.csv")
    assert not page.save_table(tmp_path / "voices.docx")


def test_what_rounds_to_nothing_is_not_nothing() -> None:
    assert (share_in_words(0.0), share_in_words(0.001), share_in_words(0.254)) == ("0 %", "< 1 %", "25 %")
