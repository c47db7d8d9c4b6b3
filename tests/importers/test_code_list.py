"""Code lists: csv and xlsx, our own codebook read back, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from app.analysis.codes import code_rows
from app.errors import NotPossible
from app.exporters.registry import export
from app.importers.code_list import CodeEntry, entries, read_code_list
from app.importers.draft import ImportRefused
from app.models import Code
from app.models.kinds import CodeOrigin
from app.operations.code_list import Fate, bring_in_codes, foresee
from app.operations.codes import create_code, edit_code
from app.study import Study


def written(tmp_path: Path, text: str, name: str = "codes.csv") -> Path:
    """A file with this text."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("code,definition\nTrust,They rely\n", [("Trust",)]),
        ("Code;Parent\nTrust;Relations / Close\n", [("Relations", "Close", "Trust")]),
        ("name\nRelations / Trust\n\nDistance\n", [("Relations", "Trust"), ("Distance",)]),
        ("Trust\nDistance\n", [("Trust",), ("Distance",)]),
        (
            "name,parent\nTrust,Close\nClose,Relations\nRelations,\nA,B\nB,A\n",
            [("Relations", "Close", "Trust"), ("Relations", "Close"), ("Relations",), ("B", "A"), ("A", "B")],
        ),
        ("name\tdefinition\nميم 😀\tمعنى\n", [("ميم 😀",)]),
    ],
)
def test_tables_of_many_kinds_are_read(tmp_path: Path, text: str, paths: list[tuple[str, ...]]) -> None:
    assert [entry.path for entry in entries(read_code_list(written(tmp_path, text)))] == paths


def test_a_workbook_is_read_from_the_sheet_that_names_codes(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["About this list"])
    sheet = book.create_sheet("Codes")
    for row in (["Code", "Description", "Color"], ["Trust", "=1+1", "#ff0000"], [None, None, None], [2026, None, None]):
        sheet.append(row)
    path = tmp_path / "codes.xlsx"
    book.save(path)
    found = entries(read_code_list(path))
    assert [entry.path for entry in found] == [("Trust",), ("2026",)]


def test_rows_are_numbered_as_the_spreadsheet_numbers_them(tmp_path: Path) -> None:
    book = Workbook()
    for row in ([None], ["Code"], ["Trust"], [None], ["Distance"]):
        book.active.append(row)
    path = tmp_path / "codes.xlsx"
    book.save(path)
    assert [(entry.path, entry.row) for entry in entries(read_code_list(path))] == [(("Trust",), 3), (("Distance",), 5)]
    text = written(tmp_path, "\n\nCode,Definition\n\nTrust,x\n,\nDistance,y\n")
    assert [entry.row for entry in entries(read_code_list(text))] == [5, 7]
    assert [entry.row for entry in entries(read_code_list(written(tmp_path, "\nTrust\n\nDistance")))] == [2, 4]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.csv", b"", "empty"),
        ("a.xlsx", b"PK\x03\x04 nothing", "“a.xlsx”"),
        ("a.csv", b"PK\x03\x04 nothing", "no csv"),
        ("a.docx", b"x", "no table"),
        ("a.csv", b"parent,colour\nx,y\n", "no column"),
    ],
)
def test_what_is_no_code_list_is_refused_in_one_sentence(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ImportRefused) as refused:
        read_code_list(path)
    assert says in refused.value.sentence


def test_codes_are_made_with_what_is_above_them_and_bad_rows_left_out(study: Study) -> None:
    found = [
        CodeEntry(("Relations", "Trust"), {"brief": "They rely", "colour": "#123abc"}, 2),
        CodeEntry(("relations", "trust"), {}, 3),
        CodeEntry(("x" * 10_000,), {}, 4),
        CodeEntry(("Rivalry",), {"colour": "red"}, 5),
    ]
    done = study.run(bring_in_codes, "list.csv", found, CodeOrigin.THEORY_LED)
    assert (done.made, done.kept) == (3, ("relations / trust",))
    assert len(done.refused) == 1
    assert done.refused[0].startswith("Row 4:")
    with study.read() as session:
        codes = {code.name: code for code in session.scalars(select(Code)).all()}
        assert set(codes) == {"Relations", "Trust", "Rivalry"}
        assert codes["Trust"].colour == "#123ABC"
        assert all(code.origin == CodeOrigin.THEORY_LED for code in codes.values())
    study.undo()
    with study.read() as session:
        assert not session.scalars(select(Code)).all()


def test_a_list_of_nothing_but_bad_rows_makes_no_change(study: Study) -> None:
    with pytest.raises(NotPossible):
        study.run(bring_in_codes, "list.csv", [CodeEntry(("x" * 10_000,), {}, 2)], None)


def test_a_code_named_first_as_a_parent_gets_what_its_own_row_says(study: Study) -> None:
    found = [
        CodeEntry(("Relations", "Trust"), {}, 2),
        CodeEntry(("Relations",), {"brief": "What people are to each other", "origin": "In Vivo"}, 3),
        CodeEntry(("Relations",), {"brief": "again"}, 4),
    ]
    with study.read() as session:
        assert [row.fate for row in foresee(session, found)] == [Fate.NEW, Fate.NEW, Fate.KEPT]
    done = study.run(bring_in_codes, "list.csv", found, CodeOrigin.THEORY_LED)
    assert (done.made, done.kept) == (2, ("Relations",))
    with study.read() as session:
        relations = session.scalars(select(Code).where(Code.name == "Relations")).one()
        assert (relations.brief, relations.origin) == ("What people are to each other", CodeOrigin.IN_VIVO)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_our_own_codebook_comes_back_as_it_was(study: Study, tmp_path: Path, ending: str) -> None:
    top = study.run(create_code, "Relations / close", colour="#123abc", origin=CodeOrigin.IN_VIVO)
    study.run(edit_code, top, brief="Short; with, marks", full="Two\nlines", when_to_use="If", when_not_to_use="=1+1")
    study.run(create_code, "Relations / close", parent_id=top)
    path = tmp_path / f"codebook.{ending}"
    export(study, "codebook", path)
    table = read_code_list(path)
    before = codes_of(study)
    while study.undo() is not None:
        pass
    assert codes_of(study) == []
    done = study.run(bring_in_codes, table.file_name, entries(table), None)
    assert (done.made, done.kept, done.refused) == (2, (), ())
    assert codes_of(study) == before


def codes_of(study: Study) -> list[tuple[object, ...]]:
    """What a codebook says of each code."""
    with study.read() as session:
        return [
            (row.path, row.colour, row.brief, row.full, row.when_to_use, row.when_not_to_use, row.origin)
            for row in code_rows(session)
        ]


def test_a_long_list_asks_the_study_no_question_a_row(study: Study) -> None:
    found = [CodeEntry((f"Parent {n % 40}", f"Code {n}"), {"brief": "x"}, n + 2) for n in range(2000)]
    asked: list[str] = []
    study.connection.set_trace_callback(lambda sql: asked.append(sql) if sql.startswith("SELECT") else None)
    done = study.run(bring_in_codes, "list.csv", found, None)
    study.connection.set_trace_callback(None)
    assert done.made == 2040
    assert len(asked) < 50
