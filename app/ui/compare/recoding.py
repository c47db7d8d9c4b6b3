"""Recoding from a list: add a code, take one off, put another in its place; all chosen excerpts are one change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.models.verbs import Verb
from app.operations.codes import ensure_code
from app.operations.codings import code_excerpt, remove_code

if TYPE_CHECKING:
    from app.study import ChangeSession
    from app.ui.desk import Desk


def add_code(desk: Desk, excerpt_ids: Sequence[str], code_id: str, name: str) -> None:
    """Code these excerpts with a code as well."""
    words = _tr("Code 1 excerpt as ‘{name}’"), _tr("Code {n} excerpts as ‘{name}’")
    _all(desk, excerpt_ids, words, name, lambda session, one: code_excerpt(session, one, code_id))


def add_new(desk: Desk, excerpt_ids: Sequence[str], path: str) -> None:
    """Code these excerpts with a new code."""

    def each(session: ChangeSession) -> bool:
        code_id = ensure_code(session, path)
        for one in excerpt_ids:
            code_excerpt(session, one, code_id)
        return True

    _run(desk, excerpt_ids, (_tr("Code 1 excerpt as ‘{name}’"), _tr("Code {n} excerpts as ‘{name}’")), path, each)


def take_off(desk: Desk, excerpt_ids: Sequence[str], code_id: str, name: str) -> None:
    """Take a code off these excerpts; they stay."""
    words = _tr("Remove code ‘{name}’ from 1 excerpt"), _tr("Remove code ‘{name}’ from {n} excerpts")
    _all(desk, excerpt_ids, words, name, lambda session, one: remove_code(session, one, code_id))


def put_instead(desk: Desk, excerpt_ids: Sequence[str], old_id: str, new_id: str, name: str) -> None:
    """Put another code in the place of one."""

    def both(session: ChangeSession, one: str) -> object:
        remove_code(session, one, old_id)
        return code_excerpt(session, one, new_id)

    words = _tr("Code 1 excerpt as ‘{name}’ instead"), _tr("Code {n} excerpts as ‘{name}’ instead")
    _all(desk, excerpt_ids, words, name, both)


def _all(
    desk: Desk,
    excerpt_ids: Sequence[str],
    words: tuple[str, str],
    name: str,
    step: Callable[[ChangeSession, str], object],
) -> None:
    def each(session: ChangeSession) -> bool:
        for one in excerpt_ids:
            step(session, one)
        return True

    _run(desk, excerpt_ids, words, name, each)


def _run(
    desk: Desk, excerpt_ids: Sequence[str], words: tuple[str, str], name: str, each: Callable[[ChangeSession], bool]
) -> None:
    """One change for all of them, and say so; `words` are its label for one excerpt and for several."""
    label = words[len(excerpt_ids) != 1].format(n=len(excerpt_ids), name=name)
    done = desk.run_all(label, Verb.CODE, each) if excerpt_ids else None
    if done:
        desk.say(label + ".", with_undo=True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Recoding", text)
