"""On the board codes are laid, gathered, become themes: with the mouse, by key alone; each deed is one change."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from app.models.kinds import CodeRole
from app.operations.board import move_cards, place_piles
from app.operations.themes import create_theme, make_overarching
from app.ui.code.code_tree import CODE_MIME
from tests.ui.board.conftest import Table

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALL = ("Belonging", "Kept going", "Noticed when absent", "Pass it on")


def test_codes_that_lie_nowhere_are_in_the_tray_and_go_from_it_when_they_are_laid(table: Table) -> None:
    assert table.tray() == list(ALL)
    assert "Drag codes" in table.view.empty_words
    before = table.bench.changes()
    table.lay("Belonging", "Pass it on")
    assert table.bench.changes() == before + 1
    assert table.tray() == ["Kept going", "Noticed when absent"]
    assert not table.view.empty_words
    assert table.chosen() == {"Belonging", "Pass it on"}


def test_codes_are_dragged_out_of_the_tray_onto_the_bare_board_and_into_a_theme(table: Table) -> None:
    table.bench.make("Noticing", "Belonging")
    for name, spot in (("Kept going", table.spot(table.pile("Noticing"))), ("Pass it on", QPoint(8, 8))):
        data = QMimeData()
        data.setData(CODE_MIME, table.bench.code(name).encode())
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        copy = Qt.DropAction.CopyAction
        table.view.dragEnterEvent(QDragEnterEvent(spot, copy, data, left, none))
        table.view.dragMoveEvent(QDragMoveEvent(spot, copy, data, left, none))
        table.view.dropEvent(QDropEvent(QPointF(spot), copy, data, left, none))
    assert table.names("Noticing") == ["Belonging", "Kept going"]
    assert table.key("Pass it on") in table.canvas.cards
    assert table.tray() == ["Noticed when absent"]


def test_dragging_a_card_is_one_change_on_release_and_undo_brings_it_back(table: Table) -> None:
    table.lay("Belonging")
    key = table.key("Belonging")
    stood, before = table.canvas.box_of(key), table.bench.changes()
    start = table.spot(key)
    table.drag(start, start + QPoint(30, 20), start + QPoint(80, 64))
    assert table.bench.changes() == before + 1
    moved = table.canvas.box_of(key)
    assert stood is not None
    assert moved is not None
    assert (moved.x - stood.x, moved.y - stood.y) == (80, 64)
    table.desk.study.undo()
    assert table.canvas.box_of(key) == stood


def test_a_card_on_a_card_makes_a_pile_and_the_pile_moves_as_one(table: Table) -> None:
    table.lay(*ALL)
    table.canvas.choose([])
    table.drag(table.spot(table.key("Belonging")), table.spot(table.key("Kept going")))
    (pile,) = table.canvas.picture.piles
    assert {one.code.name for one in table.canvas.picture.cards if one.home == pile.id} == {"Belonging", "Kept going"}
    start, before = table.spot(pile.key), table.bench.changes()
    table.drag(start, start + QPoint(20, 200), start + QPoint(0, 240))
    assert table.bench.changes() == before + 1
    (moved,) = table.canvas.picture.piles
    assert moved.box.y == pile.box.y + 240
    assert all(one.box.y > moved.box.y for one in table.canvas.picture.cards if one.home == pile.id)


def test_a_frame_round_cards_chooses_them_and_all_are_carried_at_once(table: Table) -> None:
    table.lay(*ALL)
    area = table.canvas.everything()
    corners = [table.view.mapFromScene(one) for one in (area.topLeft(), area.bottomRight())]
    table.drag(corners[0] - QPoint(10, 10), corners[0], corners[1] + QPoint(10, 10))
    assert table.chosen() == set(ALL)
    stood = {key: table.canvas.box_of(key) for key in table.canvas.cards}
    before, start = table.bench.changes(), table.spot(table.key("Kept going"))
    table.drag(start, start + QPoint(16, 16), start + QPoint(40, 160))
    assert table.bench.changes() == before + 1
    for key, box in stood.items():
        now = table.canvas.box_of(key)
        assert box is not None
        assert now is not None
        assert (now.x - box.x, now.y - box.y) == (40, 160)


def test_a_lasso_chooses_only_what_it_goes_round(table: Table) -> None:
    table.lay(*ALL)
    QTest.keyClick(table.view, Qt.Key.Key_L, CTRL)
    assert table.view.lasso
    box = table.canvas.box_of(table.key("Kept going"))
    assert box is not None
    right, low = box.x + box.width + 3, box.y + box.height + 3
    round_it = ((box.x - 3, box.y - 3), (right, box.y - 3), (right, low), (box.x - 3, low))
    corners = [table.view.mapFromScene(QPointF(x, y)) for x, y in round_it]
    table.drag(corners[0], *corners[1:], corners[0])
    assert table.chosen() == {"Kept going"}


def test_ctrl_click_adds_and_takes_away_and_a_plain_click_means_one(table: Table) -> None:
    table.lay(*ALL)
    table.click(table.key("Belonging"))
    table.click(table.key("Kept going"), CTRL)
    assert table.chosen() == {"Belonging", "Kept going"}
    table.click(table.key("Belonging"), CTRL)
    assert table.chosen() == {"Kept going"}
    table.click(table.key("Pass it on"))
    assert table.chosen() == {"Pass it on"}


def test_a_pile_becomes_a_theme_that_may_be_asked_for_its_idea_and_needs_none(table: Table) -> None:
    table.lay(*ALL)
    table.canvas.choose([])
    table.drag(table.spot(table.key("Belonging")), table.spot(table.key("Kept going")))
    making = table.page.side.making
    QTest.mouseClick(table.page.side.pile.make, Qt.MouseButton.LeftButton)
    assert making.isVisible()
    before = table.bench.changes()
    QTest.keyClicks(making.name, "Somebody noticed")
    QTest.keyClicks(making.concept, "being missed says that one belongs")
    QTest.mouseClick(making.make, Qt.MouseButton.LeftButton)
    assert table.bench.changes() == before + 1
    assert table.bench.theme("Somebody noticed").concept == "being missed says that one belongs"
    assert set(table.names("Somebody noticed")) == {"Belonging", "Kept going"}
    table.click(table.key("Pass it on"))
    table.desk.actions["themes.make"].trigger()
    QTest.keyClick(making.name, Qt.Key.Key_Return)
    assert table.bench.theme("New theme").concept == ""
    assert table.page.side.theme.isVisible()


def test_escape_in_the_form_makes_no_theme(table: Table) -> None:
    table.lay("Belonging")
    before = table.bench.changes()
    table.desk.actions["themes.make"].trigger()
    QTest.keyClick(table.page.side.making.name, Qt.Key.Key_Escape)
    assert table.bench.changes() == before
    assert not table.page.side.making.isVisible()


def test_a_code_dragged_with_ctrl_feeds_both_themes_and_says_so(table: Table) -> None:
    table.bench.make("One", "Belonging", "Kept going")
    table.bench.make("Two", "Pass it on")
    table.view.resetTransform()
    table.view.centerOn(table.canvas.everything().center())
    table.drag(table.spot(table.key("Belonging", "One")), table.spot(table.pile("Two")), held=CTRL)
    assert table.names("One") == ["Belonging", "Kept going"]
    assert table.names("Two") == ["Pass it on", "Belonging"]
    table.drag(table.spot(table.key("Kept going", "One")), table.spot(table.pile("Two")))
    assert table.names("One") == ["Belonging"]
    card = table.canvas.card(table.key("Belonging", "Two"))
    assert card is not None
    assert card.also == ("One",)
    table.click(table.key("Belonging", "Two"))
    assert "One" in table.page.side.code.also.text()
    assert table.canvas.cards[table.key("Belonging", "One")].same


def test_the_role_of_a_card_in_its_theme_is_chosen_beside_it(table: Table) -> None:
    table.bench.make("One", "Belonging")
    table.click(table.key("Belonging", "One"))
    QTest.mouseClick(table.page.side.code.roles[CodeRole.CONTRAST], Qt.MouseButton.LeftButton)
    assert table.bench.holds("One") == {"Belonging": CodeRole.CONTRAST}
    assert "contrast" in table.view.accessibleDescription()


def test_a_theme_dropped_on_a_theme_stands_under_it_and_a_third_level_is_said_gently(table: Table) -> None:
    for name in ("One", "Two", "Three"):
        table.bench.make(name)
    table.view.resetTransform()
    table.view.centerOn(table.canvas.everything().center())
    table.drag(table.spot(table.pile("Two")), table.spot(table.pile("One")))
    assert table.bench.names() == [(0, "One"), (1, "Two"), (0, "Three")]
    before = table.bench.changes()
    table.drag(table.spot(table.pile("Three")), table.spot(table.pile("Two")))
    assert table.bench.changes() == before
    assert "two levels" in table.bench.said[-1]
    table.drag(table.spot(table.pile("Two")), table.view.mapFromScene(QPointF(-60, 300)))
    assert [depth for depth, _ in table.bench.names()] == [0, 0, 0]


def test_once_somebody_moves_a_theme_the_others_stay_where_they_are_seen(table: Table) -> None:
    for name in ("One", "Two", "Three"):
        table.bench.make(name)
    table.view.resetTransform()
    table.view.centerOn(table.canvas.everything().center())
    stood = {name: table.canvas.box_of(table.pile(name)) for name in ("Two", "Three")}
    start = table.spot(table.pile("One"))
    table.drag(start, start - QPoint(100, 0), start - QPoint(320, 0))
    assert {name: table.canvas.box_of(table.pile(name)) for name in ("Two", "Three")} == stood


def test_an_umbrella_holds_its_themes_and_they_hold_their_subthemes(table: Table) -> None:
    umbrella = table.bench.make("Umbrella")
    table.desk.run(make_overarching, umbrella, True)
    middle = table.desk.run(create_theme, "Middle", parent_id=umbrella)
    table.desk.run(create_theme, "Low", parent_id=middle, code_ids=[table.bench.code("Belonging")])
    boxes = [table.canvas.box_of(table.pile(name)) for name in ("Umbrella", "Middle", "Low")]
    card = table.canvas.box_of(table.key("Belonging", "Low"))
    for outer, inner in zip(boxes, [*boxes[1:], card], strict=True):
        assert outer is not None
        assert inner is not None
        assert outer.x < inner.x
        assert inner.x + inner.width < outer.x + outer.width
        assert outer.y < inner.y
        assert inner.y + inner.height < outer.y + outer.height


def test_opening_a_card_shows_its_excerpts_and_one_of_them_leads_to_the_transcript(table: Table) -> None:
    table.lay("Belonging")
    QTest.mouseDClick(table.view.viewport(), Qt.MouseButton.LeftButton, pos=table.spot(table.key("Belonging")))
    excerpts = table.page.side.code.excerpts
    assert excerpts.model().rowCount() == 2
    jumps: list[str] = []
    table.page.excerptWanted.connect(lambda source, _: jumps.append(source))
    QTest.keyClick(excerpts, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert jumps


def test_who_stands_behind_a_card_is_said_and_how_often_it_is_coded_is_not(table: Table) -> None:
    table.lay("Belonging", "Pass it on")
    table.click(table.key("Belonging"))
    assert table.page.side.code.heard.text() == "Heard in 1 group, 2 people"
    table.click(table.key("Pass it on"))
    assert table.page.side.code.heard.text() == "Not heard yet"


def test_a_search_lets_all_others_step_back_and_enter_goes_from_one_to_the_next(table: Table) -> None:
    table.lay("Belonging", "Kept going", "Pass it on")
    QTest.keyClicks(table.page.search, "going")
    assert table.canvas.cards[table.key("Belonging")].faint
    assert not table.canvas.cards[table.key("Kept going")].faint
    assert table.tray() == []
    QTest.keyClick(table.page.search, Qt.Key.Key_Return)
    assert table.chosen() == {"Kept going"}
    table.page.search.clear()
    assert not any(card.faint for card in table.canvas.cards.values())


def test_tidying_puts_everything_apart_in_one_change(table: Table) -> None:
    table.bench.make("One", "Belonging")
    table.lay("Kept going", "Noticed when absent", "Pass it on")
    start = table.spot(table.key("Kept going"))
    table.drag(start, start + QPoint(10, 10), start + QPoint(24, 40))
    before = table.bench.changes()
    table.desk.actions["themes.tidy"].trigger()
    assert table.bench.changes() == before + 1
    boxes = [one.box for one in table.canvas.picture.piles] + [
        one.box for one in table.canvas.picture.cards if not one.home
    ]
    assert not any(one.overlaps(other) for place, one in enumerate(boxes) for other in boxes[place + 1 :])


def test_all_of_it_is_done_by_key_alone(table: Table) -> None:
    tray, view = table.page.tray, table.view
    tray.setFocus()
    tray.selectAll()
    QTest.keyClick(tray, Qt.Key.Key_Return)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert table.canvas.chosen == []
    QTest.keyClick(view, Qt.Key.Key_Home)
    QTest.keyClick(view, Qt.Key.Key_Down, SHIFT)
    assert len(table.chosen()) == 2
    first = table.canvas.chosen[0]
    stood, before = table.canvas.box_of(first), table.bench.changes()
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Up, CTRL)
    view.settle_now()
    moved = table.canvas.box_of(first)
    assert stood is not None
    assert moved is not None
    assert (table.bench.changes(), moved.y) == (before + 1, stood.y - 24)
    QTest.keyClick(view, Qt.Key.Key_G, CTRL)
    (pile,) = table.canvas.picture.piles
    assert table.canvas.chosen == [pile.key]
    QTest.keyClick(view, Qt.Key.Key_T, CTRL | SHIFT)
    making = table.page.side.making
    QTest.keyClicks(making.name, "Together")
    QTest.keyClick(making.name, Qt.Key.Key_Return)
    assert len(table.names("Together")) == 2
    assert view.hasFocus()
    assert "Together" in view.accessibleDescription()
    QTest.keyClick(view, Qt.Key.Key_F2)
    name = table.page.side.theme.name
    assert name.hasFocus()
    name.selectAll()
    QTest.keyClicks(name, "Side by side")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert table.bench.names() == [(0, "Side by side")]
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert len(table.page.chosen_links()) == 1
    QTest.keyClick(view, Qt.Key.Key_Delete)
    assert len(table.names("Side by side")) == 1
    assert len(table.tray()) == 1


def test_a_hidden_board_reads_nothing_and_is_right_when_it_is_seen(table: Table) -> None:
    table.place.show_view("sheets")
    drawn = table.canvas.picture
    table.bench.make("One", "Belonging")
    assert table.canvas.picture is drawn
    table.place.show_view("board")
    assert table.names("One") == ["Belonging"]


def test_names_of_any_kind_lie_on_their_cards(table: Table) -> None:
    for name in ("x" * 300, "مرحبا بالجميع في المجموعة", "👩‍👩‍👧 together 🎉", "<b>bold & brave</b>"):
        table.bench.make(name, "Belonging")
    table.view.fit()
    assert not table.view.grab().isNull()


def test_a_card_let_go_of_over_the_tray_is_not_placed_any_more_and_beside_it_stays(table: Table) -> None:
    table.lay("Belonging", "Kept going")
    table.canvas.choose([])
    tray = table.page.tray
    over = table.view.viewport().mapFromGlobal(tray.mapToGlobal(tray.rect().center()))
    table.drag(table.spot(table.key("Belonging")), QPoint(-4, over.y()), over)
    assert table.tray() == ["Belonging", "Noticed when absent", "Pass it on"]
    before = table.bench.changes()
    table.drag(table.spot(table.key("Kept going")), QPoint(30, -20), QPoint(30, -30))
    assert table.bench.changes() == before


def test_chosen_cards_are_put_in_rows_and_the_others_stay(table: Table) -> None:
    table.lay(*ALL)
    start = table.spot(table.key("Pass it on"))
    table.canvas.choose([])
    table.drag(start, start + QPoint(20, 20), start + QPoint(80, 40))
    stood = table.canvas.box_of(table.key("Belonging"))
    table.canvas.choose([table.key("Pass it on"), table.key("Noticed when absent")])
    table.desk.actions["themes.line_up"].trigger()
    lined = [table.canvas.box_of(table.key(name)) for name in ("Noticed when absent", "Pass it on")]
    assert lined[0] is not None
    assert lined[1] is not None
    assert lined[0].x == lined[1].x
    assert table.canvas.box_of(table.key("Belonging")) == stood


def test_a_subtheme_is_made_beside_the_board_and_stands_inside_its_theme(table: Table) -> None:
    table.bench.make("One", "Belonging")
    table.click(table.pile("One"))
    table.desk.actions["themes.subtheme"].trigger()
    QTest.keyClicks(table.page.side.making.name, "Low")
    QTest.keyClick(table.page.side.making.name, Qt.Key.Key_Return)
    assert table.bench.names() == [(0, "One"), (1, "Low")]
    assert table.place.in_board
    assert not table.bench.said


def test_piles_and_cards_dropped_together_on_a_theme_all_feed_it(table: Table) -> None:
    table.bench.make("One", "Belonging")
    table.lay("Kept going", "Noticed when absent", "Pass it on")
    table.canvas.choose([table.key("Kept going"), table.key("Noticed when absent")])
    QTest.keyClick(table.view, Qt.Key.Key_G, CTRL)
    (pile,) = table.canvas.chosen
    table.view.centerOn(table.canvas.everything().center())
    table.canvas.choose([pile, table.key("Pass it on")])
    before = table.bench.changes()
    table.drag(table.spot(table.key("Pass it on")), table.spot(table.pile("One")))
    assert table.bench.changes() == before + 1
    assert set(table.names("One")) == set(ALL)


def test_the_menu_puts_cards_into_a_pile_by_name(table: Table) -> None:
    table.bench.make("One", "Belonging")
    table.lay("Kept going")

    def press() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert [action.text().strip() for action in menu.actions()] == ["One"]
        menu.actions()[0].trigger()
        menu.close()

    QTimer.singleShot(50, press)
    table.desk.actions["themes.move"].trigger()
    assert table.names("One") == ["Belonging", "Kept going"]


def test_a_read_only_study_is_looked_at_and_nothing_moves(table: Table) -> None:
    table.bench.make("One", "Belonging")
    table.view.movable = False
    before, start = table.bench.changes(), table.spot(table.pile("One"))
    table.drag(start, start + QPoint(40, 40), start + QPoint(80, 80))
    table.canvas.choose([table.pile("One")])
    QTest.keyClick(table.view, Qt.Key.Key_Up, CTRL)
    table.view.settle_now()
    assert table.bench.changes() == before


def test_what_made_room_for_a_pile_that_grew_stays_there_when_that_pile_goes(table: Table) -> None:
    table.bench.make("One", "Belonging")
    table.bench.make("Two")
    one, two = table.pile("One")[0], table.pile("Two")[0]
    table.desk.run(place_piles, {one: (0, 0), two: (0, 170)})
    table.bench.desk.run(move_cards, [(table.bench.code(name), "") for name in ALL[1:]], one)
    pushed = table.canvas.box_of((two, ""))
    assert pushed is not None
    assert pushed.y > 170
    table.view.centerOn(table.canvas.everything().center())
    start = table.spot((one, ""))
    table.drag(start, start + QPoint(100, 0), start + QPoint(300, 0))
    assert table.canvas.box_of((two, "")) == pushed


def test_what_was_moved_by_key_is_on_disk_before_one_goes_elsewhere(table: Table) -> None:
    table.lay("Belonging")
    before = table.bench.changes()
    QTest.keyClick(table.view, Qt.Key.Key_Right, CTRL | SHIFT)
    assert table.bench.changes() == before
    table.place.show_view("sheets")
    assert table.bench.changes() == before + 1


def test_undo_in_the_window_takes_one_drag_back_without_asking(table: Table) -> None:
    table.lay("Belonging")
    stood = table.canvas.box_of(table.key("Belonging"))
    start = table.spot(table.key("Belonging"))
    table.drag(start, start + QPoint(20, 20), start + QPoint(64, 64))
    table.bench.window.undo()
    assert table.canvas.box_of(table.key("Belonging")) == stood
    table.bench.window.redo()
    assert table.canvas.box_of(table.key("Belonging")) != stood


def test_escape_puts_back_what_is_carried(table: Table) -> None:
    table.lay("Belonging")
    before, start = table.bench.changes(), table.spot(table.key("Belonging"))
    QTest.mousePress(table.view.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(table.view.viewport(), start + QPoint(60, 60))
    QApplication.processEvents()
    part = table.canvas.cards[table.key("Belonging")]
    assert part.pos() != QPointF(part.picture.box.x, part.picture.box.y)
    QTest.keyClick(table.view, Qt.Key.Key_Escape)
    assert part.pos() == QPointF(part.picture.box.x, part.picture.box.y)
    QTest.mouseRelease(table.view.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(60, 60))
    assert table.bench.changes() == before


def test_the_same_search_holds_after_a_change(table: Table) -> None:
    table.lay("Belonging", "Kept going")
    QTest.keyClicks(table.page.search, "kept")
    table.bench.make("One", "Pass it on")
    assert table.canvas.cards[table.key("Pass it on", "One")].faint
    assert not table.canvas.cards[table.key("Kept going")].faint


def test_a_sentence_begun_is_still_there_after_a_look_at_another_card(table: Table) -> None:
    table.lay(*ALL)
    table.canvas.choose([table.key("Belonging")])
    making = table.page.side.making
    table.desk.actions["themes.make"].trigger()
    QTest.keyClicks(making.concept, "being missed")
    table.click(table.key("Kept going"))
    assert not making.isVisible()
    table.click(table.key("Belonging"))
    table.desk.actions["themes.make"].trigger()
    assert making.concept.toPlainText() == "being missed"
    table.click(table.key("Kept going"))
    table.desk.actions["themes.make"].trigger()
    assert making.concept.toPlainText() == ""


def test_words_over_a_pile_are_kept_and_are_offered_as_the_name_of_its_theme(table: Table) -> None:
    table.lay("Belonging", "Kept going")
    QTest.keyClick(table.view, Qt.Key.Key_G, CTRL)
    QTest.keyClick(table.view, Qt.Key.Key_F2)
    QTest.keyClicks(table.page.side.pile.words, "murky")
    table.page.commit_pending()
    assert table.pile("murky")
    table.desk.actions["themes.make"].trigger()
    assert table.page.side.making.name.text() == "murky"


def test_the_board_takes_what_is_dragged_in(table: Table) -> None:
    assert table.view.viewport().acceptDrops()


def test_codes_chosen_in_the_plain_list_are_piled_up_too(table: Table) -> None:
    table.place.show_view("sheets")
    table.bench.choose_codes("Belonging", "Pass it on")
    table.desk.actions["themes.pile"].trigger()
    (pile,) = table.canvas.picture.piles
    assert {one.code.name for one in table.canvas.picture.cards if one.home == pile.id} == {"Belonging", "Pass it on"}
    assert table.place.in_board


def test_a_board_that_is_whole_stays_whole_when_the_window_changes(table: Table) -> None:
    for name in ("Belonging", "Kept going", "Noticed when absent"):
        table.bench.make(f"Theme of {name}", name)
    view = table.view
    view.fit()
    table.bench.window.resize(1400, 900)
    QTest.qWait(20)
    seen = view.mapToScene(view.viewport().rect()).boundingRect()
    assert seen.contains(table.view.canvas.everything())
    view.zoom(1.5)
    scale = view.transform().m11()
    table.bench.window.resize(1200, 800)
    QTest.qWait(20)
    assert view.transform().m11() == scale
