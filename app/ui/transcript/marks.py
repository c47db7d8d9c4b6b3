"""What the transcript panel draws, as plain data. Offsets: Unicode code points, end exclusive."""

from __future__ import annotations

from typing import NamedTuple


class TurnMark(NamedTuple):
    """One turn: its label as it stands in the text, the words, and how its speaker is shown."""

    id: str
    number: int
    label_start: int
    label_end: int
    start: int
    end: int
    speaker: str
    time: str
    moderator: bool = False
    kind: str = "speech"


class CodingMark(NamedTuple):
    """One coding; an excerpt without any code is a mark whose `coding_id` and `code_id` are empty.

    A named tuple, because thousands are made each time a transcript is opened.
    """

    coding_id: str
    excerpt_id: str
    code_id: str
    start: int
    end: int
    name: str
    sign: str
    colour: str
    unsure: bool = False
    interaction: bool = False
    path: str = ""
    definition: str = ""
    kind: str = ""
    """What people do there with each other's words, of an interaction."""

    @property
    def key(self) -> str:
        """What tells it from every other mark."""
        return self.coding_id or self.excerpt_id
