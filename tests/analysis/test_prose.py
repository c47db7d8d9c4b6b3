"""The researcher's little Markdown: what is read as markup, and that all else stays the letters typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.prose import Block, BlockKind, Run, blocks, plain


def _told(text: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in blocks(text)]


def _looks(text: str) -> list[tuple[str, bool, bool]]:
    return [(run.text, run.strong, run.emphasis) for block in blocks(text) for run in block.runs]


def test_paragraphs_keep_the_line_breaks_that_were_typed() -> None:
    assert _told("One\ntwo\n\n\nthree") == [("paragraph", "One\ntwo"), ("paragraph", "three")]


def test_lists_and_quotes_are_blocks_of_their_own() -> None:
    text = "So:\n- first\n  goes on\n* second\n3. third\n4) fourth\n\n> She said\n> it twice.\nDid she?"
    assert _told(text) == [
        ("paragraph", "So:"),
        ("item", "first\ngoes on"),
        ("item", "second"),
        ("numbered", "third"),
        ("numbered", "fourth"),
        ("quote", "She said\nit twice."),
        ("paragraph", "Did she?"),
    ]
    assert [block.number for block in blocks(text) if block.kind is BlockKind.NUMBERED] == [3, 4]


def test_emphasis_strong_and_both() -> None:
    assert _looks("a *b* **c** ***d*** _e_") == [
        ("a ", False, False),
        ("b", False, True),
        (" ", False, False),
        ("c", True, False),
        (" ", False, False),
        ("d", True, True),
        (" ", False, False),
        ("e", False, True),
    ]
    assert _looks("**b *c* d**") == [("b ", True, False), ("c", True, True), (" d", True, False)]


@pytest.mark.parametrize(
    "text",
    [
        "2 * 3 * 4",
        "one_two_three",
        "a lone * star",
        "**not closed",
        "[a link](https://example.org)",
        "![picture](file:///etc/passwd)",
        "<b>no markup</b> &amp; <img src=x>",
        "# no heading",
        "`code` ~~struck~~",
        "-no item",
        "****",
    ],
)
def test_all_else_stays_the_letters_typed(text: str) -> None:
    assert blocks(text) == [Block(BlockKind.PARAGRAPH, (Run(text),))]


def test_a_mark_can_be_meant_as_a_letter() -> None:
    assert _looks(r"\*so\*") == [("*so*", False, False)]


@given(st.text(alphabet="ab *_>-1.\n\\•\u05d0🙂", max_size=60))
def test_no_letter_is_lost_whatever_is_typed(text: str) -> None:
    kept = "".join(plain(text).split())
    for letter in "ab\u05d0🙂":
        assert kept.count(letter) == text.count(letter)
