"""What is written on words that no code holds: it stands in the margin where the name of a code would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.analysis.memos import texts_beside

if TYPE_CHECKING:
    from app.ui.code.workspace import CodeWorkspace
    from app.ui.transcript.marks import CodingMark


class NotesInText:
    """The notes of the transcript shown, by their excerpts; read when it is shown and when one was written."""

    def __init__(self, place: CodeWorkspace) -> None:
        self._place = place
        self._texts: dict[str, str] = {}

    def read(self) -> set[str]:
        """Read them anew; returns the excerpts of which the note is another one now."""
        before, script = self._texts, self._place.script
        with self._place.desk.read() as session:
            self._texts = texts_beside(session, script.id) if script is not None else {}
        return {key for key in before.keys() | self._texts.keys() if before.get(key) != self._texts.get(key)}

    def follow(self) -> None:
        """Something was written: draw the marks anew that say something else now."""
        place = self._place
        old = [mark for key in self.read() for mark in place.marks.get(key, []) if not mark.code_id]
        new = [self.noted(mark) for mark in old]
        if old != new:
            place.exchange_marks(old, new)

    def noted(self, mark: CodingMark) -> CodingMark:
        """The mark of words without a code, with what is written on them."""
        text = "" if mark.code_id else self._texts.get(mark.excerpt_id, "")
        if mark.code_id or not (text or mark.definition):
            return mark
        name = " ".join(text.split()) or self._place.no_code
        return mark._replace(name=name, sign="¶" if text else "–", definition=text)
