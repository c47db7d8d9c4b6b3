"""Pseudonymising: names are found wherever they stand, and give way as one change, until nothing of them is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from app.analysis.rights.mentions import Mention, mentions
from app.analysis.rights.names import Likeness, find
from app.analysis.verify import verify
from app.backups import Reason, make_backup
from app.models import Change, Code, Excerpt, MapVersion, Memo, Participant, Source, Speaker
from app.operations.codes import ensure_code
from app.operations.codings import code_passage
from app.operations.excerpts import take_excerpt
from app.operations.maps import keep_version
from app.operations.memos import write_memo
from app.operations.people import add_participant
from app.operations.rights.permanence import make_permanent
from app.operations.rights.pseudonymising import Confirmed, pseudonymise
from app.operations.themes import create_theme, edit_theme
from app.purging import finish_purge
from app.study import Study
from tests.material import bring_in, draft_of, dumped
from tests.operations.rights import CANARIES, found_in

SAID = (
    ("Siti", "My sister Aminah told Siti's friend that Sitti stayed."),
    ("Bilal", "Siti always notices. Siti, you know."),
)


def look(study: Study, *names: str, near: bool = True) -> list[Mention]:
    """Every place of the names."""
    with study.read() as session:
        return mentions(session, names, near=near)


def replace(study: Study, pseudonym: str, *names: str, near: bool = False) -> int:
    """Confirm every place."""
    return study.run(pseudonymise, [Confirmed(one, pseudonym) for one in look(study, *names, near=near)])


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("Siti Aminah said so; Siti's mum. Sitti!", "Siti Aminah binti Hassan",
         [("Siti Aminah", Likeness.PART), ("Siti", Likeness.PART), ("Sitti", Likeness.NEAR)]),
        ("我和王小明去了,小明很好,王大明", "王小明",
         [("王小明", Likeness.EXACT), ("小明", Likeness.PART), ("王大明", Likeness.NEAR)]),
        ("王小明说。小明很好。", "王小明", [("王小明", Likeness.EXACT), ("小明", Likeness.PART)]),
        ("O’Brien, O'Briens, Brien, O’Brien’s", "O'Brien",
         [("O’Brien", Likeness.EXACT), ("O'Briens", Likeness.NEAR), ("Brien", Likeness.PART),
          ("O’Brien", Likeness.EXACT)]),
        ("قال محمد ومحمد", "محمد", [("محمد", Likeness.EXACT), ("محمد", Likeness.FORM)]),
        ("Видел Анну и Анна", "Анна", [("Анну", Likeness.NEAR), ("Анна", Likeness.EXACT)]),
        ("I will see Will", "Will", [("will", Likeness.WORD), ("Will", Likeness.EXACT)]),
        ("Zoe\u0308 came, Zoe too", "Zoë", [("Zoe\u0308", Likeness.EXACT), ("Zoe", Likeness.NEAR)]),
        ("write to siti@usm.example now", "siti@usm.example", [("siti@usm.example", Likeness.EXACT)]),
        ("Participant 3 and Participant 4", "Participant 3", [("Participant 3", Likeness.EXACT)]),
        ("the brother of Van and a van", "Jan van der Berg", []),
        ("Jo, Jo's and jo; Joan", "Jo Smith", [("Jo", Likeness.PART), ("Jo", Likeness.PART)]),
        ("Al saw al; Dr Lim", "Al Green", [("Al", Likeness.WORD)]),
        ("Dr Lim, Mr Tan", "Dr Tan", [("Tan", Likeness.PART)]),
        ("Jo-Ann and Jo, Ann-Jo, Jo-led", "Jo",
         [("Jo", Likeness.NEAR), ("Jo", Likeness.EXACT), ("Jo", Likeness.NEAR), ("Jo", Likeness.EXACT)]),
        ("A.J., AJ, A. J.", "A.J.",
         [("A.J.", Likeness.EXACT), ("AJ", Likeness.NEAR), ("A. J", Likeness.NEAR)]),
        ("MaryJane, Mary-Jane, Mary", "Mary-Jane",
         [("MaryJane", Likeness.NEAR), ("Mary-Jane", Likeness.EXACT), ("Mary", Likeness.PART)]),
        ("Li, LiWei; Wei", "Li Wei", [("Li", Likeness.PART), ("LiWei", Likeness.NEAR), ("Wei", Likeness.PART)]),
        ("C++ and C", "C++", [("C++", Likeness.EXACT)]),
        ("Nur1, nur_2. Nurul", "Nur", [("Nur", Likeness.FORM), ("nur", Likeness.WORD)]),
        ("Mueller, Muller", "Müller", [("Mueller", Likeness.NEAR), ("Muller", Likeness.NEAR)]),
        ("Que\u00adtzal Que\u200btzalis", "Quetzal",
         [("Que\u00adtzal", Likeness.EXACT), ("Que\u200btzalis", Likeness.NEAR)]),
        ("김민수는 민수가 김민수씨의, 김민수정", "김민수",
         [("김민수", Likeness.FORM), ("민수", Likeness.FORM), ("김민수", Likeness.FORM), ("김민수정", Likeness.NEAR)]),
        ("וכשדניאל, שלדניאל, לְדָנִיֵּאל", "דניאל",
         [("דניאל", Likeness.FORM), ("דניאל", Likeness.FORM), ("דָנִיֵּאל", Likeness.NEAR)]),
        ("فلدانيال، ودانـيال، وفاطمه", "دانيال", [("دانيال", Likeness.FORM), ("دانـيال", Likeness.FORM)]),
        ("وفاطمه، فاطمتي", "فاطمة", [("فاطمه", Likeness.NEAR), ("فاطمتي", Likeness.NEAR)]),
        ("Siti Sitti", "Siti", [("Siti", Likeness.EXACT), ("Sitti", Likeness.NEAR)]),
        ("nothing here", "  ", []),
    ],
)  # fmt: skip
def test_a_name_is_found_in_every_form(text: str, name: str, found: list[tuple[str, Likeness]]) -> None:
    assert [(text[one.start : one.end], one.likeness) for one in find(text, [name])] == found


def test_names_in_what_was_said_are_marked_and_excerpts_move_along(study: Study, path: Path) -> None:
    talk = bring_in(study, draft_of(SAID))
    start, end = talk.span("Siti always notices")
    code = study.run(ensure_code, "Noticing")
    study.run(code_passage, talk.source_id, start, end, code)
    later = study.run(take_excerpt, talk.source_id, *talk.span("you know"))
    before = dumped(study)
    assert replace(study, "Nur", "Siti") == 6
    with study.read() as session:
        text = session.scalar(select(Source.text))
        assert text is not None
        assert "Nur: My sister Aminah told [Nur]'s friend that Sitti stayed." in text
        assert "Bilal: [Nur] always notices. [Nur], you know." in text
        quotes = session.scalars(select(Excerpt.quote).order_by(Excerpt.start)).all()
        assert quotes == ["[Nur] always notices", "you know"]
        assert session.get_one(Excerpt, later).quote == "you know"
        assert set(session.scalars(select(Speaker.label))) == {"Nur", "Bilal"}
        assert set(session.scalars(select(Participant.pseudonym))) == {"Nur", "Bilal"}
    assert study.next_undo().label == "Pseudonymise (6 places)"
    assert verify(path, full=True) == []
    study.undo()
    assert dumped(study) == before
    study.redo()
    assert verify(path, full=True) == []


def test_everything_that_was_written_is_looked_through(study: Study) -> None:
    talk = bring_in(study)
    study.run(write_memo, "source", talk.source_id, "Quetzal was quiet")
    study.run(ensure_code, "what Quetzal calls home")
    study.run(edit_theme, study.run(create_theme, "Quetzal's place"), concept="Quetzal belongs")
    study.run(keep_version, "Quetzal's map")
    study.run(add_participant, "Quetzal")
    replace(study, "Ana", "Quetzal")
    assert look(study, "Quetzal") == []
    with study.read() as session:
        assert session.scalars(select(Memo.text)).one() == "Ana was quiet"
        assert session.scalars(select(Code.name)).one() == "what Ana calls home"
        assert "Ana's place" in str(session.scalars(select(MapVersion.snapshot)).one())


def test_the_trail_keeps_the_new_words_also_after_undo(study: Study) -> None:
    bring_in(study)
    with study.change(reason="since Quetzal asked") as session:
        ensure_code(session, "Quetzal's place")
    replace(study, "Ana", "Quetzal")
    study.undo()
    with study.read() as session:
        rows = session.execute(select(Change.label, Change.reason)).all()
        assert session.scalars(select(Code.name)).one() == "Quetzal's place"
    assert "Quetzal" not in str(rows)
    assert "since Ana asked" in str(rows)


def test_somebody_who_is_no_participant_is_described(study: Study) -> None:
    bring_in(study, draft_of(SAID))
    replace(study, "her sister", "Aminah")
    with study.read() as session:
        assert "My sister [her sister] told" in (session.scalar(select(Source.text)) or "")


@pytest.mark.parametrize("name", CANARIES)
def test_made_permanent_the_name_is_nowhere_in_the_folder(study: Study, path: Path, name: str) -> None:
    import io
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:t>{name}</w:t>" * 20)
    lines = ((name, f"I am {name}, and nobody else."), ("Bilal", f"Yes, {name}. Or {name}!"))
    draft = draft_of(lines, original=packed.getvalue())
    talk = bring_in(study, draft, keep_original=True)
    study.run(write_memo, "source", talk.source_id, f"{name} and {name.upper()}")
    study.run(ensure_code, f"as {name} says")
    study.run(create_theme, f"With {name}")
    study.run(keep_version, f"after {name}")
    make_backup(study, Reason.HOURLY, check=lambda _: True)
    assert found_in(path.parent, name)
    replace(study, "Ana", name)
    study.run(make_permanent)
    finish_purge(study)
    study.close()
    assert found_in(path.parent, name) == []
    assert verify(path, full=True) == []
