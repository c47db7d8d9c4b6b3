"""From a file to a draft of a transcript: read the bytes, let the format give text, find the turns."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.importers.draft import ImportRefused, LabelCandidate, TranscriptDraft
from app.importers.registry import format_of
from app.importers.speakers import STYLES, find_turns

LARGEST = 200_000_000


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
    kind = format_of(path)
    content = _bytes(path)
    found = kind.read(path, content, encoding)
    draft = TranscriptDraft(
        file_name=path.name,
        format=kind.name,
        encoding=found.encoding,
        text=found.text,
        turns=(),
        style="none",
        file_hash=hashlib.sha256(content).hexdigest(),
        original=content,
        warnings=found.warnings,
        bold=found.bold,
    )
    return detect_again(draft, style=style, not_speakers=not_speakers, also_speakers=also_speakers, merges=merges or {})


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
        draft.text,
        style=style,
        bold=draft.bold,
        not_speakers=not_speakers,
        also_speakers=also_speakers,
        merges=merges or {},
    )
    doubts = [one for one in draft.warnings if not one.startswith(_OURS)]
    if not found.turns:
        doubts.append(f"{_OURS} were found, so the text comes in without turns.")
    once = [candidate.label for candidate in found.candidates if _doubtful(candidate)]
    if once:
        doubts.append(f"{len(once)} label-like starts seen only once are not taken as speakers.")
    return replace(
        draft,
        turns=found.turns,
        style=found.style,
        head=found.head,
        candidates=found.candidates,
        warnings=tuple(dict.fromkeys(doubts)),
    )


def preview(paths: Sequence[Path], **options: Any) -> dict[str, list[dict[str, Any]]]:
    """What `reflexa preview --json` prints: for each file its turns and doubts, or why it is refused."""
    files = []
    for path in paths:
        try:
            draft = read_transcript(path, **options)
        except ImportRefused as error:
            files.append(_refused(Path(path).name, error.sentence))
            continue
        files.append(
            {
                "file": draft.file_name,
                "format": draft.format,
                "encoding": draft.encoding,
                "turns": [[turn.speaker, draft.text[turn.start : turn.end]] for turn in draft.turns],
                "turns_merged": draft.turns_merged,
                "kinds": [turn.kind.value for turn in draft.turns],
                "speakers": dict(draft.speakers),
                "warnings": list(draft.warnings),
                "error": None,
            }
        )
    return {"files": files}


_OURS = "No speaker labels"


def _doubtful(candidate: LabelCandidate) -> bool:
    return not candidate.accepted and candidate.why == "seen only once"


def _refused(name: str, sentence: str) -> dict[str, Any]:
    return {
        "file": name, "format": None, "encoding": None, "turns": [], "turns_merged": 0, "kinds": [], "speakers": {},
        "warnings": [], "error": sentence,
    }  # fmt: skip


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise ImportRefused(f"“{path.name}” is a folder. Choose the files in it.")
        size = path.stat().st_size
        if size == 0:
            raise ImportRefused(f"“{path.name}” is empty: there is no text in it.")
        if size > LARGEST:
            raise ImportRefused(
                f"“{path.name}” is larger than {LARGEST // 1_000_000} MB. Split it and bring in the parts."
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise ImportRefused(f"“{path.name}” is not there. Was it moved or renamed?") from None
    except OSError as error:
        raise ImportRefused(f"“{path.name}” cannot be read ({error.strerror or 'unknown reason'}).") from error
