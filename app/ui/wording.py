"""Dates as the person's own locale writes them: one place that formats a moment for the screen."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QDate, QDateTime, QLocale


def day_in_words(moment: datetime) -> str:
    """The local day in long form: 3 March 2026."""
    local = moment.astimezone()
    return QLocale().toString(QDate(local.year, local.month, local.day), QLocale.FormatType.LongFormat)


def short_day(moment: datetime) -> str:
    """The local day in short form."""
    local = moment.astimezone()
    return QLocale().toString(QDate(local.year, local.month, local.day), QLocale.FormatType.ShortFormat)


def short_moment(moment: datetime) -> str:
    """Local day and time in short form."""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(int(moment.timestamp())), QLocale.FormatType.ShortFormat)
