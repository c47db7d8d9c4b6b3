"""What changed between two moments: the net result in words, and no counts."""

from __future__ import annotations

import re

from app.analysis.trail.between import differences
from app.models.kinds import ThemeKind, ThemeStatus
from app.operations.approach import state_approach
from app.operations.code_merging import merge_codes
from app.operations.codes import create_code, delete_code, edit_code, set_aside
from app.operations.codings import code_passage
from app.operations.maps import keep_version
from app.operations.theme_merging import merge_themes, split_theme
from app.operations.themes import add_code, create_theme, delete_theme, edit_theme, make_overarching, move_theme
from app.study import Study
from tests.material import Talk


def _last(study: Study) -> int:
    return int(study.connection.execute("SELECT max(seq) FROM change").fetchone()[0])


def _told(study: Study, since: int) -> dict[str, tuple[str, ...]]:
    with study.at(since) as then, then.read() as before, study.read() as after:
        return {part.title: part.sentences for part in differences(before, after)}


def test_the_net_result_is_told_and_not_every_step(study: Study, talk: Talk) -> None:
    silence = study.run(create_code, "Ghosting")
    others = [study.run(create_code, name) for name in ("Quiet", "Not there")]
    theme = study.run(create_theme, "Being seen")
    start = _last(study)
    for name in ("Silence", "Quiet silence", "Silence can be either"):
        study.run(edit_code, silence, name=name)
    passing = study.run(create_code, "Only for a moment")
    study.run(delete_code, passing)
    study.run(code_passage, talk.source_id, *talk.span("Somebody noticed"), silence)
    study.run(merge_codes, others, silence)
    study.run(edit_theme, theme, concept="Being noticed")
    study.run(edit_theme, theme, concept="Being noticed is belonging", status=ThemeStatus.DEVELOPED)
    study.run(add_code, theme, silence)
    told = _told(study, start)
    assert told == {
        "Codes": (
            "The codes ‘Not there’ and ‘Quiet’ were merged into ‘Silence can be either’.",
            "Code ‘Ghosting’ was renamed to ‘Silence can be either’.",
        ),
        "Codings": ("Excerpts were added to ‘Silence can be either’.",),
        "Themes": (
            "Theme ‘Being seen’ is developed now.",
            "Theme ‘Being seen’: concept written.",
            "Theme ‘Being seen’: ‘Silence can be either’ joined it.",
        ),
    }
    assert not re.search(r"\d", str(told))


def test_setting_aside_tells_why_and_nothing_is_nothing(study: Study) -> None:
    code = study.run(create_code, "Ghosting")
    start = _last(study)
    assert _told(study, start) == {}
    study.run(set_aside, code, "Too narrow")
    assert _told(study, start) == {"Codes": ("Code ‘Ghosting’ was set aside: Too narrow.",)}
    study.undo()
    assert _told(study, start) == {}


def test_themes_subthemes_and_umbrellas_are_told_apart(study: Study) -> None:
    home, away, gone = (study.run(create_theme, name) for name in ("Home", "Away", "Not here"))
    facet = study.run(create_theme, "Facet", parent_id=home)
    going = study.run(create_theme, "Going", parent_id=home)
    start = _last(study)
    study.run(create_theme, "Over all", kind=ThemeKind.OVERARCHING)
    study.run(create_theme, "Fresh")
    for name in ("Side", "Front"):
        study.run(create_theme, name, parent_id=away)
    study.run(edit_theme, facet, name="Face")
    study.run(delete_theme, going)
    study.run(delete_theme, gone)
    assert _told(study, start) == {
        "Themes": (
            "New overarching theme: ‘Over all’.",
            "New theme: ‘Fresh’.",
            "New subthemes under ‘Away’: ‘Front’ and ‘Side’.",
            "Gone: theme ‘Not here’.",
            "Gone: subtheme ‘Going’, under ‘Home’.",
            "Subtheme ‘Facet’ was renamed to ‘Face’.",
        )
    }


def test_a_theme_that_moves_or_becomes_another_sort_is_told(study: Study) -> None:
    home, away = (study.run(create_theme, name) for name in ("Home", "Away"))
    facet = study.run(create_theme, "Facet", parent_id=home)
    start = _last(study)
    study.run(move_theme, facet, away)
    assert _told(study, start) == {"Themes": ("Subtheme ‘Facet’ stands under ‘Away’ now.",)}
    study.run(move_theme, facet, None)
    assert _told(study, start) == {"Themes": ("‘Facet’ is a theme now and stands on its own.",)}
    study.run(move_theme, facet, home)
    study.run(make_overarching, home, True)
    assert _told(study, start) == {"Themes": ("‘Home’ is an overarching theme now.", "‘Facet’ is a theme now.")}


def test_what_came_and_went_in_between_is_no_difference(study: Study) -> None:
    start = _last(study)
    first, second = (study.run(create_code, name) for name in ("Silence", "Quiet"))
    study.run(merge_codes, [second], first)
    codes = [first, *(study.run(create_code, name) for name in ("Held", "Kept"))]
    home = study.run(create_theme, "Home", code_ids=codes)
    split = study.run(split_theme, home, codes[1:2], "Away")
    study.run(merge_themes, study.run(split_theme, home, codes[2:], "Further"), split)
    told = _told(study, start)
    assert told["Codes"] == ("New codes: ‘Held’, ‘Kept’ and ‘Silence’.",)
    assert told["Themes"][0] == "New themes: ‘Away’ and ‘Home’."
    assert not [sentence for sentence in told["Themes"] if "merged" in sentence or "split" in sentence]


def test_a_reason_ends_in_one_full_stop_and_what_was_kept_is_told_in_its_order(study: Study) -> None:
    study.run(state_approach, {"variant": {"choice": "reflexive"}})
    start = _last(study)
    study.run(state_approach, {"variant": {"choice": "another one"}}, "It fits.")
    for label in ("First", "Second", "Third"):
        study.run(keep_version, label)
    told = _told(study, start)
    assert told["Written"] == ("The approach was stated anew: It fits.",)
    assert told["The map and the theory"] == tuple(
        f"The map was kept as version ‘{label}’." for label in ("First", "Second", "Third")
    )
