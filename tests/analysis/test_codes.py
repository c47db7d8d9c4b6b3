"""The tree of codes: read anew, or only what of it changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from app.analysis.codes import code_rows, code_rows_after
from app.operations.codes import bring_back, create_code, delete_code, edit_code, move_code, set_aside
from app.study import Study


@pytest.fixture
def tree(study: Study) -> dict[str, str]:
    """Support / (Peers / Friends, Mentors), Distance, of which each has a place."""
    made = {"Support": study.run(create_code, "Support")}
    made["Peers"] = study.run(create_code, "Peers", parent_id=made["Support"])
    made["Friends"] = study.run(create_code, "Friends", parent_id=made["Peers"])
    made["Mentors"] = study.run(create_code, "Mentors", parent_id=made["Support"])
    made["Distance"] = study.run(create_code, "Distance")
    return made


@pytest.mark.parametrize(
    ("act", "name", "values"),
    [
        (edit_code, "Support", {"name": "Being held"}),
        (edit_code, "Peers", {"name": "Equals"}),
        (edit_code, "Friends", {"name": "Aa"}),
        (edit_code, "Distance", {"colour": "#112233"}),
        (edit_code, "Mentors", {"brief": "what mentors do"}),
        (move_code, "Friends", {"parent_id": None, "position": 0}),
        (move_code, "Distance", {"parent_id": None, "position": 0}),
        (set_aside, "Support", {"reason": "too wide"}),
        (delete_code, "Distance", {}),
        (delete_code, "Support", {}),
    ],
)
def test_reading_only_what_changed_gives_what_reading_all_gives(
    study: Study, tree: dict[str, str], act: Callable[..., Any], name: str, values: dict[str, Any]
) -> None:
    def read() -> None:
        with study.read() as session:
            rows = code_rows(session)
            assert code_rows_after(session, before, changed[-1]) == rows
            before.clear()
            before.update({row.id: row for row in rows})

    changed: list[frozenset[str]] = []
    study.listen(lambda notice: changed.append(notice.rows.get("code", frozenset())))
    with study.read() as session:
        before = {row.id: row for row in code_rows(session)}
    study.run(act, tree[name], **values)
    read()
    study.undo()
    read()
    study.redo()
    read()


def test_codes_that_come_or_come_back_are_read(study: Study, tree: dict[str, str]) -> None:
    with study.read() as session:
        before = {row.id: row for row in code_rows(session)}
    new = study.run(create_code, "New", parent_id=tree["Peers"])
    study.run(set_aside, tree["Distance"])
    study.run(bring_back, tree["Distance"])
    with study.read() as session:
        found = code_rows_after(session, before, frozenset({new, tree["Distance"]}))
        assert found == code_rows(session)
        assert "Support / Peers / New" in [row.path for row in found]
        assert code_rows_after(session, {}, frozenset()) == found
