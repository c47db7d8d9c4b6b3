"""The example study, built from its raw files through importers and operations, as a researcher would have worked.

Its history is told with its own days: codes that were renamed, merged and split, themes that began as topics, three
maps, a journal, phases visited and left, and what a supervisor said.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.demo import coding, theming, thinking
from app.demo.calendar import Calendar
from app.demo.making import Making
from app.models.kinds import Phase
from app.operations.phases import leave_phase
from app.operations.studies import describe_study, new_study, work_as
from app.password import Password
from app.resources import resource
from app.study import Study

RESEARCHER = "Researcher of the example"


def build_demo(path: Path, password: Password | None = None) -> Study:
    """Make the example study at `path`, encrypted if a password is given, and return it open.

    Raises StudyRefused if the file exists already, NotPossible if the password is too weak.
    """
    book: dict[str, Any] = json.loads(resource("demo", "codebook.json").read_text(encoding="utf-8"))
    calendar = Calendar("2024-03-16")
    study = new_study(path, book["project"]["title"], at=calendar.next(), password=password)
    try:
        _tell(Making(study, book, calendar, first_names={"C25": "Ghosting"}))
    except BaseException:
        study.close()
        path.unlink(missing_ok=True)
        raise
    return study


def _tell(making: Making) -> None:
    """The whole history, day by day."""
    making.do(work_as, RESEARCHER, "analyst")
    making.study.working_as = RESEARCHER
    project = making.book["project"]
    making.do(describe_study, questions=project["research_question"])
    thinking.state_first(making)
    thinking.go_to(making, "2024-03-16", Phase.FAMILIARISING)
    coding.bring_in(making)
    thinking.write(making, 0)
    thinking.write(making, 1)

    thinking.go_to(making, "2024-03-25", Phase.CODING)
    coding.code_groups(making, "FG2", "FG1")
    making.calendar.go_to("2024-04-02")
    coding.rename(making)
    thinking.write(making, 2)
    coding.code_groups(making, "FG3", "FG4")
    coding.code_interactions(making)
    coding.settle(making)

    thinking.go_to(making, "2024-04-08", Phase.GENERATING)
    theming.candidates(making)
    theming.keep(making, 1)
    thinking.write(making, 3)
    thinking.hear(making, 0)
    thinking.state_again(making)

    thinking.go_to(making, "2024-04-15", Phase.CODING, "Back to the excerpts of “Benefits”, to see what is in them.")
    thinking.go_to(making, "2024-04-18", Phase.DEVELOPING)
    making.calendar.go_to("2024-04-22")
    theming.develop(making)
    thinking.hear(making, 1)
    thinking.write(making, 4)
    thinking.answer(making, 1)
    making.calendar.go_to("2024-04-29")
    theming.keep(making, 2)
    thinking.answer(making, 0)

    thinking.go_to(making, "2024-05-06", Phase.REFINING)
    thinking.enter_forgotten(making)
    thinking.write(making, 5)
    making.calendar.go_to("2024-05-13")
    theming.finish(making)
    coding.define(making)
    making.calendar.go_to("2024-05-20")
    theming.keep(making, 3)

    thinking.go_to(making, "2024-05-21", Phase.WRITING)
    thinking.hear(making, 2)
    making.calendar.go_to("2024-05-31")
    making.do(leave_phase)
