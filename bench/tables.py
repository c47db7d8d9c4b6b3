"""Tables of codes against the bare SQL that makes the same table, in the quickest wording that we found for it.

A join of turns over two bare ranges would read half a transcript for each excerpt (0.6 s); so the floor looks up the
turn in which an excerpt begins.
"""

from __future__ import annotations

import gc

from app.analysis.tables import CodeTable, Columns, Meeting, TableQuestion, code_table
from app.study import Study
from bench.corpus import big_study
from bench.measure import Figure, pair

_TOUCHED = """
    from coding g join excerpt e on e.id = g.excerpt_id
    join turn t on t.source_id = e.source_id and t.start < e."end" and t."end" > e.start and t.start >= coalesce(
        (select max(x.start) from turn x where x.source_id = e.source_id and x.start <= e.start), 0)
    left join speaker s on s.id = t.speaker_id
"""
_BY_PARTICIPANT = f"""
    select g.code_id, s.participant_id, count(distinct e.id) {_TOUCHED} where s.kind <> 'moderator' group by 1, 2
"""
_BY_GROUP = f"""
    select g.code_id, z.group_id, count(distinct e.id) {_TOUCHED} join source z on z.id = e.source_id
    where s.kind <> 'moderator' group by 1, 2
"""
_OVERLAPPING = """
    select c.code_id, d.code_id, count(*)
    from excerpt a join excerpt b on b.source_id = a.source_id and b.start >= a.start and b.start < a."end"
    join coding c on c.excerpt_id = a.id join coding d on d.excerpt_id = b.id
    where c.code_id <> d.code_id group by 1, 2
"""
_SAME_TURN = f"""
    with touched as materialized (select distinct t.id, g.code_id {_TOUCHED})
    select a.code_id, b.code_id, count(*) from touched a join touched b on a.id = b.id and a.code_id < b.code_id
    group by 1, 2
"""


def figures() -> list[Figure]:
    """Each table of the big study."""
    study = Study.open(big_study(), read_only=True)
    gc.collect()
    gc.freeze()  # as the window does once it stands
    found = []
    for action, question, floor in (
        ("table code x participant", TableQuestion(), _BY_PARTICIPANT),
        ("table code x group", TableQuestion(Columns.GROUPS), _BY_GROUP),
        ("table code x code, overlapping", TableQuestion(Columns.CODES), _OVERLAPPING),
        ("table code x code, same turn", TableQuestion(Columns.CODES, Meeting.SAME_TURN), _SAME_TURN),
    ):
        found.append(
            pair(
                action,
                "20,000 codings",
                lambda floor=floor: study.connection.execute(floor).fetchall(),
                lambda question=question: _table(study, question),
                3,
            )
        )
    gc.unfreeze()
    study.close()
    return found


def _table(study: Study, question: TableQuestion) -> CodeTable:
    with study.read() as session:
        return code_table(session, question)
