"""Throw away the example study of an earlier run, so that it can be built afresh; not while a window has it open."""

from __future__ import annotations

import sys
from pathlib import Path

from app.errors import StudyInUse
from app.study_file import StudyLock


def main(study: Path) -> None:
    """Delete the study file. Ends with a sentence and exit code 1 where somebody is working in it."""
    try:
        lock = StudyLock(study, "")
    except StudyInUse as refused:
        sys.exit(refused.sentence)
    # A journal left behind by a crash would be played back into the new file.
    for part in (study, study.with_name(study.name + "-journal")):
        part.unlink(missing_ok=True)
    lock.release()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
