"""The participants table and the preview of a participants.csv."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.analysis.people import ParticipantRow, participants, speakers_of
from app.analysis.transcripts import source_cards
from app.importers import read_transcript
from app.models import ParticipantAttribute
from app.models.kinds import Consent, ParticipantStatus
from app.operations.importing import import_transcripts, plan_for
from app.resources import resource
from app.study import ChangeSession, Study
from app.ui.desk import Desk
from app.ui.transcripts.people_model import FIELDS
from app.ui.transcripts.workspace import TranscriptsWorkspace

CSV = resource("demo", "participants.csv")


def _people(study: Study) -> list[ParticipantRow]:
    with study.read() as session:
        return participants(session)


def _cell(workspace: TranscriptsWorkspace, row: int, field: str):
    return workspace.people.model.index(row, FIELDS.index(field))


def test_everybody_of_the_study_is_listed_group_by_group(workspace: TranscriptsWorkspace) -> None:
    model = workspace.people.model
    shown = [(model.index(row, 0).data(), model.index(row, 2).data()) for row in range(model.rowCount())]
    assert shown == [("Aina", "FG1"), ("Dan", "FG1"), ("Aina", "FG2"), ("Dan", "FG2")]


def test_a_name_is_edited_in_place_and_undone(workspace: TranscriptsWorkspace, study: Study, qtbot: QtBot) -> None:
    workspace.show_page(workspace.people)
    table = workspace.people.table
    table.setCurrentIndex(_cell(workspace, 0, "pseudonym"))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    field = table.findChild(QLineEdit)
    field.selectAll()
    qtbot.keyClicks(field, "Amina")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _people(study)[0].pseudonym == "Amina")
    study.undo()
    assert _cell(workspace, 0, "pseudonym").data() == "Aina"


def test_consent_status_and_group_are_chosen_from_their_lists(workspace: TranscriptsWorkspace, study: Study) -> None:
    model = workspace.people.model
    assert _cell(workspace, 0, "consent_to_quote").data() == "not recorded"
    model.setData(_cell(workspace, 0, "consent_to_quote"), Consent.NO.value)
    model.setData(_cell(workspace, 0, "status"), ParticipantStatus.LEFT_EARLY.value)
    model.setData(_cell(workspace, 0, "group_id"), "")
    person = next(one for one in _people(study) if one.consent == Consent.NO)
    assert (person.pseudonym, person.status, person.group_id) == ("Aina", ParticipantStatus.LEFT_EARLY, None)
    place = model.place_of(person.id)
    assert _cell(workspace, place, "consent_to_quote").data() == "no"
    assert [text for text, _ in model.choices(FIELDS.index("group_id"))] == ["No group", "FG1", "FG2"]


def test_attributes_cannot_be_typed_over(workspace: TranscriptsWorkspace) -> None:
    assert not _cell(workspace, 0, "attributes").flags() & Qt.ItemFlag.ItemIsEditable


def test_an_empty_name_is_refused_and_the_old_one_stays(
    workspace: TranscriptsWorkspace, desk: Desk, study: Study, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(desk.said):
        workspace.people.model.setData(_cell(workspace, 0, "pseudonym"), "  ")
    assert _cell(workspace, 0, "pseudonym").data() == "Aina"


def test_somebody_is_added_to_the_group_of_the_chosen_row(workspace: TranscriptsWorkspace, study: Study) -> None:
    workspace.show_page(workspace.people)
    workspace.people.table.setCurrentIndex(_cell(workspace, 3, "pseudonym"))
    workspace.people.add.click()
    assert ("Participant 1", "FG2") in [(one.pseudonym, one.group) for one in _people(study)]
    assert workspace.people.chosen() == next(one.id for one in _people(study) if one.pseudonym == "Participant 1")


def test_deleting_somebody_says_what_stays_and_offers_undo(
    workspace: TranscriptsWorkspace, study: Study, desk: Desk, qtbot: QtBot
) -> None:
    workspace.show_page(workspace.people)
    workspace.people.table.setCurrentIndex(_cell(workspace, 0, "pseudonym"))
    workspace.people.delete.click()
    assert workspace.people.confirm.sentence.text() == (
        "Delete “Aina”? 4 turns stay, under a label that points to nobody."
    )
    with qtbot.waitSignal(desk.said) as said:
        workspace.people.confirm.yes.click()
    assert said.args == ["“Aina” was deleted.", True]
    assert len(_people(study)) == 3
    study.undo()
    assert len(_people(study)) == 4


def test_a_change_of_one_person_keeps_the_row_chosen(workspace: TranscriptsWorkspace, study: Study) -> None:
    workspace.people.table.setCurrentIndex(_cell(workspace, 2, "pseudonym"))
    chosen = workspace.people.chosen()
    workspace.people.model.setData(_cell(workspace, 0, "role"), "Mentee")
    assert workspace.people.chosen() == chosen


def test_the_table_of_the_example_brings_everybody_in_as_one_change(
    workspace: TranscriptsWorkspace, study: Study, desk: Desk
) -> None:
    before = len(_people(study))
    dialog = workspace.bring_in_people(CSV)
    assert dialog.sentence.text() == "“participants.csv” names 23 people in FG1, FG2, FG3 and FG4."
    assert {title for title, box in dialog.boxes.items() if box.value() == ""} >= {"accommodation", "year_of_study"}
    dialog.boxes["accommodation"].pick("text")
    dialog.bring_in.click()
    people = {one.label: one for one in _people(study) if one.label}
    assert len(people) == 23
    assert dict(people["ME05"].attributes)["accommodation"] == "Family home"
    assert people["ME01"].consent == Consent.YES
    study.undo()
    assert len(_people(study)) == before


def test_columns_are_left_out_unless_it_is_said_what_they_are(workspace: TranscriptsWorkspace, study: Study) -> None:
    dialog = workspace.bring_in_people(CSV)
    dialog.boxes["year_of_study"].pick("number")
    dialog.bring_in.click()
    held = {(name, kind) for name, kind in _attributes(study)}
    assert held == {("year_of_study", "number")}


def test_two_columns_cannot_be_the_same_and_one_must_name_people(workspace: TranscriptsWorkspace) -> None:
    dialog = workspace.bring_in_people(CSV)
    dialog.boxes["year_of_study"].pick("pseudonym")
    assert "Two columns" in dialog.doubt.text()
    assert not dialog.bring_in.isEnabled()
    for title, box in dialog.boxes.items():
        if box.value() in ("pseudonym", "id"):
            box.pick("")
        assert title
    assert "nobody can be told apart" in dialog.doubt.text()
    dialog.reject()


def test_a_workbook_of_participants_comes_in_too(workspace: TranscriptsWorkspace, study: Study, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (("Who", "Age"), ("Aina", 21), ("Bea", 22)):
        book.active.append(row)
    book.save(tmp_path / "people.xlsx")
    dialog = workspace.bring_in_people(tmp_path / "people.xlsx")
    assert not dialog.bring_in.isEnabled()
    dialog.boxes["Who"].pick("pseudonym")
    dialog.boxes["Age"].pick("number")
    dialog.bring_in.click()
    assert {"Aina", "Bea"} <= {one.pseudonym for one in _people(study)}
    assert ("Age", "number") in _attributes(study)


def _attributes(study: Study) -> list[tuple[str, str]]:
    with study.read() as session:
        return [(row.name, row.kind.value) for row in session.query(ParticipantAttribute)]


def test_people_of_a_table_are_linked_to_the_labels_of_their_group(
    workspace: TranscriptsWorkspace, study: Study
) -> None:
    def bring_in(session: ChangeSession) -> None:
        import_transcripts(session, [plan_for(session, read_transcript(resource("demo", "FG3-mentees.docx")))])

    study.run(bring_in)
    workspace.bring_in_people(CSV).bring_in.click()
    nurul = [one for one in _people(study) if one.pseudonym == "Nurul"]
    assert [(one.label, one.turns) for one in nurul] == [("ME11", 5)]
    with study.read() as session:
        source = next(card.id for card in source_cards(session) if card.group == "FG3")
        linked = {one.label: one.participant_id for one in speakers_of(session, source)}
    assert linked["Nurul"] == nurul[0].id


def test_a_table_that_is_refused_says_why_and_writes_nothing(
    workspace: TranscriptsWorkspace, desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_text("colour,size\nred,1\n", encoding="utf-8")
    before = desk.last_seq
    dialog = workspace.bring_in_people(path)
    assert "people.csv" in dialog.sentence.text()
    assert not dialog.bring_in.isEnabled()
    assert desk.last_seq == before


def test_a_field_note_on_a_person_is_kept_and_shown_with_them(
    workspace: TranscriptsWorkspace, study: Study, qtbot: QtBot
) -> None:
    page = workspace.people
    workspace.show_page(page)
    page.table.setCurrentIndex(page.model.index(0, 0))
    qtbot.keyClicks(page.note, "Came late")
    page.table.setCurrentIndex(page.model.index(1, 0))
    assert page.note.toPlainText() == ""
    page.table.setCurrentIndex(page.model.index(0, 0))
    assert page.note.toPlainText() == "Came late"
    with study.read() as session:
        assert [one.note for one in participants(session)][:2] == ["Came late", ""]
    page.ask_delete()
    assert "the field note on them" in page.confirm.sentence.text()
    study.undo()
    assert page.note.toPlainText() == ""


def test_a_person_can_be_asked_for_from_elsewhere(workspace: TranscriptsWorkspace, study: Study) -> None:
    with study.read() as session:
        last = participants(session)[-1].id
    workspace.show_about("participant", last)
    assert workspace.people.chosen() == last
    workspace.show_about("participant", "gone")
    assert workspace.people.chosen() == last
