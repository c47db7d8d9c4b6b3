"""The files that come with the program: lenses, the example study, icons, templates."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def resource(*parts: str) -> Traversable:
    """A file or folder below `resources/`, wherever the program is installed."""
    return files("resources").joinpath(*parts)


def resource_path(*parts: str) -> Path:
    """The same as a path on disk (the program is never run from an archive)."""
    return Path(str(resource(*parts)))
