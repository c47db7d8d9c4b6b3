"""No text of a person becomes a formula, markup or a script; words withheld are in no format."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from app.exporters.options import ExportOptions
from app.exporters.registry import Kind, export, kinds
from app.exporters.to_csv import guarded, original
from app.operations.codes import create_code, edit_code
from app.operations.decisions import decide
from app.study import Study
from tests.exporters.conftest import FORMULA, LINES, MARKUP, REFUSED, Book


def quoting_kinds() -> list[Kind]:
    """Those that hold words of participants; tables of codes name participants and quote nobody."""
    return [kind for kind in kinds() if kind.quotes and not kind.packed]


def test_words_of_whom_refused_consent_are_in_no_file(
    book: Book, tmp_path: Path, all_bytes: Callable[[Path], bytes]
) -> None:
    book.code("where I belong.\nBilal: Nobody must read these forbidden words of mine.", "Belonging")
    refused = book.code(LINES[1][1], "Refused")
    book.study.run(decide, book.themes["Noticed"], refused, quoted_order=1)
    for kind in quoting_kinds():
        for ending in kind.endings:
            path = tmp_path / f"{kind.name}.{ending}"
            result = export(book.study, kind.name, path)
            assert result.withheld > 0
            held = all_bytes(path)
            assert REFUSED.encode() not in held
            assert b"Bilal" not in held


def test_xlsx_cells_are_words_never_formulas_or_links(book: Book, tmp_path: Path) -> None:
    for kind in ("codebook", "themes", "excerpts"):
        path = tmp_path / f"{kind}.xlsx"
        export(book.study, kind, path)
        with zipfile.ZipFile(path) as packed:
            sheets = [packed.read(name).decode() for name in packed.namelist() if name.startswith("xl/worksheets/")]
        assert not any("<f>" in sheet or "<f " in sheet or "hyperlink" in sheet for sheet in sheets)
        for sheet in openpyxl.load_workbook(path):
            assert all(cell.data_type in {"s", "n"} for row in sheet.iter_rows() for cell in row)
    quoted = [
        cell
        for row in openpyxl.load_workbook(tmp_path / "codebook.xlsx")["Codes"].iter_rows()
        for cell in row
        if cell.quotePrefix
    ]
    assert {cell.value for cell in quoted} == {FORMULA, "=c", LINES[3][1]}


def test_a_cell_holds_what_excel_can_which_counts_an_emoji_twice(study: Study, tmp_path: Path) -> None:
    study.run(edit_code, study.run(create_code, "Long"), full="🙂" * 20_000)
    export(study, "codebook", tmp_path / "c.xlsx")
    cells = [cell.value for row in openpyxl.load_workbook(tmp_path / "c.xlsx")["Codes"].iter_rows() for cell in row]
    (held,) = [cell for cell in cells if isinstance(cell, str) and cell.startswith("🙂")]
    assert len(held.encode("utf-16-le")) // 2 in (32_766, 32_767)
    assert "cut here" in held


def test_csv_cells_that_a_spreadsheet_would_run_begin_with_an_apostrophe(book: Book, tmp_path: Path) -> None:
    for kind in ("codebook", "themes", "excerpts"):
        path = tmp_path / f"{kind}.csv"
        export(book.study, kind, path)
        rows = csv.reader(StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
        cells = [cell for row in rows for cell in row]
        assert not [cell for cell in cells if re.match("[=+\\-@\t\r＝＋－＠]", cell)]
        assert any(cell.startswith("'=cmd") for cell in cells) == (kind != "themes")


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", '"=1', "'=1", "＝1", "＋1", "－1", "＠x", "“=1"],
)
def test_what_a_spreadsheet_would_run_is_guarded(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@given(st.text(max_size=20))
def test_exactly_our_own_guard_comes_off_again(text: str) -> None:
    assert original(str(guarded(text))) == text


def test_html_shows_markup_as_words(book: Book, tmp_path: Path) -> None:
    for kind in ("codebook", "themes", "excerpts"):
        path = tmp_path / f"{kind}.html"
        export(book.study, kind, path)
        page = html.parse(str(path)).getroot()
        assert page.xpath("//script|//img|//@onerror|//@href|//@src") == []
        assert MARKUP in page.text_content()
    assert LINES[3][1] in html.parse(str(tmp_path / "codebook.html")).getroot().text_content()


def test_labels_and_times_are_never_part_of_a_quote(
    book: Book, tmp_path: Path, all_bytes: Callable[[Path], bytes]
) -> None:
    for kind in quoting_kinds():
        for ending in kind.endings:
            path = tmp_path / f"{kind.name}.{ending}"
            export(book.study, kind.name, path, options=ExportOptions(attributes=False))
            held = all_bytes(path)
            assert not [name for name in (b"Nur", b"Aisyah") if name in held]
