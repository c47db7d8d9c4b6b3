"""The panel of comments: all of them or those on one thing, each with its replies and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from app.analysis.reviews import Thread, threads
from app.exporters.options import day
from app.models.kinds import ReviewStatus
from app.operations.reviews import comment, delete_comment, reply, set_comment_status
from app.ui.desk import Desk
from app.ui.widgets.labels import PlainLabel, SectionLabel
from app.ui.widgets.wording_hints import WordingHints

if TYPE_CHECKING:
    from app.study import Notice

_SHOWN = ("review_comment", "theme", "code", "map_version", "excerpt")


class CommentsPanel(QDialog):
    """Stays beside the work. Comments change nothing by themselves."""

    goWanted = Signal(str, str, str)
    """Go to what a comment speaks of: its sort, its id, and the transcript of an excerpt."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("commentsPanel")
        self.setWindowTitle(self.tr("Comments"))
        self.resize(760, 480)
        self.desk = desk
        self._about: tuple[str, str] = ("", "")
        self._threads: list[Thread] = []
        self._build()
        desk.changed.connect(self._on_change)

    def open_on(self, subject: str = "", subject_id: str = "") -> None:
        """Show all comments, or those on one thing."""
        self._about = (subject, subject_id)
        self.status_filter.setCurrentIndex(0)
        self.refresh()
        self.list.setCurrentRow(0)
        self.show()
        self.raise_()
        self.activateWindow()
        (self.text if subject_id and not self._threads else self.list).setFocus()

    def looking_at(self) -> list[tuple[str, str]]:
        """What the comments are on, or the thing that the chosen one is on."""
        chosen = self.chosen()
        return [self._about] if self._about[1] else [(chosen.subject, chosen.subject_id)] if chosen is not None else []

    def refresh(self) -> None:
        """List what there is now; the thread chosen stays chosen."""
        subject_id = self._about[1]
        with self.desk.read() as session:
            found = threads(session)
        status = self.status_filter.currentData()
        self._threads = [one for one in found if subject_id in ("", one.subject_id) and status in (None, one.status)]
        chosen = self.chosen()
        self.list.blockSignals(True)
        self.list.clear()
        for one in self._threads:
            item = QListWidgetItem(f"{self._what(one)}\n{one.status.value} · {one.author} · {day(one.at)}")
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            self.list.addItem(item)
            if chosen is not None and one.id == chosen.id:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self.everything.setVisible(bool(subject_id))
        self.nothing.setVisible(not self._threads)
        self._show()

    def chosen(self) -> Thread | None:
        """The thread chosen."""
        item = self.list.currentItem()
        key = item.data(Qt.ItemDataRole.UserRole) if item is not None else ""
        return next((one for one in self._threads if one.id == key), None)

    def say(self) -> None:
        """Reply to the thread chosen, or comment on the thing at hand."""
        words, thread = self.text.toPlainText(), self.chosen()
        who = self.desk.study.working_as
        if thread is not None:
            made = self.desk.run(reply, thread.id, words, author=who)
        else:
            made = self.desk.run(comment, *self._about, words, author=who)
        if made is not None:
            self.text.clear()
            if thread is None:
                self.list.setCurrentRow(self.list.count() - 1)

    def _show(self) -> None:
        """The thread chosen, in full."""
        thread = self.chosen()
        self.head.setText(self._what(thread) if thread is not None else "")
        said = []
        if thread is not None:
            said.append(" · ".join(one for one in (thread.author, thread.kind, day(thread.at)) if one))
            said.append(thread.text)
            for one in thread.replies:
                said += [
                    "",
                    f"{one.author or self.tr('Reply')} · {day(one.at)}",
                    one.text,
                ]
        self.words.setText("\n".join(said))
        may, has = not self.desk.study.read_only, thread is not None
        if thread is not None:
            self.status.setCurrentIndex(self.status.findData(thread.status))
        self.status.setVisible(has)
        self.status.setEnabled(may)
        self.go.setVisible(has)
        self.remove.setVisible(has and may)
        writes = may and (has or bool(self._about[1]))
        self.text.setVisible(writes)
        self.send.setVisible(writes)
        self.send.setText(self.tr("Reply") if has else self.tr("Comment"))
        self.text.setPlaceholderText(self.tr("Reply …") if has else self.tr("Write a comment …"))

    def _what(self, thread: Thread) -> str:
        words = {
            "theme": self.tr("Theme “{name}”"),
            "code": self.tr("Code “{name}”"),
            "version": self.tr("Map version “{name}”"),
            "excerpt": self.tr("An excerpt of “{name}”"),
        }
        return words[thread.subject].format(name=thread.name)

    def _set_status(self) -> None:
        thread = self.chosen()
        if thread is not None and thread.status != self.status.currentData():
            self.desk.done(set_comment_status, thread.id, ReviewStatus(self.status.currentData()))

    def _remove(self) -> None:
        thread = self.chosen()
        if thread is not None and self.desk.done(delete_comment, thread.id):
            self.desk.say(self.tr("The comment and its replies are deleted."), with_undo=True)

    def _go(self) -> None:
        thread = self.chosen()
        if thread is not None:
            self.goWanted.emit(thread.subject, thread.subject_id, thread.source_id)

    def _show_everything(self) -> None:
        self._about = ("", "")
        self.refresh()

    def _on_change(self, notice: Notice) -> None:
        if self.isVisible() and notice.touches(*_SHOWN):
            self.refresh()

    def _build(self) -> None:
        self.list = QListWidget()
        self.list.setObjectName("comments.list")
        self.list.setAccessibleName(self.tr("Comments"))
        self.list.setWordWrap(True)
        self.status_filter = QComboBox()
        self.status_filter.setObjectName("comments.filter")
        self.status_filter.setAccessibleName(self.tr("Which comments"))
        self.status_filter.addItem(self.tr("All comments"), None)
        self.status = QComboBox()
        self.status.setObjectName("comments.status")
        self.status.setAccessibleName(self.tr("Where the comment stands"))
        for status in ReviewStatus:
            self.status_filter.addItem(self.tr(status.value).capitalize(), status)
            self.status.addItem(self.tr(status.value), status)
        self.everything = QPushButton(self.tr("Show all comments"))
        self.everything.setObjectName("comments.everything")
        self.everything.setProperty("look", "link")
        self.nothing = PlainLabel(self.tr("No comment here."), "quiet", wrap=True)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 8, 0)
        for part in (self.status_filter, self.nothing, self.list, self.everything):
            column.addWidget(part)
        self.head = PlainLabel("", "strong", wrap=True)
        self.words = PlainLabel("", "", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(self.words)
        self.text = QPlainTextEdit()
        self.text.setObjectName("comments.text")
        self.text.setAccessibleName(self.tr("What you say"))
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(76)
        self.send, self.go = QPushButton(self.tr("Reply")), QPushButton(self.tr("Go there"))
        self.remove = QPushButton(self.tr("Delete"))
        for name, button in (("send", self.send), ("go", self.go), ("remove", self.remove)):
            button.setObjectName(f"comments.{name}")
            button.setAutoDefault(False)
        self.remove.setProperty("look", "link")
        about = QHBoxLayout()
        about.addWidget(self.status)
        about.addWidget(self.go)
        about.addStretch(1)
        about.addWidget(self.remove)
        right = QWidget()
        beside = QVBoxLayout(right)
        beside.setContentsMargins(8, 0, 0, 0)
        beside.setSpacing(8)
        beside.addWidget(SectionLabel(self.tr("Comment")))
        beside.addWidget(self.head)
        beside.addWidget(scroll, 1)
        beside.addLayout(about)
        beside.addWidget(self.text)
        beside.addWidget(WordingHints(self.text, self.desk, lambda: f"comment/{'/'.join(self._about)}"))
        beside.addWidget(self.send, 0, Qt.AlignmentFlag.AlignLeft)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.setChildrenCollapsible(False)
        both.addWidget(left)
        both.addWidget(right)
        both.setSizes([300, 440])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.addWidget(both)
        self.list.currentItemChanged.connect(self._show)
        self.list.itemActivated.connect(self._go)
        self.status_filter.activated.connect(self.refresh)
        self.status.activated.connect(self._set_status)
        self.everything.clicked.connect(self._show_everything)
        self.send.clicked.connect(self.say)
        self.go.clicked.connect(self._go)
        self.remove.clicked.connect(self._remove)
