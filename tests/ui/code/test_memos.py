"""Memos: on excerpt, code and single coding; all in one list, edited in place, leading to what they are about."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.analysis.codes import memo_text
from app.analysis.memos import memo_texts
from app.operations.codings import code_passage
from app.operations.memos import write_memo
from app.operations.people import edit_group
from app.ui.code.memos_page import MemosPage
from tests.ui.code.conftest import Bench


def page(bench: Bench) -> MemosPage:
    """The page of the drawer."""
    bench.window.actions_["code.page_memos"].trigger()
    shown = bench.code.drawer.page()
    assert isinstance(shown, MemosPage)
    return shown


def listed(shown: MemosPage) -> list[str]:
    """The first lines of what is listed."""
    return [shown.list.item(n).text().split("\n")[0] for n in range(shown.list.count())]


def written(bench: Bench) -> dict[str, str]:
    """A memo on everything."""
    done = bench.desk.run(code_passage, bench.code.script.id, *bench.span("Same here"), bench.id("Distance"))
    subjects = {"excerpt": done.excerpt_id, "coding": done.coding_id, "code": bench.id("Distance"),
                "source": bench.code.script.id}  # fmt: skip
    for subject, key in subjects.items():
        bench.desk.run(write_memo, subject, key, f"about the {subject} 😀 ميم")
    with bench.desk.read() as session:
        group = session.connection().exec_driver_sql("SELECT id FROM focus_group").scalar()
    if group:
        bench.desk.run(edit_group, group, field_note="It was hot")
    return subjects


def test_all_memos_are_listed_filtered_and_lead_to_what_they_are_about(bench: Bench, qtbot: QtBot) -> None:
    subjects = written(bench)
    shown = page(bench)
    with bench.desk.read() as session:
        assert len(memo_texts(session)) == shown.list.count()
    assert "about the coding 😀 ميم" in listed(shown)
    shown.kind.setCurrentIndex(shown.kind.findData("code"))
    shown.kind.activated.emit(0)
    assert listed(shown) == ["about the code 😀 ميم"]
    shown.go()
    assert bench.code.inspector.code_id == subjects["code"]
    shown.kind.setCurrentIndex(0)
    shown.kind.activated.emit(0)
    qtbot.keyClicks(shown.filter, "EXCERPT")
    assert listed(shown)[0] == "about the excerpt 😀 ميم"
    shown.list.setCurrentRow(0)
    shown.go()
    assert bench.code.panel.selection() == bench.span("Same here")


def test_a_memo_is_edited_in_the_list_and_emptied_it_goes(bench: Bench, qtbot: QtBot) -> None:
    subjects = written(bench)
    shown = page(bench)
    qtbot.keyClicks(shown.filter, "about the code ")
    assert shown.list.count() == 1
    before = bench.changes()
    shown.text.setFocus()
    qtbot.keyClicks(shown.text, "More. ")
    shown.text.commit_now()
    with bench.desk.read() as session:
        assert memo_text(session, "code", subjects["code"]).startswith("More. about")
    assert bench.changes() == before + 1
    shown.text.selectAll()
    shown.text.insertPlainText("")
    shown.text.commit_now()
    with bench.desk.read() as session:
        assert memo_text(session, "code", subjects["code"]) == ""
    assert shown.list.count() == 0


def test_a_code_has_its_memo_on_its_sheet(bench: Bench, qtbot: QtBot) -> None:
    bench.code.show_code(bench.id("Distance"))
    sheet = bench.code.inspector.code
    sheet.memo.setFocus()
    qtbot.keyClicks(sheet.memo, "Too wide?")
    sheet.memo.commit_now()
    bench.code.show_code(bench.id("The inherited drive"))
    assert bench.code.inspector.code.memo.toPlainText() == ""
    bench.code.show_code(bench.id("Distance"))
    assert bench.code.inspector.code.memo.toPlainText() == "Too wide?"


def test_a_single_coding_has_a_memo_only_from_its_chip(bench: Bench, qtbot: QtBot) -> None:
    done = bench.desk.run(code_passage, bench.code.script.id, *bench.span("Same here"), bench.id("Distance"))
    bench.code.show_excerpt(done.excerpt_id)
    sheet = bench.code.inspector.excerpt
    assert not sheet.coding_memo.isVisible()
    sheet.chips.flow.itemAt(0).widget().memo.click()
    assert sheet.coding_memo.isVisible()
    qtbot.keyClicks(sheet.coding_memo, "Is it really?")
    sheet.coding_memo.commit_now()
    with bench.desk.read() as session:
        assert memo_text(session, "coding", done.coding_id) == "Is it really?"
        assert memo_text(session, "excerpt", done.excerpt_id) == ""
    chip = bench.code.inspector.excerpt.chips.flow.itemAt(0).widget()
    assert chip.memo.toolTip() == "Memo on this coding: Is it really?"
    other = bench.desk.run(code_passage, bench.code.script.id, *bench.span("pass it on"), bench.id("Distance"))
    bench.code.show_excerpt(other.excerpt_id)
    assert not bench.code.inspector.excerpt.coding_memo.isVisible()
