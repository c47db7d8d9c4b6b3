"""QualCoder, Taguette and RQDA projects, made as these programs make them, and some that mean harm."""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.importers.draft import ImportRefused
from app.importers.project import ProjectDraft
from app.importers.projects import is_project, read_project
from app.importers.taguette import PageText
from app.operations.bringing_project import bring_project
from app.study import Study
from tests.material import rows_of

PROJECTS = Path(__file__).parents[1] / "data" / "projects"
TEXT = "Nur: It felt 😀 like home.\nModerator: How so?\nBilal: Same here, honestly.\nModerator: Go on.\n"
QUALCODER = """
CREATE TABLE project (databaseversion TEXT, date TEXT, memo TEXT, about TEXT);
CREATE TABLE source (id INTEGER PRIMARY KEY, name TEXT, fulltext TEXT, mediapath TEXT, memo TEXT, owner TEXT,
  date TEXT);
CREATE TABLE code_cat (catid INTEGER PRIMARY KEY, name TEXT, owner TEXT, date TEXT, memo TEXT, supercatid INTEGER);
CREATE TABLE code_name (cid INTEGER PRIMARY KEY, name TEXT, memo TEXT, catid INTEGER, owner TEXT, date TEXT,
  color TEXT);
CREATE TABLE code_text (ctid INTEGER PRIMARY KEY, cid INTEGER, fid INTEGER, seltext TEXT, pos0 INTEGER, pos1 INTEGER,
  owner TEXT, date TEXT, memo TEXT, avid INTEGER, important INTEGER);
CREATE TABLE code_image (imid INTEGER PRIMARY KEY, id INTEGER, memo TEXT);
CREATE TABLE annotation (anid INTEGER PRIMARY KEY, fid INTEGER, pos0 INTEGER, pos1 INTEGER, memo TEXT, owner TEXT,
  date TEXT);
CREATE TABLE cases (caseid INTEGER PRIMARY KEY, name TEXT, memo TEXT, owner TEXT, date TEXT);
CREATE TABLE case_text (id INTEGER PRIMARY KEY, caseid INTEGER, fid INTEGER, pos0 INTEGER, pos1 INTEGER, memo TEXT);
CREATE TABLE attribute_type (name TEXT PRIMARY KEY, valuetype TEXT, caseOrFile TEXT);
CREATE TABLE attribute (attrid INTEGER PRIMARY KEY, name TEXT, attr_type TEXT, value TEXT, id INTEGER);
CREATE TABLE journal (jid INTEGER PRIMARY KEY, name TEXT, jentry TEXT, date TEXT, owner TEXT);
"""
TAGUETTE = """
CREATE TABLE projects (id INTEGER PRIMARY KEY, name TEXT, description TEXT, created DATETIME);
CREATE TABLE documents (id INTEGER PRIMARY KEY, name TEXT, description TEXT, filename TEXT, created DATETIME,
  project_id INTEGER, text_direction TEXT, contents TEXT);
CREATE TABLE tags (id INTEGER PRIMARY KEY, project_id INTEGER, path TEXT, description TEXT);
CREATE TABLE highlights (id INTEGER PRIMARY KEY, document_id INTEGER, start_offset INTEGER, end_offset INTEGER,
  snippet TEXT);
CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER);
"""
RQDA = """
CREATE TABLE project (databaseversion TEXT, date TEXT, dateM TEXT, memo TEXT, about TEXT);
CREATE TABLE source (name TEXT, id INTEGER, file TEXT, memo TEXT, owner TEXT, date TEXT, dateM TEXT, status INTEGER);
CREATE TABLE freecode (name TEXT, memo TEXT, owner TEXT, date TEXT, dateM TEXT, id INTEGER, status INTEGER, color TEXT);
CREATE TABLE codecat (name TEXT, cid INTEGER, catid INTEGER, owner TEXT, date TEXT, dateM TEXT, memo TEXT,
  status INTEGER);
CREATE TABLE treecode (cid INTEGER, catid INTEGER, date TEXT, dateM TEXT, memo TEXT, status INTEGER, owner TEXT);
CREATE TABLE coding (cid INTEGER, fid INTEGER, seltext TEXT, selfirst REAL, selend REAL, status INTEGER, owner TEXT,
  date TEXT, memo TEXT);
CREATE TABLE cases (name TEXT, memo TEXT, owner TEXT, date TEXT, dateM TEXT, id INTEGER, status INTEGER);
CREATE TABLE caselinkage (caseid INTEGER, fid INTEGER, selfirst REAL, selend REAL, status INTEGER, owner TEXT,
  date TEXT, memo TEXT);
CREATE TABLE caseAttr (variable TEXT, value TEXT, caseID INTEGER, date TEXT, dateM TEXT, owner TEXT, status INTEGER);
CREATE TABLE fileAttr (variable TEXT, value TEXT, fileID INTEGER, date TEXT, dateM TEXT, owner TEXT, status INTEGER);
CREATE TABLE attributes (name TEXT, status INTEGER, date TEXT, dateM TEXT, owner TEXT, memo TEXT, class TEXT);
CREATE TABLE filecat (name TEXT, fid INTEGER, catid INTEGER, owner TEXT, date TEXT, dateM TEXT, memo TEXT,
  status INTEGER);
CREATE TABLE treefile (fid INTEGER, catid INTEGER, date TEXT, dateM TEXT, memo TEXT, status INTEGER, owner TEXT);
CREATE TABLE coding2 (cid INTEGER, fid INTEGER, seltext TEXT, selfirst REAL, selend REAL, status INTEGER, owner TEXT,
  date TEXT, memo TEXT);
CREATE TABLE journal (name TEXT, journal TEXT, date TEXT, dateM TEXT, owner TEXT, status INTEGER);
CREATE TABLE annotation (fid INTEGER, position INTEGER, annotation TEXT, owner TEXT, date TEXT, status INTEGER);
"""


