"""Whatever is told of people is told of at least k of them, also by difference."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis.small_groups import NOTHING, Told, shortened, told_beside_group, too_few

PEOPLE = st.lists(st.tuples(st.sampled_from(["Mentor", "Mentee", "Dean", ""]), st.sampled_from("ABCD") | st.just("")))


def of(*kinds: tuple[int, str, str]) -> dict[str, Told]:
    """So many people of each role and group."""
    every = [(role, group) for number, role, group in kinds for _ in range(number)]
    return {str(place): one for place, one in enumerate(every)}


@settings(max_examples=300, deadline=None)
@given(PEOPLE, st.sampled_from([1, 3, 5]))
def test_every_description_and_having_none_is_shared_by_k_people(kinds: list[Told], k: int) -> None:
    people = {str(place): one for place, one in enumerate(kinds)}
    told = shortened(people, k)
    assert told.keys() == people.keys()
    for key, parts in told.items():
        assert all(part in ("", mine) for part, mine in zip(parts, people[key], strict=True))
    fewest = min(Counter(told.values()).values(), default=k)
    assert fewest >= min(k, len(people))


@settings(max_examples=300, deadline=None)
@given(PEOPLE, st.sampled_from([1, 3, 5]))
def test_where_the_group_is_known_every_role_and_having_none_is_shared_by_k_of_the_group(
    kinds: list[Told], k: int
) -> None:
    people = {str(place): one for place, one in enumerate(kinds)}
    told = told_beside_group(people, (), k)
    sizes = Counter(group for _, group in people.values())
    for (group, _), number in Counter((people[key][1], role) for key, (role, _) in told.items()).items():
        assert number >= min(k, sizes[group])
        assert number >= k or {told[key][0] for key in people if people[key][1] == group} == {""}


@settings(max_examples=300, deadline=None)
@given(PEOPLE, st.sampled_from([1, 3, 5]))
def test_people_of_hidden_groups_are_not_told_apart_by_bearing_no_role(kinds: list[Told], k: int) -> None:
    people = {str(place): one for place, one in enumerate(kinds)}
    groups = Counter(group for _, group in people.values() if group)
    hidden = set(too_few(groups, k, len(people) - groups.total()))
    told = told_beside_group(people, hidden, k)
    assert min(Counter(told.values()).values(), default=k) >= min(k, len(people))


@pytest.mark.parametrize(
    ("people", "expected"),
    [
        # the one mentor would be known as the one who bears no role
        (of((3, "Mentee", "A"), (1, "Mentor", "A")), {("", "A"): 4}),
        # mentors of several groups are enough together
        (of((4, "Mentee", "A"), (1, "Mentor", "A"), (4, "Mentee", "B"), (2, "Mentor", "B")),
         {("Mentee", "A"): 4, ("Mentee", "B"): 4, ("Mentor", ""): 3}),
        # all mentors but one bear their group: the one without would be known
        (of((3, "Mentor", "A"), (4, "Mentor", "B"), (1, "Mentor", "C")), {("Mentor", ""): 4, ("Mentor", "B"): 4}),
        (of((2, "Mentor", "A")), {NOTHING: 2}),
    ],
)  # fmt: skip
def test_what_is_missing_tells_of_nobody(people: dict[str, Told], expected: dict[Told, int]) -> None:
    assert Counter(shortened(people, 3).values()) == expected


def test_values_of_an_attribute_are_hidden_until_k_people_bear_none() -> None:
    assert set(too_few(Counter(Malaysia=3, Vietnam=1), 3)) == {"Malaysia", "Vietnam"}
    assert set(too_few(Counter(Malaysia=9, Brunei=4, Vietnam=1, Laos=1), 3)) == {"Vietnam", "Laos", "Brunei"}
    assert set(too_few(Counter(Malaysia=9, Vietnam=2, Laos=1), 3)) == {"Vietnam", "Laos"}
    assert set(too_few(Counter(Malaysia=9), 3)) == set()
