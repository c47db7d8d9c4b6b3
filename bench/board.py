"""The clustering board at its largest: 500 cards, a third of them by themselves - opened, panned, dragged, redrawn.

The floor is a bare QGraphicsView with as many rectangles, of which it is asked the same.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView

from app.analysis.board import BoardContent, BoardPlaces, Heard, WorkingPile
from app.analysis.board_layout import CARD_HEIGHT, CARD_WIDTH, lay_out, spread_out
from app.analysis.codes import CodeRow, code_rows, sign_of
from app.analysis.themes import ThemeRow, theme_rows
from app.errors import StudyRefused
from app.models.kinds import CodeRole, CodeStatus, ThemeKind, ThemeStatus
from app.models.verbs import Verb
from app.operations.board import lay_cards
from app.operations.codes import create_code
from app.operations.codings import code_passage
from app.operations.studies import new_study
from app.operations.themes import create_theme
from app.study import Study
from app.ui.actions import Actions
from app.ui.board.canvas import BoardCanvas
from app.ui.board.page import WHAT, BoardPage
from app.ui.board.parts import Ink
from app.ui.board.view import BoardView
from app.ui.desk import Desk
from app.ui.quotes import QuoteShelf
from app.ui.settings import Settings
from app.ui.start import make_application
from app.ui.style.tokens import LIGHT
from app.ui.window.main_window import MainWindow
from bench.corpus import BUILD
from bench.measure import Figure, frames, pair
from tests.material import bring_in, draft_of

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


def big_study() -> Path:
    """A study with 500 codes on 5,000 passages of six groups, 40 themes and 250 single cards, made once."""
    path = BUILD / "board.reflexa"
    if path.exists():
        try:
            Study.open(path, read_only=True).close()
            return path
        except StudyRefused:  # made before the tables were what they are now
            path.unlink()
    BUILD.mkdir(parents=True, exist_ok=True)
    rng = random.Random(20261123)
    words = "words number {n} about how people come to belong here and there"
    lines = tuple((f"P{n % 8}", words.format(n=n)) for n in range(900))
    with new_study(path, "Board") as study:
        talks = [bring_in(study, draft_of(lines, file_name=f"FG{n}.txt"), group=f"FG{n}") for n in range(6)]
        with study.change("Fill", Verb.CODE) as session:
            codes = [create_code(session, f"People say number {n} about belonging") for n in range(CARDS)]
            for _ in range(5000):
                talk = rng.choice(talks)
                start = rng.randrange(len(talk.text) - 100)
                code_passage(session, talk.source_id, start, start + 80, rng.choice(codes))
            for n in range(40):
                create_theme(session, f"Theme {n}", code_ids=codes[n * 5 : n * 5 + 5])
            loose = codes[200:450]
            places = dict(zip(loose, spread_out(len(loose), (3400.0, 0.0)), strict=True))
            lay_cards(session, [(one, "") for one in loose], places)
    return path


def in_the_window() -> Figure:
    """From pressing "Board" to what stands there, the study read and all cards made; the floor is a bare scene."""
    application = make_application()
    settings = Settings(BUILD / "settings.ini")
    both = Tables()
    with Study.open(big_study()) as study:
        window = MainWindow(settings)
        actions = Actions(window)
        desk = Desk(study, settings, actions, LIGHT)
        with desk.read() as session:
            codes, themes = {row.id: row for row in code_rows(session)}, theme_rows(session)
        pages: list[BoardPage] = []

        def show() -> None:
            page = BoardPage(desk, QuoteShelf(desk))
            pages.append(page)
            page.resize(1200, 760)
            page.show_study(codes, themes, WHAT)
            page.show()
            application.processEvents()

        found = pair("open the Board view", SIZE, both.open_bare, show, None, runs=5, after=lambda: pages[-1].hide())
        for page in pages:
            page.deleteLater()
        window.deleteLater()
    return found


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
    found.append(in_the_window())
    return found
