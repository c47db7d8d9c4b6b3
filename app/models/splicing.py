"""A splice done to the rows of a study: the text changes, turns and excerpts move, and one entry says so.

The triggers of the journal are quiet meanwhile. That is right for every row that the inverse splice brings home; who
splices first puts the others (as ordinary rows, which the triggers see) where it does.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from itertools import groupby
from typing import Any, NamedTuple

from app.models.splice import Splice, SpliceBroken, as_images, from_images, moved_excerpt, moved_turn

SPLICED = frozenset({"source", "turn", "excerpt"})
"""The tables whose rows a splice changes without an entry for each."""

OP = "splice"

FAR = 1_000_000_000
"""Rows that stand where others are going are put so far away in the meantime."""

TURN_OFFSETS = ("label_start", "label_end", "start", "end")
EXCERPT_OFFSETS = ("start", "end")


def splice_source(connection: sqlite3.Connection, seq: int, source_id: str, splice: Splice, words: int) -> None:
    """Correct the text of a source as part of change `seq`; it has so many words afterwards.

    Raises SpliceBroken if the text is not the one that the splice was made for.
    """
    found = connection.execute("SELECT text, text_hash, words FROM source WHERE id = ?", (source_id,)).fetchone()
    if found is None:
        raise SpliceBroken
    before, old_hash, old_words = found
    text = splice.applied(before)
    new_hash = hashlib.sha256(text.encode()).hexdigest()
    gone, come = as_images(splice)
    images = (
        {"text_hash": old_hash, "words": old_words, "edits": gone},
        {"text_hash": new_hash, "words": words, "edits": come},
    )
    connection.execute("UPDATE temp.now_changing SET splicing = 1")
    connection.execute(
        "UPDATE source SET text = ?, text_hash = ?, words = ? WHERE id = ?", (text, new_hash, words, source_id)
    )
    _move_turns(connection, source_id, splice)
    _move_excerpts(connection, source_id, splice, text)
    connection.execute("UPDATE temp.now_changing SET splicing = 0")
    connection.execute(
        "INSERT INTO change_row (change_seq, table_name, row_id, op, before, after) VALUES (?, 'source', ?, ?, ?, ?)",
        (seq, source_id, OP, *(json.dumps(image, ensure_ascii=False, separators=(",", ":")) for image in images)),
    )


def unsplice(connection: sqlite3.Connection, seq: int, source_id: str, before: str, after: str) -> None:
    """Take a splice back as part of change `seq`, from its two images. Raises SpliceBroken."""
    splice, old, _ = read_images(before, after)
    splice_source(connection, seq, source_id, splice.inverse, old["words"])
    now = connection.execute("SELECT text_hash FROM source WHERE id = ?", (source_id,)).fetchone()[0]
    if now != old["text_hash"]:
        raise SpliceBroken


def read_images(before: str, after: str) -> tuple[Splice, dict[str, Any], dict[str, Any]]:
    """The splice of an entry, and what its two sides say of the source. Raises SpliceBroken."""
    try:
        old, new = json.loads(before), json.loads(after)
        splice = from_images(old["edits"], new["edits"])
        whole = all(isinstance(side["words"], int) and isinstance(side["text_hash"], str) for side in (old, new))
    except (ValueError, KeyError, TypeError) as error:
        raise SpliceBroken from error
    if not whole:
        raise SpliceBroken
    return splice, old, new


def moved_rows(connection: sqlite3.Connection, source_id: str) -> dict[str, set[str]]:
    """{table: ids of the rows} that a splice of this source may have moved."""
    moved = {}
    for table in SPLICED - {"source"}:
        found = connection.execute(f"SELECT id FROM {table} WHERE source_id = ?", (source_id,))
        moved[table] = {row[0] for row in found}
    return {table: ids for table, ids in moved.items() if ids}


class _Step(NamedTuple):
    """A row that goes elsewhere: `here` and `there` are what no two rows of a source may share."""

    here: tuple[Any, ...]
    there: tuple[Any, ...]
    values: tuple[Any, ...]
    key: str


def _move_turns(connection: sqlite3.Connection, source_id: str, splice: Splice) -> None:
    rows = connection.execute(
        'SELECT id, label_start, label_end, start, "end" FROM turn WHERE source_id = ? AND "end" >= ?',
        (source_id, splice.edits[0].at),
    ).fetchall()
    steps = []
    for key, *offsets in rows:
        moved = moved_turn(splice, offsets)
        if list(moved) != offsets:
            steps.append(_Step((offsets[2],), (moved[2],), moved, key))
    _walk(connection, "turn", TURN_OFFSETS, steps)


def _move_excerpts(connection: sqlite3.Connection, source_id: str, splice: Splice, text: str) -> None:
    rows = connection.execute(
        'SELECT id, start, "end", level FROM excerpt WHERE source_id = ? AND "end" > ?',
        (source_id, splice.edits[0].at),
    ).fetchall()
    same, others = [], []
    for key, start, end, level in rows:
        moved = moved_excerpt(splice, (start, end))
        here, there = (start, end, level), (*moved, level)
        if splice.touches(start, end):
            others.append(_Step(here, there, (*moved, text[slice(*moved)]), key))
        elif here != there:
            same.append(_Step(here, there, moved, key))
    _walk(connection, "excerpt", EXCERPT_OFFSETS, same, others)


def _walk(connection: sqlite3.Connection, table: str, columns: Sequence[str], *groups: list[_Step]) -> None:
    """Move rows in an order in which hardly one finds another in its place; those are put far away first.

    The second group has new words too.
    """
    steps = [(step, group) for group, several in enumerate(groups) for step in several]
    forth = sorted((one for one in steps if one[0].there > one[0].here), key=lambda one: one[0].here, reverse=True)
    back = sorted((one for one in steps if one[0].there <= one[0].here), key=lambda one: one[0].here)
    order = forth + back
    holder = {step.here: step.key for step, _ in steps}
    far = []
    for step, _ in order:
        if holder.get(step.there, step.key) != step.key:
            far.append((holder.pop(step.there),))
        if holder.get(step.here) == step.key:
            del holder[step.here]
        holder[step.there] = step.key
    setting = ", ".join(f'"{column}" = "{column}" + {FAR}' for column in columns)
    connection.executemany(f'UPDATE "{table}" SET {setting} WHERE id = ?', far)
    setting = ", ".join(f'"{column}" = ?' for column in columns)
    statements = (
        f'UPDATE "{table}" SET {setting} WHERE id = ?',
        f'UPDATE "{table}" SET {setting}, quote = ? WHERE id = ?',
    )
    for group, run in groupby(order, key=lambda one: one[1]):
        connection.executemany(statements[group], [(*step.values, step.key) for step, _ in run])
