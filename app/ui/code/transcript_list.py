"""The short list of transcripts beside the text: choose one to read and code."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.analysis.transcripts import SourceCard

_ID = Qt.ItemDataRole.UserRole


class TranscriptList(QListWidget):
    """Transcripts in the researcher's order, with their group."""

    sourceChosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcriptList")
        self.setAccessibleName(self.tr("Transcripts"))
        self.setUniformItemSizes(True)
        self.currentItemChanged.connect(self._on_chosen)

    def show_cards(self, cards: list[SourceCard], chosen: str) -> None:
        """Show these transcripts, `chosen` marked."""
        self.blockSignals(True)
        self.clear()
        for card in cards:
            item = QListWidgetItem(card.name)
            item.setData(_ID, card.id)
            item.setSizeHint(QSize(0, 30))
            item.setToolTip(self.tr("{group}, {turns} turns").format(group=card.group or self.tr("no group"),
                                                                     turns=card.turns))  # fmt: skip
            self.addItem(item)
            if card.id == chosen:
                self.setCurrentItem(item)
        self.blockSignals(False)
        self.setFixedHeight(min(8, max(1, len(cards))) * 30 + 6)

    def choose(self, source_id: str) -> None:
        """Mark one, without saying so."""
        self.blockSignals(True)
        for place in range(self.count()):
            item = self.item(place)
            if item is not None and item.data(_ID) == source_id:
                self.setCurrentItem(item)
        self.blockSignals(False)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.sourceChosen.emit(item.data(_ID))
