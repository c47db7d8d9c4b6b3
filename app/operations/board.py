"""The clustering board: laying cards down, gathering them into piles, letting piles become themes, tidying."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import isfinite

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotPossible
from app.models import BoardCard, BoardPile, Code, Theme, new_key
from app.models.verbs import Verb
from app.operations.names import clean_name, clean_text, get, next_position
from app.operations.themes import add_code, create_theme, edit_theme, move_code_between, take_code_out
from app.study import ChangeSession

FARTHEST = 1_000_000.0
"""How far from the middle of the board anything may lie."""
LONGEST_TITLE = 200

Place = tuple[float, float]
Held = tuple[str, str]
"""A card: the code, and where it lies - a theme, a working pile, or "" (by itself, or not on the board yet)."""


def lay_cards(
    session: ChangeSession, cards: Sequence[Held], places: Mapping[str, Place], *, stays: bool = False
) -> None:
    """Lay cards on the board by themselves, each at the place of its code. What `stays` also remains where it was."""
    session.announce(Verb.ARRANGE_BOARD, _said(session, "Lay", cards, "on the board"))
    for code_id, home in cards:
        if home and not stays and session.get(Theme, home) is not None:
            take_code_out(session, home, code_id)
        card = _card(session, code_id)
        card.pile_id, card.position = None, 0
        card.x, card.y = _inside(places[code_id])
    _clear_up(session)


def take_off(session: ChangeSession, cards: Sequence[Held]) -> None:
    """Take cards off the board or out of their themes: not yet placed again, unless they lie elsewhere too."""
    session.announce(Verb.ARRANGE_BOARD, _said(session, "Take", cards, "off the board"))
    for code_id, home in cards:
        _leave(session, code_id, home)
    _clear_up(session)


def make_pile(
    session: ChangeSession, cards: Sequence[Held], place: Place, *, title: str = "", stays: bool = False
) -> str:
    """Put cards together in a new working pile; returns its id."""
    if not cards:
        raise NotPossible("A pile needs a card. Choose some codes first.")
    session.announce(Verb.ARRANGE_BOARD, _said(session, "Put", cards, "in a pile"))
    x, y = _inside(place)
    pile = BoardPile(id=new_key(), title=_title(title), x=x, y=y)
    session.add(pile)
    session.flush()
    move_cards(session, cards, pile.id, stays=stays)
    return pile.id


def move_cards(session: ChangeSession, cards: Sequence[Held], to: str, *, stays: bool = False) -> None:
    """Move cards into a theme or a working pile; from theme to theme they keep their role, unless they stay too."""
    theme = session.get(Theme, to)
    where = f"theme ‘{theme.name}’" if theme is not None else "a pile"
    session.announce(Verb.CLUSTER if theme else Verb.ARRANGE_BOARD, _said(session, "Move", cards, f"to {where}"))
    if theme is None:
        _working(session, to)
    for code_id, home in cards:
        if home == to:
            continue
        from_theme = bool(home) and session.get(Theme, home) is not None
        if theme is None:
            if from_theme and not stays:
                take_code_out(session, home, code_id)
            card = _card(session, code_id)
            card.position = next_position(session, BoardCard, BoardCard.pile_id == to)
            card.pile_id, card.x, card.y = to, 0.0, 0.0
            session.flush()
        elif stays:
            add_code(session, to, code_id)
        elif from_theme:
            move_code_between(session, code_id, home, to)
        else:
            add_code(session, to, code_id)
            _leave(session, code_id, home)
    _clear_up(session)


def place_piles(session: ChangeSession, places: Mapping[str, Place]) -> None:
    """Put piles and themes where the researcher wants them; {pile or theme: its upper left corner}."""
    session.announce(Verb.ARRANGE_BOARD, "Move a pile on the board" if len(places) == 1 else "Move piles on the board")
    for key, place in places.items():
        pile = session.get(BoardPile, key) or _pile_of_theme(session, key)
        pile.x, pile.y = _inside(place)
    session.flush()


def pin(session: ChangeSession, piles: Mapping[str, Place], cards: Mapping[str, Place]) -> None:
    """Keep piles and single cards where they are seen: once somebody arranges the board, nothing moves on its own.

    Part of what somebody does next, so it announces nothing; what is gone is passed over.
    """
    for key, place in piles.items():
        pile = session.get(BoardPile, key)
        if pile is None and session.get(Theme, key) is not None:
            pile = _pile_of_theme(session, key)
        if pile is not None:
            pile.x, pile.y = _inside(place)
    for card in session.scalars(select(BoardCard).where(BoardCard.code_id.in_(list(cards)))):
        card.x, card.y = _inside(cards[card.code_id])
    session.flush()


def join_piles(session: ChangeSession, pile_id: str, to: str) -> None:
    """Put all cards of a working pile into another pile or a theme."""
    _working(session, pile_id)
    if pile_id != to:
        move_cards(session, [(code_id, pile_id) for code_id in cards_in(session, pile_id)], to)


def name_pile(session: ChangeSession, pile_id: str, title: str) -> None:
    """Write a few words over a working pile; it may also have none."""
    pile = _working(session, pile_id)
    session.announce(Verb.ARRANGE_BOARD, "Name a pile")
    pile.title = _title(title)


def dissolve_pile(session: ChangeSession, pile_id: str, places: Mapping[str, Place]) -> None:
    """Spread a working pile out again: its cards lie by themselves at these places."""
    _working(session, pile_id)
    session.announce(Verb.ARRANGE_BOARD, "Spread a pile out")
    lay_cards(session, [(code_id, pile_id) for code_id in cards_in(session, pile_id)], places)


def make_theme(
    session: ChangeSession,
    cards: Sequence[Held],
    name: str,
    *,
    concept: str = "",
    parent_id: str | None = None,
    place: Place | None = None,
) -> str:
    """Let cards become a theme, perhaps under another one, with its idea if there is one yet; returns the theme's id.

    Cards that lie in another theme stay there too: a code may feed several.
    """
    theme_id = create_theme(session, name, parent_id=parent_id)
    if concept.strip():
        edit_theme(session, theme_id, concept=concept)
    for code_id, home in cards:
        add_code(session, theme_id, code_id)
        if not home or session.get(Theme, home) is None:
            _leave(session, code_id, home)
    if place is not None:
        pile = _pile_of_theme(session, theme_id)
        pile.x, pile.y = _inside(place)
    _clear_up(session)
    return theme_id


def tidy(session: ChangeSession, piles: Mapping[str, Place], cards: Mapping[str, Place]) -> None:
    """Put all piles and single cards where a tidy layout has them."""
    session.announce(Verb.ARRANGE_BOARD, "Tidy the board")
    pin(session, piles, cards)


def cards_in(session: Session, pile_id: str) -> list[str]:
    """The codes in a working pile, in order."""
    found = select(BoardCard.code_id).where(BoardCard.pile_id == pile_id).order_by(BoardCard.position)
    return list(session.scalars(found))


def _leave(session: ChangeSession, code_id: str, home: str) -> None:
    """A card leaves where it lies; what is gone already needs nothing."""
    if home and session.get(Theme, home) is not None:
        take_code_out(session, home, code_id)
        return
    card = session.scalars(select(BoardCard).where(BoardCard.code_id == code_id)).one_or_none()
    if card is not None and card.pile_id == (home or None):
        session.delete(card)
        session.flush()


def _working(session: ChangeSession, pile_id: str) -> BoardPile:
    """The working pile of this id; what belongs to a theme is changed by the theme's own id."""
    pile = get(session, BoardPile, pile_id, "pile")
    if pile.theme_id is not None:
        raise NotPossible("This pile is a theme by now.")
    return pile


