"""How words are coded: through the box, with their own words, again, by number, by dropping - one change each."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QObject, QPoint
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QMenu

from app.models.kinds import CodeOrigin, ExcerptLevel
from app.models.verbs import Verb
from app.operations.codes import create_code, ensure_code, move_code
from app.operations.codings import Coded, code_passage, mark_unsure
from app.operations.excerpts import take_excerpt
from app.operations.names import same_name
from app.ui.code.code_finder import CodeFinder
from app.ui.code.coded_words import CodedWords
from app.ui.code.excerpt_ends import ExcerptEnds
from app.ui.code.interactions import Interactions
from app.ui.code.quick_code import QuickCode
from app.ui.code.show_modes import Mode

if TYPE_CHECKING:
    from app.study import ChangeSession
    from app.ui.code.workspace import CodeWorkspace

LONGEST_OWN_WORDS = 120
"""Characters of an in-vivo code's name; longer words are cut between two words."""


class Coding(QObject):
    """The hand of the Code workspace."""

    def __init__(self, workspace: CodeWorkspace) -> None:
        super().__init__(workspace)
        self._place = workspace
        self._desk = workspace.desk
        self._span: tuple[int, int] | None = None
        """What the box was opened for; whatever else codes takes the selection as it is then."""
        self._before: tuple[QTextCursor, int] | None = None
        """Caret and scroll bar before the box was opened for words that were not selected."""
        self.finder = CodeFinder(workspace)
        self.ends = ExcerptEnds(workspace)
        self.coded = CodedWords(workspace)
        self.interactions = Interactions(workspace)
        self.box = QuickCode(self.finder.find, workspace)
        self.box.codeWanted.connect(lambda code_id, unsure: self.code_with([code_id], self._span, unsure=unsure))
        self.box.newWanted.connect(lambda name, unsure: self.code_with_new(name, self._span, unsure=unsure))
        self.box.closed.connect(self._on_box_closed)
        panel, tree = workspace.panel, workspace.tree
        panel.typed.connect(self.open_box)
        panel.codeDropped.connect(lambda ids, start, end: self.code_with(ids.split("\n"), (start, end)))
        panel.codingActivated.connect(self._on_coding)
        panel.excerptClicked.connect(workspace.show_excerpt)
        panel.codingOpened.connect(lambda _excerpt_id, code_id: workspace.show_code(code_id))
        panel.endsMoved.connect(self.ends.move)
        panel.copyWanted.connect(self.copy_quote)
        panel.contextMenuWanted.connect(self._on_menu)
        tree.applyWanted.connect(lambda code_id: self.code_with([code_id]))
        tree.passageDropped.connect(self._on_passage)
        tree.moveWanted.connect(self._on_moved)
        workspace.inspector.addCodeWanted.connect(lambda: self.open_box(""))
        workspace.inspector.kindWanted.connect(self.interactions.ask_kind)

    # --- what is coded -------------------------------------------------------------------------------------------

    def span(self) -> tuple[int, int] | None:
        """What would be coded: the selection, else the excerpt at hand."""
        start, end = self._place.panel.selection()
        if end > start:
            return start, end
        marks = self._place.marks.get(self._place.inspector.excerpt_id or "", [])
        return (marks[0].start, marks[0].end) if marks else None

    def _words(self, otherwise: str) -> tuple[int, int] | None:
        """The same if there are words in it; else it is said what to do."""
        span = self.span()
        if span is None or self._place.script is None:
            self._desk.say(otherwise)
            return None
        if _blank(self._place.script.text, *span):
            self._desk.say(self.tr("Only spaces are selected, and no words."))
            return None
        return span

    def open_box(self, typed: str = "") -> None:
        """Open the quick-code box at the selection; without one, say what to do."""
        if self.box.isVisible():
            self.box.field.insert(typed)  # letters that were on their way before the box had the keyboard
            return
        self._span = self._words(self.tr("Select some words first, then type the code."))
        if self._span is None:
            return
        panel = self._place.panel
        self._before = None
        if panel.selection() != self._span:
            self._before = panel.view.textCursor(), panel.view.verticalScrollBar().value()
            panel.select(*self._span, reveal=True)
        self.finder.stand_at(self._span)
        self.box.open_at(panel.selection_rect(), typed.strip(), self._desk.tokens)

    # --- coding --------------------------------------------------------------------------------------------------

    def code_with(self, code_ids: list[str], span: tuple[int, int] | None = None, *, unsure: bool = False) -> None:
        """Code the passage with these codes, as one change."""
        script = self._place.script
        known = [code_id for code_id in code_ids if code_id in self._place.codes]
        if script is None or not known:
            return
        span = span or self._words(self.tr("Select some words first, then choose the code."))
        if span is None:
            return
        level = self._level(span)

        def each(session: ChangeSession) -> Coded:
            return [_code(session, script.id, span, code_id, unsure=unsure, level=level) for code_id in known][-1]

        if len(known) == 1:
            coded = self._desk.run(each)
        else:
            coded = self._desk.run_all(self.tr("Code excerpt as {n} codes").format(n=len(known)), Verb.CODE, each)
        if coded is not None:
            self._after(coded.excerpt_id, known[-1], span, new=coded.created or unsure)

    def code_with_new(
        self,
        path: str,
        span: tuple[int, int] | None = None,
        *,
        origin: CodeOrigin | None = None,
        unsure: bool = False,
    ) -> None:
        """Make a code (`parent / child` nests) and code the passage with it, as one change."""
        script, span = self._place.script, span or self.span()
        if script is None or span is None:
            return
        if origin is None:
            path = self._whole_path(path)
        level = self._level(span)

        def both(session: ChangeSession) -> tuple[str, Coded]:
            code_id = ensure_code(session, path) if origin is None else create_code(session, path, origin=origin)
            return code_id, _code(session, script.id, span, code_id, unsure=unsure, level=level)

        done = self._desk.run_all(self.tr("Code excerpt as new code ‘{name}’").format(name=path), Verb.CODE, both)
        if done is not None:
            self._after(done[1].excerpt_id, done[0], span, new=True)

    def code_in_vivo(self) -> None:
        """Make a code of the selected words themselves."""
        span, script = self._words(self.tr("Select the words that shall be the code.")), self._place.script
        if span is None or script is None:
            return
        shown = self._place.shelf.quote(script.id, *span)
        if shown.withheld:
            self._desk.say(self.tr("Not made: a code of these words would quote somebody who gave no consent."))
            return
        words = _as_name(" ".join(voice.words for voice in shown.voices))
        if not words:
            self._desk.say(self.tr("There are no words in this selection."))
            return
        known = next((code.id for code in self._place.codes.values() if same_name(code.name, words)), None)
        if known is not None:
            self.code_with([known], span)
        else:
            self.code_with_new(words, span, origin=CodeOrigin.IN_VIVO)

    def repeat_last(self) -> None:
        """Code with the code used last."""
        last = next((code_id for code_id in self.finder.recent if code_id in self._place.codes), None)
        if last is not None:
            self.code_with([last])
        else:
            self._desk.say(self.tr("No code was used yet in this sitting."))

    def code_with_pinned(self, number: int) -> None:
        """Code with the code that is pinned under a number."""
        code_id = self._place.pins.code(number)
        if code_id in self._place.codes:
            self.code_with([code_id])
        else:
            self._desk.say(
                self.tr("No code is pinned as {number}. Choose a code, then “Pin or unpin the code”.").format(
                    number=number
                )
            )

    def take(self) -> None:
        """Keep the selected words as an excerpt without a code."""
        span, script = self._words(self.tr("Select some words first.")), self._place.script
        if span is None or script is None:
            return
        excerpt_id = self._desk.run(take_excerpt, script.id, *span)
        if excerpt_id is not None:
            self._place.show_excerpt(excerpt_id)

    def copy_quote(self) -> None:
        """Put the passage on the clipboard as it is quoted: words, then who says them."""
        span, script = self.span(), self._place.script
        if span is None or script is None:
            return
        shown = self._place.shelf.cite(script.id, *span)
        if shown.withheld:
            self._desk.say(self.tr("Not copied: this person gave no consent to be quoted."))
            return
        data = QMimeData()
        data.setText(shown.cited)
        QGuiApplication.clipboard().setMimeData(data)
        self._desk.say(self.tr("Copied with attribution: {who}").format(who=shown.attribution or "–"))

    # --- inside --------------------------------------------------------------------------------------------------

    def _after(self, excerpt_id: str, code_id: str, span: tuple[int, int], *, new: bool) -> None:
        self.finder.use(code_id)
        self._place.show_coded(excerpt_id, code_id)
        name = self._place.codes[code_id].name
        if not new:
            self._desk.say(self.tr("This excerpt has “{name}” already.").format(name=name))
        elif self._place.show_bar.hides(excerpt_id, code_id):
            self._desk.offer(
                self.tr("Coded as “{name}”; this coding is hidden now.").format(name=name),
                self.tr("Show all codings"),
                lambda: self._place.show_bar.choose(Mode.ALL),
            )
        elif self._is_everything(*span):
            self._desk.say(self.tr("The whole transcript is coded as “{name}”.").format(name=name), with_undo=True)

    def _level(self, span: tuple[int, int]) -> ExcerptLevel | None:
        """What the excerpt at hand is said to be, if these are its words; else the words themselves decide."""
        marks = self._place.marks.get(self._place.inspector.excerpt_id or "", [])
        at_hand = marks[0] if marks and (marks[0].start, marks[0].end) == span else None
        return ExcerptLevel.INTERACTION if at_hand is not None and at_hand.interaction else None

    def _is_everything(self, start: int, end: int) -> bool:
        """Whether these are all the words of a conversation: one may have meant less."""
        turns = self._place.panel.view.turns
        return len(turns) > 1 and start <= turns[0].start and end >= turns[-1].end

    def _whole_path(self, path: str) -> str:
        """`parent / child` where the parent is nested itself: the path of the only code of that name."""
        first, slash, rest = path.partition(" / ")
        codes = self._place.codes.values()
        if not slash or any(not code.parent_id and same_name(code.name, first) for code in codes):
            return path
        alike = [code.path for code in codes if same_name(code.name, first)]
        return f"{alike[0]} / {rest}" if len(alike) == 1 else path

    def _on_box_closed(self, done: bool) -> None:
        if self._before is not None and not done:  # caret and place are as they were
            cursor, scrolled = self._before
            self._before = None
            self._place.panel.view.setTextCursor(cursor)
            self._place.panel.view.verticalScrollBar().setValue(scrolled)
        self._place.panel.setFocus()

    def _on_coding(self, excerpt_id: str, code_id: str) -> None:
        self._place.show_excerpt(excerpt_id)
        if code_id:
            self._place.show_code(code_id)

    def _on_passage(self, code_id: str, passage: dict[str, Any]) -> None:
        if self._place.script is not None and passage.get("source") == self._place.script.id:
            self.code_with([code_id], (int(passage["start"]), int(passage["end"])))

    def _on_moved(self, code_ids: list[str], parent_id: str, before: str) -> None:
        def each(session: ChangeSession) -> bool:
            beside = [code.id for code in self._place.codes.values() if (code.parent_id or "") == parent_id]
            for code_id in code_ids:
                beside = [one for one in beside if one != code_id]
                place = beside.index(before) if before in beside else len(beside)
                beside.insert(place, code_id)
                move_code(session, code_id, parent_id or None, place)
            return True

        if len(code_ids) == 1:
            self._desk.run_all("", None, each)
        else:
            self._desk.run_all(self.tr("Move {n} codes").format(n=len(code_ids)), Verb.EDIT_CODE, each)

    def _on_menu(self, point: QPoint, excerpt_id: str) -> None:
        if excerpt_id:
            self._place.show_excerpt(excerpt_id)
        menu = QMenu(self._place)
        names = ["code.quick", "code.in_vivo", "code.repeat", "code.take", "code.interaction", "code.copy"]
        if self._place.inspector.excerpt_id:
            names += ["-", "code.uncode", "code.unsure", "code.ends", "code.delete_excerpt"]
        names += ["-", "code.turn_by", "code.split_turn", "code.join_turn"]
        for name in names:
            if name == "-":
                menu.addSeparator()
            else:
                menu.addAction(self._desk.actions[name])
        menu.exec(point)


def _code(
    session: ChangeSession,
    source_id: str,
    span: tuple[int, int],
    code_id: str,
    *,
    unsure: bool,
    level: ExcerptLevel | None,
) -> Coded:
    """Code a passage; one that has the code already becomes unsure if that is wanted."""
    coded = code_passage(session, source_id, *span, code_id, unsure=unsure, level=level)
    if unsure and not coded.created:
        mark_unsure(session, coded.coding_id, unsure=True)
    return coded


def _blank(text: str, start: int, end: int) -> bool:
    """Whether there is nothing to see in a stretch: spaces and marks without width."""
    return all(text[at].isspace() or unicodedata.category(text[at]) == "Cf" for at in range(start, end))


def _as_name(words: str) -> str:
    """Words as the name of a code: in one line, without punctuation at its ends, cut between words if they are many."""
    line = " ".join(words.split()).strip(" .,;:!?…–—“”\"'‘’")
    if len(line) <= LONGEST_OWN_WORDS:
        return line
    return f"{line[:LONGEST_OWN_WORDS].rsplit(' ', 1)[0].rstrip(' .,;:!?…–—')} …"
