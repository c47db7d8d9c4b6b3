"""Opening a transcript, scrolling it, coding in it, renaming a code: in the real workspace on a real study."""

from __future__ import annotations

import gc
import shutil
import sqlite3
from pathlib import Path

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QTextEdit
from sqlalchemy import select

from app.models import Source
from app.models.sqlite import PRAGMAS
from app.operations.codes import edit_code
from app.study import Study
from app.ui.actions import Actions
from app.ui.code.workspace import CodeWorkspace
from app.ui.desk import Desk
from app.ui.settings import Settings
from app.ui.start import make_application
from app.ui.style.tokens import LIGHT
from bench.corpus import BUILD, big_study
from bench.measure import Figure, frames, pair

SIZES = (("T01", "10,000 words, 300 codings"), ("T00", "10,000 words, 1,000 codings"),
         ("LONG", "60,000 words, 5,000 codings"))  # fmt: skip


class Bench:
    """A workspace on the big study, and a bare QTextEdit of the same size."""

    def __init__(self, copies: int = 1, study: Path | None = None) -> None:
        self.application = make_application()
        path = BUILD / (f"work{copies}.reflexa" if study is None else f"work-{study.name}")
        shutil.copy(study or big_study(copies), path)
        self.study = Study.open(path)
        settings = Settings(BUILD / "settings.ini")
        from PySide6.QtWidgets import QMainWindow

        self.window = QMainWindow()
        self.place = CodeWorkspace(Desk(self.study, settings, Actions(self.window), LIGHT))
        self.window.setCentralWidget(self.place)
        self.window.resize(1280, 820)
        self.window.show()
        self.place.restyle()
        self.application.processEvents()
        with self.study.read() as session:
            rows = session.execute(select(Source.file_name, Source.id).order_by(Source.position)).all()
            self.sources = {}
            for row in rows:
                self.sources.setdefault(row.file_name.removesuffix(".txt"), row.id)
        self.bare = QTextEdit()
        self.bare.setReadOnly(True)
        self.bare.setFont(QFont(self.place.panel.view.setting.font()))
        self.bare.resize(self.place.panel.view.size())
        self.bare.show()
        gc.collect()
        gc.freeze()  # as the window does once it is painted

    def text(self, name: str) -> str:
        """The text of a transcript."""
        with self.study.read() as session:
            return session.scalar(select(Source.text).where(Source.id == self.sources[name])) or ""

    def open_ours(self, name: str, where: float) -> None:
        """Open a transcript from the study, with its codings, and paint it."""
        self.place.script = None
        self.place.show_source(self.sources[name])
        self.place.panel.restore_place(int(len(self.place.panel.view.text) * where))
        self.place.panel.grab()

    def open_bare(self, text: str, where: float) -> None:
        """The floor: a bare QTextEdit with the same text."""
        self.bare.setPlainText(text)
        bar = self.bare.verticalScrollBar()
        if where:
            block = self.bare.document().findBlock(int(len(text) * where))
            bar.setValue(int(self.bare.document().documentLayout().blockBoundingRect(block).top()))
        self.bare.grab()

    def frame(self) -> None:
        """The floor of one frame: a window as large as ours that is painted anew."""
        self.bare.viewport().update()
        self.application.processEvents()

    def settle(self) -> None:
        """Let what follows the text (the inspector, the tree, the map) be drawn before the next turn of the clock."""
        self.place.inspector.settle()
        self.place.panel.map.update()
        for _ in range(4):
            self.application.processEvents()

    def close(self) -> None:
        """Give the file free."""
        self.window.close()
        self.study.close()


def figures() -> list[Figure]:
    """All figures of reading and coding."""
    bench = Bench()
    found = []
    for name, size in SIZES:
        text = bench.text(name)
        for place, where in (("top", 0.0), ("middle", 0.5), ("end", 0.99)):
            found.append(
                pair(f"open a transcript at its {place}", size, lambda w=where, t=text: bench.open_bare(t, w),
                     lambda w=where, n=name: bench.open_ours(n, w), 3, runs=9)
            )  # fmt: skip
        found.append(_scrolling(bench, name, size, text))
    found += _coding(bench, "T00", "1,000 codings open")
    found += _coding(bench, "LONG", "5,000 codings open")[:1]
    found.append(_renaming(bench))
    bench.close()
    twice = Bench(copies=2)
    found += _coding(twice, "T00", "1,000 codings open, twice as much stored")[:1]
    twice.close()
    return found


def _scrolling(bench: Bench, name: str, size: str, text: str) -> Figure:
    bench.open_bare(text, 0.99)
    bench.open_ours(name, 0.99)
    ours, bare = bench.place.panel.view.verticalScrollBar(), bench.bare.verticalScrollBar()

    def frame_bare(number: int) -> None:
        bare.setValue(number * 53 % max(1, bare.maximum()))
        bench.bare.grab()

    def frame_ours(number: int) -> None:
        ours.setValue(number * 53 % max(1, ours.maximum()))
        bench.place.panel.grab()

    return frames("scroll frame", size, frame_bare, frame_ours, 3)


def _coding(bench: Bench, name: str, size: str) -> list[Figure]:
    """From the key that says "this code" to painted and committed."""
    bench.open_ours(name, 0.0)
    bench.open_bare(bench.text(name), 0.0)
    floor = _floor_commit(BUILD / "floor.sqlite")
    codes = iter([code.id for code in bench.place.active_codes()] * 4)
    turn = bench.place.panel.view.turns[1]
    place = iter(range(turn.start, turn.start + 10_000, 29))

    def bare() -> None:
        floor()
        bench.frame()

    def ours() -> None:
        at = next(place)
        bench.place.panel.view.select(at, at + 25)
        bench.place.coding.code_with([next(codes)])
        bench.application.processEvents()  # paints the window

    def ours_with_all() -> None:
        ours()
        bench.settle()

    return [
        pair("code a selection: key to painted and committed", size, bare, ours, 3, runs=41, after=bench.settle),
        pair("the same with inspector and tree", size, bare, ours_with_all, None, runs=15, after=bench.settle),
    ]


def _renaming(bench: Bench) -> Figure:
    bench.open_ours("T00", 0.0)
    code = bench.place.active_codes()[0].id
    floor, names = _floor_commit(BUILD / "floor.sqlite"), iter(range(10_000))

    def bare() -> None:
        floor()
        bench.frame()

    def ours() -> None:
        bench.place.desk.run(edit_code, code, name=f"renamed {next(names)}")
        bench.application.processEvents()  # paints the window

    return pair("rename a code", "1,000 codings open", bare, ours, 3, runs=15, after=bench.settle)


def _floor_commit(path: Path):
    """One bare commit with the pragmas that every study has."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE coding (id TEXT PRIMARY KEY, excerpt TEXT, code TEXT, at TEXT)")
    numbers = iter(range(1_000_000))

    def commit() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO coding VALUES (?, 'e', 'c', 'now')", (str(next(numbers)),))
        connection.execute("COMMIT")

    return commit
