"""What leaves the house: the wheel carries its files, versions are pinned, licences named, and nobody's machine shows.

`make wheel` builds the wheel and tries it; these are the mistakes that are found sooner.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from app.resources import resource

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUN_TIME: list[str] = PROJECT["project"]["dependencies"]
DEVELOPMENT: list[str] = PROJECT["project"]["optional-dependencies"]["dev"]
IGNORED = [".git", *(line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split())]

MACHINE_PATH = re.compile(rb"(?<![\w.:/-])/(work|root|tmp|home|opt)/\w")
REGISTRY_HOST = re.compile(rb"(pypi|pythonhosted|npmjs|anaconda|debian|ubuntu)\.(org|com)\b")


def our_files(top: Path = ROOT) -> Iterator[Path]:
    """Every file that is not built, cached or anybody's study."""
    for folder, folders, files in os.walk(top):
        folders[:] = [name for name in folders if not _ignored(name)]
        yield from (Path(folder, name) for name in files if not _ignored(name))


def _ignored(name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in IGNORED)


def needed(requirements: Iterable[str]) -> set[str]:
    """The names of all packages that these need here, and those need, and so on."""
    names: set[str] = set()
    waiting = [Requirement(one) for one in requirements]
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        if name in names or (one.marker and not one.marker.evaluate({"extra": ""})):
            continue
        names.add(name)
        waiting += [Requirement(line) for line in requires(name) or ()]
    return names


def test_every_resource_has_an_ending_that_goes_into_the_wheel() -> None:
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["*"]
    resources = {path.name for path in our_files(ROOT / "resources") if path.suffix != ".py"}
    assert "codebook.json" in resources
    assert {name for name in resources if not any(fnmatch(name, pattern) for pattern in patterns)} == set()


def test_the_program_has_no_data_outside_resources() -> None:
    assert {path.suffix for path in our_files(ROOT / "app")} == {".py"}


def test_resources_are_found_as_a_package() -> None:
    assert resource("lenses", "cop-three-dimensions.json").is_file()


def test_every_package_is_pinned_to_one_version() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines() if line[0] != "#"]
    pins = {canonicalize_name(line.partition("==")[0]) for line in lines if re.fullmatch(r"[\w.-]+==[\w.]+", line)}
    assert len(pins) == len(lines)
    assert needed(RUN_TIME + DEVELOPMENT) - pins == set()


def test_the_licence_of_every_package_that_is_installed_with_the_program_is_named() -> None:
    words = re.findall(r"[\w.-]+\w", (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8"))
    assert needed(RUN_TIME) - {canonicalize_name(word) for word in words} == set()


def test_no_file_names_a_place_on_somebodys_machine_or_a_package_registry() -> None:
    contents = {str(path.relative_to(ROOT)): path.read_bytes() for path in our_files()}
    assert "Makefile" in contents
    assert {name for name, content in contents.items() if MACHINE_PATH.search(content)} == set()
    assert {name for name, content in contents.items() if REGISTRY_HOST.search(content)} == set()


def test_the_search_for_places_and_registries_finds_them() -> None:
    slash = b"/"
    assert MACHINE_PATH.search(b"see " + slash + b"home/ana/study")
    assert MACHINE_PATH.search(b'"' + slash + b'tmp/x"')
    assert not MACHINE_PATH.search(b"docs/home/start and https://example" + b".org/work/1")
    assert REGISTRY_HOST.search(b"https://files.pythonhosted" + b".org/")
