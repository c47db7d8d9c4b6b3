"""Broken and odd files of every kind that comes in: each ends in a sound draft or in one sentence."""

from __future__ import annotations

import io
import random
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from app.errors import ReflexaError
from app.importers import read_participants, read_transcript
from app.importers.code_list import read_code_list
from app.importers.lens_file import read_lens
from tests.importers.test_formats import pdf

LINES = [("Moderator", "So, why?"), ("Aina", "Because: I felt it 😀."), ("Ben", "<b>Yes</b> & no."), ("Aina", "Right.")]


def workbook(*rows: tuple[str, ...]) -> bytes:
    book, held = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(held)
    return held.getvalue()


def opendocument() -> bytes:
    held = io.BytesIO()
    names = ["office", "text"]
    spaces = " ".join(f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in names)
    words = "".join(f"<text:p>{who}: word</text:p>" for who, _ in LINES)
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", f"<office:document-content {spaces}><office:body><office:text>{words}"
                         "</office:text></office:body></office:document-content>")  # fmt: skip
    return held.getvalue()


PLAIN = "\n".join(f"{who}: {said}" for who, said in LINES).encode()
CUES = "\n\n".join(f"00:00:0{n}.000 --> 00:00:0{n + 1}.000\n<v {who}>{said}" for n, (who, said) in enumerate(LINES))
SEEDS: dict[str, bytes] = {
    "txt": PLAIN,
    "md": b"# Talk\n\n" + PLAIN.replace(b":", b":**").replace(b"\n", b"\n\n**"),
    "html": b"<html><body><p>" + PLAIN.replace(b"\n", b"</p><p>") + b"</p><table><tr><td>x</table>",
    "rtf": b"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}" + PLAIN.decode("utf-8").encode("ascii", "ignore")
    .replace(b"\n", b"\\par\n") + b"\\u8217?\\'e9}",
    "vtt": b"WEBVTT\n\n" + CUES.encode(),
    "srt": "\n\n".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n + 1},000\n{one[0]}: {one[1]}"
    for n, one in enumerate(LINES)).encode(),
    "csv": b"speaker,text\n" + "\n".join(f'{who},"{said}"' for who, said in LINES).encode(),
    "tsv": b"speaker\ttext\n" + "\n".join(f"{who}\t{said}" for who, said in LINES).encode(),
    "xlsx": workbook(("speaker", "text"), *LINES),
    "odt": opendocument(),
    "pdf": pdf([[f"{who}: word" for who, _ in LINES]]),
}  # fmt: skip
CODES = (
    b'<CodeBook xmlns="urn:QDA-XML:codebook:1:0" origin="NVivo"><Codes><Code guid="1" name="Home" isCodable="true"'
    b' color="rgb(1,2,3)"><Code guid="2" name="In" color="#FF00AA11"/></Code></Codes><Sets/></CodeBook>'
)
TABLES: dict[str, tuple[Callable[[Path], object], bytes]] = {
    "people.csv": (read_participants, b"pseudonym,role,age\nAina,mentee,21\nBen,mentor,40\n"),
    "people.xlsx": (read_participants, workbook(("pseudonym", "age"), ("Aina", "21"))),
    "codes.csv": (read_code_list, b"name,parent,colour\nHome,,#aabbcc\nNoticed,Home,\n"),
    "codes.xlsx": (read_code_list, workbook(("name", "definition"), ("Home", "held"))),
    "codes.qdc": (read_code_list, CODES),
    "codes.json": (read_code_list, b'{"codes": [{"name": "Home", "children": [{"name": "In"}]}]}'),
    "lens.json": (read_lens, b'{"name": "L", "entries": [{"name": "E", "definition": "d", "children": []}]}'),
}


ODD = (b"\0", b"\xff\xfe", b"<", b"\n\n", b"]]>", b"&#0;", b'"', b"{", b"\\bin99999 ")


def wounded(content: bytes, seed: int, wounds: int) -> bytes:
    """The bytes with some of them changed, doubled, left out or put elsewhere."""
    chance, held = random.Random(seed), bytearray(content)
    for _ in range(wounds):
        at = chance.randrange(len(held) + 1)
        until = min(len(held), at + chance.choice((1, 2, 9, 60)))
        match chance.randrange(4):
            case 0:
                held[at:until] = bytes(chance.randrange(256) for _ in range(until - at))
            case 1:
                held[at:at] = held[at:until] * chance.choice((1, 3, 50))
            case 2:
                del held[at:until]
            case _:
                held[at:at] = chance.choice(
                    (b"\0", b"\xff\xfe", b"<", b"\n\n", b"]]>", b"&#0;", b'"', b"{", b"\\bin99999 ")
                )
    return bytes(held)


@pytest.mark.parametrize("ending", SEEDS)
@settings(max_examples=40, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6), wounds=st.integers(0, 12))
def test_a_wounded_transcript_is_a_sound_draft_or_refused(ending: str, seed: int, wounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"talk.{ending}"
        path.write_bytes(wounded(SEEDS[ending], seed, wounds))
        try:
            draft = read_transcript(path)
        except ReflexaError as refused:
            assert refused.sentence
            return
    before = 0
    for turn in draft.turns:
        assert before <= turn.label_start <= turn.label_end <= turn.start <= turn.end <= len(draft.text)
        before = turn.end
    assert not any("\ud800" <= one <= "\udfff" or one in "\0\r" for one in draft.text)


@pytest.mark.parametrize("name", TABLES)
@settings(max_examples=40, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6), wounds=st.integers(0, 12))
def test_a_wounded_table_list_or_lens_is_read_or_refused(name: str, seed: int, wounds: int) -> None:
    read, content = TABLES[name]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(wounded(content, seed, wounds))
        try:
            read(path)
        except ReflexaError as refused:
            assert refused.sentence


@pytest.mark.parametrize("ending", SEEDS)
def test_the_unwounded_file_is_read_with_its_speakers(tmp_path: Path, ending: str) -> None:
    (tmp_path / f"talk.{ending}").write_bytes(SEEDS[ending])
    assert {"Moderator", "Aina"} <= read_transcript(tmp_path / f"talk.{ending}").speakers.keys()
