"""The panel that a workspace embeds: numbers, text, lanes. Plain marks go in, signals come out."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from app.ui.transcript.colours import ReadingColours
from app.ui.transcript.columns import SIDE, columns
from app.ui.transcript.cue import Cue
from app.ui.transcript.gathering import Gathering
from app.ui.transcript.going import Going
from app.ui.transcript.gutter import NumberGutter, Numbers
from app.ui.transcript.lanes import LaneMargin
from app.ui.transcript.marks import CodingMark, TurnMark
from app.ui.transcript.minimap import WIDTH, MiniMap
from app.ui.transcript.painted import lower
from app.ui.transcript.setting import GAP, Setting
from app.ui.transcript.spans import SpanIndex
from app.ui.transcript.view import TranscriptView
from app.ui.widgets.labels import PlainLabel

LONG = 30_000
"""Characters of a text that is not wrapped anew at every step while the window is resized."""
SETTLE = 160
"""Milliseconds after the last step until it is."""
PART = 40_000
"""Characters that are laid out in one go while nobody waits."""


class TranscriptPanel(QWidget):
    """One transcript with its codings. Positions are code points, ends exclusive."""

    selectionMade = Signal(int, int)
    typed = Signal(str)
    codingActivated = Signal(str, str)
    codingOpened = Signal(str, str)
    excerptClicked = Signal(str)
    codeDropped = Signal(str, int, int)
    endsMoved = Signal(str, int, int)
    contextMenuWanted = Signal(QPoint, str)
    copyWanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("transcriptPanel")
        self.setProperty("look", "paper")  # wherever it stands: its parts paint their own ground
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.view = TranscriptView(self)
        self.lanes = LaneMargin(self.view, self)
        self.gutter = NumberGutter(self.view, self)
        self.map = MiniMap(self.view, self.restore_place, self)
        self.going = Going(self)
        self.message = PlainLabel("", "quiet", wrap=True, parent=self)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.hide()
        self.cue = Cue(self.view, self)
        self.setFocusProxy(self.view)
        view = self.view
        view.verticalScrollBar().valueChanged.connect(self._follow)
        view.placesChanged.connect(self._follow)
        view.selectionMade.connect(self.selectionMade)
        view.typed.connect(self.typed)
        view.excerptClicked.connect(self.excerptClicked)
        view.codeDropped.connect(self.codeDropped)
        view.endsMoved.connect(self.endsMoved)
        view.contextMenuWanted.connect(self.contextMenuWanted)
        view.copyWanted.connect(self.copyWanted)
        self.lanes.activated.connect(self.codingActivated)
        self.lanes.opened.connect(self.codingOpened)
        self.gutter.taken.connect(self._take_turns)
        self.lanes.pointedAt.connect(self._bring_forward)
        self._say_soon = QTimer(self)
        self._say_soon.setSingleShot(True)
        self._say_soon.setInterval(40)
        self._say_soon.timeout.connect(self._say_what_is_here)
        view.cursorPositionChanged.connect(self._say_soon.start)
        view.viewport().installEventFilter(self)
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.setInterval(SETTLE)
        self._resized.timeout.connect(self._settle)
        self._kept: int | None = None
        """Where one reads while the window is being resized."""
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.timeout.connect(self._lay_out_rest)

    # --- what is shown -------------------------------------------------------------------------------------------

    def set_transcript(self, source_id: str, text: str, turns: Sequence[TurnMark], direction: str = "auto") -> None:
        """Show a transcript at its top, without codings. `direction` ("ltr", "rtl", "auto") is that of lines that
        have no letter to tell it by.
        """
        self.message.hide()
        for part in (self.view, self.lanes, self.gutter, self.map):
            part.show()
        self.view.show_text(source_id, text, turns, direction)
        self.map.show_all()
        self._resized.stop()
        self._kept = None
        self._arrange()
        self._idle.start(300)

    def clear(self, message: str) -> None:
        """Show a sentence where the text would be."""
        self.view.show_text("", "", (), "auto")
        for part in (self.view, self.lanes, self.gutter, self.map):
            part.hide()
        self.message.setText(message)
        self.message.show()

    def set_codings(self, codings: Sequence[CodingMark], hidden: Sequence[CodingMark] = ()) -> None:
        """Show exactly these codings; those hidden count only where it is asked what is coded."""
        self.view.spans, self.view.hidden = SpanIndex(codings), SpanIndex(hidden)
        self.map.show_all()
        self._redraw()

    def take_codings(self, gathered: Gathering) -> None:
        """The same, of codings that were gathered part by part."""
        self.view.spans, self.view.hidden = gathered.spans, gathered.hidden
        self.map.take(gathered.density)
        self._redraw()

    def update_codings(
        self, removed: Sequence[CodingMark], added: Sequence[CodingMark], hidden: Sequence[CodingMark] = ()
    ) -> None:
        """Take some codings out and put others in, shown or hidden; nothing else is computed anew."""
        spans = self.view.spans
        same_place = {mark.key: spans.lane(mark) for mark in removed}
        self.map.change([mark for mark in removed if mark.key in spans.marks], added)
        self.view.hidden.remove(removed)
        self.view.hidden.add(hidden)
        spans.remove(removed)
        spans.add(sorted(added, key=lambda mark: same_place.get(mark.key, 99)))
        self.view.redraw_over(_tinted_otherwise(removed, added))
        if any(mark.interaction for mark in (*removed, *added)):
            self.gutter.update()
        self.lanes.redraw_changed()

    def set_current_excerpt(self, excerpt_id: str | None) -> None:
        """Bring an excerpt forward with its exact ends."""
        self.view.bring_forward(excerpt_id or "", self.view.pointed)
        self._say_soon.start()
        self.lanes.redraw_changed()

    def set_colours(self, colours: ReadingColours) -> None:
        """Take over light or dark."""
        if colours != self.view.colours:
            self.view.colours = colours
            self._set_anew()

    def set_reading(self, family: str, points: int, measure: int, spacing: float) -> None:
        """Set the text in another font, size, measure (characters a line) or line height."""
        setting = Setting(family, points, measure, spacing)
        if setting != self.view.setting:
            self.view.setting = setting
            self._set_anew()

    def set_numbers(self, numbers: str) -> None:
        """Number turns, paragraphs or nothing beside the text."""
        self.gutter.show_numbers(Numbers(numbers) if numbers in list(Numbers) else Numbers.TURNS)

    # --- selecting and going -------------------------------------------------------------------------------------

    def selection(self) -> tuple[int, int]:
        """The selected stretch, or the caret twice."""
        return self.view.selection()

    def select(self, start: int, end: int, *, reveal: bool = True) -> None:
        """Select a stretch and bring it into view."""
        self.view.select(start, end)
        if reveal:
            self.reveal(start)

    def selection_rect(self) -> QRect:
        """The selection in pixels of the screen, as far as it is seen."""
        start, end = self.selection()
        cursor = QTextCursor(self.view.document())
        cursor.setPosition(self.view.offsets.to_qt(start))
        first = self.view.cursorRect(cursor)
        cursor.setPosition(self.view.offsets.to_qt(end))
        last = self.view.cursorRect(cursor)
        seen = first.united(last).intersected(self.view.viewport().rect())
        seen = seen if seen.isValid() else first
        return QRect(self.view.viewport().mapToGlobal(seen.topLeft()), seen.size())

    def reveal(self, position: int) -> None:
        """Bring a position into the upper third of the view, unless it is well in view already."""
        self.cue.lay_out_to(position)
        cursor = QTextCursor(self.view.document())
        cursor.setPosition(self.view.offsets.to_qt(position))
        rect, height = self.view.cursorRect(cursor), self.view.viewport().height()
        if rect.top() < 24 or rect.bottom() > height - 48:
            bar = self.view.verticalScrollBar()
            bar.setValue(bar.value() + rect.top() - height // 3)

    def reading_place(self) -> int:
        """The code point at which the first line that is seen starts."""
        return self.view.visible_span()[0]

    def restore_place(self, position: int) -> None:
        """Go back to where one was reading."""
        if position:
            self.cue.lay_out_to(position)
        at = self.view.offsets.to_qt(position)
        block = self.view.document().findBlock(at)
        top = self.view.document().documentLayout().blockBoundingRect(block).top() if position else 0
        if block.isValid():
            line = block.layout().lineForTextPosition(at - block.position())
            if line.isValid() and line.lineNumber() > 0:
                top = block.layout().position().y() + line.y()
            elif block.blockNumber() in self.view.labels.above:
                top = max(0, top - self.view.setting.label_height() - GAP // 2)
        self.view.verticalScrollBar().setValue(ceil(top))

    def find(self, text: str, forward: bool = True, match_case: bool = False, *, on: bool = True) -> bool:
        """Select the next (or previous) place where the text stands, going round; returns whether there is one.

        Without `on` the place that is selected now counts too: one is still typing what is looked for.
        """
        if not text:
            self.stop_finding()
            return False
        view, needle = self.view, text if match_case else lower(text)
        among = view.seek(text, match_case=match_case)
        cursor = view.textCursor()
        start = view.offsets.from_qt(cursor.selectionStart())
        if forward:
            at = among.find(needle, start + 1 if on and cursor.hasSelection() else start)
            at = among.find(needle) if at < 0 else at
        else:
            at = among.rfind(needle, 0, max(0, start))
            at = among.rfind(needle) if at < 0 else at
        view.found = (at, at + len(text)) if at >= 0 else None
        if at >= 0:
            self.select(at, at + len(text))
        self._redraw()
        return at >= 0

    def stop_finding(self) -> None:
        """Mark no hits any longer."""
        self.view.seek("", match_case=True)
        self.view.found = None
        self._redraw()

    # --- inside --------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wider or narrower: the text keeps its measure and is only moved. Where there is no room for the measure, a
        long text is wrapped anew once the window has its size; the place where one reads stays.
        """
        super().resizeEvent(event)
        if not self.view.text or not self.isVisible():
            self._arrange()
            return
        if self._kept is None:
            self._kept = self.reading_place()
        if len(self.view.text) > LONG:
            self._arrange(wrap=False)
        else:
            self._wrap()
        self._idle.stop()
        self._resized.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The numbers are redrawn with the text, unless only some lines of it are."""
        if isinstance(event, QPaintEvent) and event.rect() == self.view.viewport().rect():
            self.gutter.update()
        return super().eventFilter(watched, event)

    def _take_turns(self, start: int, end: int) -> None:
        """Whole turns were chosen by their numbers."""
        self.view.select(start, end)
        self.view.setFocus()

    def _bring_forward(self, key: str) -> None:
        """Show the exact words of the coding that the mouse points at in the margin."""
        self.view.bring_forward(self.view.current, key)

    def _say_what_is_here(self) -> None:
        """For who does not see tints: the codes of the excerpt brought forward, or of the words at the caret."""
        spans, caret = self.view.spans, self.selection()[0]
        here = [mark for mark in spans.over(*self.view.visible_span()) if mark.excerpt_id == self.view.current]
        said = ", ".join(self._said(mark) for mark in here or spans.over(caret, caret + 1))
        said = self.tr("Excerpt coded as {names}").format(names=said) if said else ""
        if said != self.view.accessibleDescription():
            self.view.setAccessibleDescription(said)

    def _said(self, mark: CodingMark) -> str:
        """A coding in words: its code, and what an eye sees of it in the margin."""
        kind = (mark.kind or self.tr("interaction")) if mark.interaction else ""
        unsure = self.tr("unsure") if mark.unsure else ""
        beside = "; ".join(part for part in (kind, unsure) if part)
        return f"{mark.name} ({beside})" if beside else mark.name

    def _set_anew(self) -> None:
        place = self.reading_place() if self.view.text else 0
        self.view.set_anew()
        self._arrange()
        if place:
            self.restore_place(place)
        self._redraw()

    def _arrange(self, *, wrap: bool = True) -> None:
        """Number gutter, text at its measure, lanes: centred together. Without `wrap` lines stay as they are."""
        room = self.width() - self.view.verticalScrollBar().sizeHint().width() - WIDTH
        left, measure, lanes = columns(room, self.view.setting.measure_pixels())
        if measure != self.view.lineWrapColumnOrWidth():
            if wrap:
                self.view.wrap_at(measure)
            else:
                measure = int(self.view.lineWrapColumnOrWidth())
                lanes = max(0, room - left - measure - SIDE)
        self.view.setGeometry(0, 0, self.width(), self.height())
        self.view.setViewportMargins(left, 0, max(0, room + WIDTH - left - measure), 0)
        self.gutter.setGeometry(0, 0, left, self.height())
        self.lanes.setGeometry(left + measure + SIDE, 0, lanes, self.height())
        self.map.setGeometry(room, 0, WIDTH, self.height())
        self.message.setGeometry(self.rect().adjusted(40, 40, -40, -40))
        for part in (self.gutter, self.lanes, self.map):
            part.raise_()

    def _wrap(self) -> None:
        """Arrange everything, and keep the place if lines are others now."""
        before = self.view.lineWrapColumnOrWidth()
        self._arrange()
        if self._kept and self.view.lineWrapColumnOrWidth() != before:
            self.restore_place(self._kept)

    def _settle(self) -> None:
        """The window has its size."""
        self._wrap()
        self._kept = None
        self._idle.start(300)

    def _redraw(self) -> None:
        self.view.redraw()
        self.gutter.update()
        self.lanes.update()
        self.map.update()

    def _follow(self) -> None:
        self.lanes.update()
        self.gutter.update()
        self.map.update()

    def _lay_out_rest(self) -> None:
        """Lay the rest of a long text out while nobody waits, so that the first jump to its end is quick."""
        self.view.lay_out_to(self.view.laid_out + PART)
        if self.view.laid_out < len(self.view.text):
            self._idle.start(0)


def _tinted_otherwise(removed: Sequence[CodingMark], added: Sequence[CodingMark]) -> list[CodingMark]:
    """The marks under which the words look otherwise now: where only a name is another one, only the margin does."""
    before, after = ({_tint(mark): mark for mark in marks} for marks in (removed, added))
    return [*(mark for look, mark in before.items() if look not in after),
            *(mark for look, mark in after.items() if look not in before)]  # fmt: skip


def _tint(mark: CodingMark) -> tuple[object, ...]:
    return mark.key, mark.excerpt_id, mark.start, mark.end, mark.colour, mark.interaction, mark.kind
