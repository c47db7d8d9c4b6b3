"""Every code with all that an output says of it: example, themes, dimensions, history."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.codes import CodeRow, Spread, code_rows, spread_of_codes
from app.exporters.document import Quote
from app.exporters.options import day
from app.exporters.quotations import Quotations, Span
from app.exporters.theme_links import CodeTheme, Dimension, ThemeLinks
from app.models import CodeLineage, Coding, Excerpt, Source
from app.models.kinds import SEMANTIC_LATENT, CodeStatus


@dataclass(frozen=True)
class Entry:
    """One code with all a codebook says of it."""

    code: CodeRow
    parent: str
    example: Quote | None
    themes: list[CodeTheme]
    dimensions: list[tuple[Dimension, str]]
    history: str
    spread: Spread

    @property
    def semantic_latent(self) -> str:
        """Where the code lies between what is said and what is meant, in words."""
        place = self.code.semantic_latent
        return "" if place is None else SEMANTIC_LATENT[place]

    @property
    def origin(self) -> str:
        """Where the code came from, in words."""
        return self.code.origin.value if self.code.origin is not None else ""

    @property
    def dimension_lines(self) -> list[str]:
        """Its dimensions in words, each with the theme it comes through."""
        return [f"{dimension.text} (through “{theme}”)" for dimension, theme in self.dimensions]


def code_entries(session: Session, links: ThemeLinks, quotations: Quotations, counts: bool) -> list[Entry]:
    """All codes in tree order; how far each spreads is asked only for `counts`."""
    codes = code_rows(session)
    names = {code.id: code.path for code in codes}
    chosen = quotations.places([code.example_excerpt_id for code in codes if code.example_excerpt_id])
    spans = _sure_codings(session)
    spread, history = spread_of_codes(session) if counts else {}, _history(session)
    return [
        Entry(
            code=code,
            parent=names[code.parent_id] if code.parent_id else "",
            example=_example(code, chosen, spans, quotations),
            themes=links.themes_of_code(code.id),
            dimensions=links.dimensions_of_code(code.id),
            history="; ".join(history.get(code.id, ())),
            spread=spread.get(code.id, Spread(0, 0, 0)),
        )
        for code in codes
    ]


def _sure_codings(session: Session) -> dict[str, list[Span]]:
    """{code id: where its excerpts stand}, in the order of transcripts and text; unsure codings are left out."""
    rows = session.execute(
        select(Coding.code_id, Excerpt.id, Excerpt.source_id, Excerpt.start, Excerpt.end)
        .select_from(Coding)
        .join(Excerpt, Excerpt.id == Coding.excerpt_id)
        .join(Source, Source.id == Excerpt.source_id)
        .where(Coding.unsure.is_(False))
        .order_by(Source.position, Source.name, Excerpt.start, Excerpt.end.desc())
    )
    found: dict[str, list[Span]] = {}
    for code_id, excerpt_id, source_id, start, end in rows:
        found.setdefault(code_id, []).append(Span(excerpt_id, source_id, start, end))
    return found


def _example(
    code: CodeRow, chosen: dict[str, Span], spans: dict[str, list[Span]], quotations: Quotations
) -> Quote | None:
    """An example for a code in use: the chosen one, else the first sure coding; a code set aside needs none."""
    if code.status == CodeStatus.SET_ASIDE:
        return None
    return quotations.example(chosen.get(code.example_excerpt_id or ""), spans.get(code.id, ()))


def _history(session: Session) -> dict[str, list[str]]:
    """{code id: where it came from}; codes that are gone keep their names here."""
    found: dict[str, list[str]] = {}
    for line in session.scalars(select(CodeLineage).order_by(CodeLineage.at, CodeLineage.other_name)).all():
        found.setdefault(line.code_id, []).append(f"{line.kind.value} “{line.other_name}” ({day(line.at)})")
    return found
