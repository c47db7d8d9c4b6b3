"""The colours of the transcript: for light and dark, and both in high contrast."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ReadingColours:
    """`tint` is how much of a code's colour lies under its words (0 to 1), `deepest` how much ever does.

    The words of everybody, moderators too, keep 4.5:1 on the deepest ground of every colour.
    """

    paper: str
    text: str
    moderator: str
    label: str
    quiet: str
    lane_text: str
    selection: str
    on_selection: str
    focus: str
    found: str
    tint: float
    deepest: float


LIGHT_READING = ReadingColours(
    paper="#F6F4F0", text="#1C1E21", moderator="#464B54", label="#1C1E21", quiet="#5F6673", lane_text="#33373D",
    selection="#0B57B0", on_selection="#FFFFFF", focus="#0B57B0", found="#FFE08A", tint=0.20, deepest=0.38,
)  # fmt: skip
DARK_READING = ReadingColours(
    paper="#17191C", text="#E8E6E1", moderator="#BFC4CC", label="#F2F0EC", quiet="#979DA8", lane_text="#C9CCD2",
    selection="#86B7FF", on_selection="#10151C", focus="#86B7FF", found="#5A4A12", tint=0.26, deepest=0.38,
)  # fmt: skip
STRONG_LIGHT_READING = ReadingColours(
    paper="#FFFFFF", text="#000000", moderator="#2E2E2E", label="#000000", quiet="#2E2E2E", lane_text="#000000",
    selection="#00419A", on_selection="#FFFFFF", focus="#00419A", found="#FFD84D", tint=0.16, deepest=0.26,
)  # fmt: skip
STRONG_DARK_READING = ReadingColours(
    paper="#000000", text="#FFFFFF", moderator="#E0E0E0", label="#FFFFFF", quiet="#E0E0E0", lane_text="#FFFFFF",
    selection="#9CC9FF", on_selection="#000000", focus="#FFE14D", found="#6B5A00", tint=0.24, deepest=0.34,
)  # fmt: skip


def reading_colours(dark: bool, strong: bool) -> ReadingColours:
    """The colours that go with the look of the window."""
    if strong:
        return STRONG_DARK_READING if dark else STRONG_LIGHT_READING
    return DARK_READING if dark else LIGHT_READING