def _card(session: ChangeSession, code_id: str) -> BoardCard:
    get(session, Code, code_id, "code")
    card = session.scalars(select(BoardCard).where(BoardCard.code_id == code_id)).one_or_none()
    if card is None:
        card = BoardCard(code_id=code_id)
        session.add(card)
        session.flush()
    return card


def _pile_of_theme(session: ChangeSession, theme_id: str) -> BoardPile:
    get(session, Theme, theme_id, "theme or pile")
    pile = session.scalars(select(BoardPile).where(BoardPile.theme_id == theme_id)).one_or_none()
    if pile is None:
        pile = BoardPile(theme_id=theme_id, x=0.0, y=0.0)
        session.add(pile)
    return pile


def _clear_up(session: ChangeSession) -> None:
    """A working pile without cards is gone."""
    session.flush()
    held = select(BoardCard.pile_id).where(BoardCard.pile_id.is_not(None))
    for pile in session.scalars(select(BoardPile).where(BoardPile.theme_id.is_(None), BoardPile.id.not_in(held))):
        session.delete(pile)
    session.flush()


def _said(session: Session, deed: str, cards: Iterable[Held], where: str) -> str:
    ids = list(dict.fromkeys(code_id for code_id, _ in cards))
    code = session.get(Code, ids[0]) if len(ids) == 1 else None
    return f"{deed} ‘{code.name}’ {where}" if code is not None else f"{deed} {len(ids)} codes {where}"


def _title(title: str) -> str:
    title = " ".join(clean_text(title).split())
    return clean_name(title, "pile", LONGEST_TITLE) if title else ""


def _inside(place: Place) -> Place:
    x, y = place
    if not (isfinite(x) and isfinite(y) and abs(x) <= FARTHEST and abs(y) <= FARTHEST):
        raise NotPossible("That lies outside the board.")
    return round(float(x), 2), round(float(y), 2)
