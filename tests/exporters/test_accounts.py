"""Accounts of the work: methods facts and checklists, read back from their files."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from lxml import html

from app.errors import ExportRefused
from app.exporters.options import ExportOptions, JournalChoice
from app.exporters.registry import export
from app.models.kinds import Phase
from app.operations.approach import state_approach
from app.operations.checklists import answer
from app.operations.code_merging import merge_codes
from app.operations.codes import create_code, edit_code
from app.operations.journal import write_entry
from app.operations.maps import keep_version
from app.operations.phases import visit_phase
from app.operations.reviews import comment, reply
from app.operations.themes import create_theme, edit_theme
from app.study import Study
from tests.exporters.conftest import LINES, MARKUP, REFUSED, Book


def read(path: Path) -> str:
    """The words of a document, whatever it is."""
    if path.suffix == ".docx":
        return "\n".join(one.text for one in docx.Document(BytesIO(path.read_bytes())).paragraphs)
    if path.suffix == ".html":
        return "\n".join(html.document_fromstring(path.read_bytes()).find(".//main").itertext())
    return path.read_text(encoding="utf-8")


def written(book: Book, kind: str, folder: Path, ending: str = "docx", options: ExportOptions | None = None) -> str:
    """An output read back."""
    path = folder / f"{kind}.{ending}"
    export(book.study, kind, path, force=True, options=options)
    return read(path)


@pytest.mark.parametrize("ending", ["docx", "md", "html"])
def test_methods_facts_show_blanks_as_blanks(book: Book, tmp_path: Path, ending: str) -> None:
    text = written(book, "methods", tmp_path, ending).replace("\\", "")
    assert "[say how long FG1 talked]" in text
    assert "I developed" in text


@pytest.mark.parametrize("ending", ["docx", "md", "html"])
def test_a_checklist_holds_evidence_and_both_answers(book: Book, tmp_path: Path, ending: str) -> None:
    book.study.run(answer, "fifteen", "9", "It is told as a debt.\nThen as a gift.")
    book.study.run(answer, "fifteen", "9", "Where is the tension?", "supervisor")
    text = written(book, "checklist", tmp_path, ending).replace("\\", "")
    assert "It is told as a debt." in text
    assert "Then as a gift." in text
    assert "Where is the tension?" in text
    assert "No program can answer this." in text
    assert "%" not in text


def test_what_leads_in_a_list_stands_on_its_page(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "list.docx"
    export(book.study, "checklist", path)
    found = docx.Document(BytesIO(path.read_bytes())).paragraphs
    led = [one for one in found if one.text == "What the study holds"]
    assert led
    assert all(one.paragraph_format.keep_with_next for one in led)
    assert not any(one.paragraph_format.keep_with_next for one in found if one.text.startswith("Researcher:"))


def test_the_same_evidence_is_told_once_and_then_pointed_to(book: Book, tmp_path: Path) -> None:
    book.study.run(
        state_approach,
        {
            "variant": {"choice": "reflexive"},
            "theory": {"choice": "contextualist"},
            "positionality": {"words": "I was a mentor."},
        },
    )
    text = written(book, "checklist", tmp_path, options=ExportOptions(checklist="twenty"))
    first, second = text.split("1. ")[1].split("2. ")[:2]
    assert "I was a mentor." in first
    assert "What stands under 1." in second.split("3. ")[0]
    assert "I was a mentor." not in second.split("3. ")[0]


def test_coreq_answers_what_clashes(book: Book, tmp_path: Path) -> None:
    text = written(book, "checklist", tmp_path, options=ExportOptions(checklist="coreq"))
    assert text.count("Not applicable in reflexive TA; instead: ") == 4


def test_a_list_that_there_is_none_of_is_refused_with_those_there_are(book: Book, tmp_path: Path) -> None:
    with pytest.raises(ExportRefused, match="fifteen, twenty, reporting, coreq, gramms"):
        written(book, "checklist", tmp_path, options=ExportOptions(checklist="srqr"))
    assert not list(tmp_path.glob("checklist.*"))


@pytest.mark.parametrize("options", [ExportOptions(checklist=key) for key in ("fifteen", "twenty", "coreq", "gramms")])
def test_nothing_private_and_no_word_of_who_refused_stands_in_them(
    book: Book, tmp_path: Path, options: ExportOptions
) -> None:
    book.study.run(write_entry, "A canary sings.", kind="positionality", private=True)
    for kind in ("methods", "checklist"):
        text = written(book, kind, tmp_path, options=options)
        assert "canary" not in text
        assert REFUSED not in text


# The audit report and the journal ------------------------------------------------------------------------------------


def test_the_audit_report_follows_the_six_classes(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "audit.docx"
    export(book.study, "audit", path)
    headings = [
        one.text for one in docx.Document(BytesIO(path.read_bytes())).paragraphs if one.style.name == "Heading 1"
    ]
    assert headings == [
        "The study in short", "Day by day", "1. Raw data", "2. Data reduction and analysis products",
        "3. Reconstruction and synthesis products", "4. Process notes", "5. Intentions and dispositions",
        "6. Development of instruments", "Annex: fingerprints of the files",
    ]  # fmt: skip


def test_a_decision_is_told_with_its_day_and_its_reason(book: Book, tmp_path: Path) -> None:
    at = datetime(2026, 4, 24, 10, tzinfo=UTC)
    with book.study.change(at=at, reason="Both told the same idea") as session:
        merge_codes(session, [create_code(session, "Owing")], book.codes["Belonging"])
    with book.study.change(at=at, reason="Only a drawer") as session:
        edit_theme(session, create_theme(session, "Drawer"), status="let go")
    text = written(book, "audit", tmp_path, "html")
    assert "24 April 2026" in text
    assert "Both told the same idea" in text
    assert "Only a drawer" in text


def test_the_report_speaks_in_the_first_person_and_of_nothing_where_nothing_is(book: Book, tmp_path: Path) -> None:
    book.study.run(visit_phase, Phase.FAMILIARISING)
    book.study.run(create_theme, "Not fed yet")
    text = written(book, "audit", tmp_path, "html")
    assert "I turned to familiarising myself with the dataset." in text
    assert "nothing" not in text.split("Themes as they stand")[1].split("How themes changed")[0]


def test_what_was_taken_back_is_not_told(book: Book, tmp_path: Path) -> None:
    book.study.run(create_code, "A passing thought")
    book.study.undo()
    assert "A passing thought" not in written(book, "audit", tmp_path, "html")


def test_maps_are_told_by_what_changed_between_them(book: Book, tmp_path: Path) -> None:
    book.study.run(keep_version, "First", "As it began")
    book.study.run(create_theme, "Held by others")
    text = written(book, "audit", tmp_path, "html")
    assert "New theme: “Held by others”." in text
    assert "As it began" in text


def test_what_left_on_one_day_for_one_reader_is_one_line(book: Book, tmp_path: Path) -> None:
    for name in ("a", "b"):
        export(book.study, "codebook", tmp_path / f"{name}.docx", to_whom="NH")
    export(book.study, "codebook", tmp_path / "c.docx")
    lines = written(book, "audit", tmp_path).split("What left the study")[1].splitlines()
    assert [line.partition(": ")[2] for line in lines if "Codebook" in line] == [
        "Codebook, for NH (twice).",
        "Codebook.",
    ]


def test_comments_stand_with_replies_and_where_they_stand(book: Book, tmp_path: Path) -> None:
    made = book.study.run(comment, "theme", next(iter(book.themes.values())), "Is it one idea?", author="Supervisor")
    book.study.run(reply, made, "I think so.", author="NH")
    text = written(book, "audit", tmp_path, "html")
    assert "Is it one idea?" in text
    assert "I think so." in text
    assert "open" in text


@pytest.mark.parametrize("ending", ["docx", "html"])
def test_the_audit_report_quotes_nobody_and_holds_nothing_private(book: Book, tmp_path: Path, ending: str) -> None:
    book.study.run(write_entry, "A canary sings.", kind="canary kind", private=True)
    book.study.run(write_entry, "I wanted it to work.", kind="positionality")
    text = written(book, "audit", tmp_path, ending)
    assert "I wanted it to work." in text
    assert "canary" not in text
    for _, words in LINES:
        assert words not in text


@pytest.fixture
def drawn(book: Book) -> Book:
    """A study with what the report draws: visits, and codes and themes that changed, one named like markup."""
    for number, phase in enumerate((Phase.CODING, Phase.DEVELOPING, Phase.CODING), start=1):
        with book.study.change(at=datetime(2026, 3, number, 12, tzinfo=UTC)) as session:
            visit_phase(session, phase)
    hostile = book.study.run(create_code, f"</text></svg>{MARKUP}")
    book.study.run(merge_codes, [book.study.run(create_code, "Staying")], hostile)
    with book.study.change() as session:
        edit_theme(session, create_theme(session, "Drawer"), status="let go")
    return book


CAPTIONS = ["how codes came to be", "how themes came to be", "where in the analysis the researcher said to be"]


def test_the_report_in_word_shows_genealogies_and_phases_with_a_text_for_who_cannot_see_them(
    drawn: Book, tmp_path: Path
) -> None:
    path = tmp_path / "audit.docx"
    export(drawn.study, "audit", path)
    file = docx.Document(BytesIO(path.read_bytes()))
    shown = [one._inline.docPr for one in file.inline_shapes]
    assert [one.get("name").removeprefix("Figure: ").partition(" (")[0] for one in shown] == CAPTIONS
    assert len({one.get("id") for one in shown}) == 3
    assert "Coding: 1 March 2026" in shown[2].get("descr")
    assert all(one.get("descr") for one in shown)
    pictures = {part.blob[:4] for part in file.part.package.image_parts}
    assert pictures == {b"\x89PNG"}
    room = file.sections[0].page_width - file.sections[0].left_margin - file.sections[0].right_margin
    assert all(one.width <= room for one in file.inline_shapes)


def test_the_report_as_a_page_holds_its_figures_as_drawings_that_fetch_and_run_nothing(
    drawn: Book, tmp_path: Path
) -> None:
    path = tmp_path / "audit.html"
    export(drawn.study, "audit", path)
    page = html.document_fromstring(path.read_bytes())
    figures = page.findall(".//figure")
    assert [one.findtext("figcaption").removeprefix("Figure: ").partition(" (")[0] for one in figures] == CAPTIONS
    for one in figures:
        (svg,) = one.findall(".//svg")
        assert svg.get("role") == "img"
        assert svg.get("aria-label")
        parts = {part.tag for part in svg.iter()}
        assert not parts & {"script", "image", "img", "foreignobject", "style", "a"}
        assert not [name for part in svg.iter() for name in part.attrib if name.startswith("on") or "href" in name]
    assert f"</text></svg>{MARKUP}" in "".join(figures[0].itertext())
    assert not page.findall(".//img")


def test_many_lives_stand_in_as_many_drawings_as_can_be_read(book: Book, tmp_path: Path) -> None:
    for number in range(60):
        code = book.study.run(create_code, f"Idea {number}")
        book.study.run(edit_code, code, name=f"Better idea {number}")
    path = tmp_path / "audit.docx"
    export(book.study, "audit", path)
    shapes = docx.Document(BytesIO(path.read_bytes())).inline_shapes
    names = [one._inline.docPr.get("name") for one in shapes]
    assert names[0] == f"Figure: how codes came to be (1 of {len(names)})"
    assert len(names) > 1


@pytest.mark.parametrize("kind", ["audit", "journal", "methods", "checklist"])
def test_no_account_says_at_what_hour_anything_was_done(book: Book, tmp_path: Path, kind: str) -> None:
    with book.study.change(at=datetime(2026, 3, 4, 13, 47, tzinfo=UTC)) as session:
        write_entry(session, "After lunch", kind="hunch")
        visit_phase(session, Phase.CODING)
    path = tmp_path / f"{kind}.docx"
    export(book.study, kind, path, options=ExportOptions(at=datetime(2026, 3, 5, 11, 23, tzinfo=UTC)))
    with zipfile.ZipFile(path) as packed:
        held = "".join(packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())
    assert not re.findall(r"\b(?:1[0-9]|2[0-3]):[0-5]\d\b", held)


def test_an_empty_study_has_an_audit_report_that_says_so(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "audit.html"
    export(study, "audit", path)
    text = read(path)
    for sentence in ("No data are in the study yet.", "There are no codes yet.", "There are no themes yet."):
        assert sentence in text


@pytest.fixture
def diary(book: Book) -> dict[str, str]:
    """{what it says: id} of four entries, one of them private."""
    made = {}
    for number, (text, kind, private) in enumerate(
        (("First thought", "hunch", False), ("A decision", "decision", False), ("Canary", "hunch", True),
         ("Late thought", "hunch", False)), start=1,
    ):  # fmt: skip
        at = datetime(2026, 3, number, 12, tzinfo=UTC)
        made[text] = book.study.run(write_entry, text, kind=kind, private=private, at=at)
    return made


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        (JournalChoice(), ["First thought", "A decision", "Late thought"]),
        (JournalChoice(kinds=frozenset(("hunch",))), ["First thought", "Late thought"]),
        (JournalChoice(first=date(2026, 3, 2)), ["A decision", "Late thought"]),
        (JournalChoice(last=date(2026, 3, 1)), ["First thought"]),
        (JournalChoice(entry_ids=frozenset()), []),
    ],
)
@pytest.mark.parametrize("ending", ["docx", "md"])
def test_the_journal_holds_the_chosen_entries_and_no_private_one(
    book: Book, diary: dict[str, str], tmp_path: Path, choice: JournalChoice, told: list[str], ending: str
) -> None:
    text = written(book, "journal", tmp_path, ending, ExportOptions(journal=choice))
    assert [words for words in diary if words in text] == told


def test_a_private_entry_leaves_where_it_is_chosen_by_itself(book: Book, diary: dict[str, str], tmp_path: Path) -> None:
    choice = JournalChoice(entry_ids=frozenset((diary["Canary"], diary["A decision"])))
    text = written(book, "journal", tmp_path, "md", ExportOptions(journal=choice))
    assert [words for words in diary if words in text] == ["A decision", "Canary"]


def test_the_journal_keeps_emphasis_lists_and_quotes_and_no_mark_of_them(book: Book, tmp_path: Path) -> None:
    text = "I was **sure** and *late*.\n\n- first\n- second\n\n2. then\n\n> malu is not shame\n\n<b>no tag</b>"
    book.study.run(write_entry, text)
    held = written(book, "journal", tmp_path, "md")
    for part in ("I was **sure** and *late*.", "- first", "- second", "2. then", "> malu is not shame", "\\<b\\>no"):
        assert part in held
    path = tmp_path / "journal.docx"
    export(book.study, "journal", path)
    found = {one.text: one for one in docx.Document(BytesIO(path.read_bytes())).paragraphs}
    runs = found["I was sure and late."].runs
    assert [(run.text, bool(run.bold), bool(run.italic)) for run in runs if run.bold or run.italic] == [
        ("sure", True, False),
        ("late", False, True),
    ]
    assert found["•\tfirst"].style.name == "List Item"
    assert "2.\tthen" in found
    assert found["malu is not shame"].style.name == "Set In"
    assert "<b>no tag</b>" in found


# Genealogies --------------------------------------------------------------------------------------------------------


@pytest.fixture
def changed(book: Book) -> Book:
    """A study in which a code was renamed and another went into it, and a theme was let go."""
    with book.study.change(reason="Closer to their words") as session:
        edit_code(session, book.codes["Belonging"], name="Holding on")
    book.study.run(merge_codes, [book.study.run(create_code, "Staying")], book.codes["Belonging"])
    with book.study.change() as session:
        edit_theme(session, create_theme(session, "Drawer"), status="let go")
    return book


@pytest.mark.parametrize(("ending", "begins"), [("svg", b"<?xml"), ("pdf", b"%PDF"), ("png", b"\x89PNG")])
@pytest.mark.parametrize("about", ["", "codes", "themes", "Holding on", "staying", "Drawer"])
def test_a_genealogy_is_drawn_of_one_or_of_all(
    changed: Book, tmp_path: Path, ending: str, begins: bytes, about: str
) -> None:
    path = tmp_path / f"g.{ending}"
    export(changed.study, "genealogy", path, options=ExportOptions(about=about))
    assert path.read_bytes().startswith(begins)


def test_a_genealogy_tells_in_its_description_what_it_shows(changed: Book, tmp_path: Path) -> None:
    path = tmp_path / "g.svg"
    export(changed.study, "genealogy", path)
    text = path.read_text(encoding="utf-8")
    assert "Holding on" in text
    assert "Staying" in text
    assert REFUSED not in text


def test_what_never_was_is_refused_in_a_sentence(book: Book, tmp_path: Path) -> None:
    with pytest.raises(ExportRefused, match="never was"):
        export(book.study, "genealogy", tmp_path / "a.svg", options=ExportOptions(about="Nonsense"))
    assert not list(tmp_path.glob("*.svg"))


def test_where_nothing_ever_changed_the_drawing_says_so(study: Study, tmp_path: Path) -> None:
    export(study, "genealogy", tmp_path / "b.svg")
    assert "No code was renamed" in (tmp_path / "b.svg").read_text(encoding="utf-8")
