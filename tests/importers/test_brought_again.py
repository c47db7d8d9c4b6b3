"""A project that was changed in the other program, or here, since it came: what comes, and what is told of the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.analysis.difference import difference
from app.analysis.verify import verify
from app.exporters.registry import export
from app.importers.projects import read_project
from app.models.kinds import RelationKind
from app.operations.bringing_project import bring_project
from app.operations.code_merging import merge_codes
from app.operations.codes import create_code
from app.operations.correcting import correct_transcript
from app.operations.excerpts import move_ends, set_interaction
from app.operations.maps import relate, turn_relation_round
from app.operations.people import edit_participant
from app.operations.studies import new_study, work_as
from app.operations.themes import create_theme, delete_theme, edit_theme, move_code_between
from app.study import Study
from tests.importers.test_refi import TEXT, counting, project, selection
from tests.material import rows_of

USER = '<Users><User guid="U1" name="{}"/></Users>'


def test_a_text_that_changed_in_the_other_program_comes_beside_the_old_one(
    tmp_path: Path, study: Study, path: Path
) -> None:
    study.run(bring_project, read_project(project(tmp_path / "p.qdpx", selections=selection(0, 3))))
    changed = project(tmp_path / "p.qdpx", text=f"Aha. {TEXT}".encode(), selections=selection(5, 8))
    done = study.run(bring_project, read_project(changed))
    assert "Text “FG1”: its words are others than before, so it came as “FG1 (2)”" in [
        loss.sentence for loss in done.losses
    ]
    assert sorted(row["name"] for row in rows_of(study)["source"]) == ["FG1", "FG1 (2)"]
    assert sorted((row["quote"], row["start"]) for row in rows_of(study)["excerpt"]) == [
        ("Nur", 0),
        ("Nur", 5),
    ]
    before = rows_of(study)
    assert not study.run(bring_project, read_project(changed)).anything
    assert rows_of(study) == before
    study.close()
    assert verify(path) == []


def test_a_text_that_was_corrected_here_takes_new_codings_where_their_words_come_once(
    tmp_path: Path, study: Study, path: Path
) -> None:
    first = selection(0, 3) + selection(*counting()("How so?"), key="s2")
    study.run(bring_project, read_project(project(tmp_path / "p.qdpx", selections=first)))
    (source,) = rows_of(study)["source"]
    corrected = TEXT.replace("It felt", "It really felt").replace("How so?", "How?")
    study.run(correct_transcript, source["id"], difference(TEXT, corrected))
    before = rows_of(study)
    again = study.run(bring_project, read_project(project(tmp_path / "p.qdpx", selections=first)))
    assert not again.anything
    assert rows_of(study) == before
    more = selection(*counting()("Same here"), key="s3") + selection(*counting()("felt 😀"), key="s4")
    more += selection(*counting()("so"), key="s5")
    done = study.run(bring_project, read_project(project(tmp_path / "p.qdpx", selections=first + more)))
    assert {row["quote"] for row in rows_of(study)["excerpt"]} == {"Nur", "How?", "Same here", "felt 😀"}
    assert "Selection “so”: the transcript was corrected here since, and its place is not sure, with its coding" in [
        loss.sentence for loss in done.losses
    ]
    study.close()
    assert verify(path) == []


def test_names_and_definitions_that_changed_are_told_and_those_of_the_study_stay(tmp_path: Path, study: Study) -> None:
    codes = '<Code guid="C1" name="{name}" isCodable="true"><Description>{said}</Description></Code>'
    study.run(bring_project, read_project(project(tmp_path / "p.qdpx", codes=codes.format(name="Home", said="held"))))
    changed = project(tmp_path / "p.qdpx", codes=codes.format(name="House", said="four walls"))
    done = study.run(bring_project, read_project(changed))
    assert not done.anything
    assert [loss.sentence for loss in done.losses] == [
        "Name of the code “House”: the study calls it “Home”, and that stays",
        "Definition of the code “House”: the one that was there stays",
    ]
    assert [(row["name"], row["brief"]) for row in rows_of(study)["code"]] == [("Home", "held")]


def test_two_of_one_name_that_become_one_are_told(tmp_path: Path, study: Study) -> None:
    codes = '<Code guid="C1" name="Home" isCodable="false"/><Code guid="C2" name="home" isCodable="true"/>'
    more = '<Sources><TextSource guid="T2" name="Copy of FG1" plainTextPath="internal://t1.txt"/></Sources>'
    done = study.run(bring_project, read_project(project(tmp_path / "p.qdpx", codes=codes, more=more)))
    assert (done.codes, done.transcripts) == (1, 1)
    assert [loss.sentence for loss in done.losses] == [
        "Code “home”: another stands beside it by that name, and the two are one",
        "Text “Copy of FG1”: its words are those of “FG1”, so the two are one transcript",
    ]


@pytest.mark.parametrize(
    "altered",
    [
        lambda study, excerpt: study.run(move_ends, excerpt, 0, 10),
        lambda study, excerpt: study.run(set_interaction, excerpt, "builds on"),
    ],
)
def test_an_excerpt_that_was_altered_here_stays_as_it_is(tmp_path: Path, study: Study, altered: Any) -> None:
    file = project(tmp_path / "p.qdpx", selections=selection(0, 3))
    study.run(bring_project, read_project(file))
    altered(study, rows_of(study)["excerpt"][0]["id"])
    before = rows_of(study)
    assert not study.run(bring_project, read_project(file)).anything
    assert rows_of(study) == before


def test_codings_of_a_code_that_was_merged_here_stay_where_they_went(tmp_path: Path, study: Study) -> None:
    file = project(tmp_path / "p.qdpx", selections=selection(0, 3))
    study.run(bring_project, read_project(file))
    other = study.run(create_code, "Other")
    study.run(merge_codes, [row["id"] for row in rows_of(study)["code"] if row["id"] != other], other)
    study.run(bring_project, read_project(file))
    assert [row["code_id"] for row in rows_of(study)["coding"]] == [other]


def test_a_researcher_who_bears_another_name_now_is_the_same_one(tmp_path: Path, study: Study) -> None:
    for name in ("Ann", "Anne"):
        study.run(bring_project, read_project(project(tmp_path / "p.qdpx", more=USER.format(name))))
    assert [row["name"] for row in rows_of(study)["person"]] == ["Ann"]


def test_people_who_bear_one_name_now_are_two_still(tmp_path: Path, study: Study) -> None:
    cases = '<Cases><Case guid="P1" name="Nur"><SourceRef targetGUID="T1"/></Case>'
    cases += '<Case guid="P2" name="Siti"><SourceRef targetGUID="T1"/></Case></Cases>'
    file = project(tmp_path / "p.qdpx", more=cases)
    study.run(bring_project, read_project(file))
    for row in rows_of(study)["participant"]:
        study.run(edit_participant, row["id"], pseudonym="Nur")
    before = rows_of(study)
    assert not study.run(bring_project, read_project(file)).anything
    assert rows_of(study) == before


def test_who_came_with_a_project_stays_when_it_is_taken_back_and_may_work_meanwhile(
    tmp_path: Path, study: Study, path: Path
) -> None:
    study.run(bring_project, read_project(project(tmp_path / "p.qdpx", more=USER.format("Ann"))))
    done = rows_of(study)
    study.undo()
    study.run(work_as, "Ann")
    assert study.redo()
    assert rows_of(study) == done
    renamed = project(tmp_path / "p.qdpx", more='<Users><User guid="U2" name="Bea"/></Users>')
    study.run(bring_project, read_project(renamed))
    while study.undo():
        pass
    assert {row["name"] for row in rows_of(study)["person"]} == {"Ann", "Bea"}
    assert rows_of(study)["code"] == []
    study.close()
    assert verify(path, full=True) == []


def test_themes_of_ours_that_were_renamed_related_otherwise_or_deleted_come_again(tmp_path: Path, study: Study) -> None:
    with new_study(tmp_path / "first.reflexa", "First") as first:
        code = first.run(create_code, "Held")
        one = first.run(create_theme, "One", code_ids=[code])
        first.run(relate, one, first.run(create_theme, "Two"), RelationKind.TENSION)
        export(first, "qdpx", tmp_path / "ours.qdpx")
    draft = read_project(tmp_path / "ours.qdpx")
    study.run(bring_project, draft)
    themes = {row["name"]: row["id"] for row in rows_of(study)["theme"]}
    study.run(edit_theme, themes["One"], name="First of all")
    study.run(turn_relation_round, rows_of(study)["theme_relation"][0]["id"])
    before = rows_of(study)
    assert not study.run(bring_project, draft).anything
    assert rows_of(study) == before
    (link,) = before["theme_code"]
    study.run(move_code_between, link["code_id"], themes["One"], themes["Two"])
    study.run(delete_theme, themes["One"])
    assert study.run(bring_project, draft).themes == 1
    assert sorted(row["name"] for row in rows_of(study)["theme"]) == ["One", "Two"]
