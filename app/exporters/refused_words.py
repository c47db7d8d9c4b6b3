"""What is said of an output that holds researchers' writing with words of people who refused to be quoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from app.analysis.rights.refused import standing_in, written_with_refused_words
from app.exporters.document import Document
from app.exporters.options import ExportOptions
from app.models.kinds import Use


def refused_words(
    session: Session, options: ExportOptions, use: Use, document: Document | None = None, *, names_only: bool = False
) -> tuple[str, ...]:
    """A sentence, or none, as for what somebody gets of their own.

    Of a document it is known what stands in it; a figure (`names_only`) holds names alone.
    """
    if options.refused or options.participant:
        return ()
    found = written_with_refused_words(session, use)
    if names_only:
        found = [one for one in found if one.is_name and one.table in {"theme", "code", "map_version"}]
    if document is not None:
        found = standing_in(found, set(_strings(document)))
    if not found:
        return ()
    where = Counter(replace(one, about="").title for one in found)
    told = ", ".join(title if times == 1 else f"{title} ({times} times)" for title, times in sorted(where.items()))
    said = f"Names or notes of yours hold words of somebody who refused them, and are in the file as they are: {told}."
    return (f"{said} The list under “Withdraw from the study” shows them before anything is written.",)


def _strings(value: Any) -> Iterator[str]:
    """Every text in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, dict):
        yield from _strings(tuple(value.values()))
    elif is_dataclass(value):
        for one in fields(value):
            yield from _strings(getattr(value, one.name))
