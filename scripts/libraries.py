"""Print the Debian packages that Qt needs here and does not find; nothing when all is there.

Wheels of PySide6 bring Qt along, but not what every desktop has: OpenGL, keyboard maps, a font. The loader is asked
(`ldd`), not the package list: what counts is what Qt will find.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

OF_LIBRARY = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libzstd.so.1": "libzstd1",
}
"""{what the loader looks for: the Debian package that holds it}, for the parts in `_parts`, PySide6 6.11."""

FONT = "fonts-dejavu-core"
"""Without any font, Qt draws no letter, with a display or without."""


def main() -> None:
    """Print the packages; libraries that no package is known for are named on standard error."""
    if not sys.platform.startswith("linux") or not shutil.which("ldd"):
        return
    libraries = {name for part in _parts() for name in _not_found(part)}
    unknown = libraries - OF_LIBRARY.keys()
    if unknown:
        print(f"Qt also needs these libraries, which are missing: {' '.join(sorted(unknown))}", file=sys.stderr)
    packages = {OF_LIBRARY[name] for name in libraries - unknown}
    if not _any_font():
        packages.add(FONT)
    print(" ".join(sorted(packages)))


def _parts() -> list[Path]:
    """What the program loads of Qt: its widgets, its pictures, and the way to this machine's screen."""
    import PySide6

    qt = Path(PySide6.__file__).parent
    platforms = ["offscreen", "xcb"] + ["wayland"] * bool(os.environ.get("WAYLAND_DISPLAY"))
    parts = [qt / "QtWidgets.abi3.so", qt / "QtSvg.abi3.so"]
    parts += [qt / "Qt" / "plugins" / "platforms" / f"libq{name}.so" for name in platforms]
    if "wayland" in platforms:
        parts += (qt / "Qt" / "plugins" / "wayland-graphics-integration-client").glob("*-wayland-egl.so")
    return [part for part in parts if part.exists()]


def _not_found(part: Path) -> list[str]:
    told = subprocess.run(["ldd", str(part)], capture_output=True, text=True, check=False).stdout
    return [line.split()[0] for line in told.splitlines() if line.endswith("not found")]


def _any_font() -> bool:
    home = Path.home()
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), home / ".fonts", home / ".local/share/fonts"]
    return any(next(folder.rglob("*.[ot]t[fc]"), None) for folder in folders if folder.exists())


if __name__ == "__main__":
    main()
