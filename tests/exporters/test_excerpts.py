"""The list of excerpts: a row for each coding, and those without a code."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

from app.exporters.registry import export
from tests.exporters.conftest import Book


def rows(book: Book, tmp_path: Path) -> list[dict[str, str]]:
    path = tmp_path / "excerpts.csv"
    export(book.study, "excerpts", path)
    return list(csv.DictReader(StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_every_coding_and_every_excerpt_without_a_code_has_a_row(book: Book, tmp_path: Path) -> None:
    found = rows(book, tmp_path)
    assert len(found) == 6
    (bare,) = (row for row in found if not row["code"])
    assert (bare["quote"], bare["attribution"]) == ("Can you say more?", "Moderator, FG1")


def test_a_row_says_where_the_excerpt_starts_and_ends(book: Book, tmp_path: Path) -> None:
    row = next(row for row in rows(book, tmp_path) if row["quote"].startswith("It felt"))
    assert book.talk.text[int(row["start"]) : int(row["end"])] == "It felt like a place where I belong."
    assert (row["transcript"], row["group"], row["code"]) == ("FG1", "FG1", "Belonging")


def test_an_excerpt_that_may_not_be_quoted_keeps_its_row_without_its_words(book: Book, tmp_path: Path) -> None:
    row = next(row for row in rows(book, tmp_path) if row["code"] == "Refused")
    assert (row["quote"], row["attribution"]) == ("", "")
    assert row["note"].startswith("not quoted")
