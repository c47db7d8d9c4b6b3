"""Text from bytes that may be damaged, and finding the one bit that fell over where a hash tells what was there."""

from __future__ import annotations

import hashlib

MOST_TRIED = 120_000
"""Bytes of a text above which its bits are not tried one by one: that takes half a minute then."""


def as_text(raw: bytes) -> str:
    """Bytes as text; what is none stays recognisable as such."""
    return raw.decode("utf-8", "surrogateescape")


def cleaned(text: str) -> str:
    """Damaged text as text that may stand in a study: a mark for each byte that is none."""
    raw = text.encode("utf-8", "surrogateescape")
    return raw.decode("utf-8", "replace").replace("\0", "�")


def put_right(text: str, expected: str) -> str | None:
    """The text whose hash is `expected` and that differs from this one in a single bit; None if there is none."""
    raw = bytearray(text.encode("utf-8", "surrogateescape"))
    if len(raw) > MOST_TRIED or len(expected) != 64:
        return None
    before = hashlib.sha256()
    for place, byte in enumerate(raw):
        rest = memoryview(raw)[place + 1 :]
        for bit in range(8):
            tried = before.copy()
            tried.update(bytes((byte ^ 1 << bit,)))
            tried.update(rest)
            if tried.hexdigest() == expected:
                rest.release()
                raw[place] = byte ^ 1 << bit
                return raw.decode("utf-8", "surrogateescape")
        rest.release()
        before.update(bytes((byte,)))
    return None
