"""Writing a memo by command: on the excerpt at hand, or on one of its codings alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from app.ui.code.workspace import CodeWorkspace
    from app.ui.transcript.marks import CodingMark


def add_memo_actions(place: CodeWorkspace) -> None:
    """Register the actions."""
    add = place.desk.actions.add
    add("code.memo", _tr("Write a memo on the excerpt"), lambda: _on_excerpt(place), keys="Alt+N", menu="Code")
    add(
        "code.coding_memo",
        _tr("Write a memo on this coding alone"),
        lambda: place.coding.coded.choose(_tr("A memo on which coding?"), lambda mark: _on_coding(place, mark)),
        keys="Alt+Shift+N",
        menu="Code",
    )


def _on_excerpt(place: CodeWorkspace) -> None:
    """To the one box of the excerpt; selected words that are none yet become one."""
    start, end = place.panel.selection()
    at_hand = {(mark.start, mark.end) for mark in place.marks.get(place.inspector.excerpt_id or "", [])}
    if end > start and (start, end) not in at_hand:
        place.coding.take()
    if place.inspector.excerpt_id is None:
        place.desk.say(_tr("Select some words, or choose an excerpt first."))
        return
    place.inspector.excerpt.memo.setFocus()


def _on_coding(place: CodeWorkspace, mark: CodingMark) -> None:
    place.show_excerpt(mark.excerpt_id)
    place.inspector.excerpt.write_on_coding(mark.code_id)


def _tr(text: str) -> str:
    return QCoreApplication.translate("CodeCommands", text)
