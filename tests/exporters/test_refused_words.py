"""What the researcher wrote with words of somebody who refused to be quoted leaves as it is, and that is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from app.exporters.options import ExportOptions
from app.exporters.registry import export
from app.models import Participant
from app.models.kinds import Consent
from app.operations.codes import edit_code, ensure_code
from app.operations.codings import code_passage
from app.operations.people import edit_participant
from app.study import Study
from tests.material import Talk

SAID = "words of somebody who refused them"


@pytest.fixture
def coded(study: Study, talk: Talk) -> Study:
    """An in-vivo code of Nur's, with a definition that quotes her."""
    code = study.run(ensure_code, "Somebody noticed")
    study.run(code_passage, talk.source_id, *talk.span("Somebody noticed"), code)
    study.run(edit_code, code, full="It felt like a place, as one says.")
    return study


def refuse(study: Study, **fields: Consent) -> None:
    """Nur says no."""
    with study.read() as session:
        nur = session.scalars(select(Participant.id).where(Participant.pseudonym == "Nur")).one()
    study.run(edit_participant, nur, **fields)


@pytest.mark.parametrize("name", ["codebook.docx", "codebook.csv", "qdpx.qdpx", "coded.html"])
def test_it_is_said_with_the_place(coded: Study, tmp_path: Path, name: str) -> None:
    kind = name.partition(".")[0]
    assert not any(SAID in one for one in export(coded, kind, tmp_path / name).warnings)
    refuse(coded, consent_to_quote=Consent.NO)
    (told,) = [one for one in export(coded, kind, tmp_path / name, force=True).warnings if SAID in one]
    assert "Code" in told
    assert "noticed" not in told.lower()


def test_only_what_stands_in_the_output_is_told(coded: Study, tmp_path: Path) -> None:
    refuse(coded, consent_to_quote=Consent.NO)
    assert not any(SAID in one for one in export(coded, "journal", tmp_path / "journal.docx").warnings)


@pytest.mark.parametrize("name", ["qdpx.qdpx", "coded.html", "codings.csv"])
def test_for_what_shares_those_count_who_refused_that(coded: Study, tmp_path: Path, name: str) -> None:
    refuse(coded, consent_to_share=Consent.NO)
    kind = name.partition(".")[0]
    assert any(SAID in one for one in export(coded, kind, tmp_path / name).warnings)
    assert not any(SAID in one for one in export(coded, "codebook", tmp_path / "codebook.docx").warnings)


def test_for_an_archive_those_count_who_refused_that(coded: Study, tmp_path: Path) -> None:
    refuse(coded, consent_to_archive=Consent.NO)
    assert not any(SAID in one for one in export(coded, "qdpx", tmp_path / "one.qdpx").warnings)
    done = export(coded, "qdpx", tmp_path / "two.qdpx", options=ExportOptions(archive=True))
    assert any(SAID in one for one in done.warnings)
