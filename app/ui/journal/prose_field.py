"""The field in which prose is written: the letters themselves, with keys for emphasis, lists and quotes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from app.ui.widgets.fields import Commit, TextField

_MARKS = {Qt.Key.Key_B: "**", Qt.Key.Key_I: "*"}


class ProseField(TextField):
    """Commits as every text field does. Ctrl+Enter and Esc say that one is done; Ctrl+B and Ctrl+I set marks."""

    done = Signal(bool)
    """Somebody is done writing: with Ctrl+Enter (True), or with Esc (False)."""

    def __init__(self, name: str, placeholder: str, commit: Commit, *, lines: int = 4, most: int = 16,
                 parent: QWidget | None = None) -> None:  # fmt: skip
        super().__init__(name, placeholder, commit, lines=lines, most=most, parent=parent)

    def event(self, event: QEvent) -> bool:
        """These keys belong to the field, whatever they do elsewhere."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _mark_of(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Marks go around what is chosen; Enter goes on with a list."""
        mark = _mark_of(event)
        if mark and not self.isReadOnly():
            self._put_around(mark)
            return
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit(False)
            return
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() and not self.isReadOnly() and self._go_on_with_list():
            return
        super().keyPressEvent(event)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.done.emit(True)

    def _put_around(self, mark: str) -> None:
        """Put marks around the chosen words, or take them off again."""
        cursor = self.textCursor()
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        words = cursor.selectedText()
        has = len(words) > 2 * len(mark) and words.startswith(mark) and words.endswith(mark)
        cursor.insertText(words[len(mark) : -len(mark)] if has else f"{mark}{words}{mark}")
        width = -len(mark) if has else len(mark)
        if words:
            cursor.setPosition(start)
            cursor.setPosition(end + 2 * width, QTextCursor.MoveMode.KeepAnchor)
        else:
            cursor.setPosition(start + len(mark))
        self.setTextCursor(cursor)

    def _go_on_with_list(self) -> bool:
        """Enter at the end of an item begins the next one; on an empty item it ends the list."""
        cursor = self.textCursor()
        line = cursor.block().text()
        mark = next((one for one in ("- ", "* ", "> ") if line.startswith(one)), "")
        if not mark or cursor.hasSelection() or not cursor.atBlockEnd():
            return False
        if line.strip() == mark.strip():
            cursor.select(QTextCursor.SelectionType.LineUnderCursor)
            cursor.removeSelectedText()
        else:
            cursor.insertText(f"\n{mark}")
        self.setTextCursor(cursor)
        return True


def _mark_of(event: QKeyEvent) -> str:
    """The mark that a key sets, or ""."""
    only = event.modifiers() == Qt.KeyboardModifier.ControlModifier
    return _MARKS.get(Qt.Key(event.key()), "") if only else ""
