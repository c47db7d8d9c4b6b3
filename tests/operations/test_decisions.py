"""What is decided on the excerpts of a theme stays decided, wherever codes and themes go."""

from __future__ import annotations

import pytest

from app.analysis.theme_record import checks_of, descent_of, status_history
from app.analysis.themes import ThemeExcerptRow, excerpts_of_theme, mapping_rows, theme_rows
from app.analysis.verify import verify
from app.errors import NotPossible
from app.models import Coding, LensEntry, ReviewComment, ThemeRelation
from app.models.kinds import Belongs, CodeRole, Direction, LineageKind, RelationKind, ReviewLevel, ThemeStatus, Weight
from app.operations.codes import create_code
from app.operations.codings import code_passage
from app.operations.decisions import bring_excerpt_in, bring_in, decide, order_quotes, take_excerpt_out
from app.operations.mappings import map_theme
from app.operations.maps import relate
from app.operations.reviews import record_check
from app.operations.theme_merging import merge_themes, split_theme
from app.operations.themes import (
    add_code,
    create_theme,
    edit_theme,
    move_code_between,
    move_theme,
    set_role,
    take_code_out,
)
from app.study import Study
from tests.material import Talk, rows_of


def excerpts(study: Study, theme_id: str) -> dict[str, ThemeExcerptRow]:
    with study.read() as session:
        return {row.excerpt_id: row for row in excerpts_of_theme(session, theme_id)}


@pytest.fixture
def codes(study: Study) -> list[str]:
    return [study.run(create_code, name) for name in ("Belonging", "Passing on")]


@pytest.fixture
def held(study: Study, talk: Talk, codes: list[str]) -> list[str]:
    """An excerpt of each code."""
    return [
        study.run(code_passage, talk.source_id, *talk.span(words), code).excerpt_id
        for words, code in zip(("belong", "pass it on"), codes, strict=True)
    ]


def test_what_is_brought_in_belongs_without_any_code_and_can_be_taken_out_again(study: Study, talk: Talk) -> None:
    home = study.run(create_theme, "Home")
    excerpt = study.run(bring_in, home, talk.source_id, *talk.span("Somebody noticed"))
    assert excerpts(study, home)[excerpt].belongs == Belongs.IN
    assert excerpts(study, home)[excerpt].brought_in
    assert study.run(bring_in, home, talk.source_id, *talk.span("Somebody noticed")) == excerpt
    assert study.run(take_excerpt_out, home, excerpt)
    assert excerpts(study, home) == {}
    assert not study.run(take_excerpt_out, home, excerpt)
    study.undo()
    assert list(excerpts(study, home)) == [excerpt]


def test_words_that_are_none_cannot_be_brought_in(study: Study, talk: Talk) -> None:
    home = study.run(create_theme, "Home")
    for start, end in ((5, 5), (9, 3), (0, 10**6)):
        with pytest.raises(NotPossible):
            study.run(bring_in, home, talk.source_id, start, end)
    assert rows_of(study)["theme_excerpt"] == []


def test_decisions_rest_while_a_code_is_out_of_the_theme(study: Study, codes: list[str], held: list[str]) -> None:
    home = study.run(create_theme, "Home", code_ids=codes)
    study.run(decide, home, held[0], belongs=Belongs.OUT, why="about the room")
    study.run(take_code_out, home, codes[0])
    assert list(excerpts(study, home)) == [held[1]]
    study.run(add_code, home, codes[0])
    assert (excerpts(study, home)[held[0]].belongs, excerpts(study, home)[held[0]].why) == ("out", "about the room")


def test_new_is_what_came_after_one_last_decided(study: Study, talk: Talk, codes: list[str], held: list[str]) -> None:
    home = study.run(create_theme, "Home", code_ids=codes[:1])
    assert not any(row.new for row in excerpts(study, home).values())
    study.run(decide, home, held[0], belongs=Belongs.IN)
    late = study.run(code_passage, talk.source_id, *talk.span("Same here"), codes[0]).excerpt_id
    study.run(add_code, home, codes[1])
    rows = excerpts(study, home)
    assert {key for key, row in rows.items() if row.new} == {late, held[1]}
    study.run(decide, home, late, belongs=Belongs.UNDECIDED)  # looked at, and still undecided
    assert not excerpts(study, home)[late].new


