"""What the steps of the example share: the study that is made, its raw file, its calendar, and the ids so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Concatenate, ParamSpec, TypeVar

from app.demo.calendar import Calendar
from app.study import ChangeSession, Study

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Making:
    """The example while it is made. `ids` turns what a thing is called in the raw file into its key in the study."""

    study: Study
    book: dict[str, Any]
    calendar: Calendar
    ids: dict[str, str] = field(default_factory=dict)
    first_names: dict[str, str] = field(default_factory=dict)
    """{code: what it is called until it is renamed}."""

    def do(self, operation: Callable[Concatenate[ChangeSession, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """One operation, as one change at the next moment."""
        with self.study.change(at=self.calendar.next()) as session:
            return operation(session, *args, **kwargs)

    def do_because(
        self, why: str, operation: Callable[Concatenate[ChangeSession, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """The same with a reason."""
        with self.study.change(at=self.calendar.next(), reason=why) as session:
            return operation(session, *args, **kwargs)

    def label(self, code: str) -> str:
        """What a code of the raw file is called there."""
        return next((str(one["label"]) for one in self.book["codes"] if one["id"] == code), code)

    def name(self, code: str) -> str:
        """What a code is called at this moment."""
        return self.first_names.get(code) or self.label(code)
