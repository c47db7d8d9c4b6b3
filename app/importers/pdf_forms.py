"""Drawings in a PDF that draw each other: a few hundred bytes can ask for more drawing than any computer ends.

A PDF keeps drawings ("form XObjects", ISO 32000-1, 8.10) apart and draws them by name, also inside each other. One that
draws itself, or a row of which each draws the next one twice, is followed by a reading library until memory ends. So
it is counted beforehand how much would be drawn.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

MOST_DRAWN = 20_000
"""Drawings that one drawing may come to; a slide of a talk has some hundred."""
LONGEST = 4_000_000
"""Bytes of a drawing that are looked through."""
_OBJECT = re.compile(rb"(?<!\d)(\d{1,9})\s+\d{1,5}\s+obj\b")
_STREAM = re.compile(rb"\bstream\r?\n")
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_PACKED = re.compile(rb"/Type\s*/ObjStm\b")
_FIRST = re.compile(rb"/First\s+(\d{1,9})")
_RESOURCES = re.compile(rb"/Resources\s+(\d{1,9})\s+\d{1,5}\s+R")
_DRAWINGS = re.compile(rb"/XObject\s*(?:<<(?P<inside>[^>]*)>>|(?P<at>\d{1,9})\s+\d{1,5}\s+R)")
_NAMED = re.compile(rb"/([^\s/\[\]<>(){}%]+)\s+(\d{1,9})\s+\d{1,5}\s+R")
_DRAWN = re.compile(rb"/([^\s/\[\]<>(){}%]+)\s+Do\b")


@dataclass
class _Object:
    """One numbered part of the file: what is said of it, and its stream, still packed."""

    head: bytes
    stream: bytes = b""


@dataclass
class _Forms:
    """{number of a drawing: {number of one inside it: how often}}, and what each comes to, found step by step."""

    inside: dict[int, Counter[int]] = field(default_factory=dict)
    sums: dict[int, int] = field(default_factory=dict)


def draws_without_end(content: bytes) -> bool:
    """Whether a drawing of the PDF draws itself, or comes to more than `MOST_DRAWN` drawings."""
    if not _FORM.search(content):
        return False
    objects = _objects(content)
    anywhere: dict[bytes, set[int]] = {}
    for one in objects.values():
        for name, number in _named(one.head, objects):
            anywhere.setdefault(name, set()).add(number)
    forms = _Forms()
    for number, one in objects.items():
        if _FORM.search(one.head):
            forms.inside[number] = _drawn_by(one, objects, anywhere)
    return any(_comes_to(number, forms) > MOST_DRAWN for number in forms.inside)


def _objects(content: bytes) -> dict[int, _Object]:
    """The numbered parts, also those that are packed together; a later one takes the place of an earlier."""
    found: dict[int, _Object] = {}
    begins = list(_OBJECT.finditer(content))
    for one, after in zip(begins, [*begins[1:], None], strict=True):
        body = content[one.end() : after.start() if after is not None else len(content)]
        stream = _STREAM.search(body)
        head, rest = (body[: stream.start()], body[stream.end() :]) if stream else (body, b"")
        found[int(one[1])] = _Object(head, rest)
        if _PACKED.search(head):
            found.update(_packed_together(head, _unpacked(head, rest)))
    return found


def _packed_together(head: bytes, text: bytes) -> dict[int, _Object]:
    """The parts in a stream of parts: pairs of number and place first, then the parts (ISO 32000-1, 7.5.7)."""
    first = _FIRST.search(head)
    if first is None:
        return {}
    start = int(first[1])
    pairs = [int(one) for one in text[:start].split() if one.isdigit() and len(one) < 10]
    places = sorted(zip(pairs[1::2], pairs[::2], strict=False))
    ends = [place for place, _ in places[1:]] + [len(text)]
    return {
        number: _Object(text[start + place : start + end]) for (place, number), end in zip(places, ends, strict=True)
    }


def _named(head: bytes, objects: dict[int, _Object]) -> list[tuple[bytes, int]]:
    """(name, number) of the drawings that a part may draw."""
    resources = _RESOURCES.search(head)
    if resources is not None and int(resources[1]) in objects:
        head = head + b" " + objects[int(resources[1])].head
    found = []
    for one in _DRAWINGS.finditer(head):
        names = one["inside"]
        if names is None:
            kept = objects.get(int(one["at"]))
            names = kept.head if kept is not None else b""
        found += [(name, int(number)) for name, number in _NAMED.findall(names)]
    return found


def _drawn_by(form: _Object, objects: dict[int, _Object], anywhere: dict[bytes, set[int]]) -> Counter[int]:
    """How often a drawing draws each other one; where it cannot be read, each that it may draw is taken once."""
    own: dict[bytes, set[int]] = {}
    for name, number in _named(form.head, objects):
        own.setdefault(name, set()).add(number)
    text = _unpacked(form.head, form.stream)
    drawn = Counter(_DRAWN.findall(text)) if text else Counter(own)
    names = own or anywhere  # without names of its own it takes those of the page
    sums: Counter[int] = Counter()
    for name, times in drawn.items():
        for number in names.get(name, ()):
            sums[number] += times if text else 1
    return sums


def _unpacked(head: bytes, stream: bytes) -> bytes:
    """What a stream says, as far as it is looked through; empty if it is packed in another way."""
    if b"/Filter" not in head:
        return stream[:LONGEST].partition(b"endstream")[0]
    with suppress(zlib.error):
        return zlib.decompressobj().decompress(stream, LONGEST)
    return b""


def _comes_to(number: int, forms: _Forms) -> int:
    """How many drawings a drawing comes to, itself among them; no recursion, since a row may be as long as the file."""
    begun: set[int] = set()
    to_do = [number]
    while to_do:
        here = to_do[-1]
        inside = {one: times for one, times in forms.inside.get(here, Counter()).items() if one in forms.inside}
        missing = [one for one in inside if one not in forms.sums]
        if here in forms.sums:
            to_do.pop()
        elif any(one in begun for one in missing):
            return MOST_DRAWN + 1  # it draws itself
        elif missing:
            begun.add(here)
            to_do += missing
        else:
            total = 1 + sum(times * forms.sums[one] for one, times in inside.items())
            forms.sums[here] = min(total, MOST_DRAWN + 1)
            begun.discard(here)
            to_do.pop()
    return forms.sums[number]
