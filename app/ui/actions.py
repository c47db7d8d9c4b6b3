"""The registry of everything one can do: one QAction each, with id, text, shortcut and menu.

It feeds the menus, the context menus, the command palette and the cheat sheet; nothing else makes a shortcut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget


class Actions(QObject):
    """All actions of the window by their stable id, such as "code.apply" or "edit.undo"."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._actions: dict[str, QAction] = {}
        self._menus: dict[str, list[str]] = {}
        self._scopes: dict[str, QWidget] = {}
        self.before: Callable[[str], object] = lambda _scope: None
        """Called with the scope of an action before it runs: the window goes to that workspace first."""

    def scope_to(self, widget: QWidget, scope: str) -> None:
        """Let the shortcuts of actions named "scope.…" hold only inside this widget."""
        self._scopes[scope] = widget

    def add(
        self,
        action_id: str,
        text: str,
        run: Callable[[], object],
        *,
        keys: str | Iterable[str] = (),
        menu: str = "",
        tip: str = "",
        checkable: bool = False,
    ) -> QAction:
        """Add an action. `keys` are portable ("Ctrl+K"); an empty `menu` leaves it to palette and contexts."""
        action = QAction(text, self._window)
        action.setObjectName(action_id)
        action.setCheckable(checkable)
        action.setShortcuts([QKeySequence(key) for key in ([keys] if isinstance(keys, str) else keys)])
        if tip:
            action.setToolTip(tip)
            action.setStatusTip(tip)
        scope = action_id.split(".")[0]
        owner = self._scopes.get(scope)
        if owner is not None:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda *_: self._run(scope, run))
        self._actions[action_id] = action
        (owner or self._window).addAction(action)
        if menu:
            self._menus.setdefault(menu, []).append(action_id)
        return action

    def __getitem__(self, action_id: str) -> QAction:
        """The action of this id. Raises KeyError."""
        return self._actions[action_id]

    def all(self) -> list[QAction]:
        """Every action, in the order they were added."""
        return list(self._actions.values())

    def remove(self, *prefixes: str) -> None:
        """Forget the actions whose id starts with one of these (a workspace that closes takes its own along)."""
        for action_id in [one for one in self._actions if one.startswith(prefixes)]:
            action = self._actions.pop(action_id)
            action.deleteLater()
        for ids in self._menus.values():
            ids[:] = [one for one in ids if one == "-" or one in self._actions]

    def _run(self, scope: str, run: Callable[[], object]) -> None:
        self.before(scope)
        run()

    def fill_menu(self, menu: QMenu, name: str) -> None:
        """Put the actions of one menu into a QMenu; an id of "-" made by `separator` becomes a line."""
        for action_id in self._menus.get(name, []):
            if action_id == "-":
                menu.addSeparator()
            else:
                menu.addAction(self._actions[action_id])

    def separator(self, menu: str) -> None:
        """A line in a menu."""
        self._menus.setdefault(menu, []).append("-")


def as_menu_text(text: str) -> str:
    """Words of a person as menus and buttons want them: an "&" is an "&" and no mark of a key."""
    return text.replace("&", "&&")


def plain_text(action: QAction) -> str:
    """What an action is called, as it is read."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
