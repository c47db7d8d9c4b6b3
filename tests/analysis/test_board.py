"""What stands where on the board, and who is heard behind a code."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.analysis.board import BoardContent, BoardPlaces, Heard, WorkingPile, heard_behind, matching
from app.analysis.board_layout import CARD_HEIGHT, lay_out, tidied
from app.analysis.codes import CodeRow
from app.analysis.themes import ThemeRow
from app.models import Participant
from app.models.kinds import CodeRole, CodeStatus, ParticipantStatus, ThemeKind, ThemeStatus
from app.operations.codes import create_code
from app.operations.codings import code_passage
from app.operations.people import edit_participant
from app.study import Study
from tests.material import Talk, bring_in, draft_of


def code(number: int, *, status: CodeStatus = CodeStatus.ACTIVE) -> CodeRow:
    name, at = f"Code {number}", datetime(2026, 1, 1, tzinfo=UTC)
    return CodeRow(
        f"c{number}", name, None, number, "#0072B2", status, "", "being missed", "", "", "", None, None, None, at,
        f"Parent / {name}", 1, "Co",
    )  # fmt: skip


def theme(key: str, *codes: int, parent: str | None = None) -> ThemeRow:
    kind = ThemeKind.SUBTHEME if parent else ThemeKind.THEME
    held = tuple((f"c{one}", CodeRole.PART) for one in codes)
    return ThemeRow(key, f"Theme {key}", kind, parent, 0, 0, ThemeStatus.CANDIDATE, "", "", "", "", "", held)


def board(*themes: ThemeRow, places: BoardPlaces | None = None, codes: int = 12) -> BoardContent:
    return BoardContent({f"c{n}": code(n) for n in range(codes)}, themes, places or BoardPlaces())


def test_people_and_groups_are_counted_once_and_moderators_are_none_of_them(study: Study, talk: Talk) -> None:
    other = bring_in(study, draft_of((("Nur", "I belong here."), ("Chen", "So do I."))), group="FG2")
    here, across, asked = (study.run(create_code, name) for name in ("Here", "Across", "Asked"))
    for where, words in ((talk, "a place where I belong"), (talk, "Somebody noticed"), (other, "I belong here")):
        study.run(code_passage, where.source_id, *where.span(words), here)
    start, end = talk.span("Same here")[0], talk.span("Somebody noticed")[1]
    study.run(code_passage, talk.source_id, start, end, across)
    study.run(code_passage, talk.source_id, *talk.span("Can you say more"), asked)
    with study.read() as session:
        found = heard_behind(session)
    assert found[across] == Heard(1, 2)
    assert found[asked] == Heard(1, 0)
    assert found[here].groups == 2


def test_a_code_without_excerpts_and_a_person_who_has_withdrawn_are_not_heard(study: Study, talk: Talk) -> None:
    never, once = study.run(create_code, "Never"), study.run(create_code, "Once")
    study.run(code_passage, talk.source_id, *talk.span("a place where I belong"), once)
    with study.read() as session:
        assert heard_behind(session)[once] == Heard(1, 1)
        people = session.scalars(select(Participant.id)).all()
    for person in people:
        study.run(edit_participant, person, status=ParticipantStatus.WITHDRAWN)
    with study.read() as session:
        found = heard_behind(session)
    assert never not in found
    assert found[once] == Heard(1, 0)


def test_what_is_typed_is_looked_for_in_names_parents_and_meanings() -> None:
    codes = [code(1), code(2)]
    assert matching(codes, "parent 2") == {"c2"}
    assert matching(codes, "MISSED") == {"c1", "c2"}
    assert matching(codes, "  ") == set()


def test_codes_set_aside_are_not_waiting_to_be_placed() -> None:
    codes = {"c1": code(1), "c2": code(2, status=CodeStatus.SET_ASIDE), "c3": code(3)}
    content = BoardContent(codes, (theme("a", 3),), BoardPlaces())
    assert [row.id for row in content.unplaced()] == ["c1"]


def test_what_was_placed_stays_and_what_was_not_stands_beneath() -> None:
    content = board(theme("a", 1, 2), theme("b", 3), places=BoardPlaces(themes={"b": (500.0, 40.0)}))
    placed = {one.id: one.box for one in lay_out(content).piles}
    assert (placed["b"].x, placed["b"].y) == (500.0, 40.0)
    assert placed["a"].y > placed["b"].y + placed["b"].height
    assert lay_out(content) == lay_out(content)


def test_a_pile_that_has_grown_pushes_what_lies_under_it_down_and_not_away() -> None:
    places = BoardPlaces((WorkingPile("p", "", (0.0, 150.0), ("c9",)),), {"c10": (20.0, 100.0)}, {"a": (0.0, 0.0)})
    picture = lay_out(board(theme("a", 1, 2, 3, 4), places=places))
    boxes = {one.id: one.box for one in picture.piles}
    loose = next(one.box for one in picture.cards if not one.home)
    assert boxes["a"].y == 0.0
    assert boxes["p"].x == 0.0
    assert not boxes["p"].overlaps(boxes["a"])
    assert not any(loose.overlaps(box) for box in boxes.values())


def test_a_theme_whose_parent_is_not_there_stands_on_top() -> None:
    assert lay_out(board(theme("a", parent="gone"))).roots().keys() == {"a"}


def test_an_empty_board_has_nothing_and_takes_no_room() -> None:
    picture = lay_out(board(codes=0))
    assert (picture.piles, picture.cards, picture.bounds.width) == ((), (), 0.0)
    assert tidied(board(codes=0)) == ({}, {})


@given(st.lists(st.lists(st.integers(0, 39), max_size=25, unique=True), max_size=8), st.integers(0, 30))
def test_after_tidying_nothing_lies_on_anything(held: list[list[int]], loose: int) -> None:
    themes = [theme(f"t{n}", *codes, parent=f"t{n - 1}" if n % 3 == 1 else None) for n, codes in enumerate(held)]
    places = BoardPlaces(loose={f"c{n}": (0.0, n * 3.0) for n in range(loose)})
    content = board(*themes, places=places, codes=40)
    piles, cards = tidied(content)
    tidy = replace(content, places=BoardPlaces(loose=cards, themes=piles))
    picture = lay_out(tidy)
    boxes = [one.box for one in picture.piles if one.root == one.id] + [c.box for c in picture.cards if not c.home]
    assert not any(one.overlaps(other) for place, one in enumerate(boxes) for other in boxes[place + 1 :])
    for pile in picture.piles:
        inside = [one.box for one in picture.cards if one.home == pile.id]
        assert all(pile.box.x < box.x and box.y + CARD_HEIGHT < pile.box.y + pile.box.height for box in inside)
        assert not any(one.overlaps(other) for place, one in enumerate(inside) for other in inside[place + 1 :])
