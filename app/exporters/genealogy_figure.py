"""The genealogy of a code, of a theme, or of all that were changed, as a figure."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.analysis.genealogy import Genealogy, genealogy, restructured
from app.analysis.genealogy_picture import GenealogyPicture, draw
from app.errors import ExportRefused
from app.exporters.options import ExportOptions, day

EVERY = {"": "code", "codes": "code", "themes": "theme"}
"""What may be asked for besides one code or theme; nothing asked for is all codes."""


def paint(session: Session, options: ExportOptions, ending: str) -> bytes:
    """The figure: svg, pdf or png. In a PDF without a wish, all codes and then all themes, a page each.

    Raises ExportRefused for a code or theme that never was.
    """
    found = pictures(session, options, both=ending == "pdf")
    from app.exporters.painted.drawing import sheet_of
    from app.exporters.painted.sheet import write

    return write([sheet_of(one, one.title) for one in found], ending)


def pictures(session: Session, options: ExportOptions, *, both: bool = False) -> list[GenealogyPicture]:
    """What is to be drawn."""
    asked = options.about.strip()
    if asked.casefold() not in EVERY:
        found, name = _family(session, asked)
        return [draw(found, f"{name} · {day(options.at)}")]
    sorts = ["code", "theme"] if both and not asked else [EVERY[asked.casefold()]]
    held = [(sort, restructured(genealogy(session, sort))) for sort in sorts]
    drawn = [draw(one, f"{sort.capitalize()}s · {day(options.at)}") for sort, one in held if not one.empty]
    return drawn or [draw(held[0][1], f"No {sorts[0]} was renamed, merged, split or set aside yet")]


def _family(session: Session, asked: str) -> tuple[Genealogy, str]:
    """One code or theme, by key or any name it ever had, with those it is related to."""
    for sort in ("theme", "code"):
        for life in genealogy(session, sort).lives:
            names = {life.name, *(event.name for event in life.events if event.name)}
            if life.id == asked or asked.casefold() in {name.casefold() for name in names}:
                return genealogy(session, sort, life.id), life.name
    raise ExportRefused(f"There is no code or theme called “{asked}”, and there never was.")
