"""Make the pictures of the documents from the example study: `python -m docs.screenshots` (or `make screenshots`)."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication

from app.demo import build_demo
from app.ui.code.workspace import CodeWorkspace
from app.ui.settings import Settings
from app.ui.start import make_application
from app.ui.themes.workspace import ThemesWorkspace
from app.ui.window.main_window import MainWindow

PICTURES = Path(__file__).parent / "pictures"
TO_LOOK_AT = Path(__file__).parent.parent / "build" / "pictures"
"""Pictures that no document shows: made to be looked at."""
SIZE = (1440, 900)


def main() -> None:
    """Every picture, light and dark."""
    application = make_application()
    PICTURES.mkdir(exist_ok=True)
    TO_LOOK_AT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for theme in ("light", "dark"):
            path = Path(folder) / f"mentoring-{theme}.reflexa"
            build_demo(path).close()
            settings = Settings(Path(folder) / f"{theme}.ini")
            settings.theme = theme
            for name, picture in _pictures(application, settings, path):
                ending = "" if theme == "light" else "-dark"
                folder_of = PICTURES if theme == "light" or name == "code" else TO_LOOK_AT
                plain = picture.toImage().convertToFormat(QImage.Format.Format_RGB888)
                plain.save(str(folder_of / f"{name}{ending}.png"), "PNG", 0)
                print(f"{folder_of.name}/{name}{ending}.png")


def _pictures(application: QApplication, settings: Settings, path: Path) -> Iterator[tuple[str, QPixmap]]:
    window = MainWindow(settings)
    window.resize(*SIZE)
    window.show()
    _settle(application)
    yield "start", window.grab()
    window.open_study(path)
    _settle(application)
    code = window.show_place("code")
    assert isinstance(code, CodeWorkspace)
    code.show_source(code.cards[0].id)
    marks = sorted((mark for marks in code.marks.values() for mark in marks), key=lambda mark: mark.start)
    code.show_excerpt(marks[2].excerpt_id, reveal=True)
    code.show_code(marks[2].code_id)
    _settle(application)
    yield "code", window.grab()
    themes = window.show_place("themes")
    assert isinstance(themes, ThemesWorkspace)
    _settle(application)
    yield "themes", window.grab()
    themes.show_view("matrix")
    themes.matrix.setCurrentCell(4, 2)
    _settle(application)
    yield "matrix", window.grab()
    for name in ("transcripts", "outputs"):
        window.show_place(name)
        _settle(application)
        yield name, window.grab()
    window.close()


def _settle(application: QApplication) -> None:
    for _ in range(12):
        application.processEvents()


if __name__ == "__main__":
    main()
