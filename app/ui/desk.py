"""The desk: what every workspace works on - one open study, its changes as a Qt signal, and where messages go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from app.errors import ReflexaError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.study import ChangeSession, Notice, Study
    from app.ui.actions import Actions
    from app.ui.settings import Settings
    from app.ui.style.tokens import Tokens

P = ParamSpec("P")
R = TypeVar("R")


class Desk(QObject):
    """One study open in the window. Workspaces read through it, act through it and redraw when it says `changed`."""

    changed = Signal(object)
    """A `Notice` after every commit: which rows of which tables a change touched."""
    said = Signal(str, bool)
    """A message for the bar beside the work, and whether it offers Undo."""
    offered = Signal(str, str, object)
    """A message with something to do about it: the sentence, the words on the button, what it does."""
    askedWhy = Signal(int)
    """A change of which one may say why, beside the message."""
    commentsWanted = Signal(str, str)
    """Open the comments on a thing: its sort ("theme", "code", "version", "excerpt") and its id."""
    writtenWanted = Signal(str, str)
    """Show all that was written about a thing: a word of `operations.journal.SUBJECTS` and its id."""
    writeWanted = Signal(str, str)
    """Write in the journal about a thing."""
    momentWanted = Signal(int)
    """Look at the study as it was right after this change."""
    lifeWanted = Signal(str, str)
    """Show the life of a thing: "code" or "theme", and its id."""
    holding = Signal()
    """Something begins that is done to its end while the window answers: what is typed anywhere is committed before."""
    promptWanted = Signal(str, str)
    """Write in the journal on a question: the question and the kind of entry it asks for."""
    restyled = Signal()
    """The tokens or the reading settings are others now."""

    def __init__(self, study: Study, settings: Settings, actions: Actions, tokens: Tokens) -> None:
        super().__init__()
        self.study = study
        self.settings = settings
        self.actions = actions
        self.tokens = tokens
        self.last_seq = 0
        self.works = 0
        """How many things are being done that must not be cut off."""
        self._held: list[Notice] | None = None
        study.listen(self._on_change)
        study.on_listener_error = lambda _: self.say(self.tr("A view could not be drawn anew; your work is saved."))

    def run(
        self, operation: Callable[Concatenate[ChangeSession, P], R], /, *args: P.args, **kwargs: P.kwargs
    ) -> R | None:
        """Do one operation as one change. What the study refuses is said in one sentence, and None comes back."""
        try:
            with self.study.change() as session:
                return operation(session, *args, **kwargs)
        except ReflexaError as error:
            self.say(error.sentence)
            return None

    def done(
        self, operation: Callable[Concatenate[ChangeSession, P], object], /, *args: P.args, **kwargs: P.kwargs
    ) -> bool:
        """The same for an operation that has nothing to return: whether the study did it."""
        return self._continued(None, operation, *args, **kwargs)

    def run_all(self, label: str, verb: Any, steps: Callable[[ChangeSession], R]) -> R | None:
        """Several operations as one change with a label of its own."""
        try:
            with self.study.change(label, verb) as session:
                return steps(session)
        except ReflexaError as error:
            self.say(error.sentence)
            return None

    def commit_field(
        self,
        seq: int | None,
        operation: Callable[Concatenate[ChangeSession, P], R],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> int | None:
        """What a text field does on commit: one operation, joined to change `seq` of its focus.

        Returns the seq of the change it is part of now, 0 if nothing had to change, None if the study refused.
        """
        before = self.last_seq
        if not self._continued(seq, operation, *args, **kwargs):
            return None
        return self.last_seq if self.last_seq != before else seq or 0

    def _continued(
        self,
        seq: int | None,
        operation: Callable[Concatenate[ChangeSession, P], object],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> bool:
        """One operation, as part of change `seq` if that is still the last one; whether the study did it."""
        try:
            with self.study.change(continues=seq) as session:
                operation(session, *args, **kwargs)
        except ReflexaError as error:
            self.say(error.sentence)
            return False
        return True

    def may_change(self) -> bool:
        """Whether the study can be changed here; where it cannot, that is said."""
        if self.study.read_only:
            self.say(self.tr("This study is open for reading only, so nothing was changed."))
        return not self.study.read_only

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for asking."""
        with self.study.read() as session:
            yield session

    def say(self, sentence: str, *, with_undo: bool = False) -> None:
        """Show one sentence beside the work."""
        self.said.emit(sentence, with_undo)

    def say_done(self, sentence: str) -> None:
        """Something structural was done: show it with Undo, and with room for why (which may stay empty)."""
        self.said.emit(sentence, True)
        self.askedWhy.emit(self.last_seq)

    def offer(self, sentence: str, button: str, run: Callable[[], object]) -> None:
        """Show a sentence with something one may do about it."""
        self.offered.emit(sentence, button, run)

    def say_why(self, seq: int, reason: str) -> None:
        """Add the reason of a change."""
        try:
            self.study.say_why(seq, reason)
        except ReflexaError as error:
            self.say(error.sentence)

    def close(self) -> None:
        """Close the study."""
        self.study.close()

    @contextmanager
    def held(self) -> Iterator[None]:
        """For one change made in many steps: what it touched is told once, when all of them are done."""
        self._held = []
        try:
            with self.at_work():
                yield
        finally:
            notices, self._held = self._held, None
            if notices:
                rows: dict[str, set[str]] = {}
                for notice in notices:
                    for table, keys in notice.rows.items():
                        rows.setdefault(table, set()).update(keys)
                touched = {table: frozenset(keys) for table, keys in rows.items()}
                self.changed.emit(replace(notices[-1], rows=touched))

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """For what must be done to its end although the window answers meanwhile: it is not locked before."""
        if not self.works:
            self.holding.emit()
        self.works += 1
        try:
            yield
        finally:
            self.works -= 1

    def _on_change(self, notice: Notice) -> None:
        self.last_seq = notice.seq
        if self._held is not None:
            self._held.append(notice)
            return
        self.changed.emit(notice)
