"""The inspector: what is this and what else is like it - the excerpt at hand, and the code at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.ui.code.code_sheet import CodeSheet
from app.ui.code.excerpt_list import ExcerptList
from app.ui.code.excerpt_sheet import ExcerptSheet
from app.ui.desk import Desk
from app.ui.quotes import QuoteShelf
from app.ui.widgets.labels import Line, PlainLabel, SectionLabel

if TYPE_CHECKING:
    from app.analysis.codes import CodeRow


class Inspector(QWidget):
    """Excerpt above, code beneath, its excerpts at the foot; or the list of excerpts without a code."""

    excerptWanted = Signal(str, str)
    codeWanted = Signal(str)
    addCodeWanted = Signal()

    def __init__(self, desk: Desk, shelf: QuoteShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self._desk = desk
        self.excerpt = ExcerptSheet(desk, shelf)
        self.excerpt.codeOpened.connect(self.codeWanted)
        self.excerpt.addCodeWanted.connect(self.addCodeWanted)
        self.code = CodeSheet(desk)
        self.list_head = SectionLabel(self.tr("Its excerpts"))
        self.list_head.setWordWrap(True)
        self.list = ExcerptList(shelf, self.tr("Excerpts"))
        self.list.setObjectName("inspector.excerpts")
        self.list.excerptWanted.connect(self.excerptWanted)
        self.empty = PlainLabel(
            self.tr("Select words in the transcript and type to code them.\n\nChoose a code to see what it holds."),
            "quiet",
            wrap=True,
        )
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._line = Line()
        inside = QWidget()
        inside.setProperty("look", "panel")
        sheets = QVBoxLayout(inside)
        sheets.setContentsMargins(16, 16, 16, 16)
        sheets.setSpacing(16)
        for part in (self.empty, self.excerpt, self._line, self.code):
            sheets.addWidget(part)
        sheets.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        scroll.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.foot = QWidget()
        foot = QVBoxLayout(self.foot)
        foot.setContentsMargins(16, 8, 8, 0)
        foot.addWidget(self.list_head)
        foot.addWidget(self.list, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 3)
        layout.addWidget(Line())
        layout.addWidget(self.foot, 2)
        self.show_excerpt(None)
        self.show_code(None)

    def show_excerpt(self, excerpt_id: str | None) -> None:
        """Show an excerpt, or none."""
        self.excerpt.show_excerpt(excerpt_id)
        self._arrange()

    def show_code(self, code: CodeRow | None) -> None:
        """Show a code and its excerpts, or none."""
        from app.analysis.codes import codings_of_code

        self.code.show_code(code)
        if code is not None:
            with self._desk.read() as session:
                self.list.show_rows(codings_of_code(session, code.id))
            self.list_head.setText(self.tr("Excerpts of {name}").format(name=code.name).upper())
        self._arrange()

    def show_without_code(self) -> None:
        """Show the permanent list of excerpts that no code holds."""
        from app.analysis.codes import excerpts_without_code

        self.code.show_code(None)
        with self._desk.read() as session:
            rows = excerpts_without_code(session)
        self.list.show_rows(rows)
        self.list_head.setText(
            (self.tr("Excerpts without a code") if rows else self.tr("Every excerpt has a code")).upper()
        )
        self._arrange(listed=True)

    def commit_pending(self) -> None:
        """Commit what is typed here."""
        self.excerpt.commit_pending()
        self.code.commit_pending()

    def restyle(self) -> None:
        """Take over colours."""
        self.list.restyle(self._desk.tokens)
        self.excerpt.restyle()
        self.code.restyle()

    def _arrange(self, *, listed: bool = False) -> None:
        has_excerpt, has_code = self.excerpt.excerpt_id is not None, self.code.code_id is not None
        self.excerpt.setVisible(has_excerpt)
        self.code.setVisible(has_code)
        self._line.setVisible(has_excerpt and has_code)
        self.empty.setVisible(not has_excerpt and not has_code)
        self.foot.setVisible(has_code or listed)
