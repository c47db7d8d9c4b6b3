"""Codings leave as records and as marked transcripts: places, words and codes are those of the study."""

from __future__ import annotations

import csv
import json
import zipfile
from io import StringIO
from pathlib import Path

import docx
import openpyxl
import pytest
from lxml import etree, html

from app.exporters.document import Heading
from app.exporters.options import ExportOptions
from app.exporters.painted.document_pdf import _html
from app.exporters.registry import export
from app.exporters.to_md import escaped
from app.models import Participant
from app.models.kinds import Consent
from app.operations.codes import create_code
from app.operations.codings import code_passage
from app.operations.memos import write_memo
from app.operations.people import edit_participant
from app.operations.studies import work_as
from app.study import Study
from tests.material import Talk, rows_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def coded(study: Study, talk: Talk) -> Study:
    """Overlapping codings, one over several turns, one with a memo and a name that looks like a formula."""
    study.run(work_as, "Ana")
    study.working_as = "Ana"
    one, two, odd = (study.run(create_code, name) for name in ("Belonging", "Kept <b>going</b>", "=SUM(1)"))
    first = study.run(code_passage, talk.source_id, *talk.span("a place where I belong"), one)
    study.run(code_passage, talk.source_id, *talk.span("place where I"), two)
    start, end = talk.text.index("belong"), talk.text.index("kept each") + 4
    study.run(code_passage, talk.source_id, start, end, odd, unsure=True)
    study.run(write_memo, "coding", first.coding_id, "think again")
    return study


def records(study: Study, path: Path, **options: bool) -> list[dict[str, str]]:
    export(study, "codings", path, force=True, options=ExportOptions(**options))
    return json.loads(path.read_bytes())["rows"]


def test_each_coding_is_a_record_with_its_place_and_its_words(coded: Study, talk: Talk, tmp_path: Path) -> None:
    rows = records(coded, tmp_path / "c.json")
    assert {row["coding_id"] for row in rows} == {row["id"] for row in rows_of(coded)["coding"]}
    first = next(row for row in rows if row["code"] == "Belonging")
    assert talk.text[first["start"] : first["end"]] == first["quote"] == "a place where I belong"
    assert (first["speakers"], first["group"], first["coded_by"], first["memo"]) == ("Nur", "FG1", "Ana", "think again")
    assert first["before"].endswith("It felt like")
    both = next(row for row in rows if row["code"] == "=SUM(1)")
    assert (both["speakers"], both["unsure"], both["level"]) == ("Nur; Bilal", "yes", "interaction")


def test_whose_words_stand_beside_a_coding_is_in_the_register_too(study: Study, talk: Talk, tmp_path: Path) -> None:
    code = study.run(create_code, "Kept")
    study.run(code_passage, talk.source_id, *talk.span("Same here"), code)
    (row,) = records(study, tmp_path / "c.json")
    assert "where I belong" in row["before"]
    voices = {row["participant_id"] for row in rows_of(study)["export_voice"]}
    assert voices == {row["id"] for row in rows_of(study)["participant"]}


def test_names_and_times_leave_only_as_chosen(coded: Study, tmp_path: Path) -> None:
    row = records(coded, tmp_path / "c.json", names=False, times=False)[0]
    assert (row["coded_by"], row["coded_at"]) == ("", "")


def test_no_cell_is_a_formula(coded: Study, tmp_path: Path) -> None:
    export(coded, "codings", tmp_path / "c.csv")
    cells = [
        cell for row in csv.reader(StringIO((tmp_path / "c.csv").read_text("utf-8-sig"), newline="")) for cell in row
    ]
    assert "'=SUM(1)" in cells
    export(coded, "codings", tmp_path / "c.xlsx")
    for sheet in openpyxl.load_workbook(tmp_path / "c.xlsx"):
        assert all(cell.data_type in {"s", "n"} for row in sheet.iter_rows() for cell in row)


def commented(path: Path) -> dict[str, str]:
    """{what a comment says: the words between its beginning and its end}."""
    with zipfile.ZipFile(path) as packed:
        body = etree.fromstring(packed.read("word/document.xml"))
        notes = etree.fromstring(packed.read("word/comments.xml"))
    said = {one.get(f"{W}id"): "".join(one.itertext(f"{W}t")) for one in notes}
    open_now: set[str] = set()
    found: dict[str, str] = dict.fromkeys(said, "")
    for element in body.iter():
        if element.tag == f"{W}commentRangeStart":
            open_now.add(element.get(f"{W}id"))
        elif element.tag == f"{W}commentRangeEnd":
            open_now.discard(element.get(f"{W}id"))
        elif element.tag == f"{W}t":
            for key in open_now:
                found[key] += element.text or ""
    assert not open_now
    return {said[key]: words for key, words in found.items()}


