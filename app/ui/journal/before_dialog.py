"""What an entry said before it was edited: to be read, and nothing else."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.analysis.journal import said_before
from app.ui.desk import Desk
from app.ui.journal.prose_view import ProseView
from app.ui.journal.wording import kind_said
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.scrolling import scrolling
from app.ui.wording import short_moment


class BeforeDialog(QDialog):
    """The former wordings, the newest first."""

    def __init__(self, desk: Desk, entry_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("journal.before")
        self.setWindowTitle(self.tr("What it said before"))
        self.resize(560, 420)
        with desk.read() as session:
            found = said_before(session, entry_id)
        inside = QWidget()
        inside.setProperty("look", "panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        self.words: list[ProseView] = []
        for one in found:
            until = self.tr("Until {moment}").format(moment=short_moment(one.until))
            phase = one.phase.value if one.phase is not None else ""
            head = " · ".join(part for part in (until, kind_said(one.kind), phase, one.who) if part)
            column.addWidget(PlainLabel(head, "small"))
            words = ProseView(head)
            words.show_prose(one.text, desk.tokens)
            column.addWidget(words)
            column.addSpacing(12)
            self.words.append(words)
        column.addStretch(1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 16, 16)
        layout.addWidget(scrolling(inside), 1)
        layout.addWidget(buttons)
