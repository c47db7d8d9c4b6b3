"""All transcripts with their codings: in Word as real comments from first word to last, or as a web page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from jinja2 import Environment, StrictUndefined
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.codes import CodeRow, code_rows
from app.analysis.overview import study_title
from app.analysis.small_groups import SmallGroups
from app.analysis.transcripts import TurnRow, source_cards, turns_of
from app.exporters.options import ExportOptions, day
from app.exporters.packed import Packed, hidden_people, said_of_whole_texts, without_words_of
from app.models import Coding, Excerpt, Memo, Participant, Person, Source
from app.resources import resource


@dataclass(frozen=True)
class Mark:
    """A coding with all that its comment says."""

    start: int
    end: int
    code: CodeRow
    unsure: bool
    by: str
    at: datetime | None
    memo: str


@dataclass
class Piece:
    """Words between two places at which a coding begins or ends; `label` for the name of who speaks."""

    words: str
    label: bool = False
    quiet: bool = False
    begins: list[Mark] = field(default_factory=list)
    ends: list[Mark] = field(default_factory=list)
    inside: list[Mark] = field(default_factory=list)


@dataclass(frozen=True)
class Script:
    """A transcript in lines of pieces."""

    name: str
    group: str
    lines: tuple[tuple[Piece, ...], ...]
    marks: tuple[Mark, ...]


def pack(session: Session, options: ExportOptions, ending: str) -> Packed:
    """The file in bytes: "docx" or "html"."""
    hidden = hidden_people(session, refused=options.refused, archive=options.archive)
    scripts = list(_scripts(session, options, hidden))
    title, at = study_title(session) or "Study", day(options.at)
    used = {mark.code.id for one in scripts for mark in one.marks}
    codes = [code for code in code_rows(session) if code.id in used]
    if ending == "docx":
        from app.exporters.coded_docx import write

        content = write(scripts, title, options.at)
    else:
        content = _html(scripts, codes, title, at)
    people = frozenset(session.scalars(select(Participant.id))) - hidden
    return Packed(content, people, tuple(said_of_whole_texts(hidden)))


def _scripts(session: Session, options: ExportOptions, hidden: frozenset[str]) -> Iterator[Script]:
    codes = {code.id: code for code in code_rows(session)}
    people = dict(session.execute(select(Person.id, Person.name)).all()) if options.names else {}
    memos: dict[str, list[str]] = {}
    for coding_id, excerpt_id, text in session.execute(
        select(Memo.coding_id, Memo.excerpt_id, Memo.text).order_by(Memo.created_at, Memo.id)
    ):
        memos.setdefault(coding_id or excerpt_id or "", []).append(text)
    marks: dict[str, list[Mark]] = {}
    for coding, excerpt in session.execute(
        select(Coding, Excerpt)
        .join(Excerpt, Excerpt.id == Coding.excerpt_id)
        .order_by(Excerpt.start, Excerpt.end.desc(), Coding.created_at, Coding.id)
    ):
        memo = "\n".join([*memos.get(coding.id, ()), *memos.get(excerpt.id, ())])
        at = coding.created_at if options.times else None
        mark = Mark(excerpt.start, excerpt.end, codes[coding.code_id], coding.unsure,
                    people.get(coding.person_id or "", ""), at, memo)  # fmt: skip
        marks.setdefault(excerpt.source_id, []).append(mark)
    small = None if options.small_groups else SmallGroups(session)
    for card in source_cards(session):
        turns = turns_of(session, card.id)
        text = session.scalar(select(Source.text).where(Source.id == card.id)) or ""
        text = without_words_of(text, turns, hidden)
        held = marks.get(card.id, [])
        group = "" if small is not None and small.group_is_small(card.group) else card.group
        yield Script(card.name, group, tuple(_lines(text, turns, held)), tuple(held))


def _lines(text: str, turns: tuple[TurnRow, ...], marks: list[Mark]) -> Iterator[tuple[Piece, ...]]:
    """The text line by line, cut wherever a label or a coding begins or ends."""
    labels = [(turn.label_start, turn.label_end) for turn in turns if turn.label_end > turn.label_start]
    aside = [(turn.start, turn.end) for turn in turns if turn.by_moderator]
    cuts = sorted({place for mark in marks for place in (mark.start, mark.end)}
                  | {place for span in labels + aside for place in span})  # fmt: skip
    label_at = dict(labels)
    quiet_at = dict(aside)
    at, cut, label_until, quiet_until, waiting = 0, 0, -1, -1, 0
    open_now: list[Mark] = []
    for line in text.split("\n"):
        end = at + len(line)
        pieces: list[Piece] = []
        while True:
            while cut < len(cuts) and cuts[cut] <= at:
                cut += 1
            stop = min(end, cuts[cut]) if cut < len(cuts) else end
            label_until = label_at.get(at, label_until)
            quiet_until = quiet_at.get(at, quiet_until)
            begins = []
            while waiting < len(marks) and marks[waiting].start <= at:
                begins.append(marks[waiting])
                waiting += 1
            open_now = [mark for mark in open_now if mark.end > at] + [mark for mark in begins if mark.end > at]
            reach = stop if stop < end else end + 1  # what ends with the line break ends with its line
            ends = [mark for mark in open_now if mark.end <= reach]
            pieces.append(Piece(text[at:stop], at < label_until, at < quiet_until, begins, ends, list(open_now)))
            at = stop
            if at >= end:
                break
        yield tuple(pieces)
        at = end + 1


def _html(scripts: list[Script], codes: list[CodeRow], title: str, at: str) -> bytes:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(resource("templates", "coded.html").read_text(encoding="utf-8"))
    return template.render(scripts=scripts, codes=codes, title=title, at=at).encode("utf-8", "replace")
