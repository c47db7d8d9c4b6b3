"""Where names stand in a whole study: transcripts with their labels, and every other place, each with its context."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.rights.names import Likeness, Spelling, find, ordinary_words
from app.analysis.rights.places import Place, places
from app.models import Source, Turn

AROUND = 48
"""Characters of context on either side."""


@dataclass(frozen=True)
class Mention:
    """One place of a name. In a transcript `place` is None and `source_id` says which; offsets are code points."""

    start: int
    end: int
    found: str
    likeness: Likeness
    title: str
    before: str
    after: str
    place: Place | None = None
    source_id: str = ""
    in_label: bool = False

    @property
    def key(self) -> str:
        """What stands for it in lists of decisions."""
        where = self.place.key if self.place is not None else f"transcript:{self.source_id}"
        return f"{where}@{self.start}"


def mentions(session: Session, names: Iterable[str], *, near: bool = True) -> list[Mention]:
    """Every place of these names, transcripts first."""
    wanted = [name for name in names if name.strip()]
    ordinary = ordinary_words(session.scalars(select(Source.text)))
    found = list(_in_transcripts(session, wanted, ordinary, near=near))
    for place in places(session):
        spelled = find(place.text, wanted, near=near, ordinary=ordinary)
        found += [_mention(place.text, one, place.title, place=place) for one in spelled]
    return found


def mentions_in(
    session: Session, source_id: str, names: Iterable[str], ordinary: Collection[str] = (), *, near: bool = True
) -> list[Mention]:
    """The same in one transcript; `ordinary` as `names.find` takes it."""
    return list(_in_transcripts(session, list(names), ordinary, near=near, only=source_id))


def _in_transcripts(
    session: Session, names: list[str], ordinary: Collection[str], *, near: bool, only: str = ""
) -> Iterator[Mention]:
    wanted = select(Source.id, Source.name, Source.text).order_by(Source.position, Source.name)
    for source_id, name, text in session.execute(wanted.where(Source.id == only) if only else wanted).all():
        labels = session.execute(
            select(Turn.label_start, Turn.label_end).where(Turn.source_id == source_id).order_by(Turn.start)
        ).all()
        held, number = [(start, end) for start, end in labels if start < end], 0
        for one in find(text, names, near=near, ordinary=ordinary):
            while number < len(held) and held[number][1] <= one.start:
                number += 1
            in_label = number < len(held) and held[number][0] <= one.start and one.end <= held[number][1]
            if in_label and one.likeness == Likeness.WORD:  # who speaks is no other word
                one = one._replace(likeness=Likeness.EXACT)
            yield _mention(text, one, name, source_id=source_id, in_label=in_label)


def _mention(
    text: str, one: Spelling, title: str, *, place: Place | None = None, source_id: str = "", in_label: bool = False
) -> Mention:
    before, after = text[max(0, one.start - AROUND) : one.start], text[one.end : one.end + AROUND]
    return Mention(
        one.start, one.end, text[one.start : one.end], one.likeness, title, before, after, place, source_id, in_label
    )
