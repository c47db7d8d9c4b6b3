"""Everything that a withdrawal touches, in sections, with what becomes of each: the left side of the dialog."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from app.analysis.rights.held import Held, Why
from app.analysis.rights.mentions import Mention
from app.analysis.rights.withdrawal import Cut, How, Withdrawal
from app.operations.rights.rewording import Decision, Deed
from app.operations.rights.withdrawing import proposed_for
from app.ui.wording import counted

Row = Held | Mention
ROLE = int(Qt.ItemDataRole.UserRole)


class TouchedTree(QTreeWidget):
    """Sections and rows; what can be decided is a `Held` or a `Mention`, and `decisions` keeps what was."""

    chosen = Signal(object, str)
    """The row to decide on (None for one that is only told), and what it says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("withdraw.touched")
        self.setAccessibleName(self.tr("Everything that is touched"))
        self.setColumnCount(2)
        self.setHeaderLabels([self.tr("What is touched"), self.tr("What becomes of it")])
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(False)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.decisions: dict[str, Decision] = {}
        self._rows: dict[str, tuple[Row, QTreeWidgetItem]] = {}
        self.currentItemChanged.connect(lambda item, _: self._choose(item))

    def show_plan(self, plan: Withdrawal) -> None:
        """Show a plan; decisions on places that still say the same in it stay."""
        self.clear()
        before, self._rows = self._rows, {}
        if plan.turns:
            told = _tr("{n} removed, with a placeholder").format(n=len(plan.turns))
            self._section(_tr("Turns"), [(_tr("Their own turns in all transcripts"), told, None)])
        self._section(
            _tr("Excerpts"),
            [(_one_line(one.quote), _cut(one.cut), None) for one in plan.excerpts],
        )
        lost = [(name, _tr("no excerpt left"), None) for name in plan.empty_codes]
        self._section(_tr("Codes left empty"), lost)
        self._section(
            _tr("Themes that lose their only voice"), [(name, _tr("nobody heard"), None) for name in plan.silent_themes]
        )
        for why in Why:
            rows = [one for one in plan.held if one.why == why]
            self._section(why_title(why), [(_place(one), "", one) for one in sorted(rows, key=_order)])
        named = [(_mention(one), "", one) for one in plan.mentions]
        decide = plan.how == How.MENTIONS
        self._section(
            _tr("Mentions by others"), named if decide else [(text, _tr("stays"), None) for text, _, _ in named]
        )
        also = []
        if plan.edited_quotes:
            also.append((_tr("Edited quotes in themes"), _tr("{n} emptied").format(n=plan.edited_quotes), None))
        if plan.originals:
            also.append((_tr("Kept original files of these transcripts"), _tr("deleted"), None))
        if plan.how != How.NO_QUOTING:
            also.append((_tr("Undo history of the whole study"), _tr("ends here"), None))
            also.append((_tr("Backups made so far"), _tr("replaced by a new one"), None))
        if plan.shared_turns:
            told = counted(
                plan.shared_turns,
                _tr("1 turn of several people at once"),
                _tr("{n} turns of several people at once"),
            )
            also.append((told, _tr("stay: look yourself"), None))
        self._section(_tr("Also"), also)
        sent = [
            (
                f"{one.at.astimezone():%Y-%m-%d}  {one.file_name}" + (f" → {one.to_whom}" if one.to_whom else ""),
                _tr("cannot be called back"),
                None,
            )
            for one in plan.outputs
        ]
        self._section(_tr("Left the study with their words"), sent)
        self.expandAll()
        for key in list(self.decisions):
            now, then = self._rows.get(key), before.get(key)
            if now is None or then is None or _says(now[0]) != _says(then[0]):
                del self.decisions[key]
        first = next((item for _, item in self._rows.values()), None)
        if first is not None:
            self.setCurrentItem(first)

    def decision(self, row: Row) -> Decision:
        """What was decided, or else is proposed."""
        return self.decisions.get(row.key, proposed_for(row))

    def decide(self, row: Row, decision: Decision) -> None:
        """Decide on a row."""
        self.decisions[row.key] = decision
        self._rows[row.key][1].setText(1, _deed(decision.deed))

    def decide_all_like(self, row: Row, deed: Deed) -> None:
        """The same for every row that was found in the same way as this one."""
        for other, _ in list(self._rows.values()):
            if kind_of(other) == kind_of(row):
                self.decide(other, Decision(deed))

    def _section(self, title: str, rows: Sequence[tuple[str, str, Row | None]]) -> None:
        if not rows:
            return
        section = QTreeWidgetItem([f"{title} ({len(rows)})" if len(rows) > 1 else title, ""])
        font = section.font(0)
        font.setBold(True)
        section.setFont(0, font)
        self.addTopLevelItem(section)
        section.setFirstColumnSpanned(True)
        for text, becomes, row in rows:
            item = QTreeWidgetItem([text, becomes])
            item.setData(0, ROLE, row)
            section.addChild(item)
            if row is not None:
                self._rows[row.key] = (row, item)
                item.setText(1, _deed(self.decision(row).deed))

    def _choose(self, item: QTreeWidgetItem | None) -> None:
        row = None if item is None else item.data(0, ROLE)
        self.chosen.emit(row, "" if item is None else item.text(0))


def kind_of(row: Row) -> tuple[str, str]:
    """How a row was found; of single words, also which word it is."""
    if not isinstance(row, Held):
        return "mention", row.likeness.value
    return row.why.value, _found(row) if row.why == Why.WORD else ""


def why_title(why: Why) -> str:
    """What places found so are called."""
    return {
        Why.WORDS: _tr("Words written with theirs"),
        Why.NEARLY: _tr("Nearly their words"),
        Why.NAME: _tr("Their name in what was written"),
        Why.NOTE: _tr("Notes about them"),
        Why.MAYBE_NAME: _tr("Maybe their name: stays, unless you say otherwise"),
        Why.PHRASE: _tr("Common phrases of theirs: stay, unless you say otherwise"),
        Why.WORD: _tr("Common words that nobody else says: stay, unless you say otherwise"),
    }[why]


def _found(one: Held) -> str:
    start, end = (one.spans or one.maybe)[0]
    return one.place.text[start:end].casefold()


def _order(one: Held) -> str:
    """Places of one single word beside each other."""
    return _found(one) if one.why == Why.WORD else ""


def _place(one: Held) -> str:
    told = f"{one.place.title}: {_one_line(one.place.text)}" if one.place.title else _one_line(one.place.text)
    return f"‘{_found(one)}’  {told}" if one.doubtful else told


def _mention(one: Mention) -> str:
    return f"{one.title}: … {_one_line(one.before + one.found + one.after)} …"


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]


def _cut(cut: Cut) -> str:
    return {
        Cut.DROPPED: _tr("dropped"),
        Cut.CUT: _tr("cut"),
        Cut.SPLIT: _tr("split"),
        Cut.GAP: _tr("keeps a gap"),
    }[cut]


def _deed(deed: Deed) -> str:
    return {Deed.CHANGE: _tr("other words"), Deed.LEAVE: _tr("stays"), Deed.DELETE: _tr("deleted")}[deed]


def _tr(text: str) -> str:
    return QCoreApplication.translate("TouchedTree", text)


def _says(row: Row) -> str:
    return row.place.text if isinstance(row, Held) else row.found
