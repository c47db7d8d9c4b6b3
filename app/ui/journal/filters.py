"""What of the journal is shown: by kind, phase, person, what entries speak of, and whether they are private."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from app.analysis.journal import Entry
from app.ui.journal.wording import kind_said, phase_said, thing_said
from app.ui.transcripts.choice_box import ChoiceBox


class TimelineFilters(QWidget):
    """Each box offers only what occurs; a box with nothing to choose between is not there."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kind = self._box("kind", self.tr("Kind"))
        self.phase = self._box("phase", self.tr("Phase"))
        self.person = self._box("person", self.tr("Person"))
        self.thing = self._box("thing", self.tr("Speaks of"))
        self.private = self._box("private", self.tr("Private or not"))
        self.clear = QPushButton(self.tr("Show all"))
        self.clear.setObjectName("journal.filter.clear")
        self.clear.setProperty("look", "link")
        self.clear.clicked.connect(self.show_all)
        self._boxes = (self.kind, self.phase, self.person, self.thing, self.private)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for box in self._boxes:
            row.addWidget(box, 1)
        row.addWidget(self.clear)
        row.addStretch(0)

    def offer(self, rows: list[Entry]) -> None:
        """Offer what occurs in these; what is chosen stays chosen."""
        kinds = sorted({entry.kind for entry in rows if entry.kind}, key=str.casefold)
        phases = list(dict.fromkeys(entry.phase for entry in rows if entry.phase is not None))
        people = sorted({entry.who for entry in rows if entry.who}, key=str.casefold)
        found = {(link.subject, link.id): thing_said(link) for entry in rows for link in entry.links}
        things = sorted(found.items(), key=lambda one: one[1].casefold())
        marked = {entry.private for entry in rows}
        self._fill(self.kind, self.tr("Any kind"), [(kind_said(kind), kind) for kind in kinds])
        self._fill(self.phase, self.tr("Any phase"), [(phase_said(phase), phase) for phase in phases])
        self._fill(self.person, self.tr("Anybody"), [(who, who) for who in people] if len(people) > 1 else [])
        self._fill(self.thing, self.tr("About anything"), [(said, key) for key, said in things])
        both = [(self.tr("Private"), True), (self.tr("Not private"), False)] if len(marked) > 1 else []
        self._fill(self.private, self.tr("Private or not"), both)
        self.clear.setVisible(self.is_set())

    def left_of(self, rows: list[Entry]) -> list[Entry]:
        """Those of the entries that are shown; the boxes are asked once, for this is done at each letter typed."""
        kind, phase, person, thing, private = (box.value() for box in self._boxes)
        if kind is not None:
            rows = [entry for entry in rows if entry.kind == kind]
        if phase is not None:
            rows = [entry for entry in rows if entry.phase == phase]
        if person is not None:
            rows = [entry for entry in rows if entry.who == person]
        if thing is not None:
            rows = [entry for entry in rows if entry.speaks_of(*thing)]
        if private is not None:
            rows = [entry for entry in rows if entry.private == private]
        return rows

    def is_set(self) -> bool:
        """Whether anything is filtered."""
        return any(box.value() is not None for box in self._boxes)

    def show_all(self) -> None:
        """Filter nothing."""
        for box in self._boxes:
            box.setCurrentIndex(0)
        self._tell()

    def _fill(self, box: ChoiceBox, nothing: str, choices: Sequence[tuple[str, object]]) -> None:
        kept = box.value()
        offered: list[tuple[str, object]] = [(nothing, None), *choices]
        if not any(value == kept for _, value in offered):
            kept = None
        box.fill(offered, kept)
        box.setVisible(bool(choices))

    def _tell(self) -> None:
        self.clear.setVisible(self.is_set())
        self.changed.emit()

    def _box(self, name: str, said: str) -> ChoiceBox:
        box = ChoiceBox(said)
        box.setObjectName(f"journal.filter.{name}")
        box.setMaximumWidth(200)
        box.picked.connect(lambda _: self._tell())
        return box
