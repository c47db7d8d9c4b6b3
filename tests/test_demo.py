"""The example study is what its raw files say it is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.analysis.codes import all_codings, code_rows
from app.analysis.journal import entries
from app.analysis.map_content import frozen_content, version_rows
from app.analysis.overview import history, info
from app.analysis.phases import visits
from app.analysis.themes import lens_in_use, mapping_rows, theme_and_below, theme_rows
from app.analysis.transcripts import source_cards, transcript
from app.analysis.verify import verify
from app.demo import build_demo
from app.models import Group, Source
from app.models.kinds import CodeStatus, Direction, ExcerptLevel, Phase, SpeakerKind, ThemeKind, Weight
from app.resources import resource
from app.study import Study

STRENGTH = {"primary": Weight.CENTRAL, "secondary": Weight.SUPPORTING, "touches": Weight.IN_PASSING}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    path: Path = tmp_path_factory.mktemp("demo") / "demo.reflexa"
    build_demo(path).close()
    with Study.open(path, read_only=True) as study:
        yield study


@pytest.fixture(scope="module")
def book() -> dict[str, Any]:
    return json.loads(resource("demo", "codebook.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    return json.loads(resource("demo", "expected.json").read_text(encoding="utf-8"))


def test_it_has_the_numbers_of_its_readme(demo: Study, expected: dict[str, Any]) -> None:
    with demo.read() as session:
        told = info(session)
    assert {name: told[name] for name in expected["codebook"]} == expected["codebook"]
    assert (told["transcripts"], told["turns"], told["participants"], told["words"]) == (4, 280, 23, 6719)
    assert told["codes_set_aside"] == 1
    assert verify(demo.path, full=True) == []


def test_turns_and_words_of_everybody_are_as_expected(demo: Study, expected: dict[str, Any]) -> None:
    with demo.read() as session:
        scripts = [transcript(session, card.id) for card in source_cards(session)]
    for script in scripts:
        assert script is not None
        turns: Counter[str] = Counter()
        words: Counter[str] = Counter()
        for turn in script.turns:
            turns[turn.speaker] += 1
            words[turn.speaker] += len(script.text[turn.start : turn.end].split())
        wanted = expected["transcripts"][script.group]
        assert {name: {"turns": turns[name], "words": words[name]} for name in turns} == wanted["speakers"]
        moderated = sum(turn.speaker_kind == SpeakerKind.MODERATOR for turn in script.turns)
        assert len(script.turns) - moderated == wanted["participant_turns"]


def test_codes_and_excerpts_are_those_of_the_codebook(demo: Study, book: dict[str, Any]) -> None:
    with demo.read() as session:
        codes = {row.id: row for row in code_rows(session)}
        codings = all_codings(session)
        texts = {card.id: transcript(session, card.id) for card in source_cards(session)}
    assert [row.name for row in codes.values()] == [code["label"] for code in book["codes"]]
    assert [row.brief for row in codes.values()] == [code["brief_definition"] for code in book["codes"]]
    assert {row.name for row in codes.values() if row.status == CodeStatus.SET_ASIDE} == {"Portfolio first"}
    labels = {code["id"]: code["label"] for code in book["codes"]}
    wanted = Counter(
        (excerpt["quote"], labels[code]) for excerpt in book["excerpts"] if "quote" in excerpt
        for code in excerpt["codes"]
    )  # fmt: skip
    found: Counter[tuple[str, str]] = Counter()
    for row in codings:
        script = texts[row.source_id]
        assert script is not None
        if row.level == ExcerptLevel.INDIVIDUAL:
            found[script.text[row.start : row.end], codes[row.code_id].name] += 1
    assert found == wanted
    assert len({row.excerpt_id for row in codings if row.level == ExcerptLevel.INTERACTION}) == 5


def test_themes_and_mappings_are_those_of_the_codebook(demo: Study, book: dict[str, Any]) -> None:
    with demo.read() as session:
        codes = {row.id: row.name for row in code_rows(session)}
        rows = theme_rows(session)
        lens = lens_in_use(session)
        assert lens is not None
        mappings = mapping_rows(session, lens.id)
    labels = {code["id"]: code["label"] for code in book["codes"]}
    by_name = {row.name: row for row in rows}
    entries = {entry.id: entry.name.casefold().replace(" ", "_") for entry in lens.entries}
    for theme in book["themes"]:
        row = by_name[theme["name"]]
        assert row.concept == theme["central_organising_concept"]
        held = {codes[code_id] for one in theme_and_below(rows, row.id) for code_id, _ in one.codes}
        assert held == {labels[code] for code in theme["codes"]}
        for subtheme in theme["subthemes"]:
            assert by_name[subtheme["name"]].parent_id == row.id
            assert {codes[one] for one, _ in by_name[subtheme["name"]].codes} == {labels[c] for c in subtheme["codes"]}
        mapped = {entries[one.entry_id]: (one.weight, one.rationale) for one in mappings if one.theme_id == row.id}
        assert mapped == {m["dimension"]: (STRENGTH[m["strength"]], m["rationale"]) for m in theme["mappings"]}
    failing = [one for one in mappings if one.direction != Direction.SHOWS]
    assert [(by_name["Both of us were waiting"].id, "joint_enterprise")] == [
        (one.theme_id, entries[one.entry_id]) for one in failing
    ]


def test_its_history_reads_like_one(demo: Study) -> None:
    with demo.read() as session:
        told = history(session)
    days = [row["at"][:10] for row in told]
    assert days == sorted(days)
    assert (days[0], days[-1]) == ("2024-03-16", "2024-05-31")
    labels = [row["label"] for row in told]
    for label in (
        "Rename code ‘Ghosting’ to ‘Silence can be either’",
        "Merge ‘Words only we use’ into ‘Our jokes, our words’",
        "Split ‘Errors handed down’ from ‘The inherited drive’",
        "Merge theme ‘Becoming’ into ‘Asking without shame’",
    ):
        assert told[labels.index(label)]["reason"]


def test_its_maps_grow_from_topics_to_ideas(demo: Study, book: dict[str, Any]) -> None:
    with demo.read() as session:
        versions = version_rows(session)
        found = [frozen_content(session, version.id) for version in versions]
    assert [version.label for version in versions] == [one["label"] for one in book["theme_map_versions"]]
    labels = {code["id"]: code["label"] for code in book["codes"]}
    for content, told in zip(found, book["theme_map_versions"], strict=True):
        top = {theme.name: theme for theme in content.themes if theme.kind == ThemeKind.THEME}
        assert set(top) == {theme["name"] for theme in told["themes"]}
        for theme in told["themes"]:
            ids = {one.id for one in content.themes if top[theme["name"]].id in (one.id, one.parent_id)}
            held = {code.name for one in content.themes if one.id in ids for code in one.codes}
            assert held == {labels[code] for code in theme["codes"]}


def test_its_journal_and_phases_are_there(demo: Study, book: dict[str, Any]) -> None:
    with demo.read() as session:
        written = entries(session)
        seen = visits(session)
    assert sorted(entry.text for entry in written) == sorted(one["text"] for one in book["journal"])
    assert all(entry.phase is not None for entry in written)
    assert {visit.phase for visit in seen} == set(Phase)
    assert [visit.added_later for visit in seen].count(True) == 1
    assert [visit.phase for visit in seen].count(Phase.CODING) == 2


def test_what_the_transcripts_say_of_themselves_is_taken_over(demo: Study) -> None:
    with demo.read() as session:
        groups = session.scalars(select(Group).order_by(Group.label)).all()
        sources = session.scalars(select(Source)).all()
    assert [group.minutes for group in groups] == [14, 13, 13, 13]
    assert all(source.transcription.startswith("intelligent verbatim") for source in sources)
