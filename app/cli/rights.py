"""Participants' rights from the command line: withdraw, pseudonymise, make-permanent."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.cli.errors import DONE, UsageError
from app.cli.names import participant_named
from app.cli.opening import for_reading, for_writing
from app.cli.speech import say, show, show_json
from app.errors import NotPossible

if TYPE_CHECKING:
    from app.analysis.rights.mentions import Mention
    from app.analysis.rights.withdrawal import Withdrawal
    from app.operations.rights.rewording import Decision
    from app.study import Study


def withdraw(arguments: Namespace) -> int:
    """Withdraw a participant, or with --dry-run show everything that would be touched."""
    from app.analysis.rights.withdrawal import How
    from app.operations.rights.withdrawing import withdraw as operation

    how = How(arguments.how)
    with for_reading(arguments) if arguments.dry_run else for_writing(arguments) as study:
        plan = _plan(study, arguments.participant, how, arguments.name)
        if arguments.dry_run:
            show_json(_plan_as_json(plan)) if arguments.json else _tell_plan(plan)
            return DONE
        decisions = _decisions(arguments.decisions)
        certificate = study.run(operation, plan, decisions)
        maybe = sum(one.doubtful and one.key not in decisions for one in plan.held)
        if maybe:
            say(f"{_counted(maybe, 'place')} that may be theirs stayed; only --decisions changes those.")
        told: dict[str, Any] = {"how": how.value, **certificate.as_json(), **_purge(study)}
    show_json(told) if arguments.json else _tell(told)
    return DONE


def pseudonymise(arguments: Namespace) -> int:
    """Replace a name wherever it stands, or with --dry-run list the places."""
    from app.analysis.rights.mentions import mentions
    from app.exporters.replacement_log import replacement_log
    from app.exporters.whole_file import write_whole
    from app.operations.rights.pseudonymising import Confirmed
    from app.operations.rights.pseudonymising import pseudonymise as operation

    if not arguments.name.strip() or not arguments.pseudonym.strip():
        raise UsageError("--name and --as need a letter at least.")
    with for_reading(arguments) if arguments.dry_run else for_writing(arguments) as study:
        with study.read() as session:
            found = mentions(session, [arguments.name])
        chosen = [one for one in found if one.likeness.is_sure or arguments.near]
        if arguments.dry_run:
            _tell_mentions(found, arguments, chosen)
            return DONE
        confirmed = [Confirmed(one, arguments.pseudonym.strip()) for one in chosen]
        if arguments.log is not None and confirmed:
            if arguments.log.resolve() == arguments.study.resolve():
                raise UsageError("The log would overwrite the study. Give it another name.")
            log = replacement_log((one.mention.found, one.words, one.mention.title) for one in confirmed)
            write_whole(arguments.log, log, force=False)
        try:
            done = study.run(operation, confirmed)
        except BaseException:
            if arguments.log is not None:
                arguments.log.unlink(missing_ok=True)
            raise
    left = len(found) - len(chosen)
    if arguments.json:
        show_json({"replaced": done, "left": left, "places": [_mention(one) for one in found]})
    else:
        show(f"Replaced in {_counted(done, 'place')}.")
        if left:
            say(f"{_counted(left, 'place')} with something like it stayed; --near takes them too.")
        if arguments.log is None and done:
            say("No log was written (--log FILE): who stands behind the pseudonym is written down nowhere.")
    return DONE


def make_permanent(arguments: Namespace) -> int:
    """Purge everything of before from the file, the journal and the backups."""
    from app.operations.rights.permanence import make_permanent as operation

    with for_writing(arguments) as study:
        study.run(operation)
        told = _purge(study)
    show_json(told) if arguments.json else _tell(told)
    return DONE


def _plan(study: Study, name: str, how: Any, names: Iterable[str]) -> Withdrawal:
    from app.analysis.rights.withdrawal import withdrawal

    with study.read() as session:
        plan = withdrawal(session, participant_named(session, name), how, names)
    assert plan is not None
    return plan


def _purge(study: Study) -> dict[str, Any]:
    from app.purging import finish_purge

    if not study.purge_due:
        return {}
    purged = finish_purge(study, say=say)
    for path in purged.left:
        say(f"“{path}” could not be reached or deleted. The purge stays due until it can be.")
    return {"backups_deleted": purged.backups, "purge_finished": purged.done}


def _decisions(path: Path | None) -> dict[str, Decision]:
    """{key of a place: what is done with it} from a JSON file. Raises NotPossible."""
    from app.operations.rights.rewording import Decision, Deed

    if path is None:
        return {}
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return {
            str(key): Decision(Deed(one["do"]), None if one.get("text") is None else str(one["text"]))
            for key, one in held.items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise NotPossible(
            f"“{path.name}” is no list of decisions: {{key: {{“do”: “change”, “leave” or “delete”, “text”: …}}}}."
            " Nothing was changed."
        ) from None


def _plan_as_json(plan: Withdrawal) -> dict[str, Any]:
    from app.operations.rights.withdrawing import proposed_for

    return {
        "participant": plan.pseudonym,
        "how": plan.how.value,
        "turns": [{"source": one.source_id, "start": one.start, "end": one.end} for one in plan.turns],
        "excerpts": [
            {"excerpt": one.excerpt_id, "source": one.source, "becomes": one.cut.value, "quote": one.quote,
             "codes": list(one.codes), "memos": one.memos, "level": one.level.value}
            for one in plan.excerpts
        ],
        "codes_left_empty": list(plan.empty_codes),
        "themes_left_silent": list(plan.silent_themes),
        "edited_quotes": plan.edited_quotes,
        "places": [
            {"key": one.key, "where": one.place.title, "text": one.place.text, "why": one.why.value,
             "found": [one.place.text[start:end] for start, end in one.spans],
             "maybe": [one.place.text[start:end] for start, end in one.maybe],
             "do": proposed_for(one).deed.value, "proposed": one.proposed}
            for one in plan.held
        ],
        "mentions": [{**_mention(one), "do": proposed_for(one).deed.value} for one in plan.mentions],
        "outputs": [
            {"at": one.at.isoformat(), "kind": one.kind, "file": one.file_name, "to": one.to_whom}
            for one in plan.outputs
        ],
        "originals": plan.originals,
        "changes_that_cannot_be_undone_any_more": plan.changes,
        "turns_of_several_people": plan.shared_turns,
    }  # fmt: skip


def _tell_plan(plan: Withdrawal) -> None:
    show(f"{_counted(len(plan.turns), 'turn')}, {_counted(len(plan.excerpts), 'excerpt')}")
    for touched in plan.excerpts:
        show(f"  {touched.cut.value}: “{' '.join(touched.quote.split())[:100]}”")
    for names, what in ((plan.empty_codes, "code left empty"), (plan.silent_themes, "theme without another voice")):
        for name in names:
            show(f"  {what}: {name}")
    for held in plan.held:
        show(f"  {held.place.title} ({held.why.value}): {' '.join(held.proposed.split())[:100]}")
    for mention in plan.mentions:
        show(f"  mention in {mention.title}: … {' '.join((mention.before + mention.found + mention.after).split())} …")
    for output in plan.outputs:
        to = f" to {output.to_whom}" if output.to_whom else ""
        show(f"  left on {output.at:%Y-%m-%d}{to}: {output.file_name} (cannot be called back)")


def _tell_mentions(found: list[Mention], arguments: Namespace, chosen: list[Mention]) -> None:
    if arguments.json:
        show_json({"places": [{**_mention(one), "replaced": one in chosen} for one in found]})
        return
    for one in found:
        context = " ".join(f"{one.before}»{one.found}«{one.after}".split())
        show(f"{one.title} ({one.likeness.value}): … {context} …")


def _mention(one: Mention) -> dict[str, Any]:
    return {"key": one.key, "where": one.title, "found": one.found, "likeness": one.likeness.value,
            "before": one.before, "after": one.after, "in_label": one.in_label}  # fmt: skip


def _tell(told: dict[str, Any]) -> None:
    from app.purging import LIMITS

    for name, value in told.items():
        show(f"{name.replace('_', ' ')}: {str(value).lower() if isinstance(value, bool) else value}")
    for line in LIMITS:
        say(line)


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
