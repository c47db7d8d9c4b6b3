"""Projects of other programs (qdpx and databases), and files that pretend to be studies."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.hostile.making import FILES, IMPORTS, REFUSED, WARNS, Maker, made
from tests.hostile.office_files import one_member, packed, zeros

REFI = "urn:QDA-XML:project:1.0"
TEXT = "P1: I felt I belonged.\nP2: We were invited to tea.\n"
GUID = "0000000{}-0000-4000-8000-000000000000"


def qde(
    *, codes: str = "", sources: str = "", more: str = "", before: str = "", namespace: str = REFI, users: str = ""
) -> str:
    """The XML of a project."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{before}<Project xmlns="{namespace}" name="p" origin="x"><Users>{users}</Users>'
        f"<CodeBook><Codes>{codes}</Codes></CodeBook><Sources>{sources}</Sources>{more}</Project>"
    )


def code(number: str, name: str = "Belonging", inner: str = "") -> str:
    """A code."""
    return f'<Code guid="{GUID.format(number)}" name="{name}" isCodable="true">{inner}</Code>'


def source(number: str, inner: str = "", path: str = "internal://s.txt", name: str = "FG1") -> str:
    """A text with its selections."""
    where = f' plainTextPath="{path}"' if path else ""
    return f'<TextSource guid="{GUID.format(number)}" name="{name}"{where}>{inner}</TextSource>'


def selection(number: str, start: object, end: object, target: str = "a") -> str:
    """A selection with a coding."""
    return (
        f'<PlainTextSelection guid="{GUID.format(number)}" name="s" startPosition="{start}" endPosition="{end}"><Coding '
        f'guid="{GUID.format(number + "9")}"><CodeRef targetGUID="{GUID.format(target)}"/></Coding></PlainTextSelection>'
    )


def qdpx(xml: str, text: str | bytes = TEXT, **others: str | bytes) -> bytes:
    """The archive around it."""
    return packed({"project.qde": xml, "Sources/s.txt": text, **others})


def project(name: str, outcome: str, *also: str, **checks: Any) -> Callable[[Maker], Maker]:
    """A maker of a project of another program."""
    return made(f"qdpx-{name}.qdpx", outcome, *also, kind="qdpx", **checks)


