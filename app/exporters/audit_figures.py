"""The drawings of the audit report: the phases that were visited, and how codes and themes came to be."""

from __future__ import annotations

from datetime import datetime

from app.analysis.accounts.facts import Facts
from app.analysis.days import local_day
from app.analysis.genealogy import Genealogy, Life, families
from app.analysis.genealogy_picture import draw as draw_lives
from app.analysis.phases_picture import draw as draw_phases
from app.exporters.document import Figure

UPRIGHT = (800.0, 1000.0)
"""As wide and as high as a drawing may be for its names to be read on an upright page, in units of the drawing."""
ACROSS = (1220.0, 560.0)
"""The same on a page that lies across."""


def phases_figure(held: Facts, at: datetime) -> Figure:
    """The visits as bars in six lanes."""
    picture = draw_phases(held.visits, local_day(at), 680.0)
    signs = ["hatched: entered or corrected later"] if any(bar.later for bar in picture.bars) else []
    signs += ["dashed line: back to an earlier phase"] if any(move.back for move in picture.moves) else []
    told = f" ({'; '.join(signs)})" if signs else ""
    return Figure(picture, f"Figure: where in the analysis the researcher said to be{told}", picture.described)


def lives_figures(found: Genealogy) -> list[Figure]:
    """The lives in as many drawings as can be read on a page each; those that are related stay together."""
    sheets: list[tuple[Life, ...]] = []
    for family in families(found):
        if sheets and _fits(found.sort, (*sheets[-1], *family)):
            sheets[-1] += family
        else:
            sheets.append(family)
    return [_figure(found.sort, lives, number, len(sheets)) for number, lives in enumerate(sheets, start=1)]


def _fits(sort: str, lives: tuple[Life, ...]) -> bool:
    picture = draw_lives(Genealogy(sort, lives))
    return any(picture.width <= width and picture.height <= height for width, height in (UPRIGHT, ACROSS))


def _figure(sort: str, lives: tuple[Life, ...], number: int, of: int) -> Figure:
    picture = draw_lives(Genealogy(sort, lives))
    which = f" ({number} of {of})" if of > 1 else ""
    described = (
        f"A drawing with a line for each {sort}, days from left to right and a sign for what happened. "
        "What it shows is told in words below it."
    )
    across = picture.width > UPRIGHT[0]
    return Figure(picture, f"Figure: how {sort}s came to be{which}", described, across)
