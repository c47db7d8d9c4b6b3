"""The study day by day: what was done, under the names that things had then, and nothing that was not done."""

from __future__ import annotations

import ast
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import app
from app.analysis.accounts.facts import Facts
from app.analysis.accounts.timeline import IMPERATIVES, days, decisions
from app.models.kinds import Phase, ReviewLevel, ThemeKind
from app.models.verbs import Verb
from app.operations.codes import create_code, edit_code, move_code, set_aside
from app.operations.codings import code_passage
from app.operations.journal import delete_entry, edit_entry, link_entry, write_entry
from app.operations.maps import keep_version
from app.operations.phases import add_visit, leave_phase, visit_phase
from app.operations.reviews import comment, record_check
from app.operations.themes import create_theme, edit_theme
from app.study import Study
from tests.material import Talk


def on(study: Study, number: int, operation, /, *args, reason: str | None = None, **kwargs):
    """One operation on a day of March 2026."""
    with study.change(at=datetime(2026, 3, number, 12, tzinfo=UTC), reason=reason) as session:
        return operation(session, *args, **kwargs)


def told(study: Study, number: int) -> list[str]:
    """What is told of a day of March 2026."""
    with study.read() as session:
        return [line for one in days(Facts(session)) if one.on == date(2026, 3, number) for line in one.lines]


def reasons(study: Study) -> list[str]:
    """Decisions with their reasons."""
    with study.read() as session:
        held = Facts(session)
        return [words for _, words in decisions(held, held.reasoned)]


def test_a_theme_is_spoken_of_by_the_name_it_had_on_that_day(study: Study) -> None:
    theme = on(study, 3, create_theme, "Benefits")
    on(study, 4, record_check, theme, ReviewLevel.EXCERPTS, "Three ideas in it.")
    on(study, 4, comment, "theme", theme, "Is it one idea?", author="Supervisor")
    on(study, 5, edit_theme, theme, name="Being noticed")
    on(study, 6, record_check, theme, ReviewLevel.EXCERPTS, "One idea now.")
    assert told(study, 4) == [
        "I reviewed “Benefits” against its excerpts: Three ideas in it.",
        "Supervisor commented on “Benefits”.",
    ]
    assert told(study, 6) == ["I reviewed “Being noticed” against its excerpts: One idea now."]


def test_themes_and_subthemes_are_made_apart_and_as_what_they_were_then(study: Study) -> None:
    home = on(study, 3, create_theme, "Home")
    on(study, 3, create_theme, "Near", parent_id=home)
    on(study, 3, create_theme, "Far", parent_id=home)
    on(study, 3, create_theme, "Over all", kind=ThemeKind.OVERARCHING)
    assert told(study, 3) == [
        "I made the theme “Home”.",
        "I made the subthemes “Near” and “Far”.",
        "I made the overarching theme “Over all”.",
    ]


def test_a_code_that_was_made_while_coding_is_told_as_made(study: Study, talk: Talk) -> None:
    with study.change("Code excerpt as new code ‘Held’", Verb.CODE, at=datetime(2026, 3, 3, 12, tzinfo=UTC)) as session:
        code_passage(session, talk.source_id, *talk.span("Somebody noticed"), create_code(session, "Held"))
    assert "I made the code “Held”." in told(study, 3)


def test_moving_and_colouring_is_no_work_on_wording(study: Study) -> None:
    above, code = on(study, 3, create_code, "Home"), on(study, 3, create_code, "Held")
    on(study, 4, move_code, code, above)
    on(study, 4, edit_code, code, colour="#0072B2")
    assert told(study, 4) == ["I put codes in another order or under each other."]
    on(study, 5, edit_code, code, brief="Being held by others")
    assert told(study, 5) == ["I worked on the wording of the code “Held”."]


def test_what_was_written_in_the_journal_on_a_day_is_one_sentence(study: Study) -> None:
    for hour, kind in enumerate(("hunch", "theory", "hunch", ""), start=9):
        on(study, 3, write_entry, "A thought.", kind=kind, at=datetime(2026, 3, 3, hour, tzinfo=UTC))
    on(study, 3, write_entry, "A feeling.", kind="canary", private=True)
    assert told(study, 3) == ["I wrote in the journal (hunch and theory)."]


