"""A theme map as a picture in plain data: what is drawn where, before anybody holds a brush.

The window and the exporters draw the same picture. Sizes are reckoned from character classes and not measured in a
font, so that the same map has the same coordinates on every machine; whoever draws fits the words into their room.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from math import atan2, cos, sin, sqrt

from app.analysis.map_content import MapCode, MapContent, MapMapping, MapTheme
from app.analysis.map_layout import Box, home_of, lay_out, subthemes, top_themes
from app.analysis.map_lines import MANY, Line, Point, run
from app.models.kinds import Direction, RelationKind, ThemeKind, Weight

NAME_SIZE, SMALL_SIZE = 15.0, 12.0
NAME_LINE, SMALL_LINE = 20.0, 16.0
NODE_WIDTH = 206.0
INSIDE = 14.0
MOST_LINES = 6
"""Lines of a name before it is cut with an ellipsis; the whole name is told on the side and in the description."""
HUES = ("#0072B2", "#D55E00", "#009E73", "#A3478C", "#8A6D00", "#2E86C1", "#6B4FA0", "#7A5C1E")
"""Of regions, in the order of the lens; a region is told by its name, never by its colour alone."""


@dataclass(frozen=True)
class RegionPicture:
    """The region of a dimension."""

    entry_id: str
    name: str
    box: Box
    hue: str
    empty: bool


@dataclass(frozen=True)
class CodeMark:
    """A code under its theme: words and colour."""

    words: str
    colour: str


@dataclass(frozen=True)
class NodePicture:
    """A theme: its name in lines, its subthemes each in lines, and its codes if they are shown."""

    theme_id: str
    name: str
    box: Box
    kind: ThemeKind
    status: str
    concept: str
    lines: tuple[str, ...]
    beneath: tuple[tuple[str, ...], ...]
    codes: tuple[CodeMark, ...]
    flag: str
    """Why it stands where its mappings do not say, or ""."""
    scale: float = 1.0


@dataclass(frozen=True)
class LinkPicture:
    """A mapping: a line from a theme to a region. Thickness says weight, dashes say direction."""

    theme_id: str
    entry_id: str
    line: Line
    weight: Weight
    direction: Direction
    hue: str
    words: str


@dataclass(frozen=True)
class RelationPicture:
    """A line between two themes with its word; an arrow where it runs one way."""

    relation_id: str
    from_id: str
    to_id: str
    line: Line
    words: str
    arrow: bool


@dataclass(frozen=True)
class NotePicture:
    """A free note."""

    note_id: str
    lines: tuple[str, ...]
    box: Box


@dataclass(frozen=True)
class MapPicture:
    """A whole map with its title and legend. `bounds` holds everything but these two."""

    title: str
    about: str
    regions: tuple[RegionPicture, ...]
    nodes: tuple[NodePicture, ...]
    links: tuple[LinkPicture, ...]
    relations: tuple[RelationPicture, ...]
    notes: tuple[NotePicture, ...]
    bounds: Box


def draw(content: MapContent, *, about: str = "", codes: bool = False) -> MapPicture:
    """The picture of a map. `about` stands under the title (label and date of a version); `codes` shows them."""
    sizes = {theme.id: _node_size(content, theme, codes) for theme in top_themes(content)}
    placed = lay_out(content, lambda theme: sizes[theme.id])
    names = {entry.id: entry.name for entry in content.entries}
    upper = {entry.id: entry.parent_id or entry.id for entry in content.entries}
    mapped = {upper[one.entry_id] for one in content.mappings if one.entry_id in upper}
    regions = tuple(
        RegionPicture(entry_id, names[entry_id], box, HUES[number % len(HUES)], entry_id not in mapped)
        for number, (entry_id, box) in enumerate(placed.regions.items())
    )  # fmt: skip
    nodes = tuple(_node(content, theme, placed.themes[theme.id], codes, theme.id in placed.flagged)
                  for theme in top_themes(content))  # fmt: skip
    by_entry = {region.entry_id: region for region in regions}
    lines = len(content.mappings) + len(content.relations)
    around = placed.themes if lines < MANY else {}
    links = tuple(
        _link(one, placed.themes, around, by_entry[upper[one.entry_id]], names[one.entry_id])
        for one in content.mappings
        if one.theme_id in placed.themes and upper.get(one.entry_id) in by_entry
    )  # fmt: skip
    owner = {theme.id: _drawn_as(theme) for theme in content.themes}
    relations = tuple(
        _relation(one.id, start, end, placed.themes, around, one.words, one.kind)
        for one in content.relations
        if (start := owner[one.from_id]) in placed.themes and (end := owner[one.to_id]) in placed.themes
        and start != end
    )  # fmt: skip
    umbrellas = tuple(
        _relation(f"under {theme.id}", theme.parent_id, theme.id, placed.themes, around, "", RelationKind.CONTRAST)
        for theme in top_themes(content)
        if theme.parent_id in placed.themes
    )  # fmt: skip
    notes = tuple(_note(one.id, one.text, one.x, one.y) for one in content.notes)
    boxes = [placed.bounds, *(note.box for note in notes)]
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.x + box.width for box in boxes), max(box.y + box.height for box in boxes)
    return MapPicture(
        content.title, about, regions, nodes, links, relations + umbrellas, notes,
        Box(left, top, right - left, bottom - top),
    )  # fmt: skip


def wrapped(words: str, width: float, size: float, most: int = MOST_LINES) -> tuple[str, ...]:
    """Words in lines no wider than `width` at a font of `size` pixels; the last line is cut if there are too many."""
    lines: list[str] = []
    line = ""
    for word in " ".join(words.split()).split(" "):
        for piece in _pieces(word, width, size):
            joined = f"{line} {piece}".strip() if piece is word or not line else piece
            if (line and wide(joined, size) > width) or (line and piece is not word):
                lines.append(line)
                line = piece
            else:
                line = joined
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip(" .,;:") + " …"]
    return tuple(lines)


def wide(words: str, size: float) -> float:
    """About how wide words are in a sans serif font of `size` pixels: generous, so that they fit where drawn."""
    total = 0.0
    for character in words:
        if unicodedata.east_asian_width(character) in "WF":
            total += 1.05
        elif unicodedata.combining(character):
            continue
        elif character in "iljtfrI.,:;'’!|()[] ":
            total += 0.36
        elif character.isupper() or character in "mwMW@%&":
            total += 0.78
        else:
            total += 0.60
    return total * size


def edge_point(box: Box, towards: tuple[float, float]) -> tuple[float, float]:
    """Where the line from a box's middle towards a point leaves the box."""
    x, y = box.middle
    dx, dy = towards[0] - x, towards[1] - y
    if not dx and not dy:
        return x, y
    reach = min(
        box.width / 2 / abs(dx) if dx else float("inf"),
        box.height / 2 / abs(dy) if dy else float("inf"),
        1.0,
    )
    return round(x + dx * reach, 1), round(y + dy * reach, 1)


