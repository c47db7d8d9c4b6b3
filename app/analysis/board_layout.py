"""Where every card and pile of the board stands: the same board in, the same coordinates out.

What the researcher placed stays there; themes without a place stand in rows beneath. A pile holds its cards in columns,
a theme its subthemes beneath its cards, an overarching theme its themes. Where a pile has grown into another one, the
lower one makes room. Units are pixels at 100 %, y downwards, places are upper left corners.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from app.analysis.board import BoardContent, Place, WorkingPile
from app.analysis.codes import CodeRow
from app.analysis.map_layout import Box
from app.analysis.themes import ThemeRow
from app.models.kinds import CodeRole

CARD_WIDTH, CARD_HEIGHT = 224.0, 56.0
GAP = 8.0
"""Between the cards of a pile."""
EDGE = 12.0
"""Between the edge of a pile and what it holds."""
HEAD, LOW_HEAD = 68.0, 36.0
"""Room for the title of a theme with its idea, and of a working pile."""
APART = 32.0
"""Between piles."""
WIDE = 1.7
"""How much wider than high a tidy board is."""


@dataclass(frozen=True)
class CardPicture:
    """A card: a code where it lies. `home` is its theme or pile, "" if it lies by itself."""

    code: CodeRow
    home: str
    box: Box
    role: CodeRole | None = None
    also: tuple[str, ...] = ()
    """Names of the other themes it feeds."""

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other card and pile."""
        return self.home, self.code.id


