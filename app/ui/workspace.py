"""What every workspace is: a widget on a desk that redraws what a change names, and nothing else."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.errors import ReflexaError
from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.study import Notice


class Workspace(QWidget):
    """One place of the window. Sub-classes set `name`, `title` and `icon_name`, and build themselves in __init__."""

    name = ""
    icon_name = ""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.setObjectName(f"workspace.{self.name}")
        self.setProperty("look", "panel")
        self._stale = True
        self.begins_at: QWidget | None = None
        """What has the keyboard when one comes here. No focus proxy: Tab would leap over all that stands before it."""
        desk.actions.scope_to(self, self.name)
        desk.changed.connect(self._on_change)
        desk.restyled.connect(self.restyle)

    @property
    def title(self) -> str:
        """The word on the rail."""
        return self.name.capitalize()

    def refresh(self, notice: Notice | None) -> None:
        """Draw what the study says now; with a notice, only what it names."""
        raise NotImplementedError

    def restyle(self) -> None:
        """Take over other colours or reading settings."""

    def shows(self, rows: dict[str, frozenset[str]]) -> bool:
        """Whether a change of these rows would be seen here (undo asks before it changes something out of view)."""
        return bool(rows) and self.isVisible()

    def looking_at(self) -> list[tuple[str, str]]:
        """What one looks at here, the nearest first: a word of `operations.journal.SUBJECTS` and an id each."""
        return []

    def commit_pending(self) -> None:
        """Commit what is typed and not yet on disk."""

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Take the keyboard."""
        if self.begins_at is not None:
            self.begins_at.setFocus(reason)
        else:
            super().setFocus(reason)

    def showEvent(self, event: object) -> None:
        """Draw when first seen, and when something changed while out of sight."""
        super().showEvent(event)  # type: ignore[arg-type]
        if self._stale:
            self._stale = False
            self._draw(None)

    def _on_change(self, notice: Notice) -> None:
        if self.isVisible():
            self._draw(notice)
        else:
            self._stale = True

    def _draw(self, notice: Notice | None) -> None:
        """Draw what can be read. No error leaves into Qt, which goes on drawing meanwhile and may fall over it."""
        try:
            self.refresh(notice)
        except ReflexaError as error:
            self.desk.say(error.sentence)
        except Exception:  # noqa: BLE001 - told and written down at the one place for errors nobody foresaw
            sys.excepthook(*sys.exc_info())
