"""Who is behind a theme: groups and people, what it shares with other themes, and what it came out of."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from app.analysis.behind_themes import Behind, Overlap, behind, overlaps
from app.analysis.codes import CodeRow
from app.analysis.theme_record import Descent, descent_of
from app.analysis.themes import excerpts_of_theme
from app.models.kinds import LineageKind
from app.ui.desk import Desk
from app.ui.widgets.labels import PlainLabel, SectionLabel
from app.ui.widgets.scrolling import scrolling
from app.ui.wording import day_in_words

_OVERLAP = Qt.ItemDataRole.UserRole


class BehindPage(QWidget):
    """Words only: spread is a check on anecdote and on one vivid talker, never a measure of weight."""

    themeWanted = Signal(str)
    sharedWanted = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("themeBehind")
        self._desk = desk
        self.spread = PlainLabel("", "strong", wrap=True)
        self.spread.setObjectName("themeBehind.spread")
        self.people = PlainLabel("", wrap=True)
        self.people.setObjectName("themeBehind.people")
        self.absent = PlainLabel("", "small", wrap=True)
        self.absent.setObjectName("themeBehind.absent")
        self.shared_head = SectionLabel(self.tr("Overlap with other themes"))
        self.shared = QListWidget()
        self.shared.setObjectName("themeBehind.overlap")
        self.shared.setAccessibleName(self.tr("Themes that share codes or excerpts with this one"))
        self.shared.setWordWrap(True)
        self.shared.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.shared.itemActivated.connect(lambda item: self.themeWanted.emit(item.data(_OVERLAP).theme_id))
        self.shared.currentItemChanged.connect(lambda *_: self._show_buttons())
        self.to_theme = _link(self.tr("Open this theme"), "themeBehind.open")
        self.to_theme.clicked.connect(lambda: self.themeWanted.emit(self._at_hand().theme_id))
        self.to_excerpts = _link(self.tr("Show the excerpts that are in both"), "themeBehind.shared")
        self.to_excerpts.clicked.connect(lambda: self.sharedWanted.emit(self._at_hand().excerpts))
        self.no_overlap = PlainLabel(
            self.tr("It shares no code and no excerpt with another theme."), "quiet", wrap=True
        )
        self.descent = PlainLabel("", wrap=True)
        self.descent.setObjectName("themeBehind.descent")
        self.descent_head = SectionLabel(self.tr("Where it comes from"))
        self._build()

    def show_theme(self, theme_id: str, codes: dict[str, CodeRow]) -> None:  # noqa: ARG002 - all pages are shown alike
        """Show a theme as the study says it is now."""
        with self._desk.read() as session:
            rows = excerpts_of_theme(session, theme_id) if theme_id else []
            found = behind(session, theme_id, rows)
            shared = overlaps(session, theme_id) if theme_id else []
            descent = descent_of(session, theme_id)
        self.spread.setText(spread_of(found))
        self.people.setText("\n".join(_by_group(found)))
        self.people.setVisible(bool(found.heard))
        absent = [one for one in found.groups if one not in found.heard_groups]
        self.absent.setText(self.tr("Not heard here: {groups}").format(groups=", ".join(absent)))
        self.absent.setVisible(bool(absent) and bool(found.heard_groups))
        self._show_overlaps(shared)
        self.descent.setText("\n".join(_told(one) for one in descent))
        self.descent.setVisible(bool(descent))
        self.descent_head.setVisible(bool(descent))

    def commit_pending(self) -> None:
        """There is nothing to type here."""

    def restyle(self) -> None:
        """Colours come from the style sheet."""

    def _show_overlaps(self, shared: list[Overlap]) -> None:
        self.shared.clear()
        for one in shared:
            item = QListWidgetItem(f"{one.name}\n{_shares(one)}")
            item.setData(_OVERLAP, one)
            self.shared.addItem(item)
        self.shared.setVisible(bool(shared))
        self.no_overlap.setVisible(not shared)
        if shared:
            self.shared.setCurrentRow(0)
        rows = sum(self.shared.sizeHintForRow(place) + 2 for place in range(self.shared.count()))
        self.shared.setFixedHeight(min(260, rows + 8))
        self._show_buttons()

    def _at_hand(self) -> Overlap:
        one: Overlap = self.shared.currentItem().data(_OVERLAP)
        return one

    def _show_buttons(self) -> None:
        chosen = self.shared.currentItem() is not None
        self.to_theme.setVisible(chosen)
        self.to_excerpts.setVisible(chosen and bool(self._at_hand().excerpts))

    def _build(self) -> None:
        inside = QWidget()
        inside.setProperty("look", "panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        for part in (self.spread, self.people, self.absent):
            column.addWidget(part)
        column.addSpacing(8)
        column.addWidget(self.shared_head)
        column.addWidget(self.no_overlap)
        column.addWidget(self.shared)
        for link in (self.to_theme, self.to_excerpts):
            column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(8)
        column.addWidget(self.descent_head)
        column.addWidget(self.descent)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(inside))


def spread_of(found: Behind) -> str:
    """One sentence on how widely a theme is heard."""
    people, groups = len(found.heard), len(found.heard_groups)
    if not groups:
        return _tr("Nobody is heard in it yet.")
    if people == 1 and groups == 1:
        (key,) = found.heard
        return _tr("It rests on one person: {name}.").format(name=found.people[key].name)
    said = _tr("Heard in {n} of {all} groups.").format(n=groups, all=len(found.groups))
    if groups == 1 and len(found.groups) > 1:
        said = _tr("It rests on one group: {name}.").format(name=found.heard_groups[0])
    if not people:
        return said + " " + _tr("Who speaks there is not known.")
    return said


def _by_group(found: Behind) -> list[str]:
    lines = []
    for group in found.heard_groups:
        keys = {
            key for excerpt, where in found.group_of_excerpt.items() if where == group
            for key in found.of_excerpt[excerpt] & found.heard
        }  # fmt: skip
        names = [_named(found, key) for key in found.people if key in keys]
        lines.append(f"{group}: {', '.join(names) or _tr('nobody by name')}")
    return lines


def _named(found: Behind, key: str) -> str:
    name = found.people[key].name
    return _tr("{name} (quoted)").format(name=name) if key in found.quoted else name


def _shares(one: Overlap) -> str:
    parts = []
    if one.codes:
        names = ", ".join(f"“{name}”" for name in one.codes)
        parts.append(_tr("shares {codes}").format(codes=names))
    if one.excerpts:
        parts.append(_tr("excerpts are in both"))
    return "; ".join(parts)


def _told(one: Descent) -> str:
    said = _tr("Merged from “{name}”") if one.kind == LineageKind.MERGED_FROM else _tr("Split from “{name}”")
    return f"{said.format(name=one.name)} · {day_in_words(one.at)}"


def _link(text: str, name: str) -> QPushButton:
    button = QPushButton(text)
    button.setObjectName(name)
    button.setProperty("look", "link")
    return button


def _tr(text: str) -> str:
    return QCoreApplication.translate("BehindPage", text)
