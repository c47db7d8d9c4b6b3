"""Icons say whether what they stand for can be done."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QIcon

from app.ui.style.icons import icon


def strongest(drawn: QIcon, mode: QIcon.Mode) -> int:
    """The most opaque pixel of an icon."""
    image = drawn.pixmap(16, 16, mode).toImage()
    return max(QColor.fromRgba(image.pixel(x, y)).alpha() for x in range(image.width()) for y in range(image.height()))


@pytest.mark.parametrize("colour", ["#FFFFFF", "#111111"])
def test_an_icon_of_what_cannot_be_done_is_faded_in_light_and_dark(qapp: object, colour: str) -> None:
    drawn = icon("redo", colour, 16)
    assert strongest(drawn, QIcon.Mode.Disabled) < strongest(drawn, QIcon.Mode.Normal) / 2
