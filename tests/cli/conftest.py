"""The command line as tests use it: run in-process, answers as exit code, standard output and standard error."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.cli import run
from app.operations.studies import new_study
from tests.material import bring_in


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON value that it must be."""
        return json.loads(self.out)


Reflexa = Callable[..., Answer]


@pytest.fixture(autouse=True)
def log_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Logs of a test stay in its own folder."""
    folder = tmp_path / "state"
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    return folder


@pytest.fixture
def reflexa(capsys: pytest.CaptureFixture[str]) -> Reflexa:
    """Run one command: reflexa("info", path, "--json")."""

    def command(*words: object) -> Answer:
        capsys.readouterr()
        code = run([str(word) for word in words])
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return command


@pytest.fixture
def closed(path: Path) -> Path:
    """A closed study with the transcript “FG1” of Nur, Bilal and a moderator."""
    with new_study(path, "Belonging", smallest_group=1) as study:
        bring_in(study)
    return path


@pytest.fixture
def talk_file(tmp_path: Path) -> Path:
    """A transcript as a text file."""
    file = tmp_path / "FG2.txt"
    file.write_text(
        "Ana: At the café 😀 it felt right.\n\n"
        "Moderator: And for you?\n\n"
        "Ben: For me it took a year.\n\n"
        "Moderator: A year?\n\n"
        "Ben: A whole year, yes.\n\n"
        "Ana: That is long.\n",
        encoding="utf-8",
    )
    return file
