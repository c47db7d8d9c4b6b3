"""See whether Qt finds the system libraries it needs; on Debian and Ubuntu install the few that are missing.

Wheels of PySide6 bring Qt itself along, but not what a desktop has anyway: OpenGL, fonts, keyboard maps.
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
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
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
    "libzstd.so.1": "libzstd1",
}
"""{what the loader looks for: the Debian package that holds it}."""

FONTS = "fonts-dejavu-core"


def main() -> int:
    """Nothing to say when all is there."""
    if not sys.platform.startswith("linux"):
        return 0
    missing = sorted(_missing_packages())
    if not missing:
        return 0
    command = _installer()
    if command is None:
        print(f"Qt needs these packages, which are missing: {' '.join(missing)}. Install them, e.g. with apt-get.")
        return 0
    print(f"Installing what Qt needs: {' '.join(missing)}", flush=True)
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
    subprocess.run([*command, "update", "-qq"], check=False, **quiet)
    done = subprocess.run([*command, "install", "-y", "-qq", "--no-install-recommends", *missing], check=False, **quiet)
    if done.returncode:
        print(f"They could not be installed. Please install them yourself: {' '.join(missing)}")
    return 0


def _missing_packages() -> set[str]:
    import PySide6

    qt = Path(PySide6.__file__).parent
    parts = [qt / "Qt" / "plugins" / "platforms" / f"libq{name}.so" for name in ("xcb", "offscreen", "minimal")]
    parts += [qt / "QtWidgets.abi3.so", qt / "QtSvg.abi3.so"]
    missing = set()
    for part in parts:
        if part.exists() and shutil.which("ldd"):
            told = subprocess.run(["ldd", str(part)], capture_output=True, text=True, check=False).stdout
            names = [line.split()[0] for line in told.splitlines() if "not found" in line]
            missing |= {OF_LIBRARY[name] for name in names if name in OF_LIBRARY}
    if not _any_font():
        missing.add(FONTS)
    return missing


def _any_font() -> bool:
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts"]
    return any(next(folder.rglob("*.[to]tf"), None) for folder in folders if folder.exists())


def _installer() -> list[str] | None:
    """apt-get, if it is there and may be used without asking for a password."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    asked = ["sudo", "-n", "true"]
    if shutil.which("sudo") and subprocess.run(asked, check=False, capture_output=True).returncode == 0:
        return ["sudo", "-n", "apt-get"]
    return None


if __name__ == "__main__":
    sys.exit(main())
