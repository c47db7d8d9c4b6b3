"""The closed lists of themes in words: what the screen says for a status, a role, a weight or a direction."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.models.kinds import Belongs, CodeRole, Direction, ThemeKind, ThemeStatus, Weight

_WORDS: dict[StrEnum, object] = {
    ThemeKind.OVERARCHING: QT_TRANSLATE_NOOP("ThemeWords", "overarching theme"),
    ThemeKind.THEME: QT_TRANSLATE_NOOP("ThemeWords", "theme"),
    ThemeKind.SUBTHEME: QT_TRANSLATE_NOOP("ThemeWords", "subtheme"),
    ThemeStatus.CANDIDATE: QT_TRANSLATE_NOOP("ThemeWords", "candidate"),
    ThemeStatus.DEVELOPED: QT_TRANSLATE_NOOP("ThemeWords", "developed"),
    ThemeStatus.DEFINED: QT_TRANSLATE_NOOP("ThemeWords", "defined and named"),
    ThemeStatus.LET_GO: QT_TRANSLATE_NOOP("ThemeWords", "let go"),
    CodeRole.CORE: QT_TRANSLATE_NOOP("ThemeWords", "core"),
    CodeRole.PART: QT_TRANSLATE_NOOP("ThemeWords", "part"),
    CodeRole.CONTRAST: QT_TRANSLATE_NOOP("ThemeWords", "contrast"),
    Belongs.UNDECIDED: QT_TRANSLATE_NOOP("ThemeWords", "undecided"),
    Belongs.IN: QT_TRANSLATE_NOOP("ThemeWords", "in"),
    Belongs.OUT: QT_TRANSLATE_NOOP("ThemeWords", "out"),
    Weight.CENTRAL: QT_TRANSLATE_NOOP("ThemeWords", "central"),
    Weight.SUPPORTING: QT_TRANSLATE_NOOP("ThemeWords", "supporting"),
    Weight.IN_PASSING: QT_TRANSLATE_NOOP("ThemeWords", "in passing"),
    Direction.SHOWS: QT_TRANSLATE_NOOP("ThemeWords", "shows it"),
    Direction.FAILING: QT_TRANSLATE_NOOP("ThemeWords", "shows it failing or absent"),
    Direction.CONTESTS: QT_TRANSLATE_NOOP("ThemeWords", "contests it"),
}


def word(value: StrEnum) -> str:
    """The word for it, as it stands inside a sentence."""
    return QCoreApplication.translate("ThemeWords", str(_WORDS[value]))


def title(value: StrEnum) -> str:
    """The word for it, as it stands alone."""
    said = word(value)
    return said[:1].upper() + said[1:]


def weighed(weight: Weight, direction: Direction) -> str:
    """A mapping in words: how much of the theme, and what it says about the dimension."""
    return f"{word(weight)}, {word(direction)}"
