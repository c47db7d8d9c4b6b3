"""Splices: a text there and back, and where every offset goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.splice import (
    Edit,
    Splice,
    SpliceBroken,
    as_images,
    from_images,
    moved_excerpt,
    moved_turn,
    spliced,
)

TEXT = "Nur: I felt I blong here."
ALPHABET = "ab 🙂é\nم"


@st.composite
def corrections(draw: st.DrawFn) -> tuple[str, Splice]:
    """A text, and some edits of it."""
    text = draw(st.text(ALPHABET, max_size=30))
    edits, position = [], 0
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(position, len(text)))
        end = draw(st.integers(at, min(len(text), at + 6)))
        edits.append((at, text[at:end], draw(st.text(ALPHABET, max_size=4))))
        position = end
    return text, spliced(edits)


@given(corrections())
def test_a_splice_there_and_back_is_the_same_text(found: tuple[str, Splice]) -> None:
    text, splice = found
    after = splice.applied(text)
    assert splice.inverse.applied(after) == text
    assert splice.inverse.inverse == splice


@given(corrections())
def test_its_two_images_are_the_splice(found: tuple[str, Splice]) -> None:
    _, splice = found
    if splice.edits:
        assert from_images(*as_images(splice)) == splice


@given(corrections(), st.integers(0, 30), st.integers(0, 30))
def test_offsets_stay_in_order_and_inside_the_text(found: tuple[str, Splice], one: int, other: int) -> None:
    text, splice = found
    low, high = sorted((min(one, len(text)), min(other, len(text))))
    after = splice.applied(text)
    for move in (splice.after, splice.before, splice.first):
        assert 0 <= move(low) <= move(high) <= len(after)
    label_start, label_end, start, end = moved_turn(splice, (low, low, low, high))
    assert label_start <= label_end <= start <= end


@given(corrections(), st.integers(0, 30), st.integers(1, 10))
def test_an_excerpt_that_no_edit_touches_keeps_its_words_and_comes_home(
    found: tuple[str, Splice], start: int, length: int
) -> None:
    text, splice = found
    end = min(len(text), start + length)
    if start >= end or splice.touches(start, end):
        return
    moved = moved_excerpt(splice, (start, end))
    assert splice.applied(text)[slice(*moved)] == text[start:end]
    assert moved_excerpt(splice.inverse, moved) == (start, end)


@given(corrections(), st.integers(0, 30), st.integers(1, 10))
def test_what_came_there_and_back_once_does_so_ever_after(found: tuple[str, Splice], start: int, length: int) -> None:
    """What makes it right to keep a clipped row as it is at home."""
    text, splice = found
    end = min(len(text), start + length)
    if start >= end:
        return
    moved = moved_excerpt(splice, (start, end))
    if moved[0] < moved[1]:
        home = moved_excerpt(splice.inverse, moved)
        assert home[0] < home[1]
        assert moved_excerpt(splice, home) == moved
    turn = moved_turn(splice, (start, start, start, end))
    assert moved_turn(splice, moved_turn(splice.inverse, turn)) == turn


def test_words_put_in_at_the_edge_of_an_excerpt_stay_outside() -> None:
    start, end = TEXT.index("I felt"), TEXT.index("here") - 1
    assert moved_excerpt(spliced([(start, "", "Well, ")]), (start, end)) == (start + 6, end + 6)
    assert moved_excerpt(spliced([(end, "", " right")]), (start, end)) == (start, end)
    assert moved_turn(spliced([(end, "", " right")]), (0, 4, start, end))[-1] == end + 6


def test_an_excerpt_takes_in_what_replaces_the_words_at_its_end() -> None:
    start, end = TEXT.index("I felt"), TEXT.index("ong here")
    splice = spliced([(TEXT.index("blong"), "blong here", "am homely")])
    assert splice.applied(TEXT)[slice(*moved_excerpt(splice, (start, end)))] == "I felt I am homely"


def test_edits_that_touch_become_one_and_lose_what_both_sides_share() -> None:
    splice = spliced([(13, " bl", " be"), (16, "ong", "long")])
    assert splice.edits == (Edit(15, "", "e"),)
    assert splice.applied(TEXT) == TEXT.replace("blong", "belong")
    assert spliced([(3, "ab", "ab")]).edits == ()


def test_a_splice_is_refused_by_a_text_it_was_not_made_for() -> None:
    for text in ("", "Nur", TEXT.upper()):
        with pytest.raises(SpliceBroken):
            spliced([(5, "I felt", "I feel")]).applied(text)


@pytest.mark.parametrize(
    ("gone", "come"),
    [
        ([], []),
        ([[0, "a"]], [[1, "b"]]),
        ([[-1, "a"]], [[-1, "b"]]),
        ([[3, "a"], [1, "b"]], [[3, "x"], [1, "y"]]),
        ([[0, 7]], [[0, "b"]]),
        ([["0", "a"]], [["0", "b"]]),
    ],
)
def test_images_that_do_not_belong_together_are_refused(gone: list[list[object]], come: list[list[object]]) -> None:
    with pytest.raises(SpliceBroken):
        from_images(gone, come)
