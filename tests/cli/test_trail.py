"""`reflexa phase`, the filters of `history`, and `dump --at`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.cli import run
from app.operations.codes import create_code, edit_code
from app.study import Study


def _asked(capsys: pytest.CaptureFixture[str], *argv: str) -> object:
    capsys.readouterr()
    assert run([*argv, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_the_phase_is_said_asked_and_left(study: Study, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    study.close()
    name = str(path)
    assert _asked(capsys, "phase", name) == {"phase": None}
    assert _asked(capsys, "phase", name, "coding") == {"phase": "coding"}
    assert _asked(capsys, "phase", name, "6") == {"phase": "writing up"}
    assert _asked(capsys, "phase", name, "--leave") == {"phase": None}
    assert run(["phase", name, "dreaming"]) == 2


def test_history_is_filtered_and_the_past_is_dumped(
    study: Study, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with study.change(at=datetime(2024, 4, 2, 10, tzinfo=UTC), actor="Aina") as session:
        code = create_code(session, "Ghosting")
    with study.change(at=datetime(2024, 4, 9, 10, tzinfo=UTC)) as session:
        edit_code(session, code, name="Silence")
    study.close()
    name = str(path)

    def labels(*filters: str) -> list[str]:
        return [change["label"] for change in _asked(capsys, "history", name, *filters)]  # type: ignore[attr-defined]

    renamed, made = "Rename code ‘Ghosting’ to ‘Silence’", "Create code ‘Ghosting’"
    assert labels() == ["Create study", made, renamed]
    assert labels("--object", "Silence") == [made, renamed]
    assert labels("--person", "Aina") == [made]
    assert labels("--kind", "intentions") == ["Create study"]
    assert labels("--since", "2024-04-09", "--until", "2024-04-09") == [renamed]
    assert run(["history", name, "--kind", "dreams"]) == 2
    then = _asked(capsys, "dump", name, "--at", "2")
    assert [row["name"] for row in then["code"]] == ["Ghosting"]  # type: ignore[index]
    assert run(["dump", name, "--at", "0"]) == 1
