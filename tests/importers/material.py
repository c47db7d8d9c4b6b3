"""Small real files for the tests of importers, written byte by byte so that each holds exactly one difficulty."""

from __future__ import annotations

import zipfile
from pathlib import Path

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/>'
    "</Relationships>"
)


def document(body: str, *, namespace: str = W, before: str = "") -> str:
    """The XML of a Word document with this body; `before` stands between declaration and root."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}'
        f'<w:document xmlns:w="{namespace}" xmlns:mc="{MC}"><w:body>{body}</w:body></w:document>'
    )


def word(path: Path, body: str = "", *, xml: str | None = None, main: str = "word/document.xml", **parts: str) -> Path:
    """Write a Word document at `path`; `parts` are further XML parts beside the main one, by name without ending."""
    members = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(main),
        main: document(body) if xml is None else xml,
    }
    members |= {f"word/{name}.xml": content for name, content in parts.items()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def p(*runs: str) -> str:
    """A paragraph; a piece that is no XML becomes a run."""
    return "<w:p>" + "".join(one if one.startswith("<") else r(one) for one in runs) + "</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of words with properties such as <w:b/>."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*rows: tuple[str, ...]) -> str:
    """A table; a cell that is no XML becomes one paragraph."""
    made = "".join(
        "<w:tr>" + "".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{made}</w:tbl>"
