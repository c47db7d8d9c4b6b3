"""The cheat sheet (F1): every command by its menu with its keys, found by typing, and changed by pressing others."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QKeyCombination, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.ui.actions import Actions, plain_text
from app.ui.keys import pressed_keys, why_not
from app.ui.style.tokens import LIGHT, Tokens
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import PlainLabel
from app.ui.window.menus import MENUS

_ID = Qt.ItemDataRole.UserRole
ROW, HEAD = 26, 34


class ShortcutsDialog(QDialog):
    """All commands of the registry, grouped by menu."""

    def __init__(self, actions: Actions, parent: QWidget, tokens: Tokens = LIGHT) -> None:
        super().__init__(parent)
        self.setObjectName("shortcutsDialog")
        self.setWindowTitle(self.tr("Shortcuts"))
        self.resize(640, 640)
        self._actions, self._tokens = actions, tokens
        self._pressed = ""
        """Keys that were pressed and that another command has."""
        self.filter = QLineEdit()
        self.filter.setObjectName("shortcuts.filter")
        self.filter.setPlaceholderText(self.tr("Find a command or keys …"))
        self.filter.setAccessibleName(self.tr("Find a command or keys"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self._filter)
        self.list = QTreeWidget()
        self.list.setObjectName("shortcuts.list")
        self.list.setAccessibleName(self.tr("Commands and their keys"))
        self.list.setColumnCount(2)
        self.list.setHeaderLabels([self.tr("What it does"), self.tr("Keys")])
        self.list.setRootIsDecorated(False)
        self.list.setIndentation(12)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(False)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.list.itemActivated.connect(lambda *_: self.ask_keys())
        self.field = KeysField()
        self.field.pressed.connect(self._on_pressed)
        self.field.left.connect(self._stop_asking)
        self.take_over = Button("shortcuts.take_over", self.tr("Take the keys over"), self._take_over)
        self.change = Button("shortcuts.change", self.tr("Change keys …"), self.ask_keys)
        self.none = Button("shortcuts.none", self.tr("No keys"), lambda: self._give([]))
        self.reset = Button("shortcuts.reset", self.tr("Reset"), self._reset)
        self.reset_all = Button("shortcuts.reset_all", self.tr("Reset all"), self._reset_all)
        self.said = PlainLabel("", "quiet", wrap=True)
        self.said.setObjectName("shortcuts.said")
        asking = QHBoxLayout()
        asking.addWidget(self.field, 1)
        asking.addWidget(self.take_over)
        row = QHBoxLayout()
        for button in (self.change, self.none, self.reset):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.reset_all)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        shut = buttons.button(QDialogButtonBox.StandardButton.Close)
        shut.setAutoDefault(False)  # Enter in the list asks for keys and does not close
        row.addWidget(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.filter)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.said)
        layout.addLayout(asking)
        layout.addLayout(row)
        self.field.hide()
        self.take_over.hide()
        self._fill()
        self._on_chosen()

    def choose(self, action_id: str) -> None:
        """Choose a command."""
        item = self._items.get(action_id)
        if item is not None:
            self.list.setCurrentItem(item)

    def ask_keys(self) -> None:
        """Ask for other keys of the chosen command."""
        action_id = self._chosen()
        if not action_id or self._actions.fixed_keys(action_id):
            return
        self._say(self.tr("Press the new keys for “{name}”. Esc leaves them as they are.").format(name=self._name()))
        self.take_over.hide()
        self.field.clear()
        self.field.show()
        self.field.setFocus()

    def _fill(self) -> None:
        """A group for each menu and sub-menu, in the order of the menus."""
        self._items: dict[str, QTreeWidgetItem] = {}
        groups: dict[str, tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = {}
        for action in self._actions.all():
            menu = self._actions.menu_of(action.objectName())
            if menu not in groups:
                groups[menu] = self._group(menu), []
            item = QTreeWidgetItem([plain_text(action), ""])
            item.setData(0, _ID, action.objectName())
            item.setSizeHint(0, QSize(0, ROW))
            groups[menu][0].addChild(item)
            groups[menu][1].append(item)
            self._items[action.objectName()] = item
        order = {name: place for place, name in enumerate(MENUS)}
        for menu in sorted(groups, key=lambda menu: order.get(menu.partition("/")[0], len(order))):
            self.list.addTopLevelItem(groups[menu][0])
        self._groups = list(groups.values())
        self.list.expandAll()
        self._write()

    def _group(self, menu: str) -> QTreeWidgetItem:
        said = " › ".join(QCoreApplication.translate("Menus", part) for part in menu.split("/"))
        group = QTreeWidgetItem([said or self.tr("In lists and sheets")])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        group.setSizeHint(0, QSize(0, HEAD))
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        group.setForeground(0, QColor(self._tokens.quiet))
        return group

    def _write(self) -> None:
        """Write the keys of every command; those that were changed are set in bold and said to be."""
        for action_id, item in self._items.items():
            keys, changed = self._actions.keys_said(action_id), self._actions.has_other_keys(action_id)
            item.setText(1, self.tr("{keys} (changed)").format(keys=keys or "–") if changed else keys)
            font = item.font(1)
            font.setBold(changed)
            item.setFont(1, font)
        self.reset_all.setEnabled(any(map(self._actions.has_other_keys, self._items)))

    def _filter(self, typed: str) -> None:
        """Show the commands whose words, menu or keys hold every word that is typed."""
        wanted = typed.casefold().split()
        for group, items in self._groups:
            for item in items:
                said = f"{group.text(0)} {item.text(0)} {item.text(1)}".casefold()
                item.setHidden(not all(word in said for word in wanted))
            group.setHidden(all(item.isHidden() for item in items))

    def _on_chosen(self) -> None:
        action_id = self._chosen()
        fixed = bool(action_id) and bool(self._actions.fixed_keys(action_id))
        for button in (self.change, self.none):
            button.setEnabled(bool(action_id) and not fixed)
        self.none.setEnabled(self.none.isEnabled() and bool(self._actions.keys_of(action_id)))
        self.reset.setEnabled(bool(action_id) and self._actions.has_other_keys(action_id))
        self._stop_asking()
        self._say(self.tr("These keys belong to the text itself and stay.") if fixed else "")

    def _on_pressed(self, keys: QKeySequence) -> None:
        """Give the keys, or say why not; whose they are is said and may be changed."""
        self.take_over.hide()
        refused, action_id = why_not(keys), self._chosen()
        other = "" if refused else self._actions.holder(keys.toString(), action_id)
        shown = keys.toString(QKeySequence.SequenceFormat.NativeText)
        self.field.setText(shown)
        if refused:
            self._say(f"{shown}: {refused}")
        elif not other:
            self._give([keys.toString()])
        else:
            name = plain_text(self._actions[other])
            fixed = bool(self._actions.fixed_keys(other))
            said = self.tr("{keys} is “{name}”, and stays so.") if fixed else self.tr("{keys} is “{name}” already.")
            self._say(said.format(keys=shown, name=name))
            self._pressed = keys.toString()
            self.take_over.setVisible(not fixed)

    def _take_over(self) -> None:
        self._give([self._pressed])

    def _give(self, keys: list[str]) -> None:
        action_id = self._chosen()
        if not action_id:
            return
        self._actions.give_keys(action_id, keys)
        self._after(
            self.tr("“{name}” is {keys} now.").format(name=self._name(), keys=self._actions.keys_said(action_id))
            if keys
            else self.tr("“{name}” has no keys now.").format(name=self._name())
        )

    def _reset(self) -> None:
        if self._chosen():
            self._actions.reset_keys(self._chosen())
            self._after(self.tr("“{name}” has its own keys again.").format(name=self._name()))

    def _reset_all(self) -> None:
        self._actions.reset_all_keys()
        self._after(self.tr("Every command has its own keys again."))

    def _after(self, said: str) -> None:
        self._write()
        self._on_chosen()
        self._say(said)
        self.list.setFocus()

    def _stop_asking(self) -> None:
        asking = self.field.isVisible()
        self.field.hide()
        self.take_over.hide()
        if asking:
            self._say("")
            self.list.setFocus()

    def _chosen(self) -> str:
        item = self.list.currentItem()
        return str(item.data(0, _ID) or "") if item is not None else ""

    def _name(self) -> str:
        return plain_text(self._actions[self._chosen()])

    def _say(self, sentence: str) -> None:
        self.said.setText(sentence)


class KeysField(QLineEdit):
    """Takes whatever keys are pressed as keys and not as text; Esc leaves."""

    pressed = Signal(QKeySequence)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("shortcuts.field")
        self.setReadOnly(True)
        self.setAccessibleName(self.tr("New keys"))
        self.setPlaceholderText(self.tr("Press the keys"))

    def event(self, event: QEvent) -> bool:
        """No shortcut acts while one presses its keys; Tab is a key like any other."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self.keyPressEvent(event)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell what was pressed."""
        keys = pressed_keys(event)
        if keys == QKeySequence(QKeyCombination(Qt.Key.Key_Escape)):
            self.left.emit()
        elif keys == QKeySequence(QKeyCombination(Qt.Key.Key_Tab)):
            self.focusNextChild()  # to the button that takes keys over
        elif not keys.isEmpty():
            self.pressed.emit(keys)
