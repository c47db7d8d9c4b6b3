"""The theme table: which quotes stand for a theme, how dimensions are worded, what is left out."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
from docx.enum.section import WD_ORIENTATION

from app.exporters.document import Table, plain
from app.exporters.registry import compose, export
from app.models.kinds import Belongs, ThemeKind, ThemeStatus
from app.operations.decisions import decide
from app.operations.themes import create_theme, edit_theme, move_theme
from tests.exporters.conftest import LINES, MARKUP, Book


def cells_of(book: Book, theme: str) -> dict[str, str]:
    """{column: text} of one theme's row."""
    with book.study.read() as session:
        document = compose(session, "themes")
    table = next(block for block in document.blocks if isinstance(block, Table))
    row = next(row for row in table.rows if plain(row.cells[0]).split("\n")[0] == theme)
    return {column.title: plain(cell) for column, cell in zip(table.columns, row.cells, strict=True)}


def test_a_row_says_what_the_theme_is_and_how_it_meets_the_lens(book: Book) -> None:
    row = cells_of(book, "Noticed")
    assert row["Theme"] == "Noticed\ncandidate"
    assert row["Central organising concept"] == "One belongs when one's absence is noticed."
    assert row["Subthemes"] == "By name"
    assert row["Codes"] == f"Belonging\nRefused\n{MARKUP} (contrast)"
    assert row["Dimensions"] == (
        "Mutual engagement: central, shows it failing or absent\nIt is missed when it is not there."
    )
    assert row["What the framework does not explain"] == "Why it hurts."


def test_as_long_as_nothing_is_decided_undecided_excerpts_of_different_people_speak(book: Book) -> None:
    assert cells_of(book, "Noticed")["Quotes"] == (
        "“It felt like a place where I belong.” (Mentee, FG1)\n“We never met, not once.” (Mentor, FG1)"
    )


def test_excerpts_decided_in_come_before_undecided_ones_and_those_out_never(book: Book) -> None:
    inside = book.code("And then you pass it on.", "Belonging")
    outside = book.code("It felt like a place where I belong.", "Belonging")
    theme = book.themes["Noticed"]
    book.study.run(decide, theme, outside, belongs=Belongs.OUT)
    assert "It felt" not in cells_of(book, "Noticed")["Quotes"]
    book.study.run(decide, theme, inside, belongs=Belongs.IN)
    assert cells_of(book, "Noticed")["Quotes"] == "“And then you pass it on.” (Mentee, FG1)"


def test_chosen_quotes_stand_in_their_order_and_an_edited_one_says_so(book: Book) -> None:
    first = book.code("And then you pass it on.", "Belonging")
    second = book.code("It felt like a place where I belong.", "Belonging")
    theme = book.themes["Noticed"]
    book.study.run(decide, theme, second, quoted_order=2)
    book.study.run(decide, theme, first, quoted_order=1, edited_text="And then you pass [the folder] on.")
    assert cells_of(book, "Noticed")["Quotes"] == (
        "“And then you pass [the folder] on.” (Mentee, FG1; edited)\n"
        "“It felt like a place where I belong.” (Mentee, FG1)"
    )
    with book.study.read() as session:
        head = dict(compose(session, "themes").head)
    assert "original words stand in the study" in head["Edited quotes"]


def test_words_explained_stand_behind_who_says_them(book: Book) -> None:
    said = book.code("And then you pass it on.", "Belonging")
    book.study.run(decide, book.themes["Noticed"], said, quoted_order=1, gloss="pass it on:\nto the next batch")
    assert cells_of(book, "Noticed")["Quotes"] == (
        "“And then you pass it on.” (Mentee, FG1; pass it on: to the next batch)"
    )


def test_what_runs_against_a_theme_is_quoted_and_named_so(book: Book) -> None:
    against = book.code(LINES[5][1], MARKUP)
    book.study.run(decide, book.themes["Noticed"], against, runs_against=True)
    quotes = cells_of(book, "Noticed")["Quotes"].split("\n")
    assert quotes[-1] == "Runs against: “We never met, not once.” (Mentor, FG1)"
    assert sum("We never met" in quote for quote in quotes) == 1


def test_an_edited_quote_of_whom_refused_consent_is_shown_nowhere(book: Book) -> None:
    refused = book.code(LINES[1][1], "Refused")
    book.study.run(decide, book.themes["Noticed"], refused, quoted_order=1, edited_text="Nobody must read [this].")
    assert "Nobody" not in cells_of(book, "Noticed").get("Quotes", "")


def test_themes_let_go_stand_in_an_annex_and_feed_nothing(book: Book) -> None:
    gone = book.study.run(create_theme, "Left behind", code_ids=[book.codes["Belonging"]])
    book.study.run(edit_theme, gone, status=ThemeStatus.LET_GO, concept="It was two things.")
    with book.study.read() as session:
        themes, annex = (block for block in compose(session, "themes").blocks if isinstance(block, Table))
        codebook = compose(session, "codebook")
    assert [plain(row.cells[0]).split("\n")[0] for row in themes.rows] == ["Noticed"]
    assert plain(annex.rows[0].cells[1]) == "It was two things."
    assert not any("Left behind" in str(value) for row in codebook.table.rows for value in row)


def test_an_overarching_theme_stands_over_its_themes(book: Book) -> None:
    umbrella = book.study.run(create_theme, "Becoming one of us", kind=ThemeKind.OVERARCHING)
    book.study.run(move_theme, book.themes["Noticed"], umbrella)
    with book.study.read() as session:
        document = compose(session, "themes")
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert [(row.group, plain(row.cells[0]).split("\n")[0]) for row in table.rows] == [
        (True, "Becoming one of us"),
        (False, "Noticed"),
    ]


def test_docx_lies_across_and_xlsx_has_a_row_a_theme(book: Book, tmp_path: Path) -> None:
    export(book.study, "themes", tmp_path / "themes.docx")
    export(book.study, "themes", tmp_path / "themes.xlsx")
    word = docx.Document(str(tmp_path / "themes.docx"))
    assert [section.orientation for section in word.sections] == [WD_ORIENTATION.LANDSCAPE]
    assert word.tables[0].rows[1].cells[0].text == "Noticed\ncandidate"
    workbook = openpyxl.load_workbook(tmp_path / "themes.xlsx")
    assert workbook.sheetnames == ["About", "Themes", "Let go"]
    assert workbook["Themes"].max_row == 2
    assert workbook["Let go"]["A2"].value == "No theme was let go."
