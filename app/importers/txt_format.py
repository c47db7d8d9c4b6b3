"""Plain text files."""

from __future__ import annotations

from app.importers.draft import ImportRefused, TextDraft
from app.importers.encodings import decode
from app.importers.labels.column_heads import are_heads
from app.importers.plain_text import Normaliser
from app.importers.registry import register


def looks_like_text(content: bytes) -> bool:
    """Whether the bytes can be words: no NUL in ASCII, hardly a control character."""
    sample = content[:4000]
    return bool(sample.strip()) and not any(byte < 32 and byte not in b"\t\n\r\x0b\x0c" for byte in sample)


@register("txt", "Plain text", ".txt", ".text", says="plain text", looks_like=looks_like_text, is_text=True)
def read_txt(name: str, content: bytes, encoding: str | None) -> TextDraft:
    """Read plain text. Raises ImportRefused for empty and binary files and for an encoding that does not fit."""
    text, found, doubts = decode(name, content, encoding)
    normaliser = Normaliser()
    text = normaliser.clean(text)
    if not text.strip("\ufeff \t\n\u00a0\u200b"):
        raise ImportRefused(f"“{name}” is empty: there is no text in it. Choose the file that holds the transcript.")
    if is_table(text):
        from app.importers.table_format import read_csv

        return read_csv(name, content, encoding)
    return TextDraft(text, found, (*doubts, *normaliser.warnings), tuple(normaliser.notes))


def is_table(text: str) -> bool:
    """Whether the text is a table whose first row says which column names who speaks, and which holds the words."""
    rows = [line.split("\t") for line in text.split("\n", 200)[:200] if line.strip()]
    return len(rows) > 2 and are_heads(rows[0]) and all(len(row) == len(rows[0]) for row in rows[1:-1])
