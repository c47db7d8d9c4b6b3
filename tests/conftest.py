"""Fixtures shared by all tests: a new study on disk, a small transcript in it, studies that are made once."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if Path("/dev/shm").is_dir() and shutil.disk_usage("/dev/shm").free > 2_000_000_000:
    # Each change waits for the disk, and there are thousands: studies of tests lie in memory where that has room.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", "/dev/shm")

from app.backups import Rules
from app.operations.studies import new_study
from app.study import Study
from tests.material import MadeOnce, Talk, bring_in


@pytest.fixture(scope="session", autouse=True)
def one_application(qapp: object) -> None:
    """Windows want the application to be the first; a test that paints a figure would make a lesser one before them."""


@pytest.fixture(scope="session", autouse=True)
def settings_of_nobody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test sees or alters what the person at this machine chose; no backup is made unless a test asks for it."""
    before = os.environ.get("XDG_CONFIG_HOME")
    os.environ["XDG_CONFIG_HOME"] = str(tmp_path_factory.mktemp("config"))
    Rules(automatic=False).save()
    yield
    if before is None:
        del os.environ["XDG_CONFIG_HOME"]
    else:
        os.environ["XDG_CONFIG_HOME"] = before


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Says a figure of the test, such as "kills survived: 15 of 15"; all of them are printed at the end of the run."""
    return lambda said: request.node.user_properties.append(("figure", said))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests said with `figure`."""
    reports = [one for held in terminalreporter.stats.values() for one in held if getattr(one, "when", "") == "call"]
    said = sorted(text for one in reports for name, text in one.user_properties if name == "figure")
    if said:
        terminalreporter.section("figures", sep="-")
        for text in said:
            terminalreporter.line(text)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a study of this test lies; the file is not there yet."""
    return tmp_path / "belonging.reflexa"


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A new study as a file, made once."""
    path = tmp_path_factory.mktemp("blank") / "blank.reflexa"
    new_study(path, "Belonging", smallest_group=1).close()
    return path.read_bytes()


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """`made_once(make, path)`: what `make` leaves at a path and returns; it is made once, and each test has a copy."""
    held: dict[object, tuple[bytes, object]] = {}

    def copy(make: Callable[[Path], Any], path: Path) -> Any:
        if make not in held:
            first = tmp_path_factory.mktemp("once") / path.name
            result = make(first)
            held[make] = first.read_bytes(), result
        content, result = held[make]
        path.touch(mode=0o600)
        path.write_bytes(content)
        return result

    return copy


@pytest.fixture
def study(path: Path, blank: bytes) -> Iterator[Study]:
    """A new study, open for writing."""
    path.touch(mode=0o600)
    path.write_bytes(blank)
    with Study.open(path) as opened:
        yield opened


@pytest.fixture
def talk(study: Study) -> Talk:
    """A transcript of Nur, Bilal and a moderator in group FG1 of `study`."""
    return bring_in(study)
