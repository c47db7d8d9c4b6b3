"""What tests of participants' rights share: looking for words in the bytes of every file, however they are written."""

from __future__ import annotations

import ctypes
import ctypes.util
import gzip
import io
import json
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from app.cipher import PAGE

_APART = unicodedata.normalize("NFD", "Ñandú Åse")
CANARIES = (
    "Quetzalcoatl",
    "鸚鵡王小明",
    "Zoë Čanár".encode().decode(),
    unicodedata.normalize("NFD", "Ñandú Åse"),
    "🦜🎐🪬",
)
"""Names that stand nowhere else: plain, Chinese, with accents in one piece and in two, without letters at all."""


def ways_of_writing(words: str) -> set[bytes]:
    """The words in every case, composition and encoding in which a file may hold them."""
    forms = {unicodedata.normalize(form, words) for form in ("NFC", "NFD", "NFKC", "NFKD")} | {words}
    cases = {made for form in forms for made in (form, form.lower(), form.upper(), form.casefold(), form.title())}
    found = {case.encode(encoding) for case in cases for encoding in ("utf-8", "utf-16-le", "utf-16-be")}
    found |= {json.dumps(case)[1:-1].encode() for case in cases}
    return found | {case.encode().hex().upper().encode() for case in cases}


def found_in(folder: Path, words: str, *, but: tuple[str, ...] = ()) -> list[str]:
    """The names of the files below a folder that hold the words, with every archive and packed part unpacked."""
    ways = ways_of_writing(words)
    return [
        path.name
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in but
        for content in _unpacked(path.read_bytes())
        if any(way in content for way in ways)
    ]


def _unpacked(content: bytes) -> Iterator[bytes]:
    """A content, and all that is packed in it: archives, and streams of zlib and gzip, wherever they begin."""
    yield content
    place = content.find(b"PK\x03\x04")
    while place >= 0:
        try:
            with zipfile.ZipFile(io.BytesIO(content[place:])) as archive:
                for name in archive.namelist():
                    yield from _unpacked(archive.read(name))
            break
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError):
            place = content.find(b"PK\x03\x04", place + 1)
    for mark in (b"\x78\x9c", b"\x78\x01", b"\x78\xda", b"\x1f\x8b"):
        place = content.find(mark)
        while place >= 0:
            try:
                made = zlib.decompressobj(47).decompress(content[place:], 50_000_000)
                if len(made) > 8:
                    yield made
            except (zlib.error, gzip.BadGzipFile):
                pass
            place = content.find(mark, place + 1)


def decrypted(path: Path, told: str) -> bytes:
    """Every page of an encrypted file in clear, unused ones too, given the key as the driver is told it.

    SQLCipher shows rows only; what lies between them is read with the system's own AES.
    """
    library = ctypes.CDLL(ctypes.util.find_library("crypto") or "")
    library.EVP_aes_256_cbc.restype = library.EVP_CIPHER_CTX_new.restype = ctypes.c_void_p
    key, content, clear = bytes.fromhex(told[2:66]), path.read_bytes(), []
    for at in range(0, len(content), PAGE):
        page = content[at + (16 if at == 0 else 0) : at + PAGE]
        words, vector = page[:-80], page[-80:-64]
        context = ctypes.c_void_p(library.EVP_CIPHER_CTX_new())
        library.EVP_DecryptInit_ex(context, ctypes.c_void_p(library.EVP_aes_256_cbc()), None, key, vector)
        library.EVP_CIPHER_CTX_set_padding(context, 0)
        made, length = ctypes.create_string_buffer(len(words) + 16), ctypes.c_int()
        library.EVP_DecryptUpdate(context, made, ctypes.byref(length), words, len(words))
        library.EVP_CIPHER_CTX_free(context)
        clear.append(made.raw[: length.value])
    return b"".join(clear)
