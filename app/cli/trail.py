"""Commands on the change journal and the soundness of a study: undo, redo, history, phase, verify."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.cipher import Secret
from app.cli.errors import DONE, NOT_DONE, UsageError
from app.cli.speech import say, show, show_json
from app.errors import NotPossible, StudyRefused
from app.models.kinds import Phase

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.analysis.trail.listing import Wanted


def undo(arguments: Namespace) -> int:
    """Take the last change back."""
    from app.cli.opening import for_writing

    with for_writing(arguments) as study:
        step = study.next_undo()
        if step is None:
            raise NotPossible("There is nothing to undo.")
        if step.is_border:
            raise NotPossible(f"Undo stops here: {step.label}. There is nothing after it to undo.")
        study.undo()
    show_json({"undone": step.label})
    return DONE


def redo(arguments: Namespace) -> int:
    """Bring back what undo took."""
    from app.cli.opening import for_writing

    with for_writing(arguments) as study:
        step = study.redo()
        if step is None:
            raise NotPossible("There is nothing to redo.")
    show_json({"redone": step.label})
    return DONE


def history(arguments: Namespace) -> int:
    """The changes, oldest first; filters narrow them."""
    from app.analysis import overview
    from app.analysis.trail.listing import found
    from app.cli.opening import for_reading

    with for_reading(arguments) as study, study.read() as session:
        changes = overview.history(session)
        wanted = _wanted(session, arguments)
        if wanted is not None:
            kept = set(found(session, wanted))
            changes = [change for change in changes if change["seq"] in kept]
    if arguments.json:
        show_json(changes)
    else:
        for change in changes:
            show(_in_a_line(change))
    return DONE


def phase(arguments: Namespace) -> int:
    """Say what one is doing now, or that it is nothing in particular; without either, say where one is."""
    from app.analysis.phases import current_phase
    from app.cli.opening import for_reading, for_writing
    from app.operations.phases import leave_phase, visit_phase

    if arguments.leave or arguments.name:
        with for_writing(arguments) as study:
            if arguments.leave:
                study.run(leave_phase)
            else:
                study.run(visit_phase, _phase_named(arguments.name))
    with for_reading(arguments) as study, study.read() as session:
        now = current_phase(session)
    if arguments.json:
        show_json({"phase": None if now is None else now.value})
    else:
        show("nothing in particular" if now is None else now.value)
    return DONE


def _phase_named(name: str) -> Phase:
    """A phase by its name, its number, or how it begins. Raises UsageError."""
    typed = " ".join(name.split()).casefold()
    if typed.isdigit() and 1 <= int(typed) <= len(Phase):
        return tuple(Phase)[int(typed) - 1]
    fitting = [one for one in Phase if one.value == typed] or [one for one in Phase if one.value.startswith(typed)]
    if len(fitting) != 1:
        raise UsageError(f"“{name}” is no phase. There are: {'; '.join(Phase)}.")
    return fitting[0]


def _wanted(session: Session, arguments: Namespace) -> Wanted | None:
    """What the filters ask for; None if there are none."""
    from app.analysis.trail.classes import Halpern
    from app.analysis.trail.listing import Wanted
    from app.cli.names import code_if_there, source_named
    from app.operations.names import as_date
    from app.operations.themes import find_theme

    asked = (arguments.object, arguments.person, arguments.kind, arguments.since, arguments.until)
    if not any(asked):
        return None
    subject = None
    if arguments.object:
        code, theme = code_if_there(session, arguments.object), find_theme(session, arguments.object)
        if code is not None:
            subject = ("code", code)
        elif theme is not None:
            subject = ("theme", theme)
        else:
            subject = ("source", source_named(session, arguments.object))
    kinds = [one for one in Halpern if arguments.kind and one.value.startswith(arguments.kind.casefold())]
    if arguments.kind and len(kinds) != 1:
        raise UsageError(f"“{arguments.kind}” is no sort of record. There are: {'; '.join(Halpern)}.")
    return Wanted(
        subject=subject,
        actor=arguments.person or None,
        kinds=frozenset(kinds),
        since=as_date(arguments.since),
        until=as_date(arguments.until),
        steps_of_undo=True,
    )


def verify(arguments: Namespace) -> int:
    """Every invariant: "ok", or one line a fault."""
    from app.analysis.verify import verify as faults_of
    from app.backups.conflicts import named_like_copies
    from app.cli.passwords import password_of

    password = password_of(arguments)
    if arguments.repair_to is not None:
        return _repair(arguments, password)
    faults = faults_of(arguments.study, full=arguments.full, password=password)
    if arguments.json:
        told = [{"what": one.what, "where": one.where, "consequence": one.consequence} for one in faults]
        show_json({"ok": not faults, "faults": told})
    elif faults:
        for fault in faults:
            show(str(fault))
    else:
        show("ok")
    for copy in named_like_copies(arguments.study):  # no fault; whether it is one, `backups` says
        say(f"Note: “{copy.name}” lies beside the study and bears a name as cloud folders give to copies.")
    return NOT_DONE if faults else DONE


def _repair(arguments: Namespace, password: Secret | None) -> int:
    """Save what can be saved, and list what could not."""
    from app.salvage import salvage

    try:
        report = salvage(arguments.study, arguments.repair_to, password=password)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StudyRefused(f"It could not be written ({reason}). Nothing is left behind.") from None
    if arguments.json:
        show_json({"saved": str(arguments.repair_to), "mended": report.mended, "lost": report.lost})
        return DONE
    show(f"Saved as {arguments.repair_to}")
    for line in report.mended:
        show(f"  put right: {line}")
    for line in report.lost:
        show(f"  could not be saved: {line}")
    if report.whole:
        show("  nothing was lost")
    return DONE


def _in_a_line(change: dict[str, Any]) -> str:
    moment = datetime.fromisoformat(change["at"]).astimezone()
    what = {"undo": "Undo: ", "redo": "Redo: "}.get(change["verb"], "") + change["label"]
    actor = f"  ({change['actor']})" if change["actor"] else ""
    reason = f"  because: {change['reason']}" if change["reason"] else ""
    return f"{change['seq']:>6}  {moment:%Y-%m-%d %H:%M}  {what}{actor}{reason}"
