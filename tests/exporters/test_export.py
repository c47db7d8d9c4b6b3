"""Making a file: refusals, whole or not at all, and the register of what left."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from sqlalchemy import select

from app.errors import ExportRefused
from app.exporters.registry import WRITERS, export, kinds
from app.models import Code, Export, ExportVoice, Theme
from app.operations.codes import edit_code
from app.operations.studies import describe_study, new_study
from app.operations.themes import edit_theme
from app.study import Study
from tests.exporters.conftest import Book


def test_every_kind_is_written_in_every_format_it_offers(book: Book, tmp_path: Path) -> None:
    for kind in kinds():
        for ending in kind.endings:
            result = export(book.study, kind.name, tmp_path / f"{kind.name}.{ending}")
            assert result.path.stat().st_size > (300 if kind.quotes else 60)
            assert (result.participants > 0) == (kind.quotes or kind.name in ("by-participant", "voices"))
            assert result.participants == 2 or kind.name != "excerpts"


@pytest.mark.parametrize("ending", ["docx", "xlsx", "pdf", "svg"])
def test_names_may_be_as_long_as_they_are_and_hold_what_no_document_can(
    book: Book, tmp_path: Path, ending: str
) -> None:
    odd = "\x0b\ufffe = &" + "🙂" * 3
    study = book.study
    study.run(describe_study, title="T &" * 99, questions=odd)
    with study.read() as session:
        themes, codes = session.scalars(select(Theme.id)).all(), session.scalars(select(Code.id)).all()
    study.run(edit_theme, themes[0], name="T" * 480, definition=odd, concept=odd)
    study.run(edit_code, codes[0], name="C&" * 99, brief=odd)
    for kind in kinds():
        if ending in kind.endings:
            export(study, kind.name, tmp_path / f"{kind.name}.{ending}")


def test_issue_two_formats_are_offered() -> None:
    offered = {kind.name: set(kind.endings) for kind in kinds()}
    assert offered["codebook"] >= {"docx", "xlsx", "csv", "html"}
    assert offered["themes"] >= {"docx", "xlsx"}
    assert offered["excerpts"] >= {"csv", "xlsx", "docx", "html"}
    assert {ending for kind in kinds() if not (kind.painted or kind.packed) for ending in kind.endings} == set(WRITERS)
    assert offered["map"] == {"svg", "pdf", "png"}


def test_a_study_with_nothing_in_it_says_so_in_a_sentence(study: Study, tmp_path: Path) -> None:
    for kind, sentence in (("codebook", "no codes"), ("themes", "no themes"), ("excerpts", "no excerpts")):
        path = tmp_path / f"{kind}.html"
        export(study, kind, path)
        assert sentence in path.read_text(encoding="utf-8")
        assert "<table" not in path.read_text(encoding="utf-8")
        export(study, kind, path.with_suffix(".docx"))
        export(study, kind, path.with_suffix(".xlsx"))


@pytest.mark.parametrize(
    ("kind", "name", "says"),
    [
        ("kodebook", "a.docx", "codebook, themes, map"),
        ("codebook", "a.rtf", ".docx, .xlsx, .csv, .html, .pdf, .md"),
        ("codebook", "a", "ending"),
        ("codebook", "nowhere/a.docx", "no folder"),
        ("codebook", "folder.docx", "is a folder"),
        ("codebook", "there.csv", "exists already"),
    ],
)
def test_what_cannot_be_written_is_refused_in_one_sentence(
    book: Book, tmp_path: Path, kind: str, name: str, says: str
) -> None:
    (tmp_path / "folder.docx").mkdir()
    (tmp_path / "there.csv").write_text("mine")
    with pytest.raises(ExportRefused) as refused:
        export(book.study, kind, tmp_path / name)
    assert says in refused.value.sentence
    assert (tmp_path / "there.csv").read_text() == "mine"


def test_an_existing_file_is_replaced_only_when_forced_and_only_the_owner_may_read_it(
    book: Book, tmp_path: Path
) -> None:
    path = tmp_path / "codebook.csv"
    path.write_text("mine")
    path.chmod(0o644)
    export(book.study, "codebook", path, force=True)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfpath,")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_full_disk_leaves_the_old_file_and_nothing_else(book: Book, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")  # only there can a process limit the size of its own files
    folder = tmp_path / "out"
    folder.mkdir()
    path = folder / "codebook.docx"
    path.write_text("mine")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(ExportRefused, match="disk is full"):
            export(book.study, "codebook", path, force=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_text() == "mine"
    assert [one.name for one in folder.iterdir()] == ["codebook.docx"]
    with book.study.read() as session:
        assert session.scalars(select(Export)).all() == []


def test_what_left_is_in_the_register_with_whose_words_and_a_hash(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "codebook.docx"
    result = export(book.study, "codebook", path, to_whom="Supervisor")
    with book.study.read() as session:
        entry = session.scalars(select(Export)).one()
        voices = set(session.scalars(select(ExportVoice.participant_id)))
    assert (entry.kind, entry.file_name, entry.to_whom) == ("codebook", "codebook.docx", "Supervisor")
    assert entry.content_hash == hashlib.sha256(path.read_bytes()).hexdigest()
    assert voices == {book.people["Nur"], book.people["Aisyah"]}
    assert result.participants == 2
    assert result.consent_not_recorded == 1


def test_a_study_opened_for_reading_exports_with_a_warning(book: Book, tmp_path: Path) -> None:
    copy = book.study.copy_in_memory()
    try:
        result = export(copy, "codebook", tmp_path / "codebook.csv")
    finally:
        copy.close()
    assert "register" in result.warnings[0]
    assert result.path.exists()


def test_characters_no_document_can_hold_are_replaced_and_counted(book: Book, tmp_path: Path) -> None:
    book.study.run(edit_code, book.codes["Belonging"], full="a\x01b\x1fc\ufffe")
    for ending in ("docx", "xlsx", "csv", "html"):
        result = export(book.study, "codebook", tmp_path / f"codebook.{ending}")
        assert result.warnings
        assert result.warnings[0].startswith("3 characters")
    assert "a\ufffdb\ufffdc\ufffd" in (tmp_path / "codebook.csv").read_text(encoding="utf-8-sig")


def test_an_empty_study_has_an_empty_register_before_and_one_entry_after(tmp_path: Path) -> None:
    with new_study(tmp_path / "s.reflexa") as study:
        export(study, "codebook", tmp_path / "a.csv")
        with study.read() as session:
            assert len(session.scalars(select(Export)).all()) == 1
        assert study.next_undo() is not None
        assert study.next_undo().is_border  # type: ignore[union-attr]


def test_what_a_crash_left_half_written_is_taken_away_by_the_next_document(study: Study, tmp_path: Path) -> None:
    old, new = tmp_path / ".reflexa-old.docx", tmp_path / ".reflexa-new.docx"
    for one in (old, new):
        one.write_bytes(b"words of a participant")
    os.utime(old, (1, 1))
    export(study, "codebook", tmp_path / "codebook.csv")
    assert not old.exists()
    assert new.exists()  # somebody may be writing it
