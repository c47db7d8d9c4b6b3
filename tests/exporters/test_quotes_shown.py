"""How a quote names its speakers."""

from __future__ import annotations

from sqlalchemy import select

from app.analysis.quotation import Quoter
from app.models import Speaker
from app.models.kinds import SpeakerKind
from app.operations.people import edit_participant, link_speaker
from tests.exporters.conftest import Book


def voices(book: Book, words: str) -> list[tuple[str, str]]:
    start, end = book.talk.span(words)
    with book.study.read() as session:
        return [(one.attribution, one.words) for one in Quoter(session).quote(book.talk.source_id, start, end).voices]


def test_speakers_of_different_roles_are_named_by_the_template(book: Book) -> None:
    assert voices(book, "say more?\nAisyah: =cmd") == [("Moderator, FG1", "say more?"), ("Mentor, FG1", "=cmd")]


def test_two_people_of_one_role_are_told_apart(book: Book) -> None:
    book.study.run(edit_participant, book.people["Aisyah"], role="Mentee")
    span = "typed <script>alert(1)</script>\nNur: And then you pass it on.\nAisyah: We never met"
    assert [name for name, _ in voices(book, span)] == [
        "Mentee, FG1, speaker A",
        "Mentee, FG1, speaker B",
        "Mentee, FG1, speaker A",
    ]


def test_one_person_twice_is_not_numbered(book: Book) -> None:
    assert voices(book, "And then you pass") == [("Mentee, FG1", "And then you pass")]


def test_a_label_that_points_to_nobody_never_stands_in_for_a_role(book: Book) -> None:
    with book.study.read() as session:
        speaker_id = session.scalars(select(Speaker.id).where(Speaker.label == "Aisyah")).one()
    book.study.run(link_speaker, speaker_id, SpeakerKind.UNKNOWN)
    assert voices(book, "We never met") == [("Unknown speaker, FG1", "We never met")]
