"""The page Search: found as one types, each place leads to the text, and places are coded one by one or together."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.analysis.search.query import Kind
from app.models import Speaker
from app.models.kinds import Consent
from app.operations.codes import edit_code
from app.operations.memos import write_memo
from app.operations.people import edit_participant
from app.ui.code.memos_page import MemosPage
from app.ui.code.search_page import SearchPage
from app.ui.code.search_results import ROW_ROLE, Heading
from tests.material import bring_in, draft_of
from tests.ui.code.conftest import Bench

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
KEY = Qt.Key


def opened(qtbot: QtBot, bench: Bench) -> SearchPage:
    qtbot.keyClick(bench.code.panel.view, KEY.Key_F, CTRL | SHIFT)
    page = bench.code.drawer.page()
    assert isinstance(page, SearchPage)
    return page


def done(qtbot: QtBot, page: SearchPage) -> None:
    qtbot.waitUntil(lambda: not (page.run.is_running or page.is_waiting or page._typed.isActive()))


def look(qtbot: QtBot, page: SearchPage, words: str, kind: Kind = Kind.EXACT) -> list[str]:
    page.search_for(words, kind)
    done(qtbot, page)
    return shown(page)


def shown(page: SearchPage) -> list[str]:
    """Every row: a heading as "# title", a place with its hit in brackets."""
    rows = [page.results.index(row) for row in range(page.results.rowCount())]
    return [f"# {row.data()}" if isinstance(row.data(ROW_ROLE), Heading) else str(row.data()) for row in rows]


# --- finding ---------------------------------------------------------------------------------------------------------


def test_results_come_as_one_types_by_transcript_then_memos_then_codes(qtbot: QtBot, bench: Bench) -> None:
    bring_in(bench.desk.study, draft_of(file_name="FG2.txt", before="Of belonging\n"), group="FG2")
    bench.desk.run(write_memo, "source", bench.code.script.id, "Who belongs?")
    page = opened(qtbot, bench)
    assert page.field.hasFocus()
    qtbot.keyClicks(page.field, "belong")
    done(qtbot, page)
    assert shown(page) == [
        "# FG1 😀",
        "It felt like a place where I ⟦belong⟧.",
        "# FG2",
        "Of ⟦belong⟧ing",
        "It felt like a place where I ⟦belong⟧.",
        "# Memos and field notes",
        "Who ⟦belong⟧s?",
        "# Codes",
        "⟦Belong⟧ing by being noticed",
    ]
    row = page.results.index(1)
    assert row.data(Qt.ItemDataRole.AccessibleTextRole) == "Nur: It felt like a place where I ⟦belong⟧."
    assert page.told.text() == "5 places, in 2 transcripts"
    qtbot.keyClicks(page.field, "zz")
    done(qtbot, page)
    assert shown(page) == []
    assert page.nothing.isVisible()
    assert page.nothing.text().startswith("Nothing found.")


@pytest.mark.parametrize(
    ("kind", "words", "place"),
    [
        (Kind.WORD, "long", None),
        (Kind.LIKE, "noticd", "Somebody ⟦noticed⟧ when I was not there."),
        (Kind.PATTERN, r"k\w+ each", "Same here. We ⟦kept each⟧ other going, honestly."),
    ],
)
def test_kinds_of_searching(qtbot: QtBot, bench: Bench, kind: Kind, words: str, place: str | None) -> None:
    rows = look(qtbot, opened(qtbot, bench), words, kind)
    assert (place in rows) if place else (rows == [])


def test_case_counts_when_it_is_chosen(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    assert len(look(qtbot, page, "same")) == 2
    page.case.click()
    done(qtbot, page)
    assert shown(page) == []
    page.kind.pick(Kind.LIKE)
    assert not page.case.isEnabled()


def test_words_selected_in_the_text_are_looked_for_at_once(qtbot: QtBot, bench: Bench) -> None:
    bench.select("kept each")
    page = opened(qtbot, bench)
    done(qtbot, page)
    assert page.field.text() == "kept each"
    assert page.results.places == 1


def test_a_bad_pattern_is_said_as_one_types_and_a_good_one_is_found(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    assert look(qtbot, page, "(belong", Kind.PATTERN) == []
    assert page.nothing.text().startswith("This is no pattern (yet)")
    qtbot.keyClicks(page.field, ")")
    done(qtbot, page)
    assert "It felt like a place where I ⟦belong⟧." in shown(page)


def test_a_pattern_that_explodes_is_cut_off_and_typing_never_waits(
    qtbot: QtBot, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.analysis.search.patterns.MOST_AT_ONCE_S", 0.4)
    bring_in(bench.desk.study, draft_of((("Ana", "word" * 20),), file_name="Z.txt"), group="Z")
    page = opened(qtbot, bench)
    page.search_for(r"(\w|\w\w)*\d$", Kind.PATTERN)
    turns = 0
    while page.run.is_running or page.is_waiting:
        QTest.qWait(1)
        turns += 1
    assert "cut off" in page.nothing.text()
    assert turns > 20  # of the window's loop, while the pattern exploded
    assert look(qtbot, page, "belong")[0] == "# FG1 😀"


def test_looking_for_something_else_gives_up_what_is_under_way(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    page.search_for(r"(\w|\w\w)*\d$", Kind.PATTERN)
    page.search_for("pass", Kind.EXACT)
    done(qtbot, page)
    assert [row for row in shown(page) if "⟦" in row] == ["And then you ⟦pass⟧ it on."]


def test_only_the_first_thousands_are_listed_and_that_is_said(
    qtbot: QtBot, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.code.search_run.MOST", 3)
    page = opened(qtbot, bench)
    look(qtbot, page, "e")
    assert page.results.places == 3
    assert page.told.text().startswith("The first ")


def test_right_to_left_and_two_letters_of_chinese(qtbot: QtBot, bench: Bench) -> None:
    lines = (("نور", "هذا الشعور بالانتماء مهم"), ("小明", "我觉得有归属感"))
    bring_in(bench.desk.study, draft_of(lines, file_name="مجموعة.txt"), group="G")
    page = opened(qtbot, bench)
    assert "我觉得有⟦归属⟧感" in look(qtbot, page, "归属")
    assert "هذا الشعور ب⟦الانتماء⟧ مهم" in look(qtbot, page, "الانتماء")
    page.list.choose(1)
    assert not page.grab().isNull()


# --- going there -----------------------------------------------------------------------------------------------------


def test_enter_goes_from_place_to_place_and_back_while_one_types_on(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    qtbot.keyClicks(page.field, "it ")
    qtbot.keyClick(page.field, KEY.Key_Return)
    qtbot.keyClick(page.field, KEY.Key_Return)
    done(qtbot, page)
    qtbot.keyClick(page.field, KEY.Key_Return)
    first = bench.code.panel.selection()
    assert bench.code.script.text[slice(*first)].lower() == "it "
    qtbot.keyClick(page.field, KEY.Key_Return)
    assert bench.code.panel.selection() > first
    qtbot.keyClick(page.field, KEY.Key_Return, SHIFT)
    assert bench.code.panel.selection() == first
    assert page.field.hasFocus()


def test_the_list_goes_by_key_past_headings_and_by_click_to_other_transcripts(qtbot: QtBot, bench: Bench) -> None:
    other = bring_in(bench.desk.study, draft_of(file_name="FG2.txt"), group="FG2")
    page = opened(qtbot, bench)
    look(qtbot, page, "belong")
    qtbot.keyClick(page.field, KEY.Key_Down)
    assert page.list.hasFocus()
    assert page.list.currentIndex().row() == 1
    qtbot.keyClick(page.list, KEY.Key_Return)
    assert bench.code.panel.selection() == bench.span("belong")
    qtbot.keyClick(page.list, KEY.Key_Down)
    assert page.list.currentIndex().row() == 3
    page.list.scrollTo(page.results.index(3))
    rect = page.list.visualRect(page.results.index(3))
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert bench.code.script.id == other.source_id
    assert bench.code.panel.selection() == other.span("belong")


def test_a_memo_leads_to_what_it_is_on_and_a_code_to_itself(qtbot: QtBot, bench: Bench) -> None:
    bench.desk.run(write_memo, "code", bench.id("Distance"), "far away")
    page = opened(qtbot, bench)
    look(qtbot, page, "far away")
    page.go_on()
    assert bench.code.inspector.code_id == bench.id("Distance")
    look(qtbot, page, "inherited")
    page.go_on()
    assert bench.code.inspector.code_id == bench.id("The inherited drive")
    with bench.desk.read() as session:
        group = session.connection().exec_driver_sql("SELECT id FROM focus_group").scalar()
    bench.desk.run(write_memo, "group", group, "they sat close")
    look(qtbot, page, "sat close")
    page.go_on()
    assert isinstance(bench.code.drawer.page(), MemosPage)


def test_words_without_consent_are_not_shown_in_the_list_but_can_be_gone_to(qtbot: QtBot, bench: Bench) -> None:
    with bench.desk.read() as session:
        person = session.scalar(select(Speaker.participant_id).where(Speaker.label == "Nur"))
    bench.desk.run(edit_participant, person, pseudonym="Amal", consent_to_quote=Consent.NO)
    page = opened(qtbot, bench)
    rows = look(qtbot, page, "like a place")
    assert rows[1:] == ["(no consent to quote)"]
    page.go_on()
    assert bench.code.panel.selection() == bench.span("like a place")
    assert "place" not in page.becomes.words.toPlainText()
    assert page.becomes.words.toPlainText().startswith("Amal: ")


# --- coding ----------------------------------------------------------------------------------------------------------


def code_by_typing(qtbot: QtBot, page: SearchPage, letters: str, *, ctrl: bool = False) -> None:
    page.list.setFocus()
    qtbot.keyClicks(page.list, letters[0])
    qtbot.keyClicks(page.box.field, letters[1:])
    qtbot.keyClick(page.box.field, KEY.Key_Return, CTRL if ctrl else Qt.KeyboardModifier.NoModifier)


def test_a_place_becomes_its_sentence_or_its_turn_which_is_shown_before(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    look(qtbot, page, "each other")
    page.list.choose(1)
    assert page.becomes.words.toPlainText() == "Bilal: We kept each other going, honestly."
    code_by_typing(qtbot, page, "dist")
    assert bench.coded() == {("We kept each other going, honestly.", "Distance")}
    page.becomes.findChild(type(page.all), "code.search.turn").click()
    assert page.becomes.words.toPlainText() == "Bilal: Same here. We kept each other going, honestly."
    code_by_typing(qtbot, page, "dist")
    assert ("Same here. We kept each other going, honestly.", "Distance") in bench.coded()


def test_ticked_places_are_coded_as_one_change_with_undo(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    look(qtbot, page, "you")
    page.list.choose(1)
    before, offered = bench.changes(), []
    bench.desk.said.connect(lambda sentence, undo: offered.append((sentence, undo)))
    qtbot.keyClick(page.list, KEY.Key_Space)
    qtbot.keyClick(page.list, KEY.Key_Down)
    qtbot.keyClick(page.list, KEY.Key_Space)
    assert page.becomes.told.text() == "2 excerpts:"
    assert page.becomes.words.toPlainText() == "Moderator: Can you say more?\nBilal: And then you pass it on."
    assert page.becomes.button.text() == "Code 2 ticked …"
    code_by_typing(qtbot, page, "dist")
    assert bench.changes() == before + 1
    assert bench.coded() == {("Can you say more?", "Distance"), ("And then you pass it on.", "Distance")}
    assert offered == [("Coded 2 excerpts as “Distance”.", True)]
    assert page.results.ticked() == []
    bench.window.undo()
    assert bench.coded() == set()


def test_all_shown_are_ticked_at_once_and_coded_with_a_new_code(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    look(qtbot, page, "belong")
    page.all.click()
    assert len(page.results.ticked()) == 1  # what stands in codes cannot be coded
    look(qtbot, page, "he")
    assert page.results.ticked() == []
    qtbot.keyClick(page.list, KEY.Key_A, CTRL)
    places = len(page.results.ticked())
    code_by_typing(qtbot, page, "Hours / kept", ctrl=True)
    names = {name for _, name in bench.coded()}
    assert names == {"kept"}
    assert len(bench.coded()) < places  # two in one sentence are one excerpt
    assert any(code.path == "Hours / kept" for code in bench.code.codes.values())


def test_a_click_on_the_box_ticks_and_goes_nowhere(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    look(qtbot, page, "pass it on")
    here = bench.code.panel.selection()
    rect = page.list.visualRect(page.results.index(1))
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(14, 14))
    assert [hit.start for hit in page.results.ticked()] == [bench.span("pass it on")[0]]
    assert page.results.index(1).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert bench.code.panel.selection() == here
    page.none.click()
    assert page.results.ticked() == []


def test_coding_what_has_the_code_already_changes_nothing_and_says_so(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    look(qtbot, page, "pass it on")
    page.list.choose(1)
    code_by_typing(qtbot, page, "dist")
    before = bench.changes()
    code_by_typing(qtbot, page, "dist")
    assert bench.changes() == before
    assert bench.said[-1] == "This excerpt has “Distance” already."


def test_with_nothing_at_hand_coding_says_what_to_do(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    look(qtbot, page, "inherited")
    page.go_on()  # a code, which cannot be coded
    before = bench.changes()
    page.open_box()
    assert not page.box.isVisible()
    assert bench.said[-1].startswith("Choose a place")
    assert not page.becomes.button.isEnabled()
    page.code_with(bench.id("Distance"))
    assert bench.changes() == before


def test_the_head_of_a_transcript_can_be_coded_by_line(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    look(qtbot, page, "méthode")
    page.list.choose(1)
    assert page.becomes.words.toPlainText() == "Méthode 😀"


def test_a_turn_as_long_as_a_book_gives_its_sentence(qtbot: QtBot, bench: Bench) -> None:
    words = "Nothing here. " * 5_000 + "We belong 😀 here! " + "Nothing there. " * 5_000
    bring_in(bench.desk.study, draft_of((("Ana", words),), file_name="Long.txt"), group="L")
    page = opened(qtbot, bench)
    look(qtbot, page, "😀")
    page.list.choose(page.results.next_row(1))
    assert page.becomes.words.toPlainText() == "Ana: We belong 😀 here!"


# --- following the study ---------------------------------------------------------------------------------------------


def test_a_change_of_the_study_is_seen_in_the_list_and_ticks_stay(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    look(qtbot, page, "distance")
    assert shown(page) == ["# Codes", "⟦Distance⟧"]
    bench.desk.run(edit_code, bench.id("Distance"), name="Nearness")
    qtbot.waitUntil(lambda: shown(page) == [])
    look(qtbot, page, "noticed")
    page.results.tick(1)
    page.list.choose(1)
    bench.desk.run(edit_code, bench.id("Nearness"), name="Unnoticed")
    qtbot.waitUntil(lambda: page.results.places == 3)
    done(qtbot, page)
    assert len(page.results.ticked()) == 1
    assert page.list.currentIndex().row() == 1


def test_a_hidden_page_reads_nothing_and_looks_again_when_it_is_seen(
    qtbot: QtBot, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(qtbot, bench)
    look(qtbot, page, "distance")
    bench.code.drawer.close_drawer()
    read = []
    monkeypatch.setattr(page.run, "start", lambda ready, start=page.run.start: (read.append(1), start(ready)))
    bench.desk.run(edit_code, bench.id("Distance"), name="Nearness")
    QTest.qWait(200)
    assert read == []
    opened(qtbot, bench)
    qtbot.waitUntil(lambda: shown(page) == [])
    assert read == [1]


def test_a_study_closed_while_a_search_is_under_way_ends_it(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    page.search_for("e")
    page.run.setParent(None)
    bench.window.close_study()
    QTest.qWait(30)
    assert not page.run.is_running


def test_how_one_searched_last_is_remembered(qtbot: QtBot, bench: Bench) -> None:
    page = opened(qtbot, bench)
    page.kind.pick(Kind.LIKE)
    again = SearchPage(bench.code)
    qtbot.addWidget(again)
    assert again.query().kind == Kind.LIKE
