"""The theme map as a figure: now, or as a version froze it, or all versions one after another."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.analysis.map_content import VersionRow, frozen_content, live_content, version_rows
from app.analysis.map_picture import MapPicture, draw
from app.analysis.map_words import describe
from app.errors import ExportRefused
from app.exporters.options import ExportOptions, day

ALL_VERSIONS = "all"


def paint(session: Session, options: ExportOptions, ending: str) -> bytes:
    """The figure in the format of `ending`: svg, pdf or png. Several versions make pages, so they want a PDF.

    Raises ExportRefused for a version that is not there, and for several in a format of one page.
    """
    found = pictures(session, options)
    if len(found) > 1 and ending != "pdf":
        raise ExportRefused("Several versions of the map are several pages: choose a name that ends in .pdf.")
    from app.exporters.painted.figure import map_sheet
    from app.exporters.painted.sheet import write

    return write([map_sheet(picture, described) for picture, described in found], ending)


def pictures(session: Session, options: ExportOptions) -> list[tuple[MapPicture, str]]:
    """Each picture that is asked for, with the map in words. Raises ExportRefused."""
    if not options.map_version:
        content = live_content(session)
        return [(draw(content, about=day(options.at), codes=options.map_codes), describe(content))]
    rows = version_rows(session)
    wanted = options.map_version.casefold()
    chosen = [row for row in rows if wanted == ALL_VERSIONS or row.id == options.map_version]
    chosen = chosen or [row for row in rows if row.label.casefold() == wanted][-1:]
    if not chosen:
        held = ", ".join(f"“{row.label}”" for row in rows) or "none yet"
        raise ExportRefused(f"There is no version of the map called “{options.map_version}”. There are: {held}.")
    return [_frozen(session, row, options) for row in chosen]


def _frozen(session: Session, row: VersionRow, options: ExportOptions) -> tuple[MapPicture, str]:
    content = frozen_content(session, row.id)
    if content is None:
        raise ExportRefused("This version of the map is not there any more.")
    about = f"{row.label} · {day(row.at)}"
    return draw(content, about=about, codes=options.map_codes), f"{about}. {describe(content)}"
