"""The inspector: what is this and what else is like it - the excerpt at hand, and the code at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
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


FOLLOWS_MS = 25
"""The text is painted first; what is at hand follows after this. Coding quickly draws the inspector once."""


class Inspector(QWidget):
    """Excerpt above, code beneath, its excerpts at the foot; or the list of excerpts without a code.

    What is at hand is known at once; it is drawn a moment later, or when somebody asks for a sheet or the list.
    """

    excerptWanted = Signal(str, str)
    codeWanted = Signal(str)
    addCodeWanted = Signal()
    kindWanted = Signal(str, QPoint)
    settled = Signal()
    """What is at hand is drawn; whatever else follows the text comes along."""

    def __init__(self, desk: Desk, shelf: QuoteShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self._desk = desk
        self._shelf = shelf
        self.excerpt_id: str | None = None
        """The excerpt at hand."""
        self.code_id: str | None = None
        """The code at hand."""
        self.lists_uncoded = False
        """Whether the list at the foot holds the excerpts without a code."""
        self._due: set[str] = set()
        """What is to be drawn: "excerpt", "code"."""
        self._follows = QTimer(self)
        self._follows.setSingleShot(True)
        self._follows.setInterval(FOLLOWS_MS)
        self._follows.timeout.connect(self.settle)
        self.codes: Mapping[str, CodeRow] = {}
        """All codes of the study; the workspace keeps them."""
        self.list_head = SectionLabel(self.tr("Its excerpts"))
        self.list_head.setWordWrap(True)
        self._list = ExcerptList(shelf, self.tr("Excerpts"))
        self._list.setObjectName("inspector.excerpts")
        self._list.excerptWanted.connect(self.excerptWanted)
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
        foot.addWidget(self._list, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 3)
        layout.addWidget(Line())
        layout.addWidget(self.foot, 2)
        self._arrange()

    @property
    def excerpt(self) -> ExcerptSheet:
        """The sheet of the excerpt at hand, drawn."""
        self.settle()
        return self._excerpt

    @property
    def code(self) -> CodeSheet:
        """The sheet of the code at hand, drawn."""
        self.settle()
        return self._code

    @property
    def list(self) -> ExcerptList:
        """The list at the foot, drawn."""
        self.settle()
        return self._list

    @cached_property
    def _excerpt(self) -> ExcerptSheet:
        """Built when there is an excerpt for the first time."""
        from app.ui.code.excerpt_sheet import ExcerptSheet

        sheet = ExcerptSheet(self._desk, self._shelf)
        sheet.codeOpened.connect(self.codeWanted)
        sheet.addCodeWanted.connect(self.addCodeWanted)
        sheet.kindWanted.connect(self.kindWanted)
        self._sheets.insertWidget(self._sheets.indexOf(self._line), sheet)
        return sheet

    @cached_property
    def _code(self) -> CodeSheet:
        """Built when there is a code for the first time."""
        from app.ui.code.code_sheet import CodeSheet

        sheet = CodeSheet(self._desk)
        self._sheets.insertWidget(self._sheets.indexOf(self._line) + 1, sheet)
        return sheet

    def show_excerpt(self, excerpt_id: str | None) -> None:
        """Show an excerpt, or none."""
        if excerpt_id != self.excerpt_id and "_excerpt" in self.__dict__:
            self._excerpt.commit_pending()  # to the one it was typed for
        self.excerpt_id = excerpt_id
        self._draw_soon("excerpt")

    def show_code(self, code: CodeRow | None) -> None:
        """Show a code and its excerpts, or none."""
        if (code.id if code is not None else None) != self.code_id and "_code" in self.__dict__:
            self._code.commit_pending()  # to the one it was typed for
        self.code_id = code.id if code is not None else None
        self.lists_uncoded = False
        self._draw_soon("code")

    def show_without_code(self) -> None:
        """Show the permanent list of excerpts that no code holds."""
        self.show_code(None)
        self.lists_uncoded = True

    def settle(self) -> None:
        """Draw what is at hand now."""
        due, self._due = self._due, set()
        self._follows.stop()
        if not due or not self._desk.study.is_open:
            return
        if "excerpt" in due and (self.excerpt_id or "_excerpt" in self.__dict__):
            self._excerpt.codes = self.codes
            self._excerpt.show_excerpt(self.excerpt_id)
            self.excerpt_id = self._excerpt.excerpt_id  # one that is gone is none
        if "code" in due:
            self._draw_code(self.codes.get(self.code_id or ""))
        self._arrange()
        self.settled.emit()

    def _draw_code(self, code: CodeRow | None) -> None:
        if code is not None or "_code" in self.__dict__:
            self._code.show_code(code)
        if code is not None:
            with self._desk.read() as session:
                self._list.show_rows(codings_of_code(session, code.id))
            self.list_head.head(self.tr("Excerpts of {name}").format(name=code.name))
        elif self.lists_uncoded:
            with self._desk.read() as session:
                rows = excerpts_without_code(session)
            self._list.show_rows(rows)
            self.list_head.head(self.tr("Excerpts without a code") if rows else self.tr("Every excerpt has a code"))

    def _draw_soon(self, what: str) -> None:
        self._due.add(what)
        focus = self.focusWidget()
        if focus is not None and focus.hasFocus():  # one types in it: what one sees must be what one writes to
            self.settle()
        elif not self._follows.isActive():
            self._follows.start()

    def commit_pending(self) -> None:
        """Commit what is typed here."""
        for sheet in self._built():
            sheet.commit_pending()

    def restyle(self) -> None:
        """Take over colours."""
        self._list.restyle(self._desk.tokens)
        for sheet in self._built():
            sheet.restyle()

    def _built(self) -> Sequence[ExcerptSheet | CodeSheet]:
        return [sheet for name in ("_excerpt", "_code") if (sheet := self.__dict__.get(name)) is not None]

    def _arrange(self) -> None:
        has_excerpt, has_code = self.excerpt_id is not None, self.code_id is not None
        if "_excerpt" in self.__dict__:
            self._excerpt.setVisible(has_excerpt)
        if "_code" in self.__dict__:
            self._code.setVisible(has_code)
        self._line.setVisible(has_excerpt and has_code)
        self.empty.setVisible(not has_excerpt and not has_code)
        self.foot.setVisible(has_code or self.lists_uncoded)  # one goes through a list: it stays when one jumps
