"""The versions of the map: keeping one, looking at one as it was, stepping through them, comparing two."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.analysis.map_content import VersionRow
from app.exporters.options import day
from app.ui.desk import Desk
from app.ui.journal.written_button import WrittenButton
from app.ui.reviews.mark import CommentButton
from app.ui.widgets.labels import PlainLabel, SectionLabel
from app.ui.widgets.wording_hints import WordingHints

NOW = ""
"""The key of the map as it is now, among those of versions."""


class VersionForm(QWidget):
    """Under which label the map is kept, and what there is to say about it."""

    kept = Signal(str, str)
    cancelled = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.label = QComboBox()
        self.label.setObjectName("map.version.label")
        self.label.setEditable(True)
        self.label.setAccessibleName(self.tr("Label of the version"))
        self.note = QPlainTextEdit()
        self.note.setObjectName("map.version.note")
        self.note.setAccessibleName(self.tr("What is there to say about this version?"))
        self.note.setPlaceholderText(self.tr("What changed, and why? (optional)"))
        self.note.setTabChangesFocus(True)
        self.note.setFixedHeight(72)
        self.keep = QPushButton(self.tr("Keep it"))
        self.keep.setObjectName("map.version.keep")
        self.keep.setProperty("look", "primary")
        cancel = QPushButton(self.tr("Cancel"))
        row = QHBoxLayout()
        row.addWidget(self.keep)
        row.addWidget(cancel)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(PlainLabel(self.tr("Keep the map as it is now"), "strong"))
        layout.addWidget(self.label)
        layout.addWidget(self.note)
        layout.addWidget(WordingHints(self.note, desk, lambda: "version/new"))
        layout.addLayout(row)
        self.keep.clicked.connect(lambda: self.kept.emit(self.label.currentText(), self.note.toPlainText()))
        cancel.clicked.connect(self.cancelled)
        self.hide()

    def open_form(self, taken: list[str]) -> None:
        """Offer the labels that are usual and not yet taken."""
        offered = [one for one in (self.tr("Initial"), self.tr("Developed"), self.tr("Final")) if one not in taken]
        self.label.clear()
        self.label.addItems(offered)
        self.note.clear()
        self.show()
        self.label.setFocus()
        line = self.label.lineEdit()
        if line is not None:
            line.selectAll()


class VersionList(QWidget):
    """Now, and every version, newest first."""

    shown = Signal(str)
    compareWanted = Signal(str, str)
    deleteWanted = Signal(str)
    renameWanted = Signal(str, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.comments = CommentButton(desk, "version", "map.versions.comments")
        self.written = WrittenButton(desk, "version", "map.versions.written")
        self.list = QListWidget()
        self.list.setObjectName("map.versions")
        self.list.setAccessibleName(self.tr("Versions of the map"))
        self.list.setWordWrap(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.compare = QPushButton(self.tr("What has changed since?"))
        self.compare.setObjectName("map.versions.compare")
        self.compare.setToolTip(self.tr("This version beside the map as it is now, with the differences in words"))
        self.before = QPushButton(self.tr("With the one before"))
        self.before.setObjectName("map.versions.before")
        self.delete = QPushButton(self.tr("Delete version"))
        self.delete.setProperty("look", "link")
        self.delete.setObjectName("map.versions.delete")
        self.note = PlainLabel("", "quiet", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(SectionLabel(self.tr("Versions")))
        layout.addWidget(self.list)
        layout.addWidget(self.note)
        for button in (self.compare, self.before, self.comments, self.written, self.delete):
            layout.addWidget(button)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.compare.clicked.connect(lambda: self.compareWanted.emit(self.current(), NOW))
        self.before.clicked.connect(lambda: self.compareWanted.emit(self._earlier(), self.current()))
        self.delete.clicked.connect(lambda: self.deleteWanted.emit(self.current()))
        self._rows: list[VersionRow] = []

    def show_versions(self, rows: list[VersionRow], current: str) -> None:
        """Show these, and choose one (NOW for the map as it is)."""
        self._rows = rows
        self.list.blockSignals(True)
        self.list.clear()
        for row in [None, *reversed(rows)]:
            item = QListWidgetItem(self.tr("Now") if row is None else f"{row.label}\n{day(row.at)}")
            item.setData(Qt.ItemDataRole.UserRole, NOW if row is None else row.id)
            self.list.addItem(item)
            if (row is None and current == NOW) or (row is not None and row.id == current):
                self.list.setCurrentItem(item)
        self.list.setFixedHeight(min(260, 8 + sum(self.list.sizeHintForRow(n) for n in range(self.list.count()))))
        self.list.blockSignals(False)
        self._show_about()

    def current(self) -> str:
        """The key of the version chosen; NOW for none."""
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else NOW

    def step(self, by: int) -> None:
        """The next (newer) or the one before, like slides."""
        self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() - by)))

    def labels(self) -> list[str]:
        """The labels taken."""
        return [row.label for row in self._rows]

    def rows(self) -> list[VersionRow]:
        """All versions, oldest first."""
        return self._rows

    def row(self, version_id: str) -> VersionRow | None:
        """A version of the list."""
        return next((row for row in self._rows if row.id == version_id), None)

    def _earlier(self) -> str:
        ids = [row.id for row in self._rows]
        place = ids.index(self.current()) if self.current() in ids else len(ids)
        return ids[place - 1] if place else NOW

    def _on_chosen(self) -> None:
        self._show_about()
        self.shown.emit(self.current())

    def _show_about(self) -> None:
        row = self.row(self.current())
        self.note.setText(row.note if row is not None else "")
        self.note.setVisible(bool(row is not None and row.note))
        for button in (self.compare, self.delete):
            button.setVisible(row is not None)
        self.before.setVisible(row is not None and row.id != self._rows[0].id)


def said(label: QLabel, text: str) -> None:
    """Show words, or nothing at all."""
    label.setText(text)
    label.setVisible(bool(text))
