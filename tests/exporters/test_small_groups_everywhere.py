"""One study, every output: nothing tells a role, a group or an attribute of fewer people than k."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest

from app.exporters.options import ExportOptions
from app.exporters.registry import KINDS, export
from app.models import ParticipantAttribute
from app.models.kinds import SpeakerKind
from app.models.verbs import Verb
from app.operations.codes import create_code
from app.operations.codings import code_passage
from app.operations.memos import write_memo
from app.operations.people import add_participant, edit_group, edit_participant, ensure_group, link_speaker
from app.operations.studies import describe_study, new_study
from app.operations.themes import create_theme
from app.study import Study
from tests.material import MadeOnce, bring_in, draft_of, rows_of

SMALL, ROLE, VALUE = "Kampung", "Bursar", "Timor"
"""A group of two people, a role that one has there and one in a larger group, a value that one has."""
GROUPS = {
    "North": {"Nur": "Mentee", "Bilal": "Mentee", "Aisyah": "Mentee", "Wei": "Mentee"},
    "South": {"Mei": "Mentee", "Jun": "Mentee", "Priya": "Mentee", "Grace": ROLE},
    SMALL: {"Linh": "Mentee", "Arjun": ROLE},
}
LISTS_GROUPS = frozenset(("audit", "methods", "checklist"))
"""These list the groups that met, with what the researcher wrote of them, and say of nobody that they were there."""
CASES = [
    (kind.name, ending)
    for kind in KINDS
    for ending in kind.endings
    if not kind.of_one and kind.name not in LISTS_GROUPS and ending != "png"
]


def made(path: Path) -> None:
    """Everybody says a sentence that is coded."""
    with new_study(path, "Home", smallest_group=3) as study:
        code = study.run(create_code, "At home")
        for place, (label, people) in enumerate(GROUPS.items(), start=1):
            group = study.run(ensure_group, label)
            lines = tuple((name, f"Here {name.upper()} says something of home.") for name in people)
            talk = bring_in(study, draft_of(lines, file_name=f"talk {place}.txt"), group=label)
            for name, role in people.items():
                rows = rows_of(study)
                known = {row["pseudonym"]: row["id"] for row in rows["participant"]}
                person = known.get(name) or study.run(add_participant, name, group_id=group)
                study.run(edit_participant, person, role=role, group_id=group)
                (speaker,) = [row["id"] for row in rows["speaker"] if row["label"] == name]
                study.run(link_speaker, speaker, SpeakerKind.PARTICIPANT, person)
                study.run(code_passage, talk.source_id, *talk.span(f"Here {name.upper()} says"), code)
                with study.change("Describe", Verb.EDIT_PEOPLE) as session:
                    value = VALUE if name == "Nur" else "Malaysia"
                    session.add(ParticipantAttribute(participant_id=person, name="born in", value=value))
        study.run(create_theme, "Being at home", code_ids=[code])
        study.run(edit_group, group, composition=f"Two people of {SMALL}", field_note="They knew each other.")
        study.run(write_memo, "group", group, f"On {SMALL}.")


@pytest.fixture
def home(tmp_path: Path, made_once: MadeOnce) -> Iterator[Study]:
    """The study of this test."""
    path = tmp_path / "home.reflexa"
    made_once(made, path)
    with Study.open(path) as study:
        yield study


def words_of(path: Path, all_bytes: Callable[[Path], bytes]) -> str:
    """Every word that a reader finds in a file, and every byte that is text."""
    if path.suffix == ".pdf":
        pages = pypdfium2.PdfDocument(path)
        return "\n".join(page.get_textpage().get_text_range() for page in pages)
    return re.sub(r"<[^>]*>", "", raw := all_bytes(path).decode("utf-8", "replace")) + raw


@pytest.mark.parametrize("template", ["{role}, {group}", "{pseudonym}, {role}, {group}"])
@pytest.mark.parametrize(("kind", "ending"), CASES)
def test_no_output_tells_what_too_few_share(
    home: Study, tmp_path: Path, all_bytes: Callable[[Path], bytes], kind: str, ending: str, template: str
) -> None:
    home.run(describe_study, attribution_template=template)
    path = tmp_path / f"out.{ending}"
    export(home, kind, path, options=ExportOptions(counts=True))
    told = words_of(path, all_bytes)
    for word in (SMALL, ROLE, VALUE):
        assert word not in told, word
    if kind in {"excerpts", "codings"}:
        assert "South" in told
    export(home, kind, path, force=True, options=ExportOptions(counts=True, small_groups=True))
    if kind in {"excerpts", "codings", "qdpx", "by-participant", "voices"}:
        assert ROLE in words_of(path, all_bytes)


@pytest.mark.parametrize("kind", sorted(LISTS_GROUPS))
def test_what_lists_the_groups_that_met_says_of_nobody_that_they_were_there(
    home: Study, tmp_path: Path, all_bytes: Callable[[Path], bytes], kind: str
) -> None:
    path = tmp_path / "out.html"
    export(home, kind, path)
    told = words_of(path, all_bytes)
    assert not any(name in told for people in GROUPS.values() for name in people)
    assert not re.search(rf"\d+ {ROLE}", told, re.IGNORECASE)
    assert VALUE not in told


def test_a_small_group_that_is_left_out_is_not_found_by_the_number_of_groups(home: Study, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    export(home, "by-group", path, options=ExportOptions(counts=True))
    head, row = path.read_text(encoding="utf-8-sig").splitlines()
    assert head == "code,North,South,heard_in_groups"
    assert row == "At home,4,4,2"


def test_where_somebody_stands_among_others_does_not_tell_the_group(home: Study, tmp_path: Path) -> None:
    """North is hidden as well: who is in neither North nor South would be known."""
    for kind, at in (("by-participant", 0), ("voices", 2)):
        path = tmp_path / f"{kind}.csv"
        export(home, kind, path)
        rows = [line.split(",") for line in path.read_text(encoding="utf-8-sig").splitlines()]
        names = rows[0][1:] if not at else [row[at] for row in rows[1:] if row[0] == "study"]
        names = [name.partition(" (")[0].strip('"') for name in names]
        last = [name for name in names if name not in GROUPS["South"]]
        assert last == sorted(last)
