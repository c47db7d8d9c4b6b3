"""What the journal calls things: sorts of links, kinds of entries, days and hours."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QLocale, QTime

from app.analysis.journal import Entry, Thing
from app.models.kinds import Phase
from app.ui.wording import capital, short_day

_ASIDE = " · "


def thing_said(thing: Thing) -> str:
    """What a link leads to: Code “Being noticed”."""
    words = {
        "source": _tr("Transcript “{name}”"),
        "excerpt": _tr("An excerpt of “{name}”"),
        "code": _tr("Code “{name}”"),
        "theme": _tr("Theme “{name}”"),
        "version": _tr("Map version “{name}”"),
        "lens_entry": _tr("Lens: “{name}”"),
        "group": _tr("Group “{name}”"),
        "participant": _tr("Participant “{name}”"),
        "comment": _tr("A comment by {name}") if thing.name else _tr("A comment"),
    }
    return words[thing.subject].format(name=thing.name)


def kind_said(kind: str) -> str:
    """The word for a kind; the suggested ones can be translated, one's own stay as they are."""
    return _tr(kind) if kind else ""


def phase_said(phase: Phase) -> str:
    """The name of a phase with a capital letter."""
    return capital(_tr(phase.value))


def head_of(entry: Entry) -> str:
    """When in the day, in which phase, by whom."""
    parts = [hour_of(entry.at), entry.phase.value if entry.phase is not None else "", entry.who]
    return _ASIDE.join(part for part in parts if part)


def hour_of(moment: datetime) -> str:
    """The local time of day as the person's locale writes it."""
    local = moment.astimezone()
    return QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)


def began(moment: datetime) -> str:
    """When a draft was begun."""
    return _tr("You go on with what you began on {day} at {hour}.").format(day=short_day(moment), hour=hour_of(moment))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Journal", text)
