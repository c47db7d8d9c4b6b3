"""Comments: shown at what they speak of, with replies and where they stand; a list of all."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.analysis.reviews import Thread, threads
from app.models.kinds import ReviewStatus
from app.operations.reviews import comment
from app.ui.code.workspace import CodeWorkspace
from app.ui.map.workspace import MapWorkspace
from app.ui.reviews.mark import CommentButton
from app.ui.reviews.panel import CommentsPanel
from app.ui.themes.workspace import ThemesWorkspace
from app.ui.window.main_window import MainWindow


def held(window: MainWindow) -> list[Thread]:
    assert window.desk is not None
    with window.desk.read() as session:
        return threads(session)


def panel_of(window: MainWindow) -> CommentsPanel:
    panel = window.findChild(CommentsPanel)
    assert panel is not None
    assert panel.isVisible()
    return panel


@pytest.fixture
def panel(demo_window: MainWindow) -> CommentsPanel:
    """The list of all comments of the example."""
    demo_window.actions_["study.comments"].trigger()
    return panel_of(demo_window)


def test_the_example_has_three_comments_and_all_are_listed(demo_window: MainWindow, panel: CommentsPanel) -> None:
    assert panel.list.count() == len(held(demo_window)) == 3
    first = held(demo_window)[0]
    assert first.text in panel.words.text()
    assert first.name in panel.head.text()


def test_replies_are_shown_and_one_can_be_given(demo_window: MainWindow, panel: CommentsPanel) -> None:
    answered = next(one for one in held(demo_window) if one.replies)
    panel.list.setCurrentRow([one.id for one in held(demo_window)].index(answered.id))
    assert answered.replies[0].text in panel.words.text()
    panel.text.setPlainText("Thank you. 😀 ميم")
    QTest.mouseClick(panel.send, Qt.MouseButton.LeftButton)
    assert "Thank you. 😀 ميم" in panel.words.text()
    assert panel.text.toPlainText() == ""
    demo_window.undo()
    assert "Thank you." not in panel.words.text()


def test_where_a_comment_stands_is_said_and_filtered_by(demo_window: MainWindow, panel: CommentsPanel) -> None:
    panel.list.setCurrentRow(0)
    panel.status.setCurrentIndex(panel.status.findData(ReviewStatus.SET_ASIDE))
    panel.status.activated.emit(panel.status.currentIndex())
    assert held(demo_window)[0].status == ReviewStatus.SET_ASIDE
    panel.status_filter.setCurrentIndex(panel.status_filter.findData(ReviewStatus.SET_ASIDE))
    panel.refresh()
    assert panel.list.count() == 1


def test_the_mark_on_a_theme_opens_its_thread_in_the_list(demo_window: MainWindow, qtbot: QtBot) -> None:
    about = next(one for one in held(demo_window) if one.subject == "theme")
    place = demo_window.show_place("themes")
    assert isinstance(place, ThemesWorkspace)
    qtbot.wait(10)
    tree = place.tree
    tree.choose(about.subject_id)
    row = tree.visualItemRect(tree.currentItem())
    spot = next(QPoint(x, y) for x in range(row.right(), row.left(), -2) for y in range(row.top(), row.bottom(), 2)
                if tree.comments.hit(QPoint(x, y), row, about.subject_id))  # fmt: skip
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    shown = panel_of(demo_window)
    assert about.text in shown.words.text()
    assert shown.list.count() == len([one for one in held(demo_window) if one.subject_id == about.subject_id])


def test_the_mark_on_a_node_of_the_map_opens_its_thread(demo_window: MainWindow, qtbot: QtBot) -> None:
    assert demo_window.desk is not None
    place = demo_window.show_place("map")
    assert isinstance(place, MapWorkspace)
    qtbot.wait(10)
    place.view.fit()
    theme_id, _ = next(iter(place.canvas.nodes.items()))
    demo_window.desk.run(comment, "theme", theme_id, "Why here?", author="Supervisor")
    node = place.canvas.nodes[theme_id]
    assert node.comment is True
    spot = place.view.mapFromScene(node.mapToScene(node.comment_area().center()))
    QTest.mouseClick(place.view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert panel_of(demo_window).list.count() >= 1
    assert any(one.text == "Why here?" for one in held(demo_window) if one.subject_id == theme_id)


def test_codes_excerpts_and_versions_have_their_thread_too(demo_window: MainWindow, qtbot: QtBot) -> None:
    assert demo_window.desk is not None
    place = demo_window.show_place("code")
    assert isinstance(place, CodeWorkspace)
    excerpt = next(one for marks in place.marks.values() for one in marks).excerpt_id
    demo_window.desk.run(comment, "excerpt", excerpt, "Whose words?", author="Supervisor")
    place.show_excerpt(excerpt)
    qtbot.wait(10)
    place.inspector.settle()
    button = demo_window.findChild(CommentButton, "excerptSheet.comments")
    assert button is not None
    assert button.text() == "Comments, open"
    button.click()
    assert "Whose words?" in panel_of(demo_window).words.text()
    code = next(iter(place.codes))
    place.show_code(code)
    place.inspector.settle()
    on_code = demo_window.findChild(CommentButton, "codeSheet.comments")
    assert on_code is not None
    on_code.click()
    shown = panel_of(demo_window)
    assert shown.list.count() == 0
    shown.text.setPlainText("Is this one code?")
    shown.send.click()
    assert any(one.subject_id == code and one.text == "Is this one code?" for one in held(demo_window))


def test_one_goes_from_a_comment_to_what_it_speaks_of(demo_window: MainWindow, panel: CommentsPanel) -> None:
    for number, one in enumerate(held(demo_window)):
        panel.list.setCurrentRow(number)
        panel.go.click()
        wanted = {"theme": "themes", "version": "map", "code": "code", "excerpt": "code"}[one.subject]
        assert demo_window.stack.currentWidget() is demo_window.workspaces[wanted]
        if one.subject == "version":
            place = demo_window.workspaces["map"]
            assert isinstance(place, MapWorkspace)
            assert place.version == one.subject_id


def test_the_panel_goes_with_its_study(demo_window: MainWindow, panel: CommentsPanel) -> None:
    demo_window.close_study()
    assert not panel.isVisible()
    assert not demo_window.actions_["study.comments"].isEnabled()
