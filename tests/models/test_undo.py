"""Undo and redo: every kind of row and value comes back exactly, in every order, across closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update

from app.errors import ReflexaError
from app.importers.lens_file import parse_lens
from app.models import ApproachVersion, Code, Group, SourceOriginal, Theme
from app.models.verbs import Verb
from app.operations.approach import state_approach
from app.operations.codes import create_code, delete_code, edit_code, ensure_code, move_code
from app.operations.codings import code_passage
from app.operations.decisions import decide
from app.operations.exports import record_export
from app.operations.lenses import add_lens, use_lens
from app.operations.mappings import map_theme, say_unexplained
from app.operations.memos import write_memo
from app.operations.people import edit_group
from app.operations.sources import delete_source
from app.operations.studies import work_as
from app.operations.themes import add_code, create_theme, delete_theme
from app.study import ChangeSession, Study
from tests.material import Talk, bring_in, draft_of, rows_of


def fill(study: Study, talk: Talk) -> dict[str, str]:
    """Something in every table that hangs on a source, a code or a theme."""
    made: dict[str, str] = {}
    with study.change("Fill", Verb.CODE) as session:
        made["code"] = ensure_code(session, "Belonging / Being noticed")
        made["other"] = create_code(session, "Passing it on")
        coded = code_passage(session, talk.source_id, *talk.span("belong"), made["code"])
        code_passage(session, talk.source_id, *talk.span("noticed when"), made["code"])
        code_passage(session, talk.source_id, *talk.span("pass it on"), made["other"])
        made["excerpt"] = coded.excerpt_id
        edit_code(session, made["other"], example_excerpt_id=coded.excerpt_id)
        made["theme"] = create_theme(session, "Home", code_ids=[made["code"], made["other"]])
        sub = create_theme(session, "Being missed", parent_id=made["theme"], code_ids=[made["code"]])
        decide(session, made["theme"], coded.excerpt_id, belongs="in", quoted_order=1, gloss="her word")
        decide(session, sub, coded.excerpt_id, runs_against=True)
        entry, lens = session.execute(text("SELECT id, lens_id FROM lens_entry LIMIT 1")).one()
        map_theme(session, made["theme"], entry, rationale="they do it together")
        say_unexplained(session, made["theme"], lens, "home")
        for subject, key in (("excerpt", made["excerpt"]), ("coding", coded.coding_id), ("code", made["code"]),
                             ("theme", made["theme"]), ("source", talk.source_id)):  # fmt: skip
            write_memo(session, subject, key, f"memo on {subject}")
    return made


def there_and_back(study: Study, do: Callable[[], Any]) -> None:
    """Do something; undo must bring back every row as it was, redo every row as it became, again and again."""
    before = rows_of(study)
    do()
    after = rows_of(study)
    assert after != before
    for _ in range(2):
        assert study.undo() is not None
        assert rows_of(study) == before
        assert study.redo() is not None
        assert rows_of(study) == after


def bare(study: Study, *statements: Any) -> Callable[[], None]:
    """These statements as one change."""

    def do() -> None:
        with study.change("Do it", Verb.EDIT_CODE) as session:
            for statement in statements:
                session.execute(statement)

    return do


def test_a_bulk_update(study: Study) -> None:
    for name in ("One", "Two", "Three"):
        study.run(create_code, name)
    there_and_back(study, bare(study, update(Code).values(brief="all alike", position=Code.position + 7)))


def test_a_bulk_delete_and_insert(study: Study, talk: Talk) -> None:
    fill(study, talk)
    now = datetime(2026, 1, 2, tzinfo=UTC)
    rows = [{"id": f"c{n}", "name": f"Code {n}", "colour": "#000000", "created_at": now} for n in range(50)]
    there_and_back(study, bare(study, delete(Code), insert(Code).values(rows)))


def test_a_source_deleted_with_everything(study: Study, path: Path) -> None:
    talk = bring_in(study, draft_of(original=bytes(range(256)) * 20), keep_original=True)
    fill(study, talk)
    there_and_back(study, lambda: study.run(delete_source, talk.source_id))
    study.undo()
    with study.read() as session:
        assert session.scalars(select(SourceOriginal.content)).one() == bytes(range(256)) * 20


def test_a_code_deleted_with_everything(study: Study, talk: Talk) -> None:
    made = fill(study, talk)
    there_and_back(study, lambda: study.run(delete_code, made["code"]))


def test_a_theme_deleted_with_its_subthemes(study: Study, talk: Talk) -> None:
    made = fill(study, talk)
    there_and_back(study, lambda: study.run(delete_theme, made["theme"]))
    assert rows_of(study)["theme"] == []


def test_a_tree_four_levels_deep_deleted_by_cascade(study: Study) -> None:
    with study.change("Theme", Verb.CREATE_THEME) as session:
        for depth in range(4):
            parent = f"t{depth - 1}" if depth else None
            session.add(Theme(id=f"t{depth}", name=f"T{depth}", parent_id=parent, created_at=session.at))
            session.flush()
    there_and_back(study, bare(study, text("DELETE FROM theme WHERE id = 't0'")))


def test_an_import(study: Study) -> None:
    there_and_back(study, lambda: bring_in(study, draft_of(original=b"\x00\xff"), keep_original=True))


def test_a_deferred_column(study: Study, talk: Talk) -> None:
    there_and_back(study, bare(study, text("UPDATE source SET text = text || 'Zusatz 🙂 ' || char(0x2028)")))


def test_names_that_must_be_unique_swapped_in_one_change(study: Study) -> None:
    one, two = study.run(create_code, "One"), study.run(create_code, "Two")

    def name(code_id: str, to: str) -> Any:
        return update(Code).where(Code.id == code_id).values(name=to)

    there_and_back(study, bare(study, name(one, "aside"), name(two, "One"), name(one, "Two")))


def test_a_parent_and_child_that_change_places(study: Study) -> None:
    child = study.run(ensure_code, "Above / Below")
    with study.read() as session:
        parent = session.get_one(Code, child).parent_id
    assert parent is not None

    def swap() -> None:
        with study.change("Swap", Verb.EDIT_CODE) as session:
            move_code(session, child, None)
            move_code(session, parent, child)

    there_and_back(study, swap)


def test_parents_made_after_their_children(study: Study) -> None:
    row = {"colour": "#000000", "created_at": datetime(2026, 1, 1, tzinfo=UTC)}
    rows = [{"id": "child", "name": "Child", "parent_id": "parent", **row},
            {"id": "parent", "name": "Parent", "parent_id": None, **row}]  # fmt: skip
    there_and_back(study, bare(study, text("PRAGMA defer_foreign_keys=ON"), insert(Code).values(rows)))


@pytest.mark.parametrize("number", [0.1, 1e300, -1e-300, -0.0, 0.1 + 0.2, 3.0, 2**60 + 0.0, float("inf")])
def test_a_real_number_to_the_last_bit(study: Study, number: float) -> None:
    with study.change("Theme", Verb.CREATE_THEME) as session:
        session.add(Theme(id="t", name="T", created_at=session.at, map_x=1.5))
    there_and_back(study, bare(study, update(Theme).values(map_x=number, map_y=number)))
    there_and_back(study, bare(study, update(Theme).values(map_x=None)))
    there_and_back(study, bare(study, delete(Theme)))
    assert study.undo()
    assert study.undo()
    (theme,) = rows_of(study)["theme"]
    assert (theme["map_x"], theme["map_y"]) == (number, number)


@pytest.mark.parametrize("content", [b"", b"\x00", bytes(range(256)), b"not utf-8: \xff\xfe"])
def test_bytes(study: Study, talk: Talk, content: bytes) -> None:
    study.run(lambda session: (session.announce(Verb.IMPORT, "Keep"), session.add(
        SourceOriginal(id="o", source_id=talk.source_id, content=b"before"))))  # fmt: skip
    there_and_back(study, bare(study, update(SourceOriginal).values(content=content)))
    there_and_back(study, bare(study, delete(SourceOriginal)))


def test_a_date_and_nothing_in_its_place(study: Study, talk: Talk) -> None:
    group_id = str(rows_of(study)["focus_group"][0]["id"])
    there_and_back(study, lambda: study.run(edit_group, group_id, held_on=date(2025, 12, 31)))
    there_and_back(study, lambda: study.run(edit_group, group_id, held_on=None))
    study.undo()
    with study.read() as session:
        assert session.scalars(select(Group.held_on)).one() == date(2025, 12, 31)


def test_a_structure_kept_as_json(study: Study) -> None:
    told = {"stance": {"choice": "“critical realist”", "words": "é 🙂\n\u2028 1e5"}}
    there_and_back(study, lambda: study.run(state_approach, told))
    with study.read() as session:
        assert session.scalars(select(ApproachVersion.statement)).one() == told


WORDS = ("it's", '"quoted"', "\\u0041 \\n", "\x01\x1f\x7f", "🙂 é \u200fقبول", '{"a": 1}', "1e5", "null")


@pytest.mark.parametrize("words", WORDS)
def test_text_of_every_kind(study: Study, words: str) -> None:
    code_id = study.run(create_code, "Belonging")
    there_and_back(study, bare(study, update(Code).values(brief=words)))
    there_and_back(study, lambda: study.run(delete_code, code_id))
    study.undo()
    assert rows_of(study)["code"][0]["brief"] == words


def test_a_lens_in_use(study: Study) -> None:
    lens_id = study.run(add_lens, parse_lens({"name": "Modes of belonging", "entries": [{"name": "Engagement"}]}))
    there_and_back(study, lambda: study.run(use_lens, lens_id))


# Which step is next ---------------------------------------------------------------------------------------------


def labels(study: Study) -> tuple[str | None, str | None]:
    """What undo and redo would take."""
    undo, redo = study.next_undo(), study.next_redo()
    return (None if undo is None or undo.is_border else undo.label), (redo.label if redo else None)


def code(study: Study, name: str) -> None:
    study.run(create_code, name)


def names(study: Study) -> set[str]:
    return {str(row["name"]) for row in rows_of(study)["code"]}


def test_undo_stops_at_the_creation_of_the_study(study: Study) -> None:
    before = rows_of(study)
    step = study.next_undo()
    assert step is not None
    assert step.is_border
    assert step.label == "Create study"
    assert study.undo() is None
    assert study.redo() is None
    assert rows_of(study) == before


def test_the_menu_names_what_comes_next(study: Study) -> None:
    code(study, "A")
    code(study, "B")
    assert labels(study) == ("Create code ‘B’", None)
    step = study.undo()
    assert step is not None
    assert step.label == "Create code ‘B’"
    assert labels(study) == ("Create code ‘A’", "Create code ‘B’")
    study.undo()
    assert labels(study) == (None, "Create code ‘A’")
    study.redo()
    assert labels(study) == ("Create code ‘A’", "Create code ‘B’")
    study.redo()
    assert labels(study) == ("Create code ‘B’", None)


def test_a_new_change_ends_the_redo_list_and_undo_goes_on_below_it(study: Study) -> None:
    code(study, "A")
    code(study, "B")
    study.undo()
    code(study, "C")
    assert labels(study) == ("Create code ‘C’", None)
    assert study.redo() is None
    study.undo()
    assert labels(study) == ("Create code ‘A’", "Create code ‘C’")
    study.undo()
    study.redo()
    study.redo()
    assert names(study) == {"A", "C"}


def test_a_change_that_failed_or_did_nothing_keeps_the_redo_list(study: Study) -> None:
    code(study, "A")
    code(study, "B")
    study.undo()
    with pytest.raises(ReflexaError):
        code(study, "a")
    with study.change() as session:
        ensure_code(session, "A")
    assert labels(study) == ("Create code ‘A’", "Create code ‘B’")


def export(study: Study, participant_ids: tuple[str, ...] = ()) -> None:
    study.run(record_export, kind="codebook", file_name="a.csv", content_hash="0", participant_ids=participant_ids)


def test_exports_and_names_are_passed_over_and_do_not_end_redo(study: Study) -> None:
    code(study, "A")
    study.run(work_as, "Aisyah")
    code(study, "B")
    export(study)
    assert labels(study)[0] == "Create code ‘B’"
    study.undo()
    export(study)
    study.run(work_as, "Bea")
    assert labels(study) == ("Create code ‘A’", "Create code ‘B’")
    study.undo()
    export(study)
    assert study.undo() is None
    assert names(study) == set()
    study.redo()
    export(study)
    study.redo()
    export(study)
    assert labels(study) == ("Create code ‘B’", None)
    assert names(study) == {"A", "B"}
    assert len(rows_of(study)["export"]) == 5
    assert len(rows_of(study)["person"]) == 2


def test_whose_words_left_survives_undoing_and_redoing_the_import(study: Study) -> None:
    bring_in(study)
    people = tuple(str(row["id"]) for row in rows_of(study)["participant"])
    export(study, people)
    after = rows_of(study)
    for _ in range(2):
        study.undo()
        assert rows_of(study)["participant"] == []
        assert len(rows_of(study)["export_voice"]) == 2
        study.redo()
        assert rows_of(study) == after


def test_undo_and_redo_go_on_after_reopening(path: Path, study: Study) -> None:
    code(study, "A")
    code(study, "B")
    study.undo()
    study.close()
    with Study.open(path) as again:
        assert labels(again) == ("Create code ‘A’", "Create code ‘B’")
        again.redo()
        assert names(again) == {"A", "B"}
    with Study.open(path) as again:
        again.undo()
        again.undo()
        assert names(again) == set()
        assert labels(again) == (None, "Create code ‘A’")


def test_a_redone_change_keeps_its_first_date(study: Study) -> None:
    moment = datetime(2026, 1, 2, 3, tzinfo=UTC)
    with study.change(at=moment) as session:
        create_code(session, "A")
    study.undo()
    study.redo()
    step = study.next_undo()
    assert step is not None
    assert step.at == moment


def test_long_alternations_stay_right_and_quick(study: Study) -> None:
    code(study, "A")
    code(study, "B")
    for _ in range(12):
        study.undo()
        study.undo()
        study.redo()
        assert labels(study) == ("Create code ‘A’", "Create code ‘B’")
        study.redo()
    assert names(study) == {"A", "B"}
    asked: list[str] = []
    study.connection.set_trace_callback(asked.append)
    study.next_undo()
    assert len(asked) < 6
    study.connection.set_trace_callback(None)
    study.undo()
    study.undo()
    assert study.undo() is None
    assert names(study) == set()


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM main.code",
        "UPDATE change_row SET before = '{\"nothing\": 1}'",
        "UPDATE change_row SET before = 'no json'",
        "UPDATE change_row SET before = NULL",
        "UPDATE change_row SET table_name = 'nothing'",
    ],
)
def test_a_journal_that_does_not_fit_is_one_sentence_and_nothing_is_written(study: Study, damage: str) -> None:
    code_id = study.run(create_code, "Belonging")
    study.run(edit_code, code_id, brief="said often")
    for trigger in ("inserted", "updated", "deleted"):
        study.connection.execute(f"DROP TRIGGER code_{trigger}")
    study.connection.execute(damage)
    before = rows_of(study)
    with pytest.raises(ReflexaError, match="cannot be taken back"):
        study.undo()
    assert rows_of(study) == before


def test_a_change_through_the_session_and_through_sql_is_one_step(study: Study) -> None:
    def both(session: ChangeSession) -> None:
        create_code(session, "A")
        session.execute(update(Code).values(brief="x"))
        theme = create_theme(session, "T")
        add_code(session, theme, session.scalars(select(Code.id)).one())

    there_and_back(study, lambda: study.run(both))


def test_typing_on_in_a_field_joins_the_change_before_it(study: Study) -> None:
    code_id = study.run(create_code, "Belonging")
    before = rows_of(study)
    heard: list[int] = []
    study.listen(lambda notice: heard.append(notice.seq))
    study.run(edit_code, code_id, brief="it")
    for words in ("it is", "it is home"):
        with study.change(continues=heard[-1]) as session:
            edit_code(session, code_id, brief=words)
    assert len(set(heard)) == 1
    after = rows_of(study)
    step = study.undo()
    assert step is not None
    assert step.label == "Describe code ‘Belonging’"
    assert rows_of(study) == before
    study.redo()
    assert rows_of(study) == after


def test_what_comes_after_something_else_joins_nothing(study: Study) -> None:
    code_id = study.run(create_code, "Belonging")
    study.run(edit_code, code_id, brief="it")
    first = study.next_undo()
    assert first is not None
    study.undo()
    with study.change(continues=first.seq) as session:
        edit_code(session, code_id, full="it is")
    step = study.next_undo()
    assert step is not None
    assert step.seq > first.seq
    study.undo()
    assert labels(study)[0] == "Create code ‘Belonging’"


def test_a_continued_change_that_raises_keeps_what_was_there(study: Study) -> None:
    code_id = study.run(create_code, "Belonging")
    study.run(edit_code, code_id, brief="it")
    step, before = study.next_undo(), rows_of(study)
    assert step is not None
    with pytest.raises(ReflexaError), study.change(continues=step.seq) as session:
        edit_code(session, code_id, brief="it is")
        edit_code(session, code_id, name="")
    assert rows_of(study) == before
    assert study.next_undo() == step
