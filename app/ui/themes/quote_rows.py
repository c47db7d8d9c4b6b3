"""Rows of the quote picker: words, who says them, and what speaks for or against quoting them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from app.analysis.behind_themes import Behind
from app.analysis.themes import ThemeExcerptRow
from app.models.kinds import Belongs, Consent
from app.ui.style.tokens import LIGHT, Tokens
from app.ui.themes.excerpt_model import ROW, WHERE, ThemeExcerptModel
from app.ui.widgets.rows import draw_words, paint_ground, row_fonts

Index = QModelIndex | QPersistentModelIndex
NOTE = Qt.ItemDataRole.UserRole + 10
LINES = 2


class QuoteModel(ThemeExcerptModel):
    """Excerpts of a theme with a note on each (NOTE)."""

    notes: Mapping[str, str] = {}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a role asks for; screen readers hear the note too."""
        row = self.row(index.row())
        if row is not None and role == NOTE:
            return self.notes.get(row.excerpt_id, "")
        if row is not None and role == Qt.ItemDataRole.AccessibleTextRole:
            said = (self.words(row), self.where(row), self.notes.get(row.excerpt_id, ""))
            return ". ".join(part for part in said if part)
        return super().data(index, role)


class QuoteDelegate(QStyledItemDelegate):
    """Two lines of words, who says them, and the note; all rows are equally high."""

    tokens: Tokens = LIGHT

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """As high as four lines."""
        serif, small = row_fonts(option.font)
        return QSize(120, QFontMetrics(serif).lineSpacing() * LINES + QFontMetrics(small).lineSpacing() * 2 + 22)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, words, attribution, note, hairline."""
        painter.save()
        t, area = self.tokens, option.rect
        paint_ground(painter, option, self.tokens)
        serif, small = row_fonts(option.font)
        inner = area.adjusted(8, 8, -8, -6)
        row: ThemeExcerptRow = index.data(ROW)
        if row.quoted_order is not None:
            painter.setFont(small)
            painter.setPen(QColor(t.quiet))
            painter.drawText(QRect(inner.left(), inner.top(), 20, 20), Qt.AlignmentFlag.AlignTop, f"{index.row() + 1}")
            inner.setLeft(inner.left() + 20)
        painter.setFont(serif)
        painter.setPen(QColor(t.text))
        top = draw_words(painter, str(index.data(Qt.ItemDataRole.DisplayRole)), serif, inner, LINES) + 4
        metrics = QFontMetrics(small)
        painter.setFont(small)
        for text, colour in ((str(index.data(WHERE)), t.quiet), (str(index.data(NOTE)), t.text)):
            line = QRect(inner.left(), top, inner.width(), metrics.lineSpacing())
            painter.setPen(QColor(colour))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, shown)
            top += metrics.lineSpacing()
        painter.setPen(QColor(t.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.restore()


def in_order(rows: Sequence[ThemeExcerptRow]) -> list[ThemeExcerptRow]:
    """Those quoted, in the order of quoting."""
    return sorted((row for row in rows if row.quoted_order is not None), key=lambda row: row.quoted_order or 0)


def candidates(rows: Sequence[ThemeExcerptRow], found: Behind) -> list[ThemeExcerptRow]:
    """Those that might be quoted: first voices that no theme quotes yet, then those not quoted here, then the rest.

    What was decided out is none of them; what may not be quoted comes last, so that one sees why it is missing.
    """

    def rank(row: ThemeExcerptRow) -> int:
        who = found.of_excerpt.get(row.excerpt_id, frozenset())
        if not may_be_quoted(found, row):
            return 4
        if not who:
            return 3
        if who - found.quoted - found.quoted_elsewhere:
            return 0
        return 1 if who - found.quoted else 2

    waiting = [row for row in rows if row.quoted_order is None and row.belongs != Belongs.OUT]
    return sorted(waiting, key=rank)


def may_be_quoted(found: Behind, row: ThemeExcerptRow) -> bool:
    """Whether nobody in it refused."""
    return all(found.people[key].may_be_quoted for key in found.of_excerpt.get(row.excerpt_id, ()))


def note_on(row: ThemeExcerptRow, found: Behind) -> str:
    """What one wants to know before quoting it, in words."""
    who = found.of_excerpt.get(row.excerpt_id, frozenset())
    if not may_be_quoted(found, row):
        return _tr("may not be quoted: consent was refused")
    said = []
    if row.quoted_order is None and who:
        if not who & (found.quoted | found.quoted_elsewhere):
            said.append(_tr("not quoted anywhere yet"))
        elif not who & found.quoted:
            said.append(_tr("not quoted in this theme yet"))
    if any(found.people[key].consent == Consent.NOT_RECORDED for key in who):
        said.append(_tr("consent not recorded"))
    elif who:
        said.append(_tr("consent given"))
    if row.runs_against:
        said.append(_tr("runs against the theme"))
    if row.edited_text:
        said.append(_tr("edited"))
    if row.belongs == Belongs.UNDECIDED:
        said.append(_tr("undecided"))
    others = found.quoting.get(row.excerpt_id, ())
    if others:
        said.append(_tr("also quoted in {themes}").format(themes=", ".join(f"“{name}”" for name in others)))
    return " · ".join(said)


def _tr(text: str) -> str:
    return QCoreApplication.translate("QuoteRows", text)
