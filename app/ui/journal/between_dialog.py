"""What changed between two moments, in words: the net result, grouped by what it concerns."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QPushButton, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from app.analysis.map_content import VersionRow, version_rows
from app.analysis.trail.between import differences
from app.analysis.trail.listing import entries, seq_at, seq_of_version
from app.errors import ReflexaError
from app.ui.desk import Desk
from app.ui.transcripts.choice_box import ChoiceBox
from app.ui.widgets.days import DayField
from app.ui.widgets.labels import PlainLabel, SectionLabel
from app.ui.widgets.scrolling import scrolling
from app.ui.wording import short_day

A_DAY = "day"


class BetweenDialog(QDialog):
    """Two moments, each a day or a kept version of the map, and what is other at the second than at the first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("betweenDialog")
        self.setWindowTitle(self.tr("What changed between two moments"))
        self.resize(720, 560)
        self._desk = desk
        with desk.read() as session:
            self._versions = {version.id: version for version in version_rows(session)}
        today = date.today()  # noqa: DTZ011 - the researcher's own day
        self.since = DayField("between.since", self.tr("First day"), today - timedelta(days=30))
        self.until = DayField("between.until", self.tr("Last day"), today)
        newest = next(reversed(self._versions), A_DAY)
        self.since_at = self._moment(self.tr("From"), self.tr("the beginning of a day"), self.since, newest)
        self.since_at.setObjectName("between.since.moment")
        self.until_at = self._moment(self.tr("Until"), self.tr("the end of a day"), self.until, A_DAY)
        self.until_at.setObjectName("between.until.moment")
        self.ask = QPushButton(self.tr("Show"))
        self.ask.setObjectName("between.ask")
        self.ask.setProperty("look", "primary")
        self.ask.clicked.connect(lambda _: self.show_differences())
        rows = QGridLayout()
        rows.setHorizontalSpacing(8)
        rows.setVerticalSpacing(8)
        for place, (word, moment, day) in enumerate((
            (self.tr("From"), self.since_at, self.since), (self.tr("Until"), self.until_at, self.until)
        )):  # fmt: skip
            rows.addWidget(PlainLabel(word), place, 0)
            rows.addWidget(moment, place, 1)
            rows.addWidget(day, place, 2)
        rows.addWidget(self.ask, 1, 3)
        rows.setColumnMinimumWidth(2, 168)
        rows.setColumnStretch(1, 1)
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
        layout.addLayout(rows)
        layout.addWidget(scrolling(words), 1)
        layout.addWidget(buttons)
        self._say([PlainLabel(self.tr("Choose two moments. The result is told, not every step."), "quiet")])

    def show_differences(self) -> None:
        """Ask the study at both moments; where the first lies behind the last border, from there on."""
        study = self._desk.study
        border = study.earliest()
        least = border.seq if border is not None else 0
        with self._desk.read() as session:
            start = self._seq(session, self.since_at, self.since.day() - timedelta(days=1))
            end = self._seq(session, self.until_at, self.until.day())
            label = entries(session, [least])
        told: list[PlainLabel] = []
        if start < least:
            start = least
            said = label[0].words if label else ""
            told.append(PlainLabel(self.tr("Told from this step on: {step}.").format(step=said), "quiet", wrap=True))
        if end <= start:
            self._say([*told, PlainLabel(self.tr("Nothing changed between these moments."), "", wrap=True)])
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
        self._say(
            told or [PlainLabel(self.tr("Nothing that has words is other between these moments."), "", wrap=True)]
        )

    def _seq(self, session: Session, moment: ChoiceBox, day: date) -> int:
        version = self._versions.get(moment.value())
        return seq_at(session, day) if version is None else seq_of_version(session, version)

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

    def _moment(self, said: str, of_a_day: str, day: DayField, chosen: str) -> ChoiceBox:
        """A choice of a day, which is then asked for, or of a version of the map."""
        box = ChoiceBox(said)
        versions = [(self._named(version), version.id) for version in reversed(self._versions.values())]
        box.fill([(of_a_day, A_DAY), *([None] if versions else []), *versions], chosen)
        box.picked.connect(lambda value: day.setVisible(value == A_DAY))
        day.setVisible(chosen == A_DAY)
        return box

    def _named(self, version: VersionRow) -> str:
        return self.tr("the map “{label}”, kept on {day}").format(label=version.label, day=short_day(version.at))
