"""Fixtures shared by all tests: a new study on disk, and a small transcript in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from app.backups import Rules
from app.operations.studies import new_study
from app.study import Study
from tests.material import Talk, bring_in


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
