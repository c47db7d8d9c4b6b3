"""What too few people share is not told of anybody in what leaves; consent is asked use by use."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.analysis.quotation import Quoter
from app.analysis.small_groups import SmallGroups
from app.exporters.options import ExportOptions
from app.exporters.registry import compose, export
from app.models import ParticipantAttribute
from app.models.kinds import Consent, SpeakerKind, Use
from app.models.verbs import Verb
from app.operations.codes import create_code
from app.operations.codings import code_passage
from app.operations.people import add_participant, edit_participant, link_speaker
from app.operations.studies import describe_study, new_study
from app.study import Study
from tests.material import Talk, bring_in, draft_of, rows_of

PEOPLE = {"Nur": "Mentee", "Bilal": "Mentee", "Aisyah": "Mentee", "Grace": "Mentor"}
LINES = tuple((name, f"Here {name} says something of home.") for name in PEOPLE)


@pytest.fixture
def people(tmp_path: Path) -> Iterator[tuple[Study, Talk, dict[str, str]]]:
    """Three mentees and one mentor in a group; k is 3."""
    with new_study(tmp_path / "s.reflexa", "Home") as study:
        talk = bring_in(study, draft_of(LINES))
        labels = {row["label"]: row["id"] for row in rows_of(study)["speaker"]}
        known = {row["pseudonym"]: row["id"] for row in rows_of(study)["participant"]}
        group = rows_of(study)["focus_group"][0]["id"]
        for name, role in PEOPLE.items():
            if name not in known:
                known[name] = study.run(add_participant, name, group_id=group)
            study.run(edit_participant, known[name], role=role, group_id=group)
            study.run(link_speaker, labels[name], SpeakerKind.PARTICIPANT, known[name])
        code = study.run(create_code, "Home")
        for name in PEOPLE:
            study.run(code_passage, talk.source_id, *talk.span(f"Here {name} says"), code)
        yield study, talk, known


def test_a_role_that_one_person_has_is_not_told_in_what_leaves_nor_known_by_the_others(
    people: tuple[Study, Talk, dict[str, str]],
) -> None:
    study, talk, _ = people
    with study.read() as session:
        leaving, shown = Quoter(session, leaving=True), Quoter(session)
        spans = {name: talk.span(f"Here {name} says") for name in PEOPLE}
        assert leaving.quote(talk.source_id, *spans["Nur"]).attribution == "FG1"
        assert leaving.quote(talk.source_id, *spans["Grace"]).attribution == "FG1"
        assert shown.quote(talk.source_id, *spans["Grace"]).attribution == "Mentor, FG1"


def test_in_one_quote_the_group_of_one_is_that_of_the_others(tmp_path: Path) -> None:
    """Three mentors in three groups are mentors; beside a mentee or a moderator of a group, one of them is found."""
    with new_study(tmp_path / "s.reflexa", "Home") as study:
        talks = {}
        for label, names in (("A", "abcx"), ("B", "defy"), ("C", "ghiz"), ("Kampung", "k")):
            lines = [("Int", "How is it?"), *((one, f"Here {one} speaks.") for one in names)]
            talks[label] = bring_in(study, draft_of(tuple(lines), file_name=f"{label}.txt"), group=label)
        for row in rows_of(study)["participant"]:
            role = "Mentor" if row["pseudonym"] in "xyz" else "Mentee"
            study.run(edit_participant, row["id"], role=role)
        for row in rows_of(study)["speaker"]:
            if row["label"] == "Int":
                study.run(link_speaker, row["id"], SpeakerKind.MODERATOR)
        with study.read() as session:
            quoter = Quoter(session, leaving=True)
            talk = talks["A"]
            alone = quoter.quote(talk.source_id, *talk.span("Here x speaks."))
            assert alone.attribution == "Mentor"
            start, end = talk.span("Here c speaks.")[0], len(talk.text)
            both = quoter.quote(talk.source_id, start, end).voices
            assert {one.attribution.partition(", speaker")[0] for one in both} == {"A"}
            whole = quoter.quote(talk.source_id, 0, len(talk.text)).voices
            assert [one.attribution for one in whole if "Moderator" in one.attribution] == ["Moderator, A"]
            assert not any("Mentor" in one.attribution for one in whole)
            few = quoter.quote(talks["Kampung"].source_id, 0, len(talks["Kampung"].text))
            assert "Kampung" not in few.words + few.attribution


def test_without_a_limit_everybody_is_told_as_known(people: tuple[Study, Talk, dict[str, str]]) -> None:
    study, talk, _ = people
    study.run(describe_study, smallest_group=1)
    with study.read() as session:
        quote = Quoter(session, leaving=True).quote(talk.source_id, *talk.span("Here Grace says"))
    assert quote.attribution == "Mentor, FG1"


def test_where_nothing_can_be_told_a_participant_is_a_participant(people: tuple[Study, Talk, dict[str, str]]) -> None:
    study, talk, _ = people
    study.run(describe_study, smallest_group=5)
    with study.read() as session:
        quote = Quoter(session, leaving=True).quote(talk.source_id, *talk.span("Here Grace says"))
    assert quote.attribution == "Participant"


def test_the_sheet_names_what_fits_too_few(people: tuple[Study, Talk, dict[str, str]]) -> None:
    study, _, _ = people
    with study.read() as session:
        small = SmallGroups(session)
        assert [(one.words, one.people) for one in small.too_small("{role}, {group}")] == [("Mentor, FG1", 1)]
        assert small.too_small("{pseudonym}") == []


def test_a_document_says_that_attributions_were_shortened(people: tuple[Study, Talk, dict[str, str]]) -> None:
    study, _, _ = people
    with study.read() as session:
        told = dict(compose(session, "excerpts").head)
        whole = dict(compose(session, "excerpts", ExportOptions(small_groups=True)).head)
    assert "shortened" in told["Attribution"]
    assert "Attribution" not in whole


def test_a_table_heads_nobody_with_a_role_of_their_own_and_leaves_small_groups_out(
    people: tuple[Study, Talk, dict[str, str]],
) -> None:
    study, _, _ = people
    with study.read() as session:
        heads = [column.title for column in compose(session, "by-participant").table.columns]
    assert "Grace (FG1)" in heads
    assert "Nur (FG1)" in heads
    study.run(describe_study, smallest_group=5)
    with study.read() as session:
        document = compose(session, "by-group")
    assert [column.title for column in document.table.columns] == ["Code"]
    assert "fewer than 5 people" in dict(document.head)["Small groups"]


def test_a_value_of_an_attribute_that_one_person_has_stays_out_of_exchange_files(
    people: tuple[Study, Talk, dict[str, str]], tmp_path: Path
) -> None:
    study, _, known = people
    with study.change("Describe", Verb.EDIT_PEOPLE) as session:
        for name, person in known.items():
            value = "Vietnam" if name == "Grace" else "Laos"  # the one without Laos would be known
            session.add(ParticipantAttribute(participant_id=person, name="born in", value=value))
            session.add(ParticipantAttribute(participant_id=person, name="lives in", value="Malaysia"))
    path = tmp_path / "out.qdpx"
    told = export(study, "qdpx", path).warnings
    xml = zipfile.ZipFile(path).read("project.qde").decode()
    assert "Malaysia" in xml
    assert "Vietnam" not in xml
    assert "Laos" not in xml
    assert any("4 × value of an attribute (fewer than 3 people have it" in one for one in told)
    with study.read() as session:
        rows = str(compose(session, "codings").table.rows)
    assert "Malaysia" in rows
    assert "Vietnam" not in rows
    assert "Laos" not in rows


def test_without_attributes_an_exchange_file_names_people_as_the_transcripts_do(
    people: tuple[Study, Talk, dict[str, str]], tmp_path: Path
) -> None:
    study, _, known = people
    study.run(describe_study, smallest_group=1)
    study.run(edit_participant, known["Nur"], pseudonym="Zainab", note="Left early.")
    study.run(add_participant, "Yasmin", role="Mentee")
    for attributes in (True, False):
        path = tmp_path / f"{attributes}.qdpx"
        export(study, "qdpx", path, options=ExportOptions(attributes=attributes))
        xml = zipfile.ZipFile(path).read("project.qde").decode()
        for word in ("Zainab", "Yasmin", "Mentor", "Left early"):
            assert (word in xml) == attributes, word
        assert 'name="Bilal"' in xml


@pytest.mark.parametrize(
    ("field", "quoted", "shared", "archived"),
    [
        ("consent_to_quote", False, False, False),
        ("consent_to_share", True, False, False),
        ("consent_to_archive", True, True, False),
    ],
)
def test_each_use_needs_consent_of_its_own(
    people: tuple[Study, Talk, dict[str, str]], tmp_path: Path, field: str, quoted: bool, shared: bool, archived: bool
) -> None:
    study, talk, known = people
    study.run(edit_participant, known["Nur"], **{field: Consent.NO})
    words = "Here Nur says"
    with study.read() as session:
        for use, allowed in ((Use.QUOTE, quoted), (Use.SHARE, shared), (Use.ARCHIVE, archived)):
            shown = Quoter(session, use=use).quote(talk.source_id, *talk.span(words))
            assert bool(shown.voices) == allowed
    for archive, allowed in ((False, shared), (True, archived)):
        options = ExportOptions(archive=archive)
        page, project = tmp_path / "coded.html", tmp_path / "p.qdpx"
        export(study, "coded", page, force=True, options=options)
        export(study, "qdpx", project, force=True, options=options)
        whole = zipfile.ZipFile(project)
        held = "".join(whole.read(name).decode() for name in whole.namelist()) + page.read_text(encoding="utf-8")
        assert (words in held) == allowed
        assert "Here Bilal says" in held
