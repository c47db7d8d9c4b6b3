"""What `reflexa import` does: read every file, bring in what can be read as one change, say what became of each."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from app.cli.names import participant_named
from app.cli.opening import for_writing
from app.errors import ReflexaError
from app.importers import ParticipantTable, TranscriptDraft, read_participants
from app.importers.child import read_guarded
from app.importers.projects import is_project, read_project
from app.models.kinds import SpeakerKind
from app.models.verbs import Verb
from app.operations.bringing_project import bring_project
from app.operations.importing import ImportPlan, already_imported, import_transcripts, plan_for
from app.operations.names import folded, same_name
from app.operations.people import add_participants
from app.study import ChangeSession, Study


@dataclass
class Outcome:
    """What became of each file."""

    imported: list[dict[str, Any]] = field(default_factory=list)
    failed: list[dict[str, Any]] = field(default_factory=list)
    projects: list[dict[str, Any]] = field(default_factory=list)
    skipped: list[dict[str, Any]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def fail(self, path: Path, error: Exception) -> None:
        """A file that stays out, and why."""
        unknown = f"“{path.name}” cannot be read ({type(error).__name__}). It was left untouched."
        sentence = error.sentence if isinstance(error, ReflexaError) else unknown
        self.failed.append({"file": path.name, "error": sentence})

    def as_json(self) -> dict[str, Any]:
        """The shape that other programs read; what is not `imported` or `failed` is there only when there is any."""
        more: dict[str, Any] = {"projects": self.projects, "skipped": self.skipped, "warnings": self.warnings}
        return {"imported": self.imported, "failed": self.failed} | {name: held for name, held in more.items() if held}


def bring_in(arguments: Namespace, options: dict[str, Any]) -> Outcome:
    """Read everything first, then write it all in one change; nothing is written while reading can still fail."""
    outcome = Outcome()
    with for_writing(arguments) as study:
        table = _read_table(arguments.participants, outcome)
        projects = [path for path in arguments.files if is_project(path)]
        for path in projects:
            _bring_project(study, path, outcome)
        drafts = _read_drafts(study, [path for path in arguments.files if path not in projects], options, outcome)
        if not drafts and table is None:
            return outcome
        with study.change() as session:
            session.announce(Verb.IMPORT, _label(drafts))
            if table is not None:
                add_participants(session, table)
                outcome.warnings.extend(table.warnings)
            for path, draft in drafts:
                _import_one(session, path, draft, arguments, outcome)
    return outcome


def _bring_project(study: Study, path: Path, outcome: Outcome) -> None:
    """A project of another program: one change of its own, with a report of what was not taken over."""
    try:
        done = study.run(bring_project, read_project(path))
    except Exception as error:  # noqa: BLE001 - a foreign file may bring out any fault of a library
        outcome.fail(path, error)
        return
    outcome.projects.append(
        {
            "file": path.name,
            "transcripts": done.transcripts,
            "codes": done.codes,
            "excerpts": done.excerpts,
            "codings": done.codings,
            "participants": done.participants,
            "themes": done.themes,
            "memos": done.memos,
            "journal_entries": done.entries,
            "reading": done.reading,
            "summary": done.sentence,
            "not_taken": [loss.sentence for loss in done.losses],
        }
    )


def _read_table(path: Path | None, outcome: Outcome) -> ParticipantTable | None:
    if path is None:
        return None
    try:
        return read_participants(path)
    except ReflexaError as error:
        outcome.fail(path, error)
        return None


def _read_drafts(
    study: Study, paths: list[Path], options: dict[str, Any], outcome: Outcome
) -> list[tuple[Path, TranscriptDraft]]:
    drafts: list[tuple[Path, TranscriptDraft]] = []
    names: dict[str, str] = {}
    for path in paths:
        try:
            draft = read_guarded(path, **options)
        except Exception as error:  # noqa: BLE001 - a foreign file may bring out any fault of a library
            outcome.fail(path, error)
            continue
        with study.read() as session:
            known = names.get(draft.file_hash) or already_imported(session, draft.file_hash)
        if known is not None:
            warning = f"“{path.name}” has been brought in already (as “{known}”), so it was skipped."
            outcome.skipped.append({"file": path.name, "source": known, "warning": warning})
            continue
        names[draft.file_hash] = path.name
        drafts.append((path, draft))
    return drafts


def _import_one(
    session: ChangeSession, path: Path, draft: TranscriptDraft, arguments: Namespace, outcome: Outcome
) -> None:
    """Plan and import one file, so that the next one meets the people this one brought."""
    try:
        with session.begin_nested():
            plan = plan_for(session, draft, group=arguments.group, moderators=arguments.moderator)
            plan = replace(plan, name=arguments.name or plan.name, keep_original=arguments.keep_original)
            (one,) = import_transcripts(session, [_with_people(session, plan, arguments.person)])
    except ReflexaError as error:
        outcome.fail(path, error)
        return
    outcome.imported.append(
        {
            "file": path.name,
            "source": one.name,
            "turns": one.turns,
            "speakers": one.speakers,
            "warnings": list(one.warnings),
        }
    )


def _with_people(session: ChangeSession, plan: ImportPlan, pairs: list[str]) -> ImportPlan:
    """The plan with the participants that are named for labels. Raises NotPossible for a person there is not."""
    wanted = {}
    for pair in pairs:
        label, _, person = pair.partition("=")
        if any(same_name(one.label, label) for one in plan.speakers):
            wanted[folded(label)] = participant_named(session, person)
    return replace(
        plan,
        speakers=tuple(
            replace(one, kind=SpeakerKind.PARTICIPANT, participant_id=wanted[folded(one.label)])
            if folded(one.label) in wanted
            else one
            for one in plan.speakers
        ),
    )


def _label(drafts: list[tuple[Path, TranscriptDraft]]) -> str:
    if len(drafts) == 1:
        return f"Import ‘{drafts[0][0].stem}’"
    return f"Import {len(drafts)} transcripts" if drafts else "Import participants"
