"""The codebook: what it says of each code, read back from every format."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from lxml import html

from app.exporters.document import Fields, Heading
from app.exporters.options import ExportOptions
from app.exporters.registry import compose, export
from app.models import CodeLineage
from app.models.kinds import LineageKind, ParticipantStatus
from app.models.verbs import Verb
from app.operations.codes import edit_code
from app.operations.people import edit_participant
from tests.exporters.conftest import FORMULA, MARKUP, Book


def fields_of(book: Book, code: str, options: ExportOptions | None = None) -> dict[str, str]:
    """{term: text} of one code's entry."""
    with book.study.read() as session:
        blocks = compose(session, "codebook", options).blocks
    place = next(n for n, one in enumerate(blocks) if isinstance(one, Heading) and one.text == code)
    entry = blocks[place + 1]
    assert isinstance(entry, Fields)
    return {term: "\n".join(part.text for part in parts) for term, parts in entry.items}


def records(book: Book, tmp_path: Path, options: ExportOptions | None = None) -> dict[str, dict[str, str]]:
    """{code: record} of the codebook as CSV."""
    path = tmp_path / "records.csv"
    export(book.study, "codebook", path, force=True, options=options)
    text = path.read_bytes().decode("utf-8-sig")
    return {record["code"].removeprefix("'"): record for record in csv.DictReader(StringIO(text, newline=""))}


def test_the_head_says_what_it_is_and_on_which_day(book: Book) -> None:
    at = datetime(2025, 3, 3, 12, tzinfo=UTC)
    with book.study.read() as session:
        document = compose(session, "codebook", ExportOptions(at=at))
    head = dict(document.head)
    assert document.title == "Codebook: Belonging"
    assert document.statement.startswith("Code list as it stood on 3 March 2025.")
    assert "not an instrument" in document.statement
    assert head["Research question"] == "How does one come to belong?"
    assert head["Approach"] == "Variant of thematic analysis: reflexive"
    assert head["Lens"].startswith("Community of Practice")
    assert head["Attribution of quotes"] == "By role, group."


def test_consent_is_noted_in_numbers_and_nobody_is_named(book: Book) -> None:
    with book.study.read() as session:
        document = compose(session, "codebook")
    note = dict(document.head)["Consent"]
    assert "not recorded for 1 of the 2 people" in note
    assert "1 quote was left out" in note
    assert not any(name in note for name in book.people)
    assert (document.withheld, document.consent_not_recorded) == (1, 1)


def test_an_entry_says_only_what_is_filled(book: Book) -> None:
    entry = fields_of(book, "Belonging")
    assert entry["Brief definition"] == "Being one of us."
    assert entry["When not to use"] == "Friendliness."
    assert "Full definition" not in entry
    assert "When to use" not in entry
    assert entry["Example"] == "“And then you pass it on.” (Mentee, FG1)"
    assert entry["Themes"] == "Noticed / By name"
    assert entry["Dimensions"] == "Mutual engagement: central, shows it failing or absent (through “Noticed”)"
    assert "mostly latent; origin inductive; first made on" in entry["Record"]


def test_without_a_chosen_example_the_first_sure_coding_speaks(book: Book) -> None:
    book.study.run(edit_code, book.codes["Belonging"], example_excerpt_id=None)
    assert fields_of(book, "Belonging")["Example"].startswith("“It felt like a place")
    book.code("Can you say more?", "Refused")
    assert fields_of(book, "Refused")["Example"] == "“Can you say more?” (Moderator, FG1)"


def test_an_unsure_coding_is_no_example(book: Book) -> None:
    book.code("We never met", "Refused", unsure=True)
    assert "Example" not in fields_of(book, "Refused")


@pytest.mark.parametrize("status", [ParticipantStatus.WITHDRAWN, None])
def test_a_chosen_example_that_may_not_be_quoted_gives_way_to_another(
    book: Book, status: ParticipantStatus | None
) -> None:
    book.code("We never met", "Belonging")
    fields = {"status": status} if status else {"consent_to_quote": "no"}
    book.study.run(edit_participant, book.people["Nur"], **fields)
    assert fields_of(book, "Belonging")["Example"] == "“We never met” (Mentor, FG1)"


def test_where_a_code_came_from_is_told(book: Book) -> None:
    with book.study.change("Merge", Verb.EDIT_CODE) as session:
        session.add(
            CodeLineage(code_id=book.codes["Belonging"], kind=LineageKind.MERGED_FROM, other_id="x",
                        other_name="Being in", at=datetime(2025, 3, 3, 12, tzinfo=UTC))
        )  # fmt: skip
    assert fields_of(book, "Belonging")["History"] == "merged from “Being in” (3 March 2025)"


def test_counts_are_there_only_when_asked_for(book: Book, tmp_path: Path) -> None:
    assert "Excerpts" not in fields_of(book, "Belonging")
    assert "groups" not in records(book, tmp_path)["Belonging"]
    counted = ExportOptions(counts=True)
    assert fields_of(book, "Belonging", counted)["Excerpts"] == "2 excerpts, heard in 1 group"
    record = records(book, tmp_path, counted)["Belonging"]
    assert (record["excerpts"], record["groups"]) == ("2", "1")


