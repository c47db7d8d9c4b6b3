"""The quote picker: what is quoted and in which order, what else might be, and how a quote is edited for the paper."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListView, QSplitter, QVBoxLayout, QWidget

from app.analysis.behind_themes import Behind, behind
from app.analysis.codes import CodeRow
from app.analysis.edited_quote import unmarked, with_marks
from app.analysis.themes import ThemeExcerptRow, excerpts_of_theme
from app.operations.decisions import decide, order_quotes
from app.ui.desk import Desk
from app.ui.quotes import QuoteShelf
from app.ui.themes.difference_view import DifferenceView
from app.ui.themes.excerpt_model import ROW
from app.ui.themes.quote_rows import QuoteDelegate, QuoteModel, candidates, in_order, may_be_quoted, note_on
from app.ui.widgets.buttons import Button
from app.ui.widgets.fields import LineField, TextField
from app.ui.widgets.labels import PlainLabel, SectionLabel
from app.ui.widgets.scrolling import scrolling
from app.ui.widgets.wording_hints import WordingHints


class QuoteList(QListView):
    """One of the two lists. Enter or Q quotes, or no longer; Alt+Up and Alt+Down move a quote."""

    excerptChosen = Signal(str)
    switchWanted = Signal()
    moveWanted = Signal(int)

    def __init__(self, model: QuoteModel, name: str, said: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(said)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setModel(model)
        self.delegate = QuoteDelegate(self)
        self.setItemDelegate(self.delegate)
        self.activated.connect(lambda _: self.switchWanted.emit())
        self.selectionModel().currentChanged.connect(self._on_current)
        self.clicked.connect(self._on_current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Q switches, Alt with an arrow moves."""
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and alt:
            self.moveWanted.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Q and not event.modifiers():
            self.switchWanted.emit()
        else:
            super().keyPressEvent(event)

    def _on_current(self, index: QModelIndex, _: object = None) -> None:
        row = index.data(ROW)
        if row is not None:
            self.excerptChosen.emit(row.excerpt_id)


