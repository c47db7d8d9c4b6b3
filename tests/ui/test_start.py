"""What starting the window must not do."""

from __future__ import annotations

import subprocess
import sys


def test_importing_goes_on_as_python_does_it_once_qt_is_there() -> None:
    asked = "import builtins; plain = builtins.__import__; import app.ui.start; print(builtins.__import__ is plain)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"
