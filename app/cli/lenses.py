"""Commands on lenses: list, add, use, export."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.themes import lens_in_use, lens_rows
from app.cli.errors import DONE
from app.cli.opening import for_reading, for_writing
from app.cli.speech import show, show_json
from app.errors import NotPossible
from app.exporters.whole_file import write_whole
from app.importers.lens_file import as_json, read_lens
from app.models import Lens
from app.operations import lenses
from app.operations.names import same_name


def list_all(arguments: Namespace) -> int:
    """The lenses of the study, and those that come with the program."""
    with for_reading(arguments) as study, study.read() as session:
        in_use = lens_in_use(session)
        rows = lens_rows(session)
    used = in_use.id if in_use is not None else ""
    shipped = [key for key in lenses.SHIPPED if not any(same_name(lenses.shipped_lens(key).name, r.name) for r in rows)]
    if arguments.json:
        held = [
            {"name": row.name, "in_use": row.id == used, "entries": [entry.name for entry in row.entries]}
            for row in rows
        ]
        show_json({"lenses": held, "shipped": shipped})
        return DONE
    for row in rows:
        show(f"{'* ' if row.id == used else '  '}{row.name}: {', '.join(entry.name for entry in row.entries)}")
    for key in shipped:
        show(f"  (comes with Reflexa: {key})")
    return DONE


def add(arguments: Namespace) -> int:
    """A lens from a file, or one that comes with the program."""
    shipped = arguments.lens in lenses.SHIPPED
    draft = lenses.shipped_lens(arguments.lens) if shipped else read_lens(Path(arguments.lens))
    with for_writing(arguments) as study:
        lens_id = study.run(lenses.add_lens, draft)
    show_json({"created": True, "lens": lens_id, "name": draft.name})
    return DONE


def use(arguments: Namespace) -> int:
    """Read the study through another lens."""
    with for_writing(arguments) as study, study.change() as session:
        lens_id = _named(session, arguments.lens)
        lenses.use_lens(session, lens_id)
    show_json({"lens": lens_id})
    return DONE


def export(arguments: Namespace) -> int:
    """A lens as the JSON file that `lens add` reads."""
    with for_reading(arguments) as study, study.read() as session:
        draft = lenses.lens_draft(session, _named(session, arguments.lens))
    write_whole(arguments.output, as_json(draft).encode("utf-8"), force=arguments.force)
    return DONE


def _named(session: Session, name: str) -> str:
    rows = session.execute(select(Lens.id, Lens.name)).all()
    found = next((str(key) for key, held in rows if key == name or same_name(held, name)), None)
    if found is None:
        raise NotPossible(f"There is no lens “{name}”. There are: {', '.join(held for _, held in rows)}.")
    return found
