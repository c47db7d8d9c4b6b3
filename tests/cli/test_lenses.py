"""The commands on lenses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.cli import run
from app.operations.studies import new_study


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A study file that nobody has open."""
    path = tmp_path / "s.reflexa"
    new_study(path, "S").close()
    return path


def test_a_lens_is_added_used_listed_and_exported(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lens", "add", str(made), "modes-of-belonging"]) == 0
    assert run(["lens", "use", str(made), "modes of belonging"]) == 0
    capsys.readouterr()
    assert run(["lens", "list", str(made), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [(one["name"], one["in_use"]) for one in said["lenses"]][1] == ("Modes of belonging", True)
    assert said["shipped"] == ["cop-fourteen-indicators", "domain-community-practice"]
    out = made.with_name("modes.json")
    assert run(["lens", "export", str(made), "Modes of belonging", "-o", str(out)]) == 0
    assert run(["lens", "export", str(made), "Modes of belonging", "-o", str(out)]) == 1
    mine = json.loads(out.read_text(encoding="utf-8"))
    mine["name"] = "Mine"
    out.write_text(json.dumps(mine), encoding="utf-8")
    assert run(["lens", "add", str(made), str(out)]) == 0
    assert run(["lens", "add", str(made), str(out)]) == 1
    assert run(["lens", "use", str(made), "nobody's"]) == 1
    assert "There are: Community of Practice" in capsys.readouterr().err
