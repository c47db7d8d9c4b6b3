"""Pseudonymising: confirmed places of a name get a pseudonym, in brackets where it stands in what was said.

One change, undoable like any other (labels and reasons of the audit trail keep the new words) until it is made
permanent. Which pseudonym stands for whom is kept nowhere in the study.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.analysis.rights.mentions import Mention
from app.analysis.rights.places import Place
from app.errors import NotPossible
from app.models import Source
from app.models.anchors import anchored
from app.models.splice import Splice, spliced
from app.models.verbs import Verb
from app.operations.correcting import (
    anchors_of,
    apply_splice,
    corrected_text,
    fit,
    turns_after,
    turns_standing,
    words_of,
)
from app.operations.names import get
from app.operations.rights.rewording import replaced, reword, says
from app.study import ChangeSession

CHANGED = "The study was changed in the meantime, so nothing was replaced. Look again."


@dataclass(frozen=True)
class Confirmed:
    """One place that the researcher confirmed, and what stands there instead (without brackets)."""

    mention: Mention
    pseudonym: str

    @property
    def words(self) -> str:
        """As it is written there: in what was said it is marked."""
        in_speech = self.mention.place is None and not self.mention.in_label
        marked = self.pseudonym.startswith("[") and self.pseudonym.endswith("]")
        return f"[{self.pseudonym}]" if in_speech and not marked else self.pseudonym


def pseudonymise(session: ChangeSession, confirmed: Sequence[Confirmed]) -> int:
    """Put pseudonyms where names stand; excerpts move along. Returns in how many places.

    Raises NotPossible if the study was changed since they were found, or a pseudonym is empty.
    """
    if not confirmed:
        return 0
    if any(not one.pseudonym.strip() for one in confirmed):
        raise NotPossible("A pseudonym needs a letter at least. Nothing was changed.")
    number = len(confirmed)
    session.announce(Verb.PSEUDONYMISE, f"Pseudonymise ({number} {'place' if number == 1 else 'places'})")
    spoken: dict[str, list[Confirmed]] = defaultdict(list)
    written: dict[str, tuple[Place, list[Confirmed]]] = {}
    for one in confirmed:
        if one.mention.place is None:
            spoken[one.mention.source_id].append(one)
        else:
            written.setdefault(one.mention.place.key, (one.mention.place, []))[1].append(one)
    for source_id, several in spoken.items():
        _check(get(session, Source, source_id, "transcript").text, several)
        splice_transcript(session, source_id, ((one.mention.start, one.mention.found, one.words) for one in several))
    for place, _ in written.values():
        if says(session, place) != place.text:
            raise NotPossible(CHANGED)
    for place, several in written.values():
        _check(place.text, several)
        changes = sorted((one.mention.start, one.mention.end, one.words) for one in several)
        if not reword(session, place, replaced(place.text, changes)):
            raise NotPossible(CHANGED)
    session.flush()
    session.expire_all()
    return number


def splice_transcript(session: ChangeSession, source_id: str, edits: Iterable[tuple[int, str, str]]) -> Splice:
    """Edit a transcript wherever it is, labels too; turns and excerpts move along. Raises NotPossible."""
    source = get(session, Source, source_id, "transcript")
    text, splice = source.text, fit(spliced(sorted(edits)))
    if not splice.edits:
        return splice
    after, turns = corrected_text(splice, text), turns_standing(session, source_id)
    changed = turns_after(turns, splice)
    words = (
        source.words
        + sum(len(after[new.start : new.end].split()) - len(text[old.start : old.end].split()) for old, new in changed)
        if turns
        else words_of(after, ())
    )
    apply_splice(
        session, source_id, splice, after, words, changed, anchored(anchors_of(session, source_id), splice, after)
    )
    return splice


def _check(text: str, several: Iterable[Confirmed]) -> None:
    if any(text[one.mention.start : one.mention.end] != one.mention.found for one in several):
        raise NotPossible(CHANGED)
