"""The reflexive journal: what is written stays, what is edited keeps what it said before, links lead both ways."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from app.analysis.journal import entries, folded_text, holding, kinds_used, said_before, things
from app.errors import NotPossible
from app.models import Excerpt, Memo, PhaseVisit, new_key
from app.models.kinds import Phase
from app.models.splice import spliced
from app.models.verbs import Verb
from app.operations.code_merging import merge_codes
from app.operations.codes import create_code, delete_code
from app.operations.codings import code_passage
from app.operations.correcting import correct_transcript
from app.operations.journal import (
    SUBJECTS,
    delete_entry,
    edit_entry,
    entry_from_memo,
    link_entry,
    unlink_entry,
    write_entry,
)
from app.operations.memos import note_passage, write_memo
from app.operations.phases import visit_phase
from app.operations.studies import work_as
from app.operations.theme_merging import merge_themes
from app.operations.themes import create_theme
from app.study import ChangeSession, Study
from tests.material import Talk, dumped, rows_of


def _entries(study: Study, **asked: tuple[str, str]) -> list[str]:
    with study.read() as session:
        return [entry.text for entry in entries(session, **asked)]


def _said_before(study: Study, entry_id: str) -> list[tuple[str, str]]:
    with study.read() as session:
        return [(one.kind, one.text) for one in said_before(session, entry_id)]


def test_an_entry_keeps_words_kind_writer_and_what_it_speaks_of(study: Study, talk: Talk) -> None:
    study.working_as = "Aisha"
    study.run(work_as, "Aisha")
    code = study.run(create_code, "Noticed")
    study.run(write_entry, "I was a *mentee* myself.\n\n", kind=" positionality ", links=[("code", code)], private=True)
    with study.read() as session:
        (entry,) = entries(session)
    assert (entry.text, entry.kind, entry.who, entry.private, entry.edited) == (
        "I was a *mentee* myself.", "positionality", "Aisha", True, False
    )  # fmt: skip
    assert [(link.subject, link.name) for link in entry.links] == [("code", "Noticed")]


@pytest.mark.parametrize("text", ["", "  \n\t ", "\0"])
def test_an_entry_needs_words(study: Study, text: str) -> None:
    with pytest.raises(NotPossible):
        study.run(write_entry, text)
    assert _entries(study) == []


def test_every_sort_of_thing_can_be_spoken_of_and_names_itself(study: Study, talk: Talk) -> None:
    """Each word of SUBJECTS has a column in the table of links and a name in analysis."""
    excerpt = study.run(
        code_passage, talk.source_id, *talk.span("Same here"), study.run(create_code, "Alike")
    ).excerpt_id
    entry = study.run(write_entry, "On these words", links=[("excerpt", excerpt), ("source", talk.source_id)])
    for subject in SUBJECTS:
        with pytest.raises(NotPossible):
            study.run(link_entry, entry, subject, "not there")
    with study.read() as session:
        (found,) = entries(session)
    assert [(link.subject, link.source_id) for link in found.links] == [
        ("source", ""), ("excerpt", talk.source_id)
    ]  # fmt: skip
    assert "Same here" not in folded_text(found)


def test_the_phase_of_an_entry_is_altered_by_hand_kept_and_taken_back(study: Study) -> None:
    entry = study.run(write_entry, "Back to the excerpts", phase=Phase.CODING)
    before = dumped(study)
    study.run(edit_entry, entry, phase=Phase.DEVELOPING)
    study.run(edit_entry, entry, text="Back to all excerpts")
    study.run(edit_entry, entry, phase="")
    with study.read() as session:
        assert entries(session)[0].phase is None
        assert entries(session)[0].edited
        told = [(one.text, one.phase) for one in said_before(session, entry)]
    assert told == [
        ("Back to all excerpts", Phase.DEVELOPING),
        ("Back to the excerpts", None),
        ("Back to the excerpts", Phase.CODING),
    ]
    step = study.next_undo()
    assert step is not None
    assert step.label == "Take journal entry out of its phase"
    for _ in range(3):
        study.undo()
    assert dumped(study) == before


def test_an_entry_may_belong_to_no_phase_although_one_is_in_one(study: Study) -> None:
    study.run(visit_phase, Phase.WRITING)
    study.run(write_entry, "Of the writing")
    study.run(write_entry, "Of nothing", phase="")
    with study.read() as session:
        assert {entry.text: entry.phase for entry in entries(session)} == {
            "Of the writing": Phase.WRITING,
            "Of nothing": None,
        }


def test_what_it_said_before_is_kept_and_typing_on_is_one_edit(study: Study) -> None:
    with study.change() as session:
        entry = write_entry(session, "A hunch", kind="hunch")
        seq = session.seq
    with study.change(continues=seq) as session:
        edit_entry(session, entry, text="A hunch that grows")
    assert _said_before(study, entry) == []
    with study.change() as session:
        edit_entry(session, entry, text="It was wrong")
        seq = session.seq
    with study.change(continues=seq) as session:
        edit_entry(session, entry, text="It was wrong, I think", kind="decision")
    assert _said_before(study, entry) == [("hunch", "A hunch that grows")]
    study.run(edit_entry, entry, text="It was right")
    assert [text for _, text in _said_before(study, entry)] == ["It was wrong, I think", "A hunch that grows"]


def test_marking_it_private_is_no_other_wording(study: Study) -> None:
    entry = study.run(write_entry, "Between us")
    study.run(edit_entry, entry, private=True)
    with study.read() as session:
        assert [(one.private, one.edited) for one in entries(session)] == [(True, False)]


def test_all_of_it_can_be_undone_and_redone(study: Study, talk: Talk) -> None:
    before = rows_of(study)
    code = study.run(create_code, "Alike")
    entry = study.run(write_entry, "One", links=[("source", talk.source_id)])
    study.run(edit_entry, entry, text="Two", kind="theory")
    study.run(link_entry, entry, "code", code)
    study.run(unlink_entry, entry, "source", talk.source_id)
    study.run(delete_entry, entry)
    after = dumped(study)
    for _ in range(6):
        assert study.undo() is not None
    assert rows_of(study) == before
    for _ in range(6):
        assert study.redo() is not None
    assert dumped(study) == after


def test_a_link_stands_once_and_goes_with_its_thing_while_the_entry_stays(study: Study) -> None:
    code = study.run(create_code, "Alike")
    entry = study.run(write_entry, "On alikeness", links=[("code", code), ("code", code)])
    assert not study.run(link_entry, entry, "code", code)
    assert _entries(study, about=("code", code)) == ["On alikeness"]
    study.run(delete_code, code)
    with study.read() as session:
        assert [one.links for one in entries(session)] == [()]
        assert things(session, [("code", code)]) == []


def test_the_newest_stands_first_whatever_was_written_first(study: Study) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    for days, text in ((2, "third"), (0, "first"), (1, "second")):
        study.run(write_entry, text, at=now + timedelta(days=days))
    assert _entries(study) == ["third", "second", "first"]


def test_it_belongs_to_the_phase_one_was_in_then(study: Study) -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)

    def visit(session: ChangeSession) -> None:
        session.announce(Verb.VISIT_PHASE, "visit")
        session.add(PhaseVisit(id=new_key(), phase=Phase.CODING, began_at=start, ended_at=start + timedelta(days=3)))
        session.add(PhaseVisit(id=new_key(), phase=Phase.WRITING, began_at=start + timedelta(days=5)))

    study.run(visit)
    for days, text in ((-1, "before"), (1, "coding"), (4, "between"), (6, "writing")):
        study.run(write_entry, text, at=start + timedelta(days=days))
    with study.read() as session:
        found = {entry.text: entry.phase for entry in entries(session)}
    assert found == {"before": None, "coding": Phase.CODING, "between": None, "writing": Phase.WRITING}


def test_a_memo_turns_into_an_entry_of_its_day_that_speaks_of_its_thing(study: Study) -> None:
    theme = study.run(create_theme, "Being seen")
    with study.change(at=datetime(2026, 2, 3, tzinfo=UTC)) as session:
        memo = write_memo(session, "theme", theme, "Whose eyes?", "question")
    assert memo is not None
    before = dumped(study)
    study.run(entry_from_memo, memo)
    with study.read() as session:
        (entry,) = entries(session)
        assert session.scalars(select(Memo)).all() == []
    assert (entry.text, entry.kind, entry.at.day) == ("Whose eyes?", "question", 3)
    assert [(link.subject, link.id) for link in entry.links] == [("theme", theme)]
    study.undo()
    assert dumped(study) == before


def test_a_memo_on_a_coding_becomes_an_entry_on_excerpt_and_code(study: Study, talk: Talk) -> None:
    code = study.run(create_code, "Alike")
    coded = study.run(code_passage, talk.source_id, *talk.span("Same here"), code)
    memo = study.run(write_memo, "coding", coded.coding_id, "Really?")
    study.run(entry_from_memo, memo)
    with study.read() as session:
        (entry,) = entries(session)
    assert {(link.subject, link.id) for link in entry.links} == {("excerpt", coded.excerpt_id), ("code", code)}


def test_a_note_beside_the_text_becomes_an_entry_that_still_leads_there(study: Study, talk: Talk) -> None:
    excerpt = study.run(note_passage, talk.source_id, *talk.span("Same here"), "Who is “we”?")
    with study.read() as session:
        memo = session.scalars(select(Memo.id)).one()
    study.run(entry_from_memo, memo)
    with study.read() as session:
        (entry,) = entries(session)
        assert session.scalars(select(Excerpt.id)).all() == [excerpt]
    assert entry.speaks_of("excerpt", excerpt or "")


def test_searching_finds_all_words_in_any_order_also_in_the_names_of_things(study: Study) -> None:
    code = study.run(create_code, "Being noticed")
    study.run(write_entry, "Straße und Ärger", kind="feeling")
    study.run(write_entry, "Silence", links=[("code", code)])
    with study.read() as session:
        rows = [(folded_text(entry), entry) for entry in entries(session)]
    assert [one.text for one in holding(rows, "ÄRGER strasse")] == ["Straße und Ärger"]
    assert [one.text for one in holding(rows, "noticed")] == ["Silence"]
    assert len(holding(rows, " ")) == 2


def test_kinds_are_suggestions_with_ones_own_words_after_them(study: Study) -> None:
    study.run(write_entry, "a", kind="dream")
    study.run(write_entry, "b", kind="hunch")
    with study.read() as session:
        used = kinds_used(entries(session))
    assert used[0] == "positionality"
    assert used[-1] == "dream"
    assert used.count("hunch") == 1


def test_an_entry_that_speaks_of_two_things_speaks_once_of_what_they_became(study: Study, talk: Talk) -> None:
    codes = [study.run(create_code, name) for name in ("One", "Other")]
    themes = [study.run(create_theme, name) for name in ("One", "Other")]
    spans = (talk.span("a place where I belong"), talk.span("place where I belong"))
    excerpts = [study.run(code_passage, talk.source_id, *span, codes[0]).excerpt_id for span in spans]
    links = (
        [("code", key) for key in codes] + [("theme", key) for key in themes] + [("excerpt", key) for key in excerpts]
    )
    study.run(write_entry, "These belong together.", links=links)
    before = rows_of(study)
    study.run(merge_codes, codes[:1], codes[1])
    study.run(merge_themes, themes[0], themes[1])
    study.run(correct_transcript, talk.source_id, spliced([(talk.text.index("a place"), "a ", "")]))
    with study.read() as session:
        (entry,) = entries(session)
    assert sorted(link.subject for link in entry.links) == ["code", "excerpt", "theme"]
    for _ in range(3):
        study.undo()
    assert rows_of(study) == before
