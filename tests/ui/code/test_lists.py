"""The lists under the transcript: what one is unsure of, what is not coded, excerpts without a code."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.operations.codings import code_passage
from app.operations.excerpts import take_excerpt
from app.ui.code.lists_page import ListsPage
from tests.material import bring_in, draft_of
from tests.ui.code.conftest import Bench

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def code(bench: Bench, words: str, name: str, *, unsure: bool = False, source_id: str = "") -> None:
    assert bench.code.script is not None
    bench.desk.run(code_passage, source_id or bench.code.script.id, *bench.span(words), bench.id(name), unsure=unsure)


def open_lists(qtbot: QtBot, bench: Bench, name: str = "unsure") -> ListsPage:
    qtbot.keyClick(bench.code.panel.view, Qt.Key.Key_L, CTRL | SHIFT)
    page = bench.code.drawer.page()
    assert isinstance(page, ListsPage)
    page.show_list(name)
    return page


def rows(page: ListsPage) -> list[str]:
    model = page.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def choose(page: ListsPage, row: int) -> None:
    page.list.setCurrentIndex(page.list.model().index(row, 0))


def test_unsure_codings_are_listed_with_their_code_and_lead_to_their_place(qtbot: QtBot, bench: Bench) -> None:
    code(bench, "a place", "Distance", unsure=True)
    code(bench, "Same here", "The inherited drive")
    code(bench, "pass it on", "The inherited drive", unsure=True)
    page = open_lists(qtbot, bench)
    assert rows(page) == ["a place", "pass it on"]
    assert "unsure: Distance" in str(page.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    choose(page, 1)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert bench.code.panel.selection() == bench.span("pass it on")
    assert bench.code.codes[bench.code.inspector.code_id].name == "The inherited drive"


@pytest.mark.parametrize(("key", "left"), [(Qt.Key.Key_S, "Distance"), (Qt.Key.Key_Delete, "")])
def test_what_is_unsure_is_settled_from_the_list_with_undo(qtbot: QtBot, bench: Bench, key: Qt.Key, left: str) -> None:
    code(bench, "a place", "Distance", unsure=True)
    code(bench, "pass it on", "Distance", unsure=True)
    page = open_lists(qtbot, bench)
    choose(page, 0)
    offered = []
    bench.desk.said.connect(lambda _, undo: offered.append(undo))
    qtbot.keyClick(page.list, key)
    assert offered == [True]
    qtbot.waitUntil(lambda: rows(page) == ["pass it on"])
    assert ("a place", left) in bench.coded()
    assert page.list.currentIndex().row() == 0
    bench.window.undo()
    qtbot.waitUntil(lambda: rows(page) == ["a place", "pass it on"])


def test_settling_twice_quickly_settles_two_codings(qtbot: QtBot, bench: Bench) -> None:
    for words in ("a place", "Same here", "pass it on"):
        code(bench, words, "Distance", unsure=True)
    page = open_lists(qtbot, bench)
    choose(page, 0)
    page.sure.click()
    page.sure.click()
    page._settle_drawing()
    assert rows(page) == ["pass it on"]


def test_an_empty_list_says_so_and_offers_nothing(qtbot: QtBot, bench: Bench) -> None:
    page = open_lists(qtbot, bench)
    assert page.nothing.isVisible()
    assert page.nothing.text().startswith("There is no coding you are unsure of.")
    assert not page.list.isVisible()
    assert not page.sure.isVisible()
    before = bench.changes()
    page.settle()
    page.remove()
    assert bench.changes() == before


def test_turns_that_are_not_coded_lead_to_their_words_ready_to_be_coded(qtbot: QtBot, bench: Bench) -> None:
    code(bench, "a place", "Distance")
    page = open_lists(qtbot, bench, "uncoded")
    assert rows(page)[0] == "Same here. We kept each other going, honestly."
    assert not any("Can you say more" in row for row in rows(page))
    choose(page, 0)
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert bench.code.panel.selection() == bench.span("Same here. We kept each other going, honestly.")
    bench.code.coding.code_with([bench.id("Distance")])
    qtbot.waitUntil(lambda: len(rows(page)) == 2)


def test_the_keys_of_settling_do_nothing_in_the_other_lists(qtbot: QtBot, bench: Bench) -> None:
    page = open_lists(qtbot, bench, "uncoded")
    before = bench.changes()
    choose(page, 0)
    for key in (Qt.Key.Key_S, Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        qtbot.keyClick(page.list, key)
    assert bench.changes() == before
    assert not page.sure.isVisible()


def test_excerpts_without_a_code_lead_to_their_place(qtbot: QtBot, bench: Bench) -> None:
    bench.desk.run(take_excerpt, bench.code.script.id, *bench.span("Same here"))
    page = open_lists(qtbot, bench, "without")
    assert rows(page) == ["Same here"]
    qtbot.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=page.list.visualRect(
        page.list.model().index(0, 0)).center())  # fmt: skip
    assert bench.code.panel.selection() == bench.span("Same here")


def test_lists_hold_this_transcript_or_all_and_each_remembers_which(qtbot: QtBot, bench: Bench) -> None:
    other = bring_in(bench.desk.study, draft_of(file_name="FG2.txt", before="\ufeffMéthode 😀\n"), group="FG2")
    code(bench, "a place", "Distance", unsure=True)
    code(bench, "pass it on", "Distance", unsure=True, source_id=other.source_id)
    page = open_lists(qtbot, bench)
    assert rows(page) == ["a place", "pass it on"]
    page.everywhere.click()
    assert rows(page) == ["a place"]
    page.show_list("uncoded")
    assert not page.everywhere.isChecked()
    assert len(rows(page)) == 3
    page.everywhere.click()
    assert len(rows(page)) == 6
    page.show_list("unsure")
    assert rows(page) == ["a place"]
    bench.code.show_source(other.source_id)
    qtbot.waitUntil(lambda: rows(page) == ["pass it on"])


def test_a_hidden_page_reads_nothing(qtbot: QtBot, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_lists(qtbot, bench)
    bench.code.drawer.close_drawer()
    drawn = []
    monkeypatch.setattr(page, "_draw", lambda: drawn.append(1))
    code(bench, "a place", "Distance", unsure=True)
    qtbot.wait(200)
    assert drawn == []
