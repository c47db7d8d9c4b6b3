"""What bears a mapping: indicators beneath the dimension that are seen in the theme, and excerpts that say so."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from app.analysis.themes import EntryRow, ThemeExcerptRow, excerpts_of_theme
from app.models.kinds import Belongs
from app.operations.mappings import bear_mapping, mark_indicator
from app.ui.desk import Desk
from app.ui.quotes import QuoteShelf
from app.ui.widgets.labels import PlainLabel

_KEY = Qt.ItemDataRole.UserRole
MOST_SHOWN = 7
"""Rows that are seen at once; more are scrolled to."""


@dataclass(frozen=True)
class Tickable:
    """A row: its key, what it says, and what more a tip says."""

    key: str
    words: str
    tip: str


class TickList(QListWidget):
    """Rows one ticks by mouse or by space; what is ticked is told, and ticked by whoever shows the rows."""

    ticked = Signal(str, bool)

    def __init__(self, name: str, said: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(said)
        self.setProperty("look", "ticks")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        self._rows: list[Tickable] = []
        self.itemChanged.connect(
            lambda item: self.ticked.emit(str(item.data(_KEY)), item.checkState() == Qt.CheckState.Checked)
        )

    def show_rows(self, rows: Sequence[Tickable], ticked: Collection[str]) -> None:
        """Show these rows, some of them ticked; the row at hand stays at hand."""
        self.blockSignals(True)
        if list(rows) != self._rows:
            at_hand = self.currentItem()
            current = str(at_hand.data(_KEY)) if at_hand is not None else ""
            self.clear()
            self._rows = list(rows)
            for row in rows:
                item = QListWidgetItem(row.words)
                item.setData(_KEY, row.key)
                item.setToolTip(f"<p style='white-space:pre-wrap'>{escape(row.tip)}</p>")
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                self.addItem(item)
                if row.key == current:
                    self.setCurrentItem(item)
        for place in range(self.count()):
            item = self.item(place)
            item.setCheckState(Qt.CheckState.Checked if item.data(_KEY) in ticked else Qt.CheckState.Unchecked)
        self.blockSignals(False)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as its rows, up to a few."""
        row = self.sizeHintForRow(0) if self.count() else self.fontMetrics().height() + 8
        return QSize(220, min(max(1, self.count()), MOST_SHOWN) * max(1, row) + 2 * self.frameWidth() + 4)

    minimumSizeHint = sizeHint


class Evidence(QWidget):
    """Indicators and excerpts of one mapping; each tick is a change, and makes the mapping if there is none."""

    def __init__(self, desk: Desk, shelf: QuoteShelf) -> None:
        super().__init__()
        self._desk, self._shelf = desk, shelf
        self._theme_id = self._entry_id = ""
        self._shown: tuple[tuple[EntryRow, ...], frozenset[str], frozenset[str]] = ((), frozenset(), frozenset())
        self._signs_head = PlainLabel(self.tr("Seen by these indicators"), "small")
        self.signs = TickList("mappingEditor.indicators", self.tr("Indicators"))
        self.signs.ticked.connect(self._on_sign)
        self._excerpts_head = PlainLabel(self.tr("Excerpts that bear it"), "small")
        self.excerpts = TickList("mappingEditor.excerpts", self.tr("Excerpts that bear it"))
        self.excerpts.ticked.connect(self._on_excerpt)
        self._none = PlainLabel(self.tr("No excerpt of this theme yet."), "small", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for part in (self._signs_head, self.signs, self._excerpts_head, self.excerpts, self._none):
            layout.addWidget(part)

    def show_mapping(
        self,
        theme_id: str,
        entry_id: str,
        indicators: Sequence[EntryRow],
        seen: Collection[str],
        bearing: Collection[str],
    ) -> None:
        """Show what a mapping rests on; an excerpt decided out of the theme is there only while it bears it."""
        self._theme_id, self._entry_id = theme_id, entry_id
        self._shown = (tuple(indicators), frozenset(seen), frozenset(bearing))
        if self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        """What nobody saw was not read."""
        super().showEvent(event)
        self._show()

    def _show(self) -> None:
        indicators, seen, bearing = self._shown
        self._signs_head.setVisible(bool(indicators))
        self.signs.setVisible(bool(indicators))
        self.signs.show_rows([Tickable(one.id, one.name, f"{one.name}\n{one.definition}") for one in indicators], seen)
        with self._desk.read() as session:
            rows = excerpts_of_theme(session, self._theme_id)
        rows = [row for row in rows if row.belongs != Belongs.OUT or row.excerpt_id in bearing]
        self.excerpts.show_rows([self._told(row) for row in rows], bearing)
        self.excerpts.setVisible(bool(rows))
        self._none.setVisible(not rows)

    def _told(self, row: ThemeExcerptRow) -> Tickable:
        quote = self._shelf.quote(row.source_id, row.start, row.end)
        words = " ".join((quote.words or quote.withheld).split())
        return Tickable(row.excerpt_id, words, f"{words}\n{quote.attribution}")

    def _on_sign(self, indicator_id: str, on: bool) -> None:
        self._desk.run(mark_indicator, self._theme_id, self._entry_id, indicator_id, on)

    def _on_excerpt(self, excerpt_id: str, on: bool) -> None:
        self._desk.run(bear_mapping, self._theme_id, self._entry_id, excerpt_id, on)
