"""Everything of a study that is searched, kept as long as it is what the study says; each text is read when needed."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.codes import CodeRow, code_rows
from app.analysis.memos import memo_texts
from app.analysis.search.texts import Room, Said, SearchText
from app.models import Participant, Source, Speaker, Turn
from app.models.kinds import Consent, ParticipantStatus, TurnKind

_ALL_TEXTS = {"speaker", "participant"}
"""Tables whose change may be seen in any transcript: how people are called, and whether they may be quoted."""
_MEMOS = {"memo", "code", "theme", "source", "focus_group", "participant"}
_PLACES = {"excerpt", "coding"}
"""Tables that only say where the words stand that a memo is about."""
CODE_FIELDS = ("name", "brief", "full", "when_to_use", "when_not_to_use")


class SearchLibrary:
    """The texts of one study, transcripts first. It never reads more than it is asked for."""

    def __init__(self) -> None:
        self._sources: dict[str, str] | None = None
        self._transcripts: dict[str, SearchText] = {}
        self._memos: list[SearchText] | None = None
        self._codes: list[SearchText] | None = None

    def forget(self, rows: Mapping[str, frozenset[str]] | None = None) -> bool:
        """These rows changed (None: anything may have); whether anything that is searched may be other now."""
        touched = set(rows) if rows is not None else _MEMOS | _ALL_TEXTS | {"turn", "code", "source"}
        if "source" in touched:
            self._sources = None
        if rows is None or touched & _ALL_TEXTS:
            self._transcripts.clear()
        elif touched & {"turn", "source"}:
            self._forget_texts(rows.get("turn", frozenset()), rows.get("source", frozenset()))
        if touched & (_MEMOS | _PLACES):
            self._memos = None
        if "code" in touched:
            self._codes = None
        return bool(touched & (_MEMOS | _ALL_TEXTS | {"turn"}))

    def sources(self, session: Session) -> list[str]:
        """The ids of the transcripts in the researcher's order."""
        if self._sources is None:
            rows = session.execute(select(Source.id, Source.name).order_by(Source.position, Source.name)).all()
            self._sources = {row.id: row.name for row in rows}
        return list(self._sources)

    def transcript(self, session: Session, source_id: str) -> SearchText | None:
        """The words of a transcript; None if it is gone."""
        if source_id not in self._transcripts:
            made = _transcript(session, source_id)
            if made is None:
                return None
            self._transcripts[source_id] = made
        return self._transcripts[source_id]

    def memos(self, session: Session) -> list[SearchText]:
        """Everything written on anything."""
        if self._memos is None:
            self._memos = [
                SearchText(Room.MEMO, row.id, row.about_name, row.text, (Said(0, len(row.text)),), row)
                for row in memo_texts(session)
            ]
        return self._memos

    def codes(self, session: Session) -> list[SearchText]:
        """Every code with its name and definition, each field a stretch."""
        if self._codes is None:
            self._codes = [_code(row) for row in code_rows(session)]
        return self._codes

    def _forget_texts(self, turn_ids: frozenset[str], source_ids: frozenset[str]) -> None:
        for source_id in source_ids:
            self._transcripts.pop(source_id, None)
        if turn_ids:  # a turn that is gone says no more where it stood
            self._transcripts.clear()


def _transcript(session: Session, source_id: str) -> SearchText | None:
    row = session.execute(select(Source.name, Source.text).where(Source.id == source_id)).one_or_none()
    if row is None:
        return None
    speakers: dict[str | None, tuple[str, bool]] = {None: ("", True)}
    for speaker, label, pseudonym, consent, status in session.execute(
        select(Speaker.id, Speaker.label, Participant.pseudonym, Participant.consent_to_quote, Participant.status)
        .outerjoin(Participant, Participant.id == Speaker.participant_id)
        .where(Speaker.source_id == source_id)
    ).all():
        quotable = consent != Consent.NO and status != ParticipantStatus.WITHDRAWN
        speakers[speaker] = (pseudonym or label, quotable)
    stretches: list[Said] = []
    at = 0
    for start, end, label_start, speaker_id, kind in session.execute(
        select(Turn.start, Turn.end, Turn.label_start, Turn.speaker_id, Turn.kind)
        .where(Turn.source_id == source_id)
        .order_by(Turn.start)
    ).all():
        stretches += _lines(row.text, at, label_start)
        if kind != TurnKind.WITHDRAWN:
            stretches.append(Said(start, end, *speakers[speaker_id]))
        at = end
    stretches += _lines(row.text, at, len(row.text))
    return SearchText(Room.TRANSCRIPT, source_id, row.name, row.text, stretches)


def _lines(text: str, start: int, end: int) -> list[Said]:
    """The lines between two turns, or before the first one, that say anything."""
    found, at = [], start
    for line in text[start:end].splitlines(keepends=True):
        if line.strip():
            found.append(Said(at, at + len(line.rstrip())))
        at += len(line)
    return found


def _code(row: CodeRow) -> SearchText:
    stretches, text = [], ""
    for field in CODE_FIELDS:
        words: str = getattr(row, field)
        if words:
            stretches.append(Said(len(text), len(text) + len(words), field))
            text += f"{words}\n"
    return SearchText(Room.CODE, row.id, row.path, text, stretches, row)
