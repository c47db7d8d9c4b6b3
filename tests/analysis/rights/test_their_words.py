"""What counts as somebody's own words: turns of phrase, names and quotations; a common word only as a suggestion."""

from __future__ import annotations

import pytest

from app.analysis.rights.their_words import TheirWords

SAID = (
    "We called it water torture, Kenanga and I. It was a kind of practice, honestly.",
    "Same here. I think it was a lot of work for us.",
    "那是鸚鵡的房间,我觉得是这样的。",
)
OTHERS = (
    "I think it was fine. It was a lot, of course. Same here.",
    "We want to be there. In the end we practised with water and a torture of sorts.",
    "我觉得是这样的。",
)


def found(text: str, *, name: bool = False) -> dict[str, bool]:
    """{what is found: whether it is surely theirs}."""
    return {text[one.start : one.end]: one.sure for one in TheirWords(SAID, OTHERS).again_in(text, name=name)}


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("She tells of a kind of practice that hurt.", {"a kind of practice": True}),
        ("They were friends with Kenanga.", {"Kenanga": True}),
        ("It was “water torture” to her.", {"water torture": True}),
        ('It was "water torture" to her.', {"water torture": True}),
        ("Days of water torture and rain.", {"water torture": False}),
        ("Honestly, it was hard.", {"Honestly": False}),
        ("“Honestly” is what she says first.", {"Honestly": True}),
        ("I think it was a lot of rain.", {"think it was a": False}),
        ("Nothing of anybody's is here.", {}),
        ("鸚鵡的房间", {"鸚鵡的房间": True}),
        ("她说我觉得是这样。", {}),
    ],
)
def test_what_is_theirs_and_what_may_be(text: str, sure: dict[str, bool]) -> None:
    assert found(text) == sure


def test_a_name_made_of_their_words_is_theirs_unless_others_say_them_too() -> None:
    assert found("Water torture", name=True) == {"Water torture": True}
    assert found("Same here", name=True) == {"Same here": False}
    assert found("Honestly", name=True) == {"Honestly": True}


def test_a_form_of_a_word_that_others_say_is_no_word_of_their_own() -> None:
    assert found("It takes practice.") == {}


def test_where_every_noun_has_a_capital_a_capital_makes_no_name() -> None:
    said = ("Das war im Krankenhaus mit meiner Freundin aus der Klasse und dem Lehrer.",)
    others = ("Wir waren in der Schule mit dem Bus und haben die Leute im Haus gesehen.",) * 3
    (one,) = TheirWords(said, others).again_in("Ein Krankenhaus ist in der Stadt.")
    assert not one.sure