def link_line(theme_id: str, boxes: Mapping[str, Box], region: Box, around: Mapping[str, Box] | None = None) -> Line:
    """The line of a mapping from a theme to the edge of a region: beside the theme inside, else where it is nearest."""
    box = boxes[theme_id]
    x, y = region.middle
    if region.holds(*box.middle):
        half = region.width / 2 * sqrt(1 - ((box.middle[1] - y) / (region.height / 2)) ** 2)
        end = (round(x + (half if box.middle[0] > x else -half), 1), round(box.middle[1], 1))
        return Line(edge_point(box, end), end)

    def ends(towards: Point) -> tuple[Point, Point]:
        seen_from = box.middle if towards == region.middle else towards
        angle = atan2((seen_from[1] - y) / region.height, (seen_from[0] - x) / region.width)
        end = (round(x + region.width / 2 * cos(angle), 1), round(y + region.height / 2 * sin(angle), 1))
        return edge_point(box, end if towards == region.middle else towards), end

    others = [one for held, one in (boxes if around is None else around).items() if held != theme_id]
    return run(ends, box.middle, region.middle, others)


def relation_line(from_id: str, to_id: str, boxes: Mapping[str, Box], around: Mapping[str, Box] | None = None) -> Line:
    """The line between two themes, from edge to edge."""
    one, other = boxes[from_id], boxes[to_id]

    def ends(towards: Point) -> tuple[Point, Point]:
        if towards == other.middle:
            return edge_point(one, other.middle), edge_point(other, one.middle)
        return edge_point(one, towards), edge_point(other, towards)

    others = [box for held, box in (boxes if around is None else around).items() if held not in (from_id, to_id)]
    return run(ends, one.middle, other.middle, others)


