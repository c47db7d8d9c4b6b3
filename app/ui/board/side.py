"""Beside the board: the card, pile or theme that is chosen, in words, and what one does with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from app.analysis.board import Heard
from app.analysis.board_layout import CardPicture, PilePicture
from app.analysis.codes import CodingRow
from app.models.kinds import CodeRole, CodeStatus
from app.operations.board import name_pile
from app.operations.themes import edit_theme
from app.ui.board.making import MakingForm
from app.ui.board.wording import heard_words
from app.ui.code.excerpt_list import ExcerptList
from app.ui.desk import Desk
from app.ui.quotes import QuoteShelf
from app.ui.style.icons import sign_pixmap
from app.ui.themes.wording import title, word
from app.ui.widgets.fields import LineField, TextField
from app.ui.widgets.labels import PlainLabel, SectionLabel
from app.ui.widgets.wording_hints import WordingHints
from app.ui.wording import capital


class CodeSide(QWidget):
    """A card: its code, who stands behind it, where else it lies, its role, and its excerpts."""

    roleWanted = Signal(object)

    def __init__(self, shelf: QuoteShelf) -> None:
        super().__init__()
        self.sign = PlainLabel()
        self.name = PlainLabel("", "strong", wrap=True)
        self.brief = PlainLabel("", "", wrap=True)
        self.heard = PlainLabel("", "small", wrap=True)
        self.also = PlainLabel("", "small", wrap=True)
        self.role_of = PlainLabel("", "small", wrap=True)
        self.roles: dict[CodeRole, QPushButton] = {}
        self._group = QButtonGroup(self)
        chips = QHBoxLayout()
        chips.setSpacing(6)
        for role in CodeRole:
            chip = QPushButton(title(role))
            chip.setObjectName(f"themes.board.role.{role.value}")
            chip.setAccessibleName(self.tr("Code is {role} of this theme").format(role=word(role)))
            chip.setCheckable(True)
            chip.setProperty("look", "chip")
            chip.clicked.connect(lambda _, role=role: self.roleWanted.emit(role))
            self._group.addButton(chip)
            self.roles[role] = chip
            chips.addWidget(chip)
        chips.addStretch(1)
        self._chips = QWidget()
        self._chips.setLayout(chips)
        chips.setContentsMargins(0, 0, 0, 0)
        self.excerpts = ExcerptList(shelf, self.tr("Excerpts of the code"))
        self.excerpts.setObjectName("themes.board.excerpts")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.sign)
        head.addWidget(self.name, 1)
        column = _column(self)
        column.addWidget(SectionLabel(self.tr("Code")))
        column.addLayout(head)
        for part in (self.brief, self.heard, self.role_of, self._chips, self.also):
            column.addWidget(part)
        column.addSpacing(4)
        column.addWidget(SectionLabel(self.tr("Its excerpts")))
        self.none = PlainLabel(self.tr("No excerpts yet."), "quiet")
        column.addWidget(self.none)
        column.addWidget(self.excerpts, 1)
        column.addStretch(0)

    def show_card(self, card: CardPicture, home: str, heard: Heard | None, rows: list[CodingRow]) -> None:
        """Show this card; `home` names the theme or pile it lies in."""
        code = card.code
        self.sign.setPixmap(sign_pixmap(code.sign, code.colour, 24))
        self.name.setText(code.name)
        aside = self.tr("Set aside") if code.status != CodeStatus.ACTIVE else ""
        _said(self.brief, "\n".join(part for part in (aside, code.brief) if part))
        said = heard_words(heard)
        _said(self.heard, capital(said))
        _said(self.role_of, self.tr("In the theme “{name}” it is").format(name=home) if card.role is not None else "")
        self._chips.setVisible(card.role is not None)
        if card.role is not None:
            self.roles[card.role].setChecked(True)
        _said(self.also, self.tr("Also in: {themes}").format(themes=", ".join(card.also)) if card.also else "")
        self.excerpts.show_rows(rows)
        self.excerpts.setVisible(bool(rows))
        self.none.setVisible(not rows)


class PileSide(QWidget):
    """A working pile: a few words over it, and what may become of it."""

    themeWanted = Signal()
    spreadWanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._pile_id = desk, ""
        self.words = LineField(
            self.tr("Words over the pile"), self.tr("A working title, if there is one"), self._commit
        )
        self.words.setObjectName("themes.board.pile.title")
        self.codes = PlainLabel("", "quiet", wrap=True)
        self.make = QPushButton(self.tr("Make it a theme …"))
        self.make.setObjectName("themes.board.pile.make")
        self.make.setProperty("look", "primary")
        self.make.clicked.connect(self.themeWanted)
        self.spread = QPushButton(self.tr("Spread it out"))
        self.spread.setObjectName("themes.board.pile.spread")
        self.spread.clicked.connect(self.spreadWanted)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.make)
        buttons.addWidget(self.spread)
        buttons.addStretch(1)
        column = _column(self)
        for part in (SectionLabel(self.tr("Pile")), self.words, self.codes):
            column.addWidget(part)
        column.addLayout(buttons)
        column.addStretch(1)

    def show_pile(self, pile: PilePicture, codes: list[str]) -> None:
        """Show this pile."""
        other = pile.id != self._pile_id
        if other:
            self.commit_pending()
        self.words.show_text(pile.title, anew=other)
        self._pile_id = pile.id
        self.codes.setText("\n".join(codes))

    def commit_pending(self) -> None:
        """Commit what is typed."""
        if self._pile_id:
            self.words.commit_now()

    def _commit(self, text: str, seq: int | None) -> int | None:
        return self._desk.commit_field(seq, name_pile, self._pile_id, text) if self._pile_id else 0


class ThemeSide(QWidget):
    """A theme: its name, and the sentence "this theme is about how …", which nobody has to finish."""

    sheetWanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self.theme_id = desk, ""
        self.kind = SectionLabel(self.tr("Theme"))
        self.name = LineField(self.tr("Name of the theme"), "", lambda text, seq: self._commit("name", text, seq))
        self.name.setObjectName("themes.board.theme.name")
        self.concept = TextField(
            self.tr("This theme is about how …"),
            self.tr("Finish the sentence: this theme is about how …"),
            lambda text, seq: self._commit("concept", text, seq),
            lines=3,
        )
        self.concept.setObjectName("themes.board.theme.concept")
        self.status = PlainLabel("", "small", wrap=True)
        self.codes = PlainLabel("", "quiet", wrap=True)
        self.open = QPushButton(self.tr("Open its sheet"))
        self.open.setObjectName("themes.board.theme.open")
        self.open.clicked.connect(lambda: self.sheetWanted.emit(self.theme_id))
        column = _column(self)
        hints = WordingHints(self.concept, desk, lambda: f"theme/{self.theme_id}/concept")
        for part in (self.kind, self.name, PlainLabel(self.tr("This theme is about how …"), "small"), self.concept,
                     hints, self.status, self.codes):  # fmt: skip
            column.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self.open)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)

    def show_theme(self, pile: PilePicture, codes: list[str]) -> None:
        """Show this theme."""
        theme = pile.theme
        assert theme is not None
        other = theme.id != self.theme_id
        if other:
            self.commit_pending()
        self.theme_id = theme.id
        self.kind.head(capital(word(theme.kind)))
        self.kind.setAccessibleName(title(theme.kind))
        self.name.show_text(theme.name, anew=other)
        self.concept.show_text(theme.concept, anew=other)
        self.status.setText(title(theme.status))
        _said(self.codes, "\n".join(codes))

    def commit_pending(self) -> None:
        """Commit what is typed."""
        if self.theme_id:
            self.name.commit_now()
            self.concept.commit_now()

    def _commit(self, field: str, text: str, seq: int | None) -> int | None:
        return self._desk.commit_field(seq, edit_theme, self.theme_id, **{field: text}) if self.theme_id else 0


class SeveralSide(QWidget):
    """Several cards: what one does with all of them."""

    pileWanted = Signal()
    themeWanted = Signal()
    moveWanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.head = PlainLabel("", "strong", wrap=True)
        self.codes = PlainLabel("", "quiet", wrap=True)
        column = _column(self)
        column.addWidget(SectionLabel(self.tr("Chosen")))
        column.addWidget(self.head)
        for name, text, signal, look in (
            ("pile", self.tr("Put them in a pile"), self.pileWanted, "primary"),
            ("theme", self.tr("Make a theme of them …"), self.themeWanted, ""),
            ("move", self.tr("Put them in …"), self.moveWanted, ""),
        ):
            button = QPushButton(text)
            button.setObjectName(f"themes.board.several.{name}")
            if look:
                button.setProperty("look", look)
            button.clicked.connect(signal)
            column.addWidget(button)
        column.addWidget(self.codes)
        column.addStretch(1)

    def show_names(self, names: list[str]) -> None:
        """Show what is chosen; of many the first."""
        self.head.setText(self.tr("{n} codes").format(n=len(names)))
        shown = names[:MANY] + (["…"] if len(names) > MANY else [])
        self.codes.setText("\n".join(shown))


MANY = 24
"""Names of so many chosen codes are written out."""


class BoardSide(QStackedWidget):
    """One of them at a time."""

    def __init__(self, desk: Desk, shelf: QuoteShelf) -> None:
        super().__init__()
        self.code, self.pile, self.theme = CodeSide(shelf), PileSide(desk), ThemeSide(desk)
        self.several, self.making, self.nothing = SeveralSide(), MakingForm(desk), QWidget()
        column = _column(self.nothing)
        for said in (
            self.tr("Lay codes from the left on the board and put together what seems to share an idea."),
            self.tr("A card on a card makes a pile; a pile may become a theme. Drag with Ctrl, and a code stays where "
                    "it was as well: it may feed several themes."),
            self.tr("By key: arrows walk, with Shift they choose more, with Ctrl they move; Enter opens; the menu key "
                    "holds the rest."),
        ):  # fmt: skip
            column.addWidget(PlainLabel(said, "quiet", wrap=True))
        column.addStretch(1)
        for part in (self.nothing, self.code, self.pile, self.theme, self.several, self.making):
            self.addWidget(part)


def _column(part: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(part)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    return column


def _said(label: PlainLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
