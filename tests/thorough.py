"""How often a test does the same again: a few times in the suite, every time in `make soak`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
THOROUGH = bool(os.environ.get("REFLEXA_THOROUGH"))


def some(all_of_them: Sequence[T], every: int) -> Sequence[T]:
    """Every so-manieth, the first and the last among them; all in the soak."""
    return all_of_them if THOROUGH else [*all_of_them[:-1:every], all_of_them[-1]]


def times(few: int, many: int) -> int:
    """So many times, or as often as the soak does it."""
    return many if THOROUGH else few
