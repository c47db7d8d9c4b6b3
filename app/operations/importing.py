"""Bringing transcripts in: from what an importer found, and what the researcher said of it, to rows of the study."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, insert, select
from sqlalchemy.orm import Session

from app.errors import NotPossible
from app.importers.draft import TranscriptDraft
from app.importers.labels.names import ASKS
from app.models import Group, Participant, Source, SourceOriginal, Speaker, Turn, new_key
from app.models.kinds import SpeakerKind, TurnKind
from app.models.verbs import Verb
from app.operations.names import as_date, clean_name, folded, next_position, same_name
from app.operations.people import ensure_group
from app.study import ChangeSession

MODERATOR_WORDS = re.compile(rf"(?<!\w){ASKS}\b|主持|访谈者|訪談者|采访者|採訪者|司会", re.IGNORECASE)


@dataclass(frozen=True)
class SpeakerChoice:
    """Who one label of a transcript is. A participant without id is made anew; `suggestion` is never taken unasked."""

    label: str
    turns: int
    kind: SpeakerKind
    participant_id: str | None = None
    suggestion: str | None = None
    name: str = ""
    """Who this is, where a list of those present explains initials; a new participant is called so."""


@dataclass(frozen=True)
class ImportPlan:
    """One transcript as it will be brought in: the draft, and the researcher's choices about it."""

    draft: TranscriptDraft
    name: str
    group: str = ""
    speakers: tuple[SpeakerChoice, ...] = ()
    keep_original: bool = False


@dataclass(frozen=True)
class Imported:
    """What came of one plan."""

    source_id: str
    name: str
    turns: int
    speakers: int
    warnings: tuple[str, ...] = field(default=())


def plan_for(
    session: Session, draft: TranscriptDraft, *, group: str | None = None, moderators: Collection[str] = ()
) -> ImportPlan:
    """The cautious plan: the group its head names, moderators by name, people of the same group matched by pseudonym.

    A name that fits only a person of another group is put forward as a suggestion and not taken.
    """
    head = dict(draft.head)
    label = group if group is not None else _group_in_head(head)[0]
    people = session.execute(
        select(Participant.id, Participant.pseudonym, Group.label).outerjoin(Group, Group.id == Participant.group_id)
    ).all()
    by_name: dict[str, list[Row[str, str, str]]] = {}
    for row in people:
        by_name.setdefault(folded(row.pseudonym), []).append(row)
    choices = []
    present = {label: (whole, moderates) for label, whole, moderates in draft.attendees}
    for name, turns in draft.speakers.items():
        whole, moderates = present.get(name, ("", False))
        if moderates or _is_moderator(name, moderators):
            choices.append(SpeakerChoice(name, turns, SpeakerKind.MODERATOR, name=whole))
            continue
        fitting = by_name.get(folded(name), []) or (by_name.get(folded(whole), []) if whole else [])
        here = [row.id for row in fitting if label and row.label is not None and same_name(row.label, label)]
        suggestion = None if here else next((row.id for row in fitting), None)
        choices.append(
            SpeakerChoice(name, turns, SpeakerKind.PARTICIPANT, here[0] if len(here) == 1 else None, suggestion, whole)
        )
    return ImportPlan(draft, _free_name(session, _stem(draft.file_name)), label, tuple(choices))


def already_imported(session: Session, file_hash: str) -> str | None:
    """The name of the transcript that came from a file of the same bytes, or None."""
    return session.scalar(select(Source.name).where(Source.file_hash == file_hash).limit(1))


def import_transcripts(
    session: ChangeSession, plans: Sequence[ImportPlan], made: dict[tuple[str | None, str], str] | None = None
) -> list[Imported]:
    """Bring transcripts in, all as one change.

    `made` holds the people an import has made so far, where it goes on in several steps.
    """
    what = f"‘{plans[0].name}’" if len(plans) == 1 else f"{len(plans)} transcripts"
    session.announce(Verb.IMPORT, f"Import {what}")
    people = {} if made is None else made
    return [_import_one(session, plan, people) for plan in plans]


