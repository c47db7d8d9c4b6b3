"""The heads of a table of codes: codes at the left, names above, readable also when there are hundreds."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from app.analysis.codes import CodeRow
from app.analysis.tables import TableColumn
from app.models.kinds import CodeStatus
from app.ui.compare.tables_model import ROW, named
from app.ui.compare.tables_painting import ENOUGH, font_of, width_of
from app.ui.style.icons import sign_pixmap
from app.ui.style.tokens import LIGHT, Tokens

ROW_HEIGHT = 28
_SIGN = 18
_PAD = 8
_BAND = 24
_UPRIGHT = 120
"""The width at which a name, perhaps shortened, is read without turning the head."""
_NARROWEST = 30
_LONGEST = 168
"""The height a turned name may take."""
_WIDEST = 340
"""The width the names of codes may take."""


class _Heads(QHeaderView):
    """What both kinds of heads share: colours, and the head of the cell at hand standing out."""

    tokens: Tokens = LIGHT

    def __init__(self, way: Qt.Orientation, parent: QTableView) -> None:
        super().__init__(way, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)
        self.setMouseTracking(True)
        self._table = parent

    def at_hand(self, place: int) -> bool:
        """Whether the cell at hand stands in this row or column."""
        index = self._table.currentIndex()
        held = index.column() if self.orientation() == Qt.Orientation.Horizontal else index.row()
        return index.isValid() and held == place

    def paintEvent(self, event: QPaintEvent) -> None:
        """Behind the last head is the ground of the heads too."""
        super().paintEvent(event)
        across = self.orientation() == Qt.Orientation.Horizontal
        rest = self.viewport().rect()
        end = self.length() - self.offset()
        rest = rest.adjusted(end, 0, 0, 0) if across else rest.adjusted(0, end, 0, 0)
        if rest.isValid():
            painter = QPainter(self.viewport())
            painter.fillRect(rest, QColor(self.tokens.panel))
            painter.end()


class ColumnHeads(_Heads):
    """Names over the columns, turned where they are many; participants stand under their group."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.turned = False
        self.sorted_by = ""
        self._columns: list[TableColumn] = []
        self._grouped = False
        self._height = 40

    def fit(self, room: int, columns: list[TableColumn]) -> None:
        """Give every column one width: names upright if all of them have room, turned if not."""
        self._columns, self._grouped = columns, any(column.group for column in columns)
        name, about = font_of(self.font(), 13, strong=True), font_of(self.font(), 12)
        widths = [width_of(named(one), name) + (_SIGN + 6 if one.sign else 0) for one in columns]
        widths += [width_of(one.role, about) for one in columns]
        longest = max(widths, default=0) + 2 * _PAD + 14
        share = room // max(1, len(columns))
        self.turned = share < min(_UPRIGHT, longest)
        high = QFontMetrics(name).lineSpacing()
        high += QFontMetrics(about).lineSpacing() if any(one.role for one in columns) else 0
        if self.turned:
            self.setDefaultSectionSize(max(_NARROWEST, high + 4))
            signs = _SIGN + 6 if any(one.sign for one in columns) else 0
            self._height = min(_LONGEST, max(widths, default=0) + 8) + signs + 2 * _PAD
        else:
            self.setDefaultSectionSize(max(64, min(_UPRIGHT * 2, longest, share)))
            self._height = high + 2 * _PAD
        self._height += _BAND if self._grouped else 0
        self.updateGeometry()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """As high as the longest name, within reason."""
        return QSize(super().sizeHint().width(), self._height)

    def paintSection(self, painter: QPainter, area: QRect, place: int) -> None:
        """The name, with the role under it, below the band of the group."""
        if not area.isValid() or place >= len(self._columns):
            return
        t, column = self.tokens, self._columns[place]
        painter.save()
        painter.setClipRect(area)
        painter.fillRect(area, QColor(t.chosen if self.at_hand(place) else t.panel))
        inner = area
        if self._grouped:
            self._paint_band(painter, area, place)
            inner = area.adjusted(0, _BAND, 0, 0)
        if self.turned:
            painter.save()
            self._paint_turned(painter, inner, column)
            painter.restore()
        else:
            self._paint_upright(painter, inner, column)
        painter.setPen(QColor(t.edge))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setPen(QColor(t.line))
        painter.drawLine(inner.topRight(), inner.bottomRight())
        painter.restore()

    def _paint_band(self, painter: QPainter, area: QRect, place: int) -> None:
        """The group over its columns; its name stays in view while any of them is."""
        t, group = self.tokens, self._columns[place].group
        first = last = place
        while first > 0 and self._columns[first - 1].group == group:
            first -= 1
        while last + 1 < len(self._columns) and self._columns[last + 1].group == group:
            last += 1
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        band = QRect(left, area.top(), right - left, _BAND)
        painter.fillRect(band.intersected(area), QColor(t.paper))
        painter.setFont(font_of(self.font(), 12, strong=True))
        painter.setPen(QColor(t.quiet))
        seen = QRect(max(left, 0) + _PAD, band.top(), 0, _BAND)
        seen.setRight(min(right, self.viewport().width()) - 4)
        shown = painter.fontMetrics().elidedText(group, Qt.TextElideMode.ElideRight, seen.width())
        painter.drawText(seen, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.setPen(QColor(t.edge))
        painter.drawLine(band.right(), band.top(), band.right(), band.bottom())

    def _paint_turned(self, painter: QPainter, area: QRect, column: TableColumn) -> None:
        """From the bottom upwards; a code's sign stands under its name and is not turned."""
        foot = area.bottom() - _PAD
        if column.sign:
            left = area.center().x() - _SIGN // 2
            painter.drawPixmap(left, foot - _SIGN + 2, sign_pixmap(column.sign, column.colour, _SIGN))
            foot -= _SIGN + 4
        if column.id == self.sorted_by:
            painter.setPen(QColor(self.tokens.accent))
            painter.setFont(font_of(self.font(), 12))
            painter.drawText(QRect(area.left(), area.top() + 1, area.width(), 14), Qt.AlignmentFlag.AlignCenter, "▾")
        painter.translate(area.left(), foot)
        painter.rotate(-90)
        room = QRect(0, 0, foot - area.top() - (16 if column.id == self.sorted_by else 4), area.width())
        self._paint_names(painter, room, column, Qt.AlignmentFlag.AlignLeft)

    def _paint_upright(self, painter: QPainter, area: QRect, column: TableColumn) -> None:
        inner = area.adjusted(_PAD, 0, -_PAD, 0)
        if column.sign:
            painter.drawPixmap(
                inner.left(), area.center().y() - _SIGN // 2, sign_pixmap(column.sign, column.colour, _SIGN)
            )
            inner.adjust(_SIGN + 6, 0, 0, 0)
        if column.id == self.sorted_by:
            painter.setPen(QColor(self.tokens.accent))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, "▾")
            inner.adjust(0, 0, -14, 0)
        self._paint_names(painter, inner, column, Qt.AlignmentFlag.AlignHCenter)

    def _paint_names(self, painter: QPainter, room: QRect, column: TableColumn, align: Qt.AlignmentFlag) -> None:
        """Name, and role on a second line, in the middle of the room."""
        t = self.tokens
        lines = [(named(column)[:ENOUGH], font_of(self.font(), 13, strong=not column.path), t.text)]
        lines += [(column.role[:ENOUGH], font_of(self.font(), 12), t.quiet)] if column.role else []
        high = sum(QFontMetrics(font).lineSpacing() for _, font, _ in lines)
        top = room.top() + (room.height() - high) // 2
        for words, font, colour in lines:
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            place = QRect(room.left(), top, room.width(), metrics.lineSpacing())
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(place, align | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, shown)
            top += metrics.lineSpacing()


