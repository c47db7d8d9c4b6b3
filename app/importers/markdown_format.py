"""Markdown: plain text whose marks of bold and headings help to find who speaks; pictures in it are left out."""

from __future__ import annotations

import re

from app.importers.draft import TextDraft
from app.importers.plain_text import times
from app.importers.registry import no_sign, register
from app.importers.txt_format import read_txt

_PICTURE = re.compile(
    r"!\[[^\]\n]*\]\(data:[^)\n]*\)|<img\b[^>\n]*\bsrc=[\"']?data:[^>\n]*>|^\[[^\]\n]+\]:\s*<?data:[^>\n]*>?$",
    re.MULTILINE,
)
"""A picture written into the text itself: one line of up to a million letters that nobody can read."""


@register("markdown", "Markdown", ".md", ".markdown", says="Markdown", looks_like=no_sign, is_text=True)
def read_markdown(name: str, content: bytes, encoding: str | None) -> TextDraft:
    """Read Markdown as the text it is. Raises ImportRefused as for plain text."""
    found = read_txt(name, content, encoding)
    text, pictures = _PICTURE.subn("", found.text)
    notes = (*found.notes, f"{times(pictures, 'picture')} left out.") if pictures else found.notes
    return TextDraft(text, found.encoding, found.warnings, notes)
