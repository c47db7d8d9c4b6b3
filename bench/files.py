"""Import and codebook against the libraries that do the bare reading and writing."""

from __future__ import annotations

import csv
import io

from app.exporters.registry import compose
from app.importers import read_transcript
from app.study import Study
from bench.corpus import big_study, texts
from bench.measure import Figure, pair


def figures() -> list[Figure]:
    """Import of a docx; the codebook of 300 codes as csv, xlsx and docx."""
    import docx

    path = texts() / "T02.docx"
    found = [
        pair(
            "import a docx", "10,000 words", lambda: docx.Document(str(path)), lambda: read_transcript(path), 3, runs=5
        )
    ]
    study = Study.open(big_study(), read_only=True)
    with study.read() as session:
        document = compose(session, "codebook")
    from app.exporters import to_csv, to_docx, to_xlsx

    rows = [[f"{column} of row {row}" * 4 for column in range(14)] for row in range(300)]
    for name, floor, ours in (
        ("csv", lambda: _bare_csv(rows), lambda: to_csv.write(document)),
        ("xlsx", lambda: _bare_xlsx(rows), lambda: to_xlsx.write(document)),
        ("docx", lambda: _bare_docx(rows), lambda: to_docx.write(document)),
    ):
        found.append(pair(f"codebook as {name}", "300 codes", floor, ours, 3, runs=3))
    study.close()
    return found


def _bare_csv(rows: list[list[str]]) -> None:
    csv.writer(io.StringIO(newline="")).writerows(rows)


def _bare_xlsx(rows: list[list[str]]) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(io.BytesIO()) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)


def _bare_docx(rows: list[list[str]]) -> None:
    """Headings and paragraphs with the same words, and a table of the codes: what the document is made of."""
    import docx

    document = docx.Document()
    table = document.add_table(rows=len(rows), cols=3)
    for row, line in zip(rows, table.rows, strict=True):
        for cell, text in zip(line.cells, row, strict=False):
            cell.text = text
    for row in rows:
        document.add_heading(row[0], 2)
        for text in row[1:7]:
            document.add_paragraph(text)
    document.save(io.BytesIO())
