"""What others say about the analysis, and the checks a theme went through. They change nothing by themselves."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Keyed, Moment, exactly_one
from app.models.kinds import ReviewLevel, ReviewStatus, one_of


class ReviewComment(Keyed, Base):
    """A comment on exactly one thing, or a reply to a comment. Its kind is the author's word: question, praise ..."""

    __tablename__ = "review_comment"
    __table_args__ = (
        CheckConstraint("trim(text) <> ''", name="says_something"),
        exactly_one("reply_to_id", "theme_id", "code_id", "version_id", "excerpt_id"),
    )

    author: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
    kind: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    status: Mapped[ReviewStatus] = mapped_column(one_of(ReviewStatus), default=ReviewStatus.OPEN)
    reply_to_id: Mapped[str | None] = mapped_column(ForeignKey("review_comment.id", ondelete="CASCADE"), index=True)
    theme_id: Mapped[str | None] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)
    code_id: Mapped[str | None] = mapped_column(ForeignKey("code.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[str | None] = mapped_column(ForeignKey("map_version.id", ondelete="CASCADE"), index=True)
    excerpt_id: Mapped[str | None] = mapped_column(ForeignKey("excerpt.id", ondelete="CASCADE"), index=True)


class ReviewCheck(Keyed, Base):
    """One check of a theme, at one of the two levels of phase 4: what was looked at, when, and what was found."""

    __tablename__ = "review_check"

    theme_id: Mapped[str] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), index=True)
    level: Mapped[ReviewLevel] = mapped_column(one_of(ReviewLevel))
    at: Mapped[datetime] = mapped_column(Moment)
    finding: Mapped[str] = mapped_column(default="")
    person_id: Mapped[str | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
