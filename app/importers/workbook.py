"""Rows of Excel workbooks as text; formulas give the value that was last computed, and nothing is ever run."""

from __future__ import annotations

import io
import re
from datetime import datetime, time

from app.importers.draft import ImportRefused

MOST_ROWS = 100_000
_NEVER_COMPUTED = re.compile(rb"<f(?: [^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>|</c>)")


def workbook_sheets(name: str, content: bytes, most: int = MOST_ROWS) -> list[list[tuple[str, ...]]]:
    """The rows of each sheet, at most `most`, without empty ends. Raises ImportRefused."""
    from app.importers.archive import Archive  # with lxml, which costs a while to import

    Archive(name, content, thing="table", maker="Excel")  # checks against hostile archives come before any library
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        return [_rows(sheet, most) for sheet in book.worksheets]
    except ImportRefused:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part makes it stumble over
        raise ImportRefused(f"“{name}” is damaged or no workbook. Open it in Excel, save it again and try.") from error


def _rows(sheet: object, most: int) -> list[tuple[str, ...]]:
    rows = []
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # what it says of its size may be a lie, and costs minutes
    for row in sheet.iter_rows(values_only=True, max_row=most):  # type: ignore[attr-defined]
        cells = ["" if cell is None else _text(cell) for cell in row]
        while cells and not cells[-1].strip():
            cells.pop()
        rows.append(tuple(cells))
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _text(cell: object) -> str:
    """A value as text; a day without a time is a day."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "seconds")
    return str(cell)


def doubts_of_sheet(name: str, content: bytes, number: int) -> list[str]:
    """What a sheet holds that its cells do not show: merged cells, formulas whose value nobody computed."""
    from app.importers.archive import Archive

    archive = Archive(name, content, thing="table", maker="Excel")
    part = next((one for one in archive.names if one.endswith(f"worksheets/sheet{number + 1}.xml")), None)
    xml = archive.part(part) or b"" if part else b""
    doubts = []
    if b"<mergeCell " in xml:
        doubts.append("Cells are merged: what they say counts for the first row of each only.")
    if empty := len(_NEVER_COMPUTED.findall(xml)):
        what = "1 cell holds a formula" if empty == 1 else f"{empty:,} cells hold formulas"
        doubts.append(f"{what} that nobody computed, and is read as empty: open the file in Excel and save it.")
    return doubts
