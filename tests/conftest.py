"""Fixtures shared by all tests: a new study on disk, and a small transcript in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.operations.studies import new_study
from app.study import Study
from tests.material import Talk, bring_in


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a study of this test lies; the file is not there yet."""
    return tmp_path / "belonging.reflexa"


@pytest.fixture
def study(path: Path) -> Iterator[Study]:
    """A new study, open for writing."""
    with new_study(path, "Belonging") as made:
        yield made


@pytest.fixture
def talk(study: Study) -> Talk:
    """A transcript of Nur, Bilal and a moderator in group FG1 of `study`."""
    return bring_in(study)
