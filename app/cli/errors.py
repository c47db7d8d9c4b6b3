"""The one place of the command line where an error becomes a sentence and an exit code."""

from __future__ import annotations

import argparse
import logging
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from app.cli.speech import finish, say, speak_utf8
from app.errors import ReflexaError

DONE, NOT_DONE, NOT_UNDERSTOOD, INTERRUPTED, NOBODY_READS = 0, 1, 2, 130, 141


class UsageError(Exception):
    """What was typed makes no sense although every word is known; ends with exit code 2."""


def guarded(parse: Callable[[Sequence[str]], argparse.Namespace], argv: Sequence[str]) -> int:
    """Parse and run, and turn whatever is raised into one line and an exit code."""
    speak_utf8()
    logging.lastResort = None
    try:
        return _attempt(parse, argv)
    except BrokenPipeError:
        _let_go_of_stdout()
        return NOBODY_READS


def _attempt(parse: Callable[[Sequence[str]], argparse.Namespace], argv: Sequence[str]) -> int:
    arguments = argparse.Namespace()
    try:
        arguments = parse(argv)
        module, _, function = arguments.handler.partition(":")
        code: int = getattr(import_module(f"app.cli.{module}"), function)(arguments)
        finish()
        return code
    except SystemExit as leaving:  # argparse has said all there is to say
        return leaving.code if isinstance(leaving.code, int) else NOT_UNDERSTOOD
    except UsageError as error:
        say(str(error))
        return NOT_UNDERSTOOD
    except ReflexaError as error:
        say(error.sentence)
        return NOT_DONE
    except KeyboardInterrupt:
        say("Stopped. Nothing is half done.")
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - no traceback reaches a person
        if isinstance(error, OSError):
            _let_go_of_stdout()  # it may be what refused, and would refuse again at the very end
        say(_damaged(arguments) or f"Something unexpected went wrong ({type(error).__name__}). {_logged(error)}")
        return NOT_DONE


def _damaged(arguments: argparse.Namespace) -> str:
    """What nobody expected may be the file's doing: then that is the sentence, and nothing has to be logged."""
    study = getattr(arguments, "study", None)
    with suppress(Exception):
        from app.analysis.verify import verify
        from app.cipher import looks_encrypted

        password = getattr(arguments, "password", None)
        if (
            study is not None
            and study.exists()
            and (password or not looks_encrypted(study))
            and verify(study, password=password)
        ):
            return f"“{study.name}” is damaged. `reflexa verify` says what is wrong; open a backup."
    return ""


def _logged(error: Exception) -> str:
    """Write down where it happened, without any value; returns where the log is, in words."""
    with suppress(Exception):  # the log is a service: without it the sentence stands alone
        log = log_path()
        log.parent.mkdir(parents=True, exist_ok=True)
        places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        with log.open("a", encoding="utf-8") as file:
            file.write(f"{moment} unexpected {type(error).__name__} at {' > '.join(places)}\n")
        return f"Where it happened is in “{log}”."
    return "It could not be written down."


def log_path() -> Path:
    """The log of this person on this computer: moments, places in the program and types of errors, nothing else."""
    from platformdirs import user_log_path

    return user_log_path("Reflexa", appauthor=False) / "reflexa.log"


def _let_go_of_stdout() -> None:
    """Nobody reads what is printed (`reflexa dump ... | head`): stay quiet also when Python flushes at its end."""
    with suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
