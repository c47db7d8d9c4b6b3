"""Making a document beside the window: of a copy of the study, so that a large one holds nothing up."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.exporters.options import ExportOptions
from app.exporters.registry import ExportResult, Prepared, ending_for, prepare, write
from app.ui.beside import beside
from app.ui.desk import Desk


def export_beside(
    desk: Desk, parent: QWidget, kind: str, path: Path, *, to_whom: str = "", options: ExportOptions | None = None
) -> ExportResult | None:
    """Make a document of the study as it is now; the file dialog has asked before an existing one.

    None if one did not want to wait: then no file was written. Raises ReflexaError.
    """
    ending = ending_for(kind, path, force=True)
    copy = desk.study.copy_in_memory()

    def make() -> Prepared:
        with copy:
            return prepare(copy, kind, ending, options)

    with desk.at_work():
        made = beside(parent, _tr("Writing “{name}” …").format(name=path.name), make)
        return None if made is None else write(desk.study, made, path, force=True, to_whom=to_whom)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Exporting", text)
