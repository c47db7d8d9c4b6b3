"""The study as it was: an earlier moment in the same window, for looking only, and one click back to today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.analysis.trail.listing import entries
from app.errors import ReflexaError
from app.ui.wording import day_in_words

if TYPE_CHECKING:
    from app.ui.window.main_window import MainWindow


def look_back(window: MainWindow, seq: int) -> bool:
    """Show the study as it was right after change `seq`; the study of today stays open behind it."""
    if window.desk is None or window.today is not None:
        return False
    study = window.desk.study
    with window.desk.read() as session:
        (entry,) = entries(session, [seq])
    try:
        past = study.at(seq)
    except ReflexaError as error:
        window.desk.say(error.sentence)
        return False
    window.close_study(keep=True)
    window.today = study
    window.show_study(past)
    said = _tr("The study as it was on {day} (looking only)").format(day=day_in_words(entry.at))
    window.banner.clear()
    window.banner.say(f"{said} – {entry.words}", [(_tr("Back to today"), lambda: back_to_today(window))])
    window.banner.shut.hide()
    window.setWindowTitle(f"{said} – Reflexa")
    return True


def back_to_today(window: MainWindow) -> None:
    """Show the study as it is."""
    study, window.today = window.today, None
    if study is not None:
        window.close_study()
        window.banner.shut.show()
        window.show_study(study)


def _tr(text: str) -> str:
    return QCoreApplication.translate("LookingBack", text)
