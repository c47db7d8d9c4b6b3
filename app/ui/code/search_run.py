"""One search under way: in small slices on the window's thread, so that typing never waits for it.

A regular expression runs in a thread of its own over plain strings, since nobody knows how long it takes; it lets go of
the interpreter while it looks. Texts are always read here: the study file has one reader at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import islice
from threading import Event
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

from app.analysis.search.library import SearchLibrary
from app.analysis.search.query import Hit, Sought
from app.analysis.search.texts import SearchText
from app.errors import ReflexaError
from app.ui.desk import Desk

SLICE_S = 0.004
"""How long one slice may take; what is under way then is finished."""
FIRST_S = 0.001
"""How long the first results are gathered."""
WAIT_MS = 8
"""How often it is asked whether the thread has found something."""
MOST = 3_000
"""How many hits are listed: nobody reads more of them, and one looks for something closer."""
_OFTEN = 64

Step = list[Hit] | None
"""What a step brings: hits, none for a breath; None to wait for the thread."""


class SearchRun(QObject):
    """Asks the texts of a library one after the other, and says what is found as it comes."""

    found = Signal(object)
    """A list of hits, in the order of the texts."""
    ended = Signal(str, bool)
    """Nothing more comes: why it was cut off, or "", and whether there may be more than are listed."""

    def __init__(self, desk: Desk, library: SearchLibrary, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._library = desk, library
        self._steps: Iterator[Step] = iter(())
        self._left = 0
        self._pool = pool = ThreadPoolExecutor(1, "search")  # the thread begins with the first pattern
        self.destroyed.connect(lambda: pool.shutdown(wait=False, cancel_futures=True))
        self._given_up = Event()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._slice)

    @property
    def is_running(self) -> bool:
        """Whether more may come."""
        return self._timer.isActive()

    def start(self, sought: Sought) -> None:
        """Look for something else, from now on."""
        self.stop()
        self._left = MOST
        self._steps = self._in_all_texts(sought, self._given_up)
        self._timer.start(0)

    def stop(self) -> None:
        """Look no further; a thread that is still at it soon sees it, and nobody listens to it any more."""
        self._timer.stop()
        self._given_up.set()
        self._given_up = Event()
        self._steps = iter(())

    def _slice(self) -> None:
        if not self._desk.study.is_open:
            return
        until = perf_counter() + (FIRST_S if self._left == MOST else SLICE_S)
        hits: list[Hit] = []
        steps, pause, why, done = self._steps, 0, "", False
        try:
            for step in steps:
                if step is None:
                    pause = WAIT_MS
                    break
                hits += step
                if len(hits) >= self._left or perf_counter() > until:
                    break
            else:
                done = True
        except ReflexaError as error:
            done, why = True, error.sentence
        more = len(hits) >= self._left
        hits = hits[: self._left]
        self._left -= len(hits)
        if not (done or more):
            self._timer.start(pause)
        if hits:
            self.found.emit(hits)
        if (done or more) and steps is self._steps:  # unless whoever was told started another one
            self.stop()
            self.ended.emit(why, more)

    def _in_all_texts(self, sought: Sought, given_up: Event) -> Iterator[Step]:
        for text in self._texts():
            if text is None:
                yield []
                continue
            for _ in sought.get_ready(text):
                yield []
            hits = sought.hits(text)
            if sought.slow:
                yield from self._in_thread(hits, given_up)
            else:
                while some := list(islice(hits, _OFTEN)):
                    yield some
                yield []

    def _in_thread(self, hits: Iterator[Hit], given_up: Event) -> Iterator[Step]:
        asked = self._pool.submit(_collect, hits, given_up)
        wait([asked], SLICE_S / 2)  # nearly always that is all it takes
        while not asked.done():
            yield None
        found, error = asked.result()
        yield found
        if error is not None:
            raise error

    def _texts(self) -> Iterator[SearchText | None]:
        """Every text that is searched; None after each that had to be read. No session is kept from step to step."""
        with self._desk.read() as session:
            sources = self._library.sources(session)
        for source_id in sources:
            with self._desk.read() as session:
                text = self._library.transcript(session, source_id)
            yield None
            if text is not None:
                yield text
        with self._desk.read() as session:
            written = self._library.memos(session)
        yield None
        yield from written
        with self._desk.read() as session:
            codes = self._library.codes(session)
        yield None
        yield from codes


def _collect(hits: Iterator[Hit], given_up: Event) -> tuple[list[Hit], ReflexaError | None]:
    """What the thread does: all hits of one text, as far as anybody still wants them."""
    found: list[Hit] = []
    try:
        for hit in hits:
            found.append(hit)
            if given_up.is_set() or len(found) >= MOST:
                break
    except ReflexaError as error:
        return found, error
    return found, None
