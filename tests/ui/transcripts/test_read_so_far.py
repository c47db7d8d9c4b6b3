"""What has been read: stretches, and how far in words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.ui.settings import Settings
from app.ui.transcripts.read_so_far import HowFar, ReadingLog, ReadSoFar

LONG = 60_000


def test_nothing_is_read_to_begin_with() -> None:
    assert ReadSoFar().how_far(LONG) == HowFar.NOT_YET
    assert ReadSoFar().with_stretch(5, 5).how_far(LONG) == HowFar.NOT_YET
    assert ReadSoFar().with_stretch(0, 5).how_far(0) == HowFar.NOT_YET


def test_how_far_is_said_by_where_one_came_to() -> None:
    for end, far in ((2_000, HowFar.BEGUN), (14_000, HowFar.QUARTER), (31_000, HowFar.HALF),
                     (44_000, HowFar.THREE_QUARTERS), (56_000, HowFar.NEARLY), (LONG, HowFar.TO_THE_END)):  # fmt: skip
        assert ReadSoFar(((0, end),)).how_far(LONG) == far


def test_a_little_left_out_between_is_read_through_and_much_is_in_places() -> None:
    assert ReadSoFar(((0, 30_000), (30_400, LONG))).how_far(LONG) == HowFar.TO_THE_END
    assert ReadSoFar(((0, 10_000), (50_000, LONG))).how_far(LONG) == HowFar.IN_PLACES
    assert ReadSoFar(((40_000, 44_000),)).how_far(LONG) == HowFar.IN_PLACES


def test_a_short_text_is_read_to_the_end_only_at_its_end() -> None:
    assert ReadSoFar(((0, 40),)).how_far(100) == HowFar.HALF
    assert ReadSoFar(((0, 99),)).how_far(100) == HowFar.TO_THE_END


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200))))
def test_stretches_hold_exactly_what_was_read(spans: list[tuple[int, int]]) -> None:
    read = ReadSoFar()
    for start, end in spans:
        read = read.with_stretch(start, end)
    assert {at for span in read.stretches for at in range(*span)} == {at for span in spans for at in range(*span)}
    assert all(before[1] < later[0] for before, later in zip(read.stretches, read.stretches[1:], strict=False))


def test_it_is_kept_for_each_transcript_and_broken_settings_are_nothing(settings: Settings) -> None:
    log = ReadingLog(settings, "study")
    log.keep("one", ReadSoFar(((0, 50),)), 100)
    again = ReadingLog(settings, "study")
    assert (again.of("one"), again.how_far("one")) == (ReadSoFar(((0, 50),)), HowFar.HALF)
    assert again.how_far("two") == HowFar.NOT_YET
    for broken in ("[]", "{", '{"length": 5}', '{"length": 5, "stretches": [1]}'):
        settings.remember_place("study", "read/one", broken)
        assert again.how_far("one") == HowFar.NOT_YET
