"""The sheet of one code: name, colour, and the definition fields that are filled late, all optional."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QButtonGroup, QComboBox, QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.analysis.codes import CodeRow, memo_text
from app.models.kinds import CodeOrigin, CodeStatus
from app.operations.codes import PALETTE, edit_code, set_aside
from app.operations.memos import write_memo
from app.ui.desk import Desk
from app.ui.journal.written_button import WrittenButton
from app.ui.reviews.mark import CommentButton
from app.ui.style.icons import sign_icon
from app.ui.widgets.fields import LineField, TextField
from app.ui.widgets.labels import PlainLabel, SectionLabel
from app.ui.widgets.wording_hints import WordingHints


class CodeSheet(QWidget):
    """What a code means."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("codeSheet")
        self._desk = desk
        self.code_id: str | None = None
        self._filling = False
        self.name = LineField(self.tr("Name of the code"), self.tr("Name"), self._committer("name"))
        self.name.setObjectName("codeSheet.name")
        self.aside = PlainLabel(self.tr("Set aside"), "warn")
        self.reason = LineField(self.tr("Why it is set aside"), self.tr("Why is it set aside?"), self._write_reason)
        self.reason.setObjectName("codeSheet.reason")
        self.brief = self._text("brief", self.tr("Definition in a sentence"), lines=2)
        self.full = self._text("full", self.tr("Full definition"), lines=2)
        self.when = self._text("when_to_use", self.tr("When to use it"), lines=1)
        self.when_not = self._text("when_not_to_use", self.tr("When not to use it"), lines=1)
        self._colours = QButtonGroup(self)
        self.orientation = QComboBox()
        self.orientation.setAccessibleName(self.tr("Semantic or latent"))
        for text in (self.tr("Semantic or latent: not said"), self.tr("Semantic"), self.tr("Mostly semantic"),
                     self.tr("Semantic and latent"), self.tr("Mostly latent"), self.tr("Latent")):  # fmt: skip
            self.orientation.addItem(text)
        self.orientation.activated.connect(lambda place: self._set("semantic_latent", place - 1 if place else None))
        self.origin = QComboBox()
        self.origin.setAccessibleName(self.tr("Where the code came from"))
        self.origin.addItem(self.tr("Origin: not said"), None)
        for origin, text in ((CodeOrigin.INDUCTIVE, self.tr("Inductive")),
                             (CodeOrigin.THEORY_LED, self.tr("Theory-led")),
                             (CodeOrigin.IN_VIVO, self.tr("In vivo"))):  # fmt: skip
            self.origin.addItem(text, origin)
        self.origin.activated.connect(lambda _: self._set("origin", self.origin.currentData()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(SectionLabel(self.tr("Code")))
        layout.addWidget(self.name)
        layout.addWidget(self.aside)
        layout.addWidget(self.reason)
        layout.addWidget(WordingHints(self.reason, desk, lambda: f"code/{self.code_id}/codeSheet.reason"))
        layout.addLayout(self._colour_row())
        self.comments = CommentButton(desk, "code", "codeSheet.comments")
        self.written = WrittenButton(desk, "code", "codeSheet.written")
        said = QHBoxLayout()
        said.addWidget(self.comments)
        said.addWidget(self.written)
        self.life = QPushButton(self.tr("Life …"))
        self.life.setObjectName("codeSheet.life")
        self.life.setAccessibleName(self.tr("Life of this code"))
        self.life.setToolTip(self.tr("How this code came about, and what became of it"))
        self.life.setProperty("look", "link")
        self.life.clicked.connect(lambda: desk.lifeWanted.emit("code", self.code_id or ""))
        said.addWidget(self.life)
        said.addStretch(1)
        layout.addLayout(said)
        self.memo = TextField(self.tr("Memo on this code"), self.tr("Memo on this code …"), self._write_memo, lines=2,
                              most=8)  # fmt: skip
        self.memo.setObjectName("codeSheet.memo")
        for field in (self.brief, self.full, self.when, self.when_not, self.memo):
            layout.addWidget(field)
            layout.addWidget(WordingHints(field, desk, self._text_key(field)))
        for box in (self.orientation, self.origin):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
            layout.addWidget(box)

    def show_code(self, code: CodeRow | None) -> None:
        """Show a code, or none."""
        if (code.id if code else None) != self.code_id:
            self.commit_pending()
        self.code_id = code.id if code is not None else None
        if code is None:
            return
        self.comments.show_on(code.id)
        self.written.show_on(code.id)
        self.name.show_text(code.name)
        self.reason.show_text(code.set_aside_reason)
        for part in (self.aside, self.reason):
            part.setVisible(code.status == CodeStatus.SET_ASIDE)
        for field, text in ((self.brief, code.brief), (self.full, code.full), (self.when, code.when_to_use),
                            (self.when_not, code.when_not_to_use)):  # fmt: skip
            field.show_text(text)
        with self._desk.read() as session:
            self.memo.show_text(memo_text(session, "code", code.id))
        for button in self._colours.buttons():
            colour = str(button.property("colour"))
            button.setIcon(sign_icon(code.sign, colour, 18))
            button.setChecked(colour == code.colour)
        self.orientation.setCurrentIndex(0 if code.semantic_latent is None else code.semantic_latent + 1)
        self.origin.setCurrentIndex(max(0, self.origin.findData(code.origin)))

    def commit_pending(self) -> None:
        """Commit every field."""
        for field in (self.name, self.reason, self.brief, self.full, self.when, self.when_not, self.memo):
            field.commit_now()

    def restyle(self) -> None:
        """Nothing here is painted by hand."""

    def _text(self, field: str, name: str, *, lines: int) -> TextField:
        made = TextField(name, f"{name} …", self._committer(field), lines=lines, most=8)
        made.setObjectName(f"codeSheet.{field}")
        return made

    def _text_key(self, field: TextField) -> Callable[[], str]:
        return lambda: f"code/{self.code_id}/{field.objectName()}"

    def _committer(self, field: str):
        def commit(text: str, seq: int | None) -> int | None:
            if self.code_id is None:
                return None
            return self._desk.commit_field(seq, edit_code, self.code_id, **{field: text})

        return commit

    def _write_memo(self, text: str, seq: int | None) -> int | None:
        if self.code_id is None:
            return None
        return self._desk.commit_field(seq, write_memo, "code", self.code_id, text)

    def _write_reason(self, text: str, seq: int | None) -> int | None:
        if self.code_id is None:
            return None
        return self._desk.commit_field(seq, set_aside, self.code_id, text)

    def _set(self, field: str, value: object) -> None:
        if self.code_id is not None:
            self._desk.run(edit_code, self.code_id, **{field: value})

    def _colour_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        for number, colour in enumerate(PALETTE, start=1):
            button = QToolButton()
            button.setProperty("look", "chip-button")
            button.setProperty("colour", colour)
            button.setCheckable(True)
            button.setIconSize(QSize(18, 18))
            button.setFixedSize(26, 26)
            button.setAccessibleName(self.tr("Colour {number}").format(number=number))
            button.clicked.connect(lambda _, colour=colour: self._set("colour", colour))
            self._colours.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        return row
