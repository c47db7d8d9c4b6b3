"""Who stands behind a theme, who is quoted, and what themes have in common: checks on anecdote, never measures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.analysis.board import people_in, turns_of_people
from app.analysis.themes import ThemeExcerptRow, ThemeRow, theme_and_below, theme_rows
from app.models import Code, Coding, Excerpt, Group, Participant, Source, Speaker, Theme, ThemeCode, ThemeExcerpt
from app.models.kinds import Belongs, Consent, ParticipantStatus, SpeakerKind, ThemeStatus


class Person(NamedTuple):
    """One person of the study; `consent` to be quoted is unknown for a label behind which nobody is known."""

    name: str
    role: str
    group: str
    consent: Consent

    @property
    def may_be_quoted(self) -> bool:
        """Only a recorded "no" forbids."""
        return self.consent != Consent.NO


@dataclass(frozen=True)
class Behind:
    """Who is heard in a theme. Keys are those of participants, or of speaker labels that point to nobody."""

    people: Mapping[str, Person]
    """Everybody who speaks in the study, moderators and people who have withdrawn apart."""
    groups: tuple[str, ...]
    """All groups (a transcript without one stands for itself), in order."""
    of_excerpt: Mapping[str, frozenset[str]]
    """{excerpt of the theme: who is heard in it}."""
    group_of_excerpt: Mapping[str, str]
    heard: frozenset[str] = frozenset()
    """Everybody heard in excerpts that are not decided out."""
    heard_groups: tuple[str, ...] = ()
    quoted: frozenset[str] = frozenset()
    """Who is quoted in this theme."""
    quoted_elsewhere: frozenset[str] = frozenset()
    quoting: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """{excerpt: the other themes that quote it}."""


@dataclass(frozen=True)
class Overlap:
    """What a theme has in common with another one: codes by name, and excerpts."""

    theme_id: str
    name: str
    codes: tuple[str, ...]
    excerpts: frozenset[str]


def behind(session: Session, theme_id: str, rows: Collection[ThemeExcerptRow]) -> Behind:
    """Who stands behind the excerpts of a theme."""
    turns = turns_of_people(session)
    people = people_of(session)
    group_of = dict(session.execute(_GROUP_OF).all())
    of_excerpt = {
        row.excerpt_id: frozenset(people_in(turns.get(row.source_id, ()), row.start, row.end)) & people.keys()
        for row in rows
    }
    group_of_excerpt = {row.excerpt_id: group_of.get(row.source_id, "") for row in rows}
    counting = [row for row in rows if row.belongs != Belongs.OUT]
    heard = frozenset().union(*(of_excerpt[row.excerpt_id] for row in counting))
    in_groups = {group_of_excerpt[row.excerpt_id] for row in counting}
    groups = tuple(dict.fromkeys(group_of.values()))
    quoted = frozenset().union(*(of_excerpt[row.excerpt_id] for row in rows if row.quoted_order is not None))
    elsewhere: set[str] = set()
    quoting: dict[str, list[str]] = {}
    for excerpt_id, name, source_id, start, end in session.execute(_QUOTED.where(_X.theme_id != theme_id)):
        elsewhere.update(people_in(turns.get(source_id, ()), start, end))
        quoting.setdefault(excerpt_id, []).append(name)
    return Behind(
        people=people,
        groups=groups,
        of_excerpt=of_excerpt,
        group_of_excerpt=group_of_excerpt,
        heard=heard,
        heard_groups=tuple(one for one in groups if one in in_groups),
        quoted=quoted,
        quoted_elsewhere=frozenset(elsewhere & people.keys()),
        quoting={key: tuple(names) for key, names in quoting.items()},
    )


def overlaps(session: Session, theme_id: str) -> list[Overlap]:
    """The themes that share codes or excerpts with this one, in tree order.

    A theme and what stands beneath it share by nature, so they are no overlap; nor are themes that were let go.
    """
    rows = theme_rows(session)
    mine = next((row for row in rows if row.id == theme_id), None)
    if mine is None:
        return []
    kin = {row.id for row in theme_and_below(rows, theme_id)} | set(_above(rows, mine))
    held = _excerpts_of_themes(session, rows)
    codes = {row.id: _codes_of(rows, row) for row in rows}
    names: dict[str, str] = dict(session.execute(select(Code.id, Code.name)).all())
    found = []
    for row in rows:
        if row.id in kin or row.status == ThemeStatus.LET_GO:
            continue
        shared = [names[one] for one in codes[theme_id] if one in codes[row.id]]
        excerpts = held[theme_id] & held[row.id]
        if shared or excerpts:
            found.append(Overlap(row.id, row.name, tuple(shared), frozenset(excerpts)))
    return found


def _above(rows: Iterable[ThemeRow], row: ThemeRow) -> list[str]:
    parents = {one.id: one.parent_id for one in rows}
    found, above = [], row.parent_id
    while above is not None:
        found.append(above)
        above = parents[above]
    return found


def _codes_of(rows: list[ThemeRow], row: ThemeRow) -> dict[str, None]:
    return {code_id: None for one in theme_and_below(rows, row.id) for code_id, _ in one.codes}


def _excerpts_of_themes(session: Session, rows: list[ThemeRow]) -> dict[str, set[str]]:
    """{theme: its excerpts and those of themes beneath it that are not decided out}."""
    held: dict[str, set[str]] = {row.id: set() for row in rows}
    own: dict[str, set[str]] = {}
    links = select(_L.theme_id, _K.excerpt_id).join(Coding.__table__, _K.code_id == _L.code_id)
    for theme_id, excerpt_id in session.execute(links):
        own.setdefault(theme_id, set()).add(excerpt_id)
    out: dict[str, set[str]] = {}
    for theme_id, excerpt_id, belongs, brought in session.execute(
        select(_X.theme_id, _X.excerpt_id, _X.belongs, _X.brought_in)
    ):
        if belongs == Belongs.OUT:
            out.setdefault(theme_id, set()).add(excerpt_id)
        elif brought:
            own.setdefault(theme_id, set()).add(excerpt_id)
    for row in rows:
        for one in theme_and_below(rows, row.id):
            held[row.id] |= own.get(one.id, set())
        held[row.id] -= out.get(row.id, set())
    return held


def people_of(session: Session) -> dict[str, Person]:
    """{participant, or label behind which nobody is known: who that is}; moderators and the withdrawn are left out."""
    found: dict[str, Person] = {}
    for key, pseudonym, role, group, consent in session.execute(_KNOWN):
        found[key] = Person(pseudonym, role, group or "", consent)
    for key, label, group in session.execute(_UNKNOWN):
        found[key] = Person(label, "", group or "", Consent.NOT_RECORDED)
    return found


_K, _E, _S, _X, _L = (kind.__table__.c for kind in (Coding, Excerpt, Source, ThemeExcerpt, ThemeCode))
_KNOWN = (
    select(
        Participant.id, Participant.pseudonym, Participant.role, Group.label, Participant.consent_to_quote
    )
    .outerjoin(Group, Group.id == Participant.group_id)
    .where(Participant.status != ParticipantStatus.WITHDRAWN)
    .order_by(Group.position, Participant.pseudonym)
)  # fmt: skip
_UNKNOWN = (
    select(Speaker.id, Speaker.label, Group.label)
    .join(Source, Source.id == Speaker.source_id)
    .outerjoin(Group, Group.id == Source.group_id)
    .where(Speaker.kind == SpeakerKind.PARTICIPANT, Speaker.participant_id.is_(None))
    .order_by(Source.position, Speaker.label)
)
_GROUP_OF = (
    select(Source.id, func.coalesce(Group.label, Source.name))
    .outerjoin(Group, Group.id == Source.group_id)
    .order_by(Group.position, Source.position, Source.name)
)
_QUOTED = (
    select(_X.excerpt_id, Theme.name, _E.source_id, _E.start, _E.end)
    .join(Theme, Theme.id == _X.theme_id)
    .join(Excerpt, _E.id == _X.excerpt_id)
    .where(_X.quoted_order.is_not(None))
    .order_by(Theme.position, Theme.name)
)
