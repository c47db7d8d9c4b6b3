"""The code tree and the sheets: naming, nesting, describing, setting aside, deleting."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.models.kinds import CodeOrigin, CodeStatus
from app.models.verbs import Verb
from app.operations.codes import PALETTE, create_code
from app.operations.codings import code_passage
from app.ui.code import tree_commands
from app.ui.code.code_tree import CODE_MIME, SELECTION_MIME, CodeTree
from tests.ui.code.conftest import NAMES, Bench

On = QAbstractItemView.DropIndicatorPosition


def shown(tree: CodeTree) -> list[str]:
    """The names that are not filtered out, top to bottom."""
    names = []

    def visit(item) -> None:
        if not item.isHidden():
            names.append(item.text(0))
            for place in range(item.childCount()):
                visit(item.child(place))

    for place in range(tree.topLevelItemCount()):
        visit(tree.topLevelItem(place))
    return names


def drop(bench: Bench, moved: list[str], target: str | None, where: On = On.OnItem) -> None:
    """Codes dropped on, above or below a code, or beside all."""
    tree = bench.code.tree
    data = QMimeData()
    data.setData(CODE_MIME, "\n".join(bench.id(name) for name in moved).encode())
    item = tree._items[bench.id(target)] if target else None
    spot = tree.visualItemRect(item).center() if item is not None else tree.viewport().rect().bottomLeft()
    tree.dropIndicatorPosition = lambda: where  # type: ignore[method-assign]
    held = Qt.KeyboardModifier.NoModifier
    tree.dropEvent(QDropEvent(QPointF(spot), Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton, held))


def order(bench: Bench) -> list[str]:
    return [row.path for row in bench.code.codes.values()]


def rename(qtbot: QtBot, bench: Bench, name: str, typed: str) -> None:
    bench.code.show_code(bench.id(name))
    bench.window.actions_["code.rename"].trigger()
    editor = bench.code.tree.findChild(QLineEdit)
    assert editor is not None
    editor.setText(typed)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()  # Qt hands what was typed over a moment later


def test_a_code_is_renamed_in_place_as_one_change(qtbot: QtBot, bench: Bench) -> None:
    before = bench.changes()
    rename(qtbot, bench, "Distance", "Nähe & Distanz")
    assert bench.changes() == before + 1
    assert bench.row("Nähe & Distanz")
    assert bench.code.tree.chosen() == [bench.id("Nähe & Distanz")]
    assert bench.code.tree.currentItem().text(0) == "Nähe & Distanz"


@pytest.mark.parametrize(
    ("typed", "why"), [("our JOKES, our words", "There is already a code"), ("   ", "A code needs a name.")]
)
def test_a_refused_name_leaves_the_old_one_and_says_why(qtbot: QtBot, bench: Bench, typed: str, why: str) -> None:
    before = bench.changes()
    rename(qtbot, bench, "Distance", typed)
    assert bench.changes() == before
    assert bench.code.tree._items[bench.id("Distance")].text(0) == "Distance"
    assert bench.said[-1].startswith(why)


def test_codes_nest_by_drop_and_come_out_again(bench: Bench) -> None:
    drop(bench, ["Distance", "Our jokes, our words"], "The inherited drive")
    assert order(bench) == [
        "Belonging by being noticed",
        "The inherited drive",
        "The inherited drive / Distance",
        "The inherited drive / Our jokes, our words",
    ]
    drop(bench, ["Distance"], None)
    assert order(bench)[-1] == "Distance"


@pytest.mark.parametrize(
    ("moved", "target", "where", "places"),
    [
        ([0], 1, On.BelowItem, [1, 0, 2, 3]),
        ([0], 3, On.BelowItem, [1, 2, 3, 0]),
        ([0], 2, On.AboveItem, [1, 0, 2, 3]),
        ([3], 0, On.AboveItem, [3, 0, 1, 2]),
        ([3], 1, On.BelowItem, [0, 1, 3, 2]),
        ([0, 1], 3, On.AboveItem, [2, 0, 1, 3]),
        ([0, 2], 3, On.BelowItem, [1, 3, 0, 2]),
        ([2, 3], 0, On.BelowItem, [0, 2, 3, 1]),
        ([1, 2], 1, On.BelowItem, [0, 1, 2, 3]),
    ],
)
def test_codes_dropped_between_others_land_there(
    bench: Bench, moved: list[int], target: int, where: On, places: list[int]
) -> None:
    drop(bench, [NAMES[place] for place in moved], NAMES[target], where)
    assert order(bench) == [NAMES[place] for place in places]


def test_a_code_dropped_on_itself_or_beneath_itself_stays(bench: Bench) -> None:
    before = order(bench)
    drop(bench, ["Distance"], "Distance")
    assert order(bench) == before
    drop(bench, ["Our jokes, our words"], "Distance")
    drop(bench, ["Distance"], "Our jokes, our words")
    assert order(bench)[-1] == "Distance / Our jokes, our words"
    assert "cannot be moved under itself" in bench.said[-1]


def test_several_dropped_with_their_parent_keep_their_nesting(bench: Bench) -> None:
    drop(bench, ["Distance"], "The inherited drive")
    drop(bench, ["The inherited drive", "Distance"], "Our jokes, our words")
    assert order(bench)[-1] == "Our jokes, our words / The inherited drive / Distance"


def test_several_moved_are_one_change(bench: Bench) -> None:
    before = bench.changes()
    drop(bench, ["Distance", "Our jokes, our words"], "The inherited drive")
    assert bench.changes() == before + 1


def test_a_selection_dropped_on_a_code_is_coded(bench: Bench) -> None:
    bench.select("kept each other going")
    data = bench.code.panel.view.createMimeDataFromSelection()
    assert data.hasFormat(SELECTION_MIME)
    assert not data.hasText()
    tree = bench.code.tree
    spot = tree.visualItemRect(tree._items[bench.id("Distance")]).center()
    none = Qt.KeyboardModifier.NoModifier
    tree.dropEvent(QDropEvent(QPointF(spot), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none))
    assert bench.coded() == {("kept each other going", "Distance")}


def test_a_selection_dropped_beside_all_codes_or_from_another_transcript_codes_nothing(bench: Bench) -> None:
    before = bench.changes()
    tree, none = bench.code.tree, Qt.KeyboardModifier.NoModifier
    for place, source in ((tree.viewport().rect().bottomLeft(), bench.code.script.id), (None, "elsewhere")):
        data = QMimeData()
        data.setData(SELECTION_MIME, json.dumps({"source": source, "start": 20, "end": 30}).encode())
        spot = place or tree.visualItemRect(tree._items[bench.id("Distance")]).center()
        tree.dropEvent(QDropEvent(QPointF(spot), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none))
    assert bench.changes() == before


def test_codes_are_filtered_by_words_of_their_path(qtbot: QtBot, bench: Bench) -> None:
    drop(bench, ["Distance"], "The inherited drive")
    qtbot.keyClicks(bench.code.filter, "dist inher")
    assert shown(bench.code.tree) == ["The inherited drive", "Distance"]
    bench.code.filter.clear()
    assert len(shown(bench.code.tree)) == 4


def test_a_filter_holds_when_codes_change(qtbot: QtBot, bench: Bench) -> None:
    qtbot.keyClicks(bench.code.filter, "distance")
    bench.desk.run(create_code, "Another one")
    bench.desk.run(create_code, "Distance kept")
    assert shown(bench.code.tree) == ["Distance", "Distance kept"]


def test_set_aside_and_back(bench: Bench) -> None:
    bench.code.show_code(bench.id("Distance"))
    bench.window.actions_["code.aside"].trigger()
    assert bench.row("Distance").status == CodeStatus.SET_ASIDE
    assert shown(bench.code.tree)[-2:] == ["Set aside", "Distance"]
    assert not bench.code.inspector.code.aside.isHidden()
    bench.code.show_code(bench.id("Distance"))
    bench.window.actions_["code.aside"].trigger()
    assert bench.row("Distance").status == CodeStatus.ACTIVE
    assert "Set aside" not in shown(bench.code.tree)


def test_a_code_set_aside_is_refused_with_a_sentence(bench: Bench) -> None:
    bench.code.show_code(bench.id("Distance"))
    bench.window.actions_["code.aside"].trigger()
    bench.select("kept each other going")
    bench.code.tree.applyWanted.emit(bench.id("Distance"))
    assert bench.coded() == set()
    assert bench.said[-1] == "“Distance” is set aside. Bring it back before coding with it."


def test_the_tree_stays_where_it_is_when_codes_change(qtbot: QtBot, bench: Bench) -> None:
    with_many = bench.desk.run_all(
        "Many", Verb.CREATE_CODE, lambda session: [create_code(session, f"Code {number}") for number in range(60)]
    )
    bar = bench.code.tree.verticalScrollBar()
    bench.code.show_code(with_many[40])
    bench.code.grab()
    at = bar.value()
    assert at > 0
    bench.code.inspector.code._set("colour", PALETTE[4])
    bench.code.grab()
    assert bar.value() == at
    assert bench.code.tree.chosen() == [with_many[40]]
    assert bench.code.tree.currentItem().text(0) == "Code 40"


def test_folded_codes_stay_folded(bench: Bench) -> None:
    drop(bench, ["Distance"], "The inherited drive")
    bench.code.tree._items[bench.id("The inherited drive")].setExpanded(False)
    bench.desk.run(create_code, "Another one")
    assert not bench.code.tree._items[bench.id("The inherited drive")].isExpanded()


def test_a_colour_is_chosen_and_the_lanes_follow(bench: Bench) -> None:
    bench.desk.run(code_passage, bench.code.script.id, *bench.span("Same here"), bench.id("Distance"))
    bench.code.show_code(bench.id("Distance"))
    button = next(b for b in bench.code.inspector.code._colours.buttons() if b.property("colour") == PALETTE[5])
    button.click()
    assert bench.row("Distance").colour == PALETTE[5]
    assert {mark.colour for marks in bench.code.marks.values() for mark in marks} == {PALETTE[5]}
    assert button.isChecked()


def test_origin_and_latency_are_choices(bench: Bench) -> None:
    bench.code.show_code(bench.id("Distance"))
    sheet = bench.code.inspector.code
    for box, place in ((sheet.orientation, 3), (sheet.origin, 2)):
        box.setCurrentIndex(place)
        box.activated.emit(place)
    assert (bench.row("Distance").semantic_latent, bench.row("Distance").origin) == (2, CodeOrigin.THEORY_LED)
    sheet.origin.setCurrentIndex(0)
    sheet.origin.activated.emit(0)
    assert bench.row("Distance").origin is None


def test_deleting_a_code_asks_with_what_it_takes(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    drop(bench, ["Distance"], "The inherited drive")
    bench.desk.run(code_passage, bench.code.script.id, *bench.span("Same here"), bench.id("The inherited drive"))
    asked = []
    monkeypatch.setattr(tree_commands, "ask", lambda _place, sentence, _yes: asked.append(sentence) or len(asked) > 1)
    bench.code.show_code(bench.id("The inherited drive"))
    bench.window.actions_["code.delete"].trigger()
    assert "The inherited drive" in order(bench)
    bench.window.actions_["code.delete"].trigger()
    assert "It comes off 1 excerpt, which stays." in asked[0]
    assert "1 code beneath it moves up." in asked[0]
    assert "The inherited drive" not in order(bench)
    assert "Distance" in order(bench)
    assert bench.coded() == {("Same here", "")}
    assert bench.code.inspector.code.code_id is None


def test_uncoding_keeps_the_excerpt_in_the_list_without_a_code(bench: Bench) -> None:
    done = bench.desk.run(code_passage, bench.code.script.id, *bench.span("Same here"), bench.id("Distance"))
    bench.code.show_excerpt(done.excerpt_id)
    bench.window.actions_["code.uncode"].trigger()
    assert bench.coded() == {("Same here", "")}
    bench.code.without.click()
    model = bench.code.inspector.list.model()
    assert model.rowCount() == 1
    assert model.index(0, 0).data() == "Same here"
    bench.code.inspector.list.clicked.emit(model.index(0, 0))
    assert bench.code.panel.selection() == bench.span("Same here")
    bench.desk.run(code_passage, bench.code.script.id, *bench.span("Same here"), bench.id("Distance"))
    assert bench.code.inspector.list.model().rowCount() == 0


def test_what_is_at_hand_is_drawn_a_moment_after_the_text(bench: Bench, qtbot: QtBot) -> None:
    inspector = bench.code.inspector
    bench.code.coding.code_with([bench.id("Distance")], bench.span("Same here"))
    assert inspector.code_id == bench.id("Distance")
    assert inspector.excerpt_id is not None
    assert "_excerpt" not in vars(inspector)
    qtbot.waitUntil(lambda: "_excerpt" in vars(inspector) and inspector._excerpt.isVisible())
    assert inspector._code.code_id == bench.id("Distance")


def test_dragging_an_end_gives_the_study_the_new_quote(bench: Bench) -> None:
    done = bench.desk.run(code_passage, bench.code.script.id, *bench.span("Same here"), bench.id("Distance"))
    start, _ = bench.span("Same here")
    bench.code.panel.endsMoved.emit(done.excerpt_id, start, bench.span("kept each other going")[1])
    assert bench.coded() == {("Same here. We kept each other going", "Distance")}


def test_ends_move_to_the_selection_and_a_double_is_refused(bench: Bench) -> None:
    for words in ("Same here", "kept each other"):
        done = bench.desk.run(code_passage, bench.code.script.id, *bench.span(words), bench.id("Distance"))
    bench.code.show_excerpt(done.excerpt_id)
    bench.select("Same here")
    bench.window.actions_["code.ends"].trigger()
    assert bench.said[-1] == "There is already an excerpt with exactly these ends."
    bench.select("each other going")
    bench.window.actions_["code.ends"].trigger()
    assert bench.coded() == {("Same here", "Distance"), ("each other going", "Distance")}


def test_the_excerpts_of_a_code_are_listed_and_jumped_to(bench: Bench) -> None:
    for words in ("Same here", "pass it on"):
        bench.desk.run(code_passage, bench.code.script.id, *bench.span(words), bench.id("Distance"))
    bench.code.show_code(bench.id("Distance"))
    model = bench.code.inspector.list.model()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["Same here", "pass it on"]
    bench.code.inspector.list.clicked.emit(model.index(1, 0))
    assert bench.code.panel.selection() == bench.span("pass it on")


def test_a_chip_takes_its_code_off_and_marks_doubt(bench: Bench) -> None:
    done = bench.desk.run(code_passage, bench.code.script.id, *bench.span("Same here"), bench.id("Distance"))
    bench.code.show_excerpt(done.excerpt_id)
    chip = bench.code.inspector.excerpt.chips.flow.itemAt(0).widget()
    chip.doubt.click()
    assert next(iter(bench.code.marks.values()))[0].unsure
    chip = bench.code.inspector.excerpt.chips.flow.itemAt(0).widget()
    chip.cross.click()
    assert bench.coded() == {("Same here", "")}


def test_a_memo_on_an_excerpt_is_kept(qtbot: QtBot, bench: Bench) -> None:
    done = bench.desk.run(code_passage, bench.code.script.id, *bench.span("Same here"), bench.id("Distance"))
    bench.code.show_excerpt(done.excerpt_id)
    memo = bench.code.inspector.excerpt.memo
    memo.setFocus()
    qtbot.keyClicks(memo, "She says it twice.")
    bench.code.show_excerpt(None)
    bench.code.show_excerpt(done.excerpt_id)
    assert memo.toPlainText() == "She says it twice."


def test_the_drawer_leaves_the_text_in_view(bench: Bench) -> None:
    for page in ("lists", "memos", "search"):
        bench.window.actions_[f"code.page_{page}"].trigger()
        QApplication.processEvents()
        assert bench.code.panel.view.viewport().height() > bench.code.height() // 3
        assert bench.code.drawer.height() > bench.code.height() // 4
    bench.code.drawer.tall.click()
    assert not bench.code.panel.isVisible()
    bench.code.drawer.tall.click()
    assert bench.code.panel.isVisible()
