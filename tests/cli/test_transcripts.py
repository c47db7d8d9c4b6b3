"""Bringing transcripts and people in by commands, and reading texts out again."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli import run
from app.resources import resource
from tests.cli.conftest import Reflexa

PREVIEW = {"file", "format", "encoding", "turns", "turns_merged", "kinds", "speakers", "warnings", "error"}


def test_preview_shows_turns_and_speakers(reflexa: Reflexa, talk_file: Path) -> None:
    answer = reflexa("preview", talk_file, "--json")
    (file,) = answer.json["files"]
    assert answer.code == 0
    assert set(file) == PREVIEW
    assert file["turns"][0] == ["Ana", "At the café 😀 it felt right."]
    assert file["speakers"] == {"Ana": 2, "Moderator": 2, "Ben": 2}
    assert (file["kinds"], file["error"]) == (["speech"] * 6, None)


def test_preview_in_words_lists_labels_with_their_turns(reflexa: Reflexa, talk_file: Path) -> None:
    assert "\n      2  Ana\n" in reflexa("preview", talk_file).out


def test_preview_says_what_cannot_be_read_and_shows_the_rest(reflexa: Reflexa, talk_file: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    answer = reflexa("preview", empty, talk_file, "--json")
    bad, good = answer.json["files"]
    assert answer.code == 1
    assert "empty.txt" in bad["error"]
    assert len(good["turns"]) == 6


def test_a_library_that_stumbles_over_a_file_spoils_no_other(
    reflexa: Reflexa, talk_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, closed: Path
) -> None:
    from app.importers import read_transcript

    bad = tmp_path / "bad.txt"
    bad.write_text("Ana: words")

    def stumbling(path: Path, **options: object) -> object:
        if path.name == "bad.txt":
            raise RecursionError("words")
        return read_transcript(path, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("app.cli.bringing_in.read_guarded", stumbling)
    answer = reflexa("import", closed, bad, talk_file, "--json")
    assert answer.code == 1
    assert "RecursionError" in answer.json["failed"][0]["error"]
    assert [one["file"] for one in answer.json["imported"]] == ["FG2.txt"]


def test_import_brings_files_in_as_one_change(reflexa: Reflexa, path: Path) -> None:
    run(["new", str(path)])
    files = [resource("demo", f"{name}.docx") for name in ("FG1-mentees", "FG2-mentors")]
    answer = reflexa("import", path, *files, "--participants", resource("demo", "participants.csv"), "--json")
    assert answer.code == 0
    assert list(answer.json) == ["imported", "failed"]
    first = answer.json["imported"][0]
    assert set(first) == {"file", "source", "turns", "speakers", "warnings"}
    assert (first["file"], first["source"], first["turns"]) == ("FG1-mentees.docx", "FG1-mentees", 66)
    changes = reflexa("history", path, "--json").json
    assert [(one["verb"], one["label"]) for one in changes[1:]] == [("import", "Import 2 transcripts")]
    assert reflexa("info", path, "--json").json["participants"] == 23
    assert reflexa("verify", path).out == "ok\n"


def test_import_matches_people_within_one_group(reflexa: Reflexa, path: Path, talk_file: Path, tmp_path: Path) -> None:
    second = tmp_path / "FG2b.txt"
    second.write_text(talk_file.read_text(encoding="utf-8").replace("year", "month"), encoding="utf-8")
    run(["new", str(path)])
    assert reflexa("import", path, talk_file, second, "--group", "FG2").code == 0
    figures = reflexa("info", path, "--json").json
    assert (figures["transcripts"], figures["groups"], figures["participants"]) == (2, 1, 2)


def test_import_takes_what_is_said_of_labels(reflexa: Reflexa, path: Path, talk_file: Path) -> None:
    run(["new", str(path)])
    reflexa("import", path, talk_file, "--moderator", "Ana", "--merge", "Ben=Benjamin", "--keep-original", "--json")
    tables = reflexa("dump", path).json
    kinds = {row["label"]: row["kind"] for row in tables["speaker"]}
    assert kinds == {"Moderator": "moderator", "Ana": "moderator", "Benjamin": "participant"}
    assert len(tables["source_original"]) == 1


def test_a_label_that_is_no_speaker_is_not_one(reflexa: Reflexa, path: Path, talk_file: Path) -> None:
    run(["new", str(path)])
    answer = reflexa("import", path, talk_file, "--not-speaker", "Ben", "--json")
    assert answer.json["imported"][0]["speakers"] == 2


def test_the_good_files_stay_when_one_is_bad(reflexa: Reflexa, closed: Path, talk_file: Path, tmp_path: Path) -> None:
    picture = tmp_path / "picture.docx"
    picture.write_bytes(b"\x89PNG")
    answer = reflexa("import", closed, picture, talk_file, tmp_path / "nowhere.txt")
    assert answer.code == 1
    assert answer.out.startswith("FG2.txt: 6 turns")
    assert answer.err.count("\n") == 2
    assert "picture.docx" in answer.err
    assert reflexa("info", closed, "--json").json["transcripts"] == 2


def test_a_bad_table_of_people_keeps_no_transcript_out(
    reflexa: Reflexa, closed: Path, talk_file: Path, tmp_path: Path
) -> None:
    answer = reflexa("import", closed, talk_file, "--participants", tmp_path / "nobody.csv", "--json")
    assert answer.code == 1
    assert [one["file"] for one in answer.json["failed"]] == ["nobody.csv"]
    assert len(answer.json["imported"]) == 1


def test_nothing_good_leaves_nothing(reflexa: Reflexa, closed: Path, tmp_path: Path) -> None:
    before = reflexa("dump", closed).out
    assert reflexa("import", closed, tmp_path / "nowhere.txt").code == 1
    assert reflexa("dump", closed).out == before


def test_the_same_file_twice_is_skipped_with_a_warning(
    reflexa: Reflexa, closed: Path, talk_file: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.txt"
    copy.write_bytes(talk_file.read_bytes())
    answer = reflexa("import", closed, talk_file, copy, "--json")
    assert (answer.code, len(answer.json["imported"])) == (0, 1)
    assert answer.json["skipped"][0]["file"] == "copy.txt"
    again = reflexa("import", closed, talk_file)
    assert (again.code, again.out) == (0, "")
    assert "already (as “FG2”)" in again.err
    assert reflexa("info", closed, "--json").json["transcripts"] == 2


@pytest.mark.parametrize("merge", ["Ben", "=Ben", "Ben=", ""])
def test_a_merge_needs_two_labels(reflexa: Reflexa, closed: Path, talk_file: Path, merge: str) -> None:
    answer = reflexa("import", closed, talk_file, "--merge", merge)
    assert (answer.code, answer.out) == (2, "")


def test_text_is_the_bytes_of_the_transcript_and_nothing_else(
    closed: Path, talk_file: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    run(["import", str(closed), str(talk_file)])
    capfdbinary.readouterr()
    assert run(["text", str(closed), "--source", "FG2"]) == 0
    printed = capfdbinary.readouterr().out
    assert "Ana: At the café 😀 it felt right.".encode() in printed
    assert b"\r" not in printed
    assert run(["text", str(closed), "--source", "FG2.txt"]) == 0
    assert capfdbinary.readouterr().out == printed


def test_a_transcript_that_is_not_there_is_named_with_those_that_are(reflexa: Reflexa, closed: Path) -> None:
    answer = reflexa("text", closed, "--source", "FG9")
    assert (answer.code, answer.out) == (1, "")
    assert "“FG9”" in answer.err
    assert "There are: FG1." in answer.err


def test_participants_are_added_once_and_then_brought_up_to_date(
    reflexa: Reflexa, closed: Path, tmp_path: Path
) -> None:
    table = tmp_path / "people.csv"
    table.write_text("participant_id,pseudonym,focus_group,role,consent_to_quote\nP1,Nur,FG1,mentee,no\nP2,Ida,FG1,,\n")
    first = reflexa("participants", closed, table, "--json")
    assert (first.code, first.json["participants"], first.json["added"]) == (0, 2, 1)
    assert reflexa("participants", closed, table, "--json").json["added"] == 0
    people = {row["pseudonym"]: row for row in reflexa("dump", closed).json["participant"]}
    assert (people["Nur"]["consent_to_quote"], people["Nur"]["role"]) == ("no", "mentee")
    assert len(people) == 3


def test_a_table_that_is_none_is_refused(reflexa: Reflexa, closed: Path, talk_file: Path) -> None:
    answer = reflexa("participants", closed, talk_file)
    assert (answer.code, answer.out) == (1, "")
    assert "FG2.txt" in answer.err


def test_labels_people_and_the_name_are_chosen_as_in_the_window(tmp_path: Path, reflexa: Reflexa) -> None:
    talk = tmp_path / "talk.txt"
    talk.write_text("Aina: a\nBen: b\nAina: c\nZoe: once\nBen: d\nAina: e\n", encoding="utf-8")
    people = tmp_path / "people.csv"
    people.write_text("pseudonym,group\nHana,FG9\n", encoding="utf-8")
    study = tmp_path / "s.reflexa"
    reflexa("new", study)
    reflexa("participants", study, people)
    chosen = ("--speaker", "Zoe", "--merge", "Ben=Benny", "--person", "Aina=Hana", "--name", "First talk")
    shown = reflexa("preview", talk, *chosen[:4], "--json").json
    assert shown["files"][0]["speakers"] == {"Aina": 3, "Benny": 2, "Zoe": 1}
    answer = reflexa("import", study, talk, *chosen, "--json").json
    assert answer["imported"][0]["source"] == "First talk"
    dump = reflexa("dump", study, "--json").json
    people_of = {row["id"]: row["pseudonym"] for row in dump["participant"]}
    assert {row["label"]: people_of[row["participant_id"]] for row in dump["speaker"]} == {
        "Aina": "Hana", "Benny": "Benny", "Zoe": "Zoe",
    }  # fmt: skip
    missing = reflexa("import", study, talk, "--person", "Aina=Nobody", "--json").json
    assert missing["skipped"]
