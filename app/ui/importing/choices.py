"""What the researcher says of one file before it comes in. Plain data: no widget, and nothing in the study yet."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from app.importers import TranscriptDraft, detect_again
from app.importers.doubts import MAY_BE_ONE
from app.importers.likeness import LikelySame, likely_same
from app.models.kinds import SpeakerKind
from app.operations.importing import ImportPlan, SpeakerChoice, plan_for
from app.operations.names import same_name


@dataclass(frozen=True)
class LabelRow:
    """One label of the preview's table. Without a kind it is not a speaker; `why` says why it was not taken."""

    label: str
    turns: int
    kind: SpeakerKind | None
    participant_id: str | None = None
    suggestion: str | None = None
    why: str = ""
    name: str = ""
    """Who initials stand for."""


class FileChoices:
    """The draft of one file with everything chosen so far; finding turns again costs no reading."""

    def __init__(self, draft: TranscriptDraft) -> None:
        self.draft = draft
        self.name: str | None = None
        self.group: str | None = None
        self.keep_original = False
        self.style: str | None = None
        """How speakers are marked, if the researcher said so; else it is found out."""
        self._apart: set[frozenset[str]] = set()
        self._merges: dict[str, str] = {}
        self._refused: list[str] = []
        self._wanted: list[str] = []
        self._kinds: dict[str, SpeakerKind] = {}
        self._people: dict[str, str | None] = {}

    def take(self, draft: TranscriptDraft) -> None:
        """The same file read anew (in another encoding); what was chosen stays where labels are the same."""
        self.draft = draft
        self._find()

    def refuse(self, label: str) -> None:
        """Not a speaker after all: the lines of this label belong to the turn before."""
        for found in [one for one, shown in self._merges.items() if same_name(shown, label)]:
            del self._merges[found]
            self._refused.append(found)
        self._refused.append(label)
        self._wanted = [one for one in self._wanted if not same_name(one, label)]
        self._find()

    def accept(self, label: str) -> None:
        """A speaker after all."""
        self._refused = [one for one in self._refused if not same_name(one, label)]
        if not any(same_name(one, label) for one in self._wanted):
            self._wanted.append(label)
        self._find()

    def call(self, label: str, name: str) -> None:
        """Show this label under another name; a name that is there already merges the two."""
        name = next((one for one in self.draft.speakers if same_name(one, name)), name)
        for found, shown in self._merges.items():
            if same_name(shown, label):
                self._merges[found] = name
        self._merges[label] = name
        self._refused = [one for one in self._refused if not same_name(one, label)]
        self._wanted.append(label)
        if label in self._kinds:
            self._kinds.setdefault(name, self._kinds.pop(label))
        if label in self._people:
            self._people.setdefault(name, self._people.pop(label))
        self._find()

    def merge(self, labels: list[str], name: str) -> None:
        """Count several labels as one that keeps the name `name`."""
        for label in labels:
            if not same_name(label, name):
                self.call(label, name)

    def set_style(self, style: str | None) -> None:
        """Find turns by another way of marking speakers; None: find out which."""
        self.style = style
        self._find()

    def keep_apart(self, pair: LikelySame) -> None:
        """These two labels are two people."""
        self._apart.add(frozenset((pair.label, pair.into)))

    def likely_same(self) -> list[LikelySame]:
        """Pairs of labels that may be one person and about which nothing was said yet."""
        pairs = likely_same(self.draft.speakers)
        return [pair for pair in pairs if frozenset((pair.label, pair.into)) not in self._apart]

    def doubts(self) -> list[str]:
        """What is doubtful about the file; pairs of labels are asked about, and are none of them."""
        return [one for one in self.draft.warnings if MAY_BE_ONE not in one]

    def set_kind(self, label: str, kind: SpeakerKind | None) -> None:
        """Say what stands behind a label; None: it is not a speaker."""
        if kind is None:
            self.refuse(label)
            return
        self._kinds[label] = kind
        if label not in self.draft.speakers:
            self.accept(label)

    def set_person(self, label: str, participant_id: str | None) -> None:
        """Say which participant of the study this is; None: somebody new."""
        self._people[label] = participant_id

    def plan(self, session: Session) -> ImportPlan:
        """The plan as it stands now; asks the study only for people and groups it knows."""
        cautious = plan_for(session, self.draft, group=self.group)
        speakers = tuple(self._choice(one) for one in cautious.speakers)
        name = (self.name or "").strip() or cautious.name
        return replace(cautious, name=name, speakers=speakers, keep_original=self.keep_original)

    def labels(self, plan: ImportPlan) -> list[LabelRow]:
        """Speakers first, then what looks like a label and is not taken."""
        rows = [
            LabelRow(one.label, one.turns, one.kind, one.participant_id, one.suggestion, name=one.name)
            for one in plan.speakers
        ]
        rows += [LabelRow(one.label, one.turns, None, why=one.why) for one in self.draft.candidates if not one.accepted]
        return rows

    def _choice(self, found: SpeakerChoice) -> SpeakerChoice:
        kind = self._kinds.get(found.label, found.kind)
        person = found.participant_id
        if found.label in self._people:
            person = self._people[found.label]
        return replace(found, kind=kind, participant_id=person if kind == SpeakerKind.PARTICIPANT else None)

    def _find(self) -> None:
        self.draft = detect_again(
            self.draft,
            style=self.style,
            not_speakers=self._refused,
            also_speakers=self._wanted,
            merges=self._merges,
        )