def test_decisions_go_along_when_a_code_moves_to_another_theme(study: Study, codes: list[str], held: list[str]) -> None:
    home, away = study.run(create_theme, "Home", code_ids=codes), study.run(create_theme, "Away")
    study.run(decide, home, held[0], belongs=Belongs.IN, quoted_order=1, edited_text="belong […]", why="says it")
    study.run(move_code_between, codes[0], home, away)
    row = excerpts(study, away)[held[0]]
    assert (row.belongs, row.quoted_order, row.edited_text, row.why) == ("in", 1, "belong […]", "says it")
    assert held[0] not in excerpts(study, home)


def test_what_the_other_theme_decided_itself_holds(study: Study, codes: list[str], held: list[str]) -> None:
    home, away = (study.run(create_theme, name, code_ids=codes[:1]) for name in ("Home", "Away"))
    study.run(decide, home, held[0], belongs=Belongs.IN)
    study.run(decide, away, held[0], belongs=Belongs.OUT)
    study.run(move_code_between, codes[0], home, away)
    row = excerpts(study, away)[held[0]]
    assert (row.belongs, row.why) == ("out", "(‘Home’ had it in)")


def test_decisions_of_the_theme_above_go_along_when_a_subtheme_moves(
    study: Study, codes: list[str], held: list[str]
) -> None:
    home, away = study.run(create_theme, "Home"), study.run(create_theme, "Away")
    facet = study.run(create_theme, "Facet", parent_id=home, code_ids=codes)
    study.run(decide, home, held[1], runs_against=True)
    study.run(move_theme, facet, away)
    assert excerpts(study, away)[held[1]].runs_against


def test_quotes_are_ordered_as_they_are_given(study: Study, codes: list[str], held: list[str]) -> None:
    home = study.run(create_theme, "Home", code_ids=codes)
    study.run(order_quotes, home, [held[1], held[0]])
    assert [excerpts(study, home)[one].quoted_order for one in held] == [2, 1]
    study.run(decide, home, held[1], quoted_order=None)
    assert [excerpts(study, home)[one].quoted_order for one in held] == [2, None]
    with pytest.raises(NotPossible):
        study.run(order_quotes, home, ["gone"])


def test_merging_themes_loses_nothing(study: Study, talk: Talk, codes: list[str], held: list[str]) -> None:
    into = study.run(create_theme, "Home", code_ids=codes[:1])
    gone = study.run(create_theme, "Away", code_ids=codes)
    facet = study.run(create_theme, "Facet", parent_id=gone)
    third = study.run(create_theme, "Third")
    study.run(edit_theme, into, concept="Belonging is made")
    study.run(edit_theme, gone, concept="Passing on is owed", story="Once …")
    study.run(set_role, gone, codes[0], CodeRole.CORE)
    study.run(decide, gone, held[1], belongs=Belongs.IN, why="owed")
    brought = study.run(bring_in, gone, talk.source_id, *talk.span("Same here"))
    with study.read() as session:
        entry = session.query(LensEntry).filter(LensEntry.parent_id.is_(None)).first()
        assert entry is not None
        entry_id, lens_id = entry.id, entry.lens_id
    study.run(map_theme, into, entry_id, weight=Weight.CENTRAL, direction=Direction.SHOWS, rationale="mine")
    study.run(map_theme, gone, entry_id, weight=Weight.IN_PASSING, direction=Direction.CONTESTS, rationale="yours")
    study.run(relate, gone, into, RelationKind.TENSION)
    study.run(relate, gone, third, RelationKind.LEADS_INTO)
    study.run(record_check, gone, ReviewLevel.WHOLE, "holds in all groups")

    came = study.run(merge_themes, gone, into)

    assert (came.codes, came.beneath) == (1, 1)
    rows = excerpts(study, into)
    assert set(rows) == {*held, brought}
    assert (rows[held[1]].belongs, rows[held[1]].why) == ("in", "owed")
    with study.read() as session:
        themes = {row.name: row for row in theme_rows(session)}
        assert set(themes) == {"Home", "Facet", "Third"}
        home = themes["Home"]
        assert home.concept == "Belonging is made"
        assert (home.definition, home.story) == ("(from ‘Away’) Passing on is owed", "Once …")
        assert dict(home.codes) == {codes[0]: CodeRole.CORE, codes[1]: CodeRole.PART}
        assert themes["Facet"].parent_id == into
        assert themes["Facet"].id == facet
        (mapping,) = mapping_rows(session, lens_id)
        assert (mapping.weight, mapping.rationale) == (
            Weight.CENTRAL, "mine\n\n(from ‘Away’) in passing, contests it: yours")  # fmt: skip
        assert [(one.from_id, one.to_id) for one in session.query(ThemeRelation)] == [(into, third)]
        assert [one.finding for one in checks_of(session, into)] == ["holds in all groups"]
        assert [(one.kind, one.name) for one in descent_of(session, into)] == [(LineageKind.MERGED_FROM, "Away")]
    assert study.undo().label == "Merge theme ‘Away’ into ‘Home’"
    assert excerpts(study, gone)[brought].brought_in


