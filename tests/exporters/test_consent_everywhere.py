"""One study, every output: a “no” to being quoted, shared or archived holds in each, and so does a withdrawal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.exporters.options import ExportOptions
from app.exporters.registry import KINDS, export
from app.models.kinds import Belongs, Consent, ParticipantStatus
from app.operations.codes import edit_code
from app.operations.decisions import decide
from app.operations.people import edit_participant
from app.study import Study
from tests.exporters.test_small_groups_everywhere import made, words_of
from tests.material import MadeOnce, rows_of

WORDS = "Here JUN"
"""What stands in what Jun says, and nowhere else."""
WHOLE = frozenset(("qdpx", "coded", "codings"))
"""What holds whole transcripts, or so much that it is sharing."""
CASES = [(kind.name, ending) for kind in KINDS for ending in kind.endings if not kind.of_one and ending != "png"]


@pytest.fixture
def home(tmp_path: Path, made_once: MadeOnce) -> Iterator[Study]:
    """The study of this test; what Jun says is the example, the first quote and the chosen one."""
    path = tmp_path / "home.reflexa"
    made_once(made, path)
    with Study.open(path) as study:
        rows = rows_of(study)
        (said,) = [row["id"] for row in rows["excerpt"] if WORDS in row["quote"]]
        study.run(edit_code, rows["code"][0]["id"], example_excerpt_id=said)
        chosen = {"belongs": Belongs.IN, "quoted_order": 0, "edited_text": f"So {WORDS} it."}
        study.run(decide, rows["theme"][0]["id"], said, **chosen)
        yield study


@pytest.mark.parametrize(("kind", "ending"), CASES)
def test_a_no_holds_in_every_output(
    home: Study, tmp_path: Path, all_bytes: Callable[[Path], bytes], kind: str, ending: str
) -> None:
    path = tmp_path / f"out.{ending}"
    (jun,) = [row["id"] for row in rows_of(home)["participant"] if row["pseudonym"] == "Jun"]

    def holds(**options: bool) -> bool:
        export(home, kind, path, force=True, options=ExportOptions(**options))
        return WORDS in words_of(path, all_bytes)

    if not holds():
        assert kind not in WHOLE | {"excerpts"}
        return
    home.run(edit_participant, jun, consent_to_archive=Consent.NO)
    assert holds()
    assert not holds(archive=True)
    home.run(edit_participant, jun, consent_to_archive=Consent.YES, consent_to_share=Consent.NO)
    assert holds() == (kind not in WHOLE)
    assert not holds(archive=True)
    home.run(edit_participant, jun, consent_to_share=Consent.YES, consent_to_quote=Consent.NO)
    assert not holds()
    assert holds(refused=True) == (kind in WHOLE - {"codings"})
    home.run(edit_participant, jun, consent_to_quote=Consent.YES, status=ParticipantStatus.WITHDRAWN)
    assert not holds()
    assert not holds(refused=True)
