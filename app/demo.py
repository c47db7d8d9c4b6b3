"""The example study, built from its raw files through importers and operations like any other study."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from app.analysis.map_content import MapCode, MapTheme, live_content
from app.analysis.themes import find_entry, lens_in_use
from app.analysis.transcripts import Transcript, source_cards, transcript
from app.importers import read_participants, read_transcript
from app.models.approach import as_statement
from app.models.kinds import CodeOrigin, Direction, ExcerptLevel, ReviewStatus, ThemeKind, ThemeStatus, Weight
from app.models.verbs import Verb
from app.operations.approach import state_approach
from app.operations.codes import create_code, edit_code, set_aside
from app.operations.codings import code_excerpt
from app.operations.excerpts import take_excerpt
from app.operations.importing import import_transcripts, plan_for
from app.operations.mappings import map_theme
from app.operations.maps import keep_version
from app.operations.memos import write_memo
from app.operations.people import add_participants
from app.operations.reviews import comment, reply, set_comment_status
from app.operations.studies import describe_study, new_study, work_as
from app.operations.themes import create_theme, edit_theme
from app.password import Password
from app.resources import resource
from app.study import ChangeSession, Study

RESEARCHER = "Researcher of the example"

_ORIGINS = {"inductive": CodeOrigin.INDUCTIVE, "deductive": CodeOrigin.THEORY_LED, "in vivo": CodeOrigin.IN_VIVO}
_WEIGHTS = {"primary": Weight.CENTRAL, "secondary": Weight.SUPPORTING, "touches": Weight.IN_PASSING}
_SEMANTIC_LATENT = {"semantic": 0, "latent": 4}
_FAILING = ("T5", "joint_enterprise")
"""The one mapping of the example that shows a dimension failing."""


def build_demo(path: Path, password: Password | None = None) -> Study:
    """Make the example study at `path`, encrypted if a password is given, and return it open.

    Raises StudyRefused if the file exists already, NotPossible if the password is too weak.
    """
    book: dict[str, Any] = json.loads(resource("demo", "codebook.json").read_text(encoding="utf-8"))
    moments = _moments()
    study = new_study(path, book["project"]["title"], at=next(moments), password=password)
    try:
        with study.change(at=next(moments)) as session:
            work_as(session, RESEARCHER, "analyst")
        study.working_as = RESEARCHER
        with study.change(at=next(moments)) as session:
            _describe(session, book["project"])
        _bring_in(study, moments)
        code_ids = _code(study, book, moments)
        theme_ids = _cluster(study, book["themes"], code_ids, moments)
        version_ids = _keep_versions(study, book, code_ids, moments)
        _comment(study, book, {**code_ids, **theme_ids, **version_ids}, moments)
    except BaseException:
        study.close()
        path.unlink(missing_ok=True)
        raise
    return study


def _moments() -> Iterator[datetime]:
    """Moments of the example's calendar, so that its history reads like one and is the same on every build."""
    moment = datetime(2024, 3, 16, 9, 0, tzinfo=UTC)
    while True:
        yield moment
        moment += timedelta(minutes=7)


def _describe(session: ChangeSession, project: dict[str, Any]) -> None:
    describe_study(session, questions=project["research_question"])
    state_approach(session, as_statement(project["approach"]))


def _bring_in(study: Study, moments: Iterator[datetime]) -> None:
    people = read_participants(resource("demo", "participants.csv"))
    with study.change(at=next(moments)) as session:
        add_participants(session, people)
    names = ("FG1-mentees", "FG2-mentors", "FG3-mentees", "FG4-mentors")
    drafts = [read_transcript(resource("demo", f"{name}.docx")) for name in names]
    with study.change(at=next(moments)) as session:
        plans = [plan_for(session, draft) for draft in drafts]
        import_transcripts(session, [replace(plan, name=plan.name.replace("-", " ")) for plan in plans])


def _code(study: Study, book: dict[str, Any], moments: Iterator[datetime]) -> dict[str, str]:
    """Make the codes and code every excerpt; returns {id in the file: id in the study}."""
    code_ids: dict[str, str] = {}
    for code in book["codes"]:
        with study.change(at=next(moments)) as session:
            code_ids[code["id"]] = _create(session, code)
    scripts = _transcripts(study)
    excerpt_ids: dict[tuple[str, str], str] = {}
    for excerpt in book["excerpts"]:
        script = scripts[excerpt["focus_group"]]
        start, end = _span(script, excerpt)
        level = ExcerptLevel(excerpt["level"])
        kind = excerpt.get("interaction", "")
        for code in excerpt["codes"]:
            with study.change(at=next(moments)) as session:
                session.announce(Verb.CODE, f"Code excerpt as ‘{_label(book, code)}’")
                taken = take_excerpt(session, script.id, start, end, level=level, interaction=kind)
                code_excerpt(session, taken, code_ids[code])
        if excerpt.get("note"):
            with study.change(at=next(moments)) as session:
                write_memo(session, "excerpt", taken, excerpt["note"])
        excerpt_ids[excerpt["focus_group"], excerpt.get("quote", "")] = taken
    with study.change("Choose example quotes", Verb.EDIT_CODE, at=next(moments)) as session:
        for code in book["codes"]:
            chosen = excerpt_ids.get((code["example"]["source"], code["example"]["quote"]))
            if chosen is not None:
                edit_code(session, code_ids[code["id"]], example_excerpt_id=chosen)
    for code in book["codes"]:
        if code["status"] == "set aside":
            with study.change(at=next(moments), reason="It became something else in the telling.") as session:
                set_aside(session, code_ids[code["id"]], "It feeds no theme: an instrumental motive that is outgrown.")
    return code_ids


