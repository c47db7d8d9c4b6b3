"""One mapping, or what the framework does not explain of a theme: said in words beside the matrix."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from app.analysis.themes import LensRow, MappingRow, ThemeRow
from app.models.kinds import Direction, Weight
from app.operations.mappings import map_theme, say_unexplained, unmap_theme
from app.ui.desk import Desk
from app.ui.widgets.fields import TextField
from app.ui.widgets.labels import PlainLabel, SectionLabel


class MappingEditor(QWidget):
    """It shows the cell at hand; every choice is on disk at once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("mappingEditor")
        self._desk = desk
        self.theme_id, self.entry_id, self.lens_id = "", "", ""
        self.head = SectionLabel(self.tr("Mapping"))
        self.theme = PlainLabel("", "strong", wrap=True)
        self.entry = PlainLabel("", "", wrap=True)
        self.definition = PlainLabel("", "small", wrap=True)
        self.weight = QComboBox()
        self.weight.setObjectName("mappingEditor.weight")
        self.weight.setAccessibleName(self.tr("Weight"))
        self.weight.addItem(self.tr("not mapped"), None)
        for weight in Weight:
            self.weight.addItem(self.tr(weight.value), weight)
        self.weight.activated.connect(lambda _: self._set_weight())
        self.direction = QComboBox()
        self.direction.setObjectName("mappingEditor.direction")
        self.direction.setAccessibleName(self.tr("Direction"))
        for direction in Direction:
            self.direction.addItem(self.tr(direction.value), direction)
        self.direction.activated.connect(lambda _: self._map(direction=self.direction.currentData()))
        self.rationale = TextField(
            self.tr("Rationale"), self.tr("Why: in what way?"), self._write_rationale, lines=5, most=14
        )
        self.rationale.setObjectName("mappingEditor.rationale")
        stop = self.tr("Where does the framework stop helping?")
        title = self.tr("What the framework does not explain")
        self.misses = TextField(title, stop, self._write_misses, lines=5, most=14)
        self.misses.setObjectName("mappingEditor.misses")
        self.remove = QPushButton(self.tr("Remove mapping"))
        self.remove.setObjectName("mappingEditor.remove")
        self.remove.setProperty("look", "link")
        self.remove.clicked.connect(self._remove)
        self.hint = PlainLabel(self.tr("Choose a cell to map a theme, or to say what the framework does not explain."),
                               "quiet", wrap=True)  # fmt: skip
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        for part in (self.hint, self.head, self.theme, self.entry, self.definition, self.weight, self.direction,
                     self.rationale, self.misses, self.remove):  # fmt: skip
            layout.addWidget(part)
        layout.addStretch(1)
        self._arrange(None)

    def show_cell(self, theme: ThemeRow | None, entry_id: str, lens: LensRow | None, mapping: MappingRow | None,
                  misses: str) -> None:  # fmt: skip
        """Show a cell; an empty `entry_id` is the column of what the framework does not explain."""
        if theme is None or lens is None:
            self.commit_pending()
            self.theme_id = ""
            self._arrange(None)
            return
        if (theme.id, entry_id) != (self.theme_id, self.entry_id):
            self.commit_pending()
        self.theme_id, self.entry_id, self.lens_id = theme.id, entry_id, lens.id
        self.theme.setText(theme.name)
        entry = next((one for one in lens.entries if one.id == entry_id), None)
        self.entry.setText(entry.name if entry is not None else lens.name)
        self.definition.setText(entry.definition if entry is not None else "")
        self._arrange("entry" if entry is not None else "misses", mapped=mapping is not None)
        if entry is None:
            self.misses.show_text(misses)
            return
        self.weight.setCurrentIndex(self.weight.findData(mapping.weight) if mapping else 0)
        self.direction.setCurrentIndex(self.direction.findData(mapping.direction) if mapping else 0)
        self.rationale.show_text(mapping.rationale if mapping else "")

    def commit_pending(self) -> None:
        """Commit the texts."""
        self.rationale.commit_now()
        self.misses.commit_now()

    def _arrange(self, what: str | None, *, mapped: bool = False) -> None:
        self.hint.setVisible(what is None)
        for part in (self.head, self.theme, self.entry):
            part.setVisible(what is not None)
        self.definition.setVisible(what == "entry")
        for field in (self.weight, self.direction, self.rationale):
            field.setVisible(what == "entry")
        self.misses.setVisible(what == "misses")
        self.remove.setVisible(what == "entry" and mapped)

    def _set_weight(self) -> None:
        if self.weight.currentData() is None:
            self._remove()
        else:
            self._map(weight=self.weight.currentData())

    def _map(self, **fields: Any) -> None:
        if self.theme_id and self.entry_id:
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
