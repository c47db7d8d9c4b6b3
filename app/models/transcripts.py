"""Sources, their turns, and the excerpts taken from them. All offsets are Unicode code points, end exclusive."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Keyed, Moment
from app.models.kinds import ExcerptLevel, TurnKind, one_of

BULKY = {"bulky": True}
"""Marks columns whose value the change journal keeps only when a row is deleted or the value itself changes."""


class Source(Keyed, Base):
    """A transcript. `text` has LF line ends and no byte order mark; every offset of the study counts in it.

    `transcription`: in what style it was written down; `checked_by`, `checked_on`: who held it against the recording.
    """

    __tablename__ = "source"
    __table_args__ = (UniqueConstraint("name"), CheckConstraint("trim(name) <> ''", name="named"))

    name: Mapped[str]
    group_id: Mapped[str | None] = mapped_column(ForeignKey("focus_group.id", ondelete="SET NULL"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = mapped_column(deferred=True, info=BULKY)
    text_hash: Mapped[str]
    words: Mapped[int] = mapped_column(default=0)
    file_name: Mapped[str] = mapped_column(default="")
    file_hash: Mapped[str] = mapped_column(default="", index=True)
    language: Mapped[str] = mapped_column(default="")
    direction: Mapped[str] = mapped_column(default="auto")
    transcription: Mapped[str] = mapped_column(default="")
    checked_by: Mapped[str] = mapped_column(default="")
    checked_on: Mapped[date | None] = mapped_column(Date)
    imported_at: Mapped[datetime] = mapped_column(Moment)


class SourceOriginal(Keyed, Base):
    """The bytes of the file a source came from; kept only when the researcher chose so at import."""

    __tablename__ = "source_original"
    __table_args__ = (UniqueConstraint("source_id"),)

    source_id: Mapped[str] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, info=BULKY)


class Turn(Keyed, Base):
    """One turn at talk: its label as it stands in the text (name, time, colon), then the words said.

    `label_start <= label_end <= start <= end`; a turn without a label has an empty label span. A turn that `continues`
    was joined to the one before it by a researcher: the two are one turn, and its label is neither words nor shown.
    """

    __tablename__ = "turn"
    __table_args__ = (
        UniqueConstraint("source_id", "start"),
        CheckConstraint(
            'label_start >= 0 AND label_start <= label_end AND label_end <= start AND start <= "end"', name="span"
        ),
    )

    source_id: Mapped[str] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    speaker_id: Mapped[str | None] = mapped_column(ForeignKey("speaker.id", ondelete="SET NULL"), index=True)
    label_start: Mapped[int]
    label_end: Mapped[int]
    start: Mapped[int]
    end: Mapped[int]
    time_ms: Mapped[int | None]
    continues: Mapped[bool] = mapped_column(default=False)
    kind: Mapped[TurnKind] = mapped_column(one_of(TurnKind), default=TurnKind.SPEECH)


class Excerpt(Keyed, Base):
    """A stretch of a source worth keeping; it may cross turns. `quote` always equals `source.text[start:end]`."""

    __tablename__ = "excerpt"
    __table_args__ = (
        UniqueConstraint("source_id", "start", "end", "level"),
        CheckConstraint('start >= 0 AND start < "end"', name="span"),
        CheckConstraint('length(quote) = "end" - start', name="quote"),
    )

    source_id: Mapped[str] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    start: Mapped[int]
    end: Mapped[int]
    quote: Mapped[str]
    level: Mapped[ExcerptLevel] = mapped_column(one_of(ExcerptLevel), default=ExcerptLevel.INDIVIDUAL)
    interaction: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
