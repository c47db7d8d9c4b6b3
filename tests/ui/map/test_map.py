"""The Map workspace: placing, relating, noting, keeping versions, comparing them - by mouse and by key."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.analysis.map_content import frozen_content, live_content, versions_that_hold
from app.models.kinds import RelationKind
from app.operations.maps import keep_version, place_themes, relate, write_note
from app.operations.themes import create_theme, delete_theme, edit_theme
from app.ui.map.items import NodePart
from app.ui.map.note_dialog import NoteDialog
from app.ui.map.workspace import MapWorkspace
from app.ui.themes.clustering import ask_delete
from app.ui.themes.workspace import ThemesWorkspace
from app.ui.window.main_window import MainWindow


@pytest.fixture
def place(demo_window: MainWindow, qtbot: QtBot) -> MapWorkspace:
    """The map of the example, whole in view."""
    demo_window.resize(1440, 900)
    shown = demo_window.show_place("map")
    assert isinstance(shown, MapWorkspace)
    qtbot.wait(10)
    shown.view.fit()
    return shown


def node(place: MapWorkspace, name: str) -> NodePart:
    """The card of a theme."""
    return next(part for part in place.canvas.nodes.values() if part.picture.name == name)


def on_screen(place: MapWorkspace, part: NodePart) -> QPoint:
    """A spot on a card that one can take hold of."""
    x, y = part.box.middle
    return place.view.mapFromScene(QPointF(x, y))


def drag(place: MapWorkspace, start: QPoint, end: QPoint) -> None:
    """Press, move in steps, release."""
    port = place.view.viewport()
    QTest.mousePress(port, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(port, start + (end - start) * step / 5)
    QTest.mouseRelease(port, Qt.MouseButton.LeftButton, pos=end)


def answer(number: int) -> None:
    """Choose an entry of the menu that will open."""

    def choose() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        menu.actions()[number].trigger()
        menu.close()

    QTimer.singleShot(50, choose)


def changes(place: MapWorkspace) -> int:
    """How many changes the journal holds."""
    return place.desk.study.connection.execute("SELECT count(*) FROM change").fetchone()[0]


def placed(place: MapWorkspace, theme_id: str) -> bool:
    """Whether the study holds a place of its own for a theme."""
    held = place.desk.study.connection.execute("SELECT map_x FROM theme WHERE id = ?", (theme_id,)).fetchone()
    return held[0] is not None


def test_a_dragged_theme_stays_where_it_was_put_and_undo_gives_it_back(place: MapWorkspace) -> None:
    card = node(place, "One exam ahead")
    theme_id, before, count = card.picture.theme_id, card.box, changes(place)
    start = on_screen(place, card)
    drag(place, start, start + QPoint(-60, 30))
    after = place.canvas.nodes[theme_id].box
    assert after.x < before.x - 20
    assert placed(place, theme_id)
    assert changes(place) == count + 1
    place.desk.study.undo()
    assert place.canvas.nodes[theme_id].box == before


def test_lines_and_regions_follow_what_moves_and_leave_nothing_behind(place: MapWorkspace) -> None:
    view, card = place.view, node(place, "One exam ahead")
    still = view.grab().toImage()
    card.moveBy(60, 40)
    moved = view.grab().toImage()
    lifted = [part for part, _ in place.canvas._behind if part.lifted]
    assert moved != still
    assert lifted
    assert all(getattr(part.picture, "theme_id", card.picture.theme_id) == card.picture.theme_id for part in lifted)
    card.moveBy(-60, -40)
    card.moveBy(60, 40)
    assert view.grab().toImage() == moved
    view.resetCachedContent()
    assert view.grab().toImage() == moved


def test_a_chosen_relation_leaves_no_trace_when_it_is_let_go(place: MapWorkspace) -> None:
    place.desk.done(relate, *list(place.canvas.nodes)[:2], RelationKind.TENSION)
    (relation,) = (part for part in place.canvas.relations.values() if part.picture.words)
    still = place.view.grab().toImage()
    relation.setSelected(True)
    assert place.view.grab().toImage() != still
    place.view.resetCachedContent()
    place.view.grab()
    relation.setSelected(False)
    assert place.view.grab().toImage() == still


def test_a_theme_put_into_a_region_it_is_not_mapped_to_is_flagged(place: MapWorkspace) -> None:
    card = node(place, "One exam ahead")
    theme_id = card.picture.theme_id
    there = place.canvas.regions[
        next(key for key, part in place.canvas.regions.items() if part.picture.name == "Shared repertoire")
    ].picture.box
    place.desk.done(place_themes, {theme_id: there.middle})
    assert "stands elsewhere" in place.canvas.nodes[theme_id].picture.flag
    place.canvas.choose({theme_id})
    place._show_chosen()
    assert "Joint enterprise" in place.theme.flag.text()
    place.theme.give_back.click()
    assert place.canvas.nodes[theme_id].picture.flag == ""


def test_arrows_move_what_is_chosen_and_nudging_on_is_one_change(place: MapWorkspace, qtbot: QtBot) -> None:
    count = changes(place)
    place.view.setFocus()
    qtbot.keyClick(place.view, Qt.Key.Key_Tab)
    (theme_id,) = place.canvas.chosen_themes()
    before = place.canvas.nodes[theme_id].box
    for _ in range(3):
        qtbot.keyClick(place.view, Qt.Key.Key_Right)
    qtbot.keyClick(place.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert changes(place) == count
    place.commit_pending()
    assert changes(place) == count + 1
    after = place.canvas.nodes[theme_id].box
    assert (after.x - before.x, after.y - before.y) == (24, 40)
    qtbot.keyClick(place.view, Qt.Key.Key_Tab)
    assert place.canvas.chosen_themes() != [theme_id]


def test_a_relation_is_drawn_by_dragging_from_theme_to_theme(place: MapWorkspace) -> None:
    answer(1)
    place.relation.click()
    one, other = node(place, "One exam ahead"), node(place, "Kurang manis: this is ours")
    drag(place, on_screen(place, one), on_screen(place, other))
    (relation,) = [part.picture for part in place.canvas.relations.values() if part.picture.words]
    assert relation.words == RelationKind.TENSION.value
    assert (relation.from_id, relation.to_id) == (one.picture.theme_id, other.picture.theme_id)
    place.relation.click()
    assert not place.view.relating


def test_a_relation_is_worded_anew_turned_round_and_removed(place: MapWorkspace) -> None:
    ids = list(place.canvas.nodes)
    relation_id = place.desk.run(relate, ids[0], ids[1], RelationKind.LEADS_INTO)
    place.canvas.choose({relation_id})
    place._show_chosen()
    card = place.relation_card
    card.word.setText("feeds")
    card.kind.setCurrentIndex(card.kind.findData(RelationKind.OWN_WORD))
    card.kind.activated.emit(card.kind.currentIndex())
    assert place.canvas.relations[relation_id].picture.words == "feeds"
    card.turn.click()
    assert place.canvas.relations[relation_id].picture.from_id == ids[1]
    card.remove.click()
    assert relation_id not in place.canvas.relations
    assert not card.isVisible()


def test_two_chosen_themes_are_related_by_key(place: MapWorkspace) -> None:
    answer(0)
    ids = list(place.canvas.nodes)
    place.canvas.choose(set(ids[:2]))
    place.desk.actions["map.relate"].trigger()
    assert [part.picture.words for part in place.canvas.relations.values()] == ["leads into"]


def test_a_region_is_moved_by_its_name(place: MapWorkspace) -> None:
    part = next(part for part in place.canvas.regions.values() if part.picture.name == "Mutual engagement")
    box = part.picture.box
    start = place.view.mapFromScene(QPointF(box.middle[0], box.y + 36))
    drag(place, start, start + QPoint(40, 0))
    moved = place.canvas.regions[part.picture.entry_id].picture.box
    assert moved.x > box.x + 10
    assert moved.width == box.width


def test_notes_are_written_moved_said_otherwise_and_taken_away(
    place: MapWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_id = place.desk.run(write_note, "Ask Aina", 0, 0)
    place.canvas.notes[note_id].moveBy(30, 10)
    place.canvas.settle()
    assert place.content.notes[0].x == 30
    monkeypatch.setattr(NoteDialog, "ask", lambda dialog: f"{dialog.text.toPlainText()}, asked")
    place.edit_note_of(note_id)
    assert place.canvas.notes[note_id].picture.lines == ("Ask Aina, asked",)
    place.canvas.choose({note_id})
    place.desk.actions["map.delete"].trigger()
    assert not place.canvas.notes


def test_a_version_is_kept_and_stays_as_it_was(place: MapWorkspace) -> None:
    place.save.click()
    assert place.form.isVisible()
    place.form.label.setEditText("Before the summer")
    place.form.note.setPlainText("Six themes.")
    place.form.keep.click()
    row = place.versions._rows[-1]
    assert (row.label, row.note) == ("Before the summer", "Six themes.")
    with place.desk.read() as session:
        before = frozen_content(session, row.id)
        live = live_content(session)
    assert before == live
    theme_id = next(iter(place.canvas.nodes))
    place.desk.run(edit_theme, theme_id, name="Renamed since")
    place.desk.run(create_theme, "New since")
    with place.desk.read() as session:
        assert frozen_content(session, row.id) == before
    place.show_version(row.id)
    assert "New since" not in {part.picture.name for part in place.canvas.nodes.values()}
    assert not place.editable
    assert not place.add.isEnabled()
    drag(place, on_screen(place, place.canvas.nodes[theme_id]), QPoint(5, 5))
    with place.desk.read() as session:
        assert frozen_content(session, row.id) == before


def test_versions_are_stepped_through_like_slides(place: MapWorkspace) -> None:
    place.desk.actions["map.older"].trigger()
    assert place.banner.text().startswith("Final map · 20 May 2024")
    place.older.click()
    place.older.click()
    assert {part.picture.name for part in place.canvas.nodes.values()} >= {"Benefits", "Barriers"}
    place.older.click()
    assert place.banner.text().startswith("Initial map")
    for _ in range(3):
        place.newer.click()
    assert place.editable


def test_two_versions_are_compared_in_words_and_marks(place: MapWorkspace) -> None:
    rows = place.versions._rows
    place.show_version(rows[2].id)
    place.versions.before.click()
    words = [place.compared.list.item(n).text() for n in range(place.compared.list.count())]
    assert "“Becoming” went into “One exam ahead”." in words
    assert "“Asking without shame” is now called “One exam ahead”." in words
    assert "“Waiting” is now called “Both of us were waiting”." in words
    assert (
        "“Both of us were waiting”: now mapped to Mutual engagement (supporting, shows it) and Joint enterprise "
        "(central, shows it failing or absent)."
    ) in words
    marked = {part.picture.name: part.marked for part in place.compared.canvases[1].nodes.values()}
    assert marked["One exam ahead"]
    place.compared.list.setCurrentRow(words.index("“Waiting” is now called “Both of us were waiting”."))
    assert [one.picture.name for one in place.compared.canvases[0].selectedItems()] == ["Waiting"]
    place.compared.back.click()
    assert place.pages.currentIndex() == 0


def test_deleting_a_theme_leaves_versions_whole(place: MapWorkspace) -> None:
    version_id = place.desk.run(keep_version, "Whole")
    with place.desk.read() as session:
        before = frozen_content(session, version_id)
    place.desk.run(delete_theme, next(iter(place.canvas.nodes)))
    assert len(place.canvas.nodes) == 5
    with place.desk.read() as session:
        assert frozen_content(session, version_id) == before


def test_the_map_is_told_in_words(place: MapWorkspace) -> None:
    said = place.view.accessibleDescription()
    assert "Joint enterprise holds “Take, then pass it on”" in said
    assert "central in Joint enterprise, shown failing or absent" in said


@pytest.mark.parametrize("name", ["x" * 300, "two\nlines", "😀 emoji", "فكرة الانتماء إلى الجماعة", "归属感是被看见"])
def test_odd_names_stay_inside_their_cards(place: MapWorkspace, name: str) -> None:
    theme_id = place.desk.run(create_theme, name)
    assert theme_id is not None
    picture = place.canvas.nodes[theme_id].picture
    assert 1 <= len(picture.lines) <= 6
    place.grab()


def test_codes_are_shown_on_demand(place: MapWorkspace) -> None:
    assert not any(part.picture.codes for part in place.canvas.nodes.values())
    place.codes.click()
    assert all(part.picture.codes for part in place.canvas.nodes.values())


def test_themes_are_aligned(place: MapWorkspace) -> None:
    chosen = list(place.canvas.nodes)[:3]
    place.canvas.choose(set(chosen))
    place.desk.actions["map.align_left"].trigger()
    assert len({place.canvas.nodes[one].box.x for one in chosen}) == 1
    place.desk.actions["map.tidy"].trigger()
    assert not any(placed(place, one) for one in chosen)


def test_the_legend_says_what_position_means_and_opens_whole(place: MapWorkspace) -> None:
    assert place.position.isVisible()
    assert "outside the regions" in place.position.text()
    place.desk.actions["map.legend"].trigger()
    assert place.legend.isVisible()
    assert "contests it" in place.legend.accessibleDescription()
    place.desk.actions["map.legend"].trigger()
    assert not place.legend.isVisible()


def test_any_two_versions_are_put_beside_each_other(place: MapWorkspace) -> None:
    ids = [row.id for row in place.versions.rows()]
    place.compare(ids[0], "")
    page = place.compared
    assert [page.choices[0].itemData(n) for n in range(page.choices[0].count())] == [*ids, ""]
    page.choices[1].setCurrentIndex(1)
    page.choices[1].activated.emit(1)
    assert [str(box.currentData()) for box in page.choices] == ids[:2]
    assert page.list.count() > 1
    words = {part.mark_word for canvas in page.canvases for part in canvas.nodes.values() if part.marked}
    assert words
    assert "" not in words, "colour is not the only sign"
    assert "Theme map of" in page.views[1].accessibleDescription()


def test_the_versions_that_hold_a_theme_or_code_are_named_before_it_is_deleted(place: MapWorkspace) -> None:
    theme_id = place.desk.run(create_theme, "Mine")
    assert theme_id is not None
    with place.desk.read() as session:
        assert versions_that_hold(session, theme_id) == []
    place.desk.run(keep_version, "With mine")
    with place.desk.read() as session:
        assert versions_that_hold(session, theme_id) == ["With mine"]
    place.desk.done(delete_theme, theme_id)
    with place.desk.read() as session:
        assert versions_that_hold(session, theme_id) == ["With mine"]


def test_size_is_the_researchers_choice_within_bounds_and_kept_in_versions(place: MapWorkspace) -> None:
    theme_id = next(iter(place.canvas.nodes))
    before = place.canvas.nodes[theme_id].picture.box
    place.canvas.choose({theme_id})
    place.desk.actions["map.grow"].trigger()
    grown = place.canvas.nodes[theme_id].picture
    assert grown.scale == 1.25
    assert grown.box.width == pytest.approx(before.width * 1.25)
    version = place.desk.run(keep_version, "Large")
    assert version is not None
    for _ in range(30):
        place.desk.actions["map.shrink"].trigger()
    assert place.canvas.nodes[theme_id].picture.scale == 0.5
    place.show_version(version)
    assert place.canvas.nodes[theme_id].picture.scale == 1.25


def test_deleting_a_theme_says_beforehand_which_versions_keep_it(demo_window: MainWindow) -> None:
    place = demo_window.show_place("themes")
    assert isinstance(place, ThemesWorkspace)
    theme = place.themes[0]
    place.desk.run(keep_version, "Before the knife")
    ask_delete(place, theme)
    assert "“Before the knife”" in place.confirm.sentence.text()
    assert place.theme(theme.id) is not None


def test_regions_that_come_to_overlap_are_said_and_can_be_taken_back(place: MapWorkspace) -> None:
    said: list[tuple[str, bool]] = []
    place.desk.said.connect(lambda sentence, undo: said.append((sentence, undo)))
    regions = {part.picture.name: part.picture for part in place.canvas.regions.values()}
    mine, other = regions["Mutual engagement"], regions["Joint enterprise"]
    place.canvas.regionPlaced.emit(mine.entry_id, replace(mine.box, x=mine.box.x - 5000))
    assert said == []
    place.canvas.regionPlaced.emit(mine.entry_id, replace(mine.box, x=other.box.x + 40, y=other.box.y))
    assert said == [("“Mutual engagement” overlaps “Joint enterprise” now. If that is not meant, take it back.", True)]
