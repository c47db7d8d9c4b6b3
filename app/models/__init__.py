"""WHAT a study is: mapped classes with their constraints, the change journal and the migrations."""

from app.models.base import Base, new_key
from app.models.board import BoardCard, BoardPile
from app.models.codes import Code, CodeLineage, Coding, Memo
from app.models.journals import (
    ApproachVersion,
    ChecklistAnswer,
    JournalEntry,
    JournalLink,
    JournalRevision,
    PhaseVisit,
)
from app.models.maps import MapNote, MapRegion, MapVersion, ThemeRelation
from app.models.people import Group, Participant, ParticipantAttribute, Person, Speaker, StudySheet
from app.models.records import Change, ChangeRow, Export, ExportVoice
from app.models.reviews import ReviewCheck, ReviewComment
from app.models.themes import (
    Lens,
    LensEntry,
    Mapping,
    MappingExcerpt,
    MappingIndicator,
    Theme,
    ThemeCode,
    ThemeExcerpt,
    ThemeLineage,
    Unexplained,
)
from app.models.transcripts import Excerpt, Source, SourceOriginal, Turn

__all__ = [
    "ApproachVersion",
    "Base",
    "BoardCard",
    "BoardPile",
    "Change",
    "ChangeRow",
    "ChecklistAnswer",
    "Code",
    "CodeLineage",
    "Coding",
    "Excerpt",
    "Export",
    "ExportVoice",
    "Group",
    "JournalEntry",
    "JournalLink",
    "JournalRevision",
    "Lens",
    "LensEntry",
    "MapNote",
    "MapRegion",
    "MapVersion",
    "Mapping",
    "MappingExcerpt",
    "MappingIndicator",
    "Memo",
    "Participant",
    "ParticipantAttribute",
    "Person",
    "PhaseVisit",
    "ReviewCheck",
    "ReviewComment",
    "Source",
    "SourceOriginal",
    "Speaker",
    "StudySheet",
    "Theme",
    "ThemeCode",
    "ThemeExcerpt",
    "ThemeLineage",
    "ThemeRelation",
    "Turn",
    "Unexplained",
    "new_key",
]
