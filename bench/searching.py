"""Searching 500,000 words: against `str.find` over cached lower-case texts, and against one pass of rapidfuzz.

Budgets are in milliseconds (30 exact, 100 with typos); what the window does in one slice stays under a frame.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter

from PySide6.QtTest import QTest
from rapidfuzz import fuzz, process

from app.analysis.search.query import Kind, Query, sought
from app.analysis.search.texts import SearchText
from app.ui.code.search_page import SearchPage
from bench.measure import Figure, frames, pair
from bench.reading import Bench

SIZE = "500,000 words"
TYPED = ("belonging", "sense of belonging", "worry", "zzz", "of", "e")
ALIKE = ("belnoging", "share nots anatomi", "zzzq", "wory")


def figures() -> list[Figure]:
    """Whole searches over texts that are at hand, then what the page does while one types."""
    bench = Bench()
    bench.place.open_page("search")
    page = bench.place.drawer.page()
    assert isinstance(page, SearchPage)
    texts = list(_texts(bench, page))
    low = [text.folded().text for text in texts]
    turns = [text.folded().text[said.start : said.end] for text in texts for said in text.stretches]
    found = [_exact(texts, low, "belonging", 10**9), _exact(texts, low, "e", 3_000)]
    found += [_alike(texts, turns, words) for words in ALIKE[:2]]
    page.search_for("belonging")
    QTest.qWait(200)
    found.append(_first(bench, page))
    found.append(_slices(bench, page))
    bench.close()
    return found


def _exact(texts: list[SearchText], low: list[str], words: str, most: int) -> Figure:
    return pair(
        f"exact search “{words}” (30 ms)" if most > 3_000 else f"exact search “{words}”, first {most:,}",
        SIZE,
        lambda: [_count(text, words) for text in low],
        lambda: _search(texts, Query(words), most),
        None,
    )


def _alike(texts: list[SearchText], turns: list[str], words: str) -> Figure:
    return pair(
        f"search with typos “{words}” (100 ms)",
        SIZE,
        lambda: process.extract(words, turns, scorer=fuzz.partial_ratio, score_cutoff=85, limit=None),
        lambda: _search(texts, Query(words, Kind.LIKE), 10**9),
        None,
    )


def _texts(bench: Bench, page: SearchPage) -> Iterator[SearchText]:
    with bench.study.read() as session:
        for source_id in page.library.sources(session):
            text = page.library.transcript(session, source_id)
            assert text is not None
            text.vocabulary()
            yield text


def _search(texts: list[SearchText], query: Query, most: int) -> int:
    wanted, count = sought(query), 0
    for text in texts:
        for _ in wanted.hits(text):
            count += 1
            if count >= most:
                return count
    return count


def _count(text: str, words: str) -> int:
    count, at = 0, text.find(words)
    while at >= 0:
        count, at = count + 1, text.find(words, at + len(words))
    return count


def _first(bench: Bench, page: SearchPage) -> Figure:
    """From the words to the first results painted; the floor paints the same list and looks for nothing."""
    queries = [Query(words) for words in TYPED] + [Query(words, Kind.LIKE) for words in ALIKE]

    def ours(number: int) -> None:
        query = queries[number % len(queries)]
        page.kind.setCurrentIndex(page.kind.findData(query.kind))
        page.field.setText(query.words)
        page.search()
        while page.run.is_running and page.is_waiting:
            bench.application.processEvents()
        page.list.grab()

    return frames("first results painted", SIZE, lambda _: page.list.grab(), ours, None, count=len(queries) * 10)


def _slices(bench: Bench, page: SearchPage) -> Figure:
    """Each turn of the window's loop while letters are typed and results come; the floor is a loop with nothing."""
    times: list[float] = []
    for words in (*TYPED, *ALIKE):
        page.kind.setCurrentIndex(page.kind.findData(Kind.LIKE if words in ALIKE else Kind.EXACT))
        page.field.clear()
        for letter in words:
            QTest.keyClicks(page.field, letter)
            until = perf_counter() + 0.12
            while perf_counter() < until:
                begun = perf_counter()
                bench.application.processEvents()
                times.append((perf_counter() - begun) * 1000)
    busy = sorted(time for time in times if time > 0.5)
    return Figure(
        "a slice of a search, while typing",
        SIZE,
        0.0,
        round(busy[len(busy) // 2], 2),
        None,
        round(busy[int(len(busy) * 0.99) - 1], 2),
    )
