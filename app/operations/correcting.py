"""Correcting the words of a transcript: one splice under which turns, excerpts and what hangs on them move along."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, cast

from sqlalchemy import delete, select, update

from app.errors import NotPossible
from app.importers.plain_text import Normaliser
from app.models import Excerpt, Memo, Source, Turn, load_all
from app.models.anchors import Anchor, Anchored, Fate, anchored
from app.models.correctable import correctable
from app.models.splice import Edit, Splice, SpliceBroken, moved_excerpt, moved_turn, spliced
from app.models.splicing import FAR, TURN_OFFSETS, splice_source
from app.models.verbs import Verb
from app.operations.names import get
from app.study import ChangeSession


class Standing(NamedTuple):
    """Where a turn stands."""

    id: str
    label_start: int
    label_end: int
    start: int
    end: int


@dataclass(frozen=True)
class Corrected:
    """What a correction came to: places in the text, and excerpts by fate."""

    places: int
    fates: dict[Fate, int]


def correct_transcript(session: ChangeSession, source_id: str, splice: Splice) -> Corrected:
    """Correct the words of a transcript in one or more places; turns, excerpts, codings and memos go along.

    Excerpts all of whose words go are deleted; `app.analysis.correcting` tells beforehand. Raises NotPossible if an
    edit touches a speaker label, holds what no study can keep, or was made for another state of the text.
    """
    source = get(session, Source, source_id, "transcript")
    text, splice = source.text, fit(splice)
    if not splice.edits:
        return Corrected(0, {})
    turns = turns_standing(session, source_id)
    open_stretches = correctable(text, [turn[1:] for turn in turns])
    for at, removed, _ in splice.edits:
        if open_stretches.stretch_at(at, at + len(removed)) is None:
            raise NotPossible("Speaker labels and times are not changed as text. Use “This turn is by …” instead.")
    after = corrected_text(splice, text)
    if not after.strip():
        raise NotPossible("Nothing would be left of the transcript. Delete it instead, if that is what you mean.")
    places = len(splice.edits)
    session.announce(
        Verb.CORRECT, f"Correct transcript ‘{source.name}’ ({places} {'place' if places == 1 else 'places'})"
    )
    fates = anchored(anchors_of(session, source_id, len(text[: splice.edits[0].at].rstrip()) - 1), splice, after)
    changed = turns_after(turns, splice)
    words = (
        words_of(after, ())
        if not turns
        else source.words
        + sum(len(after[new.start : new.end].split()) - len(text[old.start : old.end].split()) for old, new in changed)
    )
    apply_splice(session, source_id, splice, after, words, changed, fates)
    return Corrected(places, dict(Counter(one.fate for one in fates)))


def fit(splice: Splice) -> Splice:
    """The splice with words as a study keeps them. Raises NotPossible for what it cannot keep."""
    edits = []
    for at, removed, inserted in splice.edits:
        if "\0" in inserted:
            raise NotPossible("The text holds a NUL character, which no study can keep. Nothing was changed.")
        if any("\ud800" <= character <= "\udfff" for character in inserted):
            raise NotPossible("The text holds half a character, which no study can keep. Nothing was changed.")
        edits.append(Edit(at, removed, Normaliser().clean(inserted)))
    return spliced(edits)


def corrected_text(splice: Splice, text: str) -> str:
    """The text after the splice. Raises NotPossible if it was made for another text."""
    try:
        return splice.applied(text)
    except SpliceBroken:
        raise NotPossible("The transcript was changed in the meantime, so nothing was corrected.") from None


def anchors_of(session: ChangeSession, source_id: str, behind: int = -1) -> list[Anchor]:
    """Where the excerpts of a source stand that end behind an offset, in order."""
    columns = Excerpt.__table__.c
    rows = session.execute(
        select(columns.id, columns.start, columns.end, columns.level)
        .where(columns.source_id == source_id, columns.end > behind)
        .order_by(columns.start, columns.end)
    ).all()
    return [Anchor(*row) for row in rows]


def turns_standing(session: ChangeSession, source_id: str) -> list[Standing]:
    """Where the turns of a source stand, in order."""
    columns = Turn.__table__.c
    rows = session.execute(
        select(columns.id, *(columns[name] for name in TURN_OFFSETS))
        .where(columns.source_id == source_id)
        .order_by(columns.start)
    ).all()
    return [Standing(*row) for row in rows]


def turns_after(turns: Sequence[Standing], splice: Splice) -> list[tuple[Standing, Standing]]:
    """(turn before, turn after) of those that an edit lies in or at: words written at either end of a turn are its own.

    All others go where the splice takes them.
    """
    pairs, last = [], -1
    for turn in turns:
        if not splice.touches(turn.label_start - 1, turn.end + 1):
            last = turn.end
            continue
        start = splice.after(turn.start) if turn.start == last else splice.before(turn.start)
        labelled = turn.label_start < turn.label_end
        label = (splice.after(turn.label_start), splice.before(turn.label_end)) if labelled else (start, start)
        pairs.append((turn, Standing(turn.id, *label, start, splice.after(turn.end))))
        last = turn.end
    return pairs


def apply_splice(
    session: ChangeSession,
    source_id: str,
    splice: Splice,
    after: str,
    words: int,
    turns: Sequence[tuple[Standing, Standing]],
    fates: Sequence[Anchored],
) -> None:
    """Do a splice so that the turns and excerpts named stand where these say; the text has so many words then.

    What the splice alone would not bring there and back is put right by hand before and after it, as rows of their own
    in the journal.
    """
    session.flush()
    _join_and_delete(session, fates)
    before = session.scalar(select(Source.text).where(Source.id == source_id)) or ""
    waiting: list[tuple[int, int, str]] = []
    home: list[tuple[int, int, str, str]] = []
    late: list[tuple[int, int, str, str]] = []
    for one in fates:
        if one.fate not in {Fate.EDITED, Fate.CLIPPED}:
            continue
        key, (start, end) = one.anchor.id, one.ends
        moved = moved_excerpt(splice, one.ends)
        back = moved_excerpt(splice.inverse, moved)
        if moved != (one.start, one.end):  # it waits beyond the text, out of everybody's way
            waiting.append((start + 2 * FAR, end + 2 * FAR, key))
            late.append((one.start, one.end, after[one.start : one.end], key))
        elif back != one.ends:
            home.append((*back, before[slice(*back)], key))
    bare = connection_of(session)
    bare.executemany('UPDATE excerpt SET start = ?, "end" = ? WHERE id = ?', waiting)
    bare.executemany(_PUT, home)
    late_turns: list[tuple[str, tuple[int, ...]]] = []
    for turn, target in turns:
        there = moved_turn(splice, turn[1:])
        returned = moved_turn(splice.inverse, there)
        if returned != turn[1:]:
            values = dict(zip(TURN_OFFSETS, returned, strict=True))
            session.execute(update(Turn).where(Turn.id == turn.id).values(**values))
        if there != target[1:]:
            late_turns.append((turn.id, target[1:]))
    if splice.edits:
        splice_source(bare, session.seq, source_id, splice, words)
    for turn_id, offsets in late_turns:
        values = dict(zip(TURN_OFFSETS, offsets, strict=True))
        session.execute(update(Turn).where(Turn.id == turn_id).values(**values))
    bare.executemany(_PUT, late)
    session.expire_all()


def words_of(text: str, turns: Iterable[Standing]) -> int:
    """White-space runs of what is said, without labels; all of them where there is no turn."""
    counts = [len(text[turn.start : turn.end].split()) for turn in turns]
    return sum(counts) if counts else len(text.split())


def connection_of(session: ChangeSession) -> sqlite3.Connection:
    """The bare connection of a change."""
    found = session.connection().connection.driver_connection
    return cast("sqlite3.Connection", found)


_PUT = 'UPDATE excerpt SET start = ?, "end" = ?, quote = ? WHERE id = ?'


def _join_and_delete(session: ChangeSession, fates: Sequence[Anchored]) -> None:
    gone = [one.anchor.id for one in fates if one.fate == Fate.DELETED]
    for one in fates:
        if one.fate == Fate.JOINED:
            join_excerpt(session, one.anchor.id, one.into)
            gone.append(one.anchor.id)
    for excerpt_id in gone:
        session.execute(delete(Excerpt).where(Excerpt.id == excerpt_id))


def join_excerpt(session: ChangeSession, excerpt_id: str, into_id: str) -> None:
    """Let everything that hangs on one excerpt hang on another; of what both have, the other's stays. It stays empty.

    Memos of one kind become one, in the order in which they were written.
    """
    kinds = {row.kind: row for row in session.execute(select(Memo.id, Memo.kind, Memo.text).where(
        Memo.excerpt_id == into_id))}  # fmt: skip
    for row in session.execute(select(Memo.id, Memo.kind, Memo.text).where(Memo.excerpt_id == excerpt_id)).all():
        if row.kind in kinds:
            text = f"{kinds[row.kind].text}\n\n{row.text}".strip()
            session.execute(update(Memo).where(Memo.id == kinds[row.kind].id).values(text=text))
            session.execute(delete(Memo).where(Memo.id == row.id))
    from app.operations.journal import links_go_over  # else an entry that speaks of both would speak of one twice

    links_go_over(session, "excerpt", excerpt_id, into_id)
    bare = connection_of(session)
    for table in load_all().sorted_tables:
        for column in table.columns:
            if any(key.column.table.name == "excerpt" for key in column.foreign_keys):
                bare.execute(
                    f'UPDATE OR IGNORE main."{table.name}" SET "{column.name}" = ? WHERE "{column.name}" = ?',
                    (into_id, excerpt_id),
                )
