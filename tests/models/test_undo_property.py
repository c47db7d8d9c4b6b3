"""The promise of the change journal: whatever was done, undo all brings back the new study, redo all the work."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.errors import NotPossible
from app.importers.lens_file import EntryDraft, LensDraft
from app.importers.participants import ParticipantRow, ParticipantTable
from app.models import (
    Base,
    BoardPile,
    Code,
    Coding,
    Excerpt,
    Group,
    Lens,
    LensEntry,
    Participant,
    Source,
    Speaker,
    Theme,
    Turn,
)
from app.models.kinds import (
    Belongs,
    CodeOrigin,
    CodeRole,
    Consent,
    Direction,
    ParticipantStatus,
    SpeakerKind,
    ThemeStatus,
    Weight,
)
from app.models.splice import Splice, spliced
from app.operations import (
    board,
    codes,
    codings,
    correcting,
    decisions,
    excerpts,
    lenses,
    mappings,
    memos,
    people,
    sources,
    studies,
    theme_merging,
    themes,
)
from app.operations.exports import record_export
from app.operations.importing import import_transcripts, plan_for
from app.operations.studies import new_study
from app.study import ChangeSession, Study
from tests.material import draft_of, dumped, rows_of

WORDS = ("Belonging", "belonging", "Nur", "a / b", "🙂 é", "ميم", "FG1", "x" * 40, " ", "Café")
SUBJECTS = ("excerpt", "coding", "code", "theme", "source", "group", "participant")
SUBJECT_KINDS: tuple[type[Base], ...] = (Excerpt, Coding, Code, Theme, Source, Group, Participant)


class Hand:
    """What one step of the researcher has at hand: rows that are there, words, numbers - chosen by a few numbers."""

    def __init__(self, session: ChangeSession, numbers: tuple[int, int, int]) -> None:
        self.session = session
        self.a, self.b, self.c = numbers

    def row(self, kind: type[Base], number: int | None = None) -> str:
        """The key of some row, now and then of one that is not there."""
        keys = sorted(self.session.scalars(select(kind.__table__.c.id)))
        number = self.a if number is None else number
        return keys[number % len(keys)] if keys else "gone"

    def other(self, kind: type[Base]) -> str:
        """The key of perhaps another row."""
        return self.row(kind, self.b)

    @property
    def word(self) -> str:
        """Some word."""
        return WORDS[self.c % len(WORDS)]

    def one_of(self, things: Any) -> Any:
        """One of these."""
        listed = list(things)
        return listed[self.b % len(listed)]


def bring_in(session: ChangeSession, hand: Hand) -> None:
    """Import one of three files, some with their bytes."""
    draft = draft_of(file_name=f"file {hand.a % 3}.txt", before=hand.word + "\n", original=b"\x00\xff" * (hand.b % 3))
    plan = replace(plan_for(session, draft, group=hand.one_of(("FG1", "FG2", ""))), keep_original=True)
    import_transcripts(session, [plan])


def table_of(hand: Hand) -> ParticipantTable:
    """A table of two people."""
    rows = (
        ParticipantRow("P1", hand.word.strip() or "Nur", "Mentee", "FG1", True, "active", "", (("age", str(hand.a)),)),
        ParticipantRow("", "Bilal", "Mentor", hand.one_of(("FG1", "FG2")), None, "withdrawn"),
    )
    return ParticipantTable("people.csv", rows)


def correction(hand: Hand, source_id: str) -> Splice:
    """One, two or three places in the words of a transcript that give way to some word, or to nothing."""
    source = hand.session.get(Source, source_id)
    text = source.text if source is not None else ""
    edits, position = [], hand.a
    for number in range(1 + hand.b % 3):
        removed = text[position : position + (hand.c + number * 5) % 13]
        edits.append((position, removed, hand.one_of(("", "wé", hand.word.strip() + " 🙂"))))
        position += len(removed) + 1 + hand.b % 17
    return spliced(edits)


def held(hand: Hand) -> list[board.Held]:
    """A card that lies by itself, in a pile, or in a theme, or is only said to."""
    return [(hand.row(Code), hand.one_of(("", hand.row(BoardPile), hand.row(Theme))))]


Step = Callable[[ChangeSession, Hand], Any]

STEPS: tuple[Step, ...] = (
    bring_in,
    lambda s, h: codes.create_code(s, h.word, parent_id=h.one_of((None, h.row(Code)))),
    lambda s, h: codes.ensure_code(s, h.word),
    lambda s, h: codes.edit_code(s, h.row(Code), name=h.word),
    lambda s, h: codes.edit_code(s, h.row(Code), brief=h.word, colour="#00ff00", semantic_latent=h.b % 6,
                                 origin=h.one_of(CodeOrigin), example_excerpt_id=h.other(Excerpt)),
    lambda s, h: codes.move_code(s, h.row(Code), h.one_of((None, h.other(Code))), h.one_of((None, 0, 1))),
    lambda s, h: codes.set_aside(s, h.row(Code), h.word),
    lambda s, h: codes.bring_back(s, h.row(Code)),
    lambda s, h: codes.delete_code(s, h.row(Code)),
    lambda s, h: codings.code_passage(s, h.row(Source), h.b, h.b + h.c, h.other(Code), unsure=bool(h.a % 2)),
    lambda s, h: codings.code_passage(s, h.row(Source), h.b, h.b + h.c, h.other(Code)),
    lambda s, h: codings.code_excerpt(s, h.row(Excerpt), h.other(Code)),
    lambda s, h: codings.remove_code(s, h.row(Excerpt), h.other(Code)),
    lambda s, h: codings.mark_unsure(s, h.row(Coding), bool(h.b % 2)),
    lambda s, h: excerpts.take_excerpt(s, h.row(Source), h.b, h.b + h.c),
    lambda s, h: excerpts.move_ends(s, h.row(Excerpt), h.b, h.b + h.c),
    lambda s, h: excerpts.delete_excerpt(s, h.row(Excerpt)),
    lambda s, h: themes.create_theme(s, h.word, parent_id=h.one_of((None, h.row(Theme))), code_ids=[h.row(Code)]),
    lambda s, h: themes.edit_theme(s, h.row(Theme), name=h.word, status=h.one_of(ThemeStatus), concept=h.word),
    lambda s, h: themes.move_theme(s, h.row(Theme), h.one_of((None, h.other(Theme))), h.one_of((None, 0))),
    lambda s, h: themes.make_overarching(s, h.row(Theme), bool(h.b % 2)),
    lambda s, h: themes.delete_theme(s, h.row(Theme)),
    lambda s, h: themes.add_code(s, h.row(Theme), h.other(Code), h.one_of(CodeRole)),
    lambda s, h: themes.take_code_out(s, h.row(Theme), h.other(Code)),
    lambda s, h: themes.move_code_between(s, h.row(Code), h.row(Theme), h.other(Theme)),
    lambda s, h: themes.set_role(s, h.row(Theme), h.other(Code), h.one_of(CodeRole)),
    lambda s, h: decisions.decide(s, h.row(Theme), h.other(Excerpt), belongs=h.one_of(Belongs), quoted_order=h.c,
                               runs_against=bool(h.a % 2), edited_text=h.word),
    lambda s, h: mappings.map_theme(s, h.row(Theme), h.other(LensEntry), weight=h.one_of(Weight),
                                    direction=h.one_of(Direction), rationale=h.word),
    lambda s, h: mappings.unmap_theme(s, h.row(Theme), h.other(LensEntry)),
    lambda s, h: mappings.say_unexplained(s, h.row(Theme), h.other(Lens), h.word),
    lambda s, h: memos.write_memo(s, SUBJECTS[h.b % 7], h.row(SUBJECT_KINDS[h.b % 7]), h.word),
    lambda s, h: sources.rename_source(s, h.row(Source), h.word),
    lambda s, h: sources.regroup_source(s, h.row(Source), h.word),
    lambda s, h: sources.reorder_sources(s, [h.row(Source)]),
    lambda s, h: sources.delete_source(s, h.row(Source)),
    lambda s, h: sources.give_turn(s, h.row(Turn), h.word),
    lambda s, h: sources.split_turn(s, h.row(Turn), h.b),
    lambda s, h: sources.join_turn(s, h.row(Turn)),
    lambda s, h: correcting.correct_transcript(s, h.other(Source), correction(h, h.other(Source))),
    lambda s, h: correcting.correct_transcript(s, h.row(Source), correction(h, h.row(Source))),
    lambda s, h: people.ensure_group(s, h.word),
    lambda s, h: people.edit_group(s, h.row(Group), label=h.word, held_on=h.one_of((None, date(2026, 1, 31)))),
    lambda s, h: people.delete_group(s, h.row(Group)),
    lambda s, h: people.add_participants(s, table_of(h)),
    lambda s, h: people.edit_participant(s, h.row(Participant), consent_to_quote=h.one_of(Consent), pseudonym=h.word,
                                         status=h.one_of(ParticipantStatus), group_id=h.one_of((None, h.row(Group)))),
    lambda s, h: people.delete_participant(s, h.row(Participant)),
    lambda s, h: people.link_speaker(s, h.row(Speaker), h.one_of(SpeakerKind)),
    lambda s, h: people.link_speaker(s, h.row(Speaker), SpeakerKind.PARTICIPANT, h.other(Participant)),
    lambda s, h: studies.describe_study(s, title=h.word, retention_date="2030-01-01"),
    lambda s, h: lenses.add_lens(s, LensDraft(h.word, entries=(EntryDraft("One"), EntryDraft(h.word)))),
    lambda s, h: lenses.use_lens(s, h.row(Lens)),
    lambda s, h: studies.work_as(s, h.one_of(("Aisyah", "Bea")), h.word),
    lambda s, h: record_export(s, kind="codebook", file_name=h.word, content_hash="0",
                               participant_ids=[h.row(Participant)]),
    lambda s, h: board.lay_cards(s, held(h), {h.row(Code): (h.b, h.c)}, stays=bool(h.b % 2)),
    lambda s, h: board.make_pile(s, held(h), (h.b, h.c), title=h.word),
    lambda s, h: board.move_cards(s, held(h), h.one_of((h.other(BoardPile), h.other(Theme))), stays=bool(h.c % 2)),
    lambda s, h: board.take_off(s, held(h)),
    lambda s, h: board.join_piles(s, h.row(BoardPile), h.one_of((h.other(BoardPile), h.other(Theme)))),
    lambda s, h: board.name_pile(s, h.row(BoardPile), h.word),
    lambda s, h: board.place_piles(s, {h.row(Theme): (h.b, h.c), h.other(Theme): (0, 0)}),
    lambda s, h: board.make_theme(s, held(h), h.word, concept=h.one_of(("", h.word)), place=(h.a, h.b)),
    lambda s, h: board.tidy(s, {h.row(Theme): (0, 0), h.row(BoardPile): (1, 1)}, {h.row(Code): (h.a, h.b)}),
    lambda s, h: theme_merging.merge_themes(s, h.row(Theme), h.other(Theme)),
    lambda s, h: theme_merging.split_theme(s, h.row(Theme), [h.row(Code)], h.word),
    lambda s, h: decisions.bring_excerpt_in(s, h.row(Theme), h.other(Excerpt)),
    lambda s, h: decisions.take_excerpt_out(s, h.row(Theme), h.other(Excerpt)),
    lambda s, h: decisions.order_quotes(s, h.row(Theme), [h.row(Excerpt)]),
)  # fmt: skip

UNDO, REDO = len(STEPS), len(STEPS) + 1
NUMBER = st.integers(0, 60)
WORK = st.lists(st.tuples(st.integers(0, REDO), st.tuples(NUMBER, NUMBER, NUMBER)), max_size=30)
SEED = [(0, (0, 0, 0)), (2, (0, 0, 0)), (2, (0, 0, 3)), (9, (0, 8, 30)), (17, (0, 0, 0))]

KEPT = ("export", "export_voice", "person")
"""What happened stays: a document that left and a name that was said are passed over by undo."""


def quick(path: Path) -> Study:
    """The study, open; power cuts are not the question here, so nothing waits for the disk."""
    study = Study.open(path)
    study.connection.execute("PRAGMA synchronous=OFF")
    study.connection.execute("PRAGMA journal_mode=MEMORY")
    return study


def work(study: Study, steps: list[tuple[int, tuple[int, int, int]]]) -> None:
    """Do these steps; a step that does not apply is refused and leaves nothing."""
    for which, numbers in steps:
        if which == UNDO:
            study.undo()
        elif which == REDO:
            study.redo()
        else:
            with suppress(NotPossible), study.change() as session:
                STEPS[which](session, Hand(session, numbers))


def but_kept(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """The rows without what undo passes over."""
    return {table: found for table, found in rows.items() if table not in KEPT}


def assert_sound(study: Study) -> None:
    """Nothing points to nothing, and every quote is its text."""
    assert study.connection.execute("PRAGMA foreign_key_check").fetchall() == []
    for quote, start, end, text in study.connection.execute(
        'SELECT quote, start, "end", text FROM excerpt JOIN source ON source.id = source_id'
    ):
        assert quote == text[start:end]


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, dict[str, list[dict[str, Any]]]]:
    """A place to work in, a new study with a little work in it as bytes, and the rows it had when it was new."""
    folder = tmp_path_factory.mktemp("property")
    with new_study(folder / "seed.reflexa", "Belonging") as study:
        new = dumped(study)
        work(study, SEED)
        assert all(dumped(study)[table] for table in ("source", "code", "coding", "theme_code"))
    return folder / "work.reflexa", (folder / "seed.reflexa").read_bytes(), new


@settings(max_examples=16, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(steps=WORK)
def test_undo_all_brings_back_the_new_study_and_redo_all_the_work(
    seeded: tuple[Path, bytes, dict[str, list[dict[str, Any]]]], steps: list[tuple[int, tuple[int, int, int]]]
) -> None:
    path, content, new = seeded
    path.write_bytes(content)
    with quick(path) as study:
        work(study, steps)
        assert_sound(study)
        done = dumped(study)
        undone = 0
        while study.undo():
            undone += 1
        assert but_kept(dumped(study)) == but_kept(new)
    with quick(path) as study:
        for _ in range(undone):
            assert study.redo()
        assert dumped(study) == done
    with quick(path) as study:
        for _ in range(undone):
            assert study.undo()
        assert study.undo() is None
        assert but_kept(dumped(study)) == but_kept(new)
        for _ in range(undone):
            assert study.redo()
        assert dumped(study) == done
        assert_sound(study)


def test_every_step_of_the_property_can_do_something(seeded: tuple[Path, bytes, object]) -> None:
    """The property is worth nothing for a step that is always refused."""
    path, content, _ = seeded
    path.write_bytes(content)
    ready = [(0, (1, 1, 1)), (49, (0, 0, 5)), (10, (0, 20, 40)), (17, (0, 1, 9)), (6, (1, 0, 0)), (27, (0, 0, 0)),
             (35, (1, 0, 9)), (54, (0, 0, 5)), (22, (0, 1, 0)), (22, (0, 2, 0)), (64, (0, 0, 0))]  # fmt: skip
    idle = []
    with quick(path) as study:
        work(study, ready)
        for which in range(len(STEPS)):
            last = study.next_undo()
            rows = rows_of(study)
            for number in range(40):
                work(study, [(which, (number, number * 7 % 61, number * 3 % 61))])
                if rows_of(study) != rows:
                    break
            else:
                idle.append(which)
            if study.next_undo() != last:
                study.undo()
    assert idle == []
