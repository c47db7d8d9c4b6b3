"""Correcting a transcript after coding: what moves, what is clipped, what goes - and all of it back again."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.analysis.verify import verify
from app.errors import NotPossible
from app.models import Code, Coding, Excerpt, Memo, Source, Turn
from app.models.anchors import Fate
from app.models.splice import Splice, spliced
from app.operations.codings import code_passage
from app.operations.correcting import correct_transcript
from app.operations.excerpts import take_excerpt
from app.operations.memos import write_memo
from app.operations.sources import delete_source, split_turn
from app.study import Study
from tests.material import Talk, bring_in, dumped, rows_of
from tests.operations.conftest import Fresh


def edit(text: str, *changes: tuple[str, str]) -> Splice:
    """Words that give way to others, each where they stand first."""
    return spliced(sorted((text.index(old), old, new) for old, new in changes))


def text_of(study: Study, talk: Talk) -> str:
    """The words as the study holds them now."""
    with study.read() as session:
        return session.scalar(select(Source.text).where(Source.id == talk.source_id)) or ""


def quotes(study: Study) -> list[str]:
    """The quotes of all excerpts in reading order."""
    with study.read() as session:
        return list(session.scalars(select(Excerpt.quote).order_by(Excerpt.start, Excerpt.end)))


def code(study: Study, talk: Talk, words: str, name: str = "Belonging") -> str:
    """Code these words; returns the excerpt."""
    from app.operations.codes import ensure_code

    start = text_of(study, talk).index(words)
    with study.change() as session:
        code_id = ensure_code(session, name)
        code_passage(session, talk.source_id, start, start + len(words), code_id)
        return take_excerpt(session, talk.source_id, start, start + len(words))


def correct(study: Study, talk: Talk, *changes: tuple[str, str]) -> dict[Fate, int]:
    """Correct these words."""
    return study.run(correct_transcript, talk.source_id, edit(text_of(study, talk), *changes)).fates


def test_a_typo_is_corrected_and_every_excerpt_keeps_its_words(study: Study, talk: Talk) -> None:
    code(study, talk, "a place where I belong")
    code(study, talk, "you pass it on")
    fates = correct(study, talk, ("It felt", "It really felt"), ("going, honestly", "going"))
    assert fates == {Fate.MOVES: 2}
    assert quotes(study) == ["a place where I belong", "you pass it on"]
    assert study.next_undo().label == "Correct transcript ‘FG1’ (2 places)"


def test_an_excerpt_whose_words_are_edited_keeps_its_ends_around_the_edit(study: Study, talk: Talk) -> None:
    code(study, talk, "a place where I belong")
    assert correct(study, talk, ("where", "in which")) == {Fate.EDITED: 1}
    assert quotes(study) == ["a place in which I belong"]


def test_an_excerpt_that_loses_words_at_its_end_is_clipped_and_has_no_space_at_its_end(
    study: Study, talk: Talk
) -> None:
    code(study, talk, "a place where I belong")
    assert correct(study, talk, ("I belong.", "")) == {Fate.CLIPPED: 1}
    assert quotes(study) == ["a place where"]


def test_an_excerpt_all_of_whose_words_go_is_deleted_with_its_codings_and_undo_brings_them_back(
    study: Study, talk: Talk
) -> None:
    excerpt = code(study, talk, "honestly")
    study.run(write_memo, "excerpt", excerpt, "Why honestly?")
    before = rows_of(study)
    assert correct(study, talk, (", honestly", "")) == {Fate.DELETED: 1}
    with study.read() as session:
        assert session.scalars(select(Coding)).all() == session.scalars(select(Memo)).all() == []
    study.undo()
    assert rows_of(study) == before


def test_excerpts_that_come_to_have_the_same_ends_become_one_with_both_codes_and_memos(
    study: Study, talk: Talk
) -> None:
    short = code(study, talk, "a place where", "Place")
    long = code(study, talk, "a place where I belong", "Belonging")
    study.run(write_memo, "excerpt", short, "short")
    study.run(write_memo, "excerpt", long, "long")
    before = rows_of(study)
    assert correct(study, talk, (" I belong.", "."))[Fate.JOINED] == 1
    assert quotes(study) == ["a place where"]
    with study.read() as session:
        names = session.scalars(select(Code.name).join(Coding, Coding.code_id == Code.id)).all()
        assert sorted(names) == ["Belonging", "Place"]
        assert sorted(session.scalars(select(Memo.text)).one().split()) == ["long", "short"]
    study.undo()
    assert rows_of(study) == before


def test_words_written_at_either_end_of_a_turn_are_words_of_that_turn(study: Study, talk: Talk) -> None:
    text = talk.text
    first, last = text.index("Same here"), text.index(" honestly.") + len(" honestly.")
    study.run(correct_transcript, talk.source_id, spliced([(first, "", "Well. "), (last, "", " Yes.")]))
    with study.read() as session:
        turn = session.scalars(select(Turn).order_by(Turn.start)).all()[1]
        now = session.get_one(Source, talk.source_id).text
    assert now[turn.start : turn.end] == "Well. Same here. We kept each other going, honestly. Yes."
    assert now[turn.label_start : turn.label_end] == "Bilal:"


@pytest.mark.parametrize(("old", "new"), [("Bilal", "Bila"), ("Bilal: Same", "Same"), (".\nBilal", ". Bilal")])
def test_a_label_is_not_changed_as_text(study: Study, talk: Talk, old: str, new: str) -> None:
    before = rows_of(study)
    with pytest.raises(NotPossible, match="labels"):
        correct(study, talk, (old, new))
    assert rows_of(study) == before


@pytest.mark.parametrize("bad", ["a\0b", "half \ud83d of one"])
def test_words_that_no_study_can_keep_are_refused(study: Study, talk: Talk, bad: str) -> None:
    with pytest.raises(NotPossible):
        correct(study, talk, ("felt", bad))
    assert text_of(study, talk) == talk.text


def test_line_ends_come_in_as_line_feeds(study: Study, talk: Talk) -> None:
    correct(study, talk, ("Same here. ", "Same here.\r\nAnd\u2028then:\r"))
    assert "Same here.\nAnd\nthen:\nWe kept" in text_of(study, talk)


def test_a_correction_made_for_another_state_of_the_text_is_refused(study: Study, talk: Talk) -> None:
    splice = edit(talk.text, ("honestly", "truly"))
    correct(study, talk, ("It felt", "It truly felt"))
    with pytest.raises(NotPossible, match="meantime"):
        study.run(correct_transcript, talk.source_id, splice)


def test_correcting_nothing_leaves_no_step_of_undo(study: Study, talk: Talk) -> None:
    before = study.next_undo()
    correct(study, talk, ("felt", "felt"))
    assert study.next_undo() == before


def test_listeners_hear_of_the_excerpts_and_turns_that_moved(study: Study, talk: Talk) -> None:
    excerpt = code(study, talk, "you pass it on")
    heard = []
    study.listen(heard.append)
    correct(study, talk, ("It felt", "It really felt"))
    study.undo()
    for notice in heard:
        assert notice.rows["source"] == {talk.source_id}
        assert excerpt in notice.rows["excerpt"]
        assert notice.touches("turn")


def test_undo_and_redo_with_later_work_on_top_across_closing(study: Study, talk: Talk, path: Path) -> None:
    code(study, talk, "a place where I belong")
    states = [dumped(study)]
    correct(study, talk, ("a place", "some other place"), ("honestly", "really, honestly"))
    states.append(dumped(study))
    code(study, talk, "other place where", "Later")
    code(study, talk, "really, honestly", "Later")
    states.append(dumped(study))
    correct(study, talk, ("some other place where", ""), ("Somebody", "Some body 🙂"))
    states.append(dumped(study))
    study.close()
    assert verify(path, full=True) == []
    with Study.open(path) as again:
        for state in (states[2], None, states[1], states[0]):
            again.undo()
            if state is not None:
                assert dumped(again) == state
        for state in (states[1], None, states[2], states[3]):
            again.redo()
            if state is not None:
                assert dumped(again) == state
    assert verify(path, full=True) == []


def test_a_transcript_that_was_corrected_and_deleted_comes_back_as_it_was(study: Study, talk: Talk, path: Path) -> None:
    correct(study, talk, ("honestly", "truly"))
    before = rows_of(study)
    study.run(delete_source, talk.source_id)
    study.undo()
    assert rows_of(study) == before
    study.undo()
    assert text_of(study, talk) == talk.text
    study.close()
    assert verify(path, full=True) == []


def test_a_text_without_turns_is_corrected_anywhere(study: Study) -> None:
    from app.importers.draft import TranscriptDraft

    plain = bring_in(study, TranscriptDraft("p.txt", "txt", "utf-8", "one tow three", (), "none", "h"))
    correct(study, plain, ("tow", "two and a half"))
    with study.read() as session:
        assert session.get_one(Source, plain.source_id).words == 6


def test_words_of_a_transcript_cannot_all_be_taken_away(study: Study) -> None:
    from app.importers.draft import TranscriptDraft

    plain = bring_in(study, TranscriptDraft("p.txt", "txt", "utf-8", "one tow three", (), "none", "h"))
    with pytest.raises(NotPossible, match="Nothing would be left"):
        correct(study, plain, ("one tow three", " \n"))


NUMBER = st.integers(0, 400)
ACTS = st.lists(st.tuples(st.sampled_from(["correct", "code", "split", "undo", "redo"]), NUMBER, NUMBER, NUMBER),
                max_size=14)  # fmt: skip
PUT_IN = ("", "x", " ", "\n", "🙂 é", "words of some length, ", "me", "I ")


def act(study: Study, talk: Talk, what: str, a: int, b: int, c: int) -> None:
    """One step somewhere in the transcript; what does not apply is refused and leaves nothing."""
    text = text_of(study, talk)
    at = a % len(text)
    with suppress(NotPossible):
        if what == "undo":
            study.undo()
        elif what == "redo":
            study.redo()
        elif what == "split":
            with study.change() as session:
                turns = session.scalars(select(Turn.id).order_by(Turn.start)).all()
                split_turn(session, turns[b % len(turns)], at)
        elif what == "code":
            with study.change() as session:
                take_excerpt(session, talk.source_id, at, min(len(text), at + 1 + b % 60))
        else:
            second = at + b % 25 + 1 + c % 30
            edits = [
                (at, text[at : at + b % 25], PUT_IN[c % 8]),
                (second, text[second : second + c % 9], PUT_IN[a % 8]),
            ]
            study.run(correct_transcript, talk.source_id, spliced(edits if c % 2 else edits[:1]))


@settings(max_examples=25, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(acts=ACTS)
def test_whatever_is_corrected_the_study_is_sound_and_all_of_it_can_be_undone_and_redone(
    acts: list[tuple[str, int, int, int]], fresh: Fresh
) -> None:
    path = fresh.again()
    with Study.open(path) as study:
        study.connection.execute("PRAGMA synchronous=OFF")
        talk = bring_in(study)
        for start in range(8, len(talk.text) - 30, 17):
            act(study, talk, "code", start, start % 29, 0)
        floor, new = study.next_undo(), dumped(study)
        for one in acts:
            act(study, talk, *one)
            if study.next_undo().seq < floor.seq:
                study.redo()
        done, undone = dumped(study), 0
        while study.next_undo().seq != floor.seq:
            study.undo()
            undone += 1
        assert dumped(study) == new
        for _ in range(undone):
            study.redo()
        assert dumped(study) == done
    assert verify(path, full=True) == []
