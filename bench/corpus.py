"""The study that speed is measured on: 50 transcripts of 10,000 words, one of 60,000, 300 codes, 20,000 codings."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

from sqlalchemy import insert, select

from app.errors import StudyRefused
from app.importers import read_transcript
from app.models import Code, Coding, Excerpt, Source, new_key
from app.models.verbs import Verb
from app.operations.codes import create_code
from app.operations.importing import import_transcripts, plan_for
from app.operations.studies import new_study
from app.study import ChangeSession, Study
from bench.workload import VOCABULARY, ranges, transcript

BUILD = Path(__file__).parent.parent / "build" / "bench"


def texts() -> Path:
    """The folder of the corpus, written once (it is the same on every run)."""
    folder = BUILD / "corpus"
    if not (folder / "codings.json").exists() or not (folder / "T00.docx").exists():
        script = Path(__file__).with_name("workload.py")
        subprocess.run([sys.executable, str(script), str(folder), "--docx"], check=True)
    return folder


def big_study(copies: int = 1) -> Path:
    """A study file with the whole corpus; with `copies` 2, twice as much is stored (and not shown)."""
    path = BUILD / f"study{copies}.reflexa"
    if path.exists():
        try:
            Study.open(path, read_only=True).close()
            return path
        except StudyRefused:  # made before the tables were what they are now
            path.unlink()
    folder = texts()
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    study = new_study(part, "Bench")
    work = json.loads((folder / "codings.json").read_text(encoding="utf-8"))
    with study.change("Codes", Verb.CREATE_CODE) as session:
        code_ids = {name: create_code(session, name) for name in work["codes"]}
    for copy in range(copies):
        _bring_in(study, folder, work, code_ids, copy)
    study.close()
    part.rename(path)
    return path


def huge_study() -> Path:
    """A study with one transcript of 500,000 words that carries 50,000 codings."""
    path = BUILD / "huge.reflexa"
    if path.exists():
        try:
            Study.open(path, read_only=True).close()
            return path
        except StudyRefused:
            path.unlink()
    rng = random.Random(20261125)
    text = transcript(rng, 500_000)
    names = [f"{rng.choice(VOCABULARY)} {rng.choice(VOCABULARY)} {number:03d}" for number in range(300)]
    file = BUILD / "corpus" / "HUGE.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="\n")
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    study = new_study(part, "Huge")
    with study.change("Codes", Verb.CREATE_CODE) as session:
        code_ids = {name: create_code(session, name) for name in names}
    with study.change() as session:
        import_transcripts(session, [plan_for(session, read_transcript(file), group="G")])
    with study.change("Codings", Verb.CODE) as session:
        source_id = session.scalar(select(Source.id)) or ""
        codings = [["HUGE.txt", start, end, rng.choice(names)] for start, end in ranges(rng, text, 50_000)]
        _code(session, codings, {"HUGE.txt": source_id}, code_ids)
    study.close()
    part.rename(path)
    return path


def _bring_in(study: Study, folder: Path, work: dict, code_ids: dict[str, str], copy: int) -> None:
    names = ["T00", "T01", "LONG", *(f"T{number:02d}" for number in range(2, 50))]
    with study.change() as session:
        drafts = [read_transcript(folder / f"{name}.txt") for name in names]
        import_transcripts(session, [plan_for(session, draft, group=f"G{copy}") for draft in drafts])
    with study.change("Codings", Verb.CODE) as session:
        sources = session.execute(select(Source.id, Source.file_name).order_by(Source.position)).all()
        ids = {row.file_name: row.id for row in sources[copy * len(names) :]}
        _code(session, work["codings"], ids, code_ids)


def _code(session: ChangeSession, codings: list, sources: dict[str, str], code_ids: dict[str, str]) -> None:
    held = {key: session.scalar(select(Source.text).where(Source.id == key)) for key in sources.values()}
    excerpts: dict[tuple[str, int, int], dict] = {}
    links: dict[tuple[str, str], dict] = {}
    for name, start, end, code in codings:
        source_id = sources[name]
        text = held[source_id] or ""
        excerpt = excerpts.setdefault(
            (source_id, start, end),
            {"id": new_key(), "source_id": source_id, "start": start, "end": end, "quote": text[start:end],
             "created_at": session.at},
        )  # fmt: skip
        link = {"id": new_key(), "excerpt_id": excerpt["id"], "code_id": code_ids[code], "created_at": session.at}
        links.setdefault((excerpt["id"], code), link)
    session.execute(insert(Excerpt), list(excerpts.values()))
    session.execute(insert(Coding), list(links.values()))
    assert session.scalar(select(Code.id).limit(1))
