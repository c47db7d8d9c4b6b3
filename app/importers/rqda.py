"""RQDA projects (a .rqda file): rows that were deleted stay in its tables with another status than 1."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from app.importers.foreign_db import as_colour, as_moment, columns_of, foreign_db, text_of
from app.importers.project import (
    CaseDraft,
    CodeDraft,
    CodingDraft,
    Loss,
    NoteDraft,
    ProjectDraft,
    SelectionDraft,
    SetDraft,
    SourceDraft,
    Subject,
    UserDraft,
    VariableKind,
    gathered,
)
from app.importers.reading import read_bytes, shown_name
from app.importers.refi_places import Judged, RawSpan, RawText, judge, places_of

LARGEST = 512_000_000
TABLES = {
    "project": {"date"},
    "source": {"id", "name", "file", "memo", "status"},
    "freecode": {"id", "name", "memo", "status"},
    "codecat": {"catid", "name", "memo", "status"},
    "treecode": {"cid", "catid", "status"},
    "coding": {"cid", "fid", "seltext", "selfirst", "selend", "owner", "date", "memo", "status"},
}
CASES = {
    "cases": {"id", "name", "memo", "status"},
    "caselinkage": {"caseid", "fid", "selfirst", "selend", "status"},
}
_R_DATE = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def read_rqda(path: Path) -> ProjectDraft:
    """Read a project. Raises ImportRefused with one sentence that names the file."""
    path = Path(path)
    name = shown_name(path)
    with foreign_db(name, read_bytes(path, LARGEST), TABLES) as connection:
        return _Reader(name, connection).read()


class _Reader:
    """Keys are made of the day the project was made and the row's number."""

    def __init__(self, name: str, connection: sqlite3.Connection) -> None:
        self._name, self._connection = name, connection
        made = connection.execute("SELECT date FROM project LIMIT 1").fetchone()
        self._project = f"rqda {text_of(made[0]) if made else ''}"
        self._losses: list[Loss] = []

    def read(self) -> ProjectDraft:
        """The whole project."""
        names: dict[str, str] = {}
        texts: dict[str, RawText] = {}
        for number, title, words in self._rows("SELECT id, name, file FROM source WHERE status = 1 ORDER BY id"):
            key = self._key("source", number)
            names[key], texts[key] = text_of(title), RawText(text_of(words))
        judged, selections = self._selections(texts)
        cases = self._cases(texts, judged, selections)
        said = self._said("fileAttr", "fileID")
        entries = tuple(self._journal())
        self._tell_rest()
        owners = {one.user for one in selections} | {one.user for one in entries}
        return ProjectDraft(
            file_name=self._name,
            name=Path(self._name).stem,
            origin="RQDA",
            users=tuple(UserDraft(one, one) for one in sorted(owners - {""})),
            codes=tuple(self._codes()),
            sources=tuple(
                SourceDraft(
                    key,
                    names[key],
                    raw.text,
                    file_name=self._name,
                    values=tuple((name, value) for name, _, value in said.get(key, ())),
                )
                for key, raw in texts.items()
            ),
            selections=tuple(selections),
            cases=tuple(cases),
            notes=tuple(self._notes(texts, judged)),
            entries=entries,
            sets=tuple(self._groups_of_files(texts)),
            losses=gathered(self._losses),
            reading=judged.sentence,
        )

    def _codes(self) -> Iterable[CodeDraft]:
        """Categories are codes that cannot be coded with. RQDA lets a code stand in several; here it stands in one."""
        categories = {}
        for number, name, memo in self._rows("SELECT catid, name, memo FROM codecat WHERE status = 1 ORDER BY catid"):
            categories[number] = text_of(name)
            yield CodeDraft(self._key("cat", number), text_of(name), None, text_of(memo), codable=False)
        above: dict[object, object] = {}
        held = {number: text_of(name) for number, name in self._rows("SELECT id, name FROM freecode WHERE status = 1")}
        for code, category in self._rows("SELECT cid, catid FROM treecode WHERE status = 1 ORDER BY catid"):
            if category in categories and above.setdefault(code, category) != category and code in held:
                why = f"it stands under “{categories[above[code]]}”, and a code has one place"
                self._losses.append(Loss("Second category of a code", f"{categories[category]} / {held[code]}", why))
        colour = "color" if "color" in columns_of(self._connection, "freecode") else "NULL"
        for number, name, memo, shown in self._rows(
            f"SELECT id, name, memo, {colour} FROM freecode WHERE status = 1 ORDER BY id"
        ):
            parent = self._key("cat", above[number]) if number in above else None
            yield CodeDraft(self._key("code", number), text_of(name), parent, text_of(memo), as_colour(shown))

    def _selections(self, texts: dict[str, RawText]) -> tuple[Judged, list[SelectionDraft]]:
        rows = [
            (number, code, self._key("source", source), text_of(said), _whole(start), _whole(end), owner, date, memo)
            for number, code, source, said, start, end, owner, date, memo in self._rows(
                "SELECT rowid, cid, fid, seltext, selfirst, selend, owner, date, memo FROM coding WHERE status = 1"
                " ORDER BY rowid"
            )
        ]
        judged = judge(texts, [RawSpan(row[2], row[4], row[5], row[3]) for row in rows], "RQDA")
        codes = {key: text_of(name) for key, name in self._rows("SELECT id, name FROM freecode WHERE status = 1")}
        found = []
        for number, code, source, said, start, end, owner, date, memo in rows:
            if code not in codes:
                self._losses.append(Loss("Coding", "", "its code is not in the file"))
                continue
            places = places_of(texts[source], start, end, said, judged.reading) if source in texts else None
            if places is None:
                why = f"it does not stand inside its text, with its coding “{codes[code]}”"
                self._losses.append(Loss("Selection", " ".join(said.split())[:60], why))
                continue
            at = _moment(date)
            coding = CodingDraft(self._key("coding", number), self._key("code", code), text_of(owner), at)
            key = self._key("selection", number)
            found.append(SelectionDraft(key, source, *places, (coding,), text_of(memo), text_of(owner), at))
        return judged, found

    def _cases(
        self, texts: dict[str, RawText], judged: Judged, selections: list[SelectionDraft]
    ) -> Iterable[CaseDraft]:
        if any(not columns_of(self._connection, table) >= columns for table, columns in CASES.items()):
            return []
        values = self._said("caseAttr", "caseID")
        parts: dict[object, tuple[list[str], list[str]]] = {}
        for number, case, file, start, end in self._rows(
            "SELECT rowid, caseid, fid, selfirst, selend FROM caselinkage WHERE status = 1 ORDER BY rowid"
        ):
            source = self._key("source", file)
            if source not in texts:
                continue
            sources, marked = parts.setdefault(case, ([], []))
            if source not in sources:
                sources.append(source)
            places = places_of(texts[source], _whole(start), _whole(end), "", judged.reading)
            if places is not None and places != (0, len(texts[source].text)):
                key = self._key("case text", number)
                selections.append(SelectionDraft(key, source, *places))
                marked.append(key)
        made = []
        for number, name, memo in self._rows("SELECT id, name, memo FROM cases WHERE status = 1 ORDER BY id"):
            sources, marked = parts.get(number, ([], []))
            key = self._key("person", number)
            made.append(CaseDraft(key, text_of(name), tuple(values.get(key, ())), tuple(sources), tuple(marked),
                                  text_of(memo)))  # fmt: skip
        return made

    def _said(self, table: str, owner: str) -> dict[str, list[tuple[str, VariableKind, str]]]:
        """{case or text: (variable, type, value)}; types are of the whole project, and older ones have none."""
        said: dict[str, list[tuple[str, VariableKind, str]]] = {}
        held = columns_of(self._connection, table)
        if not held >= {"variable", "value", owner}:
            return said
        numeric = set[str]()
        if columns_of(self._connection, "attributes") >= {"name", "class"}:
            numeric = {text_of(row[0]) for row in self._rows("SELECT name FROM attributes WHERE class = 'numeric'")}
        there = "WHERE status = 1" if "status" in held else ""
        what = "person" if owner == "caseID" else "source"
        for variable, value, number in self._rows(
            f"SELECT variable, value, {owner} FROM {table} {there} ORDER BY rowid"
        ):
            if text_of(value).strip():
                kind = VariableKind.NUMBER if text_of(variable) in numeric else VariableKind.TEXT
                said.setdefault(self._key(what, number), []).append((text_of(variable), kind, text_of(value)))
        return said

    def _journal(self) -> Iterator[NoteDraft]:
        """Entries of the journal, and what was written on the project as a whole."""
        if columns_of(self._connection, "journal") >= {"name", "journal", "date", "owner", "status"}:
            for number, name, words, date, owner in self._rows(
                "SELECT rowid, name, journal, date, owner FROM journal WHERE status = 1 ORDER BY rowid"
            ):
                key = self._key("journal", number)
                title = "" if _moment(name) else text_of(name)  # it is called by its moment where nobody named it
                yield NoteDraft(key, title, text_of(words), user=text_of(owner), at=_moment(date))
        if "memo" in columns_of(self._connection, "project"):
            for (memo,) in self._rows("SELECT memo FROM project LIMIT 1"):
                if text_of(memo).strip():
                    yield NoteDraft(f"{self._project} memo", "Memo of the project", text_of(memo))

    def _notes(self, texts: dict[str, RawText], judged: Judged) -> Iterator[NoteDraft]:
        """Memos of texts, and annotations: those stand at a point, so the words beside it are told with them."""
        for number, memo in self._rows("SELECT id, memo FROM source WHERE status = 1 ORDER BY id"):
            if text_of(memo).strip():
                key = self._key("source", number)
                yield NoteDraft(f"{key} memo", "", text_of(memo), ((Subject.SOURCE, key),))
        if columns_of(self._connection, "annotation") >= {"fid", "position", "annotation", "owner", "date", "status"}:
            for number, file, place, words, owner, date in self._rows(
                "SELECT rowid, fid, position, annotation, owner, date FROM annotation WHERE status = 1 ORDER BY rowid"
            ):
                key = self._key("source", file)
                at = texts[key].place(_whole(place), judged.reading) if key in texts else None
                if at is None:
                    why = "it does not stand inside its text"
                    self._losses.append(Loss("Annotation", " ".join(text_of(words).split())[:60], why))
                    continue
                beside = " ".join(texts[key].text[max(0, at - 40) : at].split()[-6:])
                title = f"After “{beside}”:" if beside else "At the beginning:"
                yield NoteDraft(self._key("annotation", number), title, text_of(words), ((Subject.SOURCE, key),),
                                text_of(owner), _moment(date))  # fmt: skip

    def _groups_of_files(self, texts: dict[str, RawText]) -> Iterator[SetDraft]:
        """Categories of files."""
        needed = (("filecat", {"catid", "name", "memo", "status"}), ("treefile", {"fid", "catid", "status"}))
        if any(not columns_of(self._connection, table) >= columns for table, columns in needed):
            return
        held: dict[object, list[str]] = {}
        for file, category in self._rows("SELECT fid, catid FROM treefile WHERE status = 1 ORDER BY rowid"):
            if self._key("source", file) in texts:
                held.setdefault(category, []).append(self._key("source", file))
        for number, name, memo in self._rows("SELECT catid, name, memo FROM filecat WHERE status = 1 ORDER BY catid"):
            yield SetDraft(
                self._key("filecat", number), text_of(name), text_of(memo), sources=tuple(held.get(number, ()))
            )

    def _tell_rest(self) -> None:
        """What has no place in a study."""
        for table, thing, why in (
            ("coding2", "Coding of a second coder", "RQDA keeps them for comparing, and a study compares nobody"),
            ("imageCoding", "Coded picture area", "it marks no words of a text"),
        ):
            if "status" in columns_of(self._connection, table):
                (number,) = self._connection.execute(f'SELECT count(*) FROM "{table}" WHERE status = 1').fetchone()
                if number:
                    self._losses.append(Loss(thing, "", why, number))

    def _rows(self, statement: str) -> Iterable[tuple[object, ...]]:
        return self._connection.execute(statement)

    def _key(self, what: str, number: object) -> str:
        return f"{self._project} {what} {number}"


def _moment(said: object) -> datetime | None:
    """A moment as R writes it ("Mon Jan  1 10:02:03 2024"), in whatever time there was."""
    found = _R_DATE.fullmatch(text_of(said).strip())
    if found is None:
        return as_moment(said)
    month, day, hour, minute, second, year = found.groups()
    try:
        whole = (int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second))
        return datetime(*whole, tzinfo=UTC)
    except ValueError:
        return None


def _whole(value: object) -> int:
    """A place, which R keeps as a number with a point; -1 for what is none."""
    return int(value) if isinstance(value, int | float) and abs(value) < 2**53 and value == int(value) else -1
