"""Deleting a focus group: chosen from all of them, since one without a transcript is seen nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from app.analysis.people import GroupSheet, groups
from app.operations.people import delete_group

if TYPE_CHECKING:
    from app.ui.transcripts.workspace import TranscriptsWorkspace


def choose_group(place: TranscriptsWorkspace) -> QMenu | None:
    """Show all groups as a menu; the one that is chosen is asked about on the page of participants."""
    place.commit_pending()
    if not place.desk.may_change():
        return None
    with place.desk.read() as session:
        found = groups(session)
    if not found:
        place.desk.say(_tr("There is no group to delete."))
        return None
    menu = QMenu(place)
    menu.setObjectName("groups.delete")
    for group in found:
        menu.addAction(group.label.replace("&", "&&"), lambda group=group: _ask(place, group))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(QCursor.pos())
    return menu


def _ask(place: TranscriptsWorkspace, group: GroupSheet) -> None:
    """Say what would go with the group, and do it if that is wanted."""
    place.show_page(place.people)
    question = _tr(
        "Delete the group “{name}” with what is known of it? Its transcripts and people stay, without a group."
    )
    place.people.confirm.ask(
        question.format(name=group.label), _tr("Delete group"), lambda: _delete(place, group.id, group.label)
    )


def _delete(place: TranscriptsWorkspace, group_id: str, label: str) -> None:
    if place.desk.done(delete_group, group_id):
        place.desk.say(_tr("“{name}” was deleted.").format(name=label), with_undo=True)


def _tr(text: str) -> str:
    return QCoreApplication.translate("DeletingGroups", text)
