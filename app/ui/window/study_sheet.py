"""The sheet of the study: title, questions, how quotes are attributed. Everything may stay empty."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget
from sqlalchemy import select

from app.models import StudySheet
from app.operations.studies import describe_study
from app.ui.desk import Desk
from app.ui.widgets.fields import LineField, TextField
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.wording_hints import WordingHints

TEMPLATES = ("{role}, {group}", "{pseudonym}, {role}, {group}", "{pseudonym}", "{id}", "{id}, {group}", "{group}")


class StudySheetDialog(QDialog):
    """Fields commit by themselves, so there is only Close."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("studySheetDialog")
        self.setWindowTitle(self.tr("About this study"))
        self.resize(600, 360)
        self._desk = desk
        with desk.read() as session:
            sheet = session.scalars(select(StudySheet)).one()
            held = {name: getattr(sheet, name) for name in ("title", "questions", "attribution_template")}
        self.title_field = LineField(self.tr("Title"), self.tr("Title of the study"), self._committer("title"))
        self.title_field.show_text(held["title"])
        self.fields = {
            "questions": self._text("questions", self.tr("Research questions"), held, 3),
        }
        self.template = QComboBox()
        self.template.setObjectName("studySheet.template")
        self.template.setAccessibleName(self.tr("How quotes are attributed"))
        for template in dict.fromkeys((*TEMPLATES, held["attribution_template"])):
            self.template.addItem(_example(template), template)
        self.template.setCurrentIndex(self.template.findData(held["attribution_template"]))
        self.template.activated.connect(
            lambda _: desk.run(describe_study, attribution_template=self.template.currentData())
        )
        form = QFormLayout()
        form.setVerticalSpacing(12)
        form.addRow(self.tr("Title"), self.title_field)
        form.addRow(self.tr("Research questions"), self.fields["questions"])
        form.addRow("", WordingHints(self.fields["questions"], desk, lambda: "study/questions"))
        form.addRow(self.tr("Quotes are attributed as"), self.template)
        form.addRow("", PlainLabel(self.tr(
            "The more a template names, the easier people are recognised. What too few people share is shortened in "
            "everything that leaves; how few is said under File, Ethics of this study."
        ), "small", wrap=True))  # fmt: skip
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 16)
        layout.addLayout(form)
        layout.addStretch(1)
        layout.addWidget(buttons)
        if desk.study.read_only:
            for field in (self.title_field, self.template, *self.fields.values()):
                field.setEnabled(False)

    def reject(self) -> None:
        """Closing commits what is typed."""
        self.title_field.commit_now()
        for field in self.fields.values():
            field.commit_now()
        super().reject()

    def _text(self, name: str, title: str, held: dict[str, str], lines: int) -> TextField:
        field = TextField(title, title, self._committer(name), lines=lines, most=6)
        field.show_text(held[name])
        return field

    def _committer(self, name: str):
        def commit(text: str, seq: int | None) -> int | None:
            return self._desk.commit_field(seq, describe_study, **{name: text})

        return commit


def _example(template: str) -> str:
    """The template as it reads: "Mentor, FG2"."""
    words = {"{role}": "Mentor", "{group}": "FG2", "{pseudonym}": "Grace", "{id}": "MR05"}
    for mark, word in words.items():
        template = template.replace(mark, word)
    return template
