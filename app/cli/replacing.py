"""`reflexa replace`: a corrected file in the place of a transcript."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from app.analysis.reanchoring import NEAR, Finding, Found, Reanchoring, reanchored
from app.cli.errors import DONE, NOT_DONE
from app.cli.names import source_named
from app.cli.opening import for_writing
from app.cli.speech import say, show, show_json

PROGRESS_FROM = 2_000
"""From how many excerpts on it is said that they are being looked for."""


def replace(arguments: Namespace) -> int:
    """Replace; 1 and nothing written if excerpts would be lost and nobody said that they may."""
    from sqlalchemy import select

    from app.analysis.correcting import anchors
    from app.importers.child import read_guarded
    from app.models import Source
    from app.operations.replacing import Placed, replace_transcript

    draft = read_guarded(arguments.file, encoding=arguments.encoding, style=arguments.style)
    with for_writing(arguments) as study:
        with study.read() as session:
            source_id = source_named(session, arguments.source)
            before = session.scalar(select(Source.text).where(Source.id == source_id)) or ""
            standing = anchors(session, source_id)
        if len(standing) >= PROGRESS_FROM:
            say(f"Looking for {len(standing):,} excerpts …")
        found = reanchored(before, draft.text, standing)
        refused = bool(found.of(Finding.LOST)) and not arguments.drop_lost
        if not refused:
            placed = [
                Placed(one.anchor, None if one.finding == Finding.LOST else one.start, one.end) for one in found.found
            ]
            study.run(replace_transcript, source_id, draft, found.splice, placed, keep_lost=not arguments.no_memo)
    if arguments.json:
        show_json(_as_json(found, replaced=not refused))
    else:
        _tell(found, replaced=not refused)
    for warning in draft.warnings:
        say(f"{draft.file_name}: {warning}")
    return NOT_DONE if refused else DONE


def _as_json(found: Reanchoring, *, replaced: bool) -> dict[str, Any]:
    return {
        "replaced": replaced,
        "places": len(found.splice.edits),
        "threshold": NEAR,
        **{finding.value: len(found.of(finding)) for finding in Finding},
        "near_excerpts": [_pair(found, one) for one in found.of(Finding.NEAR)],
        "lost_excerpts": [_pair(found, one) for one in found.of(Finding.LOST)],
    }


def _pair(found: Reanchoring, one: Found) -> dict[str, Any]:
    pair: dict[str, Any] = {"excerpt": one.anchor.id, "before": found.before[one.anchor.start : one.anchor.end]}
    if one.finding == Finding.NEAR:
        pair |= {"after": found.after[one.start : one.end], "likeness": round(one.likeness, 1)}
    return pair


def _tell(found: Reanchoring, *, replaced: bool) -> None:
    counts = {finding: len(found.of(finding)) for finding in Finding}
    show(f"{counts[Finding.EXACT]} excerpts found exactly, {counts[Finding.NEAR]} nearly, {counts[Finding.LOST]} lost")
    for one in found.of(Finding.LOST):
        show(f"  lost: “{' '.join(found.before[one.anchor.start : one.anchor.end].split())[:120]}”")
    if replaced:
        show(f"Replaced; {len(found.splice.edits)} places are other now.")
    else:
        say("Nothing was replaced, since excerpts would be lost. Say --drop-lost to let them go.")
