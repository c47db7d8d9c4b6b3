"""Codes, their codings, and memos on anything."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Keyed, Moment, exactly_one
from app.models.kinds import CodeOrigin, CodeStatus, LineageKind, one_of


class Code(Keyed, Base):
    """One analytic idea with a label that says something. The MacQueen fields are optional and filled late."""

    __tablename__ = "code"
    __table_args__ = (
        CheckConstraint("trim(name) <> ''", name="named"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_own_parent"),
        CheckConstraint("colour GLOB '#[0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F][0-9A-F]'", name="colour"),
        CheckConstraint("semantic_latent IS NULL OR semantic_latent BETWEEN 0 AND 4", name="semantic_latent"),
        Index("uq_code_parent_name", text("ifnull(parent_id, '')"), "name", unique=True),
    )

    name: Mapped[str]
    parent_id: Mapped[str | None] = mapped_column(ForeignKey("code.id", ondelete="SET NULL"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    colour: Mapped[str]
    status: Mapped[CodeStatus] = mapped_column(one_of(CodeStatus), default=CodeStatus.ACTIVE)
    set_aside_reason: Mapped[str] = mapped_column(default="")
    brief: Mapped[str] = mapped_column(default="")
    full: Mapped[str] = mapped_column(default="")
    when_to_use: Mapped[str] = mapped_column(default="")
    when_not_to_use: Mapped[str] = mapped_column(default="")
    example_excerpt_id: Mapped[str | None] = mapped_column(ForeignKey("excerpt.id", ondelete="SET NULL"), index=True)
    semantic_latent: Mapped[int | None]
    origin: Mapped[CodeOrigin | None] = mapped_column(one_of(CodeOrigin))
    created_at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)


class Coding(Keyed, Base):
    """An excerpt tagged with a code: who, when, and whether they are sure."""

    __tablename__ = "coding"
    __table_args__ = (UniqueConstraint("excerpt_id", "code_id"),)

    excerpt_id: Mapped[str] = mapped_column(ForeignKey("excerpt.id", ondelete="CASCADE"))
    code_id: Mapped[str] = mapped_column(ForeignKey("code.id", ondelete="CASCADE"), index=True)
    unsure: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)


class CodeLineage(Keyed, Base):
    """Where a code came from when codes were merged or split. The other code may be gone, so its name is kept."""

    __tablename__ = "code_lineage"

    code_id: Mapped[str] = mapped_column(ForeignKey("code.id", ondelete="CASCADE"), index=True)
    kind: Mapped[LineageKind] = mapped_column(one_of(LineageKind))
    other_id: Mapped[str]
    other_name: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)


class Memo(Keyed, Base):
    """A note on exactly one thing. Its kind is the researcher's word: analytic, theory, language, to-do ..."""

    __tablename__ = "memo"
    __table_args__ = (
        exactly_one("excerpt_id", "coding_id", "code_id", "theme_id", "source_id", "group_id", "participant_id"),
    )

    kind: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    excerpt_id: Mapped[str | None] = mapped_column(ForeignKey("excerpt.id", ondelete="CASCADE"), index=True)
    coding_id: Mapped[str | None] = mapped_column(ForeignKey("coding.id", ondelete="CASCADE"), index=True)
    code_id: Mapped[str | None] = mapped_column(ForeignKey("code.id", ondelete="CASCADE"), index=True)
    theme_id: Mapped[str | None] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)
    source_id: Mapped[str | None] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), index=True)
    group_id: Mapped[str | None] = mapped_column(ForeignKey("focus_group.id", ondelete="CASCADE"), index=True)
    participant_id: Mapped[str | None] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
