"""Who speaks: every style of labels, and every trap that must not become a speaker."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import pytest

from app.importers import TranscriptDraft, TurnKind, detect_again, read_transcript
from app.importers.labels import STYLES, Page
from app.importers.speakers import find_turns


def draft_of(
    tmp_path: Path,
    text: str,
    *,
    style: str | None = None,
    not_speakers: Collection[str] = (),
    also_speakers: Collection[str] = (),
    merges: Mapping[str, str] | None = None,
) -> TranscriptDraft:
    path = tmp_path / "talk.txt"
    path.write_text(text, encoding="utf-8", newline="")
    return read_transcript(
        path, style=style, not_speakers=not_speakers, also_speakers=also_speakers, merges=merges or {}
    )


def spoken(draft: TranscriptDraft) -> list[tuple[str | None, str]]:
    return [(turn.speaker, draft.text[turn.start : turn.end]) for turn in draft.turns]


STYLED = {
    "plain": ("{}: {}", "name colon"),
    "full-width colon": ("{}：{}", "name colon"),
    "space before the colon": ("{} : {}", "name colon"),
    "name over the words": ("{}:\n{}\n", "name colon"),
    "markdown bold": ("**{}:** {}", "name colon"),
    "markdown bold, colon outside": ("**{}**: {}", "name colon"),
    "markdown heading": ("### {}:\n{}\n", "name colon"),
    "name in brackets": ("[{}]: {}", "name colon"),
    "colon and tab": ("{}:\t{}", "name colon"),
    "time first": ("[00:01:02] {}: {}", "time name colon"),
    "bare time first": ("1:02 {}: {}", "time name colon"),
    "time and bold": ("[01:02] **{}**: {}", "time name colon"),
    "chat": ("00:01:02\t{}:\t{}", "time name colon"),
    "time after the name": ("{} [00:01:02]: {}", "name time colon"),
    "time after the name, words below": ("{} (00:01:02):\n{}\n", "name time colon"),
    "time after the colon": ("{}: [01:02] {}", "name colon"),
    "name and time over the words": ("{}  01:02\n{}\n", "name time above"),
    "time and name over the words": ("01:02 {}\n{}\n", "time name above"),
    "name alone over the words": ("{}\n{}\n", "name above"),
    "tab": ("{}\t{}", "name tab"),
    "time, tab, name, tab": ("01:02\t{}\t{}", "name tab"),
    "markdown bold without colon": ("**{}** {}", "bold name"),
}
LINES = [
    ("Moderator", "welcome to you all."),
    ("Wei Jie", "thank you so much."),
    ("O’Brien (FG2) | x", "me too."),
    ("Wei Jie", "and so on."),
    ("O’Brien (FG2) | x", "yes, that."),
    ("Moderator", "good."),
]


@pytest.mark.parametrize("name", STYLED)
def test_every_style_gives_the_same_turns(tmp_path: Path, name: str) -> None:
    pattern, style = STYLED[name]
    lines = [(who.split(" (")[0], said) for who, said in LINES]
    draft = draft_of(tmp_path, "\n".join(pattern.format(who, said) for who, said in lines) + "\n")
    assert spoken(draft) == lines
    assert draft.style == style
    assert all(turn.time_ms == 62_000 for turn in draft.turns) == ("1:02" in pattern)


def test_labels_may_hold_digits_brackets_bars_and_dots(tmp_path: Path) -> None:
    assert spoken(draft_of(tmp_path, "\n".join(f"{who}: {said}" for who, said in LINES))) == LINES


@pytest.mark.parametrize(
    "talk",
    [
        "المحاور: مرحبا\nأمينة: شكرا\nالمحاور: كيف؟\nأمينة: جيد",
        "主持人：大家好\n林小明：你好\n主持人：谢谢\n林小明：再见",
    ],
)
def test_names_in_other_scripts_are_found(tmp_path: Path, talk: str) -> None:
    assert len(draft_of(tmp_path, talk).speakers) == 2
    assert draft_of(tmp_path, talk).turns_merged == 4


def test_characters_before_a_label_do_not_shift_it(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "\ufeff😀😀 e\u0301 שלום\r\n\r\nP1: 👩‍👩‍👧‍👦 here\r\nP2: there")
    assert spoken(draft) == [("P1", "👩‍👩‍👧‍👦 here"), ("P2", "there")]
    first = draft.turns[0]
    assert draft.text[first.label_start : first.label_end] == "P1:"


def test_unlabelled_paragraphs_belong_to_the_turn_they_follow(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "Title\n\nAina: one\n\ntwo: not a name I say\n\nBen: x\nAina: y\nBen: z\n")
    assert spoken(draft)[0] == ("Aina", "one\n\ntwo: not a name I say")


def test_a_name_seen_once_is_a_doubt_and_a_moderator_seen_once_is_not(tmp_path: Path) -> None:
    talk = "Facilitator: welcome\nAina: a\nBen: b\nAina: c\nChloe: once\nBen: d\nAina: e\n"
    draft = draft_of(tmp_path, talk)
    assert list(draft.speakers) == ["Facilitator", "Aina", "Ben"]
    assert [(one.label, one.turns, one.why) for one in draft.candidates if not one.accepted] == [
        ("Chloe", 1, "seen only once")
    ]
    assert any("seen only once" in one for one in draft.warnings)
    assert "Chloe" in draft_of(tmp_path, talk, also_speakers=["chloe"]).speakers
    assert "Chloe" in draft_of(tmp_path, "Participants: Aina, Ben and Chloe Tan\n\n" + talk).speakers
    assert "Ben" not in draft_of(tmp_path, talk, not_speakers=["BEN"]).speakers


def test_what_is_written_like_all_others_may_come_once(tmp_path: Path) -> None:
    talk = "[00:01] Aina: a\n[00:02] Ben: b\n[00:03] Aina: c\n[00:04] Chloe: once\n[00:05] Ben: d\nHe said: no\n"
    assert draft_of(tmp_path, talk).speakers == {"Aina": 2, "Ben": 2, "Chloe": 1}


def test_where_everybody_speaks_once_everybody_is_a_speaker(tmp_path: Path) -> None:
    assert list(draft_of(tmp_path, "Moderator: hi\nAina: hello\nBen: yes\n").speakers) == ["Moderator", "Aina", "Ben"]


def test_a_joint_label_of_known_speakers_is_a_speaker(tmp_path: Path) -> None:
    talk = "Aina: a\nBen: b\nAina: c\nAina and Ben: both\nBen: d\n??: who\nAina: e\n"
    assert {"Aina and Ben", "??"} <= draft_of(tmp_path, talk).speakers.keys()


TRAPS = (
    "29-Mar-2023 - 14:03 - 45m05s - Real Name\n",
    "Interview with Aina:\n",
    "\nAt 10:30 we began, at 10:45 we ended.\n",
    "\nhttps://example.org/a: see there\n",
    "\nFor example: this one\nFor example: that one\n",
    "\nKajian lepas menyatakan: perkara ini\n",
    "\nNote: tape is off\nNote: tape is on\n",
    "\nQuestion 1: what is it?\nQuestion 2: and then?\n",
    "\nTan, A. (2020): A book.\n",
    "\nAnd so I said to her: never\nAnd so I said to her: never\n",
)


@pytest.mark.parametrize("trap", TRAPS)
def test_what_only_looks_like_a_label_is_no_speaker(tmp_path: Path, trap: str) -> None:
    talk = "Researcher 1: a\nAina: b\nResearcher 1: c\nAina: d\n"
    for text in (trap + talk, talk + trap, talk + trap + talk):
        assert list(draft_of(tmp_path, text).speakers) == ["Researcher 1", "Aina"]


def test_prose_has_no_speakers(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "This is a report. It says: much.\nAt 10:30 we met.\nThe results were: good.\nYes.\n")
    assert (draft.turns, draft.style) == ((), "none")
    assert any("No speaker labels" in one for one in draft.warnings)


def test_files_of_data_have_no_speakers(tmp_path: Path) -> None:
    keys = '{\n    "Name": "pier",\n    "Count": "4",\n    \'kind\': 2,\n    `mode`: "x",\n    "Name": "boat"\n}\n'
    assert draft_of(tmp_path, keys * 3).turns == ()


def test_breaks_that_hold_only_times_are_no_speakers(tmp_path: Path) -> None:
    talk = "**Ana:** a\n\n**Break:** [22:58]\n\n**Ben:** b\n\n**Break:** [45:03]\n\n**Ana:** c\n\n**Ben:** d\n"
    assert list(draft_of(tmp_path, talk).speakers) == ["Ana", "Ben"]


HEAD = (
    "Focus group: FG1 (Mentees)\nDate: 2024-03-05\nModerator: Moderator (not a teacher)\nParticipants: Aina, Wei Jie\n"
)


def test_the_head_is_kept_apart_and_its_moderator_line_is_no_turn(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, HEAD + "\nModerator: Welcome.\nAina: Hi: all\nWei Jie: Same.\n")
    assert draft.head == (
        ("Focus group", "FG1 (Mentees)"),
        ("Date", "2024-03-05"),
        ("Moderator", "Moderator (not a teacher)"),
        ("Participants", "Aina, Wei Jie"),
    )
    assert spoken(draft) == [("Moderator", "Welcome."), ("Aina", "Hi: all"), ("Wei Jie", "Same.")]


def test_a_moderator_who_speaks_right_after_the_head_is_not_part_of_it(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "Date: 5 March\nPlace: Room 2\nModerator: Welcome to this group.\nP1: Hi.\n")
    assert draft.head == (("Date", "5 March"), ("Place", "Room 2"))
    assert spoken(draft)[0] == ("Moderator", "Welcome to this group.")


def test_front_matter_and_lists_of_people_belong_to_the_head(tmp_path: Path) -> None:
    text = (
        "---\ntitle: A talk\nspeakers:\n  - Elizabeth Stark\n  - Peter Todd\n---\n\nPeter: a\nElizabeth: b\nPeter: c\n"
    )
    draft = draft_of(tmp_path, text)
    assert draft.head == (("Title", "A talk"), ("Speakers", "Elizabeth Stark, Peter Todd"))
    assert draft.speakers == {"Peter": 2, "Elizabeth": 1}


def test_an_event_alone_is_an_event_and_inside_a_turn_it_stays_there(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "P1: one\n[laughter]\ntwo\n[pause]\n(door opens)\nP2: [laughter]\nP1: (I think so)\n")
    assert [(turn.speaker, turn.kind, draft.text[turn.start : turn.end]) for turn in draft.turns] == [
        ("P1", TurnKind.SPEECH, "one\n[laughter]\ntwo"),
        (None, TurnKind.EVENT, "[pause]"),
        (None, TurnKind.EVENT, "(door opens)"),
        ("P2", TurnKind.EVENT, "[laughter]"),
        ("P1", TurnKind.SPEECH, "(I think so)"),
    ]
    assert draft.turns_merged == 3


def test_a_time_on_a_line_of_its_own_belongs_to_the_label_below(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "[00:04]\nP1: one\n\n[00:08]\n\nP2: two\n")
    assert spoken(draft) == [("P1", "one"), ("P2", "two")]
    assert [turn.time_ms for turn in draft.turns] == [4000, 8000]
    assert draft.text[draft.turns[1].label_start : draft.turns[1].label_end] == "[00:08]\n\nP2:"


def test_a_number_that_counts_paragraphs_is_no_part_of_the_name(tmp_path: Path) -> None:
    assert list(draft_of(tmp_path, "1 Dan: a\n2 Eva: b\n3 Dan: c\n4 Eva: d\n").speakers) == ["Dan", "Eva"]
    assert list(draft_of(tmp_path, "1 Voice: a\n2 Voice: b\n1 Voice: c\n2 Voice: d\n").speakers) == [
        "1 Voice",
        "2 Voice",
    ]


def test_the_end_of_a_transcript_is_not_said_by_anybody(tmp_path: Path) -> None:
    draft = draft_of(tmp_path, "P1: a\nP2: b\n\n***\nEnd of transcript\n")
    assert spoken(draft)[1] == ("P2", "b")


def test_neighbouring_turns_of_one_speaker_count_once_when_merged(tmp_path: Path) -> None:
    assert draft_of(tmp_path, "P1: a\nP1: b\nP2: c\nP1: d\n").turns_merged == 3


def test_merging_labels_counts_them_as_one_under_the_name_given(tmp_path: Path) -> None:
    talk = "Aina: a\nAiina: b\nBen: c\nAina: d\nAiina: e\nBen: f\n"
    draft = draft_of(tmp_path, talk, merges={"Aiina": "Aina"})
    assert draft.speakers == {"Aina": 4, "Ben": 2}
    assert draft_of(tmp_path, talk, merges={"aiina": "AINA", "ben": "Benjamin"}).speakers == {"Aina": 4, "Benjamin": 2}
    assert draft_of(tmp_path, talk, merges={"Aina": "Ben", "Ben": "Aina"}).turns_merged > 0


def test_turns_found_again_are_those_of_reading_with_the_same_choices(tmp_path: Path) -> None:
    talk = "[laughter]\nAina: a\nNote: b\nBen: c\nAina: d\nBen: e\nChloe: f\nAina: g"
    options = {"not_speakers": ["Ben"], "also_speakers": ["Chloe"], "merges": {"Chloe": "Aina"}}
    assert detect_again(draft_of(tmp_path, talk), **options) == draft_of(tmp_path, talk, **options)  # type: ignore[arg-type]
    assert detect_again(detect_again(draft_of(tmp_path, talk), **options)) == draft_of(tmp_path, talk)  # type: ignore[arg-type]


@pytest.mark.parametrize("style", STYLES)
def test_a_style_asked_for_is_the_only_one_used(tmp_path: Path, style: str) -> None:
    talk = "[00:01] Aina: a\nBen\tb\n[00:02] Aina: c\nBen\td\n"
    draft = draft_of(tmp_path, talk, style=style)
    wanted = {"name colon": ["Aina"], "time name colon": ["Aina"], "name tab": ["Ben"]}
    assert list(draft.speakers) == wanted.get(style, [])


def test_a_time_with_nobodys_name_goes_on_with_the_turn_before_it() -> None:
    text = (
        "Aina (00:00:01):\nWe met in week one.\n\n(00:00:09):\nAnd then again.\n\n"
        "Ben (00:00:12):\nSo did we.\n\n(00:00:20):\n\nTwice.\n\nAina (00:00:31):\nYes.\n"
    )
    found = find_turns(Page(text))
    said = [(turn.speaker, text[turn.start : turn.end], turn.time_ms, turn.continues) for turn in found.turns]
    assert said == [
        ("Aina", "We met in week one.", 1000, False),
        ("Aina", "And then again.", 9000, True),
        ("Ben", "So did we.", 12000, False),
        ("Ben", "Twice.", 20000, True),
        ("Aina", "Yes.", 31000, False),
    ]
