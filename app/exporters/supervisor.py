"""What a supervisor reads: the map, what changed since a version, theme table, themes with excerpts, comments.

Everything in words that were in the study anyway; who refused consent is quoted nowhere, here as elsewhere.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from app.analysis.map_compare import compare
from app.analysis.map_content import VersionRow, frozen_content, live_content, version_rows
from app.analysis.map_picture import draw
from app.analysis.reviews import Thread, threads
from app.analysis.themes import ThemeExcerptRow, ThemeRow, excerpts_of_theme
from app.errors import ExportRefused
from app.exporters import theme_table
from app.exporters.document import Block, Document, Heading, PageBreak, Paragraph, Run, Sheet, paragraphs
from app.exporters.options import ExportOptions, day
from app.exporters.quotations import Quotations, Span
from app.exporters.study_head import study_title
from app.exporters.telling import point
from app.exporters.theme_links import ThemeLinks
from app.models.kinds import Belongs, ThemeKind

BELONGS = "Decided to belong"
NOT_DECIDED = "Not yet decided"
NO_VERSION = "No version of the map has been kept yet, so there is nothing to compare the present one with."
NO_EXCERPT = "No excerpt that may be shown."


def build(session: Session, options: ExportOptions) -> Document:
    """The document for the supervisor. Raises ExportRefused for a version that is not there."""
    table = theme_table.build(session, options)
    quotations = Quotations(session, options)
    parts: list[list[Block]] = [
        _changed(session, options.since),
        [Heading("Theme table"), *table.blocks],
        _themes(session, quotations),
        _comments(threads(session)),
    ]
    blocks: list[Block] = []
    for part in parts:
        blocks += [PageBreak(), *part] if blocks else part
    title = study_title(session)
    content = live_content(session)
    return replace(
        table,
        title=f"For the supervisor: {title}",
        statement=f"The analysis as it stood on {day(options.at)}, for reading and talking about. "
        "It is unfinished work and holds participants’ words: it is for the one it was made for.",
        head=(*table.head, *(note for note in quotations.notes() if note not in table.head)),
        blocks=tuple(blocks),
        table=Sheet("", (), ()),
        sheets=(),
        participant_ids=table.participant_ids | quotations.participant_ids,
        withheld=max(table.withheld, quotations.withheld),
        consent_not_recorded=max(table.consent_not_recorded, quotations.consent_not_recorded),
        figures=(draw(content, about=day(options.at)),),
        landscape=False,
    )


def version_called(rows: list[VersionRow], wanted: str) -> VersionRow | None:
    """The version of this key or label, the newest for ""; None where there is none at all. Raises ExportRefused."""
    if not wanted:
        return rows[-1] if rows else None
    found = [row for row in rows if row.id == wanted or row.label.casefold() == wanted.casefold()]
    if not found:
        held = ", ".join(f"“{row.label}”" for row in rows) or "none yet"
        raise ExportRefused(f"There is no version of the map called “{wanted}”. There are: {held}.")
    return found[-1]


def _changed(session: Session, since: str) -> list[Block]:
    """What is other since a version, in words."""
    version = version_called(version_rows(session), since)
    held = frozen_content(session, version.id) if version is not None else None
    if version is None or held is None:
        return [Heading("What changed"), _said(NO_VERSION)]
    changes = compare(held, live_content(session))
    blocks: list[Block] = [Heading(f"What changed since “{version.label}” ({day(version.at)})")]
    if version.note:
        blocks += paragraphs(version.note)
    return blocks + ([point(one.words) for one in changes] or [_said("Nothing is other.")])


def _themes(session: Session, quotations: Quotations) -> list[Block]:
    """Each theme with what is said of it and its excerpts; those decided out are left out."""
    links = ThemeLinks(session)
    rows = [row for row in links.rows if not links.is_let_go(row)]
    blocks: list[Block] = [Heading("Themes with their excerpts")]
    if not rows:
        return [*blocks, _said(theme_table.NO_THEMES)]
    blocks.append(_said("Excerpts that were decided not to belong to a theme are left out."))
    for row in rows:
        blocks.append(Heading(row.name, 3 if row.kind == ThemeKind.SUBTHEME else 2))
        blocks.append(Paragraph((Run(f"{row.kind.value}, {row.status.value}", quiet=True),)))
        blocks += [*_described(row)]
        if row.kind == ThemeKind.THEME:
            blocks += _excerpts(excerpts_of_theme(session, row.id), quotations)
    return blocks


def _described(row: ThemeRow) -> list[Block]:
    said: list[Block] = []
    for term, text in (
        ("Central organising concept", row.concept),
        ("Definition", row.definition),
        ("Boundary", row.boundary),
        ("Story", row.story),
        ("What it implies for practice", row.implication),
    ):
        if text.strip():
            said.append(Paragraph((Run(f"{term}: ", strong=True), Run(text.strip()))))
    return said


def _excerpts(rows: list[ThemeExcerptRow], quotations: Quotations) -> list[Block]:
    """What belongs, what is not yet decided, and last what runs against the theme."""
    held = [row for row in rows if row.belongs != Belongs.OUT]
    groups = (
        (BELONGS, [row for row in held if not row.runs_against and row.belongs == Belongs.IN]),
        (NOT_DECIDED, [row for row in held if not row.runs_against and row.belongs == Belongs.UNDECIDED]),
        (theme_table.CONTRARY, [row for row in held if row.runs_against]),
    )
    blocks: list[Block] = []
    for name, here in groups:
        quotes = [quote for row in here if (quote := quotations.chosen(_span(row))) is not None]
        if quotes:
            blocks += [Paragraph((Run(name, strong=True),)), *quotes]
    return blocks or [_said(NO_EXCERPT)]


def _span(row: ThemeExcerptRow) -> Span:
    return Span(row.excerpt_id, row.source_id, row.start, row.end, row.edited_text, row.gloss)


def _comments(found: list[Thread]) -> list[Block]:
    """Every comment at what it speaks of, with its replies and where it stands."""
    blocks: list[Block] = [Heading("Comments")]
    if not found:
        return [*blocks, _said("Nobody has commented yet.")]
    for thread in found:
        what = {"version": "map version", "excerpt": "an excerpt of"}.get(thread.subject, thread.subject)
        blocks.append(Heading(f"On {what} “{thread.name}”", 2))
        about = " · ".join(one for one in (thread.author, thread.kind, day(thread.at), thread.status.value) if one)
        blocks.append(Paragraph((Run(about, quiet=True),)))
        blocks += paragraphs(thread.text)
        for reply in thread.replies:
            blocks.append(Paragraph((Run(f"{reply.author or 'Reply'} · {day(reply.at)}: ", strong=True),
                                     Run(reply.text))))  # fmt: skip
    return blocks


def _said(text: str) -> Paragraph:
    return Paragraph((Run(text),))
