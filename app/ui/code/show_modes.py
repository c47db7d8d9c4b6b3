"""Which codings stand in the text: all, those of the chosen code or of one theme, unsure, interactions, none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from app.ui.widgets.choice import ElidingBox
from app.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from app.ui.code.workspace import CodeWorkspace
    from app.ui.transcript.marks import CodingMark

MENU = "View/Show codings"
PLACE = "codings/shown"
LONGEST = 34
"""Letters of a name that the control has room for."""


class Mode(StrEnum):
    """What is shown."""

    ALL = "all"
    CHOSEN = "chosen"
    THEME = "theme"
    UNSURE = "unsure"
    INTERACTION = "interaction"
    NONE = "none"


KEYS = {
    Mode.ALL: "Alt+0", Mode.CHOSEN: "Alt+C", Mode.THEME: "Alt+T", Mode.UNSURE: "Alt+Shift+U",
    Mode.INTERACTION: "Alt+I", Mode.NONE: "Alt+X",
}  # fmt: skip


@dataclass(frozen=True)
class Showing:
    """A mode with the codes that it shows, where it goes by codes."""

    mode: Mode = Mode.ALL
    code_ids: frozenset[str] = frozenset()

    def shows(self, mark: CodingMark) -> bool:
        """Whether this coding stands in the text."""
        match self.mode:
            case Mode.ALL:
                return True
            case Mode.CHOSEN | Mode.THEME:
                return mark.code_id in self.code_ids
            case Mode.UNSURE:
                return mark.unsure
            case Mode.INTERACTION:
                return mark.interaction
        return False

    def parted(self, marks: Iterable[CodingMark]) -> tuple[list[CodingMark], list[CodingMark]]:
        """Those that are shown, and those that are hidden."""
        if self.mode == Mode.ALL:
            return list(marks), []
        shown: list[CodingMark] = []
        hidden: list[CodingMark] = []
        for mark in marks:
            (shown if self.shows(mark) else hidden).append(mark)
        return shown, hidden


class _Told(PlainLabel):
    """Words that give way where there is no room for them: the control beside them says the same."""

    def minimumSizeHint(self) -> QSize:
        """Nothing."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: object) -> None:
        """All of it or none: half a word says nothing."""
        if self.width() >= self.sizeHint().width():
            super().paintEvent(event)  # type: ignore[arg-type]


class ShowBar(QWidget):
    """The control over the text; it says when something is hidden, and brings it back. Remembered for each study."""

    changed = Signal()
    """Other codings are to be shown."""

    def __init__(self, place: CodeWorkspace) -> None:
        super().__init__()
        self.setObjectName("code.showBar")
        self._place = place
        self._theme_id = ""
        self._theme_name = ""
        self.showing = Showing()
        self.told = _Told(self.tr("Other codings are hidden"), "small")
        self.told.setObjectName("code.hiddenTold")
        self.all = QPushButton(self.tr("Show all"))
        self.all.setObjectName("code.showAll")
        self.all.setProperty("look", "link")
        self.all.clicked.connect(lambda: self.choose(Mode.ALL))
        self.combo = _Choice(self._fill)
        self.combo.setObjectName("code.shown")
        self.combo.setAccessibleName(self.tr("Codings shown in the text"))
        self.combo.setToolTip(self.tr("Which codings are shown in the text"))
        self.combo.activated.connect(self._on_chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 16, 2)
        row.setSpacing(8)
        row.addStretch(1)
        for part in (self.told, self.all, self.combo):
            row.addWidget(part)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def restore(self) -> None:
        """Go back to what was shown when the study was left."""
        settings, key = self._place.desk.settings, self._place.desk.study.key
        held, _, theme_id = str(settings.place(key, PLACE, "") or "").partition(":")
        mode = Mode(held) if held in list(Mode) else Mode.ALL
        self._take(mode, theme_id)

    def choose(self, mode: Mode, theme_id: str = "") -> None:
        """Show other codings; the mode that holds already, asked for again, ends."""
        if mode == self.showing.mode and theme_id == self._theme_id:
            mode, theme_id = Mode.ALL, ""
        self._take(mode, theme_id)
        place = self._place
        place.desk.settings.remember_place(
            place.desk.study.key, PLACE, f"{self.showing.mode}:{self._theme_id}" if self._theme_id else str(mode)
        )

    def choose_theme(self) -> None:
        """Open the control at the themes."""
        self.combo.setFocus()
        self.combo.showPopup()

    def follow(self) -> None:
        """Another code is chosen, or a theme has other codes: show what goes with it now."""
        if self.showing.mode in (Mode.CHOSEN, Mode.THEME):
            self._take(self.showing.mode, self._theme_id)

    def hides(self, excerpt_id: str, code_id: str) -> bool:
        """Whether a coding of the transcript is not seen."""
        marks = self._place.marks.get(excerpt_id, [])
        return any(mark.code_id == code_id and not self.showing.shows(mark) for mark in marks)

    # --- inside --------------------------------------------------------------------------------------------------

    def _take(self, mode: Mode, theme_id: str) -> None:
        before = self.showing
        codes: frozenset[str] = frozenset()
        self._theme_id = self._theme_name = ""
        if mode == Mode.CHOSEN:
            codes = self._with_those_beneath(self._place.inspector.code_id or "")
        elif mode == Mode.THEME:
            from app.analysis.themes import theme_and_below, theme_rows

            with self._place.desk.read() as session:
                below = theme_and_below(theme_rows(session), theme_id)
            if below:
                self._theme_id, self._theme_name = theme_id, below[0].name
                codes = frozenset(code_id for row in below for code_id, _ in row.codes)
            else:
                mode = Mode.ALL  # a theme that is gone
        self.showing = Showing(mode, codes)
        self._say()
        if self.showing != before:
            self.changed.emit()

    def _with_those_beneath(self, code_id: str) -> frozenset[str]:
        found = {code_id}
        for code in self._place.codes.values():  # in tree order: parents come first
            if code.parent_id in found:
                found.add(code.id)
        return frozenset(found & self._place.codes.keys())

    def _say(self) -> None:
        mode, actions = self.showing.mode, self._place.desk.actions
        self.combo.clear()
        self.combo.addItem(self._words(mode), (mode, self._theme_id))
        hidden = mode != Mode.ALL
        self.told.setVisible(hidden)
        self.all.setVisible(hidden)
        if mode == Mode.NONE:
            self.told.setText(self.tr("Codings are hidden"))
        elif mode == Mode.CHOSEN and not self.showing.code_ids:
            self.told.setText(self.tr("Choose a code to see its codings"))
        else:
            self.told.setText(self.tr("Other codings are hidden"))
        if self._place.ready:
            actions[f"code.show_{mode}"].setChecked(True)

    def _words(self, mode: Mode) -> str:
        if mode == Mode.CHOSEN:
            code = self._place.codes.get(self._place.inspector.code_id or "")
            return self.tr("Only {name}").format(name=_short(code.name)) if code is not None else MODES[mode]
        if mode == Mode.THEME:
            return self.tr("Theme: {name}").format(name=_short(self._theme_name))
        return _tr(MODES[mode])

    def _fill(self) -> None:
        """All that may be chosen: read when the list is opened."""
        from app.analysis.themes import theme_rows

        with self._place.desk.read() as session:
            themes = theme_rows(session)
        self.combo.clear()
        for mode in Mode:
            if mode != Mode.THEME:
                self.combo.addItem(self._words(mode), (mode, ""))
        if themes:
            self.combo.insertSeparator(self.combo.count())
        for theme in themes:
            name = _short(theme.name)
            self.combo.addItem(
                "    " * theme.depth + self.tr("Theme: {name}").format(name=name), (Mode.THEME, theme.id)
            )
        here = next((at for at in range(self.combo.count()) if self._at(at) == (self.showing.mode, self._theme_id)), 0)
        self.combo.setCurrentIndex(here)

    def _at(self, index: int) -> tuple[Mode, str] | None:
        held = self.combo.itemData(index)
        return (Mode(held[0]), str(held[1])) if held else None

    def _on_chosen(self, index: int) -> None:
        held = self._at(index)
        if held is not None and held != (self.showing.mode, self._theme_id):
            self.choose(*held)
        else:
            self._say()


