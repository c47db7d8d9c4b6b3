"""Tables of participants (csv, xlsx) that are crooked, huge or carry more than words."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from tests.hostile.making import IMPORTS, REFUSED, WARNS, Maker, made
from tests.hostile.office_files import one_member, packed, zeros

SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
WORKBOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/>'
    "</sheets></workbook>"
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.'
    'openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName='
    '"/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override '
    'PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet'
    '+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": WORKBOOK,
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/'
    'worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def xlsx(rows: str, before: str = "") -> bytes:
    """A workbook of one sheet with these rows."""
    return packed(PARTS | {"xl/worksheets/sheet1.xml": '<?xml version="1.0"?>' + before + SHEET.format(rows)})


def row(number: int, *cells: str) -> str:
    """A row of text cells."""
    held = "".join(
        f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>' for place, cell in enumerate(cells)
    )
    return f'<row r="{number}">{held}</row>'


def people(name: str, outcome: str, *also: str, **checks: Any) -> Callable[[Maker], Maker]:
    """A maker of a table of participants."""
    return made(f"participants-{name}", outcome, *also, kind="participants", **checks)


HEAD = "id,pseudonym,role\n"
people("good.csv", IMPORTS)(lambda: (HEAD + "1,Nur,mentee\n2,Bilal,mentor\n").encode())
people("nul.csv", WARNS, IMPORTS, REFUSED)(lambda: (HEAD + "1,Nu\0r,mentee\n").encode())
people("5000-columns.csv", REFUSED)(
    lambda: ("pseudonym," + ",".join(f"c{n}" for n in range(5_000)) + "\nNur" + "," * 5_000 + "\n").encode()
)
people("column-twice.csv", REFUSED)(lambda: b"pseudonym,age,Age\nNur,1,2\n")
people("id-twice.csv", REFUSED, WARNS)(lambda: (HEAD + "1,Nur,a\n1,Bilal,b\n").encode())
people("name-empty.csv", REFUSED, WARNS)(lambda: (HEAD + "1,,a\n2,Bilal,b\n").encode())
people("quote-open.csv", REFUSED, WARNS)(lambda: (HEAD + '1,"Nur,a\n2,Bilal,b\n').encode())
people("ragged.csv", REFUSED, WARNS)(lambda: (HEAD + "1,Nur\n2,Bilal,b,c,d\n").encode())
people("empty.csv", REFUSED)(lambda: b"")
people("only-head.csv", REFUSED, WARNS, IMPORTS)(lambda: HEAD.encode())
people("no-name-column.csv", REFUSED)(lambda: b"a,b,c\n1,2,3\n")
people("is-docx.csv", REFUSED)(lambda: packed({"word/document.xml": "<a/>"}))
people("is-png.csv", REFUSED)(lambda: b"\x89PNG\r\n\x1a\n" + bytes(500))
people("cp1252.csv", WARNS, IMPORTS)(lambda: (HEAD + "1,José,mentée\n2,Zoë,mentor\n").encode("cp1252"))
people("semicolons.csv", IMPORTS)(lambda: HEAD.replace(",", ";").encode() + b"1;Nur;mentee\n")
people("long-cell.csv", IMPORTS, WARNS, REFUSED)(lambda: (HEAD + "1," + "N" * 150_000 + ",a\n").encode())
people("long-note.csv", IMPORTS, WARNS, REFUSED)(lambda: ("id,pseudonym,note\n1,Nur," + "n" * 1_500_000).encode())
people("20k-people.csv", REFUSED, max_seconds=30)(
    lambda: (HEAD + "".join(f"{n},Person {n},mentee\n" for n in range(20_000))).encode()
)
people("markup.csv", IMPORTS, WARNS)(lambda: (HEAD + '1,<b>Nur</b>,=1+1\n2,"{{7*7}}",@x\n').encode())
people("bidi.csv", WARNS, IMPORTS)(lambda: (HEAD + "1,\u202eruN,a\n").encode())
people("good.xlsx", IMPORTS)(lambda: xlsx(row(1, "id", "pseudonym") + row(2, "1", "Nur")))
people("laughs.xlsx", REFUSED, max_seconds=10, max_rss_mb=600)(
    lambda: xlsx(row(1, "id", "pseudonym") + row(2, "1", "&h;"), _laughs())
)
people("xxe.xlsx", REFUSED, must_not_contain=["root:"])(
    lambda: xlsx(
        row(1, "id", "pseudonym") + row(2, "1", "&b;"), '<!DOCTYPE d [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    )
)
people("bomb.xlsx", REFUSED, max_seconds=10, max_rss_mb=600)(
    lambda: one_member(
        "xl/worksheets/sheet1.xml", zeros(100, b"<worksheet>", b"</worksheet>", b"lol "), 100 << 22, others=PARTS
    )
)
people("bomb-lies.xlsx", REFUSED, max_seconds=15, max_rss_mb=600)(
    lambda: one_member("xl/worksheets/sheet1.xml", zeros(300, b"<worksheet>", b"</worksheet>"), 500, others=PARTS)
)
people("million-rows.xlsx", REFUSED, WARNS, IMPORTS, max_seconds=30, max_rss_mb=600)(
    lambda: xlsx(
        row(1, "id", "pseudonym") + row(2, "1", "Nur") + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
)
people("dimension-lies.xlsx", IMPORTS, WARNS, REFUSED, max_seconds=15, max_rss_mb=600)(
    lambda: packed(PARTS | {"xl/worksheets/sheet1.xml": SHEET.format(row(1, "id", "pseudonym") + row(2, "1", "Nur"))
                            .replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')})
)  # fmt: skip
FAR_CELL = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
people("far-cell-in-a-large-dimension.xlsx", IMPORTS, WARNS, REFUSED, max_seconds=15, max_rss_mb=600)(
    lambda: packed(PARTS | {"xl/worksheets/sheet1.xml": SHEET.format(
        row(1, "id", "pseudonym") + row(2, "1", "Nur") + FAR_CELL
    ).replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')})
)  # fmt: skip
people("truncated.xlsx", REFUSED)(lambda: xlsx(row(1, "pseudonym") + row(2, "Nur"))[:-200])
people("no-sheets.xlsx", REFUSED)(
    lambda: packed({name: part for name, part in PARTS.items() if "workbook" not in name})
)
people("is-csv.xlsx", REFUSED)(lambda: HEAD.encode() + b"1,Nur,a\n")


def _laughs() -> str:
    lines = io.StringIO()
    lines.write('<!DOCTYPE d [<!ENTITY a "ha">')
    for one, other in zip("bcdefgh", "abcdefg", strict=True):
        lines.write(f'<!ENTITY {one} "{f"&{other};" * 10}">')
    return lines.getvalue() + "]>"
