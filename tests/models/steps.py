"""Every operation as a step of somebody at work at random: rows that are there, words and numbers chosen by chance."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.analysis.correcting import anchors
from app.analysis.reanchoring import Finding, reanchored
from app.analysis.rights.mentions import mentions
from app.errors import NotPossible
from app.importers.code_list import CodeEntry
from app.importers.lens_file import EntryDraft, LensDraft
from app.importers.participants import ParticipantRow, ParticipantTable
from app.importers.project import (
    CaseDraft,
    CodeDraft,
    CodingDraft,
    ProjectDraft,
    SelectionDraft,
    SourceDraft,
    UserDraft,
)
from app.models import (
    ApproachVersion,
    Base,
    BoardPile,
    Code,
    Coding,
    Excerpt,
    Group,
    JournalEntry,
    Lens,
    LensEntry,
    MapNote,
    MapVersion,
    Memo,
    Participant,
    PhaseVisit,
    ReviewCheck,
    ReviewComment,
    Source,
    Speaker,
    Theme,
    ThemeRelation,
    Turn,
)
from app.models.kinds import (
    Belongs,
    CodeOrigin,
    CodeRole,
    Consent,
    Direction,
    ParticipantStatus,
    Phase,
    RelationKind,
    ReviewLevel,
    ReviewStatus,
    SpeakerKind,
    ThemeStatus,
    Weight,
)
from app.models.splice import Splice, spliced
from app.operations import (
    approach,
    board,
    checklists,
    code_list,
    code_merging,
    codes,
    codings,
    correcting,
    decisions,
    excerpts,
    journal,
    lenses,
    mappings,
    maps,
    memos,
    people,
    phases,
    replacing,
    reviews,
    sources,
    studies,
    theme_merging,
    themes,
)
from app.operations.bringing_project import bring_project
from app.operations.exports import record_export
from app.operations.importing import import_transcripts, plan_for
from app.operations.rights.pseudonymising import Confirmed, pseudonymise
from app.study import ChangeSession
from tests.material import draft_of

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


def replace_by(session: ChangeSession, hand: Hand) -> None:
    """A file in the place of a transcript, in which every other line says something else, by somebody else."""
    source_id = hand.row(Source)
    source = session.get(Source, source_id)
    lines = source.text.split("\n")[:9] if source is not None else []
    names = ("Nur", "Aina", None)
    draft = draft_of(
        tuple(
            (names[(place + hand.b) % 3], f"{line[place % 2 * 7 :]} {hand.word}") for place, line in enumerate(lines)
        ),
        file_name=f"other {hand.a}.txt",
    )
    found = reanchored(source.text if source is not None else "", draft.text, anchors(session, source_id))
    placed = [replacing.Placed(one.anchor, None if one.finding == Finding.LOST else one.start, one.end)
              for one in found.found]  # fmt: skip
    replacing.replace_transcript(session, source_id, draft, found.splice, placed, keep_lost=bool(hand.c % 2))


def rename_somebody(session: ChangeSession, hand: Hand) -> None:
    """Pseudonyms in some of the places of a name."""
    found = mentions(session, [hand.one_of(("Nur", "Bilal", "Belonging", "Café"))])
    pseudonymise(session, [Confirmed(one, f"Zed {hand.a}") for one in found[hand.b % 3 :: 2]])


def come_from_elsewhere(session: ChangeSession, hand: Hand) -> None:
    """One of two projects of another program, which have keys in common."""
    text = "Nur: Somebody noticed 🙂.\nBilal: And then?\n"
    held = SelectionDraft("s", "t", 5, 13 + hand.a % 2, (CodingDraft("k", "c"), CodingDraft("l", "d")), memo="Why?")
    bring_project(
        session,
        ProjectDraft(
            "p.qdpx", "P", "elsewhere", (UserDraft("u", hand.word.strip() or "Ann"),),
            (CodeDraft("c", "Home"), CodeDraft("d", "Below", "c")), (SourceDraft("t", "FG9", text),), (held,),
            (CaseDraft("p", "Nur", sources=("t",)),),
        ),
    )  # fmt: skip


def some_of(session: ChangeSession, hand: Hand) -> list[str]:
    """One or two excerpts that a code holds."""
    held = select(Coding.excerpt_id).where(Coding.code_id == hand.row(Code)).order_by(Coding.excerpt_id)
    return list(session.scalars(held))[: 1 + hand.b % 2]


def parent_of(session: ChangeSession, entry_id: str) -> str:
    """The entry of a lens above another one."""
    entry = session.get(LensEntry, entry_id)
    return (entry.parent_id if entry is not None else None) or "gone"


BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
ON = tuple(journal.SUBJECTS.items())
COMMENTED = tuple(reviews.SUBJECTS.items())


Step = Callable[[ChangeSession, Hand], Any]

STEPS: tuple[Step, ...] = (
    bring_in,
    lambda s, h: codes.create_code(s, h.word, parent_id=h.one_of((None, h.row(Code)))),
    lambda s, h: codes.ensure_code(s, h.word),
    lambda s, h: codes.edit_code(s, h.row(Code), name=h.word),
    lambda s, h: codes.edit_code(s, h.row(Code), brief=h.word, colour="#00ff00", semantic_latent=h.b % 5,
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
    lambda s, h: replace_by(s, h),
    lambda s, h: rename_somebody(s, h),
    lambda s, h: come_from_elsewhere(s, h),
    lambda s, h: approach.state_approach(s, {h.one_of(("variant", "theory")): {"words": h.word}}, h.word),
    lambda s, h: approach.say_why_approach(s, h.row(ApproachVersion), h.word),
    lambda s, h: board.dissolve_pile(s, h.row(BoardPile),
                                     dict.fromkeys(board.cards_in(s, h.row(BoardPile)), (h.a, h.b))),
    lambda s, h: checklists.answer(s, "fifteen", "1", h.word),
    lambda s, h: code_list.bring_in_codes(s, "list", [CodeEntry((h.word, "Under it"), {"brief": h.word}, 1),
                                                      CodeEntry((h.word,), {}, 2)], h.one_of(CodeOrigin)),
    lambda s, h: code_merging.merge_codes(s, [h.row(Code), h.row(Code, h.c)], h.other(Code)),
    lambda s, h: code_merging.split_code(s, h.row(Code), some_of(s, h), h.word, keep_both=bool(h.c % 2)),
    lambda s, h: code_merging.split_code(s, h.row(Code), some_of(s, h), into_id=h.row(Code, h.c)),
    lambda s, h: decisions.bring_in(s, h.row(Theme), h.row(Source), h.b, h.b + h.c),
    lambda s, h: excerpts.set_interaction(s, h.row(Excerpt), h.word),
    lambda s, h: journal.write_entry(s, h.word, links=[(ON[h.b % 9][0], h.row(ON[h.b % 9][1][0]))]),
    lambda s, h: journal.edit_entry(s, h.row(JournalEntry), text=h.word, private=bool(h.b % 2), phase=h.one_of(Phase)),
    lambda s, h: journal.delete_entry(s, h.row(JournalEntry)),
    lambda s, h: journal.link_entry(s, h.row(JournalEntry), ON[h.b % 9][0], h.row(ON[h.b % 9][1][0], h.c)),
    lambda s, h: journal.unlink_entry(s, h.row(JournalEntry), ON[h.b % 9][0], h.row(ON[h.b % 9][1][0], h.c)),
    lambda s, h: journal.entry_from_memo(s, h.row(Memo)),
    lambda s, h: lenses.copy_lens(s, h.row(Lens), h.word),
    lambda s, h: lenses.edit_lens(s, h.row(Lens), name=h.word, citation=h.word),
    lambda s, h: lenses.delete_lens(s, h.row(Lens)),
    lambda s, h: lenses.add_entry(s, h.row(Lens), h.word, h.one_of((None, h.row(LensEntry)))),
    lambda s, h: lenses.edit_entry(s, h.row(LensEntry), name=h.word, definition=h.word),
    lambda s, h: lenses.move_entry(s, h.row(LensEntry), h.b % 5 - 2),
    lambda s, h: lenses.delete_entry(s, h.row(LensEntry)),
    lambda s, h: mappings.mark_indicator(s, h.row(Theme), parent_of(s, h.other(LensEntry)), h.other(LensEntry),
                                         bool(h.c % 2)),
    lambda s, h: mappings.bear_mapping(s, h.row(Theme), h.other(LensEntry), h.row(Excerpt), bool(h.c % 2)),
    lambda s, h: maps.place_themes(s, {h.row(Theme): h.one_of((None, (h.a, h.b)))}),
    lambda s, h: maps.size_themes(s, [h.row(Theme), h.other(Theme)], (h.c + 1) / 20),
    lambda s, h: maps.place_region(s, h.row(LensEntry), h.one_of((None, (h.a, h.b, h.c + 1, 7)))),
    lambda s, h: maps.relate(s, h.row(Theme), h.other(Theme), h.one_of(RelationKind), h.word),
    lambda s, h: maps.turn_relation_round(s, h.row(ThemeRelation)),
    lambda s, h: maps.unrelate(s, h.row(ThemeRelation)),
    lambda s, h: maps.write_note(s, h.word, h.a, h.b),
    lambda s, h: maps.edit_note(s, h.row(MapNote), text=h.word, place=(h.a, h.b)),
    lambda s, h: maps.keep_version(s, h.word),
    lambda s, h: maps.delete_version(s, h.row(MapVersion)),
    lambda s, h: memos.note_passage(s, h.row(Source), h.b, h.b + h.c, h.one_of(("", h.word))),
    lambda s, h: memos.write_field_note(s, "group", h.row(Group), h.word),
    lambda s, h: memos.write_field_note(s, "participant", h.row(Participant), h.word),
    lambda s, h: people.add_participant(s, h.word),
    lambda s, h: phases.visit_phase(s, h.one_of(Phase), h.word),
    lambda s, h: phases.leave_phase(s),
    lambda s, h: phases.add_visit(s, h.one_of(Phase), BEGAN, h.one_of((None, BEGAN + timedelta(days=h.c)))),
    lambda s, h: phases.correct_visit(s, h.row(PhaseVisit), phase=h.one_of(Phase),
                                      ended_at=h.one_of((None, phases.KEEP, BEGAN + timedelta(days=h.c)))),
    lambda s, h: phases.note_on_visit(s, h.row(PhaseVisit), h.word),
    lambda s, h: phases.delete_visit(s, h.row(PhaseVisit)),
    lambda s, h: reviews.comment(s, COMMENTED[h.b % 4][0], h.row(COMMENTED[h.b % 4][1][0]), h.word, author="Bea"),
    lambda s, h: reviews.reply(s, h.row(ReviewComment), h.word),
    lambda s, h: reviews.set_comment_status(s, h.row(ReviewComment), h.one_of(ReviewStatus)),
    lambda s, h: reviews.delete_comment(s, h.row(ReviewComment)),
    lambda s, h: reviews.record_check(s, h.row(Theme), h.one_of(ReviewLevel), h.word),
    lambda s, h: reviews.delete_check(s, h.row(ReviewCheck)),
    lambda s, h: sources.describe_source(s, h.row(Source), transcription=h.word, checked_on="2026-01-31"),
    lambda s, h: board.make_theme(s, held(h), h.word, parent_id=h.one_of((None, h.row(Theme)))),
)  # fmt: skip


def furnish(session: ChangeSession) -> None:
    """Things that some steps need and others make seldom."""
    one, other = (themes.create_theme(session, name) for name in ("This", "That"))
    maps.relate(session, one, other, RelationKind.TENSION)
    maps.write_note(session, "Here", 1, 2)
    maps.keep_version(session, "First")
    approach.state_approach(session, {"theory": {"words": "So far."}})
    phases.visit_phase(session, Phase.CODING)
    entry = journal.write_entry(session, "Thinking")
    for word, (kind, _) in ON:
        with suppress(NotPossible):
            journal.link_entry(session, entry, word, Hand(session, (0, 0, 0)).row(kind))
    reviews.comment(session, "theme", one, "Why?")
    reviews.record_check(session, one, ReviewLevel.WHOLE, "It holds.")
    memos.write_memo(session, "theme", one, "Mine")
