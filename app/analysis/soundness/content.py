"""What a study holds: texts as they came in, turns in order inside them, quotes that equal them, trees without loops.

Offsets are Unicode code points, end exclusive.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping

from app.analysis.soundness.fault import UNREADABLE, Fault, reason
from app.analysis.soundness.rows import Row, Tables, is_text, plain

TREES = ("code", "theme", "lens_entry")


def content_faults(connection: sqlite3.Connection, tables: Tables) -> Iterator[Fault]:
    """Texts with their turns and excerpts, then what must hold between rows."""
    turns, excerpts = _by_source(tables["turn"]), _by_source(tables["excerpt"])
    for source_id, source in tables["source"].items():
        text = _text(connection, source_id)
        where = f"transcript “{source['name']}”" if is_text(source["name"]) else f"source {plain(source_id)}"
        if text is None:
            yield Fault("The text of a transcript cannot be read", where, "Its words are lost in this file.")
            continue
        yield from text_faults(source, text, where)
        yield from _turn_faults(source, turns.get(source_id, []), text, where, tables["speaker"])
        yield from _excerpt_faults(excerpts.get(source_id, []), text, where)
    yield from _original_faults(connection, tables["source"])
    for name in TREES:
        yield from _loops(name, tables[name])
    if len(tables["study"]) != 1:
        yield Fault("The sheet of the study is missing or doubled", "table study", "The study cannot be shown.")


def text_faults(source: Row, text: object, where: str) -> Iterator[Fault]:
    """The text of a source against the hash that was taken when it came in."""
    if not is_text(text):
        yield Fault("The text of a transcript is no text", where, "Its words are damaged.")
    elif hashlib.sha256(str(text).encode()).hexdigest() != source.get("text_hash"):
        yield Fault(
            "The text of a transcript is not the one that was brought in",
            where,
            "Words may be wrong; compare them with the original file.",
        )


def _turn_faults(source: Row, turns: list[Row], text: str, where: str, speakers: Mapping[str, Row]) -> Iterator[Fault]:
    last, words = 0, 0
    for turn in turns:
        here = f"{where}, turn at {turn['start']}"
        span = [turn["label_start"], turn["label_end"], turn["start"], turn["end"]]
        if span != sorted(span) or span[0] < 0 or span[3] > len(text):
            yield Fault("A turn does not lie inside its transcript", here, "It is shown in the wrong place.")
            continue
        if span[0] < last:
            yield Fault("Two turns overlap", here, "Words are shown under the wrong speaker.")
        if (span[0] < span[1] and not text[span[0] : span[1]].strip()) or text[span[1] : span[2]].strip():
            yield Fault("The label of a turn is not where it should be", here, "Label and words are mixed up.")
        speaker = speakers.get(turn["speaker_id"])
        if speaker is not None and speaker["source_id"] != turn["source_id"]:
            yield Fault("A turn has a speaker of another transcript", here, "It is attributed to the wrong person.")
        last = span[3]
        words += len(text[span[2] : span[3]].split())
    if not turns:
        words = len(text.split())
    if words != source["words"]:
        yield Fault("The number of words is wrong", where, f"It says {source['words']}; counted are {words}.")


def _excerpt_faults(excerpts: list[Row], text: str, where: str) -> Iterator[Fault]:
    for excerpt in excerpts:
        here = f"{where}, excerpt {plain(excerpt['id'])}"
        if not 0 <= excerpt["start"] < excerpt["end"] <= len(text):
            yield Fault("An excerpt does not lie inside its transcript", here, "It is shown in the wrong place.")
        elif excerpt["quote"] != text[excerpt["start"] : excerpt["end"]]:
            yield Fault("A quote is not what the transcript says there", here, "Do not quote it before it is mended.")


def _original_faults(connection: sqlite3.Connection, sources: Mapping[str, Row]) -> Iterator[Fault]:
    """Kept originals against the hash of the file they came from, where that is a hash."""
    try:
        for source_id, content in connection.execute("SELECT source_id, content FROM main.source_original"):
            expected = str(sources.get(source_id, {}).get("file_hash", ""))
            if len(expected) != 64:
                continue
            if not isinstance(content, bytes) or hashlib.sha256(content).hexdigest() != expected:
                yield Fault(
                    "The kept original of a transcript is damaged",
                    f"source {plain(source_id)}",
                    "The transcript itself is not concerned; the original file cannot be taken out again.",
                )
    except UNREADABLE as error:
        yield Fault("A kept original cannot be read", reason(error), "The transcript is not concerned.")


def _loops(name: str, rows: Mapping[str, Row]) -> Iterator[Fault]:
    sound: set[str] = set()
    for key in rows:
        path: list[str] = []
        above: str | None = key
        while above is not None and above in rows and above not in sound and above not in path:
            path.append(above)
            above = rows[above]["parent_id"]
        if above in path:
            kind = name.replace("_", " ")
            yield Fault(
                f"A {kind} stands under itself", f"{name} {plain(above)}", f"The {kind}s beneath are not shown."
            )
        sound.update(path)


def _by_source(rows: Mapping[str, Row]) -> dict[str, list[Row]]:
    """The rows of each source in text order; rows whose offsets are no numbers are told elsewhere and left out."""
    spans = ("start", "end", "label_start", "label_end")
    held: dict[str, list[Row]] = {}
    for row in rows.values():
        if all(isinstance(row.get(name, 0), int) for name in spans):
            held.setdefault(row["source_id"], []).append(row)
    for several in held.values():
        several.sort(key=lambda row: row["start"])
    return held


def _text(connection: sqlite3.Connection, source_id: str) -> str | None:
    try:
        found = connection.execute("SELECT text FROM main.source WHERE id = ?", (source_id,)).fetchone()
    except UNREADABLE:
        return None
    return found[0] if found and isinstance(found[0], str) else None
