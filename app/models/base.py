"""The declarative base: naming of constraints, keys and moments in time."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime

from sqlalchemy import CheckConstraint, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from app.errors import NotPossible


def new_key() -> str:
    """A fresh UUID as text: stable over merging and exchange with other programs."""
    return str(uuid.uuid4())


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, kept as ISO text to the microsecond, so that text order is time order."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: object) -> str | None:  # noqa: ARG002
        """Store an aware datetime; a naive one would be a guess and is refused."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A moment needs a time zone.")
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: str | None, dialect: object) -> datetime | None:  # noqa: ARG002
        """Read the text back as an aware datetime in UTC."""
        return None if value is None else datetime.fromisoformat(value)


class Words(TypeDecorator[str]):
    """Text as SQLite can keep it whole: no NUL (it cuts text short for every SQL function), no half of a character."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: object) -> str | None:  # noqa: ARG002
        """Refuse NUL and lone surrogates; everything else is stored as it is."""
        if value is None:
            return None
        if "\0" in value:
            raise NotPossible("The text holds a NUL character, which no study can keep. Nothing was changed.")
        try:
            value.encode()
        except UnicodeEncodeError:
            raise NotPossible(
                "The text holds half a character, which no study can keep. Nothing was changed."
            ) from None
        return value


class Base(DeclarativeBase):
    """What every table of a study shares. Constraints are named so that migrations can name them too."""

    type_annotation_map = {str: Words}
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def exactly_one(*columns: str) -> CheckConstraint:
    """A row speaks of one thing: one of these columns is set and the others are not."""
    return CheckConstraint(" + ".join(f"({column} IS NOT NULL)" for column in columns) + " = 1", name="one_subject")


class Keyed:
    """A row with a UUID key."""

    id: Mapped[str] = mapped_column(String, primary_key=True, default=new_key, sort_order=-10)
