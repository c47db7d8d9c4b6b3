"""Rich text (.rtf). What sets words apart (bold, size) is not kept; who speaks is told by the words themselves."""

from __future__ import annotations

import re

from app.importers.draft import ImportRefused, TextDraft
from app.importers.plain_text import Normaliser
from app.importers.registry import register

_PARTS = re.compile(rb"\{\\\*?\\?(?:pict|objdata|themedata|datastore|colorschememapping|blipuid)\b", re.IGNORECASE)
_TRACKED = re.compile(rb"\\(?:deleted|revised)\b(?!0)")
LARGEST, MOST_GROUPS = 60_000_000, 400_000
"""Bytes and braces: the library walks them in Python, and a transcript has far fewer."""
DEEPEST = 2_000


def looks_like_rtf(content: bytes) -> bool:
    """Whether the file begins as every RTF file must."""
    return content[:20].lstrip().startswith(b"{\\rtf")


@register("rtf", "Rich text", ".rtf", says="rich text", looks_like=looks_like_rtf)
def read_rtf(name: str, content: bytes, encoding: str | None) -> TextDraft:
    """Read rich text. Raises ImportRefused for what is none, damaged, nested too deep or without words."""
    from striprtf.striprtf import rtf_to_text

    if not looks_like_rtf(content):
        raise ImportRefused(f"“{name}” is no rich text, whatever its name says. Open it in Word and save it as .docx.")
    if len(content) > LARGEST or content.count(b"{") > MOST_GROUPS or _depth(content) > DEEPEST:
        raise ImportRefused(f"“{name}” is larger or nested deeper than any transcript, so it was not read.")
    if content.rstrip(b"\0 \r\n\t").count(b"}") < content.count(b"\\rtf"):
        raise ImportRefused(f"“{name}” is cut short: its end is missing. Save it again in Word.")
    pictures = len(_PARTS.findall(content))
    try:
        text = rtf_to_text(  # type: ignore[no-untyped-call]
            content.decode("latin-1"), encoding=encoding or "cp1252", errors="replace"
        )
    except (ValueError, LookupError, IndexError, OverflowError, RecursionError) as error:
        raise ImportRefused(f"“{name}” is damaged: its text cannot be read. Save it again in Word.") from error
    normaliser = Normaliser()
    text = "\n".join(line.rstrip() for line in normaliser.clean(text).split("\n"))
    if not text.strip():
        raise ImportRefused(f"“{name}” holds no text. Choose a document with the words of the transcript.")
    warnings = list(normaliser.warnings)
    if _TRACKED.search(content):
        warnings.append("Tracked changes were found; inserted and deleted words may both have come in.")
    notes = [*normaliser.notes] + ([f"{pictures:,} pictures or objects left out."] if pictures else [])
    return TextDraft(text, None, tuple(warnings), tuple(notes))


def _depth(content: bytes) -> int:
    deepest = depth = 0
    for mark in re.finditer(rb"(?<!\\)[{}]", content):
        depth += 1 if mark[0] == b"{" else -1
        deepest = max(deepest, depth)
    return deepest
