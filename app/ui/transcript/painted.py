"""How the text looks: tints under the words, names above them, hits, the ends of the excerpt brought forward.

Only for the blocks that are seen. Positions are code points, or Qt's units where it is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QTextBlock, QTextCursor
from PySide6.QtWidgets import QWidget

from app.ui.transcript.caret import CaretRest
from app.ui.transcript.colours import LIGHT_READING, ReadingColours
from app.ui.transcript.marks import CodingMark, TurnMark
from app.ui.transcript.seen import SHORT, SeenText
from app.ui.transcript.setting import INSIDE_BEFORE, Labels, Setting
from app.ui.transcript.spans import SpanIndex
from app.ui.transcript.tints import Coloured, tints

REACH = 6
"""How near (in pixels) the mouse must be to the end of an excerpt to take hold of it."""

MOST_RECTS = 4_000
"""Stretches of which one remembers where they lie: more than are seen at once."""


class PaintedText(SeenText):
    """A text with its turns and codings as they are drawn."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ""
        self.turns: Sequence[TurnMark] = ()
        self.spans = SpanIndex()
        self.colours: ReadingColours = LIGHT_READING
        self.setting = Setting()
        self.labels = Labels()
        self.forget_marks()

    def forget_marks(self) -> None:
        """Another text: nothing of what was marked in the one before."""
        self.rest = CaretRest(self.text, self.turn_at)
        self.spans = SpanIndex()
        self.hidden = SpanIndex()
        """The codings that are there and not shown."""
        self.current = self.pointed = ""
        """The excerpt brought forward, and the key of the mark that the mouse points at."""
        self.found: tuple[int, int] | None = None
        self.dragged: tuple[str, int, int, bool] | None = None
        """The excerpt of which an end is held, where it lies by now, and whether it is its end that is held."""
        self.dragged_marks: list[CodingMark] = []
        self._sought = ("", False)
        self._lowered: str | None = None
        self._grounds: dict[int, list[tuple[QColor, QRect]]] = {}
        self._rects: dict[tuple[int, int], list[QRectF]] = {}
        """Where stretches lie in the document: one more coding leaves most of them as they are."""

    def turn_at(self, position: int) -> TurnMark | None:
        """The turn whose label or words hold this position, or the one before it."""
        low, high = 0, len(self.turns)
        while low < high:
            middle = (low + high) // 2
            if self.turns[middle].label_start <= position:
                low = middle + 1
            else:
                high = middle
        return self.turns[low - 1] if low else None

    def codings_over(self, start: int, end: int) -> list[CodingMark]:
        """The codings that touch [start, end), whether they are shown or not, in the order of their starts."""
        hidden = self.hidden.over(start, end)
        shown = self.spans.over(start, end)
        return sorted([*shown, *hidden], key=lambda mark: mark.start) if hidden else shown

    def redraw(self) -> None:
        """Draw anew after other marks, another current excerpt, or an end that is being dragged."""
        self._grounds.clear()
        self.viewport().update()

    def redraw_over(self, marks: Sequence[CodingMark]) -> None:
        """The same where only what lies under these marks is other now: the rest of what is seen stays as it is."""
        kept: dict[int, list[tuple[QColor, QRect]]] = {}
        width = self.viewport().width()
        for block, place in self.visible_blocks():
            number, unit = block.blockNumber(), block.position()
            start, end = self.offsets.from_qt(unit), self.offsets.from_qt(unit + block.length())
            touching = [mark for mark in marks if mark.start < end and mark.end > start]
            if touching:
                top, bottom = self._lines_under(touching, start, end, place)
                self.viewport().update(QRect(0, floor(top) - 4, width, ceil(bottom - top) + 8))
            elif number in self._grounds:
                kept[number] = self._grounds[number]
        self._grounds = kept

    def _lines_under(self, marks: list[CodingMark], start: int, end: int, place: QRectF) -> tuple[float, float]:
        """Top and bottom of the lines of a block [start, end) that marks touch, and of what stands above these."""
        top = min(place.top() if mark.start <= start else self.line_edge(mark.start, bottom=False) for mark in marks)
        bottom = max(place.bottom() if mark.end >= end else self.line_edge(mark.end, bottom=True) for mark in marks)
        above = self.setting.label_height() if any(mark.interaction for mark in marks) else 0
        return min(top, place.top() if above else top) - above, bottom

    def bring_forward(self, excerpt_id: str, pointed: str) -> None:
        """Bring an excerpt forward, or the mark of this key that the mouse points at."""
        if (excerpt_id, pointed) == (self.current, self.pointed):
            return
        excerpts, keys = {excerpt_id, self.current}, {pointed, self.pointed}
        here = self.spans.over(*self.visible_span())
        self.current, self.pointed = excerpt_id, pointed
        self.redraw_over([mark for mark in here if mark.excerpt_id in excerpts or mark.key in keys])

    def forget_places(self) -> None:
        """The grounds stand elsewhere too."""
        super().forget_places()
        self._grounds.clear()
        self._rects.clear()

    # --- painting ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tints, then the words, then the labels over them."""
        painter = QPainter(self.viewport())
        scrolled = self.verticalScrollBar().value()
        top, bottom = event.rect().top(), event.rect().bottom()
        for block, place in self.visible_blocks():
            if place.bottom() + 4 < top or place.top() - 4 > bottom:
                continue
            for colour, rect in self._grounds_of(block):
                painter.fillRect(rect.translated(0, -scrolled), colour)
        painter.end()
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        kinds, above = self.kinds_seen(), self.setting.label_height() + 4
        for block, place in self.visible_blocks():
            if place.bottom() + 4 < top or place.top() - above > bottom:
                continue
            turn = self.labels.above.get(block.blockNumber())
            if turn is not None:
                self._paint_label(painter, block, place, turn, " · ".join(kinds.get(block.blockNumber(), ())))
            for begun in self.labels.inside.get(block.blockNumber(), ()):
                self._paint_label_inside(painter, block, begun)
        if self.current:
            self._paint_ends(painter)
        painter.end()

    def kinds_seen(self) -> dict[int, list[str]]:
        """{number of a block: what people do in the interactions that begin in it}, of those that are seen."""
        kinds: dict[int, list[str]] = {}
        for mark in self.spans.over(*self.visible_span()):
            if mark.interaction:
                begins = self.document().findBlock(self.offsets.to_qt(mark.start)).blockNumber()
                here = kinds.setdefault(begins, [])
                kind = mark.kind or self.tr("interaction")
                if kind not in here:
                    here.append(kind)
        return kinds

    def _grounds_of(self, block: QTextBlock) -> list[tuple[QColor, QRect]]:
        """The coloured rectangles under a block, in the document: kept until marks or lines change, so that
        scrolling computes nothing. A block longer than the view is computed for what is seen of it.
        """
        number = block.blockNumber()
        kept = self._grounds.get(number)
        if kept is not None:
            return kept
        short = block.layout().lineCount() <= SHORT
        grounds = self._compute_grounds(block, None if short else self.visible_span())
        if short:
            self._grounds[number] = grounds
        return grounds

    def _compute_grounds(self, block: QTextBlock, seen: tuple[int, int] | None) -> list[tuple[QColor, QRect]]:
        start = self.offsets.from_qt(block.position())
        end = self.offsets.from_qt(block.position() + block.length() - 1)
        if seen is not None:
            start, end = max(seen[0], start), min(seen[1], end)
        if end < start:
            return []
        forward = "" if self.pointed else self.current  # one at a time: what the mouse points at goes first
        marks = [
            Coloured(*self.dragged_span(mark), mark.colour, mark.key == self.pointed or mark.excerpt_id == forward)
            for mark in {*self.spans.over(start, end), *self.dragged_marks}
        ]
        stretches = [(tint.colour, tint.start, tint.end) for tint in tints(marks, start, end, self.colours)]
        stretches += [(QColor(self.colours.found), *hit) for hit in self._hits(start, end)]
        rooms = {self._words_before(turn): turn for turn in self.labels.inside.get(block.blockNumber(), ())}
        grounds = []
        for colour, first, last in stretches:
            rects = self._rects_of(block, first, last, kept=seen is None)
            if last in rooms and rects:  # the next speaker's name stands on no ground of these words
                taken = self.setting.inside_width(rooms[last].speaker)
                rects = [*rects[:-1], rects[-1].adjusted(0, 0, -taken, 0)]
            grounds += [(colour, _whole(rect)) for rect in rects]
        return grounds

    def _rects_of(self, block: QTextBlock, start: int, end: int, *, kept: bool) -> list[QRectF]:
        rects = self._rects.get((start, end)) if kept else None
        if rects is None:
            scrolled = self.verticalScrollBar().value()
            seen = self.line_rects(block, self.offsets.to_qt(start), self.offsets.to_qt(end))
            rects = [rect.translated(0, scrolled) for rect in seen]
            if kept:
                if len(self._rects) > MOST_RECTS:
                    self._rects.clear()
                self._rects[start, end] = rects
        return rects

    # --- finding -------------------------------------------------------------------------------------------------

    def seek(self, words: str, *, match_case: bool) -> str:
        """Mark every place of these words ("" none). Returns the text to look in, of the same length as the text."""
        self._sought = (words if match_case else lower(words), match_case)
        if match_case:
            return self.text
        if self._lowered is None:
            self._lowered = lower(self.text)
        return self._lowered

    @property
    def sought(self) -> tuple[str, bool]:
        """What is marked wherever it stands ("" nothing), and whether case matters."""
        return self._sought

    def hits_apart(self, step: int) -> list[int]:
        """One place of what is sought in each stretch of so many code points that has any; labels do not count."""
        words, match_case = self._sought
        among = self.text if match_case else self._lowered or ""
        places: list[int] = []
        at = among.find(words) if words else -1
        while at >= 0:
            if self.rest.instead(at) in (at, None):
                places.append(at)
                at = among.find(words, max(at + 1, (at // step + 1) * step))
            else:
                at = among.find(words, at + len(words))
        return places

    def _hits(self, start: int, end: int) -> list[tuple[int, int]]:
        """The places of what is sought that touch [start, end), but in labels, which are not seen as words."""
        words, match_case = self._sought
        hits: list[tuple[int, int]] = []
        if not words:
            return hits
        among = self.text if match_case else self._lowered or ""
        at = among.find(words, max(0, start - len(words) + 1))
        while 0 <= at < end:
            if self.rest.instead(at) in (at, None):
                hits.append((at, at + len(words)))
            at = among.find(words, at + len(words))
        return hits

    def _holds_hit(self, turn: TurnMark) -> bool:
        words, match_case = self._sought
        return bool(words) and words in (turn.speaker if match_case else lower(turn.speaker))

    def _paint_label(self, painter: QPainter, block: QTextBlock, place: QRectF, turn: TurnMark, kinds: str) -> None:
        """Name and time; at the other end of the line what people do in an interaction that begins here."""
        top = place.top() - self.setting.label_height()
        font = self.setting.label_font()
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        name = turn.speaker or self.tr("Unknown speaker")
        width = painter.fontMetrics().horizontalAdvance(name)
        line = QRectF(0, top, self.lineWrapColumnOrWidth(), self.setting.label_height() - 2)
        rtl = _right_to_left(block)
        if self._holds_hit(turn):
            beside = line.adjusted(line.width() - width, 0, 0, 0) if rtl else QRectF(0, top, width, line.height())
            painter.fillRect(beside, QColor(self.colours.found))
        painter.setPen(QColor(self.colours.moderator if turn.moderator or not turn.speaker else self.colours.label))
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        painter.drawText(line, int(side | Qt.AlignmentFlag.AlignVCenter), name)
        if turn.time:
            font.setWeight(QFont.Weight.Normal)
            painter.setFont(font)
            painter.setPen(QColor(self.colours.quiet))
            beside = line.adjusted(0, 0, -width - 10, 0) if rtl else line.adjusted(width + 10, 0, 0, 0)
            painter.drawText(beside, int(side | Qt.AlignmentFlag.AlignVCenter), turn.time)
            width += 10 + painter.fontMetrics().horizontalAdvance(turn.time)
        if kinds:
            used = width + 20
            self._paint_kinds(painter, line.adjusted(0 if rtl else used, 0, -used if rtl else 0, 0), kinds, rtl=rtl)

    def _paint_kinds(self, painter: QPainter, room: QRectF, kinds: str, *, rtl: bool) -> None:
        font = self.setting.label_font()
        font.setItalic(True)
        painter.setFont(font)
        painter.setPen(QColor(self.colours.quiet))
        shown = painter.fontMetrics().elidedText(kinds, Qt.TextElideMode.ElideRight, int(room.width()))
        side = Qt.AlignmentFlag.AlignLeft if rtl else Qt.AlignmentFlag.AlignRight
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), shown)

    def _paint_label_inside(self, painter: QPainter, block: QTextBlock, turn: TurnMark) -> None:
        """Who goes on inside a line, in the room that the setting left there, after a thin rule."""
        place = self.label_inside(block, turn)
        if place is None:
            return
        font = self.setting.label_font()
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.fillRect(QRectF(place.left() + 5, place.top() + 3, 1, place.height() - 6), QColor(self.colours.quiet))
        painter.setPen(QColor(self.colours.moderator if turn.moderator or not turn.speaker else self.colours.label))
        words = place.adjusted(INSIDE_BEFORE, 0, 0, 0)
        name = self.setting.inside_name(turn.speaker)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), name)

    def label_inside(self, block: QTextBlock, turn: TurnMark) -> QRectF | None:
        """The room for the name of a turn that begins inside a line, in the viewport."""
        before = self._words_before(turn)
        width = self.setting.inside_width(turn.speaker)
        rects = self.line_rects(block, self.offsets.to_qt(before - 1), self.offsets.to_qt(before))
        if not rects:
            return None
        return QRectF(rects[-1].right() - width, rects[-1].top(), width, rects[-1].height())

    def _words_before(self, turn: TurnMark) -> int:
        """Where the words before a turn end."""
        before = turn.start
        while before and self.text[before - 1].isspace():
            before -= 1
        return before

    def _paint_ends(self, painter: QPainter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.colours.focus))
        for rect in self.handles().values():
            painter.drawRoundedRect(rect.adjusted(REACH - 1, 0, -REACH + 1, 0), 1, 1)

    def handles(self) -> dict[bool, QRect]:
        """Where the two ends of the current excerpt can be taken hold of: {is it the end?: place}."""
        mark = next((one for one in self.spans.over(*self.visible_span()) if one.excerpt_id == self.current), None)
        if mark is None:
            return {}
        start, end = self.dragged_span(mark)
        places = {}
        for is_end, position in ((False, start), (True, end)):
            cursor = QTextCursor(self.document())
            cursor.setPosition(self.offsets.to_qt(position))
            rect = self.cursorRect(cursor)
            places[is_end] = QRect(rect.left() - REACH, rect.top() - 2, 2 * REACH + 1, rect.height() + 4)
        return places

    def dragged_span(self, mark: CodingMark) -> tuple[int, int]:
        if self.dragged is not None and self.dragged[0] == mark.excerpt_id:
            return self.dragged[1], self.dragged[2]
        return mark.start, mark.end


def _whole(rect: QRectF) -> QRect:
    """On whole pixels, which are painted in a fifth of the time; neighbours neither overlap nor leave a gap."""
    left, top = round(rect.left()), round(rect.top())
    return QRect(left, top, round(rect.right()) - left, round(rect.bottom()) - top)


def _right_to_left(block: QTextBlock) -> bool:
    return block.textDirection() == Qt.LayoutDirection.RightToLeft


def lower(text: str) -> str:
    """Lower case of the same length, so that offsets stay what they are."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