def qualcoder(folder: Path, *more: str) -> Path:
    """A project of one text, a category, two codes, two codings."""
    folder.mkdir()
    start = TEXT.index("felt")
    with sqlite3.connect(folder / "data.qda") as db:
        db.executescript(QUALCODER)
        db.execute("INSERT INTO project VALUES ('v6', '2024-01-02 10:00:00', '', 'QualCoder')")
        db.execute("INSERT INTO source VALUES (1, 'FG1', ?, NULL, 'a memo', 'ana', '2024-01-02 10:00:00')", (TEXT,))
        db.execute("INSERT INTO source VALUES (2, 'photo.png', NULL, '/images/photo.png', '', 'ana', '')")
        db.execute("INSERT INTO code_cat VALUES (2, 'Inner', 'ana', '', '', 1), (1, 'Outer', 'ana', '', 'all', NULL)")
        db.execute("INSERT INTO code_name VALUES (1, 'Home', 'to be held', 2, 'ana', '', '#ab00ff')")
        db.execute("INSERT INTO code_text VALUES (1, 1, 1, 'felt 😀 like', ?, ?, 'ana', '2024-01-03 10:00:00', 'see', "
                   "NULL, NULL)", (start, start + 11))  # fmt: skip
        db.execute("INSERT INTO code_text VALUES (2, 1, 1, 'gone', 5000, 5004, 'ana', '', '', NULL, NULL)")
        db.execute("INSERT INTO code_text VALUES (3, 9, 1, 'Nur', 0, 3, 'ana', '', '', NULL, NULL)")
        db.execute("INSERT INTO annotation VALUES (1, 1, 0, 3, 'who is this', 'bo', '')")
        db.execute("INSERT INTO cases VALUES (1, 'Nur', '', 'ana', '')")
        db.execute("INSERT INTO case_text VALUES (1, 1, 1, 5, 24, '')")
        db.execute("INSERT INTO attribute_type VALUES ('age', 'numeric', 'case')")
        db.execute("INSERT INTO attribute VALUES (1, 'age', 'case', '21', 1), (2, 'place', 'file', 'B2', 1)")
        db.execute("INSERT INTO journal VALUES (1, 'Day one', 'I wondered', '', 'ana')")
        db.execute("INSERT INTO code_image VALUES (1, 2, '')")
        for statement in more:
            db.execute(statement)
    return folder


