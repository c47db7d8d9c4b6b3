"""The registry of everything one can do: one QAction each, with id, text, keys and menu.

It feeds the menus, the context menus, the command palette and the cheat sheet; nothing else makes a shortcut. A person
may give a command other keys (`app/ui/keys.py` says which may be given): they are remembered and hold whenever the
command is added again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

if TYPE_CHECKING:
    from app.ui.settings import Settings

EVERYWHERE = frozenset({"study", "edit", "window", "help"})
"""First words of ids whose keys hold in the whole window; every other first word is a workspace."""


class Actions(QObject):
    """All actions of the window by their stable id, such as "code.apply" or "edit.undo"."""

    def __init__(self, window: QWidget, settings: Settings | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._actions: dict[str, QAction] = {}
        self._own_keys: dict[str, list[str]] = {}
        """{id: the keys it was added with}."""
        self._fixed: dict[str, str] = {}
        """{id: keys that are no shortcut, because a widget takes them}."""
        self._menus: dict[str, list[str]] = {}
        """{menu, or "Menu/Sub-menu": ids, "-", and the names of its sub-menus}."""
        self._scopes: dict[str, QWidget] = {}
        self._given: dict[str, list[str]] = settings.shortcuts() if settings is not None else {}
        """{id: keys that the person gave}, also of commands that are not there yet."""
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
        fixed: str = "",
        menu: str = "",
        tip: str = "",
        checkable: bool = False,
    ) -> QAction:
        """Add an action. `keys` are portable ("Ctrl+K"); `fixed` are keys that a widget takes by itself: they are said
        beside the action, and nobody can change them. `menu` may name a sub-menu ("Code/Go to"); an empty one leaves
        the action to palette and contexts.
        """
        action = QAction(f"{text}\t{_native(fixed)}" if fixed else text, self._window)
        action.setObjectName(action_id)
        action.setCheckable(checkable)
        own = [_portable(key) for key in ([keys] if isinstance(keys, str) else keys) if key]
        self._own_keys[action_id] = own
        if fixed:
            self._fixed[action_id] = _portable(fixed)
        taken = {key for other, given in self._given.items() if _meet(other, action_id) for key in given}
        held = self._given.get(action_id, [key for key in own if key not in taken])
        action.setShortcuts([QKeySequence(key) for key in held])
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
            self._entries(menu).append(action_id)
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
            del self._own_keys[action_id]
            self._fixed.pop(action_id, None)
            action.deleteLater()
        for name in sorted(self._menus, key=len, reverse=True):  # sub-menus first: an empty one leaves its menu
            self._menus[name] = _tidy(one for one in self._menus[name] if self._is_there(one))

    # --- keys ----------------------------------------------------------------------------------------------------

    def keys_of(self, action_id: str) -> list[str]:
        """The keys an action has now, portable."""
        return [key.toString() for key in self._actions[action_id].shortcuts()]

    def fixed_keys(self, action_id: str) -> str:
        """The keys of an action that nobody can change, or ""."""
        return self._fixed.get(action_id, "")

    def keys_said(self, action_id: str) -> str:
        """Its keys as this computer writes them."""
        return ", ".join(_native(key) for key in [*self.keys_of(action_id), self.fixed_keys(action_id)] if key)

    def has_other_keys(self, action_id: str) -> bool:
        """Whether a person gave it other keys than it came with."""
        return self.keys_of(action_id) != self._own_keys[action_id]

    def holder(self, keys: str, action_id: str) -> str:
        """The id of another action that these keys would clash with, or ""."""
        wanted = _portable(keys)
        others = (one for one in self._actions if one != action_id and _meet(one, action_id))
        return next((one for one in others if wanted in (*self.keys_of(one), self.fixed_keys(one))), "")

    def give_keys(self, action_id: str, keys: Sequence[str]) -> None:
        """Give an action these keys, remembered; another one that has them loses them."""
        wanted = [_portable(key) for key in keys]
        for key in wanted:
            while (other := self.holder(key, action_id)) and key != self.fixed_keys(other):
                self._hold(other, [one for one in self.keys_of(other) if one != key])
        self._hold(action_id, wanted)

    def reset_keys(self, action_id: str) -> None:
        """Give an action the keys it came with; whoever has them now loses them."""
        self.give_keys(action_id, self._own_keys[action_id])

    def reset_all_keys(self) -> None:
        """Every command has the keys it came with, and nothing is remembered."""
        self._given.clear()
        for action_id, own in self._own_keys.items():
            self._actions[action_id].setShortcuts([QKeySequence(key) for key in own])
        self._remember()

    def _hold(self, action_id: str, keys: list[str]) -> None:
        self._actions[action_id].setShortcuts([QKeySequence(key) for key in keys])
        if keys == self._own_keys[action_id]:
            self._given.pop(action_id, None)
        else:
            self._given[action_id] = keys
        self._remember()

    def _remember(self) -> None:
        if self._settings is not None:
            self._settings.remember_shortcuts(self._given)

    # --- menus ---------------------------------------------------------------------------------------------------

    def fill_menu(self, menu: QMenu, name: str) -> None:
        """Put the actions of one menu into a QMenu: "-" is a line, the name of a sub-menu is that sub-menu."""
        for entry in self._menus.get(name, []):
            if entry == "-":
                menu.addSeparator()
            elif entry in self._menus:
                beneath = menu.addMenu(QCoreApplication.translate("Menus", entry.split("/")[-1]))
                beneath.setObjectName(f"menu.{entry}")
                self.fill_menu(beneath, entry)
            else:
                menu.addAction(self._actions[entry])

    def separator(self, menu: str) -> None:
        """A line in a menu."""
        self._entries(menu).append("-")

    def menu_of(self, action_id: str) -> str:
        """The menu an action stands in ("Code/Go to"), or ""."""
        return next((name for name, entries in self._menus.items() if action_id in entries), "")

    def _entries(self, menu: str) -> list[str]:
        """The entries of a menu; a sub-menu stands in its own menu where it is first used."""
        if menu not in self._menus:
            self._menus[menu] = []
        above = menu.rpartition("/")[0]
        if above and menu not in self._entries(above):
            self._entries(above).append(menu)
        return self._menus[menu]

    def _is_there(self, entry: str) -> bool:
        return entry == "-" or entry in self._actions or bool(self._menus.get(entry))

    def _run(self, scope: str, run: Callable[[], object]) -> None:
        self.before(scope)
        run()


def as_menu_text(text: str) -> str:
    """Words of a person as menus and buttons want them: an "&" is an "&" and no mark of a key."""
    return text.replace("&", "&&")


def plain_text(action: QAction) -> str:
    """What an action is called, as it is read."""
    return action.text().partition("\t")[0].replace("&&", "\0").replace("&", "").replace("\0", "&")


def _meet(one: str, other: str) -> bool:
    """Whether the keys of two different actions may be pressed in the same place."""
    scopes = {one.split(".")[0], other.split(".")[0]}
    return one != other and (len(scopes) == 1 or bool(scopes & EVERYWHERE))


def _portable(key: str) -> str:
    return QKeySequence(key).toString()


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def _tidy(entries: Iterable[str]) -> list[str]:
    """Without lines that part nothing."""
    kept: list[str] = []
    for entry in entries:
        if entry != "-" or (kept and kept[-1] != "-"):
            kept.append(entry)
    return kept
