"""The table of a document as JSON, for other programs: a list of objects with the stable names of its columns."""

from __future__ import annotations

import json

from app.exporters.document import Document


def write(document: Document) -> bytes:
    """The bytes of a .json file."""
    keys = [column.key for column in document.table.columns]
    rows = [dict(zip(keys, row, strict=True)) for row in document.table.rows]
    held = {"title": document.title, "statement": document.statement, "at": document.at.isoformat(), "rows": rows}
    return json.dumps(held, ensure_ascii=False, indent=1).encode("utf-8")
