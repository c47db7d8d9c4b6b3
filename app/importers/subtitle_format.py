"""Subtitles (WebVTT, SRT) as Zoom, Teams, Whisper and others write them: one line a cue, with its time and who speaks.

A cue says who speaks by `Name:` at its beginning or by a voice tag `<v Name>`; a cue that says nothing goes on with
whoever spoke. Cue numbers, settings, notes and styles are no words of anybody.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from app.importers.draft import ImportRefused, KnownLabel, TextDraft
from app.importers.encodings import decode
from app.importers.labels.names import clean, key, looks_like_person
from app.importers.plain_text import Normaliser, times
from app.importers.registry import register

_SRT = re.compile(rb"^(?:\xef\xbb\xbf)?\s*\d{1,6}\s*\r?\n\d{1,2}:\d\d:\d\d[,.]\d{1,3}\s+-->")
_VOICE = re.compile(r"<v(?:\.[\w.-]+)?\s+(?P<name>[^<>\n]{1,80})>")
_TAG = re.compile(r"</?(?:[vcibuq]|ruby|rt|lang|font|span|br)\b[^<>\n]{0,80}>|<\d[\d:.]*>", re.IGNORECASE)
_OVERRIDE = re.compile(r"\{\\[^{}\n]{0,80}\}")
_NAMED = re.compile(r"^(?P<name>[^\W\d_][^:：\n]{0,59})[:：]\s")
_CLOCK = re.compile(r"(?:\d{1,4}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}")
_TIMES = re.compile(r"-->|^\s*\d[\d:.,]*\s*-{0,2}>", re.MULTILINE)
_NAMED_CUE = re.compile(
    r"^(?P<number>\d{1,6})[ \t]+(?:-[ \t]+)?\"?(?P<name>[^\W\d_][^\"<>\n]{0,79}?)\"?(?:[ \t]+\(\d+\))?[ \t]*\n"
    r"(?P<times>[^\n]*-->[^\n]*)\n",
    re.MULTILINE,
)
"""Webex says who speaks beside the number of a cue: `1 "Anna Brown" (1234567)`."""
MOST_CUES = 200_000
OFTEN, SELDOM = 0.6, 0.05
"""Shares of the cues that begin like a label: so many, and whatever does is one; so few, and none is."""


@dataclass(frozen=True)
class _Said:
    """A stretch of a cue in one voice; `name` is empty where no tag says it."""

    time_ms: int
    name: str
    words: str


def looks_like_vtt(content: bytes) -> bool:
    """Whether the file begins as every WebVTT file must."""
    return content[:9].removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")


def looks_like_srt(content: bytes) -> bool:
    """Whether the file begins with the number and the time of a cue."""
    return _SRT.match(content[:200]) is not None


@register("vtt", "Subtitles (WebVTT)", ".vtt", says="WebVTT subtitles", looks_like=looks_like_vtt, is_text=True)
def read_vtt(name: str, content: bytes, encoding: str | None) -> TextDraft:
    """Read WebVTT. Raises ImportRefused for a file without cues."""
    return _read(name, content, encoding, "vtt")


@register("srt", "Subtitles (SubRip)", ".srt", says="SubRip subtitles", looks_like=looks_like_srt, is_text=True)
def read_srt(name: str, content: bytes, encoding: str | None) -> TextDraft:
    """Read SubRip. Raises ImportRefused for a file without cues."""
    return _read(name, content, encoding, "srt")


def _read(name: str, content: bytes, encoding: str | None, kind: str) -> TextDraft:
    from pysubs2 import SSAFile
    from pysubs2.exceptions import Pysubs2Error

    text, found, doubts = decode(name, content, encoding)
    normaliser = Normaliser()
    text = normaliser.clean(text)
    if text.count("-->") > MOST_CUES:
        raise ImportRefused(f"“{name}” has more than {MOST_CUES:,} cues, which no recording has. It was not read.")
    text = _NAMED_CUE.sub(r"\g<number>\n\g<times>\n<v \g<name>>", text) if kind == "vtt" else text
    options = {"keep_unknown_html_tags": True} if kind == "vtt" else {"keep_html_tags": True}
    try:
        cues = SSAFile.from_string(text, format_=kind, **options)
    except (Pysubs2Error, ValueError, ArithmeticError, IndexError) as error:
        raise ImportRefused(f"“{name}” is damaged: its cues cannot be read. Export the subtitles again.") from error
    said = [one for cue in cues for one in _voices(cue.start, cue.text)]
    if not said:
        raise ImportRefused(f"“{name}” holds no words: there is no cue with text in it. Export the subtitles again.")
    parts: list[str] = []
    known: list[KnownLabel] = []
    at = 0
    named = _all_named(said)
    for one in said:
        label = f"[{_clock(one.time_ms)}] " if one.name or named(one.words) else ""
        label += f"{one.name}:" if one.name else ""
        if one.name:
            known.append(KnownLabel(at, at + len(label), one.name, one.time_ms))
            label += " "
        line = f"{label}{one.words}\n"
        parts.append(line)
        at += len(line)
    crooked = sum(
        1 for line in text.split("\n") if _TIMES.search(line) and len(_CLOCK.findall(line)) != 2 and len(line) < 200
    )
    if crooked:
        told = f"{times(crooked, 'cue')} with a time that cannot be read: what it says came in with the one before"
        doubts = [*doubts, f"{told}, or was left out. Compare with the recording."]
    empty = len(cues) - len({one.time_ms for one in said})
    notes = [*normaliser.notes, f"{times(len(cues), 'cue')} read, each a line."]
    notes += [f"{times(empty, 'cue')} without words or at the same moment as another."] if empty > 0 else []
    return TextDraft("".join(parts), found, (*doubts, *normaliser.warnings), tuple(notes), known=tuple(known))


def _all_named(said: list[_Said]) -> Callable[[str], bool]:
    """Whether a cue begins with a name, as these cues write names.

    Where hardly any cue begins like a label (a recogniser of speech without names), a colon is a colon; where some do,
    they begin with names that come again or are written as names.
    """
    found = [match["name"] for one in said if (match := _NAMED.match(one.words)) is not None]
    share = len(found) / len(said)
    if share >= OFTEN:
        return lambda words: _NAMED.match(words) is not None
    again = Counter(map(key, found))
    if share < SELDOM:
        return lambda words: False  # noqa: ARG005 - nobody is named here

    def named(words: str) -> bool:
        match = _NAMED.match(words)
        return match is not None and (again[key(match["name"])] > 1 or looks_like_person(match["name"]))

    return named


def _voices(time_ms: int, text: str) -> Iterator[_Said]:
    """The voices of a cue one after the other; its lines are one paragraph, unless each begins with a dash."""
    text = text.replace("\\N", "\n").replace("\\n", "\n").replace("\\h", " ")
    marks = list(_VOICE.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)][: len(marks)]
    stretches = [("", text[: marks[0].start()] if marks else text)]
    stretches += [(mark["name"], text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
    for name, words in stretches:
        plain = html.unescape(_OVERRIDE.sub("", _TAG.sub("", words)))
        lines = [line.strip() for line in plain.split("\n") if line.strip()]
        if lines and all(line.startswith(("-", "–", "—")) for line in lines) and len(lines) > 1:
            lines = ["\n".join(lines)]
        if lines:
            yield _Said(max(0, time_ms), clean(html.unescape(name)), " ".join(lines))


def _clock(time_ms: int) -> str:
    seconds = time_ms // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
