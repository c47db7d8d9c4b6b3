"""A line over the workspaces that stays while it is true: why a study is open for reading only, what lies beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from app.ui.widgets.labels import ElidedLabel

Deed = tuple[str, Callable[[], object]]


class Banner(QWidget):
    """One sentence with what can be done about it; hidden when there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setProperty("look", "bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(40)
        self._waiting: list[tuple[str, Sequence[Deed]]] = []
        self._now: tuple[str, Sequence[Deed]] = ("", ())
        self.sentence = ElidedLabel("", "strong")
        self.sentence.setObjectName("banner.sentence")
        self._shown: list[QPushButton] = []
        self._deeds = QHBoxLayout()
        self._deeds.setSpacing(8)
        self.shut = QToolButton()
        self.shut.setObjectName("banner.close")
        self.shut.setText("×")
        self.shut.setProperty("look", "plain")
        self.shut.setAccessibleName(self.tr("Close this message"))
        self.shut.setToolTip(self.tr("Close this message"))
        self.shut.clicked.connect(self._next)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 8, 0)
        layout.setSpacing(12)
        layout.addWidget(self.sentence, 1)
        layout.addLayout(self._deeds)
        layout.addWidget(self.shut)
        self.hide()

    def say(self, sentence: str, deeds: Sequence[Deed] = (), *, first: bool = False) -> None:
        """Show a sentence; where one is shown already, it comes after that one is closed, or before it if `first`."""
        if first and not self.isHidden():
            self._waiting.insert(0, self._now)
        if first or self.isHidden():
            self._show(sentence, deeds)
        else:
            self._waiting.append((sentence, deeds))

    def take_back(self, sentence: str) -> None:
        """A sentence is not true any more, or was acted upon."""
        self._waiting = [one for one in self._waiting if one[0] != sentence]
        if not self.isHidden() and self._now[0] == sentence:
            self._next()

    def clear(self) -> None:
        """Nothing to say any more."""
        self._waiting.clear()
        self.hide()

    def buttons(self) -> list[QPushButton]:
        """What can be done now."""
        return [one for one in self._shown if not one.isHidden()]

    def _next(self) -> None:
        if self._waiting:
            self._show(*self._waiting.pop(0))
        else:
            self.hide()

    def _show(self, sentence: str, deeds: Sequence[Deed]) -> None:
        self._now = sentence, deeds
        for old in self._shown:
            self._deeds.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown.clear()
        for number, (text, run) in enumerate(deeds):
            button = QPushButton(text)
            button.setObjectName(f"banner.deed{number}")
            button.clicked.connect(run)
            self._deeds.addWidget(button)
            self._shown.append(button)
        self.sentence.setText(sentence)
        self.sentence.setAccessibleName(sentence)
        self.show()
