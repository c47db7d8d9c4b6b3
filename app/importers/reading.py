"""From a file to a draft of a transcript: read the bytes, let the format give text, find the turns."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.importers.attendees import attendees
from app.importers.doubts import doubts
from app.importers.draft import ImportRefused, TranscriptDraft
from app.importers.labels import STYLES, Page
from app.importers.registry import format_of
from app.importers.speakers import find_turns

LARGEST = 200_000_000
MOST_LINES = 400_000
"""Lines with words on them: some hundred hours of talk. Finding who speaks in more would take minutes."""


def read_transcript(
    path: Path,
    *,
    encoding: str | None = None,
    style: str | None = None,
    not_speakers: Collection[str] = (),
    also_speakers: Collection[str] = (),
    merges: Mapping[str, str] | None = None,
) -> TranscriptDraft:
    """Read one file. Raises ImportRefused with one sentence that names the file."""
    path = Path(path)
    if style is not None and style not in STYLES:
        raise ImportRefused(f"There is no label style “{style}”. The styles are: {', '.join(STYLES)}.")
    name = shown_name(path)
    content = read_bytes(path, LARGEST)
    kind = format_of(name, content)
    found = kind.read(name, content, encoding)
    if found.text.count("\n") - found.text.count("\n\n") > MOST_LINES:
        raise ImportRefused(
            f"“{name}” has more than {MOST_LINES:,} lines, which is no one talk. Split it and bring in the parts."
        )
    draft = TranscriptDraft(
        file_name=name,
        format=kind.name,
        encoding=found.encoding,
        text=found.text,
        turns=(),
        style="none",
        file_hash=hashlib.sha256(content).hexdigest(),
        original=content,
        notes=found.notes,
        bold=found.bold,
        known=found.known,
        reading_warnings=found.warnings,
    )
    return detect_again(draft, style=style, not_speakers=not_speakers, also_speakers=also_speakers, merges=merges)


def detect_again(
    draft: TranscriptDraft,
    *,
    style: str | None = None,
    not_speakers: Collection[str] = (),
    also_speakers: Collection[str] = (),
    merges: Mapping[str, str] | None = None,
) -> TranscriptDraft:
    """The same text with its turns found anew, as the researcher's choices say."""
    found = find_turns(
        Page(draft.text, draft.bold, draft.known),
        style=style,
        not_speakers=not_speakers,
        also_speakers=also_speakers,
        merges=merges,
    )
    spoken = replace(draft, turns=found.turns).speakers
    warnings = (*draft.reading_warnings, *doubts(draft.text, found, spoken))
    before = draft.text[: found.turns[0].label_start] if found.turns else ""
    present = attendees(before, found.head, spoken)
    return replace(
        draft,
        attendees=tuple((label, one.name, one.moderates) for label, one in present.items()),
        turns=found.turns,
        style=found.style,
        head=found.head,
        candidates=found.candidates,
        warnings=warnings,
    )


def preview(paths: Sequence[Path], **options: Any) -> dict[str, list[dict[str, Any]]]:
    """What `reflexa preview --json` prints: for each file its turns and doubts, or why it is refused."""
    return {"files": [_previewed(Path(path), options) for path in paths]}


def _previewed(path: Path, options: Mapping[str, Any]) -> dict[str, Any]:
    from app.importers.child import read_guarded

    try:
        draft = read_guarded(path, **options)
    except ImportRefused as refused:
        return {
            "file": shown_name(path), "format": None, "encoding": None, "turns": [], "turns_merged": 0, "kinds": [],
            "speakers": {}, "warnings": [], "error": refused.sentence,
        }  # fmt: skip
    turns: list[list[str | None]] = []
    for turn in draft.turns:
        words = draft.text[turn.start : turn.end]
        if turn.continues:
            turns[-1][1] = f"{turns[-1][1]}\n{words}"
        else:
            turns.append([turn.speaker, words])
    return {
        "file": draft.file_name,
        "format": draft.format,
        "encoding": draft.encoding,
        "turns": turns,
        "turns_merged": draft.turns_merged,
        "kinds": [turn.kind.value for turn in draft.turns if not turn.continues],
        "speakers": dict(draft.speakers),
        "warnings": list(draft.warnings),
        "error": None,
    } | ({"names": {label: name for label, name, _ in draft.attendees}} if draft.attendees else {})


def shown_name(path: Path) -> str:
    """The name of a file as text: a name in bytes that are no UTF-8 is shown with replacements."""
    name = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(one if one.isprintable() else "\ufffd" for one in name) or str(path)


def read_bytes(path: Path, largest: int) -> bytes:
    """The bytes of a regular file. Raises ImportRefused for anything else, for an empty file and past `largest`."""
    name = shown_name(path)
    try:
        state = path.stat()
        if stat.S_ISDIR(state.st_mode):
            raise ImportRefused(f"“{name}” is a folder. Choose the files in it.")
        if not stat.S_ISREG(state.st_mode):
            raise ImportRefused(f"“{name}” is not a file that can be read. Choose a file on your disk.")
        if state.st_size == 0:
            raise ImportRefused(
                f"“{name}” is empty: there is no text in it. Choose the file that holds the transcript."
            )
        if state.st_size > largest:
            raise ImportRefused(f"“{name}” is larger than {largest // 1_000_000} MB. Split it and bring in the parts.")
        return path.read_bytes()
    except FileNotFoundError:
        raise ImportRefused(f"“{name}” is not there. Look whether it was moved or renamed.") from None
    except PermissionError:
        raise ImportRefused(f"“{name}” may not be read with your rights. Ask who owns it, or copy it.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "unknown reason"
        raise ImportRefused(f"“{name}” cannot be read ({reason}). Try again, or copy it to another place.") from error
