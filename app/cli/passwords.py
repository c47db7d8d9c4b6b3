"""Passwords on the command line: asked for on a terminal or read from standard input, never an argument."""

from __future__ import annotations

import sys
from argparse import Namespace
from getpass import getpass

from app.cipher import looks_encrypted
from app.cli.errors import DONE, UsageError
from app.cli.speech import finish, say, show, show_json
from app.errors import NotPossible
from app.password import Password
from app.protecting import LIMITS, protect
from app.study import Study


def password_of(arguments: Namespace) -> Password | None:
    """The password of the study a command speaks of; None where none was given and none can be asked for."""
    if arguments.password is None:
        if arguments.password_stdin:
            arguments.password = _line()
        elif _on_terminal() and looks_encrypted(arguments.study):
            arguments.password = _asked(f"Password of {arguments.study.name}: ")
    found: Password | None = arguments.password
    return found


def password_for_new(arguments: Namespace) -> Password | None:
    """The password of a study that is to be made; None for a plain one. Raises NotPossible if it is too weak."""
    if not (arguments.password_stdin or getattr(arguments, "encrypt", False)):
        return None
    return _chosen(arguments)


def put_on(arguments: Namespace) -> int:
    """Give a plain study a password."""
    with Study.open(arguments.study) as study:
        return _rewritten(arguments, study, _chosen(arguments))


def change(arguments: Namespace) -> int:
    """Another password for an encrypted study."""
    with _encrypted(arguments) as study:
        return _rewritten(arguments, study, _chosen(arguments))


def remove(arguments: Namespace) -> int:
    """Free a study from its password."""
    with _encrypted(arguments) as study:
        return _rewritten(arguments, study, None)


def _encrypted(arguments: Namespace) -> Study:
    study = Study.open(arguments.study, password=password_of(arguments))
    if not study.encrypted:
        study.close()
        raise NotPossible(f"“{arguments.study.name}” has no password, so nothing was changed.")
    return study


def _rewritten(arguments: Namespace, study: Study, password: Password | None) -> int:
    done = protect(study, password)
    for path in done.left:
        say(f"This backup has not the same password now: {path}")
    if arguments.json:
        show_json(
            {"study": str(arguments.study), "encrypted": study.encrypted, "left": [str(one) for one in done.left]}
        )
    else:
        show("The study has a new password." if study.encrypted else "The study has no password any more.")
        if study.encrypted:
            say(LIMITS)
            say("Nobody can open the study without it, and it cannot be found out: keep it where you will find it.")
    return DONE


def _chosen(arguments: Namespace) -> Password:
    """A new password: the next line of standard input, or typed twice."""
    if arguments.password_stdin:
        password = _line()
    elif _on_terminal():
        say("Without its password nobody can open a study, not you either: there is no other way in.")
        password = _asked("New password: ")
        password.check()
        if password != _asked("The same again: "):
            raise NotPossible("The two are not the same. Nothing was changed.")
    else:
        raise UsageError("Nobody can be asked for a password here: give it with --password-stdin.")
    password.check()
    return password


def _line() -> Password:
    """The next line of standard input."""
    if sys.stdin is None:
        raise UsageError("There is no standard input to read a password from.")
    try:
        return Password(sys.stdin.buffer.readline().decode("utf-8").rstrip("\r\n"))
    except UnicodeDecodeError:
        raise UsageError("A password on standard input is text in UTF-8.") from None


def _asked(question: str) -> Password:
    finish()
    try:
        return Password(getpass(question, stream=sys.stderr))
    except EOFError:
        raise NotPossible("No password was given. Nothing was changed.") from None


def _on_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()
