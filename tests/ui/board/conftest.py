"""The board on the small study of the Themes workspace: four codes in use that lie nowhere yet, one set aside."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.ui.board.canvas import Key
from app.ui.board.page import BoardPage
from tests.ui.themes.conftest import Bench, bench

__all__ = ["bench"]


class Table:
    """The board of a bench, and what a hand does on it."""

    def __init__(self, bench: Bench) -> None:
        self.bench, self.place, self.desk = bench, bench.place, bench.desk
        bench.place.show_view("board")
        self.page: BoardPage = bench.place.board
        self.view, self.canvas = self.page.view, self.page.canvas
        QApplication.processEvents()

    def tray(self) -> list[str]:
        """The names in the tray, as far as they are seen."""
        items = [self.page.tray.item(place) for place in range(self.page.tray.count())]
        return [item.text() for item in items if not item.isHidden()]

    def lay(self, *names: str) -> None:
        """Lay codes on the board as the tray does by key."""
        for place in range(self.page.tray.count()):
            item = self.page.tray.item(place)
            item.setSelected(item.text() in names)
        QTest.keyClick(self.page.tray, Qt.Key.Key_Return)
        self.view.resetTransform()
        self.view.centerOn(self.canvas.everything().center())

    def key(self, name: str, home: str = "") -> Key:
        """The card of a code, in a theme or pile of this name, or by itself."""
        homes = [one.id for one in self.canvas.picture.piles if one.title == home] if home else [""]
        return homes[0], self.bench.code(name)

    def pile(self, title: str) -> Key:
        """The pile or theme of this name."""
        return next(one.key for one in self.canvas.picture.piles if one.title == title)

    def spot(self, key: Key, dx: float = 60, dy: float = 14) -> QPoint:
        """A point on a card, or on the head of a pile."""
        box = self.canvas.box_of(key)
        assert box is not None
        return self.view.mapFromScene(QPointF(box.x + dx, box.y + dy))

    def click(self, key: Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Click a card or pile."""
        QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, held, self.spot(key))

    def drag(self, start: QPoint, *points: QPoint, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press, move, let go."""
        area, left = self.view.viewport(), Qt.MouseButton.LeftButton
        QTest.mousePress(area, left, Qt.KeyboardModifier.NoModifier, start)
        for point in points:
            QTest.mouseMove(area, point)
            QApplication.processEvents()
        QTest.mouseRelease(area, left, held, points[-1])

    def names(self, pile: str) -> list[str]:
        """The codes in a pile or theme, as they stand."""
        home = self.pile(pile)[0]
        return [one.code.name for one in self.canvas.picture.cards if one.home == home]

    def chosen(self) -> set[str]:
        """Names of the codes of the chosen cards."""
        return {self.place.codes[code_id].name for _, code_id in self.canvas.chosen if code_id}


@pytest.fixture
def table(bench: Bench) -> Table:
    """The board, empty."""
    return Table(bench)
