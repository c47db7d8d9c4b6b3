"""What stands of the rows that were read: taken from a backup where that is surely right, put right, or let go.

A row of a backup that no later change touched must be in the study as it is in the backup. For the texts the hash
decides. Offsets are Unicode code points, end exclusive.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

from sqlalchemy import Float, LargeBinary, Table

from app.analysis.soundness.content import TREES
from app.analysis.soundness.rows import is_text, row_faults
from app.models.kinds import Origin
from app.models.migrations import SCHEMA
from app.models.splicing import OP
from app.models.verbs import Verb
from app.salvage.older import APPROACH, brought_up, move_approach
from app.salvage.reading import Found, Row, all_tables
from app.salvage.report import Report, named
from app.salvage.words import cleaned, put_right

JOURNAL = ("change", "change_row")
LOST_ENTRY = "An entry that could not be saved"
MOST_MISSING = 5_000
"""Entries of the trail that may be missing; a number far beyond is one in which a bit fell over."""


def mend(found: Found, backups: list[Found], report: Report) -> None:
    """Put the rows right in place."""
    for backup in backups:
        if _is_of_the_same_line(found, backup):
            _take_untouched(found, backup, report)
            break
    _take_from_journal(found, report)
    for table in all_tables():
        if table.name not in JOURNAL:
            _mend_values(table, found.rows.setdefault(table.name, {}), report)
    _mend_texts(found, backups, report)
    for name in TREES:
        _cut_loops(name, found.rows.get(name, {}), report)
    _mend_trail(found, report)
    if found.version < SCHEMA:
        move_approach(found.rows, report)
        report.mended.append(f"it was of the older format {found.version} and is saved in the present one, {SCHEMA}")


# --- a backup -----------------------------------------------------------------------------------------------------


def _seq(found: Found) -> int:
    return max((one for one in found.rows.get("change", {}) if isinstance(one, int)), default=0)


def _is_of_the_same_line(found: Found, backup: Found) -> bool:
    """Whether the study went on from this backup: its last change is in both, at the same moment."""
    last = _seq(backup)
    here, there = found.rows.get("change", {}).get(last), backup.rows["change"].get(last)
    if here is None and not found.sound:  # lost with the page that it was on
        return not found.rows.get("study") or found.rows["study"].keys() == backup.rows["study"].keys()
    return here is not None and there is not None and here["at"] == there["at"]


def _take_untouched(found: Found, backup: Found, report: Report) -> None:
    """Rows of the backup that were neither changed nor deleted since are taken where they differ or are missing."""
    since = _seq(backup)
    later = [row for row in found.rows.get("change_row", {}).values() if _is_later(row, since)]
    touched = {(row["table_name"], row["row_id"]) for row in later}
    corrected = {row["row_id"] for row in later if row["op"] == OP}
    for name in JOURNAL:
        for key, row in backup.rows[name].items():
            found.rows.setdefault(name, {})[key] = row
    for table in all_tables():
        if table.name in JOURNAL:
            continue
        rows = found.rows.setdefault(table.name, {})
        for key, row in backup.rows[table.name].items():
            moved = row.get("source_id" if table.name != "source" else "id") in corrected
            if (table.name, key) in touched or moved or rows.get(key) == row:
                continue
            rows[key] = row
            report.mend(f"taken from the backup, {named(table.name)}")
    for table in all_tables():  # a key in which a bit fell over: the same row stands in the backup under its own
        rows, held = found.rows[table.name], backup.rows[table.name]
        strange = [key for key in rows if key not in held and (table.name, key) not in touched]
        if table.name not in JOURNAL and strange:
            bodies = {_body(table, row) for row in held.values()}
            for key in strange:
                if _body(table, rows[key]) in bodies:
                    del rows[key]


def _is_later(row: Row, since: int) -> bool:
    return isinstance(row["change_seq"], int) and row["change_seq"] > since


# --- the journal --------------------------------------------------------------------------------------------------


def _take_from_journal(found: Found, report: Report) -> None:
    """The journal holds every row as it came in and what became of it: the source of rows missing or damaged."""
    tables = {table.name: table for table in all_tables()}
    for name, told in replayed(found).items():
        rows, table = found.rows.setdefault(name, {}), tables[name]
        bulky = [column.name for column in table.columns if column.info.get("bulky")]
        strangers = {_body(table, row): key for key, row in rows.items() if key not in told}
        for key, image in told.items():
            row = rows.get(key)
            if row is not None and (not row_faults_of(table, key, row) or row_faults_of(table, key, image)):
                _settle(found, table, row, image, report)
                continue
            if row is None and bulky:
                row = rows.get(strangers.get(_body(table, image), ""))
            if row is None and bulky:
                continue  # words are not in the journal
            rows.pop(strangers.get(_body(table, image), ""), None)
            rows[key] = image | {one: row[one] for one in bulky if row is not None}
            report.mend(f"taken from the journal, {named(name)}")


def _settle(found: Found, table: Table, row: Row, image: Row, report: Report) -> None:
    """Row and journal both read well and say different things: what points elsewhere is taken from the journal.

    A key in which a bit fell over points nowhere; of words nobody can know which are right, so it is said.
    """
    for column in table.columns:
        if column.name not in image or row[column.name] == image[column.name]:
            continue
        parents = [found.rows.get(one.column.table.name, {}) for one in column.foreign_keys]
        if any(row[column.name] not in held and image[column.name] in held for held in parents):
            row[column.name] = image[column.name]
            report.mend(f"taken from the journal, {named(table.name)}")
        elif not any(image[column.name] not in held for held in parents):
            report.lose(f"two records of it disagree, compare it with a backup: {named(table.name)}, {column.name}")


def _body(table: Table, row: Row) -> tuple[Any, ...]:
    """A row without its key: a key in which a bit fell over is found by it."""
    return tuple(
        row.get(column.name) for column in table.columns if not column.primary_key and not column.info.get("bulky")
    )


def replayed(found: Found) -> dict[str, dict[Any, Row]]:
    """{table: {key: row without its bulky columns}} as the journal tells it; what is not told whole is left out."""
    tables = {table.name: table for table in all_tables()}
    told: dict[str, dict[Any, Row]] = {}
    older = found.version < SCHEMA
    unsure: set[Any] = set()
    for _, entry in sorted((key, row) for key, row in found.rows.get("change_row", {}).items() if isinstance(key, int)):
        table, key, op = tables.get(entry["table_name"]), entry["row_id"], entry["op"]
        rows = told.setdefault(table.name, {}) if table is not None else {}
        try:
            image = (
                _image(table, entry["after"], older=older) if table is not None and op in ("insert", "update") else {}
            )
        except (ValueError, KeyError, TypeError, AttributeError):
            image = None
        if image is None or op == OP or (op == "update" and key not in rows):
            unsure.add(key)
        elif op == "insert":
            rows[key] = _slim(table, brought_up(table, image)) if older and table is not None else image
        elif op == "update":
            rows[key] = rows[key] | {name: value for name, value in image.items() if name in rows[key]}
        else:
            rows.pop(key, None)
    return {
        name: {
            key: row
            for key, row in rows.items()
            if not {key, row.get("source_id")} & unsure and _is_whole(tables[name], row)
        }
        for name, rows in told.items()
    }


def _is_whole(table: Table, row: Row) -> bool:
    return row.keys() == {column.name for column in table.columns if not column.info.get("bulky")}


def _slim(table: Table, row: Row) -> Row:
    return {column.name: row[column.name] for column in table.columns if not column.info.get("bulky")}


def _image(table: Table, image: object, *, older: bool) -> Row:
    """One side of an entry of the journal as values; one of an older schema may speak of a column that is no more."""
    if not isinstance(image, str) or not is_text(image):
        raise TypeError
    told = json.loads(image)
    if older:
        told.pop(APPROACH, None)
    return {name: _value(table.columns[name].type, value) for name, value in told.items()}


def _value(kind: object, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(kind, LargeBinary):
        return bytes.fromhex(value)
    return float(value) if isinstance(kind, Float) else value


# --- values -------------------------------------------------------------------------------------------------------


def _mend_values(table: Table, rows: dict[Any, Row], report: Report) -> None:
    for key in list(rows):
        row = rows[key]
        if not row_faults_of(table, key, row):
            continue
        for column in table.columns:
            value = row[column.name]
            if isinstance(value, str) and not is_text(value):
                row[column.name] = cleaned(value)
        left = row_faults_of(table, key, row)
        for column in table.columns:
            if f", {column.name}" in " ".join(fault.where[-60:] for fault in left) and not column.primary_key:
                row[column.name] = None if column.nullable else getattr(column.default, "arg", row[column.name])
                if callable(row[column.name]):
                    row[column.name] = None
        if row_faults_of(table, key, row) or key is None:
            del rows[key]
            report.lose(named(table.name))
        else:
            report.mend(f"a value put right, {named(table.name)}")


def row_faults_of(table: Table, key: Any, row: Row) -> list[Any]:
    """What is wrong with the values of a row, its bulky columns left out."""
    return list(row_faults(table, key, row))


# --- texts --------------------------------------------------------------------------------------------------------


def _mend_texts(found: Found, backups: list[Found], report: Report) -> None:
    turns, excerpts = _by_source(found.rows["turn"]), _by_source(found.rows["excerpt"])
    for key, source in list(found.rows["source"].items()):
        text = _text(source, key, backups, report)
        if text is None:
            del found.rows["source"][key]
            report.lose("transcript")
            continue
        source["text"], source["text_hash"] = text, hashlib.sha256(text.encode()).hexdigest()
        held = _turns_that_stand(turns.get(key, []), text)
        for turn in turns.get(key, []):
            if turn not in held:
                found.rows["turn"].pop(turn["id"], None)
                report.lose("turn (its words stay in the text)")
        words = sum(len(text[one["start"] : one["end"]].split()) for one in held) if held else len(text.split())
        source["words"] = words
        for excerpt in excerpts.get(key, []):
            _mend_excerpt(excerpt, text, found.rows["excerpt"], report)
    for key, original in list(found.rows.get("source_original", {}).items()):
        expected = str(found.rows["source"].get(original["source_id"], {}).get("file_hash", ""))
        content = original.get("content")
        if len(expected) == 64 and (not isinstance(content, bytes) or hashlib.sha256(content).hexdigest() != expected):
            del found.rows["source_original"][key]
            report.lose("kept original file")


def _text(source: Row, key: Any, backups: list[Found], report: Report) -> str | None:
    """The words of a transcript: as they are, from a backup by their hash, with one bit put back, or as legible."""
    text, expected = source.get("text"), str(source.get("text_hash"))
    if isinstance(text, str) and _hash(text) == expected:
        return text
    for backup in backups:
        held = backup.rows["source"].get(key, {}).get("text")
        if isinstance(held, str) and _hash(held) == expected:
            report.mend("the text of a transcript, from a backup")
            return held
    if not isinstance(text, str):
        return None
    right = put_right(text, expected)
    if right is not None and is_text(right):
        report.mend("the text of a transcript, by its hash")
        return right
    report.lose("words of a transcript may be wrong in places; compare it with the original file")
    return cleaned(text)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()


def _turns_that_stand(turns: list[Row], text: str) -> list[Row]:
    last, held = 0, []
    for turn in sorted(turns, key=lambda one: one["start"]):
        span = [turn["label_start"], turn["label_end"], turn["start"], turn["end"]]
        if span != sorted(span) or span[0] < last or span[3] > len(text):
            continue
        if (span[0] < span[1] and not text[span[0] : span[1]].strip()) or text[span[1] : span[2]].strip():
            continue
        held.append(turn)
        last = span[3]
    return held


def _mend_excerpt(excerpt: Row, text: str, rows: dict[Any, Row], report: Report) -> None:
    start, end, quote = excerpt["start"], excerpt["end"], excerpt["quote"]
    inside = 0 <= start < end <= len(text)
    if inside and text[start:end] == quote:
        return
    place = text.find(quote) if quote else -1
    if place >= 0 and text.find(quote, place + 1) < 0:
        excerpt["start"], excerpt["end"] = place, place + len(quote)
        report.mend("the place of an excerpt, by its words")
    elif inside:
        excerpt["quote"] = text[start:end]
        report.mend("the words of an excerpt, by its place")
    else:
        rows.pop(excerpt["id"], None)
        report.lose("excerpt")


def _by_source(rows: dict[Any, Row]) -> dict[Any, list[Row]]:
    held: dict[Any, list[Row]] = {}
    for row in rows.values():
        held.setdefault(row["source_id"], []).append(row)
    return held


# --- trees and trail ----------------------------------------------------------------------------------------------


def _cut_loops(name: str, rows: dict[Any, Row], report: Report) -> None:
    for key in rows:
        path: list[Any] = []
        above: Any = key
        while above is not None and above in rows and above not in path:
            path.append(above)
            above = rows[above]["parent_id"]
        if above in path:
            rows[above]["parent_id"] = None
            report.mend(f"a {named(name)} that stood under itself")


def _mend_trail(found: Found, report: Report) -> None:
    """Every number of the trail has its entry; one that is lost says so. Images of rows are judged by `verify`."""
    changes = {key: row for key, row in found.rows.get("change", {}).items() if isinstance(key, int) and key > 0}
    table = next(one for one in all_tables() if one.name == "change")
    at = "2000-01-01T00:00:00.000000Z"
    mended: dict[Any, Row] = {}
    newest = max((seq for seq in changes if seq <= len(changes) + MOST_MISSING), default=1)
    for seq in range(1, newest + 1):
        row = changes.get(seq)
        if row is None or row_faults_of(table, seq, row) or row["verb"] not in set(Verb) or not row["label"]:
            report.lose("entry of the trail")
            first = seq == 1
            row = {column.name: None for column in table.columns} | {
                "seq": seq, "at": at, "actor": "", "verb": Verb.CREATE_STUDY.value if first else Verb.MIGRATE.value,
                "label": "Create study" if first else LOST_ENTRY, "origin": Origin.WINDOW.value,
            }  # fmt: skip
        mended[seq] = row
        at = row["at"]
    for row in mended.values():
        taken = mended.get(row["undoes"])
        if row["verb"] in {Verb.UNDO, Verb.REDO} and (taken is None or taken["label"] != row["label"]):
            row["verb"], row["undoes"], row["label"] = Verb.MIGRATE.value, None, LOST_ENTRY
    found.rows["change"] = mended
