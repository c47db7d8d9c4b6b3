"""Replacing a transcript by a corrected file: what is found again, what turns and speakers become, and undo."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.analysis.correcting import anchors
from app.analysis.reanchoring import Finding, Reanchoring, reanchored
from app.analysis.transcripts import turns_of
from app.analysis.verify import verify
from app.errors import NotPossible
from app.importers.draft import TranscriptDraft
from app.models import Excerpt, Memo, Source, Speaker
from app.operations.codes import ensure_code
from app.operations.codings import code_passage
from app.operations.memos import write_memo
from app.operations.replacing import Placed, replace_transcript
from app.operations.sources import give_turn, join_turn
from app.study import Study
from tests.material import LINES, Talk, bring_in, draft_of, dumped
from tests.operations.conftest import Fresh


def code(study: Study, talk: Talk, words: str) -> None:
    """Code these words."""
    with study.change() as session:
        code_passage(session, talk.source_id, *talk.span(words), ensure_code(session, "Belonging"))


def looked(study: Study, source_id: str, draft: TranscriptDraft) -> Reanchoring:
    """Where the excerpts are in this draft."""
    with study.read() as session:
        before = session.scalar(select(Source.text).where(Source.id == source_id)) or ""
        return reanchored(before, draft.text, anchors(session, source_id))


def put(study: Study, source_id: str, draft: TranscriptDraft) -> Reanchoring:
    """Replace; what is near is accepted and what is lost goes."""
    found = looked(study, source_id, draft)
    placed = [Placed(one.anchor, None if one.finding == Finding.LOST else one.start, one.end) for one in found.found]
    study.run(replace_transcript, source_id, draft, found.splice, placed)
    return found


def quotes(study: Study) -> list[str]:
    """All quotes in text order."""
    with study.read() as session:
        return list(session.scalars(select(Excerpt.quote).order_by(Excerpt.start, Excerpt.end)))


BETTER = (
    ("Nur", "It really felt like a place where I belong."),
    ("Bilal", "Same here. We kept each other going, honest."),
    ("Moderator", "Can you say more?"),
    ("Aina", "I can."),
    ("Nur", "Somebody notised when I was not there."),
    ("Bilal", "And then you pass it on."),
)


def test_what_is_unchanged_is_exact_what_is_alike_near_and_the_rest_lost(study: Study, talk: Talk) -> None:
    for words in ("a place where I belong", "Somebody noticed when I was not there", "We kept each other going"):
        code(study, talk, words)
    draft = draft_of((*BETTER[:1], *BETTER[2:]), file_name="better.txt")
    found = looked(study, talk.source_id, draft)
    assert [one.finding for one in found.found] == [Finding.EXACT, Finding.LOST, Finding.NEAR]
    assert draft.text[found.found[2].start : found.found[2].end] == "Somebody notised when I was not there"


def test_the_file_brings_its_turns_and_known_labels_are_known_speakers(study: Study, talk: Talk, path: Path) -> None:
    code(study, talk, "a place where I belong")
    before = dumped(study)
    with study.read() as session:
        known = {row.label: row.id for row in session.scalars(select(Speaker))}
    draft = draft_of(BETTER, file_name="better.txt")
    put(study, talk.source_id, draft)
    with study.read() as session:
        turns = turns_of(session, talk.source_id)
        source = session.get_one(Source, talk.source_id)
        assert [(turn.speaker, draft.text[turn.start : turn.end]) for turn in turns] == list(BETTER)
        assert {row.id for row in session.scalars(select(Speaker))} >= set(known.values())
        assert (source.text, source.file_name, source.words) == (draft.text, "better.txt", 36)
    assert study.next_undo().label == "Replace transcript ‘FG1’ by ‘better.txt’"
    after = dumped(study)
    study.undo()
    assert dumped(study) == before
    study.redo()
    assert dumped(study) == after
    study.close()
    assert verify(path, full=True) == []


def test_who_was_said_to_speak_outlives_the_file_where_its_label_is_the_same(study: Study, talk: Talk) -> None:
    with study.read() as session:
        ids = [turn.id for turn in turns_of(session, talk.source_id)]
    study.run(give_turn, ids[1], "Carla")
    put(study, talk.source_id, draft_of(BETTER))
    with study.read() as session:
        assert [turn.speaker for turn in turns_of(session, talk.source_id)][:2] == ["Nur", "Carla"]


def test_a_turn_joined_to_one_that_is_gone_stands_for_itself(study: Study) -> None:
    talk = bring_in(study, draft_of((("Nur", "It was."), ("Nur", "Like this."), ("Bilal", "Yes."))))
    with study.read() as session:
        ids = [turn.id for turn in turns_of(session, talk.source_id)]
    study.run(join_turn, ids[1])
    put(study, talk.source_id, draft_of((("Bilal", "Well then."), ("Nur", "Like this."), ("Bilal", "Yes."))))
    with study.read() as session:
        assert [turn.number for turn in turns_of(session, talk.source_id)] == [1, 2, 3]


def test_a_passage_that_moved_is_found_where_it_is_now(study: Study, talk: Talk) -> None:
    code(study, talk, "Somebody noticed when I was not there")
    moved = (LINES[3], *LINES[:3], *LINES[4:])
    found = put(study, talk.source_id, draft_of(moved))
    assert found.found[0].finding == Finding.EXACT
    assert quotes(study) == ["Somebody noticed when I was not there"]


def test_excerpts_that_change_places_are_put_there(study: Study, talk: Talk) -> None:
    code(study, talk, "It felt like a place where I belong.")
    code(study, talk, "Somebody noticed when I was not there.")
    lines = ((LINES[0][0], LINES[3][1]), *LINES[1:3], (LINES[3][0], LINES[0][1]), LINES[4])
    before = dumped(study)
    put(study, talk.source_id, draft_of(lines))
    assert quotes(study) == ["Somebody noticed when I was not there.", "It felt like a place where I belong."]
    study.undo()
    assert dumped(study) == before


def test_what_is_lost_is_kept_as_a_memo_on_the_transcript(study: Study, talk: Talk) -> None:
    code(study, talk, "We kept each other going")
    with study.read() as session:
        excerpt = session.scalars(select(Excerpt.id)).one()
    study.run(write_memo, "excerpt", excerpt, "Who is we?")
    put(study, talk.source_id, draft_of((*BETTER[:1], *BETTER[2:])))
    with study.read() as session:
        memo = session.scalars(select(Memo).where(Memo.source_id == talk.source_id)).one()
    assert memo.text == "“We kept each other going”\n[Belonging]\nWho is we?"
    assert quotes(study) == []


def test_a_replacement_is_refused_if_excerpts_were_made_since(study: Study, talk: Talk) -> None:
    draft = draft_of(BETTER)
    found = looked(study, talk.source_id, draft)
    code(study, talk, "you pass it on")
    with pytest.raises(NotPossible, match="meantime"):
        study.run(replace_transcript, talk.source_id, draft, found.splice, [])


def test_an_empty_file_replaces_nothing(study: Study, talk: Talk) -> None:
    draft = replace(draft_of(()), text=" \n")
    found = looked(study, talk.source_id, draft)
    with pytest.raises(NotPossible, match="no words"):
        study.run(replace_transcript, talk.source_id, draft, found.splice, [])


def test_a_kept_original_is_replaced_with_the_text(study: Study, path: Path) -> None:
    import hashlib

    def with_bytes(lines: tuple[tuple[str | None, str], ...], content: bytes) -> TranscriptDraft:
        return replace(draft_of(lines, original=content), file_hash=hashlib.sha256(content).hexdigest())

    talk = bring_in(study, with_bytes(LINES, b"one"), keep_original=True)
    put(study, talk.source_id, with_bytes(BETTER, b"two"))
    study.close()
    assert verify(path, full=True) == []


WORDS = ("we", "felt", "at home", "🙂", "and", "nobody knew", "said so", "مرحبا")
SPOKEN = st.lists(
    st.tuples(st.sampled_from(["Nur", "Bilal", "Aina"]), st.lists(st.sampled_from(WORDS), min_size=1, max_size=5)),
    min_size=1,
    max_size=7,
)


@settings(max_examples=30, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(old=SPOKEN, new=SPOKEN, spans=st.lists(st.tuples(st.integers(0, 120), st.integers(1, 40)), max_size=8))
def test_whatever_replaces_whatever_the_study_is_sound_and_undo_brings_it_back(
    old: list[tuple[str, list[str]]],
    new: list[tuple[str, list[str]]],
    spans: list[tuple[int, int]],
    fresh: Fresh,
) -> None:
    path = fresh.again()
    with Study.open(path) as study:
        study.connection.execute("PRAGMA synchronous=OFF")
        talk = bring_in(study, draft_of(tuple((name, " ".join(words)) for name, words in old)))
        for start, length in spans:
            start %= len(talk.text)
            if talk.text[start : start + length].strip():
                with study.change() as session:
                    code_id = ensure_code(session, "Belonging")
                    code_passage(session, talk.source_id, start, min(len(talk.text), start + length), code_id)
        before = dumped(study)
        draft = draft_of(tuple((name, " ".join(words)) for name, words in new), file_name="other.txt")
        put(study, talk.source_id, draft)
        with study.read() as session:
            said = [(turn.speaker, draft.text[turn.start : turn.end]) for turn in turns_of(session, talk.source_id)]
        assert said == [(name, " ".join(words)) for name, words in new]
        after = dumped(study)
        study.undo()
        assert dumped(study) == before
        study.redo()
        assert dumped(study) == after
    assert verify(path, full=True) == []
