"""From process start to a painted window: the shell first, then - once it is on the screen - the study."""

from __future__ import annotations

import gc
import logging
import os
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from app.errors import ReflexaError
from app.ui.settings import Settings
from app.ui.window.main_window import MainWindow

log = logging.getLogger(__name__)


def open_window(study_path: Path | None, *, read_only: bool = False) -> int:
    """Run the window until it closes; returns the exit code."""
    settings = Settings()
    settings.apply_language()
    if settings.scale != 100:  # Qt asks for it once, when the application is made
        os.environ.setdefault("QT_SCALE_FACTOR", str(settings.scale / 100))
    make_application()
    window = MainWindow(settings)
    _catch_everything(window)
    window.show()
    QTimer.singleShot(0, lambda: _go_on(window, study_path, read_only=read_only))
    return QApplication.exec()


def _go_on(window: MainWindow, study_path: Path | None, *, read_only: bool = False) -> None:
    """The shell is painted: open the study, then let the garbage collector work again on what comes from now on."""
    if study_path is not None:
        window.open_study(study_path, read_only=read_only)
    gc.freeze()
    gc.enable()


def make_application() -> QApplication:
    """The one QApplication, with its name, style and font."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        application = existing
        application.setStyle("Fusion")
    else:  # by an argument: `setStyle` returns a style, and the 600 names of its class would be made before the shell
        application = QApplication([*sys.argv[:1], "-style", "fusion"])
    application.setApplicationName("Reflexa")
    application.setOrganizationName("Reflexa")
    application.setDesktopFileName("reflexa")
    font = application.font()
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPixelSize(13)
    application.setFont(font)
    translator = QTranslator(application)
    if translator.load(QLocale(), "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    return application


def _catch_everything(window: MainWindow) -> None:
    """No traceback reaches a person: an unexpected error is one sentence, and the log holds no values."""

    def on_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.close()
            return
        places = []
        while trace is not None:
            code = trace.tb_frame.f_code
            places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno}")
            trace = trace.tb_next
        log.error("unexpected %s at %s", kind.__name__, " < ".join(reversed(places)))
        if isinstance(error, ReflexaError):  # a damaged place of the study, met while something was drawn
            window.tell(error.sentence)
        else:
            window.tell_unexpected(kind.__name__)

    sys.excepthook = on_error
