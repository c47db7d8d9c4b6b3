"""What comes in from a Word document, and what must not."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from app.importers import ImportRefused, read_transcript
from tests.importers.material import STRICT, document, p, r, table, word


def text_of(path: Path, body: str, **parts: str) -> str:
    return read_transcript(word(path / "talk.docx", body, **parts)).text


def test_a_paragraph_is_a_line_and_an_empty_one_a_blank_line(tmp_path: Path) -> None:
    assert text_of(tmp_path, p("Aina: one") + p() + p("Ben: two")) == "Aina: one\n\nBen: two\n"


def test_breaks_tabs_and_hyphens_of_word_become_characters(tmp_path: Path) -> None:
    run = "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t><w:tab/><w:t>d</w:t><w:noBreakHyphen/></w:r>"
    assert text_of(tmp_path, p(run)) == "a\nb\nc\td\u2011\n"


def test_words_inside_links_controls_fields_and_tags_are_not_lost(tmp_path: Path) -> None:
    field = '<w:fldSimple w:instr="AUTHOR">' + r("field ") + "</w:fldSimple>"
    body = (
        p("<w:hyperlink>" + r("linked ") + "</w:hyperlink>", field)
        + "<w:sdt><w:sdtContent>" + p("control") + "</w:sdtContent></w:sdt>"
        + p("<w:smartTag>" + r("tag") + "</w:smartTag>")
    )  # fmt: skip
    assert text_of(tmp_path, body) == "linked field \ncontrol\ntag\n"


def test_of_a_field_the_result_is_read_and_never_the_instruction(tmp_path: Path) -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instruction = "<w:r><w:instrText>HYPERLINK secret</w:instrText></w:r>"
    nested = mark("begin") + r("hidden") + mark("separate") + r("hidden too") + mark("end")
    body = p("a ", mark("begin"), instruction, nested, mark("separate"), "result", mark("end"), " b")
    assert text_of(tmp_path, body) == "a result b\n"


def test_a_field_that_never_ends_does_not_swallow_the_rest(tmp_path: Path) -> None:
    body = p("a", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "b") + p("Aina: still here")
    assert "Aina: still here" in text_of(tmp_path, body)


def test_insertions_and_moves_come_in_while_deletions_stay_out_and_are_counted(tmp_path: Path) -> None:
    body = p(
        "we ",
        "<w:del><w:r><w:delText>NAME </w:delText></w:r></w:del>",
        "<w:ins>" + r("now ") + "</w:ins>",
        "<w:moveFrom>" + r("OLD ") + "</w:moveFrom>",
        "<w:moveTo>" + r("moved") + "</w:moveTo>",
    )
    draft = read_transcript(word(tmp_path / "talk.docx", body))
    assert draft.text == "we now moved\n"
    assert any(one.startswith("2 stretches of deleted (tracked) text left out") for one in draft.warnings)


def test_a_deleted_paragraph_mark_joins_two_paragraphs(tmp_path: Path) -> None:
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    assert text_of(tmp_path, p(mark, "one ") + p("two")) == "one two\n"


def test_a_deleted_row_of_a_table_stays_out(tmp_path: Path) -> None:
    gone = "<w:tr><w:trPr><w:del/></w:trPr><w:tc>" + p("GONE") + "</w:tc></w:tr>"
    body = table(("kept", "here")).replace("</w:tbl>", gone + "</w:tbl>")
    assert text_of(tmp_path, body) == "kept\there\n"


def test_hidden_text_stays_out_and_is_counted(tmp_path: Path) -> None:
    draft = read_transcript(
        word(tmp_path / "t.docx", p("seen ", r("SECRET", "<w:vanish/>"), r("too", '<w:vanish w:val="0"/>')))
    )
    assert draft.text == "seen too\n"
    assert any("1 stretch of hidden text" in one for one in draft.warnings)


def test_a_text_box_in_two_forms_comes_once_after_its_paragraph(tmp_path: Path) -> None:
    box = "<w:txbxContent>" + p("in the box") + "</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert text_of(tmp_path, p("before ", both, "after") + p("next")) == "before after\nin the box\nnext\n"


def test_notes_and_comments_are_counted_and_not_mixed_into_the_talk(tmp_path: Path) -> None:
    marks = "<w:r><w:footnoteReference/></w:r><w:r><w:endnoteReference/></w:r><w:r><w:commentReference/></w:r>"
    comments = '<w:comments xmlns:w="w"><w:comment w:id="1"/><w:comment w:id="2"/></w:comments>'
    draft = read_transcript(word(tmp_path / "t.docx", p("words", marks), comments=comments))
    assert draft.text == "words\n"
    told = " ".join(draft.warnings)
    assert "1 footnote left out" in told and "1 endnote left out" in told and "2 comments left out" in told


def test_the_base_of_a_ruby_is_read_without_its_reading(tmp_path: Path) -> None:
    ruby = "<w:r><w:ruby><w:rt>" + r("kan") + "</w:rt><w:rubyBase>" + r("漢") + "</w:rubyBase></w:ruby></w:r>"
    assert text_of(tmp_path, p(ruby)) == "漢\n"


def test_an_unfilled_content_control_is_no_text(tmp_path: Path) -> None:
    control = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + r("Click here") + "</w:sdtContent></w:sdt>"
    assert text_of(tmp_path, p("a", control)) == "a\n"


def test_a_smiley_that_word_made_of_a_picture_font_stays_a_smiley(tmp_path: Path) -> None:
    assert text_of(tmp_path, p("fun ", '<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>')) == "fun ☺\n"


def test_a_table_of_speakers_gives_turns_whose_words_hold_no_label(tmp_path: Path) -> None:
    body = table(
        ("Time", "Speaker", "Text"),
        ("00:00:04", "Moderator", "Welcome to all of you."),
        ("00:00:09", "Aina", "Thank you for having us."),
        ("00:00:12", "", "And one thing more."),
    )
    draft = read_transcript(word(tmp_path / "t.docx", body))
    assert draft.style == "table"
    assert [(one.speaker, one.time_ms, draft.text[one.start : one.end]) for one in draft.turns] == [
        ("Moderator", 4000, "Welcome to all of you."),
        ("Aina", 9000, "Thank you for having us."),
        ("Aina", 12000, "And one thing more."),
    ]
    assert draft.text[draft.turns[0].label_start : draft.turns[0].label_end] == "00:00:04\tModerator"


def test_a_name_cell_over_two_rows_speaks_in_both_and_the_talk_goes_on_below(tmp_path: Path) -> None:
    body = table(("P1", "first words of it"), ("", "second words of it"), ("P2", "an answer to that")) + p("P1: tail")
    draft = read_transcript(word(tmp_path / "t.docx", body))
    spoken = [(one.speaker, draft.text[one.start : one.end]) for one in draft.turns]
    assert spoken == [("P1", "first words of it\nsecond words of it"), ("P2", "an answer to that"), ("P1", "tail")]


def test_a_table_of_facts_is_not_taken_for_speakers(tmp_path: Path) -> None:
    draft = read_transcript(
        word(tmp_path / "t.docx", table(("Date", "5 March 2024"), ("Place", "Room B2 in the library")))
    )
    assert draft.turns == ()
    assert draft.text == "Date\t5 March 2024\nPlace\tRoom B2 in the library\n"


def test_a_table_for_layout_keeps_its_paragraphs_apart(tmp_path: Path) -> None:
    body = table((p("Aina: hello") + p("Ben: hi"), p("Aina: so") + p("Ben: yes")))
    assert [one.speaker for one in read_transcript(word(tmp_path / "t.docx", body)).turns] == [
        "Aina",
        "Ben",
        "Aina",
        "Ben",
    ]


def test_bold_names_without_a_colon_are_labels(tmp_path: Path) -> None:
    lines = [("Aina", "hello"), ("Ben", "hi there"), ("Aina", "well"), ("Ben", "yes")]
    body = "".join(p(r(name, "<w:b/>"), " " + said) for name, said in lines)
    draft = read_transcript(word(tmp_path / "t.docx", body))
    assert draft.style == "bold name"
    assert [(one.speaker, draft.text[one.start : one.end]) for one in draft.turns] == lines


def test_a_style_that_rests_on_a_bold_one_is_bold(tmp_path: Path) -> None:
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:type="character" w:styleId="Strong"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Who"><w:basedOn w:val="Strong"/></w:style></w:styles>'
    )
    body = "".join(p(r(name, '<w:rStyle w:val="Who"/>'), " words") for name in ("Aina", "Ben", "Aina", "Ben"))
    assert read_transcript(word(tmp_path / "t.docx", body, styles=styles)).style == "bold name"


def test_a_strict_document_and_one_with_another_main_part_read_the_same(tmp_path: Path) -> None:
    body = p("Moderator: hello")
    strict = word(tmp_path / "strict.docx", xml=document(body, namespace=STRICT))
    other = word(tmp_path / "other.docx", body, main="word/document2.xml")
    assert read_transcript(strict).text == read_transcript(other).text == "Moderator: hello\n"


def test_characters_a_study_cannot_hold_do_not_shift_bold_labels(tmp_path: Path) -> None:
    lines = ["Aina", "Ben", "Aina", "Ben"]
    body = p("😀 before\u2028and\u0085after") + "".join(p(r(name, "<w:b/>"), " words") for name in lines)
    draft = read_transcript(word(tmp_path / "t.docx", body))
    assert [draft.text[one.label_start : one.label_end] for one in draft.turns] == lines
    assert draft.text.startswith("😀 before\nand\nafter\n")


def test_what_python_docx_writes_reads_back(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_heading("Focus group: FG9", 1)
    for name in ("Moderator", "Aina", "Moderator"):
        line = made.add_paragraph()
        line.add_run(f"{name}: ").bold = True
        line.add_run("words")
    made.save(str(tmp_path / "t.docx"))
    draft = read_transcript(tmp_path / "t.docx")
    assert dict(draft.head) == {"Focus group": "FG9"}
    assert [one.speaker for one in draft.turns] == ["Moderator", "Aina", "Moderator"]


def test_a_document_without_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match=r"scan\.docx.*pictures only"):
        read_transcript(word(tmp_path / "scan.docx", p("<w:r><w:drawing/></w:r>")))
