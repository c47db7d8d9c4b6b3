"""Colours of the window as named tokens: light, dark, and both in high contrast; contrast is computed in a test."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

SERIF = ["Noto Serif", "Source Serif 4", "Georgia", "DejaVu Serif", "serif"]
"""Fonts of participants' words, whichever is there."""


@dataclass(frozen=True)
class Tokens:
    """What the style sheet, icons and painted widgets use. Every text colour has 4.5:1 on the ground it stands on."""

    dark: bool
    panel: str  # side panels, bars
    paper: str  # behind the transcript, behind tables
    raised: str  # cards, fields, menus
    line: str  # hairlines between areas
    edge: str  # outline of fields and buttons
    text: str
    quiet: str
    accent: str
    on_accent: str
    chosen: str  # background of the chosen row
    hover: str
    warn: str
    focus: str
    strong: bool = False
    """High contrast: every text has 7:1, every outline 4.5:1."""


LIGHT = Tokens(
    dark=False,
    panel="#FEFDFB",
    paper="#F6F4F0",
    raised="#FFFFFF",
    line="#E4E1DA",
    edge="#CFCBC2",
    text="#1C1E21",
    quiet="#5C6270",
    accent="#0B57B0",
    on_accent="#FFFFFF",
    chosen="#DBE7F8",
    hover="#EFEDE7",
    warn="#A1341F",
    focus="#0B57B0",
)

DARK = Tokens(
    dark=True,
    panel="#1F2226",
    paper="#17191C",
    raised="#26292E",
    line="#32363C",
    edge="#4A4F57",
    text="#E8E6E1",
    quiet="#A3A9B4",
    accent="#86B7FF",
    on_accent="#10151C",
    chosen="#2C3E58",
    hover="#2A2E33",
    warn="#FF9C85",
    focus="#86B7FF",
)


STRONG_LIGHT = Tokens(
    dark=False, panel="#FFFFFF", paper="#FFFFFF", raised="#FFFFFF", line="#595959", edge="#3A3A3A", text="#000000",
    quiet="#2E2E2E", accent="#00419A", on_accent="#FFFFFF", chosen="#CFE2FF", hover="#E6E6E6", warn="#8A1500",
    focus="#00419A", strong=True,
)  # fmt: skip
STRONG_DARK = Tokens(
    dark=True, panel="#000000", paper="#000000", raised="#000000", line="#9A9A9A", edge="#C8C8C8", text="#FFFFFF",
    quiet="#E0E0E0", accent="#9CC9FF", on_accent="#000000", chosen="#0E2F58", hover="#2A2A2A", warn="#FFB3A1",
    focus="#FFE14D", strong=True,
)  # fmt: skip

LOOKS = {"light": LIGHT, "dark": DARK, "strong light": STRONG_LIGHT, "strong dark": STRONG_DARK}


def tokens(choice: str = "system") -> Tokens:
    """The tokens of one of `LOOKS`, or of what the system says (light or dark, and whether it asks for contrast)."""
    hints = QGuiApplication.styleHints()
    if choice in LOOKS:
        return LOOKS[choice]
    dark = hints.colorScheme() == Qt.ColorScheme.Dark
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return STRONG_DARK if dark else STRONG_LIGHT
    return DARK if dark else LIGHT


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours after WCAG 2.1 (1 to 21)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@cache
def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
