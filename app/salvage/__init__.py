"""Saving what can be saved of a damaged study: read row by row, mended from backups, rebuilt as a new sound study.

The damaged file is never written to. `pages` reads rows from pages that SQLite gives up on, `reading` brings both
together, `mending` decides what stands, `rebuilding` writes the new file and has it verified.
"""

from app.salvage.rebuilding import salvage
from app.salvage.report import Report

__all__ = ["Report", "salvage"]
