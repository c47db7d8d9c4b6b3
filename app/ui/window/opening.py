"""What happens when a study comes onto the desk: its workspaces, and who works on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import configure_mappers

from app.models import Person
from app.operations.studies import work_as
from app.ui.desk import Desk

if TYPE_CHECKING:
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

        made = CodeWorkspace(desk)
        made.placeSaid.connect(window.foot.place.setText)
        return made

    def themes() -> Workspace:
        from app.ui.themes.workspace import ThemesWorkspace

        made = ThemesWorkspace(desk)
        made.jumpWanted.connect(lambda source_id, excerpt_id: _code(window, source_id, excerpt_id))
        return made

    def outputs() -> Workspace:
        from app.ui.outputs.workspace import OutputsWorkspace

        return OutputsWorkspace(desk)

    return {"transcripts": transcripts, "code": code, "themes": themes, "outputs": outputs}


def get_ready() -> None:
    """Do while nobody waits what the first change would otherwise wait for."""
    configure_mappers()


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


def _code(window: MainWindow, source_id: str, excerpt_id: str = "") -> None:
    from app.ui.code.workspace import CodeWorkspace

    place = window.show_place("code")
    if isinstance(place, CodeWorkspace):
        place.show_source(source_id, excerpt_id)
