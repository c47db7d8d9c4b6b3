"""Taguette projects (a .sqlite3 file): documents are web pages, places count UTF-8 bytes of words without tags."""

from __future__ import annotations

import re
import sqlite3
from bisect import bisect_left, bisect_right
from html import unescape
from pathlib import Path

from lxml import html

from app.importers.foreign_db import foreign_db, text_of
from app.importers.plain_text import Normaliser
from app.importers.project import (
    CodeDraft,
    CodingDraft,
    Loss,
    NoteDraft,
    ProjectDraft,
    SelectionDraft,
    SourceDraft,
    Subject,
    gathered,
)
from app.importers.reading import read_bytes, shown_name

LARGEST = 512_000_000
TABLES = {
    "projects": {"id", "name", "description", "created"},
    "documents": {"id", "name", "description", "project_id", "contents"},
    "tags": {"id", "project_id", "path", "description"},
    "highlights": {"id", "document_id", "start_offset", "end_offset", "snippet"},
    "highlight_tags": {"highlight_id", "tag_id"},
}
_BLOCKS = frozenset(
    ("p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "blockquote", "pre", "section")
)


def read_taguette(path: Path) -> ProjectDraft:
    """Read a project. Raises ImportRefused with one sentence that names the file."""
    path = Path(path)
    name = shown_name(path)
    with foreign_db(name, read_bytes(path, LARGEST), TABLES) as connection:
        return _read(name, connection)


class PageText:
    """The words of a page as a study keeps them, and where a place in bytes stands in them."""

    def __init__(self, contents: str) -> None:
        self._starts: list[int] = []
        """Bytes before each stretch of words."""
        self._spans: list[tuple[int, str]] = []
        """(place in `text`, words) of each stretch."""
        self._parts: list[str] = []
        self._bytes, self._length = 0, 0
        self._breaks = False
        if contents.strip():
            page = html.fragment_fromstring(Normaliser().clean(contents), create_parent="div")
            self._walk(page)
        if self._breaks:
            self._parts.append("\n")
        self.text = "".join(self._parts)

    def place(self, offset: int, *, ends: bool = False) -> int | None:
        """The place in `text` of an offset in bytes; None outside, and inside a character.

        What `ends` at a place between two stretches ends with the first one, before the line break between them.
        """
        if not 0 <= offset <= self._bytes or not self._spans:
            return None
        which = (bisect_left if ends and offset else bisect_right)(self._starts, offset) - 1
        start, words = self._spans[which]
        held = words.encode("utf-8")
        inside = offset - self._starts[which]
        if inside > len(held):
            return None
        try:
            return start + len(held[:inside].decode("utf-8"))
        except UnicodeDecodeError:
            return None

    def _walk(self, page: html.HtmlElement) -> None:
        waiting: list[tuple[str, object]] = [("in", page)]
        while waiting:
            what, one = waiting.pop()
            if what == "words":
                self._say(str(one))
            elif what == "break":
                self._break()
            elif isinstance(one, html.HtmlElement) and isinstance(one.tag, str):
                after: list[tuple[str, object]] = [("words", one.text or "")]
                if one.tag == "br":
                    after.append(("break", None))
                for child in one:
                    after += [("in", child), ("words", child.tail or "")]
                if one.tag in _BLOCKS:
                    after.append(("break", None))
                waiting += reversed(after)

    def _say(self, words: str) -> None:
        if words:
            if self._breaks and not words.startswith("\n"):
                self._parts.append("\n")
                self._length += 1
            self._breaks = False
            self._starts.append(self._bytes)
            self._spans.append((self._length, words))
            self._parts.append(words)
            self._bytes += len(words.encode("utf-8"))
            self._length += len(words)

    def _break(self) -> None:
        """A line ends here, unless one ended just now or the words that follow begin with a line break."""
        self._breaks = bool(self._parts) and not self._parts[-1].endswith("\n")


def _read(name: str, connection: sqlite3.Connection) -> ProjectDraft:
    losses: list[Loss] = []
    projects = connection.execute("SELECT id, name, created FROM projects ORDER BY id").fetchall()
    marks = {number: f"taguette {text_of(created)} {number}" for number, _, created in projects}
    pages: dict[object, tuple[str, PageText]] = {}
    sources: list[SourceDraft] = []
    notes: list[NoteDraft] = []
    for number, title, about, project, contents in connection.execute(
        "SELECT id, name, description, project_id, contents FROM documents ORDER BY id"
    ):
        key = f"{marks.get(project, 'taguette')} document {number}"
        page = PageText(text_of(contents))
        pages[number] = (key, page)
        sources.append(SourceDraft(key, text_of(title), page.text, file_name=name))
        if text_of(about).strip():
            notes.append(NoteDraft(f"{key} description", "", text_of(about), ((Subject.SOURCE, key),)))
    codes = {number: CodeDraft(f"{marks.get(project, 'taguette')} tag {number}", text_of(path), None, text_of(about))
             for number, project, path, about in connection.execute(
                 "SELECT id, project_id, path, description FROM tags ORDER BY path, id")}  # fmt: skip
    tagged: dict[object, list[object]] = {}
    for highlight, tag in connection.execute("SELECT highlight_id, tag_id FROM highlight_tags ORDER BY tag_id"):
        tagged.setdefault(highlight, []).append(tag)
    selections, repeated, number_of = [], 0, 0
    for number, document, start, end, snippet in connection.execute(
        "SELECT id, document_id, start_offset, end_offset, snippet FROM highlights ORDER BY id"
    ):
        number_of += 1
        key, page = pages.get(document, ("", PageText("")))
        places = [page.place(one, ends=last) if isinstance(one, int) else None
                  for one, last in ((start, False), (end, True))]  # fmt: skip
        said = _words(text_of(snippet))
        if not key or places[0] is None or places[1] is None or places[0] >= places[1]:
            losses.append(Loss("Highlight", said[:60], "it does not stand inside its document"))
            continue
        repeated += _words(page.text[places[0] : places[1]]) == said
        codings = []
        for tag in tagged.get(number, ()):
            if tag in codes:
                codings.append(CodingDraft(f"{key} highlight {number} tag {tag}", codes[tag].key))
            else:
                losses.append(Loss("Tag", "", "it is not in the file"))
        selections.append(SelectionDraft(f"{key} highlight {number}", key, places[0], places[1], tuple(codings)))
    return ProjectDraft(
        file_name=name,
        name=text_of(projects[0][1]) if len(projects) == 1 else Path(name).stem,
        origin="Taguette",
        codes=tuple(codes.values()),
        sources=tuple(sources),
        selections=tuple(selections),
        notes=tuple(notes),
        losses=gathered(losses),
        reading=f"Places were read as bytes of UTF-8: {repeated} of {number_of} highlights repeat the words kept.",
    )


def _words(said: str) -> str:
    """The words of a snippet or a stretch, whatever its tags and spaces."""
    return "".join(unescape(re.sub(r"<[^>]*>", "", said)).split())
