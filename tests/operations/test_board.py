"""The board: cards are laid down, piled up, become themes; each step can be taken back, and nothing is lost."""

from __future__ import annotations

import math

import pytest
from sqlalchemy import select

from app.analysis.board import BoardPlaces, board_places
from app.analysis.themes import theme_rows
from app.errors import NotPossible
from app.models import BoardPile, ThemeCode
from app.models.kinds import CodeRole
from app.operations import board
from app.operations.codes import create_code, delete_code
from app.operations.themes import create_theme, delete_theme, set_role
from app.study import Study
from tests.material import rows_of


@pytest.fixture
def codes(study: Study) -> list[str]:
    """Four codes."""
    return [study.run(create_code, name) for name in ("Belonging", "Kept going", "Noticed", "Pass it on")]


def places(study: Study) -> BoardPlaces:
    with study.read() as session:
        return board_places(session)


def feeds(study: Study) -> dict[str, set[str]]:
    """{theme name: names of codes}"""
    with study.read() as session:
        return {row.name: {code_id for code_id, _ in row.codes} for row in theme_rows(session)}


def test_cards_lie_where_they_are_laid_and_undo_takes_all_of_them_back_at_once(study: Study, codes: list[str]) -> None:
    before = rows_of(study)
    study.run(board.lay_cards, [(codes[0], ""), (codes[1], "")], {codes[0]: (8, 16), codes[1]: (240, 16)})
    assert places(study).loose == {codes[0]: (8, 16), codes[1]: (240, 16)}
    study.undo()
    assert rows_of(study) == before


def test_a_pile_keeps_the_order_in_which_cards_came_and_goes_with_its_last_card(study: Study, codes: list[str]) -> None:
    pile = study.run(board.make_pile, [(codes[2], ""), (codes[0], "")], (10, 10), title="  people\nnotice ")
    study.run(board.move_cards, [(codes[1], "")], pile)
    (found,) = places(study).piles
    assert (found.title, found.code_ids) == ("people notice", (codes[2], codes[0], codes[1]))
    study.run(board.lay_cards, [(one, pile) for one in codes[:3]], dict.fromkeys(codes[:3], (0, 0)))
    assert places(study).piles == ()
    assert len(places(study).loose) == 3


def test_a_pile_becomes_a_theme_with_its_idea_where_it_lay_and_one_undo_makes_it_a_pile_again(
    study: Study, codes: list[str]
) -> None:
    pile = study.run(board.make_pile, [(codes[0], ""), (codes[1], "")], (40, 80))
    before = rows_of(study)
    cards = [(one, pile) for one in codes[:2]]
    theme = study.run(board.make_theme, cards, "Noticing", concept="being missed says one belongs", place=(40, 80))
    with study.read() as session:
        (row,) = theme_rows(session)
    assert (row.concept, {one for one, _ in row.codes}) == ("being missed says one belongs", set(codes[:2]))
    assert places(study) == BoardPlaces((), {}, {theme: (40, 80)})
    study.undo()
    assert rows_of(study) == before


def test_a_theme_needs_no_idea_to_be_made(study: Study, codes: list[str]) -> None:
    study.run(board.make_theme, [(codes[0], "")], "Noticing", concept="  \n ")
    with study.read() as session:
        assert theme_rows(session)[0].concept == ""


def test_cards_of_a_theme_that_make_another_one_stay_in_the_first(study: Study, codes: list[str]) -> None:
    first = study.run(create_theme, "One", code_ids=codes[:2])
    study.run(board.make_theme, [(codes[0], first)], "Two")
    assert feeds(study) == {"One": set(codes[:2]), "Two": {codes[0]}}


