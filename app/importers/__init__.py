"""A file -> plain data. One module a format; `speakers` finds turns; the registry says which formats there are.

Importing this package is cheap: parsing libraries are imported only where they are used.
"""

from app.importers.draft import ImportRefused, LabelCandidate, TranscriptDraft, TurnDraft, TurnKind
from app.importers.participants import ParticipantRow, ParticipantTable, read_participants
from app.importers.reading import detect_again, preview, read_transcript
from app.importers.registry import formats

__all__ = [
    "ImportRefused",
    "LabelCandidate",
    "ParticipantRow",
    "ParticipantTable",
    "TranscriptDraft",
    "TurnDraft",
    "TurnKind",
    "detect_again",
    "formats",
    "preview",
    "read_participants",
    "read_transcript",
]
