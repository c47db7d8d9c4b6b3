"""Code lists: csv and xlsx, our own codebook read back, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from app.errors import NotPossible
from app.importers.code_list import CodeEntry, entries, read_code_list
from app.importers.draft import ImportRefused
from app.models import Code
from app.models.kinds import CodeOrigin
from app.operations.code_list import bring_in_codes
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
    assert (done.made, done.kept) == (2, ("relations / trust",))
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
