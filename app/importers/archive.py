"""Office files are archives, and archives are hostile until shown otherwise: nothing is unpacked to disk.

Named members are read into memory under a hard cap; sizes stated in the archive may lie.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib

from lxml import etree

from app.importers.draft import ImportRefused

MOST_BYTES = 512 * 1024 * 1024
MOST_MEMBERS = 10_000
RATIO, RATIO_FROM = 200, 10 * 1024 * 1024
PART_BYTES = 128 * 1024 * 1024

_DAMAGES = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)
_DECLARES = re.compile(rb"<!\x00?\s*\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)")


class Archive:
    """An office file whose members passed all checks."""

    def __init__(self, name: str, content: bytes, *, thing: str = "transcript", maker: str = "Word") -> None:
        """Check the archive in these bytes; `thing` and `maker` are what a person calls it, and what wrote it.

        Raises ImportRefused.
        """
        self._name, self._thing, self._maker = name, thing, maker
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            members = self._zip.infolist()
        except _DAMAGES as error:
            raise self._damaged() from error
        self.names = frozenset(member.filename for member in members)
        self._check(members)

    def part(self, path: str) -> bytes | None:
        """One part, or None if there is none. Raises ImportRefused if it is damaged or too large."""
        try:
            with self._zip.open(path) as opened:
                content = opened.read(PART_BYTES + 1)
        except KeyError:
            return None
        except _DAMAGES as error:
            raise self._damaged() from error
        if len(content) > PART_BYTES:
            raise ImportRefused(f"“{self._name}” holds more than a {self._thing} can. It was not opened.")
        return content

    def xml(self, path: str) -> etree._Element | None:
        """The root of an XML part, or None if there is no such part. Raises ImportRefused as `part` and if damaged."""
        content = self.part(path)
        return None if content is None else parse_xml(self._name, content, maker=self._maker)

    def check_xml(self) -> None:
        """Look into every XML part before a library reads it. Raises ImportRefused as `parse_xml`."""
        for path in sorted(self.names):
            if path.endswith((".xml", ".rels")):
                declared = self.part(path)
                if declared is not None and _DECLARES.search(declared):
                    parse_xml(self._name, declared)

    def _check(self, members: list[zipfile.ZipInfo]) -> None:
        name = self._name
        if len(members) > MOST_MEMBERS:
            raise ImportRefused(f"“{name}” has {len(members):,} parts, which no {self._thing} has. It was not opened.")
        if len(self.names) != len(members):
            raise ImportRefused(
                f"“{name}” holds a part twice, so it is not clear what it says. "
                f"Open it in {self._maker} and save it again."
            )
        total = sum(member.file_size for member in members)
        packed = max(1, sum(member.compress_size for member in members))
        if total > MOST_BYTES or (total > RATIO_FROM and total / packed > RATIO):
            raise ImportRefused(
                f"“{name}” would unpack to {total // 1_000_000:,} MB, which no {self._thing} does. It was not opened."
            )
        if any(member.flag_bits & 1 for member in members):
            raise ImportRefused(f"“{name}” is protected by a password. Save it without one and bring that in.")
        if any(stat.S_ISLNK(member.external_attr >> 16) for member in members):
            raise ImportRefused(f"“{name}” points to files outside itself, so it was not opened.")

    def _damaged(self) -> ImportRefused:
        return ImportRefused(
            f"“{self._name}” is damaged or cut short: its parts cannot be read. "
            f"Open the original in {self._maker}, save it again and bring that in."
        )


def parse_xml(name: str, content: bytes, *, maker: str = "Word") -> etree._Element:
    """The root of an XML part. No file that comes in has a DOCTYPE, so one is refused; nothing is ever fetched.

    The parser's own caps stay on: 256 levels deep, and 10 MB in one piece of text.
    """
    declares = f"“{name}” declares things that no such file needs (a DOCTYPE), so it was not opened."
    if _DECLARES.search(content):
        raise ImportRefused(declares)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise ImportRefused(
            f"“{name}” is damaged: its text cannot be read. Open it in {maker}, save it again and bring that in."
        ) from error
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise ImportRefused(declares)
    return root
