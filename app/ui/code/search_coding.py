"""Coding what was found: each place becomes its sentence or its turn, shown before; all of them are one change."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtWidgets import QApplication

from app.analysis.search.query import Hit
from app.errors import NotPossible
from app.models.verbs import Verb
from app.operations.codes import ensure_code
from app.operations.codings import code_passage
from app.operations.excerpts import trimmed
from app.study import ChangeSession
from app.ui.desk import Desk
from app.ui.transcript.sentences import sentences

NEAR = (300, 4_000)
"""How far around a place its sentence is looked for, and how far if it goes on there."""
MANY = 100
"""From how many excerpts on it is said that they are being coded."""


class Becomes(StrEnum):
    """What becomes an excerpt."""

    SENTENCE = "sentence"
    TURN = "turn"


class Stretch(NamedTuple):
    """What a place becomes."""

    source_id: str
    start: int
    end: int


def stretch_of(hit: Hit, becomes: Becomes) -> Stretch:
    """The sentence (all sentences that it touches) or the turn of a place, without spaces at its ends."""
    text, said = hit.text.text, hit.said
    start, end = said.start, said.end
    if becomes == Becomes.SENTENCE:
        start, end = _sentence(hit)
    try:
        start, end = trimmed(text, start, end)
    except NotPossible:  # a place of nothing but spaces: coding it is refused with a word why
        start, end = hit.start, hit.end
    return Stretch(hit.text.id, start, end)


def _sentence(hit: Hit) -> tuple[int, int]:
    """The sentences that a place touches; looked for nearby first, since a turn may be as long as a book."""
    text, said = hit.text.text, hit.said
    for near in NEAR:
        first, last = max(said.start, hit.start - near), min(said.end, hit.end + near)
        first += text.startswith("\ufeff", first)  # Qt does not count a mark at the very beginning
        touched = [
            (first + one, first + other)
            for one, other in sentences(text[first:last])
            if first + one < hit.end and first + other > hit.start
        ]
        if not touched:
            continue
        start, end = min(hit.start, touched[0][0]), max(hit.end, touched[-1][1])
        whole = (start > first or first <= said.start + 1) and (end < last or last == said.end)
        if whole or near == NEAR[-1]:
            return start, end
    return hit.start, hit.end


def stretches_of(hits: Sequence[Hit], becomes: Becomes) -> list[Stretch]:
    """What all these become: two in the same sentence become one excerpt."""
    return list(dict.fromkeys(stretch_of(hit, becomes) for hit in hits))


def code_stretches(
    desk: Desk, stretches: Sequence[Stretch], *, name: str, code_id: str = "", path: str = "", unsure: bool = False
) -> str:
    """Code all these as one change, with a code that is there or a new one; returns its id, or "" if refused."""
    if not stretches:
        return ""

    def each(session: ChangeSession) -> tuple[str, int]:
        chosen = code_id or ensure_code(session, path)
        return chosen, sum(code_passage(session, *one, chosen, unsure=unsure).created for one in stretches)

    count = len(stretches)
    words = _tr("Code excerpt as ‘{name}’") if count == 1 else _tr("Code {n} excerpts as ‘{name}’")
    many = count >= MANY
    if many:
        desk.say(_tr("Coding {n} excerpts …").format(n=f"{count:,}"))
        with desk.at_work():
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        done = desk.run_all(words.format(n=count, name=name), Verb.CODE, each)
    finally:
        if many:
            QApplication.restoreOverrideCursor()
    if done is None:
        return ""
    chosen, new = done
    if not new:
        words = _tr("This excerpt has “{name}” already.") if count == 1 else _tr("All these have “{name}” already.")
        desk.say(words.format(name=name))
        return chosen
    words = _tr("Coded 1 excerpt as “{name}”.") if new == 1 else _tr("Coded {n} excerpts as “{name}”.")
    if count > new:
        words += " " + _tr("The others had it already.")
    desk.say(words.format(n=new, name=name), with_undo=True)
    return chosen


def _tr(text: str) -> str:
    return QCoreApplication.translate("SearchCoding", text)
