"""A key that holds in the dialogs of the window too: one can write in the journal wherever one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QWidget

if TYPE_CHECKING:
    from app.ui.window.main_window import MainWindow


class HoldsInDialogs(QObject):
    """Gives an action to each dialog of a window as it comes to the front: keys of a window do not reach into them."""

    def __init__(self, action: QAction, window: MainWindow) -> None:
        super().__init__(window)
        self._action, self._window = action, window
        QGuiApplication.instance().focusWindowChanged.connect(self._on_front)  # type: ignore[union-attr]

    def _on_front(self, front: QWindow | None) -> None:
        if front is None:
            return
        shown = next((one for one in QApplication.topLevelWidgets() if one.windowHandle() is front), None)
        if not isinstance(shown, QDialog) or _asks_first(shown) or not self._is_ours(shown):
            return
        if self._action not in shown.actions():
            shown.addAction(self._action)

    def _is_ours(self, shown: QWidget) -> bool:
        above = shown.parentWidget()
        return above is not None and (above.window() is self._window or self._is_ours(above.window()))


def _asks_first(dialog: QDialog) -> bool:
    """Whether it waits for an answer in the middle of something; nothing is written meanwhile."""
    from PySide6.QtWidgets import (
        QFileDialog,
        QInputDialog,
        QMessageBox,
    )  # not before a dialog is there: the start waits

    return isinstance(dialog, QMessageBox | QFileDialog | QInputDialog)


def dialog_in_front() -> QDialog | None:
    """The dialog in which one is, if one is in any."""
    shown = QApplication.activeWindow()
    return shown if isinstance(shown, QDialog) else None
