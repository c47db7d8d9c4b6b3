"""Lenses: theories as data, shipped in resources/lenses or brought by the researcher, and changed as she needs them.

Frozen map versions keep their own words of a lens, so nothing that happens here changes them.
"""

from __future__ import annotations

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotPossible
from app.importers.lens_file import EntryDraft, LensDraft, parse_lens
from app.models import Lens, LensEntry, StudySheet, new_key
from app.models.verbs import Verb
from app.operations.names import clean_name, clean_text, folded, get, next_position, same_name
from app.resources import resource
from app.study import ChangeSession

SHIPPED = ("cop-three-dimensions", "cop-fourteen-indicators", "modes-of-belonging", "domain-community-practice")
"""The lenses that come with the program; the first is that of a new study."""


def shipped_lens(key: str) -> LensDraft:
    """One of the lenses that come with the program."""
    return parse_lens(json.loads(resource("lenses", f"{key}.json").read_text(encoding="utf-8")))


def add_lens(session: ChangeSession, lens: LensDraft) -> str:
    """Add a lens with its entries and their indicators; returns its id. The same name twice is refused."""
    name = clean_name(lens.name, "lens")
    session.announce(Verb.EDIT_LENS, f"Add lens ‘{name}’")
    _refuse_double_lens(session, name)
    row = Lens(
        id=new_key(),
        name=name,
        description=clean_text(lens.description),
        citation=clean_text(lens.citation),
        position=next_position(session, Lens),
    )
    session.add(row)
    session.flush()
    _refuse_twice(lens.entries)
    for position, entry in enumerate(lens.entries):
        _add(session, row.id, None, entry, position)
    return row.id


def copy_lens(session: ChangeSession, lens_id: str, name: str) -> str:
    """The same lens under another name, to be changed freely; mappings stay with the old one."""
    lens, name = get(session, Lens, lens_id, "lens"), clean_name(name, "lens")
    made = add_lens(session, LensDraft(name, lens.description, lens.citation, lens_draft(session, lens_id).entries))
    session.announce(Verb.EDIT_LENS, f"Copy lens ‘{lens.name}’ as ‘{name}’")
    return made


def lens_draft(session: Session, lens_id: str) -> LensDraft:
    """A lens of the study as it can be written to a file."""
    lens = get(session, Lens, lens_id, "lens")
    rows = session.scalars(select(LensEntry).where(LensEntry.lens_id == lens_id).order_by(LensEntry.position)).all()

    def beneath(parent_id: str | None) -> tuple[EntryDraft, ...]:
        return tuple(
            EntryDraft(row.name, row.definition, row.citation, beneath(row.id) if parent_id is None else ())
            for row in rows
            if row.parent_id == parent_id
        )

    return LensDraft(lens.name, lens.description, lens.citation, beneath(None))


def use_lens(session: ChangeSession, lens_id: str) -> None:
    """Read the study through another lens; the mappings of every lens are kept."""
    lens = get(session, Lens, lens_id, "lens")
    session.announce(Verb.EDIT_LENS, f"Read through ‘{lens.name}’")
    session.scalars(select(StudySheet)).one().lens_id = lens.id


def edit_lens(session: ChangeSession, /, lens_id: str, **fields: str) -> None:
    """Set name, description or citation of a lens."""
    lens = get(session, Lens, lens_id, "lens")
    session.announce(Verb.EDIT_LENS, f"Describe lens ‘{lens.name}’")
    for field, value in fields.items():
        if field == "name":
            name = clean_name(value, "lens")
            _refuse_double_lens(session, name, but=lens_id)
            session.announce(Verb.EDIT_LENS, f"Rename lens ‘{lens.name}’ to ‘{name}’")
            lens.name = name
        elif field in ("description", "citation"):
            setattr(lens, field, clean_text(value))
        else:
            raise NotPossible(f"A lens has no field “{field}”.")


def delete_lens(session: ChangeSession, lens_id: str) -> None:
    """Delete a lens with its entries and all mappings onto them. The one in use stays."""
    lens = get(session, Lens, lens_id, "lens")
    if session.scalars(select(StudySheet.lens_id)).one() == lens_id:
        raise NotPossible(f"The study is read through “{lens.name}” now. Choose another lens first.")
    session.announce(Verb.EDIT_LENS, f"Delete lens ‘{lens.name}’")
    session.delete(lens)
    session.flush()


