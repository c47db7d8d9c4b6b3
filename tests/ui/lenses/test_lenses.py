"""Lenses in the window: chosen, brought in, changed, copied, written out, deleted."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QInputDialog, QMenu
from pytestqt.qtbot import QtBot

from app.analysis.themes import LensRow, lens_in_use, lens_rows, mapping_rows
from app.ui.lenses import dialog as dialog_module
from app.ui.lenses.dialog import LensDialog, what_goes
from app.ui.lenses.menu import LensMenu
from app.ui.themes.workspace import ThemesWorkspace
from app.ui.window.main_window import MainWindow


@pytest.fixture
def place(demo_window: MainWindow) -> ThemesWorkspace:
    """The matrix of the example."""
    shown = demo_window.show_place("themes")
    assert isinstance(shown, ThemesWorkspace)
    shown.show_view("matrix")
    return shown


@pytest.fixture
def menu(place: ThemesWorkspace) -> LensMenu:
    """The menu over the matrix."""
    return place._matrix.lens_menu


@pytest.fixture
def dialog(place: ThemesWorkspace, qtbot: QtBot) -> LensDialog:
    """The entries of the lens in use."""
    assert place.lens is not None
    made = LensDialog(place.desk, place.lens.id, place.window())
    qtbot.addWidget(made)
    made.show()
    return made


def rows(place: ThemesWorkspace) -> list[LensRow]:
    """The lenses of the study."""
    with place.desk.read() as session:
        return lens_rows(session)


def entries_of(menu: LensMenu) -> dict[str, object]:
    """{words: action} of the menu as it opens now."""
    shown = menu.menu()
    assert isinstance(shown, QMenu)
    menu.fill(shown)
    return {action.text(): action for action in shown.actions() if action.text()}


def test_a_shipped_lens_is_added_and_read_through_in_one_step_and_mappings_wait(
    place: ThemesWorkspace, menu: LensMenu
) -> None:
    before = place.lens
    assert before is not None
    mapped = len(place.mappings)
    entries_of(menu)["Add “Modes of belonging”"].trigger()  # type: ignore[attr-defined]
    assert place.lens is not None
    assert place.lens.name == "Modes of belonging"
    assert place.mappings == []
    assert "Add “Modes of belonging”" not in entries_of(menu)
    entries_of(menu)[before.name].trigger()  # type: ignore[attr-defined]
    assert place.lens == before
    assert len(place.mappings) == mapped
    place.desk.study.undo()
    place.desk.study.undo()
    assert len(rows(place)) == 1
    assert place.lens == before


def test_a_lens_comes_from_a_file_and_goes_to_one_and_a_bad_one_is_said(
    place: ThemesWorkspace, menu: LensMenu, tmp_path: Path
) -> None:
    said: list[str] = []
    place.desk.said.connect(lambda sentence, _: said.append(sentence))
    assert place.lens is not None
    path = tmp_path / "lens.json"
    menu.write(place.lens.id, path)
    text = path.read_text(encoding="utf-8")
    menu.take_file(path)
    assert "already a lens called" in said[-1]
    path.write_text(text.replace(place.lens.name, "Mine"), encoding="utf-8")
    menu.take_file(path)
    assert place.lens.name == "Mine"
    path.write_text('{"name": "x",\n"entries": [', encoding="utf-8")
    menu.take_file(path)
    assert "line 2" in said[-1]
    assert len(rows(place)) == 2


def test_a_copy_is_made_and_deleted_after_a_question_that_says_what_goes(
    place: ThemesWorkspace, menu: LensMenu, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Mine", True))
    entries_of(menu)["Copy it under another name …"].trigger()  # type: ignore[attr-defined]
    (_, copy) = rows(place)
    assert copy.name == "Mine"
    assert "Delete a lens" in entries_of(menu)
    menu.ask_delete(copy)
    assert "0 mappings" in place.confirm.sentence.text()
    place.confirm.yes.click()
    assert [row.name for row in rows(place)] == [place.lens.name if place.lens else ""]


def test_entries_are_described_moved_and_added_in_the_dialog(
    place: ThemesWorkspace, dialog: LensDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog.name.setFocus()
    dialog.name.setText("Doing together")
    dialog.move(1)  # what was typed belongs to the entry that moves
    dialog.name.commit_now()
    assert [entry.name for entry in rows(place)[0].entries] == [
        "Joint enterprise",
        "Doing together",
        "Shared repertoire",
    ]
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Gossip", True))
    dialog.add(beneath=True)
    lens = rows(place)[0]
    assert lens.indicators[lens.entries[1].id][-1].name == "Gossip"
    assert dialog.name.text() == "Gossip"
    assert not dialog.indicator.isEnabled()
    dialog.definition.setPlainText("what is told behind backs")
    dialog.close()
    assert rows(place)[0].indicators[lens.entries[1].id][-1].definition == "what is told behind backs"


def test_deleting_an_entry_says_what_goes_and_which_versions_keep_it(
    place: ThemesWorkspace, dialog: LensDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = rows(place)[0].entries[0]
    with place.desk.read() as session:
        used = lens_in_use(session)
        assert used is not None
        onto = [one for one in mapping_rows(session, used.id) if one.entry_id == entry.id]
    said = what_goes(place.desk, [entry.id])
    assert f"{len(onto)} mappings go with it" in said
    assert "Final map" in said
    asked: list[str] = []
    monkeypatch.setattr(dialog_module, "ask", lambda _, sentence, __: asked.append(sentence) is None)
    dialog.delete()
    assert said in asked[0]
    assert entry.id not in [one.id for one in rows(place)[0].entries]
    assert place.lens is not None
    place.desk.study.undo()
    assert entry.id in [one.id for one in rows(place)[0].entries]
    assert dialog.tree.topLevelItemCount() == 3