def test_csv_carries_hierarchy_colour_and_every_field(book: Book, tmp_path: Path) -> None:
    record = records(book, tmp_path)[MARKUP]
    assert record["path"] == f"Belonging / {MARKUP}"
    assert (record["parent"], record["level"]) == ("Belonging", "2")
    assert record["colour"].startswith("#")
    assert record["themes"] == "Noticed / By name (contrast)"
    assert (record["example"], record["example_attribution"]) == ("We never met, not once.", "Mentor, FG1")
    old = records(book, tmp_path)["Old"]
    assert (old["status"], old["set_aside_reason"]) == ("set aside", "It said nothing of its own.")


def test_csv_opens_in_excel_and_other_programs(book: Book, tmp_path: Path) -> None:
    records(book, tmp_path)
    content = (tmp_path / "records.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfpath,code,parent,level,")
    assert content.endswith(b"\r\n")


def test_docx_has_headings_by_depth_a_repeated_table_header_and_turned_pages(book: Book, tmp_path: Path) -> None:
    export(book.study, "codebook", tmp_path / "codebook.docx")
    word = docx.Document(str(tmp_path / "codebook.docx"))
    headings = {p.text: p.style.name for p in word.paragraphs if p.style.name.startswith("Heading")}
    assert headings["Overview"] == headings["Codes"] == headings["Codes set aside"] == "Heading 1"
    assert (headings["Belonging"], headings[MARKUP]) == ("Heading 2", "Heading 3")
    overview, aside = word.tables
    assert [cell.text for cell in overview.rows[0].cells][:2] == ["Code", "Brief definition"]
    for table in (overview, aside):
        assert table.style.name == "Reflexa Table"
        assert table.rows[0]._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
    assert aside.rows[1].cells[2].text == "It said nothing of its own."
    lies = [section.orientation for section in word.sections]
    assert lies == [WD_ORIENTATION.PORTRAIT, WD_ORIENTATION.LANDSCAPE, WD_ORIENTATION.PORTRAIT]
    assert any("PAGE" in p._p.xml for p in word.sections[0].footer.paragraphs)


def test_docx_quotes_stand_in_a_style_of_their_own_and_every_style_is_there(book: Book, tmp_path: Path) -> None:
    export(book.study, "codebook", tmp_path / "codebook.docx")
    word = docx.Document(str(tmp_path / "codebook.docx"))
    quotes = [p.text for p in word.paragraphs if p.style.name == "Quote"]
    assert "“And then you pass it on.” (Mentee, FG1)" in quotes
    known = {style.style_id for style in word.styles}
    assert {mark.get(qn("w:val")) for mark in word.element.iter(qn("w:pStyle"), qn("w:tblStyle"))} <= known


def test_files_name_no_author(book: Book, tmp_path: Path) -> None:
    export(book.study, "codebook", tmp_path / "codebook.docx")
    export(book.study, "codebook", tmp_path / "codebook.xlsx")
    word = docx.Document(str(tmp_path / "codebook.docx")).core_properties
    sheet = openpyxl.load_workbook(tmp_path / "codebook.xlsx").properties
    assert (word.author, word.last_modified_by, word.title) == ("", "", "Codebook: Belonging")
    assert not sheet.creator
    assert not sheet.lastModifiedBy


def test_right_to_left_words_run_to_the_left_in_word(book: Book, tmp_path: Path) -> None:
    book.study.run(edit_code, book.codes["Belonging"], brief="الانتماء إلى الجماعة")
    export(book.study, "codebook", tmp_path / "codebook.docx")
    word = docx.Document(str(tmp_path / "codebook.docx"))
    run = next(run for p in word.paragraphs for run in p.runs if "الانتماء" in run.text)
    assert run.font.rtl


def test_xlsx_has_its_sheets_frozen_under_the_header(book: Book, tmp_path: Path) -> None:
    export(book.study, "codebook", tmp_path / "codebook.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "codebook.xlsx")
    assert workbook.sheetnames == ["About", "Codes", "Set aside"]
    assert workbook["Codes"].freeze_panes == "B2"
    assert workbook["Codes"].page_setup.orientation == "landscape"
    assert {row[1].value for row in workbook["Codes"].iter_rows(min_row=2)} == {"Belonging", MARKUP, FORMULA, "Refused"}
    assert workbook["Set aside"]["B2"].value == "Old"
    assert "as it stood" in workbook["About"]["B3"].value


def test_html_stands_alone_and_reads_well_without_eyes(book: Book, tmp_path: Path) -> None:
    export(book.study, "codebook", tmp_path / "codebook.html")
    page = html.parse(str(tmp_path / "codebook.html")).getroot()
    assert page.get("lang") == "en-GB"
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert page.xpath("//script|//link|//img|//iframe|//@src|//@href|//@onerror") == []
    assert page.xpath("//thead//th[not(@scope='col')]") == []
    assert page.xpath("//tbody//tr[not(th[@scope])]") == []
    assert page.xpath("//table[not(caption)]") == []
    assert all(one.get("dir") == "auto" for one in page.xpath("//blockquote/p"))
    assert page.xpath("//h4/text()") == [MARKUP]
