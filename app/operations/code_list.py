"""Bringing a code list in: codes that are there are kept as they are, the others are made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.errors import NotPossible
from app.importers.code_list import CodeEntry
from app.models.kinds import CodeOrigin
from app.models.verbs import Verb
from app.operations.codes import create_code, edit_code, find_code
from app.study import ChangeSession

_COLOUR = re.compile("#[0-9A-Fa-f]{6}")


@dataclass(frozen=True)
class BroughtIn:
    """What bringing a list in came to. `refused` are sentences, one a row."""

    made: int
    kept: tuple[str, ...]
    refused: tuple[str, ...]


def bring_in_codes(
    session: ChangeSession, file_name: str, entries: Iterable[CodeEntry], origin: CodeOrigin | None
) -> BroughtIn:
    """Make the codes of a list, with what stands above them. Raises NotPossible if not one of them can be made."""
    session.announce(Verb.CREATE_CODE, f"Bring in the code list ‘{file_name}’")
    made, kept, refused = 0, [], []
    for entry in entries:
        try:
            with session.begin_nested():
                new = _bring_in(session, entry, origin)
        except NotPossible as error:
            refused.append(f"Row {entry.row}: {error.sentence}")
            continue
        if new:
            made += 1
        else:
            kept.append(" / ".join(entry.path))
    if not made and refused and not kept:
        raise NotPossible(refused[0])
    return BroughtIn(made, tuple(kept), tuple(refused))


def _bring_in(session: ChangeSession, entry: CodeEntry, origin: CodeOrigin | None) -> bool:
    parent_id: str | None = None
    for name in entry.path[:-1]:
        found = find_code(session, name, parent_id)
        parent_id = found if found is not None else create_code(session, name, parent_id=parent_id, origin=origin)
    if find_code(session, entry.path[-1], parent_id) is not None:
        return False
    colour = entry.fields.get("colour", "")
    code_id = create_code(
        session,
        entry.path[-1],
        parent_id=parent_id,
        origin=origin,
        colour=colour if _COLOUR.fullmatch(colour) else None,
    )
    texts = {name: text for name, text in entry.fields.items() if name != "colour"}
    if texts:
        edit_code(session, code_id, **texts)
    return True
