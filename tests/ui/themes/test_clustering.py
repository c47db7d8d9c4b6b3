"""Codes become themes: by button, by dragging, by keyboard alone; each step is one change that can be taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.models.kinds import CodeRole, ThemeKind
from app.operations.mappings import map_theme
from app.operations.themes import create_theme, make_overarching
from app.ui.themes.tree_painting import LINE
from tests.ui.themes.conftest import Bench

SHIFT, CTRL, ALT = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


def texts(bench: Bench) -> list[str]:
    """What stands in the list of codes, headings too, as far as it is seen."""
    codes = bench.place.codes_list
    items = [codes.item(place) for place in range(codes.count())]
    return [item.text() for item in items if not item.isHidden()]


def test_codes_in_no_theme_stand_first_and_those_set_aside_last(bench: Bench) -> None:
    bench.make("Noticing", "Belonging")
    assert texts(bench) == [
        "Not in a theme yet",
        "Kept going",
        "Noticed when absent",
        "Pass it on",
        "In a theme",
        "Belonging",
        "Set aside",
        "Weather",
    ]


def test_a_filter_shows_codes_and_their_headings_and_nothing_hidden_counts_as_chosen(bench: Bench) -> None:
    bench.place.codes_list.selectAll()
    bench.place.filter.setText("not")
    assert texts(bench) == ["Not in a theme yet", "Noticed when absent"]
    assert bench.place.codes_list.chosen() == [bench.code("Noticed when absent")]
    assert bench.place.make.text() == "Theme from 1 code"


def test_a_theme_is_made_of_the_chosen_codes_as_one_change_after_its_name_is_given(bench: Bench) -> None:
    bench.choose_codes("Belonging", "Noticed when absent")
    before = bench.changes()
    QTest.mouseClick(bench.place.make, Qt.MouseButton.LeftButton)
    assert bench.place.naming.isVisible()
    assert bench.changes() == before
    QTest.keyClicks(bench.place.naming.field, "Somebody noticed")
    QTest.keyClick(bench.place.naming.field, Qt.Key.Key_Return)
    assert bench.changes() == before + 1
    assert not bench.place.naming.isVisible()
    assert bench.holds("Somebody noticed") == {"Belonging": CodeRole.PART, "Noticed when absent": CodeRole.PART}
    assert bench.place.sheet.name.text() == "Somebody noticed"
    assert bench.place.tree.hasFocus()


def test_a_theme_without_a_name_is_called_new_theme_and_numbered(bench: Bench) -> None:
    for _ in range(2):
        bench.window.actions_["themes.new"].trigger()
        QTest.keyClick(bench.place.naming.field, Qt.Key.Key_Return)
    assert bench.names() == [(0, "New theme"), (0, "New theme 2")]


def test_esc_makes_no_theme_and_a_name_that_is_refused_can_be_changed(bench: Bench) -> None:
    bench.make("Noticing")
    before = bench.changes()
    bench.window.actions_["themes.new"].trigger()
    QTest.keyClicks(bench.place.naming.field, "noticing")
    QTest.keyClick(bench.place.naming.field, Qt.Key.Key_Return)
    assert bench.place.naming.isVisible()
    assert "already a theme" in bench.said[-1]
    QTest.keyClick(bench.place.naming.field, Qt.Key.Key_Escape)
    assert not bench.place.naming.isVisible()
    assert bench.changes() == before


def test_codes_dragged_from_the_list_are_added_and_stay_where_they_were(bench: Bench) -> None:
    bench.make("Noticing", "Belonging")
    bench.make("Passing on")
    bench.choose_codes("Belonging", "Pass it on")
    codes = bench.place.codes_list
    before = bench.changes()
    bench.drop(codes.mimeData(codes.selectedItems()), bench.row("Passing on"))
    assert bench.changes() == before + 1
    assert set(bench.holds("Passing on")) == {"Belonging", "Pass it on"}
    assert set(bench.holds("Noticing")) == {"Belonging"}
    line = bench.row("Noticing", "Belonging").data(0, LINE)
    assert line.also_in == "also in Passing on"


def test_codes_dropped_beside_all_themes_ask_for_a_name_for_a_new_one(bench: Bench) -> None:
    bench.choose_codes("Belonging", "Pass it on")
    codes = bench.place.codes_list
    bench.drop(codes.mimeData(codes.selectedItems()), None)
    assert bench.place.naming.isVisible()
    QTest.keyClick(bench.place.naming.field, Qt.Key.Key_Return)
    assert set(bench.holds("New theme")) == {"Belonging", "Pass it on"}


@pytest.mark.parametrize(("ctrl", "left"), [(False, set()), (True, {"Belonging", "Kept going"})])
def test_codes_dragged_between_themes_move_and_with_ctrl_feed_both(bench: Bench, ctrl: bool, left: set[str]) -> None:
    bench.make("Noticing", "Belonging", "Kept going")
    bench.make("Passing on")
    tree = bench.place.tree
    rows = [bench.row("Noticing", name) for name in ("Belonging", "Kept going")]
    before = bench.changes()
    bench.drop(tree.mimeData(rows), bench.row("Passing on"), ctrl=ctrl)
    assert bench.changes() == before + 1
    assert set(bench.holds("Noticing")) == left
    assert set(bench.holds("Passing on")) == {"Belonging", "Kept going"}
    bench.window.undo()
    assert set(bench.holds("Noticing")) == {"Belonging", "Kept going"}
    assert bench.row("Passing on").childCount() == 0


def test_a_theme_dragged_between_others_stands_there_whichever_way_it_came(bench: Bench) -> None:
    for name in ("A", "B", "C"):
        bench.make(name)
    tree = bench.place.tree
    bench.drop(tree.mimeData([bench.row("A")]), bench.row("B"), edge="below")
    assert [name for _, name in bench.names()] == ["B", "A", "C"]
    bench.drop(tree.mimeData([bench.row("C")]), bench.row("B"), edge="above")
    assert [name for _, name in bench.names()] == ["C", "B", "A"]


def test_a_theme_dropped_on_another_becomes_its_subtheme_and_can_come_out_again(bench: Bench) -> None:
    bench.make("A")
    bench.make("B")
    bench.drop(bench.place.tree.mimeData([bench.row("B")]), bench.row("A"))
    assert bench.names() == [(0, "A"), (1, "B")]
    assert bench.theme("B").kind == ThemeKind.SUBTHEME
    bench.place.tree.choose(bench.theme("B").id)
    bench.window.actions_["themes.unnest"].trigger()
    assert bench.names() == [(0, "A"), (0, "B")]


def test_a_third_level_is_refused_in_one_sentence(bench: Bench) -> None:
    bench.make("A")
    bench.make("B", parent="A")
    bench.make("C")
    bench.drop(bench.place.tree.mimeData([bench.row("C")]), bench.row("A", "B"))
    assert "two levels" in bench.said[-1]
    assert bench.names() == [(0, "A"), (1, "B"), (0, "C")]


def test_a_code_is_core_or_contrast_in_words(bench: Bench) -> None:
    theme_id = bench.make("Noticing", "Belonging", "Kept going")
    bench.place.tree.choose(theme_id, bench.code("Kept going"))
    bench.window.actions_["themes.role_contrast"].trigger()
    assert bench.holds("Noticing")["Kept going"] == CodeRole.CONTRAST
    assert bench.row("Noticing", "Kept going").data(0, LINE).said_role == "contrast"
    chip = bench.place.sheet.chips.chips[theme_id, bench.code("Kept going")]
    assert chip.text().strip() == "Kept going · contrast"


def test_delete_in_the_tree_takes_a_code_out_and_asks_before_a_theme_goes(bench: Bench) -> None:
    theme_id = bench.make("Noticing", "Belonging")
    bench.make("Looked for", parent="Noticing")
    entry = bench.place.lens.entries[0]
    bench.desk.run(map_theme, theme_id, entry.id)
    tree = bench.place.tree
    tree.choose(theme_id, bench.code("Belonging"))
    QTest.keyClick(tree, Qt.Key.Key_Delete)
    assert bench.holds("Noticing") == {}
    tree.choose(theme_id)
    QTest.keyClick(tree, Qt.Key.Key_Delete)
    bar = bench.place.confirm
    assert bar.isVisible()
    assert "With it go 1 subtheme, 1 mapping." in bar.sentence.text()
    assert bar.no.hasFocus()
    QTest.keyClick(bar.no, Qt.Key.Key_Return)
    bar.no.click()
    assert bench.names() == [(0, "Noticing"), (1, "Looked for")]
    QTest.keyClick(tree, Qt.Key.Key_Delete)
    bar.yes.click()
    assert bench.names() == []
    bench.window.undo()
    assert bench.names() == [(0, "Noticing"), (1, "Looked for")]


def test_a_theme_is_renamed_in_the_tree_and_an_empty_name_leaves_the_old_one(bench: Bench) -> None:
    theme_id = bench.make("Noticing")
    tree = bench.place.tree
    for typed in ("", "Being noticed"):
        tree.rename(theme_id)
        editor = tree.findChild(QLineEdit)
        assert editor is not None
        editor.setText(typed)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        QTest.qWait(0)
    assert bench.names() == [(0, "Being noticed")]


def test_undo_and_redo_are_seen_at_once_and_what_was_chosen_stays_chosen(bench: Bench) -> None:
    first = bench.make("Noticing", "Belonging")
    bench.make("Passing on", "Pass it on")
    bench.place.tree.choose(first, bench.code("Belonging"))
    bench.row("Passing on").setExpanded(False)
    bench.window.undo()
    assert bench.names() == [(0, "Noticing")]
    assert "Pass it on" in texts(bench)[:5]
    bench.window.redo()
    assert bench.names() == [(0, "Noticing"), (0, "Passing on")]
    assert (bench.place.tree.chosen_theme(), bench.place.tree.chosen_code()) == (first, bench.code("Belonging"))


def test_folded_themes_and_the_place_in_a_long_tree_survive_a_change(bench: Bench) -> None:
    with bench.desk.study.change() as session:
        for number in range(30):
            create_theme(session, f"Theme {number}", code_ids=[bench.code("Belonging"), bench.code("Kept going")])
    tree = bench.place.tree
    bench.row("Theme 3").setExpanded(False)
    tree.doItemsLayout()
    tree.verticalScrollBar().setValue(400)
    bench.desk.run(make_overarching, bench.theme("Theme 5").id, True)
    assert tree.verticalScrollBar().value() == 400
    assert not bench.row("Theme 3").isExpanded()
    assert bench.row("Theme 4").isExpanded()


def test_by_keyboard_alone_from_codes_to_a_nested_theme(bench: Bench) -> None:
    """Choose with Shift and Down, Enter, a name, Enter; another one; nest it, take a code out, undo."""
    codes, tree, naming = bench.place.codes_list, bench.place.tree, bench.place.naming
    codes.setFocus()
    QTest.keyClick(codes, Qt.Key.Key_Home)
    QTest.keyClick(codes, Qt.Key.Key_Down, SHIFT)
    assert codes.chosen() == [bench.code("Belonging"), bench.code("Kept going")]
    QTest.keyClick(codes, Qt.Key.Key_Return)
    assert naming.field.hasFocus()
    QTest.keyClicks(naming.field, "Being held")
    QTest.keyClick(naming.field, Qt.Key.Key_Return)
    QTest.keyClick(tree, Qt.Key.Key_N, CTRL | SHIFT)
    QTest.keyClicks(naming.field, "Being seen")
    QTest.keyClick(naming.field, Qt.Key.Key_Return)
    assert tree.hasFocus()
    QTest.keyClick(tree, Qt.Key.Key_Right, ALT | SHIFT)
    assert bench.names() == [(0, "Being held"), (1, "Being seen")]
    QTest.keyClick(tree, Qt.Key.Key_Down)
    assert tree.chosen_code() == bench.code("Belonging")
    QTest.keyClick(tree, Qt.Key.Key_O, CTRL | SHIFT)
    assert set(bench.holds("Being held")) == {"Kept going"}
    QTest.keyClick(tree, Qt.Key.Key_Z, CTRL)
    assert set(bench.holds("Being held")) == {"Belonging", "Kept going"}
