"""A transcript of 500,000 words with 50,000 codings: opening it, going about it, resizing the window on it.

Budgets are in milliseconds and stand in the name of the action, since a bare QTextEdit is no floor for most of them.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable

from app.operations.codings import code_passage
from bench.corpus import huge_study
from bench.measure import Figure, frames, timed
from bench.reading import Bench

SIZE = "500,000 words, 50,000 codings"
WHOLE = "the same, one excerpt over the whole text"
LEFT_AT = 0.97
"""The part of the text behind which one left it."""


def figures() -> list[Figure]:
    """Each on the study as it is, then with one excerpt over the whole text."""
    bench = Bench(study=huge_study())
    found = _reading(bench, SIZE)
    place = bench.place
    assert place.script is not None
    bench.study.run(code_passage, place.script.id, 0, len(place.script.text), next(iter(place.codes)))
    bench.settle()
    found += _reading(bench, WHOLE)
    bench.close()
    return found


def _reading(bench: Bench, size: str) -> list[Figure]:
    text = bench.text("HUGE")
    bare_top = timed(lambda: bench.open_bare(text, 0.0))
    found = [
        _median("open at the top (500 ms)", size, bare_top, 5, lambda: _open(bench, 0.0)),
        _median("the codings that are not seen, after it", size, 0.0, 1, lambda: len(bench.place.marks)),
    ]
    bare_end = timed(lambda: bench.open_bare(text, LEFT_AT))
    found.append(_median("resume at the end (1,000 ms, with a cue)", size, bare_end, 3, lambda: _open(bench, LEFT_AT)))
    assert len(bench.place.marks)
    found += [_scrolling(bench, size), _resizing(bench, size)]
    return found


def _open(bench: Bench, where: float) -> None:
    place = bench.place
    place.script = None
    key = f"reading/{bench.sources['HUGE']}"
    place.desk.settings.remember_place(bench.study.key, key, int(where * 2_800_000))
    place.show_source(bench.sources["HUGE"])
    place.panel.grab()


def _scrolling(bench: Bench, size: str) -> Figure:
    bench.open_bare(bench.text("HUGE"), LEFT_AT)
    ours, bare = bench.place.panel.view.verticalScrollBar(), bench.bare.verticalScrollBar()

    def frame_bare(number: int) -> None:
        bare.setValue(number * 53 % max(1, bare.maximum()))
        bench.bare.grab()

    def frame_ours(number: int) -> None:
        ours.setValue(number * 53 % max(1, ours.maximum()))
        bench.place.panel.grab()

    return frames("scroll frame (99 of 100 under 16 ms)", size, frame_bare, frame_ours, 3)


def _resizing(bench: Bench, size: str) -> Figure:
    """The window grows step by step while the whole text is laid out: the measure stays, so that nothing is wrapped."""
    place, window = bench.place, bench.window
    place.panel.restore_place(int(len(place.panel.view.text) * 0.5))
    window.resize(1280, 820)
    bench.settle()

    def step(number: int) -> None:
        window.resize(1280 + 4 * (number % 60), 820 + number % 7)
        bench.application.processEvents()

    return frames("a step of resizing the window (16 ms)", size, lambda _number: bench.frame(), step, None, count=120)


def _median(action: str, size: str, floor: float, runs: int, run: Callable[[], object]) -> Figure:
    times = [timed(run) for _ in range(runs)]
    return Figure(action, size, round(floor, 2), round(statistics.median(times), 2), None)