GOOD = qde(codes=code("a"), sources=source("b", selection("c", 4, 21)))
project("good-made", IMPORTS, counts={"sources": 1, "codes": 1, "codings": 1})(lambda: qdpx(GOOD))
project("two-qde", REFUSED)(lambda: qdpx(GOOD, **{"other.qde": GOOD}))
project("newer-namespace", IMPORTS, WARNS, REFUSED)(lambda: qdpx(GOOD.replace(REFI, "urn:QDA-XML:project:9.0")))
project("guid-twice-codes", WARNS, REFUSED)(
    lambda: qdpx(qde(codes=code("a", "One") + code("a", "Two"), sources=source("b")))
)
project("guid-twice-sources", WARNS, REFUSED)(
    lambda: qdpx(
        qde(
            codes=code("a"), sources=source("b", selection("c", 4, 21)) + source("b", selection("d", 4, 21), name="FG2")
        )
    )
)
project("guid-twice-selections", WARNS, REFUSED, IMPORTS)(
    lambda: qdpx(qde(codes=code("a"), sources=source("b", selection("c", 4, 21) + selection("c", 24, 30))))
)
project("guid-missing", IMPORTS, WARNS, REFUSED)(
    lambda: qdpx(
        qde(codes='<Code name="x"/><Code name="y"/>', sources='<TextSource name="t" plainTextPath="internal://s.txt"/>')
    )
)
project("guid-odd", IMPORTS, WARNS, REFUSED)(
    lambda: qdpx(GOOD.replace("0000000a-0000-4000-8000-000000000000", "'; DROP TABLE code;--"))
)
project("name-empty", WARNS, IMPORTS, REFUSED)(
    lambda: qdpx(qde(codes=code("a", "") + code("d", "  "), sources=source("b", name="")))
)
project("names-same", IMPORTS, WARNS, REFUSED)(
    lambda: qdpx(qde(codes=code("a", "X") + code("d", "x") + code("e", "X"), sources=source("b")))
)
project("name-long", IMPORTS, WARNS, REFUSED)(lambda: qdpx(qde(codes=code("a", "n" * 200_000), sources=source("b"))))
project("name-controls", IMPORTS, WARNS, REFUSED)(
    lambda: qdpx(qde(codes=code("a", "one&#10;two&#x202e;owt"), sources=source("b")))
)
project("code-cycle", WARNS, IMPORTS, REFUSED)(
    lambda: qdpx(qde(codes=code("a", "A", code("d", "B", code("a", "C"))), sources=source("b")))
)
project("offsets-odd", WARNS, REFUSED)(
    lambda: qdpx(qde(codes=code("a"), sources=source("b", "".join(
        selection(f"c{number}", *ends) for number, ends in enumerate(
            ((-1, 4), (4, 4), (9, 4), (0, 10**11), (10**30, 10**31), ("x", "y"), ("", ""), (4, 21), (1.5, 3)))))))
)  # fmt: skip
project("no-text", WARNS, REFUSED)(
    lambda: qdpx(qde(codes=code("a"), sources=source("b", selection("c", 4, 21), path="")))
)
project("text-missing", WARNS, REFUSED)(lambda: qdpx(GOOD.replace("internal://s.txt", "internal://gone.txt")))
project("text-empty", WARNS, IMPORTS, REFUSED)(lambda: qdpx(GOOD, ""))
project("text-not-utf8", WARNS, REFUSED)(lambda: qdpx(GOOD, b"P1: caf\xe9 was home\nP2: yes\n"))
project("text-controls", WARNS, IMPORTS, REFUSED, must_not_contain=["\0"])(
    lambda: qdpx(GOOD, b"P1: a\0b\x07c felt home\r\nP2: yes\n")
)
for number, path in enumerate(("absolute:///etc/passwd", "file:///etc/passwd", "/etc/passwd", "relative://../../etc/passwd",
                               "internal:///etc/passwd", "internal://..%2f..%2fetc/passwd", "internal://..\\..\\etc\\passwd",
                               "http://127.0.0.1:9/x.txt", "\\\\127.0.0.1\\share\\x.txt", "internal://a/../../etc/passwd")):  # fmt: skip
    project(f"path-{number}", WARNS, REFUSED, must_not_contain=["root:"], no_network=True)(
        lambda path=path: qdpx(GOOD.replace("internal://s.txt", path))
    )
