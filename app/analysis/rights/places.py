"""Every place of a study where somebody wrote words, but for the transcripts themselves: one list for all who look.

It is made from the tables, so that a table that is added later is looked through as well. Labels and reasons of the
change journal, the register of exports and the frozen versions of the map are places too.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import JSON, Column, Table, select
from sqlalchemy.orm import Session

from app.models import Base, load_all
from app.models.base import Words

NO_WORDS = {
    "source": {"text", "text_hash", "file_hash", "direction", "language"},
    "excerpt": {"quote"},
    "code": {"colour"},
    "code_lineage": {"other_id"},
    "theme_lineage": {"other_id"},
    "export": {"kind", "content_hash"},
    "change": {"verb", "phase", "actor"},
    "change_row": {"table_name", "row_id", "op", "before", "after"},
    "person": {"name", "role"},
    "study": {"attribution_template", "disk_protection"},
    "checklist_answer": {"checklist", "item", "role"},
}
"""Text columns that hold no words of or about participants: keys, hashes, closed lists, researchers' own names."""

CLOSED = {"id", "format", "kind", "status", "role", "colour", "weight", "direction", "parent_id", "from_id", "to_id",
          "theme_id", "entry_id", "merged_from", "split_from", "choice"}  # fmt: skip
"""Keys of kept JSON under which no free words stand."""

NAMED = {
    "focus_group": ("Group", "label"), "lens": ("Lens", "name"), "map_note": ("Note on the map", ""),
    "approach_version": ("Approach", ""), "checklist_answer": ("Answer to a checklist", ""),
    "journal_entry": ("Journal", ""), "journal_revision": ("Journal, before an edit", ""),
    "lens_entry": ("Lens", "name"), "map_version": ("Version of the map", "label"), "participant": ("Participant",
    "pseudonym"), "phase_visit": ("Visit to a phase", ""), "source": ("Transcript", "name"), "study": ("Study", ""),
    "theme": ("Theme", "name"), "board_pile": ("Pile on the board", ""), "excerpt": ("Excerpt", ""),
    "mapping": ("Mapping", ""), "participant_attribute": ("Attribute of a participant", "name"),
    "review_check": ("Check of a theme", ""), "speaker": ("Speaker label", ""),
    "theme_lineage": ("Where a theme is from", ""), "theme_relation": ("Relation of themes", ""),
    "unexplained": ("What a lens does not explain", ""),
    "code": ("Code", "name"), "theme_excerpt": ("Excerpt of a theme", ""), "code_lineage": ("Where a code is from", ""),
    "review_comment": ("Comment", ""), "theme_code": ("Code of a theme", ""), "memo": ("Memo", ""),
    "change": ("Audit trail", ""), "export": ("Register of exports", "file_name"),
}  # fmt: skip
"""{table: (what a row of it is called, the column that tells one from another)}."""

COLUMNS = {"edited_text": "edited quote", "other_name": "name", "file_name": "file", "to_whom": "to whom"}

FREE_TO_DELETE = {"memo", "journal_entry", "journal_revision", "review_comment", "map_note"}
"""Rows that are nothing but what was written, so that deleting the words deletes the row."""


@dataclass(frozen=True)
class Place:
    """One text somewhere in the study. `path` leads to it where the column keeps JSON."""

    table: str
    row_id: str
    column: str
    text: str
    path: tuple[str | int, ...] = ()
    about: str = ""
    """What the row is called among its like."""

    @property
    def key(self) -> str:
        """What stands for it in lists of decisions."""
        return ":".join([self.table, self.row_id, self.column, *map(str, self.path)])

    @property
    def title(self) -> str:
        """What and where it is, in words."""
        noun = NAMED.get(self.table, (self.table.replace("_", " "), ""))[0]
        column = COLUMNS.get(self.column, self.column.replace("_", " "))
        named = f" ‘{self.about}’" if self.about and self.about != self.text else ""
        return f"{noun}{named}" if column in {"text", "name", "label", "snapshot"} else f"{noun}{named}: {column}"

    @property
    def is_name(self) -> bool:
        """Whether it is a short name that may not be empty."""
        named = self.column in {"name", "label", "pseudonym", "other_name"} and self.table != "change"
        return named or self.table == "map_version"


@cache
def columns_of(table: str) -> Mapping[str, Column[Any]]:
    """The columns of a table that hold words."""
    load_all()
    found: Table = Base.metadata.tables[table]
    skip = NO_WORDS.get(table, set())
    return {
        column.name: column
        for column in found.columns
        if isinstance(column.type, Words | JSON) and not column.foreign_keys and not column.primary_key
        if column.name not in skip
    }


def places(session: Session) -> Iterator[Place]:
    """Every place with words in it, table by table; the change journal's own last."""
    load_all()
    names = sorted((table.name for table in Base.metadata.sorted_tables), key=lambda name: (name == "change", name))
    for name in names:
        columns = columns_of(name)
        if columns:
            yield from _in_table(session, Base.metadata.tables[name], columns)


def _in_table(session: Session, table: Table, columns: Mapping[str, Column[Any]]) -> Iterator[Place]:
    key = next(iter(table.primary_key.columns))
    about = NAMED.get(table.name, ("", ""))[1]
    for row in session.execute(select(key.label("key"), *columns.values()).order_by(key)).mappings():
        called = str(row[about]) if about in row else ""
        for column in columns:
            value = row[column]
            if isinstance(value, str):
                if value:
                    yield Place(table.name, str(row["key"]), column, value, about=called)
            elif value:
                for path, words in strings_in(value):
                    yield Place(table.name, str(row["key"]), column, words, path, called)


def strings_in(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """(path, words) of every free text in kept JSON."""
    if isinstance(value, str):
        if value.strip():
            yield path, value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            if key not in CLOSED:
                yield from strings_in(one, (*path, str(key)))
    elif isinstance(value, list | tuple):
        for number, one in enumerate(value):
            yield from strings_in(one, (*path, number))


def with_string(value: Any, path: tuple[str | int, ...], words: str) -> Any:
    """Kept JSON with other words at a path."""
    if not path:
        return words
    made = json.loads(json.dumps(value))
    here = made
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = words
    return made