class QuotesPage(QWidget):
    """Choosing is never blocked, but consent is: words of those who refused are quoted nowhere."""

    excerptWanted = Signal(str, str)

    def __init__(self, desk: Desk, shelf: QuoteShelf) -> None:
        super().__init__()
        self.setObjectName("themeQuotes")
        self._desk, self._shelf = desk, shelf
        self._theme_id = ""
        self._rows: dict[str, ThemeExcerptRow] = {}
        self._found: Behind | None = None
        self.at_hand = ""
        self.spread = PlainLabel("", wrap=True)
        self.spread.setObjectName("themeQuotes.spread")
        self.unheard = PlainLabel("", "small", wrap=True)
        self.unheard.setObjectName("themeQuotes.unheard")
        self.quoted_model, self.open_model = QuoteModel(shelf), QuoteModel(shelf)
        self.quoted = QuoteList(self.quoted_model, "themeQuotes.quoted", self.tr("Quoted, in this order"))
        self.open = QuoteList(self.open_model, "themeQuotes.open", self.tr("Might be quoted"))
        for one in (self.quoted, self.open):
            one.excerptChosen.connect(self._on_chosen)
            one.switchWanted.connect(self.switch)
            one.moveWanted.connect(self.move_by)
        self.none = PlainLabel(self.tr("Choose an excerpt below and quote it."), "quiet", wrap=True)
        self.switcher = Button("themeQuotes.switch", "", self.switch)
        self.earlier = Button("themeQuotes.earlier", self.tr("Earlier"), lambda: self.move_by(-1))
        self.later = Button("themeQuotes.later", self.tr("Later"), lambda: self.move_by(1))
        self.jump = Button("themeQuotes.jump", self.tr("Show in the transcript"), self._jump)
        self.jump.setProperty("look", "link")
        self.difference = DifferenceView("themeQuotes.original")
        self.edited = TextField(self.tr("As it is quoted"), self.tr("As it is quoted"),
                                self._write_edited, lines=3, most=8)  # fmt: skip
        self.edited.setObjectName("themeQuotes.edited")
        self.marks = PlainLabel("", "warn", wrap=True)
        self.marks.setObjectName("themeQuotes.unmarked")
        self.mark = Button("themeQuotes.mark", self.tr("Put the marks in"), self._mark)
        self.back = Button("themeQuotes.back", self.tr("Back to the words as they were said"), self._unedit)
        for link in (self.mark, self.back):
            link.setProperty("look", "link")
        self.gloss = TextField(self.tr("Words in another language, explained"),
                               self.tr("kiasu: afraid of losing out"),
                               self._writer("gloss"), lines=1, most=4)  # fmt: skip
        self.gloss.setObjectName("themeQuotes.gloss")
        self.why = LineField(self.tr("Why this quote"), self.tr("Why this quote (optional)"), self._writer("why"))
        self.why.setObjectName("themeQuotes.why")
        self._build()

    def show_theme(self, theme_id: str, codes: dict[str, CodeRow]) -> None:
        """Show a theme as the study says it is now; the excerpt at hand stays at hand."""
        if theme_id != self._theme_id:
            self.commit_pending()
            self.at_hand = ""
        self._theme_id = theme_id
        with self._desk.read() as session:
            rows = excerpts_of_theme(session, theme_id) if theme_id else []
            self._found = found = behind(session, theme_id, rows)
        self._rows = {row.excerpt_id: row for row in rows}
        if self.at_hand not in self._rows:
            self.at_hand = ""
        for model, shown in ((self.quoted_model, in_order(rows)), (self.open_model, candidates(rows, found))):
            model.codes = codes
            model.notes = {row.excerpt_id: note_on(row, found) for row in shown}
            if not model.show_rows(shown):
                model.words_changed()
        self._show_spread(found)
        self.none.setVisible(not self.quoted_model.rowCount())
        self.quoted.setVisible(bool(self.quoted_model.rowCount()))
        self._keep_current()
        self._show_at_hand()

    def commit_pending(self) -> None:
        """Commit what is typed here."""
        for field in (self.edited, self.gloss, self.why):
            field.commit_now()

    def restyle(self) -> None:
        """Take over colours."""
        for one in (self.quoted, self.open):
            one.delegate.tokens = self._desk.tokens
            one.viewport().update()
        self.difference.restyle(self._desk.tokens)

    def switch(self) -> None:
        """Quote the excerpt at hand, after the others, or no longer."""
        row = self._rows.get(self.at_hand)
        if row is None or self._found is None:
            return
        if row.quoted_order is None and not may_be_quoted(self._found, row):
            self._desk.say(self.tr("It cannot be quoted: a participant in it gave no consent, or has withdrawn."))
            return
        last = max((one.quoted_order or 0 for one in self._rows.values()), default=0)
        order = last + 1 if row.quoted_order is None else None
        self._desk.done(decide, self._theme_id, self.at_hand, quoted_order=order)

    def move_by(self, step: int) -> None:
        """Move the quote at hand up (-1) or down (1)."""
        order = [one.excerpt_id for one in in_order(list(self._rows.values()))]
        if self.at_hand not in order:
            return
        place = order.index(self.at_hand)
        other = place + step
        if 0 <= other < len(order):
            order[place], order[other] = order[other], order[place]
            self._desk.done(order_quotes, self._theme_id, order)

    def _original(self, row: ThemeExcerptRow) -> str:
        return self._shelf.quote(row.source_id, row.start, row.end).words

    def _on_chosen(self, excerpt_id: str) -> None:
        if excerpt_id != self.at_hand:
            self.commit_pending()
            self.at_hand = excerpt_id
            self._keep_current()
            self._show_at_hand()

    def _keep_current(self) -> None:
        """The excerpt at hand is chosen in the list in which it stands, and nothing in the other."""
        for one, model in ((self.quoted, self.quoted_model), (self.open, self.open_model)):
            place = model.place_of(self.at_hand)
            one.selectionModel().blockSignals(True)
            if place >= 0:
                one.setCurrentIndex(model.index(place))
                one.scrollTo(model.index(place))
            else:
                one.clearSelection()
                one.setCurrentIndex(QModelIndex())
            one.selectionModel().blockSignals(False)
            one.viewport().update()

    def _show_spread(self, found: Behind) -> None:
        groups = {found.group_of_excerpt[row.excerpt_id] for row in in_order(list(self._rows.values()))}
        said = self.tr("Quotes come from {n} of {all} groups, {p} of {q} people heard in the theme.").format(
            n=len(groups), all=len(found.groups), p=len(found.quoted & found.heard), q=len(found.heard)
        )
        self.spread.setText(said if groups else self.tr("No quotes yet."))
        missing = [key for key in found.people if key in found.heard - found.quoted - found.quoted_elsewhere]
        names = [found.people[key].name for key in missing if found.people[key].may_be_quoted]
        self.unheard.setText(self.tr("Heard here and quoted nowhere yet: {names}").format(names=", ".join(names)))
        self.unheard.setVisible(bool(names))

    def _show_at_hand(self) -> None:
        row = self._rows.get(self.at_hand)
        self._detail.setVisible(row is not None)
        if row is None or self._found is None:
            return
        quoted, original = row.quoted_order is not None, self._original(row)
        self.switcher.setText(self.tr("Do not quote it") if quoted else self.tr("Quote it"))
        self.switcher.setVisible(quoted or may_be_quoted(self._found, row))
        for button in (self.earlier, self.later):
            button.setVisible(quoted and self.quoted_model.rowCount() > 1)
        self.difference.show_quote(original or self.quoted_model.words(row), row.edited_text)
        for part in (self.edited, self.gloss, self.why, *self._heads):
            part.setVisible(bool(original))
        self.edited.show_text(row.edited_text or original)
        self.gloss.show_text(row.gloss)
        self.why.show_text(row.why)
        self._show_marks(row, original)

    def _show_marks(self, row: ThemeExcerptRow, original: str) -> None:
        missing = unmarked(original, row.edited_text) if row.edited_text else None
        said = []
        if missing and missing.omitted:
            said.append(self.tr("Left out without “…”: {words}").format(words="; ".join(missing.omitted)))
        if missing and missing.inserted:
            said.append(self.tr("Put in without [brackets]: {words}").format(words="; ".join(missing.inserted)))
        self.marks.setText("\n".join(said))
        self.marks.setVisible(bool(said))
        self.mark.setVisible(bool(said))
        self.back.setVisible(bool(row.edited_text))

    def _mark(self) -> None:
        row = self._rows.get(self.at_hand)
        if row is not None:
            self.edited.commit_now()
            row = self._rows[self.at_hand]
            marked = with_marks(self._original(row), row.edited_text)
            self._desk.done(decide, self._theme_id, self.at_hand, edited_text=marked)

    def _unedit(self) -> None:
        if self.at_hand:
            self.edited.commit_now()
            self._desk.done(decide, self._theme_id, self.at_hand, edited_text="")

    def _write_edited(self, text: str, seq: int | None) -> int | None:
        """Words that are exactly those that were said are no edited quote."""
        row = self._rows.get(self.at_hand)
        if row is None:
            return None
        same = " ".join(text.split()) == " ".join(self._original(row).split())
        return self._desk.commit_field(seq, decide, self._theme_id, self.at_hand, edited_text="" if same else text)

    def _writer(self, field: str):  # a Commit, see app.ui.widgets.fields
        def write(text: str, seq: int | None) -> int | None:
            if not self.at_hand:
                return None
            return self._desk.commit_field(seq, decide, self._theme_id, self.at_hand, **{field: text})

        return write

    def _jump(self) -> None:
        row = self._rows.get(self.at_hand)
        if row is not None:
            self.excerptWanted.emit(row.source_id, row.excerpt_id)

    def _build(self) -> None:
        lists = QWidget()
        lists.setProperty("look", "panel")
        column = QVBoxLayout(lists)
        column.setContentsMargins(16, 8, 16, 0)
        column.setSpacing(6)
        column.addWidget(self.spread)
        column.addWidget(self.unheard)
        column.addWidget(SectionLabel(self.tr("Quoted, in this order")))
        column.addWidget(self.none)
        column.addWidget(self.quoted, 2)
        column.addWidget(SectionLabel(self.tr("Might be quoted")))
        column.addWidget(self.open, 3)
        self._detail = scrolling(self._built_detail())
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(lists)
        splitter.addWidget(self._detail)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([460, 320])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)

    def _built_detail(self) -> QWidget:
        inside = QWidget()
        inside.setProperty("look", "panel")
        detail = QVBoxLayout(inside)
        detail.setContentsMargins(16, 8, 16, 12)
        detail.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in (self.switcher, self.earlier, self.later):
            row.addWidget(button)
        row.addStretch(1)
        detail.addLayout(row)
        self._heads = [SectionLabel(self.edited.accessibleName()), SectionLabel(self.gloss.accessibleName())]
        detail.addWidget(SectionLabel(self.tr("As it was said")))
        detail.addWidget(self.difference)
        detail.addWidget(self._heads[0])
        for part in (self.edited, self.marks):
            detail.addWidget(part)
        for link in (self.mark, self.back):
            detail.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        detail.addWidget(self._heads[1])
        detail.addWidget(self.gloss)
        detail.addWidget(self.why)
        detail.addWidget(WordingHints(self.why, self._desk, lambda: f"quoted/{self._theme_id}/{self.at_hand}"))
        detail.addWidget(self.jump, 0, Qt.AlignmentFlag.AlignLeft)
        detail.addStretch(1)
        return inside
