"""Who could be recognised by a description: whatever fewer than k people share is not given out (METHOD 5).

k is the study's smallest group, 3 unless somebody says otherwise (a convention, not a proof). A role together with a
group, or one value of an attribute, may fit a single person on a small campus although no name stands there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Group, Participant, ParticipantAttribute, StudySheet
from app.models.kinds import ParticipantStatus

ROLE, GROUP = "{role}", "{group}"
TOO_FEW = "(too few)"
"""What stands in a table where a value would be told of too few people."""


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
            select(Participant.role, Group.label)
            .outerjoin(Group, Group.id == Participant.group_id)
            .where(Participant.status != ParticipantStatus.WITHDRAWN)
        ).all()
        self._people = [(role, label or "") for role, label in rows]
        self._sharing: dict[tuple[str, ...], Counter[tuple[str, ...]]] = {}
        self._values: Counter[tuple[str, str]] | None = None
        self._session = session

    def kept(self, role: str, group: str, fields: Collection[str]) -> tuple[str, ...]:
        """Which of the fields {role} and {group} may be told of somebody: both, one of them, or none.

        A role says more about a quote than a group does, so it is kept where only one of them can be.
        """
        wanted = tuple(one for one in (ROLE, GROUP) if one in fields and (role if one == ROLE else group))
        for those in dict.fromkeys((wanted, (ROLE,), (GROUP,))):
            if those and set(those) <= set(wanted) and self._share(those, role, group) >= self.k:
                return those
        return ()

    def may_tell(self, name: str, value: str) -> bool:
        """Whether at least k people have this value of an attribute."""
        if self._values is None:
            held = self._session.execute(select(ParticipantAttribute.name, ParticipantAttribute.value)).all()
            self._values = Counter((one, said) for one, said in held)
        return not value or self._values[name, value] >= self.k

    def group_is_small(self, group: str) -> bool:
        """Whether fewer than k people are known in this group, but somebody is."""
        return 0 < sum(one == group for _, one in self._people) < self.k

    def too_small(self, template: str) -> list[Described]:
        """The descriptions that a template makes and that fit fewer than k people."""
        fields = tuple(one for one in (ROLE, GROUP) if one in template)
        if not fields or self.k <= 1:
            return []
        found = Counter(self._told(fields, role, group) for role, group in self._people)
        return [
            Described(", ".join(part for part in told if part), people)
            for told, people in sorted(found.items())
            if people < self.k and any(told)
        ]

    def _share(self, fields: tuple[str, ...], role: str, group: str) -> int:
        if fields not in self._sharing:
            self._sharing[fields] = Counter(self._told(fields, *one) for one in self._people)
        return self._sharing[fields][self._told(fields, role, group)]

    @staticmethod
    def _told(fields: tuple[str, ...], role: str, group: str) -> tuple[str, ...]:
        return tuple(role if one == ROLE else group for one in fields)