class Corner(QWidget):
    """The word over the codes."""

    tokens: Tokens = LIGHT

    def __init__(self, text: str, parent: QTableView) -> None:
        super().__init__(parent)
        self._text = text

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """On the ground of the heads, at the foot."""
        t, area = self.tokens, self.rect()
        painter = QPainter(self)
        painter.fillRect(area, QColor(t.panel))
        painter.setFont(font_of(self.font(), 12, strong=True))
        painter.setPen(QColor(t.quiet))
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        painter.drawText(area.adjusted(_PAD, 0, -_PAD, -_PAD), align, self._text)
        painter.setPen(QColor(t.edge))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topRight(), area.bottomRight())
        painter.end()


class CodeHeads(_Heads):
    """The codes at the left, each with its sign; where the path has no room, its beginning goes first."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setDefaultSectionSize(ROW_HEIGHT)
        self._width = 200

    def fit(self, room: int, codes: list[CodeRow]) -> None:
        """As wide as the longest path, but never more than two fifths of the table."""
        metrics = QFontMetrics(font_of(self.font(), 13))
        widths = (metrics.horizontalAdvance(_over(one) + _own(one)) for one in codes)
        longest = max(widths, default=0)
        self._width = max(140, min(_WIDEST, room * 2 // 5, longest + _SIGN + 3 * _PAD + 4))
        self.setFixedWidth(self._width)

    def sizeHint(self) -> QSize:
        """The width that was found for the paths."""
        return QSize(self._width, super().sizeHint().height())

    def paintSection(self, painter: QPainter, area: QRect, place: int) -> None:
        """Sign, quiet path, name."""
        row: CodeRow | None = self.model().headerData(place, Qt.Orientation.Vertical, ROW)
        if row is None or not area.isValid():
            return
        t = self.tokens
        painter.save()
        painter.setClipRect(area)
        painter.fillRect(area, QColor(t.chosen if self.at_hand(place) else t.panel))
        painter.drawPixmap(
            area.left() + _PAD, area.center().y() - _SIGN // 2 + 1, sign_pixmap(row.sign, row.colour, _SIGN)
        )
        inner = area.adjusted(2 * _PAD + _SIGN, 0, -_PAD, 0)
        font = font_of(self.font(), 13)
        metrics = QFontMetrics(font)
        name = metrics.elidedText(_own(row), Qt.TextElideMode.ElideRight, inner.width())
        room = inner.width() - metrics.horizontalAdvance(name)
        over = metrics.elidedText(_over(row), Qt.TextElideMode.ElideLeft, room) if room > 24 else ""
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute
        painter.setFont(font)
        painter.setPen(QColor(t.quiet))
        painter.drawText(inner, align, over)
        painter.setPen(QColor(t.text if row.status == CodeStatus.ACTIVE else t.quiet))
        painter.drawText(inner.adjusted(metrics.horizontalAdvance(over), 0, 0, 0), align, name)
        painter.setPen(QColor(t.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.setPen(QColor(t.edge))
        painter.drawLine(area.topRight(), area.bottomRight())
        painter.restore()


def _own(row: CodeRow) -> str:
    """The name; that of a code set aside stands in brackets."""
    name = row.name[:ENOUGH]
    return name if row.status == CodeStatus.ACTIVE else f"({name})"


def _over(row: CodeRow) -> str:
    """The path over the name, with the stroke between."""
    return row.path[: len(row.path) - len(row.name)][-ENOUGH:]
