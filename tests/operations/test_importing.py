"""Bringing transcripts in: what is counted, and who is the same person."""

from __future__ import annotations

from dataclasses import replace

from app.analysis.overview import info
from app.analysis.verify import verify
from app.operations.importing import import_transcripts, plan_for
from app.study import Study
from tests.material import draft_of


def test_a_text_without_labels_has_its_words_counted(study: Study) -> None:
    text = "Nobody is named here.\n\nAll of it is one text.\n"
    draft = replace(draft_of(), text=text, turns=())
    with study.change() as session:
        import_transcripts(session, [plan_for(session, draft)])
    with study.read() as session:
        assert (info(session)["words"], info(session)["turns"]) == (10, 0)
    study.close()
    assert verify(study.path) == []


def test_two_files_of_one_group_in_one_import_share_their_people(study: Study) -> None:
    drafts = [draft_of(), draft_of(file_name="FG1 part two.txt")]
    with study.change() as session:
        import_transcripts(session, [plan_for(session, draft, group="FG1") for draft in drafts])
    with study.read() as session:
        assert info(session)["participants"] == 2


def test_the_same_name_in_another_group_is_another_person(study: Study) -> None:
    with study.change() as session:
        plans = [
            plan_for(session, draft_of(), group="FG1"),
            plan_for(session, draft_of(file_name="b.txt"), group="FG2"),
        ]
        import_transcripts(session, plans)
    with study.read() as session:
        assert info(session)["participants"] == 4
