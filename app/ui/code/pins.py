"""Pinned codes: nine that lie under Alt+1 to Alt+9, kept outside of the study; the chips and numbers that show them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from html import escape

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QWidget,
)

from app.analysis.codes import CodeRow
from app.ui.actions import as_menu_text
from app.ui.settings import Settings
from app.ui.style.icons import sign_icon

Index = QModelIndex | QPersistentModelIndex
NUMBERS = range(1, 10)
NUMBER = 16
GAP, WIDEST, LEAST = 6, 220, 5
"""Pixels between chips and of the widest one; the letters (and the gap before them) under which no name is shown."""


class Pins(QObject):
    """Which code lies under which number."""

    changed = Signal()

    def __init__(self, settings: Settings, study_key: str, parent: QObject) -> None:
        super().__init__(parent)
        self._settings, self._study_key = settings, study_key
        self._pinned = self._read()

    def code(self, number: int) -> str:
        """The id of the code under this number, or ""."""
        return self._pinned.get(number, "")

    def number(self, code_id: str) -> int:
        """The number a code lies under, or 0."""
        return next((number for number, pinned in self._pinned.items() if pinned == code_id), 0)

    def numbers(self) -> dict[str, int]:
        """{code id: number} of all that are pinned."""
        return {code_id: number for number, code_id in sorted(self._pinned.items())}

    def free_number(self, known: Mapping[str, object]) -> int:
        """The first number under which no code of those known lies, or 0."""
        return next((number for number in NUMBERS if self.code(number) not in known), 0)

    def pin(self, code_id: str, number: int) -> None:
        """Put a code under a number; it leaves the one it had, and what lay there is pinned no longer."""
        self._pinned = {one: held for one, held in self._pinned.items() if held != code_id}
        self._pinned[number] = code_id
        self._keep()

    def unpin(self, code_id: str) -> None:
        """Take a code off its number."""
        self._pinned = {one: held for one, held in self._pinned.items() if held != code_id}
        self._keep()

    def _keep(self) -> None:
        self._settings.remember_place(self._study_key, "pins", json.dumps(self._pinned))
        self.changed.emit()

    def _read(self) -> dict[int, str]:
        try:
            held = json.loads(str(self._settings.place(self._study_key, "pins", "{}")))
            return {int(number): str(code_id) for number, code_id in held.items() if int(number) in NUMBERS}
        except (ValueError, AttributeError):
            return {}


class PinBar(QWidget):
    """The pinned codes as a row of chips over the transcript; without any it is not there."""

    wanted = Signal(int)
    """The number of the code to code with."""
    redrawn = Signal()
    """Other codes lie under the numbers now, or are called otherwise."""

    def __init__(self, pins: Pins) -> None:
        super().__init__()
        self.setObjectName("code.pins")
        self.setAccessibleName(self.tr("Pinned codes"))
        self._pins = pins
        self._codes: Mapping[str, CodeRow] = {}
        self._shown: list[tuple[int, CodeRow]] = []
        self._chips: list[QToolButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 16, 4)
        self._row.setSpacing(GAP)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        pins.changed.connect(self._draw)
        self.hide()

    def show_codes(self, codes: Mapping[str, CodeRow]) -> None:
        """Show those of these codes that are pinned."""
        self._codes = codes
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """All chips stay in the row: the narrower it is, the less of the names is seen."""
        super().resizeEvent(event)
        self._share()

    def _draw(self) -> None:
        pinned = [(number, self._codes.get(self._pins.code(number))) for number in NUMBERS]
        shown = [(number, code) for number, code in pinned if code is not None]
        if shown == self._shown:
            return
        self._shown = shown
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(number, code) for number, code in shown]
        for place, chip in enumerate(self._chips):
            self._row.insertWidget(place, chip)
            chip.show()
        self._share()
        self.setVisible(bool(shown))
        self.redrawn.emit()

    def _share(self) -> None:
        """Give each chip its part of the row, and as much of its name as goes into it."""
        if not self._chips:
            return
        room = (self.width() - 32 - GAP * (len(self._chips) - 1)) // len(self._chips)
        for chip, (number, code) in zip(self._chips, self._shown, strict=True):
            chip.setText(str(number))
            chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            bare = chip.sizeHint().width()
            name = chip.fontMetrics().elidedText(
                f"  {code.name}", Qt.TextElideMode.ElideRight, min(WIDEST, room) - bare
            )
            if len(name) > LEAST:
                chip.setText(as_menu_text(f"{number}{name}"))
                chip.setFixedWidth(chip.sizeHint().width())
            elif bare <= room:
                chip.setFixedWidth(bare)
            else:
                chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
                chip.setFixedWidth(max(24, room))

    def _chip(self, number: int, code: CodeRow) -> QToolButton:
        chip = QToolButton()
        chip.setObjectName(f"code.pins.{number}")
        chip.setProperty("look", "chip")
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setFocusPolicy(
            Qt.FocusPolicy.NoFocus
        )  # the words stay selected and in hand; by key it is Alt and the digit
        chip.setIcon(sign_icon(code.sign, code.colour, 18))
        chip.setIconSize(QSize(18, 18))
        chip.setAccessibleName(self.tr("Code with {number}: {name}").format(number=number, name=code.name))
        chip.setToolTip(f"<p style='white-space:pre-wrap'>{escape(code.path)}</p>")
        chip.clicked.connect(lambda: self.wanted.emit(number))
        return chip


class PinnedRows(QStyledItemDelegate):
    """The rows of the code tree: a pinned code has its number at the right, before what `taken` says stands there."""

    def __init__(self, pins: Pins, tree: QAbstractItemView, taken: Callable[[str], int]) -> None:
        super().__init__(tree)
        self._pins, self._taken = pins, taken
        pins.changed.connect(tree.viewport().update)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """The name makes room for a number and whatever else stands at the right."""
        super().initStyleOption(option, index)
        code_id = str(index.data(Qt.ItemDataRole.UserRole) or "")
        taken = self._taken(code_id) + (NUMBER + 10 if self._pins.number(code_id) else 0)
        if taken:
            room = option.rect.width() - option.decorationSize.width() - taken - 14
            option.text = option.fontMetrics.elidedText(option.text, Qt.TextElideMode.ElideRight, room)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The row as it is, and the number in a small frame."""
        super().paint(painter, option, index)
        code_id = str(index.data(Qt.ItemDataRole.UserRole) or "")
        number = self._pins.number(code_id)
        if not number:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(0, 0, -self._taken(code_id), 0)
        frame = QRectF(area.right() - NUMBER - 3.5, area.center().y() - NUMBER / 2 + 0.5, NUMBER, NUMBER)
        colour = option.palette.color(QPalette.ColorRole.Text)
        colour.setAlphaF(0.75)
        painter.setPen(colour)
        painter.drawRoundedRect(frame, 4, 4)
        font = QFont(option.font)
        font.setPixelSize(11)
        painter.setFont(font)
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, str(number))
        painter.restore()
