"""Themes by dimensions: mapped in words, read back, and what the framework does not explain."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtTest import QTest

from app.analysis.themes import MappingRow, mapping_rows, unexplained
from app.models.kinds import Direction, Weight
from app.operations.codes import create_code
from app.operations.mappings import map_theme
from app.operations.themes import create_theme
from app.ui.style.tokens import DARK
from app.ui.themes.workspace import ThemesWorkspace
from app.ui.widgets.choice import ChoiceOfOne
from app.ui.window.main_window import MainWindow
from tests.ui.themes.conftest import Bench, open_at_themes


def pick(box: ChoiceOfOne, value: object) -> None:
    """Choose as a person does."""
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def click(bench: Bench, row: int, column: int) -> None:
    """Click into a cell."""
    matrix = bench.place.matrix
    spot = matrix.visualItemRect(matrix.item(row, column)).center()
    QTest.mouseClick(matrix.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def mappings(bench: Bench) -> list[MappingRow]:
    """What the study says."""
    with bench.desk.read() as session:
        return mapping_rows(session, bench.place.lens.id)


def test_a_theme_is_mapped_in_words_and_read_back_from_its_cell(bench: Bench) -> None:
    bench.make("Both waiting", "Kept going")
    place = bench.place
    place.show_view("matrix")
    assert place.matrix.cell(0, 2).head == "+ map"
    click(bench, 0, 2)
    assert place.editor.isVisible()
    assert place.editor.weight.hasFocus()
    pick(place.editor.weight, Weight.CENTRAL)
    pick(place.editor.direction, Direction.FAILING)
    QTest.keyClicks(place.editor.rationale, "Nobody named the terms.")
    place.commit_pending()
    cell = place.matrix.cell(0, 2)
    assert (cell.head, cell.text) == ("central, shows it failing or absent", "Nobody named the terms.")
    (mapping,) = mappings(bench)
    assert (mapping.weight, mapping.direction) == (Weight.CENTRAL, Direction.FAILING)
    assert mapping.entry_id == place.lens.entries[1].id
    place.show_theme(bench.theme("Both waiting").id)
    assert place.sheet.framework.text() == "Joint enterprise: central, shows it failing or absent"


def test_a_mapping_is_taken_away_and_comes_back_by_undo(bench: Bench) -> None:
    theme_id = bench.make("Both waiting")
    entry = bench.place.lens.entries[0]
    bench.desk.run(map_theme, theme_id, entry.id, rationale="It is so.")
    bench.place.show_view("matrix")
    click(bench, 0, 1)
    bench.place.editor.remove.click()
    assert mappings(bench) == []
    assert bench.place.matrix.cell(0, 1).empty
    assert bench.place.editor.remove.isHidden()
    bench.window.undo()
    assert bench.place.matrix.cell(0, 1).text == "It is so."
    assert bench.place.editor.rationale.toPlainText() == "It is so."


def test_by_keyboard_enter_opens_the_cell_and_esc_goes_back_to_the_matrix(bench: Bench) -> None:
    bench.make("Both waiting")
    place, matrix = bench.place, bench.place.matrix
    bench.window.actions_["themes.switch"].trigger()
    assert matrix.hasFocus()
    QTest.keyClick(matrix, Qt.Key.Key_Home)
    QTest.keyClick(matrix, Qt.Key.Key_Right)
    QTest.keyClick(matrix, Qt.Key.Key_Return)
    assert place.editor.weight.hasFocus()
    QTest.keyClick(place.editor.weight, Qt.Key.Key_Down)
    QTest.keyClick(place.editor.weight, Qt.Key.Key_Return)
    assert mappings(bench)[0].weight == Weight.CENTRAL
    QTest.keyClick(place.editor.weight, Qt.Key.Key_Escape)
    assert not place.editor.isVisible()
    assert matrix.hasFocus()
    QTest.keyClick(matrix, Qt.Key.Key_End)
    QTest.keyClick(matrix, Qt.Key.Key_Return)
    assert place.editor.misses.hasFocus()
    QTest.keyClicks(place.editor.misses, "Workload.")
    QTest.keyClick(place.editor.misses, Qt.Key.Key_Escape)
    assert matrix.cell(0, 4).text == "Workload."
    with bench.desk.read() as session:
        assert list(unexplained(session, place.lens.id).values()) == ["Workload."]


def test_a_dimension_that_no_theme_meets_is_said_to_be_a_finding(bench: Bench) -> None:
    theme_id = bench.make("Both waiting")
    assert all("can be a finding" in bench.place.matrix.head(column).finding for column in (1, 2, 3))
    bench.desk.run(map_theme, theme_id, bench.place.lens.entries[0].id)
    assert bench.place.matrix.head(1).finding == ""
    assert bench.place.matrix.head(2).finding


def test_a_mapping_without_a_rationale_is_noted_and_not_refused(bench: Bench) -> None:
    theme_id = bench.make("Both waiting")
    bench.desk.run(map_theme, theme_id, bench.place.lens.entries[0].id)
    cell = bench.place.matrix.cell(0, 1)
    assert (cell.head, cell.text) == ("supporting, shows it", "no rationale yet")
    bench.place.show_view("matrix")
    assert bench.place.pages["matrix"].notes.text() == "No mapping has a rationale yet."


def test_the_lens_is_named_with_its_citation(bench: Bench) -> None:
    page = bench.place.pages["matrix"]
    assert page.lens.text() == "Community of Practice: three dimensions"
    assert page.citation.text().startswith("Wenger, E. (1998)")


def test_subthemes_have_no_row_and_enter_on_a_theme_opens_its_sheet(bench: Bench) -> None:
    first = bench.make("Both waiting")
    bench.make("Silence", parent="Both waiting")
    bench.make("Passing on")
    place, matrix = bench.place, bench.place.matrix
    place.show_view("matrix")
    assert [matrix.cell(row, 0).head for row in range(matrix.rowCount())] == ["Both waiting", "Passing on"]
    matrix.setCurrentCell(0, 0)
    QTest.keyClick(matrix, Qt.Key.Key_Return)
    assert place.pages["sheets"].isVisible()
    assert place.sheet.theme_id == first


def test_the_cell_at_hand_stays_with_its_theme_when_themes_move(bench: Bench) -> None:
    bench.make("A")
    second = bench.make("B")
    bench.place.show_view("matrix")
    click(bench, 1, 3)
    bench.place.tree.choose(second)
    bench.window.actions_["themes.up"].trigger()
    assert (bench.place.matrix.currentRow(), bench.place.matrix.currentColumn()) == (0, 3)
    assert bench.place.editor.theme_id == second


def test_what_is_typed_for_one_cell_never_lands_in_another(bench: Bench) -> None:
    bench.make("A")
    place = bench.place
    place.show_view("matrix")
    click(bench, 0, 1)
    pick(place.editor.weight, Weight.CENTRAL)
    QTest.keyClicks(place.editor.rationale, "first")
    click(bench, 0, 2)
    pick(place.editor.weight, Weight.IN_PASSING)
    assert {(one.weight, one.rationale) for one in mappings(bench)} == {
        (Weight.CENTRAL, "first"),
        (Weight.IN_PASSING, ""),
    }


def test_changes_of_themes_codes_and_mappings_are_in_view_here_and_others_are_not(bench: Bench) -> None:
    rows = frozenset({"x"})
    assert bench.place.shows({"theme": rows, "theme_code": rows, "mapping": rows})
    assert bench.place.shows({"theme_excerpt": rows, "unexplained": rows, "code": rows})
    assert not bench.place.shows({"coding": rows, "excerpt": rows})


def test_dark_tokens_are_taken_over(bench: Bench) -> None:
    bench.make("A", "Belonging")
    bench.window.settings.theme = "dark"
    bench.window.restyle()
    assert bench.place.grab().toImage().pixelColor(4, 400).name() == DARK.panel.lower()


def test_thirty_themes_and_three_hundred_codes_make_few_widgets(
    window: MainWindow, tmp_path: Path, blank: bytes
) -> None:
    path = tmp_path / "large.reflexa"
    path.write_bytes(blank)
    open_at_themes(window, path)
    assert window.desk is not None
    with window.desk.study.change() as session:
        codes = [create_code(session, f"Code {number} with a long name that says something") for number in range(300)]
    bench = Bench(window)
    with window.desk.study.change() as session:
        for number in range(30):
            name = f"Theme {number}, which has a name as long as a sentence may be, and then some more words"
            create_theme(session, name, code_ids=codes[number * 10 : number * 10 + 10])
    place: ThemesWorkspace = bench.place
    assert len(place.themes[0].codes) == 10
    assert len(place.findChildren(type(place.make))) < 80
    place.show_view("matrix")
    assert place.matrix.rowCount() == 30


def test_an_empty_study_says_what_to_do_next(window: MainWindow, tmp_path: Path, blank: bytes) -> None:
    path = tmp_path / "empty.reflexa"
    path.write_bytes(blank)
    open_at_themes(window, path)
    place = window.show_place("themes")
    assert isinstance(place, ThemesWorkspace)
    assert "none yet" in place.tree.empty_words
    assert not place.make.isVisible()
    window.desk.run(create_code, "Belonging")
    assert "Make a theme" in place.tree.empty_words
    assert place.make.isVisible()
    place.show_view("matrix")
    assert "No themes yet" in place.pages["matrix"].none.text()


def test_indicators_and_excerpts_are_ticked_by_mouse_and_key_and_bear_the_mapping(bench: Bench) -> None:
    bench.make("Home", "Belonging", "Kept going")
    bench.place.show_view("matrix")
    click(bench, 0, 1)
    bench.place._open_cell()
    evidence = bench.place.editor.evidence
    assert evidence.signs.count() == 11
    assert evidence.excerpts.count() == 3
    evidence.signs.setCurrentRow(2)
    evidence.signs.setFocus()
    QTest.keyClick(evidence.signs, Qt.Key.Key_Space)
    evidence.excerpts.setCurrentRow(1)
    QTest.keyClick(evidence.excerpts, Qt.Key.Key_Space)
    (row,) = mappings(bench)
    assert (len(row.indicators), len(row.excerpts)) == (1, 1)
    assert evidence.signs.item(2).checkState() == Qt.CheckState.Checked
    bench.desk.study.undo()
    assert evidence.excerpts.item(1).checkState() == Qt.CheckState.Unchecked
    QTest.keyClick(evidence.signs, Qt.Key.Key_Space)
    (row,) = mappings(bench)
    assert not row.indicators | row.excerpts
    click(bench, 0, 2)
    assert evidence.signs.count() == 2


def test_a_mapping_that_nobody_looks_at_reads_no_excerpts(bench: Bench) -> None:
    home = bench.make("Home", "Belonging")
    evidence = bench.place.editor.evidence
    bench.place.show_view("matrix")
    assert bench.place.lens is not None
    bench.place._on_cell_chosen(home, bench.place.lens.entries[0].id)
    assert evidence.excerpts.count() == 0
    bench.place._open_cell()
    assert evidence.excerpts.count() > 0


def test_the_framework_is_read_from_its_own_side_and_leads_back_to_the_sheets(bench: Bench) -> None:
    theme_id = bench.make("Being <b>held</b>", "Belonging")
    assert bench.place.lens is not None
    entry = bench.place.lens.entries[0]
    bench.place.show_view("framework")
    page = bench.place.meeting.page
    assert page.toPlainText().count("That is a finding") == 3
    assert "Themes outside the framework" in page.toPlainText()
    bench.desk.run(map_theme, theme_id, entry.id, weight=Weight.CENTRAL, rationale="they sat together")
    assert page.toPlainText().count("That is a finding") == 2
    assert "Being <b>held</b>" in page.toPlainText()
    assert "they sat together" in page.toPlainText()
    page.anchorClicked.emit(QUrl(f"theme:{theme_id}"))
    assert bench.place.sheet.theme_id == theme_id
    assert bench.place.sheet.isVisible()
