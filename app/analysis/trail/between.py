"""What is other between two moments of a study, in words: the net result, not every step, and without counting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from app.analysis.map_words import SORTS, listed, with_article
from app.analysis.trail.details import shortened
from app.analysis.trail.subjects import driver
from app.models.kinds import ThemeKind

Rows = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Part:
    """What changed of one sort of thing, in sentences."""

    title: str
    sentences: tuple[str, ...]


def differences(before: Session, after: Session) -> list[Part]:
    """What is other in the later of two states of one study."""

    def read(table: str) -> tuple[Rows, Rows]:
        return _rows(before, table), _rows(after, table)

    parts = [
        Part("Transcripts and people", tuple(_raw(read))),
        Part("Codes", tuple(_codes(read))),
        Part("Codings", tuple(_codings(read))),
        Part("Themes", tuple(_themes(read))),
        Part("The map and the theory", tuple(_map(read))),
        Part("Written", tuple(_written(read))),
    ]
    return [part for part in parts if part.sentences]


_Read = Callable[[str], tuple[Rows, Rows]]


def _rows(session: Session, table: str) -> Rows:
    found = driver(session).execute(f'SELECT * FROM "{table}"')
    names = [column[0] for column in found.description]
    return {row[0]: dict(zip(names, row, strict=True)) for row in found}


def _raw(read: _Read) -> Iterable[str]:
    for table, noun, called in (
        ("source", "transcript", "name"),
        ("focus_group", "group", "label"),
        ("participant", "participant", "pseudonym"),
    ):
        old, new = read(table)
        yield from _new_and_gone(old, new, noun, called)
        for key in (one for one in new if one in old):
            if old[key][called] != new[key][called]:
                yield f"{noun.capitalize()} ‘{old[key][called]}’ is called ‘{new[key][called]}’ now."
            if table == "source" and old[key]["text_hash"] != new[key]["text_hash"]:
                yield f"The words of ‘{new[key][called]}’ were corrected."
            if table == "participant" and old[key]["consent_to_quote"] != new[key]["consent_to_quote"]:
                yield f"Consent of ‘{new[key][called]}’ to being quoted: {new[key]['consent_to_quote']}."


def _codes(read: _Read) -> Iterable[str]:
    old, new = read("code")
    gone = yield from _lineage(read, "code", old, new)
    yield from _new_and_gone(old, new, "code", "name", passed_over=gone)
    for key, now in new.items():
        was = old.get(key)
        if was is None:
            continue
        if was["name"] != now["name"]:
            yield f"Code ‘{was['name']}’ was renamed to ‘{now['name']}’."
        if was["status"] != now["status"]:
            deed = f"set aside{_why(now['set_aside_reason'])}" if now["status"] == "set aside" else "brought back"
            yield f"Code ‘{now['name']}’ was {deed}."
        if was["parent_id"] != now["parent_id"]:
            above = new.get(now["parent_id"] or "")
            where = f"stands under ‘{above['name']}’ now" if above else "stands at the top now"
            yield f"Code ‘{now['name']}’ {where}."
        said = [name for column, name in _CODE_FIELDS.items() if was[column] != now[column]]
        if said:
            yield f"Code ‘{now['name']}’: {listed(said)} {_deed(was, now, _CODE_FIELDS)}."


def _codings(read: _Read) -> Iterable[str]:
    (old, new), (codes_before, codes) = read("coding"), read("code")
    was = {(row["excerpt_id"], row["code_id"]) for row in old.values()}
    now = {(row["excerpt_id"], row["code_id"]) for row in new.values()}
    more, fewer = {code for _, code in now - was}, {code for _, code in was - now}

    def names(keys: Iterable[str]) -> list[str]:
        return sorted(f"‘{codes[key]['name']}’" for key in keys if key in codes)

    fresh, grown = names(more - codes_before.keys()), names(more & codes_before.keys())
    if fresh:
        yield f"Excerpts were coded with new codes: {listed(fresh)}."
    if grown:
        yield f"Excerpts were added to {listed(grown)}."
    if shrunk := names(fewer):
        yield f"Excerpts were taken from {listed(shrunk)}."


def _themes(read: _Read) -> Iterable[str]:
    old, new = read("theme")
    codes_before, codes = read("code")
    told = yield from _lineage(read, "theme", old, new)
    yield from _new_themes({key: row for key, row in new.items() if key not in old and key not in told}, new)
    yield from _gone_themes({key: row for key, row in old.items() if key not in new and key not in told}, old)
    links_before, links = (_pairs(rows, "theme_id", "code_id") for rows in read("theme_code"))
    decided_before, decided = read("theme_excerpt")
    for key, now in new.items():
        was, sort = old.get(key), SORTS[ThemeKind(now["kind"])].capitalize()
        if was is not None:
            if was["name"] != now["name"]:
                yield f"{sort} ‘{was['name']}’ was renamed to ‘{now['name']}’."
            yield from _moved(was, now, new)
            if was["status"] != now["status"]:
                yield f"{sort} ‘{now['name']}’ is {now['status']} now."
            for column, name in _THEME_FIELDS.items():
                if was[column] != now[column]:
                    yield f"{sort} ‘{now['name']}’: {name} {_deed(was, now, {column: name})}."
        came = [f"‘{codes[code]['name']}’" for code in links[key] - links_before[key] if code in codes]
        went = [f"‘{codes_before[code]['name']}’" for code in links_before[key] - links[key] if code in codes_before]
        if came:
            yield f"{sort} ‘{now['name']}’: {listed(sorted(came))} joined it."
        if went:
            yield f"{sort} ‘{now['name']}’: {listed(sorted(went))} left it."
        if _decisions(decided_before, key) != _decisions(decided, key):
            yield f"{sort} ‘{now['name']}’: decisions on its excerpts were made or changed."


def _new_themes(came: Rows, themes: Rows) -> Iterable[str]:
    """Themes and subthemes are not the same news: each sort by itself, and what stands under one theme together."""
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in sorted(came.values(), key=lambda one: list(SORTS).index(one["kind"])):
        together[row["kind"], _above(row, themes)].append(f"‘{row['name']}’")
    for (kind, above), names in together.items():
        sort = SORTS[ThemeKind(kind)] + ("s" if len(names) > 1 else "")
        yield f"New {sort}{f' under ‘{above}’' if above else ''}: {listed(sorted(names))}."


def _gone_themes(went: Rows, themes: Rows) -> Iterable[str]:
    for row in sorted(went.values(), key=lambda one: (list(SORTS).index(one["kind"]), one["name"])):
        above = _above(row, themes)
        yield f"Gone: {SORTS[ThemeKind(row['kind'])]} ‘{row['name']}’{f', under ‘{above}’' if above else ''}."


def _moved(was: dict[str, Any], now: dict[str, Any], themes: Rows) -> Iterable[str]:
    said = [f"is {with_article(now['kind'])} now"] if was["kind"] != now["kind"] else []
    if was["parent_id"] != now["parent_id"]:
        above = _above(now, themes)
        last = "" if said else " now"
        said.append(f"stands {f'under ‘{above}’' if above else 'on its own'}{last}")
    if said:
        sort = f"{SORTS[ThemeKind(now['kind'])].capitalize()} " if was["kind"] == now["kind"] else ""
        yield f"{sort}‘{now['name']}’ {' and '.join(said)}."


def _above(row: dict[str, Any], themes: Rows) -> str:
    above = themes.get(row["parent_id"] or "")
    return str(above["name"]) if above else ""


def _map(read: _Read) -> Iterable[str]:
    (old, new), (themes_before, themes), (_, lens) = read("mapping"), read("theme"), read("lens_entry")
    was = {(row["theme_id"], row["entry_id"]): row for row in old.values()}
    now = {(row["theme_id"], row["entry_id"]): row for row in new.values()}
    for pair, row in now.items():
        theme, entry = themes.get(pair[0]), lens.get(pair[1])
        if theme is None or entry is None:
            continue
        said = f"‘{theme['name']}’ and ‘{entry['name']}’"
        if pair not in was:
            yield f"{said}: mapped as {row['weight']}, {row['direction']}."
        elif any(was[pair][column] != row[column] for column in ("weight", "direction")):
            yield f"{said}: {row['weight']}, {row['direction']} now."
        elif was[pair]["rationale"] != row["rationale"]:
            yield f"{said}: the rationale was rewritten."
    for pair in (one for one in was if one not in now):
        theme, entry = themes_before.get(pair[0]), lens.get(pair[1])
        if theme is not None and entry is not None:
            yield f"‘{theme['name']}’ is not mapped to ‘{entry['name']}’ any more."
    relations_before, relations = read("theme_relation")
    if {_relation(one) for one in relations_before.values()} != {_relation(one) for one in relations.values()}:
        yield "What themes have to do with each other was said otherwise."
    versions_before, versions = read("map_version")
    for key in (one for one in versions if one not in versions_before):
        yield f"The map was kept as version ‘{versions[key]['label']}’."


def _written(read: _Read) -> Iterable[str]:
    for table, noun in (("journal_entry", "journal"), ("memo", "memos"), ("review_comment", "comments")):
        old, new = read(table)
        if new.keys() - old.keys():
            yield "Entries were written in the journal." if noun == "journal" else f"New {noun} were written."
        if any(old[key]["text"] != new[key]["text"] for key in old.keys() & new.keys()):
            yield "Journal entries were edited." if noun == "journal" else f"Some {noun} were rewritten."
    old, new = read("approach_version")
    for key in (one for one in new if one not in old):
        yield f"The approach was stated{' anew' if old else ''}{_why(new[key]['reason'])}."
    old, new = read("phase_visit")
    for key in (one for one in new if one not in old):
        yield f"A visit to the phase ‘{new[key]['phase']}’ began or was added."


def _lineage(read: _Read, sort: str, old: Rows, new: Rows) -> Generator[str, None, set[str]]:
    """Sentences on merging and splitting; returns the ids that are told with that."""
    before, after = read(f"{sort}_lineage")
    merged: dict[str, list[str]] = defaultdict(list)
    told: set[str] = set()
    for row in (after[key] for key in after if key not in before):
        owner = new.get(row[f"{sort}_id"])
        if owner is None or row["other_id"] not in old:
            continue  # what came and went in between is no difference
        if row["kind"] == "merged from":
            merged[owner["name"]].append(f"‘{row['other_name']}’")
            told.add(row["other_id"])
        elif row[f"{sort}_id"] not in old:
            noun = SORTS[ThemeKind(owner["kind"])] if sort == "theme" else sort
            yield f"{noun.capitalize()} ‘{owner['name']}’ was split from ‘{row['other_name']}’."
            told.add(row[f"{sort}_id"])
    for into, names in sorted(merged.items()):
        plural = (
            f"The {sort}s {listed(sorted(names))} were" if len(names) > 1 else f"{sort.capitalize()} {names[0]} was"
        )
        yield f"{plural} merged into ‘{into}’."
    return told


def _new_and_gone(old: Rows, new: Rows, noun: str, called: str, passed_over: Iterable[str] = ()) -> Iterable[str]:
    told = set(passed_over)
    came = sorted(f"‘{new[key][called]}’" for key in new.keys() - old.keys() - told if new[key][called])
    went = sorted(f"‘{old[key][called]}’" for key in old.keys() - new.keys() - told if old[key][called])
    if came:
        yield f"New {noun if len(came) == 1 else noun + 's'}: {listed(came)}."
    if went:
        yield f"Gone: {noun if len(went) == 1 else noun + 's'} {listed(went)}."


def _why(reason: str | None) -> str:
    return f": {shortened(reason, 160).rstrip('.')}" if reason else ""


def _pairs(rows: Rows, one: str, other: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows.values():
        found[row[one]].add(row[other])
    return found


def _decisions(rows: Rows, theme_id: str) -> set[tuple[Any, ...]]:
    fields = ("excerpt_id", "belongs", "runs_against", "quoted_order", "brought_in")
    return {tuple(row[field] for field in fields) for row in rows.values() if row["theme_id"] == theme_id}


def _relation(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["from_id"], row["to_id"], row["kind"], row["label"]


def _deed(was: dict[str, Any], now: dict[str, Any], columns: dict[str, str]) -> str:
    changed = [column for column in columns if was[column] != now[column]]
    if not any(was[column] for column in changed):
        return "written"
    return "rewritten" if any(now[column] for column in changed) else "taken away"


_CODE_FIELDS = {
    "brief": "brief definition",
    "full": "full definition",
    "when_to_use": "when to use",
    "when_not_to_use": "when not to use",
}
_THEME_FIELDS = {
    "concept": "concept",
    "definition": "definition",
    "boundary": "boundary",
    "story": "story",
    "implication": "implication",
}
