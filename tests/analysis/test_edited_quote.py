"""An edited quote is held against the words that were said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.edited_quote import Kind, parts, unmarked, with_marks

SAID = "When I failed the first formative she sat with me for two hours, and she didn't have to."


@pytest.mark.parametrize(
    "edited",
    [
        SAID,
        "when I failed the first formative, she sat with me",
        "… she sat with me for two hours …",
        "When I failed … she sat with me [...] and she didn't have to.",
        "[My mentor] sat with me for two hours",
        "When I failed the first [exam] she sat with me",
        "[W]hen I failed the first formative she sat with me",
        "",
    ],
)
def test_what_is_marked_misleads_nobody(edited: str) -> None:
    assert not unmarked(SAID, edited)
    assert with_marks(SAID, edited) == " ".join(edited.split())


@pytest.mark.parametrize(
    ("edited", "omitted", "inserted", "marked"),
    [
        ("When I failed she sat with me", ("the first formative",), (), "When I failed … she sat with me"),
        ("When I failed the exam she sat", ("first formative",), ("exam",), "When I failed the [exam] she sat"),
        ("She really sat with me", (), ("really",), "She [really] sat with me"),
    ],
)
def test_what_is_not_marked_is_told_and_can_be_marked(
    edited: str, omitted: tuple[str, ...], inserted: tuple[str, ...], marked: str
) -> None:
    found = unmarked(SAID, edited)
    assert found.inserted == inserted
    if not inserted:
        assert found.omitted == omitted
    assert with_marks(SAID, edited) == marked
    assert not unmarked(SAID, marked)


def test_the_difference_is_told_word_by_word() -> None:
    told = parts("She sat with me for two hours", "She sat [there] for two hours")
    assert [(part.kind, part.words) for part in told] == [
        (Kind.KEPT, "She sat"),
        (Kind.OMITTED, "with me"),
        (Kind.INSERTED, "[there]"),
        (Kind.KEPT, "for two hours"),
    ]


def test_words_of_any_script_are_compared() -> None:
    assert not unmarked("她 坐 在 那里 两个 小时", "她 … 两个 小时")
    assert unmarked("她 坐 在 那里 两个 小时", "她 两个 小时").omitted == ("坐 在 那里",)


@given(st.text(max_size=60), st.text(max_size=60))
def test_marking_is_done_once_for_all(said: str, edited: str) -> None:
    marked = with_marks(said, edited)
    assert with_marks(said, marked) == " ".join(marked.split())
