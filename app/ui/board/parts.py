"""Cards and piles as things on the board, painted from texts that were set once."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap, QStaticText
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from app.analysis.board import Heard
from app.analysis.board_layout import CardPicture, PilePicture
from app.analysis.map_layout import Box
from app.models.kinds import CodeRole, CodeStatus, ThemeKind, ThemeStatus
from app.ui.board.wording import heard_words, pile_about
from app.ui.style.icons import sign_pixmap
from app.ui.style.tokens import Tokens
from app.ui.themes.wording import word
from app.ui.widgets.labels import as_plain

PILE, CARD, CARRIED = 0.0, 10.0, 100.0
"""What lies over what; a pile in a pile one higher."""
READABLE, TILES = 0.5, 0.3
"""Zoomed out further than this, small words are left out; then all words: nobody could read them, and all is seen."""
_ROUND = 6.0


class Ink:
    """Pens, brushes and fonts of the board, made once for the colours of the window."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.text, self.quiet = QPen(QColor(tokens.text)), QPen(QColor(tokens.quiet))
        self.raised, self.panel = QBrush(QColor(tokens.raised)), QBrush(QColor(tokens.panel))
        self.chosen, self.hover = QBrush(QColor(tokens.chosen)), QBrush(QColor(tokens.hover))
        self.edge, self.line = _pen(tokens.edge, 1.0), _pen(tokens.line, 1.0)
        self.accent, self.focus = _pen(tokens.accent, 2.0), _pen(tokens.focus, 2.0)
        self.same = _pen(tokens.accent, 1.5, Qt.PenStyle.DashLine)
        self.working = _pen(tokens.quiet, 1.2, Qt.PenStyle.DashLine)
        self.umbrella = _pen(tokens.quiet, 1.6)
        self.name, self.small = _font(13), _font(11)
        self.title, self.under = _font(15, strong=True), _font(14, strong=True)
        self.loose = _font(12, strong=True)


class Part(QGraphicsItem):
    """Anything on the board. Its place is the upper left corner of its box."""

    def __init__(self, ink: Ink) -> None:
        super().__init__()
        self.ink = ink
        self.chosen = False
        self.at_hand = False
        self.hot = False
        """Whether what is carried would land here."""
        self.faint = False
        """Whether a search looks for something else."""
        self._bounds = QRectF()

    def boundingRect(self) -> QRectF:
        """The box with its outline."""
        return self._bounds

    def mark(self, *, chosen: bool, at_hand: bool) -> None:
        """Say whether it is chosen, and whether the keyboard stands on it."""
        if (chosen, at_hand) != (self.chosen, self.at_hand):
            self.chosen, self.at_hand = chosen, at_hand
            self.update()

    def set_faint(self, faint: bool) -> None:
        """Step back, or come forward again."""
        if faint != self.faint:
            self.faint = faint
            self.setOpacity(0.28 if faint else 1.0)

    def _put(self, box: Box) -> None:
        size = QRectF(0, 0, box.width, box.height).adjusted(-3, -3, 3, 3)
        if size != self._bounds:
            self.prepareGeometryChange()
            self._bounds = size
        if (self.x(), self.y()) != (box.x, box.y):
            self.setPos(box.x, box.y)


class CardPart(Part):
    """A code."""

    picture: CardPicture
    heard: Heard | None

    def __init__(self, picture: CardPicture, heard: Heard | None, ink: Ink) -> None:
        super().__init__(ink)
        self.same = False
        """Whether the code that is chosen elsewhere lies here too."""
        self.setZValue(CARD)
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)  # a pan then costs no Python at all
        self._show(picture, heard)

    def show_card(self, picture: CardPicture, heard: Heard | None) -> None:
        """Show this; what is the same is not drawn anew."""
        before, heard_before = self.picture, self.heard
        if (picture.code, picture.role, picture.also, heard) != (before.code, before.role, before.also, heard_before):
            self._show(picture, heard)
            self.update()
        else:
            self.picture = picture
            self._put(picture.box)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:  # noqa: ARG002
        """Ground, sign, name, and who stands behind it; with its role in a theme."""
        ink, box = self.ink, self.picture.box
        scale = painter.worldTransform().m11()
        painter.setPen(ink.accent if self.chosen or self.hot else ink.edge)
        painter.setBrush(ink.chosen if self.chosen else ink.raised)
        frame = QRectF(0.5, 0.5, box.width - 1, box.height - 1)
        if scale < TILES:
            painter.drawRect(frame)
            painter.fillRect(QRectF(8, 8, 40, box.height - 16), self._colour)
            return
        painter.drawRoundedRect(frame, _ROUND, _ROUND)
        if self.same and not self.chosen:
            painter.setPen(ink.same)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(2, 2, -2, -2), _ROUND - 2, _ROUND - 2)
        if self.at_hand:
            painter.setPen(ink.focus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(-1, -1, 1, 1), _ROUND + 1, _ROUND + 1)
        painter.drawPixmap(QPointF(8, 8), self._sign)
        painter.setPen(ink.quiet if self._quiet else ink.text)
        painter.setFont(ink.name)
        for number, line in enumerate(self._name):
            painter.drawStaticText(QPointF(36, 4 + number * 16 + self._lift), line)
        if scale < READABLE:
            return
        painter.setPen(ink.quiet)
        painter.setFont(ink.small)
        painter.drawStaticText(QPointF(36, 38), self._heard)
        if self._role is not None:
            painter.drawStaticText(QPointF(box.width - 8 - self._role.size().width(), 38), self._role)
            _paint_role(painter, self.picture.role, box.width - 20 - self._role.size().width(), 45.5, ink)

    def _show(self, picture: CardPicture, heard: Heard | None) -> None:
        self.picture, self.heard = picture, heard
        code, ink = picture.code, self.ink
        room = picture.box.width - 36 - 8
        lines = _two_lines(code.name, ink.name, room)
        self._lift = 0 if len(lines) > 1 else 6
        self._name = [_static(line, ink.name) for line in lines]
        self._heard = _static(heard_words(heard, short=True), ink.small)
        self._role = _static(word(picture.role), ink.small) if picture.role is not None else None
        self._colour = QColor(code.colour)
        self._sign: QPixmap = sign_pixmap(code.sign, code.colour)
        self._quiet = code.status != CodeStatus.ACTIVE
        self.setToolTip(as_plain("\n".join(part for part in (code.path, code.brief, heard_words(heard)) if part)))
        self._put(picture.box)


