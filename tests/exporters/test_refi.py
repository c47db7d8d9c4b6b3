"""A study leaves as a REFI-QDA project, valid for the official schema, and comes back with all it can hold."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from sqlalchemy import select

from app.exporters.options import ExportOptions, RefiTarget
from app.exporters.registry import export, kinds
from app.importers.code_list import entries, read_code_list
from app.importers.project import ProjectDraft
from app.importers.projects import read_project
from app.models import LensEntry, Participant, ParticipantAttribute, Speaker
from app.models.kinds import (
    AttributeKind,
    CodeRole,
    Consent,
    Direction,
    ParticipantStatus,
    RelationKind,
    SpeakerKind,
    ThemeStatus,
    Weight,
)
from app.models.verbs import Verb
from app.operations.bringing_project import bring_project
from app.operations.code_list import bring_in_codes
from app.operations.codes import create_code, edit_code
from app.operations.codings import code_passage
from app.operations.journal import write_entry
from app.operations.mappings import map_theme, say_unexplained
from app.operations.maps import place_themes, relate
from app.operations.memos import write_memo
from app.operations.people import add_participant, edit_group, edit_participant, link_speaker
from app.operations.studies import new_study, work_as
from app.operations.themes import create_theme, edit_theme, set_role
from app.study import Study
from tests.material import Talk, bring_in, draft_of, rows_of

SCHEMAS = Path(__file__).parent.parent / "data" / "refi"
LINES = (
    ("Nur", "It felt like a place 😀 where I belong."),
    ("Bilal", "Same here. We kept each other going, honestly."),
    ("Moderator", "Can you say more?"),
    ("Nur", "Somebody noticed when I was not there."),
)


@pytest.fixture
def full(study: Study) -> Study:
    """A study with a little of everything the format can hold."""
    talk = bring_in(study, draft_of(LINES))
    run = study.run
    belonging = run(create_code, "Belonging & <more>")
    run(edit_code, belonging, brief="To be held", full="One line\nand another", when_to_use="when said")
    run(edit_code, belonging, colour="#0072B2")
    beneath = run(create_code, "Noticed", parent_id=belonging)
    loose = run(create_code, "Kept going")
    excerpt = run(code_passage, talk.source_id, *talk.span("place 😀 where"), belonging).excerpt_id
    run(code_passage, talk.source_id, *talk.span("Somebody noticed"), beneath)
    run(code_passage, talk.source_id, talk.text.index("I belong"), talk.text.index("honestly"), loose)
    home, away = run(create_theme, "Home", code_ids=[belonging, loose]), run(create_theme, "Away", code_ids=[belonging])
    run(create_theme, "Facet", parent_id=home, code_ids=[beneath])
    run(edit_theme, home, concept="how one is held", boundary="no friendship\nat all", status=ThemeStatus.DEVELOPED)
    run(set_role, home, loose, CodeRole.CONTRAST)
    with study.read() as session:
        entry = session.query(LensEntry).filter(LensEntry.name == "Joint enterprise").one()
        entry_id, lens_id = entry.id, entry.lens_id
        labels = {row.label: row.id for row in session.query(Speaker)}
        group = session.query(Participant).first().group_id
        nur = session.query(Participant).filter(Participant.pseudonym == "Nur").one().id
    run(map_theme, home, entry_id, weight=Weight.IN_PASSING, direction=Direction.CONTESTS, rationale="they disagree")
    run(say_unexplained, home, lens_id, "the body")
    run(relate, home, away, RelationKind.OWN_WORD, "feeds on")
    run(place_themes, {home: (120.0, 80.0)})
    run(edit_participant, nur, role="mentee", consent_to_quote=Consent.YES)
    with study.change("Describe Nur", Verb.EDIT_PEOPLE) as session:
        for name, kind, value in (("age", "number", "21"), ("first year", "yes or no", "yes"),
                                  ("since", "date", "2024-03-01"), ("born", "text", "in spring")):  # fmt: skip
            session.add(ParticipantAttribute(participant_id=nur, name=name, kind=AttributeKind(kind), value=value))
    other = run(add_participant, "Bilal the second")
    run(link_speaker, labels["Bilal"], SpeakerKind.PARTICIPANT, other)
    run(edit_group, group, place="Room B2", held_on="2024-03-05")
    for subject, key in (("code", belonging), ("theme", home), ("excerpt", excerpt), ("source", talk.source_id)):
        run(write_memo, subject, key, f"on the {subject}", "analytic")
    about = [("code", beneath), ("theme", home), ("source", talk.source_id), ("excerpt", excerpt), ("participant", nur)]
    run(write_entry, "I wonder whom I do not hear.", kind="hunch", links=about)
    run(write_entry, "Nobody's business.", private=True)
    return study


def leave(study: Study, path: Path, target: RefiTarget = RefiTarget.STANDARD) -> etree._Element:
    """Export, check against the official schema, and give the project's XML."""
    export(study, "qdpx", path, force=True, options=ExportOptions(target=target, small_groups=True))
    root = etree.fromstring(zipfile.ZipFile(path).read("project.qde"))
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "Project-mrt2019.xsd"))
    assert schema.validate(root), schema.error_log
    return root