def test_word_comments_begin_and_end_with_each_coding(coded: Study, talk: Talk, tmp_path: Path) -> None:
    export(coded, "coded", tmp_path / "c.docx")
    start, end = talk.text.index("belong"), talk.text.index("kept each") + 4
    assert commented(tmp_path / "c.docx") == {
        "Belongingthink again": "a place where I belong",
        "Kept <b>going</b>": "place where I",
        "=SUM(1) (unsure)": talk.text[start:end].replace("\n", ""),
    }
    book = docx.Document(str(tmp_path / "c.docx"))
    assert {comment.author for comment in book.comments} == {"Ana"}
    assert [line.text for line in book.paragraphs if line.text.startswith("Nur: It felt")] == [talk.text.split("\n")[0]]


def test_marked_transcripts_have_the_page_and_the_properties_of_our_documents(coded: Study, tmp_path: Path) -> None:
    export(coded, "coded", tmp_path / "out.docx")
    word = docx.Document(str(tmp_path / "out.docx"))
    properties = word.core_properties
    assert (properties.author, properties.comments, properties.created.year > 2013) == ("", "", True)
    assert word.sections[0].page_height > word.sections[0].page_width
    assert "Page" in word.sections[0].footer.paragraphs[0].text


def test_comments_bear_no_name_and_no_time_where_that_is_chosen(coded: Study, tmp_path: Path) -> None:
    export(coded, "coded", tmp_path / "c.docx", options=ExportOptions(names=False, times=False))
    packed = zipfile.ZipFile(tmp_path / "c.docx").read("word/comments.xml").decode()
    assert "Ana" not in packed
    assert "w:date=" not in packed


def test_a_web_page_shows_every_mark_without_colour_and_runs_nothing(coded: Study, talk: Talk, tmp_path: Path) -> None:
    export(coded, "coded", tmp_path / "c.html")
    page = html.fromstring((tmp_path / "c.html").read_bytes())
    assert page.xpath("//script|//img|//@href|//@src|//p//b[text()='going']") == []
    signs = [one.text for one in page.iter("span") if one.get("class") == "sign" and one.getparent().tag == "p"]
    assert [sign for sign in signs if "▸" in sign] == ["Be▸", "Kg▸", "SU?▸"] or len(signs) == 6
    assert sum("◂" in sign for sign in signs) == 3
    lines = ["".join(one.itertext()) for one in page.iter("p")]
    for sign in signs:
        lines = [line.replace(sign, "") for line in lines]
    assert talk.text.split("\n")[0] in lines


def test_who_refused_is_dots_in_every_marked_transcript(coded: Study, tmp_path: Path) -> None:
    with coded.read() as session:
        nur = session.query(Participant).filter(Participant.pseudonym == "Nur").one().id
    coded.run(edit_participant, nur, consent_to_quote=Consent.NO)
    for ending in ("docx", "html"):
        export(coded, "coded", tmp_path / f"c.{ending}")
    words = "\n".join(line.text for line in docx.Document(str(tmp_path / "c.docx")).paragraphs)
    for held in (words, (tmp_path / "c.html").read_text()):
        assert "belong" not in held.casefold().replace("belonging", "")
        assert "Same here" in held
    assert all(row["quote"] == "" or "belong" not in row["quote"] for row in records(coded, tmp_path / "c.json"))


def test_a_coding_that_ends_with_the_line_break_has_its_end(study: Study, talk: Talk, tmp_path: Path) -> None:
    code = study.run(create_code, "Whole line")
    from app.importers.project import CodeDraft, CodingDraft, ProjectDraft, SelectionDraft, SourceDraft
    from app.operations.bringing_project import bring_project

    selection = SelectionDraft("s", "t", 0, talk.text.index("\n") + 1, (CodingDraft("k", "c"),))
    draft = ProjectDraft("p", "p", "", codes=(CodeDraft("c", "Whole line"),), selections=(selection,),
                         sources=(SourceDraft("t", "FG1", talk.text),))  # fmt: skip
    assert study.run(bring_project, draft).codings == 1
    export(study, "coded", tmp_path / "c.docx")
    assert commented(tmp_path / "c.docx") == {"Whole line": talk.text.split("\n")[0]}
    assert code


@pytest.mark.parametrize("ending", ["md", "pdf"])
def test_a_codebook_comes_as_markdown_and_pdf_too(coded: Study, tmp_path: Path, ending: str) -> None:
    export(coded, "codebook", tmp_path / f"b.{ending}")
    held = (tmp_path / f"b.{ending}").read_bytes()
    if ending == "pdf":
        assert held.startswith(b"%PDF")
    else:
        assert "Kept \\<b\\>going\\</b\\>" in held.decode()
        assert "a place where I belong" in held.decode()


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("- a", "\\- a"),
        ("1. a", "1\\. a"),
        ("# a", "\\# a"),
        ("a*b_c", "a\\*b\\_c"),
        ("a\nb", "a b"),
        ("<i>", "\\<i\\>"),
    ],
)
def test_no_word_is_read_as_a_mark(words: str, shown: str) -> None:
    assert escaped(words) == shown


def test_however_deep_a_code_stands_its_name_is_a_heading_in_a_pdf() -> None:
    assert _html(Heading("Deep", 9)) == "<h6>Deep</h6>"
