"""Every excerpt of a theme with three independent decisions: belongs, runs against it, quoted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from app.analysis.codes import CodeRow
from app.analysis.themes import ThemeExcerptRow, excerpts_of_theme
from app.models.kinds import Belongs
from app.operations.decisions import decide, take_excerpt_out
from app.ui.desk import Desk
from app.ui.quotes import QuoteShelf
from app.ui.themes.excerpt_foot import ExcerptFoot
from app.ui.themes.excerpt_model import ROW, ThemeExcerptModel, decided
from app.ui.themes.excerpt_painting import ExcerptDelegate
from app.ui.widgets.choice import ChoiceOfOne
from app.ui.widgets.labels import PlainLabel
from app.ui.widgets.wording_hints import WordingHints

Shows = Callable[[ThemeExcerptRow], bool]


class ExcerptsOfTheme(QListView):
    """The list. Letters decide on the excerpt at hand: I in, O out, U undecided, A against, Q quoted, W why."""

    letterPressed = Signal(str)
    excerptChosen = Signal(str)
    jumpWanted = Signal()
    menuWanted = Signal(QPoint)

    def __init__(self, model: ThemeExcerptModel) -> None:
        super().__init__()
        self.setObjectName("themeDecisions.list")
        self.setAccessibleName(self.tr("Excerpts of the theme"))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda point: self.menuWanted.emit(self.viewport().mapToGlobal(point)))
        self.setModel(model)
        self.delegate = ExcerptDelegate(self)
        self.setItemDelegate(self.delegate)
        self.activated.connect(lambda _: self.jumpWanted.emit())
        self.selectionModel().currentChanged.connect(self._on_current)

    def event(self, event: QEvent) -> bool:
        """The letters belong to the list, whatever else they might do."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _letter(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter decides."""
        if _letter(event):
            self.letterPressed.emit(_letter(event))
            return
        super().keyPressEvent(event)

    def _on_current(self, index: QModelIndex) -> None:
        row = index.data(ROW)
        if row is not None:
            self.excerptChosen.emit(row.excerpt_id)


