"""The researcher's thinking as part of the data: journal, approach, visits to phases, answers to checklists."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Keyed, Moment, exactly_one
from app.models.kinds import Phase, one_of


class JournalEntry(Keyed, Base):
    """One entry of the reflexive journal, as it reads now. What it said before stays in its revisions.

    `kind` is the researcher's word (hunch, decision, supervision ...). A `private` entry leaves in no output unless it
    is chosen by itself. `phase` is the phase that the researcher said to be in while writing.
    """

    __tablename__ = "journal_entry"
    __table_args__ = (CheckConstraint("trim(text) <> ''", name="says_something"),)

    at: Mapped[datetime] = mapped_column(Moment, index=True)
    kind: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    private: Mapped[bool] = mapped_column(default=False)
    phase: Mapped[Phase | None] = mapped_column(one_of(Phase))
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)


class JournalRevision(Keyed, Base):
    """What an entry said before it was edited at `at`. Revisions are only ever added."""

    __tablename__ = "journal_revision"

    entry_id: Mapped[str] = mapped_column(ForeignKey("journal_entry.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    kind: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)


class JournalLink(Keyed, Base):
    """An entry speaks of exactly one thing here; an entry may have many links. The thing may go, the entry stays."""

    __tablename__ = "journal_link"
    __table_args__ = (
        exactly_one(
            "source_id",
            "excerpt_id",
            "code_id",
            "theme_id",
            "version_id",
            "lens_entry_id",
            "group_id",
            "participant_id",
            "comment_id",
        ),
    )

    entry_id: Mapped[str] = mapped_column(ForeignKey("journal_entry.id", ondelete="CASCADE"), index=True)
    source_id: Mapped[str | None] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), index=True)
    excerpt_id: Mapped[str | None] = mapped_column(ForeignKey("excerpt.id", ondelete="CASCADE"), index=True)
    code_id: Mapped[str | None] = mapped_column(ForeignKey("code.id", ondelete="CASCADE"), index=True)
    theme_id: Mapped[str | None] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[str | None] = mapped_column(ForeignKey("map_version.id", ondelete="CASCADE"), index=True)
    lens_entry_id: Mapped[str | None] = mapped_column(ForeignKey("lens_entry.id", ondelete="CASCADE"), index=True)
    group_id: Mapped[str | None] = mapped_column(ForeignKey("focus_group.id", ondelete="CASCADE"), index=True)
    participant_id: Mapped[str | None] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"), index=True)
    comment_id: Mapped[str | None] = mapped_column(ForeignKey("review_comment.id", ondelete="CASCADE"), index=True)


class ApproachVersion(Keyed, Base):
    """The approach statement as it stood at `at`, and why it was changed. The newest one is the present statement.

    `statement` is {part: {"choice": word, "words": free text}}; the parts stand in `app.models.approach`.
    """

    __tablename__ = "approach_version"

    at: Mapped[datetime] = mapped_column(Moment, index=True)
    statement: Mapped[dict[str, Any]] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(default="")
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)


class PhaseVisit(Keyed, Base):
    """A stay in one phase of the analysis, as the researcher says it. Phases are places, visited in any order.

    The open visit (`ended_at` is None) is "I am now doing ..."; there is at most one. `added_later` marks a visit
    that was entered or corrected afterwards.
    """

    __tablename__ = "phase_visit"
    __table_args__ = (CheckConstraint("ended_at IS NULL OR ended_at >= began_at", name="forward"),)

    phase: Mapped[Phase] = mapped_column(one_of(Phase))
    began_at: Mapped[datetime] = mapped_column(Moment, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    note: Mapped[str] = mapped_column(default="")
    added_later: Mapped[bool] = mapped_column(default=False)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)


class ChecklistAnswer(Keyed, Base):
    """A free answer to one item of a checklist, by the researcher or by a supervisor. There is no tick and no score."""

    __tablename__ = "checklist_answer"
    __table_args__ = (UniqueConstraint("checklist", "item", "role"),)

    checklist: Mapped[str]
    item: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
