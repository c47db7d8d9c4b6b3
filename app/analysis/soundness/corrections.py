"""Corrections of transcripts on the way back through the journal: their texts, and the rows that moved with them."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from typing import Any

from app.analysis.soundness.fault import UNREADABLE
from app.analysis.soundness.rows import Row, Tables
from app.models.splice import Splice, SpliceBroken, moved_excerpt, moved_turn
from app.models.splicing import EXCERPT_OFFSETS, TURN_OFFSETS, read_images


class Texts:
    """The texts of the sources as they were at the step that the walk has come to."""

    def __init__(self, connection: sqlite3.Connection, tables: Tables) -> None:
        self._connection = connection
        self._tables = tables
        self._texts: dict[str, object] = {}

    def set(self, source_id: str, text: object) -> None:
        """A step says what the text was before it."""
        self._texts[source_id] = text

    def unsplice(self, source_id: str, before: Any, after: Any) -> Iterator[str]:
        """Take one correction back: the text by its hashes, then every turn and excerpt; says what does not fit."""
        row = self._tables["source"].get(source_id)
        if row is None:
            yield "A row that a change touched is not there"
            return
        try:
            splice, old, new = read_images(before, after)
            if any(row[name] != new[name] for name in ("text_hash", "words")):
                yield "A row is not as a change left it"
            text = splice.inverse.applied(self._text(source_id))
            found = hashlib.sha256(text.encode()).hexdigest()
        except (SpliceBroken, TypeError, UnicodeError):
            yield "A correction does not fit its text"
            return
        if found != old["text_hash"]:
            yield "A correction does not fit its text"
        row.update(text_hash=old["text_hash"], words=old["words"])
        self._texts[source_id] = text
        self._move_back(source_id, splice.inverse, text)

    def _move_back(self, source_id: str, back: Splice, text: str) -> None:
        for turn in _movable(self._tables["turn"], source_id, TURN_OFFSETS):
            moved = moved_turn(back, [turn[name] for name in TURN_OFFSETS])
            turn.update(zip(TURN_OFFSETS, moved, strict=True))
        for excerpt in _movable(self._tables["excerpt"], source_id, EXCERPT_OFFSETS):
            ends = (excerpt["start"], excerpt["end"])
            moved = moved_excerpt(back, ends)
            if back.touches(*ends):
                excerpt["quote"] = text[slice(*moved)]
            excerpt.update(zip(EXCERPT_OFFSETS, moved, strict=True))

    def _text(self, source_id: str) -> str:
        """The text at this step. Raises SpliceBroken if it cannot be read."""
        if source_id not in self._texts:
            try:
                found = self._connection.execute("SELECT text FROM main.source WHERE id = ?", (source_id,)).fetchone()
            except UNREADABLE as error:
                raise SpliceBroken from error
            self._texts[source_id] = found[0] if found else None
        text = self._texts[source_id]
        if not isinstance(text, str):
            raise SpliceBroken
        return text


def _movable(rows: dict[str, Row], source_id: str, offsets: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a source whose offsets are numbers; others are told elsewhere."""
    for row in rows.values():
        if row["source_id"] == source_id and all(isinstance(row[name], int) for name in offsets):
            yield row
