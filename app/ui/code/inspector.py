"""The inspector: what is this and what else is like it - the excerpt at hand, and the code at hand."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from app.analysis.codes import codings_of_code, excerpts_without_code
from app.ui.code.excerpt_list import ExcerptList
from app.ui.desk import Desk
from app.ui.quotes import QuoteShelf
from app.ui.widgets.labels import Line, PlainLabel, SectionLabel

if TYPE_CHECKING:
    from app.analysis.codes import CodeRow
    from app.ui.code.code_sheet import CodeSheet
    from app.ui.code.excerpt_sheet import ExcerptSheet


class Inspector(QWidget):
    """Excerpt above, code beneath, its excerpts at the foot; or the list of excerpts without a code."""

    excerptWanted = Signal(str, str)
    codeWanted = Signal(str)
    addCodeWanted = Signal()

    def __init__(self, desk: Desk, shelf: QuoteShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self._desk = desk
        self._shelf = shelf
        self.lists_uncoded = False
        """Whether the list at the foot holds the excerpts without a code."""
        self.codes: Mapping[str, CodeRow] = {}
        """All codes of the study; the workspace keeps them."""
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
        self._sheets = QVBoxLayout(inside)
        self._sheets.setContentsMargins(16, 16, 16, 16)
        self._sheets.setSpacing(16)
        self._sheets.addWidget(self.empty)
        self._sheets.addWidget(self._line)
        self._sheets.addStretch(1)
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
        self._lists_uncoded = False
        self.show_excerpt(None)
        self.show_code(None)

    @cached_property
    def excerpt(self) -> ExcerptSheet:
        """The sheet of the excerpt at hand, built when there is one for the first time."""
        from app.ui.code.excerpt_sheet import ExcerptSheet

        sheet = ExcerptSheet(self._desk, self._shelf)
        sheet.codeOpened.connect(self.codeWanted)
        sheet.addCodeWanted.connect(self.addCodeWanted)
        self._sheets.insertWidget(self._sheets.indexOf(self._line), sheet)
        return sheet

    @cached_property
    def code(self) -> CodeSheet:
        """The sheet of the code at hand, built when there is one for the first time."""
        from app.ui.code.code_sheet import CodeSheet

        sheet = CodeSheet(self._desk)
        self._sheets.insertWidget(self._sheets.indexOf(self._line) + 1, sheet)
        return sheet

    @property
    def excerpt_id(self) -> str | None:
        """The excerpt at hand."""
        return self.excerpt.excerpt_id if "excerpt" in self.__dict__ else None

    @property
    def code_id(self) -> str | None:
        """The code at hand."""
        return self.code.code_id if "code" in self.__dict__ else None

    def show_excerpt(self, excerpt_id: str | None) -> None:
        """Show an excerpt, or none."""
        if excerpt_id or self.excerpt_id:
            self.excerpt.codes = self.codes
            self.excerpt.show_excerpt(excerpt_id)
        self._arrange()

    def show_code(self, code: CodeRow | None) -> None:
        """Show a code and its excerpts, or none."""
        self._lists_uncoded = False
        if code is not None or self.code_id:
            self.code.show_code(code)
        if code is not None:
            self.lists_uncoded = False
            with self._desk.read() as session:
                self.list.show_rows(codings_of_code(session, code.id))
            self.list_head.setText(self.tr("Excerpts of {name}").format(name=code.name).upper())
        self._arrange()

    def show_without_code(self) -> None:
        """Show the permanent list of excerpts that no code holds."""
        self.show_code(None)
        self.lists_uncoded = True
        with self._desk.read() as session:
            rows = excerpts_without_code(session)
        self.list.show_rows(rows)
        self.list_head.setText(
            (self.tr("Excerpts without a code") if rows else self.tr("Every excerpt has a code")).upper()
        )
        self._lists_uncoded = True
        self._arrange()

    def commit_pending(self) -> None:
        """Commit what is typed here."""
        for sheet in self._built():
            sheet.commit_pending()

    def restyle(self) -> None:
        """Take over colours."""
        self.list.restyle(self._desk.tokens)
        for sheet in self._built():
            sheet.restyle()

    def _built(self) -> list[ExcerptSheet | CodeSheet]:
        return [sheet for name in ("excerpt", "code") if (sheet := self.__dict__.get(name)) is not None]

    def _arrange(self) -> None:
        has_excerpt, has_code = self.excerpt_id is not None, self.code_id is not None
        if "excerpt" in self.__dict__:
            self.excerpt.setVisible(has_excerpt)
        if "code" in self.__dict__:
            self.code.setVisible(has_code)
        self._line.setVisible(has_excerpt and has_code)
        self.empty.setVisible(not has_excerpt and not has_code)
        self.foot.setVisible(has_code or self._lists_uncoded)  # one goes through a list: it stays when one jumps
