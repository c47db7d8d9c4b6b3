""" "I am now doing ...": one click in the foot of the window, six names in any order, no gate and no percent."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from app.ui.actions import as_menu_text
from app.ui.wording import capital

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.models.kinds import Phase
    from app.study import Notice
    from app.ui.desk import Desk

NOTHING, VISITS = "study.phase.nothing", "study.phase.visits"
PREFIX = "study.phase."
SUB_MENU = "Journal/I am now doing"


@cache
def commands() -> dict[Phase, str]:
    """{phase: the id of the command that goes there}. The window is painted before the models are imported."""
    from app.models.kinds import Phase

    return {phase: f"study.phase.{phase.name.lower()}" for phase in Phase}


class PhaseButton(QToolButton):
    """Says the phase one is in; its menu goes to another one, or to the visits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("foot.phase")
        self.setProperty("look", "chip")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu_ = QMenu(self)
        self.menu_.setObjectName("foot.phase.menu")
        self.setMenu(self.menu_)
        self._desk: Desk | None = None

    def serve(self, desk: Desk, show_visits: Callable[[], object]) -> None:
        """Take over an open study; its commands are in menu and palette too."""
        self._desk = desk
        add = desk.actions.add
        self.menu_.clear()
        for phase, name in commands().items():
            add(name, capital(_tr(phase.value)), lambda phase=phase: self.go(phase), menu=SUB_MENU, checkable=True)
        add(NOTHING, _tr("Nothing in particular"), lambda: self.go(None), menu=SUB_MENU, checkable=True)
        desk.actions.separator(SUB_MENU)
        add(VISITS, _tr("Add or correct visits …"), show_visits, menu=SUB_MENU)
        for name in (*commands().values(), NOTHING):
            desk.actions[name].setEnabled(not desk.study.read_only)
            self.menu_.addAction(desk.actions[name])
        self.menu_.addSeparator()
        self.menu_.addAction(desk.actions[VISITS])
        desk.changed.connect(self._on_change)
        self.refresh()

    def leave(self) -> None:
        """The study is closed."""
        if self._desk is not None:
            self.menu_.clear()
            self._desk.actions.remove(PREFIX)
            self._desk = None

    def go(self, phase: Phase | None) -> None:
        """Say that one is in this phase now, or in none."""
        from app.operations.phases import leave_phase, visit_phase

        if self._desk is None:
            return
        if phase is None:
            self._desk.done(leave_phase)
        else:
            self._desk.run(visit_phase, phase)
        self.refresh()  # a refusal must not leave a wrong tick

    def refresh(self) -> None:
        """Show what the study says."""
        from app.models.kinds import SHORT, Phase

        if self._desk is None:
            return
        said = self._desk.study.phase
        now = Phase(said) if said else None
        words = _tr("I am now doing …") if now is None else _tr("Now: {phase}").format(phase=_tr(SHORT[now]))
        self.setText(as_menu_text(words))
        self.setAccessibleName(words)
        self.setToolTip(_tr("The phase you say you are in: any order, as often as you like") if now is None
                        else capital(_tr(now.value)))  # fmt: skip
        for phase, name in commands().items():
            self._desk.actions[name].setChecked(phase == now)
        self._desk.actions[NOTHING].setChecked(now is None)

    def _on_change(self, notice: Notice) -> None:
        if notice.touches("phase_visit"):
            self.refresh()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Phases", text)
