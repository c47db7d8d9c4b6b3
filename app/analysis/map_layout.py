"""Where everything of a theme map stands: the same map in, the same coordinates out.

Regions of the dimensions stand round the middle and do not overlap. A theme without a place of its own stands in the
region it belongs to: that of its weightiest mapping, the first of the lens where two weigh the same. What has no
mapping stands outside, under the regions: what the framework does not explain. What the researcher placed stays where
it was put; it is flagged if that is not where its mappings say.

Units are those of the map (about a pixel at 100 %), y downwards, places of themes are their middles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import ceil, cos, hypot, pi, sin, sqrt

from app.analysis.map_content import MapContent, MapEntry, MapTheme
from app.models.kinds import Weight

GAP = 28.0
"""Between nodes, and between a region's edge and its nodes."""
HEAD = 58.0
"""Room at the top of a region for its name."""
LEAST = 170.0
"""The smallest radius of a region."""
RING_GAP = 70.0

_ORDER = {Weight.CENTRAL: 0, Weight.SUPPORTING: 1, Weight.IN_PASSING: 2}

Size = tuple[float, float]


@dataclass(frozen=True)
class Box:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def overlaps(self, other: Box, gap: float = 0.0) -> bool:
        """Whether two boxes come nearer than `gap`."""
        return (
            self.x < other.x + other.width + gap
            and other.x < self.x + self.width + gap
            and self.y < other.y + other.height + gap
            and other.y < self.y + self.height + gap
        )

    def ellipse_meets(self, other: Box) -> bool:
        """Whether the ellipses that fill two boxes have a point in common (looked for along both, to one degree)."""
        return any(
            theirs.holds(
                mine.middle[0] + mine.width / 2 * cos(angle * pi / 180),
                mine.middle[1] + mine.height / 2 * sin(angle * pi / 180),
            )
            for mine, theirs in ((self, other), (other, self))
            for angle in range(360)
        )

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in the ellipse that fills this box."""
        middle_x, middle_y = self.middle
        return ((x - middle_x) / (self.width / 2)) ** 2 + ((y - middle_y) / (self.height / 2)) ** 2 <= 1


@dataclass(frozen=True)
class Placed:
    """The places of a map: {entry or theme id: its box}, and which themes stand where their mappings do not say."""

    regions: dict[str, Box]
    themes: dict[str, Box]
    flagged: frozenset[str]
    bounds: Box


def lay_out(content: MapContent, size_of: Callable[[MapTheme], Size]) -> Placed:
    """Place every region and every top theme. `size_of` gives width and height of a theme's node, with all it shows."""
    tops = top_themes(content)
    homes = {theme.id: home_of(content, theme.id) for theme in tops}
    sizes = {theme.id: size_of(theme) for theme in tops}
    dimensions = [entry for entry in content.entries if entry.parent_id is None]
    members = {entry.id: [one for one in tops if homes[one.id] == entry.id] for entry in dimensions}
    free = {
        entry.id: [sizes[one.id] for one in members[entry.id] if one.x is None or one.y is None] for entry in dimensions
    }
    regions = _regions(dimensions, {one: _radius(held) for one, held in free.items()})
    boxes = {
        theme.id: _around(theme.x, theme.y, sizes[theme.id])
        for theme in tops
        if theme.x is not None and theme.y is not None
    }
    for entry in dimensions:
        waiting = [one for one in members[entry.id] if one.id not in boxes]
        _fill(regions[entry.id], waiting, sizes, boxes)
    outside = [one for one in tops if homes[one.id] is None and one.id not in boxes]
    _line_up_below(regions.values(), outside, sizes, boxes)
    flagged = frozenset(
        theme.id for theme in tops if theme.x is not None and not _agrees(content, theme.id, boxes[theme.id], regions)
    )
    return Placed(regions, boxes, flagged, _bounds([*regions.values(), *boxes.values()]))


