"""REFI-QDA projects of other programs: each counts and names in its own way, and some mean harm."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.errors import NotPossible
from app.importers.draft import ImportRefused
from app.importers.project import ProjectDraft
from app.importers.projects import is_project, read_project
from app.importers.refi_places import Reading
from app.operations.bringing_project import bring_project
from app.operations.brought import ProjectIn
from app.study import Study
from tests.material import rows_of

TEXT = "Nur: It felt 😀 like home.\nModerator: How so?\nBilal: Same here, honestly.\n"
HEAD = '<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="P" origin="{origin}">'


def project(
    path: Path,
    *,
    text: bytes | None = TEXT.encode(),
    selections: str = "",
    origin: str = "Some tool",
    codes: str = '<Code guid="{C1}" name="Home" isCodable="true" color="#AB0"/>',
    more: str = "",
    inner: str = "project.qde",
    folder: str = "sources",
    plain: str = "internal://t1.txt",
) -> Path:
    """An archive of one text."""
    xml = (
        HEAD.format(origin=origin)
        + f"<CodeBook><Codes>{codes}</Codes></CodeBook>"
        + f'<Sources><TextSource guid="T1" name="FG1" plainTextPath="{plain}">{selections}</TextSource></Sources>'
        + more
        + "</Project>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(inner, xml)
        if text is not None:
            archive.writestr(f"{folder}/T1.txt", text)
    return path


def selection(start: int, end: int, *, name: str = "", code: str | None = "c1", key: str = "s1", more: str = "") -> str:
    coding = f'<Coding guid="k{key}"><CodeRef targetGUID="{code}"/></Coding>' if code else ""
    return (f'<PlainTextSelection guid="{key}" name="{name}" startPosition="{start}" endPosition="{end}">{more}{coding}'
            "</PlainTextSelection>")  # fmt: skip


def quotes(draft: ProjectDraft) -> list[str]:
    texts = {source.key: source.text for source in draft.sources}
    return [texts[one.source][one.start : one.end] for one in draft.selections]


def spans(counted: Any) -> str:
    """Selections of three passages whose ends a program counted."""
    wanted = ("felt 😀 like", "How so?", "Same here")
    return "".join(selection(*counted(words), key=f"s{number}") for number, words in enumerate(wanted))


def counting(*, utf16: bool = False, crlf: int = 1, bom: int = 0) -> Any:
    def counted(words: str) -> tuple[int, int]:
        at = TEXT.index(words)

        def units(stretch: str) -> int:
            return (len(stretch.encode("utf-16-le")) // 2 if utf16 else len(stretch)) + stretch.count("\n") * (crlf - 1)

        return units(TEXT[:at]) + bom, units(TEXT[: at + len(words)]) + bom

    return counted


@pytest.mark.parametrize(
    ("origin", "text", "counted"),
    [
        ("QualCoder", b"\xef\xbb\xbf" + TEXT.encode(), counting()),
        ("NVivo for Windows 12.6", b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode(), counting(utf16=True, crlf=2)),
        ("ATLAS.ti 23 Windows", TEXT.replace("\n", "\r\n").encode(), counting()),
        ("MAXQDA 24", TEXT.replace("\n", "\r\n").encode(), counting(crlf=2)),
        ("Some tool", b"\xef\xbb\xbf" + TEXT.encode(), counting(bom=1)),
        ("Some tool", TEXT.encode(), counting(utf16=True)),
    ],
)
def test_positions_are_read_as_the_program_counted_them(tmp_path: Path, origin: str, text: bytes, counted: Any) -> None:
    draft = read_project(project(tmp_path / "p.qdpx", origin=origin, text=text, selections=spans(counted)))
    assert quotes(draft) == ["felt 😀 like", "How so?", "Same here"]
    assert draft.sources[0].text == TEXT
    assert "3 of 3 selections stand in their text, 3 begin and end at words" in draft.reading


def test_names_that_repeat_the_words_decide_where_edges_do_not(tmp_path: Path) -> None:
    text = "😀aaaa bbbb cccc dddd"
    told = selection(7, 11, name="bbbb") + selection(12, 16, name="cccc", key="s2")
    draft = read_project(project(tmp_path / "p.qdpx", text=text.encode(), selections=told))
    assert quotes(draft) == ["bbbb", "cccc"]
    assert Reading(utf16=True).words in draft.reading


def test_a_selection_outside_its_text_is_listed_and_not_clipped(tmp_path: Path, study: Study) -> None:
    told = selection(0, 3) + selection(5, 9999, key="s2") + selection(9, 9, key="s3") + selection(8, 4, key="s4")
    draft = read_project(project(tmp_path / "p.qdpx", selections=told))
    assert quotes(draft) == ["Nur"]
    done = study.run(bring_project, draft)
    assert done.codings == 1
    assert sum(loss.number for loss in done.losses if loss.what == "Selection") == 3


def test_folders_names_and_paths_may_be_written_in_other_ways(tmp_path: Path) -> None:
    for number, options in enumerate(
        ({"inner": "My study.QDE"}, {"folder": "Sources"}, {"plain": "T1.txt"}, {"plain": "internal://T1.TXT"})
    ):
        draft = read_project(project(tmp_path / f"{number}.qdpx", selections=selection(0, 3), **options))
        assert quotes(draft) == ["Nur"]


def test_a_missing_text_leaves_the_codes_and_is_told(tmp_path: Path, study: Study) -> None:
    draft = read_project(project(tmp_path / "p.qdpx", text=None, selections=selection(0, 3)))
    done = study.run(bring_project, draft)
    assert (done.codes, done.transcripts) == (1, 0)
    assert "missing" in " ".join(loss.sentence for loss in done.losses)


@pytest.mark.parametrize(
    "plain",
    ["internal://../secret.txt", "absolute:///etc/passwd", "relative:///x.txt", "/etc/passwd", "internal://C:/x.txt"],
)
def test_a_path_out_of_the_archive_is_never_followed(tmp_path: Path, plain: str) -> None:
    (tmp_path / "secret.txt").write_text("root: secret")
    draft = read_project(project(tmp_path / "p.qdpx", plain=plain, selections=selection(0, 3)))
    assert draft.sources == ()
    assert any("leads out of the project" in loss.sentence for loss in draft.losses)


def test_codes_keep_their_tree_their_colours_and_what_was_said_of_them(tmp_path: Path, study: Study) -> None:
    codes = (
        '<Code guid="A" name="Top" isCodable="false" color="rgb(1, 2, 3)"><Description>All of it</Description>'
        '<Code guid="{B}" name="&lt;b&gt;Beneath&lt;/b&gt;" isCodable="true" color="url(javascript:x)"/></Code>'
        '<Code guid="a" name="Twice" isCodable="true"/>'
    )
    done = study.run(bring_project, read_project(project(tmp_path / "p.qdpx", codes=codes)))
    rows = {row["name"]: row for row in rows_of(study)["code"]}
    assert set(rows) == {"Top", "<b>Beneath</b>"}
    assert rows["<b>Beneath</b>"]["parent_id"] == rows["Top"]["id"]
    assert (rows["Top"]["colour"], rows["Top"]["brief"]) == ("#010203", "All of it")
    assert {loss.what for loss in done.losses} == {"Colour of the code", "Code"}


def test_people_notes_and_sets_find_their_places(tmp_path: Path, study: Study) -> None:
    more = (
        '<Users><User guid="U1" name="Ana"/></Users>'
        '<Variables><Variable guid="V1" name="age" typeOfVariable="Integer"/></Variables>'
        '<Cases><Case guid="P1" name="Nur"><VariableValue><VariableRef targetGUID="V1"/><IntegerValue>21</IntegerValue>'
        '</VariableValue><SelectionRef targetGUID="s9"/></Case>'
        '<Case guid="P2"><VariableValue><VariableRef targetGUID="V1"/><IntegerValue>3</IntegerValue></VariableValue>'
        "</Case>"
        "</Cases>"
        '<Notes><Note guid="N1" name="Idea" creatingUser="U1"><PlainTextContent>Look again</PlainTextContent></Note>'
        '<Note guid="N2" name="Alone"><PlainTextContent>On nothing</PlainTextContent></Note></Notes>'
        '<Links><Link guid="L1" name="about" originGUID="N1" targetGUID="C1"/></Links>'
        '<Sets><Set guid="X1" name="Group one"><MemberCode targetGUID="C1"/><MemberSource targetGUID="T1"/></Set>'
        '<Set guid="X2" name="&lt;3"/></Sets>'
    )
    told = selection(5, 12, key="s1", more="<Description>a comment</Description>") + selection(
        5, 30, key="s9", code=None
    )
    done = study.run(bring_project, read_project(project(tmp_path / "p.qdpx", selections=told, more=more)))
    rows = rows_of(study)
    (person,) = rows["participant"]
    assert (person["pseudonym"], rows["participant_attribute"][0]["value"]) == ("Nur", "21")
    assert [row["participant_id"] for row in rows["speaker"] if row["label"] == "Nur"] == [person["id"]]
    assert sorted(row["text"] for row in rows["memo"]) == ["Idea\nLook again", "In the set “Group one”.", "a comment"]
    assert [row["title"] for row in rows["board_pile"]] == ["Group one"]
    assert {"Ana"} <= {row["name"] for row in rows["person"]}
    assert len(rows["excerpt"]) == 1  # the turn of a case is a turn, and no excerpt
    told_losses = " ".join(loss.sentence for loss in done.losses)
    assert [row["text"] for row in rows["journal_entry"]] == ["Alone\nOn nothing"]
    assert "“<3”" in told_losses
    assert "age" in told_losses


def test_a_case_that_is_a_code_too_is_one_person(tmp_path: Path, study: Study) -> None:
    codes = '<Code guid="C1" name="Home" isCodable="true"/><Code guid="P1" name="Nur" isCodable="true"/>'
    more = '<Cases><Case guid="P1" name="Nur"/></Cases>'
    told = selection(5, 12) + selection(5, 25, code="p1", key="s2")
    study.run(bring_project, read_project(project(tmp_path / "p.qdpx", codes=codes, selections=told, more=more)))
    assert [row["name"] for row in rows_of(study)["code"]] == ["Home"]
    assert [row["pseudonym"] for row in rows_of(study)["participant"]] == ["Nur"]


def test_a_second_time_nothing_is_added(tmp_path: Path, study: Study) -> None:
    path = project(tmp_path / "p.qdpx", selections=spans(counting()))
    study.run(bring_project, read_project(path))
    before = rows_of(study)
    again: ProjectIn = study.run(bring_project, read_project(path))
    assert not again.anything
    assert rows_of(study) == before


def test_codes_that_are_there_by_name_are_used(tmp_path: Path, study: Study) -> None:
    from app.operations.codes import create_code

    home = study.run(create_code, "home")
    study.run(bring_project, read_project(project(tmp_path / "p.qdpx", selections=selection(0, 3))))
    assert [row["code_id"] for row in rows_of(study)["coding"]] == [home]


def test_what_only_shows_or_sounds_is_listed(tmp_path: Path) -> None:
    more = (
        '<Sources><PictureSource guid="G1" name="Room.jpg"/>'
        '<PDFSource guid="G2" name="Form.pdf"><PDFSelection guid="G3"/><Representation guid="G4" name="Form">'
        "<PlainTextContent>Words of the form</PlainTextContent></Representation></PDFSource></Sources>"
    )
    draft = read_project(project(tmp_path / "p.qdpx", more=more))
    assert [source.text for source in draft.sources] == [TEXT, "Words of the form"]
    told = [loss.sentence for loss in draft.losses]
    assert any("Room.jpg" in one for one in told)
    assert any("Form.pdf" in one for one in told)


def test_harmful_archives_are_refused_in_a_sentence(tmp_path: Path) -> None:
    laughs = tmp_path / "laughs.qdpx"
    with zipfile.ZipFile(laughs, "w") as archive:
        archive.writestr("project.qde", '<!DOCTYPE p [<!ENTITY a "x">]><Project name="&a;"/>')
    link = project(tmp_path / "link.qdpx")
    with zipfile.ZipFile(link, "a") as archive:
        info = zipfile.ZipInfo("sources/link.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    deep = tmp_path / "deep.qde"
    deep.write_text(HEAD.format(origin="x") + "<Code>" * 5000)
    (tmp_path / "text.qdpx").write_text("no archive")
    (tmp_path / "empty.qdpx").write_bytes(b"")
    with zipfile.ZipFile(tmp_path / "none.qdpx", "w") as archive:
        archive.writestr("other.txt", "x")
    for name in ("laughs.qdpx", "link.qdpx", "deep.qde", "text.qdpx", "empty.qdpx", "none.qdpx", "gone.qdpx"):
        with pytest.raises(ImportRefused) as refused:
            read_project(tmp_path / name)
        assert name in refused.value.sentence
        assert "Word" not in refused.value.sentence


def test_a_project_with_nothing_in_it_is_said(tmp_path: Path, study: Study) -> None:
    path = tmp_path / "p.qde"
    path.write_text(HEAD.format(origin="x") + "</Project>")
    assert is_project(path)
    with pytest.raises(NotPossible, match="neither codes nor texts"):
        study.run(bring_project, read_project(path))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 2000), flip=st.integers(0, 2000), by=st.integers(1, 255))
def test_whatever_is_broken_ends_in_a_draft_or_a_sentence(tmp_path: Path, cut: int, flip: int, by: int) -> None:
    whole = project(tmp_path / "p.qdpx", selections=spans(counting())).read_bytes()
    content = bytearray(whole[: len(whole) - cut % len(whole)])
    if content:
        content[flip % len(content)] ^= by
    broken = tmp_path / "broken.qdpx"
    broken.write_bytes(bytes(content))
    try:
        read_project(broken)
    except ImportRefused as refused:
        assert "broken.qdpx" in refused.sentence
