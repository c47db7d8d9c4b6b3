"""The theme map: how themes stand to each other, where things are placed, and versions kept for ever."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Keyed, Moment
from app.models.kinds import RelationKind, one_of


class ThemeRelation(Keyed, Base):
    """What one theme has to do with another: leads into it, tension, contrast, or the researcher's own word."""

    __tablename__ = "theme_relation"
    __table_args__ = (
        UniqueConstraint("from_id", "to_id"),
        CheckConstraint("from_id <> to_id", name="two_themes"),
        CheckConstraint("kind <> 'own word' OR trim(label) <> ''", name="own_word"),
    )

    from_id: Mapped[str] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"))
    to_id: Mapped[str] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)
    kind: Mapped[RelationKind] = mapped_column(one_of(RelationKind))
    label: Mapped[str] = mapped_column(default="")


class MapRegion(Keyed, Base):
    """Where the researcher put the region of a dimension, in units of the map; without a row the layout places it."""

    __tablename__ = "map_region"
    __table_args__ = (UniqueConstraint("entry_id"), CheckConstraint("width > 0 AND height > 0", name="size"))

    entry_id: Mapped[str] = mapped_column(ForeignKey("lens_entry.id", ondelete="CASCADE"))
    x: Mapped[float]
    y: Mapped[float]
    width: Mapped[float]
    height: Mapped[float]


class MapNote(Keyed, Base):
    """Free words on the map."""

    __tablename__ = "map_note"
    __table_args__ = (CheckConstraint("trim(text) <> ''", name="says_something"),)

    text: Mapped[str]
    x: Mapped[float]
    y: Mapped[float]


class MapVersion(Keyed, Base):
    """The map as it was: themes, membership, places, relations, mappings in `snapshot`, which never changes."""

    __tablename__ = "map_version"
    __table_args__ = (CheckConstraint("trim(label) <> ''", name="labelled"),)

    label: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSON)
