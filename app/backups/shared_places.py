"""Whether a study lies where other computers reach it too: a folder of a cloud service, or a drive of a network.

It is told by the names of folders, and on Linux by the list of what is mounted. No network is asked.
"""

from __future__ import annotations

import re
from pathlib import Path

MOUNTS = Path("/proc/mounts")
NETWORK = "network drive"

_CLOUDS = (
    ("Dropbox", re.compile(r"dropbox\b.*")),
    ("OneDrive", re.compile(r"onedrive\b.*")),
    ("iCloud", re.compile(r"icloud ?drive\b.*|mobile documents|com~apple~clouddocs")),
    ("Google Drive", re.compile(r"google ?drive\b.*|googledrive-.*|my drive")),
    ("Nextcloud", re.compile(r"nextcloud\b.*|owncloud\b.*")),
)
_NETWORKS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "davfs", "ncpfs"}
_LOCAL_FUSE = ("fuse.gocryptfs", "fuse.encfs", "fuse.cryfs", "fuse.veracrypt", "fuse.portal", "fuse.ntfs")
"""File systems of this computer alone that come by the same door."""


def shared_place(path: Path, mounts: Path = MOUNTS) -> str:
    """The name of the cloud service, "network drive", or "" where a study lies on this computer as far as is known."""
    home = path.resolve()
    for part in (part.casefold() for part in home.parent.parts):
        for name, form in _CLOUDS:
            if form.fullmatch(part):
                return name
    kind = _mounted_as(home, mounts)
    through_fuse = kind.startswith("fuse.") and not kind.startswith(_LOCAL_FUSE)
    return NETWORK if kind in _NETWORKS or through_fuse else ""


def _mounted_as(home: Path, mounts: Path) -> str:
    """The kind of the file system on which a file lies; "" where nobody says."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    best, kind = -1, ""
    for fields in (line.split(" ") for line in lines):
        if len(fields) < 3:
            continue
        place = Path(re.sub(r"\\(\d{3})", lambda found: chr(int(found[1], 8)), fields[1]))
        if home.is_relative_to(place) and len(place.parts) >= best:
            best, kind = len(place.parts), fields[2]
    return kind
