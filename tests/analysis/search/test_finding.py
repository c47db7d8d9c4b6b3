"""What is found, and where: exact, whole words, patterns, typos - in any script, and never in a label."""

from __future__ import annotations

import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.analysis.search.folding import fold
from app.analysis.search.patterns import BadPattern, CutOff
from app.analysis.search.query import Kind, Query, sought
from app.analysis.search.texts import Room, Said, SearchText
from app.analysis.search.words import vocabulary_steps


def text_of(*turns: str, label: str = "Nur: ") -> SearchText:
    """A transcript of these turns, each after a label that no search should find."""
    text, said = "", []
    for words in turns:
        text += label
        said.append(Said(len(text), len(text) + len(words), label.strip(" :")))
        text += f"{words}\n"
    return SearchText(Room.TRANSCRIPT, "t", "FG1", text, said)


def found(words: str, *turns: str, kind: Kind = Kind.EXACT, match_case: bool = False) -> list[str]:
    """The words of the text itself at each place."""
    text = text_of(*turns)
    return [text.text[hit.start : hit.end] for hit in sought(Query(words, kind, match_case)).hits(text)]


# --- exact ---------------------------------------------------------------------------------------------------------


def test_exact_finds_inside_words_whatever_the_case_unless_case_matters() -> None:
    assert found("long", "I beLONG here", "a Long way") == ["LONG", "Long"]
    assert found("Long", "I beLONG here", "a Long way", match_case=True) == ["Long"]


@pytest.mark.parametrize("words", ["", " ", "\n", "\u00a0 "])
def test_nothing_is_found_for_nothing(words: str) -> None:
    for kind in (Kind.EXACT, Kind.WORD, Kind.LIKE):
        assert found(words, "I belong here", kind=kind) == []


def test_labels_and_what_lies_across_two_turns_are_not_found() -> None:
    assert found("nur", "Ask Nur", "yes") == ["Nur"]
    assert found("yes nur", "yes", "no") == []
    assert found("yes\nNur: no", "yes", "no") == []


@pytest.mark.parametrize(
    ("words", "turn", "there"),
    [
        ("istanbul", "😀 İSTANBUL’da İ", "İSTANBUL"),
        ("straẞe", "Die Straße", "Straße"),
        ("ΟΔΟΣ", "ὁ λόγος, οδος", "οδος"),
        ("don't", "We don’t know", "don’t"),
        ('"yes"', "they said “Yes” twice", "“Yes”"),
        ("kept us going", "it kept\nus\u00a0going", "kept\nus\u00a0going"),
        ("café", "le cafe\u0301 noir", "cafe\u0301"),
        ("cafe\u0301 n", "le café noir", "café n"),
        ("노력", unicodedata.normalize("NFD", "많은 노력이"), unicodedata.normalize("NFD", "노력")),
        ("归属", "我觉得有归属感", "归属"),
        ("שייכות", "תחושת שייכות גדולה", "שייכות"),
        ("انتماء", "الشعور بالانتماء", "انتماء"),
        ("😀", "so 😀 yes", "😀"),
    ],
)
def test_offsets_stay_those_of_the_text_in_any_script(words: str, turn: str, there: str) -> None:
    assert found(words, f"é{turn}", turn) == [there, there]


def test_lower_case_lengthens_no_letter_that_folding_does_not_know() -> None:
    assert all(len(fold(chr(point)).text) <= 1 for point in range(sys.maxunicode + 1) if not 0xD800 <= point < 0xE000)


@given(st.text(alphabet="aàÀ\u0301\u0300İiß’\n😀가각\u1100\u1161\u11a8 ", max_size=40))
def test_every_letter_of_a_folded_text_leads_back_into_the_text_in_order(text: str) -> None:
    folded = fold(text)
    back = [folded.back(at) for at in range(len(folded.text) + 1)]
    assert back == sorted(set(back))
    assert back[-1] == len(text)


# --- whole words ---------------------------------------------------------------------------------------------------


def test_whole_words_are_not_found_inside_others_and_marks_belong_to_words() -> None:
    assert found("long", "belong, long. Longing (long)", kind=Kind.WORD) == ["long", "long"]
    assert found("e", "e\u0331 e", kind=Kind.WORD) == ["e"]
    assert found(" pass it on ", "We pass it on, not pass it one", kind=Kind.WORD) == ["pass it on"]


