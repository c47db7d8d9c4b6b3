"""The table of codes on screen: heads stay readable, keys go from cell to cell, a head sorts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from pytestqt.qtbot import QtBot

from app.analysis.codes import CodeRow
from app.analysis.tables import CodeTable, Columns, TableColumn, TableQuestion
from app.models.kinds import CodeStatus
from app.ui.compare.tables_model import Order, TableModel
from app.ui.compare.tables_view import TablesView
from app.ui.style.tokens import DARK, LIGHT, STRONG_LIGHT, Tokens


def code(number: int, name: str = "") -> CodeRow:
    values = dict.fromkeys(CodeRow._fields, "")
    values |= {"id": f"c{number}", "name": name or f"Code {number}", "path": name or f"Code {number}"}
    return CodeRow(**values | {"status": CodeStatus.ACTIVE, "colour": "#0072B2", "sign": "Co"})  # type: ignore[arg-type]


def people(count: int) -> tuple[TableColumn, ...]:
    names = ("Aina", "عبد الرحمن بن محمد", "Siti Nurhaliza binti Abdullah")
    return tuple(TableColumn(f"p{n}", f"{names[n % 3]} {n}", "Mentee", f"FG{n // 6}") for n in range(count))


def table(codes: int, columns: tuple[TableColumn, ...] | None = None) -> CodeTable:
    """A dot where row and column have the same number."""
    rows = tuple(code(number) for number in range(codes))
    if columns is None:
        columns = tuple(TableColumn(one.id, one.name, path=one.path, sign="Co", colour="#0072B2") for one in rows)
    cells = {(row.id, column.id): 1 for row, column in zip(rows, columns, strict=False) if row.id != column.id}
    question = TableQuestion(Columns.CODES if columns[:1] and columns[0].sign else Columns.PARTICIPANTS)
    return CodeTable(question, rows, columns, cells, {})


@pytest.fixture
def view(qtbot: QtBot) -> TablesView:
    made = TablesView(TableModel())
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def show(view: TablesView, shown: CodeTable) -> TableModel:
    model = view.model()
    assert isinstance(model, TableModel)
    model.show_table(shown)
    view.fit()
    return model


def test_few_columns_stand_upright_and_many_are_turned(view: TablesView) -> None:
    show(view, table(5, people(3)))
    assert not view.heads.turned
    assert view.heads.sectionSize(0) >= 64
    show(view, table(5, people(23)))
    assert view.heads.turned
    assert 30 <= view.heads.sectionSize(0) <= 48


def test_turned_heads_are_high_enough_to_be_read_and_leave_most_to_the_cells(view: TablesView) -> None:
    show(view, table(300))
    assert view.heads.turned
    assert 60 < view.heads.height() < view.height() // 2


def test_codes_keep_to_two_fifths_of_the_width_however_long_they_are(view: TablesView) -> None:
    shown = table(2, people(2))
    long = code(0, "W" * 300)
    show(view, CodeTable(shown.question, (long, *shown.rows[1:]), shown.columns, shown.cells, {}))
    assert 140 <= view.codes.width() <= view.width() * 2 // 5


def test_heads_stay_where_they_are_while_cells_move(view: TablesView) -> None:
    model = show(view, table(300))
    view.choose(model.index(250, 280))
    assert view.horizontalScrollBar().value() > 0
    assert view.verticalScrollBar().value() > 0
    assert view.codes.x() == view.corner.x()
    assert view.corner.geometry().bottomRight() == QPoint(view.codes.geometry().right(), view.heads.geometry().bottom())


@pytest.mark.parametrize("tokens", [LIGHT, DARK, STRONG_LIGHT])
def test_presence_is_a_shape_and_absence_is_none(view: TablesView, tokens: Tokens) -> None:
    model = show(view, table(4, people(3)))
    view.setCurrentIndex(model.index(3, 2))
    view.restyle(tokens)
    picture = view.viewport().grab().toImage()

    def middle(row: int, column: int) -> QColor:
        return picture.pixelColor(view.visualRect(model.index(row, column)).center() * picture.devicePixelRatio())

    assert middle(1, 1) == QColor(tokens.accent)
    assert middle(1, 0) == QColor(tokens.raised)
    assert middle(3, 2) == QColor(tokens.chosen)


def test_arrows_go_from_cell_to_cell_and_enter_opens(view: TablesView, qtbot: QtBot) -> None:
    model = show(view, table(4, people(3)))
    view.choose(model.index(0, 0))
    with qtbot.waitSignals([view.cellChosen, view.cellChosen]):
        qtbot.keyClick(view, Qt.Key.Key_Right)
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert (view.currentIndex().row(), view.currentIndex().column()) == (1, 1)
    with qtbot.waitSignal(view.cellOpened):
        qtbot.keyClick(view, Qt.Key.Key_Return)


def test_letters_do_not_look_for_the_word_present(view: TablesView, qtbot: QtBot) -> None:
    model = show(view, table(4, people(3)))
    view.choose(model.index(0, 0))
    qtbot.keyClicks(view, "pres")
    assert (view.currentIndex().row(), view.currentIndex().column()) == (0, 0)


def test_a_click_on_a_head_sorts_by_it_and_a_second_one_goes_back(view: TablesView, qtbot: QtBot) -> None:
    model = show(view, table(4, people(3)))
    at = QPoint(view.heads.sectionViewportPosition(2) + 10, view.heads.height() - 10)
    with qtbot.waitSignal(view.sortWanted) as asked:
        qtbot.mouseClick(view.heads.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked.args == ["p2"]
    model.sort_by(Order.COLUMN, "p2")
    with qtbot.waitSignal(view.sortWanted) as asked:
        qtbot.mouseClick(view.heads.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert asked.args == [""]


def test_a_screen_reader_hears_each_cell_as_a_sentence(view: TablesView) -> None:
    show(view, table(2, (TableColumn("p0", "Aina"), TableColumn("p1", "Bo"))))
    read = QAccessible.queryAccessibleInterface(view)
    heard = {read.child(place).text(QAccessible.Text.Name) for place in range(read.childCount())}
    assert {"Code 0, Aina: present", "Code 0, Bo: nothing"} <= heard


def test_an_empty_table_is_drawn_without_ado(view: TablesView) -> None:
    show(view, table(0, ()))
    assert not view.grab().isNull()
