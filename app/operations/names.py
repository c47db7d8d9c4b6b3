"""Names as people type them: made safe, kept as meant."""

import unicodedata
from typing import TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.errors import NotPossible
from app.models import Base

Row = TypeVar("Row", bound=Base)

LONGEST_NAME = 300

_INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}
_KEPT_MARKS = {"\u200c", "\u200d"}  # joiners that Persian and Indic words and emoji need


def clean_name(name: str, what: str) -> str:
    """The name in one line, without control or direction marks. Raises NotPossible if nothing or too much is left."""
    flat = unicodedata.normalize("NFC", name).replace("\t", " ").replace("\n", " ")
    shown = "".join(c for c in flat if c in _KEPT_MARKS or unicodedata.category(c) not in _INVISIBLE)
    clean = " ".join(shown.split())
    if not clean:
        raise NotPossible(f"A {what} needs a name.")
    if len(clean) > LONGEST_NAME:
        raise NotPossible(f"A {what}'s name may have {LONGEST_NAME} characters; this one has {len(clean)}.")
    return clean


def clean_text(text: str) -> str:
    """Text of several lines as the study keeps it: LF line ends, no NUL, no spaces at its end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").rstrip()


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case."""
    return one.casefold() == other.casefold()


def next_position(session: Session, kind: type[Base], *among: ColumnElement[bool]) -> int:
    """The position after the last one of its siblings."""
    table = kind.__table__
    last = session.scalar(select(table.c.position).where(*among).order_by(table.c.position.desc()).limit(1))
    return 0 if last is None else last + 1


def get(session: Session, kind: type[Row], key: str, what: str) -> Row:
    """The row with this key. Raises NotPossible if it is gone."""
    row = session.get(kind, key)
    if row is None:
        raise NotPossible(f"This {what} is not in the study any more.")
    return row
