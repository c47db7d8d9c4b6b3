"""Projects as other programs write them (made up from what was seen of each), with the quirks of each."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

from docx import Document

from app.importers.projects import read_project
from app.operations.bringing_project import bring_project
from app.study import Study
from tests.material import rows_of

NS = 'xmlns="urn:QDA-XML:project:1.0"'
TALK = "Nur: It felt like a place.\nBen: Same here.\n"


def packed(path: Path, inner: str, xml: str, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(inner, f'<?xml version="1.0" encoding="utf-8"?>{xml}')
        for name, content in files.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return path


def brought(study: Study, path: Path) -> tuple[dict[str, list[dict[str, Any]]], str]:
    """What came in, and what did not; a second time nothing does."""
    done = study.run(bring_project, read_project(path))
    rows = rows_of(study)
    assert not study.run(bring_project, read_project(path)).anything
    assert {name: len(held) for name, held in rows_of(study).items() if name != "change"} == {
        name: len(held) for name, held in rows.items() if name != "change"
    }
    return rows, "\n".join(loss.sentence for loss in done.losses)


def test_maxqda_says_things_of_texts_in_cases_without_a_name(tmp_path: Path, study: Study) -> None:
    at = TALK.index("It felt")
    xml = (
        f'<Project {NS} name="P" origin="MAXQDA 24 (Release 24.7.0)"><CodeBook><Codes>'
        '<Code guid="AAAA0001-0000-0000-0000-000000000001" name="Home" isCodable="true" color="#FF0000">'
        "<Description>where one is held</Description></Code></Codes></CodeBook>"
        '<Variables><Variable guid="V1" name="School" typeOfVariable="Text"/></Variables>'
        '<Cases><Case guid="K1"><VariableValue><VariableRef targetGUID="V1"/><TextValue>North</TextValue>'
        '</VariableValue><SourceRef targetGUID="T1"/></Case></Cases>'
        '<Sources><TextSource guid="T1" name="Group" plainTextPath="internal://T1.txt">'
        f'<PlainTextSelection guid="S1" name="" startPosition="{at}" endPosition="{at + 7}"><Coding guid="C1">'
        '<CodeRef targetGUID="aaaa0001-0000-0000-0000-000000000001"/></Coding></PlainTextSelection>'
        f'<PlainTextSelection guid="S2" name="" startPosition="{at}" endPosition="{at + 2}">'
        "<Description>a paraphrase</Description></PlainTextSelection></TextSource>"
        '<TextSource guid="T2" name="Group" plainTextPath="internal://T2.txt"/></Sources>'
        '<Sets><Set guid="X1" name="First year"><MemberSource targetGUID="T1"/></Set></Sets></Project>'
    )
    path = packed(tmp_path / "m.qdpx", "project.qde", xml, sources__T1_dot_txt=TALK.encode(),
                  sources__T2_dot_txt=b"Nur: Something else.\nNur: More.\n")  # fmt: skip
    rows, lost = brought(study, path)
    assert sorted(row["name"] for row in rows["source"]) == ["Group", "Group (2)"]
    assert sorted(row["text"] for row in rows["memo"]) == [
        "In the set “First year”.", "School: North", "a paraphrase",
    ]  # fmt: skip
    assert sorted(row["quote"] for row in rows["excerpt"]) == ["It", "It felt"]
    assert not lost


def test_nvivo_for_mac_writes_cases_among_codes_and_annotations_as_linked_notes(tmp_path: Path, study: Study) -> None:
    document = Document()
    document.add_paragraph("What I noted.")
    held = io.BytesIO()
    document.save(held)
    at = TALK.index("Same here")
    xml = (
        f'<Project {NS} name="P" origin="NVivo 15 for Mac"><CodeBook><Codes>'
        '<Code guid="f1" name="Codes" isCodable="false"><Code guid="c1" name="Home" isCodable="true"/></Code>'
        '<Code guid="k1" name="Nur" isCodable="true"><Code guid="c2" name="Beneath" isCodable="true"/></Code>'
        '</Codes></CodeBook><Cases><Case guid="k1" name="Nur"><SelectionRef targetGUID="s1"/></Case></Cases>'
        '<Sources><TextSource guid="t1" name="Talk" plainTextPath="internal://t1.txt" richTextPath="internal://t1.docx">'
        f'<PlainTextSelection guid="s1" name="" startPosition="0" endPosition="{TALK.index("Ben")}"><Description/>'
        '<Coding guid="g1"><CodeRef targetGUID="k1"/></Coding></PlainTextSelection>'
        f'<PlainTextSelection guid="s2" name="" startPosition="{at}" endPosition="{at + 9}"><Coding guid="g2">'
        '<CodeRef targetGUID="c1"/></Coding></PlainTextSelection></TextSource></Sources>'
        '<Notes><Note guid="n1" name="Annotation" richTextPath="internal://n1.docx"/></Notes>'
        '<Links><Link guid="l1" name="" direction="Associative" originGUID="n1" targetGUID="s2"/></Links></Project>'
    )
    path = packed(tmp_path / "n.qdpx", "project.qde", xml, sources___dot_root=b"", sources__t1_dot_txt=TALK.encode(),
                  sources__n1_dot_docx=held.getvalue())  # fmt: skip
    rows, lost = brought(study, path)
    assert sorted(row["name"] for row in rows["code"]) == ["Beneath", "Codes", "Home"]
    assert [row["pseudonym"] for row in rows["participant"]] == ["Nur"]
    assert [row["text"] for row in rows["memo"]] == ["Annotation\nWhat I noted."]
    assert "its Word document was read" in lost
    assert "“Nur”: it is a case" in lost


def test_atlas_ti_names_its_file_otherwise_and_writes_groups_as_sets(tmp_path: Path, study: Study) -> None:
    text = TALK.replace("\n", "\r\n").encode()
    at = TALK.index("Same here")
    xml = (
        f'<Project {NS} name="P" origin="ATLAS.ti 26.1.2" basePath="C:\\Users\\someone"><CodeBook><Codes>'
        '<Code guid="c1" name="Home" isCodable="true"/><Code guid="c2" name="Away" isCodable="true"/>'
        "</Codes></CodeBook><Sources>"
        '<TextSource guid="t1" name="Talk" plainTextPath="internal://t1.txt"><Description>A first talk</Description>'
        f'<PlainTextSelection guid="s1" name="Same here" startPosition="{at}" endPosition="{at + 9}">'
        '<Coding guid="g1"><CodeRef targetGUID="c1"/></Coding></PlainTextSelection>'
        '<PlainTextSelection guid="s2" name="" startPosition="4" endPosition="4"><Coding guid="g2">'
        '<CodeRef targetGUID="c2"/></Coding></PlainTextSelection></TextSource></Sources>'
        '<Notes><Note guid="m1" name="Plan"><PlainTextContent>What I do next</PlainTextContent></Note></Notes>'
        '<Sets><Set guid="x1" name="gender: female"><MemberSource targetGUID="t1"/></Set>'
        '<Set guid="x2" name="Feelings"><MemberCode targetGUID="c1"/><MemberCode targetGUID="c2"/></Set>'
        '<Set guid="x3" name="Places"><MemberCode targetGUID="c1"/></Set></Sets></Project>'
    )
    rows, lost = brought(study, packed(tmp_path / "a.qdpx", "My project.qde", xml, sources__t1_dot_txt=text))
    assert [row["quote"] for row in rows["excerpt"]] == ["Same here"]
    assert [row["text"] for row in rows["journal_entry"]] == ["Plan\nWhat I do next"]
    assert {"A first talk", "In the set “gender: female”.", "In the set “Places”."} == {
        row["text"] for row in rows["memo"]
    }
    assert "Selection: it does not stand inside the text “Talk”, with its coding" in lost
    assert [row["title"] for row in rows["board_pile"]] == ["Feelings"]
