"""The study as it was at any moment: every row equals what was there then."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from app.analysis.overview import dump, history
from app.errors import NotPossible
from app.models.splice import spliced
from app.models.verbs import Verb
from app.operations.codes import create_code, edit_code
from app.operations.correcting import correct_transcript
from app.operations.exports import record_export
from app.study import Study
from tests.material import Talk, dumped
from tests.models.test_undo_property import WORK, quick, seeded, work

__all__ = ["seeded"]


def _last(study: Study) -> int:
    return int(study.connection.execute("SELECT max(seq) FROM change").fetchone()[0])


def _journal(study: Study) -> list[tuple[Any, ...]]:
    return study.connection.execute("SELECT * FROM change_row ORDER BY id").fetchall()


@settings(max_examples=7, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(steps=WORK)
def test_at_each_moment_all_rows_are_what_they_were_then(
    seeded: tuple[Path, bytes, dict[str, list[dict[str, Any]]]], steps: list[tuple[int, tuple[int, int, int]]]
) -> None:
    path, content, _ = seeded
    path.write_bytes(content)
    with quick(path) as study:
        kept = {_last(study): dumped(study)}
        for step in steps:
            work(study, [step])
            kept[_last(study)] = dumped(study)
        journal, now = _journal(study), dumped(study)
        for seq, rows in kept.items():
            with study.at(seq) as past:
                assert dumped(past) == rows
                assert past.connection.execute("PRAGMA foreign_key_check").fetchall() == []
                assert _journal(past) == journal[: len(_journal(past))]
                assert _last(past) == seq
        assert (_journal(study), dumped(study)) == (journal, now)


def test_corrections_of_a_text_and_what_left_are_taken_back_too(study: Study, talk: Talk) -> None:
    before, rows = _last(study), dumped(study)
    splice = spliced([(talk.text.index("Somebody"), "Somebody", "Someone")])
    study.run(correct_transcript, talk.source_id, splice)
    between, corrected = _last(study), dumped(study)
    study.run(record_export, kind="codebook", file_name="codes.docx", content_hash="a hash")
    study.undo()
    study.redo()
    with study.at(between) as past:
        assert dumped(past) == corrected
    with study.at(before) as past:
        assert dumped(past) == rows


def test_the_past_is_for_looking_only(study: Study) -> None:
    code = study.run(create_code, "Silence")
    then = _last(study)
    study.run(edit_code, code, name="Silence can be either")
    with study.at(then) as past:
        assert past.read_only
        with pytest.raises(NotPossible, match="reading only"):
            past.run(edit_code, code, name="Otherwise")
        with past.read() as session:
            assert [row["name"] for row in dump(session)["code"]] == ["Silence"]
            assert history(session)[-1]["seq"] == then
    with study.read() as session:
        assert [row["name"] for row in dump(session)["code"]] == ["Silence can be either"]


def test_behind_a_border_nothing_is_seen(study: Study) -> None:
    before = _last(study)
    with study.change("Bring the study up to date", Verb.MIGRATE) as session:
        create_code(session, "Came with it")
    border = study.earliest()
    assert border is not None and border.verb == Verb.MIGRATE
    with pytest.raises(NotPossible, match="up to date"):
        study.at(before)
    with study.at(border.seq) as past:
        assert dumped(past) == dumped(study)
