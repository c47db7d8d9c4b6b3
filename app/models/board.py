"""The clustering board: where cards lie and which lie together; what belongs to a theme is kept with the theme."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Keyed


class BoardPile(Keyed, Base):
    """A pile on the board: a working pile of cards, or the place of a theme that stands on top."""

    __tablename__ = "board_pile"
    __table_args__ = (
        UniqueConstraint("theme_id"),
        CheckConstraint("theme_id IS NULL OR title = ''", name="theme_has_its_name"),
    )

    theme_id: Mapped[str | None] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(default="")
    x: Mapped[float]
    y: Mapped[float]


class BoardCard(Keyed, Base):
    """A code that lies on the board by itself, or in a working pile. Codes of themes need no row to be seen there."""

    __tablename__ = "board_card"
    __table_args__ = (UniqueConstraint("code_id"),)

    code_id: Mapped[str] = mapped_column(ForeignKey("code.id", ondelete="CASCADE"))
    pile_id: Mapped[str | None] = mapped_column(ForeignKey("board_pile.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    x: Mapped[float] = mapped_column(default=0.0)
    y: Mapped[float] = mapped_column(default=0.0)
