"""The theme map at its largest: 60 themes, 300 codes, 1,000 lines - opened, panned, dragged, compared."""

from __future__ import annotations

import random
from dataclasses import replace

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView

from app.analysis.map_compare import compare
from app.analysis.map_content import MapCode, MapContent, MapEntry, MapMapping, MapRelation, MapTheme
from app.analysis.map_picture import draw
from app.exporters.painted.brush import PAPER
from app.models.kinds import CodeRole, Direction, RelationKind, ThemeKind, ThemeStatus, Weight
from app.ui.map.canvas import MapCanvas
from app.ui.map.view import MapView
from app.ui.start import make_application
from bench.measure import Figure, frames, pair

SIZE = "60 themes, 300 codes, 1,000 lines"


def big_map() -> MapContent:
    """A map as large as they come, the same on every run."""
    rng = random.Random(20261123)
    entries = tuple(
        MapEntry(f"e{n}", name, "", None) for n, name in enumerate(("Engagement", "Enterprise", "Repertoire"))
    )
    themes = tuple(
        MapTheme(f"t{n}", f"Theme {n} about how people come to belong", ThemeKind.THEME, None, ThemeStatus.DEVELOPED, "",
                 "", "", "", tuple(MapCode(f"c{n}.{m}", f"code {n}.{m}", "#0072B2", CodeRole.PART) for m in range(5)))
        for n in range(60)
    )  # fmt: skip
    pairs = rng.sample([(a, b) for a in range(60) for b in range(60) if a != b], 850)
    mapped = rng.sample([(a, b) for a in range(60) for b in range(3)], 150)
    return MapContent(
        "Bench", "Lens", entries, themes,
        tuple(MapRelation(f"r{a}.{b}", f"t{a}", f"t{b}", RelationKind.TENSION, "") for a, b in pairs),
        tuple(MapMapping(f"t{a}", f"e{b}", rng.choice(list(Weight)), Direction.SHOWS, "") for a, b in mapped), (),
    )  # fmt: skip


def figures() -> list[Figure]:
    """Opening, panning, dragging, laying out and comparing."""
    application = make_application()
    content = big_map()
    canvas = MapCanvas()
    view = MapView(canvas)
    view.resize(1100, 760)
    view.show()
    bare_scene = QGraphicsScene()
    bare = QGraphicsView(bare_scene)
    bare.resize(1100, 760)
    bare.show()

    def open_bare() -> None:
        bare_scene.clear()
        for number in range(60):
            bare_scene.addRect(QRectF(number % 8 * 220, number // 8 * 90, 200, 60))
        for number in range(1000):
            bare_scene.addLine(number % 37 * 40, number % 23 * 30, number % 41 * 40, number % 29 * 30)
        bare.grab()

    def open_ours() -> None:
        canvas.show_picture(draw(content), PAPER, "#0B57B0", editable=True)
        view.grab()

    found = [
        pair("open the theme map", SIZE, open_bare, open_ours, None, runs=5),
        pair("lay a map out and draw it as data", SIZE, open_bare, lambda: draw(content), None, runs=5),
    ]
    view.fit()
    view.zoom(2.5)
    bars = (bare.horizontalScrollBar(), view.horizontalScrollBar())

    def pan(number: int, which: int) -> None:
        bars[which].setValue(bars[which].minimum() + number * 7 % max(1, bars[which].maximum() - bars[which].minimum()))
        (bare, view)[which].grab()

    found.append(frames("pan the map", SIZE, lambda n: pan(n, 0), lambda n: pan(n, 1), 0, count=60))
    node = canvas.nodes["t7"]

    def move(number: int) -> None:
        node.moveBy(2 if number % 2 else -2, 1)
        application.processEvents()

    found.append(frames("drag a theme", SIZE, lambda n: pan(n, 0), move, 0, count=60))
    other = replace(content, themes=tuple(replace(one, name=one.name + "!") for one in content.themes[5:]))
    found.append(pair("compare two versions in words", SIZE, open_bare, lambda: compare(content, other), None, runs=5))
    return found
