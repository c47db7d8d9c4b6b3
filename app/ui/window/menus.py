"""The window's own actions and the menu bar, which is filled from the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QMenu

from app.ui.window.guarding import lock_of, show_protection
from app.ui.window.in_dialogs import HoldsInDialogs, dialog_in_front

if TYPE_CHECKING:
    from app.ui.paged import Page
    from app.ui.window.main_window import MainWindow

MENUS = ("File", "Edit", "View", "Transcripts", "Code", "Themes", "Map", "Journal", "Outputs", "Help")


def add_general_actions(window: MainWindow) -> None:
    """What can be done whatever workspace is shown."""
    add = window.actions_.add
    add("study.new", _tr("New study …"), window.choose_new, keys="Ctrl+N", menu="File")
    add("study.open", _tr("Open a study …"), window.choose_study, keys="Ctrl+O", menu="File")
    add("study.look", _tr("Open a study for looking only …"), window.choose_to_look, menu="File")
    add("study.example", _tr("Look at the example …"), window.choose_example, menu="File")
    window.actions_.separator("File")
    add(
        "study.import", _tr("Bring in transcripts …"), window.import_transcripts, keys="Ctrl+Shift+I", menu="File"
    ).setEnabled(False)
    project = lambda: _project(window)  # noqa: E731
    add("study.project", _tr("Bring in a project of another program …"), project, menu="File").setEnabled(False)
    add("study.backups", _tr("Backups …"), lambda: _backups(window), menu="File")
    add("study.sheet", _tr("About this study …"), lambda: _study_sheet(window), menu="File").setEnabled(False)
    add("study.ethics", _tr("Ethics of this study …"), lambda: _ethics(window), menu="File").setEnabled(False)
    add("study.supervisor", _tr("For the supervisor …"), lambda: _supervisor(window), menu="File").setEnabled(False)
    add("study.comments", _tr("Comments …"), lambda: show_comments(window), menu="View")
    window.actions_["study.comments"].setEnabled(False)
    window.actions_.separator("File")
    for name, text in (
        ("set", _tr("Set a password …")),
        ("change", _tr("Change the password …")),
        ("remove", _tr("Remove the password …")),
    ):
        change = lambda _=None, remove=name == "remove": _change_password(window, remove=remove)  # noqa: E731
        add(f"study.{name}_password", text, change, menu="File").setEnabled(False)
        window.actions_[f"study.{name}_password"].setVisible(name == "set")
    add("study.lock", _tr("Lock now"), lambda: lock_of(window).lock(), keys="Ctrl+Shift+F12", menu="File").setEnabled(
        False
    )
    window.actions_.separator("File")
    add("study.destroy", _tr("Destroy this study …"), lambda: _destroy(window), menu="File").setEnabled(False)
    add("study.close", _tr("Close study"), window.close_study, keys="Ctrl+W", menu="File").setEnabled(False)
    add("window.preferences", _tr("Preferences …"), lambda: _preferences(window), keys="Ctrl+,", menu="File")
    add("window.quit", _tr("Quit"), window.close, keys="Ctrl+Q", menu="File")
    add("edit.undo", _tr("Undo"), window.undo, keys="Ctrl+Z", menu="Edit").setEnabled(False)
    add("edit.redo", _tr("Redo"), window.redo, keys=("Ctrl+Shift+Z", "Ctrl+Y"), menu="Edit").setEnabled(False)
    add("study.write", _tr("Write in the journal …"), lambda: write_entry(window), keys="Ctrl+J", menu="Edit")
    window.actions_["study.write"].setEnabled(False)
    HoldsInDialogs(window.actions_["study.write"], window)
    add("window.palette", _tr("Run a command …"), lambda: _palette(window), keys="Ctrl+K", menu="View")
    from app.ui.window.main_window import PLACES

    for number, (name, title, _) in enumerate(PLACES, start=1):
        add(
            f"window.{name}",
            _tr("Go to {place}").format(place=title),
            lambda name=name: window.show_place(name),
            keys=f"Ctrl+{number}",
            menu="View",
        )
    window.actions_.separator("View")
    add("window.light_dark", _tr("Switch between light and dark"), lambda: _light_dark(window), menu="View")
    add("help.shortcuts", _tr("Shortcuts"), lambda: _shortcuts(window), keys="F1", menu="Help")
    add("help.about", _tr("About Reflexa"), lambda: _about(window), menu="Help")


def _project(window: MainWindow) -> None:
    if window.desk is not None:
        from app.ui.importing.project_dialog import ask_for_project

        ask_for_project(window.desk, window)


def _destroy(window: MainWindow) -> None:
    from app.ui.rights.destroy_dialog import ask_to_destroy

    ask_to_destroy(window)


def fill_menu_bar(window: MainWindow) -> None:
    """Make the menus anew from what the registry holds now; a menu without actions is not shown."""
    bar = window.menuBar()
    bar.clear()
    for old in bar.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly):
        old.deleteLater()
    for name in MENUS:
        menu = bar.addMenu(_tr(name))
        menu.setObjectName(f"menu.{name}")
        window.actions_.fill_menu(menu, name)
        if menu.isEmpty():
            bar.removeAction(menu.menuAction())


def _palette(window: MainWindow) -> None:
    from app.ui.window.palette import CommandPalette

    CommandPalette(window.actions_, window).open_over(window.top.search if window.desk else window.start)


def _preferences(window: MainWindow) -> None:
    from app.ui.window.preferences import PreferencesDialog

    PreferencesDialog(window).exec()


def _backups(window: MainWindow) -> None:
    from app.ui.backups.opening import show_backups

    show_backups(window)


def _study_sheet(window: MainWindow) -> None:
    from app.ui.window.study_sheet import StudySheetDialog

    if window.desk is not None:
        StudySheetDialog(window.desk, window).exec()


def _ethics(window: MainWindow) -> None:
    from app.ui.window.ethics_dialog import EthicsDialog

    if window.desk is not None:
        EthicsDialog(window.desk, window).exec()


def _change_password(window: MainWindow, *, remove: bool) -> None:
    from app.ui.passwords.choosing import ChangePasswordDialog

    if window.desk is None:
        return
    if window.backups is not None and window.backups.keeper.busy:
        window.desk.say(_tr("A backup is being written at this moment. Try again in a few seconds."))
        return
    dialog = ChangePasswordDialog(window.desk, window, remove=remove)
    if dialog.exec() and dialog.done_with is not None:
        show_protection(window)
        said = (
            _tr("The study is encrypted. Without its password nobody opens it: keep the password safe.")
            if window.desk.study.encrypted
            else _tr("The study has no password any more.")
        )
        left = len(dialog.done_with.left)
        if left:
            said += " " + _tr("{n} of its backups or their places could not be reached and are as they were.").format(
                n=left
            )
        window.desk.say(said)
    dialog.deleteLater()


def _supervisor(window: MainWindow) -> None:
    from app.exporters.registry import find_kind
    from app.ui.outputs.supervisor import SupervisorDialog
    from app.ui.outputs.workspace import OutputsWorkspace

    if window.desk is None:
        return
    dialog = SupervisorDialog(window.desk, window)
    if not dialog.exec():
        return
    place = window.show_place("outputs")
    if isinstance(place, OutputsWorkspace):
        place.ask_and_export(find_kind("supervisor"), "pdf", dialog.options())


def show_comments(window: MainWindow, subject: str = "", subject_id: str = "") -> None:
    """The comments on the study, or those on one thing, beside the work."""
    from app.ui.reviews.panel import CommentsPanel
    from app.ui.window.going import go_to

    if window.desk is None:
        return
    panel = next((one for one in window.findChildren(CommentsPanel) if one.desk is window.desk), None)
    if panel is None:
        panel = CommentsPanel(window.desk, window)
        panel.goWanted.connect(lambda what, key, source_id: go_to(window, what, key, source_id))
    panel.open_on(subject, subject_id)


def show_written(window: MainWindow, subject: str, key: str) -> None:
    """All that was written about a thing."""
    from app.ui.window import going

    going.show_written(window, subject, key)


def write_entry(window: MainWindow, about: tuple[str, str] | None = None, prompt: tuple[str, str] = ("", "")) -> None:
    """Write in the journal, beside the work: about this thing, on this question, or about what one looks at."""
    from app.ui.journal.quick_entry import QuickEntry
    from app.ui.window.going import go_to
    from app.ui.workspace import Workspace

    if window.desk is None or window.desk.works:
        return
    if window.desk.study.read_only:
        window.desk.say(_tr("This study is open for reading only, so nothing can be written in its journal."))
        return
    panel = next((one for one in window.findChildren(QuickEntry) if one.desk is window.desk), None)
    if panel is None:
        panel = QuickEntry(window.desk, window)
        panel.goWanted.connect(lambda subject, key: go_to(window, subject, key))
        panel.entryWanted.connect(lambda key: go_to(window, "entry", key))
    place, dialog = window.stack.currentWidget(), dialog_in_front()
    looked_at: list[tuple[str, str]] = getattr(dialog, "looking_at", list)()
    if not looked_at and isinstance(place, Workspace):
        looked_at = place.looking_at()
    panel.open_on([about] if about else looked_at, prompt)


def show_journal_page(window: MainWindow, name: str) -> Page | None:
    """Go to a page of the Journal workspace."""
    from app.ui.journal.workspace import JournalWorkspace

    place = window.show_place("journal")
    return place.show_page(name) if isinstance(place, JournalWorkspace) else None


def look_back_at(window: MainWindow, seq: int) -> None:
    """Show the study as it was right after a change, once what asked for it has done its work."""
    from app.ui.window.looking_back import look_back

    QTimer.singleShot(0, window, lambda: look_back(window, seq))


def show_life(window: MainWindow, sort: str, key: str) -> None:
    """Show the life of a code or theme."""
    from app.ui.journal.life_dialog import LifeDialog

    if window.desk is not None:
        LifeDialog(window.desk, sort, key, window).exec()


def put_away_panels(window: MainWindow) -> None:
    """What stands beside the work goes with the study; what was typed there is committed first."""
    from app.ui.journal.quick_entry import QuickEntry
    from app.ui.reviews.panel import CommentsPanel

    for panel in (*window.findChildren(QuickEntry), *window.findChildren(CommentsPanel)):
        if isinstance(panel, QuickEntry):
            panel.put_away()
        panel.hide()
        panel.deleteLater()


def _light_dark(window: MainWindow) -> None:
    strength = "strong " if window.tokens.strong else ""
    window.settings.theme = strength + ("light" if window.tokens.dark else "dark")
    window.restyle()


def _shortcuts(window: MainWindow) -> None:
    from app.ui.window.shortcuts import ShortcutsDialog

    ShortcutsDialog(window.actions_, window, window.tokens).exec()


def _about(window: MainWindow) -> None:
    from app.ui.window.about import AboutDialog

    AboutDialog(window).exec()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Menus", text)
