"""Opening the study a command speaks of: for reading beside an open window, or for writing alone."""

from __future__ import annotations

from argparse import Namespace

from sqlalchemy import select

from app.backups import Reason, Rules, make_backup
from app.cli.passwords import password_of
from app.cli.speech import say
from app.errors import BackupNotMade, NotPossible, PasswordNeeded, ReflexaError, StudyRefused
from app.models import Person
from app.models.kinds import Origin
from app.operations.names import clean_name
from app.operations.studies import work_as
from app.study import Study


def for_reading(arguments: Namespace) -> Study:
    """The study without its lock. One that a crash cut off is first put right, which needs the lock for a moment."""
    path, password = arguments.study, password_of(arguments)
    try:
        return Study.open(path, read_only=True, password=password)
    except PasswordNeeded:
        raise
    except StudyRefused:
        if not path.with_name(path.name + "-journal").exists():
            raise
        return Study.open(path, password=password)


def for_writing(arguments: Namespace) -> Study:
    """The study with its lock, and the person of --as at work. Raises StudyRefused, StudyInUse, NotPossible."""
    study = for_export(arguments)
    if study.read_only:
        study.close()
        raise NotPossible(f"“{arguments.study.name}” or its folder cannot be written, so nothing was changed.")
    if study.purge_due:
        _finish_purge(study)
    return study


def _finish_purge(study: Study) -> None:
    """What a crash cut off is done first. Whatever hinders it is said, and it stays due."""
    from app.purging import finish_purge

    say("A purge was not finished the last time; finishing it now.")
    try:
        left = finish_purge(study).left
    except ReflexaError as error:
        say(error.sentence)
        return
    for path in left:
        say(f"“{path}” could not be reached or deleted. The purge stays due until it can be.")


def for_export(arguments: Namespace) -> Study:
    """The same, but a study that cannot be written may still be read."""
    who = person_typed(arguments)
    return at_work(Study.open(arguments.study, working_as=who, password=password_of(arguments)), who)


def person_typed(arguments: Namespace) -> str:
    """The name given with --as, as the study would keep it; empty if none was given. Raises NotPossible."""
    return clean_name(arguments.who, "person") if arguments.who else ""


def at_work(study: Study, who: str) -> Study:
    """An open study whose changes come through the command line, by this person (or nobody named)."""
    study.origin = Origin.COMMAND_LINE
    study.before_mass = lambda reason: _back_up_first(study, reason)
    if not who or study.read_only:
        return study
    try:
        study.working_as = who
        with study.read() as session:
            known = session.scalar(select(Person.id).where(Person.name == who))
        if known is None:
            study.run(work_as, who)
    except BaseException:
        study.close()
        raise
    return study


def _back_up_first(study: Study, reason: Reason) -> None:
    """Before a change that alters very much; a backup that cannot be made is said and stops nothing."""
    from app.analysis.verify import verify

    rules = Rules.load()
    if not rules.automatic:
        return
    try:
        make_backup(study, reason, check=lambda path: not verify(path, password=study.cipher_key), rules=rules)
    except BackupNotMade as error:
        say(error.sentence)
