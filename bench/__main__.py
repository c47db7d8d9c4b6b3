"""`python -m bench [PART ...]`: print actions beside their floor; all of them also write build/bench.json."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

if TYPE_CHECKING:
    from bench.measure import Figure

PARTS = {
    "start": "until the window is painted, and until a study is",
    "reading": "opening a transcript, scrolling, coding, renaming a code",
    "huge": "the same in half a million words",
    "quick_code": "from a letter typed to the codes that fit",
    "searching": "in half a million words",
    "files": "transcripts that come in, documents that go out",
    "tables": "code by participant, code by code",
    "mapping": "the theme map",
    "board": "the clustering board",
    "journal": "searching and writing in the journal",
    "encryption": "studies with a password",
    "trail": "the audit trail, and the study at an earlier moment",
}
"""{module: what it measures}."""
TARGET = Path(__file__).parent.parent / "build" / "bench.json"


def main(argv: Sequence[str] | None = None) -> None:
    """Measure what is asked for; a few minutes for all, most of it for making the corpus the first time."""
    parts = _wanted(argv)
    from app.demo import build_demo
    from bench.corpus import BUILD
    from bench.measure import table

    BUILD.mkdir(parents=True, exist_ok=True)
    (BUILD / "settings.ini").unlink(missing_ok=True)
    demo = BUILD / "demo.reflexa"
    demo.unlink(missing_ok=True)
    build_demo(demo).close()
    found = [figure for part in parts for figure in _figures(part, demo)]
    print(table(found))
    if len(parts) == len(PARTS):
        TARGET.write_text(json.dumps([one.as_json() for one in found], indent=1), encoding="utf-8")
        print(f"\nWritten to {TARGET.relative_to(Path.cwd()) if TARGET.is_relative_to(Path.cwd()) else TARGET.name}")


def _wanted(argv: Sequence[str] | None) -> list[str]:
    told = "\n".join(f"  {name:12}{what}" for name, what in PARTS.items())
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measure each action beside the bare Qt or SQLite call that nobody can beat.",
        epilog=f"parts:\n{told}\n\nWithout a part all are measured, and build/bench.json is written.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("part", nargs="*", help="what to measure, in this order")
    parts: list[str] = parser.parse_args(argv).part or list(PARTS)
    if strange := [one for one in parts if one not in PARTS]:
        parser.error(f"there is no part {strange[0]!r}")
    return parts


def _figures(part: str, demo: Path) -> list[Figure]:
    from app.ui.start import make_application
    from bench.corpus import big_study

    figures: Callable[..., list[Figure]] = import_module(f"bench.{part}").figures
    if part == "start":  # in processes of their own
        return figures(demo, big_study())
    application = make_application()
    found = figures()
    application.processEvents()
    return found


if __name__ == "__main__":
    main()
