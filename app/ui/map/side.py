"""What is chosen on the map: the theme with its idea, dimensions and relations, or a relation one can word anew."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.analysis.map_content import MapContent, MapRelation
from app.analysis.map_layout import subthemes
from app.models.kinds import RelationKind
from app.ui.map.versions import said
from app.ui.widgets.labels import PlainLabel, SectionLabel


class ThemeCard(QWidget):
    """A theme in words."""

    openWanted = Signal(str)
    giveBackWanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._theme_id = ""
        self.name = PlainLabel("", "strong", wrap=True)
        self.concept = PlainLabel("", "quote", wrap=True)
        self.status = PlainLabel("", "small", wrap=True)
        self.dimensions = PlainLabel("", "", wrap=True)
        self.unexplained = PlainLabel("", "quiet", wrap=True)
        self.relations = PlainLabel("", "", wrap=True)
        self.codes = PlainLabel("", "quiet", wrap=True)
        self.flag = PlainLabel("", "warn", wrap=True)
        self.open = QPushButton(self.tr("Open its sheet"))
        self.open.setObjectName("map.theme.open")
        self.give_back = QPushButton(self.tr("Let the layout place it"))
        self.give_back.setObjectName("map.theme.giveBack")
        self.give_back.setProperty("look", "link")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(SectionLabel(self.tr("Theme")))
        for part in (self.name, self.concept, self.status, self.flag, self.dimensions, self.unexplained, self.relations,
                     self.codes):  # fmt: skip
            layout.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self.open)
        row.addStretch(1)
        layout.addLayout(row)
        layout.addWidget(self.give_back, 0, Qt.AlignmentFlag.AlignLeft)
        self.open.clicked.connect(lambda: self.openWanted.emit(self._theme_id))
        self.give_back.clicked.connect(lambda: self.giveBackWanted.emit(self._theme_id))

    def show_theme(self, content: MapContent, theme_id: str, flag: str, *, live: bool) -> None:
        """Show a theme of this map; only one of the live map can be opened."""
        theme = next((one for one in content.themes if one.id == theme_id), None)
        self.setVisible(theme is not None)
        if theme is None:
            return
        self._theme_id = theme_id
        names = {entry.id: entry.name for entry in content.entries}
        said(self.name, theme.name)
        said(self.concept, theme.concept)
        said(self.status, theme.status.value)
        said(self.flag, self.tr("It {flag}.").format(flag=flag) if flag else "")
        said(
            self.dimensions,
            "\n".join(
                f"{names[one.entry_id]}: {one.weight.value}, {one.direction.value}"
                for one in content.mappings
                if one.theme_id == theme_id and one.entry_id in names
            )
            or self.tr("Not mapped: it stands outside the dimensions."),
        )
        said(
            self.unexplained,
            self.tr("The framework does not explain: {text}").format(text=theme.unexplained)
            if theme.unexplained
            else "",
        )
        said(self.relations, "\n".join(self._related(content, theme_id)))
        held = [code.name for one in (theme, *subthemes(content, theme_id)) for code in one.codes]
        said(self.codes, self.tr("Codes: {names}").format(names=", ".join(held)) if held else "")
        self.open.setVisible(live)
        self.give_back.setVisible(live and theme.x is not None)

    def _related(self, content: MapContent, theme_id: str) -> list[str]:
        names = {theme.id: theme.name for theme in content.themes}
        lines = []
        for one in content.relations:
            if one.from_id == theme_id:
                lines.append(f"— {one.words} → {names[one.to_id]}")
            elif one.to_id == theme_id:
                lines.append(f"{names[one.from_id]} — {one.words} →")
        return lines


class RelationCard(QWidget):
    """How two themes stand to each other, in a word."""

    changed = Signal(str, str)
    """Kind and own word."""
    turnWanted = Signal()
    removeWanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._filling = False
        self.between = PlainLabel("", "strong", wrap=True)
        self.kind = QComboBox()
        self.kind.setObjectName("map.relation.kind")
        self.kind.setAccessibleName(self.tr("What they have to do with each other"))
        for kind in RelationKind:
            self.kind.addItem(kind.value, kind)
        self.word = QLineEdit()
        self.word.setObjectName("map.relation.word")
        self.word.setAccessibleName(self.tr("In your own word"))
        self.word.setPlaceholderText(self.tr("In your own word …"))
        self.turn = QPushButton(self.tr("Turn it round"))
        self.remove = QPushButton(self.tr("Remove relation"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(SectionLabel(self.tr("Relation")))
        for part in (self.between, self.kind, self.word, self.turn, self.remove):
            layout.addWidget(part)
        self.kind.activated.connect(self._on_kind)
        self.word.editingFinished.connect(self._say)
        self.turn.clicked.connect(self.turnWanted)
        self.remove.clicked.connect(self.removeWanted)

    def show_relation(self, content: MapContent, relation: MapRelation | None, *, editable: bool) -> None:
        """Show a relation, or none."""
        self.setVisible(relation is not None)
        if relation is None:
            return
        names = {theme.id: theme.name for theme in content.themes}
        self._filling = True
        self.between.setText(f"{names[relation.from_id]}  →  {names[relation.to_id]}")
        self.kind.setCurrentIndex(self.kind.findData(relation.kind))
        self.word.setText(relation.label)
        self._filling = False
        for part in (self.kind, self.word, self.turn, self.remove):
            part.setEnabled(editable)

    def _on_kind(self) -> None:
        if self.kind.currentData() == RelationKind.OWN_WORD and not self.word.text().strip():
            self.word.setFocus()
        else:
            self._say()

    def _say(self) -> None:
        if not self._filling and self.isVisible():
            self.changed.emit(str(self.kind.currentData()), self.word.text())
