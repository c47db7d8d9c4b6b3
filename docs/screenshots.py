"""Make the pictures of the documents from the example study: `python -m docs.screenshots` (or `make screenshots`)."""

from __future__ import annotations

import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from app.demo import build_demo
from app.exporters.registry import export
from app.operations.studies import new_study
from app.resources import resource
from app.ui.code.workspace import CodeWorkspace
from app.ui.compare.workspace import CompareWorkspace
from app.ui.importing.dialog import ImportDialog
from app.ui.journal.workspace import JournalWorkspace
from app.ui.map.workspace import MapWorkspace
from app.ui.settings import Settings
from app.ui.start import make_application
from app.ui.themes.workspace import ThemesWorkspace
from app.ui.window.main_window import MainWindow

PICTURES = Path(__file__).parent / "pictures"
TO_LOOK_AT = Path(__file__).parent.parent / "build" / "pictures"
"""Pictures that no document shows: made to be looked at."""
SIZE = (1440, 900)
WORDS_TO_CODE = "everyone feels stupid in week seven, it's normal, go and sleep"
DARK_TOO = {"code"}
"""Pictures that the documents show in dark as well."""


def main() -> None:
    """Every picture, light and dark."""
    application = make_application()
    PICTURES.mkdir(exist_ok=True)
    TO_LOOK_AT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for theme in ("light", "dark"):
            path = Path(folder) / theme / "mentoring.reflexa"
            path.parent.mkdir()
            with build_demo(path) as study:
                export(study, "codebook", path.with_name("codebook.docx"), to_whom="Supervisor")
                export(study, "themes", path.with_name("themes.xlsx"))
            new_study(path.with_name("new.reflexa"), "Belonging").close()
            settings = Settings(path.with_name("settings.ini"))
            settings.theme, settings.language = theme, "en-GB"
            settings.apply_language()
            for name, picture in _pictures(application, settings, path):
                shown = theme == "light" or name in DARK_TOO
                target = (PICTURES if shown else TO_LOOK_AT) / f"{name}{'' if theme == 'light' else '-dark'}.png"
                _few_colours(picture.toImage()).save(str(target), "PNG", 0)
                print(f"{target.parent.name}/{target.name}")


def _pictures(application: QApplication, settings: Settings, path: Path) -> Iterator[tuple[str, QPixmap]]:
    window = MainWindow(settings)
    window.resize(*SIZE)
    window.show()
    _settle(application)
    yield "start", window.grab()
    window.open_study(path)
    for place in ("transcripts", "code", "compare", "themes", "map", "journal", "outputs"):
        window.show_place(place)
        _settle(application)
    yield "outputs", window.grab()
    window.show_place("transcripts")
    _settle(application)
    yield "transcripts", window.grab()
    yield from _coding(application, window)
    themes = window.show_place("themes")
    assert isinstance(themes, ThemesWorkspace)
    _settle(application)
    yield "themes", window.grab()
    themes.show_view("matrix")
    themes.matrix.setCurrentCell(4, 2)
    _settle(application)
    yield "matrix", window.grab()
    yield from _comparing(application, window)
    yield from _reflecting(application, window)
    window.open_study(path.with_name("new.reflexa"))
    yield "import", _import_preview(application, window)
    window.close()


def _coding(application: QApplication, window: MainWindow) -> Iterator[tuple[str, QPixmap]]:
    code = window.show_place("code")
    assert isinstance(code, CodeWorkspace)
    code.show_source(code.cards[0].id)
    marks = sorted((mark for marks in code.marks.values() for mark in marks), key=lambda mark: mark.start)
    code.show_excerpt(marks[2].excerpt_id, reveal=True)
    code.show_code(marks[2].code_id)
    _settle(application)
    yield "code", window.grab()
    assert code.script is not None
    start = code.script.text.index(WORDS_TO_CODE)
    code.panel.select(start, start + len(WORDS_TO_CODE))
    code.coding.open_box("stu")
    _settle(application)
    yield "quick-code", _with_box(window, code.coding.box)
    code.coding.box.hide()
    _settle(application)


def _comparing(application: QApplication, window: MainWindow) -> Iterator[tuple[str, QPixmap]]:
    place = window.show_place("compare")
    assert isinstance(place, CompareWorkspace)
    place.show_page("tables")
    _settle(application)
    yield "tables", window.grab()
    drawn = window.show_place("map")
    assert isinstance(drawn, MapWorkspace)
    _settle(application)
    drawn.view.fit()
    drawn.canvas.choose({next(iter(drawn.canvas.nodes))})
    _settle(application)
    yield "map", window.grab()
    first, second, *_ = (drawn.versions.list.item(number) for number in (2, 1))
    drawn.compare(*(str(item.data(Qt.ItemDataRole.UserRole)) for item in (first, second)))
    _settle(application)
    yield "versions", window.grab()


def _reflecting(application: QApplication, window: MainWindow) -> Iterator[tuple[str, QPixmap]]:
    place = window.show_place("journal")
    assert isinstance(place, JournalWorkspace)
    for number in range(place.tabs.count()):
        name = place.tabs.tabText(number).casefold()
        if name in {"journal", "phases", "trail"}:
            place.tabs.setCurrentIndex(number)
            _settle(application)
            yield name, window.grab()


def _with_box(window: QWidget, box: QWidget) -> QPixmap:
    """The window with the box in front of it: grabbing takes one window alone."""
    picture = window.grab()
    painter = QPainter(picture)
    painter.drawPixmap(window.mapFromGlobal(box.pos()), box.grab())
    painter.end()
    return picture


def _import_preview(application: QApplication, window: MainWindow) -> QPixmap:
    """Two raw files of the example as the preview shows them to a study that is new."""
    assert window.desk is not None
    dialog = ImportDialog(window.desk, window)
    dialog.show()
    dialog.add_files([resource("demo", name) for name in ("FG1-mentees.docx", "FG4-mentors.txt")])
    _settle(application, until=lambda: not dialog.reader.busy)
    picture = dialog.grab()
    dialog.reject()
    return picture


def _few_colours(image: QImage) -> QImage:
    """The same picture with its 256 most used colours, in a third of the bytes."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    used = Counter(memoryview(plain.constBits()).cast("B").cast("I"))
    palette = [colour for colour, _ in used.most_common(256)]
    return plain.convertToFormat(QImage.Format.Format_Indexed8, palette)


def _settle(application: QApplication, until: Callable[[], bool] = lambda: True) -> None:
    """Let timers of the window run out, such as the building of what is not seen yet."""
    for _ in range(400):
        for _ in range(12):
            application.processEvents()
        time.sleep(0.03)
        if until():
            break
    application.processEvents()


if __name__ == "__main__":
    main()
