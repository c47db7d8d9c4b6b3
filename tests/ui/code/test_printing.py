"""Saving the transcript as PDF: pages, codings beside the words, the register, refusals."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtGui import QPdfWriter, QTextTable
from PySide6.QtWidgets import QFileDialog
from sqlalchemy import select

from app.errors import ExportRefused
from app.exporters.painted.transcript import document_of
from app.exporters.transcript_pdf import pages_of, save_transcript
from app.models import Participant
from app.models.kinds import Consent, ParticipantStatus
from app.operations.codings import code_passage
from app.operations.excerpts import set_interaction
from app.operations.people import edit_participant
from app.ui.code.printing import print_to
from tests.ui.code.conftest import Bench

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def registered(bench: Bench) -> list[tuple[str, str]]:
    """What has left the study."""
    return bench.desk.study.connection.execute("SELECT kind, file_name FROM export").fetchall()


def test_the_transcript_is_saved_from_the_menu_and_registered(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.desk.run(code_passage, bench.code.script.id, *bench.span("Same here"), bench.id("Distance"))
    path = tmp_path / "talk"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    bench.window.actions_["code.save_pdf"].trigger()
    content = path.with_suffix(".pdf").read_bytes()
    assert content.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) >= 1
    assert registered(bench) == [("transcript", "talk.pdf")]
    bench.window.actions_["code.save_pdf_plain"].trigger()
    assert len(registered(bench)) == 2


def test_codings_stand_beside_their_turn_and_the_page_says_it_is_confidential(bench: Bench) -> None:
    bench.desk.run(code_passage, bench.code.script.id, *bench.span("Same here"), bench.id("Distance"), unsure=True)
    with bench.desk.read() as session:
        pages = pages_of(session, bench.code.script.id, NOW, codes=True)
        plain = pages_of(session, bench.code.script.id, NOW, codes=False)
    document = document_of(pages, 600)
    table = next(frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable))
    assert table.rows() == len(bench.code.script.turns)
    cells = [(table.cellAt(n, 0), table.cellAt(n, 1)) for n in range(table.rows())]
    said = [words(document, right) for left, right in cells if "Same here" in words(document, left)]
    assert said == ["▌ Distance ?"]
    assert "Working copy" in document.toPlainText()
    assert document_of(plain, 600).toPlainText().count("Distance") == 0


def words(document: object, cell: object) -> str:
    """The words of a cell."""
    cursor = cell.firstCursorPosition()  # type: ignore[attr-defined]
    cursor.setPosition(cell.lastCursorPosition().position(), cursor.MoveMode.KeepAnchor)  # type: ignore[attr-defined]
    return cursor.selectedText()


def test_what_cannot_be_written_is_refused_and_nothing_registered(bench: Bench, tmp_path: Path) -> None:
    for path in (tmp_path / "a.docx", tmp_path / "nowhere" / "a.pdf"):
        with pytest.raises(ExportRefused):
            save_transcript(bench.desk.study, bench.code.script.id, path, NOW, codes=True)
    with pytest.raises(ExportRefused):
        save_transcript(bench.desk.study, "gone", tmp_path / "a.pdf", NOW, codes=True)
    assert registered(bench) == []


def test_a_printer_gets_the_pages_and_the_register_knows(bench: Bench, tmp_path: Path) -> None:
    device = QPdfWriter(str(tmp_path / "printed.pdf"))
    assert print_to(bench.code, device, "Office", codes=False)
    del device
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
    assert registered(bench) == [("transcript", "Office")]
    assert bench.said[-1] == "Sent to “Office”."


@pytest.mark.parametrize("refused", [{"consent_to_quote": Consent.NO}, {"consent_to_share": Consent.NO},
                                     {"status": ParticipantStatus.WITHDRAWN}])  # fmt: skip
def test_who_refused_or_withdrew_is_dots_on_paper_and_that_is_said(
    bench: Bench, tmp_path: Path, refused: dict[str, object]
) -> None:
    with bench.desk.read() as session:
        bilal = session.scalars(select(Participant.id).where(Participant.pseudonym == "Bilal")).one()
    bench.desk.run(edit_participant, bilal, **refused)
    with bench.desk.read() as session:
        shown = document_of(pages_of(session, bench.code.script.id, NOW, codes=True), 600).toPlainText()
    assert "Somebody noticed" in shown
    assert "Same here" not in shown
    assert print_to(bench.code, QPdfWriter(str(tmp_path / "printed.pdf")), "Office", codes=False)
    assert "The words of 1 person" in bench.said[-1]
    assert "dots" in bench.said[-1]
    (voices,) = bench.desk.study.connection.execute("SELECT group_concat(participant_id) FROM export_voice").fetchone()
    assert bilal not in voices


def test_a_printer_that_takes_nothing_leaves_no_trace(bench: Bench, tmp_path: Path) -> None:
    device = QPdfWriter(str(tmp_path / "nowhere" / "printed.pdf"))
    assert not print_to(bench.code, device, "Office", codes=True)
    assert registered(bench) == []


def test_an_interaction_says_its_kind_and_goes_on_in_each_turn(bench: Bench) -> None:
    start, end = bench.span("Same here")[0], bench.span("Somebody noticed")[1]
    coded = bench.desk.run(code_passage, bench.code.script.id, start, end, bench.id("Distance"))
    bench.desk.run(set_interaction, coded.excerpt_id, "builds on")
    with bench.desk.read() as session:
        pages = pages_of(session, bench.code.script.id, NOW, codes=True)
    document = document_of(pages, 600)
    table = next(frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable))
    said = [words(document, table.cellAt(n, 1)) for n in range(table.rows())]
    named = [one for one in said if one]
    assert named[0] == "▌ Distance · builds on"
    assert set(named[1:]) == {"▌ Distance · builds on (goes on)"}
    assert len(named) == sum(turn.start < end and turn.end > start for turn in pages.script.turns)