def taguette(path: Path, contents: str, *highlights: tuple[int, int, str]) -> Path:
    with sqlite3.connect(path) as db:
        db.executescript(TAGUETTE)
        db.execute("INSERT INTO projects VALUES (1, 'Belonging', '', '2024-01-02 10:00:00')")
        db.execute(
            "INSERT INTO documents VALUES (1, 'FG1', 'about it', 'fg1.docx', '', 1, 'LEFT_TO_RIGHT', ?)", (contents,)
        )
        db.execute("INSERT INTO tags VALUES (1, 1, 'interesting.places', 'where'), (2, 1, 'home', '')")
        for number, (start, end, snippet) in enumerate(highlights, start=1):
            db.execute("INSERT INTO highlights VALUES (?, 1, ?, ?, ?)", (number, start, end, snippet))
            db.execute("INSERT INTO highlight_tags VALUES (?, 1), (?, 2)", (number, number))
    return path


def rqda(path: Path, *more: str) -> Path:
    """A project of one text, two categories, two codes and a coding each, one of which was deleted."""
    start, end = TEXT.index("felt"), TEXT.index(" home")
    with sqlite3.connect(path) as db:
        db.executescript(RQDA)
        db.execute("INSERT INTO project VALUES ('0.2.2', 'Mon Jan  1 10:02:03 2024', '', 'About it', '')")
        db.execute("INSERT INTO source VALUES ('FG1', 1, ?, 'a memo', 'ana', '', '', 1)", (TEXT,))
        db.execute("INSERT INTO source VALUES ('deleted', 2, 'gone words', '', 'ana', '', '', 0)")
        db.execute("INSERT INTO freecode VALUES ('Home', 'to be held', 'ana', '', '', 1, 1, '#ab00ff')")
        db.execute("INSERT INTO freecode VALUES ('Dropped', '', 'ana', '', '', 2, 0, NULL)")
        db.execute("INSERT INTO codecat VALUES ('Places', NULL, 1, 'ana', '', '', 'all', 1)")
        db.execute("INSERT INTO codecat VALUES ('Feelings', NULL, 2, 'ana', '', '', '', 1)")
        db.execute("INSERT INTO treecode VALUES (1, 1, '', '', '', 1, 'ana'), (1, 2, '', '', '', 1, 'ana')")
        one = (TEXT[start:end], float(start), float(end))
        db.execute("INSERT INTO coding VALUES (1, 1, ?, ?, ?, 1, 'bo', '', 'see')", one)
        db.execute("INSERT INTO coding VALUES (1, 1, 'x', 4.0, 5.0, 0, 'bo', '', '')")
        db.execute("INSERT INTO coding VALUES (1, 1, 'outside', 4.0, 4000.0, 1, 'bo', '', '')")
        db.execute("INSERT INTO cases VALUES ('Nur', 'first year', 'ana', '', '', 1, 1)")
        db.execute("INSERT INTO caselinkage VALUES (1, 1, 5.0, 24.0, 1, 'ana', '', '')")
        db.execute("INSERT INTO caseAttr VALUES ('age', '21', 1, '', '', 'ana', 1)")
        db.execute(
            "INSERT INTO journal VALUES ('Mon Jan  1 10:02:03 2024', 'x', 'Mon Jan  1 10:02:03 2024', '', 'ana', 1)"
        )
        db.execute("INSERT INTO annotation VALUES (1, 3, 'here', 'ana', '', 1)")
        db.execute("INSERT INTO filecat VALUES ('Mentees', NULL, 1, 'ana', '', '', '', 1)")
        db.execute("INSERT INTO treefile VALUES (1, 1, '', '', '', 1, 'ana')")
        db.execute("INSERT INTO fileAttr VALUES ('place', 'B2', 1, '', '', 'ana', 1)")
        for statement in more:
            db.execute(statement)
    return path


