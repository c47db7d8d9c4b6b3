"""Regular expressions, each turn by itself. One that explodes is cut off: `regex` has a clock, which `re` has not."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import regex

from app.analysis.search.query import Hit, Query
from app.analysis.search.texts import SearchText
from app.errors import ReflexaError

MOST_AT_ONCE_S = 1.0
"""How long one turn may take ..."""
MOST_S = 5.0
"""... and all of them together."""
LONGEST_PATTERN = 500


class BadPattern(ReflexaError):
    """What is typed is no regular expression (yet); the sentence says where it goes wrong."""


class CutOff(ReflexaError):
    """A pattern took too long; what was found before is right, and there may be more."""


class PatternSought:
    """A regular expression made ready. `^` and `$` are the ends of a turn or of a line in it."""

    slow = True

    def __init__(self, query: Query) -> None:
        self._pattern = _compiled(query)
        self._left = MOST_S

    def get_ready(self, text: SearchText) -> Iterator[None]:
        """There is nothing to make ready."""
        del text
        return iter(())

    def hits(self, text: SearchText) -> Iterator[Hit]:
        """Every place that it fits, but where it fits nothing at all. Other threads go on meanwhile. Raises CutOff."""
        whole, finditer = text.text, self._pattern.finditer
        begun = time.monotonic()
        try:
            for said in text.stretches:
                first = said.start
                for found in finditer(whole[first : said.end], concurrent=True, timeout=MOST_AT_ONCE_S):
                    start, end = found.span()
                    if end > start:
                        yield Hit(text, first + start, first + end, said)
                if time.monotonic() - begun > self._left:
                    raise TimeoutError
        except (TimeoutError, MemoryError):
            raise CutOff(
                "This pattern takes too long, so it was cut off. Fewer * and + inside each other help."
            ) from None
        finally:
            self._left -= time.monotonic() - begun


def _compiled(query: Query) -> Any:
    if len(query.words) > LONGEST_PATTERN:
        raise BadPattern(f"A pattern may have {LONGEST_PATTERN} characters; this one has {len(query.words)}.")
    flags = regex.MULTILINE | regex.VERSION0 | (0 if query.match_case else regex.IGNORECASE)
    try:
        pattern = regex.compile(query.words, flags)
    except regex.error as error:
        where = f" at character {error.pos + 1}" if error.pos is not None else ""
        raise BadPattern(f"This is no pattern (yet): {error.msg}{where}.") from None
    except (RecursionError, OverflowError, MemoryError, ValueError, TypeError, KeyError, IndexError):
        raise BadPattern("This is no pattern that can be searched for.") from None
    if _RECURSIVE.search(query.words):
        raise BadPattern("A pattern that calls itself is not searched for.")
    return pattern


_RECURSIVE = regex.compile(r"\(\?(?:R|[+-]?\d+|&|P>)")
