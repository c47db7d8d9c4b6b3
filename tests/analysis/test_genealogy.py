"""Lives of codes and themes, from the journal and from what survives a border; and their drawing."""

from __future__ import annotations

from datetime import UTC, date, datetime

from app.analysis import genealogy_picture
from app.analysis.genealogy import Genealogy, Happening, genealogy, in_words, restructured
from app.models.kinds import ThemeStatus
from app.operations.code_merging import merge_codes, split_code
from app.operations.codes import bring_back, create_code, delete_code, edit_code, set_aside
from app.operations.codings import code_passage
from app.operations.theme_merging import merge_themes
from app.operations.themes import create_theme, edit_theme
from app.study import Study
from tests.material import Talk


def _on(day: int) -> datetime:
    return datetime(2024, 4, day, 10, tzinfo=UTC)


def _do(study: Study, day: int, operation, *args, reason: str = "", **kwargs):  # type: ignore[no-untyped-def]
    with study.change(at=_on(day), reason=reason or None) as session:
        return operation(session, *args, **kwargs)


def _of(study: Study, sort: str = "code", key: str = "") -> Genealogy:
    with study.read() as session:
        return genealogy(session, sort, key)


def _happened(found: Genealogy) -> dict[str, list[tuple[Happening, date]]]:
    return {life.name: [(event.what, event.day) for event in life.events] for life in found.lives}


def _work(study: Study, talk: Talk) -> dict[str, str]:
    ids = {"ghosting": _do(study, 1, create_code, "Ghosting"), "quiet": _do(study, 2, create_code, "Going quiet")}
    excerpt = _do(study, 2, code_passage, talk.source_id, *talk.span("Somebody noticed"), ids["quiet"])
    _do(study, 3, edit_code, ids["quiet"], name="Silence can be either", reason="It is not always loss")
    _do(study, 4, merge_codes, [ids["ghosting"]], ids["quiet"], reason="The same silence")
    ids["kind"] = _do(study, 5, split_code, ids["quiet"], [excerpt.excerpt_id], "A kind silence")
    _do(study, 6, set_aside, ids["quiet"], "Too wide")
    _do(study, 8, bring_back, ids["quiet"])
    return ids


def test_a_life_tells_what_happened_when_and_why(study: Study, talk: Talk) -> None:
    _work(study, talk)
    found = _of(study)
    assert _happened(found) == {
        "Ghosting": [(Happening.MADE, date(2024, 4, 1)), (Happening.MERGED, date(2024, 4, 4))],
        "Silence can be either": [
            (Happening.MADE, date(2024, 4, 2)),
            (Happening.RENAMED, date(2024, 4, 3)),
            (Happening.TOOK_IN, date(2024, 4, 4)),
            (Happening.GAVE, date(2024, 4, 5)),
            (Happening.SET_ASIDE, date(2024, 4, 6)),
            (Happening.BROUGHT_BACK, date(2024, 4, 8)),
        ],
        "A kind silence": [(Happening.SPLIT, date(2024, 4, 5))],
    }
    told = " ".join(in_words(found))
    for words in ("It is not always loss", "The same silence", "Too wide", "renamed from “Going quiet”"):
        assert words in told


def test_one_code_is_shown_with_those_it_is_related_to(study: Study, talk: Talk) -> None:
    ids = _work(study, talk)
    _do(study, 9, create_code, "Something else")
    assert "Something else" in _happened(_of(study))
    assert set(_happened(_of(study, key=ids["ghosting"]))) == {"Ghosting", "Silence can be either", "A kind silence"}


def test_what_was_taken_back_is_no_part_of_a_life(study: Study, talk: Talk) -> None:
    code = _do(study, 1, create_code, "Ghosting")
    _do(study, 2, edit_code, code, name="Silence")
    study.undo()
    assert _happened(_of(study)) == {"Ghosting": [(Happening.MADE, date(2024, 4, 1))]}
    study.redo()
    assert [what for what, _ in _happened(_of(study))["Silence"]] == [Happening.MADE, Happening.RENAMED]


def test_behind_a_border_the_lineages_still_tell_of_merging(study: Study, talk: Talk) -> None:
    _work(study, talk)
    study.connection.execute("DELETE FROM change_row")
    found = _happened(_of(study))
    assert [what for what, _ in found["Ghosting"]] == [Happening.MADE, Happening.MERGED]
    assert found["Silence can be either"][0] == (Happening.MADE, date(2024, 4, 2))
    assert (Happening.SPLIT, date(2024, 4, 5)) in found["A kind silence"]


