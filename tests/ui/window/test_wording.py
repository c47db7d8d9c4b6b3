"""Dates as a person of some place writes them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale

from app.ui.wording import day_in_words, short_day, short_moment

NOON = datetime(2024, 5, 21, 12, tzinfo=UTC)


@pytest.fixture
def _own_locale() -> Iterator[None]:
    """The locale is the whole program's: what a test sets it gives back."""
    before = QLocale()
    yield
    QLocale.setDefault(before)


@pytest.mark.usefixtures("_own_locale")
@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en_GB", "21 May 2024"),
        ("en_US", "May 21, 2024"),
        ("C", "21 May 2024"),
        ("ms_MY", "21 Mei 2024"),
        ("de_DE", "21. Mai 2024"),
        ("zh_CN", "2024年5月21日"),
        ("hu_HU", "2024. máj. 21."),
    ],
)
def test_a_short_day_has_its_month_in_words_where_the_language_has(locale: str, said: str) -> None:
    QLocale.setDefault(QLocale(locale))
    assert short_day(NOON) == said
    assert short_moment(NOON).startswith(said)
    assert len(day_in_words(NOON)) > len(said)