def _import_one(session: ChangeSession, plan: ImportPlan, made: dict[tuple[str | None, str], str]) -> Imported:
    """`made` holds the people that this import has made so far, so that two files of a group share them."""
    draft = plan.draft
    group_id = ensure_group(session, plan.group) if plan.group.strip() else None
    if group_id:
        _describe_group(session, group_id, dict(draft.head))
    source = Source(
        id=new_key(),
        name=_free_name(session, clean_name(plan.name, "transcript")),
        group_id=group_id,
        position=next_position(session, Source),
        text=draft.text,
        text_hash=hashlib.sha256(draft.text.encode()).hexdigest(),
        words=_words(draft),
        file_name=draft.file_name,
        file_hash=draft.file_hash,
        transcription=dict(draft.head).get("Transcription", ""),
        imported_at=session.at,
    )
    session.add(source)
    session.flush()
    if plan.keep_original and draft.original:
        session.add(SourceOriginal(source_id=source.id, content=draft.original))
    speaker_ids = add_speakers(session, source.id, group_id, plan.speakers, made)
    turns = [
        {
            "id": new_key(),
            "source_id": source.id,
            "speaker_id": speaker_ids.get(turn.speaker) if turn.speaker is not None else None,
            "label_start": turn.label_start,
            "label_end": turn.label_end,
            "start": turn.start,
            "end": turn.end,
            "time_ms": turn.time_ms,
            "kind": TurnKind(turn.kind.value),
            "continues": turn.continues,
        }
        for turn in draft.turns
    ]
    if turns:
        session.execute(insert(Turn), turns)
    return Imported(source.id, source.name, draft.turns_whole, len(speaker_ids), draft.warnings)


def add_speakers(
    session: ChangeSession,
    source_id: str,
    group_id: str | None,
    choices: Sequence[SpeakerChoice],
    made: dict[tuple[str | None, str], str],
) -> dict[str, str]:
    """{label: speaker id}; written in bulk, because a file read the wrong way may have thousands of labels."""
    position = next_position(session, Participant)
    people: list[dict[str, Any]] = []
    speakers: list[dict[str, Any]] = []
    for choice in choices:
        participant_id = choice.participant_id
        if choice.kind == SpeakerKind.PARTICIPANT and participant_id is None:
            called = choice.name or choice.label
            name = (group_id, folded(called))
            if group_id is None or name not in made:
                made[name] = new_key()
                pseudonym, place = clean_name(called, "participant"), position + len(people)
                people.append({"id": made[name], "pseudonym": pseudonym, "group_id": group_id, "position": place})
            participant_id = made[name]
        speaker = {"id": new_key(), "label": choice.label, "kind": choice.kind, "participant_id": participant_id}
        speakers.append({"source_id": source_id, **speaker})
    for kind, rows in ((Participant, people), (Speaker, speakers)):
        if rows:
            session.execute(insert(kind), rows)
    return {row["label"]: row["id"] for row in speakers}


def _words(draft: TranscriptDraft) -> int:
    """White-space runs of what was said, without labels; all of them where no turn was found."""
    if not draft.turns:
        return len(draft.text.split())
    return sum(len(draft.text[turn.start : turn.end].split()) for turn in draft.turns)


def _describe_group(session: ChangeSession, group_id: str, head: dict[str, str]) -> None:
    """Fill what the head says of the group and nobody has said yet."""
    group = session.get_one(Group, group_id)
    group.place = group.place or head.get("Place", "")
    group.moderator = group.moderator or head.get("Moderator", "")
    group.composition = group.composition or _group_in_head(head)[1]
    group.minutes = group.minutes or _minutes(head.get("Length", head.get("Duration", "")))
    with suppress(NotPossible):
        group.held_on = group.held_on or as_date(head.get("Date"))


def _minutes(length: str) -> int | None:
    """Whole minutes of a length such as 01:12:40, 72 min or 72 minutes; None for what is neither, or less than one."""
    clock = re.search(r"\b(\d{1,2}):(\d\d):(\d\d)\b", length)
    if clock:
        return round(int(clock[1]) * 60 + int(clock[2]) + int(clock[3]) / 60) or None
    told = re.search(r"\b(\d{1,3}) ?min", length)
    return (int(told[1]) or None) if told else None


def _group_in_head(head: dict[str, str]) -> tuple[str, str]:
    """("FG1", "Mentees") from the head line "Focus group: FG1 (Mentees)"."""
    found = re.fullmatch(r"\s*(.+?)\s*(?:\((.+)\))?\s*", head.get("Focus group", head.get("Group", "")))
    return (found[1], found[2] or "") if found else ("", "")


def _is_moderator(label: str, moderators: Collection[str]) -> bool:
    return any(same_name(label, one) for one in moderators) or MODERATOR_WORDS.search(label) is not None


def _free_name(session: Session, name: str) -> str:
    taken = {one.casefold() for one in session.scalars(select(Source.name))}
    number, free = 2, name
    while free.casefold() in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def _stem(file_name: str) -> str:
    return file_name.rsplit(".", 1)[0] or file_name
