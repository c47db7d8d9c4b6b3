"""Themes: making them from codes, describing and arranging them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import NotPossible
from app.models import Code, Theme, ThemeCode, new_key
from app.models.kinds import CodeRole, ThemeKind, ThemeStatus
from app.models.verbs import Verb
from app.operations.decisions import carry_decisions, excerpts_of_codes
from app.operations.names import clean_name, clean_text, folded, get, next_position
from app.study import ChangeSession

LONGEST_THEME = 500
_TEXTS = {"concept", "definition", "boundary", "story", "implication"}


def create_theme(
    session: ChangeSession,
    name: str,
    *,
    kind: ThemeKind | None = None,
    parent_id: str | None = None,
    code_ids: Sequence[str] = (),
) -> str:
    """Make a theme, at once with the codes that feed it; returns its id. Beneath a theme it is a subtheme."""
    name = clean_name(name, "theme", LONGEST_THEME)
    session.announce(Verb.CREATE_THEME, f"Create theme ‘{name}’")
    if find_theme(session, name) is not None:
        raise NotPossible(f"There is already a theme called “{name}”.")
    below = _kind_under(session, parent_id)
    theme = Theme(
        id=new_key(),
        name=name,
        kind=kind or below,
        parent_id=parent_id,
        position=next_position(session, Theme, Theme.parent_id == parent_id),
        created_at=session.at,
        person_id=session.person_id,
    )
    session.add(theme)
    session.flush()
    for code_id in code_ids:
        add_code(session, theme.id, code_id)
    return theme.id


def find_theme(session: Session, name: str) -> str | None:
    """The id of the theme of this name, whatever the case; None if there is none."""
    wanted = folded(name)
    rows = session.execute(select(Theme.id, Theme.name)).all()
    return next((row.id for row in rows if folded(row.name) == wanted), None)


def edit_theme(session: ChangeSession, /, theme_id: str, **fields: Any) -> None:
    """Set fields of a theme: name, concept, definition, boundary, story, implication, status."""
    theme = get(session, Theme, theme_id, "theme")
    for field, value in fields.items():
        if field == "name":
            name = clean_name(value, "theme", LONGEST_THEME)
            found = find_theme(session, name)
            if found is not None and found != theme_id:
                raise NotPossible(f"There is already a theme called “{name}”.")
            session.announce(Verb.EDIT_THEME, f"Rename theme ‘{theme.name}’ to ‘{name}’")
            theme.name = name
        elif field == "status":
            status = ThemeStatus(value)
            session.announce(Verb.EDIT_THEME, f"Theme ‘{theme.name}’ is now {status.value}")
            theme.status = status
        elif field in _TEXTS:
            session.announce(Verb.EDIT_THEME, f"Describe theme ‘{theme.name}’")
            setattr(theme, field, clean_text(value))
        else:
            raise NotPossible(f"A theme has no field “{field}”.")


def move_theme(session: ChangeSession, theme_id: str, parent_id: str | None, position: int | None = None) -> None:
    """Put a theme under another one or on top, before the sibling now at `position` (last with None)."""
    theme = get(session, Theme, theme_id, "theme")
    above = parent_id
    while above is not None:
        if above == theme_id:
            raise NotPossible(f"“{theme.name}” cannot be moved under itself.")
        above = get(session, Theme, above, "theme").parent_id
    if parent_id is not None and theme.kind == ThemeKind.OVERARCHING:
        raise NotPossible("An overarching theme stands on top; it cannot be moved under another theme.")
    session.announce(Verb.EDIT_THEME, f"Move theme ‘{theme.name}’")
    siblings = [one for one in _children(session, parent_id) if one.id != theme_id]
    if parent_id != theme.parent_id:
        kind = _kind_under(session, parent_id)
        if kind == ThemeKind.SUBTHEME and _children(session, theme_id):
            raise NotPossible(f"“{theme.name}” has subthemes, so it cannot become one: themes have two levels.")
        if theme.parent_id is not None and parent_id is not None:
            carry_decisions(
                session, theme.parent_id, parent_id, excerpts_of_codes(session, codes_in(session, theme_id))
            )
        theme.kind, theme.parent_id = kind, parent_id
    siblings.insert(len(siblings) if position is None else position, theme)
    for place, sibling in enumerate(siblings):
        sibling.position = place


def make_overarching(session: ChangeSession, theme_id: str, overarching: bool) -> None:
    """Make a top theme an umbrella over others, or a theme again; what stands under it becomes theme or subtheme."""
    theme = get(session, Theme, theme_id, "theme")
    if theme.parent_id is not None:
        raise NotPossible("Only a theme on top can be overarching.")
    session.announce(Verb.EDIT_THEME, f"Theme ‘{theme.name}’ is {'overarching' if overarching else 'a theme'}")
    beneath = _children(session, theme_id)
    if not overarching and any(_children(session, one.id) for one in beneath):
        raise NotPossible(f"Themes under “{theme.name}” have subthemes, so it stays overarching.")
    theme.kind = ThemeKind.OVERARCHING if overarching else ThemeKind.THEME
    for one in beneath:
        one.kind = ThemeKind.THEME if overarching else ThemeKind.SUBTHEME


def delete_theme(session: ChangeSession, theme_id: str) -> None:
    """Delete a theme with its subthemes, decisions and mappings; codes and excerpts stay."""
    theme = get(session, Theme, theme_id, "theme")
    session.announce(Verb.DELETE_THEME, f"Delete theme ‘{theme.name}’")
    session.delete(theme)
    session.flush()


def add_code(session: ChangeSession, theme_id: str, code_id: str, role: CodeRole = CodeRole.PART) -> bool:
    """Let a code feed a theme; it may feed several. Returns whether it is new there."""
    theme, code = get(session, Theme, theme_id, "theme"), get(session, Code, code_id, "code")
    session.announce(Verb.CLUSTER, f"Add ‘{code.name}’ to theme ‘{theme.name}’")
    if _link(session, theme_id, code_id) is not None:
        return False
    position = next_position(session, ThemeCode, ThemeCode.theme_id == theme_id)
    session.add(ThemeCode(theme_id=theme_id, code_id=code_id, role=role, position=position, added_at=session.at))
    session.flush()
    return True


def take_code_out(session: ChangeSession, theme_id: str, code_id: str) -> bool:
    """Take a code out of a theme. Returns whether it was in it."""
    theme, code = get(session, Theme, theme_id, "theme"), get(session, Code, code_id, "code")
    link = _link(session, theme_id, code_id)
    if link is None:
        return False
    session.announce(Verb.CLUSTER, f"Take ‘{code.name}’ out of theme ‘{theme.name}’")
    session.delete(link)
    session.flush()
    return True


def move_code_between(session: ChangeSession, code_id: str, from_theme_id: str, to_theme_id: str) -> None:
    """Move a code from one theme to another, with the role it had and what was decided on its excerpts.

    If it is there already, it only leaves the first.
    """
    code, target = get(session, Code, code_id, "code"), get(session, Theme, to_theme_id, "theme")
    if from_theme_id == to_theme_id:
        return
    session.announce(Verb.CLUSTER, f"Move ‘{code.name}’ to theme ‘{target.name}’")
    carry_decisions(session, from_theme_id, to_theme_id, excerpts_of_codes(session, [code_id]))
    link = _link(session, from_theme_id, code_id)
    if link is None or _link(session, to_theme_id, code_id) is not None:
        take_code_out(session, from_theme_id, code_id)
        add_code(session, to_theme_id, code_id)
        return
    link.added_at = session.at
    link.theme_id, link.position = target.id, next_position(session, ThemeCode, ThemeCode.theme_id == to_theme_id)
    session.flush()


def set_role(session: ChangeSession, theme_id: str, code_id: str, role: CodeRole) -> None:
    """Say what a code is to a theme: core, part or contrast."""
    link = _link(session, theme_id, code_id)
    if link is None:
        raise NotPossible("This code does not feed the theme any more.")
    code = get(session, Code, code_id, "code")
    session.announce(Verb.CLUSTER, f"‘{code.name}’ is {role.value} of its theme")
    link.role = CodeRole(role)


def codes_in(session: Session, theme_id: str) -> list[str]:
    """The codes that feed a theme or one beneath it."""
    ids, waiting = [theme_id], [theme_id]
    while waiting:
        waiting = list(session.scalars(select(Theme.id).where(Theme.parent_id.in_(waiting))))
        ids += waiting
    return list(session.scalars(select(ThemeCode.code_id).where(ThemeCode.theme_id.in_(ids)).distinct()))


def _link(session: Session, theme_id: str, code_id: str) -> ThemeCode | None:
    return session.scalars(
        select(ThemeCode).where(ThemeCode.theme_id == theme_id, ThemeCode.code_id == code_id)
    ).one_or_none()


def _children(session: Session, parent_id: str | None) -> list[Theme]:
    """The themes directly under a theme (or on top), in order."""
    return list(session.scalars(select(Theme).where(Theme.parent_id == parent_id).order_by(Theme.position, Theme.name)))


def _kind_under(session: Session, parent_id: str | None) -> ThemeKind:
    if parent_id is None:
        return ThemeKind.THEME
    parent = get(session, Theme, parent_id, "theme")
    if parent.kind == ThemeKind.SUBTHEME:
        raise NotPossible(f"“{parent.name}” is a subtheme, and a subtheme has none of its own: themes have two levels.")
    return ThemeKind.THEME if parent.kind == ThemeKind.OVERARCHING else ThemeKind.SUBTHEME
