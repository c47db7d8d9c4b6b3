"""A table of participants: read as it is, refused where it is not clear who is who."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.importers import ImportRefused, ParticipantTable, read_participants
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
