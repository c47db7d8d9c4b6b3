"""Everything about one person: what is theirs is in it, what others said is not."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
from sqlalchemy import select

from app.errors import ExportRefused
from app.exporters.options import ExportOptions, JournalChoice
from app.exporters.registry import export, kinds
from app.importers.participants import ParticipantRow, ParticipantTable
from app.models import Export, ExportVoice, Participant
from app.operations.codes import ensure_code
from app.operations.codings import code_passage
from app.operations.journal import write_entry
from app.operations.memos import write_memo
from app.operations.people import add_participants
from app.study import Study
from tests.material import Talk


@pytest.fixture
def nur(study: Study, talk: Talk) -> str:
    """Nur, with a coded passage that reaches into what Bilal says, a memo, a journal entry and an export."""
    with study.read() as session:
        key = session.scalars(select(Participant.id).where(Participant.pseudonym == "Nur")).one()
    text = talk.text
    start, end = text.index("where I belong"), text.index(" We kept")
    code = study.run(ensure_code, "Belonging")
    study.run(code_passage, talk.source_id, start, end, code)
    study.run(write_memo, "participant", key, "Spoke softly.")
    study.run(write_entry, "I like Nur.", links=[("participant", key)])
    return key


def test_it_holds_what_is_theirs_and_dots_for_the_rest(study: Study, nur: str, tmp_path: Path) -> None:
    path = tmp_path / "nur.json"
    export(study, "person", path, options=ExportOptions(participant=nur))
    held = json.loads(path.read_text(encoding="utf-8"))
    texts = [row["text"] for row in held["rows"]]
    assert "It felt like a place where I belong." in texts
    assert "where I belong. …" in texts
    assert {"Spoke softly.", "I like Nur.", "not recorded"} <= set(texts)
    assert [row["more"] for row in held["rows"] if row["text"] == "where I belong. …"] == ["Belonging"]
    assert "Same here" not in path.read_text(encoding="utf-8")


def test_a_private_entry_of_the_journal_is_in_it_only_where_it_was_chosen(
    study: Study, nur: str, tmp_path: Path
) -> None:
    private = study.run(write_entry, "Canary.", links=[("participant", nur)], private=True)
    path = tmp_path / "nur.json"
    export(study, "person", path, options=ExportOptions(participant=nur))
    assert "Canary" not in path.read_text(encoding="utf-8")
    assert "private" in json.loads(path.read_text(encoding="utf-8"))["statement"]
    chosen = JournalChoice(entry_ids=frozenset((private,)))
    export(study, "person", path, force=True, options=ExportOptions(participant=nur, journal=chosen))
    held = path.read_text(encoding="utf-8")
    assert "Canary" in held
    assert "I like Nur." in held


def test_it_can_be_read_in_word_and_is_in_the_register(study: Study, nur: str, tmp_path: Path) -> None:
    path = tmp_path / "nur.docx"
    export(study, "person", path, options=ExportOptions(participant=nur), to_whom="Nur")
    told = "\n".join(one.text for one in docx.Document(str(path)).paragraphs)
    assert "Somebody noticed when I was not there." in told
    assert "Same here" not in told
    with study.read() as session:
        assert session.scalars(select(Export.kind)).one() == "person"
        assert session.scalars(select(ExportVoice.participant_id)).one() == nur


def test_an_attribute_without_a_value_is_told_as_such(study: Study, nur: str, tmp_path: Path) -> None:
    study.run(add_participants, ParticipantTable("p.csv", (row_of("Nur", ("age", "30")),)))
    study.run(add_participants, ParticipantTable("p.csv", (row_of("Nur", ("age", "")),)))
    path = tmp_path / "nur.docx"
    export(study, "person", path, options=ExportOptions(participant=nur))
    assert "age\tNothing." in [one.text for one in docx.Document(str(path)).paragraphs]


def row_of(pseudonym: str, *attributes: tuple[str, str]) -> ParticipantRow:
    """A row of a table of people."""
    return ParticipantRow("", pseudonym, "", "FG1", None, "", "", attributes)


def test_without_a_person_there_is_nothing_to_write(study: Study, tmp_path: Path) -> None:
    with pytest.raises(ExportRefused, match="whose"):
        export(study, "person", tmp_path / "nobody.docx")
    assert "person" not in [kind.name for kind in kinds()]
