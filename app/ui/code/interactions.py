"""Interaction excerpts: several turns kept as one passage, with what people do in it, and coded as any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.analysis.codes import kinds_of_interaction
from app.models.kinds import ExcerptLevel
from app.models.verbs import Verb
from app.operations.excerpts import set_interaction, take_excerpt
from app.ui.code.interaction_kinds import build_kind_menu, kind_shown

if TYPE_CHECKING:
    from app.study import ChangeSession
    from app.ui.code.workspace import CodeWorkspace


class Interactions(QObject):
    """Makes them of the turns selected, and changes their kind."""

    def __init__(self, place: CodeWorkspace) -> None:
        super().__init__(place)
        self._place = place
        self.menu: QMenu | None = None
        """The menu that asks for the kind, made last."""

    def code_as(self) -> None:
        """Ask what people do in the turns selected, keep them as one excerpt, then ask for its code."""
        place = self._place
        start, end = place.panel.selection()
        if end > start:
            if self._turns(start, end) < 2:
                place.desk.say(self.tr("An interaction is between people: select words of two turns or more."))
            else:
                self._ask("", place.panel.selection_rect().bottomLeft(), lambda kind: self._keep((start, end), kind))
        elif (excerpt_id := place.inspector.excerpt_id) is not None and self._is_interaction(excerpt_id):
            self.ask_kind(excerpt_id, place.panel.selection_rect().bottomLeft())
        else:
            place.desk.say(self.tr("Select the turns first; Ctrl+click on their numbers takes whole turns."))

    def ask_kind(self, excerpt_id: str, at: QPoint) -> None:
        """Change what is said of an interaction excerpt."""
        marks = self._place.marks.get(excerpt_id, [])
        now = marks[0].kind if marks else ""
        self._ask(now, at, lambda kind: self._place.desk.done(set_interaction, excerpt_id, kind), untold=bool(now))

    # --- inside --------------------------------------------------------------------------------------------------

    def _ask(self, now: str, at: QPoint, then: object, *, untold: bool = False) -> None:
        with self._place.desk.read() as session:
            used = kinds_of_interaction(session)
        self.menu = popup_kind_menu(self._place, used, now, then, at, untold=untold)

    def _keep(self, span: tuple[int, int], kind: str) -> None:
        place, script = self._place, self._place.script
        if script is None:
            return

        def both(session: ChangeSession) -> str:
            level = ExcerptLevel.INTERACTION
            excerpt_id = take_excerpt(session, script.id, *span, level=level, interaction=kind)
            set_interaction(session, excerpt_id, kind)  # it may have been there, with another kind
            return excerpt_id

        shown = kind_shown(kind)
        label = self.tr("Interaction excerpt: {kind}").format(kind=shown)
        excerpt_id = place.desk.run_all(label, Verb.EDIT_EXCERPT, both)
        if excerpt_id is None:
            return
        place.show_excerpt(excerpt_id)
        marks = place.marks.get(excerpt_id, [])
        if marks:
            place.panel.select(marks[0].start, marks[0].end, reveal=False)
        place.coding.open_box("")

    def _turns(self, start: int, end: int) -> int:
        """How many turns are touched by more than spaces."""
        text = self._place.panel.view.text
        return sum(
            bool(text[max(start, turn.start) : min(end, turn.end)].strip())
            for turn in self._place.panel.view.turns
            if turn.start < end and turn.end > start
        )

    def _is_interaction(self, excerpt_id: str) -> bool:
        return any(mark.interaction for mark in self._place.marks.get(excerpt_id, []))


def popup_kind_menu(
    parent: QWidget, used: list[str], now: str, then: object, at: QPoint, *, untold: bool = False
) -> QMenu:
    """Show the menu at a place of the screen; it goes when it is closed."""
    menu = build_kind_menu(parent, used, now, then, untold=untold)  # type: ignore[arg-type]
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.popup(at)
    menu.setActiveAction(menu.actions()[0])
    return menu
