"""One change beside the list: when and by whom, why (which may be added later), what was before and after."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.analysis.trail.details import Details, RowChange, details
from app.analysis.trail.listing import Entry
from app.ui.desk import Desk
from app.ui.widgets.fields import LineField
from app.ui.widgets.labels import PlainLabel, SectionLabel
from app.ui.widgets.wording_hints import WordingHints
from app.ui.wording import capital, day_in_words


class TrailDetails(QWidget):
    """The change that is chosen in the list."""

    reasonSaid = Signal()
    momentWanted = Signal(int)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("trail.details")
        self.setProperty("look", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._desk = desk
        self.entry: Entry | None = None
        self.words = PlainLabel("", "strong", wrap=True)
        self.words.setObjectName("trail.words")
        self.about = PlainLabel("", "small", wrap=True)
        self.about.setObjectName("trail.about")
        self.why_head = SectionLabel(self.tr("Why?"))
        self.why = LineField(self.tr("Why was this done?"), self.tr("Why? May be added at any time"), self._say_why)
        self.why.setObjectName("trail.why")
        self.moment = QPushButton(self.tr("Look at the study as it was then"))
        self.moment.setObjectName("trail.moment")
        self.moment.clicked.connect(lambda _: self.entry and self.momentWanted.emit(self.entry.seq))
        self.held = SectionLabel(self.tr("Before and after"))
        self.told = QVBoxLayout()
        self.told.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        hints = WordingHints(self.why, desk, lambda: f"why/{self.entry.seq if self.entry else 0}")
        for part in (self.words, self.about, self.why_head, self.why, hints, self.moment, self.held):
            layout.addWidget(part)
        layout.addLayout(self.told)
        layout.addStretch(1)
        self.show_entry(None)

    def show_entry(self, entry: Entry | None) -> None:
        """Show a change, or that none is chosen."""
        other = (entry.seq if entry else 0) != (self.entry.seq if self.entry else 0)
        if other:
            self.why.commit_now()
        self.entry = entry
        for part in (self.about, self.why_head, self.why, self.moment, self.held):
            part.setVisible(entry is not None)
        if entry is None:
            self.words.setText(self.tr("Choose a change to see what it did."))
            self._tell(Details(()))
            return
        self.words.setText(entry.words)
        parts = [day_in_words(entry.at), entry.actor, entry.phase, entry.kind.value]
        if entry.taken_back_at is not None:
            parts.append(self.tr("taken back on {day}").format(day=day_in_words(entry.taken_back_at)))
        self.about.setText(" · ".join(part for part in parts if part))
        self.why.show_text(entry.reason, anew=other)
        border = self._desk.study.earliest()
        self.moment.setEnabled(border is not None and entry.seq >= border.seq)
        self.moment.setToolTip("" if self.moment.isEnabled() or border is None else self.tr(
            "One cannot look back behind “{border}”.").format(border=border.label))  # fmt: skip
        with self._desk.read() as session:
            self._tell(details(session, entry.seq, quotes=True))

    def lines(self) -> list[str]:
        """What is told of before and after."""
        found = (self.told.itemAt(number).widget() for number in range(self.told.count()))  # type: ignore[union-attr]
        return [label.text() for label in found if isinstance(label, PlainLabel)]

    def _tell(self, found: Details) -> None:
        while (item := self.told.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if found.forgotten and self.entry is not None:
            self._line(self.tr("What was before and after is not kept any more. The study let go of it for good, or "
                               "this step changed nothing that has words."), "small")  # fmt: skip
        for row in found.rows:
            self._row(row)
        if found.rest:
            self._line(self.tr("And also: {what}").format(what=found.rest), "small")

    def _row(self, row: RowChange) -> None:
        self._line(f"{capital(row.what)}: {self.tr(row.deed)}", "")
        for field in row.fields:
            nothing = self.tr("nothing")
            said = (
                field.after or nothing
                if row.deed == "made"
                else field.before
                if row.deed == "deleted"
                else f"{field.before or nothing} → {field.after or nothing}"
            )
            self._line(f"{field.name}: {said}", "small", inset=16)

    def _line(self, words: str, look: str, *, inset: int = 0) -> None:
        label = PlainLabel(words, look, wrap=True)
        label.setContentsMargins(inset, 0, 0, 0)
        self.told.addWidget(label)

    def _say_why(self, text: str, _seq: int | None) -> int | None:
        if self.entry is None:
            return 0
        if not self._desk.may_change():
            return None
        self._desk.say_why(self.entry.seq, text)
        self.reasonSaid.emit()
        return 0
