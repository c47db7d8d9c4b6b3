"""The page "Search" under the transcript: one field over all transcripts, memos and codes, found as one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.analysis.memos import About, MemoRow
from app.analysis.search.library import SearchLibrary
from app.analysis.search.query import LONGEST, Hit, Kind, Query, sought
from app.analysis.search.texts import Room
from app.errors import ReflexaError
from app.ui.code.drawer import DrawerPage
from app.ui.code.quick_code import QuickCode
from app.ui.code.search_becomes import BecomesPanel
from app.ui.code.search_coding import code_stretches
from app.ui.code.search_list import SearchList
from app.ui.code.search_results import SearchResults, can_be_coded, key_of
from app.ui.code.search_run import MOST, SearchRun
from app.ui.transcripts.choice_box import ChoiceBox
from app.ui.widgets.labels import ElidedLabel, PlainLabel

if TYPE_CHECKING:
    from app.study import Notice
    from app.ui.code.workspace import CodeWorkspace
    from app.ui.style.tokens import Tokens

TYPED_MS = 30
"""Letters that come at once are one search."""
LATER_MS = 150
"""After a change the text is painted first; the list follows when one pauses."""
BROAD = 620
"""From this width on the excerpt to be stands beside the list, else under it."""
_PLACE = "search/kind"


class SearchPage(DrawerPage):
    """Field and kinds, the list of what was found, and beside it what a place would become as an excerpt."""

    def __init__(self, place: CodeWorkspace) -> None:
        super().__init__(place)
        self.setObjectName("code.search")
        self.library = SearchLibrary()
        self.run = SearchRun(self.desk, self.library, self)
        self.is_waiting = False
        """The first hits that come take the place of those before."""
        self._to_choose: tuple[str, int, int] | None = None
        self._stale = False
        """The study is other than what was searched."""
        self._asked: Query | None = None
        self.results = SearchResults()
        self.field = QLineEdit()
        self.field.setObjectName("code.search.field")
        self.field.setPlaceholderText(self.tr("Search all transcripts, memos and codes …"))
        self.field.setAccessibleName(self.tr("Search all transcripts, memos and codes"))
        self.field.setClearButtonEnabled(True)
        self.field.setMaxLength(LONGEST)
        self.field.installEventFilter(self)
        self.kind = ChoiceBox(self.tr("How it is meant"))
        self.kind.setObjectName("code.search.kind")
        self.case = QPushButton("Aa")
        self.case.setObjectName("code.search.case")
        self.case.setAccessibleName(self.tr("Match case"))
        self.case.setToolTip(self.tr("Match case"))
        self.case.setProperty("look", "chip")
        self.case.setCheckable(True)
        self.list = SearchList(self.results)
        self.told = ElidedLabel("", "small")
        self.told.setObjectName("code.search.said")
        self.all = self._link("all", self.tr("Tick all shown"), self.results.tick_all)
        self.none = self._link("none", self.tr("Untick"), self.results.untick_all)
        self.becomes = BecomesPanel()
        self.box = QuickCode(place.coding.finder.find, self)
        self.box.setObjectName("code.search.box")
        self._typed = self._timer(TYPED_MS, self.search)
        self._later = self._timer(LATER_MS, lambda: self._again() if self.isVisible() else None)
        self._build()
        self._connect()
        self._say("")
        self._show_stretch()

    # --- what is looked for --------------------------------------------------------------------------------------

    def query(self) -> Query:
        """What the field and its choices say now."""
        kind = Kind(self.kind.value() or Kind.EXACT)  # Qt gives plain text back
        return Query(self.field.text(), kind, self.case.isChecked() and kind != Kind.LIKE)

    def search(self) -> None:
        """Look for what is typed, from the beginning."""
        self._typed.stop()
        query = self.query()
        if query == self._asked and not self._stale:
            return
        self._to_choose = None
        self.results.untick_all()
        self._look(query)

    def search_for(self, words: str, kind: Kind = Kind.EXACT) -> None:
        """Look for these words at once."""
        self.field.setText(words)
        self.kind.pick(kind)
        self.search()

    def refresh(self, notice: Notice | None) -> None:
        """Look again if the study is other than what was searched."""
        if notice is None and self._stale:
            self._again()

    def enter(self, words: str) -> None:
        """Take the keyboard, with the words selected in the text."""
        words = words.strip()
        if words and "\n" not in words and len(words) < 80:
            self.field.setText(words)
            self.search()
        self.field.setFocus()
        self.field.selectAll()

    def restyle(self, tokens: Tokens) -> None:
        """Take over colours."""
        self.list.restyle(tokens)
        self.becomes.restyle(tokens)

    def _again(self) -> None:
        """The same search in a study that has changed; ticks and the chosen place stay."""
        self._later.stop()
        hit = self.list.hit()
        self._to_choose = key_of(hit) if hit is not None else None
        self._look(self.query())

    def _look(self, query: Query) -> None:
        self._asked, self._stale = query, False
        self.run.stop()
        if not query.words.strip():
            self._empty("")
            return
        try:
            ready = sought(query)
        except ReflexaError as error:
            self._empty(error.sentence)
            return
        self.is_waiting = True
        self.run.start(ready)

    def _empty(self, sentence: str) -> None:
        self.results.clear()
        self._say(sentence)
        self._show_stretch()

    def _on_found(self, hits: list[Hit]) -> None:
        if self.is_waiting:
            self.is_waiting = False
            self.results.clear(keep_ticks=True)
        self.results.add(hits)
        self._say(self._count() + " …")

    def _on_ended(self, why: str, more: bool) -> None:
        if self.is_waiting:
            self.is_waiting = False
            self.results.clear(keep_ticks=True)
        if self._to_choose is not None:
            self.list.choose(self.results.row_of(self._to_choose))
        if why:
            self._say(f"{why} {self._count()}" if self.results.places else why)
        elif more:
            self._say(self.tr("The first {n} places. Look for something closer to see all.").format(n=f"{MOST:,}"))
        else:
            self._say(self._count() if self.results.places else self._nothing())
        self._show_stretch()

    # --- what is done with it ------------------------------------------------------------------------------------

    def jump(self, row: int) -> None:
        """Go to a place: to its words in the text, to what a memo is on, to a code."""
        hit = self.results.hit(row)
        if hit is None:
            return
        about = hit.text.about
        if hit.text.room == Room.TRANSCRIPT:
            self.place.show_passage(hit.text.id, hit.start, hit.end)
        elif isinstance(about, MemoRow):
            self._jump_to_memo(about)
        else:
            self.place.show_code(hit.text.id)

    def go_on(self, *, forward: bool = True) -> None:
        """Go to the next place in the list."""
        if self._typed.isActive():
            self.search()
        row = self.results.next_row(self.list.currentIndex().row(), forward=forward)
        self.list.choose(row)
        self.jump(row)

    def open_box(self, typed: str = "") -> None:
        """Open the quick-code box for what is ticked, else for the place at hand."""
        if not self.box.isVisible():
            hits = self._at_hand()
            if not hits:
                self.desk.say(self.tr("Choose a place in a transcript first, or tick several."))
                return
            script = self.place.script
            if script is not None and script.id == hits[0].text.id:
                self.place.coding.finder.stand_at((hits[0].start, hits[0].end))
            self.box.open_at(self._beside(), typed, self.desk.tokens)
        else:
            self.box.field.insert(typed)

    def code_with(self, code_id: str = "", path: str = "", *, unsure: bool = False) -> None:
        """Code what is ticked, else the place at hand, with a code that is there or a new one."""
        code = self.place.codes.get(code_id)
        stretches = self.becomes.stretches(self._at_hand())
        name = code.name if code is not None else path
        coded = code_stretches(self.desk, stretches, code_id=code_id, path=path, name=name, unsure=unsure)
        if coded:
            self.place.coding.finder.use(coded)
            self.results.untick_all()

    def _jump_to_memo(self, memo: MemoRow) -> None:
        if memo.about_kind in (About.NOTE, About.EXCERPT):
            self.place.show_source(memo.source_id, memo.about_id)
        elif memo.about_kind == About.CODING:
            self.place.show_passage(memo.source_id, memo.start, memo.end)
        elif memo.about_kind == About.CODE:
            self.place.show_code(memo.about_id)
        elif memo.about_kind == About.SOURCE:
            self.place.show_source(memo.about_id)
        else:  # it is on nothing that stands in a text: it is read where memos are
            self.place.open_page("memos")
            page = self.place.drawer.page()
            show = getattr(page, "show_memo", None)
            if show is not None:
                show(memo.id)

    def _at_hand(self) -> list[Hit]:
        """What would be coded: what is ticked, else the chosen place if it stands in a transcript."""
        hit = self.list.hit()
        return self.results.ticked() or ([hit] if hit is not None and can_be_coded(hit) else [])

    def _show_stretch(self) -> None:
        ticked = self.results.ticked()
        self.becomes.show_hits(ticked or self._at_hand(), ticked=bool(ticked))
        self.none.setEnabled(bool(ticked))
        self.all.setEnabled(self.results.texts > 0)
        self.becomes.setVisible(self.results.places > 0)

    def _beside(self) -> QRect:
        """Where the box opens: at the chosen row, or at the button."""
        rect = self.list.visualRect(self.list.currentIndex())
        owner: QWidget = self.list.viewport()
        if not rect.isValid() or self.becomes.button.hasFocus() or self.results.ticked():
            owner, rect = self.becomes.button, self.becomes.button.rect()
        return QRect(owner.mapToGlobal(rect.topLeft()), rect.size())

    # --- words ---------------------------------------------------------------------------------------------------

    def _say(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.setAccessibleName(sentence)
        shown = bool(self.results.places)
        self.list.setVisible(shown)
        self.all.setVisible(shown)
        self.none.setVisible(shown)
        self.nothing.setVisible(not shown)
        self.told.setVisible(shown)
        self.nothing.setText(
            sentence
            or self.tr(
                "What was said, memos, and codes with their definitions are searched as you type. "
                "Enter goes from place to place; tick places to code them together."
            )
        )

    def _count(self) -> str:
        places, texts = self.results.places, self.results.texts
        found = self.tr("1 place") if places == 1 else self.tr("{n} places").format(n=f"{places:,}")
        if texts < 2:
            return found
        return self.tr("{found}, in {n} transcripts").format(found=found, n=texts)

    def _nothing(self) -> str:
        if self.query().kind in (Kind.LIKE, Kind.PATTERN):
            return self.tr("Nothing like this was found.")
        return self.tr("Nothing found. “With typos” also finds words that are nearly these.")

    # --- parts ---------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the field: Enter goes on, Shift+Enter back, the arrow down leads into the list."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.go_on(forward=not event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                return True
            if event.key() == Qt.Key.Key_Down and self.results.places:
                if self.list.hit() is None:
                    self.list.choose(self.results.next_row(-1))
                self.list.setFocus()
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other where there is room, else one under the other."""
        super().resizeEvent(event)
        broad = self.width() >= BROAD
        directions = QBoxLayout.Direction
        self._halves.setDirection(directions.LeftToRight if broad else directions.TopToBottom)

    def _forget(self, notice: Notice) -> None:
        if self.library.forget(notice.rows) and self._asked is not None:
            self._stale = True
            if self.isVisible():
                self._later.start()

    def _build(self) -> None:
        kinds: list[tuple[str, object]] = [
            (self.tr("Exact"), Kind.EXACT),
            (self.tr("Whole word"), Kind.WORD),
            (self.tr("With typos"), Kind.LIKE),
            (self.tr("Regular expression"), Kind.PATTERN),
        ]
        kept = str(self.desk.settings.place(self.desk.study.key, _PLACE, Kind.EXACT))
        self.kind.fill(kinds, next((kind for kind in Kind if kind.value == kept), Kind.EXACT))
        self.kind.setMinimumWidth(156)
        self.case.setEnabled(self.kind.value() != Kind.LIKE)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.field, 3)
        head.addWidget(self.kind, 1)
        head.addWidget(self.case)
        self.nothing = PlainLabel("", "quiet", wrap=True)
        self.nothing.setObjectName("code.search.nothing")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self.told, 1)
        said.addWidget(self.all)
        said.addWidget(self.none)
        found = QVBoxLayout()
        found.setSpacing(4)
        found.addLayout(said)
        found.addWidget(self.list, 1)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._halves.setSpacing(16)
        self._halves.addLayout(found, 3)
        self._halves.addWidget(self.becomes, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 4, 16, 8)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.nothing, 1)
        layout.addLayout(self._halves, 1)

    def _connect(self) -> None:
        self.field.textChanged.connect(lambda _: self._typed.start())
        self.kind.picked.connect(lambda _: self._choose_kind())
        self.case.clicked.connect(lambda _: self.search())
        self.run.found.connect(self._on_found)
        self.run.ended.connect(self._on_ended)
        self.list.hitWanted.connect(self.jump)
        self.list.codeWanted.connect(self.open_box)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_stretch())
        self.results.ticksChanged.connect(self._show_stretch)
        self.becomes.codeWanted.connect(self.open_box)
        self.becomes.chosen.connect(self._show_stretch)
        self.box.codeWanted.connect(lambda code_id, unsure: self.code_with(code_id, unsure=unsure))
        self.box.newWanted.connect(lambda path, unsure: self.code_with(path=path, unsure=unsure))
        self.box.closed.connect(lambda _: self.list.setFocus())
        self.desk.changed.connect(self._forget)

    def _choose_kind(self) -> None:
        kind = self.query().kind
        self.case.setEnabled(kind != Kind.LIKE)
        self.desk.settings.remember_place(self.desk.study.key, _PLACE, kind.value)
        self.search()

    def _timer(self, interval: int, run: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(run)
        return timer

    def _link(self, name: str, text: str, run: object) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(f"code.search.{name}")
        button.setProperty("look", "link")
        button.clicked.connect(lambda: run())  # type: ignore[operator]
        return button
