"""A process that is killed while it withdraws somebody leaves the study as it was, or one that finishes the purge."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import select

from app.analysis.rights.withdrawal import How, withdrawal
from app.analysis.verify import verify
from app.backups import Reason, make_backup
from app.models import Participant, Source
from app.operations.memos import write_memo
from app.operations.rights.withdrawing import withdraw
from app.purging import finish_purge
from app.study import Study
from tests.material import bring_in, draft_of
from tests.operations.rights import found_in
from tests.thorough import some

CANARY = "Zanzibarquux"
MOMENTS = [("begun", one) for one in (0.0, 0.1, 0.2)] + [
    ("committed", one) for one in (0.0, 0.004, 0.01, 0.02, 0.04, 0.08, 0.16)
]
"""When a process is killed: so many seconds after it said that it had come so far."""


def work(path: Path) -> None:
    """What the process does that is killed."""
    with Study.open(path) as study:
        with study.read() as session:
            nur = session.scalars(select(Participant.id).where(Participant.pseudonym == "Nur")).one()
            plan = withdrawal(session, nur, How.OWN_TURNS)
        assert plan is not None
        sys.stdout.write("begun\n")
        sys.stdout.flush()
        study.run(withdraw, plan)
        sys.stdout.write("committed\n")
        sys.stdout.flush()
        finish_purge(study)


def test_whenever_it_is_killed_nothing_is_half_done(study: Study, path: Path) -> None:
    lines = [("Nur", f"We call it {CANARY} among the few of us, number {number}. " * 20) for number in range(60)]
    talk = bring_in(study, draft_of((*lines, ("Bilal", "No word for it."))))
    study.run(write_memo, "source", talk.source_id, f"There is {CANARY}.")
    make_backup(study, Reason.HOURLY, check=lambda _: True)
    study.close()
    fresh, before = path.read_bytes(), 0
    backups = {one: one.read_bytes() for one in (path.parent / "belonging-backups").iterdir()}
    for said, seconds in some(MOMENTS, 2):
        path.write_bytes(fresh)
        for one, content in backups.items():
            one.write_bytes(content)
        command = f"from {__name__} import work, Path; work(Path({str(path)!r}))"
        with subprocess.Popen([sys.executable, "-c", command], stdout=subprocess.PIPE, env=dict(os.environ)) as child:
            assert child.stdout is not None
            while child.stdout.readline().decode().strip() != said:
                pass
            time.sleep(seconds)
            child.send_signal(signal.SIGKILL)
            child.wait()
        with Study.open(path) as again:
            with again.read() as session:
                text = session.scalar(select(Source.text)) or ""
            if CANARY in text:
                assert text == talk.text
                assert not again.purge_due
                before += 1
                continue
            if again.purge_due:
                finish_purge(again)
        assert verify(path, full=True) == []
        assert found_in(path.parent, CANARY) == []
    assert before < 4
