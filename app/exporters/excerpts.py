"""All excerpts of a study, a row for each coding, and those without a code as well."""

from __future__ import annotations

from sqlalchemy.orm import Session

from app.analysis.codes import CodeRow, all_codings, code_rows
from app.analysis.small_groups import TOO_FEW, SmallGroups
from app.analysis.transcripts import source_cards
from app.exporters.document import (
    Block,
    Column,
    Document,
    Paragraph,
    Quote,
    Row,
    Run,
    Sheet,
    SheetColumn,
    Table,
    Value,
    paragraphs,
)
from app.exporters.options import ExportOptions, day, iso_day
from app.exporters.quotations import Quotations, Span
from app.exporters.study_head import study_head, study_title
from app.exporters.theme_links import ThemeLinks

NOT_QUOTED = "not quoted: consent was refused or withdrawn"
NO_EXCERPTS = "There are no excerpts in this study yet."
NO_WORDS = "no words of anybody"

_COLUMNS = (
    SheetColumn("transcript", "Transcript", 20),
    SheetColumn("group", "Group", 12),
    SheetColumn("start", "Start", 9),
    SheetColumn("end", "End", 9),
    SheetColumn("level", "Level", 12),
    SheetColumn("code", "Code", 34),
    SheetColumn("unsure", "Unsure", 8),
    SheetColumn("quote", "Quote", 80),
    SheetColumn("attribution", "Said by", 24),
    SheetColumn("coded_on", "Coded on", 12),
    SheetColumn("note", "Note", 24),
    SheetColumn("excerpt_id", "Excerpt id", 38),
    SheetColumn("code_id", "Code id", 38),
)


def build(session: Session, options: ExportOptions) -> Document:
    """Every coding in the order of transcripts and text; offsets are code points, end exclusive."""
    quotations = Quotations(session, options, placed=True)
    small = None if options.small_groups else SmallGroups(session)
    codes = {code.id: code for code in code_rows(session)}
    sources = {card.id: card for card in source_cards(session)}
    shown: dict[str, Quote | None] = {}
    silence: dict[str, str] = {}
    records: list[tuple[Value, ...]] = []
    rows: list[Row] = []
    for coding in all_codings(session):
        if coding.excerpt_id not in shown:
            span = Span(coding.excerpt_id, coding.source_id, coding.start, coding.end)
            quote = shown[coding.excerpt_id] = quotations.chosen(span)
            if quote is None:
                silence[coding.excerpt_id] = NOT_QUOTED if quotations.look(span).withheld else NO_WORDS
        quote, code, card = shown[coding.excerpt_id], codes.get(coding.code_id), sources[coding.source_id]
        records.append(
            (
                card.name,
                TOO_FEW if small is not None and small.group_is_small(card.group) else card.group,
                coding.start,
                coding.end,
                coding.level.value,
                code.path if code else "",
                "unsure" if coding.unsure else "",
                quote.words if quote else "",
                quote.attribution if quote else "",
                iso_day(coding.at) if coding.at else "",
                "" if quote else silence[coding.excerpt_id],
                coding.excerpt_id,
                coding.code_id,
            )
        )
        said = (quote,) if quote else (Paragraph((Run(silence[coding.excerpt_id], quiet=True),)),)
        place = paragraphs(f"{card.name}\n{coding.start}–{coding.end}")
        rows.append(Row(((_code(code, coding.unsure),), said, place)))
    table = Sheet("Excerpts", _COLUMNS, tuple(records), NO_EXCERPTS)
    return Document(
        title=f"Excerpts: {study_title(session)}",
        statement=f"Every excerpt as it stood on {day(options.at)}, a row for each code it bears; excerpts without a "
        "code are among them. Places count characters of the transcript.",
        at=options.at,
        head=tuple(study_head(session, ThemeLinks(session).lens) + quotations.notes()),
        blocks=(_block(rows),),
        table=table,
        sheets=(table,),
        participant_ids=quotations.participant_ids,
        withheld=quotations.withheld,
        consent_not_recorded=quotations.consent_not_recorded,
        landscape=True,
    )


def _block(rows: list[Row]) -> Block:
    if not rows:
        return Paragraph((Run(NO_EXCERPTS),))
    columns = (Column("Code", 4), Column("Excerpt", 9), Column("Transcript and place", 3))
    return Table("Excerpts", columns, tuple(rows), landscape=True)


def _code(code: CodeRow | None, unsure: bool) -> Paragraph:
    if code is None:
        return Paragraph((Run("not coded", quiet=True),))
    return Paragraph((Run(code.path, strong=True), *([Run(" (unsure)", quiet=True)] if unsure else [])))
