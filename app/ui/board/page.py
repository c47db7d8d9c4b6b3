"""The Board view of the Themes workspace: the tray, the board, and at the right what is chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.analysis.board import BoardContent, BoardPlaces, Heard, board_places, heard_behind, matching
from app.analysis.board_layout import lay_out
from app.analysis.codes import CodeRow, codings_of_code
from app.analysis.themes import ThemeRow
from app.models.kinds import CodeRole
from app.ui.actions import as_menu_text
from app.ui.board import deeds
from app.ui.board.canvas import NOWHERE, Key
from app.ui.board.frame import BoardFrame
from app.ui.board.parts import Ink
from app.ui.board.wording import said_of_card, said_of_pile
from app.ui.desk import Desk
from app.ui.quotes import QuoteShelf

PLACES = {"board_card", "board_pile"}
BEHIND = {"coding", "excerpt", "turn", "speaker", "participant", "source", "focus_group"}
"""What says who stands behind a code."""
WHAT = {"code", "theme", "theme_code"}


class BoardPage(BoardFrame):
    """Reads only while it is seen."""

    excerptWanted = Signal(str, str)
    sheetWanted = Signal(str)
    menuWanted = Signal(QPoint)
    roleWanted = Signal(object)

    def __init__(self, desk: Desk, shelf: QuoteShelf, parent: QWidget | None = None) -> None:
        super().__init__(desk, shelf, parent)
        self.codes: Mapping[str, CodeRow] = {}
        self.content = BoardContent({}, (), BoardPlaces())
        self.heard: dict[str, Heard] = {}
        self._ink: Ink | None = None
        self._stale: set[str] = PLACES | BEHIND | WHAT
        self._fitted = False
        self._given: tuple[Mapping[str, CodeRow], list[ThemeRow]] = ({}, [])
        self._connect()

    # --- what is shown -------------------------------------------------------------------------------------------

    def show_study(self, codes: Mapping[str, CodeRow], themes: list[ThemeRow], touched: Collection[str]) -> None:
        """Draw what the study says; while nobody looks, only remember that something is new."""
        self._given = (codes, themes)
        self._stale |= set(touched) & (PLACES | BEHIND | WHAT)
        if self.isVisible():
            self._draw()

    def showEvent(self, event: object) -> None:
        """Draw when it comes into view."""
        super().showEvent(event)  # type: ignore[arg-type]
        self._draw()
        if not self._fitted and not self.view.viewport().size().isEmpty():
            self._fitted = True
            self.view.fit()

    def restyle(self) -> None:
        """Take over colours."""
        self._ink = None
        self.tray.restyle(self.desk.tokens)
        self.side.code.excerpts.restyle(self.desk.tokens)
        self.view.accent, self.view.quiet = self.desk.tokens.accent, self.desk.tokens.quiet
        self._stale |= PLACES
        if self.isVisible():
            self._draw()

    def commit_pending(self) -> None:
        """What was moved by key or typed is put on disk."""
        self.desk.settings.remember_state("themes.board.splitter", self.splitter.saveState())
        self.view.settle_now()
        self.side.theme.commit_pending()
        self.side.pile.commit_pending()

    def _draw(self) -> None:
        if not self._stale:
            return
        touched, self._stale = self._stale, set()
        self.codes, themes = self._given
        with self.desk.read() as session:
            places = board_places(session) if touched & (PLACES | WHAT) else self.content.places
            if touched & BEHIND:
                self.heard = heard_behind(session)
        self.content = BoardContent(self.codes, tuple(themes), places)
        anew = self._ink is None
        self._ink = ink = self._ink or Ink(self.desk.tokens)
        picture = lay_out(self.content)
        self.view.movable = not self.desk.study.read_only
        self.canvas.show_picture(picture, self.heard, ink, anew=anew)
        unplaced = self.content.unplaced()
        self.tray.show_unplaced(unplaced)
        self.all_placed.setVisible(not unplaced)
        self.all_placed.setText(self.tr("Every code lies on the board.") if self.codes else self.tr("No codes yet."))
        self._say_what_to_do(bool(picture.piles or picture.cards))
        self._search(self.search.text())

    def _say_what_to_do(self, anything: bool) -> None:
        words = ""
        if not self.codes:
            words = self.tr("The board is for codes, and there are none yet.\nTag some excerpts in the Code workspace.")
        elif not anything:
            words = self.tr(
                "Drag codes from the left onto the board, or choose some there and press Enter.\n\n"
                "Put together what seems to share an idea; a pile may become a theme when it says something."
            )
        self.view.empty_words = words
        self.view.viewport().update()

    # --- what is chosen ------------------------------------------------------------------------------------------

    def chosen_codes(self) -> list[str]:
        """Codes chosen where the keyboard is: in the tray, or on the board."""
        if self.tray.hasFocus():
            return self.tray.chosen()
        return list(dict.fromkeys(code_id for _, code_id in self.canvas.chosen_cards()))

    def chosen_cards(self) -> list[Key]:
        """The cards chosen where the keyboard is."""
        return [("", one) for one in self.tray.chosen()] if self.tray.hasFocus() else self.canvas.chosen_cards()

    def chosen_links(self) -> list[tuple[str, str]]:
        """(theme, code) of the chosen cards that lie in themes."""
        found = [self.canvas.card(key) for key in self.canvas.chosen_cards()]
        return [(one.home, one.code.id) for one in found if one is not None and one.role is not None]

    def chosen_theme(self) -> str:
        """The theme that is chosen, or in which the card at hand lies; "" if none."""
        for pile_id in (*self.canvas.chosen_piles(), *(home for home, _ in self.canvas.chosen)):
            pile = self.canvas.pile(pile_id)
            if pile is not None and pile.theme is not None:
                return pile_id
        return ""

    def chosen_pile(self) -> str:
        """The working pile that is chosen, or ""."""
        piles = [self.canvas.pile(one) for one in self.canvas.chosen_piles()]
        return next((one.id for one in piles if one is not None and one.theme is None), "")

    def rename(self) -> bool:
        """Put the keyboard into the name of the chosen theme or pile; whether there is one."""
        if self.chosen_pile():
            self.side.pile.words.setFocus()
            self.side.pile.words.selectAll()
            return True
        theme_id = self.chosen_theme()
        if theme_id:
            self.canvas.choose([(theme_id, "")])
            self.side.theme.name.setFocus()
            self.side.theme.name.selectAll()
        return bool(theme_id)

    def ask_theme(self, cards: list[Key], head: str, stand_in: str, parent_id: str | None) -> None:
        """Show the form that makes a theme of cards, perhaps under another one."""
        pile = self.canvas.pile(self.chosen_pile()) if self.chosen_pile() else None
        self.side.making.ask(head, stand_in, cards, parent_id, named=pile.title if pile is not None else "")
        self.side.setCurrentWidget(self.side.making)
        self.side.making.name.setFocus()

    def ask_where(self, cards: list[Key], *, stays: bool) -> None:
        """A menu of all themes and piles, at what one works in."""
        if not cards:
            self.desk.say(self.tr("Choose some cards first."))
            return
        if not self.canvas.picture.piles:
            self.desk.say(self.tr("There is no theme and no pile yet. Put some cards together first."))
            return
        menu = QMenu(self)
        menu.setObjectName("themes.board.where")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for pile in self.canvas.picture.piles:
            action = menu.addAction("     " * pile.depth + as_menu_text(pile.title or self._unnamed(pile.id)))
            action.triggered.connect(lambda _, to=pile.id: deeds.move_to(self, cards, to, stays=stays))
        box = self.canvas.box_of(self.canvas.at_hand)
        spot = self.view.mapFromScene(box.x + 20, box.y + 40) if box is not None else QPoint(80, 80)
        menu.exec(self.view.viewport().mapToGlobal(spot))

    def _unnamed(self, pile_id: str) -> str:
        names = [card.picture.code.name for key, card in self.canvas.cards.items() if key[0] == pile_id]
        return self.tr("Pile: {codes}").format(codes=", ".join(names[:3]) + (" …" if len(names) > 3 else ""))

    def _show_chosen(self) -> None:
        """What is chosen stands at the right, and is said to those who listen."""
        keys, side = self.canvas.chosen, self.side
        said = self._said(self.canvas.at_hand)
        if said != self.view.accessibleDescription():
            self.view.setAccessibleDescription(said)
            if said and self.view.hasFocus():
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.view, said))
        if side.making.asking and side.making.isAncestorOf(self.focusWidget() or self):
            return
        side.making.asking = False
        cards = [key for key in keys if key[1]]
        if len(keys) == 1 and cards:
            self._show_card(cards[0])
        elif len(keys) == 1:
            self._show_pile(keys[0][0])
        elif keys:
            side.several.show_names([self.codes[one].name for one in self.chosen_on_board() if one in self.codes])
            side.setCurrentWidget(side.several)
        else:
            side.setCurrentWidget(side.nothing)

    def chosen_on_board(self) -> list[str]:
        """The codes of the chosen cards and piles."""
        return list(dict.fromkeys(code_id for _, code_id in self.canvas.chosen_cards()))

    def _show_card(self, key: Key) -> None:
        card = self.canvas.card(key)
        if card is None:
            return
        with self.desk.read() as session:
            rows = codings_of_code(session, card.code.id)
        pile = self.canvas.pile(card.home)
        self.side.code.show_card(card, pile.title if pile is not None else "", self.heard.get(card.code.id), rows)
        self.side.setCurrentWidget(self.side.code)

    def _show_pile(self, pile_id: str) -> None:
        pile = self.canvas.pile(pile_id)
        if pile is None:
            return
        names = [card.picture.code.name for key, card in self.canvas.cards.items() if key[0] == pile_id]
        part = self.side.pile if pile.theme is None else self.side.theme
        if pile.theme is None:
            self.side.pile.show_pile(pile, names)
        else:
            self.side.theme.show_theme(pile, names)
        self.side.setCurrentWidget(part)

    def _said(self, key: Key) -> str:
        card = self.canvas.card(key)
        pile = self.canvas.pile(key[0])
        if card is not None:
            return said_of_card(card, self.heard.get(card.code.id), pile.title if pile is not None else "")
        if pile is None:
            return ""
        return said_of_pile(pile, [one.picture.code.name for at, one in self.canvas.cards.items() if at[0] == pile.id])

    # --- what one does -------------------------------------------------------------------------------------------

    def open(self, key: Key) -> None:
        """Read the excerpts of a card; write over a pile; open the sheet of a theme."""
        pile = self.canvas.pile(key[0]) if not key[1] else None
        self.canvas.choose([key])
        if key[1]:
            excerpts = self.side.code.excerpts
            excerpts.setFocus()
            if excerpts.model().rowCount():
                excerpts.setCurrentIndex(excerpts.model().index(0, 0))
        elif pile is not None and pile.theme is not None:
            self.sheetWanted.emit(pile.id)
        elif pile is not None:
            self.rename()

    def next_found(self, by: int = 1) -> None:
        """Go to the next card that the search finds."""
        found = matching(self.codes.values(), self.search.text())
        keys = [one.key for one in self.canvas.picture.cards if one.code.id in found]
        if not keys:
            return
        at = keys.index(self.canvas.at_hand) + by if self.canvas.at_hand in keys else 0
        key = keys[at % len(keys)]
        self.canvas.choose([key])
        self.view.show_part(key)

    def _search(self, typed: str) -> None:
        found = matching(self.codes.values(), typed)
        self.canvas.show_found(found if typed.strip() else None)
        self.tray.filter_by(typed)

    def _make(self, name: str, concept: str) -> None:
        form = self.side.making
        if deeds.make_theme(self, form.cards, name, concept, form.parent_id):
            self._leave_making()

    def _leave_making(self) -> None:
        self.side.making.end()
        self.view.setFocus()
        self._show_chosen()

    def _carried_out(self, point: QPoint) -> None:
        """Cards let go of over the tray are not placed any more; beside it they stay where they were."""
        if self.tray_side.rect().contains(self.tray_side.mapFromGlobal(point)):
            deeds.take_off(self, self.canvas.chosen_cards())

    def _say_in_pile(self) -> None:
        self.desk.say(self.tr("In a pile cards stand in order. Choose the pile to move it, or put the card elsewhere."))

    def _connect(self) -> None:
        view, side = self.view, self.side
        view.dropped.connect(lambda keys, target, dx, dy, stays: deeds.drop(self, keys, target, dx, dy, stays))
        view.brought.connect(lambda codes, target, point, _: deeds.bring(self, codes, target, point))
        view.carriedOut.connect(self._carried_out)
        view.opened.connect(self.open)
        view.menuWanted.connect(self.menuWanted)
        view.deleteWanted.connect(lambda: self.desk.actions["themes.take_off"].trigger())
        view.heldInPile.connect(self._say_in_pile)
        self.canvas.choiceChanged.connect(self._show_chosen)
        self.tray.makeWanted.connect(lambda: deeds.bring(self, self.tray.chosen(), NOWHERE, None))
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self.next_found)
        side.code.excerpts.excerptWanted.connect(self.excerptWanted)
        side.code.roleWanted.connect(self._give_role)
        side.pile.themeWanted.connect(lambda: self.desk.actions["themes.make"].trigger())
        side.pile.spreadWanted.connect(lambda: deeds.spread(self, self.chosen_pile()))
        side.theme.sheetWanted.connect(self.sheetWanted)
        side.several.pileWanted.connect(lambda: deeds.pile_up(self, self.canvas.chosen_cards()))
        side.several.themeWanted.connect(lambda: self.desk.actions["themes.make"].trigger())
        side.several.moveWanted.connect(lambda: self.ask_where(self.canvas.chosen_cards(), stays=False))
        side.making.given.connect(self._make)
        side.making.left.connect(self._leave_making)

    def _give_role(self, role: CodeRole) -> None:
        self.roleWanted.emit(role)
