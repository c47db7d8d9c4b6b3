"""How the rows of the theme tree are drawn: a theme with its idea beneath, a code with its sign and its role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget, QWidget

from app.analysis.codes import CodeRow
from app.analysis.themes import ThemeRow
from app.models.kinds import CodeRole, ThemeKind, ThemeStatus
from app.ui.style.icons import sign_pixmap
from app.ui.style.tokens import LIGHT, Tokens
from app.ui.themes.wording import word
from app.ui.widgets.rows import small_font

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole + 2
_SIGN = 18
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


@dataclass(frozen=True)
class ThemeLine:
    """A theme as its row shows it."""

    theme: ThemeRow

    @property
    def name(self) -> str:
        """What stands in strong words."""
        return self.theme.name

    @property
    def about(self) -> str:
        """What stands beneath: how far it has come, unless it is at its end, and its idea."""
        theme = self.theme
        words = [word(theme.kind)] if theme.kind == ThemeKind.OVERARCHING else []
        # most subthemes come and go with their theme, so they only say that they were let go
        unsaid = {ThemeStatus.DEFINED} if theme.kind != ThemeKind.SUBTHEME else set(ThemeStatus) - {ThemeStatus.LET_GO}
        words += [word(theme.status)] if theme.status not in unsaid else []
        return " · ".join([*words, *([self.theme.concept] if self.theme.concept else [])])


@dataclass(frozen=True)
class CodeLine:
    """A code of a theme as its row shows it."""

    code: CodeRow
    role: CodeRole
    also_in: str

    @property
    def name(self) -> str:
        """The code's name."""
        return self.code.name

    @property
    def said_role(self) -> str:
        """Its role, unless it is just a part."""
        return "" if self.role == CodeRole.PART else word(self.role)


