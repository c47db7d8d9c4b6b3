"""A whole study as a REFI-QDA project (.qdpx), and its codes as a code book (.qdc), for other programs.

Codes, codings, texts, people and notes are at home in the format; themes, dimensions, turns and the map have no place
of their own in it and are told in its words (`refi_themes.py`). What it cannot hold is listed. Keys are those of the
study.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.codes import CodeRow, code_rows
from app.analysis.overview import study_title
from app.analysis.small_groups import SmallGroups
from app.analysis.transcripts import TurnRow, turns_of
from app.exporters.options import ExportOptions
from app.exporters.packed import Packed, hidden_people, said_of_whole_texts, without_words_of
from app.exporters.refi_parts import (
    CODEBOOK,
    INTERACTION,
    MAKING_HEADS,
    ORIGIN,
    PROJECT,
    TEXT,
    Places,
    Xml,
    derived,
    description,
    moment,
    type_of,
    written,
)
from app.exporters.refi_themes import ThemesOut
from app.models import (
    Code,
    Coding,
    Excerpt,
    Export,
    Group,
    JournalEntry,
    JournalLink,
    MapNote,
    MapVersion,
    Memo,
    Participant,
    ParticipantAttribute,
    Person,
    PhaseVisit,
    ReviewComment,
    Source,
    Speaker,
    StudySheet,
    Theme,
    ThemeExcerpt,
)
from app.models.kinds import CodeStatus, ExcerptLevel, TurnKind

CONSENT = "consent to quote"
SPEAKER_KIND = "speaker kind"
JOURNAL = "Journal: "
MOST_NAMED = 10
_NAMELESS = ("comment", "link of an entry of the journal", "entry in the register of what left")


@dataclass
class _Notes:
    """Notes gather while everything else is written, since they stand after it."""

    rows: list[tuple[str, str, Memo]] = field(default_factory=list)

    def of(self, memos: Iterable[Memo]) -> list[str]:
        """Keep these memos, and give their keys."""
        found = []
        for memo in memos:
            self.rows.append((memo.id, memo.kind or "Memo", memo))
            found.append(memo.id)
        return found


def pack(session: Session, options: ExportOptions, ending: str) -> Packed:
    """The file in bytes: "qdpx" or "qdc"."""
    return _codebook(session) if ending == "qdc" else _Project(session, options).pack()


def _codebook(session: Session) -> Packed:
    xml = Xml(CODEBOOK)
    root = xml.root("CodeBook", origin=ORIGIN)
    codes = code_rows(session)
    themes = ThemesOut(session, xml)
    held = xml.add(root, "Codes")
    places = themes.add_codes(held, top_codes(codes))
    _add_codes(xml, held, codes, places, _Notes(), {}, noted=False)
    themes.add_sets(root, member="guid")
    if not len(held):
        root.remove(held)
        return Packed(written(xml.root("CodeBook", origin=ORIGIN)), warnings=("There are no codes to write down.",))
    return Packed(written(root))


def top_codes(codes: Iterable[CodeRow]) -> set[str]:
    """The codes that stand under no other."""
    return {row.id for row in codes if row.parent_id is None}


def _add_codes(
    xml: Xml,
    root: etree._Element,
    codes: list[CodeRow],
    places: dict[str, etree._Element],
    notes: _Notes,
    memos: dict[str, list[Memo]],
    *,
    noted: bool = True,
) -> None:
    """Codes in tree order, those of a theme under the first theme they feed. Children come after notes."""
    made: dict[str, etree._Element] = {}
    for row in codes:
        parent = made.get(row.parent_id or "")
        if parent is None:
            parent = places.get(row.id, root)
        element = xml.add(parent, "Code", guid=row.id, name=row.name, isCodable="true", color=row.colour)
        said = description(row.brief, full=row.full, when_to_use=row.when_to_use, when_not_to_use=row.when_not_to_use)
        if said:
            xml.add(element, "Description", said)
        if noted:
            for key in notes.of(memos.get(row.id, ())):
                xml.add(element, "NoteRef", targetGUID=key)
        made[row.id] = element


class _Project:
    def __init__(self, session: Session, options: ExportOptions) -> None:
        self._session, self._target, self._options = session, options.target, options
        self._xml = Xml(PROJECT)
        self._notes = _Notes()
        self._people = {row.id: row for row in session.scalars(select(Person).order_by(Person.name))}
        self._participants = {
            row.id: row for row in session.scalars(select(Participant).order_by(Participant.position, Participant.id))
        }
        self._small, self._of_few, self._roles_of_few = SmallGroups(session), 0, 0
        self._gone = hidden_people(session, refused=True, archive=options.archive)
        self._unnamed = frozenset() if options.small_groups else self._small.hidden_groups()
        self._hidden = hidden_people(session, refused=options.refused, archive=options.archive)
        if not options.names:
            self._people = {}
        self._labels = dict(session.execute(select(Speaker.id, Speaker.label)).all())
        self._memos = self._all_memos()
        entries = select(JournalEntry).where(~JournalEntry.private).order_by(JournalEntry.at, JournalEntry.id)
        self._entries = list(session.scalars(entries)) if options.entries else []
        self._texts: dict[str, str] = {}
        self.warnings: list[str] = []

    def pack(self) -> Packed:
        """The archive."""
        session, xml = self._session, self._xml
        created = session.scalar(select(StudySheet.created_at))
        root = xml.root("Project", name=study_title(session) or "Study", origin=ORIGIN,
                        creationDateTime=self._when(created))  # fmt: skip
        if self._people:
            users = xml.add(root, "Users")
            for person in self._people.values():
                xml.add(users, "User", guid=person.id, name=person.name)
        themes = ThemesOut(session, xml)
        codes = code_rows(session)
        book = xml.add(root, "CodeBook")
        held = xml.add(book, "Codes")
        places = themes.add_codes(held, top_codes(codes))
        themes.note(self._notes.of, self._memos)
        _add_codes(xml, held, codes, places, self._notes, self._memos)
        if not len(held):
            root.remove(book)
        cases = self._add_cases(root)
        self._add_sources(root, cases)
        self._add_notes(root, themes)
        themes.add_links(root, self._memo_links())
        themes.add_sets(root, extra=self._group_sets())
        themes.add_map(root)
        self._lose()
        people = frozenset(self._participants) - self._hidden
        return Packed(self._archive(written(root)), people, tuple(self.warnings))

    def _who(self, person_id: str | None) -> str | None:
        return person_id if person_id in self._people else None

    def _when(self, at: datetime | None) -> str | None:
        return moment(at) if self._options.times else None

    # --- people --------------------------------------------------------------------------------------------------

    def _add_cases(self, root: etree._Element) -> dict[str, etree._Element]:
        """A case for each participant, and for each label behind which there is none; {case: its element}."""
        xml, session = self._xml, self._session
        rows = session.scalars(select(ParticipantAttribute).order_by(ParticipantAttribute.name)).all()
        rows = rows if self._options.attributes else []
        self._types = dict.fromkeys(("role", "group", "label", CONSENT, SPEAKER_KIND), TEXT)
        for name in dict.fromkeys(row.name for row in rows):
            self._types.setdefault(name, type_of([row for row in rows if row.name == name]))
        said: dict[str, list[ParticipantAttribute]] = {}
        for row in rows:
            said.setdefault(row.participant_id, []).append(row)
        self._turns = {key: turns_of(session, key) for key in session.scalars(select(Source.id))}
        speaking = {(turn.participant_id or "", _case_of(turn)) for held in self._turns.values() for turn in held}
        if not self._participants and not speaking:
            return {}
        variables = xml.add(root, "Variables")
        for name, (kind, _) in self._types.items():
            xml.add(variables, "Variable", guid=derived("variable", name), name=name, typeOfVariable=kind)
        cases = xml.add(root, "Cases")
        groups = dict(session.execute(select(Group.id, Group.label)).all())
        found: dict[str, etree._Element] = {}
        for key, person in self._participants.items():
            if key in self._gone:
                continue
            element = found[key] = xml.add(cases, "Case", guid=key, name=self._name(person))
            values = [(CONSENT, person.consent_to_quote.value)]
            if self._options.attributes:
                if person.note:
                    xml.add(element, "Description", person.note)
                group = groups.get(person.group_id or "", "")
                values = [("role", self._role(person)), ("group", "" if group in self._unnamed else group),
                          ("label", person.label), *values]  # fmt: skip
            values += [(row.name, row.value) for row in said.get(key, ()) if self._may_tell(row)]
            for name, value in values:
                self._value(element, name, value)
        for person_id, label in sorted(speaking - {("", "")}):
            if not person_id and label not in found:
                kind, name = label.split("\x1f")
                element = found[label] = xml.add(cases, "Case", guid=derived("speaker", label), name=name or kind)
                self._value(element, SPEAKER_KIND, kind)
        return found

    def _name(self, person: Participant) -> str:
        """The pseudonym, or how the transcripts call them, since these are in the file."""
        if self._options.attributes:
            return person.pseudonym
        turns = (turn for held in self._turns.values() for turn in held if turn.participant_id == person.id)
        called = next((self._labels.get(turn.speaker_id or "") for turn in turns), None)
        return called or f"Participant {list(self._participants).index(person.id) + 1}"

    def _role(self, person: Participant) -> str:
        """The role, if enough people of the same group share it: their transcripts tell the group."""
        told, _ = self._small.told(person.id, placed=True)
        self._roles_of_few += told != person.role
        return person.role if self._options.small_groups else told

    def _may_tell(self, row: ParticipantAttribute) -> bool:
        """Whether enough people share this value of an attribute; those kept back are counted."""
        fits_enough = self._small.may_tell(row.name, row.value)
        self._of_few += not fits_enough
        return self._options.small_groups or fits_enough

    def _value(self, case: etree._Element, name: str, value: str) -> None:
        if value:
            held = self._xml.add(case, "VariableValue")
            self._xml.add(held, "VariableRef", targetGUID=derived("variable", name))
            kind, element = self._types[name]
            self._xml.add(held, element, {"yes": "true", "no": "false"}[value] if kind == "Boolean" else value)

    # --- texts ---------------------------------------------------------------------------------------------------

    def _add_sources(self, root: etree._Element, cases: dict[str, etree._Element]) -> None:
        session, xml = self._session, self._xml
        sources = session.execute(
            select(Source.id, Source.name, Source.text, Source.imported_at, Source.transcription, Source.language,
                   Source.checked_by, Source.checked_on).order_by(Source.position, Source.name)
        ).all()  # fmt: skip
        if not sources:
            return
        excerpts: dict[str, list[Excerpt]] = {}
        for row in session.scalars(select(Excerpt).order_by(Excerpt.start, Excerpt.end, Excerpt.id)):
            excerpts.setdefault(row.source_id, []).append(row)
        codings: dict[str, list[Coding]] = {}
        for coding in session.scalars(select(Coding).order_by(Coding.created_at, Coding.id)):
            codings.setdefault(coding.excerpt_id, []).append(coding)
        held = xml.add(root, "Sources")
        spoken: dict[str, list[tuple[str, str]]] = {}
        for key, name, text, at, *making in sources:
            shown = self._texts[key] = without_words_of(text, self._turns[key], self._hidden)
            places = Places(shown, self._target)
            element = xml.add(held, "TextSource", guid=key, name=name, plainTextPath=f"internal://{key}.txt",
                              creationDateTime=self._when(at))  # fmt: skip
            self._say_making(element, making)
            for turn in self._turns[key]:
                case = turn.participant_id or _case_of(turn)
                if turn.start < turn.end and case in cases:
                    self._turn(element, turn, places)
                    spoken.setdefault(case, []).append((key, turn.id))
            for row in excerpts.get(key, ()):
                self._excerpt(element, row, shown, places, codings.get(row.id, ()))
            for memo in self._notes.of(self._memos.get(key, ())):
                xml.add(element, "NoteRef", targetGUID=memo)
        for case, said in spoken.items():
            for one in dict.fromkeys(key for key, _ in said):
                xml.add(cases[case], "SourceRef", targetGUID=one)
            for _, turn_id in said:
                xml.add(cases[case], "SelectionRef", targetGUID=turn_id)

    def _say_making(self, source: etree._Element, making: Iterable[object]) -> None:
        """How a transcript was made; who held it against the recording, and when, only with names and times."""
        left = {"checked_by": self._options.names, "checked_on": self._options.times}
        made = [
            f"{head} {value}"
            for (one, head), value in zip(MAKING_HEADS, making, strict=True)
            if value and left.get(one, True)
        ]
        if made:
            self._xml.add(source, "Description", "\n".join(made))

    def _turn(self, source: etree._Element, turn: TurnRow, places: Places) -> None:
        start, end = places.span(turn.start, turn.end)
        name = f"{self._labels.get(turn.speaker_id or '', turn.kind.value)} (turn {turn.number})"
        self._xml.add(source, "PlainTextSelection", guid=turn.id, name=name, startPosition=start, endPosition=end)

    def _excerpt(
        self, source: etree._Element, row: Excerpt, text: str, places: Places, codings: Iterable[Coding]
    ) -> None:
        xml = self._xml
        start, end = places.span(row.start, row.end)
        words = " ".join(text[row.start : row.end].split())[:100]
        who, when = self._who(row.person_id), self._when(row.created_at)
        element = xml.add(source, "PlainTextSelection", guid=row.id, name=words, startPosition=start, endPosition=end,
                          creatingUser=who, creationDateTime=when)  # fmt: skip
        if row.level == ExcerptLevel.INTERACTION:
            xml.add(element, "Description", f"{INTERACTION}: {row.interaction}" if row.interaction else INTERACTION)
        for coding in codings:
            made = xml.add(element, "Coding", guid=coding.id, creatingUser=self._who(coding.person_id),
                           creationDateTime=self._when(coding.created_at))  # fmt: skip
            xml.add(made, "CodeRef", targetGUID=coding.code_id)
            for key in self._notes.of(self._memos.get(coding.id, ())):
                xml.add(made, "NoteRef", targetGUID=key)
        for key in self._notes.of(self._memos.get(row.id, ())):
            xml.add(element, "NoteRef", targetGUID=key)

    # --- notes ---------------------------------------------------------------------------------------------------

    def _all_memos(self) -> dict[str, list[Memo]]:
        """{thing: memos on it}; those on groups and people are told by links."""
        found: dict[str, list[Memo]] = {}
        unnamed = set(self._session.scalars(select(Group.id).where(Group.label.in_(self._unnamed))))
        for memo in self._session.scalars(select(Memo).order_by(Memo.created_at, Memo.id)):
            if memo.group_id in unnamed:
                continue
            subject = (memo.excerpt_id or memo.coding_id or memo.code_id or memo.theme_id or memo.source_id
                       or memo.group_id or memo.participant_id)  # fmt: skip
            if subject and memo.text.strip() and subject not in self._gone:
                found.setdefault(subject, []).append(memo)
        return found

    def _memo_links(self) -> list[tuple[str, str]]:
        """(note, thing) of memos on people, and of entries of the journal; memos on groups hang on the group's set."""
        found = [(memo.id, memo.participant_id) for held in self._memos.values() for memo in held
                 if memo.participant_id]  # fmt: skip
        kept = {entry.id for entry in self._entries}
        for one in self._session.scalars(select(JournalLink).order_by(JournalLink.id)):
            thing = one.source_id or one.excerpt_id or one.code_id or one.theme_id or one.participant_id
            if one.entry_id in kept and thing and thing not in self._gone:
                found.append((one.entry_id, thing))
        return found

    def _group_sets(self) -> list[tuple[str, str, str, list[str], list[str]]]:
        """(key, name, description, texts, notes) of each focus group."""
        session, found = self._session, []
        for group in session.scalars(select(Group).order_by(Group.position, Group.label)):
            texts = list(
                session.scalars(select(Source.id).where(Source.group_id == group.id).order_by(Source.position))
            )
            told = (
                ("Date", group.held_on.isoformat() if group.held_on else ""),
                ("Place", group.place),
                ("Moderator", group.moderator),
                ("Who", group.composition),
                ("Field note", group.field_note),
            )
            said = "\n".join(f"{head}: {text}" for head, text in told if text)
            notes = [memo.id for memo in self._memos.get(group.id, ())]
            if (texts or said or notes) and group.label not in self._unnamed:
                found.append((derived("group", group.id), f"Focus group: {group.label}", said, texts, notes))
        return found

    def _add_notes(self, root: etree._Element, themes: ThemesOut) -> None:
        for held in self._memos.values():
            self._notes.of(memo for memo in held if memo.group_id or memo.participant_id)
        rationales = themes.rationales()
        if not self._notes.rows and not rationales and not self._entries:
            return
        xml = self._xml
        notes = xml.add(root, "Notes")
        for key, name, memo in self._notes.rows:
            element = xml.add(notes, "Note", guid=key, name=name, creatingUser=self._who(memo.person_id),
                              creationDateTime=self._when(memo.created_at))  # fmt: skip
            xml.add(element, "PlainTextContent", memo.text)
        for entry in self._entries:
            who, when = self._who(entry.person_id), self._when(entry.at)
            name = f"{JOURNAL}{entry.kind}"
            element = xml.add(notes, "Note", guid=entry.id, name=name, creatingUser=who, creationDateTime=when)
            xml.add(element, "PlainTextContent", entry.text)
        for key, name, text in rationales:
            element = xml.add(notes, "Note", guid=key, name=name)
            xml.add(element, "PlainTextContent", text)

    # --- the rest ------------------------------------------------------------------------------------------------

    def _lose(self) -> None:
        """What the format has no place for, by name and number."""
        session = self._session
        decided = select(Theme.name).join(ThemeExcerpt, ThemeExcerpt.theme_id == Theme.id)
        phased = select(JournalEntry.phase).where(JournalEntry.phase.is_not(None), ~JournalEntry.private)
        leads = (JournalLink.source_id, JournalLink.excerpt_id, JournalLink.code_id, JournalLink.theme_id)
        loose = select(JournalLink.id).where(*(one.is_(None) for one in (*leads, JournalLink.participant_id)))
        lost = (
            (
                select(MapVersion.label),
                "map version",
                "the map as it is now is in the file; they stay in the study",
            ),
            (select(MapNote.text), "note on the map", "a drawing of the format has no words of its own"),
            (decided, "decision on an excerpt of a theme", "belongs, runs against and quoted have no place"),
            (select(Code.name).join(Coding).where(Coding.unsure), "mark “not sure” of a coding", "it has no place"),
            (select(ReviewComment.id), "comment", "comments stay in the study"),
            (phased, "phase in which an entry of the journal was written", "it has no place"),
            (loose, "link of an entry of the journal", "it leads to a group, a dimension, a comment or a map version"),
            (select(PhaseVisit.phase), "visit of a phase", "it stays in the study"),
            (select(Export.id), "entry in the register of what left", "it stays in the study"),
        )
        for asked, thing, why in lost:
            rows = session.scalars(asked).all()
            if rows:
                named = "" if thing in _NAMELESS else _named(rows)
                self.warnings.append(f"Not in the file: {len(rows)} × {thing}{named} ({why}).")
        self._lose_small()
        private = len(session.scalars(select(JournalEntry.id)).all()) - len(self._entries)
        if private:
            self.warnings.append(f"Not in the file: {private} × entry of the journal (private, or not chosen).")
        aside = [row.name for row in session.scalars(select(Code).where(Code.status == CodeStatus.SET_ASIDE))]
        if aside:
            self.warnings.append(f"Codes set aside are in the file like the others{_named(aside)}.")
        self.warnings += said_of_whole_texts(self._hidden)

    def _lose_small(self) -> None:
        """What is kept back because too few people share it, or is in the file although they do."""
        few = f"fewer than {self._small.k} people have it, or these would be known by it"
        for number, thing, why in (
            (self._of_few, "value of an attribute", few),
            (self._roles_of_few, "role of a participant", f"in their group {few}"),
            (len(self._small.hidden_groups()), "focus group as such", few),
        ):
            if number and self._options.small_groups:
                self.warnings.append(f"{number} × {thing} by which people may be recognised ({why}) is in the file.")
            elif number:
                self.warnings.append(f"Not in the file: {number} × {thing} ({why}).")

    def _archive(self, project: bytes) -> bytes:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in [("project.qde", project)] + [
                (f"sources/{key}.txt", self._target.text(text).encode("utf-8")) for key, text in self._texts.items()
            ]:
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, content)
        return held.getvalue()


def _named(rows: Iterable[object]) -> str:
    """Names behind a colon, each once, not too many."""
    names = list(dict.fromkeys(" ".join(str(row).split())[:60] for row in rows))
    more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return ": " + ", ".join(f"“{name}”" for name in names[:MOST_NAMED]) + more


def _case_of(turn: TurnRow) -> str:
    """What tells the case of a turn of which no participant speaks: the kind of speaker, and the label."""
    if turn.participant_id:
        return ""
    if turn.speaker_id is None:
        return f"{turn.kind.value if turn.kind != TurnKind.SPEECH else 'none'}\x1f"
    return f"{turn.speaker_kind.value}\x1f{turn.speaker}"
