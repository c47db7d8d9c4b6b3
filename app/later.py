"""Modules that are imported when they are first used, not when a library asks for them just in case.

SQLAlchemy imports what it needs for asynchronous servers and for drivers that come as plug-ins. A study on one computer
needs neither, and importing them took a tenth of the time until it is painted. The standard library's own LazyLoader
does not do here: the import statement itself looks at a module's `__spec__`, and that loads it.
"""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import Any


class _Later(ModuleType):
    """Stands for a module until something of it is used; then the module takes its place."""

    def __init__(self, name: str, called: tuple[str, ...]) -> None:
        super().__init__(name, "Imported when it is used.")
        self._called = called

    def __getattr__(self, name: str) -> Any:
        if name in self._called:
            return lambda *args, **kwargs: getattr(_real(self), name)(*args, **kwargs)
        return getattr(_real(self), name)


def import_later(name: str, *, called: tuple[str, ...] = ()) -> None:
    """Import a module when it is used, unless it is there already.

    `called` are functions that somebody takes out of it at import, to call them later if ever.
    """
    if name in sys.modules:
        return
    standing = sys.modules[name] = _Later(name, called)
    parent, _, child = name.rpartition(".")
    if parent:
        setattr(importlib.import_module(parent), child, standing)


def _real(standing: _Later) -> ModuleType:
    name = standing.__name__
    if sys.modules.get(name) is standing:
        del sys.modules[name]
    return importlib.import_module(name)
