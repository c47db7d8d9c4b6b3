"""Searching the journal: 2,000 entries, a letter typed to the entries painted, against a bare search with one label.

The budget is in milliseconds (30 from the key to the picture).
"""

from __future__ import annotations

import random
import shutil
from datetime import UTC, datetime, timedelta

from PySide6.QtWidgets import QApplication, QTextEdit

from app.operations.journal import write_entry
from app.study import ChangeSession
from app.ui.journal.timeline_page import TimelinePage
from app.ui.settings import Settings
from app.ui.window.main_window import MainWindow
from bench.corpus import BUILD
from bench.measure import Figure, pair

ENTRIES = 2_000
WORDS = [
    "mentor",
    "mentee",
    "silence",
    "belonging",
    "drive",
    "feeling",
    "laughed",
    "because",
    "noticed",
    "theme",
    "code",
    "supervision",
    "decided",
    "reading",
    "why",
    "they",
    "again",
    "folder",
    "kinship",
    "week",
    "before",
    "after",
    "question",
    "answer",
    "theory",
    "practice",
    "community",
    "group",
]


def figures() -> list[Figure]:
    """Words that many and that few entries hold, and the page opened."""
    path = BUILD / "journal.reflexa"
    shutil.copy(BUILD / "demo.reflexa", path)
    window = MainWindow(Settings(BUILD / "settings.ini"))
    window.resize(1440, 900)
    window.show()
    window.open_study(path)
    assert window.desk is not None
    window.desk.study.run(_fill)
    place = window.show_place("journal")
    assert place is not None
    page = place.show_page("journal")  # type: ignore[attr-defined]
    assert isinstance(page, TimelinePage)
    QApplication.processEvents()
    texts = [entry.text.casefold() for entry in page.found()]
    bare = QTextEdit()
    bare.resize(700, 800)
    bare.show()
    typed = iter(range(10**6))

    def floor(words: tuple[str, ...]) -> None:
        word = words[next(typed) % len(words)]
        bare.setPlainText("\n\n".join([text for text in texts if word in text][:8]))
        bare.grab()

    def ours(words: tuple[str, ...]) -> None:
        page.search.setText(words[next(typed) % len(words)])
        page.grab()

    found = []
    for what, words in (("many entries", ("s", "silence", "th", "because")), ("few entries", ("number 17", "1234"))):
        found.append(
            pair(f"journal search, {what} (30 ms)", f"{ENTRIES:,} entries", lambda w=words: floor(w),
                 lambda w=words: ours(w), None, runs=12)
        )  # fmt: skip
    bare.close()
    window.close()
    return found


def _fill(session: ChangeSession) -> None:
    chance = random.Random(7)
    start = datetime(2024, 1, 1, 9, tzinfo=UTC)
    for number in range(ENTRIES):
        words = " ".join(chance.choices(WORDS, k=90))
        write_entry(session, f"Entry number {number}. {words}", kind="hunch", at=start + timedelta(hours=7 * number))
