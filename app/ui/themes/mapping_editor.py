"""One mapping, or what the framework does not explain of a theme: said in words beside the matrix."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from app.analysis.themes import LensRow, MappingRow, ThemeRow
from app.models.kinds import Direction, Weight
from app.operations.mappings import map_theme, say_unexplained, unmap_theme
from app.ui.desk import Desk
from app.ui.quotes import QuoteShelf
from app.ui.style.icons import icon
from app.ui.themes.evidence import Evidence
from app.ui.themes.wording import word
from app.ui.widgets.choice import ChoiceOfOne
from app.ui.widgets.fields import TextField
from app.ui.widgets.labels import PlainLabel, SectionLabel
from app.ui.widgets.wording_hints import WordingHints


class MappingEditor(QWidget):
    """It shows the cell at hand; every choice is on disk at once. Esc goes back to the matrix."""

    closed = Signal()

    def __init__(self, desk: Desk, shelf: QuoteShelf) -> None:
        super().__init__()
        self.setObjectName("mappingEditor")
        self._desk = desk
        self.theme_id, self.entry_id, self.lens_id = "", "", ""
        self._mapped = False
        self.head = SectionLabel(self.tr("Mapping"))
        self.close_button = QToolButton()
        self.close_button.setObjectName("mappingEditor.close")
        self.close_button.setProperty("look", "chip-button")
        self.close_button.setFixedSize(24, 24)
        self.close_button.setAccessibleName(self.tr("Back to the matrix"))
        self.close_button.setToolTip(self.tr("Back to the matrix (Esc)"))
        self.close_button.clicked.connect(self.closed)
        self.theme = PlainLabel("", "strong", wrap=True)
        self.entry = PlainLabel("", "", wrap=True)
        self.definition = PlainLabel("", "small", wrap=True)
        self.weight = ChoiceOfOne("mappingEditor.weight", self.tr("Weight"))
        self.weight.addItem(self.tr("not mapped"), None)
        for weight in Weight:
            self.weight.addItem(word(weight), weight)
        self.weight.activated.connect(lambda _: self._set_weight())
        self.direction = ChoiceOfOne("mappingEditor.direction", self.tr("Direction"))
        for direction in Direction:
            self.direction.addItem(word(direction), direction)
        self.direction.activated.connect(lambda _: self._map(direction=self.direction.currentData()))
        self.rationale = TextField(
            self.tr("Rationale"), self.tr("In what way? What in the excerpts says so?"), self._write_rationale, lines=5,
            most=14,
        )  # fmt: skip
        self.rationale.setObjectName("mappingEditor.rationale")
        stop = self.tr("Where does the framework stop helping?")
        self.misses = TextField(
            self.tr("What the framework does not explain"), stop, self._write_misses, lines=5, most=14
        )
        self.misses.setObjectName("mappingEditor.misses")
        self.rationale_hints = WordingHints(
            self.rationale, desk, lambda: f"mapping/{self.theme_id}/{self.entry_id}/rationale"
        )
        self.misses_hints = WordingHints(self.misses, desk, lambda: f"unexplained/{self.theme_id}/{self.lens_id}")
        self.evidence = Evidence(desk, shelf)
        self.remove = QPushButton(self.tr("Remove mapping"))
        self.remove.setObjectName("mappingEditor.remove")
        self.remove.setProperty("look", "link")
        self.remove.clicked.connect(self._remove)
        self.note = PlainLabel("", "small", wrap=True)
        self.note.setObjectName("mappingEditor.note")
        self._build()

    def show_cell(self, theme: ThemeRow | None, entry_id: str, lens: LensRow | None, mapping: MappingRow | None,
                  misses: str) -> None:  # fmt: skip
        """Show a cell; an empty `entry_id` is the column of what the framework does not explain."""
        if theme is None or lens is None:
            self.commit_pending()
            self.theme_id = self.entry_id = ""
            return
        if (theme.id, entry_id, lens.id) != (self.theme_id, self.entry_id, self.lens_id):
            self.commit_pending()
        self.theme_id, self.entry_id, self.lens_id = theme.id, entry_id, lens.id
        self._mapped = mapping is not None
        self.theme.setText(theme.name)
        entry = next((one for one in lens.entries if one.id == entry_id), None)
        for part in self._of_entry:
            part.setVisible(entry is not None)
        self.misses.setVisible(entry is None)
        self.remove.setVisible(mapping is not None)
        if entry is None:
            self.head.head(self.misses.accessibleName())
            self.entry.setText(lens.name)
            self.misses.show_text(misses)
            self.note.setVisible(False)
            return
        self.head.head(self.tr("Mapping"))
        self.entry.setText(entry.name)
        self.definition.setText(entry.definition)
        self.weight.setCurrentIndex(self.weight.findData(mapping.weight) if mapping else 0)
        self.direction.setCurrentIndex(self.direction.findData(mapping.direction) if mapping else 0)
        self.direction.setEnabled(mapping is not None)
        self.rationale.show_text(mapping.rationale if mapping else "")
        self.evidence.show_mapping(
            theme.id,
            entry_id,
            lens.indicators.get(entry_id, ()),
            mapping.indicators if mapping else (),
            mapping.excerpts if mapping else (),
        )
        self._say_note(theme, mapping)

    def begin(self) -> None:
        """Put the keyboard where one begins: at the weight of a new mapping, else in the text."""
        field = self.rationale if self.entry_id else self.misses
        if self.entry_id and not self._mapped:
            self.weight.setFocus()
        else:
            field.setFocus()
            field.moveCursor(QTextCursor.MoveOperation.End)

    def commit_pending(self) -> None:
        """Commit the texts."""
        self.rationale.commit_now()
        self.misses.commit_now()

    def restyle(self) -> None:
        """Take over colours."""
        self.close_button.setIcon(icon("close", self._desk.tokens.quiet, 14))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the matrix."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def _say_note(self, theme: ThemeRow, mapping: MappingRow | None) -> None:
        """A quiet word on what is missing; nothing is refused."""
        said = ""
        if mapping is None and not theme.concept:
            said = self.tr("This theme has no central organising concept yet; mapping comes easier after it.")
        elif mapping is not None and not mapping.rationale:
            said = self.tr("No rationale yet: a sentence on how the theme meets this.")
        self.note.setText(said)
        self.note.setVisible(bool(said))

    def _set_weight(self) -> None:
        if self.weight.currentData() is None:
            self._remove()
        else:
            self._map(weight=self.weight.currentData())

    def _map(self, **fields: Any) -> None:
        if self.theme_id and self.entry_id:
            self.rationale.commit_now()
            self._desk.run(map_theme, self.theme_id, self.entry_id, **fields)

    def _remove(self) -> None:
        if self.theme_id and self.entry_id and self._desk.run(unmap_theme, self.theme_id, self.entry_id) is True:
            self._desk.say(self.tr("Mapping removed."), with_undo=True)

    def _write_rationale(self, text: str, seq: int | None) -> int | None:
        if not self.theme_id or not self.entry_id:
            return None
        return self._desk.commit_field(seq, map_theme, self.theme_id, self.entry_id, rationale=text)

    def _write_misses(self, text: str, seq: int | None) -> int | None:
        if not self.theme_id or not self.lens_id:
            return None
        return self._desk.commit_field(seq, say_unexplained, self.theme_id, self.lens_id, text)

    def _build(self) -> None:
        names = [PlainLabel(text, "small") for text in (self.tr("Weight"), self.tr("Direction"), self.tr("Rationale"))]
        self._of_entry: list[QWidget] = [self.definition, *names, self.weight, self.direction, self.rationale,
                                         self.evidence]  # fmt: skip
        top = QHBoxLayout()
        top.addWidget(self.head, 1)
        top.addWidget(self.close_button)
        self.head.setWordWrap(True)
        body = QWidget()
        body.setProperty("look", "panel")
        scroll = QScrollArea()
        scroll.setObjectName("mappingEditor.scroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(body)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(4)
        layout.addLayout(top)
        for said in (self.theme, self.entry, self.definition):
            layout.addWidget(said)
        layout.addSpacing(4)
        for name, part in zip(names, (self.weight, self.direction, self.rationale), strict=True):
            layout.addSpacing(4)
            layout.addWidget(name)
            layout.addWidget(part)
        layout.addWidget(self.rationale_hints)
        layout.addSpacing(4)
        layout.addWidget(self.evidence)
        layout.addWidget(self.misses)
        layout.addWidget(self.misses_hints)
        layout.addWidget(self.note)
        layout.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
