"""Correcting the words of a transcript, and replacing it by a corrected file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from app.ui.correcting.dialog import CorrectingDialog
    from app.ui.correcting.replacing_dialog import ReplacingDialog
    from app.ui.desk import Desk


def open_correcting(desk: Desk, source_id: str, parent: QWidget, at: int = 0) -> CorrectingDialog | None:
    """Open the page on which a transcript is corrected, at a place of its text; None where nothing may be changed."""
    from PySide6.QtCore import Qt

    from app.ui.correcting.dialog import CorrectingDialog

    if not desk.may_change():
        return None
    dialog = CorrectingDialog(desk, source_id, at, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog


def open_replacing(desk: Desk, source_id: str, path: Path, parent: QWidget) -> ReplacingDialog:
    """Open the dialog in which a transcript is replaced by a corrected file."""
    from PySide6.QtCore import Qt

    from app.ui.correcting.replacing_dialog import ReplacingDialog

    dialog = ReplacingDialog(desk, source_id, path, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
