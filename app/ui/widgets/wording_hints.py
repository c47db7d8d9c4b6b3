"""A quiet note beneath a text that goes out: these words say something else than reflexive TA does. It stops nobody."""

from __future__ import annotations

import json
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QPushButton, QTextEdit, QWidget

from app.analysis.wording import Spot, spots
from app.ui.desk import Desk
from app.ui.settings import Settings
from app.ui.transcript.offsets import OffsetMap
from app.ui.widgets.labels import PlainLabel

PAUSE_MS = 700
"""Nobody is spoken to in the middle of a word."""
_PLACE = "wording hidden"
_NOTE_WIDTH = 360


class WordingHints(QWidget):
    """Stands under a field of the researcher's own words, never under words of participants.

    The words are dotted under in the field; the first of them is spoken of here, and "Not here" hides that kind of note
    for this text. `text_key` names the text that the field shows now.
    """

    def __init__(
        self, field: QPlainTextEdit | QLineEdit, desk: Desk, text_key: Callable[[], str], *, in_journal: bool = False
    ) -> None:
        super().__init__()
        self._field, self._desk, self._text_key, self._in_journal = field, desk, text_key, in_journal
        self._first: Spot | None = None
        self._made = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.look)
        field.textChanged.connect(self._timer.start)
        field.installEventFilter(self)
        self.hide()

    def look(self) -> None:
        """Read the text as it is now and say what there is to say, or nothing."""
        self._timer.stop()
        met = spots(self._words()) if self._wanted() else []
        if met:
            hidden = hidden_in(self._desk.settings, self._desk.study.key, self._text_key())
            met = [spot for spot in met if spot.hint.key not in hidden]
        self._first = met[0] if met else None
        self._underline(met)
        if self._first is not None:
            self._make()
            hint = self._first.hint
            words = " ".join(self._first.words.split())
            self.said.setText(
                self.tr("“{words}”: {why} Perhaps: {instead}.").format(words=words, why=hint.why, instead=hint.instead)
            )
        self.setVisible(self._first is not None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field that goes takes its note along."""
        if watched is self._field and event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._timer.start(0)
        return super().eventFilter(watched, event)

    def _words(self) -> str:
        return self._field.toPlainText() if isinstance(self._field, QPlainTextEdit) else self._field.text()

    def _wanted(self) -> bool:
        settings = self._desk.settings
        on = settings.wording_hints and (settings.wording_hints_in_journal or not self._in_journal)
        return on and not self._desk.study.read_only and not self._field.isHidden()

    def _make(self) -> None:
        """Its parts, once there is something to say: most texts never need them."""
        if self._made:
            return
        self._made = True
        self.said = PlainLabel("", "small", wrap=True)
        self.said.setObjectName(f"{self._field.objectName()}.wording")
        self.not_here = QPushButton(self.tr("Not here"))
        self.not_here.setObjectName(f"{self._field.objectName()}.notHere")
        self.not_here.setProperty("look", "link")
        self.not_here.setAccessibleName(self.tr("Not here: hide this note for this text"))
        self.not_here.setToolTip(self.tr("Hide this note for this text"))
        self.not_here.clicked.connect(self._hide_here)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 0, 2)
        row.setSpacing(8)
        row.addWidget(self.said, 1)
        row.addWidget(self.not_here, 0, Qt.AlignmentFlag.AlignTop)

    def _hide_here(self) -> None:
        if self._first is None:
            return
        hide_in(self._desk.settings, self._desk.study.key, self._text_key(), self._first.hint.key)
        self._field.setFocus()
        self.look()

    def _underline(self, met: list[Spot]) -> None:
        """Dots under the words; they are no part of the text."""
        if not isinstance(self._field, QPlainTextEdit):
            return
        looks = QTextCharFormat()
        looks.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        looks.setUnderlineColor(QColor(self._desk.tokens.quiet))
        offsets = OffsetMap(self._words())
        marks = []
        for spot in met:
            mark = QTextEdit.ExtraSelection()
            mark.cursor = QTextCursor(self._field.document())
            mark.cursor.setPosition(offsets.to_qt(spot.start))
            mark.cursor.setPosition(offsets.to_qt(spot.end), QTextCursor.MoveMode.KeepAnchor)
            mark.format = looks
            marks.append(mark)
        self._field.setExtraSelections(marks)


class WordingNote(WordingHints):
    """The same for a field of one line at the foot of the window: it lies over what is above it and moves nothing."""

    def __init__(self, field: QLineEdit, desk: Desk, text_key: Callable[[], str]) -> None:
        super().__init__(field, desk, text_key)
        self.setParent(field.window())
        self.setObjectName(f"{field.objectName()}.note")
        self.setProperty("look", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def look(self) -> None:
        """Read the line, and stand above it if there is something to say."""
        super().look()
        if self._first is not None:
            self._stand()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go along with the field, and go with it."""
        if watched is self._field and self._first is not None:
            if event.type() == QEvent.Type.HideToParent:
                self._first = None
                self.hide()
            elif event.type() in (QEvent.Type.Move, QEvent.Type.Resize):
                self._timer.start(0)
        return super().eventFilter(watched, event)

    def _make(self) -> None:
        if not self._made:
            super()._make()
            self.layout().setContentsMargins(12, 8, 8, 8)  # type: ignore[union-attr]
            self.setTabOrder(self._field, self.not_here)

    def _stand(self) -> None:
        field, window = self._field, self.window()
        wide = min(max(field.width(), _NOTE_WIDTH), window.width() - 32)
        self.ensurePolished()
        high = self.layout().totalHeightForWidth(wide)  # type: ignore[union-attr]
        corner = field.mapTo(window, field.rect().topRight())
        self.setGeometry(max(16, corner.x() + 1 - wide), max(0, corner.y() - high - 12), wide, high)
        self.raise_()


def look_again(window: QWidget) -> None:
    """What is preferred has changed: every note of a window looks again."""
    for note in window.findChildren(WordingHints):
        note.look()


def hidden_in(settings: Settings, study_key: str, text_key: str) -> frozenset[str]:
    """The kinds of notes that are hidden for a text. It is no change of the study."""
    return frozenset(_hidden(settings, study_key).get(text_key, ()))


def hide_in(settings: Settings, study_key: str, text_key: str, kind: str) -> None:
    """Hide one kind of note for one text, for ever."""
    held = _hidden(settings, study_key)
    held[text_key] = sorted({*held.get(text_key, ()), kind})
    settings.remember_place(study_key, _PLACE, json.dumps(held))


def _hidden(settings: Settings, study_key: str) -> dict[str, list[str]]:
    try:
        held = json.loads(str(settings.place(study_key, _PLACE, "{}")))
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}