project("symlink-made", REFUSED, must_not_contain=["root:"])(lambda: _symlink())
project("bomb-source-1GB", REFUSED, max_seconds=15, max_rss_mb=900)(
    lambda: one_member("Sources/s.txt", zeros(256, letter=b"lol "), 256 << 22, others={"project.qde": GOOD})
)
project("bomb-source-lies", REFUSED, WARNS, max_seconds=15, max_rss_mb=900)(
    lambda: one_member("Sources/s.txt", zeros(300, letter=b"l"), 100, others={"project.qde": GOOD})
)
project("laughs-parameter", REFUSED, max_seconds=10)(
    lambda: qdpx(
        qde(
            codes=code("a", "&b;"), before='<!DOCTYPE d [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;<!ENTITY b "x">]>'
        )
    )
)
project("nested-deep", REFUSED, WARNS, IMPORTS, max_seconds=15)(
    lambda: qdpx(qde(codes='<Code guid="g" name="n">' * 20_000 + "</Code>" * 20_000))
)
project("200-levels", IMPORTS, WARNS, REFUSED, max_seconds=15)(
    lambda: qdpx(
        qde(codes="".join(f'<Code guid="g{n}" name="n{n}">' for n in range(200)) + "</Code>" * 200, sources=source("b"))
    )
)
project("10k-codes", IMPORTS, WARNS, max_seconds=30)(
    lambda: qdpx(qde(codes="".join(f'<Code guid="g{n}" name="n{n}"/>' for n in range(10_000)), sources=source("b")))
)
project("colours-odd", WARNS, IMPORTS)(
    lambda: qdpx(GOOD.replace('isCodable="true"', 'isCodable="true" color="red;background:url(http://127.0.0.1:9)"'))
)
project("dates-odd", IMPORTS, WARNS, REFUSED)(
    lambda: qdpx(GOOD.replace("<PlainTextSelection ", '<PlainTextSelection creationDateTime="9999-99-99T99:99:99Z" '))
)
project("dates-edge", IMPORTS, WARNS, REFUSED)(
    lambda: qdpx(
        GOOD.replace("<PlainTextSelection ", '<PlainTextSelection creationDateTime="0001-01-01T00:00:00+14:00" ')
    )
)
project("empty-project", REFUSED, WARNS)(lambda: qdpx(qde()))
project("wrong-root", REFUSED)(lambda: qdpx("<html/>"))
project("truncated-made", REFUSED)(lambda: qdpx(GOOD)[:-40])
project("xml-cut", REFUSED)(lambda: qdpx(GOOD[:-30]))
project("is-text", REFUSED)(lambda: b"this is no project at all\n" * 9)
project("cases-odd", WARNS, IMPORTS, REFUSED)(
    lambda: qdpx(GOOD.replace("</Project>", '<Cases><Case guid="k" name=""/><Case guid="k" name="Nur"><VariableValue><VariableRef targetGUID="v"/>'
                              "<IntegerValue>9e999</IntegerValue></VariableValue><SelectionRef targetGUID='zz'/></Case></Cases></Project>"))
)  # fmt: skip
project("values-odd", WARNS, IMPORTS, REFUSED)(
    lambda: qdpx(GOOD.replace("</Project>", '<Variables><Variable guid="v" name="age"/><Variable guid="w" name="day"/></Variables><Cases>'
                              '<Case guid="k" name="Nur"><VariableValue><VariableRef targetGUID="v"/><IntegerValue>twelve</IntegerValue>'
                              '</VariableValue><VariableValue><VariableRef targetGUID="w"/><DateValue>2024-13-45</DateValue></VariableValue>'
                              '<VariableValue><VariableRef targetGUID="v"/><FloatValue>nan</FloatValue></VariableValue></Case></Cases></Project>'))
)  # fmt: skip
project("notes-sets-odd", WARNS, IMPORTS, REFUSED)(
    lambda: qdpx(GOOD.replace("</Project>", '<Notes><Note guid="n" name="x"><PlainTextContent></PlainTextContent></Note><Note guid="n" name="y"/></Notes>'
                              '<Sets><Set guid="t" name=""><MemberCode targetGUID="zz"/><MemberSource/></Set></Sets><Links><Link guid="l" originGUID="zz"'
                              ' targetGUID="l"/></Links><Graphs><Graph guid="h"><Vertex guid="u" representedGUID="zz" firstX="99999999999" firstY="x"/>'
                              "</Graph></Graphs></Project>"))
)  # fmt: skip


def _symlink() -> bytes:
    from tests.hostile.office_files import _linked

    return packed({"project.qde": GOOD}, more=(_linked("Sources/s.txt", "/etc/passwd"),))


# Databases of other programs --------------------------------------------------------------------------------------


