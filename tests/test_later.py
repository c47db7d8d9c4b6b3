"""What no study needs is not imported just because a library asks for it."""

from __future__ import annotations

import subprocess
import sys


def said_by(probe: str) -> str:
    """What a process of its own prints."""
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.strip()


def test_a_study_is_opened_without_servers_and_plug_ins() -> None:
    names = "('ssl', 'socket', 'asyncio.events', 'subprocess', 'email.message', 'importlib.metadata._adapters')"
    probe = f"import sys, app.study, app.analysis.codes; print([name for name in {names} if name in sys.modules])"
    assert said_by(probe) == "[]"


def test_a_module_comes_as_it_is_when_something_of_it_is_used() -> None:
    probe = (
        "import sys, app, asyncio\n"
        "from importlib import metadata\n"
        "taken = asyncio.iscoroutine\n"
        "assert 'asyncio.events' not in sys.modules\n"
        "async def nothing(): return 7\n"
        "made = nothing()\n"
        "assert taken(made) and not taken(7)\n"
        "print(asyncio.run(made), metadata.version('SQLAlchemy')[0], sys.modules['asyncio'].__spec__.name)\n"
        "import asyncio.queues, importlib.metadata\n"
        "assert sys.modules['asyncio'].Queue is asyncio.queues.Queue\n"
        "assert importlib.metadata is sys.modules['importlib.metadata']\n"
    )
    assert said_by(probe) == "7 2 asyncio"


def test_a_module_that_is_there_already_stays() -> None:
    assert said_by("import asyncio as before, app, asyncio; print(before is asyncio)") == "True"
