"""Which keys a person may give to a command: not those that writing, moving and the window itself need."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_MODIFIERS = {
    Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr, Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock, Qt.Key.Key_Super_L, Qt.Key.Key_Super_R, Qt.Key.Key_unknown,
    Qt.Key.Key_Multi_key, Qt.Key.Key_Mode_switch,
}  # fmt: skip
_MOVES = {
    Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
    Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
}  # fmt: skip
_CONTROL, _SHIFT, _ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
_TEXT = [QKeySequence(key) for key in ("Ctrl+A", "Ctrl+C", "Ctrl+V", "Ctrl+X")]
_SYSTEM = [QKeySequence(key) for key in ("Alt+F4", "Alt+Tab", "Alt+Shift+Tab", "Ctrl+Alt+Del", "Ctrl+Tab",
                                         "Ctrl+Shift+Tab", "F10", "Shift+F10", "Alt+Space", "Ctrl+Esc", "Alt+Esc",
                                         "Ctrl+Shift+U")]  # fmt: skip
"""Taken by systems or input methods before any program hears of them."""


def pressed_keys(event: QKeyEvent) -> QKeySequence:
    """What was pressed, as a shortcut is written; empty while only Ctrl, Shift or Alt is down."""
    key = Qt.Key(event.key()) if event.key() else Qt.Key.Key_unknown
    if key in _MODIFIERS:
        return QKeySequence()
    held, text = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, event.text()
    if held & _SHIFT and text.isprintable() and text and not text.isalnum() and not text.isspace():
        held &= ~_SHIFT  # "?" is a key of its own, however it is reached
    return QKeySequence(QKeyCombination(held, key))


def why_not(keys: QKeySequence) -> str:
    """Why these keys cannot be given to a command, in a sentence; "" if they can."""
    pressed = keys[0]  # type: ignore[index]
    key, held = pressed.key(), pressed.keyboardModifiers()
    plain = not held & ~_SHIFT
    if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35:
        return _tr("The system needs these keys.") if keys in _SYSTEM else ""
    if plain and (_is_character(key) or key == Qt.Key.Key_Space):
        return _tr("A plain character opens the box for codes. Hold Ctrl or Alt with it.")
    if plain:
        return _tr("This key is needed for writing and moving. Hold Ctrl or Alt with it.")
    if keys in _TEXT or (key in _MOVES and not held & _ALT):
        return _tr("These keys are needed for writing, moving and selecting in text.")
    if keys in _SYSTEM or key == Qt.Key.Key_Tab:
        return _tr("The system needs these keys.")
    if held & _CONTROL and held & _ALT:
        return _tr("Ctrl with Alt writes characters on many keyboards. Take one of the two.")
    return ""


def _is_character(key: Qt.Key) -> bool:
    return key < Qt.Key.Key_Escape  # the keys that are no character begin there


def _tr(text: str) -> str:
    return QCoreApplication.translate("Keys", text)
