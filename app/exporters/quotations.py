"""The quotes of one document: shown in one way, with an account of whose words they are and which were left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.quotation import Quoter, ShownQuote
from app.exporters.document import Line, Quote
from app.exporters.options import ExportOptions
from app.models import Excerpt
from app.models.kinds import Use

EDITED = "edited"
"""The mark of a quote that the researcher shortened or changed; the original words stand in the study."""

EDITED_NOTE = (
    "A quote marked “edited” was shortened or changed by the researcher; the original words stand in the study."
)

SHORTENED = "Some attributions are shortened, since too few people would have shared the whole of them."


@dataclass(frozen=True, slots=True)
class Span:
    """Where a quote stands: a source and [start, end) in code points; `edited` are the words to show instead.

    `gloss` explains words in another language; it stands behind the attribution.
    """

    excerpt_id: str
    source_id: str
    start: int
    end: int
    edited: str = ""
    gloss: str = ""


class Quotations:
    """Every quote a document shows goes through here. Participants without consent are never shown."""

    def __init__(self, session: Session, options: ExportOptions, use: Use = Use.QUOTE, *, placed: bool = False) -> None:
        use = Use.ARCHIVE if options.archive else use
        self._quoter = Quoter(session, use=use, leaving=not options.small_groups, placed=placed)
        self._session = session
        self.participant_ids: frozenset[str] = frozenset()
        self.withheld = 0
        self.edited = 0

    @property
    def consent_not_recorded(self) -> int:
        """How many of the people quoted so far have no consent recorded either way."""
        return self._quoter.consent_not_recorded(self.participant_ids)

    def look(self, span: Span) -> ShownQuote:
        """What a span would show, without quoting it."""
        return self._quoter.quote(span.source_id, span.start, span.end)

    def beside(self, span: Span) -> ShownQuote:
        """What stands beside a quote: its words leave too, so whose they are is kept."""
        shown = self.look(span)
        self.participant_ids |= shown.participant_ids
        return shown

    def chosen(self, span: Span, lead: str = "") -> Quote | None:
        """Quote what the researcher chose. None, and counted, if consent was refused."""
        shown = self.look(span)
        if shown.withheld:
            self.withheld += 1
        return self._quote(span, shown, lead)

    def example(self, chosen: Span | None, others: Iterable[Span]) -> Quote | None:
        """Quote the chosen example; if there is none, or it may not be shown, the first other that may be."""
        before = self.withheld
        quote = self.chosen(chosen) if chosen is not None else None
        if quote is not None:
            return quote
        found = self.first_of(others)
        self.withheld = min(self.withheld, before + 1)
        return found[0] if found else None

    def first_of(self, spans: Iterable[Span], wanted: int = 1, lead: str = "") -> list[Quote]:
        """Quote the first of these that may be shown, from different people where possible.

        Participants' words come before others'. If none may be shown since consent was refused, that is counted as one.
        """
        apart: list[tuple[Span, ShownQuote]] = []
        repeated: list[tuple[Span, ShownQuote]] = []
        nameless: list[tuple[Span, ShownQuote]] = []
        heard: set[str] = set()
        refused = 0
        for span in spans:
            shown = self.look(span)
            refused += bool(shown.withheld)
            if not shown.voices:
                continue
            who = shown.participant_ids
            if who and not who <= heard:
                apart.append((span, shown))
                heard |= who
            else:
                (repeated if who else nameless).append((span, shown))
            if len(apart) == wanted:
                break
        taken = (apart + repeated + nameless)[:wanted]
        if refused and not taken:
            self.withheld += 1
        return [quote for span, shown in taken if (quote := self._quote(span, shown, lead)) is not None]

    def places(self, excerpt_ids: Sequence[str]) -> dict[str, Span]:
        """{excerpt id: where it stands}."""
        found: dict[str, Span] = {}
        for first in range(0, len(excerpt_ids), 500):
            rows = self._session.execute(
                select(Excerpt.id, Excerpt.source_id, Excerpt.start, Excerpt.end).where(
                    Excerpt.id.in_(excerpt_ids[first : first + 500])
                )
            ).all()
            found |= {row[0]: Span(row[0], row[1], row[2], row[3]) for row in rows}
        return found

    def notes(self) -> list[tuple[str, str]]:
        """What a reader must know of the quotes: consent and editing, naming nobody."""
        said = []
        people = len(self.participant_ids)
        unrecorded = self.consent_not_recorded
        if unrecorded:
            who = "the one person" if people == 1 else f"{unrecorded} of the {people} people"
            said.append(f"Consent to quote is not recorded for {who} quoted here.")
        if self.withheld:
            what = "1 quote was" if self.withheld == 1 else f"{self.withheld} quotes were"
            said.append(f"{what} left out, since consent to quote was refused or withdrawn.")
        notes = [("Consent", " ".join(said))] if said else []
        if self._quoter.shortened & self.participant_ids:
            notes.append(("Attribution", SHORTENED))
        if self.edited:
            notes.append(("Edited quotes", EDITED_NOTE))
        return notes

    def _quote(self, span: Span, shown: ShownQuote, lead: str = "") -> Quote | None:
        if shown.withheld or not shown.voices:
            return None
        self.participant_ids |= shown.participant_ids
        gloss = " ".join(span.gloss.split())
        if not span.edited:
            lines = [Line(voice.words, voice.attribution) for voice in shown.voices]
            lines[-1] = Line(lines[-1].words, _joined(lines[-1].attribution, gloss))
            return Quote(tuple(lines), lead)
        self.edited += 1
        attribution = _joined(shown.attribution, EDITED, gloss)
        return Quote((Line(" ".join(span.edited.split()), attribution),), lead)


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
