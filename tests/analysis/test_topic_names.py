"""Names of themes that sum up a topic are told from names that tell an idea."""

from __future__ import annotations

import pytest

from app.analysis.topic_names import is_topic


@pytest.mark.parametrize(
    "name",
    ["Barriers", "Benefits of mentoring", "challenges", "Mentor experiences", "Reasons for joining", "Pros and cons",
     "Why did you sign up?", "BARRIERS TO BELONGING", "Feedback"],
)  # fmt: skip
def test_a_topic_is_recognised(name: str) -> None:
    assert is_topic(name)


@pytest.mark.parametrize(
    "name",
    ["Somebody noticed I was not there", "Support is a debt", "Take, then pass it on", "", "…", "归属感",
     "The door closes early", "Who am I to teach", "Issues? We are the issue"],
)  # fmt: skip
def test_an_idea_is_left_alone(name: str) -> None:
    assert not is_topic(name)
