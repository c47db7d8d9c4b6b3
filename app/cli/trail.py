"""Commands on the change journal and the soundness of a study: undo, redo, history, verify."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime
from typing import Any

from app.cipher import Secret
from app.cli.errors import DONE, NOT_DONE
from app.cli.speech import show, show_json
from app.errors import NotPossible, StudyRefused


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
    """The changes, oldest first."""
    from app.analysis import overview
    from app.cli.opening import for_reading

    with for_reading(arguments) as study, study.read() as session:
        changes = overview.history(session)
    if arguments.json:
        show_json(changes)
    else:
        for change in changes:
            show(_in_a_line(change))
    return DONE


def verify(arguments: Namespace) -> int:
    """Every invariant: "ok", or one line a fault."""
    from app.analysis.verify import verify as faults_of
    from app.cli.passwords import password_of

    password = password_of(arguments)
    faults = faults_of(arguments.study, full=arguments.full, password=password)
    if arguments.repair_to is not None:
        return _repair(arguments, password)
    if arguments.json:
        told = [{"what": one.what, "where": one.where, "consequence": one.consequence} for one in faults]
        show_json({"ok": not faults, "faults": told})
    elif faults:
        for fault in faults:
            show(str(fault))
    else:
        show("ok")
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
