"""A table of participants: read as it is, refused where it is not clear who is who."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from app.importers import ImportRefused, ParticipantTable, read_participants
from app.importers.participants import read_people_table
from app.importers.typed_values import typed
from app.resources import resource

TABLE = """participant_id,pseudonym,role,focus_group,year,consent_to_quote,status,note
P1,Aïna,Mentee,FG1,2,yes,active,
P2,Ben,Mentor,FG2,,no,withdrawn,x
"""


def read(tmp_path: Path, content: str | bytes, name: str = "people.csv") -> ParticipantTable:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_participants(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_every_dialect_gives_the_same_people(tmp_path: Path, encoding: str, delimiter: str, ends: str) -> None:
    table = read(tmp_path, TABLE.replace(",", delimiter).replace("\n", ends).encode(encoding))
    first, second = table.rows
    assert (first.id, first.pseudonym, first.role, first.group) == ("P1", "Aïna", "Mentee", "FG1")
    assert (first.consent_to_quote, first.status, first.attributes) == (True, "active", (("year", "2"),))
    assert (second.consent_to_quote, second.note, second.attributes) == (False, "x", (("year", ""),))
    assert table.attributes == ("year",)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("id,name\nP1,Aina\nP1,Ben\n", "row 3.*“P1”.*row 2"),
        ("id,name\nP1,Aina\n\nP2, \n", "row 4.*empty"),
        ("role,year\nMentee,2\n", "no column “pseudonym”"),
        ("id,name,Age,age\nP1,Aina,1,2\n", "“age” twice"),
        ("id,name\nP1,Aina,more\n", "row 2.*more cells"),
        ('id,name\nP1,"Aina\nP2,Ben\n', "not a table"),
        ("", "empty"),
        ("\n\n", "empty"),
        (b"PK\x03\x04" + b"\0" * 50, "no text|no csv"),
        (b"\x89PNG\r\n\x1a\n\0\0", "no csv"),
    ],
)
def test_what_is_not_clear_is_refused_with_its_row(tmp_path: Path, content: str | bytes, says: str) -> None:
    with pytest.raises(ImportRefused, match=says) as caught:
        read(tmp_path, content)
    assert "people.csv" in caught.value.sentence


def test_what_is_no_table_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="Save the table as csv"):
        read(tmp_path, TABLE, "people.docx")
    with pytest.raises(ImportRefused, match="damaged"):
        read(tmp_path, TABLE, "people.xlsx")


def test_columns_are_what_one_says_and_the_others_stay_out(tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("Who,Where,Age,Phone\nAina,FG1,21,123\n")
    table = read_participants(tmp_path / "p.csv", {"Who": "pseudonym", "Where": "group", "Age": "attribute"})
    (row,) = table.rows
    assert (row.pseudonym, row.group, row.attributes) == ("Aina", "FG1", (("Age", "21"),))


def test_consent_that_is_neither_yes_nor_no_is_not_known_and_said(tmp_path: Path) -> None:
    table = read(tmp_path, "name,consent\nAina,maybe\nBen,\nChloe,Yes\n")
    assert [row.consent_to_quote for row in table.rows] == [None, None, True]
    assert table.warnings == ("Consent to quote is neither yes nor no in row 2: it is taken as not known.",)


def test_a_formula_stays_text_and_a_nameless_column_is_counted(tmp_path: Path) -> None:
    table = read(tmp_path, "name,,note\nAina,lost,=1+1\n")
    assert table.rows[0].note == "=1+1"
    assert table.warnings == ("1 column without a name left out.",)


def test_the_people_of_the_example_are_23() -> None:
    table = read_participants(resource("demo", "participants.csv"))
    assert len(table.rows) == 23
    assert table.warnings == ()
    assert "gender" in table.attributes


def book(path: Path, *sheets: list[list[object]], merged: str = "") -> Path:
    work = openpyxl.Workbook()
    work.remove(work.active)
    for number, rows in enumerate(sheets):
        sheet = work.create_sheet(f"S{number}")
        for row in rows:
            sheet.append(row)
        if merged:
            sheet.merge_cells(merged)
    work.save(path)
    return path


def test_the_sheet_that_names_people_is_read_and_a_heading_above_the_titles_left_out(tmp_path: Path) -> None:
    notes: list[list[object]] = [["what this is"], ["and who made it", "when"]]
    people: list[list[object]] = [["Participants of the study"], [], ["pseudonym", "age"], ["Nur", 21]]
    table = read_people_table(book(tmp_path / "people.xlsx", notes, [], people))
    assert (table.head, table.rows) == (("pseudonym", "age"), ((4, ("Nur", "21")),))
    assert table.doubts == (
        "The file has 2 sheets with something in them: sheet 3 is read.",
        "1 row above the titles left out.",
    )


def test_days_of_a_workbook_are_days_and_what_cells_do_not_show_is_told(tmp_path: Path) -> None:
    rows: list[list[object]] = [["pseudonym", "born", "group", "sum"], ["Nur", date(2001, 4, 3), "FG1", "=1+1"]]
    rows += [["Bilal", datetime(2001, 4, 3, 9, 30), None, None]]  # noqa: DTZ001 - a cell knows no zone
    table = read_people_table(book(tmp_path / "people.xlsx", rows, merged="C2:C3"))
    assert table.rows == ((2, ("Nur", "2001-04-03", "FG1")), (3, ("Bilal", "2001-04-03 09:30:00")))
    assert [doubt.split(":")[0] for doubt in table.doubts] == [
        "Cells are merged",
        "1 cell holds a formula that nobody computed, and is read as empty",
    ]


def test_the_line_in_which_excel_is_told_the_separator_is_no_title(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("sep=;\npseudonym;age, in years\nNur;21\n")
    assert read_people_table(path).head == ("pseudonym", "age, in years")


def test_values_become_what_their_type_wants_and_what_does_not_fit_is_told(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text(
        "pseudonym;weight;iso;dots;slashes;sure;unsure;ok\n"
        "Nur;1,5;2024-4-3;03.04.2024;03/04/2024;04/13/2024;03/04/2024;ja\n"
        "Bilal;1,234;2024-12-13 00:00:00;13.12.2024;13/12/2024;12/31/2024;05/06/2024;False\n"
        "Aina;some;;31.02.2024;;;2024-01-02;perhaps\n"
    )
    kinds = {
        "weight": "number",
        **dict.fromkeys(("iso", "dots", "slashes", "sure", "unsure"), "date"),
        "ok": "yes or no",
    }
    table = typed(read_participants(path), kinds)
    said = {title: [dict(row.attributes)[title] for row in table.rows] for title in kinds}
    assert said == {
        "weight": ["1.5", "1,234", "some"],
        "iso": ["2024-04-03", "2024-12-13", ""],
        "dots": ["2024-04-03", "2024-12-13", "31.02.2024"],
        "slashes": ["2024-04-03", "2024-12-13", ""],
        "sure": ["2024-04-13", "2024-12-31", ""],
        "unsure": ["03/04/2024", "05/06/2024", "2024-01-02"],
        "ok": ["yes", "no", "perhaps"],
    }
    assert table.warnings == (
        "“weight”: “1,234”, “some” is no number, and stays as it is written.",
        "“dots”: “31.02.2024” is no day that is sure, and stays as it is written.",
        "“unsure”: “03/04/2024”, “05/06/2024” is no day that is sure, and stays as it is written.",
        "“ok”: “perhaps” is neither yes nor no, and stays as it is written.",
    )
    assert table.kinds == kinds
