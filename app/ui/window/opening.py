"""What happens when a study comes onto the desk: its workspaces, and who works on it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from sqlalchemy import select
from sqlalchemy.orm import configure_mappers

from app.models import Person
from app.operations.studies import work_as
from app.ui.desk import Desk
from app.ui.window.going import go_to

if TYPE_CHECKING:
    from app.ui.backups.service import BackupService
    from app.ui.window.main_window import MainWindow
    from app.ui.workspace import Workspace


def make_workspaces(window: MainWindow) -> dict[str, Callable[[], Workspace]]:
    """How to make each workspace when it is first visited (their modules are imported only then)."""
    desk = window.desk
    if desk is None:
        return {}

    def transcripts() -> Workspace:
        from app.ui.transcripts.workspace import TranscriptsWorkspace

        made = TranscriptsWorkspace(desk)
        made.openWanted.connect(lambda source_id: _code(window, source_id))
        return made

    def code() -> Workspace:
        from app.ui.code.workspace import CodeWorkspace

        made = CodeWorkspace(desk, window.stack)
        made.placeSaid.connect(window.foot.place.setText)
        made.elsewhereWanted.connect(lambda kind, key: _elsewhere(window, kind, key))
        return made

    def compare() -> Workspace:
        from app.ui.compare.workspace import CompareWorkspace

        made = CompareWorkspace(desk)
        made.excerptWanted.connect(lambda source_id, excerpt_id: _code(window, source_id, excerpt_id))
        made.passageWanted.connect(lambda source_id, start, end: _passage(window, source_id, start, end))
        return made

    def themes() -> Workspace:
        from app.ui.themes.workspace import ThemesWorkspace

        made = ThemesWorkspace(desk)
        made.jumpWanted.connect(lambda source_id, excerpt_id: _code(window, source_id, excerpt_id))
        return made

    def theme_map() -> Workspace:
        from app.ui.map.workspace import MapWorkspace

        made = MapWorkspace(desk)
        made.themeWanted.connect(lambda theme_id: _theme(window, theme_id))
        made.exportWanted.connect(lambda version, codes: _figure(window, version, codes))
        return made

    def outputs() -> Workspace:
        from app.ui.outputs.workspace import OutputsWorkspace

        return OutputsWorkspace(desk)

    def journal() -> Workspace:
        from app.ui.journal.workspace import JournalWorkspace

        made = JournalWorkspace(desk)
        made.goWanted.connect(lambda subject, key: go_to(window, subject, key))
        return made

    return {
        "transcripts": transcripts,
        "code": code,
        "compare": compare,
        "themes": themes,
        "map": theme_map,
        "journal": journal,
        "outputs": outputs,
    }


def get_ready(name: str) -> bool:
    """Do one thing that the first change, or the making of workspace `name`, would otherwise wait for.

    Returns whether nothing is left to do: a window that answers between the steps is not felt to stand still.
    """
    module = f"app.ui.{name}.workspace"
    if module in sys.modules:
        return True
    configure_mappers()
    import_module(module)
    return False


def keep_backups(window: MainWindow) -> BackupService | None:
    """Begin to keep backups, and say what is to be known of the file; nothing of it before the study is painted."""
    from app.ui.backups.opening import tell_of
    from app.ui.backups.service import BackupService

    if window.desk is None:
        return None
    tell_of(window, window.desk.study.path, asked_read_only=window.asked_read_only)
    return BackupService(window.desk, window.foot)


def settle_person(desk: Desk) -> None:
    """Work under the name given before, once it is known to this study; never under the login name."""
    name = desk.settings.working_as
    if not name or desk.study.read_only:
        return
    desk.study.working_as = name
    with desk.read() as session:
        known = session.scalar(select(Person.__table__.c.id).where(Person.__table__.c.name == name))
    if known is None:
        desk.run(work_as, name)


def finish_purge(desk: Desk) -> None:
    """A purge that a crash or a missing drive cut off is finished once the window is painted."""
    if not desk.study.read_only and desk.study.purge_due:
        from app.ui.rights.purge import finish_what_is_due

        QTimer.singleShot(0, desk, lambda: finish_what_is_due(desk))


def _code(window: MainWindow, source_id: str, excerpt_id: str = "") -> None:
    from app.ui.code.workspace import CodeWorkspace

    place = window.show_place("code")
    if isinstance(place, CodeWorkspace):
        place.show_source(source_id, excerpt_id)


def _passage(window: MainWindow, source_id: str, start: int, end: int) -> None:
    from app.ui.code.workspace import CodeWorkspace

    place = window.show_place("code")
    if isinstance(place, CodeWorkspace):
        place.show_passage(source_id, start, end)


def _theme(window: MainWindow, theme_id: str) -> None:
    from app.ui.themes.workspace import ThemesWorkspace

    place = window.show_place("themes")
    if isinstance(place, ThemesWorkspace):
        place.show_theme(theme_id)


def _elsewhere(window: MainWindow, kind: str, key: str) -> None:
    """Go to a theme, a group or a participant."""
    from app.ui.transcripts.workspace import TranscriptsWorkspace

    if kind == "theme":
        _theme(window, key)
        return
    place = window.show_place("transcripts")
    if isinstance(place, TranscriptsWorkspace):
        place.show_about(kind, key)


def _figure(window: MainWindow, version: str, codes: bool) -> None:
    from app.exporters.options import ExportOptions
    from app.exporters.registry import find_kind
    from app.ui.outputs.workspace import OutputsWorkspace

    place = window.show_place("outputs")
    if isinstance(place, OutputsWorkspace):
        place.ask_and_export(find_kind("map"), "svg", ExportOptions(map_version=version, map_codes=codes))
