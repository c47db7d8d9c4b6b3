"""What one does at the coding desk: code, uncode, drag, move ends, copy a quote - each one change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QObject, QPoint, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from app.analysis.code_search import CodeHit, find_codes
from app.models.kinds import CodeOrigin
from app.models.verbs import Verb
from app.operations.codes import create_code, ensure_code, move_code
from app.operations.codings import code_passage, remove_code
from app.operations.excerpts import delete_excerpt, move_ends, take_excerpt
from app.operations.names import same_name
from app.ui.code.quick_code import QuickCode

if TYPE_CHECKING:
    from app.study import ChangeSession
    from app.ui.code.workspace import CodeWorkspace

RECENT = 12


class Coding(QObject):
    """The hand of the Code workspace."""

    def __init__(self, workspace: CodeWorkspace) -> None:
        super().__init__(workspace)
        self._place = workspace
        self._desk = workspace.desk
        self.recent: list[str] = []
        self._span: tuple[int, int] | None = None
        """What the box was opened for; whatever else codes takes the selection as it is then."""
        self.box = QuickCode(self._find, workspace)
        self.box.codeWanted.connect(lambda code_id, _stay: self.code_with([code_id], self._span))
        self.box.newWanted.connect(lambda name, _stay: self.code_with_new(name, self._span))
        self.box.closed.connect(lambda: QTimer.singleShot(0, workspace.panel.setFocus))
        panel, tree = workspace.panel, workspace.tree
        panel.typed.connect(self.open_box)
        panel.codeDropped.connect(lambda ids, start, end: self.code_with(ids.split("\n"), (start, end)))
        panel.codingActivated.connect(self._on_coding)
        panel.excerptClicked.connect(workspace.show_excerpt)
        panel.codingOpened.connect(lambda _excerpt_id, code_id: workspace.show_code(code_id))
        panel.endsMoved.connect(self._on_ends_moved)
        panel.copyWanted.connect(self.copy_quote)
        panel.contextMenuWanted.connect(self._on_menu)
        tree.applyWanted.connect(lambda code_id: self.code_with([code_id]))
        tree.passageDropped.connect(self._on_passage)
        tree.moveWanted.connect(self._on_moved)
        workspace.inspector.addCodeWanted.connect(lambda: self.open_box(""))

    def span(self) -> tuple[int, int] | None:
        """What would be coded: the selection, else the excerpt at hand."""
        start, end = self._place.panel.selection()
        if end > start:
            return start, end
        marks = self._place.marks.get(self._place.inspector.excerpt_id or "", [])
        return (marks[0].start, marks[0].end) if marks else None

    def open_box(self, typed: str = "") -> None:
        """Open the quick-code box at the selection; without one, say what to do."""
        if self.box.isVisible():
            self.box.field.insert(typed)  # letters that were on their way before the box had the keyboard
            return
        if typed.isspace():
            return
        self._span = self.span()
        if self._span is None or self._place.script is None:
            self._desk.say(self.tr("Select some words first, then type the code."))
            return
        if self._place.panel.selection() != self._span:
            self._place.panel.select(*self._span, reveal=True)
        self.box.open_at(self._place.panel.selection_rect(), typed)

    def code_with(self, code_ids: list[str], span: tuple[int, int] | None = None) -> None:
        """Code the passage with these codes, as one change."""
        script, span = self._place.script, span or self.span()
        known = [code_id for code_id in code_ids if code_id in self._place.codes]
        if script is None or span is None or not known:
            if script is not None and known:
                self._desk.say(self.tr("Select some words first, then choose the code."))
            return
        coded = None
        if len(known) == 1:
            coded = self._desk.run(code_passage, script.id, *span, known[0])
        else:
            label = self.tr("Code excerpt as {n} codes").format(n=len(known))

            def each(session: ChangeSession) -> Any:
                return [code_passage(session, script.id, *span, code_id) for code_id in known][-1]

            coded = self._desk.run_all(label, Verb.CODE, each)
        if coded is not None:
            self._after(coded.excerpt_id, known[-1], new=coded.created)

    def code_with_new(
        self, path: str, span: tuple[int, int] | None = None, *, origin: CodeOrigin | None = None
    ) -> None:
        """Make a code (`parent / child` nests) and code the passage with it, as one change."""
        script, span = self._place.script, span or self.span()
        if script is None or span is None:
            return

        def both(session: ChangeSession) -> Any:
            code_id = ensure_code(session, path) if origin is None else create_code(session, path, origin=origin)
            return code_id, code_passage(session, script.id, *span, code_id)

        done = self._desk.run_all(self.tr("Code excerpt as new code ‘{name}’").format(name=path), Verb.CODE, both)
        if done is not None:
            self._after(done[1].excerpt_id, done[0], new=True)

    def code_in_vivo(self) -> None:
        """Make a code of the selected words themselves."""
        span = self.span()
        if span is None or self._place.script is None:
            self._desk.say(self.tr("Select the words that shall be the code."))
            return
        shown = self._place.shelf.quote(self._place.script.id, *span)
        words = " ".join(" ".join(voice.words for voice in shown.voices).split()).strip(" .,;:!?…–—“”\"'")[:120]
        known = next((code.id for code in self._place.codes.values() if same_name(code.name, words)), None)
        if known is not None:
            self.code_with([known], span)
        else:
            self.code_with_new(words, span, origin=CodeOrigin.IN_VIVO)

    def repeat_last(self) -> None:
        """Code with the code used last."""
        if self.recent:
            self.code_with([self.recent[0]])
        else:
            self._desk.say(self.tr("No code was used yet in this sitting."))

    def take(self) -> None:
        """Keep the selected words as an excerpt without a code."""
        span, script = self.span(), self._place.script
        if span is None or script is None:
            self._desk.say(self.tr("Select some words first."))
            return
        excerpt_id = self._desk.run(take_excerpt, script.id, *span)
        if excerpt_id is not None:
            self._place.show_excerpt(excerpt_id)

    def uncode(self) -> None:
        """Take the code at hand off the excerpt at hand; with one code on it, that one."""
        excerpt_id = self._place.inspector.excerpt_id
        marks = [mark for mark in self._place.marks.get(excerpt_id or "", []) if mark.code_id]
        if excerpt_id is None or not marks:
            self._desk.say(self.tr("Choose an excerpt first: click its lane."))
            return
        at_hand = self._place.inspector.code_id
        mark = next((one for one in marks if one.code_id == at_hand), marks[-1])
        if self._desk.run(remove_code, excerpt_id, mark.code_id):
            self._desk.say(self.tr("Removed code “{name}”; the excerpt stays.").format(name=mark.name), with_undo=True)

    def delete_at_hand(self) -> None:
        """Delete the excerpt at hand with its codings."""
        excerpt_id = self._place.inspector.excerpt_id
        if excerpt_id is None:
            self._desk.say(self.tr("Choose an excerpt first: click its lane."))
            return
        if self._desk.done(delete_excerpt, excerpt_id):
            self._desk.say(self.tr("Excerpt deleted with its codes."), with_undo=True)

    def ends_to_selection(self) -> None:
        """Give the excerpt at hand the ends of the selection."""
        excerpt_id = self._place.inspector.excerpt_id
        start, end = self._place.panel.selection()
        if excerpt_id is None or end <= start:
            self._desk.say(self.tr("Choose an excerpt, then select the words it shall have."))
            return
        self._on_ends_moved(excerpt_id, start, end)

    def copy_quote(self) -> None:
        """Put the passage on the clipboard as it is quoted: words, then who says them."""
        span, script = self.span(), self._place.script
        if span is None or script is None:
            return
        shown = self._place.shelf.quote(script.id, *span)
        if shown.withheld:
            self._desk.say(self.tr("Not copied: this person gave no consent to be quoted."))
            return
        data = QMimeData()
        data.setText(shown.cited)
        QGuiApplication.clipboard().setMimeData(data)
        self._desk.say(self.tr("Copied with attribution: {who}").format(who=shown.attribution or "–"))

    def _after(self, excerpt_id: str, code_id: str, *, new: bool) -> None:
        self.recent = [code_id, *[one for one in self.recent if one != code_id]][:RECENT]
        self._place.show_coded(excerpt_id, code_id)
        if not new:
            name = self._place.codes[code_id].name
            self._desk.say(self.tr("This excerpt has “{name}” already.").format(name=name))

    def _find(self, typed: str) -> list[CodeHit]:
        return find_codes(self._place.active_codes(), typed, self._nearness())

    def _nearness(self) -> dict[str, int]:
        """Codes of this turn first, then of this transcript, then the recent ones."""
        near = dict.fromkeys(self.recent, 2)
        near.update({mark.code_id: 1 for marks in self._place.marks.values() for mark in marks if mark.code_id})
        if self._span is not None and self._place.script is not None:
            start, end = self._span
            turn = next((one for one in self._place.script.turns if one.label_start <= start < one.end), None)
            first, last = (turn.start, turn.end) if turn else (start, end)
            for marks in self._place.marks.values():
                near.update({mark.code_id: 0 for mark in marks if mark.code_id and first <= mark.start < last})
        return near

    def _on_coding(self, excerpt_id: str, code_id: str) -> None:
        self._place.show_excerpt(excerpt_id)
        if code_id:
            self._place.show_code(code_id)

    def _on_ends_moved(self, excerpt_id: str, start: int, end: int) -> None:
        self._desk.run(move_ends, excerpt_id, start, end)
        self._place.show_excerpt(excerpt_id)

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
        names = ["code.quick", "code.in_vivo", "code.repeat", "code.take", "code.copy"]
        if self._place.inspector.excerpt_id:
            names += ["-", "code.uncode", "code.ends", "code.delete_excerpt"]
        names += ["-", "code.turn_by", "code.split_turn", "code.join_turn"]
        for name in names:
            if name == "-":
                menu.addSeparator()
            else:
                menu.addAction(self._desk.actions[name])
        menu.exec(point)
