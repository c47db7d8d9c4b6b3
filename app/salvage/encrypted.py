"""An encrypted study with damage in it, made readable: SQLCipher reads nothing more once one page fails its check sum.

Each page that fails is given the sum that fits it, in a copy which is as encrypted as the study; what fell over shows
as damage of some sixteen bytes then, which the rest of the salvage knows how to handle.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from app.backups import backups_of
from app.cipher import PAGE, Secret, StudyKey, unlock
from app.errors import ReflexaError, WrongPassword
from app.models.sqlite import MAGIC
from app.rollback import rolled_back

MOST_TRIED = 40
"""Lost pages that are tried with what a backup holds in their place."""


def key_and_contents(path: Path, password: Secret | None) -> tuple[StudyKey | None, list[bytes]]:
    """The key of a study, and its bytes: first with what a crash cut off taken back, then without. No key: a plain one.

    Where the first page is damaged, so that nothing tells whether the password fits, it is taken from a backup. Raises
    PasswordNeeded, WrongPassword, OSError.
    """
    content = path.read_bytes()
    contents = [content]
    journal = path.with_name(path.name + "-journal")
    if journal.exists():
        contents.insert(0, rolled_back(content, journal.read_bytes()))
    key, first, refusal = None, content[:PAGE], None
    try:
        key = unlock(path, password)
    except WrongPassword as error:
        refusal = error
    if key is None and password is not None and not content.startswith(MAGIC):
        key, first = _from_backup(path, password, content)
    if key is None and refusal is not None:
        raise refusal
    if key is None:
        return None, contents
    return key, [one if key.fits(one[:PAGE]) else first + one[PAGE:] for one in contents]


def readable(content: bytes, key: StudyKey) -> bytes:
    """The same with a fitting sum on every page that is not empty, and no half of a page at the end."""
    return b"".join(
        page if not any(page) or key.fits(page, number) else key.signed(page, number)
        for number, page in enumerate(_pages(content), start=1)
    )


def with_pages_of_backup(path: Path, content: bytes, key: StudyKey) -> Iterator[bytes]:
    """The content with one lost page after the other as the newest backup has it: it may be one that names tables."""
    donor: list[bytes] = []
    for one in backups_of(path):
        with suppress(OSError):
            donor = _pages(one.path.read_bytes())
            if donor and key.fits(donor[0]):
                break
    pages = _pages(content)
    lost = [number for number, page in enumerate(pages, start=1) if number > 1 and not key.fits(page, number)]
    for number in [one for one in lost if one <= len(donor)][:MOST_TRIED]:
        if key.fits(donor[number - 1], number):
            yield b"".join([*pages[: number - 1], donor[number - 1], *pages[number:]])


def _from_backup(path: Path, password: Secret, content: bytes) -> tuple[StudyKey | None, bytes]:
    """Key and first page of the newest backup that was written with the key of this file's other pages."""
    for one in backups_of(path):
        with suppress(OSError, ReflexaError):
            key, first = unlock(one.path, password), one.path.read_bytes()[:PAGE]
            if key is not None and any(key.fits(page, number) for number, page in enumerate(_pages(content), start=1)):
                return key, first
    return None, b""


def _pages(content: bytes) -> list[bytes]:
    whole = content + bytes(-len(content) % PAGE)
    return [whole[start : start + PAGE] for start in range(0, len(whole), PAGE)]
