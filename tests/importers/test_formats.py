"""What each format gives: its words, who speaks, when, and what stayed out."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from app.importers.draft import ImportRefused, TranscriptDraft
from app.importers.reading import read_transcript
from app.importers.registry import formats

REAL = Path(__file__).parent.parent / "data" / "transcripts"
TALK = [("Moderator", "Welcome."), ("Aina", "We belong."), ("Ben", "Same here."), ("Aina", "Yes."), ("Ben", "Well.")]
NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
                        ("style", "style"), ("fo", "xsl-fo-compatible"))
)  # fmt: skip


def read(folder: Path, name: str, content: str | bytes) -> TranscriptDraft:
    """What a file of this name and content gives."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_transcript(path)


def spoken(draft: TranscriptDraft) -> list[tuple[str | None, str]]:
    """Who says what."""
    return [(turn.speaker, draft.text[turn.start : turn.end]) for turn in draft.turns]


def odt(body: str, styles: str = "") -> bytes:
    """An OpenDocument text with this body."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {NAMESPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
    return held.getvalue()


def pdf(pages: list[list[str]]) -> bytes:
    """A PDF whose pages have these lines, one under the other."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for lines in pages:
        words = b"BT /F1 10 Tf 72 780 Td 14 TL " + b" ".join(f"({line}) Tj T*".encode() for line in lines) + b" ET"
        packed = zlib.compress(words)
        objects.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    made, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(made))
    return made + head + table + tail


def workbook(rows: list[list[object]]) -> bytes:
    """A workbook with a sheet of something else and one with these rows."""
    book, held = Workbook(), io.BytesIO()
    book.active.append(["Remarks", "of the typist"])
    sheet = book.create_sheet("Talk")
    for row in rows:
        sheet.append(row)
    book.save(held)
    return held.getvalue()


