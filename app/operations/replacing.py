"""Replacing a transcript by a corrected file: its text, its turns and labels; excerpts stay where they were found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update

from app.backups.names import Reason
from app.errors import NotPossible
from app.importers.draft import TranscriptDraft, TurnDraft
from app.models import Code, Coding, Excerpt, Group, Memo, Source, SourceOriginal, Speaker, Turn, new_key
from app.models.anchors import Anchor, Anchored, Fate, joined
from app.models.kinds import TurnKind
from app.models.splice import Splice, moved_excerpt
from app.models.verbs import Verb
from app.operations.correcting import Corrected, Standing, apply_splice, corrected_text, turns_standing, words_of
from app.operations.importing import add_speakers, plan_for
from app.operations.memos import write_memo
from app.operations.names import get, same_name
from app.study import ChangeSession


@dataclass(frozen=True)
class Placed:
    """Where an excerpt shall be in the corrected text; `start` None lets it go."""

    anchor: Anchor
    start: int | None
    end: int = 0


def replace_transcript(
    session: ChangeSession,
    source_id: str,
    draft: TranscriptDraft,
    splice: Splice,
    placed: Sequence[Placed],
    *,
    keep_lost: bool = True,
) -> Corrected:
    """Put a corrected file in the place of a transcript, as one change.

    `splice` is the way from the text there is to the draft's, `placed` says of every excerpt where it shall be. With
    `keep_lost` the words, codes and memos of excerpts that go are kept as a memo on the transcript. Raises NotPossible
    if the transcript or its excerpts were changed since, or the file says the same.
    """
    source = get(session, Source, source_id, "transcript")
    before = source.text
    after = corrected_text(splice, before)
    if after != draft.text:
        raise NotPossible("The transcript was changed in the meantime, so it was not replaced.")
    if not after.strip():
        raise NotPossible("There are no words in this file, so nothing was replaced.")
    _check_all_placed(session, source_id, placed, after)
    session.copy_first(Reason.REPLACE)
    session.announce(Verb.REPLACE, f"Replace transcript ‘{source.name}’ by ‘{draft.file_name}’")
    fates = joined(_fate(one, splice, before, after) for one in placed)
    if keep_lost:
        _write_lost(session, source_id, [one.anchor for one in fates if one.fate == Fate.DELETED])
    turns = _Turns(session, source, draft, splice, before)
    turns.let_go()
    words = words_of(after, [Standing("", one.label_start, one.label_end, one.start, one.end) for one in draft.turns])
    apply_splice(session, source_id, splice, after, words, turns.kept, fates)
    turns.bring_in()
    source = get(session, Source, source_id, "transcript")
    source.words, source.file_name, source.file_hash = words, draft.file_name, draft.file_hash
    if draft.original:
        kept = update(SourceOriginal).where(SourceOriginal.source_id == source_id)
        session.execute(kept.values(content=draft.original))
    session.flush()
    return Corrected(len(splice.edits), dict(Counter(one.fate for one in fates)))


class _Turns:
    """The turns of the file in the place of those there are. A turn that begins where one began is that turn."""

    def __init__(
        self, session: ChangeSession, source: Source, draft: TranscriptDraft, splice: Splice, before: str
    ) -> None:
        self._session, self._source_id = session, source.id
        self._draft, self._before = draft, before
        self._speakers = _speakers(session, source, draft)
        standing = turns_standing(session, source.id)
        new = {turn.start: turn for turn in draft.turns}
        self._pairs: dict[str, TurnDraft] = {}
        for turn in standing:
            same = new.pop(splice.after(turn.start), None)
            if same is not None:
                self._pairs[turn.id] = same
        self._standing = {turn.id: turn for turn in standing}
        self._new = list(new.values())
        held = select(Turn.speaker_id).where(Turn.source_id == source.id, Turn.speaker_id.is_not(None))
        self._spoke = {str(speaker_id) for speaker_id in session.scalars(held)}
        self.kept = [
            (turn, Standing(turn.id, same.label_start, same.label_end, same.start, same.end))
            for turn in standing
            if (same := self._pairs.get(turn.id)) is not None
        ]

    def let_go(self) -> None:
        """Before the text changes: the turns that the file does not have."""
        for turn_id in self._standing.keys() - self._pairs.keys():
            self._session.execute(delete(Turn).where(Turn.id == turn_id))

    def bring_in(self) -> None:
        """After it: what is new of the turns that stay, and the turns that only the file has."""
        columns = Turn.__table__.c
        rows = {
            row.id: row
            for row in self._session.execute(
                select(columns.id, columns.speaker_id, columns.time_ms, columns.kind).where(
                    columns.source_id == self._source_id
                )
            )
        }
        for turn_id, turn in self._pairs.items():
            row, values = rows[turn_id], self._values(turn)
            if self._label_before(turn_id) == self._draft.text[turn.label_start : turn.label_end]:
                values["speaker_id"] = row.speaker_id  # what a researcher said of it since outlives the file
            values = {name: value for name, value in values.items() if getattr(row, name) != value}
            if values:
                self._session.execute(update(Turn).where(Turn.id == turn_id).values(**values))
        if self._new:
            self._session.execute(insert(Turn), [self._row(turn) for turn in self._new])
        turns = self._session.scalars(
            select(Turn)
            .where(Turn.source_id == self._source_id)
            .order_by(Turn.start)
            .execution_options(populate_existing=True)
        ).all()
        for number, one in enumerate(turns):
            if one.continues and (number == 0 or turns[number - 1].speaker_id != one.speaker_id):
                one.continues = False
        for speaker_id in self._spoke - {one.speaker_id for one in turns if one.speaker_id is not None}:
            self._session.execute(delete(Speaker).where(Speaker.id == speaker_id))

    def _label_before(self, turn_id: str) -> str:
        turn = self._standing[turn_id]
        return self._before[turn.label_start : turn.label_end]

    def _values(self, turn: TurnDraft) -> dict[str, Any]:
        speaker = self._speakers.get(turn.speaker) if turn.speaker is not None else None
        return {"speaker_id": speaker, "time_ms": turn.time_ms, "kind": TurnKind(turn.kind.value)}

    def _row(self, turn: TurnDraft) -> dict[str, Any]:
        offsets = {"label_start": turn.label_start, "label_end": turn.label_end, "start": turn.start, "end": turn.end}
        same = {"id": new_key(), "source_id": self._source_id, "continues": turn.continues}
        return {**same, **offsets, **self._values(turn)}


def _speakers(session: ChangeSession, source: Source, draft: TranscriptDraft) -> Mapping[str, str]:
    """{label of the file: speaker}; a label that is not there yet is matched to people as at import."""
    held = session.scalars(select(Speaker).where(Speaker.source_id == source.id)).all()
    found = {}
    for label in draft.speakers:
        known = next((one.id for one in held if same_name(one.label, label)), None)
        if known is not None:
            found[label] = known
    group = session.get(Group, source.group_id) if source.group_id else None
    plan = plan_for(session, draft, group=group.label if group else "")
    missing = [choice for choice in plan.speakers if choice.label not in found]
    return found | (add_speakers(session, source.id, source.group_id, missing, {}) if missing else {})


def _fate(one: Placed, splice: Splice, before: str, after: str) -> Anchored:
    anchor = one.anchor
    if one.start is None:
        return Anchored(anchor, Fate.DELETED, 0, 0)
    where = (one.start, one.end)
    same = where == moved_excerpt(splice, (anchor.start, anchor.end)) and not splice.touches(anchor.start, anchor.end)
    if same and before[anchor.start : anchor.end] == after[slice(*where)]:
        return Anchored(anchor, Fate.MOVES, *where)
    return Anchored(anchor, Fate.EDITED, *where)


def _check_all_placed(session: ChangeSession, source_id: str, placed: Sequence[Placed], after: str) -> None:
    columns = Excerpt.__table__.c
    rows = session.execute(select(columns.id, columns.start, columns.end).where(columns.source_id == source_id)).all()
    if {tuple(row) for row in rows} != {one.anchor[:3] for one in placed} or len(rows) != len(placed):
        raise NotPossible("Excerpts of the transcript were changed in the meantime, so it was not replaced.")
    for one in placed:
        if one.start is not None and not (
            0 <= one.start < one.end <= len(after) and after[one.start : one.end].strip()
        ):
            raise NotPossible("An excerpt cannot be where there are no words; nothing was replaced.")


def _write_lost(session: ChangeSession, source_id: str, lost: Sequence[Anchor]) -> None:
    """Keep what excerpts said, and what was written on them, as a memo on their transcript."""
    if not lost:
        return
    told = [_told(session, anchor.id) for anchor in lost]
    kind = "lost excerpts"
    held = session.scalar(select(Memo.text).where(Memo.source_id == source_id, Memo.kind == kind))
    write_memo(session, "source", source_id, "\n\n".join([*([held] if held else []), *told]), kind)


def _told(session: ChangeSession, excerpt_id: str) -> str:
    quote = session.scalar(select(Excerpt.quote).where(Excerpt.id == excerpt_id)) or ""
    names = session.scalars(
        select(Code.name).join(Coding, Coding.code_id == Code.id).where(Coding.excerpt_id == excerpt_id)
    ).all()
    codings = select(Coding.id).where(Coding.excerpt_id == excerpt_id)
    memos = session.scalars(
        select(Memo.text).where((Memo.excerpt_id == excerpt_id) | Memo.coding_id.in_(codings))
    ).all()
    return "\n".join([f"“{' '.join(quote.split())}”", *([f"[{', '.join(sorted(names))}]"] if names else []), *memos])
