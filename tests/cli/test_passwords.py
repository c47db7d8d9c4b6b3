"""Passwords on the command line: from standard input or a terminal, for every command, and never shown."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cipher import looks_encrypted
from app.cli import passwords
from app.cli.parser import parse
from app.password import Password
from app.study import Study
from tests.cli.conftest import Reflexa

TYPED, OTHER = "Zebras wade at noon", "Quite another öne"

Give = Callable[..., None]


@pytest.fixture
def give(monkeypatch: pytest.MonkeyPatch) -> Give:
    """Put lines on standard input."""

    def lines(*held: str) -> None:
        content = "".join(f"{one}\n" for one in held).encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="ascii"))

    return lines


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Somebody sits at a terminal and types these answers; what they were asked comes back."""

    def answers(*held: str) -> list[str]:
        asked: list[str] = []
        waiting = list(held)

        def getpass(question: str, **_: object) -> str:
            asked.append(question)
            return waiting.pop(0)

        monkeypatch.setattr(passwords, "getpass", getpass)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        return asked

    return answers


@pytest.fixture
def encrypted(closed: Path) -> Path:
    with Study.open(closed) as study:
        study.set_password(Password(TYPED))
    return closed


COMMANDS = [
    ["info", "S", "--json"], ["dump", "S", "--json"], ["history", "S"], ["verify", "S", "--full"],
    ["search", "S", "belong"], ["text", "S", "--source", "FG1"], ["lens", "list", "S"],
    ["code", "S", "--source", "FG1", "--start", "5", "--end", "20", "--code", "Belonging"],
    ["theme", "add", "S", "--name", "Place"], ["export", "codebook", "S", "-o", "book.csv", "--force"],
    ["undo", "S"], ["redo", "S"],
]  # fmt: skip


def test_every_command_takes_the_password_from_standard_input(
    reflexa: Reflexa, encrypted: Path, give: Give, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for words in COMMANDS:
        command = [str(encrypted) if word == "S" else word for word in words]
        give(TYPED)
        answer = reflexa(*command, "--password-stdin")
        assert (answer.code, TYPED in answer.out + answer.err) == (0, False), words
        give("not the password")
        wrong = reflexa(*command, "--password-stdin")
        assert wrong.code == 1, words
        assert "password is wrong" in wrong.err + wrong.out, words
        give()
        missing = reflexa(*command)
        assert missing.code == 1, words
        assert "needs its password" in missing.err + missing.out, words
        for said in (wrong, missing):
            assert "not the password" not in said.out + said.err
            assert len((said.out + said.err).splitlines()) == 1


def test_every_command_on_a_study_has_the_option_and_none_takes_a_password_as_an_argument() -> None:
    parse(["info", "s.reflexa", "--password-stdin"])
    for words in (["--password", TYPED], ["--password-stdin", TYPED], [f"--password-stdin={TYPED}"]):
        with pytest.raises(SystemExit):
            parse(["info", "s.reflexa", *words])
    assert TYPED not in repr(parse(["new", "s.reflexa", "--encrypt"]))


def test_a_terminal_asks_only_for_an_encrypted_study(
    reflexa: Reflexa, encrypted: Path, path: Path, terminal: Callable[..., list[str]]
) -> None:
    asked = terminal(TYPED)
    assert reflexa("info", encrypted, "--json").json["encrypted"] is True
    assert asked == ["Password of belonging.reflexa: "]
    plain = path.with_name("plain.reflexa")
    asked = terminal()
    assert reflexa("new", plain).code == 0
    assert reflexa("info", plain, "--json").json["encrypted"] is False
    assert asked == []


def test_a_new_study_is_encrypted_when_a_password_is_given_or_asked_for(
    reflexa: Reflexa, path: Path, give: Give, terminal: Callable[..., list[str]]
) -> None:
    give(TYPED)
    assert reflexa("new", path, "--password-stdin").code == 0
    assert looks_encrypted(path)
    asked, second = terminal(OTHER, OTHER), path.with_name("second.reflexa")
    answer = reflexa("new", second, "--encrypt")
    assert (answer.code, len(asked)) == (0, 2)
    assert "nobody can open" in answer.err
    Study.open(second, password=Password(OTHER)).close()
    third = path.with_name("third.reflexa")
    terminal(OTHER, TYPED)
    assert "not the same" in reflexa("new", third, "--encrypt").err
    give("short")
    assert "at least 12" in reflexa("new", third, "--password-stdin").err
    give()
    assert reflexa("new", third, "--encrypt").code == 2
    assert not third.exists()


def test_a_password_is_set_changed_and_removed(reflexa: Reflexa, closed: Path, give: Give) -> None:
    give(TYPED)
    assert reflexa("password", "set", closed, "--password-stdin").code == 0
    assert looks_encrypted(closed)
    give(TYPED, OTHER)
    assert reflexa("password", "change", closed, "--password-stdin", "--json").json["encrypted"] is True
    give(TYPED)
    assert reflexa("password", "remove", closed, "--password-stdin").code == 1
    give(OTHER)
    assert reflexa("password", "remove", closed, "--password-stdin").code == 0
    assert not looks_encrypted(closed)
    give(OTHER)
    assert "has no password" in reflexa("password", "remove", closed, "--password-stdin").err
    assert reflexa("verify", closed).out == "ok\n"


def test_a_study_with_a_password_gets_no_second_one_by_set(reflexa: Reflexa, encrypted: Path, give: Give) -> None:
    before = encrypted.read_bytes()
    give(OTHER)
    assert reflexa("password", "set", encrypted, "--password-stdin").code == 1
    assert encrypted.read_bytes() == before


def test_the_real_program_never_shows_the_password(encrypted: Path) -> None:
    for words in (["info"], ["verify"], ["password", "change"]):
        done = subprocess.run(
            [sys.executable, "-m", "app", *words, str(encrypted), "--password-stdin"],
            input=f"{TYPED}\nshort\n".encode(), capture_output=True, check=False,
        )  # fmt: skip
        assert TYPED.encode() not in done.stdout + done.stderr
        assert b"Traceback" not in done.stderr
        assert done.returncode == (1 if "change" in words else 0)


def test_bytes_that_are_no_text_are_no_password(
    reflexa: Reflexa, encrypted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe\n")))
    assert reflexa("info", encrypted, "--password-stdin").code == 2
    monkeypatch.setattr(sys, "stdin", None)
    assert reflexa("info", encrypted, "--password-stdin").code == 2
    assert reflexa("info", encrypted).code == 1
