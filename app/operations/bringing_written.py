"""What was written in a project of another program: notes become memos or entries of the journal, sets piles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.importers.project import Loss, NoteDraft, ProjectDraft, Subject
from app.models import BoardCard, BoardPile, JournalEntry, JournalLink, Memo
from app.models.base import Base
from app.operations.foreign import foreign_key
from app.operations.names import clean_text, folded, one_line
from app.study import ChangeSession

PILE_STEP = 320.0
_SUBJECTS = ("excerpt_id", "coding_id", "code_id", "theme_id", "source_id", "group_id", "participant_id")
_COLUMNS = {
    Subject.CODE: "code_id",
    Subject.SOURCE: "source_id",
    Subject.SELECTION: "excerpt_id",
    Subject.CASE: "participant_id",
    Subject.THEME: "theme_id",
}


@dataclass(frozen=True)
class Brought:
    """{foreign key: key of ours} of what has come in, by sort, and of people."""

    of: Mapping[Subject, Mapping[str, str]]
    people: Mapping[str, str]


@dataclass
class Written:
    """Rows to be added, and what was lost."""

    rows: list[tuple[type[Base], list[dict[str, Any]]]] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)


def bring_written(
    session: ChangeSession,
    draft: ProjectDraft,
    brought: Brought,
    said_of_texts: Mapping[str, Sequence[tuple[str, str]]],
) -> Written:
    """Everything that was written on what has come in; `said_of_texts` is {text: (variable, value)}."""
    return _Bringing(session, draft, brought).all(said_of_texts)


def memo_row(
    session: ChangeSession, column: str, row_id: str, text: str, key: str, *, at: datetime | None = None,
    person_id: str | None = None, kind: str = "", title: str = "",
) -> dict[str, Any]:  # fmt: skip
    """A memo on one thing; what a note was called stands before its words."""
    return {
        **dict.fromkeys(_SUBJECTS), column: row_id, "id": foreign_key("memo", key, column), "kind": kind,
        "text": _titled(title, text), "created_at": at or session.at, "person_id": person_id,
    }  # fmt: skip


def memo_place(row: Mapping[str, Any]) -> tuple[str | None, ...]:
    """What a memo is on, and its words: some programs make new keys at each export, so keys do not tell enough."""
    return (*(row[subject] for subject in _SUBJECTS), row["text"])


def memos_said(session: ChangeSession) -> set[tuple[str | None, ...]]:
    """The memos that are there, as `memo_place` gives them."""
    columns = [getattr(Memo, subject) for subject in _SUBJECTS]
    return {tuple(row) for row in session.execute(select(*columns, Memo.text))}


class _Bringing:
    def __init__(self, session: ChangeSession, draft: ProjectDraft, brought: Brought) -> None:
        self._session, self._draft, self._brought = session, draft, brought
        self._there = set(session.scalars(select(Memo.id)))
        self._said = memos_said(session)
        self._done = Written()

    def all(self, said_of_texts: Mapping[str, Sequence[tuple[str, str]]]) -> Written:
        """Notes, what is said of texts, sets, and links."""
        memos = [row for note in self._draft.notes for row in self._on_things(note)]
        memos += self._of_texts(said_of_texts)
        memos += self._sets()
        fresh = {row["id"]: row for row in memos if row["text"].strip() and self._is_new(row)}
        self._done.rows.append((Memo, list(fresh.values())))
        self._entries()
        self._links()
        return self._done

    def _is_new(self, memo: dict[str, Any]) -> bool:
        return memo["id"] not in self._there and memo_place(memo) not in self._said

    def _row(self, subject: Subject, key: str) -> str | None:
        return self._brought.of.get(subject, {}).get(key)

    def _who(self, user: str) -> str | None:
        return self._brought.people.get(user, self._session.person_id)

    # --- notes ---------------------------------------------------------------------------------------------------

    def _on_things(self, note: NoteDraft) -> list[dict[str, Any]]:
        """A memo on each thing that a note is on; a project of ours, taken back, has its memos already."""
        if note.key in self._there:
            return []
        rows = []
        for subject, key in note.subjects:
            row_id = self._row(subject, key)
            if row_id is not None:
                rows.append(
                    memo_row(self._session, _COLUMNS[subject], row_id, note.text, f"{note.key} {key}", at=note.at,
                             person_id=self._who(note.user), kind=note.kind, title=note.name)
                )  # fmt: skip
        return rows

    def _entries(self) -> None:
        """Entries of a journal, and the notes that are on nothing that has a place: they are the researcher's own."""
        there = set[str]()
        written = set[tuple[str, datetime | None]]()
        for key, at, text in self._session.execute(select(JournalEntry.id, JournalEntry.at, JournalEntry.text)):
            there.add(key)
            written.update(((text, at), (text, None)))
        free = [note for note in self._draft.notes
                if note.key not in self._there and not any(self._row(*one) for one in note.subjects)]  # fmt: skip
        entries, links = [], []
        for note in (*self._draft.entries, *free):
            key = foreign_key("entry", note.key)
            words = _titled(note.name, note.text).strip()
            if key in there or note.key in there or (words and (words, note.at) in written):
                continue
            if not words:
                self._done.losses.append(Loss("Note", one_line(note.name)[:80], "nothing is written in it"))
                continue
            there.add(key)
            entries.append(
                {"id": key, "at": note.at or self._session.at, "kind": one_line(note.kind)[:80], "text": words,
                 "private": False, "phase": None, "person_id": self._who(note.user)}
            )  # fmt: skip
            for subject, thing in dict.fromkeys(note.subjects):
                row_id = self._row(subject, thing)
                if row_id is not None:
                    column = _COLUMNS[subject]
                    links.append({**dict.fromkeys(_LINKED), "id": foreign_key("entry link", note.key, thing),
                                  "entry_id": key, column: row_id})  # fmt: skip
        self._done.rows += [(JournalEntry, entries), (JournalLink, links)]

    def _of_texts(self, said_of_texts: Mapping[str, Sequence[tuple[str, str]]]) -> list[dict[str, Any]]:
        """What is said of a text as a whole is written down at it."""
        rows = []
        for source in self._draft.sources:
            row_id = self._row(Subject.SOURCE, source.key)
            values = dict.fromkeys((*source.values, *said_of_texts.get(source.key, ())))
            words = "\n".join(f"{one_line(name)}: {clean_text(value)}" for name, value in values)
            if row_id is None:
                continue
            for what, text in (("description", source.description), ("variables", words)):
                if text.strip():
                    rows.append(memo_row(self._session, "source_id", row_id, text, f"{source.key} {what}",
                                         person_id=self._who("")))  # fmt: skip
        return rows

    # --- sets and links ------------------------------------------------------------------------------------------

    def _sets(self) -> list[dict[str, Any]]:
        """Sets of codes become working piles on the board; a set of texts is written down at each of them."""
        lying = set(self._session.scalars(select(BoardCard.code_id)))
        named = {folded(title): key for key, title in self._session.execute(select(BoardPile.id, BoardPile.title))}
        piles_there = set(named.values())
        codes, sources = self._brought.of[Subject.CODE], self._brought.of[Subject.SOURCE]
        piles, cards, memos = [], [], []
        for number, one in enumerate(self._draft.sets):
            title = one_line(one.name)[:200]
            held = [codes[key] for key in one.codes if key in codes]
            free = [code for code in dict.fromkeys(held) if code not in lying]
            pile = named.get(folded(title), "") or foreign_key("pile", one.key)
            if free and pile not in piles_there:
                piles.append({"id": pile, "theme_id": None, "title": title, "x": number * PILE_STEP, "y": 0.0})
                cards += [
                    {"id": foreign_key("card", one.key, code), "code_id": code, "pile_id": pile, "position": place}
                    for place, code in enumerate(free)
                ]
                lying.update(free)
            elsewhere = [code for code in dict.fromkeys(held) if code not in free]
            if elsewhere and pile not in piles_there:
                self._done.losses.append(
                    Loss(
                        "Set", title, f"{len(elsewhere)} of its codes lie in another pile; a memo on them names the set"
                    )
                )
                memos += [memo_row(self._session, "code_id", code, f"In the set “{title}”.", f"{one.key} {code}",
                                   person_id=self._who("")) for code in elsewhere]  # fmt: skip
            said = f"In the set “{title}”." + (f"\n{one.description}" if one.description else "")
            memos += [memo_row(self._session, "source_id", sources[key], said, f"{one.key} {key}",
                               person_id=self._who("")) for key in one.sources if key in sources]  # fmt: skip
            if one.description and held:
                self._done.losses.append(Loss("Description of the set", title, "a pile has none"))
            if not held and not any(key in sources for key in one.sources):
                self._done.losses.append(Loss("Set", title, "nothing of it came in"))
        self._done.rows += [(BoardPile, piles), (BoardCard, cards)]
        return memos

    def _links(self) -> None:
        notes = {note.key for note in (*self._draft.notes, *self._draft.entries)}
        draft = self._draft
        names = {code.key: code.name for code in draft.codes} | {source.key: source.name for source in draft.sources}
        names |= {case.key: case.name for case in draft.cases}
        for link in draft.links:
            if link.origin not in notes and link.target not in notes:
                ends = [one_line(names[one])[:60] for one in (link.origin, link.target) if one in names]
                name = ": ".join(part for part in (one_line(link.name)[:80], " – ".join(ends)) if part)
                self._done.losses.append(Loss("Link", name, "only themes are related by lines"))


_LINKED = (
    "source_id", "excerpt_id", "code_id", "theme_id", "version_id", "lens_entry_id", "group_id", "participant_id",
    "comment_id",
)  # fmt: skip


def _titled(title: str, text: str) -> str:
    words, head = clean_text(text), one_line(title)
    return f"{head}\n{words}".strip() if head and not words.casefold().startswith(head.casefold()) else words
