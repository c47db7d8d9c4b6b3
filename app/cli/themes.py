"""Commands on themes: theme add, theme code, theme edit, map."""

from __future__ import annotations

from argparse import Namespace

from sqlalchemy import select

from app.cli.errors import DONE, UsageError
from app.cli.names import code_named, entry_named, theme_named, word_of
from app.cli.opening import for_writing
from app.cli.speech import show_json
from app.models import Mapping
from app.models.kinds import CodeRole, Direction, ThemeStatus, Weight
from app.operations.mappings import map_theme
from app.operations.themes import add_code, create_theme, edit_theme, set_role

TEXTS = ("concept", "definition", "boundary", "story", "implication")

_WEIGHTS = {"passing": Weight.IN_PASSING}
_DIRECTIONS = {
    "shows": Direction.SHOWS,
    "failing": Direction.FAILING,
    "shows it failing": Direction.FAILING,
    "absent": Direction.FAILING,
    "contests": Direction.CONTESTS,
}


def add(arguments: Namespace) -> int:
    """A new theme, described at once as far as was said."""
    fields = _fields(arguments)
    with for_writing(arguments) as study, study.change() as session:
        parent_id = theme_named(session, arguments.parent) if arguments.parent else None
        code_ids = [code_named(session, name) for name in arguments.code]
        theme_id = create_theme(session, arguments.name, parent_id=parent_id, code_ids=code_ids)
        edit_theme(session, theme_id, **fields)
    show_json({"created": True, "theme": theme_id})
    return DONE


def code(arguments: Namespace) -> int:
    """A code that feeds a theme; doing it again changes nothing but the role, if one is named."""
    role = word_of(CodeRole, arguments.role, "--role")
    with for_writing(arguments) as study, study.change() as session:
        theme_id, code_id = theme_named(session, arguments.theme), code_named(session, arguments.code)
        created = add_code(session, theme_id, code_id, role or CodeRole.PART)
        if role is not None and not created:
            set_role(session, theme_id, code_id, role)
    show_json({"created": created, "theme": theme_id, "code": code_id})
    return DONE


def edit(arguments: Namespace) -> int:
    """New words for a theme."""
    fields = _fields(arguments) | ({} if arguments.name is None else {"name": arguments.name})
    if not fields:
        raise UsageError("There is nothing to change: say what, as in --concept “...”.")
    with for_writing(arguments) as study, study.change() as session:
        theme_id = theme_named(session, arguments.theme)
        edit_theme(session, theme_id, **fields)
    show_json({"theme": theme_id})
    return DONE


def map_onto(arguments: Namespace) -> int:
    """What a theme has to do with an entry of a lens; of a mapping that is there only what is named changes."""
    weight = word_of(Weight, arguments.weight, "--weight", _WEIGHTS)
    direction = word_of(Direction, arguments.direction, "--direction", _DIRECTIONS)
    with for_writing(arguments) as study, study.change() as session:
        theme_id, entry_id = theme_named(session, arguments.theme), entry_named(session, arguments.entry)
        known = session.scalar(select(Mapping.id).where(Mapping.theme_id == theme_id, Mapping.entry_id == entry_id))
        mapping_id = map_theme(
            session, theme_id, entry_id, weight=weight, direction=direction, rationale=arguments.rationale
        )
    show_json({"created": known is None, "mapping": mapping_id, "theme": theme_id, "entry": entry_id})
    return DONE


def _fields(arguments: Namespace) -> dict[str, str]:
    """What was said of a theme, under the names of its fields."""
    said = {field: getattr(arguments, field) for field in TEXTS if getattr(arguments, field) is not None}
    status = word_of(ThemeStatus, arguments.status, "--status")
    return said if status is None else {**said, "status": status}
