"""Study: one open study file - create, open, close, change, undo, redo, listen, copy."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, StatementError
from sqlalchemy.orm import Session

from app.cipher import Secret, StudyKey, key_of, new_key
from app.errors import NotPossible, ReflexaError
from app.models import load_all
from app.models.entries import close_entry, last_entry, mark_undoing, open_entry, open_phase, person_named, say_why
from app.models.journal import STAYING, install_triggers, invert, mark_current, newest_row, touched_rows
from app.models.kinds import Origin
from app.models.prepared import DRIVER
from app.models.purge import forget_images, purge_done, purge_due
from app.models.rewinding import last_border, rewind
from app.models.seal import change_counter, seal
from app.models.sqlite import backup, connect, engine_on
from app.models.undo_list import Step, next_redo, next_undo
from app.models.verbs import Verb
from app.page_check import PageCheck
from app.password import Password
from app.rewriting import put_in_place, write_anew
from app.study_file import StudyLock, create_file, explained, identity, open_file

if TYPE_CHECKING:
    from app.backups.names import Reason

log = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Notice:
    """What listeners are told after a commit: which rows of which tables a change touched."""

    seq: int
    verb: Verb
    label: str
    rows: dict[str, frozenset[str]]

    def touches(self, *tables: str) -> bool:
        """Whether any row of these tables was touched."""
        return any(table in self.rows for table in tables)


class ChangeSession(Session):
    """The session of one change. Operations ask it when and by whom, and tell it what they do."""

    seq: int
    after: int = 0
    at: datetime
    person_id: str | None = None
    verb: Verb | None = None
    label: str = ""
    purges: bool = False
    """Whether nothing of before may be kept: the journal's images go with this change, and a purge is due after it."""
    before_mass: Callable[[Reason], None] | None = None

    def copy_first(self, reason: Reason) -> None:
        """Have the study backed up as it was before this change, which alters very much; called before anything else.

        Whoever opened the study says how; a backup that cannot be made is said and stops nothing.
        """
        if self.before_mass is not None:
            self.before_mass(reason)

    def announce(self, verb: Verb, label: str) -> None:
        """Name the change in people's words. The outermost operation speaks first and is not spoken over."""
        if self.verb is None:
            self.verb, self.label = verb, label


