"""What a password costs: the same study plain (the floor) and encrypted."""

from __future__ import annotations

import shutil
from contextlib import closing
from itertools import count
from pathlib import Path

from app.demo import build_demo
from app.models.sqlite import connect
from app.operations.codes import create_code
from app.operations.codings import code_passage
from app.password import Password
from app.study import Study
from bench.corpus import BUILD, big_study
from bench.measure import Figure, pair

TYPED = "Zebras wade at noon"


def figures(*, large: bool = True) -> list[Figure]:
    """Opening (at most 1 s more), one coding committed (at most 1.5 x), reading everything (only reported)."""
    BUILD.mkdir(parents=True, exist_ok=True)
    demo = BUILD / "demo-plain.reflexa"
    demo.unlink(missing_ok=True)
    build_demo(demo).close()
    found = []
    studies = [("example", demo), *([("50 x 10,000 words", big_study())] if large else [])]
    for name, plain in studies:
        encrypted = _encrypted(plain)
        found += [
            pair(
                "open a study: plain, with a password (limit: + 1 s)", name, _opening(plain), _opening(encrypted), None
            ),
            pair("read every row: plain, with a password", name, _reading(plain), _reading(encrypted), None),
            _coding(name, plain, encrypted),
        ]
    return found


def _encrypted(plain: Path) -> Path:
    path = plain.with_name(f"{plain.stem}-encrypted.reflexa")
    shutil.copyfile(plain, path)
    with Study.open(path) as study:
        study.set_password(Password(TYPED))
    return path


def _opening(path: Path):
    return lambda: Study.open(path, read_only=True, password=Password(TYPED)).close()  # derives the key each time


def _reading(path: Path):
    with Study.open(path, read_only=True, password=Password(TYPED)) as study:
        key = study.cipher_key
        tables = [name for (name,) in study.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]

    def run() -> None:
        with closing(connect(path, read_only=True, key=key)) as connection:  # nothing is in its cache
            for table in tables:
                connection.execute(f'SELECT * FROM "{table}"').fetchall()

    return run


def _coding(name: str, plain: Path, encrypted: Path) -> Figure:
    copy = BUILD / "coding-plain.reflexa"
    shutil.copyfile(plain, copy)
    with Study.open(copy) as one, Study.open(encrypted, password=Password(TYPED)) as other:
        return pair("code a passage: plain, with a password", name, _coder(one), _coder(other), 1.5, runs=60)


def _coder(study: Study):
    source = study.connection.execute("SELECT id FROM source LIMIT 1").fetchone()[0]
    code = study.run(create_code, "Measured")
    place = count(100, 7)

    def run() -> None:
        start = next(place)
        study.run(code_passage, source, start, start + 25, code)

    return run


if __name__ == "__main__":
    from bench.measure import table

    print(table(figures()))
