"""What an entry speaks of, as chips: a click leads there, the cross takes the link off, more can be added."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from app.analysis.journal import Thing
from app.ui.actions import as_menu_text
from app.ui.journal.wording import thing_said
from app.ui.style.icons import icon
from app.ui.style.tokens import Tokens
from app.ui.widgets.chips import Chips
from app.ui.widgets.labels import as_plain

LONGEST = 44


class LinkChip(QWidget):
    """One link: the words lead there, the cross takes it off."""

    opened = Signal(str, str)
    removed = Signal(str, str)

    def __init__(self, thing: Thing, tokens: Tokens, *, removable: bool) -> None:
        super().__init__()
        self.thing = thing
        self.setObjectName("linkChip")
        self.setProperty("look", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        said = thing_said(thing)
        self.words = QPushButton(as_menu_text(said if len(said) <= LONGEST else said[: LONGEST - 1] + "…"))
        self.words.setObjectName("linkChip.words")
        self.words.setProperty("look", "link")
        self.words.setAccessibleName(self.tr("Go to: {thing}").format(thing=said))
        self.words.setToolTip(as_plain(said))
        self.words.setAutoDefault(False)
        self.words.clicked.connect(lambda: self.opened.emit(thing.subject, thing.id))
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 1, 2 if removable else 6, 1)
        row.setSpacing(2)
        row.addWidget(self.words)
        self.cross = QToolButton()
        if removable:
            self.cross.setObjectName("linkChip.cross")
            self.cross.setProperty("look", "chip-button")
            self.cross.setIcon(icon("close", tokens.quiet, 14))
            self.cross.setIconSize(QSize(14, 14))
            self.cross.setFixedSize(20, 20)
            self.cross.setAccessibleName(self.tr("Take the link off: {thing}").format(thing=said))
            self.cross.setToolTip(self.tr("Take the link off"))
            self.cross.clicked.connect(lambda: self.removed.emit(thing.subject, thing.id))
            row.addWidget(self.cross)
        else:
            self.cross.setParent(self)
            self.cross.hide()


class LinkChips(Chips):
    """The links of an entry. Where they may be changed, a button offers what one looks at."""

    opened = Signal(str, str)
    removed = Signal(str, str)
    added = Signal(str, str)

    def __init__(self, name: str, *, removable: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}.links")
        self._name = name
        self._removable = removable
        self._things: list[Thing] = []
        self._offered: list[Thing] = []
        self._shown: tuple[object, ...] = ()

    def show_things(self, found: list[Thing], tokens: Tokens) -> None:
        """Show these links."""
        key = (tuple(found), tokens, tuple(self._offered))
        if key == self._shown:
            return
        self._shown, self._things, self._tokens = key, found, tokens
        self.flow.clear()
        for thing in found:
            chip = LinkChip(thing, tokens, removable=self._removable)
            chip.opened.connect(self.opened)
            chip.removed.connect(self.removed)
            self.flow.addWidget(chip)
        more = [one for one in self._offered if (one.subject, one.id) not in {(t.subject, t.id) for t in found}]
        if more and self._removable:
            self.flow.addWidget(self._more(more))
        self.setVisible(bool(found) or bool(more))
        self.updateGeometry()

    def offer(self, found: list[Thing]) -> None:
        """Things that may be linked too."""
        self._offered = found
        if self._shown:
            self.show_things(self._things, self._tokens)

    def _more(self, things: list[Thing]) -> QPushButton:
        button = QPushButton(self.tr("+ Link"))
        button.setObjectName(f"{self._name}.link")
        button.setProperty("look", "chip")
        button.setAutoDefault(False)
        button.setAccessibleName(self.tr("Link what I look at"))
        menu = QMenu(button)
        for thing in things:
            action = menu.addAction(as_menu_text(thing_said(thing)))
            action.triggered.connect(lambda _=False, one=thing: self.added.emit(one.subject, one.id))
        button.setMenu(menu)
        return button
