"""Withdrawing a participant: order and sense are kept, and their words are nowhere afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.analysis.overview import history
from app.analysis.rights.withdrawal import Cut, How, Withdrawal, newest, withdrawal
from app.analysis.verify import verify
from app.backups import Reason, make_backup
from app.errors import NotPossible
from app.models import (
    Code,
    Coding,
    Excerpt,
    JournalEntry,
    MapVersion,
    Memo,
    Participant,
    Source,
    Speaker,
    ThemeExcerpt,
    Turn,
)
from app.models.kinds import Consent, ExcerptLevel, ParticipantStatus, SpeakerKind, TurnKind
from app.models.verbs import Verb
from app.operations.codes import ensure_code
from app.operations.codings import code_excerpt, code_passage
from app.operations.excerpts import take_excerpt
from app.operations.exports import record_export
from app.operations.journal import edit_entry, write_entry
from app.operations.maps import keep_version
from app.operations.memos import write_memo
from app.operations.people import delete_participant, link_speaker
from app.operations.rights.rewording import Decision, Deed
from app.operations.rights.withdrawing import Certificate, withdraw
from app.operations.themes import add_code, create_theme, edit_theme
from app.purging import finish_purge
from app.study import Study
from tests.material import Talk, bring_in, draft_of
from tests.operations.rights import CANARIES, found_in

INDIVIDUAL, INTERACTION = ExcerptLevel.INDIVIDUAL, ExcerptLevel.INTERACTION


def person(study: Study, pseudonym: str = "Nur") -> str:
    """The id of a participant."""
    with study.read() as session:
        return session.scalars(select(Participant.id).where(Participant.pseudonym == pseudonym)).one()


def plan(study: Study, how: How = How.OWN_TURNS, who: str = "Nur") -> Withdrawal:
    """What would be touched."""
    participant = person(study, who)
    with study.read() as session:
        found = withdrawal(session, participant, how)
    assert found is not None
    return found


def go(study: Study, how: How = How.OWN_TURNS, decisions: dict[str, Decision] | None = None) -> Certificate:
    """Withdraw Nur."""
    return study.run(withdraw, plan(study, how), decisions)


def text_of(study: Study) -> str:
    """The transcript now."""
    with study.read() as session:
        return session.scalar(select(Source.text)) or ""


def test_own_turns_give_way_to_a_placeholder_and_the_others_stand_as_they_did(
    study: Study, talk: Talk, path: Path
) -> None:
    done = go(study)
    assert text_of(study) == (
        "Withdrawn participant 1: [turn withdrawn]\nBilal: Same here. We kept each other going, honestly.\n"
        "Moderator: Can you say more?\nWithdrawn participant 1: [turn withdrawn]\nBilal: And then you pass it on.\n"
    )
    assert done.turns == 2
    with study.read() as session:
        kinds = session.scalars(select(Turn.kind).order_by(Turn.start)).all()
        assert [kind == TurnKind.WITHDRAWN for kind in kinds] == [True, False, False, True, False]
        gone = session.scalars(select(Participant).where(Participant.status == ParticipantStatus.WITHDRAWN)).one()
        assert (gone.pseudonym, gone.label, gone.role, gone.note) == ("Withdrawn participant 1", "", "", "")
        assert "Nur" not in session.scalars(select(Speaker.label)).all()
    assert verify(path, full=True) == []


def test_excerpts_are_dropped_cut_split_or_keep_a_gap(study: Study, talk: Talk, path: Path) -> None:
    text = talk.text
    own = study.run(take_excerpt, talk.source_id, *talk.span("a place where I belong"))
    across = study.run(take_excerpt, talk.source_id, text.index("where I belong"), text.index(", honestly"),
                       level=INDIVIDUAL)  # fmt: skip
    between = study.run(take_excerpt, talk.source_id, text.index("Can you"), text.index("pass it"), level=INDIVIDUAL)
    together = study.run(take_excerpt, talk.source_id, text.index("Can you"), text.index(" on.\n"), level=INTERACTION)
    other = study.run(take_excerpt, talk.source_id, *talk.span("you pass it on"))
    code = study.run(ensure_code, "Code")
    study.run(code_excerpt, between, code)
    cuts = {one.excerpt_id: one.cut for one in plan(study).excerpts}
    assert cuts == {own: Cut.DROPPED, across: Cut.CUT, between: Cut.SPLIT, together: Cut.GAP}
    go(study)
    with study.read() as session:
        quotes = {row.id: row.quote for row in session.scalars(select(Excerpt))}
        assert own not in quotes
        assert quotes[across] == "Same here. We kept each other going"
        assert quotes[between] == "Can you say more?"
        assert "And then you" in quotes.values()
        assert quotes[together] == (
            "Can you say more?\nWithdrawn participant 1: [turn withdrawn]\nBilal: And then you pass it"
        )
        assert quotes[other] == "you pass it on"
        assert len(session.scalars(select(Coding)).all()) == 2
    assert verify(path, full=True) == []


def test_the_preview_says_what_the_analysis_loses(study: Study, talk: Talk) -> None:
    code = study.run(ensure_code, "Being missed")
    theme = study.run(create_theme, "Being seen")
    study.run(add_code, theme, code)
    study.run(code_passage, talk.source_id, *talk.span("Somebody noticed"), code)
    study.run(record_export, kind="codebook", file_name="book.docx", content_hash="x", participant_ids=[person(study)],
              to_whom="the supervisor")  # fmt: skip
    found = plan(study)
    assert (found.empty_codes, found.silent_themes) == (("Being missed",), ("Being seen",))
    assert [(one.kind, one.file_name, one.to_whom) for one in found.outputs] == [
        ("codebook", "book.docx", "the supervisor")
    ]
    assert go(study).outputs == 1


def test_undo_stops_there_and_the_trail_says_nothing_of_them(study: Study, talk: Talk) -> None:
    go(study)
    step = study.next_undo()
    assert step is not None
    assert (step.is_border, step.label) == (True, "Withdraw a participant (own turns)")
    assert study.undo() is None
    with study.read() as session:
        last = history(session)[-1]
        assert last["verb"] == Verb.WITHDRAW
        assert not any("Nur" in one["label"] for one in history(session))


def test_no_quoting_takes_nothing_away(study: Study, talk: Talk, path: Path) -> None:
    go(study, How.NO_QUOTING)
    assert text_of(study) == talk.text
    assert study.purge_due == 0
    with study.read() as session:
        nur = session.get_one(Participant, person(study))
        assert {nur.consent_to_quote, nur.consent_to_share, nur.consent_to_archive} == {Consent.NO}
    assert verify(path, full=True) == []


def test_mentions_by_others_are_dealt_with_one_by_one(study: Study, path: Path) -> None:
    bring_in(study, draft_of((("Nur", "Hello."), ("Bilal", "Nur said so. Ask Nur."), ("Moderator", "Thank you, Nur."))))
    found = plan(study, How.MENTIONS)
    assert [one.found for one in found.mentions] == ["Nur", "Nur", "Nur"]
    first, _, third = found.mentions
    decisions = {first.key: Decision(Deed.CHANGE, "[my friend]"), third.key: Decision(Deed.LEAVE)}
    done = study.run(withdraw, found, decisions)
    assert "Bilal: [my friend] said so. Ask [a participant].\nModerator: Thank you, Nur.\n" in text_of(study)
    assert (done.mentions_replaced, done.mentions_left) == (2, 1)
    assert verify(path, full=True) == []


def test_what_was_written_with_their_words_is_changed_left_or_deleted(study: Study, talk: Talk) -> None:
    in_vivo = study.run(ensure_code, "Somebody noticed")
    study.run(write_memo, "code", in_vivo, "She says: somebody noticed when I was away.")
    study.run(write_memo, "source", talk.source_id, "Mine alone, no words of anybody.")
    study.run(write_memo, "group", _group(study), "It felt like a place, she said.", "field")
    held = {one.place.text: one for one in plan(study).held if one.place.table in {"code", "memo"}}
    assert "Mine alone, no words of anybody." not in held
    decisions = {
        held["Somebody noticed"].key: Decision(Deed.CHANGE, "Being missed"),
        held["She says: somebody noticed when I was away."].key: Decision(Deed.LEAVE),
        held["It felt like a place, she said."].key: Decision(Deed.DELETE),
    }
    done = go(study, decisions=decisions)
    assert (done.places_left, done.places_deleted) == (1, 1)
    with study.read() as session:
        assert session.scalars(select(Code.name)).all() == ["Being missed"]
        assert set(session.scalars(select(Memo.text))) == {
            "She says: somebody noticed when I was away.",
            "Mine alone, no words of anybody.",
        }


def test_what_is_changed_to_nothing_is_deleted(study: Study, talk: Talk) -> None:
    study.run(write_entry, "She says: somebody noticed when I was away.")
    (held,) = [one for one in plan(study).held if one.place.table == "journal_entry"]
    done = go(study, decisions={held.key: Decision(Deed.CHANGE, "  ")})
    assert (done.places_changed, done.places_deleted) == (0, 1)
    with study.read() as session:
        assert session.scalars(select(JournalEntry.text)).all() == []


def test_another_person_of_a_name_that_is_like_it_keeps_theirs(study: Study) -> None:
    bring_in(study, draft_of((("Nur", "Hello."), ("Nurul", "Hello, Nur."), ("Nura", "Yes."))))
    go(study, How.MENTIONS)
    assert "Nurul: Hello, [a participant].\nNura: Yes." in text_of(study)


def test_the_study_changed_between_looking_and_doing(study: Study, talk: Talk) -> None:
    found = plan(study)
    study.run(take_excerpt, talk.source_id, *talk.span("a place where I belong"))
    with pytest.raises(NotPossible, match="meantime"):
        study.run(withdraw, found)
    assert text_of(study) == talk.text
    assert study.purge_due == 0


def test_what_was_written_between_looking_and_doing_is_not_passed_over(study: Study, talk: Talk) -> None:
    """Also what was typed on within one change."""
    with study.change() as session:
        entry = write_entry(session, "On belonging.")
        seq = session.seq
    found = plan(study)
    with study.change(continues=seq) as session:
        edit_entry(session, entry, text="Nur said: Somebody noticed when I was not there.")
    with study.read() as session:
        assert newest(session)[0] == found.as_of[0]
    with pytest.raises(NotPossible, match="meantime"):
        study.run(withdraw, found)
    go(study)
    with study.read() as session:
        assert "noticed" not in session.scalars(select(JournalEntry.text)).one()


def test_two_labels_of_one_person_become_one_name(study: Study, path: Path) -> None:
    bring_in(study, draft_of((("Nur", "Hello there, friends."), ("NUR A", "I came again."), ("Bilal", "So did I."))))
    with study.read() as session:
        other = session.scalars(select(Speaker.id).where(Speaker.label == "NUR A")).one()
    study.run(link_speaker, other, SpeakerKind.PARTICIPANT, person(study))
    go(study)
    with study.read() as session:
        assert set(session.scalars(select(Speaker.label))) == {"Withdrawn participant 1", "Bilal"}
        assert session.scalar(select(func.count(Turn.id)).where(Turn.kind == TurnKind.WITHDRAWN)) == 2
    assert text_of(study).startswith("Withdrawn participant 1: [turn withdrawn]\nWithdrawn participant 1: [turn")
    study.close()
    assert verify(path) == []


def test_the_name_of_one_who_was_withdrawn_and_deleted_is_not_given_again(study: Study, talk: Talk) -> None:
    go(study)
    study.run(delete_participant, person(study, "Withdrawn participant 1"))
    study.run(withdraw, plan(study, who="Bilal"))
    assert person(study, "Withdrawn participant 2")


def test_a_second_one_has_another_name(study: Study, talk: Talk) -> None:
    go(study)
    study.run(withdraw, plan(study, who="Bilal"))
    with study.read() as session:
        assert set(session.scalars(select(Participant.pseudonym))) == {
            "Withdrawn participant 1",
            "Withdrawn participant 2",
        }


@pytest.mark.parametrize("how", [How.OWN_TURNS, How.MENTIONS])
@pytest.mark.parametrize("canary", CANARIES)
def test_their_words_are_nowhere_in_the_folder(study: Study, path: Path, canary: str, how: How) -> None:
    lines = (("Nur", f"We called it {canary} among us. {canary}"), ("Bilal", "We had no word for it."), ("Nur", canary))
    talk = bring_in(study, draft_of(lines, original=f"Nur: {canary}".encode() * 9), keep_original=True)
    text = talk.text
    start = text.index(canary)
    code = study.run(ensure_code, canary)
    theme = study.run(create_theme, f"Of {canary}")
    study.run(edit_theme, theme, concept=f"They say {canary}.")
    study.run(add_code, theme, code)
    study.run(code_passage, talk.source_id, start, start + len(canary), code)
    whole = study.run(take_excerpt, talk.source_id, start, len(text), level=INTERACTION)
    study.run(write_memo, "excerpt", whole, f"{canary} again")
    study.run(write_memo, "source", talk.source_id, f"There is {canary}, I noted.")
    with study.change("Quote it", Verb.DECIDE) as session:
        session.add(ThemeExcerpt(theme_id=theme, excerpt_id=whole, edited_text=f"… {canary} …", gloss=canary))
    with study.change(reason=f"since {canary}") as session:
        ensure_code(session, "Other")
    study.run(keep_version, "First")
    make_backup(study, Reason.HOURLY, check=lambda _: True)
    assert found_in(path.parent, canary)
    go(study, how)
    done = finish_purge(study)
    study.close()
    assert done.done
    assert found_in(path.parent, canary) == []
    assert verify(path, full=True) == []
    with Study.open(path) as again, again.read() as session:
        assert "[withdrawn]" in str(session.scalars(select(MapVersion.snapshot)).one())


def _group(study: Study) -> str:
    from app.models import Group

    with study.read() as session:
        return session.scalars(select(Group.id)).one()


def test_what_was_undone_bears_the_same_words_as_its_undo_whatever_is_decided_on_one_of_them(
    study: Study, talk: Talk, path: Path
) -> None:
    study.run(ensure_code, "Somebody noticed")
    study.undo()
    study.redo()
    study.undo()
    labels = [one for one in plan(study).held if one.place.table == "change" and "noticed" in one.place.text]
    assert len(labels) == 4
    go(study, decisions={labels[0].key: Decision(Deed.LEAVE), labels[2].key: Decision(Deed.CHANGE, "Make a code")})
    assert verify(path, full=True) == []


def test_a_name_that_is_a_word_is_dealt_with_where_it_is_surely_one(study: Study) -> None:
    lines = (("Hope", "Hello."), ("Bilal", "I hope so. We hope that Hope comes. Hope is nice. I hope."))
    talk = bring_in(study, draft_of(lines))
    study.run(write_memo, "source", talk.source_id, "Hope is quiet, but there is hope.")
    study.run(ensure_code, "Hope for more")
    study.run(withdraw, plan(study, How.MENTIONS, "Hope"))
    assert "We hope that [a participant] comes. Hope is nice. I hope." in text_of(study)
    with study.read() as session:
        assert session.scalars(select(Memo.text)).one() == "[withdrawn] is quiet, but there is hope."
        assert session.scalars(select(Code.name)).one() == "Hope for more"


def test_a_label_of_one_letter_is_no_word_of_others(study: Study) -> None:
    bring_in(study, draft_of((("A", "Hello."), ("B", "A dog came. Ask A. As A said."))))
    study.run(ensure_code, "A place to be")
    study.run(withdraw, plan(study, How.MENTIONS, "A"))
    assert "B: A dog came. Ask A. As A said." in text_of(study)
    with study.read() as session:
        assert session.scalars(select(Code.name)).one() == "A place to be"


def test_somebody_else_of_the_same_name_is_let_alone(study: Study) -> None:
    bring_in(study, draft_of((("Nur", "Hello."), ("Bilal", "Ask Nur."))))
    other = bring_in(study, draft_of((("Nur", "Me too."), ("Ana", "Ask Nur.")), file_name="FG2.txt"), group="FG2")
    with study.read() as session:
        first = session.scalars(
            select(Speaker.participant_id).where(Speaker.label == "Nur", Speaker.source_id != other.source_id)
        ).one()
        found = withdrawal(session, str(first), How.MENTIONS)
    assert found is not None
    study.run(withdraw, found)
    with study.read() as session:
        texts = session.scalars(select(Source.text).order_by(Source.name)).all()
    assert "Ask [a participant]." in texts[0]
    assert texts[1] == other.text


def test_what_is_left_of_an_excerpt_begins_and_ends_at_words(study: Study, path: Path) -> None:
    talk = bring_in(study, draft_of((("Nur", "Yes."), ("Bilal", "    So it was."), ("Ana", "   "), ("Nur", "Well."))))
    start, end = talk.text.index("Yes"), talk.text.index("Well")
    for level in (INDIVIDUAL, INTERACTION):
        study.run(take_excerpt, talk.source_id, start, talk.text.index(".\n", start + 6), level=level)
    study.run(take_excerpt, talk.source_id, talk.text.index("Ana") - 12, end + 2, level=INDIVIDUAL)
    go(study)
    study.run(withdraw, plan(study, who="Ana"))
    with study.read() as session:
        quotes = session.scalars(select(Excerpt.quote)).all()
    assert quotes
    assert all(one == one.strip() for one in quotes)
    assert verify(path, full=True) == []


def test_an_excerpt_that_only_moves_may_begin_with_a_space(study: Study, path: Path) -> None:
    talk = bring_in(study, draft_of((("Nur", "Yes."), ("Bilal", "    So it was."))))
    start, end = talk.text.index("    So"), talk.text.index(".\n", talk.text.index("So"))
    kept = study.run(take_excerpt, talk.source_id, start + 4, end, level=INDIVIDUAL)
    with study.change("As an import of another program may have it", Verb.DECIDE) as session:
        excerpt = session.get_one(Excerpt, kept)
        excerpt.start, excerpt.quote = start, talk.text[start:end]
    study.run(take_excerpt, talk.source_id, talk.text.index("Yes"), end, level=INDIVIDUAL)
    go(study)
    with study.read() as session:
        assert sorted(session.scalars(select(Excerpt.quote))) == ["    So it was", "So it was"]
    assert verify(path, full=True) == []
