"""`python -m soak [--short] [PART ...]`: run all parts, or those named, and print one table."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from soak.damage import Bits, Files, flip_bits, try_files, try_mutants
from soak.full import fill_disks
from soak.kills import Kills, kill_the_window, kill_while_exporting, kill_while_migrating, kill_while_working
from soak.power import cut_power, fail_writes
from soak.secrecy import cost_of_a_password, count_sockets


@dataclass
class Line:
    """A line of the table."""

    what: str
    figure: str
    faults: list[str]


def _kills(what: str, kill: Callable[[int], Kills], kills: int) -> Line:
    made = kill(kills)
    said = f"{made.kills} kills, {made.hot} in the middle of writing, {len(made.faults)} faults"
    if made.in_logs:
        said += f"; {made.acknowledged} acknowledged changes looked for, all there" if not made.faults else ""
    if made.backups:
        said += f"; {made.backups} looks at backups"
    during = ", ".join(f"{name} {number}" for name, number in made.during.most_common())
    return Line(what, said + (f" ({during})" if during else ""), made.faults)


def _power(cuts: int) -> Line:
    made = cut_power(cuts)
    return Line(
        "power cuts", f"{made.cuts} cuts: {made.lost} lost, {made.torn} torn, {made.refused} refused", made.faults
    )


def _power_off(cuts: int) -> Line:
    made = cut_power(cuts, synchronous="OFF", days=3)
    said = f"{made.cuts} cuts: {made.harmed} lost, torn or refused (it must lose: this proves the simulation)"
    return Line("power cuts, synchronous=OFF", said, [] if made.harmed else ["nothing was lost, so nothing is proven"])


def _failures(failures: int) -> Line:
    made = fail_writes(failures)
    said = f"{made.failures} failed writes, {made.said} noticed and done again, {len(made.faults)} faults"
    return Line("failing disk", said, made.faults)


def _full(rounds: int) -> Line:
    made = fill_disks(rounds)
    said = f"{made.tried} deeds on {made.where}, {made.refused} refused in a sentence, {len(made.faults)} faults"
    return Line("full disk", said, made.faults)


def _bits(what: str, made: Bits) -> Line:
    said = (f"{made.flips} flips: {made.seen} seen, {made.nothing} in bytes that hold nothing, {made.trail} in words of the "
            f"trail, {len(made.missed)} missed")  # fmt: skip
    return Line(f"flipped bits, {what}", said, made.missed)


def _files(what: str, made: Files) -> Line:
    told = ", ".join(f"{name} {number}" for name, number in made.tried.items())
    tried = sum(made.tried.values())
    return Line(what, f"{tried - len(made.faults)} of {tried} as is due ({told})", made.faults)


def _sockets() -> Line:
    opened = count_sockets()
    said = "the main job failed" if opened is None else f"{opened} in the whole main job, from import to export"
    return Line("sockets opened", said, [] if opened == 0 else [said])


def _cost(*, large: bool) -> Line:
    made = cost_of_a_password(large=large)
    return Line("what a password costs", "; ".join(made.said), made.faults)


def parts(share: int) -> dict[str, Callable[[], Line]]:
    """{name: what runs}; `share` is 1 for all of it, 10 for a tenth."""
    return {
        "work": lambda: _kills("kill -9 while working", kill_while_working, 500 // share),
        "encrypted": lambda: _kills(
            "kill -9 while working, encrypted study",
            lambda kills: kill_while_working(kills, seed=11, mean=2.0, typed="seven cups of cold green tea"),
            50 // share,
        ),
        "migration": lambda: _kills(
            "kill -9 while an older study is brought up to date", kill_while_migrating, 100 // share
        ),
        "export": lambda: _kills("kill -9 while documents are written", kill_while_exporting, 100 // share),
        "window": lambda: _kills("kill -9 while the window is open", kill_the_window, 50 // share),
        "power": lambda: _power(1000 // share),
        "off": lambda: _power_off(100 // share),
        "failing": lambda: _failures(300 // share),
        "full": lambda: _full(10 // share),
        "bits": lambda: _bits("example study", flip_bits(300 // share, larger=False)),
        "larger": lambda: _bits("larger study", flip_bits(300 // share, larger=True)),
        "files": lambda: _files("bad files", try_files()),
        "mutants": lambda: _files("mutants of a study", try_mutants(40)),
        "sockets": _sockets,
        "password": lambda: _cost(large=share == 1),
    }


def main(argv: Sequence[str] | None = None) -> int:
    """Run, print, and say whether anything was lost."""
    names = list(parts(1))
    parser = argparse.ArgumentParser(
        prog="python -m soak",
        description="Kill the program, cut the power, fill the disk, damage files; print one table. The exit code is 1 "
        "if anything was lost.",
        epilog=f"parts: {', '.join(names)}",
    )
    parser.add_argument("part", nargs="*", help="what to do, in this order; all without a name")
    parser.add_argument("--short", action="store_true", help="a tenth of everything, to see whether it works")
    asked = parser.parse_args(argv)
    if strange := [one for one in asked.part if one not in names]:
        parser.error(f"there is no part {strange[0]!r}")
    run = parts(10 if asked.short else 1)
    lines: list[Line] = []
    for name in asked.part or names:
        begun = time.monotonic()
        lines.append(run[name]())
        print(f"{name}: {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    width = max(len(line.what) for line in lines)
    for line in lines:
        print(f"{line.what:{width}}  {line.figure}")
        for fault in line.faults[:10]:
            print(f"{'':{width}}  ! {fault}")
    return 1 if any(line.faults for line in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
