"""Text fields that commit by themselves: on leaving, Ctrl+Enter, two idle seconds, or closing.

All that is typed from entering a field to leaving it is one change. Ctrl+Z inside undoes typing.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextOption
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

IDLE_MS = 2000

Commit = Callable[[str, int | None], int | None]
"""(text, seq of the change this focus made before, or None) -> seq of the change it is part of now, 0 if nothing had to
change, None if the study refused it."""


class _Committing:
    """What both kinds of field share: knowing what is committed, and when to commit."""

    def _start(self, commit: Commit) -> None:
        self._commit = commit
        self._committed = ""
        self._kept = ""
        """What the study made of what was committed: names lose odd spaces there."""
        self._seq: int | None = None
        self._committing = False
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(IDLE_MS)
        self._timer.timeout.connect(self._keep)

    def words(self) -> str:
        raise NotImplementedError

    def put(self, text: str) -> None:
        raise NotImplementedError

    def commit_now(self) -> None:
        """Put what is typed on disk; what comes after is another change. What the study refuses is taken out again."""
        self._keep()
        self._seq = None
        if self.words() != self._committed:
            self._put_back()

    def show_text(self, text: str, *, anew: bool = False) -> None:
        """Show what the study says, unless somebody is typing here; `anew` shows something else, whoever types."""
        text = str(text)  # a damaged study may hold bytes where words belong
        at_it = self.hasFocus() or self._timer.isActive()  # type: ignore[attr-defined]  # a window behind has no focus
        typing = at_it and (self._committing or self.words() != self._committed)
        same = text == self._kept and self.words() == self._committed
        self._kept = text
        if anew or not (typing or same):
            self._put_back()

    def _keep(self) -> None:
        """Commit, and go on with the same change after it."""
        self._timer.stop()
        words = self.words()
        if words == self._committed:
            return
        before, self._committed = (self._committed, self._kept), words
        self._kept = words  # unless the study says otherwise while it commits
        self._committing = True
        try:
            seq = self._commit(words, self._seq)
        finally:
            self._committing = False
        if seq is None:
            self._committed, self._kept = before
        elif seq:
            self._seq = seq

    def _put_back(self) -> None:
        self._committed = self._kept
        if self.words() != self._kept:
            self.put(self._kept)

    def _typed(self) -> None:
        if self.words() != self._committed:
            self._timer.start()

    def _left(self) -> None:
        """The focus has gone: what was kept is shown as the study keeps it."""
        self._keep()
        self._seq = None
        if self.words() == self._committed:
            self._put_back()


class TextField(_Committing, QPlainTextEdit):
    """A field of several lines that grows with its text between `lines` and `most` lines."""

    def __init__(self, name: str, placeholder: str, commit: Commit, *, lines: int = 2, most: int = 12,
                 parent: QWidget | None = None) -> None:  # fmt: skip
        QPlainTextEdit.__init__(self, parent)
        self._start(commit)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._lines, self._most = lines, most
        self.textChanged.connect(self._typed)
        self.textChanged.connect(self._grow)
        self._grow()

    def words(self) -> str:
        """What is typed."""
        return self.toPlainText()

    def put(self, text: str) -> None:
        """Write into the field."""
        self.setPlainText(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving commits; a menu or another window over it does not end the focus."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._left()

    def event(self, event: QEvent) -> bool:
        """Ctrl+Enter belongs to the field, whatever it does elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_commit(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter commits."""
        if _is_commit(event):
            self._keep()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: object) -> None:
        """Wrapping changes how many lines there are."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._grow()

    def _grow(self) -> None:
        line = self.fontMetrics().lineSpacing()
        rows = max(self._lines, min(self._most, int(self.document().size().height())))
        full = rows == self._most
        bars = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(bars.ScrollBarAsNeeded if full else bars.ScrollBarAlwaysOff)
        self.setFixedHeight(rows * line + 22)


class LineField(_Committing, QLineEdit):
    """A field of one line; Enter commits too, Esc brings back what was there."""

    def __init__(self, name: str, placeholder: str, commit: Commit, *, parent: QWidget | None = None) -> None:
        QLineEdit.__init__(self, parent)
        self._start(commit)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.textEdited.connect(self._typed)
        self.returnPressed.connect(self._keep)

    def words(self) -> str:
        """What is typed."""
        return self.text()

    def put(self, text: str) -> None:
        """Write into the field."""
        self.setText(text)
        self.setCursorPosition(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving commits; a name that was refused gives way to the one that holds."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._left()
            self._put_back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc brings back what the study says."""
        if event.key() == Qt.Key.Key_Escape and self.words() != self._committed:
            self._put_back()
            return
        super().keyPressEvent(event)


def _is_commit(event: QKeyEvent) -> bool:
    control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
    return bool(control) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def only_look(place: QWidget) -> None:
    """Fields that write into the study take no letters where nothing can be changed; all else is refused in words."""
    for line in place.findChildren(LineField):
        line.setReadOnly(True)
    for text in place.findChildren(TextField):
        text.setReadOnly(True)
