"""Rows of Excel workbooks as text; formulas give the value that was last computed, and nothing is ever run."""

from __future__ import annotations

import io

from app.importers.draft import ImportRefused

MOST_ROWS = 100_000


def workbook_rows(name: str, content: bytes) -> list[tuple[str, ...]]:
    """The rows of the first sheet that holds anything. Raises ImportRefused."""
    return next((rows for rows in workbook_sheets(name, content) if any(rows)), [])


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
    for row in sheet.iter_rows(values_only=True, max_row=most):  # type: ignore[attr-defined]
        cells = ["" if cell is None else str(cell) for cell in row]
        while cells and not cells[-1].strip():
            cells.pop()
        rows.append(tuple(cells))
    while rows and not rows[-1]:
        rows.pop()
    return rows
