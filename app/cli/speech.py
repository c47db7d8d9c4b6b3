"""The one place of the command line that prints: results to standard output, messages to standard error, in UTF-8."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable
from typing import Any


def speak_utf8() -> None:
    """UTF-8 and LF on both streams, whatever the locale; half characters of a file's name are shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def show(line: str = "") -> None:
    """One line of the result."""
    print(line)


def show_json(value: Any) -> None:
    """The result as one JSON value."""
    print(json.dumps(value, ensure_ascii=False))


def show_raw(content: bytes) -> None:
    """The result as it is, with nothing added."""
    finish()
    if sys.stdout is not None:
        sys.stdout.buffer.write(content)


def show_table(rows: Iterable[tuple[str, object]]) -> None:
    """Names and what belongs to them, one under the other."""
    held = [(name, str(value)) for name, value in rows]
    width = max((len(name) for name, _ in held), default=0)
    for name, value in held:
        show(f"{name:<{width}}  {value}".rstrip())


def say(sentence: str) -> None:
    """A message for the person."""
    finish()
    print(f"reflexa: {sentence}", file=sys.stderr)


def finish() -> None:
    """Bring out what is still held back. Raises BrokenPipeError where nobody reads on, OSError on a full disk."""
    if sys.stdout is not None:  # a process may be started without one
        sys.stdout.flush()
