"""What bringing a project of another program in came to."""

from __future__ import annotations

from dataclasses import dataclass

from app.importers.project import Loss


@dataclass(frozen=True)
class ProjectIn:
    """What came in: how many of each thing are new, and all that was not taken over."""

    transcripts: int
    codes: int
    excerpts: int
    codings: int
    participants: int
    themes: int
    memos: int
    entries: int
    losses: tuple[Loss, ...]
    reading: str

    @property
    def anything(self) -> bool:
        """Whether the study is another one now."""
        return any(
            (
                self.transcripts,
                self.codes,
                self.excerpts,
                self.codings,
                self.participants,
                self.themes,
                self.memos,
                self.entries,
            )
        )

    @property
    def sentence(self) -> str:
        """In one sentence."""
        counted = (
            (self.transcripts, "transcript"),
            (self.codes, "code"),
            (self.codings, "coding"),
            (self.participants, "participant"),
            (self.themes, "theme"),
            (self.memos, "memo"),
            (self.entries, "journal entry"),
        )
        parts = [f"{number} {thing if number == 1 else _many(thing)}" for number, thing in counted if number]
        if not self.anything:
            return "Nothing new came in: all of it is in the study already."
        if not parts:
            return "Brought in what was new: excerpts without a code."
        return "Brought in " + (", ".join(parts[:-1]) + " and " if parts[1:] else "") + parts[-1] + "."


def _many(thing: str) -> str:
    return f"{thing[:-1]}ies" if thing.endswith("y") else f"{thing}s"
