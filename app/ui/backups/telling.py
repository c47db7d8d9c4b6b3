"""What is said of a study's file once it is painted: copies beside it, its place, a crash, a file that went away."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject

from app.backups import free_name_beside
from app.backups.conflicts import Relation, conflict_copies
from app.backups.shared_places import NETWORK, shared_place
from app.errors import ReflexaError
from app.ui.desk import Desk

if TYPE_CHECKING:
    from app.ui.window.main_window import MainWindow


def tell_of_crash(window: MainWindow, desk: Desk) -> None:
    """A change that a crash cut off was taken back when the study was opened."""
    if desk.study.took_back:
        window.banner.say(_tr("The last action before a crash was taken back; everything before it is here."))


def tell_of_copies(window: MainWindow, desk: Desk) -> None:
    """Copies that a cloud folder left beside the study; those that were shown once are not told of again."""
    try:
        found = conflict_copies(desk.study.connection, desk.study.path)
    except sqlite3.Error:  # a damaged study says so elsewhere
        return
    seen = "|".join(f"{one.path.name} {one.seq}" for one in found)
    if not found or desk.settings.place(desk.study.key, "copies", "") == seen:
        return
    if any(one.relation in (Relation.NEWER, Relation.PARTED) for one in found):
        sentence = _tr("Beside this study lies a copy of it with changes that are not in here.")
    else:
        sentence = _tr("Beside this study lies a copy of it that holds nothing newer.")

    def show() -> None:
        desk.settings.remember_place(desk.study.key, "copies", seen)
        window.banner.take_back(sentence)
        show_copies(window)

    window.banner.say(sentence, [(_tr("Show copies …"), show)])


def show_copies(window: MainWindow) -> None:
    """The copies beside the study; then what was chosen there is opened."""
    from app.ui.backups.copies_dialog import CopiesDialog

    if window.desk is None:
        return
    study_path = window.desk.study.path
    dialog = CopiesDialog(window.desk.study, window)
    dialog.exec()
    dialog.deleteLater()
    if dialog.wanted is None:
        return
    opened, looking = dialog.wanted
    if window.open_study(opened, read_only=looking) and looking:
        window.banner.say(
            _tr("A copy, open for looking. Nothing in it can be changed."),
            [(_tr("Back to “{name}”").format(name=study_path.name), lambda: window.open_study(study_path))],
        )


def tell_of_place(window: MainWindow, desk: Desk) -> None:
    """A study in a cloud folder or on a network drive: said once for each study and place."""
    place = shared_place(desk.study.path)
    if not place or desk.settings.place(desk.study.key, "shared_place", "") == place:
        return
    desk.settings.remember_place(desk.study.key, "shared_place", place)
    where = _tr("on a network drive") if place == NETWORK else _tr("in a folder of {name}").format(name=place)
    sentence = _tr("This study lies {where}. Open it on one computer at a time; close it before you go on elsewhere.")
    window.banner.say(sentence.format(where=where))


class FileWatch(QObject):
    """Looks, whenever the window gets the focus, whether the study's file is still where it was."""

    def __init__(self, window: MainWindow, desk: Desk) -> None:
        super().__init__(desk)
        self._study = desk.study
        self._said = ""
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Nothing is kept from the window."""
        if event.type() == QEvent.Type.WindowActivate:
            from app.ui.window.main_window import MainWindow

            if isinstance(watched, MainWindow):
                self._look(watched)
        return False

    def _look(self, window: MainWindow) -> None:
        """Say that the file went away, or take that back when it is there again."""
        if window.desk is None or window.desk.study is not self._study or not self._study.is_open:
            return
        if self._study.in_place:
            window.banner.take_back(self._said)
            self._said = ""
        elif not self._said:
            self._said = (
                _tr("The study's file was replaced by another. Nothing more can be written to it.")
                if self._study.path.exists()
                else _tr("The study's file was moved or deleted. Nothing more can be written to it.")
            )
            window.banner.say(self._said, [(_tr("Save as a copy …"), lambda: save_as_copy(window))], first=True)


def save_as_copy(window: MainWindow) -> bool:
    """Ask for a name, write the study that is open to it, and go on with that; whether it could be done."""
    from app.ui.backups.opening import copy_study
    from app.ui.passwords.opening import waiting
    from app.ui.window.guarding import study_at
    from app.ui.window.questions import ask_where

    if window.desk is None:
        return False
    study = window.desk.study
    proposed = free_name_beside(study.path, _tr("copy"))
    copy = ask_where(window, _tr("Save as a copy"), proposed)
    if copy is None:
        return False
    try:
        with waiting():
            copy_study(study, copy)
        key = study.cipher_key
        if copy.resolve() == study.path.resolve():  # the name is free again, the lock is not yet
            window.close_study()
        opened = study_at(window, copy, read_only=False, password=key)
    except ReflexaError as error:
        window.say_refused(error.sentence)
        return False
    window.asked_read_only = False
    window.show_study(opened)
    return True


def _tr(text: str) -> str:
    return QCoreApplication.translate("Backups", text)
