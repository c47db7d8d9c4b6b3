"""The entry of `reflexa`: no sub-command opens the window, a sub-command runs without one.

Nothing heavy is imported before it is known what is wanted, so that the window is painted as early as can be.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

STUDY_SUFFIX = ".reflexa"
READ_ONLY = "--read-only"


def main(argv: Sequence[str] | None = None) -> int:
    """Open the window (`reflexa`, `reflexa [--read-only] STUDY`) or run a sub-command; returns the exit code."""
    os.umask(0o077)  # whatever the program makes is for its owner alone: studies, backups, outputs, settings, log
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments:
        return _window(None)
    if len(arguments) == 1 and _names_a_study(arguments[0]):
        return _window(Path(arguments[0]))
    if len(arguments) == 2 and READ_ONLY in arguments:
        study = arguments[1 - arguments.index(READ_ONLY)]
        if _names_a_study(study):
            return _window(Path(study), read_only=True)
    try:
        from app.cli import run

        return run(arguments)
    except KeyboardInterrupt:
        return 130


def _names_a_study(argument: str) -> bool:
    if argument.endswith(STUDY_SUFFIX):
        return True
    from app.cli import COMMANDS

    if argument in COMMANDS or argument.startswith("-"):
        return False
    return Path(argument).exists()


def _window(study_path: Path | None, *, read_only: bool = False) -> int:
    if not _has_display():
        _say("There is no display to open a window on. `reflexa --help` says what works without.")
        return 1
    # Tens of thousands of objects are made while starting and none of them is garbage: looking for some costs a
    # quarter of the time. The window turns the collector on again once it is painted.
    gc.disable()
    try:
        from app.ui.start import open_window
    except ImportError as error:
        _say(f"The window cannot be opened ({error}). Everything else works without it.")
        return 1
    return open_window(study_path, read_only=True) if read_only else open_window(study_path)


def _say(sentence: str) -> None:
    sys.stderr.write(f"reflexa: {sentence}\n")


def _has_display() -> bool:
    """Whether a window may be tried: on Linux, Qt would otherwise abort the process with a page of its own words."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


if __name__ == "__main__":
    sys.exit(main())
