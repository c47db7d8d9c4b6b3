"""Codes of a project that comes in; what is there by the same name under the same parent is used and not doubled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.importers.project import Loss, ProjectDraft
from app.models import Code
from app.models.kinds import CodeOrigin
from app.operations.codes import LONGEST_CODE_NAME, PALETTE
from app.operations.foreign import definitions, fitting_name, foreign_key
from app.operations.names import folded
from app.study import ChangeSession


@dataclass
class CodesIn:
    """{foreign key: code}, the rows of those that are new, and what was lost."""

    codes: dict[str, str] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)


def bring_codes(session: ChangeSession, draft: ProjectDraft) -> CodesIn:
    """Codes of the same name under the same parent are one code; what that costs is told."""
    known: dict[tuple[str | None, str], str] = {}
    places: dict[str | None, int] = {}
    there: dict[str, tuple[str, tuple[str, ...]]] = {}
    """{code: (name, definition)} of what the study has, and then of what has come in."""
    fields = (Code.brief, Code.full, Code.when_to_use, Code.when_not_to_use)
    for key, parent, name, place, *said in session.execute(
        select(Code.id, Code.parent_id, Code.name, Code.position, *fields)
    ):
        known[parent, folded(name)] = key
        places[parent] = max(places.get(parent, 0), place + 1)
        there[key] = (name, tuple(said))
    ours, number = set(there), len(known)
    came = CodesIn()
    for code in draft.codes:
        parent = came.codes.get(code.parent) if code.parent else None
        key = foreign_key("code", code.key)
        name = fitting_name(code.name, "code", LONGEST_CODE_NAME)
        definition = definitions(code.description)
        same = key if key in there else known.get((parent, folded(name)))
        if same is not None:
            came.codes[code.key] = same
            held, kept = there[same]
            if same not in ours:
                came.losses.append(Loss("Code", name, "another stands beside it by that name, and the two are one"))
            elif held != name and folded(held) != folded(name):
                came.losses.append(Loss("Name of the code", name, f"the study calls it “{held}”, and that stays"))
            if any(definition) and definition != kept:
                came.losses.append(Loss("Definition of the code", name, "the one that was there stays"))
            continue
        there[key] = (name, definition)
        place = places.get(parent, 0)
        places[parent], known[parent, folded(name)], came.codes[code.key] = place + 1, key, key
        brief, full, use, use_not = definition
        came.rows.append(
            {
                "id": key, "name": name, "parent_id": parent, "position": place,
                "colour": code.colour or PALETTE[number % len(PALETTE)], "brief": brief, "full": full,
                "when_to_use": use, "when_not_to_use": use_not, "origin": CodeOrigin.INDUCTIVE,
                "created_at": session.at, "person_id": session.person_id,
            }
        )  # fmt: skip
        number += 1
    return came
