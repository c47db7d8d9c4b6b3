"""Everything a study holds about one person, for somebody who asks what is kept of them.

Only what they said themselves is in it: where an excerpt holds words of others, these are dots.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import ExportRefused
from app.exporters.document import Block, Document, Fields, Heading, Paragraph, Run, Sheet, SheetColumn, paragraphs
from app.exporters.options import ExportOptions, day
from app.exporters.study_head import study_title
from app.models import (
    Code,
    Coding,
    Excerpt,
    Export,
    ExportVoice,
    Group,
    JournalEntry,
    JournalLink,
    Memo,
    Participant,
    ParticipantAttribute,
    Source,
    Speaker,
    Theme,
    ThemeExcerpt,
    Turn,
)
from app.models.kinds import Belongs

Row = tuple[str, str, str, str]
"""(part, where or what, text, more)."""
Scripts = dict[str, tuple[str, str]]
"""{transcript: (name, text)}."""

COLUMNS = (
    SheetColumn("part", "Part", 18), SheetColumn("what", "What", 30), SheetColumn("text", "Text", 80),
    SheetColumn("more", "More", 40),
)  # fmt: skip

_PARTS = ("About the person", "Attributes", "What they said", "Excerpts with their words", "Themes that quote them",
          "Written about them", "Left the study with their words")  # fmt: skip


def build(session: Session, options: ExportOptions) -> Document:
    """The document on `options.participant`. Raises ExportRefused if nobody is there."""
    person = session.get(Participant, options.participant) if options.participant else None
    if person is None:
        raise ExportRefused("Say whose data are wanted: this export is about one participant.")
    own: dict[str, list[tuple[int, int]]] = {}
    for source_id, start, end in session.execute(
        select(Turn.source_id, Turn.start, Turn.end)
        .join(Speaker, Speaker.id == Turn.speaker_id)
        .join(Source, Source.id == Turn.source_id)
        .where(Speaker.participant_id == person.id)
        .order_by(Source.position, Source.name, Turn.start)
    ):
        own.setdefault(source_id, []).append((start, end))
    scripts: Scripts = {
        key: (name, text)
        for key, name, text in session.execute(select(Source.id, Source.name, Source.text).where(Source.id.in_(own)))
    }
    said: list[Row] = [
        (_PARTS[2], scripts[source_id][0], scripts[source_id][1][start:end], "")
        for source_id, spans in own.items()
        for start, end in spans
    ]
    rows: list[Row] = [
        *_about(session, person),
        *_attributes(session, person.id),
        *said,
        *_excerpts(session, own, scripts),
        *_written(session, person, options.journal.entry_ids or frozenset()),
        *_left(session, person.id),
    ]
    table = Sheet("Everything about one person", COLUMNS, tuple(rows), "Nothing is held about this person.")
    return Document(
        title=f"What is held about {person.pseudonym}",
        statement=f"Everything that the study “{study_title(session)}” held about one participant on"
        f" {day(options.at)}. Words of others are left out, marked by dots; what the researcher keeps as private in the"
        " journal is not in it either.",
        at=options.at,
        head=(),
        blocks=tuple(_blocks(rows)),
        table=table,
        sheets=(table,),
        participant_ids=frozenset({person.id}),
    )


def _about(session: Session, person: Participant) -> Iterator[Row]:
    group = session.get(Group, person.group_id) if person.group_id else None
    for what, text in (
        ("Pseudonym", person.pseudonym), ("Label", person.label), ("Role", person.role),
        ("Group", group.label if group is not None else ""), ("Status", person.status.value),
        ("Consent to be quoted", person.consent_to_quote.value),
        ("Consent to share", person.consent_to_share.value),
        ("Consent to archive", person.consent_to_archive.value), ("Field note", person.note),
    ):  # fmt: skip
        if text:
            yield _PARTS[0], what, text, ""


def _attributes(session: Session, participant_id: str) -> Iterator[Row]:
    found = select(ParticipantAttribute.name, ParticipantAttribute.value).order_by(ParticipantAttribute.name)
    for name, value in session.execute(found.where(ParticipantAttribute.participant_id == participant_id)):
        yield _PARTS[1], name, value, ""


def _excerpts(session: Session, own: dict[str, list[tuple[int, int]]], scripts: Scripts) -> Iterator[Row]:
    """Excerpts that touch words of theirs, with codes and memos, then the themes in which these are quoted."""
    codes, memos, themes = _hanging(session, own)
    quoted: list[Row] = []
    for excerpt_id, source_id, start, end in session.execute(
        select(Excerpt.id, Excerpt.source_id, Excerpt.start, Excerpt.end)
        .join(Source, Source.id == Excerpt.source_id)
        .where(Excerpt.source_id.in_(own))
        .order_by(Source.position, Source.name, Excerpt.start, Excerpt.end)
    ).all():
        pieces = [(max(start, one), min(end, other)) for one, other in own[source_id] if one < end and other > start]
        if not pieces:
            continue
        name, text = scripts[source_id]
        words = " … ".join(text[one:other] for one, other in pieces)
        words = ("… " if pieces[0][0] > start else "") + words + (" …" if pieces[-1][1] < end else "")
        yield _PARTS[3], name, words, "; ".join(codes.get(excerpt_id, ()))
        for memo in memos.get(excerpt_id, ()):
            yield _PARTS[3], "Memo on it", memo, ""
        quoted += [(_PARTS[4], theme, words, how) for theme, how in themes.get(excerpt_id, ())]
    yield from quoted


def _hanging(
    session: Session, sources: Collection[str]
) -> tuple[dict[str, list[str]], dict[str, list[str]], dict[str, list[tuple[str, str]]]]:
    """{excerpt: codes}, {excerpt: memos on it and on its codings}, {excerpt: (theme, how it stands there)}."""
    here = Excerpt.source_id.in_(sources)
    codes: dict[str, list[str]] = {}
    coded = select(Coding.excerpt_id, Code.name).join(Code, Code.id == Coding.code_id)
    for key, name in session.execute(
        coded.join(Excerpt, Excerpt.id == Coding.excerpt_id).where(here).order_by(Code.name)
    ):
        codes.setdefault(key, []).append(name)
    memos: dict[str, list[str]] = {}
    on = func.coalesce(Memo.excerpt_id, Coding.excerpt_id)
    written = select(on, Memo.text).outerjoin(Coding, Coding.id == Memo.coding_id).join(Excerpt, Excerpt.id == on)
    for key, text in session.execute(written.where(here).order_by(Memo.created_at, Memo.id)):
        memos.setdefault(key, []).append(text)
    themes: dict[str, list[tuple[str, str]]] = {}
    decided = select(ThemeExcerpt.excerpt_id, Theme.name, ThemeExcerpt.quoted_order, ThemeExcerpt.belongs).join(
        Theme, Theme.id == ThemeExcerpt.theme_id
    )
    for key, theme, order, belongs in session.execute(
        decided.join(Excerpt, Excerpt.id == ThemeExcerpt.excerpt_id).where(here).order_by(Theme.name)
    ):
        if order is not None or belongs == Belongs.IN:
            themes.setdefault(key, []).append((theme, "quoted" if order is not None else "belongs"))
    return codes, memos, themes


def _written(session: Session, person: Participant, chosen: frozenset[str]) -> Iterator[Row]:
    """Memos and entries of the journal on them; private entries only where they were chosen by themselves."""
    for kind, text in session.execute(select(Memo.kind, Memo.text).where(Memo.participant_id == person.id)):
        yield _PARTS[5], f"Memo{f' ({kind})' if kind else ''}", text, ""
    linked = select(JournalLink.entry_id).where(JournalLink.participant_id == person.id)
    entries = select(JournalEntry.at, JournalEntry.text).where(
        JournalEntry.id.in_(linked), ~JournalEntry.private | JournalEntry.id.in_(chosen)
    )
    for at, text in session.execute(entries.order_by(JournalEntry.at)):
        yield _PARTS[5], "Journal", text, day(at)


def _left(session: Session, participant_id: str) -> Iterator[Row]:
    left = select(Export).join(ExportVoice, ExportVoice.export_id == Export.id).order_by(Export.at)
    for one in session.scalars(left.where(ExportVoice.participant_id == participant_id)):
        yield _PARTS[6], day(one.at), f"{one.kind}: {one.file_name}", f"to {one.to_whom}" if one.to_whom else ""


def _blocks(rows: list[Row]) -> Iterator[Block]:
    for part in _PARTS:
        mine = [row for row in rows if row[0] == part]
        yield Heading(part)
        if not mine:
            yield Paragraph((Run("Nothing.", quiet=True),))
        elif part in _PARTS[:2]:
            empty = (Paragraph((Run("Nothing.", quiet=True),)),)
            yield Fields(tuple((what, paragraphs(text) or empty) for _, what, text, _ in mine))
        else:
            for _, what, text, more in mine:
                yield Paragraph((Run(what, strong=True), Run(f"  {more}" if more else "", quiet=True)))
                yield from paragraphs(text)
