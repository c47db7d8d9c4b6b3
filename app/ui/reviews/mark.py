"""The mark of comments: a small speech bubble, filled while one is open, and the button that says how they stand."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QPushButton, QTreeWidget

from app.analysis.reviews import commented
from app.ui.desk import Desk
from app.ui.style.tokens import LIGHT, Tokens

WIDE, HIGH = 17.0, 13.0


def paint_mark(painter: QPainter, at: QPointF, colour: str, *, is_open: bool) -> QRectF:
    """Draw the bubble with its top left corner here; returns what it covers."""
    box = QRectF(at.x(), at.y(), WIDE, HIGH)
    path = QPainterPath()
    path.addRoundedRect(box, 4, 4)
    tail = QPainterPath(QPointF(box.left() + 4, box.bottom() - 1))
    tail.lineTo(box.left() + 4, box.bottom() + 4)
    tail.lineTo(box.left() + 9, box.bottom() - 1)
    whole = path.united(tail)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), 1.3))
    painter.setBrush(QColor(colour) if is_open else Qt.BrushStyle.NoBrush)
    painter.drawPath(whole)
    painter.restore()
    return whole.boundingRect()


class RowMarks:
    """The marks at the right of the rows of a tree: which keys are commented on, and whether a comment is open."""

    def __init__(self, tree: QTreeWidget) -> None:
        self._tree = tree
        self._found: dict[str, bool] = {}
        self.colour = LIGHT.accent

    def show(self, found: dict[str, bool], tokens: Tokens) -> None:
        """Mark these."""
        if found != self._found:
            self._tree.scheduleDelayedItemsLayout()  # names wrap where a mark begins
        self._found = found
        self.colour = tokens.accent
        self._tree.viewport().update()

    def room(self, key: str) -> int:
        """How many pixels the mark of a row takes at its right."""
        return int(WIDE) + 14 if key in self._found else 0

    def paint(self, painter: QPainter, row: QRect, key: str) -> None:
        """Draw the mark of a row, if it has one."""
        if key in self._found:
            paint_mark(painter, self._at(row), self.colour, is_open=self._found[key])

    def hit(self, point: QPoint, row: QRect, key: str) -> bool:
        """Whether this point lies on the mark of the row."""
        return key in self._found and QRectF(self._at(row), QSizeF(WIDE, HIGH + 4)).contains(QPointF(point))

    @staticmethod
    def _at(row: QRect) -> QPointF:
        return QPointF(row.right() - WIDE - 8, row.top() + min(12.0, (row.height() - HIGH) / 2))


class CommentButton(QPushButton):
    """Stands on the sheet of a thing; opens what was said about it, or a place to say something."""

    def __init__(self, desk: Desk, subject: str, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("look", "link")
        self._desk, self._subject, self._id = desk, subject, ""
        self.clicked.connect(lambda: desk.commentsWanted.emit(self._subject, self._id))
        desk.changed.connect(lambda notice: self._say() if notice.touches("review_comment") else None)

    def show_on(self, subject_id: str) -> None:
        """Speak of this thing."""
        self._id = subject_id
        self._say()

    def _say(self) -> None:
        if not self._id:
            return
        with self._desk.read() as session:
            found = commented(session).get(self._id)
        words = self.tr("Comment …") if found is None else self.tr("Comments, open") if found else self.tr("Comments")
        self.setText(words)
        self.setAccessibleName(words)
        self.setVisible(found is not None or not self._desk.study.read_only)
