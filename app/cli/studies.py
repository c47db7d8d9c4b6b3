"""Commands that make a study: new, demo."""

from __future__ import annotations

from argparse import Namespace

from app.cli.opening import at_work, person_typed
from app.cli.passwords import password_for_new
from app.cli.speech import show, show_json
from app.operations.studies import new_study
from app.study import Study


def new(arguments: Namespace) -> int:
    """An empty study with its default lens."""
    who = person_typed(arguments)
    password, k = password_for_new(arguments), max(1, arguments.smallest_group)
    with at_work(new_study(arguments.study, arguments.title, password=password, smallest_group=k), who) as study:
        return _made(arguments, study)


def demo(arguments: Namespace) -> int:
    """The example study."""
    from app.demo import build_demo

    with build_demo(arguments.study, password_for_new(arguments)) as study:
        return _made(arguments, study)


def _made(arguments: Namespace, study: Study) -> int:
    if arguments.json:
        show_json({"study": str(arguments.study), "id": study.key})
    else:
        show(f"Made {arguments.study}")
    return 0
