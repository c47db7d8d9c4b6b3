"""Corrections in words."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QCoreApplication

from app.analysis.correcting import Concerned, Consequences
from app.models.anchors import Fate


def outcome(found: Consequences) -> str:
    """What a correction would cost, in a sentence or two."""
    counts = Counter(one.fate for one in found.concerned)
    parts = []
    if number := counts[Fate.DELETED]:
        parts.append(_tr("1 excerpt loses all its words and is deleted.") if number == 1 else
                     _tr("{n} excerpts lose all their words and are deleted.").format(n=number))  # fmt: skip
    if number := counts[Fate.CLIPPED]:
        parts.append(_tr("1 excerpt has other words or other ends.") if number == 1 else
                     _tr("{n} excerpts have other words or other ends.").format(n=number))  # fmt: skip
    if number := counts[Fate.JOINED]:
        parts.append(_tr("1 excerpt becomes one with another.") if number == 1 else
                     _tr("{n} excerpts become one with others.").format(n=number))  # fmt: skip
    return " ".join(parts)


def fate(one: Concerned) -> str:
    """What becomes of one excerpt."""
    return {
        Fate.DELETED: _tr("deleted"),
        Fate.CLIPPED: _tr("other words or ends"),
        Fate.JOINED: _tr("becomes one with another"),
        Fate.EDITED: _tr("other words, same ends"),
        Fate.MOVES: _tr("as it was"),
    }[one.fate]


def hanging(codes: tuple[str, ...], memos: int) -> str:
    """What hangs on an excerpt: its codes, its memos."""
    parts = [", ".join(codes) if codes else _tr("no code")]
    if memos:
        parts.append(_tr("1 memo") if memos == 1 else _tr("{n} memos").format(n=memos))
    return " · ".join(parts)


def shown(words: str, most: int = 280) -> str:
    """Words on one line, as many as there is room for."""
    flat = " ".join(words.split())
    return flat if len(flat) <= most else f"{flat[: most - 1]}…"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Correcting", text)
