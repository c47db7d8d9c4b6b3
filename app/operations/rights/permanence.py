"""Making permanent what was changed: nothing of before is kept, so that nobody can take it back or read it."""

from __future__ import annotations

from sqlalchemy import delete

from app.models import SourceOriginal
from app.models.verbs import Verb
from app.study import ChangeSession


def make_permanent(session: ChangeSession) -> None:
    """Let go of everything of before: kept original files and the journal's images; the trail keeps its entries.

    It is a border of undo. A purge is due afterwards (`app.purging.finish_purge`).
    """
    session.announce(Verb.MAKE_PERMANENT, "Make permanent what was changed so far")
    session.purges = True
    session.execute(delete(SourceOriginal))
