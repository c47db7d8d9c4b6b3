"""A table of codes as rows and words: quiet about how often, sorted and filtered, each cell said in a sentence."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.analysis.tables import Columns, Meeting, TableQuestion, code_table
from app.models.kinds import SpeakerKind
from app.operations.codes import create_code, set_aside
from app.operations.people import edit_participant, link_speaker
from app.study import Study
from app.ui.compare.tables_model import COLUMN, FOUND, HEARD, ROW, Order, TableModel
from tests.analysis.test_tables import Desk
from tests.material import LINES, Talk

NUR, BILAL = LINES[0][1], LINES[1][1]
TEXT = Qt.ItemDataRole.AccessibleTextRole


@pytest.fixture
def desk(study: Study, talk: Talk) -> Desk:
    """Three codes: Zeal from both, its child Calm from Bilal, Able twice from Nur."""
    desk = Desk(study, talk)
    desk.code("Zeal", NUR)
    desk.code("Zeal", BILAL)
    desk.code("Calm", BILAL, under="Zeal")
    desk.code("Able", NUR)
    desk.code("Able", "It felt")
    study.run(edit_participant, desk.person("Nur"), role="Mentee")
    return desk


@pytest.fixture
def model(qtbot: QtBot, desk: Desk) -> TableModel:
    made = TableModel()
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.show_table(desk.table(TableQuestion()))
    return made


def names(model: TableModel) -> list[str]:
    return [row.name for row in model.rows]


def test_codes_stand_in_tree_order_with_their_paths(model: TableModel) -> None:
    heads = [model.headerData(row, Qt.Orientation.Vertical) for row in range(3)]
    assert heads == ["Zeal", "Zeal / Calm", "Able"]
    assert model.headerData(0, Qt.Orientation.Horizontal) == "Nur, Mentee, FG1"
    assert model.headerData(0, Qt.Orientation.Horizontal, COLUMN).role == "Mentee"
    assert model.headerData(2, Qt.Orientation.Vertical, ROW).name == "Able"
    assert model.headerData(9, Qt.Orientation.Vertical) is None


def test_a_cell_says_present_and_not_how_often(model: TableModel) -> None:
    index = model.index(2, 0)
    assert (index.data(), index.data(FOUND)) == ("present", 2)
    assert index.data(TEXT) == "Able, Nur, Mentee, FG1: present"
    assert "2" not in index.data(Qt.ItemDataRole.ToolTipRole)
    assert model.index(2, 1).data() == ""
    assert model.index(2, 1).data(TEXT) == "Able, Bilal, FG1: nothing"


def test_with_counts_a_cell_says_how_many_and_a_column_in_how_many_groups(model: TableModel) -> None:
    assert model.columnCount() == 2
    model.show_counts(True)
    assert model.index(2, 0).data() == "2"
    assert model.index(2, 0).data(TEXT) == "Able, Nur, Mentee, FG1: 2 excerpts"
    assert model.headerData(2, Qt.Orientation.Horizontal) == "Heard in groups"
    assert model.index(2, 2).data(TEXT) == "Able: heard in 1 group"
    assert model.cell(model.index(2, 2)) is None
    model.sort_by(Order.COLUMN, HEARD)
    model.show_counts(False)
    assert model.columnCount() == 2
    assert model.order == Order.TREE


def test_rows_are_sorted_by_name_by_column_and_back_to_the_tree(desk: Desk, model: TableModel) -> None:
    model.sort_by(Order.NAME)
    assert names(model) == ["Able", "Calm", "Zeal"]
    model.sort_by(Order.COLUMN, desk.person("Bilal"))
    assert names(model) == ["Zeal", "Calm", "Able"]
    model.sort_by(Order.TREE)
    assert names(model) == ["Zeal", "Calm", "Able"]


def test_sorting_by_a_column_tells_how_often_only_with_counts(desk: Desk, model: TableModel) -> None:
    model.sort_by(Order.COLUMN, desk.person("Nur"))
    assert names(model) == ["Zeal", "Able", "Calm"]
    model.show_counts(True)
    assert names(model) == ["Able", "Zeal", "Calm"]


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("calm", ["Calm"]),
        ("ZEAL", ["Zeal", "Calm"]),
        ("zeal calm", ["Calm"]),
        ("nobody", []),
        ("  ", ["Zeal", "Calm", "Able"]),
    ],
)
def test_the_filter_asks_for_all_words_in_the_path(model: TableModel, words: str, left: list[str]) -> None:
    model.filter_by(words)
    assert names(model) == left


def test_a_cell_is_found_again_wherever_it_stands_now(desk: Desk, model: TableModel) -> None:
    bilal = desk.person("Bilal")
    model.sort_by(Order.NAME)
    index = model.index_of(desk.codes["Zeal"], bilal)
    assert (index.row(), index.column()) == (2, 1)
    model.filter_by("able")
    assert not model.index_of(desk.codes["Zeal"], bilal).isValid()
    assert model.cell(QModelIndex()) is None


def test_a_code_set_aside_says_so(desk: Desk, model: TableModel) -> None:
    desk.study.run(set_aside, desk.codes["Able"])
    model.show_table(desk.table(TableQuestion(set_aside=True)))
    assert model.headerData(2, Qt.Orientation.Vertical) == "Able (set aside)"


def test_codes_that_meet_are_a_square_with_a_dash_and_say_passages(desk: Desk, model: TableModel) -> None:
    model.show_counts(True)
    model.show_table(desk.table(TableQuestion(Columns.CODES)))
    assert (model.rowCount(), model.columnCount()) == (3, 3)
    assert model.index(1, 1).data() == "–"
    assert model.index(1, 1).data(TEXT) == "Zeal / Calm: the same code"
    assert model.index(0, 1).data(TEXT) == "Zeal, Zeal / Calm: 1 passage"
    model.show_table(desk.table(TableQuestion(Columns.CODES, Meeting.SAME_TURN)))
    assert model.index(0, 2).data(TEXT) == "Zeal, Able: 1 passage"


def test_voices_that_are_nobody_are_worded(desk: Desk, model: TableModel) -> None:
    desk.study.run(link_speaker, desk.speaker("Nur"), SpeakerKind.UNKNOWN)
    model.show_table(desk.table(TableQuestion()))
    assert model.index(0, 2).data(TEXT) == "Zeal, Not known who: present"


def test_names_of_any_script_and_markup_stay_words(desk: Desk, model: TableModel) -> None:
    desk.study.run(edit_participant, desk.person("Bilal"), pseudonym="<b>نور 🌱</b>")
    model.show_table(desk.table(TableQuestion()))
    assert model.headerData(1, Qt.Orientation.Horizontal) == "<b>نور 🌱</b>, FG1"
    assert "&lt;b&gt;" in model.headerData(1, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)


def test_the_first_cell_with_something_in_it_is_the_one_to_begin_with(desk: Desk, model: TableModel) -> None:
    desk.study.run(create_code, "Quite empty")
    with desk.study.read() as session:
        model.show_table(code_table(session, TableQuestion()))
    model.filter_by("calm")
    assert (model.first_filled().row(), model.first_filled().column()) == (0, 1)
    model.filter_by("empty")
    assert (model.first_filled().row(), model.first_filled().column()) == (0, 0)
    model.filter_by("nobody")
    assert not model.first_filled().isValid()
