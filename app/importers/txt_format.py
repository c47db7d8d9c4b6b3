"""Plain text files: which encoding they are in, and refusing what only bears the name of a text."""

from __future__ import annotations

import codecs
from pathlib import Path

from app.importers.draft import ImportRefused, TextDraft
from app.importers.plain_text import normalised
from app.importers.registry import register

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"%PDF": "a PDF",
    b"PK\x03\x04": "an archive or an office document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"{\\rtf": "rich text",
    b"SQLite format 3": "a database",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
}


@register("txt", "Plain text", ".txt", ".text")
def read_txt(path: Path, content: bytes, encoding: str | None) -> TextDraft:
    """Read plain text. Raises ImportRefused for empty and binary files and for an encoding that does not fit."""
    for signature, kind in _SIGNATURES.items():
        if content.startswith(signature):
            raise ImportRefused(f"“{path.name}” is {kind}, not the text its name promises. Save it as text first.")
    text, found, warnings = decode(path.name, content, encoding)
    text, changed = normalised(text)
    if not text.strip():
        raise ImportRefused(f"“{path.name}” is empty: there is no text in it.")
    return TextDraft(text, found, (*warnings, *changed))


def decode(name: str, content: bytes, encoding: str | None) -> tuple[str, str, list[str]]:
    """(text, encoding, doubts). Raises ImportRefused when the bytes are no text in the encoding asked for."""
    if encoding is not None:
        try:
            return content.decode(encoding), encoding, []
        except LookupError:
            raise ImportRefused(f"There is no encoding called “{encoding}”. Try utf-8 or windows-1252.") from None
        except UnicodeDecodeError:
            raise ImportRefused(f"“{name}” is not text in {encoding}. Choose another encoding.") from None
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return _with_losses(name, content, marked)
    sixteen = _utf16_without_mark(content)
    if sixteen is not None:
        return _with_losses(name, content, sixteen)
    try:
        return content.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError:
        pass
    if _mostly_utf8(content):
        return _with_losses(name, content, "utf-8")
    if _binary(content):
        raise ImportRefused(f"“{name}” holds no text that can be read. Save it as .docx or as .txt in UTF-8.")
    return _guessed(content)


def _with_losses(name: str, content: bytes, encoding: str) -> tuple[str, str, list[str]]:
    text = content.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    if lost > len(text) // 10:
        raise ImportRefused(f"“{name}” cannot be read as {encoding}. Save it again as .txt in UTF-8.")
    shown = "utf-8" if encoding == "utf-8-sig" else encoding
    return text, shown, [f"{lost} damaged characters are shown as \ufffd."] if lost else []


def _utf16_without_mark(content: bytes) -> str | None:
    """UTF-16 betrays itself by a NUL in every second byte of Latin text."""
    sample = content[:4000]
    if len(sample) < 4:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _mostly_utf8(content: bytes) -> bool:
    """UTF-8 with a few bad bytes: multi-byte characters that are right far outnumber those that are not."""
    text = content.decode("utf-8", errors="replace")
    wrong = text.count("\ufffd")
    right = sum(1 for character in text if character > "\x7f") - wrong
    return right > 3 * wrong


def _binary(content: bytes) -> bool:
    sample = content[:8000]
    return sample.count(0) > 0 or sum(1 for byte in sample if byte < 9 or 14 <= byte < 32) > len(sample) // 50


def _guessed(content: bytes) -> tuple[str, str, list[str]]:
    """Neither marked nor UTF-8: windows-1252 unless the bytes speak clearly for another encoding."""
    from charset_normalizer import from_bytes

    doubt = "The encoding was guessed ({}). Look at the accents, and choose another one if they are wrong."
    best = from_bytes(content, steps=10, chunk_size=1024).best()
    wide = {"big5", "gb18030", "gb2312", "shift_jis", "cp932", "euc_jp", "euc_kr", "cp949", "big5hkscs"}
    if best is not None and best.encoding in wide:
        return str(best), best.encoding, [doubt.format(best.encoding)]
    text = content.decode("cp1252", errors="replace")
    if best is not None and best.encoding.startswith(("cp1251", "koi8", "cp1256", "cp1255", "cp1253")):
        return str(best), best.encoding, [doubt.format(best.encoding)]
    return text, "windows-1252", [doubt.format("windows-1252")]