PARAGRAPHS = "".join(f"<text:p>{who}: {said}</text:p>" for who, said in TALK)
CUES = [f"00:00:0{n}.000 --> 00:00:0{n}.900\n{{}}\n" for n in range(1, 6)]
WRITTEN = {
    "a.md": "\n\n".join(f"**{who}:** {said}" for who, said in TALK),
    "a.odt": odt(PARAGRAPHS),
    "a.rtf": "{\\rtf1\\ansi " + "\\par ".join(f"{{\\b {who}:}} {said}" for who, said in TALK) + "}",
    "a.html": "<html><body>" + "".join(f"<p><b>{who}:</b> {said}</p>" for who, said in TALK) + "</body></html>",
    "b.html": "<table>" + "".join(f"<tr><td>{who}</td><td>{said}</td></tr>" for who, said in TALK) + "</table>",
    "a.csv": "speaker,text\n" + "\n".join(f'{who},"{said}"' for who, said in TALK),
    "b.csv": "Sprecher;Zeit;Text\n" + "\n".join(f"{who};00:00:0{n};{said}" for n, (who, said) in enumerate(TALK)),
    "a.tsv": "Name\tText\n" + "\n".join(f"{who}\t{said}" for who, said in TALK),
    "a.xlsx": workbook([["Speaker", "Text"], *map(list, TALK)]),
    "zoom.vtt": "WEBVTT\n\n"
    + "\n".join(cue.format(f"{who}: {said}") for cue, (who, said) in zip(CUES, TALK, strict=True)),
    "teams.vtt": "WEBVTT\n\n"
    + "\n".join(cue.format(f"<v {who}>{said}</v>") for cue, (who, said) in zip(CUES, TALK, strict=True)),
    "open.vtt": "WEBVTT\n\n"
    + "\n".join(c.format(f"<v {who}>{said}") for c, (who, said) in zip(CUES, TALK, strict=True)),
    "a.srt": "\n".join(
        f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{who}: {said}\n" for n, (who, said) in enumerate(TALK, start=1)
    ),
    "a.pdf": pdf([[f"{who}: {said}" for who, said in TALK]]),
    "otter.txt": "\n".join(f"{who}  0:0{n}\n{said}\n" for n, (who, said) in enumerate(TALK)),
    "rev.txt": "\n".join(f"{who} (00:00:0{n}):\n{said}\n" for n, (who, said) in enumerate(TALK)),
    "teams.txt": "\n".join(f"{who}\n0:0{n}\n{said}" for n, (who, said) in enumerate(TALK)),
    "chat.txt": "\n".join(f"[{who}] 10:03:0{n}\n{said}\n" for n, (who, said) in enumerate(TALK)),
    "trint.txt": "\n".join(f"{who} [00:00:0{n}] {said}" for n, (who, said) in enumerate(TALK)),
    "marks.txt": "\n".join(f"#00:00:0{n}-1# {who}: {said}" for n, (who, said) in enumerate(TALK)),
    "arrows.txt": "\n".join(f">> {who}: {said}" for who, said in TALK),
    "dashes.txt": "\n".join(f"- {who}: {said}" for who, said in TALK),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_every_format_and_dialect_gives_the_same_talk(tmp_path: Path, name: str) -> None:
    assert spoken(read(tmp_path, name, WRITTEN[name])) == TALK


def test_names_in_capitals_with_a_dash_are_speakers_as_in_parliaments(tmp_path: Path) -> None:
    talk = "HON. TAN.- I rise.\nMore.\nMR. SPEAKER.- Order.\nHON. LIM.- A word - one only.\n"
    talk += "MR. SPEAKER.- Yes.\nHON. TAN.- Ah."
    assert dict(read(tmp_path, "a.txt", talk).speakers) == {"HON. TAN": 2, "MR. SPEAKER": 2, "HON. LIM": 1}


def test_times_that_stand_between_paragraphs_make_nobody_of_what_was_said(tmp_path: Path) -> None:
    talk = "0:03\nAina\nHello\n0:12\nBen\nYes\n0:20\nAina\nWell\n0:30\nBen\nYes\n"
    assert "Hello" not in read(tmp_path, "a.txt", talk).speakers


def test_the_time_of_a_cue_is_the_time_of_its_turn_and_a_cue_without_a_name_goes_on(tmp_path: Path) -> None:
    text = "WEBVTT\n\nNOTE of the maker\n\n00:01.500 --> 00:02.000\n<v Aina Tan>I <i>do</i> &amp; will\n\n"
    text += "00:03.000 --> 00:04.000\nand more\n\n00:05.000 --> 00:06.000\n<v Ben>No.</v><v Aina Tan>Oh.</v>\n"
    draft = read(tmp_path, "a.vtt", text)
    assert spoken(draft) == [("Aina Tan", "I do & will\nand more"), ("Ben", "No."), ("Aina Tan", "Oh.")]
    assert [turn.time_ms for turn in draft.turns] == [1500, 5000, 5000]
    assert "maker" not in draft.text


def test_subtitles_named_txt_are_subtitles_and_whisper_ones_have_no_speakers(tmp_path: Path) -> None:
    assert read(tmp_path, "a.txt", WRITTEN["zoom.vtt"]).format == "vtt"
    whisper = read(
        tmp_path, "w.srt", "1\n00:00:01,000 --> 00:00:02,000\nHello there\n\n2\n00:00:02,000 --> 00:00:03,000\nyou\n"
    )
    assert whisper.turns == ()
    assert whisper.text == "Hello there\nyou\n"


def test_odt_takes_what_was_inserted_and_leaves_out_and_counts_what_is_no_word_of_the_text(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:p>Aina:<text:tab/>two<text:s text:c='3'/>three<text:line-break/>four"
        "<office:annotation><text:p>a remark</text:p></office:annotation>"
        "<text:note text:note-class='footnote'><text:note-body><text:p>foot</text:p></text:note-body></text:note>"
        "</text:p>"
        "<text:list><text:list-item><text:p>item   of\n a list</text:p></text:list-item></text:list>"
    )
    draft = read(tmp_path, "a.odt", odt(body))
    assert draft.text == "Aina:\ttwo   three\nfour\nitem of a list\n"
    assert draft.reading_warnings == (
        "1 stretch of deleted (tracked) text left out.", "1 comment left out.", "1 footnote left out.",
    )  # fmt: skip


def test_bold_names_of_an_odt_are_labels(tmp_path: Path) -> None:
    bold = "<style:style style:name='T1'><style:text-properties fo:font-weight='bold'/></style:style>"
    body = "".join(f"<text:p><text:span text:style-name='T1'>{who}</text:span> {said}</text:p>" for who, said in TALK)
    assert spoken(read(tmp_path, "a.odt", odt(body, bold))) == TALK


def test_lines_of_a_pdf_are_paragraphs_and_what_every_page_repeats_stays_out(tmp_path: Path) -> None:
    long = "words that go on and on until the margin is reached by them and then go on in the next"
    pages = [["Study of mentoring", f"Aina: {long}", "line, which is short.", "Ben: yes.", f"{n}"] for n in (1, 2, 3)]
    draft = read(tmp_path, "a.pdf", pdf(pages))
    assert spoken(draft)[:2] == [("Aina", f"{long} line, which is short."), ("Ben", "yes.")]
    assert "Study of mentoring" not in draft.text
    assert draft.speakers == {"Aina": 3, "Ben": 3}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("scan.pdf", pdf([[]]), "no text \\(a scan\\)"),
        ("bomb.pdf", pdf([["x" * 60_000_000]]), "would unpack to far more"),
        ("cut.rtf", "{\\rtf1\\ansi {\\b Aina: we were", "cut short"),
        ("empty.rtf", "{\\rtf1\\ansi }", "no text"),
        ("deep.rtf", "{\\rtf1" + "{" * 5_000 + "x" + "}" * 5_001, "nested deeper"),
        ("a.odt", b"PK\x03\x04 not really", "damaged|archive"),
        ("empty.odt", odt("<text:p/>"), "no text"),
        ("entity.odt", odt("").replace(b"mimetype", b"mimetype"), "no text"),
        ("a.csv", "a,b\n1,2\n3,4\n", "who speaks"),
        ("a.xlsx", workbook([["a", "b"], [1, 2]]), "who speaks"),
        ("a.html", "<html><script>alert(1)</script></html>", "no text"),
        ("a.vtt", "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n\n", "no words"),
        ("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n\n", "no words"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old office format"),
    ],
)
def test_what_is_no_transcript_is_refused_with_advice(
    tmp_path: Path, name: str, content: str | bytes, says: str
) -> None:
    with pytest.raises(ImportRefused, match=says) as caught:
        read(tmp_path, name, content)
    assert name in caught.value.sentence
    assert caught.value.sentence.endswith(".")


