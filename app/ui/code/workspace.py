"""The Code workspace: choose a transcript, select words, type a few letters, Enter."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.analysis.codes import (
    CodeRow,
    CodingRow,
    code_rows,
    code_rows_after,
    codings_of_excerpts,
    codings_of_source,
    excerpts_of_codings,
    memo_text,
    who_coded,
)
from app.analysis.difference import carried
from app.analysis.reviews import commented
from app.analysis.transcripts import SourceCard, Transcript, source_cards, transcript
from app.models.kinds import CodeStatus
from app.ui.code.codes_column import CodesColumn
from app.ui.code.coding import Coding
from app.ui.code.commands import add_code_actions
from app.ui.code.drawer import Drawer
from app.ui.code.find_bar import FindBar
from app.ui.code.inspector import Inspector
from app.ui.code.marks import coding_mark, named_mark, turn_marks
from app.ui.code.notes_in_text import NotesInText
from app.ui.code.pages import drawer_pages
from app.ui.code.pins import PinBar, Pins
from app.ui.code.rest_of_codings import RestOfCodings
from app.ui.code.show_modes import ShowBar
from app.ui.code.tree_order import TreeOrder
from app.ui.desk import Desk
from app.ui.quotes import QuoteShelf
from app.ui.transcript.colours import reading_colours
from app.ui.transcript.hover_card import Behind
from app.ui.transcript.marks import CodingMark
from app.ui.transcript.panel import TranscriptPanel
from app.ui.wording import short_day
from app.ui.workspace import Workspace

if TYPE_CHECKING:
    from app.study import Notice
    from app.ui.code.beside import Beside
    from app.ui.transcript.gathering import Gathering

_TEXT = {"source", "turn", "speaker", "participant", "focus_group"}
_CODING = {"excerpt", "coding"}
_IN_VIEW = {"review_comment", "code", "code_lineage", "excerpt", "coding", "memo", "source", "turn", "speaker"}


class CodeWorkspace(Workspace):
    """Transcripts and codes at the left, the text in the middle, the inspector at the right."""

    name = "code"
    icon_name = "code"
    placeSaid = Signal(str)
    """Where one is, for the foot of the window."""
    elsewhereWanted = Signal(str, str)
    """A thing of another workspace ("theme", "group", "participant") and its id."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.shelf = QuoteShelf(desk)
        self.codes: dict[str, CodeRow] = {}
        self.script: Transcript | None = None
        self.cards: list[SourceCard] = []
        self._marks: dict[str, list[CodingMark]] = {}
        self._rest = RestOfCodings(self)
        self._seen: dict[str, str] = {}
        """{excerpt or coding: its excerpt} of all that stood, or stand, in the transcript since it is shown."""
        self._to_choose = ""
        """The code that the tree shows when the inspector does."""
        self._study_key = desk.study.key
        self.ready = False
        """Whether everything is built."""
        self.no_code = self.tr("no code yet")
        self._notes = NotesInText(self)
        self.pins = Pins(desk.settings, self._study_key, self)
        self.pin_bar = PinBar(self.pins)
        self.show_bar = ShowBar(self)
        self._build()
        self.begins_at = self.panel
        self.coding = Coding(self)
        add_code_actions(self)
        self._connect()
        self.ready = True
        self.show_bar.restore()

    @property
    def title(self) -> str:
        """The word on the rail."""
        return self.tr("Code")

    # --- what is shown -------------------------------------------------------------------------------------------

    def refresh(self, notice: Notice | None) -> None:
        """Draw what the study says now; with a notice only what it names."""
        touched = set(notice.rows) if notice is not None else _TEXT | _CODING | {"code"}
        if notice is None or "review_comment" in touched:
            with self.desk.read() as session:
                self.tree.comments.show(commented(session), self.desk.tokens)
        if "code" in touched or not self.codes:
            self._show_codes(notice.rows["code"] if notice is not None and self.codes else None)
        if touched & {"source", "turn", "focus_group"} or notice is None:
            self._show_cards()
        if notice is None or self._text_touched(notice):
            self._load(self.script.id if self.script else self._last_source())
            self._show_inspector()
            self.drawer.refresh(notice)
            self._refresh_beside(notice)
            return
        if "memo" in touched:
            self._notes.follow()
        other_codes = self._update_codings(notice) if touched & _CODING else set()
        if touched & _CODING:
            self.order.follow()
        if touched & {"code", "theme", "theme_code"}:
            self.show_bar.follow()
        if "code" in touched:
            self._redraw_marks_of(notice.rows["code"])
        if touched & (_CODING | {"code", "memo"} | _TEXT):
            self._show_inspector(but=None if touched - _CODING else other_codes)
        self.drawer.refresh(notice)
        self._refresh_beside(notice)

    def show_source(self, source_id: str, excerpt_id: str = "") -> None:
        """Read a transcript, at an excerpt if one is given."""
        self._stale = False
        if not self.codes:
            self._show_codes()
        if self.script is None or self.script.id != source_id:
            self.remember_place()
            if not self.cards:
                self._show_cards()
            self._load(source_id)
        if excerpt_id:
            self.show_excerpt(excerpt_id, reveal=True)

    def show_excerpt(self, excerpt_id: str | None, *, reveal: bool = False) -> None:
        """Bring one excerpt forward: in the text and in the inspector."""
        self.panel.set_current_excerpt(excerpt_id)
        self.inspector.show_excerpt(excerpt_id)
        marks = self.marks.get(excerpt_id or "", [])
        if reveal and marks:
            self.panel.select(marks[0].start, marks[0].end, reveal=True)

    def show_code(self, code_id: str) -> None:
        """Show a code in the tree and in the inspector."""
        self._to_choose = ""
        self.tree.choose(code_id)
        self.inspector.show_code(self.codes.get(code_id))

    def show_coded(self, excerpt_id: str, code_id: str) -> None:
        """An excerpt was just coded: the text shows it at once, inspector and tree follow."""
        self.show_excerpt(excerpt_id)
        self.inspector.show_code(self.codes.get(code_id))
        self._to_choose = code_id

    def show_without_code(self) -> None:
        """Show the excerpts that no code holds."""
        self.tree.clearSelection()
        self.inspector.show_without_code()

    def show_passage(self, source_id: str, start: int, end: int) -> None:
        """Read a transcript with this stretch of it selected."""
        self.show_source(source_id)
        if self.script is not None and self.script.id == source_id:
            self.reading.setVisible(True)
            self.panel.select(start, end, reveal=True)

    @cached_property
    def beside(self) -> Beside:
        """The second transcript, built when it is first asked for."""
        from app.ui.code.beside import Beside

        made = Beside(self)
        self.reading.addWidget(made)
        made.closed.connect(self.panel.setFocus)
        return made

    def _refresh_beside(self, notice: Notice | None) -> None:
        if "beside" in self.__dict__:
            self.beside.refresh(notice)

    def read_beside(self) -> None:
        """Read a second transcript beside this one: another one if there is any."""
        if self.beside.isVisible():
            self.beside.close_beside()
            return
        here = self.script.id if self.script is not None else ""
        other = next((card.id for card in self.cards if card.id != here), here)
        if other:
            self.beside.show_source(other)
            half = self.reading.width() // 2
            self.reading.setSizes([half, half])

    def reading_place_of(self, source_id: str) -> int:
        """Where one left a transcript."""
        return int(str(self.desk.settings.place(self._study_key, f"reading/{source_id}", 0) or 0))

    def open_page(self, name: str) -> None:
        """Open a page of the drawer with the words selected in the text."""
        start, end = self.panel.selection()
        words = self.script.text[start:end] if self.script is not None else ""
        room = self.floors.height()
        if not self.drawer.isVisible():
            self.drawer.show()
            self.floors.setSizes([room * 11 // 20, room * 9 // 20])
        self.drawer.open_page(name, words)

    def shows(self, rows: dict[str, frozenset[str]]) -> bool:
        """Codings and excerpts of the transcript shown, and all codes, are in view; so is what was just taken away."""
        here = {self.script.id} if self.script is not None else set()
        if not self.isVisible() or rows.keys() - _IN_VIEW or rows.get("source", frozenset()) - here:
            return False
        return rows.get("coding", frozenset()) | rows.get("excerpt", frozenset()) <= self._seen.keys()

    def restyle(self) -> None:
        """Take over colours and how text is set."""
        tokens, reading = self.desk.tokens, self.desk.settings.reading
        self.panel.set_colours(reading_colours(tokens.dark, tokens.strong))
        self.panel.set_reading(reading.family, reading.points, reading.measure, reading.spacing)
        self.panel.set_numbers(reading.numbers)
        self.tree.restyle(tokens)
        self.find_bar.restyle(tokens)
        self.inspector.restyle()
        self.drawer.restyle(tokens)
        self._refresh_beside(None)
        if self.codes:
            self.order.draw()

    def looking_at(self) -> list[tuple[str, str]]:
        """The excerpt and the code in the inspector, and the transcript that is read."""
        held = (
            ("excerpt", self.inspector.excerpt_id),
            ("code", self.inspector.code_id),
            ("source", self.script.id if self.script is not None else None),
        )
        return [(subject, key) for subject, key in held if key]

    def commit_pending(self) -> None:
        """Commit what is typed, and remember where one reads."""
        self.inspector.commit_pending()
        self.drawer.commit_pending()
        self.remember_place()
        self.desk.settings.remember_state("code.splitter", self.splitter.saveState())

    def remember_place(self) -> None:
        """Keep the reading place of this transcript; it is no change of the study."""
        if self.script is not None:
            settings = self.desk.settings
            settings.remember_place(self._study_key, f"reading/{self.script.id}", self.panel.reading_place())
            settings.remember_place(self._study_key, "source", self.script.id)

    # --- parts ---------------------------------------------------------------------------------------------------

    def _show_codes(self, changed: frozenset[str] | None = None) -> None:
        with self.desk.read() as session:
            rows = code_rows(session) if changed is None else code_rows_after(session, self.codes, changed)
        self.codes = self.inspector.codes = {row.id: row for row in rows}
        self.order.draw()
        self.no_codes.setVisible(not rows)
        self.pin_bar.show_codes(self.codes)

    def _show_cards(self) -> None:
        with self.desk.read() as session:
            self.cards = source_cards(session)
        self.sources.show_cards(self.cards, self.script.id if self.script else "")

    def _load(self, source_id: str) -> None:
        again = self.script is not None and self.script.id == source_id
        caret, before = self.panel.selection(), self.script.text if again and self.script is not None else ""
        if again:
            self.remember_place()
        else:
            self._seen.clear()
        with self.desk.read() as session:
            self.script = transcript(session, source_id) if source_id else None
            if self.script is None and self.cards:
                self.script = transcript(session, self.cards[0].id)
        if self.script is None:
            self._rest.stop()
            self._marks.clear()
            self.panel.clear(self.tr("No transcript yet.\n\nBring some in under “Transcripts”, or with Ctrl+Shift+I."))
            self.placeSaid.emit("")
            return
        self.panel.set_transcript(self.script.id, self.script.text, turn_marks(self.script), self.script.direction)
        place = int(str(self.desk.settings.place(self._study_key, f"reading/{self.script.id}", 0) or 0))
        if again and before != self.script.text:  # it was corrected, so places in it lie elsewhere now
            caret = carried(before, self.script.text, caret[0]), carried(before, self.script.text, caret[1])
            place = carried(before, self.script.text, place)
        if again:
            self.panel.select(*caret, reveal=False)
        self.panel.restore_place(place)
        self._notes.read()
        self._show_codings(self.panel.view.visible_span())
        self._rest.start(len(self.script.text))
        self.sources.choose(self.script.id)
        self.inspector.show_excerpt(None)
        self.placeSaid.emit(
            self.tr("{name} · {turns} turns").format(
                name=f"\u2068{self.script.name}\u2069",
                turns=len(self.script.turns),  # it may be written right to left
            )
        )

    @property
    def marks(self) -> dict[str, list[CodingMark]]:
        """{excerpt id: its marks} of the transcript shown."""
        self._rest.finish()
        return self._marks

    def _show_codings(self, within: tuple[int, int]) -> None:
        """Draw the codings that touch this stretch: what one sees."""
        if self.script is None:
            return
        with self.desk.read() as session:
            rows = codings_of_source(session, self.script.id, within)
        self.panel.set_codings(*self.show_bar.showing.parted([self.mark_of(row) for row in rows]))

    def take_codings(self, gathered: Gathering, marks: dict[str, list[CodingMark]]) -> None:
        """All codings of the transcript are gathered: draw them."""
        self._marks = marks
        self._remember([mark for beside in marks.values() for mark in beside])
        self.panel.take_codings(gathered)

    def _show_others(self) -> None:
        """Other codings are to be seen in the text: the same ones, parted anew."""
        if self.script is not None:
            marks = [mark for marks in self.marks.values() for mark in marks]
            self.panel.set_codings(*self.show_bar.showing.parted(marks))

    def _update_codings(self, notice: Notice) -> set[str] | None:
        """Only the excerpts a change touched: what stays is neither read nor drawn again.

        Returns the codes whose excerpts are others now; None if some lie outside the transcript shown.
        """
        if self.script is None:
            return None
        self._rest.finish()
        codings = notice.rows.get("coding", frozenset())
        touched = set(notice.rows.get("excerpt", frozenset()))
        touched |= {self._seen[coding_id] for coding_id in codings if coding_id in self._seen}
        with self.desk.read() as session:
            found = codings_of_excerpts(session, frozenset(touched))
            unknown = frozenset(one for one in codings if one not in self._seen) - {row.coding_id for row in found}
            if unknown:
                touched |= excerpts_of_codings(session, unknown)
                found = codings_of_excerpts(session, frozenset(touched))
        rows = [row for row in found if row.source_id == self.script.id]
        known = all(one in self.marks for one in touched - {row.excerpt_id for row in rows})
        removed = [mark for excerpt_id in touched for mark in self.marks.pop(excerpt_id, [])]
        added = [self.mark_of(row) for row in rows]
        for mark in added:
            self.marks.setdefault(mark.excerpt_id, []).append(mark)
        self._remember(added)
        self.panel.update_codings(removed, *self.show_bar.showing.parted(added))
        return {mark.code_id for mark in (*removed, *added)} if known else None

    def _remember(self, marks: list[CodingMark]) -> None:
        for mark in marks:
            self._seen[mark.excerpt_id] = self._seen[mark.coding_id] = mark.excerpt_id

    def _redraw_marks_of(self, code_ids: frozenset[str]) -> None:
        """Codes that are called otherwise or have another colour: their marks stay where they are."""
        old = [mark for marks in self.marks.values() for mark in marks if mark.code_id in code_ids]
        self.exchange_marks(
            old, [named_mark(mark, self.codes[mark.code_id]) for mark in old if mark.code_id in self.codes]
        )

    def exchange_marks(self, old: list[CodingMark], new: list[CodingMark]) -> None:
        """The same codings under other names."""
        for mark in old:
            self.marks[mark.excerpt_id].remove(mark)
        for mark in new:
            self.marks[mark.excerpt_id].append(mark)
        self.panel.update_codings(old, *self.show_bar.showing.parted(new))

    def _show_inspector(self, but: set[str] | None = None) -> None:
        """Show the excerpt and the code at hand as they are now; `but` gives the only codes that are others."""
        excerpt_id = self.inspector.excerpt_id
        excerpt_id = excerpt_id if excerpt_id and excerpt_id in self.marks else None
        self.inspector.show_excerpt(excerpt_id)
        self.panel.set_current_excerpt(excerpt_id)
        code_id = self.inspector.code_id
        if code_id is not None:
            if but is None or code_id in but:
                self.inspector.show_code(self.codes.get(code_id))
        elif self.inspector.lists_uncoded:
            self.inspector.show_without_code()

    def _choose_coded(self) -> None:
        if self._to_choose:
            code_id, self._to_choose = self._to_choose, ""
            self.tree.choose(code_id)

    def mark_of(self, row: CodingRow) -> CodingMark:
        """A coding as the text draws it."""
        return self._notes.noted(coding_mark(row, self.codes, self.no_code))

    def _about(self, mark: CodingMark) -> Behind:
        """Who made a coding and when, and what is written on it, for the card under the mouse."""
        with self.desk.read() as session:
            who, at = who_coded(session, mark.coding_id)
            memo = memo_text(session, "code", mark.code_id) if mark.code_id else ""
            here = memo_text(session, "coding", mark.coding_id) if mark.coding_id else ""
        when = short_day(at) if at is not None else ""
        return Behind(" · ".join(part for part in (who, when) if part), memo, here)

    def _text_touched(self, notice: Notice) -> bool:
        """Whether the text shown, or who speaks in it, is other now."""
        if self.script is None:
            return notice.touches("source")
        if notice.touches("participant", "focus_group", "speaker", "turn"):
            return True
        return self.script.id in notice.rows.get("source", frozenset())

    def _last_source(self) -> str:
        return str(self.desk.settings.place(self._study_key, "source", "") or "")

    def active_codes(self) -> list[CodeRow]:
        """The codes one may code with."""
        return [code for code in self.codes.values() if code.status == CodeStatus.ACTIVE]

    def _build(self) -> None:
        """Each part is made where it stands: one that moves is styled anew with all that is in it."""
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        left = CodesColumn(self.splitter)
        self.order_button, self.order = left.order, TreeOrder(self)
        self.sources, self.filter, self.tree = left.sources, left.filter, left.tree
        self.no_codes, self.without = left.no_codes, left.without
        middle = QWidget(self.splitter)
        middle.setProperty("look", "paper")
        text = QVBoxLayout(middle)
        text.setContentsMargins(0, 0, 0, 0)
        text.setSpacing(0)
        self.floors = QSplitter(Qt.Orientation.Vertical, middle)
        self.floors.setObjectName("code.floors")
        self.reading = QSplitter(Qt.Orientation.Horizontal, self.floors)
        self.reading.setChildrenCollapsible(False)
        self.reading.setMinimumHeight(120)
        self.panel = TranscriptPanel(self.reading)
        self.drawer = Drawer(self, drawer_pages())
        self.floors.addWidget(self.drawer)
        for place, stretch in enumerate((3, 2)):
            self.floors.setStretchFactor(place, stretch)
        self.floors.setChildrenCollapsible(False)
        self.find_bar = FindBar(self.panel.find)
        text.addWidget(self.find_bar)
        over = QHBoxLayout()
        over.addWidget(self.pin_bar, 1)
        over.addWidget(self.show_bar)
        text.addLayout(over)
        text.addWidget(self.floors, 1)
        self.inspector = Inspector(self.desk, self.shelf, self.splitter)
        for place, stretch in enumerate((0, 1, 0)):
            self.splitter.setStretchFactor(place, stretch)
        self.splitter.setChildrenCollapsible(False)
        middle.setMinimumWidth(400)
        self.inspector.setMinimumWidth(220)
        self.splitter.setSizes([236, 824, 296])
        state = self.desk.settings.state("code.splitter")
        if state is not None:
            self.splitter.restoreState(state)

    def _connect(self) -> None:
        self.panel.lanes.about = self._about
        self.sources.sourceChosen.connect(self.show_source)
        self.without.clicked.connect(self.show_without_code)
        self.tree.commentsWanted.connect(lambda code_id: self.desk.commentsWanted.emit("code", code_id))
        self.tree.codeChosen.connect(lambda code_id: self.inspector.show_code(self.codes.get(code_id)))
        self.inspector.excerptWanted.connect(self.show_source)
        self.inspector.codeWanted.connect(self.show_code)
        self.inspector.settled.connect(self._choose_coded)
        self.inspector.settled.connect(self.show_bar.follow)
        self.show_bar.changed.connect(self._show_others)
        self.drawer.closed.connect(self.panel.setFocus)
        self.drawer.tallWanted.connect(lambda tall: self.reading.setVisible(not tall))
        self.find_bar.closed.connect(self.panel.stop_finding)
        self.find_bar.closed.connect(lambda: QTimer.singleShot(0, self.panel.setFocus))
