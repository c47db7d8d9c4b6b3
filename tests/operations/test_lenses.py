"""Lenses in a study: added, changed, copied, deleted - and what is mapped onto them."""

from __future__ import annotations

import pytest

from app.analysis.themes import LensRow, lens_rows, mapping_rows
from app.errors import NotPossible
from app.operations import lenses
from app.operations.excerpts import take_excerpt
from app.operations.mappings import bear_mapping, map_theme, mark_indicator
from app.operations.maps import keep_version
from app.operations.themes import create_theme
from app.study import Study
from tests.material import Talk, rows_of


def lens_of(study: Study, number: int = 0) -> LensRow:
    """One of the lenses as the screen has it."""
    with study.read() as session:
        return lens_rows(session)[number]


def test_the_three_dimensions_come_with_their_indicators_beneath(study: Study) -> None:
    lens = lens_of(study)
    assert [entry.name for entry in lens.entries] == ["Mutual engagement", "Joint enterprise", "Shared repertoire"]
    assert [len(lens.indicators[entry.id]) for entry in lens.entries] == [11, 2, 7]


def test_a_lens_is_brought_in_copied_renamed_and_deleted_and_all_of_it_undone(study: Study) -> None:
    before = rows_of(study)
    modes = study.run(lenses.add_lens, lenses.shipped_lens("modes-of-belonging"))
    mine = study.run(lenses.copy_lens, modes, "My modes")
    study.run(lenses.edit_lens, mine, name="Ours", description="as we read it")
    assert [entry.name for entry in lens_of(study, 2).entries] == ["Engagement", "Imagination", "Alignment"]
    with pytest.raises(NotPossible):
        study.run(lenses.edit_lens, mine, name="MODES of belonging")
    study.run(lenses.delete_lens, modes)
    with study.read() as session:
        assert [lens.name for lens in lens_rows(session)][1:] == ["Ours"]
    for _ in range(4):
        study.undo()
    assert rows_of(study)["lens"] == before["lens"]
    assert rows_of(study)["lens_entry"] == before["lens_entry"]


def test_the_lens_in_use_and_its_last_entry_stay(study: Study) -> None:
    lens = lens_of(study)
    with pytest.raises(NotPossible, match="Choose another lens first"):
        study.run(lenses.delete_lens, lens.id)
    for entry in lens.entries[:-1]:
        study.run(lenses.delete_entry, entry.id)
    with pytest.raises(NotPossible, match="at least one entry"):
        study.run(lenses.delete_entry, lens.entries[-1].id)


def test_entries_are_added_described_moved_and_deleted(study: Study) -> None:
    lens = lens_of(study)
    new = study.run(lenses.add_entry, lens.id, "Boundaries")
    sign = study.run(lenses.add_entry, lens.id, "Brokering", new)
    study.run(lenses.edit_entry, new, name="Boundary work", definition="who stays out")
    assert study.run(lenses.move_entry, new, -3)
    assert not study.run(lenses.move_entry, new, -1)
    lens = lens_of(study)
    assert [entry.name for entry in lens.entries][:2] == ["Boundary work", "Mutual engagement"]
    assert [entry.id for entry in lens.indicators[new]] == [sign]
    for name, parent in (("mutual ENGAGEMENT", None), ("Brokering", new), ("", None)):
        with pytest.raises(NotPossible):
            study.run(lenses.add_entry, lens.id, name, parent)
    with pytest.raises(NotPossible, match="beneath"):
        study.run(lenses.add_entry, lens.id, "Deeper", sign)
    study.run(lenses.delete_entry, new)
    assert not {new, sign} & {row["id"] for row in rows_of(study)["lens_entry"]}


def test_indicators_and_excerpts_bear_a_mapping_which_they_make_if_there_is_none(study: Study, talk: Talk) -> None:
    lens = lens_of(study)
    home, joint = study.run(create_theme, "Home"), lens.entries[1]
    sign, other = lens.indicators[joint.id][0].id, lens.indicators[lens.entries[0].id][0].id
    excerpt = study.run(take_excerpt, talk.source_id, *talk.span("belong"))
    assert study.run(mark_indicator, home, joint.id, sign)
    assert not study.run(mark_indicator, home, joint.id, sign)
    assert study.run(bear_mapping, home, joint.id, excerpt)
    with pytest.raises(NotPossible, match="does not stand beneath"):
        study.run(mark_indicator, home, joint.id, other)
    with study.read() as session:
        (row,) = mapping_rows(session, lens.id)
    assert (row.indicators, row.excerpts) == ({sign}, {excerpt})
    assert study.run(bear_mapping, home, joint.id, excerpt, False)
    assert study.run(mark_indicator, home, joint.id, sign, False)
    assert not study.run(mark_indicator, home, lens.entries[0].id, other, False)
    with study.read() as session:
        (row,) = mapping_rows(session, lens.id)
    assert not row.indicators | row.excerpts


def test_deleting_an_entry_leaves_kept_versions_of_the_map_whole(study: Study) -> None:
    lens = lens_of(study)
    study.run(map_theme, study.run(create_theme, "Home"), lens.entries[0].id)
    study.run(keep_version, "initial")
    kept = rows_of(study)["map_version"]
    study.run(lenses.delete_entry, lens.entries[0].id)
    assert rows_of(study)["mapping"] == []
    assert rows_of(study)["map_version"] == kept
