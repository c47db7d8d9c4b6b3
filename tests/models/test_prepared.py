"""Statements that are put together once do what the same statement does through SQLAlchemy."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import bindparam, select

from app.errors import NotPossible
from app.models import Code, Excerpt, new_key
from app.models.kinds import ExcerptLevel
from app.models.prepared import Prepared, inserting
from app.models.verbs import Verb
from app.operations.codes import create_code
from app.study import Study
from tests.material import Talk

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
_E = Excerpt.__table__.c
_BY_LEVEL = select(_E.id, _E.level, _E.created_at).where(
    _E.level == bindparam("level"), _E.start.between(bindparam("start") - 2, bindparam("start") + 2)
)


def _insert(study: Study, talk: Talk, quote: str) -> str:
    key = new_key()
    with study.change("Take excerpt", Verb.EDIT_EXCERPT) as session:
        inserting(Excerpt).rows(
            session, id=key, source_id=talk.source_id, start=4, end=4 + len(quote), quote=quote,
            level=ExcerptLevel.INTERACTION, interaction="", created_at=NOON, person_id=None,
        )  # fmt: skip
    return key


def test_types_are_converted_both_ways(study: Study, talk: Talk) -> None:
    key = _insert(study, talk, "some words")
    with study.read() as session:
        plain = [tuple(row) for row in session.execute(_BY_LEVEL, {"level": ExcerptLevel.INTERACTION, "start": 5})]
        assert Prepared(_BY_LEVEL).rows(session, level=ExcerptLevel.INTERACTION, start=5) == plain
        assert plain == [(key, ExcerptLevel.INTERACTION, NOON)]
        assert Prepared(_BY_LEVEL).row(session, level=ExcerptLevel.INTERACTION, start=50) is None


def test_what_is_put_in_is_in_the_journal_and_can_be_undone(study: Study, talk: Talk) -> None:
    key = _insert(study, talk, "some words")
    study.undo()
    with study.read() as session:
        assert session.get(Excerpt, key) is None


def test_words_that_no_study_keeps_are_refused(study: Study, talk: Talk) -> None:
    with pytest.raises(NotPossible):
        _insert(study, talk, "nul \0 inside")


def test_what_the_database_refuses_is_one_sentence(study: Study) -> None:
    code_id = study.run(create_code, "Being seen")
    with pytest.raises(NotPossible, match="break a rule"), study.change("Code", Verb.CODE) as session:
        inserting(Excerpt).rows(
            session, id=new_key(), source_id=code_id, start=9, end=3, quote="", level=ExcerptLevel.INDIVIDUAL,
            interaction="", created_at=datetime.now(UTC), person_id=None,
        )  # fmt: skip
    with study.read() as session:
        assert session.get(Code, code_id) is not None
