"""Lenses as files: what comes in, and what is refused with the line or key named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.importers.draft import ImportRefused
from app.importers.lens_file import as_json, read_lens
from app.operations.lenses import SHIPPED, shipped_lens


@pytest.mark.parametrize("key", SHIPPED)
def test_every_shipped_lens_is_whole_and_reads_back_from_its_own_file(tmp_path: Path, key: str) -> None:
    lens = shipped_lens(key)
    assert lens.citation
    assert all(entry.definition and entry.citation for entry in lens.entries)
    path = tmp_path / "lens.json"
    path.write_text(as_json(lens), encoding="utf-8")
    assert read_lens(path) == lens


def test_the_fourteen_indicators_stand_beneath_the_dimensions_they_speak_of() -> None:
    three, fourteen = shipped_lens(SHIPPED[0]), shipped_lens(SHIPPED[1])
    beneath = {entry.name: {one.name for one in entry.indicators} for entry in three.entries}
    assert set.union(*beneath.values()) == {entry.name for entry in fourteen.entries}
    assert len(fourteen.entries) == 14
    assert {len(names) for names in beneath.values()} == {11, 2, 7}


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "empty"),
        (b'{"name": "x",\n "entries": [}', "no JSON.*line 2"),
        (b'{"name": "\xff"}', "UTF-8 \\(line 1\\)"),
        (b'[1, 2]', "no object"),
        (b'{"entries": [{"name": "a"}]}', "“name” is missing"),
        (b'{"name": 3, "entries": [{"name": "a"}]}', "“name” is no text"),
        (b'{"name": " ", "entries": [{"name": "a"}]}', "“name” is empty"),
        (b'{"name": "x"}', "“entries” is empty"),
        (b'{"name": "x", "entries": {"name": "a"}}', "“entries” is no list"),
        (b'{"name": "x", "entries": [{"definition": "a"}]}', "entries\\[0\\].name” is missing"),
        (b'{"name": "x", "entries": [{"name": "a"}, {"name": " A "}]}', "entries\\[1\\].name” is there twice"),
        (b'{"name": "x", "name": "y", "entries": [{"name": "a"}]}', "key “name” is there twice"),
        (b'{"name": "x", "colour": "y", "entries": [{"name": "a"}]}', "key “colour” that no lens has"),
        (b'{"name": "x", "entries": [{"name": "a", "indicators": [{"name": "b", "indicators": []}]}]}', "indicators"),
        (b'{"name": NaN, "entries": [{"name": "a"}]}', "NaN"),
        (b"[" * 100_000, "nested far deeper"),
        (b'{"name": "' + b"x" * 1_100_000 + b'"}', "larger than"),
        (json.dumps({"name": "x", "entries": [{"name": str(n)} for n in range(201)]}).encode(), "more than 200"),
    ],
)  # fmt: skip
def test_what_is_no_lens_is_refused_with_its_line_or_key(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "lens.json"
    path.write_bytes(content)
    with pytest.raises(ImportRefused, match=says) as caught:
        read_lens(path)
    assert "lens.json" in caught.value.sentence
    assert "\n" not in caught.value.sentence
