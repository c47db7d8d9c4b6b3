"""What is said of one file of an import: its name, group, labels, encoding, doubts - beside its text."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.analysis.people import groups, participants
from app.importers.labels import STYLES
from app.importers.likeness import LikelySame
from app.models.kinds import SpeakerKind
from app.operations.names import same_name
from app.ui.desk import Desk
from app.ui.importing.choices import FileChoices
from app.ui.importing.labels_table import LabelsTable
from app.ui.importing.preview_text import PreviewText
from app.ui.importing.same_ask import SameAsk
from app.ui.transcripts.choice_box import ChoiceBox
from app.ui.widgets.labels import PlainLabel, SectionLabel

ENCODINGS = (
    ("UTF-8", "utf-8"),
    ("UTF-16", "utf-16"),
    ("Western, Windows (1252)", "windows-1252"),
    ("Western, Mac Roman", "mac_roman"),
    ("Western, DOS (850)", "cp850"),
    ("Western with € (ISO 8859-15)", "iso8859-15"),
    ("Central European, Windows (1250)", "cp1250"),
    ("Central European (ISO 8859-2)", "iso8859_2"),
    ("Baltic, Windows (1257)", "cp1257"),
    ("Turkish, Windows (1254)", "cp1254"),
    ("Greek, Windows (1253)", "cp1253"),
    ("Cyrillic, Windows (1251)", "cp1251"),
    ("Cyrillic, KOI8-R", "koi8_r"),
    ("Cyrillic, DOS (866)", "cp866"),
    ("Arabic, Windows (1256)", "cp1256"),
    ("Arabic (ISO 8859-6)", "iso8859_6"),
    ("Hebrew, Windows (1255)", "cp1255"),
    ("Thai (TIS-620)", "tis_620"),
    ("Chinese, simplified (GB 18030)", "gb18030"),
    ("Chinese, traditional (Big5)", "big5"),
    ("Japanese (Shift JIS)", "cp932"),
    ("Japanese (EUC-JP)", "euc_jp"),
    ("Korean (EUC-KR)", "cp949"),
)

LEAST_RIGHT = 480
"""Pixels in which the table of labels shows all of its columns."""


class FileSheet(QWidget):
    """The right side of the import preview. Every choice goes into the file's `FileChoices` at once."""

    changed = Signal()
    """Something was chosen: the list of files and the button may say something else now."""
    encodingWanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._choices: FileChoices | None = None
        self.name = QLineEdit()
        self.name.setObjectName("import.name")
        self.name.setAccessibleName(self.tr("Name of the transcript"))
        self.name.textEdited.connect(self._on_name)
        self.group = ChoiceBox(self.tr("Focus group"))
        self.group.setObjectName("import.group")
        self.group.setEditable(True)
        self.group.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = self.group.lineEdit()
        if line is not None:
            line.setPlaceholderText(self.tr("No group"))
            line.editingFinished.connect(self._on_group)
        self.group.activated.connect(lambda *_: self._on_group())
        self.encoding = ChoiceBox(self.tr("Encoding"))
        self.encoding.setObjectName("import.encoding")
        self.encoding.picked.connect(lambda value: self.encodingWanted.emit(str(value)))
        self.encoding_title = PlainLabel(self.tr("Encoding"), "quiet")
        self.style_box = ChoiceBox(self.tr("How speakers are marked"))
        self.style_box.setObjectName("import.style")
        self.style_box.picked.connect(self._on_style)
        self.same = SameAsk()
        self.same.merged.connect(self._on_same)
        self.same.kept.connect(self._on_apart)
        self.keep = QCheckBox(self.tr("Keep the file as it is inside the study"))
        self.keep.setObjectName("import.keep")
        self.keep.toggled.connect(self._on_keep)
        self.keep_why = PlainLabel(
            self.tr("Left out by default: it may hold real names or comments that the text does not show."),
            "small",
            wrap=True,
        )
        self.labels = LabelsTable()
        self.labels.kindPicked.connect(self._on_kind)
        self.labels.personPicked.connect(self._on_person)
        self.labels.mergeWanted.connect(self._on_merge)
        self.labels.renameWanted.connect(self._on_rename)
        self.preview = PreviewText()
        self.labels.labelChosen.connect(self.preview.bring_out)
        self.doubts = PlainLabel("", "warn", wrap=True)
        self.doubts.setObjectName("import.doubts")
        self.found = PlainLabel("", "small")
        self._build()

    def show_file(self, choices: FileChoices | None) -> None:
        """Show another file, or the same one read anew."""
        self._choices = choices
        if choices is None:
            self.preview.show_nothing()
            return
        self.refresh()

    def say_doubt(self, sentence: str) -> None:
        """One sentence above the doubts of the file (an encoding that does not fit)."""
        shown = self.doubts.text()
        self.doubts.setText(f"{sentence}\n{shown}".strip())
        self.doubts.show()

    def refresh(self) -> None:
        """Draw what is chosen now."""
        choices = self._choices
        if choices is None:
            return
        with self._desk.read() as session:
            plan = choices.plan(session)
            rows = choices.labels(plan)
            known = participants(session)
            labels = [one.label for one in groups(session)]
        if not self.name.hasFocus():
            self.name.setText(plan.name)
        self._show_groups(labels, plan.group)
        here = [(one.pseudonym, one.id) for one in known if plan.group and same_name(one.group, plan.group)]
        who = {
            one.id: self.tr("{name} of {group}").format(name=one.pseudonym, group=one.group)
            if one.group
            else one.pseudonym
            for one in known
        }
        self.labels.show_rows(rows, who, here)
        quiet = frozenset(one.label for one in plan.speakers if one.kind == SpeakerKind.MODERATOR)
        self.preview.show_draft(choices.draft, quiet)
        self._show_encoding(choices)
        self._show_style(choices)
        self.same.show_pairs(choices.likely_same())
        self.keep.setChecked(choices.keep_original)
        doubts = choices.doubts()
        self.doubts.setText("\n".join(doubts))
        self.doubts.setVisible(bool(doubts))

    def restyle(self) -> None:
        """Take over other colours."""
        self.preview.restyle(self._desk.tokens)
        self.labels.restyle(self._desk.tokens)

    def leave(self) -> None:
        """Take over what is typed and not yet left."""
        self._on_group()

    def _show_groups(self, labels: list[str], group: str) -> None:
        held = [self.group.itemText(place) for place in range(self.group.count())]
        if held != ["", *labels]:
            self.group.clear()
            self.group.addItems(["", *labels])
        line = self.group.lineEdit()
        if line is None or not line.hasFocus():
            self.group.setCurrentText(group)

    def _show_encoding(self, choices: FileChoices) -> None:
        draft = choices.draft
        shown = draft.encoding is not None
        self.encoding.setVisible(shown)
        self.encoding_title.setVisible(shown)
        if shown and draft.encoding is not None:
            found = codecs.lookup(draft.encoding).name  # one encoding has several names
            chosen = next((value for _, value in ENCODINGS if codecs.lookup(value).name == found), draft.encoding)
            other = (
                [(found.upper(), chosen)] if chosen == draft.encoding and chosen not in dict(ENCODINGS).values() else []
            )
            self.encoding.fill([*ENCODINGS, *other], chosen)

    def _show_style(self, choices: FileChoices) -> None:
        found = STYLES.get(choices.draft.style)
        shown = self.tr("Found out: {style}").format(style=found) if found else self.tr("Found out: no labels")
        shown = shown if choices.style is None else self.tr("Find out")
        self.style_box.fill(
            [(shown, ""), None, *((title, name) for name, title in STYLES.items())], choices.style or ""
        )

    def _on_style(self, style: str) -> None:
        if self._choices is not None:
            with _waiting():
                self._choices.set_style(style or None)
            self._again()

    def _on_same(self, pair: LikelySame) -> None:
        self._on_merge([pair.label, pair.into], pair.into)

    def _on_apart(self, pair: LikelySame) -> None:
        if self._choices is not None:
            self._choices.keep_apart(pair)
            self._again()

    def _on_name(self, text: str) -> None:
        if self._choices is not None:
            self._choices.name = text
            self.changed.emit()

    def _on_group(self) -> None:
        if self._choices is None:
            return
        text = " ".join(self.group.currentText().split())
        if text != (self._choices.group if self._choices.group is not None else self._plan_group()):
            self._choices.group = text
            self._again()

    def _plan_group(self) -> str:
        if self._choices is None:
            return ""
        with self._desk.read() as session:
            return self._choices.plan(session).group

    def _on_keep(self, kept: bool) -> None:
        if self._choices is not None:
            self._choices.keep_original = kept

    def _on_kind(self, label: str, kind: SpeakerKind | None) -> None:
        if self._choices is not None:
            with _waiting():
                self._choices.set_kind(label, kind)
            self._again()

    def _on_person(self, label: str, participant_id: str | None) -> None:
        if self._choices is not None:
            self._choices.set_person(label, participant_id)
            self._again()

    def _on_merge(self, labels: list[str], name: str) -> None:
        if self._choices is not None:
            with _waiting():
                self._choices.merge(labels, name)
            self._again()
            self.labels.choose(name)

    def _on_rename(self, label: str, name: str) -> None:
        if self._choices is not None:
            with _waiting():
                self._choices.call(label, name)
            self._again()
            self.labels.choose(name)

    def _again(self) -> None:
        self.refresh()
        self.changed.emit()

    def _build(self) -> None:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        titles = [PlainLabel(text, "quiet") for text in (self.tr("Name"), self.tr("Group"), self.tr("Speakers"))]
        fields = (self.name, self.group, self.style_box, self.encoding)
        for title, field in zip((*titles, self.encoding_title), fields, strict=True):
            title.setMinimumHeight(field.sizeHint().height())
            form.addRow(title, field)
        right = QWidget()
        right.setMinimumWidth(LEAST_RIGHT)
        column = QVBoxLayout(right)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(SectionLabel(self.tr("Transcript")))
        column.addLayout(form)
        column.addSpacing(8)
        column.addWidget(SectionLabel(self.tr("Who speaks")))
        column.addWidget(self.same)
        column.addWidget(self.labels, 1)
        column.addWidget(self.doubts)
        column.addSpacing(8)
        column.addWidget(self.keep)
        column.addWidget(self.keep_why)
        left = QWidget()
        left.setProperty("look", "paper")
        text = QVBoxLayout(left)
        text.setContentsMargins(16, 16, 16, 16)
        text.setSpacing(8)
        text.addWidget(SectionLabel(self.tr("As it would come in")))
        text.addWidget(self.preview, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([400, 600])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)

    def sizeHint(self) -> QSize:
        """Room for both columns."""
        return QSize(960, 640)


@contextmanager
def _waiting() -> Iterator[None]:
    """The busy cursor: finding turns again takes a tenth of a second in a text of 60,000 words."""
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()
