"""The tables page: which table, quiet numbers, every cell opens its excerpts, what is shown goes out."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.analysis.exports import export_rows
from app.analysis.tables import Columns, Meeting
from app.models import Code, Excerpt, Source
from app.models.kinds import CodeStatus
from app.operations.codes import create_code, edit_code, set_aside
from app.operations.codings import code_passage
from app.ui.compare.tables_model import Order
from app.ui.compare.tables_page import TablesPage
from app.ui.quotes import QuoteShelf
from app.ui.window.main_window import MainWindow

TEXT = Qt.ItemDataRole.AccessibleTextRole


def page_in(window: MainWindow) -> TablesPage:
    """The page at the place of a workspace, as the window shows it."""
    page = TablesPage(window.desk, QuoteShelf(window.desk))
    window.stack.addWidget(page)
    window.stack.setCurrentWidget(page)
    page.restyle(window.desk.tokens)
    page.refresh(None)
    window.desk.changed.connect(page.refresh)
    page.enter()
    return page


@pytest.fixture
def page(demo_window: MainWindow) -> TablesPage:
    return page_in(demo_window)


def go_to(page: TablesPage, code: str, column: str) -> None:
    """Bring the cell of this code and this column to hand."""
    row = next(one.id for one in page.model.rows if one.name == code)
    found = next(one.id for one in page.model.columns if one.name == column)
    page.view.choose(page.model.index_of(row, found))


def read(page: TablesPage) -> list[str]:
    """The words in the list."""
    page._show_cell()
    model = page.passages.model()
    return [str(model.index(place, 0).data()) for place in range(model.rowCount())]


def test_participants_stand_under_their_groups_and_no_number_is_seen(page: TablesPage) -> None:
    assert page.bar.tables[Columns.PARTICIPANTS].isChecked()
    assert not page.bar.counts.isChecked()
    groups = [column.group for column in page.model.columns]
    assert groups == sorted(groups)
    assert len(page.model.columns) == 23
    shown = {page.model.index(row, 0).data() for row in range(page.model.rowCount())}
    assert shown == {"", "present"}


def test_the_first_cell_with_something_in_it_is_open(page: TablesPage) -> None:
    assert read(page)
    assert page.heading.text().startswith(page.model.rows[page.view.currentIndex().row()].name)


def test_every_cell_of_the_example_opens_what_it_counts(page: TablesPage) -> None:
    for columns in Columns:
        page.bar.tables[columns].click()
        cells = list(page.model.table.cells.items())
        for (code_id, column_id), count in cells[:: max(1, len(cells) // 12)]:
            page.view.choose(page.model.index_of(code_id, column_id))
            words = read(page)
            assert len(words) == count
            assert all(words)


def test_a_cell_is_opened_by_key_and_leads_to_the_transcript(page: TablesPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert page.passages.hasFocus()
    with qtbot.waitSignal(page.excerptWanted) as wanted:
        qtbot.keyClick(page.passages, Qt.Key.Key_Return)
    source_id, excerpt_id = wanted.args
    with page.desk.read() as session:
        assert session.get(Excerpt, excerpt_id).source_id == source_id
    qtbot.keyClick(page.passages, Qt.Key.Key_Escape)
    assert page.view.hasFocus()


def test_where_two_codes_meet_the_words_of_both_are_wanted(page: TablesPage, qtbot: QtBot) -> None:
    page.bar.tables[Columns.CODES].click()
    page.view.choose(page.model.first_filled())
    (words, *_) = read(page)
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.passageWanted) as wanted:
        qtbot.keyClick(page.passages, Qt.Key.Key_Return)
    source_id, start, end = wanted.args
    with page.desk.read() as session:
        text = session.scalar(select(Source.text).where(Source.id == source_id))
    assert " ".join(text[start:end].split()) == words


def test_an_empty_cell_says_so_and_enter_stays_in_the_table(page: TablesPage, qtbot: QtBot) -> None:
    table = page.model.table
    row, column = next((r, c) for r in table.rows for c in table.columns if (r.id, c.id) not in table.cells)
    page.view.choose(page.model.index_of(row.id, column.id))
    assert read(page) == []
    assert page.about.text() == "No excerpt of this code here."
    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    assert page.view.hasFocus()


def test_counts_are_switched_on_and_remembered(page: TablesPage, demo_window: MainWindow) -> None:
    page.bar.counts.click()
    shown = {page.model.index(row, 0).data() for row in range(page.model.rowCount())}
    assert "present" not in shown
    assert page.model.columns[-1].id == "heard in groups"
    again = page_in(demo_window)
    assert again.bar.counts.isChecked()
    assert again.model.counts
    again.bar.counts.click()
    assert not page_in(demo_window).model.counts


def test_the_table_chosen_and_what_is_in_it_are_remembered(page: TablesPage, demo_window: MainWindow) -> None:
    page.bar.tables[Columns.CODES].click()
    assert page.bar.meeting.isVisible()
    page.bar.meeting.setCurrentIndex(1)
    page.bar.meeting.activated.emit(1)
    page.bar.beneath.click()
    question = page_in(demo_window).model.table.question
    assert (question.columns, question.meeting, question.beneath) == (Columns.CODES, Meeting.SAME_TURN, True)
    page.bar.tables[Columns.GROUPS].click()
    assert not page.bar.meeting.isVisible()


def test_one_stays_at_the_cell_whatever_is_sorted_filtered_or_changed(page: TablesPage) -> None:
    go_to(page, "Tools we made", "Hafiz")
    for act in (
        lambda: page.bar.orderWanted.emit("name"),
        lambda: page.bar.filter.setText("we"),
        lambda: page.bar.counts.click(),
        lambda: page.desk.run(create_code, "A new one"),
    ):
        act()
        row, column = page.model.cell(page.view.currentIndex())
        assert (row.name, column.name) == ("Tools we made", "Hafiz")


def test_a_click_on_a_head_brings_what_stands_there_to_the_top(page: TablesPage) -> None:
    column = page.model.columns[3]
    page.view.sortWanted.emit(column.id)
    filled = [page.model.found(row.id, column.id) > 0 for row in page.model.rows]
    assert filled == sorted(filled, reverse=True)
    assert filled[0]
    assert page.bar.order.currentData() == Order.COLUMN
    assert page.view.currentIndex().row() == 0
    page.view.sortWanted.emit("")
    assert page.bar.order.currentData() == Order.TREE


def test_a_new_coding_and_a_new_name_are_seen_at_once(page: TablesPage) -> None:
    go_to(page, "Adopted", "Aina")
    before = read(page)
    column_id = page.model.columns[page.view.currentIndex().column()].id
    cell = next(one for one in page.model.table.cells if one[1] == column_id)
    page.view.choose(page.model.index_of(*cell))
    page._show_cell()
    place = page.passages.model().row(0)
    code = next(row for row in page.model.rows if row.name == "Adopted")
    page.desk.run(code_passage, place.source_id, place.start, place.end, code.id)
    go_to(page, "Adopted", "Aina")
    assert len(read(page)) == len(before) + 1
    page.desk.run(edit_code, code.id, name="Taken in")
    assert page.heading.text().startswith("Taken in")


def test_codes_set_aside_come_only_when_asked_for(page: TablesPage) -> None:
    code_id = page.model.rows[0].id
    page.desk.run(set_aside, code_id, "It said nothing.")
    assert code_id not in {row.id for row in page.model.rows}
    page.bar.set_aside.click()
    row = next(row for row in page.model.rows if row.id == code_id)
    assert row.status == CodeStatus.SET_ASIDE


def test_what_is_shown_goes_out_and_into_the_register(page: TablesPage, tmp_path: Path) -> None:
    page.bar.filter.setText("tools")
    page.bar.orderWanted.emit("name")
    target = tmp_path / "table.csv"
    assert page.export_to(target)
    rows = list(csv.reader(StringIO(target.read_bytes().decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows[1:]] == [row.path for row in page.model.rows]
    assert set(rows[1][1:]) == {"", "present"}
    page.bar.counts.click()
    assert page.export_to(target)
    assert "heard_in_groups" in target.read_text(encoding="utf-8-sig")
    with page.desk.read() as session:
        assert [row.kind for row in export_rows(session)] == ["by-participant", "by-participant"]


def test_a_place_that_refuses_is_said_in_a_sentence(page: TablesPage, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(page.desk.said) as said:
        assert not page.export_to(tmp_path / "nowhere" / "table.csv")
    assert "no folder" in said.args[0]


def test_the_menu_asks_where_and_cancelling_writes_nothing(
    page: TablesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["", str(tmp_path / "table")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (next(answers), ""))
    as_excel, _ = page.bar.export.menu().actions()
    as_excel.trigger()
    assert not list(tmp_path.glob("table*"))
    as_excel.trigger()
    assert (tmp_path / "table.xlsx").exists()


def test_a_study_without_codes_says_what_to_do(window: MainWindow, tmp_path: Path) -> None:
    assert window.new_study(tmp_path / "new.reflexa")
    page = page_in(window)
    assert "No codes yet" in page.empty.text()
    assert page.empty.isVisible()
    page.desk.run(create_code, "First")
    assert "Nobody to show yet" in page.empty.text()


def test_a_filter_that_nothing_meets_says_so_and_goes_again(page: TablesPage) -> None:
    page.bar.filter.setText("zzz")
    assert page.empty.isVisible()
    page.bar.filter.clear()
    assert page.view.isVisible()
    with page.desk.read() as session:
        assert page.model.rowCount() == len(session.scalars(select(Code.id).where(Code.status == "active")).all())


def test_what_stands_behind_a_cell_is_read_below_where_there_is_no_room_beside(page: TablesPage) -> None:
    page.resize(1200, 700)
    assert page.splitter.orientation() == Qt.Orientation.Horizontal
    page.resize(800, 700)
    assert page.splitter.orientation() == Qt.Orientation.Vertical
