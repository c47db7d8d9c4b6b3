"""What goes to the supervisor: one PDF with everything to talk about, and nobody in it who refused."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from sqlalchemy import select

from app.errors import ExportRefused
from app.exporters.document import Heading, Table
from app.exporters.options import ExportOptions
from app.exporters.registry import compose, export
from app.models import Export
from app.models.kinds import ReviewStatus
from app.operations.maps import keep_version
from app.operations.reviews import comment, reply, set_comment_status
from app.operations.themes import edit_theme
from app.study import Study
from tests.exporters.conftest import REFUSED, Book


def words_of(path: Path) -> str:
    """All letters of a PDF, its lines joined."""
    pages = pypdfium2.PdfDocument(path)
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pages).split())


def written(book: Book, tmp_path: Path, since: str = "") -> str:
    path = tmp_path / "supervisor.pdf"
    export(book.study, "supervisor", path, force=True, options=ExportOptions(since=since))
    return words_of(path)


def test_it_holds_the_map_the_table_the_excerpts_the_changes_and_the_comments(book: Book, tmp_path: Path) -> None:
    book.study.run(keep_version, "Initial")
    book.study.run(edit_theme, book.themes["Noticed"], name="Seen")
    asked = book.study.run(comment, "theme", book.themes["Noticed"], "Is this an idea?", author="Supervisor")
    book.study.run(reply, asked, "It is now.", author="Researcher")
    book.study.run(set_comment_status, asked, ReviewStatus.DISCUSSED)
    said = written(book, tmp_path)
    assert "“Noticed” is now called “Seen”." in said
    assert "Mutual engagement" in said
    assert "What a theme says of a dimension" in said, "the map came with its legend"
    assert "Theme table" in said
    assert "It felt like a place where I belong." in said
    assert "Is this an idea?" in said
    assert "It is now." in said
    assert "discussed" in said


def test_who_refused_is_not_in_it_and_who_is_stands_in_the_register(book: Book, tmp_path: Path) -> None:
    assert REFUSED not in written(book, tmp_path)
    with book.study.read() as session:
        entry = session.scalars(select(Export).where(Export.kind == "supervisor")).one()
        assert entry.file_name == "supervisor.pdf"
        document = compose(session, "supervisor")
    assert book.people["Nur"] in document.participant_ids
    assert book.people["Bilal"] not in document.participant_ids


def test_changes_are_told_since_the_version_that_was_asked_for(book: Book, tmp_path: Path) -> None:
    book.study.run(keep_version, "Initial")
    book.study.run(edit_theme, book.themes["Noticed"], name="Seen")
    book.study.run(keep_version, "Developed")
    assert "Nothing is other." in written(book, tmp_path)
    assert "is now called “Seen”" in written(book, tmp_path, "initial")
    with pytest.raises(ExportRefused, match="There are: “Initial”, “Developed”"):
        written(book, tmp_path, "Final")


def test_a_study_without_versions_themes_and_comments_says_so(study: Study, tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    export(study, "supervisor", path)
    said = words_of(path)
    assert "No version of the map has been kept yet" in said
    assert "There are no themes in this study yet." in said
    assert "Nobody has commented yet." in said


def test_markup_and_long_words_of_people_stay_words(book: Book, tmp_path: Path) -> None:
    book.study.run(edit_theme, book.themes["Noticed"], name="<b>bold</b> & " + "x" * 300 + " ميم 😀")
    assert "<b>bold</b> &" in written(book, tmp_path)


def test_the_table_lies_across_and_the_rest_stands(book: Book) -> None:
    from app.exporters.painted.document_pdf import parts

    with book.study.read() as session:
        blocks = compose(session, "supervisor").blocks
    across = [any(isinstance(one, Table) for one in part) for part, _ in parts(blocks)]
    assert [lies for _, lies in parts(blocks)] == across
    assert [one.text for part, _ in parts(blocks) for one in part[:1] if isinstance(one, Heading)][1:] == [
        "Theme table", "Themes with their excerpts", "Comments",
    ]  # fmt: skip
