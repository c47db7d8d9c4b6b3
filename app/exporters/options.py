"""What a person may choose for an output; every choice starts at the cautious side."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

from app.analysis.days import day as day  # builders ask for it here
from app.analysis.days import iso_day as iso_day
from app.analysis.tables import TableQuestion


@dataclass(frozen=True)
class TableShown:
    """A table of codes as it is seen: what was asked, and which codes in which order (None: all, as in the tree)."""

    question: TableQuestion = field(default_factory=TableQuestion)
    code_ids: tuple[str, ...] | None = None


@dataclass(frozen=True)
class JournalChoice:
    """Which entries of the journal leave: all, or of some kinds, or between two days, or just these.

    A private entry leaves only where it is chosen by itself, that is among `entry_ids`.
    """

    entry_ids: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    first: date | None = None
    last: date | None = None

    def takes(self, entry_id: str, kind: str, on: date, *, private: bool) -> bool:
        """Whether an entry leaves."""
        if self.entry_ids is not None:
            return entry_id in self.entry_ids
        fits = self.kinds is None or kind in self.kinds
        return fits and not private and (self.first or on) <= on <= (self.last or on)


class RefiTarget(StrEnum):
    """The program a project is written for: they count and end lines in different ways."""

    STANDARD = "standard"
    NVIVO = "nvivo"
    MAXQDA = "maxqda"
    ATLAS = "atlas.ti"

    @property
    def crlf(self) -> bool:
        """Whether lines end with CR LF, which counts as two."""
        return self in (RefiTarget.NVIVO, RefiTarget.MAXQDA)

    @property
    def utf16(self) -> bool:
        """Whether positions count UTF-16 units."""
        return self == RefiTarget.NVIVO

    def text(self, text: str) -> str:
        """A text as it lies in the file."""
        return text.replace("\n", "\r\n") if self.crlf else text


@dataclass(frozen=True)
class ExportOptions:
    """Counts are off: numbers are not prevalence. `at` is the moment the document speaks of.

    `map_version` is the key or label of the version of the map to show ("all": each on its page, "": as it is now),
    `map_codes` whether the codes stand under their themes. `since` is the version that a supervisor knows ("": the
    newest). `target` is the program a REFI-QDA project is written for.

    What leaves with whole texts or codings: `names` of researchers, `times` of their work, `attributes`: pseudonyms,
    roles and attributes of participants beside their words; `entries`: what the researcher's journal holds that is not
    private; `refused`: also the words of people who refused to be quoted, which are hidden otherwise. `archive`: the
    file is for an archive, so who refused that is hidden as well.
    `small_groups`: also descriptions and attributes that fit fewer people than the study's smallest group.

    `checklist` is the list that is written, `journal` says which entries leave, `about` whose genealogy is drawn: the
    key or name of a code or theme ("": of all).
    """

    counts: bool = False
    map_version: str = ""
    map_codes: bool = False
    since: str = ""
    target: RefiTarget = RefiTarget.STANDARD
    names: bool = True
    times: bool = True
    attributes: bool = True
    entries: bool = True
    refused: bool = False
    archive: bool = False
    small_groups: bool = False
    table: TableShown | None = None
    checklist: str = "fifteen"
    journal: JournalChoice = field(default_factory=JournalChoice)
    about: str = ""
    participant: str = ""
    """Whose data are wanted, where an export is about one person: their key."""
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
