"""Wording that goes against reflexive TA is told from the same words said of something else."""

from __future__ import annotations

import pytest

from app.analysis.wording import spots


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Three themes emerged from the analysis.", "emerged"),
        ("Themes that slowly emerged were kept.", "emerged"),
        ("The emerging themes were grouped.", "emerged"),
        ("What emerged from the data was care.", "emerged"),
        ("EMERGENT CODES", "emerged"),
        ("We discovered two important themes.", "discovered"),
        ("Four themes were identified.", "discovered"),
        ("Data saturation was reached after the third group.", "saturation"),
        ("No new themes appeared.", "saturation"),
        ("To reduce researcher bias, two people coded.", "bias"),
        ("My analysis was biased.", "bias"),
        ("An unbiased account", "bias"),
        ("Intercoder reliability was high.", "reliability"),
        ("inter coder agreement", "reliability"),
        ("Cohen’s kappa was 0.8.", "reliability"),
        ("We coded to consensus.", "reliability"),
        ("The data show that mentors are tired.", "data speak"),
        ("Our findings reveal that it is a debt.", "data speak"),
        ("an objective analysis", "objective"),
        ("The themes were validated by a colleague.", "validated"),
        ("Member checking was done.", "validated"),
        ("line-by-line coding", "grounded theory"),
    ],
)
def test_words_of_another_approach_are_noticed(text: str, key: str) -> None:
    assert [spot.hint.key for spot in spots(text)] == [key]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The emergency department was full.",
        "In an emergency they call the mentor.",
        "New habits emerge when mentors have time.",
        "Emerging adults look for somebody to ask.",
        "They tossed a biased coin.",
        "Gender bias on the ward keeps some from speaking, and so does bias against mentors.",
        "Training in unconscious bias was offered.",
        "Oxygen saturation fell during the scenario.",
        "The objectives of the scheme were two.",
        "A reliable mentor answers at night.",
        "We developed the themes and talked them over.",
        "Participants discovered that they were not alone.",
        "They show that it can be done.",
        "They agreed to meet.",
        "He calls it “the data show that we care” and laughs.",
        'Her words were: "it was all bias", no more.",',
        "主题浮现",
    ],
)
def test_the_same_words_of_something_else_are_left_alone(text: str) -> None:
    assert spots(text) == []


def test_a_place_is_counted_in_code_points_and_holds_the_words() -> None:
    text = "🙂 Two themes emerged, without bias."
    first, second = spots(text)
    assert (text[first.start : first.end], first.words) == ("themes emerged", "themes emerged")
    assert text[second.start : second.end] == "bias"


def test_every_hint_says_why_in_a_sentence_and_offers_something_else() -> None:
    found = {spot.hint for spot in spots("Themes emerged; data saturation; bias; kappa; an objective reading.")}
    assert len(found) == 5
    for hint in found:
        assert hint.why.endswith(".")
        assert hint.instead


def test_a_long_text_without_an_end_of_a_sentence_is_read_through() -> None:
    assert spots("themes " + "and so on, " * 20_000) == []
