"""Commands on codings: code, uncode. Offsets are Unicode code points, end exclusive."""

from __future__ import annotations

from argparse import Namespace

from app.cli.errors import DONE
from app.cli.names import code_if_there, code_named, source_named
from app.cli.opening import for_writing
from app.cli.speech import show_json
from app.models.verbs import Verb
from app.operations.codes import ensure_code
from app.operations.codings import code_passage, mark_unsure, remove_code
from app.operations.excerpts import excerpts_at


def code(arguments: Namespace) -> int:
    """Tag an excerpt; the code is made where it is missing, in the same change."""
    with for_writing(arguments) as study, study.change() as session:
        source_id = source_named(session, arguments.source)
        known = code_if_there(session, arguments.code)
        if known is None:
            name = arguments.code.split(" / ")[-1].strip()
            session.announce(Verb.CODE, f"Code excerpt as ‘{name}’")
        code_id = known or ensure_code(session, arguments.code)
        coded = code_passage(session, source_id, arguments.start, arguments.end, code_id, unsure=arguments.unsure)
        if arguments.unsure and not coded.created:
            mark_unsure(session, coded.coding_id, unsure=True)
    show_json({"created": coded.created, "excerpt": coded.excerpt_id, "coding": coded.coding_id, "code": code_id})
    return DONE


def uncode(arguments: Namespace) -> int:
    """Remove a code from an excerpt; nothing there to remove is no error."""
    with for_writing(arguments) as study, study.change() as session:
        source_id = source_named(session, arguments.source)
        code_id = code_named(session, arguments.code)
        held = excerpts_at(session, source_id, arguments.start, arguments.end)
        removed = [excerpt_id for excerpt_id in held if remove_code(session, excerpt_id, code_id)]
    show_json({"removed": bool(removed), "code": code_id})
    return DONE