def _create(session: ChangeSession, code: dict[str, Any]) -> str:
    code_id = create_code(session, code["label"], origin=_ORIGINS[code["origin"]])
    edit_code(
        session,
        code_id,
        brief=code["brief_definition"],
        full=code["full_definition"],
        when_to_use=code["when_to_use"],
        when_not_to_use=code["when_not_to_use"],
        semantic_latent=_SEMANTIC_LATENT[code["orientation"]],
    )
    return code_id


def _transcripts(study: Study) -> dict[str, Transcript]:
    with study.read() as session:
        scripts = [transcript(session, card.id) for card in source_cards(session)]
    return {script.group: script for script in scripts if script is not None}


def _span(script: Transcript, excerpt: dict[str, Any]) -> tuple[int, int]:
    """Where an excerpt of the file stands in our text: a quote once, or the words from one turn to another."""
    if "quote" in excerpt:
        start = script.text.index(excerpt["quote"])
        return start, start + len(excerpt["quote"])
    first, last = script.turns[excerpt["turn_from"] - 1], script.turns[excerpt["turn_to"] - 1]
    start = script.text.index(excerpt["first_words"], first.start)
    end = script.text.rindex(excerpt["last_words"], last.start, last.end) + len(excerpt["last_words"])
    return start, end


def _label(book: dict[str, Any], code_id: str) -> str:
    return next(str(code["label"]) for code in book["codes"] if code["id"] == code_id)


def _cluster(
    study: Study, themes: list[dict[str, Any]], code_ids: dict[str, str], moments: Iterator[datetime]
) -> dict[str, str]:
    """Themes with their codes; what a subtheme holds is the subtheme's, the rest is the theme's own. Then mappings.

    Returns {id in the file: id in the study}.
    """
    theme_ids: dict[str, str] = {}
    for theme in themes:
        in_subthemes = {code for subtheme in theme["subthemes"] for code in subtheme["codes"]}
        own = [code_ids[code] for code in theme["codes"] if code not in in_subthemes]
        with study.change(at=next(moments)) as session:
            theme_id = create_theme(session, theme["name"], code_ids=own)
            edit_theme(
                session,
                theme_id,
                concept=theme["central_organising_concept"],
                definition=theme["definition"],
                boundary=theme["boundary"],
                status="defined and named",
            )
        theme_ids[theme["id"]] = theme_id
        for subtheme in theme["subthemes"]:
            codes = [code_ids[code] for code in subtheme["codes"]]
            with study.change(at=next(moments)) as session:
                create_theme(session, subtheme["name"], parent_id=theme_id, code_ids=codes)
        for mapping in theme["mappings"]:
            with study.change(at=next(moments)) as session:
                entry_id = find_entry(session, mapping["dimension"])
                if entry_id is None:
                    raise LookupError(lens_in_use(session))
                failing = (theme["id"], mapping["dimension"]) == _FAILING
                map_theme(
                    session,
                    theme_id,
                    entry_id,
                    weight=_WEIGHTS[mapping["strength"]],
                    direction=Direction.FAILING if failing else Direction.SHOWS,
                    rationale=mapping["rationale"],
                )
    return theme_ids


def _keep_versions(
    study: Study, book: dict[str, Any], code_ids: dict[str, str], moments: Iterator[datetime]
) -> dict[str, str]:
    """The three versions of the map: two as the file tells them, the last as the study stands at the end."""
    version_ids: dict[str, str] = {}
    told = book["theme_map_versions"]
    for version in told:
        with study.change(at=next(moments)) as session:
            now = live_content(session)
            codes = {code.id: code for theme in now.themes for code in theme.codes}
            earlier = replace(now, themes=_themes_of(version, code_ids, codes), mappings=(), relations=(), notes=())
            version_ids[f"map:{version['version']}"] = keep_version(
                session,
                version["label"],
                version["note"],
                at=_day(version["date"]),
                content=None if version is told[-1] else earlier,
            )
    return version_ids


def _themes_of(version: dict[str, Any], code_ids: dict[str, str], codes: dict[str, MapCode]) -> tuple[MapTheme, ...]:
    """The candidate themes of a version, each with the codes that it held then."""
    return tuple(
        MapTheme(
            id=f"{version['version']}.{number}",
            name=theme["name"],
            kind=ThemeKind.THEME,
            parent_id=None,
            status=ThemeStatus.CANDIDATE,
            concept="",
            definition="",
            boundary="",
            unexplained="",
            codes=tuple(codes[code_ids[one]] for one in theme["codes"] if code_ids[one] in codes),
        )
        for number, theme in enumerate(version["themes"], start=1)
    )


def _comment(study: Study, book: dict[str, Any], ids: dict[str, str], moments: Iterator[datetime]) -> None:
    """The supervisor's comments at what they speak of, with the researcher's replies."""
    for told in book["review_comments"]:
        target = told["target"]
        subject = "version" if target.startswith("map:") else "code" if target.startswith("C") else "theme"
        with study.change(at=next(moments)) as session:
            made = comment(
                session, subject, ids[target], told["text"],
                author=told["author"], kind=told["kind"], at=_day(told["date"]),
            )  # fmt: skip
            if told["reply"]:
                reply(session, made, told["reply"], author=RESEARCHER, at=_day(told["date"]))
            if told["status"] == "resolved":
                set_comment_status(session, made, ReviewStatus.DISCUSSED)


def _day(date: str) -> datetime:
    return datetime.fromisoformat(f"{date}T12:00:00+00:00")
