"""What is searched: the words of a transcript by turn, a memo, or a code with its definition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from app.analysis.search.folding import Folded, fold
from app.analysis.search.words import vocabulary_steps


class Room(StrEnum):
    """Where something is found, in the order in which it is shown."""

    TRANSCRIPT = "transcript"
    MEMO = "memo"
    CODE = "code"


class Said(NamedTuple):
    """A stretch whose words belong together: a turn with who says it, or a field of a code. What is found lies in one.

    `quotable`: its words may be shown in a list.
    """

    start: int
    end: int
    who: str = ""
    quotable: bool = True


@dataclass(eq=False)
class SearchText:
    """One text with its stretches in order. What searching needs of it is made when it is first needed, and kept."""

    room: Room
    id: str
    title: str
    text: str
    stretches: Sequence[Said]
    about: object = None
    """The row it stands for, where there is one beside the text."""
    _folded: dict[bool, Folded] = field(default_factory=dict)
    _vocabulary: set[str] = field(default_factory=set)
    _heard: bool = False

    def __post_init__(self) -> None:
        self.starts = [said.start for said in self.stretches]

    def folded(self, *, match_case: bool = False) -> Folded:
        """The text as it is compared."""
        if match_case not in self._folded:
            self._folded[match_case] = fold(self.text, match_case=match_case)
        return self._folded[match_case]

    def vocabulary(self) -> set[str]:
        """Each of its words once."""
        for _ in self.hear():
            pass
        return self._vocabulary

    def hear(self) -> Iterator[None]:
        """Make the vocabulary ready, step by step."""
        if not self._heard:
            for words in vocabulary_steps(self.folded().text):
                self._vocabulary |= words
                yield
            self._heard = True
