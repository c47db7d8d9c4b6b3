"""The register of what has left the study."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Export, ExportVoice, Participant


@dataclass(frozen=True)
class ExportRow:
    """One document that left; `voices` names the people quoted in it, as the study names them."""

    at: datetime
    kind: str
    file_name: str
    to_whom: str
    voices: str


def export_rows(session: Session) -> list[ExportRow]:
    """What has left, newest first."""
    names: dict[str, list[str]] = {}
    for export_id, pseudonym in session.execute(
        select(ExportVoice.export_id, Participant.pseudonym)
        .join(Participant, Participant.id == ExportVoice.participant_id)
        .order_by(Participant.position)
    ).all():
        names.setdefault(export_id, []).append(pseudonym)
    return [
        ExportRow(row.at, row.kind, row.file_name, row.to_whom, ", ".join(names.get(row.id, [])))
        for row in session.scalars(select(Export).order_by(Export.at.desc())).all()
    ]
