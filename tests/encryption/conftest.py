"""An encrypted study on disk, and the words that may stand in no byte beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.operations.codes import create_code
from app.operations.codings import code_passage
from app.operations.studies import new_study
from app.password import Password
from app.study import Study
from tests.material import bring_in

TYPED = "Zebras wade at noon"
PASSWORD = Password(TYPED)
OTHER = Password("Quite another one, really")

WORDS = ("Moderator", "belong", "honestly", "noticed", "Belonging", "Being noticed", "CREATE TABLE", "Zebras")
"""Long enough not to stand in noise by chance."""


def plain_words_in(folder: Path) -> list[tuple[str, str]]:
    """(file, word) of each word that stands readable in any file below a folder, in UTF-8 or UTF-16."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            found += [
                (path.name, word)
                for word in WORDS
                for form in (word.encode(), word.encode("utf-16-le"))
                if form in content
            ]
    return found


@pytest.fixture(scope="session")
def encrypted_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An encrypted study with some work in it, made once."""
    path = tmp_path_factory.mktemp("encrypted") / "belonging.reflexa"
    with new_study(path, "Belonging", password=PASSWORD) as study:
        talk = bring_in(study)
        code = study.run(create_code, "Being noticed")
        study.run(code_passage, talk.source_id, *talk.span("Somebody noticed"), code)
    return path.read_bytes()


@pytest.fixture
def locked(path: Path, encrypted_bytes: bytes) -> Path:
    """The path of that study, closed."""
    path.touch(mode=0o600)
    path.write_bytes(encrypted_bytes)
    return path


@pytest.fixture
def unlocked(locked: Path) -> Iterator[Study]:
    """That study, open for writing."""
    with Study.open(locked, password=PASSWORD) as study:
        yield study
