"""Two maps beside each other with what is other between them, in words and marked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.analysis.map_compare import Difference, MapChange, compare
from app.analysis.map_content import MapContent
from app.analysis.map_picture import draw
from app.analysis.map_words import describe
from app.exporters.painted.brush import Ink
from app.ui.map.canvas import MapCanvas
from app.ui.map.view import MapView
from app.ui.widgets.labels import SectionLabel

_MARKS = {
    Difference.NEW: "#1B7F4B",
    Difference.GONE: "#B3261E",
    Difference.MERGED: "#7B3FA0",
    Difference.SPLIT: "#7B3FA0",
}
_OTHER = "#B26A00"


class TwoMaps(QWidget):
    """An earlier map at the left, a later one at the right, the differences beneath."""

    closed = Signal()
    wanted = Signal(str, str)
    """Two versions to be compared: the earlier and the later."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("map.compare")
        self.choices = [QComboBox(), QComboBox()]
        self.canvases = [MapCanvas(), MapCanvas()]
        self.views = [MapView(canvas) for canvas in self.canvases]
        names = (self.tr("The earlier map"), self.tr("The later map"))
        sides = QSplitter(Qt.Orientation.Horizontal)
        for title, view, name in zip(self.choices, self.views, names, strict=True):
            title.setObjectName(f"map.compare.choice{self.choices.index(title)}")
            title.setAccessibleName(name)
            title.activated.connect(lambda _: self.wanted.emit(*(str(one.currentData()) for one in self.choices)))
            view.setInteractive(False)
            view.setAccessibleName(name)
            side = QWidget()
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(title)
            column.addWidget(view, 1)
            sides.addWidget(side)
        self.list = QListWidget()
        self.list.setObjectName("map.differences")
        self.list.setAccessibleName(self.tr("Differences"))
        self.list.setWordWrap(True)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.back = QPushButton(self.tr("Back to the map"))
        self.back.setObjectName("map.compare.back")
        self.back.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(SectionLabel(self.tr("What is other")))
        head.addStretch(1)
        head.addWidget(self.back)
        foot = QWidget()
        beneath = QVBoxLayout(foot)
        beneath.setContentsMargins(0, 8, 0, 0)
        beneath.addLayout(head)
        beneath.addWidget(self.list, 1)
        floors = QSplitter(Qt.Orientation.Vertical)
        floors.addWidget(sides)
        floors.addWidget(foot)
        floors.setStretchFactor(0, 3)
        floors.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(floors)
        self._changes: list[MapChange] = []
        self._shown: tuple[MapContent, MapContent] | None = None

    def show_maps(
        self, before: MapContent, after: MapContent, titles: tuple[str, str], ink: Ink, accent: str
    ) -> list[MapChange]:
        """Show two maps; returns their differences."""
        self._changes = compare(before, after)
        marks: tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]] = ({}, {})
        for change in reversed(self._changes):
            for side, theme_id in enumerate((change.before_id, change.after_id)):
                if theme_id is not None:
                    word = change.kind.value if change.kind in _MARKS else self.tr("changed")
                    marks[side][theme_id] = (_MARKS.get(change.kind, _OTHER), word)
        for side, content in enumerate((before, after)):
            self.views[side].setAccessibleDescription(f"{titles[side]}. {describe(content)}")
            self.canvases[side].show_picture(draw(content), ink, accent, editable=False, marked=marks[side])
        self.list.clear()
        for change in self._changes:
            self.list.addItem(change.words)
        if not self._changes:
            self.list.addItem(self.tr("Nothing is other between the two."))
        self.fit()
        return self._changes

    def offer(self, versions: list[tuple[str, str]], before: str, after: str) -> None:
        """Any two of these (key and words) may be put beside each other; these two are."""
        for box, current in zip(self.choices, (before, after), strict=True):
            box.clear()
            for key, words in versions:
                box.addItem(words, key)
            box.setCurrentIndex(max(0, box.findData(current)))

    def fit(self) -> None:
        """Both maps whole."""
        for view in self.views:
            view.fit()

    def showEvent(self, event: object) -> None:
        """The size is known only now."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.fit()

    def resizeEvent(self, event: object) -> None:
        """Both maps stay whole."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self.fit()

    def _on_chosen(self) -> None:
        number = self.list.currentRow()
        if not 0 <= number < len(self._changes):
            return
        change = self._changes[number]
        for canvas, theme_id in zip(self.canvases, (change.before_id, change.after_id), strict=True):
            canvas.choose({theme_id} if theme_id is not None else set())
