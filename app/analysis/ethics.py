"""What was promised to those who took part, and what the promise asks for today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.small_groups import Described, SmallGroups
from app.models import StudySheet

AHEAD = timedelta(days=30)
"""So long before the date one is reminded."""


@dataclass(frozen=True)
class EthicsSheet:
    """The ethics of a study as its researcher wrote them down."""

    reference: str
    retention_date: date | None
    withdrawal_rule: str
    withdrawal_deadline: date | None
    smallest_group: int
    disk_protection: str
    template: str
    too_small: tuple[Described, ...]
    """Descriptions of the present template that fit too few people."""


def ethics_sheet(session: Session) -> EthicsSheet:
    """The sheet as it stands."""
    sheet = session.scalars(select(StudySheet)).one()
    return EthicsSheet(
        sheet.ethics_reference,
        sheet.retention_date,
        sheet.withdrawal_rule,
        sheet.withdrawal_deadline,
        sheet.smallest_group,
        sheet.disk_protection,
        sheet.attribution_template,
        tuple(SmallGroups(session).too_small(sheet.attribution_template)),
    )


def days_to_retention(session: Session, today: date) -> int | None:
    """Days until the data are to be deleted (negative: since), None where nothing need be said yet."""
    until: date | None = session.scalar(select(StudySheet.retention_date))
    if until is None or until - today > AHEAD:
        return None
    return (until - today).days