class Study:
    """One open study file. Everything that writes goes through `change`; reading goes through `read`."""

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: StudyLock | None) -> None:
        self.path = path
        self.read_only = lock is None
        self.working_as = ""
        self.origin = Origin.WINDOW
        self.on_listener_error: Callable[[Exception], None] | None = None
        self.before_mass: Callable[[Reason], None] | None = None
        """Called by a change that alters very much, before it does: backs up what is on disk, and never raises."""
        self.before_purge: Callable[[], None] | None = None
        """Waits until no copy of the study is being written any more."""
        self.took_back = lock is not None and lock.took_back
        """Whether opening it took back a change that a crash had cut off."""
        self._lock = lock
        self._listeners: list[Callable[[Notice], None]] = []
        self._reading: Session | None = None
        self._open, self._changing = True, False
        self._phase: str | None = None
        self._take(connection)

    @classmethod
    def create(
        cls,
        path: Path,
        fill: Callable[[ChangeSession], None],
        *,
        at: datetime | None = None,
        password: Password | None = None,
    ) -> Study:
        """Make a new study file and fill it with its first rows; this change is the first border of undo.

        With a password the file is encrypted from its first byte. Raises StudyRefused if the file exists or cannot be
        written, NotPossible if the password is too weak.
        """
        if password is not None:
            password.check()
        connection, lock = create_file(path, password)
        study = cls(path, connection, lock)
        try:
            with study.change(at=at) as session:
                session.announce(Verb.CREATE_STUDY, "Create study")
                fill(session)
        except BaseException:
            study.close()
            path.unlink(missing_ok=True)
            raise
        return study

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        read_only: bool = False,
        working_as: str = "",
        pages: PageCheck | None = None,
        password: Secret | None = None,
    ) -> Study:
        """Open an existing study. A file or folder that cannot be written opens read-only.

        `pages`: the check of its pages, where it was begun already. A study without a password opens with any.

        Raises StudyRefused (not a study, newer, damaged; PasswordNeeded, WrongPassword) or StudyInUse; the file is
        untouched then.
        """
        connection, lock = open_file(path, read_only=read_only, who=working_as, pages=pages, password=password)
        study = cls(path, connection, lock)
        study.working_as = working_as
        return study

    def close(self) -> None:
        """Close the file, sealed if it was written to, and give up the lock; closing twice is harmless."""
        if self._open and not self.read_only and not self._changing and self._reading is None and self.in_place:
            seal(self._connection, self.path, unless=self._opened_at)
        self._open = False
        self._listeners.clear()
        self._engine.dispose()
        self._connection.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for asking. Reading inside reading shares one session; reading inside a change is an error.

        Raises ReflexaError when the file cannot be read.
        """
        if self._changing:
            raise RuntimeError("Inside a change, ask the session of the change.")
        if self._reading is not None:
            yield self._reading
            return
        try:
            with Session(self._engine) as session:
                self._reading = session
                yield session
        except DBAPIError as error:
            raise explained(error.orig) from None
        except sqlite3.Error as error:
            raise explained(error) from None
        finally:
            self._reading = None

    @contextmanager
    def change(
        self,
        label: str = "",
        verb: Verb | None = None,
        *,
        reason: str | None = None,
        at: datetime | None = None,
        actor: str | None = None,
        continues: int | None = None,
    ) -> Iterator[ChangeSession]:
        """One transaction, one entry in the change journal, one undo step.

        If the block raises, nothing is written; if it touches no row, no entry is left. With `continues`, what is
        done joins that change, provided it is still the last one (typing on in a field). Raises NotPossible for a
        read-only study and ReflexaError when the disk refuses or the file is not where it was.
        """
        self._may_be_written()
        if self._changing or self._reading is not None:
            raise RuntimeError("A change stands alone: not inside another change, not while reading.")
        self._changing = True
        try:
            with ChangeSession(self._engine, expire_on_commit=False) as session:
                seq = self._begin(session, reason, at, actor, continues)
                if verb is not None:
                    session.announce(verb, label)
                yield session
                notice = self._finish(session, seq)
        except StatementError as error:
            if isinstance(error.orig, ReflexaError | sqlite3.Error):
                raise explained(error.orig) from None
            raise
        except sqlite3.Error as error:
            raise explained(error) from None
        finally:
            mark_current(self._connection, None)
            self._changing = False
        if notice is not None:
            self._tell(notice)

    def run(self, operation: Callable[Concatenate[ChangeSession, P], R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Do one operation as one change and return what it returns."""
        with self.change() as session:
            return operation(session, *args, **kwargs)

    def say_why(self, seq: int, reason: str) -> None:
        """Say why change `seq` was made; "" takes the reason back. Raises as `change` does; it is no step of undo."""
        self._may_be_written()
        if self._changing:
            raise RuntimeError("A reason is said before or after a change, not inside one.")
        try:
            say_why(self._connection, seq, reason.strip() or None)
        except sqlite3.Error as error:
            raise explained(error) from None

    @property
    def purge_due(self) -> int:
        """The change after which a purge is still due (`app.purging` does it); 0 for none, or if it cannot be read."""
        try:
            return purge_due(self._connection)
        except sqlite3.Error:
            return 0

    def purge_done(self) -> None:
        """A purge was done to its end. Raises as `change` does."""
        self._outside_a_change()
        try:
            purge_done(self._connection)
        except sqlite3.Error as error:
            raise explained(error) from None

    def rebuild(self) -> None:
        """Write the file anew without any unused part in it; a crash leaves it as it was. Raises as `change` does."""
        self._outside_a_change()
        try:
            self._connection.execute("VACUUM")
        except sqlite3.Error as error:
            raise explained(error) from None

    def set_password(self, password: Password | None) -> None:
        """Give the study a password, another one, or none; its backups stay (`app.protecting` takes them along).

        Raises as `set_key` does, and NotPossible if the password is too weak.
        """
        if password is not None:
            password.check()
        self.set_key(None if password is None else new_key(password))

    def set_key(self, key: StudyKey | None) -> None:
        """Write the file anew under another key, or under none, and let it take the old one's place.

        The lock is kept, and a crash leaves the old file or the new one, whole. It is no step of undo. Raises
        NotPossible for a read-only study, StudyRefused and ReflexaError; the study is open as it was then.
        """
        self._outside_a_change()
        self._may_be_written()
        home, present = self.path.resolve(), key_of(self._connection)
        written = write_anew(home, present, key)
        self._engine.dispose()
        self._connection.close()
        try:
            put_in_place(written, home)
            present = key
        finally:
            self._take(connect(home, read_only=False, key=present))

    def next_undo(self) -> Step | None:
        """What `undo` would take back, or the border it stops at."""
        return next_undo(self._connection)

    def next_redo(self) -> Step | None:
        """What `redo` would bring back."""
        return next_redo(self._connection)

    def undo(self) -> Step | None:
        """Take the last change back; returns what was undone, or None at a border or the beginning."""
        step = self.next_undo()
        return None if step is None or step.is_border else self._take_back(step, Verb.UNDO)

    def redo(self) -> Step | None:
        """Bring the last undone change back; returns it, or None."""
        step = self.next_redo()
        return None if step is None else self._take_back(step, Verb.REDO)

    def listen(self, listener: Callable[[Notice], None]) -> Callable[[], None]:
        """Call `listener` after every commit; returns a function that ends it."""
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    def forget_listeners(self) -> None:
        """Tell nobody any more: who listened has gone."""
        self._listeners.clear()
        self.on_listener_error = None

    def copy_in_memory(self) -> Study:
        """A read-only copy for slow work beside the window (SQLite's backup: about 0.1 s for 28 MB).

        Raises ReflexaError when the file cannot be read.
        """
        try:
            return Study(self.path, backup(self._connection, ":memory:"), None)
        except sqlite3.Error as error:
            raise explained(error) from None

    def at(self, seq: int) -> Study:
        """The study as it was right after change `seq`: a copy in memory, for looking only; close it as any other.

        Raises NotPossible for a moment behind the last border, ReflexaError if the journal does not fit the rows.
        """
        copy = self.copy_in_memory()
        try:
            rewind(copy.connection, seq)
        except BaseException:
            copy.close()
            raise
        return copy

    def earliest(self) -> Step | None:
        """The border: the study can be looked at as it was right after it, and at any moment since."""
        return last_border(self._connection)

    def back_up_to(self, target: Path) -> None:
        """Write a whole copy of the study as it is now."""
        backup(self._connection, target).close()

    @property
    def title(self) -> str:
        """The title of the study."""
        row = self._connection.execute("SELECT title FROM study").fetchone()
        return str(row[0]) if row else ""

    @property
    def phase(self) -> str | None:
        """The phase that the researcher says to be in, by its name; None for none."""
        return open_phase(self._connection)

    @property
    def is_open(self) -> bool:
        """Whether the file is still open here."""
        return self._open

    @property
    def in_place(self) -> bool:
        """Whether the file is still where it was when it was opened, and is no other one."""
        return identity(self.path) == self._identity

    @property
    def encrypted(self) -> bool:
        """Whether the file is encrypted, so that it needs a password."""
        return key_of(self._connection) is not None

    @property
    def cipher_key(self) -> StudyKey | None:
        """What opens a backup of this study that was made under the same password; None for a plain study."""
        return key_of(self._connection)

    @property
    def key(self) -> str:
        """The key of the study's own row: the same study in another place keeps it."""
        row = self._connection.execute("SELECT id FROM study").fetchone()
        return str(row[0]) if row else ""

    @property
    def connection(self) -> sqlite3.Connection:
        """The bare connection, for `verify` and for measuring."""
        return self._connection

    def _take(self, connection: sqlite3.Connection) -> None:
        """Work on this connection from now on."""
        self._connection = connection
        self._engine: Engine = engine_on(connection)
        self._identity = identity(self.path)
        if not self.read_only:
            self._opened_at = b"" if self.took_back else change_counter(self.path)
            connection.execute("PRAGMA query_only=ON")
            self._armed = False
            if self.took_back:  # it is sealed anew when it closes, whatever else is done
                self.get_ready()
            self._phase = open_phase(connection)

    def get_ready(self) -> None:
        """Make the triggers of the change journal, which the first change would otherwise wait for.

        Until then nothing can be written at all: opening a study does not wait for them either.
        """
        if not self.read_only and not self._armed:
            self._connection.execute("PRAGMA query_only=OFF")
            install_triggers(self._connection)
            self._armed = True

    def _may_be_written(self) -> None:
        if self.read_only:
            raise NotPossible("This study is open for reading only, so nothing was changed.")
        if not self.in_place:
            raise ReflexaError("The study file was moved, deleted or replaced. Nothing was changed; put it back first.")
        self.get_ready()

    def rows_of(self, seq: int) -> dict[str, frozenset[str]]:
        """{table: ids of the rows that change `seq` touched}."""
        return touched_rows(self._connection, seq)

    def _begin(
        self, session: ChangeSession, reason: str | None, at: datetime | None, actor: str | None, continues: int | None
    ) -> int:
        load_all()  # what a row points to must be known before it is written
        session.connection(execution_options={"writes": True})
        session.info[DRIVER] = self._connection
        session.at = at or datetime.now(UTC)
        session.before_mass = self.before_mass
        who = self.working_as if actor is None else actor
        session.person_id = person_named(self._connection, who) if who else None
        last = last_entry(self._connection) if continues is not None else None
        if last is not None and last[0] == continues:
            seq, session.verb, session.label = last
            session.after = newest_row(self._connection)
        else:
            seq = open_entry(self._connection, session.at, who, reason, self.origin, self._phase)
        session.seq = seq
        mark_current(self._connection, seq)
        return seq

    def _finish(self, session: ChangeSession, seq: int) -> Notice | None:
        session.flush()
        rows = touched_rows(self._connection, seq, session.after)
        if not rows and not session.purges and session.verb not in (Verb.UNDO, Verb.REDO):
            session.rollback()
            return None
        if session.verb is None:
            raise RuntimeError("A change must say what it is.")
        close_entry(self._connection, seq, session.verb, session.label)
        if session.purges:
            forget_images(self._connection, seq)
        session.commit()
        if "phase_visit" in rows:
            self._phase = open_phase(self._connection)
        return Notice(seq, session.verb, session.label, rows)

    def _outside_a_change(self) -> None:
        self._may_be_written()
        if self._changing or self._reading is not None:
            raise RuntimeError("This is done before or after a change, not inside one, and not while reading.")

    def _take_back(self, step: Step, verb: Verb) -> Step:
        with self.change(step.label, verb) as session:
            mark_undoing(self._connection, session.seq, step.seq)
            invert(self._connection, step.seq, STAYING)
        return step

    def _tell(self, notice: Notice) -> None:
        for listener in list(self._listeners):
            try:
                listener(notice)
            except Exception as error:  # noqa: BLE001 - whatever a view does wrong, the commit stands
                log.error("a listener failed: %s", type(error).__name__)
                if self.on_listener_error is not None:
                    self.on_listener_error(error)
