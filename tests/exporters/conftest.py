"""A small study with everything an output must get right: consent refused, formulas, markup, nesting, themes."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import select

from app.analysis.themes import find_entry, lens_in_use
from app.models import Participant
from app.models.kinds import CodeOrigin, CodeRole, Consent, Direction, Weight
from app.operations.approach import state_approach
from app.operations.codes import create_code, edit_code, set_aside
from app.operations.codings import code_passage
from app.operations.excerpts import take_excerpt
from app.operations.mappings import map_theme, say_unexplained
from app.operations.people import edit_participant
from app.operations.studies import describe_study, new_study
from app.operations.themes import add_code, create_theme, edit_theme
from app.study import Study
from tests.material import Talk, bring_in, draft_of


@pytest.fixture(autouse=True)
def _application(qapp: object) -> None:
    """Figures are painted with the application there is; windows of other tests want theirs to be the first."""


LINES = (
    ("Nur", "It felt like a place where I belong."),
    ("Bilal", "Nobody must read these forbidden words of mine."),
    ("Moderator", "Can you say more?"),
    ("Aisyah", "=cmd|'/C calc'!A0 is what I typed <script>alert(1)</script>"),
    ("Nur", "And then you pass it on."),
    ("Aisyah", "We never met, not once."),
)
REFUSED = "forbidden words"
MARKUP = "<img src=x onerror=alert(1)>"
FORMULA = "=cmd|'/C calc'!A0"


@dataclass(frozen=True)
class Book:
    """A coded study: its transcript, and the ids of codes and themes by name."""

    study: Study
    talk: Talk
    codes: dict[str, str]
    themes: dict[str, str]
    people: dict[str, str]

    def code(self, words: str, code: str, *, unsure: bool = False) -> str:
        """Code the stretch with these words; returns the excerpt's id."""
        start, end = self.talk.span(words)
        coded = self.study.run(code_passage, self.talk.source_id, start, end, self.codes[code], unsure=unsure)
        return coded.excerpt_id


@pytest.fixture(scope="session")
def book_on_disk(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The study, made once: every change waits for the disk. It is closed; each test opens a copy of its own."""
    path = tmp_path_factory.mktemp("book") / "belonging.reflexa"
    with new_study(path, "Belonging", smallest_group=1) as study:
        return _made(study)


@pytest.fixture
def book(book_on_disk: Book, tmp_path: Path) -> Iterator[Book]:
    """The study of this test."""
    path = tmp_path / "belonging.reflexa"
    shutil.copy(book_on_disk.study.path, path)
    with Study.open(path) as study:
        yield replace(book_on_disk, study=study)


def _made(study: Study) -> Book:
    talk = bring_in(study, draft_of(LINES))
    made = Book(study, talk, {}, {}, _people(study))
    study.run(describe_study, questions="How does one come to belong?")
    study.run(state_approach, {"variant": {"choice": "reflexive", "words": ""}})
    for name, parent in (("Belonging", None), (MARKUP, "Belonging"), (FORMULA, None), ("Refused", None), ("Old", None)):
        parent_id = made.codes[parent] if parent else None
        made.codes[name] = study.run(create_code, name, parent_id=parent_id, origin=CodeOrigin.INDUCTIVE)
    chosen = made.code("And then you pass it on.", "Belonging")
    made.code("It felt like a place where I belong.", "Belonging")
    made.code(LINES[3][1], FORMULA)
    made.code(LINES[5][1], MARKUP)
    made.code(LINES[1][1], "Refused")
    study.run(
        edit_code,
        made.codes["Belonging"],
        brief="Being one of us.",
        when_not_to_use="Friendliness.",
        semantic_latent=3,
        example_excerpt_id=chosen,
    )
    study.run(set_aside, made.codes["Old"], "It said nothing of its own.")
    study.run(take_excerpt, talk.source_id, *talk.span("Can you say more?"))
    _themes(made)
    return made


def _people(study: Study) -> dict[str, str]:
    with study.read() as session:
        people = dict(session.execute(select(Participant.pseudonym, Participant.id)).all())
    study.run(edit_participant, people["Nur"], role="Mentee", consent_to_quote=Consent.YES)
    study.run(edit_participant, people["Bilal"], role="Mentee", consent_to_quote=Consent.NO)
    study.run(edit_participant, people["Aisyah"], role="Mentor")
    return people


def _themes(made: Book) -> None:
    study, codes, themes = made.study, made.codes, made.themes
    themes["Noticed"] = study.run(create_theme, "Noticed", code_ids=[codes["Belonging"], codes["Refused"]])
    themes["By name"] = study.run(create_theme, "By name", parent_id=themes["Noticed"], code_ids=[codes["Belonging"]])
    study.run(add_code, themes["By name"], codes[MARKUP], CodeRole.CONTRAST)
    study.run(edit_theme, themes["Noticed"], concept="One belongs when one's absence is noticed.")
    with study.read() as session:
        entry, lens = find_entry(session, "Mutual engagement"), lens_in_use(session)
    assert entry is not None
    assert lens is not None
    study.run(
        map_theme,
        themes["Noticed"],
        entry,
        weight=Weight.CENTRAL,
        direction=Direction.FAILING,
        rationale="It is missed when it is not there.",
    )
    study.run(say_unexplained, themes["Noticed"], lens.id, "Why it hurts.")


@pytest.fixture
def all_bytes() -> Callable[[Path], bytes]:
    """Everything a file holds, unpacked if it is packed."""

    def read(path: Path) -> bytes:
        if not zipfile.is_zipfile(path):
            return path.read_bytes()
        with zipfile.ZipFile(path) as packed:
            return b"\n".join(packed.read(name) for name in packed.namelist())

    return read
