"""Typing into the quick-code box over 2,000 codes: each key, from the letter to the painted list."""

from __future__ import annotations

import random

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from rapidfuzz import fuzz, process
from sqlalchemy import insert

from app.models import Code, new_key
from app.models.verbs import Verb
from app.operations.codes import PALETTE
from bench.measure import Figure, frames
from bench.reading import Bench
from bench.workload import VOCABULARY

CODES = 2_000
TYPED = ("belonging men", "belnoging", "notes share", "anatmoy exam", "zzz", "worry told batch", "kind of", "a")


def figures() -> list[Figure]:
    """Each key of a few names, some with typos and in another order of words."""
    bench = Bench()
    names = _make_codes(bench)
    place, box = bench.place, bench.place.coding.box
    bench.open_ours("LONG", 0.5)
    start = place.panel.reading_place()
    place.panel.select(start, start + 60)
    while place.coding.finder._rest.isActive():  # it gets ready while nobody types
        bench.application.processEvents()
    place.coding.open_box("")
    keys = [(words, at) for words in TYPED for at in range(1, len(words) + 1)]

    def floor(number: int) -> None:
        words, at = keys[number % len(keys)]
        process.extract(words[:at], names, scorer=fuzz.ratio, limit=8)

    def ours(number: int) -> None:
        words, at = keys[number % len(keys)]
        if at == 1:
            box.field.selectAll()
        QTest.keyClick(box.field, Qt.Key(ord(words[at - 1].upper())), Qt.KeyboardModifier.NoModifier)
        box.grab()

    found = [frames("a key in the quick-code box", f"{CODES:,} codes", floor, ours, None, count=len(keys) * 4)]
    box.hide()
    bench.close()
    return found


def _make_codes(bench: Bench) -> list[str]:
    """2,000 codes with a definition each, in one change."""
    rng = random.Random(20261124)
    rows = [
        {
            "id": new_key(),
            "name": " ".join(rng.choices(VOCABULARY, k=rng.randint(1, 5))) + f" {number}",
            "brief": " ".join(rng.choices(VOCABULARY, k=20)),
            "position": 1_000 + number,
            "colour": PALETTE[number % len(PALETTE)],
        }
        for number in range(CODES)
    ]
    with bench.study.change("Codes", Verb.CREATE_CODE) as session:
        session.execute(insert(Code), [{**row, "created_at": session.at} for row in rows])
    bench.place.refresh(None)
    return [code.name for code in bench.place.active_codes()]
