"""How the tree shows the codes: in which order, and with numbers only where somebody asked for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton

from app.analysis.codes import Spread, last_used, spread_of_codes
from app.ui.code.sorting import Order, in_order

if TYPE_CHECKING:
    from app.ui.code.workspace import CodeWorkspace

COUNTS_FOLLOW_MS = 60
"""The text and the tree are drawn first; numbers follow after this. Coding quickly counts once."""


class TreeOrder(QObject):
    """What is chosen for the tree of a workspace. It is remembered with the study and changes nothing in it."""

    def __init__(self, place: CodeWorkspace) -> None:
        super().__init__(place)
        self._place = place
        settings, self._key = place.desk.settings, place.desk.study.key
        kept = str(settings.place(self._key, "codes/sorting", Order.OWN.value))
        self.sorting = Order(kept) if kept in set(Order) else Order.OWN
        self.counts = str(settings.place(self._key, "codes/counts", "false")).casefold() == "true"
        if self.sorting == Order.HEARD and not self.counts:
            self.sorting = Order.OWN
        self._follows = QTimer(self)
        self._follows.setSingleShot(True)
        self._follows.setInterval(COUNTS_FOLLOW_MS)
        self._follows.timeout.connect(self._count)

    def draw(self) -> None:
        """Show the codes as they are now."""
        desk, tree = self._place.desk, self._place.tree
        spread: Mapping[str, Spread] = {}
        used = None
        if self.counts or self.sorting == Order.USED:
            with desk.read() as session:
                spread = spread_of_codes(session) if self.counts else {}
                used = last_used(session) if self.sorting == Order.USED else None
        tree.show_codes(in_order(list(self._place.codes.values()), self.sorting, used=used, spread=spread))
        tree.show_spread(spread, shown=self.counts)

    def follow(self) -> None:
        """Codings are others now."""
        if self.counts:
            self._follows.start()

    def sort(self, how: Order) -> None:
        """Show the codes in another order."""
        self.sorting = how
        self._place.desk.settings.remember_place(self._key, "codes/sorting", how.value)
        self._check()
        self.draw()

    def show_counts(self, on: bool) -> None:
        """Show how often codes occur, and in how many groups they are heard - or, as is usual, not."""
        self.counts = on
        self._place.desk.settings.remember_place(self._key, "codes/counts", "true" if on else "false")
        if not on and self.sorting == Order.HEARD:
            self.sort(Order.OWN)
        self._check()
        self.draw()

    def add_actions(self, button: QToolButton) -> None:
        """Register the orders and the switch, in the View menu and on a button beside the filter."""
        add = self._place.desk.actions.add
        texts = {
            Order.OWN: self.tr("In my own order"),
            Order.NAME: self.tr("By name"),
            Order.NEWEST: self.tr("Newest first"),
            Order.USED: self.tr("Most recently used first"),
            Order.HEARD: self.tr("Heard in most groups first"),
        }
        menu = QMenu(button)
        group = QActionGroup(self)
        for how, text in texts.items():
            action = add(f"code.sort_{how.value}", text, lambda how=how: self.sort(how), menu="View/Sort codes",
                         checkable=True)  # fmt: skip
            group.addAction(action)
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(
            add("code.counts", self.tr("Show how often codes occur"), lambda: self.show_counts(not self.counts),
                menu="View", checkable=True)
        )  # fmt: skip
        button.setMenu(menu)
        self._check()

    def _check(self) -> None:
        actions = self._place.desk.actions
        for how in Order:
            actions[f"code.sort_{how.value}"].setChecked(how == self.sorting)
        actions["code.sort_heard"].setVisible(self.counts)
        actions["code.counts"].setChecked(self.counts)

    def _count(self) -> None:
        desk = self._place.desk
        if self.counts and desk.study.is_open:
            with desk.read() as session:
                self._place.tree.show_spread(spread_of_codes(session), shown=True)
