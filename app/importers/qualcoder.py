"""QualCoder projects: a folder NAME.qda with the database data.qda in it; one may choose the folder or the database."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from app.importers.draft import ImportRefused
from app.importers.foreign_db import as_colour, as_moment, columns_of, foreign_db, text_of
from app.importers.project import (
    CaseDraft,
    CodeDraft,
    CodingDraft,
    Loss,
    NoteDraft,
    ProjectDraft,
    SelectionDraft,
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
    "source": {"id", "name", "fulltext", "mediapath", "memo", "owner", "date"},
    "code_name": {"cid", "name", "memo", "catid", "color"},
    "code_cat": {"catid", "name", "memo", "supercatid"},
    "code_text": {"cid", "fid", "seltext", "pos0", "pos1", "owner", "date", "memo"},
}
"""What the projects of all versions have, from 1 of 2018 to 17 of 2026; only later ones number their codings."""
MEDIA = re.compile(r"[/\\]?(images|audio|video)[/\\:]", re.IGNORECASE)
NO_WORDS = "it marks no words of a text"


def read_qualcoder(path: Path) -> ProjectDraft:
    """Read a project. Raises ImportRefused with one sentence that names the file."""
    path = Path(path)
    inside = path.name.casefold() == "data.qda" and path.parent.suffix.casefold() == ".qda"
    name = shown_name(path.parent if inside else path)
    inner = path / "data.qda" if path.is_dir() else path
    if path.is_dir() and not inner.is_file():
        raise ImportRefused(f"“{name}” is a folder without “data.qda”, so it is no QualCoder project.")
    with foreign_db(name, read_bytes(inner, LARGEST), TABLES) as connection:
        return _Reader(name, connection).read()


class _Reader:
    """Reads plain tables only; keys are made of the day the project was made and the row's number."""

    def __init__(self, name: str, connection: sqlite3.Connection) -> None:
        self._name, self._connection = name, connection
        made = connection.execute("SELECT date FROM project LIMIT 1").fetchone()
        self._project = f"qualcoder {text_of(made[0]) if made else ''}"
        self._losses: list[Loss] = []
        self._texts: dict[str, RawText] = {}

    def read(self) -> ProjectDraft:
        """The whole project."""
        sources = {source.key: source for source in self._sources()}
        texts = {key: self._texts[key] for key in sources}
        judged, selections = self._selections(texts)
        cases = self._cases(texts, judged, selections)
        entries = tuple(self._journal())
        self._tell_rest()
        owners = ({one.user for one in selections} | {one.user for one in entries}) - {""}
        return ProjectDraft(
            file_name=self._name,
            name=Path(self._name).stem,
            origin="QualCoder",
            users=tuple(UserDraft(one, one) for one in sorted(owners)),
            codes=tuple(self._codes()),
            sources=tuple(sources.values()),
            selections=tuple(selections),
            cases=tuple(cases),
            notes=tuple(self._notes()),
            entries=entries,
            losses=gathered(self._losses),
            reading=judged.sentence,
        )

    def _sources(self) -> Iterator[SourceDraft]:
        said: dict[object, list[tuple[str, str]]] = {}
        if columns_of(self._connection, "attribute") >= {"name", "attr_type", "value", "id"}:
            for name, value, number in self._rows(
                "SELECT name, value, id FROM attribute WHERE attr_type = 'file' ORDER BY attrid"
            ):
                if text_of(value).strip():
                    said.setdefault(number, []).append((text_of(name), text_of(value)))
        for number, name, words, path in self._rows("SELECT id, name, fulltext, mediapath FROM source ORDER BY id"):
            if words is None or (not text_of(words) and MEDIA.match(text_of(path))):
                self._losses.append(Loss("File", text_of(name), "only texts have a place in a study"))
                continue
            key = self._key("source", number)
            raw = self._texts[key] = RawText(text_of(words))
            yield SourceDraft(key, text_of(name), raw.text, file_name=self._name, values=tuple(said.get(number, ())))

    def _journal(self) -> Iterator[NoteDraft]:
        """Entries of the journal, and what was written on the project as a whole."""
        if columns_of(self._connection, "journal") >= {"jid", "name", "jentry", "date", "owner"}:
            for number, name, words, date, owner in self._rows(
                "SELECT jid, name, jentry, date, owner FROM journal ORDER BY jid"
            ):
                yield NoteDraft(
                    self._key("journal", number), text_of(name), text_of(words), user=text_of(owner), at=as_moment(date)
                )
        if "memo" in columns_of(self._connection, "project"):
            for (memo,) in self._rows("SELECT memo FROM project LIMIT 1"):
                if text_of(memo).strip():
                    yield NoteDraft(f"{self._project} memo", "Memo of the project", text_of(memo))

    def _tell_rest(self) -> None:
        """What has no place in a study, by name where it has one."""
        for table, thing, why in (
            ("code_image", "Coded picture area", NO_WORDS),
            ("code_av", "Coded stretch of a recording", NO_WORDS),
            ("ris", "Reference of a text", "a study keeps no list of literature"),
        ):
            if columns_of(self._connection, table):
                counted = "count(DISTINCT risid)" if table == "ris" else "count(*)"
                (number,) = self._connection.execute(f'SELECT {counted} FROM "{table}"').fetchone()
                if number:
                    self._losses.append(Loss(thing, "", why, number))
        if "name" in columns_of(self._connection, "graph"):
            for (name,) in self._rows("SELECT name FROM graph"):
                self._losses.append(Loss("Drawing", text_of(name), "a theme map is drawn from themes"))
        if "important" in columns_of(self._connection, "code_text"):
            (number,) = self._connection.execute("SELECT count(*) FROM code_text WHERE important = 1").fetchone()
            if number:
                self._losses.append(Loss("Mark “important”", "", "a coding has no such mark", number))

    def _codes(self) -> Iterable[CodeDraft]:
        """Categories are codes that cannot be coded with; those above come first."""
        waiting = list(self._rows("SELECT catid, name, memo, supercatid FROM code_cat ORDER BY catid"))
        known: set[object] = set()
        while waiting:
            ready = [row for row in waiting if row[3] is None or row[3] in known] or waiting[:1]
            for number, name, memo, above in ready:
                parent = self._key("cat", above) if above in known else None
                known.add(number)
                yield CodeDraft(self._key("cat", number), text_of(name), parent, text_of(memo), codable=False)
            waiting = [row for row in waiting if row[0] not in known]
        over = "supercid" if "supercid" in columns_of(self._connection, "code_name") else "NULL"
        codes = list(self._rows(f"SELECT cid, name, memo, catid, color, {over} FROM code_name ORDER BY cid"))
        there: set[object] = set()
        while codes:
            ready = [row for row in codes if row[5] is None or row[5] in there] or codes[:1]
            for number, name, memo, category, colour, above in ready:
                parent = self._key("cat", category) if category in known else None
                parent = self._key("code", above) if above in there else parent
                there.add(number)
                yield CodeDraft(self._key("code", number), text_of(name), parent, text_of(memo), as_colour(colour))
            codes = [row for row in codes if row[0] not in there]

    def _selections(self, texts: dict[str, RawText]) -> tuple[Judged, list[SelectionDraft]]:
        counted = "ctid" if "ctid" in columns_of(self._connection, "code_text") else "rowid"
        rows = list(
            self._rows(f"SELECT {counted}, cid, fid, seltext, pos0, pos1, owner, date, memo FROM code_text ORDER BY 1")
        )
        spans = [
            RawSpan(self._key("source", row[2]), row[4], row[5], text_of(row[3]))
            for row in rows
            if isinstance(row[4], int) and isinstance(row[5], int)
        ]
        judged = judge(texts, spans, "QualCoder")
        codes = {key: text_of(name) for key, name in self._rows("SELECT cid, name FROM code_name")}
        found: list[SelectionDraft] = []
        for number, code, source, said, start, end, owner, date, memo in rows:
            if code not in codes:
                self._losses.append(Loss("Coding", "", "its code is not in the file"))
                continue
            at = as_moment(date)
            coding = CodingDraft(self._key("coding", number), self._key("code", code), text_of(owner), at)
            ends = self._ends(source, (start, end), texts, judged, said, f", with its coding “{codes[code]}”")
            if ends is not None:
                key, owned = self._key("source", source), text_of(owner)
                found.append(
                    SelectionDraft(self._key("coding", number), key, *ends, (coding,), text_of(memo), owned, at)
                )
        if columns_of(self._connection, "annotation") >= {"anid", "fid", "pos0", "pos1", "memo", "owner", "date"}:
            for number, source, start, end, memo, owner, date in self._rows(
                "SELECT anid, fid, pos0, pos1, memo, owner, date FROM annotation ORDER BY anid"
            ):
                ends = self._ends(source, (start, end), texts, judged, "", f", with its annotation “{_cut(memo)}”")
                if ends is not None:
                    key = self._key("annotation", number)
                    found.append(SelectionDraft(key, self._key("source", source), *ends, (), text_of(memo),
                                                text_of(owner), as_moment(date)))  # fmt: skip
        return judged, found

    def _ends(
        self,
        source: object,
        ends: tuple[object, object],
        texts: dict[str, RawText],
        judged: Judged,
        said: object,
        went: str,
    ) -> tuple[int, int] | None:
        """Where a selection stands. `went` is what is lost with one that stands nowhere."""
        raw = texts.get(self._key("source", source))
        places = None
        if raw is not None and isinstance(ends[0], int) and isinstance(ends[1], int):
            places = places_of(raw, ends[0], ends[1], text_of(said), judged.reading)
        if places is None:
            self._losses.append(Loss("Selection", _cut(said), f"it does not stand inside its text{went}"))
        return places

    def _cases(
        self, texts: dict[str, RawText], judged: Judged, selections: list[SelectionDraft]
    ) -> Iterable[CaseDraft]:
        if not columns_of(self._connection, "cases") >= {"caseid", "name", "memo"}:
            return []
        values: dict[object, list[tuple[str, VariableKind, str]]] = {}
        if columns_of(self._connection, "attribute") >= {"name", "attr_type", "value", "id"}:
            numeric = {row[0] for row in self._rows("SELECT name FROM attribute_type WHERE valuetype = 'numeric'")}
            for name, kind, value, number in self._rows(
                "SELECT name, attr_type, value, id FROM attribute ORDER BY attrid"
            ):
                if kind == "case" and text_of(value).strip():
                    typed = VariableKind.NUMBER if name in numeric else VariableKind.TEXT
                    values.setdefault(number, []).append((text_of(name), typed, text_of(value)))
        parts: dict[object, tuple[list[str], list[str]]] = {}
        if columns_of(self._connection, "case_text") >= {"id", "caseid", "fid", "pos0", "pos1"}:
            memo = "memo" if "memo" in columns_of(self._connection, "case_text") else "NULL"
            for number, case, source, start, end, said in self._rows(
                f"SELECT id, caseid, fid, pos0, pos1, {memo} FROM case_text ORDER BY id"
            ):
                in_sources, marked = parts.setdefault(case, ([], []))
                key = self._key("source", source)
                if key not in texts:
                    continue
                if key not in in_sources:
                    in_sources.append(key)
                whole = start == 0 and isinstance(end, int) and end >= len(texts[key].text) - 1
                ends = None if whole else self._ends(source, (start, end), texts, judged, "", ", part of a case")
                if ends is not None:
                    one = SelectionDraft(self._key("case", number), key, *ends, (), text_of(said))
                    selections.append(one)
                    marked.append(one.key)
        return [
            CaseDraft(self._key("person", number), text_of(name), tuple(values.get(number, ())),
                      tuple(parts.get(number, ([], []))[0]), tuple(parts.get(number, ([], []))[1]), text_of(memo))
            for number, name, memo in self._rows("SELECT caseid, name, memo FROM cases ORDER BY caseid")
        ]  # fmt: skip

    def _notes(self) -> Iterable[NoteDraft]:
        for number, memo in self._rows("SELECT id, memo FROM source ORDER BY id"):
            if text_of(memo).strip():
                key = self._key("source", number)
                yield NoteDraft(f"{key} memo", "", text_of(memo), ((Subject.SOURCE, key),))

    def _rows(self, statement: str) -> Iterable[tuple[object, ...]]:
        return self._connection.execute(statement)

    def _key(self, what: str, number: object) -> str:
        return f"{self._project} {what} {number}"


def _cut(said: object) -> str:
    return " ".join(text_of(said).split())[:60]
