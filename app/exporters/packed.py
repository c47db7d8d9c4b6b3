"""Files that hold whole texts: whose words are hidden in them, and what is said about that."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.transcripts import TurnRow
from app.models import Participant
from app.models.kinds import Consent, ParticipantStatus, TurnKind

HIDDEN = "·"
_WORD = re.compile(r"\S")


@dataclass(frozen=True)
class Packed:
    """A file of an export kind that is packed by itself: its bytes, whose words it holds, what should be said."""

    content: bytes
    participant_ids: frozenset[str] = frozenset()
    warnings: tuple[str, ...] = ()


def hidden_people(session: Session, *, refused: bool, archive: bool = False) -> frozenset[str]:
    """Whose words must not leave in whole texts: who has withdrawn, or refused to have them shared (or archived).

    Who refused to be quoted is hidden too, unless `refused`.
    """
    gone = (Participant.status == ParticipantStatus.WITHDRAWN) | (Participant.consent_to_share == Consent.NO)
    if archive:
        gone = gone | (Participant.consent_to_archive == Consent.NO)
    if not refused:
        gone = gone | (Participant.consent_to_quote == Consent.NO)
    return frozenset(session.scalars(select(Participant.id).where(gone)))


def without_words_of(text: str, turns: Iterable[TurnRow], hidden: Collection[str]) -> str:
    """The text with the words of these people, and of turns withdrawn, as dots: places stay, words do not.

    The turns are in order.
    """
    parts, at = [], 0
    for turn in turns:
        if turn.participant_id in hidden or turn.kind == TurnKind.WITHDRAWN:
            parts += [text[at : turn.start], _WORD.sub(HIDDEN, text[turn.start : turn.end])]
            at = turn.end
    return "".join([*parts, text[at:]])


def said_of_dots(hidden: Collection[str]) -> list[str]:
    """That words of these people are dots, if there are such."""
    if not hidden:
        return []
    people = "1 person who has" if len(hidden) == 1 else f"{len(hidden)} people who have"
    return [f"The words of {people} withdrawn or refused this use are dots in the file."]


def said_of_whole_texts(hidden: Collection[str]) -> list[str]:
    """What a person should know of a file with whole texts."""
    return [
        *said_of_dots(hidden),
        "The file holds whole texts, also of people whose consent to be quoted is not recorded.",
    ]
