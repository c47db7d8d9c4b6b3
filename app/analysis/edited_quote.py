"""An edited quote beside its original: what was left out, what was put in, and whether that is marked.

Marks follow the usual way of quoting: “…” for words left out inside a quote, [square brackets] for words put in.
What is left out at the very start or end needs no mark; other capitals and punctuation are no change of words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What became of words."""

    KEPT = "kept"
    OMITTED = "left out"
    INSERTED = "put in"


class Part(NamedTuple):
    """Words in a row that had the same fate; of words that were put in, whether a mark says so."""

    kind: Kind
    words: str
    marked: bool = True


@dataclass(frozen=True)
class Unmarked:
    """Words that were left out inside, or put in, without a mark."""

    omitted: tuple[str, ...] = ()
    inserted: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.omitted or self.inserted)


def parts(original: str, edited: str) -> list[Part]:
    """How an edited quote differs from the words that were said, in reading order."""
    return [part for step in _steps(original, edited) for part in step.parts()]


def unmarked(original: str, edited: str) -> Unmarked:
    """What an honest reader would be misled by."""
    steps = list(_steps(original, edited))
    omitted = tuple(" ".join(step.gone) for step in steps[1:-1] if step.gone and not step.says_so)
    inserted = tuple(" ".join(step.plain) for step in steps if step.plain)
    return Unmarked(omitted, inserted)


def with_marks(original: str, edited: str) -> str:
    """The edited quote with a mark wherever one is missing."""
    steps = list(_steps(original, edited))
    words: list[str] = []
    for place, step in enumerate(steps):
        if step.kept:
            words += step.came
        elif step.plain:
            words += _bracketed(step.came)
        elif step.gone and not step.says_so and 0 < place < len(steps) - 1:
            words += ["…", *step.came]
        else:
            words += step.came
    return " ".join(words)


@dataclass(frozen=True)
class _Step:
    """A stretch that is the same in both, or words that gave way (`gone`) to others (`came`)."""

    kept: bool
    gone: Sequence[str]
    came: Sequence[str]

    @property
    def says_so(self) -> bool:
        """Whether a mark stands where words were left out: dots, or brackets with what stands for them."""
        return any(_DOTS.fullmatch(word) or "[" in word for word in self.came)

    @property
    def plain(self) -> list[str]:
        """Words that were put in without brackets."""
        return [word for word in self.came if not self.kept and not _DOTS.fullmatch(word) and "[" not in word]

    def parts(self) -> Iterator[Part]:
        if self.kept:
            yield Part(Kind.KEPT, " ".join(self.came))
            return
        if self.gone:
            yield Part(Kind.OMITTED, " ".join(self.gone))
        if self.came:
            yield Part(Kind.INSERTED, " ".join(self.came), marked=not self.plain)


def _steps(original: str, edited: str) -> Iterator[_Step]:
    said, shown = _WORD.findall(original), _WORD.findall(edited)
    matcher = SequenceMatcher(None, [_key(one) for one in said], [_key(one) for one in shown], autojunk=False)
    for tag, first, last, begin, end in matcher.get_opcodes():
        kept = tag == "equal"
        yield _Step(kept, () if kept else said[first:last], shown[begin:end])


def _key(word: str) -> str:
    """What makes a word the same word; marks and brackets are never the same as words that were said."""
    if _DOTS.fullmatch(word) or "[" in word:
        return f"[{word}"
    return _EDGES.sub("", word).casefold() or word


def _bracketed(words: Sequence[str]) -> list[str]:
    """Words in brackets, run by run; what is marked stays as it is."""
    found: list[str] = []
    run: list[str] = []
    for word in [*words, ""]:
        if word and not _DOTS.fullmatch(word) and "[" not in word:
            run.append(word)
            continue
        if run:
            found.append(f"[{' '.join(run).replace(']', '').strip()}]")  # a bracket that nothing opened is none
            run = []
        if word:
            found.append(word)
    return found


_WORD = re.compile(r"(?:\[[^\]]*\]|[^\s\[]|\[(?![^\]]*\]))+")
_DOTS = re.compile(r"[\[(]?(?:…|\.{3,}|(?:\. ){2}\.)[\])]?[.,;:!?]?")
_EDGES = re.compile(r"^[^\w]+|[^\w]+$")
