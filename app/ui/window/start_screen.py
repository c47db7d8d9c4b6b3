"""The start screen: new, open, recent, example. Nothing else stands between a person and their study."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.ui.actions import as_menu_text
from app.ui.settings import Settings
from app.ui.style.icons import icon
from app.ui.style.tokens import Tokens
from app.ui.widgets.labels import PlainLabel, SectionLabel


class StartScreen(QWidget):
    """What one sees before a study is open."""

    newWanted = Signal()
    openWanted = Signal()
    exampleWanted = Signal()
    backupsWanted = Signal()
    recentWanted = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("startScreen")
        self.setProperty("look", "paper")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._settings = settings
        self._sign = QLabel()
        self._message = PlainLabel("", "warn", wrap=True)
        self._message.setObjectName("startScreen.message")
        self._message.hide()
        self.act = QPushButton()
        self.act.setObjectName("startScreen.act")
        self.act.clicked.connect(lambda: self._run())
        self.act.hide()
        self._run: Callable[[], object] = lambda: None
        column = QVBoxLayout()
        column.setSpacing(16)
        column.addStretch(2)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._sign)
        name = PlainLabel("Reflexa", "title")
        head.addWidget(name)
        head.addStretch(1)
        column.addLayout(head)
        column.addWidget(
            PlainLabel(
                self.tr(
                    "Reflexive thematic analysis of focus groups. One study is one file; nothing leaves this computer."
                ),
                "quiet",
                wrap=True,
            )
        )
        column.addWidget(self._message)
        column.addWidget(self.act, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._doors())
        self._recent_head = SectionLabel(self.tr("Recent studies"))
        column.addSpacing(8)
        column.addWidget(self._recent_head)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        column.addLayout(self._recent)
        column.addStretch(3)
        inner = QWidget()
        inner.setFixedWidth(560)
        inner.setLayout(column)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(inner)
        row.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        """List the recent studies that are still there; what was said of another one is over."""
        self.say("")
        while self._recent.count():
            item = self._recent.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        paths = self._settings.recent()
        self._recent_head.setVisible(bool(paths))
        for path in paths:
            button = QPushButton(as_menu_text(f"{path.stem}   ·   {path.parent}"))
            button.setProperty("look", "link")
            button.setAccessibleName(self.tr("Open {name}").format(name=path.stem))
            button.clicked.connect(lambda _, path=path: self.recentWanted.emit(Path(path)))
            self._recent.addWidget(button)

    def say(self, sentence: str, button: str = "", run: Callable[[], object] = lambda: None) -> None:
        """Show why a study could not be opened, and what one may do about it."""
        self._message.setText(sentence)
        self._message.setVisible(bool(sentence))
        self.act.setText(button)
        self.act.setVisible(bool(button))
        self._run = run

    def restyle(self, tokens: Tokens) -> None:
        """Draw the sign in the colours of the tokens."""
        self._sign.setPixmap(icon("reflexa", tokens.accent, 40).pixmap(QSize(40, 40)))

    def _doors(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        doors = (
            ("new", self.tr("New study …"), self.newWanted, True),
            ("open", self.tr("Open a study …"), self.openWanted, False),
            ("example", self.tr("Look at the example"), self.exampleWanted, False),
            ("backups", self.tr("Backups …"), self.backupsWanted, False),
        )
        for name, text, wanted, primary in doors:
            button = QPushButton(text)
            button.setObjectName(f"startScreen.{name}")
            button.setMinimumHeight(32)
            if primary:
                button.setProperty("look", "primary")
            button.clicked.connect(wanted.emit)
            row.addWidget(button)
        row.addStretch(1)
        return row
