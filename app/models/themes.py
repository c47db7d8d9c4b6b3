"""Themes, what belongs to them, and how they meet a theory (a lens)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Keyed, Moment
from app.models.kinds import Belongs, CodeRole, Direction, LineageKind, ThemeKind, ThemeStatus, Weight, one_of


class Theme(Keyed, Base):
    """A pattern of shared meaning around a central organising concept, which is one sentence."""

    __tablename__ = "theme"
    __table_args__ = (
        UniqueConstraint("name"),
        CheckConstraint("trim(name) <> ''", name="named"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_own_parent"),
        CheckConstraint("kind <> 'subtheme' OR parent_id IS NOT NULL", name="subtheme_has_parent"),
        CheckConstraint("kind <> 'overarching' OR parent_id IS NULL", name="overarching_on_top"),
        CheckConstraint("map_size BETWEEN 0.5 AND 3", name="size_on_the_map"),
    )

    name: Mapped[str]
    kind: Mapped[ThemeKind] = mapped_column(one_of(ThemeKind), default=ThemeKind.THEME)
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    status: Mapped[ThemeStatus] = mapped_column(one_of(ThemeStatus), default=ThemeStatus.CANDIDATE)
    concept: Mapped[str] = mapped_column(default="")
    definition: Mapped[str] = mapped_column(default="")
    boundary: Mapped[str] = mapped_column(default="")
    story: Mapped[str] = mapped_column(default="")
    implication: Mapped[str] = mapped_column(default="")
    map_x: Mapped[float | None]
    map_y: Mapped[float | None]
    map_size: Mapped[float] = mapped_column(default=1.0)
    created_at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)


class ThemeLineage(Keyed, Base):
    """Where a theme came from when themes were merged or split."""

    __tablename__ = "theme_lineage"

    theme_id: Mapped[str] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)
    kind: Mapped[LineageKind] = mapped_column(one_of(LineageKind))
    other_id: Mapped[str]
    other_name: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)


class ThemeCode(Keyed, Base):
    """A code that feeds a theme; one code may feed several."""

    __tablename__ = "theme_code"
    __table_args__ = (UniqueConstraint("theme_id", "code_id"),)

    theme_id: Mapped[str] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"))
    code_id: Mapped[str] = mapped_column(ForeignKey("code.id", ondelete="CASCADE"), index=True)
    role: Mapped[CodeRole] = mapped_column(one_of(CodeRole), default=CodeRole.PART)
    position: Mapped[int] = mapped_column(default=0)
    note: Mapped[str] = mapped_column(default="")
    added_at: Mapped[datetime] = mapped_column(Moment)


class ThemeExcerpt(Keyed, Base):
    """Three independent decisions on an excerpt of a theme: belongs, runs against, quoted.

    `quoted_order` is None while the excerpt is not quoted. `edited_text` stands beside the original, never instead.
    An excerpt that was `brought_in` stands with the theme whatever its codes; others come and go with codes, and what
    was decided on them waits for them.
    """

    __tablename__ = "theme_excerpt"
    __table_args__ = (UniqueConstraint("theme_id", "excerpt_id"),)

    theme_id: Mapped[str] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"))
    excerpt_id: Mapped[str] = mapped_column(ForeignKey("excerpt.id", ondelete="CASCADE"), index=True)
    belongs: Mapped[Belongs] = mapped_column(one_of(Belongs), default=Belongs.UNDECIDED)
    runs_against: Mapped[bool] = mapped_column(default=False)
    quoted_order: Mapped[int | None]
    edited_text: Mapped[str] = mapped_column(default="")
    gloss: Mapped[str] = mapped_column(default="")
    why: Mapped[str] = mapped_column(default="")
    brought_in: Mapped[bool] = mapped_column(default=False)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)


class Lens(Keyed, Base):
    """A theory as data: what a study may be read through."""

    __tablename__ = "lens"
    __table_args__ = (UniqueConstraint("name"), CheckConstraint("trim(name) <> ''", name="named"))

    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    citation: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class LensEntry(Keyed, Base):
    """A dimension or mode of a lens, or an indicator beneath one; an indicator may stand beneath several of them."""

    __tablename__ = "lens_entry"
    __table_args__ = (
        CheckConstraint("trim(name) <> ''", name="named"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_own_parent"),
    )

    lens_id: Mapped[str] = mapped_column(ForeignKey("lens.id", ondelete="CASCADE"))
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("lens_entry.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    definition: Mapped[str] = mapped_column(default="")
    citation: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


Index(
    "uq_lens_entry_lens_id_name",
    LensEntry.lens_id,
    func.coalesce(LensEntry.parent_id, ""),
    LensEntry.name,
    unique=True,
)


class Mapping(Keyed, Base):
    """What a theme has to do with an entry of a lens: weight and direction in words, and why."""

    __tablename__ = "mapping"
    __table_args__ = (UniqueConstraint("theme_id", "entry_id"),)

    theme_id: Mapped[str] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"))
    entry_id: Mapped[str] = mapped_column(ForeignKey("lens_entry.id", ondelete="CASCADE"), index=True)
    weight: Mapped[Weight] = mapped_column(one_of(Weight))
    direction: Mapped[Direction] = mapped_column(one_of(Direction), default=Direction.SHOWS)
    rationale: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)


class MappingExcerpt(Keyed, Base):
    """An excerpt that bears a mapping."""

    __tablename__ = "mapping_excerpt"
    __table_args__ = (UniqueConstraint("mapping_id", "excerpt_id"),)

    mapping_id: Mapped[str] = mapped_column(ForeignKey("mapping.id", ondelete="CASCADE"))
    excerpt_id: Mapped[str] = mapped_column(ForeignKey("excerpt.id", ondelete="CASCADE"), index=True)


class MappingIndicator(Keyed, Base):
    """An indicator (an entry of a lens) by which a mapping is recognised, such as "local lore, inside jokes"."""

    __tablename__ = "mapping_indicator"
    __table_args__ = (UniqueConstraint("mapping_id", "entry_id"),)

    mapping_id: Mapped[str] = mapped_column(ForeignKey("mapping.id", ondelete="CASCADE"))
    entry_id: Mapped[str] = mapped_column(ForeignKey("lens_entry.id", ondelete="CASCADE"), index=True)


class Unexplained(Keyed, Base):
    """What a lens does not explain of a theme: kept per lens, so that switching lenses loses nothing."""

    __tablename__ = "unexplained"
    __table_args__ = (UniqueConstraint("theme_id", "lens_id"),)

    theme_id: Mapped[str] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"))
    lens_id: Mapped[str] = mapped_column(ForeignKey("lens.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
