"""Every coding as a record for other programs: where it stands, what is said there, by whom, under which code."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.behind_themes import people_of
from app.analysis.board import people_in, turns_of_people
from app.analysis.codes import code_rows
from app.analysis.small_groups import TOO_FEW, SmallGroups
from app.analysis.transcripts import source_cards
from app.exporters.document import Document, Paragraph, Run, Sheet, SheetColumn, Value
from app.exporters.options import ExportOptions, day
from app.exporters.quotations import Quotations, Span
from app.exporters.refi_parts import moment
from app.exporters.study_head import study_head, study_title
from app.exporters.theme_links import ThemeLinks
from app.models import Coding, Excerpt, Memo, Participant, ParticipantAttribute, Person, Source
from app.models.kinds import Use

AROUND = 200
"""Characters before and after a coding."""
NO_CODINGS = "There are no codings in this study yet."


def build(session: Session, options: ExportOptions) -> Document:
    """A row for each coding, in the order of transcripts and text; offsets are code points, end exclusive."""
    quotations = Quotations(session, options, Use.SHARE, placed=True)
    codes = {code.id: code for code in code_rows(session)}
    sources = {card.id: card for card in source_cards(session)}
    people = dict(session.execute(select(Person.id, Person.name)).all()) if options.names else {}
    memos: dict[str, list[str]] = {}
    for excerpt_id, coding_id, text in session.execute(
        select(Memo.excerpt_id, Memo.coding_id, Memo.text).order_by(Memo.created_at, Memo.id)
    ):
        memos.setdefault(coding_id or excerpt_id or "", []).append(text)
    small = None if options.small_groups else SmallGroups(session)
    names, attributes = _attributes(session, small) if options.attributes else ((), {})
    turns, known = turns_of_people(session), people_of(session)
    roles = dict(session.execute(select(Participant.id, Participant.role)).all())
    if small is not None:
        roles = {key: small.told(key, placed=True)[0] for key in roles}
    rows: list[tuple[Value, ...]] = []
    statement = (
        select(Coding, Excerpt)
        .join(Excerpt, Excerpt.id == Coding.excerpt_id)
        .join(Source, Source.id == Excerpt.source_id)
        .order_by(Source.position, Source.name, Excerpt.start, Excerpt.end, Coding.created_at, Coding.id)
    )
    for coding, excerpt in session.execute(statement):
        card, code = sources[excerpt.source_id], codes[coding.code_id]
        quote = quotations.chosen(Span(excerpt.id, excerpt.source_id, excerpt.start, excerpt.end))
        before = quotations.beside(_span(excerpt, max(0, excerpt.start - AROUND), excerpt.start)) if quote else None
        after = quotations.beside(_span(excerpt, excerpt.end, excerpt.end + AROUND)) if quote else None
        who = list(dict.fromkeys(people_in(turns.get(excerpt.source_id, ()), excerpt.start, excerpt.end)))[::-1]
        who = [key for key in who if key in known and quote is not None and options.attributes]
        rows.append(
            (
                coding.id, excerpt.id, code.id, excerpt.source_id, card.name,
                TOO_FEW if small is not None and small.group_is_small(card.group) else card.group,
                excerpt.start, excerpt.end,
                excerpt.level.value, code.path, "yes" if coding.unsure else "no", quote.words if quote else "",
                before.words if before else "", after.words if after else "",
                "; ".join(known[key].name for key in who), "; ".join(filter(None, (roles.get(key, "") for key in who))),
                quote.attribution if quote else "", people.get(coding.person_id or "", ""),
                moment(coding.created_at) if options.times else "",
                "\n".join([*memos.get(coding.id, ()), *memos.get(excerpt.id, ())]),
                *("; ".join(filter(None, (attributes.get((key, name), "") for key in who))) for name in names),
            )
        )  # fmt: skip
    table = Sheet("Codings", _columns(names), tuple(rows), NO_CODINGS)
    return Document(
        title=f"Codings: {study_title(session)}",
        statement=f"Every coding as it stood on {day(options.at)}. Places count characters (Unicode code points) of "
        "the transcript, the end exclusive.",
        at=options.at,
        head=tuple(study_head(session, ThemeLinks(session).lens) + quotations.notes()),
        blocks=(Paragraph((Run(NO_CODINGS),)),) if not rows else (),
        table=table,
        sheets=(table,),
        participant_ids=quotations.participant_ids,
        withheld=quotations.withheld,
        consent_not_recorded=quotations.consent_not_recorded,
    )


def _span(excerpt: Excerpt, start: int, end: int) -> Span:
    return Span(excerpt.id, excerpt.source_id, start, end)


def _attributes(session: Session, small: SmallGroups | None) -> tuple[tuple[str, ...], dict[tuple[str, str], str]]:
    """(names in order, {(participant, name): value}), without the values that too few people share."""
    rows = session.execute(
        select(ParticipantAttribute.participant_id, ParticipantAttribute.name, ParticipantAttribute.value).order_by(
            ParticipantAttribute.name
        )
    ).all()
    return tuple(dict.fromkeys(name for _, name, _ in rows)), {
        (key, name): value if small is None or small.may_tell(name, value) else TOO_FEW for key, name, value in rows
    }


def _columns(names: tuple[str, ...]) -> tuple[SheetColumn, ...]:
    fixed = (
        ("coding_id", "Coding id", 38), ("excerpt_id", "Excerpt id", 38), ("code_id", "Code id", 38),
        ("source_id", "Transcript id", 38), ("transcript", "Transcript", 20), ("group", "Group", 12),
        ("start", "Start", 9), ("end", "End", 9), ("level", "Level", 12), ("code", "Code", 34),
        ("unsure", "Unsure", 8), ("quote", "Quote", 80), ("before", "Before", 40), ("after", "After", 40),
        ("speakers", "Speakers", 20), ("roles", "Roles", 16), ("attribution", "Said by", 24),
        ("coded_by", "Coded by", 20), ("coded_at", "Coded at", 22), ("memo", "Memo", 40),
    )  # fmt: skip
    return tuple(SheetColumn(*one) for one in fixed) + tuple(
        SheetColumn(f"attribute_{name}", name, 16) for name in names
    )
