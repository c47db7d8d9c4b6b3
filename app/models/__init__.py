"""WHAT a study is: mapped classes with their constraints, the change journal and the migrations.

Mapping a class costs milliseconds, and a study is on the screen before most of its tables are needed. So a class is
mapped when it is first asked for; `load_all` maps the rest before the first change, and for whoever asks of all tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from sqlalchemy import MetaData

from app.models.base import Base, new_key

if TYPE_CHECKING:
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
    "load_all",
    "load_stepwise",
    "new_key",
]

_ROOMS = {
    "board": "BoardCard BoardPile",
    "codes": "Code CodeLineage Coding Memo",
    "journals": "ApproachVersion ChecklistAnswer JournalEntry JournalLink JournalRevision PhaseVisit",
    "maps": "MapNote MapRegion MapVersion ThemeRelation",
    "people": "Group Participant ParticipantAttribute Person Speaker StudySheet",
    "records": "Change ChangeRow Export ExportVoice",
    "reviews": "ReviewCheck ReviewComment",
    "themes": "Lens LensEntry Mapping MappingExcerpt MappingIndicator Theme ThemeCode ThemeExcerpt ThemeLineage"
    " Unexplained",
    "transcripts": "Excerpt Source SourceOriginal Turn",
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """The class of this name; its module is imported now if nobody asked before (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"app.models.{_HOMES[name]}"), name)
    globals()[name] = found
    return found


@cache
def load_all() -> MetaData:
    """Map every class; the metadata knows all tables of a study then."""
    for _ in load_stepwise():
        pass
    return Base.metadata


def load_stepwise() -> Iterator[None]:
    """Map the classes room by room, for whoever must answer in between."""
    for room in _ROOMS:
        import_module(f"app.models.{room}")
        yield
