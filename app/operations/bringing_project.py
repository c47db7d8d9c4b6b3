"""Bringing a project of another program in: all of it as one change, nothing twice, and what has no place is told.

Every row gets a key made of the foreign one (uuid5), so that the same project brought in again adds nothing. Codes and
people that are in the study already, by name, are used and not doubled.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import insert, select

from app.analysis.themes import lens_in_use
from app.backups.names import Reason
from app.errors import NotPossible
from app.importers.draft import TurnDraft
from app.importers.labels import Page
from app.importers.project import (
    CaseDraft,
    Loss,
    ProjectDraft,
    SelectionDraft,
    SourceDraft,
    Subject,
    VariableKind,
    gathered,
    with_codings,
)
from app.importers.speakers import find_turns
from app.models import (
    Code,
    Coding,
    Excerpt,
    Group,
    JournalEntry,
    Memo,
    Participant,
    ParticipantAttribute,
    Person,
    Source,
    Speaker,
    Turn,
)
from app.models.base import Base
from app.models.kinds import AttributeKind, ExcerptLevel, SpeakerKind, TurnKind
from app.models.verbs import Verb
from app.operations.bringing_codes import bring_codes
from app.operations.bringing_themes import bring_groups, bring_themes
from app.operations.bringing_written import Brought, bring_written, memo_place, memo_row, memos_said
from app.operations.brought import ProjectIn
from app.operations.foreign import consent_from, foreign_key, free_name
from app.operations.importing import MODERATOR_WORDS
from app.operations.names import as_date, clean_text, folded, one_line
from app.study import ChangeSession

_KINDS = {
    VariableKind.TEXT: AttributeKind.TEXT,
    VariableKind.NUMBER: AttributeKind.NUMBER,
    VariableKind.YES_NO: AttributeKind.YES_NO,
    VariableKind.DATE: AttributeKind.DATE,
}
PIECE = 300
"""Selections that are taken in at once: some 50 ms."""
_PLAIN = frozenset(("role", "pseudonym", "group", "label", "consent to quote"))
"""Variables that a participant has a field for."""


def bring_project(session: ChangeSession, draft: ProjectDraft) -> ProjectIn:
    """Take a project into the study. Raises NotPossible if there is nothing in it at all."""
    bringing = ProjectBringing(draft)
    while bringing.go_on(session):
        pass
    return bringing.outcome()


class ProjectBringing:
    """A project that is taken in piece by piece, so that a window may answer between the changes it is made of."""

    _session: ChangeSession

    def __init__(self, draft: ProjectDraft) -> None:
        self._draft = draft
        self._at_work = self._pieces()
        self._begun = False
        self.losses: list[Loss] = list(draft.losses)
        self._there: dict[type[Base], set[str]] = {}
        """{table: keys of its rows}, of those that were written to."""
        self._new: dict[type[Base], int] = {}
        self._people: dict[str, str] = {}
        """{foreign user: person}."""
        self._codes: dict[str, str] = {}
        self._sources: dict[str, str] = {}
        self._excerpts: dict[str, str] = {}
        self._participants: dict[str, str] = {}
        self._turns: dict[str, list[TurnDraft]] = {}
        self._said_of_texts: dict[str, list[tuple[str, str]]] = {}
        """{text: (variable, value)} of cases without a name, as MAXQDA writes what is said of a text."""
        self._marks: dict[str, str] = {}
        """{text: what its keys are made of}."""
        self._corrected: dict[str, str] = {}
        """{text: its words in the study}, of those that were corrected here since they came."""
        self._starts: dict[str, list[int]] = {}
        """{text: where the labels of its turns start}."""

    @property
    def length(self) -> int:
        """About how many pieces there are."""
        return len(self._draft.sources) + len(self._draft.selections) // PIECE + 5

    def go_on(self, session: ChangeSession) -> bool:
        """Take the next piece in, as a part of this change; False when there is none left. Raises NotPossible."""
        draft, self._session = self._draft, session
        if not (draft.codes or draft.sources or draft.cases):
            raise NotPossible(f"“{draft.file_name}” holds neither codes nor texts, so there is nothing to bring in.")
        if not self._begun:
            session.copy_first(Reason.PROJECT)
            self._begun = True
        session.announce(Verb.IMPORT, f"Bring in the project ‘{one_line(draft.name)[:80] or draft.file_name}’")
        more = next(self._at_work, False) is None
        session.flush()
        return more

    def _pieces(self) -> Iterator[None]:
        """Everything, in the order in which one thing needs the other."""
        self._bring_people()
        came = bring_codes(self._session, self._draft)
        self._codes, self.losses = came.codes, self.losses + came.losses
        for start in range(0, len(came.rows), PIECE):
            self._add(Code, came.rows[start : start + PIECE])
            yield
        self._groups = bring_groups(self._session, self._draft.groups)
        self._bring_cases()
        yield
        yield from self._bring_sources()
        yield from self._bring_selections()
        self._themes = bring_themes(self._session, self._draft, self._codes, self._lens())
        self.losses += self._themes.losses
        yield
        written = bring_written(self._session, self._draft, self._brought(), self._said_of_texts)
        self.losses += written.losses
        for kind, rows in written.rows:
            for start in range(0, len(rows), PIECE):
                self._add(kind, rows[start : start + PIECE])
                yield

    def outcome(self) -> ProjectIn:
        """What all of it came to."""
        new = self._new
        return ProjectIn(
            new.get(Source, 0), new.get(Code, 0), new.get(Excerpt, 0), new.get(Coding, 0), new.get(Participant, 0),
            self._themes.new, new.get(Memo, 0), new.get(JournalEntry, 0), gathered(self.losses), self._draft.reading,
        )  # fmt: skip

    # --- people --------------------------------------------------------------------------------------------------

    def _bring_people(self) -> None:
        known = {folded(name): key for key, name in self._session.execute(select(Person.id, Person.name))}
        there, rows = set(known.values()), []
        for user in self._draft.users:
            name, key = one_line(user.name)[:300], foreign_key("person", user.key)
            if not name:
                continue
            if key not in there and folded(name) not in known:
                known[folded(name)] = key
                rows.append({"id": key, "name": name, "role": ""})
            self._people[user.key] = key if key in there else known[folded(name)]
        self._add(Person, rows)

    # --- participants --------------------------------------------------------------------------------------------

    def _bring_cases(self) -> None:
        known: dict[str, str] = {}
        there: set[str] = set()
        for key, pseudonym in self._session.execute(select(Participant.id, Participant.pseudonym)):
            known.setdefault(folded(pseudonym), key)
            there.add(key)
        had = {(key, folded(name)) for key, name in self._session.execute(
            select(ParticipantAttribute.participant_id, ParticipantAttribute.name))}  # fmt: skip
        groups = {folded(label): key for key, label in self._session.execute(select(Group.id, Group.label))}
        position = len(there)
        people: list[dict[str, Any]] = []
        attributes: list[dict[str, Any]] = []
        for case in self._draft.cases:
            name = one_line(case.name)
            if not name:
                for source in case.sources:
                    self._said_of_texts.setdefault(source, []).extend((one[0], one[2]) for one in case.values)
                if case.values and not case.sources:
                    names = ", ".join(sorted({one[0] for one in case.values}))
                    self.losses.append(Loss("Variables", names, "they belong to nobody who has a name"))
                continue
            if not (case.values or case.selections or case.sources or case.description):
                self.losses.append(Loss("Case", name, "nothing is known of it"))
                continue
            key = foreign_key("participant", case.key)
            if key in there or folded(name) in known:
                person = self._participants[case.key] = key if key in there else known[folded(name)]
                attributes += self._attributes(case, person, had)
                continue
            values = {one_line(one[0]).casefold(): one[2] for one in case.values}
            known[folded(name)] = self._participants[case.key] = key
            people.append(
                {
                    "id": key, "pseudonym": name[:300], "label": clean_text(values.get("label", "")),
                    "role": clean_text(values.get("role", "")), "group_id": groups.get(folded(values.get("group", ""))),
                    "consent_to_quote": consent_from(values.get("consent to quote", "")),
                    "note": clean_text(case.description), "position": position + len(people),
                }
            )  # fmt: skip
            attributes += self._attributes(case, key, had)
        self._add(Participant, people)
        self._add(ParticipantAttribute, attributes)

    def _attributes(self, case: CaseDraft, person: str, had: set[tuple[str, str]]) -> list[dict[str, Any]]:
        """What a case says of a person and nobody has said yet."""
        rows = []
        for said, kind, value in case.values:
            title = one_line(said)
            if title.casefold() in _PLAIN or (person, folded(title)) in had:
                continue
            had.add((person, folded(title)))
            rows.append(
                {"id": foreign_key("attribute", case.key, title), "participant_id": person, "name": title[:300],
                 "kind": _KINDS[kind], "value": clean_text(value)}
            )  # fmt: skip
        return rows

    # --- texts ---------------------------------------------------------------------------------------------------

    def _bring_sources(self) -> Iterator[None]:
        names: set[str] = set()
        there: dict[str, tuple[str, str, str]] = {}
        """{transcript: (name, hash of its text now, hash of its text when it came)}"""
        hashes: dict[str, str] = {}
        position = 0
        for key, name, text_hash, came, place in self._session.execute(
            select(Source.id, Source.name, Source.text_hash, Source.file_hash, Source.position)
        ):
            names.add(name.casefold())
            there[key], hashes[text_hash] = (name, text_hash, came), key
            position = max(position, place + 1)
        of_person = self._speakers_of_cases()
        for number, source in enumerate(self._draft.sources):
            text_hash = hashlib.sha256(source.text.encode()).hexdigest()
            turns = list(find_turns(Page(source.text)).turns if source.turns is None else source.turns)
            self._turns[source.key] = turns
            self._starts[source.key] = [turn.label_start for turn in turns]
            if self._is_there(source, text_hash, there, hashes):
                continue
            mark = self._marks[source.key]
            key = self._sources[source.key] = hashes[text_hash] = foreign_key("source", mark)
            name = free_name(one_line(source.name)[:280] or "Text", names)
            there[key] = (name, text_hash, text_hash)
            if mark != source.key:
                self.losses.append(
                    Loss("Text", source.name, f"its words are others than before, so it came as “{name}”")
                )
            words = sum(len(source.text[turn.start : turn.end].split()) for turn in turns)
            self._add(
                Source,
                [
                    {
                        "id": key, "name": name, "position": position + number, "text": source.text,
                        "text_hash": text_hash, "words": words if turns else len(source.text.split()),
                        "file_name": source.file_name, "file_hash": text_hash, "imported_at": self._session.at,
                        "group_id": self._groups.get(source.key), **_making(source),
                    }
                ],
            )  # fmt: skip
            self._bring_turns(source, key, turns, of_person)
            yield

    def _is_there(
        self, source: SourceDraft, text_hash: str, there: dict[str, tuple[str, str, str]], hashes: dict[str, str]
    ) -> bool:
        """Whether the study has a text already. One that was corrected here since is that text, with other places;
        one whose words are others in the project now comes beside it, under a mark of its own.
        """
        self._marks[source.key] = source.key
        key = foreign_key("source", source.key)
        if key in there and text_hash not in there[key][1:]:
            self._marks[source.key] = f"{source.key} {text_hash}"
            key = foreign_key("source", self._marks[source.key])
        same = key if key in there else hashes.get(text_hash)
        if same is None:
            return False
        self._sources[source.key] = same
        if there[same][1] != text_hash:
            self._corrected[source.key] = self._session.get_one(Source, same).text
        if same != key and folded(there[same][0]) != folded(one_line(source.name)):
            why = f"its words are those of “{there[same][0]}”, so the two are one transcript"
            self.losses.append(Loss("Text", source.name, why))
        return True

    def _speakers_of_cases(self) -> dict[str, list[tuple[int, str]]]:
        """{text: (where a selection that is a turn begins, its case)}."""
        of_selection = {key: case.key for case in self._draft.cases for key in case.selections}
        found: dict[str, list[tuple[int, str]]] = {}
        for selection in self._draft.selections:
            if selection.key in of_selection and not selection.codings:
                found.setdefault(selection.source, []).append((selection.start, of_selection[selection.key]))
        return found

    def _bring_turns(
        self, source: SourceDraft, source_id: str, turns: list[TurnDraft], of_person: dict[str, list[tuple[int, str]]]
    ) -> None:
        """Labels become speakers; one whose turns a case claims, or whose name it bears, is that participant."""
        claimed = self._claimed(turns, of_person.get(source.key, []))
        claimed |= {label: self._participants[case] for label, case in source.cases if case in self._participants}
        by_name = {folded(one_line(case.name)): self._participants[case.key]
                   for case in self._draft.cases if case.key in self._participants}  # fmt: skip
        said = dict(source.speaker_kinds)
        speakers: dict[str, str] = {}
        rows = []
        for label in dict.fromkeys(turn.speaker for turn in turns if turn.speaker is not None):
            speakers[label] = foreign_key("speaker", self._marks[source.key], label)
            person = claimed.get(label) or (by_name.get(folded(label)) if label not in said else None)
            moderates = person is None and MODERATOR_WORDS.search(label) is not None
            kind = SpeakerKind.PARTICIPANT if person else SpeakerKind.MODERATOR if moderates else SpeakerKind.UNKNOWN
            kind = SpeakerKind(said[label]) if said.get(label) in tuple(SpeakerKind) else kind
            rows.append({"id": speakers[label], "source_id": source_id, "label": label, "kind": kind,
                         "participant_id": person})  # fmt: skip
        self._add(Speaker, rows)
        self._add(
            Turn,
            [
                {
                    "id": foreign_key("turn", self._marks[source.key], str(turn.start)), "source_id": source_id,
                    "speaker_id": speakers.get(turn.speaker) if turn.speaker is not None else None,
                    "label_start": turn.label_start, "label_end": turn.label_end, "start": turn.start,
                    "end": turn.end, "time_ms": turn.time_ms, "kind": TurnKind(turn.kind.value),
                    "continues": turn.continues,
                }
                for turn in turns
            ],
        )  # fmt: skip

    def _claimed(self, turns: list[TurnDraft], of_person: list[tuple[int, str]]) -> dict[str, str]:
        """{label: participant} where a case claims a turn of that label."""
        starts = [turn.start for turn in turns]
        found: dict[str, str] = {}
        for place, case in of_person:
            if case not in self._participants or not turns:
                continue
            turn = turns[max(0, bisect_right(starts, place) - 1)]
            if turn.speaker is not None and turn.start <= place < turn.end:
                found.setdefault(turn.speaker, self._participants[case])
        return found

    # --- selections ----------------------------------------------------------------------------------------------

    def _bring_selections(self) -> Iterator[None]:
        texts = {source.key: source.text for source in self._draft.sources}
        as_turns = {key for case in self._draft.cases for key in case.selections}
        known = self._known_excerpts()
        places = {key: place for place, key in known.items()}
        had = {tuple(row) for row in self._session.execute(select(Coding.excerpt_id, Coding.code_id))}
        memos, said = set(self._session.scalars(select(Memo.id))), memos_said(self._session)
        excerpts: list[dict[str, Any]] = []
        codings: list[dict[str, Any]] = []
        notes: list[dict[str, Any]] = []
        for number, one in enumerate(self._draft.selections, start=1):
            if number % PIECE == 0:
                self._add_marked(excerpts, codings, notes)
                yield
            if one.source not in self._sources or (one.key in as_turns and not one.codings and not one.memo):
                continue
            source_id, text = self._sources[one.source], texts[one.source]
            level = self._level(one)
            key = foreign_key("excerpt", one.key, str(one.start), str(one.end), self._marks[one.source])
            place: tuple[str, int, int, ExcerptLevel] | None = (source_id, one.start, one.end, level)
            if one.source in self._corrected:
                place = places[key] if key in places else self._place_now(one, source_id, level, text)
                text = self._corrected[one.source]
            if place is None:
                continue
            if place not in known:
                known[place] = key
                excerpts.append(
                    {
                        "id": key, "source_id": source_id, "start": place[1], "end": place[2],
                        "quote": text[place[1] : place[2]], "level": level,
                        "interaction": one_line(one.interaction or ""),
                        "created_at": one.at or self._session.at, "person_id": self._who(one.user),
                    }
                )  # fmt: skip
            excerpt_id = self._excerpts[one.key] = known[place]
            for coding in one.codings:
                code_id = self._codes.get(coding.code)
                if code_id is None or (excerpt_id, code_id) in had:
                    continue
                had.add((excerpt_id, code_id))
                codings.append(
                    {
                        "id": foreign_key("coding", excerpt_id, code_id), "excerpt_id": excerpt_id, "code_id": code_id,
                        "unsure": False, "created_at": coding.at or one.at or self._session.at,
                        "person_id": self._who(coding.user or one.user),
                    }
                )  # fmt: skip
            if one.memo:
                note = memo_row(self._session, "excerpt_id", excerpt_id, one.memo, one.key, at=one.at,
                                person_id=self._who(one.user))  # fmt: skip
                if note["id"] not in memos and memo_place(note) not in said:
                    notes.append(note)
        self._add_marked(excerpts, codings, notes)
        yield

    def _add_marked(self, *several: list[dict[str, Any]]) -> None:
        for kind, rows in zip((Excerpt, Coding, Memo), several, strict=True):
            self._add(kind, rows)
            rows.clear()

    def _place_now(
        self, one: SelectionDraft, source_id: str, level: ExcerptLevel, text: str
    ) -> tuple[str, int, int, ExcerptLevel] | None:
        """Where a selection stands in a text that was corrected here since: where its words come, if they come once."""
        now, words = self._corrected[one.source], text[one.start : one.end]
        if now.count(words) == 1:
            start = now.index(words)
            return source_id, start, start + len(words), level
        why = "the transcript was corrected here since, and its place is not sure" + with_codings(len(one.codings))
        self.losses.append(Loss("Selection", one_line(words)[:60], why))
        return None

    def _known_excerpts(self) -> dict[tuple[str, int, int, ExcerptLevel], str]:
        rows = self._session.execute(
            select(Excerpt.id, Excerpt.source_id, Excerpt.start, Excerpt.end, Excerpt.level).where(
                Excerpt.source_id.in_(list(self._sources.values()))
            )
        )
        return {(source, start, end, ExcerptLevel(level)): key for key, source, start, end, level in rows}

    def _level(self, one: SelectionDraft) -> ExcerptLevel:
        """Words of two or more who are not moderators are an interaction, and what a project of ours says to be one."""
        if one.interaction is not None:
            return ExcerptLevel.INTERACTION
        turns, starts = self._turns.get(one.source, []), self._starts.get(one.source, [])
        heard = set()
        for turn in turns[max(0, bisect_right(starts, one.start) - 1) : bisect_left(starts, one.end)]:
            if turn.end > one.start and turn.speaker and not MODERATOR_WORDS.search(turn.speaker):
                heard.add(turn.speaker)
        return ExcerptLevel.INTERACTION if len(heard) > 1 else ExcerptLevel.INDIVIDUAL

    def _brought(self) -> Brought:
        return Brought(
            {
                Subject.CODE: self._codes,
                Subject.SOURCE: self._sources,
                Subject.SELECTION: self._excerpts,
                Subject.CASE: self._participants,
                Subject.THEME: self._themes.themes,
            },
            self._people,
        )

    def _lens(self) -> dict[str, str]:
        """{folded name: entry} of the lens in use, and under "" the lens."""
        lens = lens_in_use(self._session)
        if lens is None:
            return {}
        held = sorted(lens.all_entries, key=lambda one: one.parent_id is None)  # an entry before what is called so too
        return {folded(one.name): one.id for one in held} | {"": lens.id}

    # --- rows ----------------------------------------------------------------------------------------------------

    def _who(self, user: str) -> str | None:
        return self._people.get(user, self._session.person_id)

    def _add(self, kind: type[Base], rows: Iterable[dict[str, Any]]) -> None:
        """Add rows; one whose key is there came before and was moved or renamed here since, so it stays as it is."""
        if kind not in self._there:
            self._there[kind] = set(self._session.scalars(select(kind.__table__.c.id)))
        there = self._there[kind]
        held = [row for row in rows if row["id"] not in there]
        if held:
            self._session.execute(insert(kind), held)
            there.update(row["id"] for row in held)
            self._new[kind] = self._new.get(kind, 0) + len(held)


def _making(source: SourceDraft) -> dict[str, Any]:
    """How a transcript was made. Rows of one statement have the same columns, so each is there."""
    said = dict(source.making)
    try:
        checked_on = as_date(said.get("checked_on") or None)
    except NotPossible:
        checked_on = None
    texts = {one: clean_text(said.get(one, "")) for one in ("transcription", "language", "checked_by")}
    return {**texts, "checked_on": checked_on}
