"""Withdrawing a participant: what was planned and decided is done as one change that nothing can take back.

Their turns give way to a placeholder, excerpts are cut, split or dropped, what else holds their words is changed as
the researcher decided, and the journal forgets all it held. A purge of file and backups is due afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import delete, insert, select, update

from app.analysis.rights.held import GAP, Held
from app.analysis.rights.mentions import Mention
from app.analysis.rights.withdrawal import TURN_GAP, Cut, Gone, How, Touched, Withdrawal, newest
from app.errors import NotPossible
from app.models import (
    Coding,
    Excerpt,
    MappingExcerpt,
    Participant,
    ParticipantAttribute,
    Source,
    SourceOriginal,
    Speaker,
    ThemeExcerpt,
    Turn,
    new_key,
)
from app.models.anchors import Anchor, Anchored, Fate, joined
from app.models.kinds import Consent, ParticipantStatus, TurnKind
from app.models.splice import Splice, moved_excerpt, spliced
from app.models.verbs import Verb
from app.operations.correcting import anchors_of, apply_splice, corrected_text, turns_after, turns_standing
from app.operations.names import get
from app.operations.rights.rewording import Decision, Deed, reword, take_out
from app.study import ChangeSession

SOMEBODY = "[a participant]"
"""What stands for a mention in somebody else's turn, unless the researcher says it otherwise."""

Decisions = Mapping[str, Decision]


@dataclass(frozen=True)
class Certificate:
    """What was done, in counts and without a word of anybody's."""

    turns: int = 0
    excerpts_dropped: int = 0
    excerpts_cut: int = 0
    places_changed: int = 0
    places_deleted: int = 0
    places_left: int = 0
    mentions_replaced: int = 0
    mentions_left: int = 0
    outputs: int = 0
    originals: int = 0

    def as_json(self) -> dict[str, int]:
        """The counts by name."""
        return asdict(self)


def withdraw(session: ChangeSession, plan: Withdrawal, decisions: Decisions | None = None) -> Certificate:
    """Carry out a plan. A place without a decision gets what the plan proposes; a mention gives way to `SOMEBODY`.

    Raises NotPossible if the study was changed since the plan was made.
    """
    decided = decisions or {}
    person = get(session, Participant, plan.participant_id, "participant")
    session.announce(Verb.WITHDRAW, f"Withdraw a participant ({_SAID[plan.how]})")
    person.consent_to_quote = person.consent_to_share = person.consent_to_archive = Consent.NO
    if plan.how == How.NO_QUOTING:
        session.flush()
        return Certificate(outputs=len(plan.outputs))
    if newest(session, session.seq) != plan.as_of:
        raise NotPossible("The study was changed in the meantime, so nobody was withdrawn. Look again.")
    session.purges = True
    name = _new_name(session)
    mentions = _mentions_done(plan, decided)
    done = {Deed.CHANGE: 0, Deed.DELETE: 0, Deed.LEAVE: 0}
    for held in plan.held:
        decision = decided.get(held.key, proposed_for(held))
        if decision.deed == Deed.CHANGE and decision.text is not None and not decision.text.strip():
            decision = Decision(Deed.DELETE)  # changed to nothing
        done[decision.deed] += 1
        if decision.deed == Deed.CHANGE:
            reword(session, held.place, held.proposed if decision.text is None else decision.text)
        elif decision.deed == Deed.DELETE:
            take_out(session, held.place, GAP)
    originals = _let_originals_go(session, {one.source_id for one in plan.turns} | set(mentions))
    for source_id in dict.fromkeys([*(one.source_id for one in plan.turns), *mentions]):
        _Source(session, source_id, plan, name).withdraw(mentions.get(source_id, []))
    _anonymise(session, person.id, name)
    cut = [one for one in plan.excerpts if one.cut != Cut.DROPPED]
    replaced = sum(map(len, mentions.values()))
    return Certificate(
        turns=len(plan.turns),
        excerpts_dropped=len(plan.excerpts) - len(cut),
        excerpts_cut=len(cut),
        places_changed=done[Deed.CHANGE],
        places_deleted=done[Deed.DELETE],
        places_left=done[Deed.LEAVE],
        mentions_replaced=replaced,
        mentions_left=len(plan.mentions) - replaced,
        outputs=len(plan.outputs),
        originals=originals,
    )


