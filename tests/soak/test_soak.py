"""A short form of `make soak`: nothing acknowledged is lost, no file is damaged, whatever program and disk suffer."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator

import pytest

if sys.platform == "win32":
    pytest.skip("processes are killed and limited as Unix does it", allow_module_level=True)

from soak.damage import flip_bits
from soak.full import fill_disks
from soak.kills import kill_the_window, kill_while_exporting, kill_while_migrating, kill_while_working
from soak.power import cut_power, fail_writes

Figure = Callable[[str], None]


@pytest.fixture(autouse=True)
def settings_stay_as_they_were() -> Iterator[None]:
    before = os.environ["XDG_CONFIG_HOME"]
    yield
    os.environ["XDG_CONFIG_HOME"] = before


def test_nothing_acknowledged_is_lost_when_the_program_is_killed_at_work(figure: Figure) -> None:
    made = kill_while_working(15)
    figure(
        f"kill -9 while working: {made.kills} kills, {len(made.faults)} faults, {made.acknowledged} changes looked for"
    )
    assert made.kills == 15
    assert made.acknowledged > 0
    assert made.faults == []


def test_a_study_comes_up_to_date_whole_although_the_program_is_killed(figure: Figure) -> None:
    made = kill_while_migrating(10)
    figure(f"kill -9 while a study is brought up to date: {made.kills} kills, {len(made.faults)} faults")
    assert made.kills == 10
    assert made.faults == []


def test_documents_are_the_old_or_the_new_ones_when_the_program_is_killed(figure: Figure) -> None:
    made = kill_while_exporting(6)
    figure(f"kill -9 while documents are written: {made.kills} kills, {len(made.faults)} faults")
    assert made.kills == 6
    assert made.faults == []


def test_nothing_is_lost_when_the_window_is_killed(figure: Figure) -> None:
    made = kill_the_window(2)
    figure(f"kill -9 while the window is open: {made.kills} kills, {len(made.faults)} faults")
    assert made.faults == []


def test_nothing_acknowledged_is_lost_when_the_power_goes(figure: Figure) -> None:
    made = cut_power(60, days=1, deeds=12)
    figure(f"power cuts: {made.cuts} cuts, {made.lost} lost, {made.torn} torn, {made.refused} refused")
    assert made.cuts == 60
    assert made.faults == []


def test_without_waiting_for_the_disk_work_would_be_lost() -> None:
    made = cut_power(10, synchronous="OFF", days=1, deeds=10)
    assert made.harmed > 0


def test_a_write_that_fails_loses_nothing_and_work_goes_on(figure: Figure) -> None:
    made = fail_writes(15, days=1)
    figure(f"failing disk: {made.failures} failed writes, {len(made.faults)} faults")
    assert made.said > 10
    assert made.faults == []


def test_a_full_disk_is_said_and_work_goes_on_when_there_is_room(figure: Figure) -> None:
    made = fill_disks(1)
    figure(f"full disk: {made.tried} deeds, {made.refused} refused in a sentence, {len(made.faults)} faults")
    assert made.refused > 3
    assert made.faults == []


def test_a_flipped_bit_is_seen_or_changes_nothing_that_is_shown(figure: Figure) -> None:
    made = flip_bits(25, larger=False)
    figure(f"flipped bits: {made.flips} flips, {made.seen} seen, {made.nothing} in nothing, {made.trail} in the trail")
    assert made.seen > 5
    assert made.missed == []
