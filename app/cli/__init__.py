"""The command line: what `reflexa COMMAND` does without a window. Importing this package is cheap.

`parser` says what can be typed, one module a group of commands does it, `speech` is the one place that prints, and
`run` the one place where an error becomes a line on standard error and an exit code: 0 done, 1 not done (one clear
line), 2 not understood, 130 interrupted, 141 nobody reads on.
"""

from __future__ import annotations

from collections.abc import Sequence

COMMANDS = frozenset(
    {
        "new", "demo", "preview", "import", "replace", "text", "participants", "code", "uncode", "codes", "theme",
        "map", "lens", "info", "dump", "search", "export", "undo", "redo", "history", "phase", "verify",
        "backups", "backup", "restore", "password",
    }
)  # fmt: skip


def run(argv: Sequence[str]) -> int:
    """Run one command; returns the exit code. Nothing is raised, whatever happens."""
    from app.cli.errors import guarded
    from app.cli.parser import parse

    return guarded(parse, argv)
