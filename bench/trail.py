"""The audit trail over 100,000 changes, and the study at an earlier moment with 20,000 codings taken back.

Budgets are in milliseconds and stand in the name of the action; the floor is the bare query, or the bare copy.
"""

from __future__ import annotations

import random
import shutil

from app.analysis.trail.classes import Halpern
from app.analysis.trail.listing import Wanted, entries, found
from app.analysis.trail.subjects import subjects
from app.models.verbs import Verb
from app.operations.codes import create_code
from app.operations.codings import code_passage
from app.study import Study
from bench.corpus import BUILD, big_study
from bench.measure import Figure, pair

CHANGES, CODINGS = 100_000, 20_000
VERBS = [Verb.CODE] * 14 + [Verb.UNCODE, Verb.EDIT_CODE, Verb.CREATE_CODE, Verb.MEMO, Verb.EDIT_THEME, Verb.DECIDE]


def figures() -> list[Figure]:
    """Opening and filtering the trail, then going back."""
    path = BUILD / "trail.reflexa"
    shutil.copy(big_study(), path)
    with Study.open(path) as study:
        study.connection.execute("PRAGMA synchronous=OFF")
        code = study.run(create_code, "made for the bench")
        start = study.connection.execute("SELECT max(seq) FROM change").fetchone()[0]
        sources = [row[0] for row in study.connection.execute("SELECT id FROM source ORDER BY name")]
        for number in range(CODINGS):
            place = 40 + (number // len(sources)) * 60
            study.run(code_passage, sources[number % len(sources)], place, place + 45, code)
        back = pair(
            "the study at an earlier moment (2,000 ms)",
            f"{CODINGS:,} codings taken back",
            lambda: study.copy_in_memory().close(),
            lambda: study.at(start).close(),
            None,
            runs=3,
        )
        _fill(study)
        return [*_trail(study, code), back]


def _fill(study: Study) -> None:
    """Heads of changes up to the number that is measured."""
    chance = random.Random(7)
    held = study.connection.execute("SELECT count(*) FROM change").fetchone()[0]
    study.connection.execute("BEGIN")
    study.connection.executemany(
        "INSERT INTO change (at, actor, verb, label, origin) VALUES (?, ?, ?, ?, 'window')",
        [
            (f"2031-{number % 12 + 1:02}-03T10:00:00.000000Z", chance.choice(("Aina", "Wei")), chance.choice(VERBS).value,
             f"Code excerpt as ‘something with a longer name {number % 300}’")
            for number in range(CHANGES - held)
        ],
    )  # fmt: skip
    study.connection.execute("COMMIT")


def _trail(study: Study, code: str) -> list[Figure]:
    size = f"{CHANGES:,} changes"
    bare = lambda: study.connection.execute("SELECT seq FROM change ORDER BY seq DESC").fetchall()  # noqa: E731

    def opened() -> None:
        with study.read() as session:
            subjects(session)
            entries(session, found(session)[:64])

    def filtered(wanted: Wanted) -> None:
        with study.read() as session:
            entries(session, found(session, wanted)[:64])

    asked = {
        "by class": Wanted(kinds=frozenset({Halpern.SYNTHESIS})),
        "by words": Wanted(text="name 17"),
        "by a code": Wanted(subject=("code", code)),
        "by person": Wanted(actor="Aina"),
    }
    return [
        pair("the trail opens (300 ms)", size, bare, opened, None),
        *(
            pair(f"the trail {how} (50 ms)", size, bare, lambda wanted=wanted: filtered(wanted), None)
            for how, wanted in asked.items()
        ),
    ]