class _Choice(ElidingBox):
    """A list that is filled when it is opened."""

    def __init__(self, fill: object) -> None:
        super().__init__()
        self._fill = fill
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaximumWidth(300)
        self.setMinimumWidth(120)

    def showPopup(self) -> None:
        """Fill it, wide enough for what stands in it."""
        self._fill()  # type: ignore[operator]
        self.view().setMinimumWidth(min(420, self.view().sizeHintForColumn(0) + 32))
        super().showPopup()

    def keyPressEvent(self, event: object) -> None:
        """Arrows go through all that may be chosen, opened or not."""
        if self.count() < len(Mode) - 1 and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):  # type: ignore[attr-defined]
            self._fill()  # type: ignore[operator]
        super().keyPressEvent(event)  # type: ignore[arg-type]

    def wheelEvent(self, event: object) -> None:
        """One scrolls the text, and must not change by chance what is shown."""
        event.ignore()  # type: ignore[attr-defined]


def add_show_actions(place: CodeWorkspace) -> None:
    """Register the modes, one of which holds."""
    group = QActionGroup(place)
    for mode in Mode:

        def run(mode: Mode = mode) -> None:
            if mode == Mode.THEME:
                place.show_bar.choose_theme()
            else:
                place.show_bar.choose(mode)
            place.desk.actions[f"code.show_{place.show_bar.showing.mode}"].setChecked(True)

        text = _tr(ACTS[mode])
        action = place.desk.actions.add(f"code.show_{mode}", text, run, keys=KEYS[mode], menu=MENU, checkable=True)
        action.setChecked(mode == place.show_bar.showing.mode)
        group.addAction(action)


MODES = {
    Mode.ALL: "All codings", Mode.CHOSEN: "Only the chosen code", Mode.THEME: "One theme",
    Mode.UNSURE: "Unsure codings", Mode.INTERACTION: "Interaction excerpts", Mode.NONE: "No codings",
}  # fmt: skip
ACTS = {
    Mode.ALL: "Show all codings", Mode.CHOSEN: "Show only the chosen code", Mode.THEME: "Show only one theme …",
    Mode.UNSURE: "Show only unsure codings", Mode.INTERACTION: "Show only interaction excerpts",
    Mode.NONE: "Hide all codings",
}  # fmt: skip


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"


def _tr(text: str) -> str:
    return QCoreApplication.translate("ShowModes", text)
