"""Tables of codes as files: as they are shown, presence first, names of people never run."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import openpyxl
import pytest

from app.analysis.tables import Meeting, TableQuestion
from app.errors import ExportRefused
from app.exporters.document import Document, Sheet, SheetColumn
from app.exporters.options import ExportOptions, TableShown
from app.exporters.registry import compose, export
from app.exporters.to_xlsx import MOST_COLUMNS, write
from app.operations.people import edit_participant, ensure_group
from tests.exporters.conftest import FORMULA, LINES, MARKUP, Book

COUNTS = ExportOptions(counts=True)


def rows(book: Book, kind: str, tmp_path: Path, options: ExportOptions | None = None) -> list[list[str]]:
    path = tmp_path / "table.csv"
    export(book.study, kind, path, force=True, options=options)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_participants_with_role_and_group_stand_over_the_codes_in_tree_order(book: Book, tmp_path: Path) -> None:
    assert rows(book, "by-participant", tmp_path) == [
        ["code", "Nur (Mentee, FG1)", "Bilal (Mentee, FG1)", "Aisyah (Mentor, FG1)"],
        ["Belonging", "present", "", ""],
        [f"Belonging / {MARKUP}", "", "", "present"],
        [f"'{FORMULA}", "", "", "present"],
        ["Refused", "", "present", ""],
    ]


def test_counts_come_only_if_asked_and_with_them_in_how_many_groups_a_code_is_heard(book: Book, tmp_path: Path) -> None:
    found = rows(book, "by-participant", tmp_path, COUNTS)
    assert found[0][-1] == "heard_in_groups"
    assert found[1] == ["Belonging", "2", "0", "0", "1"]
    assert rows(book, "by-group", tmp_path, COUNTS)[1] == ["Belonging", "2", "1"]
    assert "heard_in_groups" not in rows(book, "by-group", tmp_path)[0]


def test_a_table_is_written_with_the_rows_that_are_shown_in_their_order(book: Book, tmp_path: Path) -> None:
    shown = TableShown(TableQuestion(set_aside=True), (book.codes["Old"], "gone", book.codes["Belonging"]))
    found = rows(book, "by-group", tmp_path, ExportOptions(table=shown))
    assert [row[0] for row in found[1:]] == ["Old (set aside)", "Belonging"]


def test_codes_that_meet_are_a_square_without_a_word_where_a_code_would_meet_itself(book: Book, tmp_path: Path) -> None:
    book.code(LINES[3][1], MARKUP)
    found = rows(book, "code-by-code", tmp_path)
    assert found[0] == ["code", "Belonging", f"Belonging / {MARKUP}", f"'{FORMULA}", "Refused"]
    assert [row[1:] for row in found[1:]] == [
        ["", "", "", ""], ["", "", "present", ""], ["", "present", "", ""], ["", "", "", ""],
    ]  # fmt: skip
    in_turn = TableShown(TableQuestion(meeting=Meeting.SAME_TURN))
    with book.study.read() as session:
        head = dict(compose(session, "code-by-code", ExportOptions(table=in_turn)).head)
    assert "same turn" in head["A cell"]


def test_a_name_that_a_spreadsheet_would_run_is_words_in_both_formats(book: Book, tmp_path: Path) -> None:
    book.study.run(edit_participant, book.people["Nur"], pseudonym=FORMULA)
    assert rows(book, "by-participant", tmp_path)[0][1] == f"'{FORMULA} (Mentee, FG1)"
    path = tmp_path / "table.xlsx"
    export(book.study, "by-participant", path)
    sheet = openpyxl.load_workbook(path)["Codes by participant"]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert sheet["B1"].value == f"{FORMULA} (Mentee, FG1)"
    assert sheet.freeze_panes == "B2"


def test_two_people_of_one_name_have_two_columns_that_can_be_told_apart(book: Book, tmp_path: Path) -> None:
    book.study.run(edit_participant, book.people["Bilal"], pseudonym="Nur")
    header = rows(book, "by-participant", tmp_path)[0]
    assert header[1:3] == ["Nur (Mentee, FG1)", "Nur (Mentee, FG1) [2]"]


def test_names_from_right_to_left_and_pictures_are_kept(book: Book, tmp_path: Path) -> None:
    book.study.run(edit_participant, book.people["Nur"], pseudonym="نور 🌱")
    assert rows(book, "by-participant", tmp_path)[0][1] == "نور 🌱 (Mentee, FG1)"


def test_a_group_without_any_transcript_keeps_its_column(book: Book, tmp_path: Path) -> None:
    book.study.run(ensure_group, "FG2")
    assert rows(book, "by-group", tmp_path)[0] == ["code", "FG1", "FG2"]


def test_the_register_names_who_stands_in_the_table(book: Book, tmp_path: Path) -> None:
    assert export(book.study, "by-participant", tmp_path / "a.xlsx").participants == 3
    assert export(book.study, "by-group", tmp_path / "b.xlsx").participants == 0


def test_a_table_broader_than_a_workbook_is_refused_with_a_way_out(book: Book) -> None:
    columns = tuple(SheetColumn(str(number), str(number)) for number in range(MOST_COLUMNS + 1))
    sheet = Sheet("Broad", columns, ())
    document = Document("Broad", "", ExportOptions().at, (), (), sheet, (sheet,))
    with pytest.raises(ExportRefused, match=r"\.csv"):
        write(document)