def _node_size(content: MapContent, theme: MapTheme, codes: bool) -> tuple[float, float]:
    inner = NODE_WIDTH - 2 * INSIDE
    height = 2 * INSIDE - 6 + NAME_LINE * len(wrapped(theme.name, inner, NAME_SIZE))
    beneath = subthemes(content, theme.id)
    if beneath:
        height += 6 + SMALL_LINE * sum(len(wrapped(one.name, inner - 12, SMALL_SIZE, 2)) for one in beneath)
    if codes:
        shown = _codes_of(content, theme)
        height += (6 if shown else 0) + SMALL_LINE * len(shown)
    return NODE_WIDTH * theme.size, height * theme.size


def _node(content: MapContent, theme: MapTheme, box: Box, codes: bool, flagged: bool) -> NodePicture:
    inner = NODE_WIDTH - 2 * INSIDE
    flag = ""
    if flagged:
        home = home_of(content, theme.id)
        name = next((entry.name for entry in content.entries if entry.id == home), "")
        flag = f"stands elsewhere than mapped ({name})" if name else "stands in a region but is not mapped"
    return NodePicture(
        theme.id, theme.name, box, theme.kind, theme.status.value, theme.concept,
        wrapped(theme.name, inner, NAME_SIZE),
        tuple(wrapped(one.name, inner - 12, SMALL_SIZE, 2) for one in subthemes(content, theme.id)),
        tuple(CodeMark(wrapped(one.name, inner - 14, SMALL_SIZE, 1)[0], one.colour)
              for one in _codes_of(content, theme)) if codes else (),
        flag, theme.size,
    )  # fmt: skip


def _codes_of(content: MapContent, theme: MapTheme) -> list[MapCode]:
    held = {code.id: code for one in (theme, *subthemes(content, theme.id)) for code in one.codes}
    return list(held.values())


def _drawn_as(theme: MapTheme) -> str:
    """The node a theme is drawn in: a subtheme in its theme's."""
    return theme.parent_id or theme.id if theme.kind == ThemeKind.SUBTHEME else theme.id


def _link(
    one: MapMapping, boxes: Mapping[str, Box], around: Mapping[str, Box], region: RegionPicture, name: str
) -> LinkPicture:
    line = link_line(one.theme_id, boxes, region.box, around)
    words = f"{name}: {one.weight.value}, {one.direction.value}"
    return LinkPicture(one.theme_id, one.entry_id, line, one.weight, one.direction, region.hue, words)


def _relation(
    relation_id: str,
    from_id: str,
    to_id: str,
    boxes: Mapping[str, Box],
    around: Mapping[str, Box],
    words: str,
    kind: RelationKind,
) -> RelationPicture:
    arrow = kind in (RelationKind.LEADS_INTO, RelationKind.OWN_WORD)
    return RelationPicture(relation_id, from_id, to_id, relation_line(from_id, to_id, boxes, around), words, arrow)


def _note(note_id: str, text: str, x: float, y: float) -> NotePicture:
    lines = tuple(line for part in text.splitlines()[:12] for line in wrapped(part, 220, SMALL_SIZE, 8))
    width = min(240.0, max(wide(line, SMALL_SIZE) for line in lines) + 20)
    return NotePicture(note_id, lines, Box(x, y, width, SMALL_LINE * len(lines) + 14))


def _pieces(word: str, width: float, size: float) -> list[str]:
    """A word cut where it alone is wider than a line."""
    if wide(word, size) <= width:
        return [word]
    pieces, piece = [], ""
    for character in word:
        if piece and wide(piece + character, size) > width:
            pieces.append(piece)
            piece = ""
        piece += character
    return [*pieces, piece]
