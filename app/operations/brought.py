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
    losses: tuple[Loss, ...]
    reading: str

    @property
    def anything(self) -> bool:
        """Whether the study is another one now."""
        return any(
            (self.transcripts, self.codes, self.excerpts, self.codings, self.participants, self.themes, self.memos)
        )

    @property
    def sentence(self) -> str:
        """In one sentence."""
        if not self.anything:
            return "Nothing new came in: all of it is in the study already."
        return (
            f"Brought in {self.transcripts} transcripts, {self.codes} codes, {self.codings} codings, "
            f"{self.participants} participants and {self.memos} memos."
        )
