"""The canvas: a picture of the board as parts on a scene. What is carried follows; the study decides on release."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QColor, QPainterPath
from PySide6.QtWidgets import QGraphicsScene

from app.analysis.board import Heard
from app.analysis.board_layout import BoardPicture, CardPicture, PilePicture
from app.analysis.map_layout import Box
from app.ui.board.parts import CARD, CARRIED, PILE, CardPart, Ink, PilePart

Key = tuple[str, str]
"""A card: (its pile or theme, its code). A pile: (itself, "")."""
MARGIN = 400.0
NOWHERE: Key = ("", "")


class BoardCanvas(QGraphicsScene):
    """One board. Parts are kept as long as what they show is there, so that a change redraws only what it touched."""

    choiceChanged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cards: dict[Key, CardPart] = {}
        self.piles: dict[str, PilePart] = {}
        self.picture = BoardPicture((), ())
        self.at_hand: Key = NOWHERE
        self.target: Key = NOWHERE
        self._chosen: dict[Key, None] = {}
        self._carried: list[CardPart | PilePart] = []
        self._found: set[str] | None = None
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.BspTreeIndex)

    # --- what is shown -------------------------------------------------------------------------------------------

    def show_picture(self, picture: BoardPicture, heard: Mapping[str, Heard], ink: Ink, *, anew: bool = False) -> None:
        """Put a picture on the scene; `anew` for other colours. What was chosen stays chosen if it is still there."""
        if anew:
            self.clear()
            self.cards, self.piles = {}, {}
        self.let_go()
        self.picture = picture
        here = {one.key for one in picture.cards} | {one.key for one in picture.piles}
        for key in [key for key in self.cards if key not in here]:
            self.removeItem(self.cards.pop(key))
        for pile_id in [one for one in self.piles if (one, "") not in here]:
            self.removeItem(self.piles.pop(pile_id))
        for one in picture.piles:
            pile = self.piles.get(one.id)
            if pile is not None:
                pile.show_pile(one)
            else:
                self.piles[one.id] = pile = PilePart(one, ink)
                self.addItem(pile)
        for card in picture.cards:
            part = self.cards.get(card.key)
            if part is not None:
                part.show_card(card, heard.get(card.code.id))
            else:
                self.cards[card.key] = part = CardPart(card, heard.get(card.code.id), ink)
                self.addItem(part)
        self.setBackgroundBrush(QColor(ink.tokens.paper))
        margin = MARGIN if here else 0.0
        self.setSceneRect(self.everything().adjusted(-margin, -margin, margin, margin))
        self.show_found(self._found)
        self.choose([key for key in self._chosen if key in here], self.at_hand if self.at_hand in here else NOWHERE)

    def everything(self) -> QRectF:
        """The rectangle that holds all parts."""
        box = self.picture.bounds
        return QRectF(box.x, box.y, box.width, box.height)

    def show_found(self, found: set[str] | None) -> None:
        """Let all cards but those of these codes step back; None: nothing is looked for."""
        self._found = found
        for card in self.cards.values():
            card.set_faint(found is not None and card.picture.code.id not in found)

    # --- choosing ------------------------------------------------------------------------------------------------

    def choose(self, keys: Iterable[Key], at_hand: Key | None = None) -> None:
        """Choose exactly these, in this order; the last of them is at hand unless another is named."""
        self._chosen = dict.fromkeys(keys)
        self.at_hand = at_hand if at_hand is not None else next(reversed(self._chosen), NOWHERE)
        codes = {code_id for _, code_id in self._chosen if code_id}
        for key, card in self.cards.items():
            card.mark(chosen=key in self._chosen, at_hand=key == self.at_hand)
            same = key[1] in codes
            if same != card.same:
                card.same = same
                card.update()
        for pile_id, pile in self.piles.items():
            key = (pile_id, "")
            pile.mark(chosen=key in self._chosen, at_hand=key == self.at_hand)
        self.choiceChanged.emit()

    @property
    def chosen(self) -> list[Key]:
        """What is chosen, in the order it was."""
        return list(self._chosen)

    def chosen_cards(self) -> list[Key]:
        """The chosen cards; those of a chosen working pile too."""
        found = dict.fromkeys(key for key in self._chosen if key[1])
        for pile_id in self.chosen_piles():
            if self.piles[pile_id].picture.theme is None:
                found.update(dict.fromkeys(key for key in self.cards if key[0] == pile_id))
        return list(found)

    def chosen_piles(self) -> list[str]:
        """The chosen piles and themes."""
        return [key[0] for key in self._chosen if not key[1]]

    def within(self, path: QPainterPath) -> list[Key]:
        """The cards whose middles lie in a path."""
        bounds = path.boundingRect()
        found = []
        for key, card in self.cards.items():
            middle = QPointF(*card.picture.box.middle)
            if bounds.contains(middle) and path.contains(middle):
                found.append(key)
        return found

    def box_of(self, key: Key) -> Box | None:
        """Where a card or pile stands."""
        part = self.part(key)
        return part.picture.box if part is not None else None

    def part(self, key: Key) -> CardPart | PilePart | None:
        """The part of a card or pile."""
        return self.cards.get(key) if key[1] else self.piles.get(key[0])

    def at(self, point: QPointF, but: frozenset[Key] = frozenset()) -> Key:
        """What lies at a point, on top of everything but these: a card, else the innermost pile."""
        x, y = point.x(), point.y()
        for card in reversed(self.picture.cards):
            if _holds(card.box, x, y) and card.key not in but:
                return card.key
        for pile in reversed(self.picture.piles):
            if _holds(pile.box, x, y) and pile.key not in but:
                return pile.key
        return NOWHERE

    def landing(self, point: QPointF) -> Key:
        """Where what is carried would land at a point: in a pile, or on a single card to make one with it."""
        carried = self.carried_keys()
        key = self.at(point, carried)
        if key[1] and key[0]:
            return key[0], ""
        with_pile = any(isinstance(part, PilePart) for part in self._carried)
        return NOWHERE if key[1] and with_pile else key

    def step(self, dx: int, dy: int) -> Key:
        """The card or pile next to the one at hand in a direction; without one, the first."""
        here = self.box_of(self.at_hand) if self.at_hand != NOWHERE else None
        each: list[CardPicture | PilePicture] = [*self.picture.piles, *self.picture.cards]
        if here is None:
            return self.first()
        best, least = NOWHERE, 0.0
        for one in each:
            along, aside = _offset(here, one.box, dx, dy)
            if one.key == self.at_hand or along <= 0:
                continue
            far = along + 3 * aside
            if best == NOWHERE or far < least:
                best, least = one.key, far
        return best

    def first(self) -> Key:
        """What stands at the upper left."""
        each: list[CardPicture | PilePicture] = [*self.picture.piles, *self.picture.cards]
        found = min(each, key=lambda one: (one.box.y, one.box.x), default=None)
        return found.key if found is not None else NOWHERE

    # --- carrying ------------------------------------------------------------------------------------------------

    def carry(self, keys: Iterable[Key]) -> None:
        """Take these up, piles with all they hold."""
        self.let_go()
        wanted = set(keys)
        piles = {key[0] for key in wanted if not key[1]}
        for pile in self.picture.piles:  # a pile stands before what it holds
            theme = pile.theme
            if pile.id in piles or (theme is not None and theme.parent_id in piles):
                piles.add(pile.id)
                self._carried.append(self.piles[pile.id])
        self._carried += [card for key, card in self.cards.items() if key in wanted or key[0] in piles]
        for part in self._carried:
            part.setZValue(part.zValue() + CARRIED)

    def carried_keys(self) -> frozenset[Key]:
        """What is carried now."""
        return frozenset(part.picture.key for part in self._carried)

    def carry_by(self, dx: float, dy: float) -> None:
        """What is carried stands so far from its place."""
        for part in self._carried:
            box = part.picture.box
            part.setPos(box.x + dx, box.y + dy)

    def aim(self, key: Key) -> None:
        """Show where what is carried would land."""
        if key == self.target:
            return
        for one, hot in ((self.target, False), (key, True)):
            part = self.part(one) if one != NOWHERE else None
            if part is not None:
                part.hot = hot
                part.update()
        self.target = key

    def let_go(self) -> None:
        """Nothing is carried any more; all stands where the study has it."""
        self.aim(NOWHERE)
        for part in self._carried:
            box = part.picture.box
            part.setPos(box.x, box.y)
            part.setZValue(CARD if isinstance(part, CardPart) else PILE + part.picture.depth)
        self._carried = []

    def stands_free(self, key: Key) -> bool:
        """Whether it has a place of its own: a single card, or a pile on top."""
        pile = self.pile(key[0])
        return not key[0] if key[1] else pile is not None and pile.root == pile.id

    def card(self, key: Key) -> CardPicture | None:
        """What a card shows."""
        part = self.cards.get(key)
        return part.picture if part is not None else None

    def pile(self, pile_id: str) -> PilePicture | None:
        """What a pile shows."""
        part = self.piles.get(pile_id)
        return part.picture if part is not None else None


def _holds(box: Box, x: float, y: float) -> bool:
    return box.x <= x <= box.x + box.width and box.y <= y <= box.y + box.height


def _offset(here: Box, there: Box, dx: int, dy: int) -> tuple[float, float]:
    """How far one box is from another along a direction, and aside of it, by their upper left corners."""
    x, y = there.x - here.x, there.y - here.y
    return (x * dx, abs(y)) if dx else (y * dy, abs(x))
