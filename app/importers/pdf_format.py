"""PDFs with a text layer: the words page by page, lines put together to paragraphs, what all pages repeat left out.

A PDF knows where letters stand and nothing of paragraphs. A line goes on in the next one unless it stops short of the
margin that the others reach, the next begins like a label, or there is more room between them than usual.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from app.importers.draft import ImportRefused, TextDraft
from app.importers.labels import Page
from app.importers.labels.names import could_be_name
from app.importers.pdf_forms import draws_without_end
from app.importers.plain_text import Normaliser, times
from app.importers.registry import register
from app.importers.speakers import find_turns

MOST_PAGES, MOST_LETTERS = 3_000, 20_000_000
LEAST_TORN = 6
MOST_UNPACKED = 48_000_000
"""Bytes that the packed parts of a PDF (pictures apart) may unpack to: reading takes twenty times as much memory."""
_NUMBER = re.compile(
    r"^\W*(?:page|seite|página|halaman|第)?\s*\d{1,4}\s*(?:(?:of|von|de|/|dari)\s*\d{1,4})?\s*(?:页|頁)?\W*$",
    re.IGNORECASE,
)
_STREAM = re.compile(rb"\bstream\r?\n")
_PACKED_TWICE = re.compile(
    rb"/Filter\s*\[[^\]]{0,200}/(?:Flate|LZW|RunLength)Decode[^\]]{0,200}/(?:Flate|LZW|RunLength)Decode"
)
"""Packed and packed again: no program writes that, and one megabyte of it holds a thousand times a thousand."""
_LABEL = re.compile(
    r"^\s*(?:\d{1,4}[.)]?\s+)?(?:\[?\(?\d{1,2}:\d\d(?::\d\d)?\)?\]?\s*)?(?P<name>[^\W\d_][^:：\n]{0,99}?)[:：](?:\s|$)"
    r"|^\s*[^\W\d_a-z][^\W\d_a-z .'’-]*[^\n:：]{0,58}?\.\s?[-–—]\s"
)


@dataclass(frozen=True)
class _Line:
    """A line as it stands on its page; measures are points, from the bottom of the page."""

    words: str
    left: float
    right: float
    bottom: float
    top: float


def looks_like_pdf(content: bytes) -> bool:
    """Whether the file begins as a PDF does, perhaps after a little rubbish, as readers allow."""
    return b"%PDF-" in content[:1024]


@register("pdf", "PDF with text", ".pdf", says="PDF", looks_like=looks_like_pdf)
def read_pdf(name: str, content: bytes, encoding: str | None) -> TextDraft:  # noqa: ARG001 - a PDF has letters, not bytes
    """Read a PDF. Raises ImportRefused for a scan, a protected or a damaged one."""
    import pypdfium2 as pdfium

    if not looks_like_pdf(content):
        raise ImportRefused(f"“{name}” is no PDF, whatever its name says. Choose the transcript itself.")
    if _PACKED_TWICE.search(content) or _unpacked(content) > MOST_UNPACKED:
        raise ImportRefused(f"“{name}” would unpack to far more than a transcript holds. It was not opened.")
    if draws_without_end(content):
        raise ImportRefused(f"“{name}” holds drawings that draw each other without end. It was not opened.")
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if "password" in str(error).casefold():
            raise ImportRefused(
                f"“{name}” is protected by a password. Save it without one and bring that in."
            ) from error
        raise ImportRefused(
            f"“{name}” is damaged and cannot be read. Export the PDF again, or save it as .docx."
        ) from error
    try:
        count = len(document)
        if count > MOST_PAGES:
            raise ImportRefused(f"“{name}” has {count:,} pages, more than a transcript. Bring in a part of it.")
        pages = [_lines(document[number]) for number in range(count)]
    except pdfium.PdfiumError as error:
        raise ImportRefused(f"“{name}” is damaged: a page cannot be read. Export the PDF again.") from error
    finally:
        document.close()
    if sum(len(line.words) for page in pages for line in page) > MOST_LETTERS:
        raise ImportRefused(f"“{name}” holds more text than a transcript. Bring in a part of it.")
    if not any(pages):
        raise ImportRefused(
            f"“{name}” holds pictures of pages and no text (a scan). Run text recognition over it, or type it as .docx."
        )
    kept, left_out = _without_frames(pages)
    kept, numbered = _without_numbers(kept)
    normaliser = Normaliser()
    text = normaliser.clean(_paragraphs(kept))
    bare = sum(1 for page in pages if not page)
    warnings = [*normaliser.warnings]
    if bare:
        warnings.append(f"{times(bare, 'page')} without text (pictures of pages?) left out.")
    notes = [*normaliser.notes, f"{times(count, 'page')} read; lines were put together to paragraphs."]
    notes += [f"{times(left_out, 'line')} that repeat on the pages (heads, page numbers) left out."] if left_out else []
    notes += ["The numbers of the lines were left out."] if numbered else []
    return TextDraft(text, None, tuple(warnings), tuple(notes))


def _unpacked(content: bytes) -> int:
    """How much the packed parts hold, pictures apart, counted no further than what is too much."""
    total = 0
    for found in _STREAM.finditer(content):
        if b"/Image" in content[max(0, found.start() - 400) : found.start()]:
            continue
        unpacker, at = zlib.decompressobj(), found.end()
        with suppress(zlib.error):
            total += len(unpacker.decompress(memoryview(content)[at:], MOST_UNPACKED + 1 - total))
        if total > MOST_UNPACKED:
            break
    return total


def _lines(page: object) -> list[_Line]:
    """The lines of a page as its text layer has them, those that lie beyond its edges and are not seen left out."""
    layer = page.get_textpage()  # type: ignore[attr-defined]
    try:
        text = layer.get_text_range()
        lines, at = [], 0
        for words in re.split(r"\r\n|\r|\n", text):
            end = at + len(words)
            if words.strip():
                first = at + len(words) - len(words.lstrip())
                last = at + len(words.rstrip()) - 1
                boxes = [layer.get_charbox(place, loose=True) for place in (first, last)]
                lines.append(
                    _Line(words.strip().replace("\ufffe", "-"), boxes[0][0], boxes[1][2], boxes[0][1], boxes[0][3])
                )
            at = end + (2 if text[end : end + 2] == "\r\n" else 1)
        found = _from_letters(layer, text) if _is_torn(lines) else lines
        _, lowest, _, highest = page.get_cropbox()  # type: ignore[attr-defined]
        return [line for line in found if line.bottom < highest and line.top > lowest]
    finally:
        layer.close()


def _is_torn(lines: list[_Line]) -> bool:
    """Whether the library took the page for one written from top to bottom, and put hardly two letters into a line."""
    return len(lines) >= LEAST_TORN and sum(len(line.words) <= 2 for line in lines) > len(lines) / 3


def _from_letters(layer: object, text: str) -> list[_Line]:
    """The lines put together from the places of the letters; what stands apart gets one space, far apart two."""
    found: list[tuple[list[str], list[float]]] = []
    for place, letter in enumerate(text):
        left, bottom, right, top = layer.get_charbox(place, loose=True)  # type: ignore[attr-defined]
        if letter in "\r\n" or right <= left:
            continue  # put in by the library
        height = top - bottom
        words, box = found[-1] if found else ([], [0.0] * 4)
        gap = left - box[2]
        if not words or abs(bottom - box[1]) > 0.5 * height or gap < -height:
            found.append(([letter], [left, bottom, right, top]))
            continue
        words.append("  " if gap > height else " " if gap > 0.2 * height else "")
        words.append(letter)
        box[2] = right
    lines = [("".join(words), box) for words, box in found]
    return [_Line(words.strip(), box[0], box[2], box[1], box[3]) for words, box in lines if words.strip()]


def _without_frames(pages: list[list[_Line]]) -> tuple[list[list[_Line]], int]:
    """The pages without the heads, feet and numbers that most of them repeat at their edges."""

    def shape(words: str) -> str:
        return re.sub(r"\d+", "#", words)

    edges = Counter(shape(line.words) for page in pages for line in {*page[:2], *page[-2:]})
    kept, left_out = [], 0
    for page in pages:
        rest = []
        for place, line in enumerate(page):
            at_edge = place < 2 or place >= len(page) - 2
            again = edges[shape(line.words)] >= max(3, 0.6 * len(pages)) and not _LABEL.match(line.words)
            if at_edge and len(pages) > 1 and (again or _NUMBER.match(line.words)):
                left_out += 1
            else:
                rest.append(line)
        kept.append(rest)
    return kept, left_out


def _without_numbers(pages: list[list[_Line]]) -> tuple[list[list[_Line]], bool]:
    """The pages without the running numbers of their lines, where these are numbered as in records of courts."""
    page = Page("\n".join(line.words for lines in pages for line in lines))
    if not page.is_numbered:
        return pages, False
    numbers = iter(range(len(page.lines)))
    bare = [[replace(line, words=page.words(next(numbers))) for line in lines] for lines in pages]
    return [[line for line in lines if line.words] for lines in bare], True


def _beginnings(lines: list[_Line]) -> set[int]:
    """The lines that begin a turn, as the finder of speakers sees the lines before they are put together."""
    page = Page("\n".join(line.words for line in lines))
    starts = {turn.label_start for turn in find_turns(page).turns if turn.label_end > turn.label_start}
    return {number for number, (start, _) in enumerate(page.lines) if start in starts}


def _begins_a_turn(words: str, before: list[str]) -> bool:
    """Whether a line under a full one begins like a label; what stands inside brackets or is no name does not."""
    found = _LABEL.match(words)
    if found is None or sum(part.count("[") - part.count("]") for part in before[-3:]) > 0:
        return False
    name = found["name"]
    return name is None or could_be_name(name.strip())


def _paragraphs(pages: list[list[_Line]]) -> str:
    lines = [line for page in pages for line in page]
    if not lines:
        return ""
    margin = max(sorted(line.right for line in lines)[int(len(lines) * 0.9)], 1.0)
    gaps = [one.bottom - two.top for page in pages for one, two in pairwise(page)]
    usual = median(gaps) if gaps else 0.0
    height = median(line.top - line.bottom for line in lines)
    parts, beginnings = [lines[0].words], _beginnings(lines)
    for number, (one, two) in enumerate(pairwise(lines), start=1):
        gap = one.bottom - two.top
        full = one.right > margin - 6 * height
        apart = gap > usual + 0.6 * height
        if full and not apart and number not in beginnings and not _begins_a_turn(two.words, parts):
            hyphen = parts[-1].endswith("-") and parts[-1][-2:-1].isalpha() and two.words[:1].islower()
            parts.append(two.words if hyphen else f" {two.words}")
        else:
            parts.append(f"\n{two.words}")
    return "".join(parts) + "\n"