def test_what_was_renamed_without_a_reason_is_told_in_one_sentence(study: Study) -> None:
    themes = [on(study, 3, create_theme, name) for name in ("Benefits", "Barriers")]
    for theme, name in zip(themes, ("Being noticed", "Waiting"), strict=True):
        on(study, 4, edit_theme, theme, name=name)
        on(study, 4, edit_theme, theme, concept=f"All about {name}")
    assert told(study, 4) == [
        "I renamed the theme “Benefits” to “Being noticed”; renamed the theme “Barriers” to “Waiting”.",
        "I worked on the wording of the themes “Being noticed” and “Waiting”.",
    ]


def test_the_end_of_the_last_phase_is_told_and_what_was_entered_later_says_so(study: Study) -> None:
    on(study, 3, visit_phase, Phase.CODING)
    on(study, 5, visit_phase, Phase.WRITING)
    on(study, 7, leave_phase)
    days_1_and_2 = (datetime(2026, 3, number, 12, tzinfo=UTC) for number in (1, 2))
    on(study, 8, add_visit, Phase.FAMILIARISING, *days_1_and_2, "Read all")
    assert told(study, 1) == ["I turned to familiarising myself with the dataset (entered later): Read all."]
    assert told(study, 5) == ["I turned to writing up."]
    assert told(study, 7) == ["I left writing up."]


def test_a_decision_on_anything_is_told_as_something_that_was_done(study: Study, talk: Talk) -> None:
    code = on(study, 3, create_code, "Held", reason="It is about being held")
    on(study, 3, code_passage, talk.source_id, *talk.span("Somebody noticed"), code, reason="She says so")
    on(study, 3, keep_version, "First", reason="For the meeting")
    on(study, 3, write_entry, "A thought.", reason="It would not let me go")
    assert reasons(study) == [
        "I made the code “Held”. Why: It is about being held.",
        "I coded an excerpt as “Held”. Why: She says so.",
        "I kept the map as version “First”. Why: For the meeting.",
        "I wrote in the journal. Why: It would not let me go.",
    ]


def test_why_a_private_entry_was_written_stays_as_private_as_the_entry(study: Study) -> None:
    code = on(study, 3, create_code, "Held")
    entry = on(study, 3, write_entry, "I am angry.", private=True, reason="canary one")
    on(study, 3, edit_entry, entry, text="I was angry.", reason="canary two")
    on(study, 3, link_entry, entry, "code", code, reason="canary three")
    gone = on(study, 3, write_entry, "Gone.", private=True, reason="canary four")
    on(study, 3, delete_entry, gone, reason="canary five")
    late = on(study, 3, write_entry, "Open at first.", reason="canary six")
    on(study, 3, edit_entry, late, private=True, reason="canary seven")
    on(study, 4, set_aside, code, "Too wide")
    assert not [line for line in reasons(study) if "canary" in line]


def _first_words(folder: Path) -> dict[str, str]:
    """{first word of a label: where} of everything that an operation announces with words of its own."""
    found: dict[str, str] = {}
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "announce" and len(node.args) == 2:
                label = node.args[1]
                first = label.values[0] if isinstance(label, ast.JoinedStr) else label
                if isinstance(first, ast.Constant) and " " in str(first.value):
                    found[str(first.value).partition(" ")[0]] = f"{path.name}:{node.lineno}"
    return found


STATES = {"A", "Interaction:", "Theme", "Working", "No"}
"""Labels that say how something stands now, and not what somebody did."""


def test_every_label_can_be_told_as_something_that_was_done() -> None:
    words = _first_words(Path(app.__file__).parent / "operations")
    assert len(words) > 20
    assert {word: where for word, where in words.items() if word not in IMPERATIVES and word not in STATES} == {}


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("Code excerpt as 3 codes", "I coded an excerpt as 3 codes"),
        ("Take 2 codes out of their themes", "I took 2 codes out of their themes"),
        ("Turn memo into journal entry", "I turned a memo into a journal entry"),
        ("Turn a relation round", "I turned a relation round"),
        ("Turn by ‘Nur’", "Turn by “Nur”"),
        ("Take link to theme off journal entry", "I took a link to a theme off a journal entry"),
        ("No longer see ‘Lasting relations’ in ‘Home’", "I no longer saw “Lasting relations” in “Home”"),
        ("Interaction: agrees", "I marked an interaction: agrees"),
        ("Create study", "I began the study"),
    ],
)
def test_labels_read_as_sentences(study: Study, label: str, said: str) -> None:
    with study.change(label, Verb.CLUSTER, reason="So it is") as session:
        create_code(session, "Held")
    assert reasons(study) == [f"{said}. Why: So it is."]
