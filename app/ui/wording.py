"""What every part of the window says alike: moments as the person's own locale writes them, numbers of things."""

from __future__ import annotations

import re
from datetime import datetime

from PySide6.QtCore import QDate, QLocale, QTime


def day_in_words(moment: datetime) -> str:
    """The local day in long form: 3 March 2026."""
    local = moment.astimezone()
    return QLocale().toString(QDate(local.year, local.month, local.day), QLocale.FormatType.LongFormat)


def short_day(moment: datetime) -> str:
    """The local day with the month as a short word: 3 Mar 2026. Digits alone leave open which of them is the month."""
    local = moment.astimezone()
    return QLocale().toString(QDate(local.year, local.month, local.day), _short_format(QLocale()))


def short_moment(moment: datetime) -> str:
    """Local day and time in short form."""
    local = moment.astimezone()
    return f"{short_day(moment)} {QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)}"


def _short_format(locale: QLocale) -> str:
    """The long form of a locale without the day of the week."""
    long = locale.dateFormat(QLocale.FormatType.LongFormat)
    return re.sub(r"^[\s,،.]+|[\s,،]+$", "", re.sub(r"[\s,،]*d{3,4}[,،]?", "", long)).replace("MMMM", "MMM")


def counted(number: int, one: str, many: str) -> str:
    """One of two sentences that are translated already: "1 code", or "{n} codes" with the number in it."""
    return one if number == 1 else many.format(n=number)


def capital(words: str) -> str:
    """With a capital letter in front; the rest stays as it is."""
    return words[:1].upper() + words[1:]
