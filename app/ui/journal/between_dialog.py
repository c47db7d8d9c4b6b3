"""What changed between two days, in words: the net result, grouped by what it concerns."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDateEdit, QDialog, QDialogButtonBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.analysis.trail.between import differences
from app.analysis.trail.listing import entries, seq_at
from app.errors import ReflexaError
from app.ui.desk import Desk
from app.ui.widgets.labels import PlainLabel, SectionLabel
from app.ui.widgets.scrolling import scrolling


class BetweenDialog(QDialog):
    """Two days, and what is other at the end of the second than at the beginning of the first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("betweenDialog")
        self.setWindowTitle(self.tr("What changed between two days"))
        self.resize(720, 560)
        self._desk = desk
        today = date.today()  # noqa: DTZ011 - the researcher's own day
        self.since = self._day("between.since", self.tr("From the beginning of"), today - timedelta(days=30))
        self.until = self._day("between.until", self.tr("To the end of"), today)
        self.ask = QPushButton(self.tr("Show"))
        self.ask.setObjectName("between.ask")
        self.ask.setProperty("look", "primary")
        self.ask.clicked.connect(lambda _: self.show_differences())
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (
            PlainLabel(self.tr("From the beginning of")),
            self.since,
            PlainLabel(self.tr("to the end of")),
            self.until,
            self.ask,
        ):
            row.addWidget(part)
        row.addStretch(1)
        words = QWidget()
        words.setProperty("look", "panel")
        words.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._told = QVBoxLayout(words)
        self._told.setContentsMargins(0, 0, 8, 0)
        self._told.setSpacing(6)
        self.lines: list[str] = []
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(row)
        layout.addWidget(scrolling(words), 1)
        layout.addWidget(buttons)
        self._say([PlainLabel(self.tr("Choose two days. The result is told, not every step."), "quiet")])

    def show_differences(self) -> None:
        """Ask the study at both moments; where the first lies behind the last border, from there on."""
        study = self._desk.study
        border = study.earliest()
        least = border.seq if border is not None else 0
        with self._desk.read() as session:
            start = seq_at(session, _python(self.since.date()) - timedelta(days=1))
            end = seq_at(session, _python(self.until.date()))
            label = entries(session, [least])
        told: list[PlainLabel] = []
        if start < least:
            start = least
            said = label[0].words if label else ""
            told.append(PlainLabel(self.tr("Told from this step on: {step}.").format(step=said), "quiet", wrap=True))
        if end <= start:
            self._say([*told, PlainLabel(self.tr("Nothing changed between these days."), "", wrap=True)])
            return
        try:
            with study.at(start) as then, study.at(end) as later, then.read() as before, later.read() as after:
                parts = differences(before, after)
        except ReflexaError as error:
            self._say([PlainLabel(error.sentence, "warn", wrap=True)])
            return
        for part in parts:
            told.append(SectionLabel(self.tr(part.title)))
            told += [PlainLabel(sentence, "", wrap=True) for sentence in part.sentences]
        self._say(told or [PlainLabel(self.tr("Nothing that has words is other between these days."), "", wrap=True)])

    def _say(self, labels: list[PlainLabel]) -> None:
        while (item := self._told.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for label in labels:
            self._told.addWidget(label)
        self._told.addStretch(1)
        self.lines = [label.text() for label in labels]

    def _day(self, name: str, said: str, day: date) -> QDateEdit:
        field = QDateEdit(QDate(day.year, day.month, day.day))
        field.setObjectName(name)
        field.setAccessibleName(said)
        field.setCalendarPopup(True)
        field.setDisplayFormat("d MMMM yyyy")
        return field


def _python(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())