def proposed_for(found: Held | Mention) -> Decision:
    """What is done with a place or mention unless the researcher says otherwise."""
    if isinstance(found, Held):
        return Decision(Deed.LEAVE if found.doubtful else Deed.DELETE if found.is_whole else Deed.CHANGE)
    return Decision(Deed.CHANGE if found.likeness.is_sure else Deed.LEAVE)


_SAID = {How.NO_QUOTING: "no quoting", How.OWN_TURNS: "own turns", How.MENTIONS: "own turns and mentions"}


class _Source:
    """One transcript on its way to saying nothing of theirs."""

    def __init__(self, session: ChangeSession, source_id: str, plan: Withdrawal, name: str) -> None:
        self._session, self._id, self._name = session, source_id, name
        self._turns = [one for one in plan.turns if one.source_id == source_id]
        self._touched = {one.excerpt_id: one for one in plan.excerpts if one.source_id == source_id}

    def withdraw(self, mentions: list[tuple[int, str, str]]) -> None:
        """The text with its turns and excerpts."""
        session, source = self._session, get(self._session, Source, self._id, "transcript")
        text, standing = source.text, turns_standing(session, self._id)
        splice = spliced(sorted([*self._edits(text), *mentions]))
        if splice.edits:
            after = corrected_text(splice, text)
            pairs = turns_after(standing, splice)
            words = source.words + sum(
                len(after[new.start : new.end].split()) - len(text[old.start : old.end].split()) for old, new in pairs
            )
            fates = joined(self._fate(one, splice, after) for one in anchors_of(session, self._id))
            apply_splice(session, self._id, splice, after, words, pairs, fates)
            for one in self._touched.values():
                if one.cut == Cut.SPLIT:
                    self._split(one, splice, after)
        gone = [turn.turn_id for turn in self._turns]
        session.execute(update(Turn).where(Turn.id.in_(gone)).values(kind=TurnKind.WITHDRAWN))
        kept = [one.excerpt_id for one in self._touched.values() if one.cut != Cut.DROPPED]
        session.execute(update(ThemeExcerpt).where(ThemeExcerpt.excerpt_id.in_(kept)).values(edited_text=""))
        session.flush()

    def _edits(self, text: str) -> list[tuple[int, str, str]]:
        edits = []
        for one in self._turns:
            if one.start < one.end:
                edits.append((one.start, text[one.start : one.end], TURN_GAP))
            if one.label_start < one.label_end:
                edits.append(_label_edit(text, one, self._name))
        return edits

    def _fate(self, anchor: Anchor, splice: Splice, after: str) -> Anchored:
        touched = self._touched.get(anchor.id)
        if touched is None:
            start, end = moved_excerpt(splice, (anchor.start, anchor.end))
            if not splice.touches(anchor.start, anchor.end):
                return Anchored(anchor, Fate.MOVES, start, end)
            while start < end and after[start].isspace():
                start += 1
            while end > start and after[end - 1].isspace():
                end -= 1
            return Anchored(anchor, Fate.DELETED if start == end else Fate.CLIPPED, start, end)
        if touched.cut == Cut.DROPPED:
            return Anchored(anchor, Fate.DELETED, 0, 0)
        return Anchored(anchor, Fate.CLIPPED, *_there(splice, touched.pieces[0]))

    def _split(self, one: Touched, splice: Splice, after: str) -> None:
        """Each further piece is an excerpt of its own, with the codes and decisions of the first."""
        session = self._session
        first = session.get(Excerpt, one.excerpt_id)
        if first is None:  # it became one with another
            return
        for piece in one.pieces[1:]:
            start, end = _there(splice, piece)
            at = (Excerpt.source_id == self._id, Excerpt.start == start, Excerpt.end == end, Excerpt.level == one.level)
            key = session.scalar(select(Excerpt.id).where(*at))
            if key is None:
                key = new_key()
                values = {"id": key, "source_id": self._id, "start": start, "end": end, "quote": after[start:end]}
                more = {"level": one.level, "interaction": first.interaction, "created_at": first.created_at}
                session.execute(insert(Excerpt).values(**values, **more, person_id=first.person_id))
            for kind in (Coding, ThemeExcerpt, MappingExcerpt):
                _copy_hanging(session, kind, one.excerpt_id, key)


