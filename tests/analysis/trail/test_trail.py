"""The audit trail: which changes it shows for what is asked, and what it says of one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.analysis.trail.classes import CLASS_OF, Halpern
from app.analysis.trail.details import Details, details
from app.analysis.trail.field_names import FIELDS, NOUNS
from app.analysis.trail.listing import NOWHERE, Entry, Wanted, actors, entries, found, seq_at
from app.analysis.trail.subjects import subjects
from app.exporters.registry import export
from app.models import load_all
from app.models.journal import JOURNAL_TABLES
from app.models.kinds import Phase
from app.models.verbs import Verb
from app.operations.code_merging import merge_codes
from app.operations.codes import create_code, delete_code, edit_code, set_aside
from app.operations.codings import code_passage
from app.operations.phases import visit_phase
from app.operations.studies import describe_study
from app.operations.themes import add_code, create_theme, edit_theme
from app.study import Study
from tests.material import Talk


def _on(day: int) -> datetime:
    return datetime(2024, 4, day, 10, tzinfo=UTC)


def _shown(study: Study, **wanted: object) -> list[str]:
    with study.read() as session:
        return [one.words for one in entries(session, found(session, Wanted(**wanted)))]  # type: ignore[arg-type]


def _heads(study: Study) -> dict[str, Entry]:
    with study.read() as session:
        return {one.words: one for one in entries(session, found(session))}


def _told(study: Study, words: str, *, quotes: bool = False) -> Details:
    with study.read() as session:
        return details(session, _heads_in(session)[words].seq, quotes=quotes)


def _heads_in(session: object) -> dict[str, Entry]:
    return {one.words: one for one in entries(session, found(session))}  # type: ignore[arg-type]


@pytest.fixture
def worked(study: Study, talk: Talk) -> dict[str, str]:
    """Two codes, one theme, a visit, a renaming and a merge, in April 2024."""
    ids = {}
    with study.change(at=_on(2), actor="Aina") as session:
        ids["silence"] = create_code(session, "Silence")
    with study.change(at=_on(2), actor="Aina") as session:
        ids["ghosting"] = create_code(session, "Ghosting")
    with study.change(at=_on(3)) as session:
        visit_phase(session, Phase.CODING)
    with study.change(at=_on(3), actor="Dr Tan") as session:
        code_passage(session, talk.source_id, *talk.span("Somebody noticed"), ids["silence"])
    with study.change(at=_on(9)) as session:
        ids["theme"] = create_theme(session, "Being seen")
    with study.change(at=_on(9)) as session:
        add_code(session, ids["theme"], ids["silence"])
    with study.change(at=_on(10), reason="Silence is not always bad") as session:
        edit_code(session, ids["silence"], name="Silence can be either")
    return ids


def test_every_verb_belongs_to_one_of_the_six_classes() -> None:
    assert set(CLASS_OF) == set(Verb)
    assert set(CLASS_OF.values()) == set(Halpern)


def test_every_table_and_field_that_is_shown_has_a_name_of_the_field() -> None:
    tables = {table.name for table in load_all().sorted_tables if table.name not in JOURNAL_TABLES}
    assert set(NOUNS) == tables
    assert not [name for name in (*NOUNS.values(), *FIELDS.values()) if "_" in name]


def test_it_is_read_from_the_newest_to_the_oldest(study: Study, worked: dict[str, str]) -> None:
    shown = _shown(study)
    assert shown[0] == "Rename code ‘Silence’ to ‘Silence can be either’"
    assert shown[-1] == "Create study"


def test_it_is_narrowed_by_person_class_phase_day_and_words(study: Study, worked: dict[str, str]) -> None:
    assert _shown(study, actor="Dr Tan") == ["Code excerpt as ‘Silence’"]
    assert _shown(study, kinds=frozenset({Halpern.SYNTHESIS})) == [
        "Add ‘Silence’ to theme ‘Being seen’",
        "Create theme ‘Being seen’",
    ]
    assert "Code excerpt as ‘Silence’" in _shown(study, phase="coding")
    assert "Create code ‘Silence’" in _shown(study, phase=NOWHERE)
    assert "Create code ‘Silence’" not in _shown(study, phase="coding")
    assert _shown(study, since=date(2024, 4, 9), until=date(2024, 4, 9)) == [
        "Add ‘Silence’ to theme ‘Being seen’",
        "Create theme ‘Being seen’",
    ]
    assert _shown(study, text="not always BAD") == ["Rename code ‘Silence’ to ‘Silence can be either’"]
    assert _shown(study, text="100%") == []


def test_words_are_found_whatever_their_case_in_any_script(study: Study) -> None:
    study.run(create_code, "Öffentlichkeit ГОЛОС")
    assert _shown(study, text="öffentlichkeit голос") == ["Create code ‘Öffentlichkeit ГОЛОС’"]
    assert _shown(study, text="_ffentlich") == []


def test_each_word_is_looked_for_in_label_and_reason_wherever_it_stands(study: Study, worked: dict[str, str]) -> None:
    with study.change(reason="Schöne Stille") as session:
        edit_code(session, worked["silence"], name="Being still")
    with study.read() as session:
        for text in ("rename still", "still RENAME code", "stille being", "SCHÖNE still code"):
            (seq,) = found(session, Wanted(text=text))[:1]
            assert [one.words for one in entries(session, [seq])] == [
                "Rename code ‘Silence can be either’ to ‘Being still’"
            ]
        assert found(session, Wanted(text="still nowhere")) == []


def test_all_that_touched_a_thing_is_found_also_after_it_went(study: Study, talk: Talk, worked: dict[str, str]) -> None:
    study.run(code_passage, talk.source_id, *talk.span("pass it on"), worked["ghosting"])
    study.run(merge_codes, [worked["ghosting"]], worked["silence"])
    assert _shown(study, subject=("code", worked["ghosting"])) == [
        "Merge ‘Ghosting’ into ‘Silence can be either’",
        "Code excerpt as ‘Ghosting’",
        "Create code ‘Ghosting’",
    ]
    of_silence = _shown(study, subject=("code", worked["silence"]))
    assert of_silence[0].startswith("Merge") and "Code excerpt as ‘Silence’" in of_silence
    assert "Create theme ‘Being seen’" not in of_silence
    with study.read() as session:
        names = {(one.sort, one.name): one.gone for one in subjects(session)}
    assert names["code", "Ghosting"] and not names["code", "Silence can be either"]


def test_a_second_code_on_an_excerpt_is_part_of_the_trail_of_the_transcript(
    study: Study, talk: Talk, worked: dict[str, str]
) -> None:
    study.run(code_passage, talk.source_id, *talk.span("Somebody noticed"), worked["ghosting"])
    assert _shown(study, subject=("source", talk.source_id))[0] == "Code excerpt as ‘Ghosting’"


def test_undone_changes_are_shown_as_taken_back_and_redo_brings_them_back(study: Study, worked: dict[str, str]) -> None:
    words = "Rename code ‘Silence’ to ‘Silence can be either’"
    study.undo()
    assert _heads(study)[words].taken_back_at is not None
    assert words not in _shown(study, undone=False)
    study.redo()
    assert _heads(study)[words].taken_back_at is None
    study.undo()
    assert _heads(study)[words].taken_back_at is not None
    assert f"Undo: {words}" in _shown(study, steps_of_undo=True)
    assert f"Undo: {words}" not in _shown(study)


def test_a_change_is_told_by_what_was_before_and_after(study: Study, worked: dict[str, str]) -> None:
    (row,) = _told(study, "Rename code ‘Silence’ to ‘Silence can be either’").rows
    assert (row.what, row.deed) == ("code ‘Silence can be either’", "changed")
    assert [(one.name, one.before, one.after) for one in row.fields] == [("name", "Silence", "Silence can be either")]
    study.run(edit_theme, worked["theme"], concept="Being noticed makes one a member. " * 20)
    (row,) = _told(study, "Describe theme ‘Being seen’").rows
    (field,) = row.fields
    assert field.name == "central organising concept" and field.after.endswith("…") and len(field.after) < 230
    study.run(set_aside, worked["ghosting"], "Too few")
    (row,) = _told(study, "Set aside code ‘Ghosting’").rows
    assert {(one.name, one.after) for one in row.fields} == {
        ("status", "set aside"),
        ("why it was set aside", "Too few"),
    }


def test_days_and_places_on_a_continuum_are_told_in_words(study: Study, worked: dict[str, str]) -> None:
    study.run(edit_code, worked["ghosting"], semantic_latent=3)
    (row,) = _told(study, "Describe code ‘Ghosting’").rows
    assert [(one.name, one.before, one.after) for one in row.fields] == [("semantic to latent", "", "mostly latent")]
    study.run(describe_study, retention_date="2034-05-01")
    (row,) = _told(study, "Describe the study").rows
    assert [(one.name, one.after) for one in row.fields] == [("keep until", "1 May 2034")]


def test_words_of_participants_are_told_on_the_screen_alone(study: Study, worked: dict[str, str]) -> None:
    for quotes in (True, False):
        told = str(_told(study, "Code excerpt as ‘Silence’", quotes=quotes))
        assert ("Somebody noticed" in told) is quotes
        assert "FG1" in told and "‘Silence can be either’" in told


def test_what_is_gone_is_called_as_it_was(study: Study, worked: dict[str, str]) -> None:
    study.run(delete_code, worked["silence"])
    told = str(_told(study, "Add ‘Silence’ to theme ‘Being seen’"))
    assert "‘Silence can be either’" in told and "‘Being seen’" in told


def test_what_the_journal_forgot_is_told_as_forgotten(study: Study, worked: dict[str, str]) -> None:
    study.connection.execute(
        "DELETE FROM change_row WHERE change_seq <= (SELECT max(seq) FROM change WHERE verb = 'code')"
    )
    study.connection.execute("UPDATE change SET label = '' WHERE verb = 'code'")
    shown = _shown(study)
    assert "Code (what was said here was removed)" in shown
    assert _told(study, "Code (what was said here was removed)").forgotten
    assert _shown(study, subject=("code", worked["silence"]))


def test_people_and_days_are_known(study: Study, worked: dict[str, str]) -> None:
    with study.read() as session:
        assert actors(session) == ["Aina", "Dr Tan"]
        last = entries(session, [seq_at(session, date(2024, 4, 5))])[0]
        assert last.words == "Code excerpt as ‘Silence’"
        assert last.day == date(2024, 4, 3) and last.phase == "coding"
        assert seq_at(session, date(1999, 1, 1)) == 0


def test_whose_words_left_is_said_in_one_line(study: Study, talk: Talk, tmp_path: Path) -> None:
    code_id = study.run(create_code, "Silence")
    span = talk.span("Nur")[0], len(talk.text)
    study.run(code_passage, talk.source_id, *span, code_id)
    export(study, "codings", tmp_path / "codings.csv")
    told = _told(study, "Export codings as ‘codings.csv’")
    assert [row.what for row in told.rows] == ["document that left", "whose words left"]
    (people,) = told.rows[1].fields
    assert "‘Nur’" in people.after and "‘Bilal’" in people.after
