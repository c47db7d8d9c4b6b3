"""Every file of the corpus ends as is due, within its limits, and leaves a sound study; nothing of it is ever run."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.making import lay_out

if sys.platform == "win32":
    pytest.skip("children with limits need fork", allow_module_level=True)

ROOT = Path(__file__).parent.parent.parent
FOR_THE_SOAK = {
    "big-100k-tiny-turns.txt", "big-20k-speakers.txt", "vtt-50k-cues.vtt", "docx-100k-paragraphs.docx", "pdf-many-pages.pdf",
    "qdpx-bomb-source-lies.qdpx", "participants-20k-people.csv", "pdf-bomb-twice-packed.pdf",
}  # fmt: skip
"""What takes seconds each; `make soak` tries these too."""


@pytest.fixture(scope="module")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    lay_out(folder, leave=FOR_THE_SOAK)
    return folder


@pytest.mark.parametrize(
    "kind", ["", "qdpx", "participants", "project"], ids=["transcripts", "projects", "people", "studies"]
)
def test_every_bad_file_ends_as_is_due(laid: Path, kind: str, figure: Callable[[str], None]) -> None:
    said = subprocess.run(
        [sys.executable, "-m", "tests.hostile.trial", str(laid), f"={kind}"], cwd=ROOT, capture_output=True, text=True
    )
    verdicts = [json.loads(line) for line in said.stdout.splitlines()]
    wrong = {one["name"]: one["fault"] for one in verdicts if one["fault"]}
    figure(f"bad files ({kind or 'transcripts'}): {len(verdicts) - len(wrong)} of {len(verdicts)} end as is due")
    assert said.returncode == 0, said.stderr
    assert len(verdicts) >= 20
    assert wrong == {}
