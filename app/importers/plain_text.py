"""Text made fit for a study: line ends, stray control characters - each thing done is counted and said."""

from __future__ import annotations

import re

_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\u0085\x0b\x0c]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_UNFIT = re.compile("[\ud800-\udfff\ufdd0\ufdd1\ufffe\uffff]")


def normalised(text: str) -> tuple[str, list[str]]:
    """(text with LF line ends and nothing that a study cannot hold, what was changed in words).

    CR, CRLF, U+2028, U+2029, U+0085, VT and FF become LF; lone surrogates and non-characters U+FFFD; C0 is dropped.
    """
    warnings = []
    text = text.removeprefix("\ufeff")
    text, odd_ends = re.subn("\r(?!\n)|[\u2028\u2029\u0085\x0b\x0c]", "\n", text)
    text = _LINE_ENDS.sub("\n", text)
    if odd_ends:
        warnings.append(f"{odd_ends} unusual line ends were made ordinary ones.")
    text, controls = _CONTROLS.subn("", text)
    if controls:
        warnings.append(f"{controls} control characters were left out.")
    text, unfit = _UNFIT.subn("\ufffd", text)
    if unfit:
        warnings.append(f"{unfit} characters that are no text were replaced by \ufffd.")
    return text, warnings
