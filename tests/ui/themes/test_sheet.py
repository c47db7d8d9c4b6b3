"""The sheet of a theme: fields that are one change each, and three independent decisions on every excerpt."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QStyleOptionViewItem
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.analysis.codes import codings_of_code
from app.analysis.themes import ThemeExcerptRow
from app.models import Speaker
from app.models.kinds import Belongs, CodeRole, Consent, SpeakerKind, ThemeKind, ThemeStatus
from app.operations.codings import code_passage
from app.operations.decisions import decide
from app.operations.people import add_participant, edit_participant, link_speaker
from app.ui.themes.excerpt_model import CODES, WHERE
from tests.ui.themes.conftest import Bench


@pytest.fixture
def sheet(bench: Bench) -> Bench:
    """A theme of two codes with three excerpts, its sheet open."""
    bench.window.resize(1500, 900)
    bench.place.show_theme(bench.make("Being held", "Belonging", "Kept going"))
    QTest.qWait(0)
    return bench


def rows(bench: Bench) -> list[ThemeExcerptRow]:
    """The excerpts as the list shows them."""
    model = bench.place.sheet.decisions.model
    return [model.row(place) for place in range(model.rowCount())]


def press(bench: Bench, place: int, name: str) -> None:
    """Press a control of an excerpt where it is drawn."""
    excerpts = bench.place.sheet.decisions.list
    excerpts.doItemsLayout()
    index = excerpts.model().index(place, 0)
    excerpts.scrollTo(index)
    option = QStyleOptionViewItem()
    excerpts.initViewItemOption(option)
    option.rect = excerpts.visualRect(index)
    pill = next(one for one in excerpts.delegate.pills(option, index) if one.name == name)
    QTest.mouseClick(excerpts.viewport(), Qt.MouseButton.LeftButton, pos=pill.area.center())


def test_what_is_written_into_the_concept_is_exactly_one_change(sheet: Bench) -> None:
    concept = sheet.place.sheet.concept
    before = sheet.changes()
    concept.setFocus()
    QTest.keyClicks(concept, "holding one another ")
    QTest.keyClick(concept, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(concept, "makes a group")
    sheet.place.tree.setFocus()
    assert sheet.changes() == before + 1
    assert sheet.theme("Being held").concept == "holding one another makes a group"
    sheet.window.undo()
    assert concept.toPlainText() == ""
    assert sheet.changes() == before + 2


def test_going_to_another_theme_commits_what_was_typed_to_the_one_it_was_typed_in(sheet: Bench) -> None:
    other = sheet.make("Passing on", "Pass it on")
    QTest.keyClicks(sheet.place.sheet.boundary, "not friendship")
    sheet.place.tree.setCurrentItem(sheet.row("Passing on"))
    assert sheet.theme("Being held").boundary == "not friendship"
    assert sheet.theme("Passing on").boundary == ""
    assert sheet.place.sheet.theme_id == other
    assert sheet.place.sheet.boundary.toPlainText() == ""


def test_a_change_elsewhere_leaves_what_is_being_typed_alone(sheet: Bench) -> None:
    story = sheet.place.sheet.story
    story.setFocus()
    QTest.keyClicks(story, "They waited")
    story.moveCursor(QTextCursor.MoveOperation.Start)
    sheet.make("Passing on")
    assert story.toPlainText() == "They waited"
    assert story.textCursor().position() == 0


def test_status_and_kind_are_chosen_in_words(sheet: Bench) -> None:
    page = sheet.place.sheet
    page.status.setCurrentIndex(page.status.findData(ThemeStatus.DEVELOPED))
    page.status.activated.emit(page.status.currentIndex())
    assert sheet.theme("Being held").status == ThemeStatus.DEVELOPED
    page.kind.setCurrentIndex(page.kind.findData(ThemeKind.OVERARCHING))
    page.kind.activated.emit(page.kind.currentIndex())
    assert sheet.theme("Being held").kind == ThemeKind.OVERARCHING
    assert page.status.currentText() == "Developed"


def test_excerpts_are_shown_with_who_says_them_where_and_by_which_codes(sheet: Bench) -> None:
    model = sheet.place.sheet.decisions.model
    assert [model.index(place).data() for place in range(3)] == [
        "a place where I belong",
        "We kept each other going",
        "And then you pass it on",
    ]
    assert "turn 1" in model.index(0).data(WHERE)
    assert "FG1" in model.index(0).data(WHERE)
    assert [code.name for code in model.index(1).data(CODES)] == ["Kept going"]


def test_the_three_decisions_are_independent_and_pressed_where_they_are_drawn(sheet: Bench) -> None:
    before = sheet.changes()
    press(sheet, 1, "in")
    press(sheet, 1, "against")
    press(sheet, 1, "quoted")
    assert sheet.changes() == before + 3
    row = rows(sheet)[1]
    assert (row.belongs, row.runs_against, row.quoted_order) == (Belongs.IN, True, 1)
    press(sheet, 1, "against")
    press(sheet, 2, "quoted")
    assert [(one.runs_against, one.quoted_order) for one in rows(sheet)] == [(False, None), (False, 1), (False, 2)]
    assert rows(sheet)[1].belongs == Belongs.IN


def test_letters_decide_on_the_excerpt_at_hand(sheet: Bench) -> None:
    decisions = sheet.place.sheet.decisions
    decisions.list.setFocus()
    QTest.keyClick(decisions.list, Qt.Key.Key_Home)
    for letter in "OAQ":
        QTest.keyClick(decisions.list, letter)
    row = rows(sheet)[0]
    assert (row.belongs, row.runs_against, row.quoted_order) == (Belongs.OUT, True, 1)
    QTest.keyClick(decisions.list, "Q")
    QTest.keyClick(decisions.list, "U")
    assert (rows(sheet)[0].belongs, rows(sheet)[0].quoted_order) == (Belongs.UNDECIDED, None)
    QTest.keyClick(decisions.list, "W")
    assert decisions.why.hasFocus()
    QTest.keyClicks(decisions.why, "only one voice")
    QTest.keyClick(decisions.why, Qt.Key.Key_Return)
    assert rows(sheet)[0].why == "only one voice"


def test_deciding_the_same_again_is_no_change(sheet: Bench) -> None:
    press(sheet, 0, "in")
    before = sheet.changes()
    press(sheet, 0, "in")
    assert sheet.changes() == before


def test_only_undecided_hides_the_others_but_not_the_one_at_hand(sheet: Bench, qtbot: QtBot) -> None:
    decisions = sheet.place.sheet.decisions
    press(sheet, 0, "in")
    decisions.show_only("Undecided")
    assert len(rows(sheet)) == 3
    decisions.list.setCurrentIndex(decisions.model.index(1))
    qtbot.waitUntil(lambda: len(rows(sheet)) == 2)
    assert [row.belongs for row in rows(sheet)] == [Belongs.UNDECIDED] * 2


def test_the_place_in_a_long_list_and_the_excerpt_at_hand_survive_a_decision(sheet: Bench) -> None:
    decisions = sheet.place.sheet.decisions
    decisions.list.doItemsLayout()
    decisions.list.setCurrentIndex(decisions.model.index(2))
    place = decisions.list.verticalScrollBar().value()
    at_hand = decisions.at_hand
    QTest.keyClick(decisions.list, "I")
    assert decisions.list.verticalScrollBar().value() == place
    assert decisions.at_hand == at_hand
    assert decisions.list.currentIndex().row() == 2


def test_enter_asks_for_the_excerpt_in_its_transcript(sheet: Bench, qtbot: QtBot) -> None:
    decisions = sheet.place.sheet.decisions
    decisions.list.setCurrentIndex(decisions.model.index(1))
    row = rows(sheet)[1]
    with qtbot.waitSignal(sheet.place.jumpWanted) as caught:
        decisions.list.activated.emit(decisions.list.currentIndex())
    assert caught.args == [row.source_id, row.excerpt_id]


def test_an_excerpt_coded_elsewhere_joins_the_theme_at_once(sheet: Bench) -> None:
    with sheet.desk.read() as session:
        source_id = codings_of_code(session, sheet.code("Belonging"))[0].source_id
    sheet.desk.run(code_passage, source_id, 5, 12, sheet.code("Kept going"))
    assert len(rows(sheet)) == 4


def test_a_participant_without_consent_is_not_shown_and_cannot_be_chosen_as_a_quote(sheet: Bench) -> None:
    with sheet.desk.read() as session:
        nur = session.scalar(select(Speaker.id).where(Speaker.label == "Nur"))
    person = sheet.desk.run(add_participant, "Nur")
    sheet.desk.run(link_speaker, nur, SpeakerKind.PARTICIPANT, person)
    sheet.desk.run(edit_participant, person, consent_to_quote=Consent.NO)
    decisions = sheet.place.sheet.decisions
    assert "belong" not in decisions.model.index(0).data()
    decisions.list.setCurrentIndex(decisions.model.index(0))
    QTest.keyClick(decisions.list, "Q")
    assert rows(sheet)[0].quoted_order is None
    assert "consent" in sheet.said[-1]


def test_notes_are_gentle_and_go_when_there_is_nothing_to_say(sheet: Bench) -> None:
    page = sheet.place.sheet
    assert "No central organising concept yet" in page.notes.text()
    QTest.keyClicks(page.concept, "holding")
    page.concept.commit_now()
    assert page.notes.isHidden()
    page.name.setText("Joint enterprise")
    page.name.commit_now()
    assert "name of a dimension" in page.notes.text()
    sheet.place.show_theme(sheet.make("One", "Pass it on"))
    assert "rests on one code" in page.notes.text()


def test_where_there_is_no_room_idea_and_excerpts_take_turns(sheet: Bench) -> None:
    page = sheet.place.sheet
    assert page.name.isVisible()
    assert page.decisions.isVisible()
    sheet.window.resize(1000, 700)
    QTest.qWait(0)
    assert page.name.isVisible()
    assert not page.decisions.isVisible()
    QTest.mouseClick(page.side_buttons["excerpts"], Qt.MouseButton.LeftButton)
    assert page.decisions.isVisible()
    assert not page.name.isVisible()


def test_hundreds_of_excerpts_make_no_widgets_and_read_only_the_words_that_are_seen(sheet: Bench) -> None:
    with sheet.desk.read() as session:
        source_id = codings_of_code(session, sheet.code("Belonging"))[0].source_id
    with sheet.desk.study.change() as session:
        for start in range(60):
            for length in range(3, 11):
                code_passage(session, source_id, start, start + length, sheet.code("Belonging"))
    decisions = sheet.place.sheet.decisions
    assert len(rows(sheet)) > 200
    made: list[int] = []
    quote = decisions.model.words
    decisions.model.words = lambda row: (made.append(1), quote(row))[1]
    decisions.list.viewport().repaint()
    assert 0 < len(made) < 30
    assert len(decisions.list.viewport().children()) == 0


def test_decisions_of_one_theme_are_not_those_of_another(sheet: Bench) -> None:
    first = sheet.theme("Being held").id
    excerpt = rows(sheet)[0].excerpt_id
    sheet.desk.run(decide, first, excerpt, belongs=Belongs.OUT)
    assert rows(sheet)[0].belongs == Belongs.OUT
    sheet.place.show_theme(sheet.make("Belonging again", "Belonging"))
    assert [row.belongs for row in rows(sheet)] == [Belongs.UNDECIDED] * 2


def test_renaming_in_the_tree_right_after_typing_keeps_what_was_typed(sheet: Bench, qtbot: QtBot) -> None:
    concept = sheet.place.sheet.concept
    concept.setFocus()
    QTest.keyClicks(concept, "holding")
    QTest.keyClick(concept, Qt.Key.Key_F2)
    editor = sheet.place.tree.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "Held")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: sheet.names() == [(0, "Held")])
    assert sheet.theme("Held").concept == "holding"


def test_the_menu_of_a_chip_gives_the_role_and_survives_the_chip(sheet: Bench) -> None:
    page, theme = sheet.place.sheet, sheet.theme("Being held").id
    pressed = pick_in_menu("Core of this theme")
    page.chips.chips[theme, sheet.code("Belonging")].click()
    assert pressed
    assert sheet.holds("Being held") == {"Belonging": CodeRole.CORE, "Kept going": CodeRole.PART}


def test_codes_are_added_and_moved_by_menus_that_open_at_the_keyboard(sheet: Bench) -> None:
    sheet.make("Passing on")
    sheet.choose_codes("Pass it on", "Noticed when absent")
    sheet.place.codes_list.setFocus()
    pressed = pick_in_menu("Passing on")
    sheet.window.actions_["themes.add"].trigger()
    assert set(sheet.holds("Passing on")) == {"Pass it on", "Noticed when absent"}
    sheet.place.tree.setFocus()
    sheet.place.tree.choose(sheet.theme("Passing on").id, sheet.code("Pass it on"))
    again = pick_in_menu("Being held")
    sheet.window.actions_["themes.move"].trigger()
    assert set(sheet.holds("Passing on")) == {"Noticed when absent"}
    assert "Pass it on" in sheet.holds("Being held")
    assert pressed + again == ["Passing on", "Being held"]


def pick_in_menu(text: str) -> list[str]:
    """Choose a line of the menu that opens next."""
    done: list[str] = []

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(one for one in menu.actions() if one.text().strip() == text)
        done.append(text)
        menu.setActiveAction(action)
        QTest.keyClick(menu, Qt.Key.Key_Return)

    QTimer.singleShot(0, choose)
    return done
