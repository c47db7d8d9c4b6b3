"""Everything written in one list; from any thing to what was written about it, and back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.analysis.journal import entries
from app.analysis.memos import About
from app.analysis.people import groups, participants
from app.analysis.themes import lens_in_use
from app.models import Code, Group, Memo, Participant, Theme
from app.operations.journal import write_entry
from app.operations.memos import write_memo
from app.operations.reviews import comment
from app.ui.journal.quick_entry import QuickEntry
from app.ui.journal.written_page import WrittenPage
from app.ui.lenses.dialog import LensDialog
from app.ui.transcripts.group_sheet import GroupFields
from app.ui.transcripts.people_page import PeoplePage
from app.ui.window.main_window import MainWindow


@pytest.fixture
def page(demo_window: MainWindow) -> WrittenPage:
    """The page on the example with a memo, an entry and a comment about one theme."""
    desk = demo_window.desk
    assert desk is not None
    with desk.study.change() as session:
        theme = session.scalar(select(Theme.id).order_by(Theme.name)) or ""
        write_memo(session, "theme", theme, "Whose theme is this?", "question")
        write_entry(session, "I like it too much.", kind="feeling", links=[("theme", theme)], private=True)
        comment(session, "theme", theme, "Say more.", author="Dr Tan")
    place = demo_window.show_place("journal")
    assert place is not None
    made = place.show_page("written")
    assert isinstance(made, WrittenPage)
    QApplication.processEvents()
    made.theme = theme  # type: ignore[attr-defined]
    return made


def _kinds(page: WrittenPage) -> set[About]:
    return {row.about_kind for row in page.rows()}


def test_memos_entries_and_comments_stand_in_one_list_the_newest_first(page: WrittenPage) -> None:
    assert {About.ENTRY, About.THEME, About.COMMENT} <= _kinds(page)
    assert {row.text for row in page.rows()[:3]} == {"Whose theme is this?", "I like it too much.", "Say more."}
    dated = [row.at for row in page.rows() if row.at is not None]
    assert dated == sorted(dated, reverse=True)


def test_it_is_filtered_by_kind_and_by_words(page: WrittenPage, qtbot: QtBot) -> None:
    page.kind.pick("comment")
    assert _kinds(page) == {About.COMMENT}
    page.kind.pick("")
    qtbot.keyClicks(page.search, "too much feeling")
    assert [row.text for row in page.rows()] == ["I like it too much."]
    assert "private" in page.about.text()
    page.search.setText("nothing like this anywhere")
    assert page.nothing.isVisible()


def test_from_a_thing_to_all_that_was_written_about_it(page: WrittenPage, demo_window: MainWindow) -> None:
    theme = page.theme  # type: ignore[attr-defined]
    themes = demo_window.show_place("themes")
    themes.show_theme(theme)  # type: ignore[union-attr]
    button = themes.findChild(QPushButton, "themeSheet.written")  # type: ignore[union-attr]
    assert button.text() == "Written about this"
    button.click()
    assert page.isVisible()
    texts = {row.text for row in page.rows()}
    assert {"Whose theme is this?", "I like it too much."} <= texts
    assert any(text.startswith("Say more.") for text in texts)
    everything = len(page._all)
    page.thing.click()
    assert len(page.rows()) > everything
    assert not page.thing.isVisible()


def test_where_nothing_was_written_the_same_line_opens_a_place_to_write(demo_window: MainWindow) -> None:
    assert demo_window.desk is not None
    with demo_window.desk.read() as session:
        code = session.scalar(
            select(Code.id).where(Code.id.not_in(select(Memo.code_id).where(Memo.code_id.is_not(None))))
        )
    place = demo_window.show_place("code")
    place.show_code(code)  # type: ignore[union-attr]
    demo_window.desk.writeWanted.emit("code", code)
    panel = demo_window.findChild(QuickEntry)
    assert panel is not None
    assert panel.editor.linked() == [("code", code)]


def test_a_memo_turns_into_an_entry_and_can_come_back(page: WrittenPage, demo_window: MainWindow) -> None:
    page.kind.pick("memo")
    page.search.setText("whose theme")
    assert page.turn.isVisible()
    page.turn.click()
    assert page.rows() == []
    page.kind.pick("entry")
    assert [row.text for row in page.rows()] == ["Whose theme is this?"]
    demo_window.undo()
    assert demo_window.desk is not None
    with demo_window.desk.read() as session:
        assert all(entry.text != "Whose theme is this?" for entry in entries(session))


def test_a_memo_is_written_on_where_it_is_listed(page: WrittenPage, qtbot: QtBot, demo_window: MainWindow) -> None:
    page.search.setText("whose theme")
    page.text.setFocus()
    page.text.selectAll()
    qtbot.keyClicks(page.text, "Theirs")
    qtbot.keyClick(page.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert demo_window.desk is not None
    with demo_window.desk.read() as session:
        assert "Theirs" in session.scalars(select(Memo.text)).all()


def test_an_entry_opens_in_the_journal(page: WrittenPage, demo_window: MainWindow) -> None:
    page.search.setText("too much")
    page.jump.click()
    place = demo_window.workspaces["journal"]
    card = place.page().cards()[0]  # type: ignore[union-attr]
    assert card.words.toPlainText() == "I like it too much."


def test_groups_participants_and_lens_entries_lead_to_what_was_written_about_them(
    demo_window: MainWindow, qtbot: QtBot
) -> None:
    desk = demo_window.desk
    assert desk is not None
    with desk.study.change() as session:
        group = session.scalar(select(Group.id).order_by(Group.label)) or ""
        person = session.scalar(select(Participant.id).order_by(Participant.pseudonym)) or ""
        lens = lens_in_use(session)
        assert lens is not None
        entry = lens.entries[0].id
        for subject, key in (("group", group), ("participant", person), ("lens_entry", entry)):
            write_entry(session, f"About a {subject}", links=[(subject, key)])
    fields, people, dialog = GroupFields(desk), PeoplePage(desk), LensDialog(desk, lens.id)
    for made in (fields, people, dialog):
        qtbot.addWidget(made)
        made.show()
    with desk.read() as session:
        held = groups(session)
        fields.show_group(next(one for one in held if one.id == group))
        people.show_people(participants(session), held)
    people.choose(person)
    asked: list[tuple[str, str]] = []
    desk.writtenWanted.disconnect()
    desk.writtenWanted.connect(lambda subject, key: asked.append((subject, key)))
    for button in (fields.written, people.written, dialog.written):
        assert button.text() == "Written about this"
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == [("group", group), ("participant", person), ("lens_entry", entry)]
    assert not dialog.isVisible(), "what one goes to must not lie behind a dialog"
