"""A splice done to the rows of a study: the text changes, turns and excerpts move, and one entry says so.

The triggers of the journal are quiet meanwhile. That is right for every row that the inverse splice brings home; who
splices first puts the others (as ordinary rows, which the triggers see) where it does.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from app.models.splice import Splice, SpliceBroken, as_images, from_images, moved_excerpt, moved_turn

SPLICED = frozenset({"source", "turn", "excerpt"})
"""The tables whose rows a splice changes without an entry for each."""

OP = "splice"

FAR = 1_000_000_000
"""Rows that stand where others are going are put so far away in the meantime."""

TURN_OFFSETS = ("label_start", "label_end", "start", "end")
EXCERPT_OFFSETS = ("start", "end")

Move = Callable[[Splice, Sequence[int]], tuple[int, ...]]


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


def _move_turns(connection: sqlite3.Connection, source_id: str, splice: Splice) -> None:
    rows = connection.execute(
        'SELECT id, label_start, label_end, start, "end" FROM turn WHERE source_id = ? AND "end" >= ?',
        (source_id, splice.edits[0].at),
    ).fetchall()
    moves = [(moved_turn(splice, row[1:]), row) for row in rows]
    moves = [(new, row) for new, row in moves if new != row[1:]]
    at = {row[3]: row[0] for _, row in moves}
    crowded = {at[new[2]] for new, row in moves if new[2] in at and at[new[2]] != row[0]}
    connection.executemany(
        f"UPDATE turn SET label_start = label_start + {FAR}, label_end = label_end + {FAR}, start = start + {FAR},"
        f' "end" = "end" + {FAR} WHERE id = ?',
        [(key,) for key in crowded],
    )
    connection.executemany(
        'UPDATE turn SET label_start = ?, label_end = ?, start = ?, "end" = ? WHERE id = ?',
        [(*new, row[0]) for new, row in moves],
    )


def _move_excerpts(connection: sqlite3.Connection, source_id: str, splice: Splice, text: str) -> None:
    rows = connection.execute(
        'SELECT id, start, "end", level FROM excerpt WHERE source_id = ? AND "end" > ?',
        (source_id, splice.edits[0].at),
    ).fetchall()
    moves = [(moved_excerpt(splice, row[1:3]), row) for row in rows]
    moves = [(new, row) for new, row in moves if new != row[1:3] or splice.touches(*row[1:3])]
    at = {row[1:]: row[0] for _, row in moves}
    crowded = {at[*new, row[3]] for new, row in moves if at.get((*new, row[3]), row[0]) != row[0]}
    connection.executemany(
        f'UPDATE excerpt SET start = start + {FAR}, "end" = "end" + {FAR} WHERE id = ?', [(key,) for key in crowded]
    )
    connection.executemany(
        'UPDATE excerpt SET start = ?, "end" = ? WHERE id = ?',
        [(*new, row[0]) for new, row in moves if not splice.touches(*row[1:3])],
    )
    connection.executemany(
        'UPDATE excerpt SET start = ?, "end" = ?, quote = ? WHERE id = ?',
        [(*new, text[slice(*new)], row[0]) for new, row in moves if splice.touches(*row[1:3])],
    )
