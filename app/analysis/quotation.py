"""Quotes as they are shown: without speaker labels and times, each speaker attributed by the study's template.

The stored quote always equals the text; what is shown is made here, in one place, for the screen, the clipboard and
every output. A participant without consent to quote, or who has withdrawn, is quoted nowhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.people import allows
from app.analysis.small_groups import SmallGroups
from app.analysis.transcripts import Transcript, TurnRow, transcript
from app.models import Group, Participant, StudySheet
from app.models.kinds import Consent, SpeakerKind, TurnKind, Use


@dataclass(frozen=True)
class Voice:
    """What one speaker says inside a quote, and how they are named."""

    attribution: str
    words: str
    participant_id: str | None
    speaker_id: str | None = None

    @property
    def who(self) -> str | None:
        """What tells this speaker from another; None where nobody is named."""
        return self.participant_id or self.speaker_id


@dataclass(frozen=True)
class ShownQuote:
    """A quote ready to be shown. `withheld` says why it must not be, and then there are no voices."""

    voices: tuple[Voice, ...]
    withheld: str = ""

    @property
    def words(self) -> str:
        """The words; each speaker on a line of their own, named in front when there are several."""
        if len(self.voices) == 1:
            return self.voices[0].words
        return "\n".join(f"{v.attribution}: {v.words}" if v.attribution else v.words for v in self.voices)

    @property
    def attribution(self) -> str:
        """Who says it: each name once."""
        return "; ".join(dict.fromkeys(voice.attribution for voice in self.voices if voice.attribution))

    @property
    def cited(self) -> str:
        """The quote as it is pasted into a paper: “words” (attribution)."""
        if not self.voices:
            return ""
        if len(self.voices) > 1:
            return "\n".join(f"“{v.words}” ({v.attribution})" if v.attribution else f"“{v.words}”" for v in self.voices)
        return f"“{self.words}”" + (f" ({self.attribution})" if self.attribution else "")

    @property
    def participant_ids(self) -> frozenset[str]:
        """Whose words these are."""
        return frozenset(voice.participant_id for voice in self.voices if voice.participant_id)


@dataclass(frozen=True)
class _Speaker:
    attribution: str
    may_be_quoted: bool


class Quoter:
    """Shows quotes of one study; keeps transcripts it has read, so it is made anew for each view or output.

    `use` says what the words leave for. With `leaving` a description that fewer than k people share is shortened, as
    in everything that leaves; on the screen the researcher sees who it is. What is `placed` tells beside each quote in
    which transcript it stands, and with it the group.
    """

    def __init__(self, session: Session, *, use: Use = Use.QUOTE, leaving: bool = False, placed: bool = False) -> None:
        self._session = session
        self._use = use
        self._small = SmallGroups(session) if leaving else None
        self.shortened: set[str] = set()
        self._template = session.scalar(select(StudySheet.attribution_template)) or "{role}, {group}"
        # A name leads from one output to the next, and one of them may tell the group.
        self._named = "{pseudonym}" in self._template or "{id}" in self._template
        self._placed = placed or self._named
        self._transcripts: dict[str, Transcript | None] = {}
        self._starts: dict[str, list[int]] = {}
        self._speakers: dict[tuple[str, str | None, bool], _Speaker] = {}
        self._people = {row.id: row for row in session.execute(_PEOPLE).all()}

    def quote(self, source_id: str, start: int, end: int) -> ShownQuote:
        """The words of [start, end) without labels, by speaker. Headings and unlabelled text have no attribution."""
        script = self.transcript(source_id)
        if script is None:
            return ShownQuote(())
        voices: list[Voice] = []
        position = start
        first = max(0, bisect_right(self._starts[source_id], start) - 1)
        last = bisect_left(self._starts[source_id], end)
        turns = [turn for turn in script.turns[first:last] if turn.end > start]
        placed = self._placed or self._place_each_other(turns)
        for turn in turns:
            self._add(voices, script.text[position : max(position, min(turn.label_start, end))], None, script, placed)
            words = script.text[max(turn.start, start) : min(turn.end, end)]
            speaker = self._speaker(turn, script, placed)
            if words.strip() and not speaker.may_be_quoted:
                return ShownQuote((), withheld="no consent to quote")
            if turn.kind != TurnKind.WITHDRAWN:
                self._add(voices, words, turn, script, placed)
            position = min(turn.end, end)
        self._add(voices, script.text[position:end], None, script, placed)
        return ShownQuote(_named_apart(voices))

    def use(self, session: Session) -> None:
        """Go on with another session; what was read is kept."""
        self._session = session

    def transcript(self, source_id: str) -> Transcript | None:
        """The transcript of this id, read once."""
        if source_id not in self._transcripts:
            script = transcript(self._session, source_id)
            self._transcripts[source_id] = script
            self._starts[source_id] = [turn.label_start for turn in script.turns] if script else []
        return self._transcripts[source_id]

    def consent_not_recorded(self, participant_ids: frozenset[str]) -> int:
        """How many of these people have no consent recorded either way; outputs say so."""
        return sum(
            1
            for one in participant_ids
            if one in self._people and self._people[one].consent_to_quote == Consent.NOT_RECORDED
        )

    def _place_each_other(self, turns: list[TurnRow]) -> bool:
        """Whether several speak, so that the group of one, if it is told, is that of all."""
        return "{group}" in self._template and len({turn.speaker_id for turn in turns}) > 1

    def _add(self, voices: list[Voice], words: str, turn: TurnRow | None, script: Transcript, placed: bool) -> None:
        shown = _one_paragraph(words)
        if not shown:
            return
        attribution = "" if turn is None or _is_unlabelled(turn) else self._speaker(turn, script, placed).attribution
        ids = (turn.participant_id, turn.speaker_id) if turn is not None else (None, None)
        voice = Voice(attribution, shown, *ids)
        last = voices[-1] if voices else None
        if last is not None and last.attribution == attribution and last.who == voice.who:
            voices[-1] = Voice(attribution, f"{last.words} {shown}", *ids)
        else:
            voices.append(voice)

    def _speaker(self, turn: TurnRow, script: Transcript, placed: bool) -> _Speaker:
        key = (script.id, turn.speaker_id, placed)
        if key not in self._speakers:
            self._speakers[key] = self._made_speaker(turn, script, placed)
        return self._speakers[key]

    def _made_speaker(self, turn: TurnRow, script: Transcript, placed: bool) -> _Speaker:
        person = self._people.get(turn.participant_id) if turn.participant_id else None
        if person is None:
            role = _ROLES[turn.speaker_kind]
            group = "" if self._small is not None and self._small.group_is_small(script.group) else script.group
            return _Speaker(self._filled(turn.speaker or role, role, group, ""), may_be_quoted=True)
        role, group = person.role, person.group or script.group
        if self._small is not None:
            fields = _FIELD.findall(self._template)
            role, group = self._small.told(person.id, fields, placed=placed, named=self._named)
            if (role, group) != self._small.whole(person.id, fields):
                self.shortened.add(person.id)
        attribution = self._filled(person.pseudonym, role, group, person.label) or _ROLES[SpeakerKind.PARTICIPANT]
        return _Speaker(attribution, allows(person, self._use))

    def _filled(self, pseudonym: str, role: str, group: str, label: str) -> str:
        """The template with its fields; a part between commas whose fields are all empty is left out."""
        fields = {"{pseudonym}": pseudonym, "{role}": role, "{group}": group, "{id}": label or pseudonym}
        parts = []
        for part in self._template.split(","):
            marks = _FIELD.findall(part)
            shown = _FIELD.sub(lambda mark: fields[mark[0]], part).strip()
            if shown and (not marks or any(fields[mark] for mark in marks)):
                parts.append(shown)
        return ", ".join(parts)


_PEOPLE = select(
    Participant.id,
    Participant.pseudonym,
    Participant.role,
    Participant.label,
    Participant.consent_to_quote,
    Participant.consent_to_share,
    Participant.consent_to_archive,
    Participant.status,
    Group.label.label("group"),
).outerjoin(Group, Group.id == Participant.group_id)


# A label that points to nobody may be a real name: where the template asks for a role, it never stands in for one.
_ROLES = {
    SpeakerKind.MODERATOR: "Moderator",
    SpeakerKind.SEVERAL: "Several speakers",
    SpeakerKind.PARTICIPANT: "Participant",
    SpeakerKind.OTHER: "Other speaker",
    SpeakerKind.UNKNOWN: "Unknown speaker",
}

_FIELD = re.compile(r"\{(?:pseudonym|role|group|id)\}")


def _is_unlabelled(turn: TurnRow) -> bool:
    """Whether nobody is named in the text or since: a heading, an event, a file without speakers."""
    return turn.speaker_id is None and turn.label_start == turn.label_end


def _named_apart(voices: list[Voice]) -> tuple[Voice, ...]:
    """The voices; speakers whom the template gives one and the same attribution are told apart by a letter."""
    people: dict[str, list[str]] = {}
    for voice in voices:
        known = people.setdefault(voice.attribution, [])
        if voice.attribution and voice.who is not None and voice.who not in known:
            known.append(voice.who)
    return tuple(
        replace(
            voice, attribution=f"{voice.attribution}, speaker {_letter(people[voice.attribution].index(voice.who))}"
        )
        if voice.who is not None and len(people[voice.attribution]) > 1
        else voice
        for voice in voices
    )


def _letter(place: int) -> str:
    return chr(ord("A") + place) if place < 26 else str(place + 1)


def _one_paragraph(words: str) -> str:
    """Words on one line: line breaks of the transcript are layout, not speech."""
    return " ".join(words.split())