class LineDelegate(QStyledItemDelegate):
    """Names wrap over two lines; what stands beneath them is one quiet line."""

    tokens: Tokens = LIGHT

    def __init__(self, tree: QTreeWidget, taken: Callable[[str], int]) -> None:
        super().__init__(tree)
        self._taken = taken
        """How many pixels at the right of a theme's row (by its id) are taken by a mark."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its words at the width the tree has."""
        line = index.data(LINE)
        width = self._width(index)
        if isinstance(line, ThemeLine):
            name, small = _theme_fonts(option.font, line.theme)
            height = _name_height(line.name, name, width - 9 - self._taken(line.theme.id))
            height += QFontMetrics(small).lineSpacing() + 2 if line.about else 0
            return QSize(80, height + (18 if line.theme.depth == 0 else 12))
        if isinstance(line, CodeLine):
            small = small_font(option.font)
            return QSize(80, 28 + (QFontMetrics(small).lineSpacing() if line.also_in else 0))
        return super().sizeHint(option, index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, words, and a hairline over each theme on top."""
        line = index.data(LINE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, option, line)
        inner = option.rect.adjusted(4, 0, -4, 0)
        if isinstance(line, ThemeLine):
            self._theme(painter, option.font, inner.adjusted(0, 0, -self._taken(line.theme.id), 0), line)
        elif isinstance(line, CodeLine):
            self._code(painter, option.font, inner, line)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The name of a theme is written where it stands."""
        editor = super().createEditor(parent, option, index)
        editor.setAccessibleName(self.tr("Name of the theme"))
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: ARG002
        """At the top of the row, as high as a field."""
        area: QRect = option.rect
        editor.setGeometry(QRect(area.left(), area.top(), area.width(), max(32, editor.sizeHint().height())))

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, line: object) -> None:
        t, area, state = self.tokens, option.rect, option.state
        if isinstance(line, ThemeLine) and line.theme.depth == 0 and area.top() > 4:
            painter.setPen(QColor(t.line))
            painter.drawLine(0, area.top(), area.right(), area.top())
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.chosen if chosen else t.hover))
            painter.drawRoundedRect(QRectF(area).adjusted(0, 1, -1, -1), 6, 6)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(t.focus))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(area).adjusted(0.5, 1.5, -1.5, -1.5), 6, 6)

    def _theme(self, painter: QPainter, base: QFont, area: QRect, line: ThemeLine) -> None:
        name, small = _theme_fonts(base, line.theme)
        height = _name_height(line.name, name, area.width())
        top = area.top() + _above(line.theme)
        let_go = line.theme.status == ThemeStatus.LET_GO
        painter.setFont(name)
        painter.setPen(QColor(self.tokens.quiet if let_go else self.tokens.text))
        box = QRect(area.left(), top, area.width(), height)
        painter.setClipRect(box.adjusted(0, 0, 0, 2))
        painter.drawText(box, _WRAP, _two_lines(line.name, QFontMetrics(name), area.width()))
        painter.setClipping(False)
        if line.about:
            painter.setFont(small)
            painter.setPen(QColor(self.tokens.quiet))
            metrics = QFontMetrics(small)
            shown = metrics.elidedText(line.about.replace("\n", " "), Qt.TextElideMode.ElideRight, area.width())
            painter.drawText(QPointF(area.left(), top + height + 2 + metrics.ascent()), shown)

    def _code(self, painter: QPainter, base: QFont, area: QRect, line: CodeLine) -> None:
        small = small_font(base)
        painter.drawPixmap(area.left(), area.top() + 5, sign_pixmap(line.code.sign, line.code.colour, _SIGN))
        left, right = area.left() + _SIGN + 8, area.right()
        row = QRect(left, area.top() + 2, right - left, 24)
        if line.said_role:
            painter.setFont(small)
            painter.setPen(QColor(self.tokens.quiet))
            wide = QFontMetrics(small).horizontalAdvance(line.said_role)
            painter.drawText(row, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), line.said_role)
            row.setRight(right - wide - 8)
        painter.setFont(base)
        painter.setPen(QColor(self.tokens.text))
        shown = QFontMetrics(base).elidedText(line.name, Qt.TextElideMode.ElideRight, row.width())
        painter.drawText(row, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        if line.also_in:
            painter.setFont(small)
            painter.setPen(QColor(self.tokens.quiet))
            metrics = QFontMetrics(small)
            shown = metrics.elidedText(line.also_in, Qt.TextElideMode.ElideRight, right - left)
            painter.drawText(QPointF(left, area.top() + 24 + metrics.ascent()), shown)

    def _width(self, index: Index) -> int:
        tree = self.parent()
        if not isinstance(tree, QTreeWidget):
            return 200
        depth, above = 1, index.parent()
        while above.isValid():
            depth, above = depth + 1, above.parent()
        return tree.viewport().width() - depth * tree.indentation()


def middle_of_first_line(line: object, base: QFont) -> int:
    """How far under the top of its row the first line of a theme has its middle."""
    if not isinstance(line, ThemeLine):
        return 14
    name, _ = _theme_fonts(base, line.theme)
    return _above(line.theme) + QFontMetrics(name).lineSpacing() // 2


def _above(theme: ThemeRow) -> int:
    return 9 if theme.depth == 0 else 6


def _theme_fonts(base: QFont, theme: ThemeRow) -> tuple[QFont, QFont]:
    name = QFont(base)
    name.setPixelSize(15 if theme.depth == 0 else 13)
    name.setWeight(QFont.Weight.DemiBold)
    name.setItalic(theme.status == ThemeStatus.LET_GO)
    return name, small_font(base)


def _name_height(name: str, font: QFont, width: int) -> int:
    metrics = QFontMetrics(font)
    needed = metrics.boundingRect(QRect(0, 0, max(40, width), 10_000), _WRAP, name).height()
    return min(needed, _most(metrics))


def _most(metrics: QFontMetrics) -> int:
    """The height of two lines, and what rounding may add."""
    return metrics.lineSpacing() * 2 + 3


def _two_lines(name: str, metrics: QFontMetrics, width: int) -> str:
    """So much of the name as fits into two lines."""
    room = QRect(0, 0, max(40, width), 10_000)
    most = _most(metrics)
    if metrics.boundingRect(room, _WRAP, name).height() <= most:
        return name
    low, high = 1, len(name)
    while low < high:
        middle = (low + high + 1) // 2
        if metrics.boundingRect(room, _WRAP, name[:middle].rstrip() + "…").height() <= most:
            low = middle
        else:
            high = middle - 1
    return name[:low].rstrip() + "…"
