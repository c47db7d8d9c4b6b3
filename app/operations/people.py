"""Focus groups and the people who took part in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotPossible
from app.models import Group, Participant, ParticipantAttribute, Source, Speaker, new_key
from app.models.kinds import AttributeKind, Consent, ParticipantStatus, SpeakerKind
from app.models.verbs import Verb
from app.operations.names import as_date, clean_name, clean_text, get, next_position, same_name
from app.study import ChangeSession
from app.values import as_number, as_yes_or_no

if TYPE_CHECKING:  # the importers are heavy, and most work with people needs none of them
    from app.importers.participants import ParticipantTable

_GROUP_TEXTS = {"place", "moderator", "composition", "guide", "field_note"}
LONGEST_MEETING = 24 * 60
"""Minutes: what is more is a slip of the keyboard."""
_TRUE_FALSE = {"yes", "no", "true", "false"}


CONSENTS = ("consent_to_quote", "consent_to_share", "consent_to_archive")
"""Consent is given use by use."""


def ensure_group(session: ChangeSession, label: str) -> str:
    """The focus group of this label, made if it is not there; returns its id."""
    label = clean_name(label, "group")
    for row in session.execute(select(Group.id, Group.label)).all():
        if same_name(row.label, label):
            return str(row.id)
    session.announce(Verb.EDIT_PEOPLE, f"Add group ‘{label}’")
    group = Group(id=new_key(), label=label, position=next_position(session, Group))
    session.add(group)
    session.flush()
    return group.id


def edit_group(session: ChangeSession, /, group_id: str, **fields: Any) -> None:
    """Set fields of a group: label, place, moderator, composition, guide, field_note (text), held_on (a date, its ISO
    text, or None), minutes (a whole number or None).
    """
    group = get(session, Group, group_id, "group")
    session.announce(Verb.EDIT_PEOPLE, f"Describe group ‘{group.label}’")
    for field, value in fields.items():
        if field == "label":
            label = clean_name(value, "group")
            others = session.execute(select(Group.id, Group.label)).all()
            if any(row.id != group_id and same_name(row.label, label) for row in others):
                raise NotPossible(f"There is already a group called “{label}”.")
            group.label = label
        elif field in _GROUP_TEXTS:
            setattr(group, field, clean_text(value))
        elif field == "held_on":
            group.held_on = as_date(value)
        elif field == "minutes":
            group.minutes = _minutes(value)
        else:
            raise NotPossible(f"A group has no field “{field}”.")


def _minutes(value: int | str | None) -> int | None:
    """How long a meeting was, from a number or its digits. Raises NotPossible."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        minutes = int(value)
    except ValueError:
        minutes = 0
    if not 0 < minutes <= LONGEST_MEETING:
        raise NotPossible("The length of a meeting is a whole number of minutes, such as 75, so the old one stays.")
    return minutes


def delete_group(session: ChangeSession, group_id: str) -> None:
    """Delete a group; its transcripts and people stay, without a group."""
    group = get(session, Group, group_id, "group")
    session.announce(Verb.EDIT_PEOPLE, f"Delete group ‘{group.label}’")
    session.delete(group)
    session.flush()


def add_participant(
    session: ChangeSession, pseudonym: str, *, group_id: str | None = None, role: str = "", label: str = ""
) -> str:
    """Add a participant; returns the id. The same pseudonym in two groups may be two people: nothing is merged."""
    pseudonym = clean_name(pseudonym, "participant")
    session.announce(Verb.EDIT_PEOPLE, f"Add participant ‘{pseudonym}’")
    person = Participant(
        id=new_key(),
        label=label,
        pseudonym=pseudonym,
        role=role,
        group_id=group_id,
        position=next_position(session, Participant),
    )
    session.add(person)
    session.flush()
    return person.id


def find_participant(session: Session, pseudonym: str, group_id: str | None) -> str | None:
    """The id of the only participant of this group with this pseudonym; None if there is none, several, or no group."""
    if group_id is None:
        return None
    rows = session.execute(select(Participant.id, Participant.pseudonym).where(Participant.group_id == group_id)).all()
    bearing = [str(row.id) for row in rows if same_name(row.pseudonym, pseudonym)]
    return bearing[0] if len(bearing) == 1 else None


def edit_participant(session: ChangeSession, /, participant_id: str, **fields: Any) -> None:
    """Set fields of a participant: pseudonym, role, note, group_id, consent_to_quote (_share, _archive), status."""
    person = get(session, Participant, participant_id, "participant")
    session.announce(Verb.EDIT_PEOPLE, f"Describe participant ‘{person.pseudonym}’")
    for field, value in fields.items():
        if field == "pseudonym":
            person.pseudonym = clean_name(value, "participant")
        elif field in {"role", "note", "label"}:
            setattr(person, field, clean_text(value))
        elif field == "group_id":
            person.group_id = value
        elif field in CONSENTS:
            setattr(person, field, Consent(value))
        elif field == "status":
            person.status = ParticipantStatus(value)
        else:
            raise NotPossible(f"A participant has no field “{field}”.")


