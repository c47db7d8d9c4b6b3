"""The import preview, with real files, a real child process and a real study."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from app.analysis.people import groups, participants, speakers_of
from app.analysis.transcripts import source_cards, turns_of
from app.importers import read_transcript
from app.models import Change, Source, SourceOriginal, Turn
from app.models.kinds import SpeakerKind
from app.operations.importing import import_transcripts, plan_for
from app.operations.people import add_participant, ensure_group
from app.resources import resource
from app.study import ChangeSession, Study
from app.ui.desk import Desk
from app.ui.importing.dialog import ImportDialog
from app.ui.importing.file_list import Stage
from app.ui.importing.labels_table import NOT_A_SPEAKER

Read = Callable[..., None]

FG1 = resource("demo", "FG1-mentees.docx")
FG2 = resource("demo", "FG2-mentors.docx")

TALK = (
    "Int: How was it?\nAina: Good.\nAyna: Very good.\nSign: she smiled.\n"
    "Ayna: Yes.\nAina: I said so.\nSign: all laugh.\n"
)


def _talk(folder: Path, name: str = "talk.txt", text: str = TALK) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def _spoken(study: Study) -> list[tuple[str, str]]:
    with study.read() as session:
        source = session.scalars(select(Source)).one()
        return [(turn.speaker, source.text[turn.start : turn.end]) for turn in turns_of(session, source.id)]


def test_two_documents_come_in_with_their_turns_as_one_change(
    dialog: ImportDialog, read: Read, study: Study, qtbot: QtBot
) -> None:
    read(FG1, FG2)
    with study.read() as session:
        before = session.scalar(select(func.count()).select_from(Change))
    assert dialog.bring_in.text() == "Import 2 transcripts"
    with qtbot.waitSignal(dialog.imported):
        dialog.bring_in.click()
    with study.read() as session:
        cards = source_cards(session)
        assert [(card.name, card.group) for card in cards] == [("FG1-mentees", "FG1"), ("FG2-mentors", "FG2")]
        for card, path in zip(cards, (FG1, FG2), strict=True):
            draft = read_transcript(path)
            assert [(one.start, one.end) for one in turns_of(session, card.id)] == [
                (t.start, t.end) for t in draft.turns
            ]
        assert session.scalar(select(func.count()).select_from(Change)) == before + 1
    assert not dialog.isVisible()


def test_undo_takes_the_whole_import_back(dialog: ImportDialog, read: Read, study: Study) -> None:
    read(FG1, FG2)
    dialog.import_now()
    undone = study.undo()
    assert undone is not None
    assert undone.label == "Import 2 transcripts"
    with study.read() as session:
        assert source_cards(session) == []
        assert groups(session) == []
        assert participants(session) == []


def test_the_message_names_what_came_in_and_offers_undo(dialog: ImportDialog, read: Read, desk, qtbot: QtBot) -> None:
    read(FG1)
    with qtbot.waitSignal(desk.said) as said:
        dialog.import_now()
    assert said.args == ["“FG1-mentees” came in.", True]


def test_a_label_that_is_not_a_speaker_leaves_its_line_to_the_turn_before(
    dialog: ImportDialog, read: Read, study: Study, tmp_path: Path
) -> None:
    read(_talk(tmp_path))
    dialog.sheet.labels.role_box("Sign").pick(NOT_A_SPEAKER)
    dialog.import_now()
    assert _spoken(study)[2] == ("Ayna", "Very good.\nSign: she smiled.")
    assert "Sign" not in [speaker for speaker, _ in _spoken(study)]


def test_a_refused_label_may_become_a_speaker_again(
    dialog: ImportDialog, read: Read, study: Study, tmp_path: Path
) -> None:
    read(_talk(tmp_path))
    dialog.sheet.labels.role_box("Sign").pick(NOT_A_SPEAKER)
    dialog.sheet.labels.role_box("Sign").pick(SpeakerKind.OTHER.value)
    dialog.import_now()
    assert [speaker for speaker, _ in _spoken(study)].count("Sign") == 2


def test_merged_labels_are_one_speaker_under_the_name_that_stays(
    dialog: ImportDialog, read: Read, study: Study, tmp_path: Path
) -> None:
    read(_talk(tmp_path))
    dialog.sheet.labels.choose("Aina", "Ayna")
    assert dialog.sheet.labels.merge.isEnabled()
    keep = [action for action in dialog.sheet.labels.merge_menu.actions() if action.text() == "Keep “Aina”"]
    keep[0].trigger()
    dialog.import_now()
    assert [speaker for speaker, _ in _spoken(study)] == ["Int", "Aina", "Aina", "Sign", "Aina", "Aina", "Sign"]
    with study.read() as session:
        assert [one.pseudonym for one in participants(session)] == ["Aina", "Sign"]


def test_a_typo_seen_once_is_merged_into_the_name_it_meant(
    dialog: ImportDialog, read: Read, study: Study, tmp_path: Path
) -> None:
    read(_talk(tmp_path, text="Int: So?\nAina: One.\nInt: And?\nAinna: Two.\nInt: Then?\nAina: Three.\n"))
    dialog.sheet.labels.more.setChecked(True)
    dialog.sheet.labels.choose("Aina", "Ainna")
    dialog.sheet.labels.mergeWanted.emit(["Aina", "Ainna"], "Aina")
    dialog.import_now()
    assert [(who, words) for who, words in _spoken(study) if who == "Aina"] == [
        ("Aina", "One."),
        ("Aina", "Two."),
        ("Aina", "Three."),
    ]


def test_renaming_a_label_renames_the_speaker_and_not_the_text(
    dialog: ImportDialog, read: Read, study: Study, tmp_path: Path
) -> None:
    read(_talk(tmp_path))
    table = dialog.sheet.labels.table
    place = next(row for row in range(table.rowCount()) if table.item(row, 0).text() == "Aina")
    table.item(place, 0).setText("Amina")
    dialog.import_now()
    assert ("Amina", "Good.") in _spoken(study)
    with study.read() as session:
        assert session.scalars(select(Source)).one().text.strip() == TALK.strip()


def test_the_moderator_is_found_by_name_and_can_be_named_by_hand(
    dialog: ImportDialog, read: Read, study: Study, tmp_path: Path
) -> None:
    read(_talk(tmp_path))
    assert dialog.sheet.labels.role_box("Int").value() == SpeakerKind.MODERATOR
    dialog.sheet.labels.role_box("Ayna").pick(SpeakerKind.MODERATOR.value)
    dialog.import_now()
    with study.read() as session:
        kinds = {one.label: one.kind for one in speakers_of(session, source_cards(session)[0].id)}
        people = [one.pseudonym for one in participants(session)]
    assert kinds["Int"] == kinds["Ayna"] == SpeakerKind.MODERATOR
    assert "Ayna" not in people


def test_the_group_of_the_head_is_preset_and_may_be_another(dialog: ImportDialog, read: Read, study: Study) -> None:
    read(FG1)
    assert dialog.sheet.group.currentText() == "FG1"
    dialog.sheet.group.setCurrentText("First meeting")
    dialog.import_now()
    with study.read() as session:
        assert [card.group for card in source_cards(session)] == ["First meeting"]
        assert [one.label for one in groups(session)] == ["First meeting"]


def test_somebody_of_another_group_is_suggested_and_never_preselected(
    study: Study, dialog: ImportDialog, read: Read
) -> None:
    def other(session: ChangeSession) -> str:
        group = ensure_group(session, "FG9")
        return add_participant(session, "Priya", group_id=group)

    priya = study.run(other)
    read(FG1)
    box = dialog.sheet.labels.person_box("Priya")
    assert box.currentText() == "New: Priya"
    assert "Priya of FG9?" in [box.itemText(place) for place in range(box.count())]
    dialog.import_now()
    with study.read() as session:
        assert sorted(one.group for one in participants(session) if one.pseudonym == "Priya") == ["FG1", "FG9"]
        assert next(one for one in participants(session) if one.id == priya).turns == 0


def test_a_suggestion_that_is_taken_makes_nobody_new(study: Study, dialog: ImportDialog, read: Read) -> None:
    def other(session: ChangeSession) -> str:
        return add_participant(session, "Priya", group_id=ensure_group(session, "FG9"))

    priya = study.run(other)
    read(FG1)
    dialog.sheet.labels.person_box("Priya").pick(priya)
    dialog.import_now()
    with study.read() as session:
        assert [(one.id, one.turns) for one in participants(session) if one.pseudonym == "Priya"] == [(priya, 12)]


def test_somebody_of_the_same_group_is_preselected(study: Study, dialog: ImportDialog, read: Read) -> None:
    def same(session: ChangeSession) -> str:
        return add_participant(session, "Priya", group_id=ensure_group(session, "FG1"))

    priya = study.run(same)
    read(FG1)
    assert dialog.sheet.labels.person_box("Priya").value() == priya


def test_a_broken_file_says_one_sentence_and_the_good_ones_come_in(
    dialog: ImportDialog, read: Read, study: Study, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(FG2.read_bytes()[:2000])
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    read(broken, FG1, empty, tmp_path / "gone.txt")
    stages = [entry.stage for entry in dialog.entries]
    assert stages == [Stage.REFUSED, Stage.READ, Stage.REFUSED, Stage.REFUSED]
    for entry in dialog.entries:
        if entry.stage == Stage.REFUSED:
            assert entry.path.name in entry.sentence
            assert "\n" not in entry.sentence
    dialog.import_now()
    with study.read() as session:
        assert [card.name for card in source_cards(session)] == ["FG1-mentees"]


def test_cancel_leaves_the_study_as_it_was_to_the_byte(
    dialog: ImportDialog, read: Read, study: Study, path: Path, qtbot: QtBot
) -> None:
    before = path.read_bytes()
    read(FG1, FG2)
    dialog.sheet.labels.role_box("Aina").pick(SpeakerKind.MODERATOR.value)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert path.read_bytes() == before


def test_cancel_while_reading_ends_the_child(dialog: ImportDialog, path: Path) -> None:
    before = path.read_bytes()
    dialog.add_files([FG1, FG2])
    assert dialog.reader.busy
    dialog.cancel.click()
    assert not dialog.reader.busy
    assert path.read_bytes() == before


def test_nothing_can_come_in_while_files_are_still_read(dialog: ImportDialog) -> None:
    dialog.add_files([FG1])
    assert not dialog.bring_in.isEnabled()
    assert dialog.progress.isVisible()


def test_a_file_already_in_the_study_is_not_ticked(dialog: ImportDialog, read: Read, study: Study) -> None:
    with study.read() as session:
        plan = plan_for(session, read_transcript(FG1))
    study.run(import_transcripts, [plan])
    read(FG1, FG2)
    assert [entry.ticked for entry in dialog.entries] == [False, True]
    assert dialog.entries[0].same_as == "Already in the study as “FG1-mentees”"
    assert dialog.bring_in.text() == "Import 1 transcript"


def test_the_same_bytes_twice_in_one_import_come_in_once(
    dialog: ImportDialog, read: Read, study: Study, tmp_path: Path
) -> None:
    copy = tmp_path / "copy of FG1.docx"
    copy.write_bytes(FG1.read_bytes())
    read(FG1, copy)
    assert [entry.ticked for entry in dialog.entries] == [True, False]


def test_ticking_decides_what_comes_in(dialog: ImportDialog, read: Read, study: Study) -> None:
    read(FG1, FG2)
    dialog.files.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.bring_in.text() == "Import 1 transcript"
    dialog.import_now()
    with study.read() as session:
        assert [card.name for card in source_cards(session)] == ["FG2-mentors"]


def test_the_original_file_is_kept_only_when_asked_for(dialog: ImportDialog, read: Read, study: Study) -> None:
    read(FG1, FG2)
    assert not dialog.sheet.keep.isChecked()
    dialog.sheet.keep.setChecked(True)
    dialog.import_now()
    with study.read() as session:
        kept = session.execute(select(Source.name, SourceOriginal.content).join(SourceOriginal)).all()
    assert [(name, content) for name, content in kept] == [("FG1-mentees", FG1.read_bytes())]


def test_why_a_label_was_not_taken_stands_beside_it(dialog: ImportDialog, read: Read, tmp_path: Path) -> None:
    read(_talk(tmp_path, text="Q1: Why?\nAina: So.\nBen: No.\nAina: Yes.\nBen: Well.\n"))
    table = dialog.sheet.labels.table
    rows = {table.item(row, 0).text(): table.item(row, 3).text() for row in range(table.rowCount())}
    assert rows == {"Aina": "", "Ben": "", "Q1": "Looks like a heading"}


def test_another_encoding_reads_the_file_anew_and_keeps_what_was_chosen(
    dialog: ImportDialog, read: Read, study: Study, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "café.txt"
    path.write_bytes("Int: Ça va?\nAna: Très bien, déjà été à la forêt.\nInt: Où?\nAna: Là-bas.\n".encode("mac-roman"))
    read(path)
    dialog.sheet.labels.role_box("Ana").pick(SpeakerKind.SEVERAL.value)
    assert dialog.sheet.encoding.currentText() == "Western, Mac Roman"
    for encoding, seen in (("cp850", "TrÅs bien"), ("mac_roman", "Très bien")):
        dialog.sheet.encoding.pick(encoding)
        qtbot.waitUntil(lambda seen=seen: seen in dialog.sheet.preview.toPlainText(), timeout=30_000)
    assert "Très bien" in dialog.sheet.preview.toPlainText()
    assert dialog.sheet.labels.role_box("Ana").value() == SpeakerKind.SEVERAL
    qtbot.waitUntil(lambda: not dialog.reader.busy, timeout=30_000)
    dialog.import_now()
    assert _spoken(study)[1] == ("Ana", "Très bien, déjà été à la forêt.")


def test_an_encoding_that_does_not_fit_is_said_and_the_text_stays(
    dialog: ImportDialog, read: Read, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "plain.txt"
    path.write_bytes("Int: Ça?\nAna: Là.\nInt: Où?\nAna: Là.\n".encode("windows-1252"))
    read(path)
    before = dialog.sheet.preview.toPlainText()
    dialog.sheet.encoding.pick("utf-8")
    qtbot.waitUntil(lambda: not dialog.reader.busy, timeout=30_000)
    assert "plain.txt" in dialog.sheet.doubts.text()
    assert dialog.sheet.preview.toPlainText() == before


def test_the_name_of_the_transcript_can_be_chosen(dialog: ImportDialog, read: Read, study: Study, qtbot: QtBot) -> None:
    read(FG1)
    dialog.sheet.name.selectAll()
    qtbot.keyClicks(dialog.sheet.name, "First year mentees")
    dialog.import_now()
    with study.read() as session:
        assert [card.name for card in source_cards(session)] == ["First year mentees"]


def test_dropped_files_take_the_same_way(dialog: ImportDialog, qtbot: QtBot) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(FG1)), QUrl("https://example.org/x.docx")])
    dialog.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
                                Qt.KeyboardModifier.NoModifier))  # fmt: skip
    assert [entry.path for entry in dialog.entries] == [FG1]
    qtbot.waitUntil(lambda: not dialog.reader.busy, timeout=30_000)
    assert dialog.entries[0].stage == Stage.READ


def test_an_astral_character_before_the_labels_does_not_shift_the_turns(
    dialog: ImportDialog, read: Read, study: Study, tmp_path: Path
) -> None:
    read(
        _talk(
            tmp_path,
            text="\ufeff😀 The day\r\n\r\nInt: 😀 Hello?\r\nAina: Yes 👍🏽 sure.\r\nInt: e\u0301h.\r\nAina: So.\r\n",
        )
    )
    dialog.import_now()
    assert _spoken(study) == [("Int", "😀 Hello?"), ("Aina", "Yes 👍🏽 sure."), ("Int", "e\u0301h."), ("Aina", "So.")]


def test_every_turn_that_was_shown_is_the_turn_that_comes_in(dialog: ImportDialog, read: Read, study: Study) -> None:
    read(FG1)
    shown = dialog.entries[0].choices.draft.turns
    dialog.import_now()
    with study.read() as session:
        stored = session.execute(select(Turn.label_start, Turn.label_end, Turn.start, Turn.end).order_by(Turn.start))
        assert [tuple(row) for row in stored] == [(t.label_start, t.label_end, t.start, t.end) for t in shown]


def test_space_and_a_click_on_the_box_tick(dialog: ImportDialog, read: Read, qtbot: QtBot) -> None:
    read(FG1, FG2)
    dialog.files.setFocus()
    dialog.files.setCurrentRow(1)
    qtbot.keyClick(dialog.files, Qt.Key.Key_Space)
    assert [entry.ticked for entry in dialog.entries] == [True, False]
    box = dialog.files.visualItemRect(dialog.files.item(0)).topLeft() + QPoint(24, 18)
    qtbot.mouseClick(dialog.files.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert [entry.ticked for entry in dialog.entries] == [False, False]
    assert not dialog.bring_in.isEnabled()


def test_enter_in_a_field_does_not_bring_everything_in(
    dialog: ImportDialog, read: Read, study: Study, qtbot: QtBot
) -> None:
    read(FG1)
    qtbot.keyClick(dialog.sheet.name, Qt.Key.Key_Return)
    assert dialog.isVisible()
    with study.read() as session:
        assert source_cards(session) == []


def test_labels_that_may_be_one_person_are_asked_about_and_never_merged_unasked(
    dialog: ImportDialog, read: Read, tmp_path: Path
) -> None:
    talk = "Christina: Yes.\nAina: Good.\nCristina: No.\nAina: I said so.\nChristina: Well.\nCristina: So.\n"
    read(_talk(tmp_path, text=talk))
    sheet = dialog.sheet
    assert sheet.same.isVisible()
    assert "Cristina" in sheet.same.question.text()
    assert {row.label for row in sheet.labels._rows if row.kind} >= {"Christina", "Cristina"}
    assert "may be one person" not in sheet.doubts.text()
    sheet.same.keep.click()
    assert not sheet.same.isVisible()
    assert {row.label for row in sheet.labels._rows if row.kind} >= {"Christina", "Cristina"}


def test_one_person_is_one_label_after_the_question(dialog: ImportDialog, read: Read, tmp_path: Path) -> None:
    talk = "Christina: Yes.\nAina: Good.\nCristina: No.\nAina: I said so.\nChristina: Well.\nCristina: So.\n"
    read(_talk(tmp_path, text=talk))
    dialog.sheet.same.merge.click()
    speakers = [row.label for row in dialog.sheet.labels._rows if row.kind]
    assert sorted(speakers) == ["Aina", "Christina"]


def test_turns_are_found_anew_by_another_way_of_marking_speakers(
    dialog: ImportDialog, read: Read, tmp_path: Path
) -> None:
    read(_talk(tmp_path, text="Aina\tGood: very.\nInt\tHow: so?\nAina\tWell: yes.\nInt\tAnd: then?\n"))
    sheet = dialog.sheet
    before = sheet.style_box.currentText()
    assert before.startswith("Found out: ")
    sheet.style_box.pick("name tab")
    assert {row.label for row in sheet.labels._rows if row.kind} == {"Aina", "Int"}
    sheet.style_box.pick("")
    assert sheet.style_box.currentText() == before


def test_each_speaker_has_a_ground_of_their_own_in_the_preview(
    dialog: ImportDialog, read: Read, tmp_path: Path
) -> None:
    read(_talk(tmp_path, text="Int: How?\nAina: Good.\nBea: Fine.\nAina: Yes.\nBea: No.\nInt: So.\n"))
    block, grounds = dialog.sheet.preview.document().begin(), []
    while block.isValid():
        grounds.append((block.text()[:4], block.blockFormat().background().color().name()))
        block = block.next()
    named = dict(grounds)
    assert named["Aina"] != named["Bea:"]
    assert [colour for name, colour in grounds if name == "Aina"] == [named["Aina"]] * 2


def test_a_table_of_participants_is_brought_in_from_here_and_labels_are_matched(
    dialog: ImportDialog, read: Read, study: Study
) -> None:
    read(FG1)
    assert dialog.sheet.labels.person_box("Aina").currentText() == "New: Aina"
    people = dialog.bring_in_people(resource("demo", "participants.csv"))
    people.bring_in.click()
    assert dialog.sheet.labels.person_box("Aina").currentText() == "Aina"
    dialog.import_now()
    with study.read() as session:
        assert len(participants(session)) == 23


def test_several_files_are_one_step_of_undo(dialog: ImportDialog, read: Read, study: Study, qtbot: QtBot) -> None:
    read(FG1, FG2)
    with qtbot.waitSignal(dialog.imported):
        dialog.bring_in.click()
    step = study.next_undo()
    assert step is not None and step.label == "Import 2 transcripts"
    study.undo()
    with study.read() as session:
        assert source_cards(session) == []


def test_cancelling_while_files_come_in_takes_back_those_that_are_in(
    dialog: ImportDialog, read: Read, study: Study, qtbot: QtBot
) -> None:
    read(FG1, FG2)
    stop = study.listen(lambda _: dialog.reject())
    with qtbot.assertNotEmitted(dialog.imported):
        dialog.import_now()
    stop()
    with study.read() as session:
        assert source_cards(session) == []
    assert dialog.isVisible() and dialog.bring_in.isEnabled()
    assert dialog.status.text() == "Cancelled. Nothing came in."


def test_many_files_are_told_to_the_workspaces_once_and_the_window_is_asked_between(
    dialog: ImportDialog, desk: Desk, read: Read, tmp_path: Path, qtbot: QtBot
) -> None:
    read(*[_talk(tmp_path, f"talk {number}.txt", f"{TALK}Aina: {number}.\n") for number in range(4)])
    told, asked = [], []
    desk.changed.connect(lambda notice: told.append(len(notice.rows["source"])))
    timer = QTimer()
    timer.timeout.connect(lambda: asked.append(dialog.status.text()))
    timer.start(0)
    with qtbot.waitSignal(dialog.imported):
        dialog.bring_in.click()
    assert told == [4]
    assert len(asked) >= 4


def test_the_whole_text_stands_in_the_preview_after_a_while(
    dialog: ImportDialog, read: Read, tmp_path: Path, qtbot: QtBot
) -> None:
    words = "".join(f"{'Aina' if number % 2 else 'Ben'}: {'word ' * 60}{number}.\n" for number in range(120))
    read(_talk(tmp_path, text=words))
    qtbot.waitUntil(lambda: dialog.sheet.preview.toPlainText() == words)


def test_roles_are_chosen_by_key_and_tab_goes_from_box_to_box_and_out_of_the_table(
    dialog: ImportDialog, read: Read, tmp_path: Path, qtbot: QtBot
) -> None:
    file = tmp_path / "talk.txt"
    file.write_text("Ana: One.\nBen: Two.\n" * 5, encoding="utf-8")
    read(file)
    dialog.activateWindow()
    labels = dialog.sheet.labels
    labels.table.setFocus()
    qtbot.keyClick(labels.table, Qt.Key.Key_Tab)
    assert dialog.focusWidget() is labels.role_box("Ana")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Down)
    assert labels.role_box("Ana").value() == SpeakerKind.MODERATOR
    assert dialog.focusWidget() is labels.role_box("Ana")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert dialog.focusWidget() is labels.role_box("Ben")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert dialog.focusWidget() is labels.person_box("Ben")
    qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
    assert not labels.table.isAncestorOf(dialog.focusWidget())
