"""What came of saving a damaged study, in sentences without a participant's words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Report:
    """What was mended, and what could not be saved; rows are counted by table."""

    mended: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    _mended: Counter[str] = field(default_factory=Counter)
    _lost: Counter[str] = field(default_factory=Counter)

    def mend(self, what: str) -> None:
        """Something of this sort was put right."""
        self._mended[what] += 1

    def lose(self, what: str) -> None:
        """Something of this sort could not be saved."""
        self._lost[what] += 1

    def close(self) -> Report:
        """Put what was counted into sentences."""
        self.mended += [f"{what}: {number}" for what, number in sorted(self._mended.items())]
        self.lost += [f"{what}: {number}" for what, number in sorted(self._lost.items())]
        self._mended.clear()
        self._lost.clear()
        return self

    @property
    def whole(self) -> bool:
        """Whether nothing was lost."""
        return not self.lost and not self._lost


def named(table: str) -> str:
    """A table in words."""
    return table.replace("_", " ")
