"""Drawings in a PDF that draw each other are counted before a library follows them."""

from __future__ import annotations

import zlib

from app.importers.pdf_forms import draws_without_end
from tests.hostile.office_files import FONT, PAGE, drawings, pdf, stream

FORM = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
CATALOG, PAGES = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def test_a_drawing_that_draws_itself_is_told() -> None:
    assert draws_without_end(drawings(b"/X Do"))


def test_a_row_of_which_each_draws_the_next_one_twice_is_told() -> None:
    assert draws_without_end(drawings(*[b"/X Do /X Do"] * 30, b"", following=True))


def test_drawings_within_drawings_are_no_harm() -> None:
    assert not draws_without_end(drawings(*[b"/X Do"] * 5_000, b"0 0 9 9 re f", following=True))
    assert not draws_without_end(drawings(b"/X Do " * 300, b"", following=True))
    assert not draws_without_end(b"%PDF-1.4 nothing else")


def test_names_that_are_packed_with_other_parts_are_found() -> None:
    inside = b"7 0 8 30 " + b"<</XObject 8 0 R>>".ljust(30) + b"<</X 6 0 R>>"
    first = inside.index(b"<<")
    packed = stream(zlib.compress(inside), b"/Filter/FlateDecode/Type/ObjStm/N 2/First %d" % first)
    page = PAGE.replace(b"/Font", b"/XObject<</X 6 0 R>>/Font")
    looping = stream(b"/X Do", FORM + b"/Resources 7 0 R")
    assert draws_without_end(pdf(CATALOG, PAGES, page, stream(b"/X Do"), FONT, looping, packed))


def test_a_drawing_without_names_of_its_own_takes_those_of_its_page() -> None:
    page = PAGE.replace(b"/Font", b"/XObject<</X 6 0 R>>/Font")
    assert draws_without_end(pdf(CATALOG, PAGES, page, stream(b"/X Do"), FONT, stream(b"/X Do", FORM)))


def test_one_that_is_packed_in_another_way_is_taken_to_draw_what_it_names() -> None:
    head = FORM + b"/Filter/ASCIIHexDecode/Resources<</XObject<</X 6 0 R>>>>"
    page = PAGE.replace(b"/Font", b"/XObject<</X 6 0 R>>/Font")
    assert draws_without_end(pdf(CATALOG, PAGES, page, stream(b"/X Do"), FONT, stream(b"2f5820446f>", head)))
