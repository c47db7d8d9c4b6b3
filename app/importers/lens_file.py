"""Lenses as JSON files: read as hostile until shown otherwise; what is wrong is named by its line or its key.

{"name": ..., "description": ..., "citation": ..., "entries": [{"name": ..., "definition": ..., "citation": ...,
"indicators": [{"name": ..., ...}]}]}. Names are needed, all else may be left out; a "key" is kept for people to read.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.importers.draft import ImportRefused

LARGEST, MOST_ENTRIES, LONGEST_NAME, LONGEST_TEXT = 1_000_000, 200, 200, 10_000
_LENS, _ENTRY = {"name", "description", "citation", "entries", "key"}, {"key", "name", "definition", "citation"}


@dataclass(frozen=True)
class EntryDraft:
    """A dimension or other entry, with the indicators beneath it."""

    name: str
    definition: str = ""
    citation: str = ""
    indicators: tuple[EntryDraft, ...] = ()


@dataclass(frozen=True)
class LensDraft:
    """A theory as data, before it is in a study."""

    name: str
    description: str = ""
    citation: str = ""
    entries: tuple[EntryDraft, ...] = ()


def read_lens(path: Path) -> LensDraft:
    """The lens in a file. Raises ImportRefused, naming the line or the key that is wrong."""
    from app.importers.reading import read_bytes, shown_name  # a new study needs lenses, and no transcripts yet

    name, content = shown_name(path), read_bytes(path, LARGEST)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ImportRefused(f"“{name}” is not UTF-8 (line {line}). Save it as UTF-8 and bring it in again.") from error
    try:
        return parse_lens(json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant))
    except json.JSONDecodeError as error:
        raise ImportRefused(f"“{name}” is no JSON: {error.msg} in line {error.lineno}.") from error
    except RecursionError as error:
        raise ImportRefused(f"“{name}” is nested far deeper than a lens. It was not read.") from error
    except ValueError as error:
        raise ImportRefused(f"“{name}” is no lens: {error}.") from error


def parse_lens(data: object) -> LensDraft:
    """A lens from what JSON gives. Raises ValueError that names the key."""
    lens = _object(data, "the whole file", _LENS)
    entries = _entries(lens, "entries", "", _ENTRY | {"indicators"})
    if not entries:
        raise ValueError("“entries” is empty: a lens needs at least one")
    if sum(1 + len(one.indicators) for one in entries) > MOST_ENTRIES:
        raise ValueError(f"“entries” has more than {MOST_ENTRIES}")
    return LensDraft(_text(lens, "name", "", needed=True), _text(lens, "description", ""), _text(lens, "citation", ""),
                     entries)  # fmt: skip


def as_json(lens: LensDraft) -> str:
    """The file that `read_lens` reads."""

    def entry(one: EntryDraft) -> dict[str, Any]:
        said = {"name": one.name, "definition": one.definition, "citation": one.citation}
        return said | ({"indicators": [entry(sub) for sub in one.indicators]} if one.indicators else {})

    whole = {"name": lens.name, "description": lens.description, "citation": lens.citation,
             "entries": [entry(one) for one in lens.entries]}  # fmt: skip
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"


def _entries(holder: dict[str, Any], key: str, place: str, known: set[str]) -> tuple[EntryDraft, ...]:
    held = holder.get(key, [])
    if not isinstance(held, list):
        raise ValueError(f"“{place}{key}” is no list")
    found = []
    for number, data in enumerate(held):
        here = f"{place}{key}[{number}]"
        entry = _object(data, here, known)
        found.append(
            EntryDraft(
                _text(entry, "name", f"{here}.", needed=True),
                _text(entry, "definition", f"{here}."),
                _text(entry, "citation", f"{here}."),
                _entries(entry, "indicators", f"{here}.", _ENTRY) if "indicators" in known else (),
            )
        )
        if " ".join(found[-1].name.casefold().split()) in {" ".join(one.name.casefold().split()) for one in found[:-1]}:
            raise ValueError(f"“{here}.name” is there twice (“{found[-1].name}”)")
    return tuple(found)


def _object(data: object, place: str, known: set[str]) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise ValueError(f"{place} is no object with keys")
    other = next((key for key in data if key not in known), None)
    if other is not None:
        raise ValueError(f"{place} has a key “{other[:60]}” that no lens has")
    return data


def _text(holder: dict[str, Any], key: str, place: str, *, needed: bool = False) -> str:
    value = holder.get(key, "")
    if key not in holder and needed:
        raise ValueError(f"“{place}{key}” is missing")
    if not isinstance(value, str):
        raise ValueError(f"“{place}{key}” is no text")
    if needed and not value.strip():
        raise ValueError(f"“{place}{key}” is empty")
    if len(value) > (LONGEST_NAME if key == "name" else LONGEST_TEXT):
        raise ValueError(f"“{place}{key}” is too long")
    return value.strip()


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, value in pairs:
        if key in made:
            raise ValueError(f"the key “{key[:60]}” is there twice in one place")
        made[key] = value
    return made


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is no value")
