"""Bringing a code list in: codes that are there are kept as they are, the others are made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotPossible
from app.importers.code_list import CodeEntry
from app.models import Code, new_key
from app.models.kinds import CodeOrigin
from app.models.verbs import Verb
from app.operations.codes import LONGEST_CODE_NAME, PALETTE
from app.operations.names import clean_name, clean_text, folded
from app.study import ChangeSession

_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
_TEXTS = ("brief", "full", "when_to_use", "when_not_to_use")
_ORIGINS = {"".join(filter(str.isalpha, origin.value)): origin for origin in CodeOrigin}


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    KEPT = "kept"
    REFUSED = "refused"


@dataclass(frozen=True)
class Foreseen:
    """A row and what would become of it. `why` says in a sentence why it is refused."""

    entry: CodeEntry
    fate: Fate
    why: str = ""


@dataclass(frozen=True)
class BroughtIn:
    """What bringing a list in came to. `refused` are sentences, one a row."""

    made: int
    kept: tuple[str, ...]
    refused: tuple[str, ...]


def foresee(session: Session, entries: Iterable[CodeEntry]) -> list[Foreseen]:
    """What would become of each row of a list."""
    return _Bringing(session, None).all(entries)


def bring_in_codes(
    session: ChangeSession, file_name: str, entries: Iterable[CodeEntry], origin: CodeOrigin | None
) -> BroughtIn:
    """Make the codes of a list, with what stands above them; `origin` is for rows that say none.

    Raises NotPossible if not one of them can be made or is there.
    """
    session.announce(Verb.CREATE_CODE, f"Bring in the code list ‘{file_name}’")
    bringing = _Bringing(session, origin)
    rows = bringing.all(entries)
    for code in bringing.made:
        code.created_at, code.person_id = session.at, session.person_id
    session.add_all(bringing.made)
    session.flush()
    refused = _sentences(rows)
    if refused and len(refused) == len(rows):
        raise NotPossible(refused[0])
    kept = tuple(" / ".join(row.entry.path) for row in rows if row.fate == Fate.KEPT)
    return BroughtIn(len(bringing.made), kept, tuple(refused))


def _sentences(rows: Sequence[Foreseen]) -> list[str]:
    return [f"Row {row.entry.row}: {row.why}" for row in rows if row.fate == Fate.REFUSED]


class _Bringing:
    """Goes through a list with all codes in hand, so that a long list costs no question a row."""

    def __init__(self, session: Session, origin: CodeOrigin | None) -> None:
        self.made: list[Code] = []
        self._origin = origin
        self._implied: dict[str, Code] = {}
        """Codes made because others stand under them; a row of their own may still come."""
        self._ids: dict[tuple[str | None, str], str] = {}
        self._places: dict[str | None, int] = {}
        rows = session.execute(select(Code.id, Code.parent_id, Code.name, Code.position)).all()
        self._number = len(rows)
        for code_id, parent_id, name, position in rows:
            self._ids[parent_id, folded(name)] = code_id
            self._places[parent_id] = max(self._places.get(parent_id, 0), position + 1)

    def all(self, entries: Iterable[CodeEntry]) -> list[Foreseen]:
        """What becomes of each row; the codes to be made gather in `made`."""
        return [self._one(entry) for entry in entries]

    def _one(self, entry: CodeEntry) -> Foreseen:
        try:
            names = [clean_name(name, "code", LONGEST_CODE_NAME) for name in entry.path]
        except NotPossible as error:
            return Foreseen(entry, Fate.REFUSED, error.sentence)
        parent_id: str | None = None
        for name in names[:-1]:
            found = self._ids.get((parent_id, folded(name)))
            if found is None:
                implied = self._make(name, parent_id)
                self._implied[implied.id] = implied
                found = implied.id
            parent_id = found
        known = self._ids.get((parent_id, folded(names[-1])))
        if known is not None and known not in self._implied:
            return Foreseen(entry, Fate.KEPT)
        code = self._make(names[-1], parent_id) if known is None else self._implied.pop(known)
        for field in _TEXTS:
            setattr(code, field, clean_text(entry.fields.get(field, "")))
        colour = entry.fields.get("colour", "").strip()
        if _COLOUR.fullmatch(colour):
            code.colour = colour.upper()
        said = "".join(filter(str.isalpha, entry.fields.get("origin", "").casefold()))
        code.origin = _ORIGINS.get(said, self._origin)
        return Foreseen(entry, Fate.NEW)

    def _make(self, name: str, parent_id: str | None) -> Code:
        place = self._places.get(parent_id, 0)
        code = Code(id=new_key(), name=name, parent_id=parent_id, position=place, origin=self._origin,
                    colour=PALETTE[self._number % len(PALETTE)])  # fmt: skip
        self.made.append(code)
        self._ids[parent_id, folded(name)] = code.id
        self._places[parent_id] = place + 1
        self._number += 1
        return code
