"""A lens read from its own side: who meets it, what it does not explain, who stays outside."""

from __future__ import annotations

from app.analysis.framework import Framework, framework
from app.analysis.themes import lens_in_use, mapping_rows, theme_rows, unexplained
from app.models.kinds import Direction, ThemeStatus, Weight
from app.operations.mappings import map_theme, mark_indicator, say_unexplained
from app.operations.themes import create_theme, edit_theme
from app.study import Study


def read(study: Study) -> Framework:
    with study.read() as session:
        lens = lens_in_use(session)
        assert lens is not None
        return framework(theme_rows(session), lens, mapping_rows(session, lens.id), unexplained(session, lens.id))


def test_entries_hold_their_themes_the_central_ones_first_and_empty_ones_stay(study: Study) -> None:
    with study.read() as session:
        lens = lens_in_use(session)
    assert lens is not None
    first, second, third = (entry.id for entry in lens.entries)
    one, other, gone = (study.run(create_theme, name) for name in ("One", "Other", "Gone"))
    facet = study.run(create_theme, "Facet", parent_id=one)
    apart = study.run(create_theme, "Apart")
    study.run(map_theme, one, first, weight=Weight.IN_PASSING)
    study.run(map_theme, other, first, weight=Weight.CENTRAL, direction=Direction.CONTESTS)
    study.run(map_theme, gone, second, weight=Weight.CENTRAL)
    study.run(edit_theme, gone, status=ThemeStatus.LET_GO)
    sign = lens.indicators[first][0]
    study.run(mark_indicator, other, first, sign.id)
    study.run(say_unexplained, other, lens.id, "the body")

    found = read(study)

    assert [[meeting.theme.name for meeting in entry.meetings] for entry in found.entries] == [["Other", "One"], [], []]
    assert found.entries[0].meetings[0].indicators == (sign.name,)
    assert [(row.name, words) for row, words in found.unexplained] == [("Other", "the body")]
    assert [row.id for row in found.apart] == [apart]
    assert facet not in {row.id for row in found.apart}  # it is read with the theme over it
    assert third
