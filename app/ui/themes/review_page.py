"""How a theme was reviewed: checks at two levels with what was found, and how far it was said to have come."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.analysis.codes import CodeRow
from app.analysis.theme_record import CheckRow, StatusStep, checks_of, status_history
from app.models.kinds import ReviewLevel
from app.operations.reviews import delete_check, record_check
from app.ui.desk import Desk
from app.ui.themes.wording import title
from app.ui.widgets.choice import ChoiceOfOne
from app.ui.widgets.labels import PlainLabel, SectionLabel
from app.ui.widgets.scrolling import scrolling
from app.ui.widgets.wording_hints import WordingHints
from app.ui.wording import day_in_words

_KEY = Qt.ItemDataRole.UserRole


class Checks(QListWidget):
    """The checks, the newest first; Delete takes one back."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("themeReview.checks")
        self.setAccessibleName(self.tr("Checks of this theme"))
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.deletePressed = lambda: None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes a check back."""
        if event.key() == Qt.Key.Key_Delete:
            self.deletePressed()
            return
        super().keyPressEvent(event)


class ReviewPage(QWidget):
    """Checks are recorded, never demanded; a finding may stay empty."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("themeReview")
        self._desk = desk
        self._theme_id = ""
        self.level = ChoiceOfOne("themeReview.level", self.tr("What it is checked against"))
        for level in ReviewLevel:
            self.level.addItem(_LEVELS[level][0](), level)
        self.level.setMinimumContentsLength(20)
        self.level.currentIndexChanged.connect(lambda _: self._show_question())
        self.question = PlainLabel("", "small", wrap=True)
        self.question.setObjectName("themeReview.question")
        self.finding = QPlainTextEdit()
        self.finding.setObjectName("themeReview.finding")
        self.finding.setAccessibleName(self.tr("What you found"))
        self.finding.setPlaceholderText(self.tr("What you found, and what you changed"))
        self.finding.setTabChangesFocus(True)
        self.finding.setFixedHeight(88)
        self.record = QPushButton(self.tr("Record this check"))
        self.record.setObjectName("themeReview.record")
        self.record.clicked.connect(self._record)
        self.none = PlainLabel(self.tr("No check was recorded yet."), "quiet", wrap=True)
        self.checks = Checks()
        self.checks.deletePressed = self._delete
        self.checks.currentItemChanged.connect(lambda *_: self._show_delete())
        self.delete = QPushButton(self.tr("Take the chosen check back"))
        self.delete.setObjectName("themeReview.delete")
        self.delete.setProperty("look", "link")
        self.delete.clicked.connect(self._delete)
        self.history = PlainLabel("", wrap=True)
        self.history.setObjectName("themeReview.history")
        self._build()
        self._show_question()

    def show_theme(self, theme_id: str, codes: dict[str, CodeRow]) -> None:  # noqa: ARG002 - all pages are shown alike
        """Show a theme as the study says it is now; what is being written belongs to the theme it was begun for."""
        if theme_id != self._theme_id:
            self.commit_pending()
            self._theme_id = theme_id
        with self._desk.read() as session:
            checks = checks_of(session, theme_id)
            steps = status_history(session, theme_id)
        self.checks.clear()
        for check in checks:
            item = QListWidgetItem(_told(check))
            item.setData(_KEY, check.id)
            self.checks.addItem(item)
        self.checks.setVisible(bool(checks))
        self.none.setVisible(not checks)
        self.history.setText("\n".join(_step(one) for one in steps))
        self._show_delete()

    def commit_pending(self) -> None:
        """A finding that was written but not recorded yet is recorded: nothing that was typed is lost."""
        if self._theme_id and self.finding.toPlainText().strip():
            self._record()

    def restyle(self) -> None:
        """Colours come from the style sheet."""

    def _record(self) -> None:
        theme_id, words = self._theme_id, self.finding.toPlainText().strip()
        self.finding.clear()
        if theme_id and self._desk.run(record_check, theme_id, self.level.currentData(), words) is None:
            self.finding.setPlainText(words)

    def _delete(self) -> None:
        item = self.checks.currentItem()
        if item is not None and self._desk.done(delete_check, item.data(_KEY)):
            self._desk.say(self.tr("The check was taken back."), with_undo=True)

    def _show_question(self) -> None:
        self.question.setText(_LEVELS[self.level.currentData()][1]())

    def _show_delete(self) -> None:
        self.delete.setVisible(self.checks.currentItem() is not None)

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addWidget(SectionLabel(self.tr("Check the theme")))
        column.addWidget(self.level)
        column.addWidget(self.question)
        column.addWidget(self.finding)
        column.addWidget(WordingHints(self.finding, self._desk, lambda: f"review/{self._theme_id}"))
        row = QHBoxLayout()
        row.addWidget(self.record)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(SectionLabel(self.tr("Checks")))
        column.addWidget(self.none)
        column.addWidget(self.checks, 1)
        column.addWidget(self.delete, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(8)
        column.addWidget(SectionLabel(self.tr("How far it has come")))
        column.addWidget(self.history)
        column.addStretch(0)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolling(inside))  # a long history must not make the window grow


def _told(check: CheckRow) -> str:
    head = " · ".join(part for part in (_LEVELS[check.level][0](), day_in_words(check.at), check.person) if part)
    return f"{head}\n{check.finding or _tr('Nothing was written down.')}"


def _step(one: StatusStep) -> str:
    said = " · ".join(part for part in (title(one.status), day_in_words(one.at), one.person) if part)
    return f"{said}\n    {one.reason}" if one.reason else said


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReviewPage", text)


_LEVELS = {
    ReviewLevel.EXCERPTS: (
        lambda: _tr("Against its excerpts"),
        lambda: _tr("Do all its excerpts share one idea? Which do not belong, and does the idea need to change?"),
    ),
    ReviewLevel.WHOLE: (
        lambda: _tr("Against the whole data"),
        lambda: _tr("Reading everything again: what does it say of the whole? What was missed?"),
    ),
}
"""Of each level its name and a question, after phase 4 of Braun and Clarke, in our own words."""
