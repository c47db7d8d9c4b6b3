"""The menu of the lens over the matrix: read through another one, bring one in, change it, write it out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QToolButton

from app.analysis.themes import LensRow, lens_in_use, lens_rows
from app.errors import ReflexaError
from app.exporters.whole_file import write_whole
from app.importers.lens_file import LensDraft, as_json, read_lens
from app.operations import lenses
from app.operations.names import same_name
from app.study import ChangeSession
from app.ui.desk import Desk


def read_through(session: ChangeSession, lens: LensDraft) -> str:
    """Add a lens and read the study through it: one step."""
    lens_id = lenses.add_lens(session, lens)
    lenses.use_lens(session, lens_id)
    return lens_id


class LensMenu(QToolButton):
    """A button whose menu is made anew each time it opens. Mappings of every lens are kept."""

    def __init__(self, desk: Desk, confirm: Callable[[str, str, Callable[[], object]], None]) -> None:
        """`confirm(sentence, yes, do)` asks beside the work."""
        super().__init__()
        self.setObjectName("themes.lensMenu")
        self.setText(self.tr("Lens …"))
        self.setAccessibleName(self.tr("Lens: choose, bring in, change"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._desk, self._confirm = desk, confirm
        menu = QMenu(self)
        menu.setObjectName("themes.lensMenu.menu")
        menu.aboutToShow.connect(lambda: self.fill(menu))
        self.setMenu(menu)

    def fill(self, menu: QMenu) -> None:
        """What can be done now."""
        menu.clear()
        with self._desk.read() as session:
            rows, used = lens_rows(session), lens_in_use(session)
        group = QActionGroup(menu)
        for row in rows:
            action = menu.addAction(row.name.replace("&", "&&"), lambda key=row.id: self._use(key))
            action.setCheckable(True)
            action.setChecked(used is not None and row.id == used.id)
            group.addAction(action)
        menu.addSeparator()
        for key in lenses.SHIPPED:
            draft = lenses.shipped_lens(key)
            if not any(same_name(row.name, draft.name) for row in rows):
                menu.addAction(self.tr("Add “{name}”").format(name=draft.name), lambda draft=draft: self._take(draft))
        menu.addAction(self.tr("Add one from a file …"), self.from_file)
        menu.addSeparator()
        if used is not None:
            menu.addAction(self.tr("Change its entries …"), lambda: self.edit(used.id))
            menu.addAction(self.tr("Copy it under another name …"), lambda: self._copy(used))
            menu.addAction(self.tr("Write it to a file …"), lambda: self.to_file(used))
        others = [row for row in rows if used is None or row.id != used.id]
        if others:
            delete = menu.addMenu(self.tr("Delete a lens"))
            for row in others:
                delete.addAction(row.name.replace("&", "&&"), lambda row=row: self.ask_delete(row))

    def from_file(self) -> None:
        """Ask for a JSON file and read the study through what is in it."""
        path, _ = QFileDialog.getOpenFileName(
            self, self.tr("Add a lens"), "", self.tr("Lenses (*.json);;All files (*)")
        )
        if path:
            self.take_file(Path(path))

    def take_file(self, path: Path) -> None:
        """Read the study through the lens in a file; what is wrong with it is said in a sentence."""
        try:
            draft = read_lens(path)
        except ReflexaError as error:
            self._desk.say(error.sentence)
            return
        self._take(draft)

    def to_file(self, lens: LensRow) -> None:
        """Ask for a name and write the lens there."""
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Write the lens"), f"{lens.name}.json", "*.json")
        if path:
            self.write(lens.id, Path(path))

    def write(self, lens_id: str, path: Path) -> None:
        """Write a lens to a file that `from_file` reads."""
        with self._desk.read() as session:
            text = as_json(lenses.lens_draft(session, lens_id))
        try:
            write_whole(path, text.encode("utf-8"), force=True)
        except ReflexaError as error:
            self._desk.say(error.sentence)
            return
        self._desk.say(self.tr("Written: {name}").format(name=path.name))

    def edit(self, lens_id: str) -> None:
        """Open the entries of a lens."""
        from app.ui.lenses.dialog import LensDialog

        LensDialog(self._desk, lens_id, self.window()).exec()

    def ask_delete(self, lens: LensRow) -> None:
        """Say what goes with a lens, and delete it if that is meant."""
        from app.ui.lenses.dialog import what_goes

        said = self.tr("Delete the lens “{name}”? {goes}").format(
            name=lens.name, goes=what_goes(self._desk, [one.id for one in lens.entries])
        )
        self._confirm(said, self.tr("Delete lens"), lambda: self._delete(lens))

    def _delete(self, lens: LensRow) -> None:
        if self._desk.done(lenses.delete_lens, lens.id):
            self._desk.say(self.tr("Deleted the lens “{name}”.").format(name=lens.name), with_undo=True)

    def _use(self, lens_id: str) -> None:
        self._desk.run(lenses.use_lens, lens_id)

    def _take(self, draft: LensDraft) -> None:
        if self._desk.run(read_through, draft) is not None:
            self._desk.say(self.tr("The study is read through “{name}” now.").format(name=draft.name), with_undo=True)

    def _copy(self, lens: LensRow) -> None:
        name, meant = QInputDialog.getText(
            self.window(), self.tr("Copy lens"), self.tr("Name of the copy:"), text=f"{lens.name} 2"
        )
        if meant:
            self._desk.run(lenses.copy_lens, lens.id, name)
