"""The registry of formats: each format registers its suffixes and its reader. Nobody asks for a suffix by `if`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.importers.draft import ImportRefused, TextDraft

Reader = Callable[[Path, bytes, str | None], TextDraft]
"""(path, the file's bytes, encoding or None) -> text. Raises ImportRefused."""


@dataclass(frozen=True)
class Format:
    """A kind of file that can come in."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    read: Reader


_FORMATS: list[Format] = []

_ADVICE = {
    ".doc": "is in Word's old format. Open it in Word or LibreOffice and save it as .docx",
    ".pdf": "is a PDF, which cannot come in yet. Save its text as .docx or .txt",
    ".odt": "is an OpenDocument text, which cannot come in yet. Save it as .docx",
    ".rtf": "is rich text, which cannot come in yet. Save it as .docx",
}


def register(name: str, title: str, *suffixes: str) -> Callable[[Reader], Reader]:
    """Enter a reader for files with these suffixes."""

    def enter(reader: Reader) -> Reader:
        _FORMATS.append(Format(name, title, suffixes, reader))
        return reader

    return enter


def formats() -> Sequence[Format]:
    """Every format there is, for the file dialog."""
    from app.importers import docx_format, txt_format  # noqa: F401 - importing registers them

    return tuple(_FORMATS)


def format_of(path: Path) -> Format:
    """The format of a file by its suffix. Raises ImportRefused with advice."""
    suffix = path.suffix.casefold()
    for one in formats():
        if suffix in one.suffixes:
            return one
    known = ", ".join(suffix for one in formats() for suffix in one.suffixes)
    advice = _ADVICE.get(suffix, f"is of a kind that cannot come in ({suffix or 'no ending'}). Use one of: {known}")
    raise ImportRefused(f"“{path.name}” {advice}.")
