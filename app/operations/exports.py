"""The register of what left the study."""

from __future__ import annotations

from collections.abc import Iterable

from app.models import Export, ExportVoice, new_key
from app.models.verbs import Verb
from app.operations.names import clean_text, one_line
from app.study import ChangeSession


def record_export(
    session: ChangeSession,
    *,
    kind: str,
    file_name: str,
    content_hash: str,
    participant_ids: Iterable[str] = (),
    to_whom: str = "",
) -> str:
    """Write down that a document left, and whose words were in it; returns its id. Undo passes over this."""
    file_name = one_line(file_name)
    session.announce(Verb.EXPORT, f"Export {kind} as ‘{file_name}’")
    export = Export(
        id=new_key(),
        at=session.at,
        kind=kind,
        file_name=file_name,
        to_whom=clean_text(to_whom),
        content_hash=content_hash,
    )
    session.add(export)
    session.flush()
    for participant_id in sorted(set(participant_ids)):
        session.add(ExportVoice(export_id=export.id, participant_id=participant_id))
    session.flush()
    return export.id
