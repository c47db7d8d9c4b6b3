"""What stands beside the idea of a theme: quotes, who is behind it, reviews, what is brought in; merging, splitting."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.analysis.codes import codings_of_code
from app.analysis.themes import excerpts_of_theme
from app.models import Source, Speaker
from app.models.kinds import Belongs, Consent, ReviewLevel, SpeakerKind, ThemeStatus
from app.operations.codings import code_passage
from app.operations.decisions import decide
from app.operations.people import add_participant, edit_participant, link_speaker
from app.operations.themes import edit_theme
from app.ui.themes.quote_rows import NOTE
from tests.ui.themes.conftest import Bench


@pytest.fixture
def sheet(bench: Bench) -> Bench:
    """A theme of two codes with three excerpts, its sheet open; Nur and Bilal are participants."""
    bench.window.resize(1500, 900)
    bench.place.show_theme(bench.make("Being held", "Belonging", "Kept going"))
    for name in ("Nur", "Bilal"):
        person = bench.desk.run(add_participant, name)
        with bench.desk.read() as session:
            label = session.scalar(select(Speaker.id).where(Speaker.label == name))
        bench.desk.run(link_speaker, label, SpeakerKind.PARTICIPANT, person)
    return bench


def quoted(bench: Bench) -> list[str]:
    model = bench.place.sheet.side.quotes.quoted_model
    return [model.index(place).data() for place in range(model.rowCount())]


def waiting(bench: Bench) -> list[tuple[str, str]]:
    model = bench.place.sheet.side.quotes.open_model
    return [(model.index(place).data(), model.index(place).data(NOTE)) for place in range(model.rowCount())]


def choose(bench: Bench, words: str) -> None:
    """Choose the quote that begins like this, in whichever list it stands."""
    page = bench.place.sheet.side.quotes
    for one in (page.quoted, page.open):
        for place in range(one.model().rowCount()):
            if str(one.model().index(place, 0).data()).startswith(words):
                one.setCurrentIndex(one.model().index(place, 0))
                return
    raise AssertionError(words)


def test_voices_not_quoted_yet_come_first_and_the_picker_says_so(sheet: Bench) -> None:
    side = sheet.place.sheet.side
    side.show_page("quotes")
    assert quoted(sheet) == []
    choose(sheet, "a place")
    QTest.keyClick(side.quotes.open, "Q")
    assert quoted(sheet) == ["a place where I belong"]
    assert [words for words, _ in waiting(sheet)] == ["We kept each other going", "And then you pass it on"]
    assert all("not quoted anywhere yet" in note for _, note in waiting(sheet))
    assert side.quotes.unheard.text().endswith("Bilal")
    assert "1 of 2 people" in side.quotes.spread.text()


def test_quotes_are_put_in_order_by_keys_and_each_step_is_one_undo(sheet: Bench) -> None:
    page = sheet.place.sheet.side.quotes
    sheet.place.sheet.side.show_page("quotes")
    for words in ("a place", "We kept"):
        choose(sheet, words)
        page.switcher.click()
    assert quoted(sheet) == ["a place where I belong", "We kept each other going"]
    choose(sheet, "We kept")
    QTest.keyClick(page.quoted, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert quoted(sheet) == ["We kept each other going", "a place where I belong"]
    sheet.window.undo()
    assert quoted(sheet) == ["a place where I belong", "We kept each other going"]
    choose(sheet, "a place")
    page.switcher.click()
    assert quoted(sheet) == ["We kept each other going"]


def test_who_refused_is_offered_last_and_never_quoted(sheet: Bench) -> None:
    with sheet.desk.read() as session:
        person = session.scalar(select(Speaker.participant_id).where(Speaker.label == "Nur"))
    sheet.desk.run(edit_participant, person, consent_to_quote=Consent.NO)
    page = sheet.place.sheet.side.quotes
    sheet.place.sheet.side.show_page("quotes")
    words, note = waiting(sheet)[-1]
    assert "belong" not in words
    assert "consent was refused" in note
    page.open.setCurrentIndex(page.open_model.index(page.open_model.rowCount() - 1))
    page.switch()
    assert quoted(sheet) == []
    assert "consent" in sheet.said[-1]
    assert page.switcher.isHidden()
    assert page.edited.isHidden()


def test_an_edited_quote_stands_beside_the_original_and_its_marks_are_asked_for(sheet: Bench) -> None:
    page = sheet.place.sheet.side.quotes
    sheet.place.sheet.side.show_page("quotes")
    choose(sheet, "We kept")
    assert page.edited.toPlainText() == "We kept each other going"
    page.edited.setPlainText("We going really")
    page.edited.commit_now()
    assert "kept each other" in page.marks.text()
    assert "really" in page.marks.text()
    assert page.difference.toPlainText() == "We kept each other going really"
    page.mark.click()
    assert page.edited.toPlainText() == "We … going [really]"
    assert page.marks.isHidden()
    page.back.click()
    assert page.edited.toPlainText() == "We kept each other going"
    with sheet.desk.read() as session:
        row = next(
            one for one in excerpts_of_theme(session, sheet.place.sheet.theme_id) if one.excerpt_id == page.at_hand
        )
        assert row.edited_text == ""


def test_words_in_another_language_are_explained_beside_the_quote(sheet: Bench) -> None:
    page = sheet.place.sheet.side.quotes
    sheet.place.sheet.side.show_page("quotes")
    choose(sheet, "And then")
    QTest.keyClicks(page.gloss, "pass it on: to the next batch")
    sheet.place.sheet.side.show_page("excerpts")
    with sheet.desk.read() as session:
        glosses = [row.gloss for row in excerpts_of_theme(session, sheet.place.sheet.theme_id) if row.gloss]
    assert glosses == ["pass it on: to the next batch"]


def test_who_is_behind_a_theme_is_told_in_words(sheet: Bench) -> None:
    side = sheet.place.sheet.side
    side.show_page("behind")
    assert side.behind.people.text() == "FG1: Bilal, Nur"
    with sheet.desk.read() as session:
        rows = excerpts_of_theme(session, sheet.place.sheet.theme_id)
    for row in rows[1:]:
        sheet.desk.run(decide, sheet.place.sheet.theme_id, row.excerpt_id, belongs=Belongs.OUT)
    assert side.behind.spread.text() == "It rests on one person: Nur."


def test_overlap_names_the_codes_and_leads_to_the_excerpts_in_both(sheet: Bench) -> None:
    side = sheet.place.sheet.side
    sheet.make("Passing on", "Belonging")
    side.show_page("behind")
    assert side.behind.shared.item(0).text() == "Passing on\nshares “Belonging”; excerpts are in both"
    side.behind.to_excerpts.click()
    assert side.at_hand == "excerpts"
    assert side.decisions.model.rowCount() == 2
    side.show_page("behind")
    side.behind.to_theme.click()
    assert sheet.place.theme(sheet.place.sheet.theme_id).name == "Passing on"


def test_checks_are_recorded_with_their_finding_and_can_be_taken_back(sheet: Bench) -> None:
    page = sheet.place.sheet.side.review
    sheet.place.sheet.side.show_page("review")
    page.level.setCurrentIndex(page.level.findData(ReviewLevel.WHOLE))
    QTest.keyClicks(page.finding, "Holds in both groups")
    page.record.click()
    assert "Against the whole data" in page.checks.item(0).text()
    assert "Holds in both groups" in page.checks.item(0).text()
    page.checks.setCurrentRow(0)
    QTest.keyClick(page.checks, Qt.Key.Key_Delete)
    assert page.checks.count() == 0
    sheet.window.undo()
    assert page.checks.count() == 1


def test_a_finding_half_written_is_kept_when_one_goes_elsewhere(sheet: Bench) -> None:
    page = sheet.place.sheet.side.review
    sheet.place.sheet.side.show_page("review")
    QTest.keyClicks(page.finding, "Not yet")
    sheet.place.sheet.side.show_page("excerpts")
    sheet.place.sheet.side.show_page("review")
    assert "Not yet" in page.checks.item(0).text()
    assert page.finding.toPlainText() == ""


def test_the_way_a_theme_came_is_shown_with_dates(sheet: Bench) -> None:
    sheet.desk.run(edit_theme, sheet.place.sheet.theme_id, status=ThemeStatus.DEVELOPED)
    sheet.place.sheet.side.show_page("review")
    lines = sheet.place.sheet.side.review.history.text().splitlines()
    assert [line.split(" · ")[0] for line in lines] == ["Candidate", "Developed"]


def test_new_excerpts_are_told_and_shown_alone(sheet: Bench) -> None:
    decisions = sheet.place.sheet.decisions
    assert decisions.new.isHidden()
    sheet.desk.run(decide, sheet.place.sheet.theme_id, decisions.model.row(0).excerpt_id, belongs=Belongs.IN)
    with sheet.desk.read() as session:
        source_id = codings_of_code(session, sheet.code("Belonging"))[0].source_id
    sheet.desk.run(code_passage, source_id, 5, 12, sheet.code("Kept going"))
    assert decisions.new.text() == "1 new since you last decided"
    decisions.new.click()
    assert decisions.model.rowCount() == 1


def test_context_stands_around_the_excerpt_at_hand(sheet: Bench) -> None:
    decisions = sheet.place.sheet.decisions
    decisions.list.setCurrentIndex(decisions.model.index(1))
    assert decisions.foot.before.text() == "Nur: It felt like a place where I belong.\nBilal: Same here."
    assert decisions.foot.after.text() == ", honestly.\nModerator: Can you say more?"


def test_words_are_brought_in_straight_from_a_transcript(sheet: Bench, qtbot: QtBot) -> None:
    sheet.desk.actions["themes.bring"].trigger()
    dialog = sheet.place.bringing
    with sheet.desk.read() as session:
        text = session.scalar(select(Source.text))
    at = text.index("Same here")
    dialog.bring()
    assert dialog.said.text() == "Select some words first."
    dialog.panel.select(at, at + 9)
    QTest.keyClick(dialog.panel.view, Qt.Key.Key_Return)
    decisions = sheet.place.sheet.decisions
    assert [decisions.model.index(place).data() for place in range(decisions.model.rowCount())][1] == "Same here"
    dialog.close()
    decisions.list.setCurrentIndex(decisions.model.index(1))
    sheet.desk.actions["themes.not_brought"].trigger()
    assert decisions.model.rowCount() == 3


def test_a_theme_is_merged_after_it_was_said_what_that_does(sheet: Bench) -> None:
    into = sheet.make("Passing on", "Pass it on")
    sheet.place.show_theme(sheet.theme("Being held").id)

    def pick() -> None:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(one for one in menu.actions() if one.text().strip() == "Passing on")
        menu.setActiveAction(action)
        QTest.keyClick(menu, Qt.Key.Key_Return)

    QTimer.singleShot(0, pick)
    sheet.desk.actions["themes.merge"].trigger()
    assert "Merge “Being held” into “Passing on”?" in sheet.place.confirm.sentence.text()
    sheet.place.confirm.yes.click()
    assert [name for _, name in sheet.names()] == ["Passing on"]
    assert sheet.place.sheet.theme_id == into
    sheet.place.sheet.side.show_page("behind")
    assert sheet.place.sheet.side.behind.descent.text().startswith("Merged from “Being held”")


def test_chosen_codes_are_split_off_under_a_name(sheet: Bench) -> None:
    tree = sheet.place.tree
    tree.setFocus()
    tree.setCurrentItem(sheet.row("Being held", "Kept going"))
    sheet.desk.actions["themes.split"].trigger()
    card = sheet.place.naming
    assert card.isVisible()
    QTest.keyClicks(card.field, "Keeping on")
    QTest.keyClick(card.field, Qt.Key.Key_Return)
    assert sheet.names() == [(0, "Being held"), (0, "Keeping on")]
    assert set(sheet.holds("Keeping on")) == {"Kept going"}
    sheet.window.undo()
    assert sheet.names() == [(0, "Being held")]


def test_a_page_that_is_not_seen_reads_nothing(sheet: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    for name, page in sheet.place.sheet.side.pages.items():
        monkeypatch.setattr(page, "show_theme", lambda *_, name=name: read.append(name))
    sheet.place.show_theme(sheet.make("Passing on", "Pass it on"))
    assert set(read) == {"excerpts"}
