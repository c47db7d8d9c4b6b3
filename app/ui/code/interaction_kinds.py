"""What people do with each other's words: the kinds put forward, and the menu that asks for one.

The study keeps the word itself, so that one's own stand beside those put forward, and a study reads the same anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QInputDialog, QMenu, QWidget

from app.operations.excerpts import LONGEST_KIND
from app.ui.actions import as_menu_text

KINDS = (
    "builds on", "agrees", "challenges", "shifts view", "asks", "laughs together", "interrupts", "no answer",
)  # fmt: skip
OWN_MOST = 8
"""So many of one's own words are put forward beside them."""


def kind_shown(kind: str) -> str:
    """A kind as the window says it: one's own word stays as it is."""
    return QCoreApplication.translate("InteractionKinds", kind) if kind in KINDS else kind


def build_kind_menu(
    parent: QWidget, used: Sequence[str], now: str, choose: Callable[[str], object], *, untold: bool = False
) -> QMenu:
    """A menu that calls `choose` with a kind. `used` are those of the study; `untold` lets one take the kind away."""
    menu = QMenu(_tr("What people do here"), parent)
    menu.setObjectName("menu.interaction")
    own = [kind for kind in used if kind not in KINDS][:OWN_MOST]
    if now and now not in (*KINDS, *own):
        own.append(now)
    for kinds in (KINDS, own):
        for kind in kinds:
            action = menu.addAction(as_menu_text(kind_shown(kind)))
            action.setObjectName(f"interaction.{kind}")
            action.setCheckable(bool(now))
            action.setChecked(kind == now)
            action.triggered.connect(lambda *_, kind=kind: choose(kind))
        menu.addSeparator()
    menu.addAction(_tr("In your own word …")).triggered.connect(lambda *_: _ask(parent, now, choose))
    if untold:
        menu.addAction(_tr("Not told")).triggered.connect(lambda *_: choose(""))
    return menu


def _ask(parent: QWidget, now: str, choose: Callable[[str], object]) -> None:
    word, given = QInputDialog.getText(
        parent, _tr("Interaction"), _tr("What people do here, in your own word"), text="" if now in KINDS else now
    )
    if given and word.strip():
        choose(" ".join(word.split())[: LONGEST_KIND + 1])


def _tr(text: str) -> str:
    return QCoreApplication.translate("InteractionKinds", text)