def quotes(draft: ProjectDraft) -> list[str]:
    texts = {source.key: source.text for source in draft.sources}
    return [texts[one.source][one.start : one.end] for one in draft.selections if one.codings]


def test_a_qualcoder_project_comes_with_codes_people_and_memos(tmp_path: Path, study: Study) -> None:
    folder = qualcoder(tmp_path / "study.qda")
    assert is_project(folder)
    draft = read_project(folder)
    assert quotes(draft) == ["felt 😀 like"]
    assert read_project(folder / "data.qda").selections == draft.selections
    done = study.run(bring_project, draft)
    rows = rows_of(study)
    codes = {row["id"]: row for row in rows["code"]}
    home = next(row for row in codes.values() if row["name"] == "Home")
    inner = codes[home["parent_id"]]
    assert (home["colour"], home["brief"], inner["name"]) == ("#AB00FF", "to be held", "Inner")
    assert codes[inner["parent_id"]]["name"] == "Outer"
    assert sorted(row["text"] for row in rows["memo"]) == ["a memo", "place: B2", "see", "who is this"]
    assert [(row["name"], row["value"], row["kind"]) for row in rows["participant_attribute"]] == [
        ("age", "21", "number")
    ]
    assert {row["name"] for row in rows["person"]} == {"ana", "bo"}
    assert [(row["text"], row["person_id"]) for row in rows["journal_entry"]] == [
        ("Day one\nI wondered", next(row["id"] for row in rows["person"] if row["name"] == "ana"))
    ]
    told = " ".join(loss.sentence for loss in done.losses)
    for what in ("photo.png", "gone", "with its coding “Home”", "picture area", "its code is not in the file"):
        assert what in told
    before = rows_of(study)
    assert not study.run(bring_project, read_project(folder)).anything
    assert rows_of(study) == before


def test_two_qualcoder_projects_do_not_share_their_numbers(tmp_path: Path, study: Study) -> None:
    study.run(bring_project, read_project(qualcoder(tmp_path / "one.qda")))
    other = qualcoder(
        tmp_path / "two.qda",
        "UPDATE project SET date = '2025-05-05'",
        "UPDATE code_name SET name = 'Away'",
        "UPDATE source SET fulltext = fulltext || 'more'",
    )
    assert study.run(bring_project, read_project(other)).codes == 1


def test_taguette_places_are_bytes_of_words_without_tags(tmp_path: Path, study: Study) -> None:
    contents = "<h1>Title</h1>\n<p>Nür: It <b>felt</b> like &amp; home.</p><p>Bilal: Same here.</p>"
    words = "Title\nNür: It felt like & home.Bilal: Same here."

    def offsets(said: str) -> tuple[int, int]:
        at = len(words[: words.index(said)].encode())
        return at, at + len(said.encode())

    wanted = ("felt like & home.", "Bilal: Same", "Nür")
    path = taguette(tmp_path / "p.sqlite3", contents, *((*offsets(one), one.replace("&", "&amp;")) for one in wanted))
    draft = read_project(path)
    assert quotes(draft) == list(wanted)
    assert draft.sources[0].text == "Title\nNür: It felt like & home.\nBilal: Same here.\n"
    assert "3 of 3 highlights" in draft.reading
    done = study.run(bring_project, draft)
    assert (done.codes, done.codings) == (2, 6)
    assert {row["name"] for row in rows_of(study)["code"]} == {"interesting.places", "home"}
    assert not study.run(bring_project, read_project(path)).anything


def test_a_highlight_outside_its_document_is_told(tmp_path: Path) -> None:
    draft = read_project(taguette(tmp_path / "p.sqlite3", "<p>Nür</p>", (0, 2, "Nü"), (0, 900, "<p>x</p>"), (2, 2, "")))
    assert quotes(draft) == ["Nü"]  # an end inside a character is after it, as Taguette has it
    assert sum(loss.number for loss in draft.losses) == 2
    why = "it does not stand inside its document; it was tagged interesting.places, home"
    assert f"Highlight “x”: {why}" in [loss.sentence for loss in draft.losses]


