"""Where names stand in a whole study: transcripts with their labels, and every other place, each with its context."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
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
    rows = session.execute(select(Source.id, Source.name, Source.text).order_by(Source.position, Source.name)).all()
    ordinary, labels = ordinary_words(row.text for row in rows), labels_of(session)
    found = [
        one
        for key, name, text in rows
        for one in mentions_in(key, name, text, labels.get(key, ()), wanted, ordinary, near=near)
    ]
    for place in places(session):
        spelled = find(place.text, wanted, near=near, ordinary=ordinary)
        found += [_mention(place.text, one, place.title, place=place) for one in spelled]
    return found


def mentions_in(
    source_id: str,
    called: str,
    text: str,
    labels: Sequence[tuple[int, int]],
    names: Iterable[str],
    ordinary: Collection[str] = (),
    *,
    near: bool = True,
) -> Iterator[Mention]:
    """The same in one transcript; `labels` in order, `ordinary` as `names.find` takes it."""
    number = 0
    for one in find(text, names, near=near, ordinary=ordinary):
        while number < len(labels) and labels[number][1] <= one.start:
            number += 1
        in_label = number < len(labels) and labels[number][0] <= one.start and one.end <= labels[number][1]
        if in_label and one.likeness == Likeness.WORD:  # who speaks is no other word
            one = one._replace(likeness=Likeness.EXACT)
        yield _mention(text, one, called, source_id=source_id, in_label=in_label)


def labels_of(session: Session) -> dict[str, list[tuple[int, int]]]:
    """{transcript: where the labels of its turns stand, in order}."""
    found: dict[str, list[tuple[int, int]]] = {}
    for source_id, start, end in session.execute(
        select(Turn.source_id, Turn.label_start, Turn.label_end)
        .where(Turn.label_start < Turn.label_end)
        .order_by(Turn.source_id, Turn.start)
    ).all():
        found.setdefault(source_id, []).append((start, end))
    return found


def _mention(
    text: str, one: Spelling, title: str, *, place: Place | None = None, source_id: str = "", in_label: bool = False
) -> Mention:
    before, after = text[max(0, one.start - AROUND) : one.start], text[one.end : one.end + AROUND]
    return Mention(
        one.start, one.end, text[one.start : one.end], one.likeness, title, before, after, place, source_id, in_label
    )
