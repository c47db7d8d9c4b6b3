"""Where words of people who refused a use stand in what the researcher wrote: it leaves as it is, so it is told."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.people import allows
from app.analysis.rights.places import Place, places
from app.analysis.rights.their_words import TheirWords
from app.models import Participant, Source, Speaker, Turn
from app.models.kinds import TurnKind, Use


def written_with_refused_words(session: Session, use: Use) -> list[Place]:
    """Every place but the trail in which words surely stand that somebody said who refused this use."""
    refused = {one.id for one in session.scalars(select(Participant)) if not allows(one, use)}
    if not refused:
        return []
    texts = dict(session.execute(select(Source.id, Source.text)).all())
    said: tuple[list[str], list[str]] = ([], [])
    for who, source_id, start, end in session.execute(
        select(Speaker.participant_id, Turn.source_id, Turn.start, Turn.end)
        .outerjoin(Speaker, Speaker.id == Turn.speaker_id)
        .where(Turn.kind != TurnKind.WITHDRAWN)
    ):
        said[who not in refused].append(texts[source_id][start:end])
    if not said[0]:
        return []
    theirs = TheirWords(*said)
    return [
        place
        for place in places(session)
        if place.table not in _NO_WRITING
        and any(
            one.sure and _in_a_row(place, one.start, one.end) for one in theirs.again_in(place.text, name=place.is_name)
        )
    ]


_NO_WRITING = {"change", "export", "source", "excerpt", "participant", "participant_attribute", "speaker", "lens",
               "lens_entry"}  # fmt: skip


def _in_a_row(place: Place, start: int, end: int) -> bool:
    """Several words; a single one quotes nobody, unless it is the whole of a name."""
    return " " in place.text[start:end].strip() or (place.is_name and end - start == len(place.text))


def standing_in(found: Iterable[Place], output: Iterable[str]) -> list[Place]:
    """Those of the places whose text stands in an output."""
    written = "\n".join(" ".join(one.split()) for one in output)
    return [one for one in found if " ".join(one.text.split()) in written]
