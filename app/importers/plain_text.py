"""Text made fit for a study: line ends, stray control characters - each thing done is counted and said."""

from __future__ import annotations

import re
from collections import Counter

_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029\ud800-\udfff\ufdd0\ufdd1\ufffe\uffff\u202d\u202e]")
_LINE_ENDS = re.compile("[\u2028\u2029\x85\x0b\x0c]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_UNFIT = re.compile("[\ud800-\udfff\ufdd0\ufdd1\ufffe\uffff]")
_TURNED = re.compile("[\u202d\u202e]")


class Normaliser:
    """Makes pieces of one text fit for a study and remembers what it changed.

    CR, CRLF, U+2028, U+2029, U+0085, VT and FF become LF; lone surrogates and non-characters U+FFFD; C0 and DEL are
    dropped. What reverses the direction of words stays and is counted, for it may show a name other than it reads.
    """

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def clean(self, text: str) -> str:
        """The text with LF line ends and nothing that a study cannot hold."""
        if not _ODD.search(text):
            return text
        self._counts["turned"] += len(_TURNED.findall(text))
        text = text.replace("\r\n", "\n")
        self._counts["carriage returns"] += text.count("\r")
        text = text.replace("\r", "\n")
        for pattern, replacement, name in (
            (_LINE_ENDS, "\n", "line ends"),
            (_CONTROLS, "", "controls"),
            (_UNFIT, "\ufffd", "unfit"),
        ):
            text, number = pattern.subn(replacement, text)
            self._counts[name] += number
        return text

    @staticmethod
    def taken_away(text: str) -> list[int]:
        """The places of the characters that `clean` leaves out, in order; every other one stays one character."""
        return sorted(found.start() for found in re.finditer("\r(?=\n)|[\x00-\x08\x0e-\x1f\x7f]", text))

    @property
    def warnings(self) -> list[str]:
        """What a person should know of."""
        counts, told = self._counts, []
        if counts["line ends"]:
            told.append(f"{times(counts['line ends'], 'unusual line end')} made ordinary.")
        if counts["controls"]:
            told.append(f"{times(counts['controls'], 'control character')} left out.")
        if counts["unfit"]:
            told.append(f"{times(counts['unfit'], 'character')} that cannot be text replaced by \ufffd.")
        if counts["turned"]:
            told.append(
                f"{times(counts['turned'], 'character')} that turns the direction of what follows was kept: "
                "the text may read otherwise than it looks."
            )
        return told

    @property
    def notes(self) -> list[str]:
        """What was done as a matter of course."""
        number = self._counts["carriage returns"]
        return [f"{times(number, 'carriage return')} made line ends."] if number else []


def times(number: int, thing: str, things: str = "") -> str:
    """'1 comment', '2 comments'."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {things or f'{thing}s'}"
