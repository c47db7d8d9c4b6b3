"""Files that are not what they say, or mean harm: one clear sentence each, and nothing read or written elsewhere."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from app.importers import ImportRefused, preview, read_transcript
from app.importers.registry import OLE
from tests.importers.material import document, p, word

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


def refusal(path: Path) -> str:
    with pytest.raises(ImportRefused) as caught:
        read_transcript(path)
    sentence = caught.value.sentence
    assert path.name in sentence and sentence.endswith(".") and "\n" not in sentence
    return sentence


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "empty"),
        ("a.txt", b" \r\n\t \n", "empty"),
        ("a.txt", PNG, "is a picture"),
        ("a.docx", PNG, "is a picture"),
        ("a.docx", b"Moderator: hello\n", "is plain text.*ends in .txt"),
        ("a.txt", b"%PDF-1.7 ...", "is a PDF"),
        ("a.docx", b"{\\rtf1 words}", "is rich text"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        ("a.docx", OLE + b"\0" * 600, "old office format"),
        ("a.doc", OLE + b"\0" * 600, "old office format"),
        ("a.pdf", b"%PDF-1.7", "damaged"),
        ("a", b"Moderator: hello\n", "looks like plain text"),
        ("a.xyz", b"\x00\x01\x02", "kind that cannot come in"),
        ("a.docx", b"PK\x03\x04" + b"\0" * 60, "damaged|archive"),
        ("a.txt", bytes(range(32)) * 40, "no text"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ImportRefused, match=says):
        read_transcript(tmp_path / name)
    refusal(tmp_path / name)


def test_a_word_document_named_txt_says_what_to_call_it(tmp_path: Path) -> None:
    assert "ends in .docx" in refusal(word(tmp_path / "talk.txt", p("Moderator: hello")))


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    assert "folder" in refusal(tmp_path / "folder.txt")
    assert "not there" in refusal(tmp_path / "gone.txt")


def test_a_document_cut_short_is_refused(tmp_path: Path) -> None:
    whole = word(tmp_path / "whole.docx", p("Moderator: hello")).read_bytes()
    cut = tmp_path / "cut.docx"
    cut.write_bytes(whole[: len(whole) // 2])
    assert "damaged" in refusal(cut)


def test_every_cut_and_every_flipped_bit_ends_in_a_draft_or_a_sentence(tmp_path: Path) -> None:
    whole = word(tmp_path / "whole.docx", p("Moderator: hello") + p("Aina: yes")).read_bytes()
    broken = tmp_path / "broken.docx"
    for place in range(0, len(whole), 7):
        for content in (whole[:place], whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :]):
            broken.write_bytes(content)
            try:
                read_transcript(broken)
            except ImportRefused as refused:
                assert "broken.docx" in refused.sentence


def test_a_doctype_is_refused_whatever_it_declares(tmp_path: Path) -> None:
    outside = tmp_path / "secret.txt"
    outside.write_text("root: secret")
    laughs = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    local = f'<!DOCTYPE d [<!ENTITY b SYSTEM "{outside.as_uri()}">]>'
    for before in (laughs, local, "<!-- " + "x" * 9000 + " -->" + laughs):
        path = word(tmp_path / "d.docx", xml=document(p("Aina: &b;"), before=before))
        assert "DOCTYPE" in refusal(path)


def test_a_doctype_in_utf16_is_refused_too(tmp_path: Path) -> None:
    xml = document(p("Aina: &b;"), before='<!DOCTYPE d [<!ENTITY b "x">]>').replace("UTF-8", "UTF-16")
    path = tmp_path / "d.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", xml.encode("utf-16"))
    assert "DOCTYPE" in refusal(path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<a>" + b" " * 20_000_000)
    assert "would unpack to 20 MB" in refusal(tmp_path / "bomb.docx")


def test_a_part_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = word(tmp_path / "twice.docx", p("Aina: one"))
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/document.xml", document(p("Aina: another")))
    assert "twice" in refusal(path)


def test_links_out_of_the_archive_are_refused(tmp_path: Path) -> None:
    path = word(tmp_path / "link.docx", p("Aina: one"))
    with zipfile.ZipFile(path, "a") as archive:
        link = zipfile.ZipInfo("word/link.xml")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert "outside itself" in refusal(path)


def test_a_member_that_climbs_out_is_never_written(tmp_path: Path) -> None:
    path = word(tmp_path / "climb.docx", p("Moderator: one"))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../escaped.txt", "out")
    read_transcript(path)
    assert not (tmp_path.parent / "escaped.txt").exists()


def test_thousands_of_nested_elements_are_refused(tmp_path: Path) -> None:
    xml = document("<w:sdt>" * 60_000 + p("Aina: deep") + "</w:sdt>" * 60_000)
    assert "damaged" in refusal(word(tmp_path / "deep.docx", xml=xml))


def test_the_good_files_of_a_list_are_previewed_beside_the_bad_ones(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Moderator: hello\nP1: yes\n")
    (tmp_path / "bad.txt").write_bytes(PNG)
    good, bad = preview([tmp_path / "good.txt", tmp_path / "bad.txt"])["files"]
    assert good["error"] is None and good["turns"] == [["Moderator", "hello"], ["P1", "yes"]]
    assert bad["turns"] == [] and "bad.txt" in bad["error"]
    assert good.keys() == bad.keys()
