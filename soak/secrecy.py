"""What goes online while the whole main job is done, and what a password costs."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
JOB = "tests/ui/test_main_job.py"
OPENING_MS, CODING = 1_000, 1.5
"""What a password may cost: milliseconds more to open a study; a coding committed, beside one without."""


@dataclass
class Cost:
    """What was measured, in words, and what is more than may be."""

    said: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def count_sockets() -> int | None:
    """How many sockets the main job made or used, import to export in the window; None if the job failed."""
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "no:xdist", "-p", "tests.no_sockets", JOB]
    quiet = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=quiet, capture_output=True, text=True, check=False)
    said = [line for line in done.stdout.splitlines() if line.startswith("sockets opened: ")]
    return int(said[-1].rpartition(" ")[2]) if said and not done.returncode else None


def cost_of_a_password(*, large: bool) -> Cost:
    """The bench's own figures, in words: the example study, and one of 50 transcripts of 10,000 words."""
    from bench.encryption import figures

    cost = Cost()
    for one in figures(large=large):
        if one.action.startswith("open"):
            more = one.ours_ms - one.floor_ms
            cost.said.append(f"{one.size}: opening {more:.0f} ms more")
            over = more > OPENING_MS
        elif one.action.startswith("read"):
            cost.said.append(f"reading every row {one.ratio:.2f} x")
            over = False
        else:
            cost.said.append(f"one coding {one.ratio:.2f} x ({one.floor_ms:.1f} and {one.ours_ms:.1f} ms)")
            over = one.ratio > CODING
        if over:
            cost.faults.append(f"{cost.said[-1]}: more than may be")
    return cost
