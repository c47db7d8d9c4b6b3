"""A document as one table: UTF-8 with BOM so that Excel opens it rightly, CRLF, quoted as RFC 4180 says.

Quoting does not stop a spreadsheet from running a cell as a formula, so such a cell gets an apostrophe in front
(OWASP): `original` takes exactly that one away again.
"""

from __future__ import annotations

import csv
import re
from io import StringIO

from app.exporters.document import Document, Value

_FORMULA = re.compile("[\t\r\n]|[\\s'\"‘’“”«»]*[=+\\-@＝＋－＠]")


def write(document: Document) -> bytes:
    """The bytes of a .csv file; its header has the stable names of the columns, some of which people gave."""
    held = StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow([guarded(column.key) for column in document.table.columns])
    for row in document.table.rows:
        writer.writerow([guarded(value) for value in row])
    return held.getvalue().encode("utf-8-sig")


def guarded(value: Value) -> Value:
    """The value, with an apostrophe in front if a spreadsheet could run it."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def original(cell: str) -> str:
    """A cell as it was before it was guarded."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell
