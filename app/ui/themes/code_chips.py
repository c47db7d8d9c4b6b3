"""The codes of a theme in its sheet: a chip each with sign, name and role, and beneath them those of its subthemes."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.analysis.codes import CodeRow
from app.analysis.themes import ThemeRow
from app.models.kinds import CodeRole
from app.ui.style.icons import sign_pixmap
from app.ui.themes.code_list import plain_tip
from app.ui.themes.wording import word
from app.ui.widgets.chips import Chips
from app.ui.widgets.labels import PlainLabel

MOST = 60
"""Chips made for one theme; the tree shows the rest. More than this nobody reads as chips."""
_LONGEST = 32


class ThemeCodeChips(QWidget):
    """A press on a chip says what can be done with that code in that theme."""

    pressed = Signal(str, str, QWidget)
    """Theme id, code id, the chip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("themeSheet.codes")
        self._shown: list[object] = []
        self.chips: dict[tuple[str, str], QPushButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_codes(self, themes: list[ThemeRow], codes: dict[str, CodeRow], feeds: dict[str, list[str]]) -> None:
        """Show the codes of the first theme, then those of the themes under it; `feeds` as in the tree."""
        wanted: list[object] = [
            (theme.id, theme.name, [(codes.get(code_id), role, feeds.get(code_id)) for code_id, role in theme.codes])
            for theme in themes
        ]
        if wanted == self._shown:
            return
        at_hand = next((link for link, chip in self.chips.items() if chip.hasFocus()), None)
        self._shown = wanted
        self._clear()
        left = MOST
        for place, theme in enumerate(themes):
            held = [(code_id, role) for code_id, role in theme.codes if code_id in codes]
            if place and held:
                self._column.addWidget(PlainLabel(theme.name, "small", wrap=True))
            self._add_row(theme, held[:left], codes, feeds)
            left -= min(left, len(held))
        if not self.chips:
            said = self.tr("No codes yet. Drag some here from the left, or add them with Ctrl+Shift+A.")
            self._column.addWidget(PlainLabel(said, "quiet", wrap=True))
        elif not left:
            self._column.addWidget(PlainLabel(self.tr("More codes stand in the tree."), "small", wrap=True))
        if at_hand in self.chips:
            self.chips[at_hand].setFocus()

    def _add_row(self, theme: ThemeRow, held: list[tuple[str, CodeRole]], codes: dict[str, CodeRow],
                 feeds: dict[str, list[str]]) -> None:  # fmt: skip
        if not held:
            return
        row = Chips()
        for code_id, role in held:
            code = codes[code_id]
            others = [name for name in feeds.get(code_id, []) if name != theme.name]
            row.flow.addWidget(self._chip(theme, code, role, others))
        self._column.addWidget(row)

    def _chip(self, theme: ThemeRow, code: CodeRow, role: CodeRole, others: list[str]) -> QPushButton:
        name = code.name if len(code.name) <= _LONGEST else code.name[: _LONGEST - 1].rstrip() + "…"
        said = name if role == CodeRole.PART else f"{name} · {word(role)}"
        chip = QPushButton(QIcon(sign_pixmap(code.sign, code.colour, 18)), " " + said.replace("&", "&&"))
        chip.setProperty("look", "chip")
        chip.setIconSize(QSize(18, 18))
        also = self.tr("also in {themes}").format(themes=", ".join(others)) if others else ""
        chip.setAccessibleName(", ".join(part for part in (code.name, word(role), also) if part))
        chip.setToolTip(plain_tip("\n".join(part for part in (code.path, word(role), also) if part)))
        chip.clicked.connect(lambda: self.pressed.emit(theme.id, code.id, chip))
        self.chips[theme.id, code.id] = chip
        return chip

    def _clear(self) -> None:
        self.chips.clear()
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
