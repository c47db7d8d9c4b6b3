"""Commands on the backups of a study: backups, backup, restore."""

from __future__ import annotations

import sqlite3
from argparse import Namespace
from contextlib import closing
from pathlib import Path
from typing import Any

from app.backups import Backup, Reason, backups_of, make_backup, restore_to
from app.cli.errors import DONE
from app.cli.passwords import password_of
from app.cli.speech import say, show, show_json
from app.errors import NotPossible, ReflexaError
from app.models.sqlite import connect_beside
from app.study import Study


def backups(arguments: Namespace) -> int:
    """The backups, newest first, each with what came and went since."""
    from app.analysis.standing import Standing, standing
    from app.cli.opening import for_reading

    found = backups_of(arguments.study)
    study: Study | None = None
    now: Standing | None = None
    try:
        study = for_reading(arguments)
        now = standing(study.connection)
    except (ReflexaError, sqlite3.Error) as error:  # a study that is gone or damaged is when one needs its backups
        say(error.sentence if isinstance(error, ReflexaError) else "The study cannot be read.")
    if study is not None:
        _say_copies(study)
    told = [(one, _differs(one, study, now)) for one in found]
    if study is not None:
        study.close()
    if arguments.json:
        show_json([_as_json(one, differs) for one, differs in told])
        return DONE
    for one, differs in told:
        show(one.name)
        show(f"    {one.at.astimezone():%Y-%m-%d %H:%M}, {one.reason.words}")
        if differs is not None:
            show(f"    since then: {', '.join(differs) or 'nothing came or went'}")
    if not told:
        say(f"There are no backups of “{arguments.study.name}”.")
    return DONE


def backup(arguments: Namespace) -> int:
    """One backup now."""
    from app.analysis.verify import verify
    from app.cli.opening import for_reading

    with for_reading(arguments) as study:
        made = make_backup(study, Reason.ASKED, check=lambda path: not verify(path, password=study.cipher_key))
    if not made.is_sound:
        say("The copy was made, but it does not verify; older backups were left. `reflexa verify` says what is wrong.")
    if arguments.json:
        show_json(_as_json(made, None))
    else:
        show(str(made.path))
    return DONE


def restore(arguments: Namespace) -> int:
    """A backup as a new study; the study itself is not touched."""
    from app.analysis.verify import verify

    found = backups_of(arguments.study)
    wanted = arguments.backup
    chosen = next(
        (one for one in found if one.name == Path(wanted).name or (wanted == "newest" and one.is_sound)), None
    )
    if chosen is None:
        raise NotPossible(f"There is no such backup of “{arguments.study.name}”. `reflexa backups` lists them.")
    restore_to(chosen.path, arguments.output)
    password = password_of(arguments)  # a backup has that of its time
    faults = verify(arguments.output, password=password) if chosen.reason is not Reason.UPDATE else []
    if faults:
        say(f"The backup was written out, but it is not sound: {faults[0]}")
    if arguments.json:
        show_json({"restored": str(arguments.output), "backup": chosen.name, "faults": len(faults)})
    else:
        show(f"Restored {chosen.name} as {arguments.output}")
    return DONE


def _say_copies(study: Study) -> None:
    """In one line the copies that a cloud folder left beside the study."""
    from app.backups.conflicts import conflict_copies

    try:
        found = conflict_copies(study.connection, study.path)
    except sqlite3.Error:
        return
    if found:
        told = "; ".join(f"“{one.path.name}” ({one.words})" for one in found)
        say(f"Copies of this study beside it, which were not touched: {told}.")


def _differs(one: Backup, study: Study | None, now: Any) -> list[str] | None:
    from app.analysis.standing import differences, standing

    if study is None or now is None:
        return None
    try:
        with closing(connect_beside(study.connection, one.path)) as copy:
            return differences(standing(copy), now)
    except sqlite3.Error:
        return ["it cannot be read"]


def _as_json(one: Backup, differs: list[str] | None) -> dict[str, Any]:
    return {
        "name": one.name,
        "path": str(one.path),
        "at": one.at.isoformat(),
        "seq": one.seq,
        "reason": one.reason.words,
        "sound": one.is_sound,
        "bytes": one.path.stat().st_size,
        "differs": differs,
    }
