"""A plugin of pytest that counts what would go online: `-p tests.no_sockets`. At the end it says how many there were.

Python raises an audit event for each socket that is made or used, whatever library does it. The display is no concern
of it: offscreen there is none, and Qt's own connection to one is not made through Python.
"""

from __future__ import annotations

import sys

SEEN: list[str] = []


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if event.startswith("socket."):
        SEEN.append(f"{event} {arguments[:3]!r}")


sys.addaudithook(_hear)


def pytest_unconfigure() -> None:
    sys.stdout.write(f"\nsockets opened: {len(SEEN)}\n")
    for one in SEEN[:20]:
        sys.stdout.write(f"  {one}\n")