def test_every_place_is_a_whole_word_in_a_script_without_spaces() -> None:
    assert found("归属", "我觉得有归属感", kind=Kind.WORD) == ["归属"]


# --- typos ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("belnoging", ["belonging"]),
        ("belonng", ["belonging"]),
        ("noticd", ["noticed"]),
        ("belon", ["belonging"]),
        ("going kept", ["kept each other going"]),
        ("kpet each othr goign", ["kept each other going"]),
        ("kept each wrong other going", ["kept each other going"]),
        ("kept b", ["kept"]),
        ("zzzzz", []),
        ("x", []),
        ("?!", []),
    ],
)
def test_typos_word_order_and_words_half_typed(words: str, there: list[str]) -> None:
    turns = ("Honestly we kept each other going.", "It is belonging.", "Somebody noticed me, not now.")
    assert found(words, *turns, kind=Kind.LIKE) == there


def test_short_words_have_no_typos() -> None:
    assert found("not", "note nut now not", kind=Kind.LIKE) == ["note", "not"]
    assert found("note", "not nut vote", kind=Kind.LIKE) == ["vote"]


def test_several_words_must_stand_near_each_other_in_one_turn() -> None:
    assert found("alpha omega", "alpha " + "word " * 40 + "omega", kind=Kind.LIKE) == []
    assert found("alpha omega", "alpha", "omega", kind=Kind.LIKE) == []


def test_typos_in_chinese_are_one_sign_in_four() -> None:
    assert found("归属", "我们有归属感", kind=Kind.LIKE) == ["归属"]
    assert found("互相邦助", "大家互相帮助很多", kind=Kind.LIKE) == ["互相帮助"]
    assert found("旅行", "我们有归属感", kind=Kind.LIKE) == []


def test_typos_in_letters_that_run_from_right_to_left() -> None:
    assert found("שיכות", "תחושת שייכות גדולה", kind=Kind.LIKE) == ["שייכות"]


def test_a_vocabulary_is_heard_in_steps_that_cut_no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.analysis.search.words.MOST_AT_ONCE", 3)
    steps = list(vocabulary_steps("belonging is it"))
    assert len(steps) > 1
    assert set().union(*steps) == {"belonging", "is", "it"}


# --- patterns ------------------------------------------------------------------------------------------------------


def test_a_pattern_is_asked_of_each_turn() -> None:
    assert found(r"^so\b.*", "So it goes", "it is so", kind=Kind.PATTERN) == ["So it goes"]
    assert found(r"on$", "come on", "on we go\ngo on", kind=Kind.PATTERN) == ["on", "on"]
    assert found(r"(?:Nur|yes)", "yes", kind=Kind.PATTERN, match_case=True) == ["yes"]
    assert found("x*", "axxb x", kind=Kind.PATTERN) == ["xx", "x"]
    assert found(r"\p{Han}{2}", "😀 归属感", kind=Kind.PATTERN) == ["归属"]


@pytest.mark.parametrize(
    "pattern",
    ["(", "[a", "*a", "\\", "(?P<n>", "\\p{Foo}", "(?R)", "(a(?1))", "(?P<x>a(?&x)?)", "(" * 3000, "(?:" * 90 + "a"],
)
def test_what_is_no_pattern_is_said_in_one_sentence(pattern: str) -> None:
    with pytest.raises(BadPattern) as error:
        sought(Query(pattern, Kind.PATTERN))
    assert "\n" not in error.value.sentence
    assert error.value.sentence.endswith(".")


def test_a_pattern_that_explodes_is_cut_off_and_what_was_found_before_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.analysis.search.patterns.MOST_AT_ONCE_S", 0.05)
    text = text_of("one 1", "word" * 20)
    hits, begun = [], time.monotonic()
    with pytest.raises(CutOff):
        for hit in sought(Query(r"(\w|\w\w)*\d$", Kind.PATTERN)).hits(text):
            hits.append(hit)
    assert [text.text[hit.start : hit.end] for hit in hits] == ["1"]
    assert time.monotonic() - begun < 5


def test_many_turns_that_each_take_long_are_cut_off_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.analysis.search.patterns.MOST_S", 0.0)
    with pytest.raises(CutOff):
        list(sought(Query("a", Kind.PATTERN)).hits(text_of("a")))
