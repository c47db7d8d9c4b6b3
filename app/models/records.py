"""What is kept about the work itself: the change journal and the register of what left the study."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Keyed, Moment
from app.models.kinds import Origin, one_of


class Export(Keyed, Base):
    """One document that left the study: what, when, to whom if said, and its hash. Never undone."""

    __tablename__ = "export"

    at: Mapped[datetime] = mapped_column(Moment)
    kind: Mapped[str]
    file_name: Mapped[str]
    to_whom: Mapped[str] = mapped_column(default="")
    content_hash: Mapped[str]


class ExportVoice(Keyed, Base):
    """Whose words were in an export: needed when somebody withdraws later."""

    __tablename__ = "export_voice"
    __table_args__ = (UniqueConstraint("export_id", "participant_id"),)

    export_id: Mapped[str] = mapped_column(ForeignKey("export.id", ondelete="CASCADE"))
    participant_id: Mapped[str | None] = mapped_column(ForeignKey("participant.id", ondelete="SET NULL"), index=True)


class Change(Base):
    """One action of the researcher: one transaction, one entry of the audit trail, one undo step.

    `purge_due`: what it took away for good may still lie in unused parts of the file or in backups (`app.purging`).
    """

    __tablename__ = "change"
    __table_args__ = (
        CheckConstraint("undoes < seq", name="undoes_earlier"),
        CheckConstraint("verb NOT IN ('undo', 'redo') OR undoes IS NOT NULL", name="undoes_something"),
        {"sqlite_autoincrement": True},
    )

    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(default="")
    verb: Mapped[str]
    label: Mapped[str]
    reason: Mapped[str | None]
    phase: Mapped[str | None]
    undoes: Mapped[int | None] = mapped_column(ForeignKey("change.seq"), index=True)
    origin: Mapped[Origin] = mapped_column(one_of(Origin), default=Origin.WINDOW)
    purge_due: Mapped[bool | None]


class ChangeRow(Base):
    """One row that a change touched, or one splice of a text.

    `before` and `after` are JSON objects of columns, of a splice the words; see `app.models.journal`. The two indexes
    are for the audit trail, which asks what became of one thing.
    """

    __tablename__ = "change_row"
    __table_args__ = (
        CheckConstraint("op IN ('insert', 'update', 'delete', 'splice')", name="op"),
        Index("ix_change_row_row", "row_id", "change_seq"),
        Index("ix_change_row_altered", "op", "table_name", sqlite_where=text("op <> 'insert'")),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    change_seq: Mapped[int] = mapped_column(ForeignKey("change.seq", ondelete="CASCADE"), index=True)
    table_name: Mapped[str]
    row_id: Mapped[str]
    op: Mapped[str]
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
