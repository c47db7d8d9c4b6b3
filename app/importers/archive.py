"""Office files are archives, and archives are hostile until shown otherwise: nothing is unpacked to disk.

Named members are read into memory under a hard cap; sizes stated in the archive may lie.
"""

from __future__ import annotations

import io
import stat
import zipfile
import zlib

from lxml import etree

from app.importers.draft import ImportRefused

MOST_BYTES = 512 * 1024 * 1024
MOST_MEMBERS = 10_000
RATIO, RATIO_FROM = 200, 10 * 1024 * 1024
PART_BYTES = 128 * 1024 * 1024


def open_archive(name: str, content: bytes) -> zipfile.ZipFile:
    """The archive in these bytes after all checks. Raises ImportRefused."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ImportRefused(
            f"“{name}” is damaged: its parts cannot be read. Save it again and bring that in."
        ) from error
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise ImportRefused(f"“{name}” has {len(members)} parts, which no transcript has. It was not opened.")
    names = [member.filename for member in members]
    if len(set(names)) != len(names):
        raise ImportRefused(f"“{name}” holds a part twice, so it is not clear what it says. Save it again.")
    total = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if total > MOST_BYTES or (total > RATIO_FROM and total / packed > RATIO):
        raise ImportRefused(
            f"“{name}” would unpack to {total // 1_000_000} MB, which no transcript does. It was not opened."
        )
    for member in members:
        if member.flag_bits & 1:
            raise ImportRefused(f"“{name}” is protected by a password. Save it without one and bring that in.")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise ImportRefused(f"“{name}” points to files outside itself. It was not opened.")
    return archive


def read_part(name: str, archive: zipfile.ZipFile, part: str) -> bytes | None:
    """One part, or None if there is none. Raises ImportRefused if it is damaged or too large."""
    try:
        with archive.open(part) as opened:
            content = opened.read(PART_BYTES + 1)
    except KeyError:
        return None
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise ImportRefused(
            f"“{name}” is damaged: its parts cannot be read. Save it again and bring that in."
        ) from error
    if len(content) > PART_BYTES:
        raise ImportRefused(f"“{name}” holds more than a transcript can. It was not opened.")
    return content


def parse_xml(name: str, content: bytes) -> etree._Element:
    """The root of an XML part. No office file has a DOCTYPE, so one is refused; nothing is ever fetched."""
    if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content or "<!DOCTYPE".encode("utf-16-le") in content[:8192]:
        raise ImportRefused(f"“{name}” declares things that no transcript needs (a DOCTYPE). It was not opened.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ImportRefused(
            f"“{name}” is damaged: its text cannot be read. Save it again and bring that in."
        ) from error
    if root is None or (root.getroottree().docinfo.doctype or ""):
        raise ImportRefused(f"“{name}” declares things that no transcript needs (a DOCTYPE). It was not opened.")
    return root