def _there(splice: Splice, piece: tuple[int, int]) -> tuple[int, int]:
    return splice.after(piece[0]), splice.before(piece[1])


def _copy_hanging(
    session: ChangeSession, kind: type[Coding | ThemeExcerpt | MappingExcerpt], one: str, other: str
) -> None:
    """Let what hangs on one excerpt hang on another too."""
    table = kind.__table__
    for row in session.execute(select(table).where(table.c.excerpt_id == one)).mappings().all():
        values = {**row, "id": new_key(), "excerpt_id": other}
        if "edited_text" in values:
            values |= {"edited_text": "", "quoted_order": None}
        beside = "code_id" if kind is Coding else "theme_id" if kind is ThemeExcerpt else "mapping_id"
        taken = select(table.c.id).where(table.c.excerpt_id == other, table.c[beside] == row[beside])
        if session.scalar(taken) is None:
            session.execute(insert(kind).values(**values))


def _label_edit(text: str, one: Gone, name: str) -> tuple[int, str, str]:
    """The label with another name in it; a label in which the name is not found is written anew."""
    label = text[one.label_start : one.label_end]
    at = label.casefold().find(one.label.casefold())
    if at >= 0 and label[at : at + len(one.label)].casefold() == one.label.casefold():
        return one.label_start + at, label[at : at + len(one.label)], name
    end = len(label.rstrip())
    return one.label_start, label[:end], f"{name}:"


def _mentions_done(plan: Withdrawal, decided: Decisions) -> dict[str, list[tuple[int, str, str]]]:
    """{transcript: edits} of the mentions that are dealt with."""
    edits: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    if plan.how == How.MENTIONS:
        for one in plan.mentions:
            decision = decided.get(one.key, proposed_for(one))
            if decision.deed != Deed.LEAVE:
                words = "" if decision.deed == Deed.DELETE else SOMEBODY if decision.text is None else decision.text
                edits[one.source_id].append((one.start, one.found, words))
    return edits


def _let_originals_go(session: ChangeSession, source_ids: set[str]) -> int:
    """The original files hold their words packed, so they go whole."""
    held = session.scalars(select(SourceOriginal.id).where(SourceOriginal.source_id.in_(source_ids))).all()
    session.execute(delete(SourceOriginal).where(SourceOriginal.id.in_(held)))
    return len(held)


def _new_name(session: ChangeSession) -> str:
    """“Withdrawn participant 3”: how many there were before, and nothing else."""
    taken = {*session.scalars(select(Participant.pseudonym)), *session.scalars(select(Speaker.label))}
    number = 1
    while f"Withdrawn participant {number}" in taken:
        number += 1
    return f"Withdrawn participant {number}"


def _anonymise(session: ChangeSession, participant_id: str, name: str) -> None:
    """Leave nothing of who it was but that there was somebody."""
    session.execute(delete(ParticipantAttribute).where(ParticipantAttribute.participant_id == participant_id))
    labels: dict[str, str] = {}
    for speaker in session.scalars(select(Speaker).where(Speaker.participant_id == participant_id)).all():
        first = labels.setdefault(speaker.source_id, speaker.id)
        if first == speaker.id:
            speaker.label = name
        else:  # two labels of one transcript were theirs, and bear one name now
            session.execute(update(Turn).where(Turn.speaker_id == speaker.id).values(speaker_id=first))
            session.delete(speaker)
        session.flush()
    person = session.get_one(Participant, participant_id)
    person.pseudonym, person.label, person.role, person.note = name, "", "", ""
    person.status = ParticipantStatus.WITHDRAWN
    session.flush()
