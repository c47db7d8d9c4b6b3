"""Two maps compared in words: what the study did between them is what they say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from app.analysis.map_compare import Difference, compare
from app.analysis.map_content import MapContent, live_content
from app.models import LensEntry
from app.models.kinds import RelationKind, ThemeKind, ThemeStatus, Weight
from app.operations.codes import create_code
from app.operations.mappings import map_theme, unmap_theme
from app.operations.maps import relate
from app.operations.theme_merging import merge_themes, split_theme
from app.operations.themes import (
    add_code,
    create_theme,
    delete_theme,
    edit_theme,
    make_overarching,
    move_theme,
    take_code_out,
)
from app.study import Study


class Maps:
    """A study with two themes, one subtheme and four codes."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.codes = [study.run(create_code, name) for name in ("Held", "Kept", "Noticed", "Owed")]
        self.home = study.run(create_theme, "Home", code_ids=self.codes[:2])
        self.away = study.run(create_theme, "Away", code_ids=self.codes[2:])
        self.facet = study.run(create_theme, "Facet", parent_id=self.home)
        with study.read() as session:
            self.entry = session.query(LensEntry).filter(LensEntry.name == "Mutual engagement").one().id

    def now(self) -> MapContent:
        """The map as it would be frozen, and read back."""
        with self.study.read() as session:
            return MapContent.from_json(live_content(session).as_json())

    def after(self, *steps: Callable[[], object]) -> list[tuple[str, str]]:
        """(kind, words) of what these steps make of the map."""
        before = self.now()
        for step in steps:
            step()
        return [(change.kind, change.words) for change in compare(before, self.now())]


@pytest.fixture
def maps(study: Study) -> Maps:
    return Maps(study)


def test_nothing_done_is_no_difference(maps: Maps) -> None:
    assert maps.after() == []


def test_a_new_a_gone_and_a_renamed_theme_are_named(maps: Maps) -> None:
    run = maps.study.run
    assert maps.after(
        lambda: run(create_theme, "Fresh"),
        lambda: run(delete_theme, maps.facet),
        lambda: run(edit_theme, maps.away, name="Further away"),
    ) == [
        (Difference.RENAMED, "“Away” is now called “Further away”."),
        (Difference.NEW, "New theme: “Fresh”."),
        (Difference.GONE, "Gone: subtheme “Facet”, under “Home”."),
    ]


def test_what_is_new_is_said_to_be_a_theme_a_subtheme_or_an_umbrella(maps: Maps) -> None:
    run = maps.study.run
    assert maps.after(
        lambda: run(create_theme, "Over all", kind=ThemeKind.OVERARCHING),
        lambda: run(create_theme, "Fresh"),
        lambda: run(create_theme, "Side", parent_id=maps.away),
    ) == [
        (Difference.NEW, "New subtheme: “Side”, under “Away”."),
        (Difference.NEW, "New overarching theme: “Over all”."),
        (Difference.NEW, "New theme: “Fresh”."),
    ]


def test_a_theme_that_became_another_sort_of_theme_is_told(maps: Maps) -> None:
    run = maps.study.run
    assert maps.after(
        lambda: run(make_overarching, maps.home, True),
        lambda: run(move_theme, maps.away, maps.facet),
    ) == [
        (Difference.MOVED, "“Home” is an overarching theme now."),
        (Difference.MOVED, "“Facet” is a theme now."),
        (Difference.CODES, "“Facet” gained the codes “Noticed” and “Owed”."),
        (Difference.MOVED, "“Away” is a subtheme now and stands under “Facet”."),
    ]


def test_a_theme_that_went_into_another_is_told_as_merged_and_not_as_gone(maps: Maps) -> None:
    told = maps.after(lambda: maps.study.run(merge_themes, maps.away, maps.home))
    assert told[0] == (Difference.MERGED, "“Away” went into “Home”.")
    assert Difference.GONE not in {kind for kind, _ in told}
    assert (Difference.CODES, "“Home” gained the codes “Noticed” and “Owed”.") in told


def test_merges_one_after_the_other_are_all_told(maps: Maps) -> None:
    run = maps.study.run
    third = run(create_theme, "Third")
    told = maps.after(lambda: run(merge_themes, maps.away, third), lambda: run(merge_themes, third, maps.home))
    assert told[0] == (Difference.MERGED, "“Away” and “Third” went into “Home”.")


def test_a_split_names_where_the_new_theme_comes_from(maps: Maps) -> None:
    told = maps.after(lambda: maps.study.run(split_theme, maps.home, maps.codes[:1], "Held fast"))
    assert (Difference.SPLIT, "“Held fast” was split from “Home”.") in told
    assert (Difference.CODES, "“Home” lost the code “Held”.") in told
    assert Difference.NEW not in {kind for kind, _ in told}


def test_moves_codes_ideas_status_mappings_and_relations_are_told(maps: Maps) -> None:
    run = maps.study.run
    run(map_theme, maps.away, maps.entry, weight=Weight.CENTRAL)
    told = maps.after(
        lambda: run(move_theme, maps.facet, None),
        lambda: run(take_code_out, maps.home, maps.codes[0]),
        lambda: run(add_code, maps.home, maps.codes[3]),
        lambda: run(edit_theme, maps.home, concept="how it holds", status=ThemeStatus.DEVELOPED),
        lambda: run(map_theme, maps.home, maps.entry, weight=Weight.SUPPORTING),
        lambda: run(unmap_theme, maps.away, maps.entry),
        lambda: run(relate, maps.home, maps.away, RelationKind.TENSION),
    )
    kinds = [kind for kind, _ in told]
    assert set(kinds) == {
        Difference.MOVED, Difference.CODES, Difference.CONCEPT, Difference.STATUS, Difference.REMAPPED,
        Difference.RELATED,
    }  # fmt: skip
    assert (Difference.MOVED, "“Facet” is a theme now and stands on its own.") in told
    assert (Difference.REMAPPED, "“Away”: no longer mapped to Mutual engagement.") in told


def test_versions_kept_before_merging_was_remembered_still_open(maps: Maps) -> None:
    held = maps.now().as_json()
    for theme in held["themes"]:
        del theme["merged_from"], theme["split_from"]
    assert compare(MapContent.from_json(held), maps.now()) == []
