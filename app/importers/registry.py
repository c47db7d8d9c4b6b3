"""The registry of formats: each format registers its suffixes, its reader and how its bytes look.

Nobody asks for a suffix by `if`: reading code asks the registry, and a new format is one new module and one line in
`formats()`. What is no format of ours but is known by its bytes stands in `_STRANGERS`, for a better sentence.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.importers.draft import ImportRefused, TextDraft

Reader = Callable[[str, bytes, str | None], TextDraft]
"""(file name, the file's bytes, encoding or None) -> text. Raises ImportRefused."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How old office files and password-protected new ones begin."""


@dataclass(frozen=True)
class Format:
    """A kind of file that can come in."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    read: Reader
    says: str
    looks_like: Callable[[bytes], bool]
    is_text: bool = False
    """Whether such a file is plain text too: its name then says how it is meant."""


_FORMATS: list[Format] = []

_ADVICE = {
    ".doc": "is in Word's old format. Open it in Word or LibreOffice and save it as .docx",
    ".pages": "was made by Pages. Export it there as .docx and bring that in",
    ".wpd": "was made by WordPerfect. Save it as .docx and bring that in",
    ".ods": "is an OpenDocument table. Save it as .xlsx or .csv and bring that in",
    ".xls": "is in Excel's old format. Save it as .xlsx or .csv and bring that in",
}
_STRANGERS: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM\x00", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"SQLite format 3", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound recording"),
    (b"RIFF", "a sound or film recording"),
    (b"\x1f\x8b", "a packed archive"),
    (b"7z\xbc\xaf", "a packed archive"),
    (b"Rar!", "a packed archive"),
)


def register(
    name: str, title: str, *suffixes: str, says: str, looks_like: Callable[[bytes], bool], is_text: bool = False
) -> Callable[[Reader], Reader]:
    """Enter a reader for files with these suffixes; `says` is what a person calls such a file."""

    def enter(reader: Reader) -> Reader:
        _FORMATS.append(Format(name, title, suffixes, reader, says, looks_like, is_text))
        return reader

    return enter


def formats() -> Sequence[Format]:
    """Every format there is, for the file dialog."""
    from app.importers import (  # noqa: F401 - importing registers them
        docx_format,
        html_format,
        markdown_format,
        odt_format,
        pdf_format,
        rtf_format,
        subtitle_format,
        table_format,
        txt_format,
    )

    return tuple(_FORMATS)


def no_sign(content: bytes) -> bool:  # noqa: ARG001
    """For formats that nothing but their name tells from other text."""
    return False


def format_of(name: str, content: bytes) -> Format:
    """The format of a file by its suffix, unless its bytes say it is something else. Raises ImportRefused."""
    suffix = f".{name.rpartition('.')[2].casefold()}" if "." in name.strip(".") else ""
    found = next((one for one in formats() if suffix in one.suffixes), None)
    if content.startswith(OLE):
        raise ImportRefused(f"“{name}” {_old_or_protected(content)}.")
    if found is None:
        raise ImportRefused(f"“{name}” {_ADVICE.get(suffix) or _unknown(suffix, content)}.")
    seen = what_is(content)
    other = next((one for one in formats() if seen is not None and one.says == seen[1]), None)
    if other is not None and other.is_text and found.is_text:  # subtitles named .txt are subtitles; a table is none
        return other if other.name in ("vtt", "srt") else found
    if seen is not None and seen[1] != found.says:
        advice = f"give it a name that ends in {seen[0]}" if seen[0] else f"save it as {found.suffixes[0]}"
        raise ImportRefused(f"“{name}” is {_article(seen[1])}, not the {found.says} its name promises: {advice}.")
    return found


def what_is(content: bytes) -> tuple[str, str] | None:
    """(the suffix it should have, if it can come in; what it is in words), or None when nothing is known of it."""
    for signature, kind in _STRANGERS:
        if content.startswith(signature) and b"\0" in content[:1000]:  # text may begin with these letters
            return "", kind
    for one in sorted(formats(), key=lambda one: (one.is_text, one.name == "txt")):  # anything readable is plain text
        if one.looks_like(content):
            return one.suffixes[0], one.says
    archive = _kind_of_archive(content) if content.startswith(b"PK\x03\x04") else None
    return ("", archive) if archive else None


def _article(kind: str) -> str:
    return f"a {kind}" if kind.startswith(("Word", "PDF", "web", "table", "workbook")) else kind


def _old_or_protected(content: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "is protected by a password. Open it in Word, save it without one and bring that in"
    return "is in an old office format. Open it in Word or LibreOffice, save it as .docx and bring that in"


def _kind_of_archive(content: bytes) -> str | None:
    """What an archive holds; None for a damaged one."""
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return None
    if any(one.startswith("ppt/") for one in names):
        return "a presentation"
    return "an OpenDocument file" if "mimetype" in names else "an archive"


def _unknown(suffix: str, content: bytes) -> str:
    seen = what_is(content)
    known = ", ".join(suffix for one in formats() for suffix in one.suffixes)
    if seen is not None and seen[0]:
        kind = _article(seen[1])
        return f"has a name that says nothing of its kind. It looks like {kind}: let its name end in {seen[0]}"
    return f"is of a kind that cannot come in ({suffix or 'no ending'}). Use one of: {known}"
