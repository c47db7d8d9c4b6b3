"""What is searched of a study, by whom it is said, and that changes are heard of."""

from __future__ import annotations

from sqlalchemy import select

from app.analysis.search.library import SearchLibrary
from app.analysis.search.query import Query, sought
from app.analysis.search.texts import SearchText
from app.models import Speaker, Turn
from app.models.kinds import Consent, TurnKind
from app.models.verbs import Verb
from app.operations.codes import create_code, edit_code
from app.operations.memos import write_memo
from app.operations.people import edit_participant
from app.study import Study
from tests.material import Talk, bring_in, draft_of


def read(study: Study, library: SearchLibrary) -> list[SearchText]:
    with study.read() as session:
        texts = [library.transcript(session, one) for one in library.sources(session)]
        return [*(text for text in texts if text), *library.memos(session), *library.codes(session)]


def found(study: Study, words: str, library: SearchLibrary) -> list[tuple[str, str, str]]:
    """(room, who, words) of each place."""
    return [
        (hit.text.room.value, hit.said.who, hit.text.text[hit.start : hit.end])
        for text in read(study, library)
        for hit in sought(Query(words)).hits(text)
    ]


def follow(study: Study, library: SearchLibrary) -> list[bool]:
    heard: list[bool] = []
    study.listen(lambda notice: heard.append(library.forget(notice.rows)))
    return heard


def test_transcripts_memos_and_codes_with_their_definitions_are_searched(study: Study, talk: Talk) -> None:
    code_id = study.run(create_code, "Belonging by being noticed")
    study.run(edit_code, code_id, brief="They belong", when_not_to_use="Not to belongings")
    study.run(write_memo, "source", talk.source_id, "Who belongs?")
    assert found(study, "belong", SearchLibrary()) == [
        ("transcript", "Nur", "belong"),
        ("memo", "", "belong"),
        ("code", "name", "Belong"),
        ("code", "brief", "belong"),
        ("code", "when_not_to_use", "belong"),
    ]


def test_the_head_of_a_transcript_is_searched_by_line_without_a_speaker(study: Study) -> None:
    bring_in(study, draft_of(before="\ufeffMéthode 😀\nGroup of belonging\n\n"))
    assert found(study, "belonging", SearchLibrary()) == [("transcript", "", "belonging")]
    assert found(study, "Méthode 😀 Group", SearchLibrary()) == []


def test_a_study_of_nothing_holds_nothing(study: Study) -> None:
    assert found(study, "a", SearchLibrary()) == []


def test_the_library_follows_what_changes_and_keeps_the_rest(study: Study, talk: Talk) -> None:
    library = SearchLibrary()
    heard = follow(study, library)
    before = read(study, library)
    code_id = study.run(create_code, "Distance")
    assert heard == [True]
    after = read(study, library)
    assert after[0] is before[0]
    assert ("code", "name", "Distance") in found(study, "distance", library)
    study.run(edit_code, code_id, name="Nearness")
    assert found(study, "distance", library) == []
    bring_in(study, draft_of(file_name="FG2.txt"), group="FG2")
    assert len(found(study, "belong", library)) == 2
    study.undo()
    assert len(found(study, "belong", library)) == 1


def test_a_pseudonym_is_who_says_it_and_consent_says_whether_it_may_be_shown(study: Study, talk: Talk) -> None:
    library = SearchLibrary()
    follow(study, library)
    assert found(study, "belong", library) == [("transcript", "Nur", "belong")]
    with study.read() as session:
        person = session.scalar(select(Speaker.participant_id).where(Speaker.label == "Nur"))
    assert person is not None
    study.run(edit_participant, person, pseudonym="Amal", consent_to_quote=Consent.NO)
    assert found(study, "belong", library) == [("transcript", "Amal", "belong")]
    said = next(one for one in read(study, library)[0].stretches if one.who == "Amal")
    assert not said.quotable


def test_withdrawn_words_are_not_found(study: Study, talk: Talk) -> None:
    with study.change("Withdraw", Verb.EDIT_EXCERPT) as session:
        turn = session.scalars(select(Turn).order_by(Turn.start)).first()
        assert turn is not None
        turn.kind = TurnKind.WITHDRAWN
    assert found(study, "belong", SearchLibrary()) == []


def test_a_coding_does_not_make_one_search_again(study: Study, talk: Talk) -> None:
    assert not SearchLibrary().forget({"coding": frozenset({"c"}), "excerpt": frozenset({"e"})})
    assert SearchLibrary().forget({"turn": frozenset({"t"})})
