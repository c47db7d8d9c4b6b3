"""Rich text (.rtf). What sets words apart (bold, size) is not kept; who speaks is told by the words themselves."""

from __future__ import annotations

import re

from app.importers.draft import ImportRefused, TextDraft
from app.importers.plain_text import Normaliser, times
from app.importers.registry import register

_PARTS = re.compile(rb"\{\\\*?\\?(?:pict|objdata|themedata|datastore|colorschememapping|blipuid)\b", re.IGNORECASE)
_REVISED = re.compile(r"\\revised(?![a-z0])")
_UNSEEN = re.compile(r"\\(?:deleted|v)(?![a-z0])")
_TOKEN = re.compile(
    r"\\(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})?[ ]?|\\'[0-9a-f]{2}|\\[^a-z]|(?P<brace>[{}])|[^\\{}]+",
    re.IGNORECASE,
)
_SAYS = frozenset(
    ("u", "par", "line", "tab", "emdash", "endash", "bullet", "lquote", "rquote", "ldblquote", "rdblquote")
)
"""Control words that stand for a letter or a line end."""
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
    source, unseen = _without_unseen(content.decode("latin-1"))
    try:
        text = rtf_to_text(  # type: ignore[no-untyped-call]
            source, encoding=encoding or "cp1252", errors="replace"
        )
    except (ValueError, LookupError, IndexError, OverflowError, RecursionError) as error:
        raise ImportRefused(f"“{name}” is damaged: its text cannot be read. Save it again in Word.") from error
    normaliser = Normaliser()
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")  # halves that are a pair
    text = "\n".join(line.rstrip() for line in normaliser.clean(text).split("\n"))
    if not text.strip():
        raise ImportRefused(f"“{name}” holds no text. Choose a document with the words of the transcript.")
    warnings = list(normaliser.warnings)
    if unseen:
        warnings.append(f"{times(unseen, 'stretch', 'stretches')} of deleted (tracked) or hidden text left out.")
    if _REVISED.search(source):
        warnings.append("Tracked changes were found; inserted words came in.")
    notes = [*normaliser.notes] + ([f"{pictures:,} pictures or objects left out."] if pictures else [])
    return TextDraft(text, None, tuple(warnings), tuple(notes))


def _without_unseen(source: str) -> tuple[str, int]:
    """The same without words that are marked as deleted or hidden, and how many stretches of them there were.

    A deleted name is often one that was taken out for good reason, and the library knows neither mark.
    """
    if not _UNSEEN.search(source):
        return source, 0
    kept: list[str] = []
    outer: list[tuple[bool, bool]] = []
    deleted = hidden = inside = False
    stretches = 0
    for token in _TOKEN.finditer(source):
        word, brace = token["word"], token["brace"]
        if brace == "{":
            outer.append((deleted, hidden))
        elif brace == "}":
            deleted, hidden = outer.pop() if outer else (False, False)
        elif word == "deleted":
            deleted = token["number"] != "0"
        elif word == "v":
            hidden = token["number"] != "0"
        elif word == "plain":
            deleted = hidden = False
        elif (deleted or hidden) and (word is None or word in _SAYS):
            if not inside and token[0].strip():
                stretches, inside = stretches + 1, True
            continue
        inside = inside and (deleted or hidden)
        kept.append(token[0])
    return "".join(kept), stretches


def _depth(content: bytes) -> int:
    deepest = depth = 0
    for mark in re.finditer(rb"(?<!\\)[{}]", content):
        depth += 1 if mark[0] == b"{" else -1
        deepest = max(deepest, depth)
    return deepest