def test_nothing_that_a_page_points_to_comes_in(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET")
    there = secret.as_uri()
    page = f"<html><body><p>Aina: hi</p><iframe src='{there}'></iframe><img src='{there}'></body></html>"
    assert read(tmp_path, "a.html", page).text == "Aina: hi\n"


def test_pictures_written_into_markdown_stay_out(tmp_path: Path) -> None:
    picture = "![x](data:image/png;base64," + "A" * 60_000 + ")"
    draft = read(tmp_path, "a.md", f"**Aina:** hi\n\n{picture}\n\n**Ben:** yes\n\n**Aina:** ok\n")
    assert len(draft.text) < 100
    assert "1 picture left out." in draft.notes


@pytest.mark.parametrize("name", sorted(json.loads((REAL / "truth.json").read_text(encoding="utf-8"))))
def test_real_transcripts_have_the_speakers_and_turns_that_are_true(name: str) -> None:
    truth = json.loads((REAL / "truth.json").read_text(encoding="utf-8"))[name]
    draft = read_transcript(REAL / name)
    assert dict(draft.speakers) == truth["speakers"]
    assert sum(draft.speakers.values()) == truth["n_labelled_turns"]
    assert draft.turns_merged == truth["n_turns_after_merging_same_speaker"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    suffix=st.sampled_from(sorted(suffix for one in formats() for suffix in one.suffixes)),
    start=st.sampled_from(
        [b"", b"WEBVTT\n\n", b"{\\rtf1\\ansi ", b"%PDF-1.4\n", b"<html>", b"PK\x03\x04", b"1\n00:00:01,000 -->"]
    ),
    rest=st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda words: words.encode("utf-8", "replace"))),
)
def test_whatever_a_file_holds_it_comes_in_or_is_refused_in_a_sentence(
    tmp_path: Path, suffix: str, start: bytes, rest: bytes
) -> None:
    path = tmp_path / f"any{suffix}"
    path.write_bytes(start + rest)
    try:
        draft = read_transcript(path)
    except ImportRefused as refused:
        assert refused.sentence.endswith((".", "?"))
    else:
        assert all(turn.end <= len(draft.text) for turn in draft.turns)


def test_numbers_of_lines_stay_out_of_a_pdf_and_questions_begin_turns(tmp_path: Path) -> None:
    long = "words that go on and on until the margin is reached by them and then go on in the next"
    lines = [f"Q.   {long}", "line?", f"A.   {long}", "line.", f"Q.   {long}", "line?", f"A.   {long}", "line."]
    draft = read(tmp_path, "a.pdf", pdf([[f"{n} {line}" for n, line in enumerate(lines, start=1)]]))
    assert spoken(draft) == [("Q", f"{long} line?"), ("A", f"{long} line.")] * 2
    assert any("numbers of the lines" in one for one in draft.notes)


def test_what_a_pdf_holds_beyond_the_edge_of_a_page_is_not_read(tmp_path: Path) -> None:
    ghost = ") Tj 1 0 0 1 72 900 Tm (Ben: printed on the page before) Tj 1 0 0 1 72 700 Tm ("
    draft = read(tmp_path, "a.pdf", pdf([["Aina: hello", "Ben: yes"], ["Aina: more", f"Ben: so{ghost}"]]))
    assert draft.speakers == {"Aina": 2, "Ben": 2}


def test_a_page_that_the_library_tears_into_letters_is_put_together(tmp_path: Path) -> None:
    says = ["Aina: I was in it.", "Ben: Were you?", "Aina: For years."] * 8
    widths = dict.fromkeys("ilI:., ?", 2.8) | dict.fromkeys("ftr", 3.2) | dict.fromkeys("ABWTF", 7.0)
    placed = [") Tj 1 0 0 1 500 780 Tm (1"]  # far from narrow lines: the page is taken for one in columns
    for row, line in enumerate(says):
        at = 72.0
        for letter in line:
            placed.append(f") Tj 1 0 0 1 {at:.1f} {770 - 10 * row} Tm ({letter}" if letter != " " else "")
            at += widths.get(letter, 5.5)
    draft = read(tmp_path, "a.pdf", pdf([["".join(placed)]]))
    assert draft.speakers == {"Aina": 16, "Ben": 8}
