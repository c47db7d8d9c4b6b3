"""The pages of the drawer under the transcript, and how each is made when it is first asked for."""

from __future__ import annotations

from app.ui.code.drawer import PageMaker


def drawer_pages() -> list[PageMaker]:
    """Every page, in the order of the tabs. Their modules are imported only when they are opened."""
    return []
