"""Lays the whole corpus out in a folder: the stored files, and those that are made when they are needed.

Made files are those that are too large to be stored or have a name that not every system keeps, and further kinds: a
maker is a function under `@made(...)` that returns the bytes of one file, with what is expected of it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

FILES = Path(__file__).parent / "files"
IMPORTS, WARNS, REFUSED = "imports", "imports-with-warning", "refused-clear-error"

Maker = Callable[[], bytes]
MAKERS: dict[str, tuple[Maker, dict[str, Any]]] = {}


def made(name: str, outcome: str, *also_ok: str, why: str = "", **checks: Any) -> Callable[[Maker], Maker]:
    """Enter a maker of the file `name`; `checks` as in expected.json."""

    def enter(maker: Maker) -> Maker:
        expected = {"outcome": outcome, "why": why, **({"also_ok": list(also_ok)} if also_ok else {}), **checks}
        MAKERS[name] = (maker, expected)
        return maker

    return enter


def lay_out(folder: Path, *, leave: Collection[str] = ()) -> dict[str, dict[str, Any]]:
    """Fill an empty folder with all but those to `leave`; returns what is expected of each file, which is also written to expected.json."""
    from tests.hostile import office_files, project_files, tables, texts  # noqa: F401 - importing enters the makers

    stored = json.loads((FILES / "expected.json").read_text(encoding="utf-8"))
    expected: dict[str, dict[str, Any]] = stored["files"]
    for name in expected:
        if (FILES / name).exists():
            shutil.copy(FILES / name, folder / name)
    for name, (maker, checks) in MAKERS.items():
        if name in leave:
            expected.pop(name, None)
            continue
        (folder / name).write_bytes(maker())
        expected[name] = {**checks, **expected.get(name, {})}
    missing = [name for name in expected if not (folder / name).exists()]
    if missing:
        raise FileNotFoundError(missing)
    (folder / "expected.json").write_text(json.dumps(stored, ensure_ascii=False), encoding="utf-8")
    return expected
