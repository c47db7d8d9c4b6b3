"""What one does on the board, each as one change: drop, pile up, make a theme, spread out, take off, tidy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QPointF

from app.analysis.board import Place
from app.analysis.board_layout import CARD_HEIGHT, EDGE, LOW_HEAD, PilePicture, spread_out, tidied
from app.models.verbs import Verb
from app.operations import board
from app.operations.themes import move_theme
from app.ui.board.canvas import NOWHERE, Key

if TYPE_CHECKING:
    from app.study import ChangeSession
    from app.ui.board.page import BoardPage

GRID = 8
"""What is let go of snaps to this."""


def drop(page: BoardPage, keys: Sequence[Key], target: Key, dx: float, dy: float, stays: bool) -> None:
    """What was carried lands: in a pile, on a card, or on the bare board."""
    if any(not code_id for _, code_id in keys):
        _drop_piles(page, keys, target, dx, dy)
        return
    cards = list(dict.fromkeys(keys))
    if target != NOWHERE and not target[1]:
        moving = [key for key in cards if key[0] != target[0]]
        if moving:
            _run(page, board.move_cards, _homes(moving), target[0], stays=stays)
            _choose_codes(page, target[0], moving)
    elif target != NOWHERE:
        pile_up(page, [target, *cards], stays=stays)
    else:
        places = _carried_places(page, cards, dx, dy)
        if places:
            _run(page, board.lay_cards, _homes(cards), places, stays=stays)
            _choose_codes(page, "", cards)


def bring(page: BoardPage, code_ids: Sequence[str], target: Key, point: QPointF | None) -> None:
    """Codes come out of the tray: into a pile, onto a card, or onto the bare board."""
    known = [one for one in code_ids if one in page.codes]
    cards = [("", one) for one in known]
    if not cards:
        return
    if target != NOWHERE and not target[1]:
        _run(page, board.move_cards, _homes(cards), target[0])
    elif target != NOWHERE:
        pile_up(page, [target, *cards])
        return
    else:
        start = (_snapped(point.x() - 40), _snapped(point.y() - CARD_HEIGHT / 2)) if point else free_place(page)
        places = dict(zip(known, spread_out(len(known), start), strict=True))
        _run(page, board.lay_cards, _homes(cards), places)
    _choose_codes(page, "" if target == NOWHERE else target[0], cards)


def pile_up(page: BoardPage, cards: Sequence[Key], *, stays: bool = False) -> None:
    """Put cards together in a new working pile where the first of them lies."""
    if not cards:
        page.desk.say(_tr("Choose some cards first: click them, or draw a frame round them."))
        return
    cards = list({key[1]: key for key in reversed(cards)}.values())[::-1]  # each code once
    box = page.canvas.box_of(cards[0]) if not cards[0][0] else None
    at = (_snapped(box.x - EDGE), _snapped(box.y - LOW_HEAD)) if box is not None else free_place(page)
    made = _run(page, board.make_pile, _homes(cards), at, stays=stays)
    if made is not None:
        page.canvas.choose([(made, "")])
        page.view.show_part((made, ""))


def make_theme(page: BoardPage, cards: Sequence[Key], name: str, concept: str, parent_id: str | None) -> bool:
    """Let cards become a theme that stands where they lay, or under another one; whether the study did it."""
    homes = {key[0] for key in cards}
    box = page.canvas.box_of((next(iter(homes)), "")) if len(homes) == 1 and homes != {""} else None
    pile = page.canvas.pile(next(iter(homes))) if len(homes) == 1 else None
    if pile is None or pile.theme is not None:
        box = next((one for key in cards if not key[0] and (one := page.canvas.box_of(key))), None)
    at = (box.x, box.y) if box is not None else free_place(page)
    place = at if parent_id is None else None
    theme_id = _run(page, board.make_theme, _homes(cards), name, concept=concept, parent_id=parent_id, place=place)
    if theme_id is None:
        return False
    page.canvas.choose([(theme_id, "")])
    page.view.show_part((theme_id, ""))
    return True


def spread(page: BoardPage, pile_id: str) -> None:
    """Spread a working pile out again, beginning where it stood."""
    box = page.canvas.box_of((pile_id, ""))
    codes = [code_id for home, code_id in page.canvas.cards if home == pile_id]
    if box is not None:
        places = dict(zip(codes, spread_out(len(codes), (_snapped(box.x), _snapped(box.y))), strict=True))
        if _run(page, board.dissolve_pile, pile_id, places) is not None:
            _choose_codes(page, "", [("", one) for one in codes])


def line_up(page: BoardPage, cards: Sequence[Key]) -> None:
    """Put the chosen single cards in rows, beginning where the upmost and leftmost of them lie."""
    boxes = {key[1]: box for key in cards if not key[0] and (box := page.canvas.box_of(key)) is not None}
    if len(boxes) < 2:
        page.desk.say(_tr("Choose two or more cards that lie by themselves."))
        return
    start = min(box.x for box in boxes.values()), min(box.y for box in boxes.values())
    order = sorted(boxes, key=lambda one: (boxes[one].y, boxes[one].x))
    places = dict(zip(order, spread_out(len(order), start), strict=True))
    _run(page, board.lay_cards, [(one, "") for one in order], places)


def take_off(page: BoardPage, cards: Sequence[Key]) -> None:
    """Take cards off the board or out of their themes."""
    if not cards:
        page.desk.say(_tr("Choose some cards first: click them, or draw a frame round them."))
    elif _run(page, board.take_off, _homes(cards)) is not None:
        page.desk.say(_tr("They are not placed now, unless they lie elsewhere too."), with_undo=True)


def move_to(page: BoardPage, cards: Sequence[Key], to: str, *, stays: bool) -> None:
    """Put cards into a pile or theme chosen by name."""
    _run(page, board.move_cards, _homes(cards), to, stays=stays)
    _choose_codes(page, to, cards)


def tidy(page: BoardPage) -> None:
    """Put everything in rows; one change, so that one Undo brings the old places back."""
    piles, cards = tidied(page.content)
    if piles or cards:
        page.desk.done(board.tidy, piles, cards)
        page.view.fit()
        page.desk.say(_tr("Themes, piles and cards stand in rows now."), with_undo=True)


def free_place(page: BoardPage) -> Place:
    """Under everything that lies on the board."""
    box = page.canvas.picture.bounds
    return _snapped(box.x), _snapped(box.y + box.height + 32)


def _drop_piles(page: BoardPage, keys: Sequence[Key], target: Key, dx: float, dy: float) -> None:
    """Piles land: a working pile in what lies there, a theme under a theme, or on the bare board."""
    found = [page.canvas.pile(pile_id) for pile_id, code_id in keys if not code_id]
    piles = [pile for pile in found if pile is not None]
    held = {pile.id for pile in piles}
    cards = [key for key in keys if key[1] and key[0] not in held]
    under = page.canvas.pile(target[0]) if target != NOWHERE and not target[1] else None

    def land(session: ChangeSession) -> bool:
        places: dict[str, Place] = {}
        for pile in piles:
            if not _enters(session, pile, under, held):
                places[pile.id] = _snapped(pile.box.x + dx), _snapped(pile.box.y + dy)
        board.place_piles(session, places)
        if under is not None:
            board.move_cards(session, _homes(cards), under.id)
        else:
            board.lay_cards(session, _homes(cards), _carried_places(page, cards, dx, dy))
        return True

    names = [pile.title for pile in piles if pile is not None]
    what = f"‘{names[0]}’" if len(names) == 1 and names[0] else _tr("a pile") if len(names) == 1 else _tr("piles")
    if under is None or under.theme is None:
        label = _tr("Move {what} on the board").format(what=what)
        page.desk.run_all(label, Verb.ARRANGE_BOARD, _pinned(page, land))
        return
    label = _tr("Put {what} under ‘{above}’").format(what=what, above=under.title)
    if page.desk.run_all(label, Verb.CLUSTER, _pinned(page, land)):
        said = _tr("Done: {label}.").format(label=label)
        page.desk.say(said, with_undo=True)


def _enters(session: ChangeSession, pile: PilePicture, under: PilePicture | None, held: set[str]) -> bool:
    """Put a pile into the one it was dropped on, or onto the bare board; whether it stands inside another one now."""
    above = pile.theme.parent_id if pile.theme is not None else None
    if above is not None and above in held:
        return True  # it is carried inside its theme
    if under is not None and pile.theme is None:
        board.join_piles(session, pile.id, under.id)
        return True
    if under is not None and under.theme is not None:
        if above != under.id:
            move_theme(session, pile.id, under.id)
        return True
    if above is not None:
        move_theme(session, pile.id, None)
    return False


def _run(page: BoardPage, operation: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """Do it, and keep all themes where they are seen; what the study refuses is said. None if refused."""

    def done(session: ChangeSession) -> Any:
        result = operation(session, *args, **kwargs)
        return True if result is None else result

    return page.desk.run(_pinned(page, done))


def _pinned(page: BoardPage, deed: Callable[[ChangeSession], Any]) -> Callable[[ChangeSession], Any]:
    """The deed, after all has been kept where it is seen: themes never placed, and what made room for others."""
    kept, picture = page.content.places, page.canvas.picture
    stored = {**kept.themes, **{pile.id: pile.place for pile in kept.piles}}
    piles = {key: place for key, place in picture.roots().items() if stored.get(key) != place}
    loose = {one.code.id: (one.box.x, one.box.y) for one in picture.cards if not one.home}
    cards = {code_id: place for code_id, place in loose.items() if kept.loose.get(code_id) != place}

    def run(session: ChangeSession) -> Any:
        board.pin(session, piles, cards)
        return deed(session)

    return run


def _carried_places(page: BoardPage, cards: Sequence[Key], dx: float, dy: float) -> dict[str, Place]:
    places = {}
    for key in cards:
        box = page.canvas.box_of(key)
        if box is not None:
            places[key[1]] = (_snapped(box.x + dx), _snapped(box.y + dy))
    return places


def _choose_codes(page: BoardPage, home: str, cards: Sequence[Key]) -> None:
    """The same codes are chosen where they lie now."""
    found = [(home, code_id) for _, code_id in cards if (home, code_id) in page.canvas.cards]
    page.canvas.choose(found)
    if found:
        page.view.show_part(found[0])


def _homes(cards: Sequence[Key]) -> list[board.Held]:
    return [(code_id, home) for home, code_id in cards]


def _snapped(value: float) -> float:
    return float(round(value / GRID) * GRID)


def _tr(text: str) -> str:
    return QCoreApplication.translate("BoardDeeds", text)
