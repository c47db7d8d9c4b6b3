"""Plain text files."""

from __future__ import annotations

from app.importers.draft import ImportRefused, TextDraft
from app.importers.encodings import decode
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
    return TextDraft(text, found, (*doubts, *normaliser.warnings), tuple(normaliser.notes))
