"""Habits of other programs, each in a made-up file: keys that change at each export, notes that are annotations ..."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from app.importers.projects import read_project
from app.operations.bringing_project import bring_project
from app.study import Study
from tests.importers.test_refi import counting, project, selection
from tests.material import rows_of

KEYED = re.compile(r'(?<=guid=")[^"]+|(?<=GUID=")[^"]+|(?<=creatingUser=")[^"]+')
MORE = (
    '<Users><User guid="U1" name="Ana"/></Users>'
    '<Variables><Variable guid="V1" name="age" typeOfVariable="Integer"/></Variables>'
    '<Cases><Case guid="P1" name="Nur"><VariableValue><VariableRef targetGUID="V1"/><IntegerValue>21</IntegerValue>'
    '</VariableValue><SourceRef targetGUID="T1"/></Case></Cases>'
    '<Notes><Note guid="N1" name="Idea" creatingUser="U1" creationDateTime="2024-01-02T10:00:00Z"><PlainTextContent>'
    'Look again</PlainTextContent></Note><Note guid="N2" name="Alone" creationDateTime="2024-01-02T10:00:00Z">'
    "<PlainTextContent>On nothing</PlainTextContent></Note></Notes>"
    '<Links><Link guid="L1" name="about" originGUID="N1" targetGUID="C1"/></Links>'
    '<Sets><Set guid="X1" name="Group one"><Description>all</Description><MemberCode targetGUID="C1"/></Set>'
    '<Set guid="X2" name="gender: female"><MemberSource targetGUID="T1"/></Set></Sets>'
)


def with_other_keys(path: Path, other: Path) -> Path:
    """The same project as a program writes it that makes new keys at each export (ATLAS.ti 26)."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith(".qde"):
                content = KEYED.sub(lambda key: f"new-{key[0].casefold()}", content.decode()).encode()
            new.writestr(name, content)
    return other


def test_the_same_project_under_new_keys_adds_nothing(tmp_path: Path, study: Study) -> None:
    told = selection(*counting()("felt 😀 like"), more="<Description>a comment</Description>")
    codes = '<Code guid="C1" name="Home"><NoteRef targetGUID="N1"/></Code>'
    path = project(tmp_path / "p.qdpx", selections=told, codes=codes, more=MORE)
    study.run(bring_project, read_project(path))
    before = rows_of(study)
    done = study.run(bring_project, read_project(with_other_keys(path, tmp_path / "again.qdpx")))
    assert not done.anything, done.sentence
    assert rows_of(study) == before


def test_an_annotation_is_a_note_that_is_linked_to_a_selection(tmp_path: Path, study: Study) -> None:
    """NVivo: its words lie in a file of their own."""
    told = selection(*counting()("How so?"), code=None)
    more = (
        '<Notes><Note guid="N1" name="" plainTextPath="internal://n1.txt"/></Notes>'
        '<Links><Link guid="L1" originGUID="N1" targetGUID="S1"/></Links>'
    )
    path = project(tmp_path / "p.qdpx", selections=told, more=more, folder="Sources", origin="NVivo 12.6")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("Sources/N1.txt", b"\xef\xbb\xbfShe stops here\r\n")
        archive.writestr("sources/.root", b"")
    done = study.run(bring_project, read_project(path))
    (memo,) = rows_of(study)["memo"]
    (excerpt,) = rows_of(study)["excerpt"]
    assert (memo["text"], memo["excerpt_id"], excerpt["quote"]) == ("She stops here", excerpt["id"], "How so?")
    assert done.losses == ()


def test_texts_of_one_name_are_two_and_a_home_folder_goes_nowhere(tmp_path: Path, study: Study) -> None:
    """MAXQDA gives several documents one name; ATLAS.ti writes where the project lay."""
    more = (
        '<Sources><TextSource guid="T2" name="FG1"><PlainTextContent>Other words</PlainTextContent></TextSource>'
        "</Sources>"
    )
    path = project(tmp_path / "p.qdpx", more=more)
    with zipfile.ZipFile(path) as archive:
        xml = archive.read("project.qde").decode().replace("origin=", 'basePath="/mnt/someone/secret" origin=')
    with zipfile.ZipFile(tmp_path / "q.qdpx", "w") as archive:
        archive.writestr("My project.qde", b"\xef\xbb\xbf" + xml.encode())
        archive.writestr("sources/T1.txt", "Nur: Hello")
    study.run(bring_project, read_project(tmp_path / "q.qdpx"))
    assert sorted(row["name"] for row in rows_of(study)["source"]) == ["FG1", "FG1 (2)"]
    assert "someone" not in str(rows_of(study))


def test_colours_are_read_in_whatever_way_they_are_written(tmp_path: Path, study: Study) -> None:
    written = ("#80FF0000", "255,0,0", "rgba(255, 0, 0, 0.5)", "#F00", "red", "FF0000")
    codes = "".join(f'<Code guid="C{n}" name="c{n}" color="{one}"/>' for n, one in enumerate(written))
    done = study.run(bring_project, read_project(project(tmp_path / "p.qdpx", codes=codes)))
    assert {row["colour"] for row in rows_of(study)["code"]} == {"#FF0000"}
    assert done.losses == ()


def test_what_is_lost_is_told_by_name_and_number(tmp_path: Path, study: Study) -> None:
    codes = '<Code guid="C1" name="Home"/><Code guid="C2" name="Away"/>'
    more = '<Links><Link guid="L1" name="contradicts" originGUID="C1" targetGUID="C2"/></Links>'
    more += (
        '<Sources><TextSource guid="T2" name="Lost" plainTextPath="internal://gone.txt">'
        f'{selection(0, 3, key="s8")}{selection(1, 3, key="s9")}</TextSource><TextSource guid="T3" name="Gone" '
        f'plainTextPath="internal://gone.txt">{selection(0, 3, key="s7")}</TextSource></Sources>'
    )
    done = study.run(bring_project, read_project(project(tmp_path / "p.qdpx", codes=codes, more=more)))
    assert [loss.sentence for loss in done.losses] == [
        "Text “Lost”: it is missing from the file",
        "Selection (2): the text of “Lost” is missing, with their 2 codings",
        "Text “Gone”: it is missing from the file",
        "Selection: the text of “Gone” is missing, with its coding",
        "Link “contradicts: Home – Away”: only themes are related by lines",
    ]
    assert done.reading == "The texts of the file hold no selections."
