"""The main window: rail, top bar, workspaces, foot - and opening, making and closing studies."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.errors import ReflexaError, StudyInUse
from app.ui.actions import Actions
from app.ui.desk import Desk
from app.ui.settings import Settings
from app.ui.style.sheet import style_sheet
from app.ui.style.tokens import Tokens, tokens
from app.ui.window.banner import Banner
from app.ui.window.calm import CalmSteps
from app.ui.window.guarding import ask_and_make, lock_of, show_protection, study_on
from app.ui.window.menus import (
    add_general_actions,
    fill_menu_bar,
    look_back_at,
    put_away_panels,
    show_comments,
    show_journal_page,
    show_life,
    show_written,
    write_entry,
)
from app.ui.window.message_bar import MessageBar
from app.ui.window.questions import ask_where
from app.ui.window.rail import Rail
from app.ui.window.start_screen import StartScreen
from app.ui.window.top_bar import TopBar

if TYPE_CHECKING:
    from app.password import Password
    from app.study import Study
    from app.ui.backups.service import BackupService
    from app.ui.window.locking import WindowLock
    from app.ui.window.undo_control import UndoControl
    from app.ui.workspace import Workspace

log = logging.getLogger(__name__)

PLACES = [
    ("transcripts", "Transcripts", "transcripts"),
    ("code", "Code", "code"),
    ("compare", "Compare", "compare"),
    ("themes", "Themes", "themes"),
    ("map", "Map", "map"),
    ("journal", "Journal", "journal"),
    ("outputs", "Outputs", "outputs"),
]


class MainWindow(QMainWindow):
    """The window. Without a study it shows the start screen; with one, the workspaces."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle("Reflexa")
        self.settings = settings
        self.tokens: Tokens = tokens(settings.theme)
        self.actions_ = Actions(self, settings)
        self.desk: Desk | None = None
        self.workspaces: dict[str, Workspace] = {}
        self.locking: WindowLock | None = None
        self._undo: UndoControl | None = None
        self.backups: BackupService | None = None
        self.today: Study | None = None
        """The study as it is, while an earlier moment is looked at."""
        self.asked_read_only = False
        self._makers: dict[str, Callable[[], Workspace]] = {}
        self._calm = CalmSteps(self, self._make_next)
        self.actions_.before = self._visit
        add_general_actions(self)
        self._build()
        self.restyle()
        self.resize(1280, 820)
        geometry = settings.state("geometry")
        if geometry is not None:
            self.restoreGeometry(geometry)
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda _: self.restyle())

    # --- studies -------------------------------------------------------------------------------------------------

    def open_study(self, path: Path, *, read_only: bool = False) -> bool:
        """Open a study in this window; what is refused is said in one sentence. Returns whether it is open."""
        if self.desk is not None and self.desk.study.read_only == read_only and _same_file(path, self.desk.study.path):
            return True
        try:
            study = study_on(self, path, read_only=read_only)
        except StudyInUse as error:
            from app.ui.backups.opening import offer_when_in_use

            self.say_refused(error.sentence)
            return offer_when_in_use(self, path, error.sentence)
        except ReflexaError as error:
            from app.ui.backups.opening import offer_after_refusal

            offer_after_refusal(self, path, error.sentence)
            return False
        if study is None:
            return False
        self.asked_read_only = read_only
        self.show_study(study)
        return True

    def new_study(self, path: Path, title: str = "", password: Password | None = None) -> bool:
        """Make a study file and open it."""
        from app.operations.studies import new_study

        try:
            study = new_study(path, title, password=password)
        except ReflexaError as error:
            self.say_refused(error.sentence)
            return False
        self.settings.remember_place(study.key, "workspace", "transcripts")  # where the next step is
        self.show_study(study)
        return True

    def show_study(self, study: Study) -> None:
        """Put an open study on the desk."""
        from app.backups.names import is_backup
        from app.ui.window.opening import finish_purge, make_workspaces, settle_person
        from app.ui.window.undo_control import UndoControl

        self.close_study()
        self.desk = Desk(study, self.settings, self.actions_, self.tokens)
        self.desk.changed.connect(lambda _: self.foot.undo.hide())  # Undo beside a sentence takes back what it says
        self.desk.said.connect(self.foot.say)
        self.desk.offered.connect(self.foot.offer)
        self.desk.askedWhy.connect(self.foot.ask_why)
        self.desk.commentsWanted.connect(lambda subject, key: show_comments(self, subject, key))
        self.desk.writtenWanted.connect(lambda subject, key: show_written(self, subject, key))
        self.desk.promptWanted.connect(lambda question, kind: write_entry(self, prompt=(question, kind)))
        self.desk.writeWanted.connect(lambda subject, key: write_entry(self, (subject, key)))
        self.desk.momentWanted.connect(lambda seq: look_back_at(self, seq))
        self.desk.lifeWanted.connect(lambda sort, key: show_life(self, sort, key))
        self.foot.whySaid.connect(self.desk.say_why)
        self._restyle_frame()
        self._makers = make_workspaces(self)
        self._undo = UndoControl(
            self.desk, self.actions_["edit.undo"], self.actions_["edit.redo"], self._in_view, self.top.show_steps
        )
        settle_person(self.desk)
        finish_purge(self.desk)
        if not is_backup(study.path):
            self.settings.remember_recent(study.path.resolve())
        self.desk.changed.connect(lambda notice: self._show_head() if notice.touches("study") else None)
        self._show_head()
        self._undo.show()
        for action in ("study.close", "study.sheet", "study.ethics", "study.supervisor", "study.comments",
                       "study.write", "study.destroy"):  # fmt: skip
            self.actions_[action].setEnabled(True)
        for action in ("study.import", "study.project"):
            self.actions_[action].setEnabled(not study.read_only)
        self.foot.serve(self.desk, lambda: show_journal_page(self, "phases"))
        self.rail.show()
        self.top.show()
        self.foot.show()
        damage = ""
        try:
            self.show_place(str(self.settings.place(self._study_key(), "workspace", "code")))
        except ReflexaError as error:  # what stands there cannot be read; the other places may be looked at
            damage = error.sentence
        show_protection(self)
        self.foot.show_resting(
            self.tr("Open for reading only: nothing can be changed")
            if study.read_only
            else self.tr("All changes are on disk")
        )
        if damage:
            self.tell(damage)
        self._calm.start()

    def close_study(self, *, keep: bool = False) -> None:
        """Close the study and go back to the start screen. With `keep` it stays open behind what is shown next."""
        if self.desk is None:
            return
        if self.today is not None:
            self.today.close()
            self.today = None
            self.banner.shut.show()
        put_away_panels(self)
        for workspace in self.workspaces.values():
            try:
                workspace.commit_pending()
            except Exception as error:  # noqa: BLE001 - whatever a damaged study does to a field, it is closed whole
                log.error("a workspace could not commit: %s", type(error).__name__)
        self.settings.remember_place(self._study_key(), "workspace", self._current_name())
        self.stack.setCurrentWidget(self.start)  # or each workspace would be shown when the one before it goes
        for name, workspace in self.workspaces.items():
            self.actions_.remove(f"{name}.")
            self.stack.removeWidget(workspace)
            workspace.hide()
            for timer in workspace.findChildren(QTimer):  # what was to be read in a moment is not there any more
                timer.stop()
            workspace.deleteLater()
        self.workspaces.clear()
        self._makers.clear()
        self._calm.stop()
        self.banner.clear()
        self.foot.leave()
        self.foot.whySaid.disconnect()
        if self.backups is not None:
            self.backups.close()
            self.backups = None
        if keep:
            self.desk.study.forget_listeners()
        else:
            self.desk.close()
        self.desk = None
        self._undo = None
        for action in ("edit.undo", "edit.redo", "study.close", "study.sheet", "study.ethics", "study.import",
                       "study.project", "study.supervisor", "study.comments", "study.write",
                       "study.destroy"):  # fmt: skip
            self.actions_[action].setEnabled(False)
        show_protection(self)
        fill_menu_bar(self)
        self._show_start()

    def show_place(self, name: str) -> Workspace | None:
        """Go to a workspace; it is built when first visited."""
        if self.desk is None:
            return None
        if name not in self._makers:
            name = "code"
        current = self.workspaces.get(self._current_name())
        if current is not None:
            current.commit_pending()
        self._make(name)
        self.stack.setCurrentWidget(self.workspaces[name])
        self.workspaces[name].setFocus()
        self.rail.choose(name)
        self.foot.place.setVisible(name == "code")  # it says where one reads
        return self.workspaces[name]

    def _make(self, name: str) -> None:
        """Build a workspace if it is not there yet."""
        if name in self._makers and name not in self.workspaces:
            workspace = self._makers[name]()
            self.workspaces[name] = workspace
            self.stack.addWidget(workspace)
            workspace.restyle()
            if self.desk is not None and self.desk.study.read_only:
                from app.ui.widgets.fields import only_look

                only_look(workspace)
            fill_menu_bar(self)

    def _make_next(self) -> bool:
        """Build the workspaces not visited yet while nobody waits, so that their commands and menus are there.

        Returns whether something is left to do.
        """
        from app.ui.window.ethics_dialog import remind_of_retention
        from app.ui.window.opening import get_ready, keep_backups

        if self.desk is not None and self.backups is None and self.today is None:
            self.desk.study.get_ready()
            self.backups = keep_backups(self)
            remind_of_retention(self.desk, self)
            lock_of(self)
            return True
        missing = next((name for name in self._makers if name not in self.workspaces), None)
        if self.desk is None or missing is None:
            return False
        if get_ready(missing):
            self._make(missing)
        return True

    # --- the window ----------------------------------------------------------------------------------------------

    def restyle(self) -> None:
        """Take over light, dark or the system's choice."""
        self.tokens = tokens(self.settings.theme)
        application = QApplication.instance()
        sheet = style_sheet(self.tokens)
        if isinstance(application, QApplication) and application.styleSheet() != sheet:
            application.setStyleSheet(sheet)
        self.start.restyle(self.tokens)
        if self.locking is not None and self.locking.page is not None:
            self.locking.page.restyle(self.tokens)
        if self.desk is not None:
            self._restyle_frame()
            self.desk.tokens = self.tokens
            self.desk.restyled.emit()

    def _restyle_frame(self) -> None:
        """Rail and top bar, which are there once a study is."""
        self.rail.restyle(self.tokens)
        self.top.restyle(self.tokens)

    def undo(self) -> None:
        """One press of Ctrl+Z outside a text field."""
        if self._undo is not None:
            self._commit_pending()
            self._undo.undo()

    def redo(self) -> None:
        """One press of Ctrl+Shift+Z outside a text field."""
        if self._undo is not None:
            self._commit_pending()
            self._undo.redo()

    def tell_unexpected(self, kind: str) -> None:
        """One sentence for an error nobody foresaw."""
        self.tell(
            self.tr("Something went wrong in the window ({kind}). What you did before is saved.").format(kind=kind)
        )

    def tell(self, said: str) -> None:
        """Say one sentence where it is seen: beside the work, or on the start screen."""
        if self.desk is not None:
            self.foot.say(said, with_undo=False)
        else:
            self.start.say(said)

    def choose_study(self) -> None:
        """Ask for a study file and open it."""
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Open a study"), "", self.tr("Studies (*.reflexa);;All files (*)")
        )
        if path:
            self.open_study(Path(path))

    def choose_to_look(self) -> None:
        """Ask for a study file and open it for looking: nothing can be changed."""
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Open a study for looking only"), "", self.tr("Studies (*.reflexa);;All files (*)")
        )
        if path:
            self.open_study(Path(path), read_only=True)

    def choose_new(self) -> None:
        """Ask where the new study shall lie and make it."""
        target = ask_where(self, self.tr("New study"))
        if target is not None:
            ask_and_make(self, target)

    def choose_example(self) -> None:
        """Ask where the example shall lie, build it from its raw files and open it."""
        target = ask_where(self, self.tr("Where shall the example lie?"), "mentoring.reflexa")
        if target is not None:
            self.open_example(target)

    def open_example(self, path: Path) -> bool:
        """Build the example study at `path` and open it."""
        from app.demo import build_demo

        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            study = build_demo(path)
        except ReflexaError as error:
            self.say_refused(error.sentence)
            return False
        finally:
            QGuiApplication.restoreOverrideCursor()
        study.working_as = self.settings.working_as
        self.show_study(study)
        return True

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing commits what is typed and remembers sizes."""
        self.settings.remember_state("geometry", self.saveGeometry())
        self.close_study()
        self.settings.sync()
        super().closeEvent(event)

    def _build(self) -> None:
        self.rail = Rail([(name, self.tr(title), icon) for name, title, icon in PLACES])
        self.rail.wanted.connect(self.show_place)
        self.top = TopBar(self.actions_["window.palette"], self.actions_["edit.undo"], self.actions_["edit.redo"])
        self.banner = Banner()
        self.foot = MessageBar(self.actions_["edit.undo"])
        self.start = StartScreen(self.settings)
        self.start.newWanted.connect(self.choose_new)
        self.start.openWanted.connect(self.choose_study)
        self.start.exampleWanted.connect(self.choose_example)
        self.start.backupsWanted.connect(self.actions_["study.backups"].trigger)
        self.start.recentWanted.connect(self.open_study)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.stack, 1)
        layout = QVBoxLayout()
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.top)
        layout.addWidget(self.banner)
        layout.addLayout(middle, 1)
        layout.addWidget(self.foot)
        centre = QWidget()
        centre.setLayout(layout)
        self.setCentralWidget(centre)
        fill_menu_bar(self)
        self._show_start()

    def _show_start(self) -> None:
        self.setWindowTitle("Reflexa")
        self.start.refresh()
        self.stack.setCurrentWidget(self.start)
        for part in (self.rail, self.top, self.foot):
            part.hide()

    def _show_head(self) -> None:
        if self.desk is None:
            return
        title = self.desk.study.title
        self.top.title.setText(title)
        self.top.title.setMaximumWidth(360)
        self.top.file.setText(self.desk.study.path.name)
        looking = self.desk.study.read_only
        self.top.read_only.setVisible(looking)
        self.setWindowTitle(f"{title} – Reflexa" + (self.tr(" (read-only)") if looking else ""))

    def say_refused(self, sentence: str) -> None:
        """Say why something could not be opened or made."""
        if self.desk is not None:
            self.desk.say(sentence)
        else:
            self.start.say(sentence)

    def offer_refused(self, sentence: str, button: str, run: Callable[[], object]) -> None:
        """The same with something one may do about it."""
        if self.desk is not None:
            self.desk.offer(sentence, button, run)
        else:
            self.start.say(sentence, button, run)

    def import_transcripts(self) -> None:
        """Go to the transcripts and ask for files."""
        place = self.show_place("transcripts")
        if place is not None:
            self.actions_["transcripts.import"].trigger()

    def _visit(self, scope: str) -> None:
        """An action of a workspace runs in that workspace, wherever it was called from."""
        if scope in self._makers and scope != self._current_name():
            self.show_place(scope)

    def _in_view(self, rows: dict[str, frozenset[str]]) -> bool:
        workspace = self.workspaces.get(self._current_name())
        return workspace is not None and workspace.shows(rows)

    def _commit_pending(self) -> None:
        workspace = self.workspaces.get(self._current_name())
        if workspace is not None:
            workspace.commit_pending()

    def _current_name(self) -> str:
        shown = self.stack.currentWidget()
        return next((name for name, one in self.workspaces.items() if one is shown), "")

    def _study_key(self) -> str:
        return self.desk.study.key if self.desk is not None else ""


def _same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
