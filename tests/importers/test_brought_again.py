"""A project that was changed in the other program, or here, since it came: what comes, and what is told of the rest."""

from __future__ import annotations

from pathlib import Path

from app.analysis.difference import difference
from app.analysis.verify import verify
from app.importers.projects import read_project
from app.operations.bringing_project import bring_project
from app.operations.correcting import correct_transcript
from app.study import Study
from tests.importers.test_refi import TEXT, counting, project, selection
from tests.material import rows_of


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
