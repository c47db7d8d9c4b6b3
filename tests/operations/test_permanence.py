"""Making permanent: nothing of before is left in the file, its journal or its backups, and undo stops there."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.analysis.verify import verify
from app.backups import Reason, Rules, make_backup
from app.backups.made import made_for
from app.backups.rules import config_folder
from app.errors import ReflexaError
from app.models.verbs import Verb
from app.operations.codes import edit_code, ensure_code
from app.operations.memos import write_memo
from app.operations.rights.permanence import make_permanent
from app.purging import finish_purge, own_copies, sign_of
from app.study import Study
from tests.material import Talk, bring_in, draft_of
from tests.operations.rights import CANARIES, found_in


def write_and_erase(study: Study, talk: Talk, words: str) -> None:
    """Words that stand in the journal alone."""
    study.run(write_memo, "source", talk.source_id, f"said of {words}, here")
    study.run(write_memo, "source", talk.source_id, "")


@pytest.mark.parametrize("words", CANARIES)
def test_what_was_changed_before_is_nowhere_in_the_folder(study: Study, talk: Talk, path: Path, words: str) -> None:
    write_and_erase(study, talk, words)
    make_backup(study, Reason.HOURLY, check=lambda _: True)
    assert len(found_in(path.parent, words)) == 2
    study.run(make_permanent)
    done = finish_purge(study)
    assert (done.backups, done.fresh, done.done) == (1, True, True)
    assert found_in(path.parent, words) == []
    assert len(own_copies(study)) == 1
    assert verify(path, full=True) == []


def test_undo_stops_there_and_goes_on_from_there(study: Study, talk: Talk, path: Path) -> None:
    study.run(make_permanent)
    step = study.next_undo()
    assert step is not None
    assert (step.is_border, step.verb) == (True, Verb.MAKE_PERMANENT)
    assert study.undo() is None
    code_id = study.run(ensure_code, "Place")
    study.run(edit_code, code_id, name="Places")
    assert study.undo() is not None
    assert verify(path, full=True) == []


def test_the_kept_original_goes_too(study: Study, path: Path) -> None:
    draft = draft_of(file_name="o.txt", original=b"the original of somebody")
    bring_in(study, draft, keep_original=True)
    study.run(make_permanent)
    finish_purge(study)
    assert found_in(path.parent, "the original of somebody") == []


def test_a_purge_that_was_cut_off_is_still_due_when_the_study_is_opened_again(
    study: Study, talk: Talk, path: Path
) -> None:
    write_and_erase(study, talk, "Quetzalcoatl")
    backup = make_backup(study, Reason.HOURLY, check=lambda _: True)
    assert study.purge_due == 0
    study.run(make_permanent)
    study.close()
    with Study.open(path) as again:
        assert again.purge_due
        assert backup.path.exists()
        finish_purge(again)
        assert not again.purge_due
    assert found_in(path.parent, "Quetzalcoatl") == []


def test_the_purge_stays_due_while_a_place_of_backups_is_not_there(study: Study, talk: Talk, tmp_path: Path) -> None:
    study.run(make_permanent)
    rules = Rules(second=str(tmp_path / "drive" / "safe"))
    (tmp_path / "drive").mkdir()
    assert finish_purge(study, rules=rules).left
    assert study.purge_due
    (tmp_path / "drive" / "safe").mkdir()
    assert finish_purge(study, rules=rules).done
    assert not study.purge_due


def test_backups_in_a_place_that_was_chosen_once_go_too(study: Study, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    other.mkdir()
    make_backup(study, Reason.HOURLY, check=lambda _: True, rules=Rules(place=str(other)))
    study.run(make_permanent)
    done = finish_purge(study, rules=Rules())
    assert done.done
    assert list(other.rglob("*.reflexa")) == []


def test_the_purge_stays_due_while_a_drive_is_away_on_which_backups_were_made_once(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr("app.backups.made._is_inside", lambda _: False)
        make_backup(study, Reason.HOURLY, check=lambda _: True, rules=Rules(place=str(drive)))
    study.run(make_permanent)
    drive.rename(tmp_path / "unplugged")
    assert [path.parent for path in finish_purge(study, rules=Rules()).left] == [drive]
    assert study.purge_due
    (tmp_path / "unplugged").rename(drive)
    assert finish_purge(study, rules=Rules()).done
    assert not study.purge_due
    assert list(drive.rglob("*.reflexa")) == []


def test_what_is_known_of_backups_is_for_their_owner_and_may_be_damaged(study: Study) -> None:
    make_backup(study, Reason.HOURLY, check=lambda _: True)
    (known,) = config_folder().glob("backups-made.json")
    assert known.stat().st_mode & 0o077 == 0
    for content in ("", "[]", '{"000000": [1]}', '{"a": 3}', "\ud800"):
        known.write_text(content, encoding="utf-8", errors="replace")
        assert made_for("000000", study.path) == []
    sign = sign_of(study)
    make_backup(study, Reason.ASKED, check=lambda _: True)
    assert made_for(sign, study.path)


def test_a_backup_of_another_study_stays(study: Study, talk: Talk, path: Path, tmp_path: Path) -> None:
    from app.operations.studies import new_study

    (tmp_path / "other").mkdir()
    with new_study(tmp_path / "other" / path.name) as other:
        kept = make_backup(other, Reason.HOURLY, check=lambda _: True).path
    folder = path.parent / "belonging-backups"
    folder.mkdir()
    kept = kept.rename(folder / kept.name)
    study.run(make_permanent)
    finish_purge(study)
    assert kept.exists()


def test_backups_are_kept_where_the_study_does_not_verify_afterwards(
    study: Study, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = make_backup(study, Reason.HOURLY, check=lambda _: True).path
    study.run(make_permanent)
    monkeypatch.setattr("app.purging.verify", lambda *_, **__: ["damaged"])
    with pytest.raises(ReflexaError, match="kept"):
        finish_purge(study)
    assert kept.exists()
    assert study.purge_due


def test_an_encrypted_study_is_purged_and_stays_encrypted(tmp_path: Path) -> None:
    from app.operations.studies import new_study
    from app.password import Password

    password, path = Password("seven words that nobody else would say"), tmp_path / "secret.reflexa"
    with new_study(path, "Secret", password=password) as study:
        talk = bring_in(study)
        write_and_erase(study, talk, "Quetzalcoatl")
        make_backup(study, Reason.HOURLY, check=lambda _: True)
        study.run(make_permanent)
        done = finish_purge(study)
        assert (done.backups, done.fresh, done.done) == (1, True, True)
        assert study.connection.execute("SELECT before, after FROM change_row").fetchall() == []
    assert verify(path, full=True, password=password) == []
    assert found_in(tmp_path, "Moderator") == []
