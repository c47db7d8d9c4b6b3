"""The researcher's prose: a little Markdown and no more, so that it reads the same on the screen and in every output.

There are paragraphs, quotes, lists, emphasis and strong emphasis. Nothing else is read as markup: links, pictures and
HTML stay the letters that were typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class BlockKind(StrEnum):
    """What a block of prose is."""

    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    ITEM = "item"
    NUMBERED = "numbered"


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one look. A line feed in them is a line break that the writer made."""

    text: str
    strong: bool = False
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a paragraph of a quote, or one item of a list; `number` is that of a numbered item."""

    kind: BlockKind
    runs: tuple[Run, ...]
    number: int = 0

    @property
    def text(self) -> str:
        """Its words alone."""
        return "".join(run.text for run in self.runs)


_ITEM = re.compile(r"\s{0,3}[-*•]\s+(?=\S)")
_NUMBERED = re.compile(r"\s{0,3}(\d{1,3})[.)]\s+(?=\S)")
_QUOTE = re.compile(r"\s{0,3}>\s?")
_MARK = re.compile(r"\\([\\*_>\-])|(\*{1,3}|_{1,3})")


def blocks(text: str) -> list[Block]:
    """The blocks of a text in the researcher's Markdown."""
    found: list[Block] = []
    kind, number, lines = BlockKind.PARAGRAPH, 0, list[str]()

    def close() -> None:
        if any(line.strip() for line in lines):
            found.append(Block(kind, _runs("\n".join(lines).strip()), number))
        lines.clear()

    for line in text.split("\n"):
        if not line.strip():
            close()
            kind, number = BlockKind.PARAGRAPH, 0
            continue
        for sort, mark in ((BlockKind.QUOTE, _QUOTE), (BlockKind.ITEM, _ITEM), (BlockKind.NUMBERED, _NUMBERED)):
            met = mark.match(line)
            if met is None:
                continue
            if sort is not BlockKind.QUOTE or kind is not BlockKind.QUOTE or not line[met.end() :].strip():
                close()
            kind, number = sort, int(met[1]) if sort is BlockKind.NUMBERED else 0
            lines.append(line[met.end() :])
            break
        else:
            if kind is BlockKind.QUOTE:  # a line without the mark is no part of the quote
                close()
                kind = BlockKind.PARAGRAPH
            lines.append(line.strip() if kind in (BlockKind.ITEM, BlockKind.NUMBERED) else line)
    close()
    return found


def plain(text: str) -> str:
    """The words without their marks, a line a block: for lists and one-line previews."""
    return "\n".join(block.text for block in blocks(text))


def _runs(text: str) -> tuple[Run, ...]:
    """The words of a block cut where their look changes. A mark without its fellow stays the letter it is."""
    pieces: list[tuple[str, int]] = []
    """Words with 0, marks with how they are to be read: 1 emphasis, 2 strong, 3 both."""
    opened: list[int] = []
    at = 0
    for met in _MARK.finditer(text):
        pieces.append((text[at : met.start()], 0))
        at = met.end()
        if met[1]:
            pieces.append((met[1], 0))
            continue
        pieces.append((met[2], 0))
        before, after = text[met.start() - 1 : met.start()], text[met.end() : met.end() + 1]
        inside_word = met[2][0] == "_" and before.isalnum() and after.isalnum()
        here = len(pieces) - 1
        fellow = next((n for n in reversed(opened) if pieces[n][0] == met[2]), None)
        if fellow is not None and before and not before.isspace() and not inside_word and here - fellow > 1:
            for place in (fellow, here):
                pieces[place] = (met[2], len(met[2]))
            del opened[opened.index(fellow) :]
        elif after and not after.isspace() and not inside_word:
            opened.append(here)
    pieces.append((text[at:], 0))
    return _joined(pieces)


def _joined(pieces: list[tuple[str, int]]) -> tuple[Run, ...]:
    runs: list[Run] = []
    strong = emphasis = False
    for words, mark in pieces:
        if mark:
            strong ^= bool(mark & 2)
            emphasis ^= bool(mark & 1)
        elif words and runs and (runs[-1].strong, runs[-1].emphasis) == (strong, emphasis):
            runs[-1] = Run(runs[-1].text + words, strong, emphasis)
        elif words:
            runs.append(Run(words, strong, emphasis))
    return tuple(runs)
