"""The clustering board at its largest: 500 cards, a third of them by themselves - opened, panned, dragged, redrawn.

The floor is a bare QGraphicsView with as many rectangles, of which it is asked the same.
"""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView

from app.analysis.board import BoardContent, BoardPlaces, Heard, WorkingPile
from app.analysis.board_layout import CARD_HEIGHT, CARD_WIDTH, lay_out, spread_out
from app.analysis.codes import CodeRow, sign_of
from app.analysis.themes import ThemeRow
from app.models.kinds import CodeRole, CodeStatus, ThemeKind, ThemeStatus
from app.ui.board.canvas import BoardCanvas
from app.ui.board.parts import Ink
from app.ui.board.view import BoardView
from app.ui.start import make_application
from app.ui.style.tokens import LIGHT
from bench.measure import Figure, frames, pair

SIZE = "500 cards, 40 themes, 10 piles"
CARDS = 500
COLOURS = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#7E57A8", "#8C6D1F")


def big_board() -> BoardContent:
    """A board as large as they come, the same on every run."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    codes = {}
    for n in range(CARDS):
        name = f"People say number {n} about how they come to belong"
        codes[f"c{n}"] = CodeRow(
            f"c{n}", name, None, n, COLOURS[n % 8], CodeStatus.ACTIVE, "", "", "", "", "", None, None, None, at, name, 0,
            sign_of(name),
        )  # fmt: skip
    roles = list(CodeRole)
    themes = tuple(
        ThemeRow(f"t{n}", f"Theme {n} about how people come to belong", ThemeKind.THEME, None, n, 0,
                 ThemeStatus.CANDIDATE, "being missed says that one belongs", "", "", "", "",
                 tuple((f"c{n * 6 + m}", roles[m % 3]) for m in range(6)))
        for n in range(40)
    )  # fmt: skip
    piles = tuple(
        WorkingPile(f"p{n}", "", (n * 260.0, 3000.0), tuple(f"c{240 + n * 8 + m}" for m in range(8))) for n in range(10)
    )
    loose = dict(zip((f"c{n}" for n in range(320, CARDS)), spread_out(CARDS - 320, (3400.0, 0.0)), strict=True))
    return BoardContent(codes, themes, BoardPlaces(piles, loose))


class Tables:
    """A bare view with rectangles beside the board, both on the same places."""

    def __init__(self) -> None:
        self.application = make_application()
        self.content, self.ink = big_board(), Ink(LIGHT)
        self.heard = {f"c{n}": Heard(n % 5 + 1, n % 7 + 1) for n in range(CARDS)}
        self.bare_scene, self.canvas = QGraphicsScene(), BoardCanvas()
        self.bare, self.view = QGraphicsView(self.bare_scene), BoardView(self.canvas)
        self.boxes = [one.box for one in lay_out(self.content).cards]
        for one in (self.bare, self.view):
            one.resize(1100, 760)
            one.show()
        self.application.processEvents()

    def open_bare(self) -> None:
        self.bare_scene.clear()
        for box in self.boxes:
            self.bare_scene.addRect(QRectF(0, 0, CARD_WIDTH, CARD_HEIGHT)).setPos(box.x, box.y)
        self.bare.grab()

    def open_ours(self) -> None:
        self.canvas.show_picture(lay_out(self.content), self.heard, self.ink, anew=True)
        self.view.grab()

    def again(self) -> None:
        self.canvas.show_picture(lay_out(self.content), self.heard, self.ink)
        self.application.processEvents()

    def look(self, scale: float, at: QPointF) -> None:
        """Both views at one scale and place; 0: all of it."""
        for one in (self.bare, self.view):
            one.resetTransform()
            if scale:
                one.scale(scale, scale)
                one.centerOn(at)
            else:
                one.fitInView(self.canvas.everything(), Qt.AspectRatioMode.KeepAspectRatio)

    def pan(self, which: QGraphicsView, number: int) -> None:
        for bar, step in ((which.horizontalScrollBar(), 13), (which.verticalScrollBar(), 7)):
            bar.setValue(bar.minimum() + number * step % max(1, bar.maximum() - bar.minimum()))
        which.viewport().repaint()
        self.application.processEvents()

    def move_bare(self, number: int, count: int) -> None:
        for place, rect in enumerate(self.bare_scene.items()[:count]):
            rect.setPos(3500 + place * 3 + number, 100 + number)
        self.application.processEvents()

    def carry(self, number: int) -> None:
        self.canvas.carry_by(number, number)
        self.canvas.aim(self.canvas.landing(QPointF(3500 + number, 100 + number)))
        self.application.processEvents()

    def lasso(self, number: int) -> None:
        area = QPainterPath()
        area.addEllipse(QRectF(3400, 0, 100 + number * 10, 100 + number * 10))
        self.canvas.choose(self.canvas.within(area))
        self.application.processEvents()


def figures() -> list[Figure]:
    """Opening, panning near and far, dragging one card and a hundred, drawing a lasso, redrawing after a change."""
    both = Tables()
    found = [pair("open the board", SIZE, both.open_bare, both.open_ours, None, runs=5)]
    middle = both.canvas.everything().center()
    for action, scale in (("pan the board", 1.0), ("pan it half as large", 0.5), ("pan it with all in view", 0.0)):
        both.look(scale, middle)
        pans = (lambda n: both.pan(both.bare, n)), (lambda n: both.pan(both.view, n))
        found.append(frames(action, SIZE, *pans, 0, count=120))
    keys = [key for key in both.canvas.cards if not key[0]]
    both.look(1.0, QPointF(3700, 400))
    for action, count in (("drag a card", 1), ("drag a hundred cards", 100)):
        both.canvas.carry(keys[:count])
        found.append(frames(action, SIZE, lambda n, count=count: both.move_bare(n, count), both.carry, 0, count=120))
    both.canvas.let_go()
    found.append(frames("draw a lasso over cards", SIZE, lambda n: both.move_bare(n, 1), both.lasso, 0, count=120))
    found.append(pair("redraw the board after a change", SIZE, both.open_bare, both.again, None))
    return found
