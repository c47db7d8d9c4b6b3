"""The Map workspace: the map one works on, its versions, and what is chosen on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.analysis.map_content import MapContent, frozen_content, live_content, version_rows
from app.analysis.map_layout import Box
from app.analysis.map_picture import MapPicture, draw
from app.analysis.map_words import describe
from app.analysis.reviews import commented
from app.exporters.options import day
from app.exporters.painted.brush import Ink
from app.exporters.painted.figure import POSITION
from app.models.kinds import RelationKind
from app.operations.maps import (
    delete_version,
    edit_note,
    keep_version,
    place_region,
    place_themes,
    relate,
    size_themes,
    turn_relation_round,
    unrelate,
    write_note,
)
from app.operations.themes import create_theme
from app.ui.desk import Desk
from app.ui.map.canvas import MapCanvas
from app.ui.map.commands import add_map_actions
from app.ui.map.legend import MapLegend
from app.ui.map.note_dialog import NoteDialog
from app.ui.map.side import RelationCard, ThemeCard
from app.ui.map.two_maps import TwoMaps
from app.ui.map.versions import NOW, VersionForm, VersionList
from app.ui.map.view import MapView
from app.ui.widgets.labels import PlainLabel
from app.ui.wording import counted
from app.ui.workspace import Workspace

if TYPE_CHECKING:
    from app.study import Notice
    from app.ui.style.tokens import Tokens

_SHOWN = {
    "theme", "theme_code", "code", "theme_relation", "map_region", "map_note", "map_version", "mapping", "unexplained",
    "lens", "lens_entry", "study", "review_comment",
}  # fmt: skip


class MapWorkspace(Workspace):
    """The map in the middle; what is chosen, and the versions, at the right."""

    name = "map"
    icon_name = "map"
    themeWanted = Signal(str)
    """Go to the sheet of a theme."""
    exportWanted = Signal(str, bool)
    """Make a figure: of this version ("" now), with codes or without."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.content: MapContent | None = None
        self.picture: MapPicture | None = None
        self.version = NOW
        self._codes = False
        self._fitted = False
        self._build()
        add_map_actions(self)
        self.begins_at = self.view

    @property
    def title(self) -> str:
        """The word on the rail."""
        return self.tr("Map")

    @property
    def editable(self) -> bool:
        """Whether one works on what is shown."""
        return self.version == NOW and not self.desk.study.read_only

    # --- what is shown -------------------------------------------------------------------------------------------

    def refresh(self, notice: Notice | None) -> None:
        """Draw what the study says now."""
        if notice is not None and not notice.touches(*_SHOWN):
            return
        with self.desk.read() as session:
            versions = version_rows(session)
            if self.version not in {row.id for row in versions}:
                self.version = NOW
            self.content = frozen_content(session, self.version) if self.version else live_content(session)
            said = commented(session)
        assert self.content is not None
        row = next((one for one in versions if one.id == self.version), None)
        self.versions.show_versions(versions, self.version)
        about = f"{row.label} · {day(row.at)}" if row is not None else ""
        self.picture = draw(self.content, about=about, codes=self._codes)
        self.canvas.show_picture(
            self.picture, ink_of(self.desk.tokens), self.desk.tokens.accent, editable=self.editable, commented=said
        )
        self.versions.written.show_on(self.version)
        self.versions.written.setVisible(bool(self.version) and self.versions.written.isVisibleTo(self.versions))
        self.versions.comments.show_on(self.version)
        self.versions.comments.setVisible(bool(self.version) and self.versions.comments.isVisibleTo(self.versions))
        self.legend.restyle(ink_of(self.desk.tokens))
        self.view.setAccessibleDescription(describe(self.content))
        self.banner.setText(
            self.tr("{about}: as it was kept. Nothing here can be changed.").format(about=about) if about else ""
        )
        self.frozen.setVisible(bool(about))
        for button in (self.add, self.relation, self.note, self.tidy, self.save):
            button.setEnabled(self.editable)
        self.empty.setVisible(not self.content.themes)
        self._show_chosen()
        if not self._fitted:
            self._fitted = True
            self.view.fit()

    def shows(self, rows: dict[str, frozenset[str]]) -> bool:
        """What the map draws is in view."""
        return self.isVisible() and not rows.keys() - _SHOWN

    def restyle(self) -> None:
        """Take over colours."""
        if self.content is not None:
            self.refresh(None)

    def looking_at(self) -> list[tuple[str, str]]:
        """The themes chosen, and the version, unless it is the map as it is."""
        found = [("theme", theme_id) for theme_id in self.canvas.chosen_themes()[:3]]
        return found + ([("version", self.version)] if self.version != NOW else [])

    def commit_pending(self) -> None:
        """What was nudged by key is put on disk."""
        self.view.settle_now()

    def show_version(self, version_id: str) -> None:
        """Look at a version as it was, or at the map as it is (NOW)."""
        self.view.settle_now()
        self.version = version_id
        self.pages.setCurrentIndex(0)
        self.refresh(None)
        self.view.fit()

    def compare(self, before: str, after: str) -> None:
        """Two versions (NOW: as it is) beside each other."""
        with self.desk.read() as session:
            both = [frozen_content(session, one) if one else live_content(session) for one in (before, after)]
        if both[0] is None or both[1] is None:
            return
        titles = [self._called(one) for one in (before, after)]
        offered = [*(row.id for row in self.versions.rows()), NOW]
        self.compared.offer([(one, self._called(one)) for one in offered], before, after)
        ink, accent = ink_of(self.desk.tokens), self.desk.tokens.accent
        self.compared.show_maps(both[0], both[1], (titles[0], titles[1]), ink, accent)
        self.pages.setCurrentWidget(self.compared)

    def show_codes(self, on: bool) -> None:
        """Codes under their themes, or not."""
        self._codes = on
        self.codes.setChecked(on)
        self.refresh(None)

    def show_legend(self, on: bool) -> None:
        """The whole legend under the map, or only what places mean."""
        self.key.setChecked(on)
        self.legend.setVisible(on)
        self.position.setVisible(not on)

    # --- what one does -------------------------------------------------------------------------------------------

    def new_theme(self) -> None:
        """Make a theme; it stands outside until it is mapped."""
        name, done = QInputDialog.getText(self, self.tr("New theme"), self.tr("Name of the theme"))
        if done and name.strip():
            theme_id = self.desk.run(create_theme, name)
            if theme_id is not None:
                self.canvas.choose({theme_id})
                self._show_chosen()

    def new_note(self) -> None:
        """Write free words in the middle of what one sees."""
        text = NoteDialog(self.desk, self).ask()
        if text and text.strip():
            middle = self.view.mapToScene(self.view.viewport().rect().center())
            self.desk.run(write_note, text, middle.x(), middle.y())

    def edit_note_of(self, note_id: str) -> None:
        """Say a note otherwise; without words it goes."""
        held = next((one for one in self.content.notes if one.id == note_id), None) if self.content else None
        if held is None or not self.editable:
            return
        text = NoteDialog(self.desk, self, held.text, note_id).ask()
        if text is not None:
            self.desk.done(edit_note, note_id, text=text)

    def tidy_up(self) -> None:
        """Give the themes chosen back to the layout, or all of them."""
        if self.content is None or not self.editable:
            return
        chosen = set(self.canvas.chosen_themes())
        placed = {one.id: None for one in self.content.themes if one.x is not None and (not chosen or one.id in chosen)}
        if not placed:
            self.desk.say(self.tr("The layout has placed everything here already."))
        elif self.desk.done(place_themes, placed):
            said = counted(
                len(placed),
                self.tr("Tidied up: the layout places 1 theme."),
                self.tr("Tidied up: the layout places {n} themes."),
            )
            self.desk.say(said, with_undo=True)

    def size_chosen(self, factor: float) -> None:
        """Draw the themes chosen larger or smaller."""
        chosen = self.canvas.chosen_themes()
        if not chosen:
            self.desk.say(self.tr("Choose a theme on the map first."))
        elif self.editable:
            self.desk.done(size_themes, chosen, factor)

    def relate_chosen(self) -> None:
        """Relate the two themes chosen, or start drawing a relation with the mouse."""
        chosen = self.canvas.chosen_themes()
        if len(chosen) == 2:
            self.relate(chosen[0], chosen[1])
            return
        self.relation.setChecked(not self.view.relating)

    def relate(self, from_id: str, to_id: str) -> None:
        """Ask what the one has to do with the other."""
        if not self.editable:
            return
        menu = QMenu(self)
        menu.setAccessibleName(self.tr("What do they have to do with each other?"))
        for kind in RelationKind:
            menu.addAction(kind.value, lambda kind=kind: self._relate(from_id, to_id, kind))
        menu.exec(self.cursor().pos() if self.view.underMouse() else self.view.mapToGlobal(QPoint(80, 80)))

    def delete_chosen(self) -> None:
        """Remove the relations and notes chosen; themes are let go on their sheets."""
        for relation_id in list(self.canvas.relations):
            if relation_id in self.canvas.chosen_ids() and self.editable:
                self.desk.done(unrelate, relation_id)
        for note_id in list(self.canvas.notes):
            if note_id in self.canvas.chosen_ids() and self.editable:
                self.desk.done(edit_note, note_id, text="")

    def keep(self, label: str, note: str) -> None:
        """Keep the map as it is as a version."""
        self.view.settle_now()
        if self.desk.run(keep_version, label, note) is not None:
            self.form.hide()
            self.desk.say(self.tr("Kept as “{label}”.").format(label=label), with_undo=True)

    def open_form(self) -> None:
        """Ask for the label of a version."""
        if self.editable:
            self.form.open_form(self.versions.labels())

    # --- parts ---------------------------------------------------------------------------------------------------

    def _relate(self, from_id: str, to_id: str, kind: RelationKind) -> None:
        label = ""
        if kind == RelationKind.OWN_WORD:
            label, done = QInputDialog.getText(self, self.tr("Relation"), self.tr("In your own word"))
            if not done:
                return
        relation_id = self.desk.run(relate, from_id, to_id, kind, label)
        if relation_id is not None:
            self.canvas.choose({relation_id})
            self._show_chosen()

    def _show_chosen(self) -> None:
        if self.content is None:
            return
        themes, ids = self.canvas.chosen_themes(), self.canvas.chosen_ids()
        theme_id = themes[0] if len(themes) == 1 else ""
        flag = self.canvas.nodes[theme_id].picture.flag if theme_id else ""
        self.theme.show_theme(self.content, theme_id, flag, live=self.version == NOW)
        relation = next((one for one in self.content.relations if one.id in ids), None)
        self.relation_card.show_relation(self.content, relation, editable=self.editable)
        self.several.setText(self.tr("{n} themes chosen").format(n=len(themes)) if len(themes) > 1 else "")
        self.several.setVisible(len(themes) > 1)
        self.hint.setVisible(not themes and relation is None and self.editable)

    def _chosen_relation(self) -> str:
        return next((one for one in self.canvas.chosen_ids() if one in self.canvas.relations), "")

    def _say_relation(self, kind: str, word: str) -> None:
        relation = (
            next((one for one in self.content.relations if one.id == self._chosen_relation()), None)
            if (self.content is not None)
            else None
        )
        if relation is not None and (relation.kind.value, relation.label) != (kind, word.strip()):
            self.desk.run(relate, relation.from_id, relation.to_id, RelationKind(kind), word)

    def _called(self, version_id: str) -> str:
        row = self.versions.row(version_id)
        return f"{row.label} · {day(row.at)}" if row is not None else self.tr("Now")

    def _place_region(self, entry_id: str, box: object) -> None:
        if isinstance(box, Box) and self.desk.done(place_region, entry_id, (box.x, box.y, box.width, box.height)):
            regions = {one.entry_id: one for one in self.picture.regions} if self.picture is not None else {}
            mine = regions.pop(entry_id, None)
            met = [one.name for one in regions.values() if mine is not None and one.box.ellipse_meets(mine.box)]
            if mine is not None and met:
                names = ", ".join(f"“{name}”" for name in met)
                said = self.tr("“{name}” overlaps {others} now. If that is not meant, take it back.")
                self.desk.say(said.format(name=mine.name, others=names), with_undo=True)

    def _delete_version(self, version_id: str) -> None:
        label = self._called(version_id)
        if self.desk.done(delete_version, version_id):
            self.desk.say(self.tr("Version “{label}” is deleted.").format(label=label), with_undo=True)

    def _menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        for name in ("map.open", "map.relate", "map.tidy", "-", "map.align_left", "map.align_top", "map.align_middle",
                     "map.align_row", "-", "map.grow", "map.shrink", "-", "map.note", "map.delete", "-",
                     "map.fit"):  # fmt: skip
            if name == "-":
                menu.addSeparator()
            else:
                menu.addAction(self.desk.actions[name])
        menu.exec(point)

    def _build(self) -> None:
        self.canvas = MapCanvas()
        self.view = MapView(self.canvas)
        self.add, self.relation = QPushButton(self.tr("New theme …")), QPushButton(self.tr("Relation"))
        self.note, self.tidy = QPushButton(self.tr("Note …")), QPushButton(self.tr("Tidy up"))
        self.codes, self.fit = QPushButton(self.tr("Codes")), QPushButton(self.tr("Fit"))
        self.key = QPushButton(self.tr("Legend"))
        self.key.setCheckable(True)
        self.figure, self.save = QPushButton(self.tr("Figure …")), QPushButton(self.tr("Keep version …"))
        self.relation.setCheckable(True)
        self.relation.setToolTip(self.tr("Drag from one theme to another, or choose two and press R"))
        self.codes.setCheckable(True)
        self.save.setProperty("look", "primary")
        bar = QWidget()
        bar.setProperty("look", "bar")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(PlainLabel(self.tr("Map"), "title"))
        row.addSpacing(8)
        buttons = {"add": self.add, "relation": self.relation, "note": self.note, "tidy": self.tidy,
                   "codes": self.codes, "key": self.key, "fit": self.fit, "figure": self.figure,
                   "save": self.save}  # fmt: skip
        for name, button in buttons.items():
            button.setObjectName(f"map.{name}Button")
            if name == "fit":
                row.addStretch(1)
            row.addWidget(button)
        self.frozen = QWidget()
        self.frozen.setProperty("look", "bar")
        self.frozen.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.banner = PlainLabel("", "strong", wrap=True)
        self.older, self.newer = QPushButton(self.tr("Older")), QPushButton(self.tr("Newer"))
        now = QPushButton(self.tr("Back to the map now"))
        told = QHBoxLayout(self.frozen)
        told.setContentsMargins(16, 8, 16, 8)
        told.addWidget(self.banner, 1)
        for button in (self.older, self.newer, now):
            told.addWidget(button)
        self.frozen.hide()
        self.empty = PlainLabel(
            self.tr("No themes yet.\n\nMake one here, or cluster codes into themes in the Themes workspace."), "quiet",
            wrap=True,
        )  # fmt: skip
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        paper = QWidget()
        paper.setProperty("look", "paper")
        middle = QVBoxLayout(paper)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.frozen)
        middle.addWidget(self.empty)
        middle.addWidget(self.view, 1)
        self.legend, self.position = MapLegend(), PlainLabel(POSITION, "small", wrap=True)
        self.position.setContentsMargins(16, 4, 16, 6)
        self.legend.hide()
        middle.addWidget(self.position)
        middle.addWidget(self.legend)
        self.pages = QStackedWidget(self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self.pages)
        self.splitter.addWidget(paper)
        self.splitter.addWidget(self._side())
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setSizes([1000, 288])
        self.compared = TwoMaps()
        self.pages.addWidget(self.splitter)
        self.pages.addWidget(self.compared)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(bar)
        layout.addWidget(self.pages, 1)
        self._connect(now)

    def _side(self) -> QWidget:
        self.theme, self.relation_card = ThemeCard(), RelationCard()
        self.versions, self.form = VersionList(self.desk), VersionForm(self.desk)
        self.several: QLabel = PlainLabel("", "strong")
        self.hint = PlainLabel(
            self.tr("Drag themes where they belong; their place is kept. Tab goes from theme to theme, arrows move."),
            "quiet",
            wrap=True,
        )
        inside = QWidget()
        inside.setProperty("look", "panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        for part in (self.form, self.theme, self.relation_card, self.several, self.hint):
            column.addWidget(part)
        column.addStretch(1)
        column.addWidget(self.versions)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        scroll.setMinimumWidth(240)
        return scroll

    def _connect(self, now: QPushButton) -> None:
        canvas, view = self.canvas, self.view
        canvas.themesPlaced.connect(lambda places: self.desk.done(place_themes, places))
        canvas.regionPlaced.connect(self._place_region)
        canvas.notePlaced.connect(lambda note_id, x, y: self.desk.done(edit_note, note_id, place=(x, y)))
        canvas.somethingChosen.connect(self._show_chosen)
        view.relationDrawn.connect(self.relate)
        view.themeOpened.connect(lambda theme_id: self.themeWanted.emit(theme_id) if self.version == NOW else None)
        view.commentsWanted.connect(lambda theme_id: self.desk.commentsWanted.emit("theme", theme_id))
        view.noteOpened.connect(self.edit_note_of)
        view.menuWanted.connect(self._menu)
        view.relatingEnded.connect(lambda: self.relation.setChecked(False))
        self.relation.toggled.connect(lambda on: setattr(view, "relating", on))
        self.theme.openWanted.connect(self.themeWanted)
        self.theme.giveBackWanted.connect(lambda theme_id: self.desk.done(place_themes, {theme_id: None}))
        self.relation_card.changed.connect(self._say_relation)
        self.relation_card.turnWanted.connect(lambda: self.desk.done(turn_relation_round, self._chosen_relation()))
        self.relation_card.removeWanted.connect(lambda: self.desk.done(unrelate, self._chosen_relation()))
        self.form.kept.connect(self.keep)
        self.form.cancelled.connect(self.form.hide)
        self.versions.shown.connect(self.show_version)
        self.versions.compareWanted.connect(self.compare)
        self.versions.deleteWanted.connect(self._delete_version)
        self.older.clicked.connect(lambda: self.versions.step(-1))
        self.newer.clicked.connect(lambda: self.versions.step(1))
        now.clicked.connect(lambda: self.show_version(NOW))
        self.compared.wanted.connect(self.compare)
        self.compared.closed.connect(lambda: self.pages.setCurrentIndex(0))
        self.add.clicked.connect(self.new_theme)
        self.note.clicked.connect(self.new_note)
        self.tidy.clicked.connect(self.tidy_up)
        self.codes.clicked.connect(self.show_codes)
        self.key.clicked.connect(self.show_legend)
        self.fit.clicked.connect(view.fit)
        self.save.clicked.connect(self.open_form)
        self.figure.clicked.connect(lambda: self.exportWanted.emit(self.version, self._codes))


def ink_of(tokens: Tokens) -> Ink:
    """The colours of the map on the screen."""
    if not tokens.dark:
        return Ink(paper=tokens.paper, card=tokens.raised, text=tokens.text, quiet=tokens.quiet, line="#3A3F47")
    return Ink(paper=tokens.paper, card=tokens.raised, text=tokens.text, quiet=tokens.quiet, line="#B9BEC7",
               note="#3D3720", warn=tokens.warn, wash=0.16)  # fmt: skip
