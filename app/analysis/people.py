"""People as the screen reads them: focus groups, who stands behind the labels of a transcript, and all participants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Group, Participant, ParticipantAttribute, Speaker, Turn
from app.models.kinds import Consent, ParticipantStatus, SpeakerKind, Use


@dataclass(frozen=True)
class GroupSheet:
    """What is known of one focus group."""

    id: str
    label: str
    held_on: date | None
    place: str
    moderator: str
    composition: str
    field_note: str
    minutes: int | None = None
    guide: str = ""


@dataclass(frozen=True)
class SpeakerRow:
    """One speaker label of a transcript: how often it speaks, and who it is."""

    id: str
    label: str
    turns: int
    kind: SpeakerKind
    participant_id: str | None


@dataclass(frozen=True)
class ParticipantRow:
    """One participant of the study, with the attributes that were brought in."""

    id: str
    label: str
    pseudonym: str
    role: str
    group_id: str | None
    group: str
    consent: Consent
    status: ParticipantStatus
    turns: int
    attributes: tuple[tuple[str, str], ...]
    note: str = ""
    """The field note on them."""
    share: Consent = Consent.NOT_RECORDED
    archive: Consent = Consent.NOT_RECORDED


class Consenting(Protocol):
    """Whoever says what may be done with their words."""

    @property
    def status(self) -> ParticipantStatus: ...
    @property
    def consent_to_quote(self) -> Consent: ...
    @property
    def consent_to_share(self) -> Consent: ...
    @property
    def consent_to_archive(self) -> Consent: ...


def allows(person: Consenting, use: Use) -> bool:
    """Whether somebody's words may leave for this use: not withdrawn, and nothing that the use needs was refused."""
    needed = {
        Use.QUOTE: (person.consent_to_quote,),
        Use.SHARE: (person.consent_to_quote, person.consent_to_share),
        Use.ARCHIVE: (person.consent_to_quote, person.consent_to_share, person.consent_to_archive),
    }[use]
    return person.status != ParticipantStatus.WITHDRAWN and Consent.NO not in needed


def groups(session: Session) -> list[GroupSheet]:
    """All focus groups in their order."""
    return [
        GroupSheet(one.id, one.label, one.held_on, one.place, one.moderator, one.composition, one.field_note,
                   one.minutes, one.guide)
        for one in session.scalars(select(Group).order_by(Group.position, Group.label))
    ]  # fmt: skip


def speakers_of(session: Session, source_id: str) -> list[SpeakerRow]:
    """The speaker labels of a transcript, in the order in which they first speak."""
    rows = session.execute(
        select(Speaker.id, Speaker.label, Speaker.kind, Speaker.participant_id, func.count(Turn.id))
        .outerjoin(Turn, (Turn.speaker_id == Speaker.id) & ~Turn.continues)
        .where(Speaker.source_id == source_id)
        .group_by(Speaker.id)
        .order_by(func.coalesce(func.min(Turn.start), 1 << 62), Speaker.label)
    ).all()
    return [SpeakerRow(row[0], row[1], row[4], row[2], row[3]) for row in rows]


def participants(session: Session) -> list[ParticipantRow]:
    """All participants, group by group, in the order in which they were added."""
    attributes: dict[str, list[tuple[str, str]]] = {}
    for held in session.scalars(select(ParticipantAttribute).order_by(ParticipantAttribute.name)):
        attributes.setdefault(held.participant_id, []).append((held.name, held.value))
    turns = dict(
        session.execute(
            select(Participant.id, func.count())
            .join(Speaker, Speaker.participant_id == Participant.id)
            .join(Turn, (Turn.speaker_id == Speaker.id) & ~Turn.continues)
            .group_by(Participant.id)
        ).all()
    )
    rows = session.execute(
        select(Participant, Group.label)
        .outerjoin(Group, Group.id == Participant.group_id)
        .order_by(Group.position.is_(None), Group.position, Participant.position, Participant.pseudonym)
    ).all()
    return [
        ParticipantRow(
            id=person.id,
            label=person.label,
            pseudonym=person.pseudonym,
            role=person.role,
            group_id=person.group_id,
            group=group or "",
            consent=person.consent_to_quote,
            status=person.status,
            turns=turns.get(person.id, 0),
            attributes=tuple(attributes.get(person.id, ())),
            note=person.note,
            share=person.consent_to_share,
            archive=person.consent_to_archive,
        )
        for person, group in rows
    ]
