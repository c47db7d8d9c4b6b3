"""Memos: on excerpt, code and single coding; all in one list, edited in place, leading to what they are about."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.analysis.codes import memo_text
from app.analysis.memos import About, memo_texts
from app.analysis.people import groups, participants
from app.models.kinds import Consent
from app.operations.codings import code_passage
from app.operations.memos import note_passage, write_field_note, write_memo
from app.operations.people import edit_group, edit_participant
from app.operations.themes import create_theme
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
    return [row.text for row in shown.list.memos.rows]


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
        assert len(memo_texts(session)) == len(listed(shown))
    assert "about the coding 😀 ميم" in listed(shown)
    shown.kind.pick("code")
    assert listed(shown) == ["about the code 😀 ميم"]
    shown.go()
    assert bench.code.inspector.code_id == subjects["code"]
    shown.kind.pick("")
    qtbot.keyClicks(shown.filter, "EXCERPT")
    assert listed(shown)[0] == "about the excerpt 😀 ميم"
    shown.list.setCurrentIndex(shown.list.memos.index(0))
    shown.go()
    assert bench.code.panel.selection() == bench.span("Same here")


def test_a_memo_is_edited_in_the_list_and_emptied_it_goes(bench: Bench, qtbot: QtBot) -> None:
    subjects = written(bench)
    shown = page(bench)
    qtbot.keyClicks(shown.filter, "about the code ")
    assert len(listed(shown)) == 1
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
    assert listed(shown) == []


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


def test_notes_and_field_notes_are_listed_and_written_on(bench: Bench, qtbot: QtBot) -> None:
    assert bench.code.script is not None
    bench.desk.run(note_passage, bench.code.script.id, *bench.span("Same here"), "Who is we?")
    with bench.desk.read() as session:
        group, person = groups(session)[0].id, participants(session)[0].id
    bench.desk.run(write_field_note, "group", group, "It was hot")
    bench.desk.run(write_field_note, "participant", person, "Came late")
    shown = page(bench)
    assert listed(shown) == ["Came late", "It was hot", "Who is we?"]
    shown.kind.pick("note")
    assert "“Same here”" in str(shown.list.memos.index(0).data(Qt.ItemDataRole.AccessibleTextRole))
    qtbot.keyClick(shown.list, Qt.Key.Key_E)
    assert shown.text.hasFocus()
    qtbot.keyClicks(shown.text, "Hm. ")
    qtbot.keyClick(shown.text, Qt.Key.Key_Escape)
    assert shown.list.hasFocus()
    assert listed(shown) == ["Hm. Who is we?"]
    qtbot.keyClick(shown.list, Qt.Key.Key_Delete)
    assert listed(shown) == []
    assert bench.coded() == set()
    bench.window.undo()
    assert listed(shown) == ["Hm. Who is we?"]


def test_all_typed_in_one_focus_is_one_change_even_when_it_was_empty_between(bench: Bench, qtbot: QtBot) -> None:
    assert bench.code.script is not None
    bench.desk.run(note_passage, bench.code.script.id, *bench.span("Same here"), "First")
    bench.desk.run(note_passage, bench.code.script.id, *bench.span("pass it on"), "Second")
    shown, before = page(bench), bench.changes()
    shown.show_memo(next(row.id for row in shown.list.memos.rows if row.text == "First"))
    shown.text.setFocus()
    shown.text.selectAll()
    qtbot.keyClick(shown.text, Qt.Key.Key_Backspace)
    qtbot.keyClick(shown.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert listed(shown) == ["Second"]
    qtbot.keyClicks(shown.text, "Again")
    qtbot.keyClick(shown.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert sorted(listed(shown)) == ["Again", "Second"]
    assert bench.changes() == before + 1


def test_memos_come_newest_first_or_in_reading_order(bench: Bench, qtbot: QtBot) -> None:
    assert bench.code.script is not None
    bench.desk.run(note_passage, bench.code.script.id, *bench.span("Same here"), "early")
    bench.desk.run(write_memo, "code", bench.id("Distance"), "on a code")
    bench.desk.run(note_passage, bench.code.script.id, *bench.span("pass it on"), "late")
    shown = page(bench)
    assert listed(shown) == ["late", "on a code", "early"]
    shown.order.pick("reading")
    assert listed(shown) == ["early", "late", "on a code"]


def test_enter_leads_to_the_coding_the_group_and_the_theme(bench: Bench, qtbot: QtBot) -> None:
    subjects = written(bench)
    theme = bench.desk.run(create_theme, "Passing on")
    bench.desk.run(write_memo, "theme", theme, "on the theme")
    shown = page(bench)
    shown.show_memo(next(row.id for row in shown.list.memos.rows if row.about_kind == About.CODING))
    qtbot.keyClick(shown.list, Qt.Key.Key_Return)
    assert (bench.code.inspector.excerpt_id, bench.code.inspector.code_id) == (subjects["excerpt"], subjects["code"])
    for kind, workspace in ((About.GROUP, "transcripts"), (About.THEME, "themes")):
        bench.window.show_place("code")
        shown.show_memo(next(row.id for row in shown.list.memos.rows if row.about_kind == kind))
        qtbot.keyClick(shown.list, Qt.Key.Key_Return)
        assert bench.window.stack.currentWidget() is bench.window.workspaces[workspace]


def test_nobody_who_may_not_be_quoted_is_quoted_in_the_list(bench: Bench) -> None:
    assert bench.code.script is not None
    bench.desk.run(note_passage, bench.code.script.id, *bench.span("Same here"), "Hm")
    with bench.desk.read() as session:
        person = next(one.id for one in participants(session) if one.pseudonym == "Bilal")
    bench.desk.run(edit_participant, person, consent_to_quote=Consent.NO)
    shown = page(bench)
    assert "Same here" not in str(shown.list.memos.index(0).data(Qt.ItemDataRole.AccessibleTextRole))


def test_a_memo_on_the_excerpt_or_on_one_coding_is_written_without_the_mouse(bench: Bench, qtbot: QtBot) -> None:
    assert bench.code.script is not None
    alt, shift = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
    done = bench.desk.run(code_passage, bench.code.script.id, *bench.span("Same here"), bench.id("Distance"))
    bench.select("Same here")
    bench.code.show_excerpt(done.excerpt_id)
    qtbot.keyClick(bench.code.panel.view, Qt.Key.Key_N, alt)
    assert bench.code.inspector.excerpt.memo.hasFocus()
    qtbot.keyClick(bench.code.inspector.excerpt.memo, Qt.Key.Key_N, alt | shift)
    field = bench.code.inspector.excerpt.coding_memo
    assert field.hasFocus()
    qtbot.keyClicks(field, "Sure?")
    bench.code.panel.setFocus()
    qtbot.keyClick(bench.code.panel.view, Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    assert "with the memo on it" in bench.said[-1]
    assert not bench.code.inspector.excerpt.coding_memo.isVisible()
    bench.window.undo()
    with bench.desk.read() as session:
        assert memo_text(session, "coding", done.coding_id) == "Sure?"


def test_words_that_are_no_excerpt_yet_become_one_to_be_written_on(bench: Bench, qtbot: QtBot) -> None:
    bench.select("pass it on")
    bench.desk.actions["code.memo"].trigger()
    assert bench.code.inspector.excerpt.memo.hasFocus()
    assert bench.coded() == {("pass it on", "")}


def test_without_words_it_is_said_what_to_do(bench: Bench) -> None:
    bench.desk.actions["code.memo"].trigger()
    assert bench.said == ["Select some words, or choose an excerpt first."]


def test_a_memo_is_never_read_as_markup(bench: Bench) -> None:
    assert bench.code.script is not None
    done = bench.desk.run(code_passage, bench.code.script.id, *bench.span("Same here"), bench.id("Distance"))
    bench.desk.run(write_memo, "coding", done.coding_id, "<b>bold</b>")
    bench.code.show_excerpt(done.excerpt_id)
    chip = bench.code.inspector.excerpt.chips.flow.itemAt(0).widget()
    assert "&lt;b&gt;" in chip.memo.toolTip()


def test_a_note_beside_the_text_is_told_in_the_margin_where_a_code_would_be(bench: Bench) -> None:
    assert bench.code.script is not None
    excerpt = bench.desk.run(note_passage, bench.code.script.id, *bench.span("Same here"), "Who is\nwe?")
    (mark,) = bench.code.marks[excerpt]
    assert (mark.name, mark.definition) == ("Who is we?", "Who is\nwe?")
    bench.desk.run(write_memo, "excerpt", excerpt, "All of them?")
    (mark,) = bench.code.marks[excerpt]
    assert mark.name == "All of them?"
    coded = bench.desk.run(code_passage, bench.code.script.id, *bench.span("Same here"), bench.id("Distance"))
    assert coded.excerpt_id == excerpt
    assert [mark.name for mark in bench.code.marks[excerpt]] == ["Distance"]
    bench.window.undo()
    bench.desk.run(write_memo, "excerpt", excerpt, "")
    (mark,) = bench.code.marks[excerpt]
    assert (mark.name, mark.definition) == ("no code yet", "")
