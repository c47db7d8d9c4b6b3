"""The command that brings a code list in."""

from __future__ import annotations

from argparse import Namespace

from app.cli.errors import DONE, NOT_DONE
from app.cli.opening import for_writing
from app.cli.speech import say, show, show_json
from app.errors import NotPossible
from app.importers.code_list import entries, read_code_list
from app.models.kinds import CodeOrigin
from app.operations.code_list import bring_in_codes


def codes(arguments: Namespace) -> int:
    """Codes of a csv or xlsx file; 1 if a row stayed out."""
    table = read_code_list(arguments.file)
    found = entries(table)
    if not found:
        raise NotPossible(f"“{table.file_name}” names no code.")
    with for_writing(arguments) as study:
        done = study.run(bring_in_codes, table.file_name, found, None if arguments.from_data else CodeOrigin.THEORY_LED)
    if arguments.json:
        show_json({"made": done.made, "kept": list(done.kept), "refused": list(done.refused)})
    else:
        came = "1 code came in" if done.made == 1 else f"{done.made} codes came in"
        kept = len(done.kept)
        stay = "was there already and stays as it is" if kept == 1 else "were there already and stay as they are"
        show(f"{came}, {kept} {stay}.")
    for sentence in (*table.warnings, *done.refused):
        say(sentence)
    return NOT_DONE if done.refused else DONE
