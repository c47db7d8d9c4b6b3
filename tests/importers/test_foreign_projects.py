"""QualCoder, Taguette and RQDA projects, made as these programs make them, and some that mean harm."""

from __future__ import annotations

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
        db.execute("INSERT INTO project VALUES ('0.2.2', 'Mon Jan  1 2024', '', '', '')")
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
        db.execute("INSERT INTO journal VALUES ('Day one', 'x', '', '', 'ana', 1)")
        db.execute("INSERT INTO annotation VALUES (1, 3, 'here', 'ana', '', 1)")
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
    assert sorted(row["text"] for row in rows["memo"]) == ["a memo", "see", "who is this"]
    assert [(row["name"], row["value"], row["kind"]) for row in rows["participant_attribute"]] == [
        ("age", "21", "number")
    ]
    assert {row["name"] for row in rows["person"]} == {"ana", "bo"}
    told = " ".join(loss.sentence for loss in done.losses)
    for what in ("photo.png", "Day one", "gone", "place", "picture area", "its code is not in the file"):
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
    draft = read_project(taguette(tmp_path / "p.sqlite3", "<p>Nür</p>", (0, 2, "N"), (0, 900, "x"), (2, 2, "")))
    assert quotes(draft) == []
    assert sum(loss.number for loss in draft.losses) == 3


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
    for what in ("Feelings / Home", "outside", "Day one", "Annotation"):
        assert what in told
    before = rows_of(study)
    assert not study.run(bring_project, read_project(path)).anything
    assert rows_of(study) == before


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