def test_what_was_split_off_and_then_merged_away_began_once(study: Study, talk: Talk) -> None:
    wide = _do(study, 1, create_code, "Benefits")
    excerpt = _do(study, 2, code_passage, talk.source_id, *talk.span("Somebody noticed"), wide)
    _do(study, 2, create_code, "In between")
    part = _do(study, 3, split_code, wide, [excerpt.excerpt_id], "Becoming")
    _do(study, 4, merge_codes, [part], wide)
    found = _of(study)
    assert _happened(found)["Becoming"] == [
        (Happening.SPLIT, date(2024, 4, 3)),
        (Happening.MERGED, date(2024, 4, 4)),
    ]
    assert [life.name for life in found.lives] == ["Benefits", "Becoming", "In between"]
    picture = genealogy_picture.draw(found)
    signs = {(mark.x, mark.y) for mark in picture.marks}
    for joint in picture.joints:
        assert {(joint.x, joint.from_y), (joint.to_x, joint.to_y)} <= signs


def test_themes_have_lives_too_and_typing_a_concept_is_one_event_a_day(study: Study) -> None:
    seen = _do(study, 1, create_theme, "Being seen")
    for words in ("Being noticed", "Being noticed is", "Being noticed is belonging"):
        _do(study, 2, edit_theme, seen, concept=words)
    other = _do(study, 3, create_theme, "Passing it on")
    _do(study, 4, edit_theme, other, status=ThemeStatus.LET_GO)
    _do(study, 5, merge_themes, other, seen)
    found = _of(study, "theme")
    assert [what for what, _ in _happened(found)["Being seen"]] == [
        Happening.MADE,
        Happening.DESCRIBED,
        Happening.TOOK_IN,
    ]
    assert [what for what, _ in _happened(found)["Passing it on"]] == [
        Happening.MADE,
        Happening.LET_GO,
        Happening.MERGED,
    ]


def test_codes_that_were_only_made_can_be_left_out(study: Study, talk: Talk) -> None:
    _work(study, talk)
    gone = _do(study, 9, create_code, "Only made")
    assert "Only made" not in _happened(restructured(_of(study)))
    _do(study, 10, delete_code, gone)
    assert "Only made" in _happened(restructured(_of(study)))


def test_the_drawing_has_a_lane_a_life_and_lines_where_they_join_and_part(study: Study, talk: Talk) -> None:
    _work(study, talk)
    picture = genealogy_picture.draw(_of(study), "Codes")
    assert len({mark.y for mark in picture.marks}) == 3
    assert sorted(joint.split for joint in picture.joints) == [False, True]
    names = [stretch.name for stretch in picture.stretches if stretch.name]
    assert names == ["Ghosting", "Going quiet", "Silence can be either", "A kind silence"]
    assert [stretch.thin for stretch in picture.stretches].count(True) == 1
    for one in picture.marks:
        assert 0 < one.x < picture.width and 0 < one.y < picture.height
    assert "merged into “Silence can be either”" in picture.described


def test_an_empty_study_draws_nothing_and_says_so(study: Study) -> None:
    assert _of(study).empty
    assert genealogy_picture.draw(_of(study)).marks == ()


def test_the_figures_are_svg_with_a_description(study: Study, talk: Talk) -> None:
    from app.analysis import phases_picture
    from app.analysis.phases import visits
    from app.exporters.painted.drawing import sheet_of
    from app.exporters.painted.sheet import write
    from app.models.kinds import Phase
    from app.operations.phases import visit_phase

    _work(study, talk)
    drawn = write([sheet_of(genealogy_picture.draw(_of(study), "Codes"))], "svg").decode()
    assert "<svg" in drawn and "A kind silence" in drawn and "<desc>" in drawn
    for day, phase in ((1, Phase.CODING), (5, Phase.DEVELOPING), (9, Phase.CODING)):
        _do(study, day, visit_phase, phase)
    with study.read() as session:
        picture = phases_picture.draw(visits(session), date(2024, 4, 20))
    assert [move.back for move in picture.moves] == [False, True]
    assert "went back to earlier phases" in picture.described
    assert "Coding: 1 April 2024 to 5 April 2024" in write([sheet_of(picture, "Phases")], "svg").decode()
