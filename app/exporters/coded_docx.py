"""Marked transcripts as Word writes them: each coding a real comment, from its first word to its last.

Body and comments are parsed in one piece each: put together one by one, 20,000 comments take many minutes.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from app.exporters.coded import Mark, Script
from app.exporters.document import Document, Sheet
from app.exporters.docx_style import QUIET, dress
from app.exporters.legible import fit_for_xml
from app.exporters.options import day
from app.exporters.to_docx import last_section


def write(scripts: list[Script], title: str, at: datetime) -> bytes:
    """The bytes of a .docx file."""
    book: Any = docx.Document()
    said = f"Transcripts with their codings as they stood on {day(at)}. Each comment is one coding."
    dress(book, Document(fit_for_xml(title), said, at, (), (), Sheet("", (), ()), ()))
    body = [_headed("Title", title), _headed("Normal", said)]
    comments: list[str] = []
    for script in scripts:
        body.append(_headed("Heading1", script.name + (f" ({script.group})" if script.group else "")))
        numbers: dict[int, int] = {}
        for line in script.lines:
            xml = []
            for piece in line:
                for mark in piece.begins:
                    numbers[id(mark)] = len(comments)
                    xml.append(f'<w:commentRangeStart w:id="{len(comments)}"/>')
                    comments.append(_comment(mark, len(comments)))
                xml.append(_run(piece.words, strong=piece.label, quiet=piece.quiet))
                xml += [_REFERENCE.format(number=numbers[id(mark)]) for mark in piece.ends]
            body.append(f'<w:p><w:pPr><w:spacing w:after="80"/></w:pPr>{"".join(xml)}</w:p>')
    body.append(last_section(book))
    book.element.replace(book.element.body, parse_xml(f"<w:body {nsdecls('w')}>{''.join(body)}</w:body>"))
    held = parse_xml(f"<w:comments {nsdecls('w')}>{''.join(comments)}</w:comments>")
    book.part._comments_part._element = held  # noqa: SLF001 - it has no other door to all of them at once
    file = BytesIO()
    book.save(file)
    return file.getvalue()


_REFERENCE = (
    '<w:commentRangeEnd w:id="{number}"/><w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr>'
    '<w:commentReference w:id="{number}"/></w:r>'
)
"""The end of a comment's words, and the sign behind them."""
_SIGN = '<w:r><w:rPr><w:rStyle w:val="CommentReference"/></w:rPr><w:annotationRef/></w:r>'
"""What each comment begins with."""


def _headed(style: str, text: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run(text)}</w:p>'


def _run(text: str, *, strong: bool = False, quiet: bool = False) -> str:
    look = ("<w:b/><w:bCs/>" if strong else "") + (f'<w:color w:val="{QUIET}"/>' if quiet else "")
    words = "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(one)}</w:t>' for one in fit_for_xml(text).split("\t"))
    return f"<w:r><w:rPr>{look}</w:rPr>{words}</w:r>"


def _comment(mark: Mark, number: int) -> str:
    """A comment: what its coding says, a paragraph a line."""
    said = mark.code.path + (" (unsure)" if mark.unsure else "") + (f"\n{mark.memo}" if mark.memo else "")
    about = f'w:id="{number}" w:author={quoteattr(fit_for_xml(mark.by) or "Reflexa")}'
    about += f" w:initials={quoteattr(fit_for_xml(mark.code.sign))}"
    if mark.at is not None:
        about += f' w:date="{mark.at:%Y-%m-%dT%H:%M:%SZ}"'
    style = '<w:pPr><w:pStyle w:val="CommentText"/></w:pPr>'
    lines = (f"<w:p>{style}{'' if place else _SIGN}{_run(line)}</w:p>" for place, line in enumerate(said.split("\n")))
    return f"<w:comment {about}>{''.join(lines)}</w:comment>"
