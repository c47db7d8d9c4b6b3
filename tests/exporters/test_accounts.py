"""Accounts of the work: methods facts and checklists, read back from their files."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from lxml import html

from app.errors import ExportRefused
from app.exporters.options import ExportOptions
from app.exporters.registry import export
from app.operations.checklists import answer
from app.operations.journal import write_entry
from tests.exporters.conftest import REFUSED, Book


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
