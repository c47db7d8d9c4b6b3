"""What can be asked of a study: figures, history, the dump, codings in order - and at what cost."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from app.analysis.codes import (
    all_codings,
    code_rows,
    codings_of_code,
    codings_of_excerpts,
    codings_of_source,
    excerpts_without_code,
    sign_of,
    spread_of_codes,
    who_coded,
)
from app.analysis.overview import dump, history, info
from app.analysis.themes import excerpts_of_theme, theme_rows
from app.analysis.transcripts import clock, source_cards
from app.models import Coding, Excerpt, SourceOriginal, seal
from app.models.migrations import SCHEMA
from app.models.verbs import Verb
from app.operations.codes import create_code, set_aside
from app.operations.codings import code_passage
from app.operations.excerpts import take_excerpt
from app.operations.mappings import map_theme
from app.operations.memos import write_memo
from app.operations.studies import work_as
from app.operations.themes import create_theme
from app.study import Study
from tests.material import Talk, bring_in, draft_of, rows_of


def test_the_figures_of_a_study(study: Study, talk: Talk) -> None:
    one, two = study.run(create_code, "One"), study.run(create_code, "Two")
    study.run(set_aside, two)
    study.run(code_passage, talk.source_id, *talk.span("belong"), one)
    study.run(take_excerpt, talk.source_id, *talk.span("noticed"))
    home = study.run(create_theme, "Home")
    study.run(create_theme, "Sub", parent_id=home)
    study.run(write_memo, "code", one, "words")
    study.run(map_theme, home, rows_of(study)["lens_entry"][0]["id"])
    with study.read() as session:
        figures = info(session)
    assert figures == {
        "title": "Belonging", "schema": SCHEMA, "transcripts": 1,
        "words": 33, "turns": 5, "participants": 2, "groups": 1,
        "codes": 2, "codes_set_aside": 1, "excerpts": 2, "codings": 1, "themes": 1, "subthemes": 1, "mappings": 1,
        "memos": 1, "journal_entries": 0, "changes": 11, "encrypted": False,
    }  # fmt: skip


def test_the_history_says_who_did_what_and_what_undid_it(study: Study) -> None:
    study.run(work_as, "Aisyah")
    study.working_as = "Aisyah"
    with study.change(reason="heard twice", at=datetime(2026, 1, 1, tzinfo=UTC)) as session:
        create_code(session, "One")
    study.undo()
    with study.read() as session:
        entries = history(session)
    assert [entry["verb"] for entry in entries] == ["create study", "work as", "create code", "undo"]
    assert [entry["rows"] for entry in entries] == [25, 1, 1, 1]
    assert entries[2] | {"seq": 0} == {
        "seq": 0, "at": "2026-01-01T00:00:00.000000Z", "actor": "Aisyah", "verb": "create code",
        "label": "Create code ‘One’", "reason": "heard twice", "undoes": None, "rows": 1,
    }  # fmt: skip
    assert entries[3]["undoes"] == entries[2]["seq"]
    assert json.loads(json.dumps(entries)) == entries


def test_the_dump_holds_every_column_of_every_table_and_is_json(study: Study) -> None:
    bring_in(study, draft_of(original=b"\x00\xff"), keep_original=True)
    with study.read() as session:
        whole = dump(session)
    assert json.loads(json.dumps(whole)) == whole
    tables = {name for (name,) in study.connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")}
    assert set(whole) == tables - {"sqlite_sequence", seal.TABLE}  # a sum over the file is no part of what is studied
    assert whole["source_original"][0]["content"] == "AP8="
    assert whole["source"][0]["text"].startswith("Nur: It felt")
    assert [row["id"] for row in whole["turn"]] == sorted(row["id"] for row in whole["turn"])
    assert set(whole) - set(rows_of(study)) == {"change", "change_row"}


def test_codings_come_in_the_order_of_the_text(study: Study, talk: Talk) -> None:
    one, two = study.run(create_code, "One"), study.run(create_code, "Two")
    other = bring_in(study, draft_of(file_name="A.txt"))
    for where, words, code_id in ((other, "belong", one), (talk, "pass it on", one), (talk, "belong", two),
                                  (talk, "where I belong", one), (talk, "where I belong.", two)):  # fmt: skip
        study.run(code_passage, where.source_id, *where.span(words), code_id)
    loose = study.run(take_excerpt, talk.source_id, *talk.span("Somebody"))
    with study.read() as session:
        said = [(talk.text[row.start : row.end], row.code_id) for row in codings_of_source(session, talk.source_id)]
        assert said == [("where I belong", one), ("where I belong", two), ("belong", two), ("Somebody", ""),
                        ("pass it on", one)]  # fmt: skip
        assert [row.source_id for row in codings_of_code(session, one)][-1] == other.source_id
        assert [row.excerpt_id for row in excerpts_without_code(session)] == [loose]
        everything = all_codings(session)
        assert len(everything) == 6
        some = frozenset({loose, everything[0].excerpt_id})
        assert {row.excerpt_id for row in codings_of_excerpts(session, some)} == some
        many = some | {f"gone {number}" for number in range(600)}
        assert {row.excerpt_id for row in codings_of_excerpts(session, many)} == some
        spread = spread_of_codes(session)[one]
        assert (spread.groups, spread.sources, spread.excerpts) == (1, 2, 3)


def test_who_coded_and_when_is_known(study: Study, talk: Talk) -> None:
    study.run(work_as, "Aisyah")
    study.working_as = "Aisyah"
    study.run(code_passage, talk.source_id, *talk.span("belong"), study.run(create_code, "One"))
    with study.read() as session:
        coding = all_codings(session)[0]
        assert who_coded(session, coding.coding_id) == ("Aisyah", coding.at)
        assert who_coded(session, "gone") == ("", None)


@pytest.mark.parametrize(
    ("name", "sign"),
    [("Being noticed", "Bn"), ("Belonging", "Be"), ("“Home”", "Ho"), ("x", "X"), ("…", "…"), ("归属 感", "归感"),
     ("🙂 smile", "🙂s"), ("être là", "Êl")],
)  # fmt: skip
def test_the_sign_of_a_code_is_two_letters(name: str, sign: str) -> None:
    assert sign_of(name) == sign


def test_a_time_is_shown_as_hours_minutes_seconds() -> None:
    assert [clock(time) for time in (None, 0, 62_999, 3_600_000 * 11 + 59_000)] == [
        "",
        "00:00:00",
        "00:01:02",
        "11:00:59",
    ]


def test_questions_cost_the_same_number_of_statements_however_much_is_coded(study: Study, talk: Talk) -> None:
    code_id = study.run(create_code, "One")
    home = study.run(create_theme, "Home", code_ids=[code_id])

    def statements() -> list[int]:
        counts = []
        for ask in (
            all_codings, code_rows, theme_rows, source_cards, spread_of_codes, info, excerpts_without_code,
            lambda s: codings_of_source(s, talk.source_id), lambda s: codings_of_code(s, code_id),
            lambda s: excerpts_of_theme(s, home),
        ):  # fmt: skip
            asked: list[str] = []
            with study.read() as session:
                study.connection.set_trace_callback(asked.append)
                ask(session)
                study.connection.set_trace_callback(None)
            counts.append(len(asked))
        return counts

    few = statements()
    now = datetime(2026, 1, 1, tzinfo=UTC)
    spans = [(start, end) for start in range(40) for end in range(start + 1, 80)]
    with study.change("Many", Verb.CODE) as session:
        session.execute(insert(Excerpt), [
            {"id": f"e{start}-{end}", "source_id": talk.source_id, "start": start, "end": end,
             "quote": talk.text[start:end], "created_at": now} for start, end in spans])  # fmt: skip
        session.execute(insert(Coding), [
            {"excerpt_id": f"e{start}-{end}", "code_id": code_id, "created_at": now} for start, end in spans
        ])  # fmt: skip
        for number in range(30):
            create_theme(session, f"Theme {number}", code_ids=[create_code(session, f"Code {number}")])
    assert statements() == few


def test_lists_never_load_a_text_or_the_bytes_of_a_file(study: Study) -> None:
    bring_in(study, draft_of(original=b"x" * 1000), keep_original=True)
    asked: list[str] = []
    with study.read() as session:
        study.connection.set_trace_callback(asked.append)
        source_cards(session)
        info(session)
        session.query(SourceOriginal).all()
        study.connection.set_trace_callback(None)
    assert not any("source.text" in statement and "text_hash" not in statement for statement in asked)
    assert not any("content" in statement for statement in asked)
