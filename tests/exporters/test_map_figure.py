"""The theme map as a figure: formats, versions, words that stay words, and what it says to who cannot see it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree
from PySide6.QtGui import QImage

from app.errors import ExportRefused
from app.exporters.options import ExportOptions
from app.exporters.registry import export
from app.models.kinds import RelationKind
from app.operations.maps import keep_version, relate, write_note
from app.operations.themes import create_theme, edit_theme
from tests.exporters.conftest import Book

NASTY = "<script>alert(1)</script> & “quotes” 😀 ميم"


@pytest.fixture
def mapped(book: Book) -> Book:
    """A map with relations, a note, a nasty name and a version."""
    one, other = book.study.run(create_theme, NASTY), book.study.run(create_theme, "x" * 250)
    book.study.run(relate, one, other, RelationKind.OWN_WORD, "feeds & <b>leads</b>")
    book.study.run(write_note, "Think about <this> & that\nand that", 10, 20)
    book.study.run(keep_version, "Initial")
    book.study.run(edit_theme, one, name="Renamed since")
    return book


def test_the_svg_is_well_formed_stands_alone_and_runs_nothing(mapped: Book, tmp_path: Path) -> None:
    path = tmp_path / "map.svg"
    export(mapped.study, "map", path, options=ExportOptions(map_version="initial"))
    root = etree.fromstring(path.read_bytes())
    tags = {etree.QName(element).localname for element in root.iter() if isinstance(element.tag, str)}
    assert not tags & {"script", "image", "foreignObject", "use"}
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", path.read_text(encoding="utf-8"))
    assert NASTY.split(" &")[0] in "".join(root.itertext())
    described = root.find(".//{*}desc").text
    assert "feeds & <b>leads</b>" in described
    assert "Note: Think about <this> & that and that" in described


def test_the_png_has_three_hundred_dots_an_inch_and_a_description(mapped: Book, tmp_path: Path) -> None:
    path = tmp_path / "map.png"
    export(mapped.study, "map", path)
    image = QImage(str(path))
    assert round(image.dotsPerMeterX() * 0.0254) == 300
    assert image.width() >= 2000
    assert "Renamed since" in image.text("Description")


def test_the_pdf_has_a_page_for_each_version_and_letters_that_stay_letters(mapped: Book, tmp_path: Path) -> None:
    mapped.study.run(keep_version, "Final")
    path = tmp_path / "map.pdf"
    export(mapped.study, "map", path, options=ExportOptions(map_version="all"))
    content = path.read_bytes()
    assert len(re.findall(rb"/Type\s*/Page\b", content)) == 2
    assert b"/FontFile" in content


def test_a_version_that_is_not_there_is_refused_with_those_there_are(mapped: Book, tmp_path: Path) -> None:
    with pytest.raises(ExportRefused) as refused:
        export(mapped.study, "map", tmp_path / "map.svg", options=ExportOptions(map_version="Middle"))
    assert "“Initial”" in refused.value.sentence
    mapped.study.run(keep_version, "Final")
    with pytest.raises(ExportRefused) as refused:
        export(mapped.study, "map", tmp_path / "map.svg", options=ExportOptions(map_version="all"))
    assert ".pdf" in refused.value.sentence
    assert not (tmp_path / "map.svg").exists()


def test_the_matrix_says_weight_direction_and_why(book: Book, tmp_path: Path) -> None:
    path = tmp_path / "matrix.csv"
    export(book.study, "matrix", path)
    text = path.read_text(encoding="utf-8-sig")
    assert "What the framework does not explain" not in text.splitlines()[0]
    assert any(word in text for word in ("central", "supporting", "in passing"))
