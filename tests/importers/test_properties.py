"""Whatever bytes and words come: a draft whose offsets hold, or one sentence."""

from __future__ import annotations

import random
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from app.importers import ImportRefused, TranscriptDraft, read_participants, read_transcript
from tests.importers.material import p, r, word

QUICK = settings(max_examples=60, deadline=None)
NAMES = st.sampled_from(["Aina", "Wei Jie", "Moderator", "O'Brien", "林小明", "أمينة", "P1"])
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn", "Co"]), min_size=1, max_size=40).map(
    lambda words: "x " + " ".join(words.split()).replace(":", ".").replace("：", ".") + " x"
)


def read(content: bytes, name: str) -> TranscriptDraft | None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            return read_transcript(path)
        except ImportRefused as refused:
            assert name in refused.sentence
            assert "\n" not in refused.sentence
            return None


def holds(draft: TranscriptDraft) -> None:
    """The text can be stored, turns are in order and inside it, labels are labels and speech is trimmed."""
    text = draft.text
    text.encode("utf-8")
    assert not set(text) & {"\r", "\0", "\u2028", "\u2029", "\x85", "\ufdd0"}
    last = 0
    for turn in draft.turns:
        assert last <= turn.label_start <= turn.label_end <= turn.start <= turn.end <= len(text)
        assert text[turn.start : turn.end] == text[turn.start : turn.end].strip()
        assert not text[turn.label_end : turn.start].strip()
        assert (turn.speaker is None) == (turn.label_start == turn.label_end)
        assert turn.speaker is None or (turn.speaker == " ".join(turn.speaker.split()) != "")
        last = turn.end
    assert sum(draft.speakers.values()) <= len(draft.turns)
    assert draft.turns_merged <= len(draft.turns)


@QUICK
@given(st.binary(max_size=400))
def test_any_bytes_named_txt_are_a_sound_draft_or_refused(content: bytes) -> None:
    draft = read(content, "any.txt")
    if draft is not None:
        holds(draft)


@QUICK
@given(
    st.text(st.sampled_from("AaBb:：[]()*#?|.,-– \t\n\r0123456789\u2028\x85\u202e\ufeff\ud800😀主持人"), max_size=200)
)
def test_any_mixture_of_what_labels_are_made_of_is_a_sound_draft(text: str) -> None:
    draft = read(text.encode("utf-8", "surrogatepass"), "any.txt")
    if draft is not None:
        holds(draft)


@QUICK
@given(st.integers(0, 2**32), st.integers(1, 30))
def test_a_broken_word_document_is_a_sound_draft_or_refused(seed: int, wounds: int) -> None:
    with TemporaryDirectory() as folder:
        whole = word(Path(folder) / "whole.docx", p("Moderator: hello") + p(r("Aina: yes", "<w:b/>"))).read_bytes()
    chance = random.Random(seed)
    content = bytearray(whole)
    for _ in range(wounds):
        content[chance.randrange(len(content))] = chance.randrange(256)
    draft = read(bytes(content), "broken.docx")
    if draft is not None:
        holds(draft)


BLOCKS = ["p", "p", "p", "tbl", "tr", "tc", "sdt", "sdtContent", "txbxContent", "drawing", "pict"]
INLINE = ["r", "r", "r", "t", "t", "ins", "del", "moveFrom", "hyperlink", "fldSimple", "ruby", "rubyBase", "br", "tab"]
TAGS = st.sampled_from([*BLOCKS, *INLINE, "pPr", "rPr", "b", "vanish"])
LEAVES = st.sampled_from(
    [
        "<w:t>Aina: well </w:t>",
        "<w:t>😀\n [laughter]</w:t>",
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:fldChar w:fldCharType="separate"/>',
        '<w:fldChar w:fldCharType="end"/>',
        '<w:sym w:char="zz"/>',
        "<!-- remark --><?do it?>",
        "<mc:AlternateContent/>",
    ]
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.tuples(TAGS, st.lists(inner, max_size=4)).map(
        lambda one: f"<w:{one[0]}>{''.join(one[1])}</w:{one[0]}>"
    ),
    max_leaves=25,
)


@QUICK
@given(st.lists(TREES, max_size=6))
def test_any_tree_of_word_elements_is_a_sound_draft_and_its_bold_spans_hold(trees: list[str]) -> None:
    with TemporaryDirectory() as folder:
        draft = read_transcript(word(Path(folder) / "talk.docx", p("Moderator: hello") + "".join(trees)))
    holds(draft)
    assert all(0 <= start < end <= len(draft.text) for start, end in draft.bold)
    assert all(draft.text[one.start : one.end].strip() for one in draft.known)


@QUICK
@given(st.lists(st.tuples(NAMES, WORDS), min_size=4, max_size=20))
def test_what_is_written_with_labels_is_read_with_them_from_text_and_from_word(lines: list[tuple[str, str]]) -> None:
    lines = [*lines, *lines]
    text = read("\n\n".join(f"[00:01] {name}: {said}" for name, said in lines).encode(), "talk.txt")
    with TemporaryDirectory() as folder:
        body = "".join(p(r("[00:01] "), r(f"{name}: ", "<w:b/>"), r(escape(said))) for name, said in lines)
        made = read_transcript(word(Path(folder) / "talk.docx", body))
    assert text is not None
    for draft in (text, made):
        holds(draft)
        assert [(turn.speaker, draft.text[turn.start : turn.end]) for turn in draft.turns] == lines


@QUICK
@given(st.binary(max_size=200) | st.text('idname,;\t"\n12', max_size=80).map(str.encode))
def test_any_table_of_participants_is_read_or_refused(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        path.write_bytes(content)
        try:
            table = read_participants(path)
        except ImportRefused as refused:
            assert "people.csv" in refused.sentence
        else:
            assert all(row.pseudonym for row in table.rows)
            assert len({row.id for row in table.rows if row.id}) == sum(1 for row in table.rows if row.id)
