"""A study file that a property may make anew for each of its examples."""

from __future__ import annotations

from pathlib import Path

import pytest


class Fresh:
    """A place where a new study lies again and again."""

    def __init__(self, path: Path, content: bytes) -> None:
        self._path, self._content = path, content

    def again(self) -> Path:
        """A new study without anything in it."""
        self._path.write_bytes(self._content)
        return self._path


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory, blank: bytes) -> Fresh:
    """Where examples work one after the other."""
    return Fresh(tmp_path_factory.mktemp("fresh") / "work.reflexa", blank)
