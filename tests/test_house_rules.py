"""Rules of the house that no linter knows: who may import what, how long a file may be, that nothing goes online."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

APP = Path(__file__).parent.parent / "app"
ONLINE = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "requests", "aiohttp", "PySide6.QtNetwork"}
PAINTED = APP / "exporters" / "painted"
"""Documents that are drawn: they may paint with Qt, without a window."""


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_widgets_are_imported_under_the_window_alone() -> None:
    elsewhere = [path for path in APP.rglob("*.py") if APP / "ui" not in path.parents]
    assert [
        path.name for path in elsewhere if any(name.startswith("PySide6.QtWidgets") for name in imported(path))
    ] == []


def test_all_but_the_window_and_painted_documents_runs_without_qt() -> None:
    elsewhere = [path for path in APP.rglob("*.py") if not {APP / "ui", PAINTED} & set(path.parents)]
    assert len(elsewhere) > 50
    assert [path.name for path in elsewhere if any(name.startswith("PySide6") for name in imported(path))] == []


def test_nothing_that_goes_online_is_imported() -> None:
    found = {
        (path.name, name) for path in APP.rglob("*.py") for name in imported(path)
        if any(name == one or name.startswith(f"{one}.") for one in ONLINE)
    }  # fmt: skip
    assert found == set()


def test_no_file_is_longer_than_one_sitting() -> None:
    assert [path.name for path in APP.rglob("*.py") if len(path.read_text(encoding="utf-8").split("\n")) > 500] == []


def test_months_are_named_in_one_place_and_in_one_language() -> None:
    """A window takes over the language of the system, and with it the months of `strftime`; documents stay English."""
    named = [path.name for path in APP.rglob("*.py") if any(form in path.read_text(encoding="utf-8")
                                                            for form in ("%B", "%b"))]  # fmt: skip
    assert named == []
