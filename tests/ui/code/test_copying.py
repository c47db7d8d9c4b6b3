"""What is put on the clipboard leaves: a “no” holds there, and nobody is described who could be known by it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from app.models import Participant
from app.models.kinds import Consent, ParticipantStatus
from app.operations.codings import code_passage
from app.operations.people import edit_participant
from app.operations.studies import describe_study
from app.ui.compare.excerpts_page import ExcerptsPage
from tests.ui.code.conftest import Bench

BEFORE = "something of before"


def copied() -> str:
    """What is on the clipboard."""
    return QGuiApplication.clipboard().text()


def bilal(bench: Bench) -> str:
    """The id of Bilal."""
    with bench.desk.read() as session:
        return session.scalars(select(Participant.id).where(Participant.pseudonym == "Bilal")).one()


@pytest.mark.parametrize("keys", ["Ctrl+C", "command"])
@pytest.mark.parametrize("no", [{"consent_to_quote": Consent.NO}, {"status": ParticipantStatus.WITHDRAWN}])
def test_words_of_somebody_who_refused_or_withdrew_are_not_copied(
    bench: Bench, qtbot: QtBot, no: dict[str, object], keys: str
) -> None:
    bench.desk.run(edit_participant, bilal(bench), **no)
    QGuiApplication.clipboard().setText(BEFORE)
    bench.select("Same here")
    if keys == "command":
        bench.window.actions_["code.copy"].trigger()
    else:
        qtbot.keyClick(bench.code.panel.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied() == BEFORE
    bench.select("Somebody noticed")
    bench.window.actions_["code.copy"].trigger()
    assert "Somebody noticed" in copied()


def test_what_is_copied_is_described_as_in_any_output(bench: Bench) -> None:
    bench.desk.run(edit_participant, bilal(bench), role="Bursar")
    bench.select("Same here")
    bench.window.actions_["code.copy"].trigger()
    assert "Bursar" in copied()
    bench.desk.run(describe_study, smallest_group=3)
    bench.window.actions_["code.copy"].trigger()
    assert "Same here" in copied()
    assert "Bursar" not in copied()


def test_a_retrieved_excerpt_is_copied_by_the_same_rules_and_its_place_by_none(bench: Bench) -> None:
    """The words in their place are for reading: they name people as they are called."""
    bench.desk.run(code_passage, bench.code.script.id, *bench.span("Same here"), bench.id("Distance"))
    place = bench.window.show_place("compare")
    page = place.show_page("excerpts")
    assert isinstance(page, ExcerptsPage)
    page.ask_for([bench.id("Distance")])
    page.copy.click()
    assert "Same here" in copied()
    QGuiApplication.clipboard().setText(BEFORE)
    bench.desk.run(edit_participant, bilal(bench), consent_to_quote=Consent.NO)
    page.copy.click()
    assert copied() == BEFORE
    selectable = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    shown = [one for one in page.findChildren(QLabel) if "Same here" in one.text()]
    assert not any(one.textInteractionFlags() & selectable for one in shown)
