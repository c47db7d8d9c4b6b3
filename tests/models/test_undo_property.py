"""The promise of the change journal: whatever was done, undo all brings back the new study, redo all the work."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app import operations
from app.analysis.verify import verify
from app.errors import NotPossible
from app.operations.studies import new_study
from app.study import Study
from soak.deeds import newest_change
from tests.material import dumped
from tests.models import steps
from tests.models.steps import STEPS, Hand, furnish

UNDO, REDO = len(STEPS), len(STEPS) + 1
NUMBER = st.integers(0, 60)
WORK = st.lists(st.tuples(st.integers(0, REDO), st.tuples(NUMBER, NUMBER, NUMBER)), max_size=30)
SEED = [(0, (0, 0, 0)), (2, (0, 0, 0)), (2, (0, 0, 3)), (9, (0, 8, 30)), (17, (0, 0, 0))]

KEPT = ("export", "export_voice", "person")
"""What happened stays: a document that left and a name that was said are passed over by undo."""


def quick(path: Path) -> Study:
    """The study, open; power cuts are not the question here, so nothing waits for the disk."""
    study = Study.open(path)
    study.connection.execute("PRAGMA synchronous=OFF")
    study.connection.execute("PRAGMA journal_mode=MEMORY")
    return study


def work(study: Study, steps: list[tuple[int, tuple[int, int, int]]]) -> None:
    """Do these steps; a step that does not apply is refused and leaves nothing.

    The operation says so, and not the database: what must be there once only is known beforehand.
    """
    for which, numbers in steps:
        if which == UNDO:
            study.undo()
        elif which == REDO:
            study.redo()
        else:
            try:
                with study.change() as session:
                    STEPS[which](session, Hand(session, numbers))
            except NotPossible as error:
                assert "already one like it" not in error.sentence, (which, numbers)


def but_kept(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """The rows without what undo passes over."""
    return {table: found for table, found in rows.items() if table not in KEPT}


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, dict[str, list[dict[str, Any]]]]:
    """A place to work in, a new study with a little work in it as bytes, and the rows it had when it was new."""
    folder = tmp_path_factory.mktemp("property")
    with new_study(folder / "seed.reflexa", "Belonging") as study:
        new = dumped(study)
        work(study, SEED)
        assert all(dumped(study)[table] for table in ("source", "code", "coding", "theme_code"))
    return folder / "work.reflexa", (folder / "seed.reflexa").read_bytes(), new


@settings(max_examples=16, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(steps=WORK)
def test_undo_all_brings_back_the_new_study_and_redo_all_the_work(
    seeded: tuple[Path, bytes, dict[str, list[dict[str, Any]]]], steps: list[tuple[int, tuple[int, int, int]]]
) -> None:
    path, content, new = seeded
    path.write_bytes(content)
    with quick(path) as study:
        work(study, steps)
        assert verify(path, full=True) == []
        done = dumped(study)
        undone = 0
        while study.undo():
            undone += 1
        assert but_kept(dumped(study)) == but_kept(new)
    with quick(path) as study:
        for _ in range(undone):
            assert study.redo()
        assert dumped(study) == done
    with quick(path) as study:
        for _ in range(undone):
            assert study.undo()
        assert study.undo() is None
        assert but_kept(dumped(study)) == but_kept(new)
        for _ in range(undone):
            assert study.redo()
        assert dumped(study) == done
        assert verify(path, full=True) == []


def test_every_step_of_the_property_can_do_something(seeded: tuple[Path, bytes, object]) -> None:
    """The property is worth nothing for a step that is always refused."""
    path, content, _ = seeded
    path.write_bytes(content)
    ready = [(0, (1, 1, 1)), (49, (0, 0, 5)), (10, (0, 20, 40)), (17, (0, 1, 9)), (6, (1, 0, 0)), (27, (0, 0, 0)),
             (35, (1, 0, 9)), (54, (0, 0, 5)), (22, (0, 1, 0)), (22, (0, 2, 0)), (64, (0, 0, 0))]  # fmt: skip
    with quick(path) as study:
        work(study, ready)
        idle = idle_steps(study, range(len(STEPS)))
        study.run(furnish)
        assert idle_steps(study, idle) == []


def test_no_operation_is_left_out() -> None:
    """What announces itself to the journal is one of the steps; but for what nobody can take back, and parts of one."""
    said = Path(steps.__file__).read_text(encoding="utf-8")
    found = {
        name
        for module in pkgutil.walk_packages(operations.__path__, f"{operations.__name__}.")
        for name, made in inspect.getmembers(import_module(module.name), inspect.isfunction)
        if made.__module__ == module.name and "session.announce(" in inspect.getsource(made)
    }
    assert {name for name in found if f"{name}(" not in said} == {"withdraw", "make_permanent", "erase_note"}


def idle_steps(study: Study, steps: Iterable[int]) -> list[int]:
    """Those of the steps that alter nothing, whatever the numbers; what the others alter is taken back."""
    idle = []
    for which in steps:
        last, seq = study.next_undo(), newest_change(study)
        for number in range(40):
            work(study, [(which, (number, number * 7 % 61, number * 3 % 61))])
            if newest_change(study) != seq:  # a change that touches no row is none
                break
        else:
            idle.append(which)
        if study.next_undo() != last:
            study.undo()
    return idle