@pytest.mark.parametrize("name", ["taguette-1.5.2", "taguette-of-2018"])
def test_a_project_that_taguette_made_comes_with_its_words_its_people_and_its_days(
    tmp_path: Path, study: Study, name: str
) -> None:
    path = tmp_path / f"{name}.sqlite3"
    path.write_bytes(gzip.decompress((PROJECTS / f"{name}.sqlite3.gz").read_bytes()))
    draft = read_project(path)
    assert draft.sources[0].text == (
        "Group one – Nür & Bilal\nModerator: How did it feel?\nNür: It felt 😀 like home,\n"
        "and the “big” hall was naïve.\nReally.\nBilal: Same here.\nAina: مرحبا بكم, that helped.\n"
        "Bilal\tI <3 it.\nAina:   two  spaces\n"
    )
    texts = {source.key: source.text for source in draft.sources}
    codes = {code.key: code.name for code in draft.codes}
    said = [(texts[one.source][one.start : one.end], one.user, sorted(codes[coding.code] for coding in one.codings))
            for one in draft.selections]  # fmt: skip
    assert said == [
        ("felt 😀 like home", "ben", ["home", "interesting"]),
        ("naïve.\nReally.", "ben", ["interesting"]),
        ("Same here.\nAina: مرحبا", "admin", ["home"]),
        ("I <3 it.", "ben", ["home"]),
        ("two  spaces", "ben", []),
        ("Group one – Nür & Bilal", "ben", ["interesting.places"]),
        ("für mich 🚀 schon.", "admin", ["home"]),
        ("Ready?", "ben", ["interesting"]),
    ]
    assert draft.reading == "Places were read as bytes of UTF-8: 8 of 8 highlights repeat the words kept."
    assert draft.losses == ()
    done = study.run(bring_project, draft)
    rows = rows_of(study)
    assert (done.codes, done.codings, len(rows["excerpt"])) == (4, 8, 8)
    assert [row["text"] for row in rows["journal_entry"]] == ["Belonging\nWhat helps people stay."]
    assert {row["created_at"][:16] for row in rows["coding"]} == {f"2024-01-03T09:0{n}" for n in (1, 2, 3, 4, 6, 7, 8)}


def test_projects_in_one_file_keep_their_tags_apart(tmp_path: Path, study: Study) -> None:
    path = taguette(tmp_path / "p.sqlite3", "<p>Nür</p>", (0, 4, "Nür"))
    with sqlite3.connect(path) as db:
        db.execute("INSERT INTO projects VALUES (2, 'Leaving', '', '2024-02-02 10:00:00')")
        db.execute("INSERT INTO tags VALUES (3, 2, 'home', 'no more')")
    draft = read_project(path)
    assert "2 projects, and all of them come in: “Belonging”, “Leaving”" in draft.reading
    study.run(bring_project, draft)
    codes = {row["id"]: row["name"] for row in rows_of(study)["code"]}
    homes = [codes[row["parent_id"]] for row in rows_of(study)["code"] if row["name"] == "home"]
    assert sorted(homes) == ["Belonging", "Leaving"]


def test_a_page_wrapped_in_its_file_has_no_line_ends_inside_its_sentences() -> None:
    page = PageText(
        "<p>It felt\nlike home,<br>\nand more.\n</p>\n\n<pre>\na\nb</pre><table><tr><td>A</td><td>B</td></tr></table>"
    )
    assert page.text == "It felt like home,\nand more. \n\na\nb\nA\tB\n"
    assert PageText("a\x01\x0bb\ufffe").text == "a  b\ufffd\n"


@given(st.text(alphabet="aé😀<b></b><p></p> \n&", max_size=40))
def test_every_place_of_a_page_is_a_place_of_its_words(contents: str) -> None:
    page = PageText(contents)
    for offset in range(60):
        for ends in (False, True):
            place = page.place(offset, ends=ends)
            assert place is None or 0 <= place <= len(page.text)


