"""Broken copies of a good study are refused or reported, and never bring the program down."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from app.demo import build_demo
from tests.hostile.judging import everything, judged, opens
from tests.hostile.mutants import Due, mutants

EVERY = 20
"""Of the many mutants only every so-manieth is tried here; `make soak` tries all."""


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("good") / "good.reflexa"
    build_demo(path).close()
    return path


def test_every_mutant_is_refused_or_reported(good: Path, figure: Callable[[str], None]) -> None:
    rows = everything(good)
    wrong, tried = {}, 0
    for number, mutant in enumerate(mutants(good, bits=20)):
        if mutant.due == Due.REPORTED and number % EVERY:
            continue
        tried += 1
        with tempfile.TemporaryDirectory() as folder:
            fault = judged(mutant, rows, Path(folder), opens)
        if fault:
            wrong[mutant.name] = fault
    figure(f"mutants of a study: {tried - len(wrong)} of {tried} refused, reported or harmless")
    assert tried > 100
    assert wrong == {}
