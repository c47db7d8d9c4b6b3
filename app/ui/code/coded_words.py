"""What one does with words that are coded: take a code off, say that one is unsure of it, delete the excerpt."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from app.analysis.memos import About, count_memos_on
from app.operations.codings import mark_unsure, remove_code
from app.operations.excerpts import delete_excerpt
from app.ui.actions import as_menu_text
from app.ui.style.icons import sign_icon

if TYPE_CHECKING:
    from app.ui.code.workspace import CodeWorkspace
    from app.ui.transcript.marks import CodingMark


class CodedWords(QObject):
    """Acts on the codings of the excerpt at hand, or of the words at the caret."""

    def __init__(self, place: CodeWorkspace) -> None:
        super().__init__(place)
        self._place = place
        self.which: QMenu | None = None
        """The menu that asks which code is meant, while it is open."""

    def uncode(self) -> None:
        """Take a code off; with several codes on the words, ask which."""
        self.choose(self.tr("Remove which code?"), self._remove)

    def choose(self, question: str, then: Callable[[CodingMark], None]) -> None:
        """Do something with the coding at hand; with several codes on the words, ask which."""
        marks = self._here()
        if len(marks) > 1:
            self._ask(question, marks, then)
        elif marks:
            then(marks[0])

    def switch_unsure(self) -> None:
        """Say that one is unsure of the code at hand, or sure again."""
        marks = self._here()
        at_hand = [mark for mark in marks if mark.code_id == self._place.inspector.code_id]
        if len(marks) > 1 and len(at_hand) != 1:
            self._ask(self.tr("Unsure of which code?"), marks, self._switch)
        elif marks:
            self._switch((at_hand or marks)[0])

    def delete(self) -> None:
        """Delete the excerpt at hand with its codings."""
        excerpt_id = self._place.inspector.excerpt_id
        if excerpt_id is None:
            self._place.desk.say(self.tr("Choose an excerpt first: put the caret into it and press Enter."))
            return
        memos = self._memos_on(About.EXCERPT, excerpt_id)
        if self._place.desk.done(delete_excerpt, excerpt_id):
            said = self.tr("Excerpt deleted with its codes and memos.") if memos else ""
            self._place.desk.say(said or self.tr("Excerpt deleted with its codes."), with_undo=True)

    def _here(self) -> list[CodingMark]:
        """The codings of the excerpt at hand, unless the caret is on others; it is said if there are none."""
        place, (start, end) = self._place, self._place.panel.selection()
        over = [mark for mark in place.panel.view.spans.over(start, max(end, start + 1)) if mark.code_id]
        at_hand = place.inspector.excerpt_id or ""
        if not over or any(mark.excerpt_id == at_hand for mark in over):
            over = [mark for mark in place.marks.get(at_hand, []) if mark.code_id]
        if not over:
            place.desk.say(self.tr("Choose an excerpt first: put the caret into it, or click its lane."))
        return over

    def _ask(self, question: str, marks: list[CodingMark], then: Callable[[CodingMark], None]) -> None:
        """A small menu of codes beside the words; the code at hand is chosen to begin with."""
        menu = QMenu(question, self._place)
        menu.setObjectName("code.which")
        menu.setAccessibleName(question)
        menu.addAction(question).setEnabled(False)
        menu.addSeparator()
        chosen = None
        for mark in marks:
            action = menu.addAction(sign_icon(mark.sign, mark.colour), as_menu_text(mark.name))
            action.triggered.connect(lambda _=False, mark=mark: then(mark))
            if chosen is None or mark.code_id == self._place.inspector.code_id:
                chosen = action
        menu.aboutToHide.connect(self._asked)
        self.which = menu
        menu.popup(self._place.panel.selection_rect().bottomLeft())
        if chosen is not None:
            menu.setActiveAction(chosen)

    def _asked(self) -> None:
        if self.which is not None:
            self.which.deleteLater()
            self.which = None

    def _remove(self, mark: CodingMark) -> None:
        memos = self._memos_on(About.CODING, mark.coding_id)
        if self._place.desk.run(remove_code, mark.excerpt_id, mark.code_id):
            said = self.tr("Removed code “{name}” with the memo on it; the excerpt stays.") if memos else ""
            said = said or self.tr("Removed code “{name}”; the excerpt stays.")
            self._place.desk.say(said.format(name=mark.name), with_undo=True)

    def _memos_on(self, about: About, about_id: str) -> int:
        with self._place.desk.read() as session:
            return count_memos_on(session, about, about_id)

    def _switch(self, mark: CodingMark) -> None:
        if self._place.desk.done(mark_unsure, mark.coding_id, not mark.unsure):
            said = self.tr("Sure of “{name}” again.") if mark.unsure else self.tr("Unsure of “{name}”.")
            self._place.desk.say(said.format(name=mark.name), with_undo=True)
