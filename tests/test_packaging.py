"""What is installed: the wheel carries its files, every version is pinned, every licence is named.

`make wheel` builds the wheel and tries it; these are the mistakes that are found sooner.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from fnmatch import fnmatch
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from app.resources import resource
from tests.test_house_rules import our_files

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUN_TIME: list[str] = PROJECT["project"]["dependencies"]
DEVELOPMENT: list[str] = PROJECT["project"]["optional-dependencies"]["dev"]


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
