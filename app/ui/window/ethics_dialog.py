"""The ethics sheet of a study: what was approved and promised, and how few people a description may fit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget

from app.analysis.ethics import EthicsSheet, days_to_retention, ethics_sheet
from app.operations.studies import describe_study
from app.ui.desk import Desk
from app.ui.widgets.fields import Commit, LineField, TextField
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.scrolling import scrolling
from app.ui.widgets.wording_hints import WordingHints
from app.ui.wording import counted

if TYPE_CHECKING:
    from app.study import Notice

_DATES = ("retention_date", "withdrawal_deadline")


class EthicsDialog(QDialog):
    """Fields commit by themselves, so there is only Close."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("ethicsDialog")
        self.setWindowTitle(self.tr("Ethics of this study"))
        self.resize(640, 540)
        self._desk = desk
        self.fields: dict[str, LineField | TextField] = {
            "ethics_reference": self._line("ethics_reference", self.tr("Ethics reference")),
            "withdrawal_rule": self._text("withdrawal_rule", self.tr("What was promised about withdrawing")),
            "withdrawal_deadline": self._line("withdrawal_deadline", self.tr("Withdrawing is possible until")),
            "retention_date": self._line("retention_date", self.tr("Data are to be deleted on")),
            "disk_protection": self._text("disk_protection", self.tr("How the disk is protected"), lines=1),
        }
        for name in _DATES:
            self.fields[name].setPlaceholderText(self.tr("YYYY-MM-DD"))
        self.smallest = QComboBox()
        self.smallest.setObjectName("ethicsDialog.smallestGroup")
        self.smallest.setAccessibleName(self.tr("Smallest group that may be described"))
        self.smallest.activated.connect(self._choose_smallest)
        self.told = PlainLabel("", "small", wrap=True)
        self.told.setObjectName("ethicsDialog.tooSmall")
        inside = QWidget()
        inside.setProperty("look", "panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(8, 8, 8, 8)
        form = QFormLayout()
        column.addLayout(form)
        column.addStretch(1)
        form.setVerticalSpacing(12)
        form.setHorizontalSpacing(16)
        form.addRow(self.tr("Ethics reference"), self.fields["ethics_reference"])
        form.addRow(self.tr("Withdrawing"), self.fields["withdrawal_rule"])
        form.addRow("", WordingHints(self.fields["withdrawal_rule"], desk, lambda: "study/withdrawal_rule"))
        form.addRow(self.tr("Possible until"), self.fields["withdrawal_deadline"])
        form.addRow(self.tr("Delete data on"), self.fields["retention_date"])
        form.addRow(self.tr("Smallest group"), self.smallest)
        form.addRow("", self.told)
        form.addRow(self.tr("Protection"), self.fields["disk_protection"])
        form.addRow("", WordingHints(self.fields["disk_protection"], desk, lambda: "study/disk_protection"))
        form.addRow("", PlainLabel(self.tr(
            "How the disk is protected on which a study without a password lies, for example “encrypted by the "
            "university”. You are reminded of the day of deletion a month before. What each participant allows - to be "
            "quoted, shared, archived - stands in Transcripts, Participants, and holds in every output."
        ), "small", wrap=True))  # fmt: skip
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(scrolling(inside), 1)
        layout.addWidget(buttons)
        for held in (*self.fields.values(), self.smallest):
            held.setEnabled(not desk.study.read_only)
        desk.changed.connect(self._on_change)
        self._show()

    def reject(self) -> None:
        """Closing commits what is typed."""
        for field in self.fields.values():
            field.commit_now()
        super().reject()

    def _show(self) -> None:
        with self._desk.read() as session:
            sheet = ethics_sheet(session)
        held = {
            "ethics_reference": sheet.reference,
            "withdrawal_rule": sheet.withdrawal_rule,
            "withdrawal_deadline": _written(sheet.withdrawal_deadline),
            "retention_date": _written(sheet.retention_date),
            "disk_protection": sheet.disk_protection,
        }
        for name, text in held.items():
            self.fields[name].show_text(text)
        self.smallest.clear()
        for k in sorted({1, 3, 5, sheet.smallest_group}):
            words = self.tr("No limit") if k == 1 else self.tr("{k} people").format(k=k)
            self.smallest.addItem(words, k)
        self.smallest.setCurrentIndex(self.smallest.findData(sheet.smallest_group))
        self.told.setText(self._about(sheet))

    def _about(self, sheet: EthicsSheet) -> str:
        """What the limit does to this study."""
        if sheet.smallest_group == 1:
            return self.tr("Outputs describe people as far as you know them, also where that fits one person only.")
        if not sheet.too_small:
            return self.tr(
                "Every role and group of this study fits at least {k} people. Attributes that fit fewer are left "
                "out of tables and exchange files."
            ).format(k=sheet.smallest_group)
        few = "; ".join(f"{one.words} ({one.people})" for one in sheet.too_small[:6])
        return self.tr(
            "These fit fewer than {k} people and are shortened in everything that leaves: {few}. Attributes that fit "
            "fewer are left out of tables and exchange files."
        ).format(k=sheet.smallest_group, few=few)

    def _choose_smallest(self) -> None:
        self._desk.run(describe_study, smallest_group=self.smallest.currentData())

    def _on_change(self, notice: Notice) -> None:
        if notice.touches("study"):
            self._show()

    def _line(self, name: str, title: str) -> LineField:
        return LineField(title, title, self._committer(name))

    def _text(self, name: str, title: str, lines: int = 2) -> TextField:
        return TextField(title, title, self._committer(name), lines=lines, most=6)

    def _committer(self, name: str) -> Commit:
        def commit(text: str, seq: int | None) -> int | None:
            return self._desk.commit_field(seq, describe_study, **{name: text})

        return commit


def remind_of_retention(desk: Desk, parent: QWidget) -> None:
    """Say at opening when the day has come, or comes soon, on which the data are to be deleted."""
    with desk.read() as session:
        days = days_to_retention(session, date.today())  # noqa: DTZ011 - the researcher's own day
    if days is None:
        return
    if days == 0:
        said = parent.tr("The data of this study are to be deleted today.")
    elif days < 0:
        said = counted(
            -days,
            parent.tr("The data of this study were to be deleted yesterday."),
            parent.tr("The data of this study were to be deleted {n} days ago."),
        )
    else:
        said = counted(
            days,
            parent.tr("The data of this study are to be deleted tomorrow."),
            parent.tr("The data of this study are to be deleted in {n} days."),
        )
    desk.offer(said, parent.tr("Ethics …"), lambda: EthicsDialog(desk, parent).exec())


def _written(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
