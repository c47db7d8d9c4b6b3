"""A quiet note under what goes out, where its words say something else than reflexive TA does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.ui.themes.mapping_editor import MappingEditor
from app.ui.widgets.wording_hints import WordingHints
from app.ui.window.preferences import PreferencesDialog
from tests.ui.themes.conftest import Bench


@pytest.fixture
def note(bench: Bench) -> WordingHints:
    """The note under the story of a theme that is open."""
    bench.window.resize(1500, 900)
    bench.place.show_theme(bench.make("Being held", "Belonging"))
    return bench.place.sheet.hints["story"]


def write(bench: Bench, text: str) -> None:
    """Write into the story and stop for a moment."""
    story = bench.place.sheet.story
    story.setFocus()
    QTest.keyClicks(story, text)
    bench.place.sheet.hints["story"].look()


def test_words_are_dotted_under_and_spoken_of_in_one_sentence(bench: Bench, note: WordingHints) -> None:
    write(bench, "Three themes emerged here.")
    assert note.isVisible()
    assert note.said.text().startswith("“themes emerged”: ")
    marked = bench.place.sheet.story.extraSelections()
    assert [one.cursor.selectedText() for one in marked] == ["themes emerged"]


def test_a_note_changes_nothing_and_stops_nobody(bench: Bench, note: WordingHints) -> None:
    write(bench, "Three themes emerged here.")
    bench.place.tree.setFocus()
    assert bench.theme("Being held").story == "Three themes emerged here."
    assert note.isVisible()


def test_other_words_let_the_note_go_after_a_pause(bench: Bench, note: WordingHints) -> None:
    write(bench, "Bias")
    assert note.isVisible()
    bench.place.sheet.story.selectAll()
    QTest.keyClicks(bench.place.sheet.story, "Standpoint")
    QTest.qWait(900)
    assert not note.isVisible()
    assert bench.place.sheet.story.extraSelections() == []


def test_not_here_hides_that_kind_for_this_text_alone_and_for_good(bench: Bench, note: WordingHints) -> None:
    write(bench, "Bias and saturation.")
    QTest.mouseClick(note.not_here, Qt.MouseButton.LeftButton)
    assert note.said.text().startswith("“saturation”")
    note.not_here.click()
    assert not note.isVisible()
    bench.place.show_theme(bench.make("Passing on", "Pass it on"))
    write(bench, "Bias again.")
    assert note.isVisible()
    bench.place.tree.setCurrentItem(bench.row("Being held"))
    note.look()
    assert bench.place.sheet.story.toPlainText() == "Bias and saturation."
    assert not note.isVisible()
    assert bench.desk.study.next_undo().label == "Describe theme ‘Passing on’"


def test_the_note_is_switched_off_and_on_in_the_preferences(bench: Bench, note: WordingHints) -> None:
    write(bench, "Themes emerged.")
    for wanted in (False, True):
        dialog = PreferencesDialog(bench.window)
        dialog.hints.setChecked(wanted)
        dialog.accept()
        assert note.isVisible() is wanted


def test_a_quotation_is_somebody_elses(bench: Bench, note: WordingHints) -> None:
    write(bench, 'One says "it is all bias" and laughs.')
    assert not note.isVisible()


def test_the_rationale_of_a_mapping_has_a_note_and_what_the_framework_misses_another(bench: Bench) -> None:
    bench.make("Being held", "Belonging")
    bench.place.show_view("matrix")
    editor = bench.window.findChild(MappingEditor)
    lens = bench.place.lens
    assert lens is not None
    editor.show_cell(bench.theme("Being held"), lens.entries[0].id, lens, None, "")
    editor.rationale.setPlainText("The data show that it binds.")
    editor.rationale_hints.look()
    assert not editor.rationale_hints.isHidden()
    editor.misses_hints.look()
    assert editor.misses_hints.isHidden()
