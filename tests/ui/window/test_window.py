"""The window: start screen, refusals, reading only, palette, preferences, dialogs."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.models import Person, StudySheet
from app.operations.codes import create_code
from app.study import Study
from app.ui.settings import Settings
from app.ui.window import menus
from app.ui.window.about import AboutDialog
from app.ui.window.main_window import PLACES, MainWindow
from app.ui.window.palette import CommandPalette
from app.ui.window.preferences import PreferencesDialog
from app.ui.window.study_sheet import StudySheetDialog

MESSAGE = "startScreen.message"


def refusal(window: MainWindow) -> str:
    return window.findChild(type(window.start._message), MESSAGE).text()


def test_the_start_screen_comes_first_and_offers_four_ways(window: MainWindow) -> None:
    assert window.start.isVisible()
    names = {button.objectName() for button in window.start.findChildren(QPushButton)}
    assert {"startScreen.new", "startScreen.open", "startScreen.example"} <= names
    assert not window.rail.isVisible()
    assert not window.actions_["study.import"].isEnabled()


def _foreign(path: Path, demo: bytes) -> None:
    path.write_text("These are not the words you are looking for.")


def _truncated(path: Path, demo: bytes) -> None:
    path.write_bytes(demo[: len(demo) // 3])


def _newer(path: Path, demo: bytes) -> None:
    path.write_bytes(demo)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=999")
    connection.commit()
    connection.close()


def _empty(path: Path, demo: bytes) -> None:
    path.touch()


def _other_database(path: Path, demo: bytes) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE people (name)")
    connection.commit()
    connection.close()


@pytest.mark.parametrize("make", [_foreign, _truncated, _newer, _empty, _other_database])
def test_what_is_no_study_is_refused_in_one_sentence_and_untouched(
    window: MainWindow, tmp_path: Path, demo_bytes: bytes, make
) -> None:
    path = tmp_path / "odd one.reflexa"
    make(path, demo_bytes)
    before, beside = path.read_bytes(), sorted(tmp_path.iterdir())
    assert not window.open_study(path)
    assert path.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == beside
    sentence = refusal(window)
    assert "odd one.reflexa" in sentence
    assert "Traceback" not in sentence
    assert len(sentence) < 300
    assert window.start.isVisible()


def test_a_folder_and_a_missing_file_are_refused(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "folder.reflexa").mkdir()
    for name in ("folder.reflexa", "nowhere.reflexa"):
        assert not window.open_study(tmp_path / name)
        assert name in refusal(window)
    assert not (tmp_path / "nowhere.reflexa").exists()


def test_a_refused_file_leaves_the_open_study_open(demo_window: MainWindow, tmp_path: Path) -> None:
    _foreign(tmp_path / "odd.reflexa", b"")
    study = demo_window.desk.study
    assert not demo_window.open_study(tmp_path / "odd.reflexa")
    assert demo_window.desk.study is study
    assert "odd.reflexa" in demo_window.foot.sentence.text()
    demo_window.desk.run(create_code, "Still here")


def test_a_study_in_use_elsewhere_is_offered_for_reading(
    window: MainWindow, tmp_path: Path, demo_bytes: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "demo.reflexa"
    path.write_bytes(demo_bytes)
    asked: list[str] = []
    monkeypatch.setattr("app.ui.backups.opening.choose", lambda _w, sentence, _ways: asked.append(sentence) or 0)
    with Study.open(path, working_as="Noor"):
        assert window.open_study(path)
        assert window.desk.study.read_only
        assert len(asked) == 1
        assert "demo.reflexa" in asked[0]
        window.close_study()
        monkeypatch.setattr("app.ui.backups.opening.choose", lambda *_: None)
        assert not window.open_study(path)
        assert window.desk is None
    assert window.open_study(path)
    assert not window.desk.study.read_only


def test_opening_the_study_that_is_open_keeps_it_open(demo_window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.ui.backups.opening.choose", lambda *_: pytest.fail("asked"))
    study = demo_window.desk.study
    assert demo_window.open_study(study.path)
    assert demo_window.desk.study is study
    assert not study.read_only


def test_a_read_only_study_says_so_and_refuses_coding_with_a_sentence(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, demo_bytes: bytes
) -> None:
    path = tmp_path / "demo.reflexa"
    path.write_bytes(demo_bytes)
    assert window.open_study(path, read_only=True)
    assert window.foot.sentence.text() == "Open for reading only: nothing can be changed"
    assert not window.actions_["study.import"].isEnabled()
    code = window.workspaces["code"]
    refused = "This study is open for reading only, so nothing was changed."
    excerpt = next(iter(code.marks))
    code.show_excerpt(excerpt)
    code.show_code(code.marks[excerpt][0].code_id)
    code.panel.select(400, 440)
    for name in ("code.in_vivo", "code.take", "code.new", "code.aside", "code.split_turn"):
        window.foot.say("", False)
        window.actions_[name].trigger()
        assert window.foot.sentence.text() == refused, name
    for name in ("code.uncode", "code.delete_excerpt"):
        window.foot.say("", False)
        code.show_excerpt(excerpt)
        window.actions_[name].trigger()
        assert window.foot.sentence.text() == refused, name
    code.panel.select(400, 440)
    qtbot.keyClicks(code.panel.view, "x")
    qtbot.keyClick(code.coding.box.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.foot.sentence.text() == refused
    for place in ("themes", "outputs", "transcripts"):
        window.show_place(place).grab()
    window.close_study()
    assert path.read_bytes() == demo_bytes


def test_recent_studies_are_listed_newest_first_and_opened(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, settings: Settings
) -> None:
    for name in ("one", "two", "three & four"):
        assert window.new_study(tmp_path / f"{name}.reflexa")
        window.close_study()
    assert [path.stem for path in settings.recent()] == ["three & four", "two", "one"]
    (tmp_path / "two.reflexa").unlink()
    window.start.refresh()
    QApplication.processEvents()
    links = [button for button in window.start.findChildren(QPushButton) if button.property("look") == "link"]
    shown = [button.accessibleName() for button in links if not button.isHidden()]
    assert shown[-2:] == ["Open three & four", "Open one"]
    assert links[-2].text().replace("&&", "\0").count("&") == 0
    links[-1].click()
    assert window.desk.study.path.stem == "one"


def test_recent_studies_can_be_kept_out(window: MainWindow, tmp_path: Path, settings: Settings) -> None:
    settings.keep_recent = False
    assert window.new_study(tmp_path / "one.reflexa")
    assert settings.recent() == []


def test_a_new_study_never_goes_over_a_file_that_is_there(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "notes.reflexa"
    path.write_text("mine")
    assert not window.new_study(path)
    assert path.read_text() == "mine"
    assert "notes.reflexa" in refusal(window)


def test_the_example_is_built_and_opened_and_refused_over_a_file(window: MainWindow, tmp_path: Path) -> None:
    assert window.open_example(tmp_path / "example.reflexa")
    assert len(window.workspaces["code"].codes) == 35
    window.close_study()
    assert not window.open_example(tmp_path / "example.reflexa")
    assert "example.reflexa" in refusal(window)


def test_a_sentence_of_refusal_goes_when_a_study_opens(window: MainWindow, tmp_path: Path) -> None:
    window.open_study(tmp_path / "nowhere.reflexa")
    assert window.new_study(tmp_path / "one.reflexa")
    window.close_study()
    assert not window.start._message.isVisible()


# --- the palette ---------------------------------------------------------------------------------------------------


@pytest.fixture
def palette(qtbot: QtBot, demo_window: MainWindow) -> CommandPalette:
    for name in ("transcripts", "code", "themes", "outputs"):
        demo_window.show_place(name)
    made = CommandPalette(demo_window.actions_, demo_window)
    qtbot.addWidget(made)
    made.open_over(demo_window.top.search)
    return made


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("new theme", "New theme"),
        ("outputs", "Go to Outputs"),
        ("in vivo", "Code with its own words (in vivo)"),
        ("preferences", "Preferences …"),
        ("dark", "Switch between light and dark"),
        ("shortcts", "Shortcuts"),
    ],
)
def test_the_palette_finds_a_command(qtbot: QtBot, palette: CommandPalette, typed: str, found: str) -> None:
    qtbot.keyClicks(palette.field, typed)
    assert palette.list.item(0).text().startswith(found)


def test_the_palette_runs_what_is_chosen(qtbot: QtBot, demo_window: MainWindow, palette: CommandPalette) -> None:
    qtbot.keyClicks(palette.field, "go to themes")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert demo_window._current_name() == "themes"
    assert not palette.isVisible()


def test_the_palette_lists_everything_that_can_be_done_now(demo_window: MainWindow, palette: CommandPalette) -> None:
    palette._find("")  # workspaces are built while nobody waits: what is there now
    ready = [action for action in demo_window.actions_.all() if action.isEnabled()]
    assert palette.list.count() == len(ready) > 50


def test_the_palette_says_when_nothing_is_called_like_that(qtbot: QtBot, palette: CommandPalette) -> None:
    qtbot.keyClicks(palette.field, "qqqqqqxx")
    assert palette.list.item(0).text() == "No command is called like that."
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)


def test_a_command_of_a_workspace_goes_there_first(demo_window: MainWindow) -> None:
    demo_window.show_place("themes")
    demo_window.show_place("code")
    demo_window.actions_["themes.matrix"].trigger()
    assert demo_window._current_name() == "themes"


# --- preferences and dialogs ---------------------------------------------------------------------------------------


def test_preferences_take_over_with_ok(demo_window: MainWindow, settings: Settings) -> None:
    dialog = PreferencesDialog(demo_window)
    dialog.working_as.setText("  Noor   Aziz ")
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    dialog.points.setValue(20)
    dialog.accept()
    assert settings.working_as == "Noor Aziz"
    assert demo_window.tokens.dark
    assert demo_window.workspaces["code"].panel.view.setting.points == 20
    assert demo_window.desk.study.working_as == "Noor Aziz"
    with demo_window.desk.read() as session:
        assert session.scalar(select(Person.id).where(Person.name == "Noor Aziz"))


def test_preferences_change_nothing_with_cancel(demo_window: MainWindow, settings: Settings) -> None:
    dialog = PreferencesDialog(demo_window)
    dialog.working_as.setText("Somebody")
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    dialog.points.setValue(30)
    dialog.reject()
    assert (settings.working_as, settings.theme, settings.reading.points) == ("", "light", 12)
    assert not demo_window.tokens.dark


def test_the_study_sheet_commits_its_fields_as_changes(qtbot: QtBot, demo_window: MainWindow) -> None:
    dialog = StudySheetDialog(demo_window.desk, demo_window)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.title_field.setFocus()
    dialog.title_field.selectAll()
    qtbot.keyClicks(dialog.title_field, "Belonging & mentoring")
    dialog.fields["questions"].setFocus()
    dialog.template.setCurrentIndex(2)
    dialog.template.activated.emit(2)
    dialog.reject()
    assert demo_window.top.title.text() == "Belonging & mentoring"
    with demo_window.desk.read() as session:
        sheet = session.scalars(select(StudySheet)).one()
        assert (sheet.title, sheet.attribution_template) == ("Belonging & mentoring", "{pseudonym}")


def test_the_study_sheet_of_a_read_only_study_cannot_be_written_in(
    window: MainWindow, tmp_path: Path, demo_bytes: bytes
) -> None:
    path = tmp_path / "demo.reflexa"
    path.write_bytes(demo_bytes)
    window.open_study(path, read_only=True)
    dialog = StudySheetDialog(window.desk, window)
    assert not dialog.title_field.isEnabled()
    dialog.reject()


def test_about_names_the_licences(demo_window: MainWindow) -> None:
    about = AboutDialog(demo_window)
    words = about.findChild(QPlainTextEdit).toPlainText()
    assert "LGPL" in words
    assert "MIT" in words


def test_light_and_dark_are_switched_and_everything_is_drawn_anew(demo_window: MainWindow) -> None:
    light = demo_window.workspaces["code"].grab().toImage()
    menus._light_dark(demo_window)
    assert demo_window.tokens.dark
    dark = demo_window.workspaces["code"].grab().toImage()
    for spot in ((light.width() // 2, light.height() - 10), (20, light.height() // 2), (light.width() - 30, 20)):
        assert light.pixelColor(*spot).lightness() > 200
        assert dark.pixelColor(*spot).lightness() < 80


def test_an_unexpected_error_is_one_sentence_and_the_log_holds_no_values(
    demo_window: MainWindow, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.ui.start import _catch_everything

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    _catch_everything(demo_window)
    try:
        raise ValueError("Grace said: I never felt at home")
    except ValueError as error:
        with caplog.at_level(logging.ERROR):
            sys.excepthook(type(error), error, error.__traceback__)
    said = demo_window.foot.sentence.text()
    assert "What you did before is saved." in said
    assert "Grace" not in said + caplog.text
    assert "test_window.py" in caplog.text
    assert "ValueError" in caplog.text


def test_closing_remembers_the_workspace(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "one.reflexa"
    window.new_study(path)
    window.show_place("themes")
    window.close_study()
    window.open_study(path)
    assert window._current_name() == "themes"


def test_menus_without_a_study_hold_nothing_of_its_workspaces(demo_window: MainWindow) -> None:
    demo_window.show_place("themes")
    demo_window.close_study()
    shown = [action.text() for action in demo_window.menuBar().actions()]
    assert shown == ["File", "Edit", "View", "Help"]
    assert not any(action.objectName().startswith(("code.", "themes.")) for action in demo_window.actions_.all())


def test_menus_made_anew_leave_none_behind(demo_window: MainWindow) -> None:
    for name, _, _ in PLACES:
        demo_window.show_place(name)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    names = [menu.objectName() for menu in demo_window.menuBar().findChildren(QMenu)]
    assert sorted(names) == sorted(set(names))
    assert sum("/" not in name for name in names) == len(menus.MENUS)


def test_a_study_can_be_closed_and_opened_many_times(demo_window: MainWindow, tmp_path: Path) -> None:
    path = demo_window.desk.study.path
    shutil.copy(path, tmp_path / "other.reflexa")
    for again in (tmp_path / "other.reflexa", path, path):
        assert demo_window.open_study(again)
        assert demo_window.desk.study.path == again


def test_nothing_that_was_put_off_for_a_moment_reads_a_study_that_was_closed(
    demo_window: MainWindow, qtbot: QtBot
) -> None:
    places = [demo_window.show_place(name) for name in ("transcripts", "code", "compare", "themes", "map")]
    timers = [timer for place in places if place is not None for timer in place.findChildren(QTimer)]
    assert len(timers) > 10
    for timer in timers:
        timer.start(0)
    demo_window.close_study()
    assert not any(timer.isActive() for timer in timers)
    qtbot.wait(30)  # an exception in a timer would fail the test


def test_a_new_study_opens_where_its_next_step_is(window: MainWindow, tmp_path: Path) -> None:
    assert window.new_study(tmp_path / "new.reflexa", "Belonging")
    assert window.stack.currentWidget() is window.workspaces["transcripts"]
    first = window.workspaces["transcripts"].findChild(QPushButton, "transcripts.first")
    assert first.isVisible()
    assert window.focusWidget() is first