def test_an_rqda_project_comes_without_what_was_deleted_in_it(tmp_path: Path, study: Study) -> None:
    path = rqda(tmp_path / "study.rqda")
    draft = read_project(path)
    assert quotes(draft) == ["felt 😀 like"]
    assert [source.name for source in draft.sources] == ["FG1"]
    done = study.run(bring_project, draft)
    rows = rows_of(study)
    codes = {row["name"]: row for row in rows["code"]}
    assert set(codes) == {"Home", "Places", "Feelings"}
    assert (codes["Home"]["colour"], codes["Home"]["parent_id"]) == ("#AB00FF", codes["Places"]["id"])
    assert [(row["pseudonym"]) for row in rows["participant"]] == ["Nur"]
    assert [(row["name"], row["value"]) for row in rows["participant_attribute"]] == [("age", "21")]
    told = " ".join(loss.sentence for loss in done.losses)
    for what in ("Feelings / Home", "“outside”: it does not stand inside its text, with its coding “Home”"):
        assert what in told
    assert [(row["text"], row["at"][:10]) for row in rows["journal_entry"]] == [
        ("x", "2024-01-01"), ("Memo of the project\nAbout it", rows["journal_entry"][1]["at"][:10])
    ]  # fmt: skip
    assert "After “Nur”:\nhere" in {row["text"] for row in rows["memo"]}
    assert "In the set “Mentees”." in {row["text"] for row in rows["memo"]}
    assert "place: B2" in {row["text"] for row in rows["memo"]}
    before = rows_of(study)
    assert not study.run(bring_project, read_project(path)).anything
    assert rows_of(study) == before


def test_an_rqda_project_of_2009_comes_too(tmp_path: Path) -> None:
    path = rqda(
        tmp_path / "old.rqda",
        "ALTER TABLE freecode DROP COLUMN color",
        "ALTER TABLE caseAttr DROP COLUMN status",
        "DROP TABLE fileAttr",
        "DROP TABLE attributes",
        "DROP TABLE annotation",
    )
    draft = read_project(path)
    assert quotes(draft) == ["felt 😀 like"]
    assert [case.values for case in draft.cases] == [(("age", "text", "21"),)]


def test_what_rqda_knows_to_be_a_number_is_one(tmp_path: Path) -> None:
    path = rqda(tmp_path / "p.rqda", "INSERT INTO attributes VALUES ('age', 1, '', '', '', '', 'numeric')",
                "INSERT INTO coding2 VALUES (1, 1, 'Nur', 0, 3, 1, 'bo', '', '')")  # fmt: skip
    draft = read_project(path)
    assert [case.values for case in draft.cases] == [(("age", "number", "21"),)]
    assert "Coding of a second coder: RQDA keeps them" in " ".join(loss.sentence for loss in draft.losses)


@pytest.mark.parametrize("version", ["v1", "v8", "v17"])
def test_qualcoder_projects_of_all_versions_come(tmp_path: Path, version: str) -> None:
    """Before version 4 codings had no numbers; since 16 a code may stand under a code."""
    more = {
        "v1": ("ALTER TABLE code_text DROP COLUMN important", "ALTER TABLE code_text DROP COLUMN avid",
               "CREATE TABLE code_text2 AS SELECT cid, fid, seltext, pos0, pos1, owner, date, memo FROM code_text",
               "DROP TABLE code_text", "ALTER TABLE code_text2 RENAME TO code_text"),
        "v8": ("UPDATE code_text SET important = 1 WHERE ctid = 1",
               "CREATE TABLE graph (grid INTEGER PRIMARY KEY, name TEXT)", "INSERT INTO graph VALUES (1, 'My map')",
               "CREATE TABLE ris (risid INTEGER, tag TEXT, longtag TEXT, value TEXT)",
               "INSERT INTO ris VALUES (1, 'TI', 'Title', 'x'), (1, 'AU', 'Author', 'y')",
               "INSERT INTO source VALUES (3, 'talk.mp3', '', '/audio/talk.mp3', '', 'ana', '')"),
        "v17": ("ALTER TABLE code_name ADD supercid INTEGER",
                "INSERT INTO code_name VALUES (5, 'Held', '', NULL, 'ana', '', NULL, 6)",
                "INSERT INTO code_name VALUES (6, 'Warm', '', NULL, 'ana', '', NULL, 1)"),
    }  # fmt: skip
    draft = read_project(qualcoder(tmp_path / "study.qda", *more[version]) / "data.qda")
    assert quotes(draft) == ["felt 😀 like"]
    assert draft.name == "study"
    names = {code.key: code.name for code in draft.codes}
    tree = [(code.name, names[code.parent] if code.parent else "") for code in draft.codes]
    assert tree[:3] == [("Outer", ""), ("Inner", "Outer"), ("Home", "Inner")]
    told = " ".join(loss.sentence for loss in draft.losses)
    if version == "v17":
        assert tree[3:] == [("Warm", "Home"), ("Held", "Warm")]
    if version == "v8":
        for what in ("“important”: a coding has", "Drawing “My map”", "Reference of a text: a study", "talk.mp3"):
            assert what in told


