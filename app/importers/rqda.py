"""RQDA projects (a .rqda file): rows that were deleted stay in its tables with another status than 1."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

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
    "source": {"id", "name", "file", "memo", "status"},
    "freecode": {"id", "name", "memo", "color", "status"},
    "codecat": {"catid", "name", "memo", "status"},
    "treecode": {"cid", "catid", "status"},
    "coding": {"cid", "fid", "seltext", "selfirst", "selend", "owner", "memo", "status"},
}
CASES = {
    "cases": {"id", "name", "memo", "status"},
    "caselinkage": {"caseid", "fid", "selfirst", "selend", "status"},
    "caseAttr": {"variable", "value", "caseID", "status"},
}


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
        self._tell_rest()
        return ProjectDraft(
            file_name=self._name,
            name=Path(self._name).stem,
            origin="RQDA",
            users=tuple(UserDraft(one, one) for one in sorted({one.user for one in selections} - {""})),
            codes=tuple(self._codes()),
            sources=tuple(SourceDraft(key, names[key], raw.text, file_name=self._name) for key, raw in texts.items()),
            selections=tuple(selections),
            cases=tuple(cases),
            notes=tuple(self._notes()),
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
        for number, name, memo, colour in self._rows(
            "SELECT id, name, memo, color FROM freecode WHERE status = 1 ORDER BY id"
        ):
            parent = self._key("cat", above[number]) if number in above else None
            shown = text_of(colour).upper()
            shown = shown if len(shown) == 7 and shown[0] == "#" and set(shown[1:]) <= set("0123456789ABCDEF") else ""
            yield CodeDraft(self._key("code", number), text_of(name), parent, text_of(memo), shown)

    def _selections(self, texts: dict[str, RawText]) -> tuple[Judged, list[SelectionDraft]]:
        rows = [
            (number, code, self._key("source", source), text_of(said), _whole(start), _whole(end), owner, memo)
            for number, code, source, said, start, end, owner, memo in self._rows(
                "SELECT rowid, cid, fid, seltext, selfirst, selend, owner, memo FROM coding WHERE status = 1"
                " ORDER BY rowid"
            )
        ]
        judged = judge(texts, [RawSpan(row[2], row[4], row[5], row[3]) for row in rows], "RQDA")
        codes = {number for (number,) in self._rows("SELECT id FROM freecode WHERE status = 1")}
        found = []
        for number, code, source, said, start, end, owner, memo in rows:
            if code not in codes:
                self._losses.append(Loss("Coding", "", "its code is not in the file"))
                continue
            places = self._places(source, start, end, texts, judged)
            if places is None:
                self._losses.append(Loss("Selection", " ".join(said.split())[:60], "it does not stand inside its text"))
                continue
            coding = CodingDraft(self._key("coding", number), self._key("code", code), text_of(owner))
            found.append(
                SelectionDraft(
                    self._key("selection", number), source, *places, (coding,), text_of(memo), text_of(owner)
                )
            )
        return judged, found

    def _cases(
        self, texts: dict[str, RawText], judged: Judged, selections: list[SelectionDraft]
    ) -> Iterable[CaseDraft]:
        if any(not columns_of(self._connection, table) >= columns for table, columns in CASES.items()):
            return []
        values: dict[object, list[tuple[str, VariableKind, str]]] = {}
        for variable, value, case in self._rows("SELECT variable, value, caseID FROM caseAttr WHERE status = 1"):
            if text_of(value).strip():
                values.setdefault(case, []).append((text_of(variable), VariableKind.TEXT, text_of(value)))
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
            places = self._places(source, _whole(start), _whole(end), texts, judged)
            if places is not None and places != (0, len(texts[source].text)):
                key = self._key("case text", number)
                selections.append(SelectionDraft(key, source, *places))
                marked.append(key)
        made = []
        for number, name, memo in self._rows("SELECT id, name, memo FROM cases WHERE status = 1 ORDER BY id"):
            sources, marked = parts.get(number, ([], []))
            key = self._key("person", number)
            made.append(CaseDraft(key, text_of(name), tuple(values.get(number, ())), tuple(sources), tuple(marked),
                                  text_of(memo)))  # fmt: skip
        return made

    def _places(
        self, source: str, start: int, end: int, texts: dict[str, RawText], judged: Judged
    ) -> tuple[int, int] | None:
        raw = texts.get(source)
        if raw is None:
            return None
        first, last = raw.place(start, judged.reading), raw.place(end, judged.reading)
        return None if first is None or last is None or first >= last else (first, last)

    def _notes(self) -> Iterable[NoteDraft]:
        for number, memo in self._rows("SELECT id, memo FROM source WHERE status = 1 ORDER BY id"):
            if text_of(memo).strip():
                key = self._key("source", number)
                yield NoteDraft(f"{key} memo", "", text_of(memo), ((Subject.SOURCE, key),))

    def _tell_rest(self) -> None:
        """What has no place in a study, by name where it has one."""
        if columns_of(self._connection, "journal") >= {"name", "status"}:
            for (name,) in self._rows("SELECT name FROM journal WHERE status = 1"):
                why = "it is on nothing that has a place in a study"
                self._losses.append(Loss("Journal entry", text_of(name), why))
        for table, thing, why in (
            ("annotation", "Annotation", "it stands at a point and marks no words"),
            ("fileAttr", "Variable of a text", "only people have variables"),
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


def _whole(value: object) -> int:
    """A place, which R keeps as a number with a point; -1 for what is none."""
    return int(value) if isinstance(value, int | float) and abs(value) < 2**53 and value == int(value) else -1
