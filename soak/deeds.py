"""What a researcher does all day, at random: each deed is one change of the study through the program's own operations."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from app.analysis.verify import verify
from app.backups import Reason, make_backup
from app.errors import NotPossible
from app.exporters.registry import export
from app.importers import read_transcript
from app.models.splice import spliced
from app.operations.code_merging import merge_codes
from app.operations.codes import create_code, delete_code, edit_code
from app.operations.codings import code_passage
from app.operations.correcting import correct_transcript
from app.operations.importing import import_transcripts, plan_for
from app.operations.memos import write_memo
from app.operations.sources import delete_source
from app.operations.studies import new_study
from app.operations.themes import add_code, create_theme, edit_theme
from app.password import Password
from app.study import Study

WORDS = [
    "we",
    "felt",
    "😀",
    "mentor",
    "the",
    "and",
    "notes",
    "café",
    "belong",
    "invited",
    "tea",
    "name",
    "home",
    "pass",
    "on",
    "together",
    "归属",
    "kept",
]
KINDS = ("codebook.docx", "excerpts.csv", "codebook.xlsx", "themes.docx", "excerpts.html", "project.qdpx")


def talk(chance: random.Random, turns: int) -> str:
    """The words of a transcript."""
    lines = (" ".join(chance.choice(WORDS) for _ in range(chance.randrange(5, 60))) for _ in range(turns))
    return "".join(f"{chance.choice(('Nur', 'Bilal', 'Moderator'))}: {line}.\n" for line in lines)


def first_study(
    path: Path,
    chance: random.Random,
    *,
    transcripts: int = 2,
    turns: int = 60,
    codings: int = 40,
    password: Password | None = None,
) -> None:
    """A closed study with some work in it."""
    with new_study(path, "Belonging", password=password) as study:
        worker = Deeds(study, chance, path.parent)
        for number in range(transcripts):
            worker.bring_in(turns, f"first-{number}")
        for number in range(8):
            study.run(create_code, f"Code {number}")
        for _ in range(codings):
            worker.code()


class Deeds:
    """Somebody at work on an open study; `reopen` is how it is closed and opened again."""

    def __init__(
        self,
        study: Study,
        chance: random.Random,
        folder: Path,
        *,
        local: bool = False,
        password: Password | None = None,
    ) -> None:
        self.study, self.chance, self.folder, self.password = study, chance, folder, password
        self._deeds: list[tuple[int, str, Callable[[], object]]] = [
            (10, "coding", self.code), (2, "new code", self.new_code), (1, "editing a code", self.edit_code),
            (2, "merging codes", self.merge), (1, "deleting a code", self.delete_code), (2, "memo", self.memo),
            (2, "theme", self.theme), (3, "undo", study.undo), (1, "redo", study.redo),
            (2, "import", self.bring_in), (1, "deleting a transcript", self.delete_source), (2, "correction", self.correct),
        ]  # fmt: skip
        if not local:
            self._deeds += [(2, "export", self.export), (1, "backup", self.back_up), (1, "closing", self.close)]

    def next(self) -> tuple[str, Callable[[], object]]:
        """What is done next, by name."""
        weights = [weight for weight, _, _ in self._deeds]
        _, name, deed = self.chance.choices(self._deeds, weights)[0]
        return name, deed

    def do(self, deed: Callable[[], object]) -> None:
        """Do it; what does not apply to the study as it is now is no failure."""
        with suppress(NotPossible):
            deed()

    def ids(self, table: str) -> list[str]:
        """The keys of a table."""
        return [row[0] for row in self.study.connection.execute(f"SELECT id FROM {table} ORDER BY id")]

    def code(self) -> None:
        source_id = self.chance.choice(self.ids("source"))
        length = len(self._text(source_id))
        start = self.chance.randrange(length - 60)
        self.study.run(code_passage, source_id, start, start + self.chance.randrange(5, 50), self._some_code())

    def new_code(self) -> None:
        self.study.run(create_code, f"New {self.chance.randrange(10**9)}")

    def edit_code(self) -> None:
        self.study.run(edit_code, self._some_code(), full="What it holds. " * self.chance.randrange(1, 300))

    def merge(self) -> None:
        codes = self.ids("code")
        if len(codes) > 6:
            one, other = self.chance.sample(codes, 2)
            self.study.run(merge_codes, [one], other)

    def delete_code(self) -> None:
        if len(self.ids("code")) > 6:
            self.study.run(delete_code, self._some_code())

    def memo(self) -> None:
        self.study.run(write_memo, "code", self._some_code(), f"I wonder {self.chance.randrange(10**9)}")

    def theme(self) -> None:
        themes = self.ids("theme")
        if len(themes) < 5:
            self.study.run(create_theme, f"Theme {self.chance.randrange(10**9)}", code_ids=[self._some_code()])
        elif self.chance.random() < 0.5:
            self.study.run(edit_theme, self.chance.choice(themes), story="How it came. " * self.chance.randrange(200))
        else:
            self.study.run(add_code, self.chance.choice(themes), self._some_code())

    def bring_in(self, turns: int = 0, name: str = "") -> None:
        if len(self.ids("source")) > 5:
            return
        path = self.folder / f"talk-{name or self.chance.randrange(10**9)}.txt"
        path.write_text(talk(self.chance, turns or self.chance.randrange(20, 400)), encoding="utf-8")
        draft = read_transcript(path)
        path.unlink()
        with self.study.change() as session:
            plan = plan_for(session, draft, group="FG1")
            import_transcripts(session, [replace(plan, keep_original=self.chance.random() < 0.5)])

    def delete_source(self) -> None:
        sources = self.ids("source")
        if len(sources) > 3:
            self.study.run(delete_source, self.chance.choice(sources))

    def correct(self) -> None:
        source_id = self.chance.choice(self.ids("source"))
        text, word = self._text(source_id), self.chance.choice((" the ", " and ", " notes "))
        places = [at for at in range(len(text)) if text.startswith(word, at)]
        if places:
            at = self.chance.choice(places)
            self.study.run(
                correct_transcript, source_id, spliced([(at, word, self.chance.choice((" a ", " those few ", " ")))])
            )

    def export(self) -> None:
        name = self.chance.choice(KINDS)
        kind = {"project": "qdpx"}.get(name.partition(".")[0], name.partition(".")[0])
        export(self.study, kind, self.folder / name, force=True)

    def back_up(self) -> None:
        make_backup(self.study, Reason.ASKED, check=lambda path: not verify(path, password=self.password))

    def close(self) -> None:
        path = self.study.path
        self.study.close()
        self.__init__(Study.open(path, password=self.password), self.chance, self.folder, password=self.password)  # type: ignore[misc]

    def _some_code(self) -> str:
        codes = self.ids("code")
        return self.chance.choice(codes) if codes else self.study.run(create_code, "First")

    def _text(self, source_id: str) -> str:
        return str(self.study.connection.execute("SELECT text FROM source WHERE id = ?", (source_id,)).fetchone()[0])


def newest_change(study: Study) -> int:
    """The number of the last change."""
    return int(study.connection.execute("SELECT coalesce(max(seq), 0) FROM change").fetchone()[0])


def sum_of(connection: object, seq: int) -> str:
    """A short sum of everything that a change did; "" if it is not there."""
    change = connection.execute("SELECT verb, label, undoes FROM change WHERE seq = ?", (seq,)).fetchone()  # type: ignore[attr-defined]
    if change is None:
        return ""
    rows = connection.execute(  # type: ignore[attr-defined]
        "SELECT table_name, row_id, op, before, after FROM change_row WHERE change_seq = ? ORDER BY id", (seq,)
    ).fetchall()
    return hashlib.sha256(repr((change, rows)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