def top_themes(content: MapContent) -> list[MapTheme]:
    """The themes that have a node of their own: those on top and those under an umbrella, not subthemes."""
    kinds = {theme.id: theme for theme in content.themes}
    return [
        theme
        for theme in content.themes
        if theme.kind.value != "subtheme" and not (theme.parent_id and theme.parent_id not in kinds)
    ]


def subthemes(content: MapContent, theme_id: str) -> list[MapTheme]:
    """The subthemes of a theme, drawn inside its node."""
    return [one for one in content.themes if one.parent_id == theme_id and one.kind.value == "subtheme"]


def home_of(content: MapContent, theme_id: str) -> str | None:
    """The dimension a theme belongs to on the map: that of its weightiest mapping; None without any."""
    order = {entry.id: number for number, entry in enumerate(content.entries)}
    upper = {entry.id: entry.parent_id or entry.id for entry in content.entries}
    weighed = sorted(
        (_ORDER[one.weight], order[upper[one.entry_id]], upper[one.entry_id])
        for one in content.mappings
        if one.theme_id == theme_id and one.entry_id in upper and upper[one.entry_id] in order
    )
    return weighed[0][2] if weighed else None


def _agrees(content: MapContent, theme_id: str, box: Box, regions: dict[str, Box]) -> bool:
    """Whether a theme stands in a region it is mapped to, with the heaviest weight it has; or outside all, unmapped."""
    upper = {entry.id: entry.parent_id or entry.id for entry in content.entries}
    mine = [one for one in content.mappings if one.theme_id == theme_id and one.entry_id in upper]
    inside = {entry_id for entry_id, region in regions.items() if region.holds(*box.middle)}
    if not mine:
        return not inside
    heaviest = min(_ORDER[one.weight] for one in mine)
    wanted = {upper[one.entry_id] for one in mine if _ORDER[one.weight] == heaviest}
    return bool(inside & wanted)


def _radius(sizes: list[Size]) -> float:
    """The smallest radius (in steps of 10) of a circle in which nodes of these sizes stand in rows."""
    radius = max(LEAST, ceil(sqrt(sum(w * h for w, h in sizes) / pi) / 10) * 10)
    while _rows_in(radius, radius, sizes) is None:
        radius += 10
    return radius


def _rows_in(half_width: float, half_height: float, sizes: list[Size]) -> list[tuple[float, float]] | None:
    """Middles of nodes in rows inside an ellipse about (0, 0), under the room for its name; None if they do not fit."""
    start = -half_height + HEAD
    rows: list[list[int]] = []
    tops: list[float] = []
    number, y = 0, start
    while number < len(sizes):
        height = max(size[1] for size in sizes[number : number + 1])
        room = _chord(half_width, half_height, y, height)
        row = [number]
        used = sizes[number][0]
        while row[-1] + 1 < len(sizes):
            following = sizes[row[-1] + 1]
            taller = max(height, following[1])
            if used + GAP + following[0] > _chord(half_width, half_height, y, taller) - 2 * GAP:
                break
            height, used = taller, used + GAP + following[0]
            row.append(row[-1] + 1)
        if used > room - 2 * GAP:
            y += 10
            if y > half_height:
                return None
            continue
        rows.append(row)
        tops.append(y)
        number = row[-1] + 1
        y += height + GAP
    if y - GAP > half_height - GAP / 2:
        return None
    lower = (half_height - GAP / 2 - (y - GAP)) / 2 if rows else 0.0
    middles: list[tuple[float, float]] = []
    for row, top in zip(rows, tops, strict=True):
        height = max(sizes[one][1] for one in row)
        shift = lower if _chord(half_width, half_height, top + lower, height) >= _width(row, sizes) + 2 * GAP else 0.0
        x = -_width(row, sizes) / 2
        for one in row:
            middles.append((x + sizes[one][0] / 2, top + shift + height / 2))
            x += sizes[one][0] + GAP
    return middles


def _width(row: list[int], sizes: list[Size]) -> float:
    return sum(sizes[one][0] for one in row) + GAP * (len(row) - 1)


