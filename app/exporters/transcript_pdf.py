"""The one way a coded transcript leaves as a PDF: written whole or not at all, and entered in the register."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from app.analysis.codes import code_rows, codings_of_source
from app.analysis.overview import study_title
from app.analysis.small_groups import SmallGroups
from app.analysis.transcripts import transcript
from app.errors import ExportRefused
from app.exporters.options import day
from app.exporters.packed import hidden_people, said_of_dots, without_words_of
from app.exporters.whole_file import check_target, write_whole
from app.operations.exports import record_export
from app.study import Study

if TYPE_CHECKING:
    from datetime import datetime

    from app.exporters.painted.transcript import Pages

KIND = "transcript"


def pages_of(session: Session, source_id: str, at: datetime, *, codes: bool) -> Pages:
    """What is printed of a transcript: dots for the words of who refused or withdrew, for paper may go anywhere.

    Raises ExportRefused if the transcript is gone.
    """
    from app.exporters.painted.transcript import Pages

    script = transcript(session, source_id)
    if script is None:
        raise ExportRefused("This transcript is not in the study any more.")
    hidden = hidden_people(session, refused=False)
    group = "" if SmallGroups(session).group_is_small(script.group) else script.group
    script = replace(script, group=group, text=without_words_of(script.text, script.turns, hidden))
    rows = codings_of_source(session, source_id) if codes else []
    known = {row.id: row for row in code_rows(session)} if codes else {}
    return Pages(script, rows, known, study_title(session), day(at), hidden)


def save_transcript(
    study: Study, source_id: str, path: Path, at: datetime, *, codes: bool, force: bool = False, to_whom: str = ""
) -> list[str]:
    """Save a transcript as PDF; returns what should be said of it. Raises ExportRefused if it cannot be written."""
    if path.suffix.lower() != ".pdf":
        raise ExportRefused("A transcript is saved as PDF: give it a name that ends in .pdf.")
    check_target(path, force=force)
    with study.read() as session:
        pages = pages_of(session, source_id, at, codes=codes)
    from app.exporters.painted.transcript import to_pdf

    content = to_pdf(pages)
    write_whole(path, content, force=force)
    register(study, pages, path.name, hashlib.sha256(content).hexdigest(), to_whom)
    return said_of(pages)


def said_of(pages: Pages) -> list[str]:
    """What should be said of pages: that words of somebody are dots."""
    return said_of_dots(pages.hidden & {turn.participant_id for turn in pages.script.turns})


def register(study: Study, pages: Pages, name: str, content_hash: str, to_whom: str = "") -> None:
    """Enter in the register that a transcript left, and whose words were in it."""
    people = {turn.participant_id for turn in pages.script.turns if turn.participant_id} - pages.hidden
    if not study.read_only:
        study.run(record_export, kind=KIND, file_name=name, content_hash=content_hash, participant_ids=people,
                  to_whom=to_whom)  # fmt: skip
