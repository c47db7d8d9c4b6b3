"""The approach statement on its page: words on a continuum, free text, versions with reasons."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.analysis.approach import Version, approach_versions
from app.ui.journal.approach_page import ApproachPage
from app.ui.window.main_window import MainWindow


@pytest.fixture
def page(demo_window: MainWindow) -> ApproachPage:
    """The page on the example, which states its approach."""
    place = demo_window.show_place("journal")
    assert place is not None
    made = place.show_page("approach")
    assert isinstance(made, ApproachPage)
    QApplication.processEvents()
    return made


def _versions(window: MainWindow) -> list[Version]:
    assert window.desk is not None
    with window.desk.read() as session:
        return approach_versions(session)


def test_it_shows_what_the_example_states(page: ApproachPage) -> None:
    assert page.cards["theory"].choice.value() == "contextualist"
    assert "sensitising lens" in page.cards["data_orientation"].words.toPlainText()
    assert page.list.count() >= 1


def test_saying_on_in_one_sitting_is_one_version_with_a_reason(
    page: ApproachPage, qtbot: QtBot, demo_window: MainWindow
) -> None:
    page.cards["theory"].choice.pick("critical realist")
    words = page.cards["positionality"].words
    words.setFocus()
    words.selectAll()
    qtbot.keyClicks(words, "I was a mentee here.")
    qtbot.keyClick(words, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    newest, first, *_ = _versions(demo_window)
    assert newest.statement["theory"] == {"choice": "critical realist", "words": ""}
    assert newest.statement["positionality"]["words"] == "I was a mentee here."
    assert first.statement["theory"]["choice"] == "contextualist"
    assert "from “contextualist” to “critical realist”" in page.changed.text()
    page.reason.setFocus()
    qtbot.keyClicks(page.reason, "Reading Maxwell")
    qtbot.keyClick(page.reason, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert _versions(demo_window)[0].reason == "Reading Maxwell"


def test_a_former_version_is_read_and_cannot_be_rewritten(page: ApproachPage) -> None:
    page.cards["theory"].choice.pick("constructionist")
    page.list.setCurrentRow(1)
    assert "contextualist" in page.former.text()
    assert page.cards["theory"].choice.value() == "constructionist"


def test_undo_brings_back_what_was_stated(page: ApproachPage, demo_window: MainWindow) -> None:
    versions = page.list.count()
    page.cards["semantic_latent"].choice.pick("mostly latent")
    assert page.list.count() == versions + 1
    demo_window.undo()
    assert page.cards["semantic_latent"].choice.value() == "both"
    assert page.list.count() == versions


def test_where_nothing_can_be_changed_the_words_take_no_letters(
    window: MainWindow, tmp_path: object, demo_bytes: bytes
) -> None:
    path = tmp_path / "looked.reflexa"  # type: ignore[operator]
    path.write_bytes(demo_bytes)
    assert window.open_study(path, read_only=True)
    page = window.show_place("journal").show_page("approach")  # type: ignore[union-attr]
    assert page.cards["theory"].words.isReadOnly()
    assert not page.cards["theory"].choice.isEnabled()
