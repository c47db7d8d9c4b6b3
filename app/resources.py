"""The files that come with the program: lenses, the example study, icons, templates, the schema."""

from pathlib import Path

_HOME = Path(__file__).resolve().parent.parent / "resources"
"""Beside the package, in the source tree as where it is installed; the program is never run from an archive."""


def resource(*parts: str) -> Path:
    """A file or folder below `resources/`."""
    return _HOME.joinpath(*parts)