def test_a_subtheme_may_swallow_the_theme_it_stands_under(study: Study, codes: list[str]) -> None:
    over = study.run(create_theme, "Over", code_ids=codes[:1])
    facet = study.run(create_theme, "Facet", parent_id=over, code_ids=codes[1:])
    study.run(merge_themes, over, facet)
    with study.read() as session:
        (row,) = theme_rows(session)
        assert (row.name, row.parent_id, row.kind, len(row.codes)) == ("Facet", None, "theme", 2)


def test_a_theme_with_subthemes_does_not_go_into_a_subtheme(study: Study) -> None:
    one, other = study.run(create_theme, "One"), study.run(create_theme, "Other")
    study.run(create_theme, "Of one", parent_id=one)
    facet = study.run(create_theme, "Of other", parent_id=other)
    with pytest.raises(NotPossible, match="subtheme"):
        study.run(merge_themes, one, facet)
    with pytest.raises(NotPossible, match="not into itself"):
        study.run(merge_themes, one, one)
    assert len(rows_of(study)["theme"]) == 4


def test_a_split_takes_codes_with_roles_and_decisions_and_remembers_where_from(
    study: Study, codes: list[str], held: list[str]
) -> None:
    home = study.run(create_theme, "Home", code_ids=codes)
    study.run(create_theme, "Last")
    study.run(set_role, home, codes[1], CodeRole.CONTRAST)
    study.run(decide, home, held[1], belongs=Belongs.IN)
    made = study.run(split_theme, home, [codes[1]], "Owed")
    assert excerpts(study, made)[held[1]].belongs == Belongs.IN
    with study.read() as session:
        rows = theme_rows(session)
        assert [row.name for row in rows] == ["Home", "Owed", "Last"]
        assert rows[1].codes == ((codes[1], CodeRole.CONTRAST),)
        assert [(one.kind, one.name) for one in descent_of(session, made)] == [(LineageKind.SPLIT_FROM, "Home")]
    for wrong in ([], ["gone"], [codes[0]]):
        with pytest.raises(NotPossible):
            study.run(split_theme, home, wrong, "Another")


def test_the_status_history_leaves_out_what_was_undone(study: Study) -> None:
    home = study.run(create_theme, "Home")
    study.run(edit_theme, home, status=ThemeStatus.DEVELOPED)
    study.run(edit_theme, home, status=ThemeStatus.LET_GO)
    study.undo()
    study.run(edit_theme, home, status=ThemeStatus.DEFINED)
    study.undo()
    study.redo()

    def statuses() -> list[str]:
        with study.read() as session:
            return [step.status for step in status_history(session, home)]

    assert statuses() == ["candidate", "developed", "defined and named"]


def test_comments_go_along_and_the_study_stays_sound(study: Study, codes: list[str], held: list[str]) -> None:
    from app.operations.reviews import comment

    one, other = study.run(create_theme, "One", code_ids=codes), study.run(create_theme, "Other")
    study.run(comment, "theme", one, author="S", text="Is it one?")
    study.run(bring_excerpt_in, one, held[0])
    study.run(merge_themes, one, other)
    with study.read() as session:
        assert [row.theme_id for row in session.query(ReviewComment)] == [other]
        assert session.query(Coding).count() == 2
    path = study.path
    study.close()
    assert verify(path) == []
