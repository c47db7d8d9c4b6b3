"""Themes, dimensions and the map in the words of REFI-QDA, which knows none of them.

A theme is told twice: as a code that cannot be coded with (it survives in every tool), with the codes that stand on top
and feed it first beneath it; and as a set of all codes that feed it. A dimension is such a code with a set of its
themes. How they meet, what themes have to do with each other and what a code is to a theme are links, the map a graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from lxml import etree
from sqlalchemy.orm import Session

from app.analysis.map_content import live_content
from app.analysis.themes import ThemeRow, lens_in_use, mapping_rows, theme_rows, unexplained
from app.exporters.refi_parts import Xml, derived
from app.models import Memo
from app.models.kinds import CodeRole, RelationKind

THEME, DIMENSION = "Theme: ", "Dimension: "
WIDTH = 200
TEXTS = (("concept", "Central organising concept:"), ("definition", "Definition:"), ("boundary", "What it is not:"),
         ("story", "Story:"), ("implication", "Implication for practice:"), ("status", "Status:"),
         ("kind", "Kind:"))  # fmt: skip
"""What stands in the description of a theme, each behind its head."""


class ThemesOut:
    """Writes what a study says of themes into a project or a code book."""

    def __init__(self, session: Session, xml: Xml) -> None:
        self._session, self._xml = session, xml
        self.themes = theme_rows(session)
        self.lens = lens_in_use(session)
        self.mappings = mapping_rows(session, self.lens.id) if self.lens else []
        self._misses = unexplained(session, self.lens.id) if self.lens else {}
        self._elements: dict[str, etree._Element] = {}
        met = {one.entry_id for one in self.mappings}
        entries = self.lens.all_entries if self.lens and self.themes else ()
        self._entries = [one for one in entries if one.parent_id is None or one.id in met]

    def add_codes(self, codes: etree._Element, tops: set[str]) -> dict[str, etree._Element]:
        """Dimensions and themes as codes; returns {code on top: the theme it stands under}."""
        xml = self._xml
        for entry in self._entries:
            element = xml.add(codes, "Code", guid=entry.id, name=DIMENSION + entry.name, isCodable="false")
            said = "\n".join(part for part in (entry.definition, entry.citation) if part)
            if said:
                xml.add(element, "Description", said)
        for theme in self.themes:
            parent = self._elements.get(theme.parent_id or "", codes)
            element = xml.add(parent, "Code", guid=theme.id, name=THEME + theme.name, isCodable="false")
            xml.add(element, "Description", _told(theme))
            self._elements[theme.id] = element
        places: dict[str, etree._Element] = {}
        for theme in self.themes:
            for code_id, _ in theme.codes:
                if code_id in tops:
                    places.setdefault(code_id, self._elements[theme.id])
        return places

    def note(self, keep: Callable[[Iterable[Memo]], list[str]], memos: Mapping[str, list[Memo]]) -> None:
        """Memos on themes hang on their codes; they stand before the codes beneath."""
        for key, element in self._elements.items():
            for place, memo in enumerate(keep(memos.get(key, ())), start=1):
                reference = self._xml.add(element, "NoteRef", targetGUID=memo)
                element.remove(reference)
                element.insert(place, reference)

    def rationales(self) -> list[tuple[str, str, str]]:
        """(key, name, text) of a note for each reason that a mapping has, and for what the lens does not explain."""
        names = {theme.id: theme.name for theme in self.themes}
        found = [(derived("rationale", one.theme_id, one.entry_id), f"Rationale: {names[one.theme_id]}", one.rationale)
                 for one in self.mappings if one.rationale]  # fmt: skip
        return found + [
            (derived("unexplained", key), f"Not explained by the framework: {names[key]}", text)
            for key, text in self._misses.items()
        ]

    def add_links(self, root: etree._Element, memo_links: Iterable[tuple[str, str]]) -> None:
        """Links of mappings, relations, roles, and of notes on people."""
        xml, rows = self._xml, []
        for one in self.mappings:
            note = derived("rationale", one.theme_id, one.entry_id) if one.rationale else ""
            name = f"{one.weight.value}, {one.direction.value}"
            rows.append((derived("mapping", one.theme_id, one.entry_id), name, one.theme_id, one.entry_id, note, True))
        content = live_content(self._session)
        for line in content.relations:
            directed = line.kind == RelationKind.LEADS_INTO
            name = line.kind.value if not line.label else f"{line.kind.value}: {line.label}"
            rows.append((line.id, name, line.from_id, line.to_id, "", directed))
        for theme in self.themes:
            for code_id, role in theme.codes:
                if role != CodeRole.PART:
                    key = derived("role", theme.id, code_id)
                    rows.append((key, role.value, code_id, theme.id, "", True))
        abouts = [(derived("unexplained", key), key) for key in self._misses]
        rows += [(derived("about", note, on), "about", note, on, "", True) for note, on in (*abouts, *memo_links)]
        if rows:
            links = xml.add(root, "Links")
            for key, name, origin, target, note, directed in rows:
                link = xml.add(links, "Link", guid=key, name=name, originGUID=origin, targetGUID=target,
                               direction="OneWay" if directed else "Associative")  # fmt: skip
                if note:
                    xml.add(link, "NoteRef", targetGUID=note)

    def add_sets(
        self,
        root: etree._Element,
        *,
        member: str = "targetGUID",
        extra: Iterable[tuple[str, str, str, list[str], list[str]]] = (),
    ) -> None:
        """A set for each theme with its codes, for each dimension with its themes, and those of focus groups."""
        rows: list[tuple[str, str, str, list[str], list[str], list[str]]] = []
        for theme in self.themes:
            codes = [code_id for code_id, _ in theme.codes]
            if codes:
                rows.append((derived("set", theme.id), THEME + theme.name, _told(theme), codes, [], []))
        for entry in self._entries:
            met = [one.theme_id for one in self.mappings if one.entry_id == entry.id]
            if met:
                rows.append((derived("set", entry.id), DIMENSION + entry.name, entry.definition, met, [], []))
        rows += [(key, name, said, [], texts, notes) for key, name, said, texts, notes in extra]
        if not rows:
            return
        sets = self._xml.add(root, "Sets")
        for key, name, said, codes, texts, notes in rows:
            element = self._xml.add(sets, "Set", guid=key, name=name)
            if said:
                self._xml.add(element, "Description", said)
            for kind, keys in (("MemberCode", codes), ("MemberSource", texts), ("MemberNote", notes)):
                for one in keys:
                    self._xml.add(element, kind, **{member: one})

    def add_map(self, root: etree._Element) -> None:
        """The map as it is now: themes and dimensions as vertices, relations and mappings as edges."""
        from app.analysis.map_picture import draw

        content = live_content(self._session)
        if not content.themes:
            return
        picture, xml = draw(content), self._xml
        graph = xml.add(xml.add(root, "Graphs"), "Graph", guid=derived("graph"), name="Theme map")
        drawn: set[str] = set()
        for region in picture.regions:
            self._vertex(graph, region.entry_id, region.name, region.box.x, region.box.y, region.box.width,
                         region.box.height, "Oval")  # fmt: skip
            drawn.add(region.entry_id)
        for node in picture.nodes:
            self._vertex(graph, node.theme_id, node.name, node.box.x, node.box.y, node.box.width, node.box.height,
                         "RoundedRectangle")  # fmt: skip
            drawn.add(node.theme_id)
        edges = [(line.id, line.words, line.from_id, line.to_id) for line in content.relations]
        edges += [(derived("mapping", one.theme_id, one.entry_id), one.weight.value, one.theme_id, one.entry_id)
                  for one in self.mappings]  # fmt: skip
        for key, name, one, other in edges:
            if {one, other} <= drawn:
                xml.add(graph, "Edge", guid=derived("edge", key), representedGUID=key, name=name,
                        sourceVertex=derived("vertex", one), targetVertex=derived("vertex", other),
                        direction="OneWay", lineStyle="solid")  # fmt: skip

    def _vertex(
        self, graph: etree._Element, key: str, name: str, x: float, y: float, width: float, height: float, shape: str
    ) -> None:
        self._xml.add(
            graph, "Vertex", guid=derived("vertex", key), representedGUID=key, name=name, firstX=str(round(x)),
            firstY=str(round(y)), secondX=str(round(x + width)), secondY=str(round(y + height)), shape=shape,
        )  # fmt: skip


def _told(theme: ThemeRow) -> str:
    return "\n".join(f"{head} {getattr(theme, field)}" for field, head in TEXTS if getattr(theme, field))
