"""Who could be recognised by a description: whatever fewer than k people share is not given out (METHOD 5).

k is the study's smallest group, 3 unless somebody says otherwise (a convention, not a proof). A role together with a
group, or one value of an attribute, may fit a single person on a small campus although no name stands there. Nor may
one be found by what is missing: if all but one of a group bear their role, the one without is known as well. So what
counts is how many people bear a description in the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Group, Participant, ParticipantAttribute, Source, Speaker, StudySheet
from app.models.kinds import ParticipantStatus

ROLE, GROUP = "{role}", "{group}"
TOO_FEW = "(too few)"
"""What stands in a table where a value would be told of too few people."""

Told = tuple[str, str]
"""A role and a group as they are told of somebody; "" where they are not."""
NOTHING: Told = ("", "")


@dataclass(frozen=True)
class Described:
    """A description that outputs would give, and how many people it fits."""

    words: str
    people: int


class SmallGroups:
    """How many participants share a role, a group, both, or a value of an attribute."""

    def __init__(self, session: Session) -> None:
        self.k = session.scalar(select(StudySheet.smallest_group)) or 1
        rows = session.execute(
            select(Participant.id, Participant.role, Group.label)
            .outerjoin(Group, Group.id == Participant.group_id)
            .where(Participant.status != ParticipantStatus.WITHDRAWN)
        ).all()
        heard = _groups_by_talk(session) if any(label is None for _, _, label in rows) else {}
        self._people: dict[str, Told] = {key: (role, label or heard.get(key, "")) for key, role, label in rows}
        self._in_group = Counter(group for _, group in self._people.values() if group)
        self._told: dict[tuple[bool, bool, bool, bool], dict[str, Told]] = {}
        self._values: dict[str, frozenset[str]] | None = None
        self._session = session

    def told(
        self,
        participant_id: str,
        fields: Collection[str] = (ROLE, GROUP),
        *,
        placed: bool = False,
        named: bool = True,
    ) -> Told:
        """The role and the group that may be told of somebody, of the fields that are asked for.

        A role says more about a quote than a group does, so it is kept where only one of them can be - but not where
        the output is `placed`, that is tells the transcript or a name beside it: there the group is known anyway.
        Where people are `named`, the groups of some are hidden so that others cannot be found by having none.
        """
        asked = (ROLE in fields, GROUP in fields, placed, named)
        if asked not in self._told:
            people = {
                key: (role if ROLE in fields else "", group if GROUP in fields or placed else "")
                for key, (role, group) in self._people.items()
            }
            hidden = self.hidden_groups() if named else {one for one in self._in_group if self.group_is_small(one)}
            found = told_beside_group(people, hidden, self.k) if placed else shortened(people, self.k)
            if GROUP not in fields:
                found = {key: (role, "") for key, (role, _) in found.items()}
            self._told[asked] = found
        return self._told[asked].get(participant_id, NOTHING)

    def whole(self, participant_id: str, fields: Collection[str]) -> Told:
        """What would be told of somebody if nobody could be recognised by it."""
        role, group = self._people.get(participant_id, NOTHING)
        return (role if ROLE in fields else "", group if GROUP in fields else "")

    def may_tell(self, name: str, value: str) -> bool:
        """Whether at least k people have this value of an attribute, and nobody is known by having another."""
        if self._values is None:
            self._values = self._small_values()
        return value not in self._values.get(name, frozenset())

    def group_is_small(self, group: str) -> bool:
        """Whether fewer than k people are known in this group, but somebody is."""
        return 0 < self._in_group[group] < self.k

    def hidden_groups(self) -> frozenset[str]:
        """The groups not to be told of people with names: small ones, and as many more as it takes to hide these among.

        For if all others had a group beside their names, those without would be known.
        """
        apart = len(self._people) - self._in_group.total()
        return frozenset(too_few(self._in_group, self.k, apart))

    def too_small(self, template: str) -> list[Described]:
        """The descriptions that a template makes and that fit fewer than k people."""
        fields = [one for one in (ROLE, GROUP) if one in template]
        if not fields or self.k <= 1:
            return []
        found = Counter(self.whole(key, fields) for key in self._people)
        return [
            Described(", ".join(part for part in told if part), people)
            for told, people in sorted(found.items())
            if people < self.k and any(told)
        ]

    def _small_values(self) -> dict[str, frozenset[str]]:
        """{attribute: values not to be told}: those of too few, and as many more as it takes to hide these among."""
        held: dict[str, Counter[str]] = {}
        for key, name, value in self._session.execute(
            select(ParticipantAttribute.participant_id, ParticipantAttribute.name, ParticipantAttribute.value)
        ).all():
            if value and key in self._people:
                held.setdefault(name, Counter())[value] += 1
        return {name: frozenset(too_few(values, self.k)) for name, values in held.items()}


def _groups_by_talk(session: Session) -> dict[str, str]:
    """{participant: the group in whose transcripts they speak}, if it is one."""
    heard: dict[str, set[str]] = {}
    for key, label in session.execute(
        select(Speaker.participant_id, Group.label)
        .join(Source, Source.id == Speaker.source_id)
        .join(Group, Group.id == Source.group_id)
        .where(Speaker.participant_id.is_not(None))
    ).all():
        heard.setdefault(str(key), set()).add(label)
    return {key: next(iter(labels)) for key, labels in heard.items() if len(labels) == 1}


def too_few(values: Counter[str], k: int, hidden: int = 0) -> Iterable[str]:
    """The values that fewer than k have, and the next ones until k people, with those `hidden` anyway, have none."""
    for value, people in sorted(values.items(), key=lambda one: (one[1], one[0])):
        if people >= k and not 0 < hidden < k:
            return
        hidden += people
        yield value


def shortened(people: dict[str, Told], k: int) -> dict[str, Told]:
    """What is told of each person, so that each description, and having none, is shared by at least k of them."""
    told = _kept(people, k)
    for part in (0, 1):
        rest = {key: _only(people[key], part) for key in people if key not in told}
        told |= _kept(rest, k)
    rest_now = sorted(key for key in people if key not in told)
    told |= dict.fromkeys(rest_now, NOTHING)
    for key in rest_now:
        if not 0 < sum(one == NOTHING for one in told.values()) < k:
            break
        if told[key] == NOTHING:
            _hide_among(key, people, told)
    return told


def _hide_among(person: str, people: dict[str, Told], told: dict[str, Told]) -> None:
    """Let others be told as somebody who would stand alone: those who share most, and as few as will do."""
    bearing = Counter(one for one in told.values() if one != NOTHING)
    role, group = people[person]
    likely = [(wider, one) for wider in ((role, ""), ("", group)) if any(wider) for one in bearing if _fits(one, wider)]
    wider, taken = min(
        likely or [(NOTHING, one) for one in bearing],
        key=lambda each: (bearing[each[1]], each),
        default=(NOTHING, NOTHING),
    )
    for key, one in told.items():
        if key == person or one == taken:
            told[key] = wider


def told_beside_group(people: dict[str, Told], hidden: Collection[str], k: int) -> dict[str, Told]:
    """The same where the group of each is known: who bears no role must be one of k in their group.

    The people of `hidden` groups bear no group; as they may not be told apart, they are looked at together as well.
    """
    told: dict[str, Told] = {}
    for group in {group for _, group in people.values()}:
        here = {key: (role, "" if group in hidden else group) for key, (role, mine) in people.items() if mine == group}
        told |= _without_rare_roles(here, k)
    return told | _without_rare_roles({key: one for key, one in told.items() if not one[1]}, k)


def _without_rare_roles(people: dict[str, Told], k: int) -> dict[str, Told]:
    roles = Counter(role for role, _ in people.values() if role)
    roleless = set(too_few(roles, k, len(people) - roles.total()))
    return {key: ("" if role in roleless else role, group) for key, (role, group) in people.items()}


def _kept(people: dict[str, Told], k: int) -> dict[str, Told]:
    """Of those who share a description with enough others, this description."""
    shared = Counter(people.values())
    return {key: one for key, one in people.items() if any(one) and shared[one] >= k}


def _only(told: Told, part: int) -> Told:
    return (told[0], "") if part == 0 else ("", told[1])


def _fits(told: Told, wider: Told) -> bool:
    """Whether a description says what a wider one does, and perhaps more."""
    return all(not part or part == mine for part, mine in zip(wider, told, strict=True))
