"""Coding, themes, mapping, undo and outputs by commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.study import Study
from tests.cli.conftest import Answer, Reflexa


def code(reflexa: Reflexa, study: Path, name: str, start: int = 5, end: int = 41, *more: str) -> Answer:
    return reflexa("code", study, "--source", "FG1", "--start", start, "--end", end, "--code", name, *more)


def last_change(reflexa: Reflexa, study: Path) -> str:
    return str(reflexa("history", study, "--json").json[-1]["label"])


def test_code_makes_code_excerpt_and_coding_in_one_change(reflexa: Reflexa, closed: Path) -> None:
    answer = code(reflexa, closed, "Belonging / Place", 5, 41, "--as", "Ana", "--unsure")
    assert answer.code == 0
    assert answer.json["created"] is True
    tables = reflexa("dump", closed).json
    assert [row["quote"] for row in tables["excerpt"]] == ["It felt like a place where I belong."]
    parents = {row["name"]: row["parent_id"] for row in tables["code"]}
    assert parents["Place"] is not None
    assert parents["Belonging"] is None
    assert tables["coding"][0]["person_id"] == tables["person"][0]["id"]
    assert tables["coding"][0]["unsure"] is True
    assert last_change(reflexa, closed) == "Code excerpt as ‘Place’"


def test_coding_twice_changes_nothing(reflexa: Reflexa, closed: Path) -> None:
    first = code(reflexa, closed, "Belonging").json
    before = reflexa("dump", closed).out
    again = code(reflexa, closed, "belonging", 4, 42)
    assert again.code == 0
    assert again.json == first | {"created": False}
    assert reflexa("dump", closed).out == before


def test_a_code_is_found_by_name_path_and_id_wherever_it_stands(reflexa: Reflexa, closed: Path) -> None:
    made = code(reflexa, closed, "Belonging / Place").json
    for name in ("place", "belonging / PLACE", made["code"]):
        assert code(reflexa, closed, name).json == made | {"created": False}
    assert len(reflexa("dump", closed).json["code"]) == 2


def test_a_name_that_several_codes_bear_is_asked_back(reflexa: Reflexa, closed: Path) -> None:
    code(reflexa, closed, "Home / Place")
    code(reflexa, closed, "Work / Place")
    answer = code(reflexa, closed, "Place")
    assert (answer.code, answer.out) == (1, "")
    assert "Home / Place; Work / Place" in answer.err


@pytest.mark.parametrize(("start", "end"), [(10, 5), (-1, 5), (0, 10_000), (3, 3), (10**30, 10**31)])
def test_offsets_outside_the_text_or_reversed_are_refused(reflexa: Reflexa, closed: Path, start: int, end: int) -> None:
    before = reflexa("dump", closed).out
    answer = code(reflexa, closed, "New", start, end)
    assert (answer.code, answer.out) == (1, "")
    assert answer.err.count("\n") == 1
    assert reflexa("dump", closed).out == before


def test_uncode_takes_the_code_and_leaves_the_excerpt(reflexa: Reflexa, closed: Path) -> None:
    code(reflexa, closed, "Belonging")
    span = ("--source", "FG1", "--start", "5", "--end", "40")
    assert reflexa("uncode", closed, *span, "--code", "Belonging").json["removed"] is True
    again = reflexa("uncode", closed, *span, "--code", "Belonging")
    assert (again.code, again.json["removed"]) == (0, False)
    figures = reflexa("info", closed, "--json").json
    assert (figures["excerpts"], figures["codings"]) == (1, 0)
    assert reflexa("uncode", closed, *span, "--code", "Nothing").code == 1


def test_a_theme_is_made_described_and_fed(reflexa: Reflexa, closed: Path) -> None:
    code(reflexa, closed, "Belonging")
    made = reflexa(
        "theme", "add", closed, "--name", "Place", "--concept", "A place of one’s own", "--code", "Belonging"
    )
    assert (made.code, made.json["created"]) == (0, True)
    assert reflexa("theme", "add", closed, "--name", "Home", "--parent", "place").code == 0
    link = reflexa("theme", "code", closed, "--theme", "Home", "--code", "Belonging", "--role", "core")
    assert link.json == {"created": True, "theme": link.json["theme"], "code": link.json["code"]}
    again = reflexa("theme", "code", closed, "--theme", "Home", "--code", "Belonging", "--role", "contrast")
    assert (again.code, again.json["created"]) == (0, False)
    edited = reflexa("theme", "edit", closed, "--theme", made.json["theme"], "--name", "Places", "--status", "Let go")
    assert edited.code == 0
    tables = reflexa("dump", closed).json
    themes = {row["name"]: row for row in tables["theme"]}
    assert (themes["Places"]["concept"], themes["Places"]["status"]) == ("A place of one’s own", "let go")
    assert themes["Home"]["kind"] == "subtheme"
    assert sorted(row["role"] for row in tables["theme_code"]) == ["contrast", "part"]
    assert reflexa("verify", closed).out == "ok\n"


def test_a_theme_of_the_same_name_is_refused(reflexa: Reflexa, closed: Path) -> None:
    reflexa("theme", "add", closed, "--name", "Place")
    answer = reflexa("theme", "add", closed, "--name", "PLACE")
    assert (answer.code, answer.out) == (1, "")


def test_editing_nothing_and_words_outside_the_lists_are_not_understood(reflexa: Reflexa, closed: Path) -> None:
    reflexa("theme", "add", closed, "--name", "Place")
    assert reflexa("theme", "edit", closed, "--theme", "Place").code == 2
    answer = reflexa("theme", "edit", closed, "--theme", "Place", "--status", "finished")
    assert answer.code == 2
    assert "defined and named" in answer.err
    assert reflexa("theme", "edit", closed, "--theme", "Nowhere", "--story", "x").code == 1


@pytest.mark.parametrize(
    ("weight", "direction", "kept"),
    [
        ("central", "shows it failing or absent", ("central", "shows it failing or absent")),
        ("in passing", "failing", ("in passing", "shows it failing or absent")),
        ("in-passing", "contests", ("in passing", "contests it")),
        ("Supporting", "shows", ("supporting", "shows it")),
    ],
)
def test_a_theme_is_mapped_in_words(
    reflexa: Reflexa, closed: Path, weight: str, direction: str, kept: tuple[str, str]
) -> None:
    reflexa("theme", "add", closed, "--name", "Place")
    words = ("--theme", "Place", "--entry", "mutual engagement", "--weight", weight, "--direction", direction)
    assert reflexa("map", closed, *words, "--rationale", "They meet.").json["created"] is True
    assert reflexa("map", closed, "--theme", "Place", "--entry", "Mutual engagement").json["created"] is False
    (row,) = reflexa("dump", closed).json["mapping"]
    assert (row["weight"], row["direction"], row["rationale"]) == (*kept, "They meet.")


def test_a_weight_or_entry_that_is_none_is_refused_with_those_there_are(reflexa: Reflexa, closed: Path) -> None:
    reflexa("theme", "add", closed, "--name", "Place")
    words = ("map", closed, "--theme", "Place", "--entry")
    heavy = reflexa(*words, "Mutual engagement", "--weight", "heavy")
    assert (heavy.code, "in passing" in heavy.err) == (2, True)
    strange = reflexa(*words, "Friendship")
    assert (strange.code, "Joint enterprise" in strange.err) == (1, True)


def test_undo_and_redo_go_to_the_first_change_and_back(reflexa: Reflexa, closed: Path) -> None:
    code(reflexa, closed, "Belonging")
    rows = {name: held for name, held in reflexa("dump", closed).json.items() if not name.startswith("change")}
    undone = []
    while (answer := reflexa("undo", closed)).code == 0:
        undone.append(answer.json["undone"])
    assert undone == ["Code excerpt as ‘Belonging’", "Import ‘FG1’"]
    assert answer.out == ""
    assert "Create study" in answer.err
    assert [reflexa("redo", closed).json["redone"] for _ in undone] == undone[::-1]
    nothing = reflexa("redo", closed)
    assert (nothing.code, nothing.out) == (1, "")
    again = {name: held for name, held in reflexa("dump", closed).json.items() if not name.startswith("change")}
    assert again == rows
    assert reflexa("verify", closed, "--full").out == "ok\n"


def test_history_says_who_did_what(reflexa: Reflexa, closed: Path) -> None:
    code(reflexa, closed, "Belonging", 5, 41, "--as", "Ana")
    reflexa("undo", closed)
    changes = reflexa("history", closed, "--json").json
    assert set(changes[0]) == {"seq", "at", "actor", "verb", "label", "reason", "undoes", "rows"}
    assert (changes[-1]["verb"], changes[-1]["undoes"]) == ("undo", changes[-2]["seq"])
    lines = reflexa("history", closed).out.splitlines()
    assert len(lines) == len(changes)
    assert lines[-2].endswith("Code excerpt as ‘Belonging’  (Ana)")
    assert "Undo: Code excerpt" in lines[-1]


def test_export_writes_a_document_and_a_line_in_the_register(reflexa: Reflexa, closed: Path, tmp_path: Path) -> None:
    code(reflexa, closed, "Belonging")
    book = tmp_path / "book.csv"
    answer = reflexa("export", "codebook", closed, "-o", book, "--to", "Supervisor", "--json")
    assert (answer.code, answer.json["file"]) == (0, str(book))
    assert book.read_bytes().startswith(b"\xef\xbb\xbf")
    (row,) = reflexa("dump", closed).json["export"]
    assert (row["kind"], row["to_whom"]) == ("codebook", "Supervisor")


def test_export_never_overwrites_unless_told(reflexa: Reflexa, closed: Path, tmp_path: Path) -> None:
    book = tmp_path / "book.html"
    book.write_text("mine")
    answer = reflexa("export", "codebook", closed, "-o", book)
    assert (answer.code, answer.out, book.read_text()) == (1, "", "mine")
    assert reflexa("export", "codebook", closed, "-o", book, "--force").out == f"Wrote {book}\n"


def test_export_is_refused_for_what_is_no_document(reflexa: Reflexa, closed: Path, tmp_path: Path) -> None:
    for kind, name in (("nothing", "x.docx"), ("codebook", "x.gif"), ("map", "x.docx"), ("codebook", "x")):
        answer = reflexa("export", kind, closed, "-o", tmp_path / name)
        assert (answer.code, answer.out) == (1, "")
        assert answer.err.count("\n") == 1
        assert not (tmp_path / name).exists()


def test_export_never_overwrites_the_study(reflexa: Reflexa, tmp_path: Path) -> None:
    study = tmp_path / "study.csv"
    reflexa("new", study)
    before = study.read_bytes()
    assert reflexa("export", "codebook", study, "-o", study, "--force").code == 2
    assert study.read_bytes() == before


def test_a_study_that_cannot_be_written_may_still_be_exported(
    reflexa: Reflexa, closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = Study.open
    monkeypatch.setattr(Study, "open", lambda path, **_: opening(path, read_only=True))
    answer = reflexa("export", "codebook", closed, "-o", tmp_path / "book.csv", "--as", "Ana")
    assert answer.code == 0
    assert "register" in answer.err
    refused = reflexa("theme", "add", closed, "--name", "Place")
    assert (refused.code, refused.out) == (1, "")
    assert "cannot be written" in refused.err


def test_verify_names_faults_one_a_line(reflexa: Reflexa, closed: Path) -> None:
    closed.write_bytes(closed.read_bytes().replace(b"a place where", b"a plaice here"))
    answer = reflexa("verify", closed)
    assert answer.code == 1
    assert "transcript “FG1”" in answer.out
    assert "plaice" not in answer.out
    told = reflexa("verify", closed, "--json").json
    assert told["ok"] is False
    assert len(told["faults"]) == len(answer.out.splitlines())
    assert set(told["faults"][0]) == {"what", "where", "consequence"}
