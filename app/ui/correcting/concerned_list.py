"""The excerpts that a correction concerns, each with its words before and after and what hangs on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from app.analysis.correcting import Concerned
from app.models.anchors import Fate
from app.ui.correcting.wording import fate, hanging, shown


class ConcernedList(QListView):
    """A list to read; there may be thousands of them, so it is a model and no widgets."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("correcting.concerned")
        self.setAccessibleName(self.tr("Excerpts that do not come through whole"))
        self.setWordWrap(True)
        self.setSpacing(4)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._rows = QStringListModel(self)
        self.setModel(self._rows)

    def show_concerned(self, concerned: Sequence[Concerned]) -> None:
        """Show these."""
        self._rows.setStringList([self._told(one) for one in concerned])

    def _told(self, one: Concerned) -> str:
        lines = [f"{fate(one).capitalize()} · {hanging(one.codes, one.memos)}", f"“{shown(one.before)}”"]
        if one.fate != Fate.DELETED:
            lines.append(f"→ “{shown(one.after)}”")
        return "\n".join(lines)
