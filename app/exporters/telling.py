"""Paragraphs of accounts: the program's sentences, the researcher's words, and blanks that stand out."""

from __future__ import annotations

import re
from datetime import datetime

from app.exporters.document import BULLET, Block, Document, Paragraph, Run, Sheet

_BLANK = re.compile(r"(\[say [^\]]*\])")


def said(text: str) -> Paragraph:
    """A sentence of the account; what the researcher has to fill in stands out."""
    return Paragraph(tuple(Run(part, strong=part.startswith("[say ")) for part in _BLANK.split(text) if part))


def quiet(text: str) -> Paragraph:
    """A remark beside the account."""
    return Paragraph((Run(text, quiet=True),))


def point(text: str) -> Paragraph:
    """A line of a list."""
    return Paragraph(said(text).runs, item=BULLET)


def led(term: str, text: str) -> Paragraph:
    """A term, and what is said to it."""
    return Paragraph((Run(f"{term}: ", strong=True), *said(text).runs))


def account(title: str, statement: str, at: datetime, head: list[tuple[str, str]], blocks: list[Block]) -> Document:
    """A document that is read from start to end; no table of it is worth a sheet."""
    return Document(title, statement, at, tuple(head), tuple(blocks), Sheet("", (), ()), ())
