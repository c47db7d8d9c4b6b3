"""How things are timed: medians of several runs in one process, floor and ours in turn."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

RUNS = 7


@dataclass(frozen=True)
class Figure:
    """One line of the table. `ratio` is ours over floor; `budget` what it may be, or None where none is set."""

    action: str
    size: str
    floor_ms: float
    ours_ms: float
    budget: float | None
    p99_ms: float | None = None

    @property
    def ratio(self) -> float:
        """Ours over the floor."""
        return self.ours_ms / self.floor_ms if self.floor_ms else 0.0

    def as_json(self) -> dict:
        """What goes into build/bench.json."""
        return {**asdict(self), "ratio": round(self.ratio, 2)}


def timed(run: Callable[[], object]) -> float:
    """Milliseconds of one run."""
    start = time.perf_counter()
    run()
    return (time.perf_counter() - start) * 1000


def pair(
    action: str,
    size: str,
    floor: Callable[[], object],
    ours: Callable[[], object],
    budget: float | None,
    runs: int = RUNS,
    after: Callable[[], object] = lambda: None,
) -> Figure:
    """Floor and ours in turn, after one warm-up each; `after` clears up between them and is not timed."""
    floor()
    ours()
    floors, times = [], []
    for _ in range(runs):
        after()
        floors.append(timed(floor))
        times.append(timed(ours))
    return Figure(action, size, round(statistics.median(floors), 2), round(statistics.median(times), 2), budget)


def frames(
    action: str,
    size: str,
    floor: Callable[[int], object],
    ours: Callable[[int], object],
    budget: float,
    count: int = 200,
) -> Figure:
    """A row of frames: medians, and the 99th percentile of ours."""
    floors = [timed(lambda number=number: floor(number)) for number in range(count)]
    times = sorted(timed(lambda number=number: ours(number)) for number in range(count))
    p99 = times[int(count * 0.99) - 1]
    return Figure(
        action, size, round(statistics.median(floors), 2), round(statistics.median(times), 2), budget, round(p99, 2)
    )


def table(figures: list[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = ["| action | size | floor ms | ours ms | ratio | budget | p99 ms |", "|---|---|--:|--:|--:|--:|--:|"]
    for one in figures:
        budget = f"{one.budget:g} x" if one.budget else "–"
        p99 = f"{one.p99_ms:.1f}" if one.p99_ms is not None else "–"
        lines.append(
            f"| {one.action} | {one.size} | {one.floor_ms:.1f} | {one.ours_ms:.1f} | {one.ratio:.2f} | {budget} | {p99} |"
        )
    return "\n".join(lines)