def add_entry(session: ChangeSession, lens_id: str, name: str, parent_id: str | None = None) -> str:
    """A new entry at the end, or an indicator beneath an entry; returns its id."""
    lens, name = get(session, Lens, lens_id, "lens"), clean_name(name, "lens entry")
    if parent_id is not None:
        parent = get(session, LensEntry, parent_id, "lens entry")
        if parent.lens_id != lens_id or parent.parent_id is not None:
            raise NotPossible("An indicator stands beneath an entry of the same lens, not beneath another indicator.")
    session.announce(Verb.EDIT_LENS, f"Add ‘{name}’ to lens ‘{lens.name}’")
    _refuse_double_entry(session, lens_id, parent_id, name)
    position = next_position(session, LensEntry, LensEntry.lens_id == lens_id, LensEntry.parent_id.is_(parent_id))
    return _add(session, lens_id, parent_id, EntryDraft(name), position)


def edit_entry(session: ChangeSession, /, entry_id: str, **fields: str) -> None:
    """Set name, definition or citation of an entry or indicator."""
    entry = get(session, LensEntry, entry_id, "lens entry")
    session.announce(Verb.EDIT_LENS, f"Describe ‘{entry.name}’")
    for field, value in fields.items():
        if field == "name":
            name = clean_name(value, "lens entry")
            _refuse_double_entry(session, entry.lens_id, entry.parent_id, name, but=entry_id)
            session.announce(Verb.EDIT_LENS, f"Rename ‘{entry.name}’ to ‘{name}’")
            entry.name = name
        elif field in ("definition", "citation"):
            setattr(entry, field, clean_text(value))
        else:
            raise NotPossible(f"A lens entry has no field “{field}”.")


def move_entry(session: ChangeSession, entry_id: str, step: int) -> bool:
    """Move an entry among its siblings, `step` places down (or up if negative). Returns whether it moved."""
    entry = get(session, LensEntry, entry_id, "lens entry")
    siblings = list(
        session.scalars(
            select(LensEntry)
            .where(LensEntry.lens_id == entry.lens_id, LensEntry.parent_id.is_not_distinct_from(entry.parent_id))
            .order_by(LensEntry.position, LensEntry.name)
        )
    )
    place = siblings.index(entry)
    wanted = max(0, min(len(siblings) - 1, place + step))
    if wanted == place:
        return False
    session.announce(Verb.EDIT_LENS, f"Move ‘{entry.name}’")
    siblings.insert(wanted, siblings.pop(place))
    for position, one in enumerate(siblings):
        if one.position != position:
            one.position = position
    session.flush()
    return True


def delete_entry(session: ChangeSession, entry_id: str) -> None:
    """Delete an entry with its indicators and the mappings onto them. The last one of a lens stays."""
    entry = get(session, LensEntry, entry_id, "lens entry")
    if entry.parent_id is None:
        others = select(LensEntry.id).where(
            LensEntry.lens_id == entry.lens_id, LensEntry.parent_id.is_(None), LensEntry.id != entry_id
        )
        if session.scalars(others).first() is None:
            raise NotPossible("A lens needs at least one entry. Add another one first, or delete the lens.")
    session.announce(Verb.EDIT_LENS, f"Delete ‘{entry.name}’ of the lens")
    session.delete(entry)
    session.flush()


def _add(session: ChangeSession, lens_id: str, parent_id: str | None, entry: EntryDraft, position: int) -> str:
    row = LensEntry(
        id=new_key(),
        lens_id=lens_id,
        parent_id=parent_id,
        name=clean_name(entry.name, "lens entry"),
        definition=clean_text(entry.definition),
        citation=clean_text(entry.citation),
        position=position,
    )
    session.add(row)
    session.flush()
    _refuse_twice(entry.indicators)
    for number, one in enumerate(entry.indicators):
        _add(session, lens_id, row.id, one, number)
    return row.id


def _refuse_twice(entries: tuple[EntryDraft, ...]) -> None:
    names = [folded(one.name) for one in entries]
    twice = next((one.name for place, one in enumerate(entries) if names[place] in names[:place]), None)
    if twice is not None:
        raise NotPossible(f"The lens has an entry “{twice}” twice.")


def _refuse_double_lens(session: ChangeSession, name: str, but: str = "") -> None:
    held = session.execute(select(Lens.id, Lens.name)).all()
    if any(key != but and same_name(other, name) for key, other in held):
        raise NotPossible(f"There is already a lens called “{name}”.")


def _refuse_double_entry(session: ChangeSession, lens_id: str, parent_id: str | None, name: str, but: str = "") -> None:
    rows = session.execute(
        select(LensEntry.id, LensEntry.name).where(
            LensEntry.lens_id == lens_id, LensEntry.parent_id.is_not_distinct_from(parent_id)
        )
    ).all()
    if any(key != but and same_name(other, name) for key, other in rows):
        raise NotPossible(f"There is already an entry called “{name}” here.")