def kept(study: Study) -> dict[str, list[tuple[Any, ...]]]:
    """What a round trip must keep, without keys and moments of our own."""
    rows = rows_of(study)
    names = {row["id"]: row["name"] for table in ("code", "theme", "source") for row in rows[table]}
    names |= {row["id"]: row["pseudonym"] for row in rows["participant"]}
    names |= {row["id"]: row["quote"] for row in rows["excerpt"]}
    names |= {row["id"]: row["label"] for table in ("speaker", "focus_group") for row in rows[table]}
    names |= {row["id"]: row["name"] for row in rows["lens_entry"]}

    def of(table: str, *columns: str) -> list[tuple[Any, ...]]:
        return sorted(tuple(str(names.get(row[one], row[one])) for one in columns) for row in rows[table])

    return {
        "code": of("code", "name", "parent_id", "brief", "full", "when_to_use", "when_not_to_use", "colour"),
        "coding": of("coding", "excerpt_id", "code_id", "created_at", "person_id"),
        "excerpt": of("excerpt", "source_id", "start", "end", "quote", "level"),
        "turn": of("turn", "speaker_id", "label_start", "label_end", "start", "end", "kind"),
        "speaker": of("speaker", "label", "kind", "participant_id"),
        "participant": of("participant", "pseudonym", "role", "group_id", "consent_to_quote"),
        "attribute": of("participant_attribute", "participant_id", "name", "kind", "value"),
        "group": of("focus_group", "label", "held_on", "place", "moderator"),
        "theme": of("theme", "name", "kind", "parent_id", "status", "concept", "boundary"),
        "feeds": of("theme_code", "theme_id", "code_id", "role"),
        "mapping": of("mapping", "theme_id", "entry_id", "weight", "direction", "rationale"),
        "unexplained": of("unexplained", "theme_id", "text"),
        "relation": of("theme_relation", "from_id", "to_id", "kind", "label"),
        "memo": of("memo", "kind", "text", "code_id", "theme_id", "excerpt_id", "source_id"),
        "text": of("source", "name", "text", "group_id"),
        "journal": sorted((row["text"], row["kind"]) for row in rows["journal_entry"] if not row["private"]),
        "linked": of("journal_link", "code_id", "theme_id", "source_id", "excerpt_id", "participant_id"),
    }


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Study]:
    with new_study(tmp_path / "elsewhere.reflexa", "Elsewhere") as opened:
        yield opened


@pytest.mark.parametrize("target", list(RefiTarget))
def test_a_round_trip_keeps_all_that_the_format_can_hold(
    full: Study, elsewhere: Study, tmp_path: Path, target: RefiTarget
) -> None:
    leave(full, tmp_path / "out.qdpx", target)
    came = elsewhere.run(bring_project, read_project(tmp_path / "out.qdpx"))
    assert kept(elsewhere) == kept(full)
    assert (came.transcripts, came.themes, came.losses) == (1, 3, ())


def test_the_same_project_twice_adds_nothing_and_neither_does_ones_own(
    full: Study, elsewhere: Study, tmp_path: Path
) -> None:
    leave(full, tmp_path / "out.qdpx")
    draft = read_project(tmp_path / "out.qdpx")
    elsewhere.run(bring_project, draft)
    for study in (elsewhere, full):
        before = rows_of(study)
        assert study.run(bring_project, draft).sentence.startswith("Nothing new")
        assert rows_of(study) == before