def _chord(half_width: float, half_height: float, top: float, height: float) -> float:
    """The width of an ellipse about (0, 0) over all of [top, top + height]."""
    farthest = max(abs(top), abs(top + height))
    if farthest >= half_height:
        return 0.0
    return 2 * half_width * sqrt(1 - (farthest / half_height) ** 2)


def _regions(dimensions: list[MapEntry], radii: dict[str, float]) -> dict[str, Box]:
    """Circles round the middle, the first on top, as near as they may stand without touching."""
    count = len(dimensions)
    ring = 0.0
    if count > 1:
        largest = [radii[one.id] for one in dimensions]
        apart = max(largest[n] + largest[(n + 1) % count] for n in range(count)) + RING_GAP
        ring = apart / (2 * sin(pi / count)) if count > 2 else apart / 2
    boxes = {}
    for number, entry in enumerate(dimensions):
        if entry.place is not None:
            boxes[entry.id] = Box(*entry.place)
            continue
        angle = -pi / 2 + 2 * pi * number / max(1, count) if count != 2 else pi * (1 - number)
        x, y, radius = ring * cos(angle), ring * sin(angle), radii[entry.id]
        boxes[entry.id] = Box(round(x - radius, 1), round(y - radius, 1), 2 * radius, 2 * radius)
    return boxes


def _fill(region: Box, themes: list[MapTheme], sizes: dict[str, Size], boxes: dict[str, Box]) -> None:
    """Place themes in their region, round what stands there already."""
    middle_x, middle_y = region.middle
    middles = _rows_in(region.width / 2, region.height / 2, [sizes[one.id] for one in themes])
    for number, theme in enumerate(themes):
        offset = middles[number] if middles is not None else (0.0, 0.0)
        wanted = _around(round(middle_x + offset[0], 1), round(middle_y + offset[1], 1), sizes[theme.id])
        boxes[theme.id] = _nearest_free(wanted, boxes.values(), region)


def _line_up_below(
    regions: Iterable[Box], themes: list[MapTheme], sizes: dict[str, Size], boxes: dict[str, Box]
) -> None:
    """Place what has no mapping in rows under everything."""
    held = [*regions, *boxes.values()]
    bounds = _bounds(held)
    x, y, height = bounds.x, bounds.y + bounds.height + 2 * GAP if held else 0.0, 0.0
    for theme in themes:
        width, tall = sizes[theme.id]
        if x > bounds.x and x + width > bounds.x + max(bounds.width, 900.0):
            x, y, height = bounds.x, y + height + GAP, 0.0
        boxes[theme.id] = Box(x, y, width, tall)
        x, height = x + width + GAP, max(height, tall)


def _nearest_free(wanted: Box, taken: Iterable[Box], region: Box) -> Box:
    """The place nearest to the one wanted where nothing stands, inside the region while there is one."""
    others = list(taken)
    if not any(wanted.overlaps(other, 8) for other in others):
        return wanted
    best: tuple[float, Box] | None = None
    for ring in range(1, 60):
        for step in range(8 * ring):
            angle = 2 * pi * step / (8 * ring)
            moved = Box(
                round(wanted.x + 24 * ring * cos(angle), 1), round(wanted.y + 24 * ring * sin(angle), 1),
                wanted.width, wanted.height,
            )  # fmt: skip
            if any(moved.overlaps(other, 8) for other in others):
                continue
            far = hypot(moved.x - wanted.x, moved.y - wanted.y) + (0 if region.holds(*moved.middle) else 10_000)
            if best is None or far < best[0]:
                best = (far, moved)
        if best is not None and best[0] < 24 * ring:
            break
    return best[1] if best is not None else wanted


def _around(x: float, y: float, size: Size) -> Box:
    return Box(x - size[0] / 2, y - size[1] / 2, size[0], size[1])


def _bounds(boxes: list[Box]) -> Box:
    if not boxes:
        return Box(0.0, 0.0, 0.0, 0.0)
    left, top = min(one.x for one in boxes), min(one.y for one in boxes)
    right, bottom = max(one.x + one.width for one in boxes), max(one.y + one.height for one in boxes)
    return Box(left, top, right - left, bottom - top)
