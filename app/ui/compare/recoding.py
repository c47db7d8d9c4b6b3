"""Recoding from a list: add a code, take one off, put another in its place; all chosen excerpts are one change."""

from __future__ import annotations

from collections.abc import Sequence
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
    _all(desk, excerpt_ids, _tr("Code {n} excerpts as ‘{name}’"), name,
         lambda session, one: code_excerpt(session, one, code_id))  # fmt: skip


def add_new(desk: Desk, excerpt_ids: Sequence[str], path: str) -> None:
    """Code these excerpts with a new code."""

    def each(session: ChangeSession) -> bool:
        code_id = ensure_code(session, path)
        for one in excerpt_ids:
            code_excerpt(session, one, code_id)
        return True

    label = _tr("Code {n} excerpts as ‘{name}’").format(n=len(excerpt_ids), name=path)
    done = desk.run_all(label, Verb.CODE, each) if excerpt_ids else None
    if done:
        desk.say(label + ".", with_undo=True)


def take_off(desk: Desk, excerpt_ids: Sequence[str], code_id: str, name: str) -> None:
    """Take a code off these excerpts; they stay."""
    _all(desk, excerpt_ids, _tr("Remove code ‘{name}’ from {n} excerpts"), name,
         lambda session, one: remove_code(session, one, code_id))  # fmt: skip


def put_instead(desk: Desk, excerpt_ids: Sequence[str], old_id: str, new_id: str, name: str) -> None:
    """Put another code in the place of one."""

    def both(session: ChangeSession, one: str) -> object:
        remove_code(session, one, old_id)
        return code_excerpt(session, one, new_id)

    _all(desk, excerpt_ids, _tr("Code {n} excerpts as ‘{name}’ instead"), name, both)


def _all(desk: Desk, excerpt_ids: Sequence[str], words: str, name: str, step: object) -> None:
    label = words.format(n=len(excerpt_ids), name=name)

    def each(session: ChangeSession) -> bool:
        for one in excerpt_ids:
            step(session, one)  # type: ignore[operator]
        return True

    done = desk.run_all(label, Verb.CODE, each) if excerpt_ids else None
    if done:
        desk.say(label + ".", with_undo=True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Recoding", text)
