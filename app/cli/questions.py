"""Commands that ask of a study: info, dump."""

from __future__ import annotations

from argparse import Namespace

from app.analysis import overview
from app.cli.errors import DONE
from app.cli.opening import for_reading
from app.cli.speech import show_json, show_table


def info(arguments: Namespace) -> int:
    """The figures of a study."""
    with for_reading(arguments) as study, study.read() as session:
        figures = overview.info(session)
    if arguments.json:
        show_json(figures)
    else:
        shown = figures | {"encrypted": "yes" if figures["encrypted"] else "no"}
        show_table((name.replace("_", " "), value) for name, value in shown.items())
    return DONE


def dump(arguments: Namespace) -> int:
    """Every table; JSON is its only form."""
    with for_reading(arguments) as study:
        if arguments.at is None:
            with study.read() as session:
                show_json(overview.dump(session))
        else:
            with study.at(arguments.at) as then, then.read() as session:
                show_json(overview.dump(session))
    return DONE
