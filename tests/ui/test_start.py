"""What starting the window must not do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_importing_goes_on_as_python_does_it_once_qt_is_there() -> None:
    asked = "import builtins; plain = builtins.__import__; import app.ui.start; print(builtins.__import__ is plain)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True"


def test_the_shell_is_painted_before_the_database_is_imported() -> None:
    """Half of the time until a window is there would go to it."""
    probe = (
        "import sys\nfrom pathlib import Path\n"
        "from app.ui.start import make_application\nfrom app.ui.settings import Settings\n"
        "from app.ui.window.main_window import MainWindow\n"
        "application = make_application()\nwindow = MainWindow(Settings(Path(sys.argv[1])))\nwindow.show()\n"
        "print([name for name in ('sqlite3', 'sqlalchemy', 'lxml', 'docx', 'sqlcipher3') if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe, "settings.ini"], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_a_study_is_painted_before_what_it_does_not_show_is_imported(tmp_path: Path, blank: bytes) -> None:
    """Transcripts come in and documents go out later; themes are on another page."""
    path = tmp_path / "belonging.reflexa"
    path.write_bytes(blank)
    probe = (
        "import sys\nfrom pathlib import Path\n"
        "from app.ui.start import make_application\nfrom app.ui.settings import Settings\n"
        "from app.ui.window.main_window import MainWindow\n"
        "application = make_application()\nwindow = MainWindow(Settings(Path(sys.argv[1])))\nwindow.show()\n"
        "assert window.open_study(Path(sys.argv[2]))\nwindow.grab()\n"
        "later = ('app.importers', 'app.exporters', 'app.models.themes', 'app.models.maps', 'lxml', 'docx')\n"
        "print([name for name in later if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe, str(tmp_path / "settings.ini"), str(path)],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
