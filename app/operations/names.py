"""Names as people type them: made safe, kept as meant."""

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.errors import NotPossible
from app.models import Base

Row = TypeVar("Row", bound=Base)

LONGEST_NAME = 300

_HALF = re.compile("[\ud800-\udfff]")
_INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"  # Persian and Indic words and emoji need these


def one_line(name: str) -> str:
    """The name in one line as the study keeps names: composed, without control or direction marks."""
    flat = " ".join(unicodedata.normalize("NFC", _whole(name)).split())
    if flat.isprintable():
        return flat
    shown = "".join(c for c in flat if c in _JOINERS or unicodedata.category(c) not in _INVISIBLE)
    return " ".join(shown.split())


def clean_name(name: str, what: str, longest: int = LONGEST_NAME) -> str:
    """The name in one line, safe to keep. Raises NotPossible if nothing or too much is left."""
    clean = one_line(name)
    if not clean.strip(_JOINERS):
        raise NotPossible(f"A {what} needs a name.")
    if len(clean) > longest:
        raise NotPossible(f"A {what}'s name may have {longest} characters; this one has {len(clean)}.")
    return clean


def clean_text(text: str) -> str:
    """Text of several lines as the study keeps it: LF line ends, no NUL, no half characters, no spaces at its end."""
    return _whole(text).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").rstrip()


@lru_cache(8192)
def folded(name: str) -> str:
    """What two names have in common that are the same but for case, composition and invisible marks."""
    return one_line(name).casefold()


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case, composition and invisible marks."""
    return folded(one) == folded(other)


def as_date(value: str | date | None) -> date | None:
    """A date from a date, from ISO text, or none from nothing. Raises NotPossible."""
    if value is None or isinstance(value, date):
        return value
    written = value.strip()
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise NotPossible("A date is written as year-month-day, such as 2026-03-31. Nothing was changed.") from None


def next_position(session: Session, kind: type[Base], *among: ColumnElement[bool]) -> int:
    """The position after the last one of its siblings."""
    table = kind.__table__
    last = session.scalar(select(table.c.position).where(*among).order_by(table.c.position.desc()).limit(1))
    return 0 if last is None else last + 1


def _whole(text: str) -> str:
    """The text with halves of characters (lone surrogates) replaced: they come from file names and broken pastes."""
    return _HALF.sub("\ufffd", text)


def get(session: Session, kind: type[Row], key: str, what: str) -> Row:
    """The row with this key. Raises NotPossible if it is gone."""
    row = session.get(kind, key)
    if row is None:
        raise NotPossible(f"This {what} is not in the study any more.")
    return row
