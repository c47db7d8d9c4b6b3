"""Backups of a study: where they lie, what they are called, how one is made, which are thinned out.

A backup is a whole study file in the folder `NAME-backups` beside the study (or in another place that was chosen). It
is written by SQLite's own online copy under a passing name, verified, brought to the disk, and only then given its
name. Whoever must reach every copy of a study (a withdrawal, a new password) asks `backups_of` and `delete_backups`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.backups.making import copy_before_update, make_backup, write_backup
    from app.backups.names import Backup, Reason, is_backup
    from app.backups.places import backups_of, delete_backups, folders_of
    from app.backups.restoring import free_name_beside, restore_to
    from app.backups.rules import Rules
    from app.backups.thinning import superfluous

__all__ = [
    "Backup",
    "Reason",
    "Rules",
    "backups_of",
    "copy_before_update",
    "delete_backups",
    "folders_of",
    "free_name_beside",
    "is_backup",
    "make_backup",
    "restore_to",
    "superfluous",
    "write_backup",
]

_ROOMS = {
    "making": "copy_before_update make_backup write_backup",
    "names": "Backup Reason is_backup",
    "places": "backups_of delete_backups folders_of",
    "restoring": "free_name_beside restore_to",
    "rules": "Rules",
    "thinning": "superfluous",
}
_HOMES = {name: room for room, names in _ROOMS.items() for name in names.split()}


def __getattr__(name: str) -> object:
    """What has this name; its module is imported when somebody asks (PEP 562): opening a study asks for a name only."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"app.backups.{_HOMES[name]}"), name)
