"""The one way a coded transcript leaves as a PDF: written whole or not at all, and entered in the register."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from app.analysis.codes import code_rows, codings_of_source
from app.analysis.overview import study_title
from app.analysis.transcripts import transcript
from app.errors import ExportRefused
from app.exporters.options import day
from app.exporters.whole_file import check_target, write_whole
from app.operations.exports import record_export
from app.study import Study

if TYPE_CHECKING:
    from datetime import datetime

    from app.exporters.painted.transcript import Pages

KIND = "transcript"


def pages_of(session: Session, source_id: str, at: datetime, *, codes: bool) -> Pages:
    """What is printed of a transcript. Raises ExportRefused if it is gone."""
    from app.exporters.painted.transcript import Pages

    script = transcript(session, source_id)
    if script is None:
        raise ExportRefused("This transcript is not in the study any more.")
    rows = codings_of_source(session, source_id) if codes else []
    known = {row.id: row for row in code_rows(session)} if codes else {}
    return Pages(script, rows, known, study_title(session), day(at))


def save_transcript(
    study: Study, source_id: str, path: Path, at: datetime, *, codes: bool, force: bool = False, to_whom: str = ""
) -> None:
    """Save a transcript as PDF. Raises ExportRefused if it cannot be written."""
    if path.suffix.lower() != ".pdf":
        raise ExportRefused("A transcript is saved as PDF: give it a name that ends in .pdf.")
    check_target(path, force=force)
    with study.read() as session:
        pages = pages_of(session, source_id, at, codes=codes)
    from app.exporters.painted.transcript import to_pdf

    content = to_pdf(pages)
    write_whole(path, content, force=force)
    register(study, pages, path.name, hashlib.sha256(content).hexdigest(), to_whom)


def register(study: Study, pages: Pages, name: str, content_hash: str, to_whom: str = "") -> None:
    """Enter in the register that a transcript left, and whose words were in it."""
    people = {turn.participant_id for turn in pages.script.turns if turn.participant_id}
    if not study.read_only:
        study.run(record_export, kind=KIND, file_name=name, content_hash=content_hash, participant_ids=people,
                  to_whom=to_whom)  # fmt: skip
