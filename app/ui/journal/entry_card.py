"""One entry of the timeline: read as it stands, edited in place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.analysis.journal import Entry
from app.ui.journal.links import LinkChips
from app.ui.journal.prose_view import ProseView
from app.ui.journal.wording import head_of, kind_said
from app.ui.style.icons import icon
from app.ui.widgets.labels import ElidedLabel, PlainLabel, SectionLabel
from app.ui.wording import capital

if TYPE_CHECKING:
    from app.ui.journal.editor import EntryEditor
    from app.ui.style.tokens import Tokens


class EntryCard(QWidget):
    """An entry with the day over it, if it is the first of that day. It is used again for other entries."""

    editWanted = Signal(str)
    menuWanted = Signal(str, object)
    beforeWanted = Signal(str)
    goWanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("journal.entry")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.entry: Entry | None = None
        self._tokens: Tokens | None = None
        self.editor: EntryEditor | None = None
        """What stands in the place of the words while somebody writes."""
        self.day = SectionLabel("")
        self.kind = PlainLabel("", "strong")
        self.head = ElidedLabel("", "small")
        self.private = PlainLabel(self.tr("Private"), "tag")
        self.private.setToolTip(self.tr("Leaves in no output unless you choose it there"))
        self.edited = QPushButton(self.tr("edited"))
        self.edited.setObjectName("journal.entry.before")
        self.edited.setProperty("look", "link")
        self.edited.setAccessibleName(self.tr("See what it said before"))
        self.edited.setToolTip(self.tr("See what it said before"))
        self.edited.clicked.connect(lambda: self._say(self.beforeWanted))
        self.more = QToolButton()
        self.more.setObjectName("journal.entry.more")
        self.more.setProperty("look", "chip-button")
        self.more.setFixedSize(24, 24)
        self.more.setIconSize(QSize(16, 16))
        self.more.setAccessibleName(self.tr("What can be done with this entry"))
        self.more.clicked.connect(
            lambda: self.menuWanted.emit(self.entry_id, self.more.mapToGlobal(self.more.rect().bottomLeft()))
        )
        self.words = ProseView(self.tr("Entry"))
        self.words.setObjectName("journal.entry.words")
        self.words.viewport().installEventFilter(self)
        self.words.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.links = LinkChips("journal.entry", removable=False)
        self.links.opened.connect(self.goWanted)
        self._build()

    @property
    def entry_id(self) -> str:
        """The id of the entry, or ""."""
        return self.entry.id if self.entry is not None else ""

    def show_entry(self, entry: Entry, day: str, tokens: Tokens) -> None:
        """Show this entry; `day` stands over it."""
        self.day.head(day)
        self.day.setVisible(bool(day))
        if entry != self.entry or tokens is not self._tokens:
            self.entry, self._tokens = entry, tokens
            self.kind.setText(capital(kind_said(entry.kind)))
            self.kind.setVisible(bool(entry.kind))
            self.head.setText(head_of(entry))
            self.private.setVisible(entry.private)
            self.edited.setVisible(entry.edited)
            self.more.setIcon(icon("more", tokens.quiet, 16))
            self.words.show_prose(entry.text, tokens)
            self.links.show_things(list(entry.links), tokens)
            self._show_parts()
            self.setAccessibleName(" · ".join(one for one in (kind_said(entry.kind), head_of(entry)) if one))
        self.show()

    def put_editor(self, editor: EntryEditor | None) -> None:
        """Write in the place of the words; None goes back to reading."""
        if self.editor is not None and editor is None:
            self._column.removeWidget(self.editor)
        self.editor = editor
        if editor is not None:
            self._column.addWidget(editor)
            editor.show()
        self._show_parts()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, E and F2 write on; the Menu key tells what can be done."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_E, Qt.Key.Key_F2) and not event.modifiers():
            self._say(self.editWanted)
        elif event.key() in (Qt.Key.Key_Menu, Qt.Key.Key_Delete):
            self.menuWanted.emit(self.entry_id, self.more.mapToGlobal(self.more.rect().bottomLeft()))
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """A double click into the words writes on."""
        if event.type() == QEvent.Type.MouseButtonDblClick and watched is self.words.viewport():
            assert isinstance(event, QMouseEvent)
            self._say(self.editWanted)
            return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]

    def _say(self, signal: object) -> None:
        if self.entry is not None:
            signal.emit(self.entry.id)  # type: ignore[attr-defined]

    def _show_parts(self) -> None:
        reading = self.editor is None
        self.words.setVisible(reading)
        self.kind.setVisible(reading and self.entry is not None and bool(self.entry.kind))
        self.links.setVisible(reading and self.entry is not None and bool(self.entry.links))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.kind)
        head.addWidget(self.head, 1)
        head.addWidget(self.edited)
        head.addWidget(self.private)
        head.addWidget(self.more)
        body = QWidget()
        body.setProperty("look", "card")
        body.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(20, 12, 16, 16)
        self._column.setSpacing(8)
        self._column.addLayout(head)
        self._column.addWidget(self.words)
        self._column.addWidget(self.links)
        self._body = body
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(8)
        self.day.setContentsMargins(0, 12, 0, 0)
        layout.addWidget(self.day)
        layout.addWidget(body)
