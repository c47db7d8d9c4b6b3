"""QualCoder projects: a folder NAME.qda with the database data.qda in it; one may choose the folder or the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from app.importers.draft import ImportRefused
from app.importers.foreign_db import columns_of, foreign_db, text_of
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
from app.importers.refi_places import Judged, RawSpan, RawText, judge

LARGEST = 512_000_000
TABLES = {
    "project": {"date"},
    "source": {"id", "name", "fulltext", "memo", "owner", "date"},
    "code_name": {"cid", "name", "memo", "catid", "color"},
    "code_cat": {"catid", "name", "memo", "supercatid"},
    "code_text": {"ctid", "cid", "fid", "seltext", "pos0", "pos1", "owner", "date", "memo"},
}


def read_qualcoder(path: Path) -> ProjectDraft:
    """Read a project. Raises ImportRefused with one sentence that names the file."""
    path = Path(path)
    name = shown_name(path)
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

    def read(self) -> ProjectDraft:
        """The whole project."""
        texts = {self._key("source", number): (text_of(name), RawText(text_of(words)))
                 for number, name, words in self._rows("SELECT id, name, fulltext FROM source ORDER BY id")
                 if words is not None}  # fmt: skip
        for (name,) in self._rows("SELECT name FROM source WHERE fulltext IS NULL"):
            self._losses.append(Loss("File", text_of(name), "only texts have a place in a study"))
        judged, selections = self._selections({key: raw for key, (_, raw) in texts.items()})
        cases = self._cases({key: raw for key, (_, raw) in texts.items()}, judged, selections)
        for table, thing in (("code_image", "Coded picture area"), ("code_av", "Coded stretch of a recording")):
            if columns_of(self._connection, table):
                number = self._connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
                if number:
                    self._losses.append(Loss(thing, "", "it marks no words of a text", number))
        if columns_of(self._connection, "journal") >= {"name"}:
            for (name,) in self._rows("SELECT name FROM journal"):
                self._losses.append(
                    Loss("Journal entry", text_of(name), "it is on nothing that has a place in a study")
                )
        owners = {one.user for one in selections} - {""}
        return ProjectDraft(
            file_name=self._name,
            name=Path(self._name).stem if self._name != "data.qda" else "QualCoder project",
            origin="QualCoder",
            users=tuple(UserDraft(one, one) for one in sorted(owners)),
            codes=tuple(self._codes()),
            sources=tuple(SourceDraft(key, name, raw.text, file_name=self._name) for key, (name, raw) in texts.items()),
            selections=tuple(selections),
            cases=tuple(cases),
            notes=tuple(self._notes()),
            losses=gathered(self._losses),
            reading=judged.sentence,
        )

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
            waiting = [row for row in waiting if row not in ready]
        for number, name, memo, above, colour in self._rows(
            "SELECT cid, name, memo, catid, color FROM code_name ORDER BY cid"
        ):
            parent = self._key("cat", above) if above in known else None
            shown = text_of(colour).upper()
            shown = shown if len(shown) == 7 and shown[0] == "#" and set(shown[1:]) <= set("0123456789ABCDEF") else ""
            yield CodeDraft(self._key("code", number), text_of(name), parent, text_of(memo), shown)

    def _selections(self, texts: dict[str, RawText]) -> tuple[Judged, list[SelectionDraft]]:
        rows = list(
            self._rows("SELECT ctid, cid, fid, seltext, pos0, pos1, owner, date, memo FROM code_text ORDER BY ctid")
        )
        spans = [
            RawSpan(self._key("source", row[2]), int(row[4]), int(row[5]), text_of(row[3]))
            for row in rows
            if isinstance(row[4], int) and isinstance(row[5], int)
        ]
        judged = judge(texts, spans, "QualCoder")
        codes = {row[0] for row in self._rows("SELECT cid FROM code_name")}
        found: list[SelectionDraft] = []
        for number, code, source, said, start, end, owner, date, memo in rows:
            coding = CodingDraft(self._key("coding", number), self._key("code", code), text_of(owner), _at(date))
            if code not in codes:
                self._losses.append(Loss("Coding", "", "its code is not in the file"))
                continue
            made = self._selection("coding", number, source, (start, end), texts, judged, said)
            if made is not None:
                found.append(SelectionDraft(made.key, made.source, made.start, made.end, (coding,), text_of(memo),
                                            text_of(owner), _at(date)))  # fmt: skip
        if columns_of(self._connection, "annotation") >= {"anid", "fid", "pos0", "pos1", "memo", "owner", "date"}:
            for number, source, start, end, memo, owner, date in self._rows(
                "SELECT anid, fid, pos0, pos1, memo, owner, date FROM annotation ORDER BY anid"
            ):
                made = self._selection("annotation", number, source, (start, end), texts, judged, memo)
                if made is not None:
                    found.append(SelectionDraft(made.key, made.source, made.start, made.end, (), text_of(memo),
                                                text_of(owner), _at(date)))  # fmt: skip
        return judged, found

    def _selection(
        self,
        what: str,
        number: object,
        source: object,
        ends: tuple[object, object],
        texts: dict[str, RawText],
        judged: Judged,
        said: object,
    ) -> SelectionDraft | None:
        key = self._key("source", source)
        raw = texts.get(key)
        places = [raw.place(one, judged.reading) if raw and isinstance(one, int) else None for one in ends]
        if places[0] is None or places[1] is None or places[0] >= places[1]:
            words = " ".join(text_of(said).split())[:60]
            self._losses.append(Loss("Selection", words, "it does not stand inside its text"))
            return None
        return SelectionDraft(self._key(what, number), key, places[0], places[1])

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
                elif kind != "case":
                    self._losses.append(Loss("Variable", text_of(name), "it is of a text, and not of a person"))
        parts: dict[object, tuple[list[str], list[str]]] = {}
        if columns_of(self._connection, "case_text") >= {"id", "caseid", "fid", "pos0", "pos1"}:
            for number, case, source, start, end in self._rows(
                "SELECT id, caseid, fid, pos0, pos1 FROM case_text ORDER BY id"
            ):
                in_sources, marked = parts.setdefault(case, ([], []))
                key = self._key("source", source)
                if key in texts and key not in in_sources:
                    in_sources.append(key)
                whole = key in texts and start == 0 and isinstance(end, int) and end >= len(texts[key].text) - 1
                made = None if whole else self._selection("case", number, source, (start, end), texts, judged, "")
                if made is not None:
                    selections.append(made)
                    marked.append(made.key)
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


def _at(said: object) -> datetime | None:
    try:
        at = datetime.fromisoformat(text_of(said))
    except ValueError:
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