@dataclass(frozen=True)
class PilePicture:
    """A theme or a working pile. `root` is the pile on top it stands in, itself if it stands alone."""

    id: str
    title: str
    box: Box
    root: str
    depth: int = 0
    theme: ThemeRow | None = None
    empty: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from every other card and pile."""
        return self.id, ""


@dataclass(frozen=True)
class BoardPicture:
    """Everything on the board; piles stand before what they hold."""

    piles: tuple[PilePicture, ...]
    cards: tuple[CardPicture, ...]

    @property
    def bounds(self) -> Box:
        """The box that holds all of it."""
        return _around([one.box for one in self.piles] + [one.box for one in self.cards])

    def roots(self) -> dict[str, Place]:
        """{pile on top: where it stands}."""
        return {one.id: (one.box.x, one.box.y) for one in self.piles if one.root == one.id}


@dataclass
class _Block:
    """A pile with what it holds, placed from its own upper left corner."""

    key: str
    title: str
    cards: list[tuple[CodeRow, CodeRole | None]]
    theme: ThemeRow | None = None
    beneath: Sequence[tuple[_Block, Place]] = ()
    columns: int = 1
    width: float = 0.0
    height: float = 0.0

    @property
    def head(self) -> float:
        return HEAD if self.theme is not None else LOW_HEAD


def lay_out(content: BoardContent) -> BoardPicture:
    """Place everything."""
    blocks = _blocks(content)
    places = {**content.places.themes, **{one.id: one.place for one in content.places.piles}}
    placed = {one.key: places[one.key] for one in blocks if one.key in places}
    bottom = max((placed[one.key][1] + one.height + APART for one in blocks if one.key in placed), default=0.0)
    left = min((place[0] for place in placed.values()), default=0.0)
    placed.update(_rows([one for one in blocks if one.key not in placed], bottom, left)[0])
    boxes = _apart({one.key: Box(*placed[one.key], one.width, one.height) for one in blocks})
    names = _names(content.themes)
    piles: list[PilePicture] = []
    cards: list[CardPicture] = []
    for block in blocks:
        box = boxes[block.key]
        _draw_block(block, (box.x, box.y), block.key, 0, names, piles, cards)
    roots = list(boxes.values())
    for code_id, place in content.places.loose.items():
        code = content.codes.get(code_id)
        if code is not None:
            at = _beside(Box(*place, CARD_WIDTH, CARD_HEIGHT), roots)
            cards.append(CardPicture(code, "", at, None, tuple(name for _, name in names.get(code_id, ()))))
    return BoardPicture(tuple(piles), tuple(cards))


def tidied(content: BoardContent) -> tuple[dict[str, Place], dict[str, Place]]:
    """Where piles and single cards stand on a tidy board: themes in their order, piles, then cards, in rows."""
    blocks = _blocks(content)
    places, bottom, wide = _rows(blocks, 0.0)
    cards = [content.codes[one] for one in content.codes if one in content.places.loose]
    columns = max(1, int((wide + GAP) // (CARD_WIDTH + GAP))) if blocks else _columns(len(cards), WIDE)
    top = bottom + (APART if blocks else 0.0)
    loose = {
        one.id: (number % columns * (CARD_WIDTH + GAP), top + number // columns * (CARD_HEIGHT + GAP))
        for number, one in enumerate(cards)
    }
    return places, loose


def spread_out(count: int, start: Place) -> list[Place]:
    """Places for so many cards beside and beneath each other, from an upper left corner."""
    columns = _columns(count, 1.2)
    return [
        (start[0] + number % columns * (CARD_WIDTH + GAP), start[1] + number // columns * (CARD_HEIGHT + GAP))
        for number in range(count)
    ]


def _blocks(content: BoardContent) -> list[_Block]:
    """The piles on top, themes first, each with what it holds."""
    below: dict[str | None, list[ThemeRow]] = {}
    known = {theme.id for theme in content.themes}
    for theme in content.themes:
        below.setdefault(theme.parent_id if theme.parent_id in known else None, []).append(theme)
    blocks = [_theme_block(theme, below, content.codes) for theme in below.get(None, ())]
    return blocks + [_pile_block(pile, content.codes) for pile in content.places.piles]


def _theme_block(theme: ThemeRow, below: Mapping[str | None, list[ThemeRow]], codes: Mapping[str, CodeRow]) -> _Block:
    cards: list[tuple[CodeRow, CodeRole | None]] = [(codes[one], role) for one, role in theme.codes if one in codes]
    beneath = [_theme_block(one, below, codes) for one in below.get(theme.id, ())]
    return _sized(_Block(theme.id, theme.name, cards, theme), beneath)


def _pile_block(pile: WorkingPile, codes: Mapping[str, CodeRow]) -> _Block:
    return _sized(_Block(pile.id, pile.title, [(codes[one], None) for one in pile.code_ids if one in codes]), [])


def _sized(block: _Block, beneath: list[_Block]) -> _Block:
    """The block with room for its cards and for what stands beneath them."""
    count = len(block.cards)
    block.columns = columns = 1 if count <= 6 else _columns(count, 0.8)
    rows = max(ceil(count / columns), 0 if beneath else 1)
    inner = columns * CARD_WIDTH + (columns - 1) * GAP
    top = block.head + rows * (CARD_HEIGHT + GAP) - (GAP if rows else 0.0)
    if beneath:
        offsets, bottom, wide = _side_by_side(beneath, top + (EDGE if rows else 0.0))
        block.beneath = [(one, offsets[one.key]) for one in beneath]
        inner, top = max(inner, wide), bottom
    block.width, block.height = inner + 2 * EDGE, top + EDGE
    return block


def _draw_block(
    block: _Block,
    at: Place,
    root: str,
    depth: int,
    names: Mapping[str, list[tuple[str, str]]],
    piles: list[PilePicture],
    cards: list[CardPicture],
) -> None:
    x, y = at
    empty = not block.cards and not block.beneath
    piles.append(
        PilePicture(block.key, block.title, Box(x, y, block.width, block.height), root, depth, block.theme, empty)
    )
    for number, (code, role) in enumerate(block.cards):
        box = Box(
            x + EDGE + number % block.columns * (CARD_WIDTH + GAP),
            y + block.head + number // block.columns * (CARD_HEIGHT + GAP),
            CARD_WIDTH,
            CARD_HEIGHT,
        )
        also = tuple(name for theme_id, name in names.get(code.id, ()) if theme_id != block.key)
        cards.append(CardPicture(code, block.key, box, role, also))
    for one, (dx, dy) in block.beneath:
        _draw_block(one, (x + dx, y + dy), root, depth + 1, names, piles, cards)


def _rows(
    blocks: Iterable[_Block], top: float, left: float = 0.0, *, gap: float = APART
) -> tuple[dict[str, Place], float, float]:
    """Blocks in rows from an upper left corner: where each stands, where the last row ends, how wide the widest is."""
    blocks = list(blocks)
    area = sum((one.width + gap) * (one.height + gap) for one in blocks)
    limit = max([sqrt(area * WIDE), *(one.width for one in blocks)], default=0.0)
    places: dict[str, Place] = {}
    x, y, high, wide = left, top, 0.0, 0.0
    for one in blocks:
        if x > left and x + one.width > left + limit:
            x, y, high = left, y + high + gap, 0.0
        places[one.key] = (x, y)
        x, high = x + one.width + gap, max(high, one.height)
        wide = max(wide, x - gap - left)
    return places, y + high, wide


def _side_by_side(blocks: list[_Block], top: float) -> tuple[dict[str, Place], float, float]:
    """Piles inside a pile: of one width in columns, each next one where there is most room; else in rows."""
    width = blocks[0].width
    if any(one.width != width for one in blocks):
        return _rows(blocks, top, EDGE, gap=EDGE)
    area = sum((one.height + EDGE) * (width + EDGE) for one in blocks)
    bottoms = [top] * min(len(blocks), max(1, round(sqrt(area * WIDE) / (width + EDGE))))
    places: dict[str, Place] = {}
    for one in blocks:
        column = bottoms.index(min(bottoms))
        places[one.key] = (EDGE + column * (width + EDGE), bottoms[column])
        bottoms[column] += one.height + EDGE
    return places, max(bottoms) - EDGE, len(bottoms) * (width + EDGE) - EDGE


def _apart(boxes: dict[str, Box]) -> dict[str, Box]:
    """The same boxes, none over another: the higher one stays, the lower one goes further down."""
    settled: dict[str, Box] = {}
    for key, box in sorted(boxes.items(), key=lambda one: (one[1].y, one[1].x, one[0])):
        while (over := next((one for one in settled.values() if one.overlaps(box)), None)) is not None:
            box = Box(box.x, over.y + over.height + GAP, box.width, box.height)
        settled[key] = box
    return settled


def _beside(card: Box, piles: list[Box]) -> Box:
    """A single card never lies on a pile, where it would seem to belong to it: it goes beneath."""
    while (over := next((one for one in piles if one.overlaps(card)), None)) is not None:
        card = Box(card.x, over.y + over.height + GAP, card.width, card.height)
    return card


def _names(themes: Iterable[ThemeRow]) -> dict[str, list[tuple[str, str]]]:
    """{code: (theme, its name) of the themes it feeds}."""
    found: dict[str, list[tuple[str, str]]] = {}
    for theme in themes:
        for code_id, _ in theme.codes:
            found.setdefault(code_id, []).append((theme.id, theme.name))
    return found


def _columns(count: int, wide: float) -> int:
    return max(1, round(sqrt(count * wide * (CARD_HEIGHT + GAP) / (CARD_WIDTH + GAP))))


def _around(boxes: Sequence[Box]) -> Box:
    if not boxes:
        return Box(0.0, 0.0, 0.0, 0.0)
    x, y = min(one.x for one in boxes), min(one.y for one in boxes)
    return Box(x, y, max(one.x + one.width for one in boxes) - x, max(one.y + one.height for one in boxes) - y)