class PilePart(Part):
    """A theme or a working pile; one takes hold of its head."""

    picture: PilePicture

    def __init__(self, picture: PilePicture, ink: Ink) -> None:
        super().__init__(ink)
        self._show(picture)

    def show_pile(self, picture: PilePicture) -> None:
        """Show this; what is the same is not drawn anew."""
        before = self.picture
        if (picture.title, picture.theme, picture.empty, picture.box.width, picture.depth) != (
            before.title, before.theme, before.empty, before.box.width, before.depth,
        ):  # fmt: skip
            self._show(picture)
            self.update()
        else:
            self.picture = picture
            self._put(picture.box)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:  # noqa: ARG002
        """Ground and head. A working pile has a broken line round it, an overarching theme a strong one."""
        ink, picture = self.ink, self.picture
        frame = QRectF(0.5, 0.5, picture.box.width - 1, picture.box.height - 1)
        painter.setPen(ink.accent if self.chosen or self.hot else self._outline)
        painter.setBrush(ink.chosen if self.hot else self._ground)
        painter.drawRoundedRect(frame, 10, 10)
        if self.at_hand:
            painter.setPen(ink.focus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(frame.adjusted(-1, -1, 1, 1), 11, 11)
        if painter.worldTransform().m11() < TILES and picture.depth:
            return
        painter.setPen(ink.quiet if self._quiet else ink.text)
        painter.setFont(self._font)
        for number, line in enumerate(self._title):
            painter.drawStaticText(QPointF(14, self._top + number * 19), line)
        painter.setPen(ink.quiet)
        painter.setFont(ink.small)
        painter.drawStaticText(QPointF(14, self._about_at), self._about)
        if picture.empty:
            painter.drawStaticText(QPointF(14, self._about_at + 32), self._nothing)

    def _show(self, picture: PilePicture) -> None:
        self.picture, ink, theme = picture, self.ink, picture.theme
        self.setZValue(PILE + picture.depth)
        room = picture.box.width - 28
        self._font = ink.loose if theme is None else (ink.title if picture.depth == 0 else ink.under)
        about = pile_about(picture)
        lines = _two_lines(picture.title or pile_about(picture), self._font, room)
        lines = lines[:1] if theme is None else lines
        self._title = [_static(line, self._font) for line in lines]
        self._top = 9.0 if theme is None or len(lines) > 1 else 14.0
        self._about = _static(_elided(about, ink.small, room) if theme is not None else "", ink.small)
        self._about_at = 49.0 if len(lines) > 1 else 38.0
        self._nothing = _static(_elided(pile_about(picture, nothing=True), ink.small, room), ink.small)
        umbrella = theme is not None and theme.kind == ThemeKind.OVERARCHING
        self._outline = ink.working if theme is None else ink.umbrella if umbrella else ink.edge
        self._ground = ink.panel if picture.depth % 2 == 0 else ink.hover
        self._quiet = theme.status == ThemeStatus.LET_GO if theme is not None else not picture.title
        self.setToolTip(as_plain("\n".join(one for one in (picture.title, theme.concept if theme else "") if one)))
        self._put(picture.box)


def _paint_role(painter: QPainter, role: CodeRole | None, x: float, y: float, ink: Ink) -> None:
    """A full disc is core, an open one part, a halved one contrast."""
    disc = QRectF(x, y - 4, 8, 8)
    painter.setPen(ink.quiet)
    painter.setBrush(ink.quiet.color() if role == CodeRole.CORE else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(disc)
    if role == CodeRole.CONTRAST:
        painter.setBrush(ink.quiet.color())
        painter.drawPie(disc, 90 * 16, 180 * 16)


def _font(size: int, *, strong: bool = False) -> QFont:
    font = QFont()
    font.setPixelSize(size)
    if strong:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def _pen(colour: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    pen = QPen(QColor(colour), width, style)
    pen.setCosmetic(True)
    return pen


def _static(text: str, font: QFont) -> QStaticText:
    """Plain words, set once."""
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    made.prepare(font=font)
    return made


@cache
def _metrics(size: int, weight: int) -> QFontMetricsF:
    font = QFont()
    font.setPixelSize(size)
    font.setWeight(QFont.Weight(weight))
    return QFontMetricsF(font)


def _elided(text: str, font: QFont, room: float) -> str:
    flat = " ".join(text.split())
    return _metrics(font.pixelSize(), font.weight()).elidedText(flat, Qt.TextElideMode.ElideRight, room)


def _two_lines(text: str, font: QFont, room: float) -> list[str]:
    """The words in at most two lines: the first broken at a space where there is one, the second elided."""
    metrics, words = _metrics(font.pixelSize(), font.weight()), text.split()
    if metrics.horizontalAdvance(" ".join(words)) <= room:
        return [" ".join(words)]
    first: list[str] = []
    while words and metrics.horizontalAdvance(" ".join([*first, words[0]])) <= room:
        first.append(words.pop(0))
    if not first:
        return [_elided(" ".join(words), font, room)]
    return [" ".join(first), _elided(" ".join(words), font, room)]
