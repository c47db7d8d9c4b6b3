"""Damage to files: single flipped bits in studies, every mutant of a study, every file of the hostile corpus."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from app.analysis.verify import verify
from app.demo import build_demo
from app.errors import ReflexaError
from soak.deeds import first_study
from soak.kills import no_backups_by_themselves
from tests.hostile.judging import TRAIL_WORDS, differences, everything, judged, opens
from tests.hostile.making import lay_out
from tests.hostile.mutants import flipped, mutants
from tests.hostile.trial import try_all


@dataclass
class Bits:
    """What became of flipped bits."""

    flips: int = 0
    seen: int = 0
    nothing: int = 0
    """In bytes that hold nothing: every row reads the same."""
    trail: int = 0
    """A letter of what the trail says in words (label, reason, name, moment)."""
    missed: list[str] = field(default_factory=list)


def flip_bits(flips: int, *, larger: bool, seed: int = 9) -> Bits:
    """Flip one bit at a time in the example study, or in a larger one."""
    result, chance = Bits(), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="soak-") as scratch:
        no_backups_by_themselves(Path(scratch))
        path = Path(scratch, "good.reflexa")
        if larger:
            first_study(path, chance, transcripts=6, turns=1500, codings=1500)
        else:
            build_demo(path).close()
        whole, rows = path.read_bytes(), everything(path)
        for _ in range(flips):
            place, broken = flipped(whole, chance)
            path.write_bytes(broken)
            result.flips += 1
            if _seen(path):
                result.seen += 1
                continue
            what = differences(rows, everything(path))
            result.nothing += not what
            result.trail += bool(what) and what <= TRAIL_WORDS
            if what - TRAIL_WORDS:
                result.missed.append(f"byte {place}: {sorted(what)}")
    return result


def _seen(path: Path) -> bool:
    with suppress(ReflexaError):
        return bool(verify(path, full=True))
    return True


@dataclass
class Files:
    """How bad files ended."""

    tried: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


def try_files(leave: frozenset[str] = frozenset()) -> Files:
    """Bring in every file of the corpus."""
    result = Files()
    with tempfile.TemporaryDirectory(prefix="soak-") as scratch:
        no_backups_by_themselves(Path(scratch))
        laid = Path(scratch, "corpus")
        laid.mkdir()
        lay_out(laid, leave=leave)
        for verdict in try_all(laid):
            result.tried[verdict.kind or "transcripts"] += 1
            if verdict.fault:
                result.faults.append(f"{verdict.name}: {verdict.fault}")
    return result


def try_mutants(bits: int) -> Files:
    """Open every mutant of the example study."""
    result = Files()
    with tempfile.TemporaryDirectory(prefix="soak-") as scratch:
        no_backups_by_themselves(Path(scratch))
        good = Path(scratch, "good.reflexa")
        build_demo(good).close()
        rows = everything(good)
        for mutant in mutants(good, bits=bits):
            with tempfile.TemporaryDirectory(dir=scratch) as folder:
                fault = judged(mutant, rows, Path(folder), opens)
            result.tried[mutant.due] += 1
            if fault:
                result.faults.append(f"{mutant.name}: {fault}")
    return result
