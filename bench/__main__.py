"""`python -m bench`: print every action beside its floor and write build/bench.json."""

from __future__ import annotations

import json
import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def main() -> None:
    """Run everything; it takes a few minutes, most of it for making the corpus the first time."""
    from app.demo import build_demo
    from bench import (
        board,
        encryption,
        files,
        huge,
        journal,
        mapping,
        quick_code,
        reading,
        searching,
        start,
        tables,
        trail,
    )
    from bench.corpus import BUILD, big_study
    from bench.measure import table

    BUILD.mkdir(parents=True, exist_ok=True)
    (BUILD / "settings.ini").unlink(missing_ok=True)
    demo = BUILD / "demo.reflexa"
    demo.unlink(missing_ok=True)
    build_demo(demo).close()
    found = start.figures(demo, big_study())
    found += reading.figures()
    found += huge.figures()
    found += quick_code.figures()
    found += searching.figures()
    found += files.figures()
    found += tables.figures()
    found += mapping.figures()
    found += board.figures()
    found += journal.figures()
    found += encryption.figures()
    found += trail.figures()
    text = table(found)
    print(text)
    target = Path(__file__).parent.parent / "build" / "bench.json"
    target.write_text(json.dumps([one.as_json() for one in found], indent=1), encoding="utf-8")
    print(f"\nWritten to {target.relative_to(Path.cwd()) if target.is_relative_to(Path.cwd()) else target.name}")


if __name__ == "__main__":
    main()