def database(schema: str, *statements: str) -> bytes:
    """The bytes of a database that these statements make."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made")
        connection = sqlite3.connect(path, isolation_level=None)
        connection.executescript(schema)
        for statement in statements:
            connection.execute(statement)
        connection.close()
        return path.read_bytes()


def _taguette(*statements: str) -> bytes:
    from tests.importers.test_foreign_projects import TAGUETTE

    return database(
        TAGUETTE,
        "INSERT INTO projects VALUES (1, 'Belonging', '', '2024-01-02')",
        "INSERT INTO documents VALUES (1, 'FG1', '', 'f', '', 1, '', '<p>P1: I felt home</p><p>P2: yes</p>')",
        "INSERT INTO tags VALUES (1, 1, 'home', '')",
        "INSERT INTO highlights VALUES (1, 1, 4, 10, 'I felt')",
        "INSERT INTO highlight_tags VALUES (1, 1)",
        *statements,
    )


def taguette(name: str, outcome: str, *also: str, **checks: Any) -> Callable[[Maker], Maker]:
    """A maker of a Taguette project."""
    return made(f"taguette-{name}.sqlite3", outcome, *also, kind="qdpx", **checks)


_MASTER = ("PRAGMA writable_schema = ON",)
TRAP = (
    "CREATE TABLE trap (x TEXT)",
    "CREATE TRIGGER evil AFTER INSERT ON tags BEGIN DELETE FROM tags; INSERT INTO trap VALUES ('ran'); END",
)
taguette("good", IMPORTS, WARNS, counts={"sources": 1, "codes": 1, "codings": 1})(_taguette)
taguette("trigger", IMPORTS, WARNS, REFUSED, counts={"codes": 1})(lambda: _taguette(*TRAP))
taguette("view-for-table", REFUSED)(
    lambda: _taguette(
        "ALTER TABLE highlights RENAME TO h", "CREATE VIEW highlights AS SELECT *, load_extension('x') AS y FROM h"
    )
)
taguette("endless-view", REFUSED, max_seconds=15)(
    lambda: _taguette("ALTER TABLE tags RENAME TO t", "CREATE VIEW tags AS WITH RECURSIVE r(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM r)"
                      " SELECT id, 1 AS project_id, 'x' AS path, '' AS description FROM r")
)  # fmt: skip
taguette("virtual-table", REFUSED, max_seconds=15)(
    lambda: _taguette("DROP TABLE tags", "CREATE VIRTUAL TABLE tags USING fts4(id, project_id, path, description)")
)
taguette("generated-column", IMPORTS, WARNS, REFUSED, max_seconds=15, max_rss_mb=800)(
    lambda: _taguette("DROP TABLE tags", "CREATE TABLE tags (id INTEGER, project_id INTEGER, path TEXT AS (hex(zeroblob(200000000))), description TEXT)",
                      "INSERT INTO tags (id, project_id) VALUES (1, 1)")
)  # fmt: skip
taguette("wal-mark", IMPORTS, WARNS)(lambda: _taguette()[:18] + b"\2\2" + _taguette()[20:])
taguette("root-page-far", REFUSED)(
    lambda: _taguette(*_MASTER, "UPDATE sqlite_master SET rootpage = 99999 WHERE name = 'tags'")
)
taguette("root-page-shared", IMPORTS, WARNS, REFUSED)(
    lambda: _taguette(
        *_MASTER,
        "UPDATE sqlite_master SET rootpage = (SELECT rootpage FROM sqlite_master WHERE name = 'tags') WHERE name = 'documents'",
    )
)
taguette("schema-unread", REFUSED)(
    lambda: _taguette(*_MASTER, "UPDATE sqlite_master SET sql = 'CREATE TABLE tags (id, DEFAULT' WHERE name = 'tags'")
)
taguette("truncated", REFUSED)(lambda: _taguette()[:-5000])
taguette("wrong-types", IMPORTS, WARNS, REFUSED)(
    lambda: _taguette(
        "UPDATE highlights SET start_offset = 'abc', end_offset = x'00ff'", "UPDATE tags SET path = x'ff00fe'"
    )
)
taguette("bad-utf8", IMPORTS, WARNS, REFUSED)(
    lambda: _taguette("UPDATE documents SET contents = CAST(x'3c703e50313aff' AS TEXT)")
)
taguette("huge-offsets", WARNS, REFUSED)(
    lambda: _taguette("UPDATE highlights SET start_offset = -5, end_offset = 9223372036854775807")
)
taguette("deep-html", IMPORTS, WARNS, REFUSED, max_seconds=15)(
    lambda: _taguette("UPDATE documents SET contents = '" + "<div>" * 30_000 + "P1: deep" + "</div>" * 30_000 + "'")
)
taguette("is-text", REFUSED)(lambda: b"no database at all\n" * 99)
taguette("bomb-text", REFUSED, WARNS, IMPORTS, max_seconds=30, max_rss_mb=1200)(
    lambda: _taguette(
        "UPDATE documents SET contents = '<p>P1: ' || replace(hex(zeroblob(2000000)), '0', 'a ') || '</p>'"
    )
)


def _other(suffix: str, outcome: str, maker: Maker) -> None:
    made(f"foreign-{suffix}", outcome, WARNS, REFUSED, kind="qdpx")(maker)


def _qualcoder(*statements: str) -> bytes:
    from tests.importers.test_foreign_projects import QUALCODER

    return database(QUALCODER, "INSERT INTO project VALUES ('v6', '2024-01-02', '', '')",
                    "INSERT INTO source VALUES (1, 'FG1', 'P1: I felt home here', NULL, '', 'ana', '')",
                    "INSERT INTO code_name VALUES (1, 'Home', '', NULL, 'ana', '', '#ab00ff')", *statements)  # fmt: skip


_other(
    "trigger.qda",
    IMPORTS,
    lambda: _qualcoder("CREATE TRIGGER evil AFTER UPDATE ON source BEGIN DELETE FROM source; END"),
)
_other(
    "self-category.qda",
    IMPORTS,
    lambda: _qualcoder("INSERT INTO code_cat VALUES (1, 'A', '', '', '', 2), (2, 'B', '', '', '', 1)"),
)
_other(
    "view.qda", REFUSED, lambda: _qualcoder("ALTER TABLE source RENAME TO s", "CREATE VIEW source AS SELECT * FROM s")
)
_other(
    "offsets.qda",
    IMPORTS,
    lambda: _qualcoder("INSERT INTO code_text VALUES (1, 1, 1, 'x', -9, 99999999999, '', '', '', 0, 0)"),
)
_other("nothing.rqda", REFUSED, lambda: database("CREATE TABLE project (x TEXT)"))

# Files that pretend to be studies ---------------------------------------------------------------------------------


def study(name: str, *statements: str, change: Callable[[bytes], bytes] = bytes) -> None:
    """A file that must be refused: a good study with these statements, then these changes of its bytes."""

    def maker() -> bytes:
        from app.operations.studies import new_study

        folder = Path(tempfile.mkdtemp())
        try:
            new_study(folder / "made.reflexa").close()
            connection = sqlite3.connect(folder / "made.reflexa", isolation_level=None)
            for statement in statements:
                connection.execute(statement)
            connection.close()
            return change((folder / "made.reflexa").read_bytes())
        finally:
            shutil.rmtree(folder)

    made(f"project-{name}.projectdb", REFUSED, kind="project")(maker)


study("newer", "PRAGMA user_version=999")
study("version-zero", "PRAGMA user_version=0")
study("version-negative", "PRAGMA user_version=-1")
study("older-lie", "PRAGMA user_version=1")
study("other-application", "PRAGMA application_id=7")
study("trigger", "CREATE TRIGGER evil AFTER INSERT ON code BEGIN DELETE FROM code; END")
study(
    "trigger-instead-of",
    "CREATE VIEW v AS SELECT 1 AS x",
    "CREATE TRIGGER evil INSTEAD OF INSERT ON v BEGIN DELETE FROM code; END",
)
study("view", "CREATE VIEW seen AS SELECT * FROM code")
study("extra-table", "CREATE TABLE notes (x)")
study("extra-index", "CREATE INDEX more ON code (name)")
study("expression-index", "CREATE INDEX more ON code (hex(zeroblob(length(name))))")
study("dropped-table", "DROP TABLE memo")
study("virtual-table", "CREATE VIRTUAL TABLE evil USING fts4(x)")
study(
    "schema-written",
    "PRAGMA writable_schema=ON",
    "UPDATE sqlite_schema SET sql = 'CREATE TABLE code (x)' WHERE name = 'code'",
)
study("schema-looped", "PRAGMA writable_schema=ON", "UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'code'")
study(
    "schema-huge",
    "PRAGMA writable_schema=ON",
    "UPDATE sqlite_schema SET sql = sql || '/*' || replace(hex(zeroblob(2000000)), '0', ' ') || '*/' WHERE name = 'code'",
)
study("utf16-mark", change=lambda content: content[:56] + b"\0\0\0\2" + content[60:])
study("format-nine", change=lambda content: content[:18] + b"\x09\x09" + content[20:])
study("first-page", change=lambda content: content[:4096])
study("half", change=lambda content: content[: len(content) // 2])
study("last-byte-gone", change=lambda content: content[:-1])
study("zero-page", change=lambda content: content[:8192] + bytes(4096) + content[12288:])
study("zeros", change=lambda content: bytes(len(content)))
study("page-size-odd", change=lambda content: content[:16] + b"\x0f\xff" + content[18:])
study("page-size-zero", change=lambda content: content[:16] + b"\0\0" + content[18:])
study("page-count-lies", change=lambda content: content[:28] + b"\x7f\xff\xff\xff" + content[32:])
study("swapped", change=lambda content: content[:4096] + content[8192:12288] + content[4096:8192] + content[12288:])
study("packed", change=lambda content: packed({"study.reflexa": content}))
study("bom-before", change=lambda content: b"\xef\xbb\xbf" + content)
made("project-zip.projectdb", REFUSED, kind="project")(lambda: packed({"x": "y"}))
made("project-docx.projectdb", REFUSED, kind="project")(lambda: (FILES / "control-good.docx").read_bytes())
