"""The command that looks for words: search."""

from __future__ import annotations

from argparse import Namespace

from app.analysis.search.library import SearchLibrary
from app.analysis.search.query import LONGEST, Hit, Kind, Query, sought
from app.cli.errors import DONE, UsageError
from app.cli.opening import for_reading
from app.cli.speech import show, show_json


def search(arguments: Namespace) -> int:
    """Every place in the transcripts, in reading order. Nothing found is no error; a pattern cut off is."""
    query = _query(arguments)
    wanted, library = sought(query), SearchLibrary()
    hits: list[Hit] = []
    with for_reading(arguments) as study, study.read() as session:
        for source_id in library.sources(session):
            text = library.transcript(session, source_id)
            if text is not None:
                hits += wanted.hits(text)
    if arguments.json:
        show_json([_row(hit) for hit in hits])
        return DONE
    for hit in hits:
        words = " ".join(hit.text.text[hit.start : hit.end].split())
        who = f"{hit.said.who}: " if hit.said.who else ""
        show(f"{hit.text.title}  {hit.start}-{hit.end}  {who}{words}")
    return DONE


def _row(hit: Hit) -> dict[str, object]:
    return {
        "source": hit.text.title,
        "start": hit.start,
        "end": hit.end,
        "speaker": hit.said.who or None,
        "text": hit.text.text[hit.start : hit.end],
    }


def _query(arguments: Namespace) -> Query:
    """What was typed. Raises UsageError for nothing, or too much."""
    if not arguments.text.strip():
        raise UsageError("There is nothing to look for.")
    if len(arguments.text) > LONGEST:
        raise UsageError(f"One can look for {LONGEST} characters; these are {len(arguments.text)}.")
    kind = Kind.EXACT
    for name, one in (("fuzzy", Kind.LIKE), ("regex", Kind.PATTERN), ("whole_word", Kind.WORD)):
        if getattr(arguments, name):
            kind = one
    return Query(arguments.text, kind, arguments.match_case)