def delete_participant(session: ChangeSession, participant_id: str) -> None:
    """Delete a participant; their turns stay, under a label that points to nobody."""
    person = get(session, Participant, participant_id, "participant")
    session.announce(Verb.EDIT_PEOPLE, f"Delete participant ‘{person.pseudonym}’")
    session.delete(person)
    session.flush()


def add_participants(session: ChangeSession, table: ParticipantTable) -> list[str]:
    """Add or bring up to date the people of a table, by their id in it or else by pseudonym and group.

    A speaker label equal to the pseudonym in a transcript of the same group, which points to nobody yet, is linked.
    """
    session.announce(Verb.EDIT_PEOPLE, f"Bring in {len(table.rows)} participants")
    ids = []
    for row in table.rows:
        group_id = ensure_group(session, row.group) if row.group else None
        person = _existing(session, row.id, row.pseudonym, group_id)
        if person is None:
            person_id = add_participant(session, row.pseudonym, group_id=group_id, label=row.id)
            person = get(session, Participant, person_id, "participant")
        person.label = row.id or person.label
        person.pseudonym = clean_name(row.pseudonym, "participant")
        person.role = row.role or person.role
        person.group_id = group_id or person.group_id
        person.note = row.note or person.note
        for use in CONSENTS:
            said = getattr(row, use)
            if said is not None:
                setattr(person, use, Consent.YES if said else Consent.NO)
        person.status = status_from(row.status) or person.status
        _set_attributes(session, person.id, row.attributes, table.kinds)
        session.flush()
        _link_labels(session, person)
        ids.append(person.id)
    return ids


def link_speaker(session: ChangeSession, speaker_id: str, kind: SpeakerKind, participant_id: str | None = None) -> None:
    """Say who stands behind a speaker label: a participant, the moderator, somebody else, several, or unknown."""
    speaker = get(session, Speaker, speaker_id, "speaker")
    session.announce(Verb.EDIT_PEOPLE, f"Say who ‘{speaker.label}’ is")
    if participant_id is not None:
        get(session, Participant, participant_id, "participant")
        kind = SpeakerKind.PARTICIPANT
    speaker.kind, speaker.participant_id = kind, participant_id


def status_from(words: str) -> ParticipantStatus | None:
    """The status that a table's words mean; None when they say nothing we know."""
    words = words.strip().casefold()
    for status in ParticipantStatus:
        if words == status.value or words.startswith(status.value.split()[0]):
            return status
    return None


def _existing(session: Session, label: str, pseudonym: str, group_id: str | None) -> Participant | None:
    if label:
        found = session.scalars(select(Participant).where(Participant.label == label)).first()
        if found is not None:
            return found
    unlabelled = select(Participant).where(Participant.group_id == group_id, Participant.label == "")
    return next((one for one in session.scalars(unlabelled) if same_name(one.pseudonym, pseudonym)), None)


def _set_attributes(
    session: ChangeSession, participant_id: str, attributes: Iterable[tuple[str, str]], kinds: Mapping[str, str]
) -> None:
    """Types are those that were said, else what each value looks like."""
    held = {
        one.name: one
        for one in session.scalars(
            select(ParticipantAttribute).where(ParticipantAttribute.participant_id == participant_id)
        )
    }
    for name, value in attributes:
        kind = AttributeKind(kinds[name]) if name in kinds else _attribute_kind(value)
        if kind == AttributeKind.NUMBER:
            value = as_number(value) or value
        elif kind == AttributeKind.YES_NO:
            value = as_yes_or_no(value) or value
        if name in held:
            held[name].value, held[name].kind = value, kind
        elif value:
            held[name] = ParticipantAttribute(participant_id=participant_id, name=name, kind=kind, value=value)
            session.add(held[name])


def _attribute_kind(value: str) -> AttributeKind:
    if as_number(value):
        return AttributeKind.NUMBER
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return AttributeKind.DATE
    return AttributeKind.YES_NO if value.casefold() in _TRUE_FALSE else AttributeKind.TEXT


def _link_labels(session: ChangeSession, person: Participant) -> None:
    if person.group_id is None:
        return
    loose = (
        select(Speaker)
        .join(Source, Source.id == Speaker.source_id)
        .where(Source.group_id == person.group_id, Speaker.participant_id.is_(None))
        .where(Speaker.kind.in_([SpeakerKind.PARTICIPANT, SpeakerKind.UNKNOWN]))
    )
    for speaker in session.scalars(loose):
        if same_name(speaker.label, person.pseudonym):
            speaker.kind, speaker.participant_id = SpeakerKind.PARTICIPANT, person.id
