"""Going to a thing of the study: where it is looked at, whatever one comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app import models
from app.analysis.reviews import threads

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.ui.window.main_window import MainWindow


def go_to(window: MainWindow, subject: str, key: str, source_id: str = "") -> None:
    """Go to a theme, excerpt, code, map version, transcript, group, participant, lens entry, comment or entry."""
    if window.desk is None:
        return
    places: dict[str, Callable[[MainWindow, str], None]] = {
        "theme": _theme,
        "code": _code,
        "version": _version,
        "source": _source,
        "group": lambda window, key: _about(window, "group", key),
        "participant": lambda window, key: _about(window, "participant", key),
        "lens_entry": _lens,
        "comment": _comment,
        "entry": _entry,
    }
    if subject == "excerpt":
        _source(window, source_id or _source_of(window, key), key)
    elif subject in places:
        places[subject](window, key)


def _source(window: MainWindow, source_id: str, excerpt_id: str = "") -> None:
    from app.ui.code.workspace import CodeWorkspace

    place = window.show_place("code")
    if isinstance(place, CodeWorkspace):
        place.show_source(source_id, excerpt_id)


def _code(window: MainWindow, key: str) -> None:
    from app.ui.code.workspace import CodeWorkspace

    place = window.show_place("code")
    if isinstance(place, CodeWorkspace):
        place.show_code(key)


def _theme(window: MainWindow, key: str) -> None:
    from app.ui.themes.workspace import ThemesWorkspace

    place = window.show_place("themes")
    if isinstance(place, ThemesWorkspace):
        place.show_theme(key)


def _version(window: MainWindow, key: str) -> None:
    from app.ui.map.workspace import MapWorkspace

    place = window.show_place("map")
    if isinstance(place, MapWorkspace):
        place.show_version(key)


def _lens(window: MainWindow, _key: str) -> None:
    from app.ui.themes.workspace import ThemesWorkspace

    place = window.show_place("themes")
    if isinstance(place, ThemesWorkspace):
        place.show_view("matrix")


def _about(window: MainWindow, kind: str, key: str) -> None:
    from app.ui.transcripts.workspace import TranscriptsWorkspace

    place = window.show_place("transcripts")
    if isinstance(place, TranscriptsWorkspace):
        place.show_about(kind, key)


def _comment(window: MainWindow, key: str) -> None:
    """Comments are read at the thing they speak of."""
    if window.desk is None:
        return
    with window.desk.read() as session:
        found = next((one for one in threads(session) if key in (one.id, *(reply.id for reply in one.replies))), None)
    if found is not None:
        window.desk.commentsWanted.emit(found.subject, found.subject_id)


def _entry(window: MainWindow, key: str) -> None:
    from app.ui.journal.timeline_page import TimelinePage
    from app.ui.journal.workspace import JournalWorkspace

    place = window.show_place("journal")
    if isinstance(place, JournalWorkspace):
        page = place.show_page("journal")
        if isinstance(page, TimelinePage):
            page.show_entry(key)


def show_written(window: MainWindow, subject: str, key: str) -> None:
    """Show all that was written about a thing."""
    from app.ui.journal.workspace import JournalWorkspace
    from app.ui.journal.written_page import WrittenPage

    place = window.show_place("journal")
    if isinstance(place, JournalWorkspace):
        page = place.show_page("written")
        if isinstance(page, WrittenPage):
            page.show_about((subject, key))
            page.enter()


def _source_of(window: MainWindow, excerpt_id: str) -> str:
    if window.desk is None:
        return ""
    with window.desk.read() as session:
        return session.scalar(select(models.Excerpt.source_id).where(models.Excerpt.id == excerpt_id)) or ""
