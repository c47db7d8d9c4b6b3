"""Every schema that was ever given out comes up to the present one, with all its rows and nothing else."""

from __future__ import annotations

import gzip
import sqlite3
from pathlib import Path

import pytest

from app.analysis.approach import approach_versions, lines
from app.analysis.soundness.file import look_at
from app.analysis.verify import verify
from app.errors import StudyRefused
from app.models.migrations import SCHEMA, conform, create_schema, expected_schema
from app.models.seal import Standing
from app.models.sqlite import schema_of
from app.study import Study

KEPT = sorted((Path(__file__).parent.parent / "data" / "schemas").glob("schema-*.reflexa.gz"))

MOVED = {"study": {"approach"}}
"""{table: columns whose words stand elsewhere now}."""


def unpacked(kept: Path, to: Path) -> Path:
    path = to / kept.name.removesuffix(".gz")
    path.write_bytes(gzip.decompress(kept.read_bytes()))
    return path


def rows(path: Path) -> dict[str, list[dict[str, object]]]:
    """Every row of every table but the journal's, by table."""
    connection = sqlite3.connect(path)
    connection.row_factory = sqlite3.Row
    names = [name for (name,) in map(tuple, connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'"))]
    found = {
        name: [dict(row) for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY 1')]
        for name in names
        if not name.startswith(("change", "sqlite_"))
    }
    connection.close()
    return found


def test_a_file_of_every_schema_is_kept() -> None:
    assert [int(one.name.split("-")[1].split(".")[0]) for one in KEPT] == list(range(1, SCHEMA))


@pytest.mark.parametrize("kept", KEPT, ids=lambda one: one.name)
def test_a_kept_study_comes_up_to_the_present_with_all_its_rows(kept: Path, tmp_path: Path) -> None:
    path = unpacked(kept, tmp_path)
    before = rows(path)
    assert before["turn"]
    Study.open(path).close()
    after = rows(path)
    for table, old in before.items():
        moved = MOVED.get(table, set())
        was = [{name: value for name, value in one.items() if name not in moved} for one in old]
        assert [{name: row[name] for name in one} for one, row in zip(was, after[table], strict=True)] == was
    assert verify(path, full=True) == []
    assert sqlite3.connect(path).execute("PRAGMA user_version").fetchone()[0] == SCHEMA
    assert look_at(path).standing is Standing.WHOLE


@pytest.mark.parametrize("kept", KEPT, ids=lambda one: one.name)
def test_an_older_study_with_a_trigger_in_it_is_refused_untouched(kept: Path, tmp_path: Path) -> None:
    path = unpacked(kept, tmp_path)
    connection = sqlite3.connect(path)
    connection.execute("CREATE TRIGGER sly AFTER INSERT ON change BEGIN DELETE FROM source; END")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StudyRefused, match="not a study's own"):
        Study.open(path)
    assert path.read_bytes() == before


def test_the_approach_that_the_first_schema_kept_becomes_the_first_statement(tmp_path: Path) -> None:
    path = unpacked(KEPT[0], tmp_path)
    connection = sqlite3.connect(path)
    connection.execute("UPDATE study SET approach = ?", ('{"theory": "contextualist", "stance": "Ärger über “CoP”"}',))
    connection.commit()
    connection.close()
    with Study.open(path) as study, study.read() as session:
        (version,) = approach_versions(session)
        assert lines(version.statement) == [
            ("Ontology and epistemology", "contextualist"),
            ("Stance", "Ärger über “CoP”"),
        ]
    assert verify(path, full=True) == []


def test_an_index_that_the_models_state_no_more_goes() -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    create_schema(connection)
    connection.execute('CREATE INDEX ix_code_full ON code ("full")')
    conform(connection)
    assert schema_of(connection) == expected_schema()
