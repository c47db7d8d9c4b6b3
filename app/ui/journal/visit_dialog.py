"""Adding a visit that was forgotten, or saying otherwise when it was: days only, no clock times."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget

from app.analysis.phases import Visit
from app.models.kinds import Phase
from app.operations.phases import KEEP, add_visit, correct_visit, moment_on, note_on_visit
from app.study import ChangeSession
from app.ui.desk import Desk
from app.ui.journal.wording import phase_said
from app.ui.widgets.choice import ChoiceOfOne
from app.ui.widgets.days import DayField
from app.ui.widgets.labels import PlainLabel


class VisitDialog(QDialog):
    """One visit. What the study refuses is said here, and the dialog stays."""

    def __init__(self, desk: Desk, visit: Visit | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("visitDialog")
        self._desk, self._visit = desk, visit
        self.setWindowTitle(self.tr("Correct a visit") if visit else self.tr("Add a visit"))
        self.setMinimumWidth(460)
        self.phase = ChoiceOfOne("visitDialog.phase", self.tr("Phase"))
        for phase in Phase:
            self.phase.addItem(phase_said(phase), phase)
        today = date.today()  # noqa: DTZ011 - the researcher's own day
        self.began = DayField("visitDialog.began", self.tr("From"), visit.began_on if visit else today)
        self.ended = DayField("visitDialog.ended", self.tr("To"), (visit and visit.ended_on) or today)
        self.goes_on = QCheckBox(self.tr("It still goes on"))
        self.goes_on.setObjectName("visitDialog.open")
        self.goes_on.setChecked(visit is not None and visit.ended_on is None)
        self.goes_on.toggled.connect(lambda on: self.ended.setEnabled(not on))
        self.ended.setEnabled(not self.goes_on.isChecked())
        if visit is not None:
            self.phase.setCurrentIndex(self.phase.findData(visit.phase))
        self.refused = PlainLabel("", "warn", wrap=True)
        self.refused.setObjectName("visitDialog.refused")
        self.refused.hide()
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(16)
        form.addRow(self.tr("Phase"), self.phase)
        form.addRow(self.tr("From"), self.began)
        form.addRow(self.tr("To"), self.ended)
        form.addRow("", self.goes_on)
        form.addRow("", PlainLabel(self.tr(
            "Only days are kept in sight. The visit is marked as entered later, wherever it is shown."
        ), "small", wrap=True))  # fmt: skip
        form.addRow("", self.refused)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(buttons)

    def accept(self) -> None:
        """Do it; a refusal is said beside the fields."""
        said: list[str] = []
        catch = self._desk.said.connect(lambda sentence, _: said.append(sentence))
        done = self._desk.done(self._write)
        self._desk.said.disconnect(catch)
        if done:
            super().accept()
            return
        self.refused.setText(said[-1] if said else "")
        self.refused.show()

    def _write(self, session: ChangeSession) -> None:
        phase = Phase(self.phase.currentData())
        began, ended = self.began.day(), self.ended.day()
        visit, goes_on = self._visit, self.goes_on.isChecked()
        if visit is None:
            add_visit(session, phase, moment_on(began), None if goes_on else moment_on(ended))
            return
        start = None if began == visit.began_on else moment_on(began)
        end = None if goes_on else KEEP if ended == visit.ended_on else moment_on(ended)
        if end == KEEP and start is not None and visit.ended_at is not None and start > visit.ended_at:
            end = moment_on(ended)  # both are the same day now
        correct_visit(session, visit.id, phase=phase, began_at=start, ended_at=end)


def write_note(desk: Desk, visit_id: str, text: str, seq: int | None) -> int | None:
    """What the field of a visit's note does on commit."""
    return desk.commit_field(seq, note_on_visit, visit_id, text)
