"""What stands in a study, and in words what came and went between two files of it: a backup and the study as it is now.

Both are asked through bare connections, since one of them may be of an older schema, or damaged in part.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

FEW = 3
"""Names that are told one by one; of more only the number."""
LONGEST_NAME = 60

_ASKED: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("transcript", "transcripts", "source", "name"),
    ("participant", "participants", "participant", "pseudonym"),
    ("code", "codes", "code", "name"),
    ("excerpt", "excerpts", "excerpt", ""),
    ("coding", "codings", "coding", ""),
    ("theme", "themes", "theme", "name"),
    ("memo", "memos", "memo", ""),
    ("journal entry", "journal entries", "journal_entry", ""),
)
"""(one, many, table, column of the name or "" for what has none)."""


@dataclass(frozen=True)
class Standing:
    """{table: {key: name}}, the hash of every transcript, and the number of the last change."""

    rows: dict[str, dict[str, str]]
    texts: dict[str, str]
    seq: int


def standing(connection: sqlite3.Connection) -> Standing:
    """What stands in a study. A table that it does not have holds nothing. Raises sqlite3.Error if it is damaged."""
    present = {str(name) for (name,) in connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")}
    rows: dict[str, dict[str, str]] = {}
    for _, _, table, column in _ASKED:
        if table in present:
            found = connection.execute(f"SELECT id, {column or repr('')} FROM main.{table}")
            rows[table] = {str(key): str(name) for key, name in found}
    texts = {str(key): str(value) for key, value in connection.execute("SELECT id, text_hash FROM main.source")}
    (seq,) = connection.execute("SELECT coalesce(max(seq), 0) FROM main.change").fetchone()
    return Standing(rows, texts, int(seq))


def differences(then: Standing, now: Standing) -> list[str]:
    """What came, what went and what is called otherwise since `then`; nothing if both hold the same things."""
    told: list[str] = []
    for one, many, table, column in _ASKED:
        before, after = then.rows.get(table, {}), now.rows.get(table, {})
        came = [after[key] for key in after.keys() - before.keys()]
        went = [before[key] for key in before.keys() - after.keys()]
        told += [_told(len(came), one, many, "more", came if column else [])] if came else []
        told += [_told(len(went), one, many, "fewer", went if column else [])] if went else []
        other = sorted((before[key], after[key]) for key in before.keys() & after.keys() if before[key] != after[key])
        told += [f"{one} {_quoted(old)} is {_quoted(new)} now" for old, new in other[:FEW]]
        if len(other) > FEW:
            told.append(f"{len(other) - FEW} more {many} have other names")
    changed = [key for key in then.texts.keys() & now.texts.keys() if then.texts[key] != now.texts[key]]
    if changed:
        names = [now.rows["source"].get(key, "") for key in changed]
        told.append(_told(len(changed), "transcript", "transcripts", "corrected", names))
    return told


def _told(number: int, one: str, many: str, how: str, names: list[str]) -> str:
    said = f"{number} {one if number == 1 else many} {how}"
    named = sorted(name for name in names if name)
    return f"{said} ({', '.join(_quoted(name) for name in named)})" if 0 < len(named) <= FEW else said


def _quoted(name: str) -> str:
    line = " ".join(name.split())
    return f"‘{line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 1] + '…'}’"
