"""Taking back, in memory, the change that a crash cut off: what SQLite does when it opens a file to write.

A study is verified without a byte of it being touched, so SQLite may not do it here. The format is SQLite's own and
frozen (www.sqlite.org/fileformat2.html, "the rollback journal").
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_MAGIC = bytes.fromhex("d9d505f920a163d7")
_TO_THE_END = 0xFFFFFFFF


@dataclass(frozen=True)
class _Section:
    """One header of a journal and the pages that follow it."""

    pages: int
    nonce: int
    size_before: int
    sector: int
    page_size: int


def rolled_back(study: bytes, journal: bytes) -> bytes:
    """The study's bytes as they were before the change that the journal speaks of; a spent journal changes nothing."""
    whole = bytearray(study)
    first = _section(journal, 0)
    if first is None:
        return study
    for number, page in _pages(journal, first):
        if 1 <= number <= first.size_before:
            start = (number - 1) * first.page_size
            whole.extend(bytes(max(0, start + first.page_size - len(whole))))
            whole[start : start + first.page_size] = page
    return bytes(whole[: first.size_before * first.page_size])


def speaks_of_a_change(journal: bytes) -> bool:
    """Whether a journal, or its first 28 bytes, is one of a change that was under way."""
    return _section(journal, 0) is not None


def _pages(journal: bytes, first: _Section) -> Iterator[tuple[int, bytes]]:
    """(page number, content) of every page that was written down whole; the rest was never needed."""
    place, section = 0, first
    while True:
        place += section.sector
        record = 8 + section.page_size
        left = (len(journal) - place) // record
        for _ in range(left if section.pages == _TO_THE_END else min(section.pages, left)):
            page = journal[place + 4 : place + 4 + section.page_size]
            if _checksum(page, section.nonce) != _number(journal, place + 4 + section.page_size):
                return
            yield _number(journal, place), page
            place += record
        place = -(-place // first.sector) * first.sector
        following = _section(journal, place)
        if following is None:
            return
        section = _Section(following.pages, following.nonce, first.size_before, first.sector, first.page_size)


def _section(journal: bytes, place: int) -> _Section | None:
    head = journal[place : place + 28]
    if len(head) < 28 or not head.startswith(_MAGIC):
        return None
    found = _Section(*(_number(head, at) for at in (8, 12, 16, 20, 24)))
    return found if (found.sector >= 32 and found.page_size >= 512) or place else None


def _checksum(page: bytes, nonce: int) -> int:
    total = nonce
    for place in range(len(page) - 200, 0, -200):
        total += page[place]
    return total & 0xFFFFFFFF


def _number(content: bytes, place: int) -> int:
    return int.from_bytes(content[place : place + 4])
