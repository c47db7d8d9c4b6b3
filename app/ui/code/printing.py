"""Printing the transcript one reads, or saving it as PDF, with its codings or without."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from app.errors import ReflexaError

if TYPE_CHECKING:
    from PySide6.QtGui import QPagedPaintDevice

    from app.ui.code.workspace import CodeWorkspace


def add_print_actions(place: CodeWorkspace) -> None:
    """Register printing and saving."""
    add = place.desk.actions.add
    add("code.print", _tr("Print the transcript …"), lambda: print_out(place, codes=True), keys="Ctrl+P", menu="File")
    add("code.print_plain", _tr("Print the transcript without codes …"), lambda: print_out(place, codes=False),
        menu="File")  # fmt: skip
    add("code.save_pdf", _tr("Save the transcript as PDF …"), lambda: ask_and_save(place, codes=True), menu="File")
    add("code.save_pdf_plain", _tr("Save the transcript as PDF without codes …"),
        lambda: ask_and_save(place, codes=False), menu="File")  # fmt: skip


def ask_and_save(place: CodeWorkspace, *, codes: bool) -> None:
    """Ask where, then save."""
    if place.script is None:
        place.desk.say(_tr("There is no transcript to save."))
        return
    proposed = place.desk.study.path.with_name(f"{place.script.name}.pdf")
    path, _ = QFileDialog.getSaveFileName(place, _tr("Save the transcript as PDF"), str(proposed), "PDF (*.pdf)")
    if path:
        save(place, Path(path if path.lower().endswith(".pdf") else f"{path}.pdf"), codes=codes)


def save(place: CodeWorkspace, path: Path, *, codes: bool) -> bool:
    """Save the transcript shown; the dialog has asked before an existing file. Returns whether it is there."""
    from app.exporters.transcript_pdf import save_transcript

    if place.script is None:
        return False
    try:
        with _waiting():
            told = save_transcript(place.desk.study, place.script.id, path, datetime.now(UTC), codes=codes, force=True)
    except ReflexaError as error:
        place.desk.say(error.sentence)
        return False
    place.desk.say(" ".join((_tr("Wrote “{name}”.").format(name=path.name), *told)))
    return True


def print_out(place: CodeWorkspace, *, codes: bool) -> None:
    """Ask for a printer and print the transcript; that it left goes into the register."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    if place.script is None:
        place.desk.say(_tr("There is no transcript to print."))
        return
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setDocName(place.script.name)
    if QPrintDialog(printer, place).exec():
        print_to(place, printer, printer.printerName() or _tr("printer"), codes=codes)


def print_to(place: CodeWorkspace, device: QPagedPaintDevice, name: str, *, codes: bool) -> bool:
    """Print on a device of this name. Returns whether it was printed and entered in the register."""
    from app.exporters.painted.transcript import print_on
    from app.exporters.transcript_pdf import pages_of, register, said_of

    try:
        with place.desk.read() as session, _waiting():
            pages = pages_of(session, place.script.id if place.script else "", datetime.now(UTC), codes=codes)
            printed = print_on(device, pages)
        if printed:
            register(place.desk.study, pages, name, "")
    except ReflexaError as error:
        place.desk.say(error.sentence)
        return False
    said = (_tr("Sent to “{name}”.").format(name=name), *said_of(pages)) if printed else ()
    place.desk.say(" ".join(said) or _tr("The printer took nothing."))
    return printed


@contextmanager
def _waiting() -> Iterator[None]:
    """A long transcript takes a second or two."""
    QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        yield
    finally:
        QGuiApplication.restoreOverrideCursor()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Printing", text)