def test_a_card_moved_between_themes_keeps_its_role_and_one_that_stays_feeds_both(
    study: Study, codes: list[str]
) -> None:
    one, two = study.run(create_theme, "One", code_ids=codes[:2]), study.run(create_theme, "Two")
    study.run(set_role, one, codes[0], CodeRole.CONTRAST)
    study.run(board.move_cards, [(codes[0], one)], two)
    with study.read() as session:
        link = session.scalars(select(ThemeCode).where(ThemeCode.theme_id == two)).one()
        assert (link.code_id, link.role) == (codes[0], CodeRole.CONTRAST)
    study.run(board.move_cards, [(codes[1], one)], two, stays=True)
    assert feeds(study) == {"One": {codes[1]}, "Two": set(codes[:2])}


def test_a_code_taken_out_of_a_theme_onto_the_board_leaves_it_unless_it_stays(study: Study, codes: list[str]) -> None:
    theme = study.run(create_theme, "One", code_ids=codes[:2])
    study.run(board.lay_cards, [(codes[0], theme)], {codes[0]: (0, 0)})
    study.run(board.lay_cards, [(codes[1], theme)], {codes[1]: (0, 0)}, stays=True)
    assert feeds(study) == {"One": {codes[1]}}
    assert set(places(study).loose) == set(codes[:2])


def test_joining_a_pile_to_a_theme_moves_every_card_and_leaves_no_empty_pile(study: Study, codes: list[str]) -> None:
    pile = study.run(board.make_pile, [(one, "") for one in codes[:3]], (0, 0))
    theme = study.run(create_theme, "One", code_ids=codes[:1])
    study.run(board.join_piles, pile, theme)
    assert feeds(study) == {"One": set(codes[:3])}
    assert places(study).piles == ()
    assert places(study).loose == {}


def test_deleting_a_code_or_a_theme_takes_its_place_on_the_board_along(study: Study, codes: list[str]) -> None:
    theme = study.run(create_theme, "One")
    study.run(board.place_piles, {theme: (5, 5)})
    study.run(board.lay_cards, [(codes[0], "")], {codes[0]: (0, 0)})
    study.run(delete_code, codes[0])
    study.run(delete_theme, theme)
    assert places(study) == BoardPlaces()


def test_a_pile_whose_last_code_is_deleted_is_not_seen_any_more(study: Study, codes: list[str]) -> None:
    study.run(board.make_pile, [(codes[0], "")], (0, 0))
    study.run(delete_code, codes[0])
    assert places(study).piles == ()
    study.undo()
    assert len(places(study).piles) == 1


def test_pinning_keeps_what_is_seen_and_passes_over_what_is_gone(study: Study, codes: list[str]) -> None:
    one, two = study.run(create_theme, "One"), study.run(create_theme, "Two")
    study.run(board.place_piles, {one: (5, 5)})
    with study.change() as session:
        board.pin(session, {two: (7, 7), "gone": (1, 1)}, {codes[0]: (1, 1)})
        board.place_piles(session, {one: (6, 6)})
    assert places(study) == BoardPlaces((), {}, {one: (6, 6), two: (7, 7)})


def test_tidying_is_one_change(study: Study, codes: list[str]) -> None:
    study.run(board.lay_cards, [(one, "") for one in codes], dict.fromkeys(codes, (500, 500)))
    before = rows_of(study)
    study.run(board.tidy, {}, {one: (number * 216, 0) for number, one in enumerate(codes)})
    assert places(study).loose[codes[3]] == (648, 0)
    study.undo()
    assert rows_of(study) == before


@pytest.mark.parametrize("place", [(math.nan, 0), (math.inf, 0), (0, 2e6)])
def test_what_is_no_place_is_refused_and_changes_nothing(
    study: Study, codes: list[str], place: tuple[float, float]
) -> None:
    before = rows_of(study)
    with pytest.raises(NotPossible):
        study.run(board.lay_cards, [(codes[0], "")], {codes[0]: place})
    assert rows_of(study) == before


def test_what_is_gone_by_then_is_said(study: Study, codes: list[str]) -> None:
    with pytest.raises(NotPossible):
        study.run(board.move_cards, [(codes[0], "")], "no pile")
    with pytest.raises(NotPossible):
        study.run(board.make_pile, [], (0, 0))
    with study.read() as session:
        assert session.scalars(select(BoardPile)).all() == []
