"""Taguette projects (a .sqlite3 file): documents are web pages, places count UTF-8 bytes of words without tags."""

from __future__ import annotations

import json
import re
import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import Any

from lxml import html

from app.importers.foreign_db import as_moment, columns_of, foreign_db, text_of
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
    UserDraft,
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
    ("p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "blockquote", "pre", "section",
     "caption", "dt", "dd")
)  # fmt: skip
_CELLS = frozenset(("td", "th"))
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What the parser refuses."""


def read_taguette(path: Path) -> ProjectDraft:
    """Read a project. Raises ImportRefused with one sentence that names the file."""
    path = Path(path)
    name = shown_name(path)
    with foreign_db(name, read_bytes(path, LARGEST), TABLES) as connection:
        return _Reader(name, connection).read()


class PageText:
    """The words of a page as a study keeps them, and where a place in bytes stands in them."""

    def __init__(self, contents: str) -> None:
        self._starts: list[int] = []
        """Bytes before each stretch of words."""
        self._spans: list[tuple[int, str]] = []
        """(place in the raw words, words) of each stretch."""
        self._parts: list[str] = []
        self._bytes, self._length = 0, 0
        self._breaks = ""
        if contents.strip():
            fit = _UNREADABLE.sub(lambda one: " " if one[0] < " " else "\ufffd", contents)  # of as many bytes
            self._walk(html.fragment_fromstring(fit, create_parent="div"))
        if self._breaks == "\n":
            self._parts.append("\n")
        raw = "".join(self._parts)
        self.text, self._away = Normaliser().clean(raw), Normaliser.taken_away(raw)

    def place(self, offset: int, *, ends: bool = False) -> int | None:
        """The place in `text` of an offset in bytes; None outside. Inside a character it is the end of that, as there.

        What `ends` at a place between two stretches ends with the first one, before the line break between them.
        """
        if not 0 <= offset <= self._bytes or not self._spans:
            return None
        which = max(0, (bisect_left if ends and offset else bisect_right)(self._starts, offset) - 1)
        start, words = self._spans[which]
        held = words.encode()
        inside = offset - self._starts[which]
        while inside < len(held) and 0x80 <= held[inside] <= 0xBF:
            inside += 1
        place = start + len(held[:inside].decode("utf-8"))
        return place - bisect_left(self._away, place)

    def _walk(self, page: html.HtmlElement) -> None:
        waiting: list[tuple[str, Any, bool]] = [("in", page, False)]
        while waiting:
            what, one, as_it_is = waiting.pop()
            if what == "words":
                self._say(one, as_it_is)
            elif what == "break":
                self._break(one)
            elif isinstance(one, html.HtmlElement) and isinstance(one.tag, str):
                as_it_is = as_it_is or one.tag == "pre"
                words = (one.text or "").removeprefix("\n") if one.tag == "pre" else one.text or ""
                after: list[tuple[str, Any, bool]] = [("words", words, as_it_is)]
                if one.tag == "br":
                    after.append(("break", "\n", False))
                for child in one:
                    after += [("in", child, as_it_is), ("words", child.tail or "", as_it_is)]
                if one.tag in _BLOCKS:
                    after.append(("break", "\n", False))
                elif one.tag in _CELLS:
                    after.append(("break", "\t", False))
                waiting += reversed(after)

    def _say(self, words: str, as_it_is: bool) -> None:
        """Words of the page. A line end inside them is where the file was wrapped, and is a space as it is there."""
        if not words:
            return
        if self._breaks and not words.startswith("\n"):
            self._parts.append(self._breaks)
            self._length += 1
        opens = "\n" if self._breaks and words.startswith("\n") else ""
        self._breaks = ""
        if not as_it_is and words.strip():
            words = opens + words.removeprefix(opens).replace("\n", " ")
        self._starts.append(self._bytes)
        self._spans.append((self._length, words))
        self._parts.append(words)
        self._bytes += len(words.encode())
        self._length += len(words)

    def _break(self, kind: str) -> None:
        """A line or a cell ends here, unless a line ended just now or what follows begins with a line break."""
        if self._parts and not self._parts[-1].endswith("\n"):
            self._breaks = "\n" if "\n" in (kind, self._breaks) else kind


class _Reader:
    """Keys are made of the moment the project was made, its number and the row's."""

    def __init__(self, name: str, connection: sqlite3.Connection) -> None:
        self._name, self._connection = name, connection
        self._projects = self._rows("SELECT id, name, created, description FROM projects ORDER BY id").fetchall()
        self._marks = {number: f"taguette {text_of(created)} {number}" for number, _, created, _ in self._projects}
        self._losses: list[Loss] = []
        self._pages: dict[object, tuple[str, PageText]] = {}
        self._notes: list[NoteDraft] = []
        self._repeated = self._number = 0

    def read(self) -> ProjectDraft:
        """All projects of the file; where there are several, the tags of each stand under its name."""
        for number, title, _, about in self._projects:
            if text_of(about).strip():
                key = f"{self._marks[number]} description"
                self._notes.append(NoteDraft(key, text_of(title), text_of(about)))
        sources = tuple(self._sources())
        codes = dict(self._codes())
        selections = tuple(self._selections(codes))
        users = sorted({one.user for one in selections} - {""})
        return ProjectDraft(
            file_name=self._name,
            name=text_of(self._projects[0][1]) if len(self._projects) == 1 else Path(self._name).stem,
            origin="Taguette",
            users=tuple(UserDraft(one, one) for one in users),
            codes=tuple(codes.values()),
            sources=sources,
            selections=selections,
            notes=tuple(self._notes),
            losses=gathered(self._losses),
            reading=f"Places were read as bytes of UTF-8: {self._repeated} of {self._number} highlights repeat the "
            f"words kept.{self._several}",
        )

    @property
    def _several(self) -> str:
        if len(self._projects) < 2:
            return ""
        named = ", ".join(f"“{text_of(title)}”" for _, title, _, _ in self._projects)
        return f" The file holds {len(self._projects)} projects, and all of them come in: {named}."

    def _sources(self) -> Iterator[SourceDraft]:
        made = "created" if "created" in columns_of(self._connection, "documents") else "NULL"
        for number, title, about, project, contents, created in self._rows(
            f"SELECT id, name, description, project_id, contents, {made} FROM documents ORDER BY id"
        ):
            key = f"{self._marks.get(project, 'taguette')} document {number}"
            page = PageText(text_of(contents))
            self._pages[number] = (key, page)
            yield SourceDraft(key, text_of(title), page.text, file_name=self._name, at=as_moment(created))
            if text_of(about).strip():
                note = NoteDraft(f"{key} description", "", text_of(about), ((Subject.SOURCE, key),))
                self._notes.append(note)

    def _codes(self) -> Iterator[tuple[object, CodeDraft]]:
        several = len(self._projects) > 1
        if several:
            for number, title, _, _ in self._projects:
                yield ("project", number), CodeDraft(self._marks[number], text_of(title), codable=False)
        for number, project, path, about in self._rows(
            "SELECT id, project_id, path, description FROM tags ORDER BY path, id"
        ):
            mark = self._marks.get(project, "taguette")
            above = mark if several and project in self._marks else None
            yield number, CodeDraft(f"{mark} tag {number}", text_of(path), above, text_of(about))

    def _selections(self, codes: dict[object, CodeDraft]) -> Iterator[SelectionDraft]:
        tagged: dict[object, list[object]] = {}
        for highlight, tag in self._rows("SELECT highlight_id, tag_id FROM highlight_tags ORDER BY tag_id"):
            tagged.setdefault(highlight, []).append(tag)
        made = self._who_and_when()
        for number, document, start, end, snippet in self._rows(
            "SELECT id, document_id, start_offset, end_offset, snippet FROM highlights ORDER BY id"
        ):
            self._number += 1
            key, page = self._pages.get(document, ("", PageText("")))
            places = [page.place(one, ends=last) if isinstance(one, int) else None
                      for one, last in ((start, False), (end, True))]  # fmt: skip
            if not key or places[0] is None or places[1] is None or places[0] >= places[1]:
                said = " ".join(unescape(re.sub(r"<[^>]*>", " ", text_of(snippet))).split())[:60]
                tags = ", ".join(codes[tag].name for tag in tagged.get(number, ()) if tag in codes)
                tagged_with = f"; it was tagged {tags}" if tags else ""
                self._losses.append(Loss("Highlight", said, f"it does not stand inside its document{tagged_with}"))
                continue
            self._repeated += _words(page.text[places[0] : places[1]]) == _words(text_of(snippet))
            who, at = made.get(number, ("", None))
            codings = []
            for tag in tagged.get(number, ()):
                if tag in codes:
                    codings.append(CodingDraft(f"{key} highlight {number} tag {tag}", codes[tag].key, who, at))
                else:
                    self._losses.append(Loss("Tag", "", "it is not in the file"))
            yield SelectionDraft(
                f"{key} highlight {number}", key, places[0], places[1], tuple(codings), user=who, at=at
            )

    def _who_and_when(self) -> dict[object, tuple[str, datetime | None]]:
        """{highlight: who made it and when}, from the list of commands; its first one is the making."""
        found: dict[object, tuple[str, datetime | None]] = {}
        if not columns_of(self._connection, "commands") >= {"id", "date", "user_login", "payload"}:
            return found
        for login, date, payload in self._rows("SELECT user_login, date, payload FROM commands ORDER BY id"):
            try:
                said = json.loads(text_of(payload))
            except (ValueError, RecursionError):
                continue
            if isinstance(said, dict) and said.get("type") == "highlight_add":
                number = said.get("highlight_id", said.get("id"))
                if isinstance(number, int):
                    found.setdefault(number, (text_of(login), as_moment(date)))
        return found

    def _rows(self, statement: str) -> sqlite3.Cursor:
        return self._connection.execute(statement)


def _words(said: str) -> str:
    """The words of a snippet or a stretch, whatever its tags and spaces."""
    return "".join(unescape(re.sub(r"<[^>]*>", "", said)).split())