def test_undo_takes_a_whole_project_back(full: Study, elsewhere: Study, tmp_path: Path) -> None:
    leave(full, tmp_path / "out.qdpx")
    before = rows_of(elsewhere)
    elsewhere.run(bring_project, read_project(tmp_path / "out.qdpx"))
    elsewhere.undo()
    assert rows_of(elsewhere) == before


def test_keys_are_the_same_at_each_export(full: Study, tmp_path: Path) -> None:
    one, other = (etree.tostring(leave(full, tmp_path / f"{name}.qdpx")) for name in ("one", "other"))
    assert one == other


def test_texts_are_written_as_the_target_counts_them(full: Study, tmp_path: Path) -> None:
    for target, ends, place in ((RefiTarget.STANDARD, b"\n", 0), (RefiTarget.NVIVO, b"\r\n", 2)):
        root = leave(full, tmp_path / "out.qdpx", target)
        archive = zipfile.ZipFile(tmp_path / "out.qdpx")
        (member,) = (name for name in archive.namelist() if name.startswith("sources/"))
        assert ends in archive.read(member)
        assert not archive.read(member).startswith(b"\xef\xbb\xbf")
        last = root.findall(".//{*}PlainTextSelection")[-1]
        assert int(last.get("endPosition")) - int(last.get("startPosition")) == len("Somebody noticed")
        second = next(one for one in root.iter("{*}PlainTextSelection") if one.get("name", "").startswith("Bilal"))
        assert int(second.get("startPosition")) == len("Nur: It felt like a place 😀 where I belong.\nBilal: ") + place


def test_the_words_of_who_has_withdrawn_do_not_leave(full: Study, tmp_path: Path) -> None:
    with full.read() as session:
        nur = session.query(Participant).filter(Participant.pseudonym == "Nur").one().id
    full.run(edit_participant, nur, status=ParticipantStatus.WITHDRAWN)
    result = export(full, "qdpx", tmp_path / "out.qdpx")
    packed = zipfile.ZipFile(tmp_path / "out.qdpx")
    everything = b"".join(packed.read(name) for name in packed.namelist()).decode()
    assert "Somebody noticed" not in everything
    assert "I belong" not in everything
    assert "Same here" in everything
    assert any("withdrawn" in warning for warning in result.warnings)


def test_names_times_attributes_and_refused_words_leave_only_as_chosen(full: Study, tmp_path: Path) -> None:
    with full.read() as session:
        nur = session.query(Participant).filter(Participant.pseudonym == "Nur").one().id
    full.run(edit_participant, nur, consent_to_quote=Consent.NO)
    full.run(work_as, "Ana Researcher")

    def everything(**chosen: bool) -> str:
        export(full, "qdpx", tmp_path / "out.qdpx", force=True, options=ExportOptions(**chosen))
        packed = zipfile.ZipFile(tmp_path / "out.qdpx")
        return b"".join(packed.read(name) for name in packed.namelist()).decode()

    assert "I belong" not in everything()
    assert "I belong" in everything(refused=True)
    assert "Ana Researcher" in everything()
    bare = everything(names=False, times=False, attributes=False)
    assert "Ana Researcher" not in bare
    assert "creationDateTime" not in bare
    assert "2024-03-01" not in bare


def test_what_has_no_place_is_said(full: Study, tmp_path: Path) -> None:
    from app.operations.maps import keep_version

    full.run(keep_version, "initial")
    warnings = export(full, "qdpx", tmp_path / "out.qdpx").warnings
    assert any(warning.startswith("Not in the file: 1 × map version: “initial” (") for warning in warnings)
    assert any("whole texts" in warning for warning in warnings)


def test_an_empty_study_leaves_too(study: Study, tmp_path: Path) -> None:
    root = leave(study, tmp_path / "out.qdpx")
    assert root.get("name") == "Belonging"


