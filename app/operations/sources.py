"""Transcripts of a study: renaming, ordering, regrouping, deleting; and repairing who said what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import NotPossible
from app.models import Coding, Excerpt, Memo, Source, Speaker, Turn, new_key
from app.models.kinds import SpeakerKind
from app.models.verbs import Verb
from app.operations.names import as_date, clean_name, clean_text, get, one_line, same_name
from app.operations.people import add_participant, ensure_group, find_participant
from app.study import ChangeSession


@dataclass(frozen=True)
class Taken:
    """What deleting a transcript would take with it."""

    turns: int
    excerpts: int
    codings: int
    memos: int


def rename_source(session: ChangeSession, source_id: str, name: str) -> None:
    """Give a transcript another name; no two may bear the same."""
    source = get(session, Source, source_id, "transcript")
    name = clean_name(name, "transcript")
    others = session.execute(select(Source.id, Source.name)).all()
    if any(row.id != source_id and same_name(row.name, name) for row in others):
        raise NotPossible(f"There is already a transcript called “{name}”.")
    session.announce(Verb.ARRANGE, f"Rename transcript ‘{source.name}’ to ‘{name}’")
    source.name = name


def describe_source(session: ChangeSession, /, source_id: str, **fields: Any) -> None:
    """Say how a transcript was made: transcription, checked_by (text), checked_on (a date, its ISO text, or None)."""
    source = get(session, Source, source_id, "transcript")
    session.announce(Verb.ARRANGE, f"Say how ‘{source.name}’ was written down")
    for field, value in fields.items():
        if field == "transcription":
            source.transcription = clean_text(value)
        elif field == "checked_by":
            source.checked_by = one_line(value)
        elif field == "checked_on":
            source.checked_on = as_date(value)
        else:
            raise NotPossible(f"A transcript has no field “{field}”.")


def regroup_source(session: ChangeSession, source_id: str, group: str) -> None:
    """Put a transcript into the group of this label (made if missing), or into none with an empty label."""
    source, group = get(session, Source, source_id, "transcript"), one_line(group)
    session.announce(Verb.ARRANGE, f"Move ‘{source.name}’ to {f'group ‘{group}’' if group else 'no group'}")
    source.group_id = ensure_group(session, group) if group else None


def reorder_sources(session: ChangeSession, source_ids: list[str]) -> None:
    """Put the transcripts into this order; those not named follow in the order they had."""
    session.announce(Verb.ARRANGE, "Reorder transcripts")
    sources = list(session.scalars(select(Source).order_by(Source.position, Source.name)))
    wanted = {source_id: place for place, source_id in enumerate(source_ids)}
    sources.sort(key=lambda source: wanted.get(source.id, len(wanted)))
    for place, source in enumerate(sources):
        source.position = place


def taken_with(session: Session, source_id: str) -> Taken:
    """What deleting this transcript would take."""
    excerpts = select(Excerpt.id).where(Excerpt.source_id == source_id)
    turns = session.scalar(select(func.count()).where(Turn.source_id == source_id, ~Turn.continues)) or 0
    codings = session.scalar(select(func.count()).where(Coding.excerpt_id.in_(excerpts))) or 0
    on_codings = Memo.coding_id.in_(select(Coding.id).where(Coding.excerpt_id.in_(excerpts)))
    memos = session.scalar(
        select(func.count()).where((Memo.source_id == source_id) | Memo.excerpt_id.in_(excerpts) | on_codings)
    )
    taken = session.scalar(select(func.count()).where(Excerpt.source_id == source_id)) or 0
    return Taken(turns, taken, codings, memos or 0)


def delete_source(session: ChangeSession, source_id: str) -> None:
    """Delete a transcript with its turns, excerpts, codings and memos. Its participants stay."""
    source = get(session, Source, source_id, "transcript")
    session.announce(Verb.DELETE_SOURCE, f"Delete transcript ‘{source.name}’")
    session.delete(source)
    session.flush()


def give_turn(session: ChangeSession, turn_id: str, speaker_label: str) -> None:
    """Say "this turn is by ...": a label of the transcript, a new one, or nobody known with "".

    A new label is the participant of the same group who bears this pseudonym, or else a new participant.
    """
    turn = get(session, Turn, turn_id, "turn")
    source = get(session, Source, turn.source_id, "transcript")
    if not speaker_label.strip():
        session.announce(Verb.EDIT_TURNS, "Turn by an unknown speaker")
        for part in _whole(_turns(session, turn.source_id), turn):
            part.speaker_id = None
        return
    label = clean_name(speaker_label, "speaker")
    session.announce(Verb.EDIT_TURNS, f"Turn by ‘{label}’")
    held = session.scalars(select(Speaker).where(Speaker.source_id == source.id)).all()
    speaker = next((one for one in held if same_name(one.label, label)), None)
    if speaker is None:
        person = find_participant(session, label, source.group_id) or add_participant(
            session, label, group_id=source.group_id
        )
        speaker = Speaker(
            id=new_key(), source_id=source.id, label=label, kind=SpeakerKind.PARTICIPANT, participant_id=person
        )
        session.add(speaker)
        session.flush()
    for part in _whole(_turns(session, turn.source_id), turn):
        part.speaker_id = speaker.id


def split_turn(session: ChangeSession, turn_id: str, at: int) -> str:
    """Split a turn at a code point inside its words; the second part has no label yet. Returns its id.

    Where two turns were joined, splitting in front of the second one's words takes them apart again.
    """
    turn = get(session, Turn, turn_id, "turn")
    source = get(session, Source, turn.source_id, "transcript")
    text = source.text
    if turn.continues and turn.label_start <= at <= turn.start:
        session.announce(Verb.EDIT_TURNS, "Split turn")
        turn.continues = False
        return turn.id
    if not turn.start < at < turn.end:
        raise NotPossible("A turn is split inside its words: put the caret there first.")
    first_end, second = at, at
    while first_end > turn.start and text[first_end - 1].isspace():
        first_end -= 1
    while second < turn.end and text[second].isspace():
        second += 1
    if first_end == turn.start or second == turn.end:
        raise NotPossible("There are no words on one side of the caret, so there is nothing to split.")
    session.announce(Verb.EDIT_TURNS, "Split turn")
    if first_end == second:  # in the middle of a word, which is two words from now on
        source.words += 1
    part = Turn(
        id=new_key(),
        source_id=turn.source_id,
        speaker_id=turn.speaker_id,
        label_start=second,
        label_end=second,
        start=second,
        end=turn.end,
        time_ms=None,
        kind=turn.kind,
    )
    turn.end = first_end
    session.add(part)
    session.flush()
    return part.id


def join_turn(session: ChangeSession, turn_id: str) -> None:
    """Join a turn to the one before it, whose speaker it takes. The text stays as it is.

    A label that names the same speaker stays a label and is not shown any more; one that names somebody else was no
    label, so it becomes words.
    """
    turn = get(session, Turn, turn_id, "turn")
    turns = _turns(session, turn.source_id)
    place = turns.index(turn)
    if place == 0:
        raise NotPossible("This is the first turn; there is none before it to join.")
    before = turns[place - 1]
    if turn.continues:
        raise NotPossible("This turn is joined to the one before it already.")
    session.announce(Verb.EDIT_TURNS, "Join turn to the one before")
    if turn.label_start < turn.label_end and turn.speaker_id is not None and turn.speaker_id == before.speaker_id:
        turn.continues = True
        return
    for part in _whole(turns, turn):
        part.speaker_id = before.speaker_id
    source, end = get(session, Source, turn.source_id, "transcript"), turn.end
    apart = _words(source.text, before.start, before.end) + _words(source.text, turn.start, turn.end)
    source.words += _words(source.text, before.start, end) - apart
    session.delete(turn)
    session.flush()
    before.end = end


def _turns(session: ChangeSession, source_id: str) -> list[Turn]:
    return list(session.scalars(select(Turn).where(Turn.source_id == source_id).order_by(Turn.start)))


def _whole(turns: list[Turn], turn: Turn) -> list[Turn]:
    """The turns that are one turn with this one, since a researcher joined them."""
    first = last = turns.index(turn)
    while first and turns[first].continues:
        first -= 1
    while last + 1 < len(turns) and turns[last + 1].continues:
        last += 1
    return turns[first : last + 1]


def _words(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())
