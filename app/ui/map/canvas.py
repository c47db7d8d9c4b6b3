"""The canvas: a picture of a map as parts on a scene. Lines follow while one drags; the study decides on release."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QGraphicsScene

from app.analysis.map_layout import Box
from app.analysis.map_lines import MANY
from app.analysis.map_picture import MapPicture, link_line, relation_line
from app.exporters.painted.brush import Ink, rectangle
from app.ui.map.items import Backdrop, LinkPart, Movable, NodePart, NotePart, Part, RegionPart, RelationPart

MARGIN = 24.0


class MapCanvas(QGraphicsScene):
    """One map. What one does on it comes out as signals in coordinates of the map (middles of themes)."""

    themesPlaced = Signal(dict)
    regionPlaced = Signal(str, object)
    notePlaced = Signal(str, float, float)
    somethingChosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.nodes: dict[str, NodePart] = {}
        self.notes: dict[str, NotePart] = {}
        self.regions: dict[str, RegionPart] = {}
        self._links: dict[str, list[LinkPart]] = {}
        self._relations: dict[str, list[RelationPart]] = {}
        self.relations: dict[str, RelationPart] = {}
        self._behind: list[tuple[Backdrop, QRectF]] = []
        """What the picture behind themes and notes holds, from the lowest to the highest, with what it covers."""
        self._drawing = False
        self.selectionChanged.connect(self._on_selection)

    def show_picture(
        self,
        picture: MapPicture,
        ink: Ink,
        accent: str,
        *,
        editable: bool,
        marked: dict[str, tuple[str, str]] | None = None,
        commented: dict[str, bool] | None = None,
    ) -> None:
        """Put a picture on the scene; what was chosen stays chosen.

        `marked`: {theme id: colour of a mark round it, and its word}; `commented`: {theme id: whether it waits}.
        """
        chosen = self.chosen_ids()
        self._drawing = True
        self.clear()
        self.nodes, self.notes, self.regions, self.relations = {}, {}, {}, {}
        self._links, self._relations, self._behind = {}, {}, []
        for region in picture.regions:
            part = RegionPart(region, ink, accent, editable)
            part.placed = lambda entry_id, box: self.regionPlaced.emit(entry_id, box)
            self.regions[region.entry_id] = part
            self._put_behind(part)
        for link in picture.links:
            line = LinkPart(link, ink, accent)
            self._links.setdefault(link.theme_id, []).append(line)
            self._put_behind(line)
        for relation in picture.relations:
            between = RelationPart(relation, ink, accent, silent=len(picture.relations) > MANY)
            self.relations[relation.relation_id] = between
            for end in (relation.from_id, relation.to_id):
                self._relations.setdefault(end, []).append(between)
            self._put_behind(between)
        for node in picture.nodes:
            card = NodePart(node, ink, accent, editable)
            card.moved = self._follow
            card.marked, card.mark_word = (marked or {}).get(node.theme_id, ("", ""))
            card.comment = (commented or {}).get(node.theme_id)
            self.nodes[node.theme_id] = card
            self.addItem(card)
        for note in picture.notes:
            slip = NotePart(note, ink, accent, editable)
            self.notes[note.note_id] = slip
            self.addItem(slip)
        self.setBackgroundBrush(QColor(ink.paper))
        self.setSceneRect(rectangle(picture.bounds).adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN))
        self.choose(chosen)
        self._drawing = False
        self.invalidate(QRectF(), QGraphicsScene.SceneLayer.BackgroundLayer)

    def drawBackground(self, painter: QPainter, rect: QRectF) -> None:
        """The paper, the regions and the lines: a view keeps this as one picture and only moves it about."""
        painter.fillRect(rect, self.backgroundBrush())
        for part, covered in self._behind:
            if not part.lifted and covered.intersects(rect):
                painter.save()
                part.draw(painter)
                painter.restore()
        for region in self.regions.values():
            if not region.lifted and region.boundingRect().intersects(rect):
                region.draw_name(painter)

    def _put_behind(self, part: Backdrop) -> None:
        part.lifting = self._on_lifting
        self.addItem(part)
        self._behind.append((part, part.boundingRect()))

    def _on_lifting(self, part: Backdrop) -> None:
        covered = next((covered for one, covered in self._behind if one is part), QRectF())
        self.invalidate(covered, QGraphicsScene.SceneLayer.BackgroundLayer)

    def everything(self) -> QRectF:
        """The rectangle that holds all parts as they stand."""
        return self.itemsBoundingRect().adjusted(-24, -24, 24, 24)

    def chosen_ids(self) -> set[str]:
        """Keys of the themes, notes and relations that are chosen."""
        found = set()
        for part in self.selectedItems():
            if isinstance(part, NodePart):
                found.add(part.picture.theme_id)
            elif isinstance(part, NotePart):
                found.add(part.picture.note_id)
            elif isinstance(part, RelationPart):
                found.add(part.picture.relation_id)
        return found

    def chosen_themes(self) -> list[str]:
        """The themes chosen, in the order of the tree."""
        return [theme_id for theme_id, part in self.nodes.items() if part.isSelected()]

    def choose(self, ids: set[str]) -> None:
        """Choose exactly these."""
        for parts in (self.nodes, self.notes, self.relations):
            for key, part in parts.items():
                part.setSelected(key in ids)

    def settle(self) -> None:
        """What was dragged or nudged is let go: tell where it stands now."""
        themes = {key: part.box.middle for key, part in self.nodes.items() if not part.pos().isNull()}
        notes = [(key, part.box) for key, part in self.notes.items() if not part.pos().isNull()]
        if themes:
            self.themesPlaced.emit(themes)
        for key, box in notes:
            self.notePlaced.emit(key, box.x, box.y)

    def nudge(self, dx: float, dy: float) -> bool:
        """Move what is chosen by key. Returns whether anything was."""
        parts = [part for part in self.selectedItems() if isinstance(part, Movable)]
        for part in parts:
            part.moveBy(dx, dy)
        return bool(parts)

    def align(self, how: str) -> None:
        """Align the themes chosen: "left", "middle" (one under another), "top", or "row" (beside each other)."""
        parts = [self.nodes[one] for one in self.chosen_themes()]
        if len(parts) < 2:
            return
        boxes = [part.box for part in parts]
        left, top = min(one.x for one in boxes), min(one.y for one in boxes)
        x, y = boxes[0].middle
        places = {}
        for part, box in zip(parts, boxes, strict=True):
            middle = {
                "left": (left + box.width / 2, box.middle[1]),
                "top": (box.middle[0], top + box.height / 2),
                "middle": (x, box.middle[1]),
                "row": (box.middle[0], y),
            }[how]
            places[part.picture.theme_id] = middle
        self.themesPlaced.emit(places)  # all of them, or the layout would move the one that stood right already

    def _on_selection(self) -> None:
        if not self._drawing:
            self.somethingChosen.emit()

    def _follow(self, part: Part) -> None:
        """A theme is on its way: its lines run straight to it until it is let go."""
        if not isinstance(part, NodePart):
            return
        theme_id = part.picture.theme_id
        here: dict[str, Box] = {theme_id: part.box}
        for link in self._links.get(theme_id, ()):
            region = self.regions.get(_home(link, self.regions))
            if region is not None:
                link.follow(replace(link.picture, line=link_line(theme_id, here, region.picture.box)))
        for relation in self._relations.get(theme_id, ()):
            ends = (relation.picture.from_id, relation.picture.to_id)
            if all(one in self.nodes for one in ends):
                boxes = {one: self.nodes[one].box for one in ends}
                relation.follow(replace(relation.picture, line=relation_line(*ends, boxes)))


def _home(link: LinkPart, regions: dict[str, RegionPart]) -> str:
    """The region a link ends on: that of its entry, or of the dimension of the same hue for an indicator beneath."""
    if link.picture.entry_id in regions:
        return link.picture.entry_id
    return next((key for key, part in regions.items() if part.picture.hue == link.picture.hue), "")
