"""A document as a workbook: a sheet that says what it is, then its tables. No cell is ever a formula or a link.

The workbook is made in memory: XlsxWriter's other ways leave people's words in temporary files while it works.
"""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter

from app.analysis.days import local_day
from app.errors import ExportRefused
from app.exporters.document import Document, Sheet, Value
from app.exporters.to_csv import guarded

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575
MOST_COLUMNS = 16_384
CUT = " […] (cut here: a cell holds no more; the whole text stands in the study)"

_SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write(document: Document) -> bytes:
    """The bytes of an .xlsx file. Raises ExportRefused if a sheet cannot hold that many rows or columns."""
    held = BytesIO()
    with xlsxwriter.Workbook(held, _SAFE) as workbook:
        # No author: XlsxWriter writes none unless told, and the login name is nobody's business.
        # Nor an hour: the day alone, as in a Word document.
        workbook.set_properties({"title": document.title, "created": datetime.combine(local_day(document.at), time())})
        looks = _Looks(workbook)
        _about(workbook, document, looks)
        for sheet in document.sheets:
            _sheet(workbook, sheet, looks)
    return held.getvalue()


class _Looks:
    """The cell formats of a workbook; `quoted` makes a spreadsheet take the cell as text for good."""

    def __init__(self, workbook: Any) -> None:
        base = {"font_name": "Calibri", "font_size": 10, "valign": "top", "text_wrap": True}
        self.plain = workbook.add_format(base)
        self.quoted = workbook.add_format(base | {"quote_prefix": True})
        self.header = workbook.add_format(base | {"bold": True, "bottom": 2, "bg_color": "#EEF1F4"})
        self.title = workbook.add_format(base | {"bold": True, "font_size": 14, "text_wrap": False})
        self.term = workbook.add_format(base | {"bold": True})

    def of(self, text: str) -> Any:
        """The format for words that a spreadsheet might run, and for those it would not."""
        return self.plain if guarded(text) == text else self.quoted


def _about(workbook: Any, document: Document, looks: _Looks) -> None:
    sheet = workbook.add_worksheet("About")
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, document.title, looks.title)
    lines = [("What this is", document.statement), *document.head]
    for row, (term, text) in enumerate(lines, start=2):
        sheet.write_string(row, 0, term, looks.term)
        sheet.write_string(row, 1, _fitting(text), looks.of(text))
    _print(sheet, document.title)


def _sheet(workbook: Any, table: Sheet, looks: _Looks) -> None:
    if len(table.rows) > MOST_ROWS:
        raise ExportRefused(f"A workbook holds {MOST_ROWS:,} rows; this table has {len(table.rows):,}. Choose .csv.")
    if len(table.columns) > MOST_COLUMNS:
        raise ExportRefused(f"A workbook holds {MOST_COLUMNS:,} columns; this table has more. Choose .csv.")
    sheet = workbook.add_worksheet(table.name)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, column.title, looks.header)
    for number, record in enumerate(table.rows, start=1):
        for place, value in enumerate(record):
            _cell(sheet, number, place, value, looks)
    if not table.rows:
        sheet.write_string(1, 0, table.empty, looks.plain)
    sheet.freeze_panes(1, 1)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.repeat_rows(0)
    _print(sheet, table.name)


def _cell(sheet: Any, row: int, place: int, value: Value, looks: _Looks) -> None:
    if isinstance(value, str):
        if value:
            sheet.write_string(row, place, _fitting(value), looks.of(value))
    elif value is not None:
        sheet.write_number(row, place, value, looks.plain)


def _fitting(text: str) -> str:
    """The text as far as a cell holds it; Excel counts in UTF-16, where an emoji is two."""
    if len(text) * 2 <= LONGEST_CELL or len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return text
    kept = text.encode("utf-16-le")[: (LONGEST_CELL - len(CUT)) * 2]
    return kept.decode("utf-16-le", errors="ignore") + CUT


def _print(sheet: Any, title: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{title[:100].replace('&', '&&')}&RPage &P of &N")  # 255 characters are what Excel takes
