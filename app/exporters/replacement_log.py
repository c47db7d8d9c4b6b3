"""The log of pseudonyms: which name stood for whom, in a file of its own that is kept apart from the study."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable

from app.exporters.to_csv import guarded


def replacement_log(replaced: Iterable[tuple[str, str, str]]) -> bytes:
    """A csv of (what was found, what stands there now, where), each once with how often.

    A cell that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    counted = Counter(replaced)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["found", "replaced by", "where", "times"])
    for (found, words, where), times in counted.items():
        writer.writerow([*(guarded(cell) for cell in (found, words, where)), times])
    return b"\xef\xbb\xbf" + text.getvalue().encode()
