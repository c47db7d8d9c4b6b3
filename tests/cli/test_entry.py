"""The entry of the program: what opens the window, what runs without one, and what is never imported for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import app.ui.start
from app import __version__
from app.__main__ import main
from app.cli import COMMANDS, run
from app.cli.parser import parse
from tests.cli.conftest import Reflexa

HEAVY = ("sqlalchemy", "argparse", "docx", "lxml", "app.study", "app.cli.parser")


def program(*words: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    """The real program in a process of its own, with a locale that knows no letter beyond ASCII."""
    environment = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    environment.pop("QT_QPA_PLATFORM", None)
    environment |= {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"} | more
    return subprocess.run([sys.executable, "-m", "app", *words], env=environment, capture_output=True, check=False)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path | None]:
    """What the window was asked to open; no window appears."""
    asked: list[Path | None] = []

    def open_window(study: Path | None) -> int:
        asked.append(study)
        return 0

    monkeypatch.setattr(app.ui.start, "open_window", open_window)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    return asked


def test_without_words_the_window_opens(opened: list[Path | None]) -> None:
    assert main([]) == 0
    assert opened == [None]


def test_a_study_opens_the_window_on_it(opened: list[Path | None], closed: Path) -> None:
    assert main([str(closed)]) == 0
    assert main(["not-there.reflexa"]) == 0
    assert opened == [closed, Path("not-there.reflexa")]


def test_a_file_that_exists_opens_the_window_whatever_its_ending(opened: list[Path | None], tmp_path: Path) -> None:
    file = tmp_path / "old.copy"
    file.touch()
    assert main([str(file)]) == 0
    assert opened == [file]


def test_a_word_that_is_no_command_and_no_file_is_not_understood(
    opened: list[Path | None], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["nonsense"]) == 2
    assert opened == []
    assert "nonsense" in capsys.readouterr().err


def test_a_command_wins_over_a_file_of_the_same_name(
    opened: list[Path | None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("info").touch()
    assert main(["info"]) == 2
    assert opened == []


def test_without_a_display_one_sentence_says_so() -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux starts without a display")
    done = program()
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.count(b"\n") == 1
    assert b"no display" in done.stderr


def test_the_window_costs_no_import_that_only_commands_need() -> None:
    look = (
        "import sys, types; start = types.ModuleType('app.ui.start'); start.open_window = lambda path: 0;"
        " sys.modules['app.ui.start'] = start; import app.__main__ as entry; assert entry.main(['x.reflexa']) == 0;"
        f" print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", look], env=os.environ | {"QT_QPA_PLATFORM": "offscreen"}, capture_output=True, check=True
    )
    assert done.stdout.strip() == b"[]"


def test_the_version_is_said(reflexa: Reflexa) -> None:
    assert reflexa("--version").out == f"Reflexa {__version__}\n"


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help(reflexa: Reflexa, command: str) -> None:
    answer = reflexa(command, "--help")
    assert answer.code == 0
    assert len(answer.out.splitlines()) > 5


def test_help_names_every_command(reflexa: Reflexa) -> None:
    said = reflexa("--help").out
    assert all(f"    {command}" in said for command in COMMANDS)


def test_the_list_of_commands_is_that_of_the_parser() -> None:
    for command in COMMANDS:
        with pytest.raises(SystemExit) as leaving:
            parse([command, "--help"])
        assert leaving.value.code == 0


@pytest.mark.parametrize("words", [[], ["code"], ["info"], ["info", "x", "--nonsense"], ["code", "x", "--start", "a"]])
def test_what_is_not_understood_ends_with_two(reflexa: Reflexa, words: list[str]) -> None:
    answer = reflexa(*words)
    assert (answer.code, answer.out) == (2, "")
    assert "usage: reflexa" in answer.err


def test_results_are_utf8_whatever_the_locale(closed: Path) -> None:
    run(["code", str(closed), "--source", "FG1", "--start", "0", "--end", "6", "--code", "帰属 😀"])
    done = program("history", str(closed), "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout.decode())[-1]["label"] == "Code excerpt as ‘帰属 😀’"


def test_a_reader_who_stops_reading_hears_nothing_more(closed: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no such pipe")
    command = f'"{sys.executable}" -m app dump "{closed}" | true'
    done = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert done.stderr == b""
