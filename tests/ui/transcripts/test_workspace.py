"""The Transcripts workspace: the list, the sheet of the chosen transcript, and its actions."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from app.analysis.people import groups, participants, speakers_of
from app.analysis.transcripts import making_of, source_cards, turns_of
from app.models.kinds import SpeakerKind
from app.operations.codes import create_code
from app.operations.codings import code_excerpt
from app.operations.excerpts import take_excerpt
from app.resources import resource
from app.study import ChangeSession, Study
from app.ui.desk import Desk
from app.ui.transcripts.speaker_menu import build_speaker_menu
from app.ui.transcripts.speakers_table import NEW
from app.ui.transcripts.workspace import TranscriptsWorkspace

DropPlace = QAbstractItemView.DropIndicatorPosition


def _names(study: Study) -> list[str]:
    with study.read() as session:
        return [card.name for card in source_cards(session)]


def _id(study: Study, name: str) -> str:
    with study.read() as session:
        return next(card.id for card in source_cards(session) if card.name == name)


def _shown(workspace: TranscriptsWorkspace) -> list[str]:
    items = [workspace.list.item(row) for row in range(workspace.list.count())]
    return [item.text() for item in items if item is not None]


def test_transcripts_stand_under_their_groups(workspace: TranscriptsWorkspace) -> None:
    assert _shown(workspace) == ["FG1", "one", "two", "FG2", "three"]


def test_the_first_transcript_is_chosen_and_described(workspace: TranscriptsWorkspace) -> None:
    assert workspace.sheet.heading.text() == "one"
    assert workspace.sheet.figures.text() == "2 people · 6 turns · 9 words · from one.txt"
    assert list(workspace.sheet.speakers.boxes) == ["Int", "Aina", "Dan"]
    assert workspace.sheet.group_fields.fields["label"].text() == "FG1"


def test_renaming_in_place_renames_the_transcript(
    workspace: TranscriptsWorkspace, study: Study, desk: Desk, qtbot: QtBot
) -> None:
    desk.actions["transcripts.rename"].trigger()
    field = workspace.list.findChild(QLineEdit, "sourceList.name")
    field.selectAll()
    qtbot.keyClicks(field, "first")
    with qtbot.assertNotEmitted(workspace.openWanted):
        qtbot.keyClick(field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: _names(study) == ["first", "two", "three"])
    assert workspace.sheet.heading.text() == "first"


def test_esc_while_renaming_keeps_the_name(
    workspace: TranscriptsWorkspace, study: Study, desk: Desk, qtbot: QtBot
) -> None:
    before = desk.last_seq
    desk.actions["transcripts.rename"].trigger()
    field = workspace.list.findChild(QLineEdit, "sourceList.name")
    qtbot.keyClicks(field, "x")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert desk.last_seq == before
    assert _names(study) == ["one", "two", "three"]


def test_a_name_that_is_taken_is_refused_in_one_sentence(
    workspace: TranscriptsWorkspace, study: Study, desk: Desk, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(desk.said) as said:
        workspace.list.renameWanted.emit(_id(study, "one"), "two")
    assert "two" in said.args[0]
    assert _names(study) == ["one", "two", "three"]


def test_alt_down_moves_within_the_group_and_then_the_group(
    workspace: TranscriptsWorkspace, study: Study, qtbot: QtBot
) -> None:
    workspace.list.setFocus()
    QTest.keyClick(workspace.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert _names(study) == ["two", "one", "three"]
    QTest.keyClick(workspace.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert _names(study) == ["three", "two", "one"]
    assert workspace.list.current() == _id(study, "one")
    QTest.keyClick(workspace.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert _names(study) == ["three", "one", "two"]


def test_alt_down_moves_even_where_another_workspace_has_the_same_key(
    workspace: TranscriptsWorkspace, study: Study, desk: Desk
) -> None:
    done: list[str] = []
    desk.actions.add("code.next_turn", "Next turn", lambda: done.append("next turn"), keys="Alt+Down")
    workspace.list.setFocus()
    QTest.keyClick(workspace.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert _names(study) == ["two", "one", "three"]
    assert done == []


def test_dropping_between_cards_changes_the_order_and_not_the_group(
    workspace: TranscriptsWorkspace, study: Study
) -> None:
    workspace.list.drop_at(_id(study, "two"), workspace.list.item(1), DropPlace.AboveItem)
    with study.read() as session:
        assert [(card.name, card.group) for card in source_cards(session)] == [
            ("two", "FG1"),
            ("one", "FG1"),
            ("three", "FG2"),
        ]


def test_dropping_on_a_heading_changes_the_group_and_undo_brings_it_back(
    workspace: TranscriptsWorkspace, study: Study
) -> None:
    workspace.list.drop_at(_id(study, "two"), workspace.list.item(3), DropPlace.OnItem)
    assert _shown(workspace) == ["FG1", "one", "FG2", "two", "three"]
    study.undo()
    assert _shown(workspace) == ["FG1", "one", "two", "FG2", "three"]


def test_the_group_box_moves_the_transcript_into_a_new_group(workspace: TranscriptsWorkspace, study: Study) -> None:
    workspace.sheet.group.setCurrentText("FG9")
    workspace.sheet.group.lineEdit().editingFinished.emit()
    assert _shown(workspace) == ["FG9", "one", "FG1", "two", "FG2", "three"]
    assert workspace.sheet.group_fields.fields["label"].text() == "FG9"


def test_deleting_says_what_it_takes_and_offers_undo(
    workspace: TranscriptsWorkspace, study: Study, desk: Desk, qtbot: QtBot
) -> None:
    one = _id(study, "one")

    def code(session: ChangeSession) -> None:
        code_id = create_code(session, "Waiting")
        turn = turns_of(session, one)[1]
        code_excerpt(session, take_excerpt(session, one, turn.start, turn.end), code_id)

    study.run(code)
    desk.actions["transcripts.delete"].trigger()
    assert workspace.sheet.confirm.isVisible()
    assert workspace.sheet.confirm.sentence.text() == (
        "Delete “one”? It takes 6 turns, 1 excerpt and 1 coding with it. Its participants stay."
    )
    with qtbot.waitSignal(desk.said) as said:
        workspace.sheet.confirm.yes.click()
    assert said.args == ["“one” was deleted.", True]
    assert _names(study) == ["two", "three"]
    assert workspace.sheet.heading.text() == "two"
    study.undo()
    assert _names(study) == ["one", "two", "three"]


def test_keeping_deletes_nothing(workspace: TranscriptsWorkspace, study: Study, qtbot: QtBot) -> None:
    qtbot.keyClick(workspace.list, Qt.Key.Key_Delete)
    assert workspace.sheet.confirm.isVisible()
    qtbot.keyClick(workspace.sheet.confirm.no, Qt.Key.Key_Escape)
    assert not workspace.sheet.confirm.isVisible()
    assert _names(study) == ["one", "two", "three"]


def test_enter_and_double_click_open_the_transcript(
    workspace: TranscriptsWorkspace, study: Study, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(workspace.openWanted) as wanted:
        qtbot.keyClick(workspace.list, Qt.Key.Key_Return)
    assert wanted.args == [_id(study, "one")]
    place = workspace.list.visualItemRect(workspace.list.item(2)).center()
    qtbot.mouseClick(workspace.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    with qtbot.waitSignal(workspace.openWanted) as wanted:
        qtbot.mouseDClick(workspace.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wanted.args == [_id(study, "two")]


def test_a_speaker_may_be_said_to_be_the_moderator(workspace: TranscriptsWorkspace, study: Study) -> None:
    workspace.sheet.speakers.boxes["Dan"].pick(SpeakerKind.MODERATOR.value)
    with study.read() as session:
        dan = speakers_of(session, _id(study, "one"))[2]
    assert (dan.kind, dan.participant_id) == (SpeakerKind.MODERATOR, None)
    assert workspace.sheet.figures.text().startswith("1 person")


def test_a_speaker_may_be_somebody_of_the_study_or_somebody_new(workspace: TranscriptsWorkspace, study: Study) -> None:
    with study.read() as session:
        aina = next(one for one in participants(session) if one.pseudonym == "Aina")
    workspace.sheet.speakers.boxes["Dan"].pick(aina.id)
    with study.read() as session:
        assert speakers_of(session, _id(study, "one"))[2].participant_id == aina.id
        before = len(participants(session))
    workspace.sheet.speakers.boxes["Dan"].pick(NEW)
    with study.read() as session:
        dan = speakers_of(session, _id(study, "one"))[2]
        made = {one.id: one for one in participants(session)}
    assert len(made) == before + 1
    assert (made[dan.participant_id].pseudonym, made[dan.participant_id].group) == ("Dan", "FG1")
    step = study.undo()
    assert step is not None
    assert step.label == "Say who ‘Dan’ is"


def test_group_fields_are_one_change_each(workspace: TranscriptsWorkspace, study: Study, qtbot: QtBot) -> None:
    fields = workspace.sheet.group_fields.fields
    fields["place"].setFocus()
    qtbot.keyClicks(fields["place"], "Room B2")
    fields["held_on"].setFocus()
    qtbot.keyClicks(fields["held_on"], "2024-03-05")
    fields["field_note"].setFocus()
    qtbot.keyClicks(fields["field_note"], "Quiet at first.")
    workspace.commit_pending()
    with study.read() as session:
        group = groups(session)[0]
    assert (group.place, str(group.held_on), group.field_note) == ("Room B2", "2024-03-05", "Quiet at first.")
    study.undo()
    with study.read() as session:
        assert (groups(session)[0].place, groups(session)[0].field_note) == ("Room B2", "")
    assert fields["field_note"].toPlainText() == ""


def test_a_date_that_is_none_is_said_and_the_old_one_stays(
    workspace: TranscriptsWorkspace, study: Study, desk: Desk, qtbot: QtBot
) -> None:
    field = workspace.sheet.group_fields.fields["held_on"]
    field.setFocus()
    with qtbot.waitSignal(desk.said):
        qtbot.keyClicks(field, "last Tuesday")
        field.commit_now()
    with study.read() as session:
        assert groups(session)[0].held_on is None


def test_what_is_typed_is_kept_when_another_transcript_is_chosen(
    workspace: TranscriptsWorkspace, study: Study, qtbot: QtBot
) -> None:
    field = workspace.sheet.group_fields.fields["place"]
    field.setFocus()
    qtbot.keyClicks(field, "Room B2")
    workspace.choose(_id(study, "three"))
    with study.read() as session:
        assert [(one.label, one.place) for one in groups(session)] == [("FG1", "Room B2"), ("FG2", "")]
    assert field.text() == ""


def test_a_change_elsewhere_leaves_the_choice_alone(workspace: TranscriptsWorkspace, study: Study, desk: Desk) -> None:
    workspace.choose(_id(study, "two"))
    desk.run(create_code, "Belonging")
    workspace.list.orderWanted.emit([_id(study, "three"), _id(study, "one"), _id(study, "two")])
    assert workspace.list.current() == _id(study, "two")
    assert workspace.sheet.heading.text() == "two"


def test_codes_are_out_of_view_and_transcripts_in_view(workspace: TranscriptsWorkspace) -> None:
    assert workspace.shows({"source": frozenset({"x"})})
    assert workspace.shows({"source": frozenset({"x"}), "excerpt": frozenset({"y"})})
    assert not workspace.shows({"code": frozenset({"x"})})
    assert not workspace.shows({})


def test_dropped_files_open_the_preview_and_come_in(
    workspace: TranscriptsWorkspace, study: Study, qtbot: QtBot, tmp_path: Path
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(resource("demo", "FG4-mentors.docx")))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    workspace.dropEvent(event)
    dialog = workspace.findChild(object, "importDialog")
    qtbot.waitUntil(lambda: not dialog.reader.busy, timeout=30_000)
    dialog.bring_in.click()
    assert _names(study)[-1] == "FG4-mentors"
    assert workspace.sheet.heading.text() == "FG4-mentors"


def test_an_empty_study_says_what_to_do_next(desk: Desk, qtbot: QtBot) -> None:
    empty = TranscriptsWorkspace(desk)
    qtbot.addWidget(empty)
    empty.show()
    page = empty.findChild(object, "transcripts.empty")
    assert page.isVisible()
    assert empty.findChild(object, "transcripts.first").isEnabled()


def test_the_keys_of_the_list_do_not_hold_elsewhere(workspace: TranscriptsWorkspace, desk: Desk) -> None:
    for name in ("rename", "up", "down"):
        assert desk.actions[f"transcripts.{name}"].shortcutContext() == Qt.ShortcutContext.WidgetShortcut


def test_the_speaker_menu_gives_a_turn_to_somebody_else(
    workspace: TranscriptsWorkspace, study: Study, desk: Desk
) -> None:
    one = _id(study, "one")
    with study.read() as session:
        turn = turns_of(session, one)[1]
    menu = build_speaker_menu(desk, workspace, one, turn.id)
    texts = [action.text() for action in menu.actions()]
    assert texts == ["Int", "Aina", "Dan", "", "New name …", "Unknown speaker"]
    assert [action.text() for action in menu.actions() if action.isChecked()] == ["Aina"]
    menu.actions()[2].trigger()
    with study.read() as session:
        assert turns_of(session, one)[1].speaker == "Dan"
    menu.actions()[5].trigger()
    with study.read() as session:
        assert turns_of(session, one)[1].speaker_id is None


def test_what_acts_on_the_chosen_transcript_is_off_out_of_sight(workspace: TranscriptsWorkspace, desk: Desk) -> None:
    assert desk.actions["transcripts.delete"].isEnabled()
    workspace.hide()
    assert not desk.actions["transcripts.delete"].isEnabled()
    assert desk.actions["transcripts.import"].isEnabled()
    workspace.show()
    assert desk.actions["transcripts.delete"].isEnabled()


def test_how_long_a_group_met_and_by_which_guide_is_written_down_and_taken_back(
    workspace: TranscriptsWorkspace, study: Study, qtbot: QtBot
) -> None:
    for key, text in (("minutes", "75"), ("guide", "Version 2: the question on leaving was added.")):
        field = workspace.sheet.group_fields.fields[key]
        qtbot.keyClicks(field, text)
        field.commit_now()
    with study.read() as session:
        group = groups(session)[0]
    assert (group.minutes, group.guide) == (75, "Version 2: the question on leaving was added.")
    study.undo()
    study.undo()
    with study.read() as session:
        assert (groups(session)[0].minutes, groups(session)[0].guide) == (None, "")


def test_a_length_that_is_no_number_is_refused_in_a_sentence(
    workspace: TranscriptsWorkspace, study: Study, desk: Desk, qtbot: QtBot
) -> None:
    field = workspace.sheet.group_fields.fields["minutes"]
    qtbot.keyClicks(field, "an hour")
    with qtbot.waitSignal(desk.said) as said:
        field.commit_now()
    assert "whole number of minutes" in said.args[0]
    assert field.text() == ""
    with study.read() as session:
        assert groups(session)[0].minutes is None


def test_how_a_transcript_was_made_is_written_down_for_that_transcript_alone(
    workspace: TranscriptsWorkspace, study: Study, desk: Desk, qtbot: QtBot
) -> None:
    fields = workspace.sheet.making.fields
    for key, text in (("transcription", "Verbatim"), ("checked_by", "NH"), ("checked_on", "2024-03-09")):
        qtbot.keyClicks(fields[key], text)
    workspace.choose(_id(study, "two"))
    assert [field.text() for field in fields.values()] == ["", "", ""]
    with study.read() as session:
        held = making_of(session, _id(study, "one"))
        assert (held.transcription, held.checked_by, str(held.checked_on)) == ("Verbatim", "NH", "2024-03-09")
        assert making_of(session, _id(study, "two")).checked_on is None
    study.undo()
    with study.read() as session:
        assert making_of(session, _id(study, "one")).checked_on is None


def test_a_group_is_deleted_after_a_question_and_its_transcripts_stay(
    workspace: TranscriptsWorkspace, study: Study, desk: Desk, qtbot: QtBot
) -> None:
    desk.actions["transcripts.delete_group"].trigger()
    menu = workspace.findChild(QMenu, "groups.delete")
    assert menu is not None
    assert [action.text() for action in menu.actions()] == ["FG1", "FG2"]
    menu.actions()[0].trigger()
    assert "FG1" in workspace.people.confirm.sentence.text()
    qtbot.mouseClick(workspace.people.confirm.yes, Qt.MouseButton.LeftButton)
    with study.read() as session:
        assert [one.label for one in groups(session)] == ["FG2"]
    assert _names(study) == ["one", "two", "three"]
    study.undo()
    with study.read() as session:
        assert [one.label for one in groups(session)] == ["FG1", "FG2"]
