"""The window fits a small screen, wherever one has been in it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QScrollArea, QToolButton
from pytestqt.qtbot import QtBot

from app.operations.sources import rename_source
from app.ui.code.workspace import CodeWorkspace
from app.ui.paged import PagedWorkspace
from app.ui.themes.workspace import ThemesWorkspace
from app.ui.transcripts.workspace import TranscriptsWorkspace
from app.ui.window.main_window import PLACES, MainWindow
from app.ui.window.rail import LEAST

SMALL = QSize(1024, 600)


def test_the_window_asks_for_no_more_than_a_small_screen_has(demo_window: MainWindow, qtbot: QtBot) -> None:
    demo_window.resize(SMALL)
    for name, _, _ in PLACES:
        place = demo_window.show_place(name)
        for number in range(place.tabs.count() if isinstance(place, PagedWorkspace) else 1):
            if isinstance(place, PagedWorkspace):
                place.tabs.setCurrentIndex(number)
            QApplication.processEvents()
            assert demo_window.size() == SMALL, f"{name} {number}"


def test_going_from_view_to_view_of_the_themes_leaves_the_size_of_the_window(demo_window: MainWindow) -> None:
    demo_window.resize(1440, 700)
    themes = demo_window.show_place("themes")
    assert isinstance(themes, ThemesWorkspace)
    for name in ("board", "matrix", "framework", "sheets"):
        QApplication.processEvents()
        themes.show_view(name)
        assert demo_window.size() == QSize(1440, 700), name


def test_a_transcript_of_a_very_long_name_leaves_the_size_of_the_window(demo_window: MainWindow) -> None:
    demo_window.resize(SMALL)
    code = demo_window.show_place("code")
    assert isinstance(code, CodeWorkspace)
    assert demo_window.desk is not None
    demo_window.desk.run(rename_source, code.cards[0].id, "What somebody called the file " * 6)
    QApplication.processEvents()
    assert demo_window.size() == SMALL


def test_the_details_of_a_transcript_are_not_cut_off_in_a_small_window(demo_window: MainWindow) -> None:
    demo_window.resize(SMALL)
    place = demo_window.show_place("transcripts")
    assert isinstance(place, TranscriptsWorkspace)
    place.show_page(place.sheet)
    QApplication.processEvents()
    area = place.sheet.findChild(QScrollArea)
    assert area is not None
    assert area.widget().width() <= area.viewport().width()


def test_the_words_of_the_rail_are_whole_in_the_smallest_window(demo_window: MainWindow) -> None:
    demo_window.resize(300, 300)
    QApplication.processEvents()
    heights = [one.height() for one in demo_window.rail.findChildren(QToolButton)]
    assert min(heights) >= LEAST
