"""A study as a whole: making one, describing it, and saying who works on it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.errors import NotPossible
from app.models import Person, StudySheet
from app.models.verbs import Verb
from app.operations.names import as_date, clean_name, clean_text, one_line
from app.password import Password
from app.study import ChangeSession, Study

DEFAULT_LENS = "cop-three-dimensions"

SMALLEST_GROUP = 3
"""Fewer people than this behind a description could be recognised; 3 or 5 is the custom."""

_TEXTS = ("questions", "ethics_reference", "withdrawal_rule", "disk_protection")
_DATES = ("retention_date", "withdrawal_deadline")


def new_study(
    path: Path,
    title: str = "",
    *,
    at: datetime | None = None,
    password: Password | None = None,
    smallest_group: int = SMALLEST_GROUP,
) -> Study:
    """Make a study file with its sheet and the default lens, encrypted if a password is given.

    Raises StudyRefused if the file exists already, NotPossible if the password is too weak.
    """

    def fill(session: ChangeSession) -> None:
        from app.operations.lenses import add_lens, shipped_lens  # a study that is opened has its lens

        lens_id = add_lens(session, shipped_lens(DEFAULT_LENS))
        name = clean_name(title.strip() or path.stem, "study")
        sheet = StudySheet(title=name, lens_id=lens_id, created_at=session.at, smallest_group=smallest_group)
        session.add(sheet)

    return Study.create(path, fill, at=at, password=password)


def describe_study(session: ChangeSession, /, **fields: Any) -> None:
    """Set fields of the study sheet: title, questions, attribution_template, ethics and withdrawal fields."""
    sheet = session.scalars(select(StudySheet)).one()
    session.announce(Verb.DESCRIBE_STUDY, "Describe the study")
    for field, value in fields.items():
        if field == "title":
            sheet.title = clean_name(value, "study")
        elif field in _TEXTS:
            setattr(sheet, field, clean_text(value))
        elif field == "attribution_template":
            sheet.attribution_template = one_line(value)
        elif field in _DATES:
            setattr(sheet, field, as_date(value))
        elif field == "smallest_group":
            if value < 1:
                raise NotPossible("The smallest group is 1 person or more.")
            sheet.smallest_group = value
        elif field == "lens_id":
            setattr(sheet, field, value)
        else:
            raise NotPossible(f"A study has no field “{field}”.")


def work_as(session: ChangeSession, name: str, role: str = "") -> str:
    """Say who is working; returns the person's id. The same name again is the same person."""
    name = clean_name(name, "person")
    session.announce(Verb.WORK_AS, f"Working as {name}")
    person = session.scalars(select(Person).where(Person.name == name)).one_or_none()
    if person is None:
        person = Person(name=name, role=role.strip())
        session.add(person)
        session.flush()
    elif role.strip():
        person.role = role.strip()
    return person.id
