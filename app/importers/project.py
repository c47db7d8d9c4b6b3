"""A project of another program as plain data: what it holds that a study has a place for, and what it does not.

Keys are the other program's own, made comparable (`key_of`). Offsets are code points, end exclusive, into a source's
text, which has LF line ends and no byte order mark.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from app.importers.draft import TurnDraft


class Subject(StrEnum):
    """What a note may be on."""

    CODE = "code"
    SOURCE = "source"
    SELECTION = "selection"
    CASE = "case"
    SET = "set"
    THEME = "theme"


class VariableKind(StrEnum):
    """The type of a value."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes or no"
    DATE = "date"


@dataclass(frozen=True)
class UserDraft:
    """Somebody who worked in the project."""

    key: str
    name: str


@dataclass(frozen=True)
class CodeDraft:
    """A code; those above come before those beneath. `colour` is #RRGGBB or ""."""

    key: str
    name: str
    parent: str | None = None
    description: str = ""
    colour: str = ""
    codable: bool = True


@dataclass(frozen=True)
class SourceDraft:
    """A text. `turns` are None where nothing is known of them, and are looked for then."""

    key: str
    name: str
    text: str
    file_name: str = ""
    user: str = ""
    at: datetime | None = None
    turns: tuple[TurnDraft, ...] | None = None
    speaker_kinds: tuple[tuple[str, str], ...] = ()
    """(label, kind) of speakers behind whom there is no case."""
    cases: tuple[tuple[str, str], ...] = ()
    """(label, case) of the others, where the file says so."""
    values: tuple[tuple[str, str], ...] = ()
    """(name, value) of what is said of the text as a whole."""
    description: str = ""
    making: tuple[tuple[str, str], ...] = ()
    """(field, text) of how a transcript was made, where a project of ours says it."""


@dataclass(frozen=True)
class CodingDraft:
    """A code on a selection."""

    key: str
    code: str
    user: str = ""
    at: datetime | None = None
    memo: str = ""


@dataclass(frozen=True)
class SelectionDraft:
    """A stretch of a source with its codings, and what was written on it."""

    key: str
    source: str
    start: int
    end: int
    codings: tuple[CodingDraft, ...] = ()
    memo: str = ""
    user: str = ""
    at: datetime | None = None
    name: str = ""
    interaction: str | None = None
    """The kind of an interaction ("" if none was said), where a project of ours says that it is one; else None."""


@dataclass(frozen=True)
class CaseDraft:
    """A case: a person, mostly. `values` are (name, kind, value); `selections` what belongs to it."""

    key: str
    name: str
    values: tuple[tuple[str, VariableKind, str], ...] = ()
    sources: tuple[str, ...] = ()
    selections: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True)
class NoteDraft:
    """A note with what it is on; without a subject it belongs to the project."""

    key: str
    name: str
    text: str
    subjects: tuple[tuple[Subject, str], ...] = ()
    user: str = ""
    at: datetime | None = None
    kind: str = ""


@dataclass(frozen=True)
class SetDraft:
    """Codes or sources that were put together."""

    key: str
    name: str
    description: str = ""
    codes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class LinkDraft:
    """A line from one thing to another; `note` is the key of a note on it."""

    key: str
    name: str
    origin: str
    target: str
    note: str = ""
    directed: bool = True


@dataclass(frozen=True)
class PlaceDraft:
    """Where something stood on a drawing of the project: its middle."""

    represents: str
    x: float
    y: float


@dataclass(frozen=True)
class Loss:
    """Something that was not taken over: what, its name, and why. `number` counts things of one kind that have none."""

    what: str
    name: str
    why: str
    number: int = 1

    @property
    def sentence(self) -> str:
        """As it stands in the report."""
        named = f" “{self.name}”" if self.name else ""
        many = f" ({self.number})" if self.number > 1 else ""
        return f"{self.what}{named}{many}: {self.why}"


@dataclass(frozen=True)
class ThemeDraft:
    """A theme, with its texts by field and (code, role) of what feeds it."""

    key: str
    name: str
    parent: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    unexplained: str = ""


@dataclass(frozen=True)
class MappingDraft:
    """How a theme meets an entry of a lens, by the entry's name."""

    theme: str
    entry: str
    weight: str
    direction: str
    rationale: str = ""


@dataclass(frozen=True)
class GroupDraft:
    """A focus group, with (field, text) of what is known of it."""

    label: str
    fields: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProjectDraft:
    """A whole project."""

    file_name: str
    name: str
    origin: str
    users: tuple[UserDraft, ...] = ()
    codes: tuple[CodeDraft, ...] = ()
    sources: tuple[SourceDraft, ...] = ()
    selections: tuple[SelectionDraft, ...] = ()
    cases: tuple[CaseDraft, ...] = ()
    notes: tuple[NoteDraft, ...] = ()
    entries: tuple[NoteDraft, ...] = ()
    """Entries of a reflexive journal; notes on nothing become some too."""
    sets: tuple[SetDraft, ...] = ()
    links: tuple[LinkDraft, ...] = ()
    places: tuple[PlaceDraft, ...] = ()
    themes: tuple[ThemeDraft, ...] = ()
    mappings: tuple[MappingDraft, ...] = ()
    relations: tuple[LinkDraft, ...] = ()
    groups: tuple[GroupDraft, ...] = ()
    losses: tuple[Loss, ...] = ()
    reading: str = ""
    """How positions were read, in a sentence."""
    notices: tuple[str, ...] = field(default=())


class OwnKeys:
    """Gives a thing whose key stands in the file already another one: two things with one key would become one."""

    def __init__(self, losses: list[Loss]) -> None:
        self._given: set[str] = set()
        self._losses = losses

    def own(self, key: str, thing: str) -> str:
        """The key of this thing, told where it is not the file's."""
        if key and key not in self._given:
            self._given.add(key)
            return key
        if key:
            self._losses.append(Loss(f"Key of a {thing}", "", "it stands twice in the file, so a new one was given"))
        made = f"{key or thing} again {len(self._given)}"
        self._given.add(made)
        return made


def key_of(guid: str | None) -> str:
    """A key without braces and case: programs write one and the same in several ways."""
    return (guid or "").strip().strip("{}").strip().casefold()


def with_codings(number: int) -> str:
    """What is lost with a selection."""
    return {0: "", 1: ", with its coding"}.get(number, f", with its {number} codings")


def gathered(losses: Iterable[Loss]) -> tuple[Loss, ...]:
    """Losses without a name are counted together."""
    counted: dict[tuple[str, str, str], int] = {}
    for loss in losses:
        counted[loss.what, loss.name, loss.why] = counted.get((loss.what, loss.name, loss.why), 0) + loss.number
    return tuple(Loss(*one, number) for one, number in counted.items())
