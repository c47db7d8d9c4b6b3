"""REFI-QDA projects (.qdpx, or the bare .qde inside one): the exchange format of NVivo, ATLAS.ti, MAXQDA and others.

Names of elements are matched without their namespace, since programs disagree about it. Everything is read inside the
archive; a path that leads elsewhere is never followed. What a study has no place for is listed, by name and number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree

from app.importers.archive import Archive, parse_xml
from app.importers.draft import ImportRefused
from app.importers.encodings import decode
from app.importers.project import (
    CaseDraft,
    CodingDraft,
    LinkDraft,
    Loss,
    NoteDraft,
    OwnKeys,
    PlaceDraft,
    ProjectDraft,
    SelectionDraft,
    SetDraft,
    SourceDraft,
    Subject,
    UserDraft,
    VariableKind,
    gathered,
    key_of,
    with_codings,
)
from app.importers.reading import read_bytes, shown_name
from app.importers.refi_codes import CodesIn, local_name, said_of
from app.importers.refi_own import ORIGIN, taken_back
from app.importers.refi_places import BOM, RawSpan, RawText, Reading, judge, places_of

LARGEST = 512_000_000
MAKER = "the program that made it"
RICH_READ = "its plain text is missing, so its Word document was read"
_OTHERS = {"PictureSource": "Picture", "PDFSource": "PDF", "AudioSource": "Audio", "VideoSource": "Video"}
_TEXTS_IN = {"PDFSource": "Representation", "AudioSource": "Transcript", "VideoSource": "Transcript",
             "PictureSource": "TextDescription"}  # fmt: skip
_VALUES = {
    "TextValue": VariableKind.TEXT,
    "BooleanValue": VariableKind.YES_NO,
    "IntegerValue": VariableKind.NUMBER,
    "FloatValue": VariableKind.NUMBER,
    "DateValue": VariableKind.DATE,
    "DateTimeValue": VariableKind.TEXT,
}
_LEADS_OUT = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:")


def read_refi(path: Path) -> ProjectDraft:
    """Read a project. Raises ImportRefused with one sentence that names the file."""
    path = Path(path)
    name = shown_name(path)
    content = read_bytes(path, LARGEST)
    if content.startswith(b"PK"):
        archive = Archive(name, content, thing="project", maker=MAKER)
        inner = [one for one in archive.names if "/" not in one and one.casefold().endswith(".qde")]
        if len(inner) != 1:
            what = "no project" if not inner else "several projects"
            raise ImportRefused(f"“{name}” holds {what} (.qde), so it is no REFI-QDA project. Export it again.")
        root = parse_xml(name, archive.part(inner[0]) or b"", maker=MAKER)
        return _Reader(name, root, archive).read()
    if not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise ImportRefused(f"“{name}” is no REFI-QDA project: those are archives that end in .qdpx.")
    return _Reader(name, parse_xml(name, content, maker=MAKER), None).read()


@dataclass
class _Text:
    """A text as it is gathered: where it comes from, and its selections before their places are known."""

    key: str
    name: str
    element: etree._Element
    raw: RawText
    points: dict[str, int] = field(default_factory=dict)


class _Reader:
    """Goes through one project. What is left out gathers in `losses`."""

    def __init__(self, name: str, root: etree._Element, archive: Archive | None) -> None:
        if local_name(root) != "Project":
            raise ImportRefused(f"“{name}” is no REFI-QDA project: it begins with “{local_name(root)[:40]}”.")
        self._name, self._root, self._archive = name, root, archive
        self._members = {one.replace("\\", "/").casefold(): one for one in archive.names} if archive else {}
        self.losses: list[Loss] = []
        self._refs: dict[str, list[tuple[Subject, str]]] = {}
        """{note: what refers to it}."""
        self._keys = OwnKeys(self.losses)
        for one in sorted(archive.names) if archive else ():
            if _LEADS_OUT.search(one):
                self.losses.append(
                    Loss("Part of the file", one[:80], "its path leads out of the project, and is not followed")
                )

    def read(self) -> ProjectDraft:
        """The whole project."""
        cases = list(self._cases())
        in_codes = CodesIn({case.key for case in cases}, self._note_refs)
        codes = [code for held in self._root if local_name(held) == "CodeBook" for code in in_codes.read(held)]
        self.losses += in_codes.losses
        texts = list(self._texts())
        judged = judge(
            {text.key: text.raw for text in texts},
            [span for text in texts for span in self._spans(text)],
            self._root.get("origin", ""),
        )
        known = {code.key for code in codes}
        selections: list[SelectionDraft] = []
        as_case: dict[str, list[str]] = {}
        for text in texts:
            for element in text.element:
                made = self._selection(text, element, judged.reading, known)
                if made is not None:
                    selections.append(made[0])
                    for case_key in made[1]:
                        as_case.setdefault(case_key, []).append(made[0].key)
        cases = [replace(case, selections=(*case.selections, *as_case.get(case.key, ()))) for case in cases]
        sources = [self._source(text) for text in texts]
        links = list(self._links())
        notes = list(self._notes(links))
        self._check_graphs()
        draft = ProjectDraft(
            file_name=self._name,
            name=self._root.get("name", "") or Path(self._name).stem,
            origin=self._root.get("origin", ""),
            users=tuple(UserDraft(key_of(one.get("guid")), one.get("name") or one.get("id") or "")
                        for one in self._all("Users", "User")),
            codes=tuple(codes),
            sources=tuple(sources),
            selections=tuple(selections),
            cases=tuple(cases),
            notes=tuple(notes),
            sets=tuple(self._sets()),
            links=tuple(links),
            places=tuple(self._places()),
            losses=gathered(self.losses),
            reading=judged.sentence,
        )  # fmt: skip
        return taken_back(draft) if draft.origin == ORIGIN else draft

    def _all(self, container: str, element: str) -> Iterator[etree._Element]:
        for held in self._root:
            if local_name(held) == container:
                yield from (one for one in held if local_name(one) == element)

    # --- texts ---------------------------------------------------------------------------------------------------

    def _texts(self) -> Iterator[_Text]:
        for held in self._root:
            if local_name(held) != "Sources":
                continue
            for element in held:
                kind = local_name(element)
                if kind == "TextSource":
                    yield from self._text(element, element)
                elif kind in _OTHERS:
                    yield from self._text_in_other(element, kind)

    def _text_in_other(self, element: etree._Element, kind: str) -> Iterator[_Text]:
        """The words that a PDF, a recording or a picture came with; what it shows or sounds like has no place."""
        name, inside = element.get("name", ""), _TEXTS_IN[kind]
        found = [text for one in element if local_name(one) == inside for text in self._text(one, element)]
        what = "only its text was taken" if found else "only texts have a place in a study"
        self.losses.append(Loss(_OTHERS[kind], name, what))
        drawn = sum(1 for one in element if local_name(one) in ("PDFSelection", "PictureSelection", "VideoSelection",
                                                             "AudioSelection"))  # fmt: skip
        if drawn:
            self.losses.append(Loss("Marked place", "", f"it marks no words of a text ({_OTHERS[kind]})", drawn))
        yield from found

    def _text(self, element: etree._Element, outer: etree._Element) -> Iterator[_Text]:
        key, name = key_of(element.get("guid")), element.get("name") or outer.get("name") or "Text"
        raw = self._raw(element, name)
        if raw is None:
            lost = [one for one in element if local_name(one).endswith("Selection")]
            if lost:
                went = with_codings(sum(_codings_in(one) for one in lost))
                went = went if len(lost) == 1 else went.replace("its", "their")
                self.losses.append(Loss("Selection", "", f"the text of “{name}” is missing{went}", len(lost)))
            return
        points = {}
        for one in element:
            if local_name(one) == "SyncPoint" and (one.get("position") or "").strip().lstrip("-").isdigit():
                points[key_of(one.get("guid"))] = int(one.get("position", "0"))
        yield _Text(self._keys.own(key, "text"), name, element, RawText(raw), points)

    def _raw(self, element: etree._Element, name: str) -> str | None:
        """The text as it lies in the file, with its byte order mark if it has one."""
        for one in element:
            if local_name(one) == "PlainTextContent":
                return one.text or ""
        path = element.get("plainTextPath") or ""
        if not path:
            rich = self._rich(element)
            why = RICH_READ if rich else "the file holds no plain text of it"
            self.losses.append(Loss("Text", name, why))
            return rich
        member = path.split("://", 1)[-1] if "://" in path else path
        outside = "://" in path and not path.casefold().startswith("internal://")
        if outside or _LEADS_OUT.search(member):
            self.losses.append(Loss("Text", name, "its path leads out of the project, and is not followed"))
            return None
        content = self._member(member)
        if content is None:
            rich = self._rich(element)
            why = RICH_READ if rich else "it is missing from the file"
            self.losses.append(Loss("Text", name, why))
            return rich
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError:
            text, encoding, _ = decode(self._name, content)
            self.losses.append(Loss("Text", name, f"it is no UTF-8, and was read as {encoding}"))
            return (BOM if content.startswith(b"\xff\xfe") else "") + text

    def _rich(self, element: etree._Element) -> str | None:
        """The words of the Word document beside a text, where its plain text is missing."""
        path = (element.get("richTextPath") or "").partition("://")[2] or element.get("richTextPath") or ""
        content = self._member(path) if path.casefold().endswith(".docx") and not _LEADS_OUT.search(path) else None
        if content is None:
            return None
        from app.importers.docx_format import read_docx

        try:
            return read_docx(path, content, None).text
        except ImportRefused:
            return None

    def _member(self, member: str) -> bytes | None:
        if self._archive is None:
            return None
        wanted = member.replace("\\", "/").casefold()
        for path in (f"sources/{wanted}", wanted):
            if path in self._members:
                return self._archive.part(self._members[path])
        return None

    def _source(self, text: _Text) -> SourceDraft:
        element = text.element
        self._note_refs(element, Subject.SOURCE, text.key)
        whole = sum(1 for one in element if local_name(one) == "Coding")
        if whole:
            self.losses.append(Loss("Coding", "", f"it is on “{text.name}” as a whole, and not on words", whole))
        values = [value for one in element if local_name(one) == "VariableValue"
                  and (value := _value(one, self._variables)) is not None]  # fmt: skip
        user, at = _who_and_when(element)
        return SourceDraft(
            text.key, text.name, text.raw.text, file_name=self._name, user=user, at=at, description=said_of(element),
            values=tuple((name, value) for name, _, value in values),
        )  # fmt: skip

    # --- selections ----------------------------------------------------------------------------------------------

    def _spans(self, text: _Text) -> Iterator[RawSpan]:
        for element in text.element:
            ends = self._ends(text, element)
            if ends is not None:
                yield RawSpan(text.key, *ends, element.get("name") or said_of(element))

    def _ends(self, text: _Text, element: etree._Element) -> tuple[int, int] | None:
        kind = local_name(element)
        if kind == "PlainTextSelection":
            said = (element.get("startPosition") or "", element.get("endPosition") or "")
            if all(re.fullmatch(r"\s*-?\d{1,12}\s*", one) for one in said):
                return int(said[0]), int(said[1])
        if kind == "TranscriptSelection":
            start = text.points.get(key_of(element.get("fromSyncPoint")))
            end = text.points.get(key_of(element.get("toSyncPoint")))
            if start is not None and end is not None:
                return start, end
        return None

    def _selection(
        self, text: _Text, element: etree._Element, reading: Reading, codes: set[str]
    ) -> tuple[SelectionDraft, list[str]] | None:
        if local_name(element) not in ("PlainTextSelection", "TranscriptSelection"):
            return None
        ends = self._ends(text, element)
        said = element.get("name") or said_of(element)
        places = places_of(text.raw, *ends, said, reading) if ends is not None else None
        name = " ".join((element.get("name") or "").split())[:60]
        if places is None:
            why = f"it does not stand inside the text “{text.name}”" if ends is not None else "it says no place"
            self.losses.append(Loss("Selection", name, why + with_codings(_codings_in(element))))
            return None
        key = self._keys.own(key_of(element.get("guid")), "selection")
        codings, as_case = [], []
        for one in element:
            if local_name(one) == "Coding":
                target = next((key_of(ref.get("targetGUID")) for ref in one if local_name(ref) == "CodeRef"), "")
                user, at = _who_and_when(one)
                coding_key = self._keys.own(key_of(one.get("guid")), "coding")
                if target in codes:
                    codings.append(CodingDraft(coding_key, target, user, at))
                elif target in self._case_keys:
                    as_case.append(target)
                else:
                    self.losses.append(Loss("Coding", "", "its code is not in the file"))
                for ref in one:
                    if local_name(ref) == "NoteRef":
                        self._refs.setdefault(key_of(ref.get("targetGUID")), []).append((Subject.SELECTION, key))
        self._note_refs(element, Subject.SELECTION, key)
        user, at = _who_and_when(element)
        return SelectionDraft(key, text.key, places[0], places[1], tuple(codings), said_of(element), user, at,
                              element.get("name", "")), as_case  # fmt: skip

    # --- cases, notes, sets, links, drawings ---------------------------------------------------------------------

    def _cases(self) -> Iterator[CaseDraft]:
        variables = self._variables = {
            key_of(one.get("guid")): one.get("name", "") for one in self._all("Variables", "Variable")
        }
        self._case_keys: set[str] = set()
        for element in self._all("Cases", "Case"):
            key, name = key_of(element.get("guid")), (element.get("name") or "").strip()
            refs = {kind: tuple(key_of(one.get("targetGUID")) for one in element if local_name(one) == kind)
                    for kind in ("SourceRef", "SelectionRef")}  # fmt: skip
            values = []
            for one in element:
                if local_name(one) == "VariableValue":
                    value = _value(one, variables)
                    if value is not None:
                        values.append(value)
            self._case_keys.add(key)
            yield CaseDraft(key, name, tuple(values), refs["SourceRef"], refs["SelectionRef"], said_of(element))

    def _notes(self, links: list[LinkDraft]) -> Iterator[NoteDraft]:
        """Notes with what refers to them, and what links lead from or to them."""
        keys = {key_of(one.get("guid")) for one in self._all("Notes", "Note")}
        kinds = self._kinds()
        for link in links:
            for note, other in ((link.origin, link.target), (link.target, link.origin)):
                if note in keys and other in kinds:
                    self._refs.setdefault(note, []).append((kinds[other], other))
        for held in self._root:
            if local_name(held) == "Sets":
                for one in held:
                    for ref in one:
                        if local_name(ref) == "MemberNote" and key_of(ref.get("targetGUID") or ref.text) in keys:
                            note = key_of(ref.get("targetGUID") or ref.text)
                            self._refs.setdefault(note, []).append((Subject.SET, key_of(one.get("guid"))))
        for element in self._all("Notes", "Note"):
            key, name = key_of(element.get("guid")), element.get("name", "")
            raw = self._raw(element, name)
            if raw is None:
                continue
            user, at = _who_and_when(element)
            marked = sum(1 for one in element if local_name(one) == "PlainTextSelection")
            if marked:
                self.losses.append(Loss("Selection", "", f"it is in the note “{name}”", marked))
            subjects = tuple(dict.fromkeys(self._refs.get(key, ())))
            yield NoteDraft(key, name, RawText(raw).text, subjects, user, at)

    def _kinds(self) -> dict[str, Subject]:
        """{key: what sort of thing it is} of what a note may be linked to."""
        found: dict[str, Subject] = {}
        for element in self._root.iter():
            kind = _KINDS.get(local_name(element))
            if kind is not None:
                found.setdefault(key_of(element.get("guid")), kind)
        return found

    def _sets(self) -> Iterator[SetDraft]:
        for element in self._all("Sets", "Set"):
            members: dict[str, tuple[str, ...]] = {}
            for one in element:
                held = members.get(local_name(one), ())
                members[local_name(one)] = (*held, key_of(one.get("targetGUID") or one.text))
            yield SetDraft(key_of(element.get("guid")), element.get("name", ""), said_of(element),
                           members.get("MemberCode", ()), members.get("MemberSource", ()))  # fmt: skip

    def _links(self) -> Iterator[LinkDraft]:
        for element in self._all("Links", "Link"):
            note = next((key_of(one.get("targetGUID")) for one in element if local_name(one) == "NoteRef"), "")
            yield LinkDraft(
                key_of(element.get("guid")), element.get("name", ""), key_of(element.get("originGUID")),
                key_of(element.get("targetGUID")), note, element.get("direction", "") == "OneWay",
            )  # fmt: skip

    def _places(self) -> Iterator[PlaceDraft]:
        """Where things stand on the last drawing of the project."""
        graphs = list(self._all("Graphs", "Graph"))
        for vertex in (one for one in graphs[-1] if local_name(one) == "Vertex") if graphs else ():
            numbers = [(vertex.get(one) or "").strip() for one in ("firstX", "firstY", "secondX", "secondY")]
            if all(re.fullmatch(r"-?\d{1,7}", one) for one in numbers[:2]):
                x, y = int(numbers[0]), int(numbers[1])
                if all(re.fullmatch(r"-?\d{1,7}", one) for one in numbers[2:]):
                    x, y = (x + int(numbers[2])) // 2, (y + int(numbers[3])) // 2
                yield PlaceDraft(key_of(vertex.get("representedGUID")), float(x), float(y))

    def _check_graphs(self) -> None:
        if self._root.get("origin", "") != ORIGIN:
            for one in self._all("Graphs", "Graph"):
                self.losses.append(Loss("Drawing", one.get("name", ""), "a theme map is drawn from themes"))

    def _note_refs(self, element: etree._Element, subject: Subject, key: str) -> None:
        for one in element:
            if local_name(one) == "NoteRef":
                self._refs.setdefault(key_of(one.get("targetGUID")), []).append((subject, key))


_KINDS = {
    "Code": Subject.CODE,
    "TextSource": Subject.SOURCE,
    "PlainTextSelection": Subject.SELECTION,
    "Case": Subject.CASE,
    "Set": Subject.SET,
}


def _codings_in(element: etree._Element) -> int:
    return sum(1 for one in element if local_name(one) == "Coding")


def _who_and_when(element: etree._Element) -> tuple[str, datetime | None]:
    said = (element.get("creationDateTime") or "").strip()
    try:
        at = datetime.fromisoformat(said) if said else None
    except ValueError:
        at = None
    if at is not None and at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return key_of(element.get("creatingUser")), at


def _value(element: etree._Element, variables: dict[str, str]) -> tuple[str, VariableKind, str] | None:
    name = next(
        (variables.get(key_of(one.get("targetGUID")), "") for one in element if local_name(one) == "VariableRef"), ""
    )
    for one in element:
        kind = _VALUES.get(local_name(one))
        text = (one.text or "").strip() if kind is not None else ""
        if name and kind is not None and text:
            if kind == VariableKind.YES_NO:
                text = "yes" if text.casefold() in ("true", "1") else "no"
            return name, kind, text
    return None