class Decisions(QWidget):
    """The list, and beneath it the excerpt at hand in whole, with room to say why."""

    excerptWanted = Signal(str, str)
    menuWanted = Signal(QPoint)
    bringWanted = Signal()

    def __init__(self, desk: Desk, shelf: QuoteShelf) -> None:
        super().__init__()
        self.setObjectName("themeDecisions")
        self._desk = desk
        self._shelf = shelf
        self._theme_id = ""
        self._rows: dict[str, ThemeExcerptRow] = {}
        self.at_hand = ""
        self.model = ThemeExcerptModel(shelf)
        self.list = ExcerptsOfTheme(self.model)
        self.list.letterPressed.connect(self._on_letter)
        self.list.excerptChosen.connect(self._on_chosen)
        self.list.jumpWanted.connect(self.jump)
        self.list.menuWanted.connect(self.menuWanted)
        self.list.delegate.decided.connect(self._on_pressed)
        self.filter = ChoiceOfOne("themeDecisions.filter", self.tr("Which excerpts are shown"))
        for text, shows in self._filters():
            self.filter.addItem(text, shows)
        self.filter.setMinimumContentsLength(11)
        self.filter.currentIndexChanged.connect(lambda _: self._show_rows())
        self.new = QPushButton()
        self.new.setObjectName("themeDecisions.new")
        self.new.setProperty("look", "link")
        self.new.clicked.connect(lambda: self.show_only(self.tr("New")))
        self.bring = QPushButton(self.tr("Bring in from a transcript …"))
        self.bring.setObjectName("themeDecisions.bring")
        self.bring.setProperty("look", "link")
        self.bring.clicked.connect(self.bringWanted)
        self.none = PlainLabel("", "quiet", wrap=True)
        self.none.setObjectName("themeDecisions.none")
        self.foot = ExcerptFoot("themeDecisions", self._write_why)
        self.foot.jumpWanted.connect(self.jump)
        hints = WordingHints(self.foot.why, desk, lambda: f"decision/{self._theme_id}/{self.at_hand}")
        self.foot.put_below(hints)
        self.why, self.words, self.where = self.foot.why, self.foot.words, self.foot.where
        self._build()

    def show_theme(self, theme_id: str, codes: dict[str, CodeRow]) -> None:
        """Show the excerpts of a theme; the one at hand stays at hand."""
        self.model.codes = codes
        if theme_id != self._theme_id:
            self.why.commit_now()
            self.at_hand = ""
            self.filter.removeItem(self.filter.findText(self.tr("In both")))
        self._theme_id = theme_id
        if theme_id:
            with self._desk.read() as session:
                self._rows = {row.excerpt_id: row for row in excerpts_of_theme(session, theme_id)}
        else:
            self._rows = {}
        if self.at_hand not in self._rows:
            self.at_hand = ""
        self._show_rows()

    def restyle(self) -> None:
        """Take over colours."""
        self.list.delegate.tokens = self._desk.tokens
        self.list.viewport().update()

    def commit_pending(self) -> None:
        """Commit what is typed here."""
        self.why.commit_now()

    def set_belongs(self, belongs: Belongs) -> None:
        """Say whether the excerpt at hand belongs to the theme."""
        self._decide(belongs=belongs)

    def switch_against(self) -> None:
        """The excerpt at hand runs against the theme, or no longer."""
        row = self._rows.get(self.at_hand)
        if row is not None:
            self._decide(runs_against=not row.runs_against)

    def switch_quoted(self) -> None:
        """The excerpt at hand shall be quoted, after those quoted already, or no longer."""
        row = self._rows.get(self.at_hand)
        if row is None:
            return
        if row.quoted_order is None and self.model.withheld(row):
            self._desk.say(self.tr("It cannot be quoted: a participant in it gave no consent, or has withdrawn."))
            return
        taken = [one.quoted_order for one in self._rows.values() if one.quoted_order is not None]
        self._decide(quoted_order=max(taken, default=0) + 1 if row.quoted_order is None else None)

    def write_why(self) -> None:
        """Put the cursor where one says why."""
        if self.at_hand:
            self.why.setFocus()

    def jump(self) -> None:
        """Ask for the excerpt at hand in its transcript."""
        row = self._rows.get(self.at_hand)
        if row is not None:
            self.excerptWanted.emit(row.source_id, row.excerpt_id)

    def show_only(self, text: str) -> None:
        """Show the excerpts of one of the choices of the filter."""
        self.filter.setCurrentIndex(max(0, self.filter.findText(text)))

    def show_these(self, excerpt_ids: frozenset[str]) -> None:
        """Show exactly these, until another choice is made."""
        place = self.filter.findText(self.tr("In both"))
        if place < 0:
            place = self.filter.count()
            self.filter.addItem(self.tr("In both"))
        self.filter.setItemData(place, lambda row: row.excerpt_id in excerpt_ids)
        if self.filter.currentIndex() == place:
            self._show_rows()
        else:
            self.filter.setCurrentIndex(place)

    def take_out(self) -> None:
        """An excerpt at hand that was brought in is there only through its codes again."""
        row = self._rows.get(self.at_hand)
        if row is not None and row.brought_in:
            self._desk.done(take_excerpt_out, self._theme_id, self.at_hand)
        elif row is not None:
            self._desk.say(self.tr("It stands here through its codes: decide that it is out, or take the code out."))

    def _show_rows(self) -> None:
        only = self.filter.currentIndex() > 0
        shows: Shows = self.filter.currentData()
        rows = [row for row in self._rows.values() if shows(row) or row.excerpt_id == self.at_hand]
        scrolled = self.list.verticalScrollBar().value()
        if self.model.show_rows(rows):
            place = self.model.place_of(self.at_hand)
            if place >= 0:
                self.list.setCurrentIndex(self.model.index(place))
            self.list.doItemsLayout()
            self.list.verticalScrollBar().setValue(scrolled if self.at_hand or only else 0)
        else:
            self.model.words_changed()
        said = self.tr("No excerpts yet: they come with the codes of the theme, or straight from a transcript.")
        self.none.setText(self.tr("No excerpt is like that.") if self._rows else said)
        self.none.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self.filter.setVisible(bool(self._rows))
        new = sum(1 for row in self._rows.values() if row.new)
        self.new.setText(self.tr("{n} new since you last decided").format(n=new))
        self.new.setVisible(new > 0)
        self._show_foot()

    def _show_foot(self) -> None:
        row = self._rows.get(self.at_hand)
        self.foot.setVisible(row is not None)
        if row is None:
            return
        words, where = self.model.words(row), f"{self.model.where(row)} · {', '.join(decided(row))}"
        around = self._shelf.around(row.source_id, row.start, row.end)
        self.foot.show_excerpt(words, around, where, row.why)

    def _on_chosen(self, excerpt_id: str) -> None:
        if excerpt_id == self.at_hand:
            return
        self.why.commit_now()
        self.at_hand = excerpt_id
        self._show_foot()
        QTimer.singleShot(0, self._keep_at_hand_in_view)
        if self.filter.currentIndex() > 0:
            QTimer.singleShot(0, self._show_rows)

    def _keep_at_hand_in_view(self) -> None:
        """The foot may have come and taken room from the list."""
        index = self.list.currentIndex()
        if index.isValid():
            self.list.scrollTo(index)

    def _on_pressed(self, excerpt_id: str, name: str) -> None:
        self._on_chosen(excerpt_id)
        if name == "against":
            self.switch_against()
        elif name == "quoted":
            self.switch_quoted()
        else:
            self.set_belongs(Belongs(name))

    def _on_letter(self, letter: str) -> None:
        belongs = {"I": Belongs.IN, "O": Belongs.OUT, "U": Belongs.UNDECIDED}
        if letter in belongs:
            self.set_belongs(belongs[letter])
        else:
            {"A": self.switch_against, "Q": self.switch_quoted, "W": self.write_why}[letter]()

    def _decide(self, **decisions: Any) -> None:
        row = self._rows.get(self.at_hand)
        if row is not None and any(getattr(row, field) != value for field, value in decisions.items()):
            self._desk.done(decide, self._theme_id, self.at_hand, **decisions)

    def _write_why(self, text: str, seq: int | None) -> int | None:
        if not self.at_hand:
            return None
        return self._desk.commit_field(seq, decide, self._theme_id, self.at_hand, why=text)

    def _filters(self) -> list[tuple[str, Shows]]:
        return [
            (self.tr("All"), lambda _: True),
            (self.tr("New"), lambda row: row.new),
            (self.tr("Undecided"), lambda row: row.belongs == Belongs.UNDECIDED),
            (self.tr("In"), lambda row: row.belongs == Belongs.IN),
            (self.tr("Out"), lambda row: row.belongs == Belongs.OUT),
            (self.tr("Runs against"), lambda row: row.runs_against),
            (self.tr("Quoted"), lambda row: row.quoted_order is not None),
            (self.tr("Brought in"), lambda row: row.brought_in),
        ]

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.filter)
        top.addWidget(self.new)
        top.addStretch(1)
        top.addWidget(self.bring)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 0)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self.none)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.foot)
        layout.addStretch(0)


def _letter(event: QKeyEvent) -> str:
    """The letter of a decision, if one was pressed alone."""
    keys = {Qt.Key.Key_I: "I", Qt.Key.Key_O: "O", Qt.Key.Key_U: "U", Qt.Key.Key_A: "A", Qt.Key.Key_Q: "Q",
            Qt.Key.Key_W: "W"}  # fmt: skip
    plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
    return keys.get(Qt.Key(event.key()), "") if plain else ""