def test_a_code_book_is_valid_and_its_codes_come_back(full: Study, elsewhere: Study, tmp_path: Path) -> None:
    export(full, "qdc", tmp_path / "out.qdc")
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "Codebook-mrt2019.xsd"))
    assert schema.validate(etree.parse(tmp_path / "out.qdc")), schema.error_log
    table = read_code_list(tmp_path / "out.qdc")
    elsewhere.run(bring_in_codes, table.file_name, entries(table), None)
    names = {row["name"]: row for row in rows_of(elsewhere)["code"]}
    assert {"Belonging & <more>", "Noticed", "Kept going"} <= set(names)
    assert names["Belonging & <more>"]["colour"] == "#0072B2"
    assert any("Theme: Home" in warning for warning in table.warnings)


def test_nothing_that_xml_cannot_hold_breaks_the_file(study: Study, tmp_path: Path) -> None:
    talk: Talk = bring_in(study)
    code = study.run(create_code, "A code")
    study.run(write_memo, "code", code, "bell \x07 and \ufffe here")
    study.run(code_passage, talk.source_id, *talk.span("belong"), code)
    root = leave(study, tmp_path / "out.qdpx")
    assert any("bell \ufffd and \ufffd here" in (one.text or "") for one in root.iter("{*}PlainTextContent"))


def test_names_of_foreign_things_are_read_without_trust(full: Study, elsewhere: Study, tmp_path: Path) -> None:
    leave(full, tmp_path / "out.qdpx")
    draft: ProjectDraft = read_project(tmp_path / "out.qdpx")
    odd = replace(draft, codes=tuple(replace(one, name="x" * 5000) for one in draft.codes))
    assert elsewhere.run(bring_project, odd).codes == 3 - 1  # two on top are one by name now


def test_how_a_transcript_was_made_and_the_kind_of_an_interaction_come_back(
    full: Study, elsewhere: Study, tmp_path: Path
) -> None:
    from app.operations.excerpts import set_interaction
    from app.operations.sources import describe_source

    source, excerpt = rows_of(full)["source"][0]["id"], rows_of(full)["excerpt"][0]["id"]
    full.run(describe_source, source, transcription="verbatim", checked_by="Ana", checked_on="2026-03-31")
    full.run(set_interaction, excerpt, "repair")
    root = leave(full, tmp_path / "out.qdpx")
    said = [one.text for one in root.iter() if str(one.tag).endswith("}Description")]
    assert "Interaction: repair" in said
    assert "Transcription: verbatim\nChecked by: Ana\nChecked on: 2026-03-31" in said
    elsewhere.run(bring_project, read_project(tmp_path / "out.qdpx"))
    (came,) = rows_of(elsewhere)["source"]
    assert (came["transcription"], came["checked_by"], came["checked_on"]) == ("verbatim", "Ana", "2026-03-31")
    kinds = [(row["level"], row["interaction"]) for row in rows_of(elsewhere)["excerpt"]]
    assert ("interaction", "repair") in kinds
    assert len(rows_of(elsewhere)["memo"]) == len(rows_of(full)["memo"])
    options = ExportOptions(names=False, times=False)
    export(full, "qdpx", tmp_path / "less.qdpx", options=options)
    said = read_project(tmp_path / "less.qdpx").sources[0].making
    assert said == (("transcription", "verbatim"),)


def test_a_theme_that_is_mapped_onto_an_indicator_leaves_in_every_output_and_comes_back(
    study: Study, elsewhere: Study, tmp_path: Path
) -> None:
    with study.read() as session:
        indicator = session.scalars(select(LensEntry).where(LensEntry.parent_id.is_not(None))).first()
    assert indicator is not None
    study.run(map_theme, study.run(create_theme, "Belonging", code_ids=[study.run(create_code, "Home")]), indicator.id)
    for kind in kinds():
        export(study, kind.name, tmp_path / f"{kind.name}.{kind.endings[0]}")
    root = etree.fromstring(zipfile.ZipFile(tmp_path / "qdpx.qdpx").read("project.qde"))
    keys = {one.get("guid") for one in root.iter()}
    assert {one.get(name) for one in root.iter() for name in ("targetGUID", "originGUID") if one.get(name)} <= keys
    elsewhere.run(bring_project, read_project(tmp_path / "qdpx.qdpx"))
    (mapping,) = rows_of(elsewhere)["mapping"]
    with elsewhere.read() as session:
        assert session.get_one(LensEntry, mapping["entry_id"]).name == indicator.name