def test_a_coding_that_was_counted_otherwise_stands_where_it_repeats_its_words(tmp_path: Path) -> None:
    """QualCoder takes places from the window in UTF-16 units, and from a search in characters."""
    start = TEXT.index("home")
    folder = qualcoder(
        tmp_path / "study.qda",
        f"INSERT INTO code_text VALUES (9, 1, 1, 'home', {start + 1}, {start + 5}, 'ana', '', '', NULL, NULL)",
    )
    assert quotes(read_project(folder)) == ["felt 😀 like", "home"]


def test_a_foreign_database_in_another_journal_mode_is_read_without_a_copy_on_disk(tmp_path: Path) -> None:
    path = rqda(tmp_path / "study.rqda")
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA journal_mode=WAL")
    db.close()
    before = sorted(tmp_path.iterdir())
    assert quotes(read_project(path)) == ["felt 😀 like"]
    assert sorted(tmp_path.iterdir()) == before


def test_triggers_and_views_of_a_foreign_database_never_run(tmp_path: Path) -> None:
    folder = qualcoder(
        tmp_path / "harm.qda",
        "ALTER TABLE journal RENAME TO journal_was",
        "CREATE VIEW journal AS SELECT load_extension('./evil') AS name",
        "CREATE TRIGGER t AFTER INSERT ON source BEGIN DELETE FROM source; END",
    )
    before = (folder / "data.qda").read_bytes()
    draft = read_project(folder)
    assert len(draft.sources) == 1
    assert (folder / "data.qda").read_bytes() == before


def test_what_is_no_project_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty.qda").mkdir()
    (tmp_path / "text.sqlite3").write_text("no database")
    with sqlite3.connect(tmp_path / "other.sqlite3") as db:
        db.execute("CREATE TABLE t (a)")
    with sqlite3.connect(tmp_path / "view.sqlite3") as db:
        db.executescript(TAGUETTE.replace("CREATE TABLE projects", "CREATE TABLE was"))
        db.execute("CREATE VIEW projects AS SELECT 1 AS id, '' AS name, '' AS description, '' AS created")
    for name in ("empty.qda", "text.sqlite3", "other.sqlite3", "view.sqlite3", "gone.qda"):
        with pytest.raises(ImportRefused) as refused:
            read_project(tmp_path / name)
        assert name in refused.value.sentence or "data.qda" in refused.value.sentence


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 60_000), by=st.integers(1, 255), cut=st.integers(0, 60_000))
def test_a_broken_database_ends_in_a_draft_or_a_sentence(tmp_path: Path, place: int, by: int, cut: int) -> None:
    source = tmp_path / "p.sqlite3"
    if not source.exists():
        taguette(source, "<p>Nür: It felt like home.</p>", (0, 4, "Nür"))
    content = bytearray(source.read_bytes())
    content[place % len(content)] ^= by
    broken = tmp_path / "broken.sqlite3"
    broken.write_bytes(bytes(content[: len(content) - cut % 200]))
    try:
        read_project(broken)
    except ImportRefused as refused:
        assert "broken.sqlite3" in refused.sentence
