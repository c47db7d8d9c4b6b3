"""The Themes workspace on a small study of its own: five codes, four coded passages, no theme yet."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QTreeWidgetItem
from sqlalchemy import func, select

from app.analysis.themes import ThemeRow
from app.models import Change
from app.models.kinds import CodeRole
from app.operations.codes import create_code, set_aside
from app.operations.codings import code_passage
from app.operations.studies import new_study
from app.operations.themes import create_theme
from app.study import Study
from app.ui.themes.workspace import ThemesWorkspace
from app.ui.window.main_window import MainWindow
from tests.material import MadeOnce, bring_in

NAMES = ("Belonging", "Kept going", "Noticed when absent", "Pass it on", "Weather")


class Bench:
    """A window, its Themes workspace, and shorthands for what tests ask again and again."""

    def __init__(self, window: MainWindow) -> None:
        assert window.desk is not None
        self.window, self.desk = window, window.desk
        self.said: list[str] = []
        self.desk.said.connect(lambda sentence, _: self.said.append(sentence))
        place = window.show_place("themes")
        assert isinstance(place, ThemesWorkspace)
        self.place: ThemesWorkspace = place

    def code(self, name: str) -> str:
        """The id of the code of this name."""
        return next(row.id for row in self.place.codes.values() if row.name == name)

    def theme(self, name: str) -> ThemeRow:
        """The theme of this name as the workspace shows it."""
        return next(row for row in self.place.themes if row.name == name)

    def names(self) -> list[tuple[int, str]]:
        """(depth, name) of all themes in order."""
        return [(row.depth, row.name) for row in self.place.themes]

    def make(self, name: str, *codes: str, parent: str | None = None) -> str:
        """Make a theme of codes through the study, as another part of the program would."""
        parent_id = self.theme(parent).id if parent else None
        made = self.desk.run(create_theme, name, parent_id=parent_id, code_ids=[self.code(one) for one in codes])
        assert made is not None
        return made

    def holds(self, theme: str) -> dict[str, CodeRole]:
        """{code name: role} of a theme."""
        return {self.place.codes[code_id].name: role for code_id, role in self.theme(theme).codes}

    def choose_codes(self, *names: str) -> None:
        """Choose codes in the list."""
        self.place.codes_list.clearSelection()
        for place in range(self.place.codes_list.count()):
            item = self.place.codes_list.item(place)
            item.setSelected(item.text() in names)

    def row(self, *path: str) -> QTreeWidgetItem:
        """The row of a theme, or of a code in it, by names."""
        item = self.place.tree.invisibleRootItem()
        for name in path:
            children = [item.child(place) for place in range(item.childCount())]
            item = next(one for one in children if one.text(0) == name)
        return item

    def drop(self, data: QMimeData, on: QTreeWidgetItem | None, *, edge: str = "", ctrl: bool = False) -> None:
        """Carry something over the tree and let it go on a row, at its upper or lower edge, or beside all rows."""
        tree = self.place.tree
        tree.doItemsLayout()
        area = tree.viewport().rect() if on is None else tree.visualItemRect(on)
        spot = {"": area.center(), "above": area.topLeft(), "below": area.bottomLeft()}[edge]
        if on is None:
            spot = area.bottomLeft()
            assert tree.itemAt(spot) is None
        held = Qt.KeyboardModifier.ControlModifier if ctrl else Qt.KeyboardModifier.NoModifier
        button, copy = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
        enter = QDragEnterEvent(spot, copy | Qt.DropAction.MoveAction, data, button, held)
        tree.dragEnterEvent(enter)
        move = QDragMoveEvent(spot, copy | Qt.DropAction.MoveAction, data, button, held)
        tree.dragMoveEvent(move)
        assert enter.isAccepted()
        assert move.isAccepted()
        tree.dropEvent(QDropEvent(QPointF(spot), copy, data, button, held))

    def changes(self) -> int:
        """How many changes the journal holds."""
        with self.desk.read() as session:
            return session.scalar(select(func.count()).select_from(Change)) or 0


def open_at_themes(window: MainWindow, path: Path) -> None:
    """Open a study where its reader left it: at the themes."""
    with Study.open(path) as study:
        window.settings.remember_place(study.key, "workspace", "themes")
    assert window.open_study(path)


@pytest.fixture
def bench(window: MainWindow, path: Path, made_once: MadeOnce) -> Bench:
    """One transcript, five codes (one set aside), three of them on passages."""
    made_once(_coded, path)
    open_at_themes(window, path)
    return Bench(window)


def _coded(path: Path) -> None:
    with new_study(path, "Belonging", smallest_group=1) as study:
        talk = bring_in(study)
        ids = [study.run(create_code, name) for name in NAMES]
        for words, code_id in (
            ("a place where I belong", ids[0]),
            ("We kept each other going", ids[1]),
            ("Somebody noticed when I was not there", ids[2]),
            ("And then you pass it on", ids[0]),
        ):
            study.run(code_passage, talk.source_id, *talk.span(words), code_id)
        study.run(set_aside, ids[4], "small talk")
