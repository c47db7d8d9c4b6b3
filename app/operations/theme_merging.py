"""Themes that become one, and one that becomes two. Nothing that was decided or written about them is lost."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.errors import NotPossible
from app.models import (
    Mapping,
    MappingExcerpt,
    MappingIndicator,
    ReviewCheck,
    ReviewComment,
    Theme,
    ThemeCode,
    ThemeExcerpt,
    ThemeLineage,
    ThemeRelation,
    Unexplained,
)
from app.models.kinds import CodeRole, LineageKind, ThemeKind
from app.models.verbs import Verb
from app.operations.decisions import carry_decisions
from app.operations.journal import links_go_over
from app.operations.names import get, next_position, one_line
from app.operations.themes import create_theme, move_code_between, move_theme
from app.study import ChangeSession

_TEXTS = ("definition", "boundary", "story", "implication")


@dataclass(frozen=True)
class Merged:
    """What merging themes came to: codes that are new to the theme, and themes that stand beneath it now."""

    codes: int
    beneath: int


def merge_themes(session: ChangeSession, theme_id: str, into_id: str) -> Merged:
    """Let a theme go into another one with its codes, decisions, mappings, relations, comments, checks and history.

    What the other theme says itself holds; texts of the first are added to it under its name. Raises NotPossible.
    """
    gone, target = get(session, Theme, theme_id, "theme"), get(session, Theme, into_id, "theme")
    if theme_id == into_id:
        raise NotPossible("A theme is merged into another one, not into itself.")
    session.announce(Verb.MERGE_THEMES, f"Merge theme ‘{gone.name}’ into ‘{target.name}’")
    _may_merge(session, gone, target)
    if target.parent_id == gone.id:  # it comes up to where the theme stood that goes into it
        move_theme(session, into_id, gone.parent_id, gone.position)
    decided = set(session.scalars(select(ThemeExcerpt.excerpt_id).where(ThemeExcerpt.theme_id == theme_id)))
    carry_decisions(session, theme_id, into_id, decided)
    codes = _join_codes(session, theme_id, into_id)
    beneath = 0
    for child in session.scalars(select(Theme).where(Theme.parent_id == theme_id).order_by(Theme.position)).all():
        move_theme(session, child.id, into_id)
        beneath += 1
    _join_texts(gone, target)
    _join_mappings(session, gone, target)
    _join_relations(session, theme_id, into_id)
    for kind in (ReviewComment, ReviewCheck, ThemeLineage):
        session.execute(update(kind).where(kind.theme_id == theme_id).values(theme_id=into_id))
    links_go_over(session, "theme", theme_id, into_id)
    _remember(session, into_id, LineageKind.MERGED_FROM, gone)
    session.flush()
    session.expire(gone)
    session.delete(gone)
    session.flush()
    return Merged(codes, beneath)


def split_theme(session: ChangeSession, theme_id: str, code_ids: Collection[str], name: str) -> str:
    """Give some codes of a theme to a new one beside it, with their roles and what was decided on their excerpts.

    Returns the id of the new theme. Raises NotPossible if the theme has none of these codes, or would keep none.
    """
    theme = get(session, Theme, theme_id, "theme")
    links = list(session.scalars(select(ThemeCode).where(ThemeCode.theme_id == theme_id).order_by(ThemeCode.position)))
    going = [link.code_id for link in links if link.code_id in set(code_ids)]
    if not going:
        raise NotPossible("Choose some codes of the theme first.")
    if len(going) == len(links):
        raise NotPossible("All its codes are chosen: one theme stays as it is. Leave some of them out.")
    session.announce(Verb.SPLIT_THEME, f"Split theme ‘{one_line(name)}’ from ‘{theme.name}’")
    kind = ThemeKind.THEME if theme.kind == ThemeKind.OVERARCHING else theme.kind
    made = create_theme(session, name, kind=kind, parent_id=theme.parent_id)
    for code_id in going:
        move_code_between(session, code_id, theme_id, made)
    _remember(session, made, LineageKind.SPLIT_FROM, theme)
    siblings = select(Theme.id).where(Theme.parent_id == theme.parent_id).order_by(Theme.position, Theme.name)
    move_theme(session, made, theme.parent_id, list(session.scalars(siblings)).index(theme_id) + 1)
    session.flush()
    return made


def _may_merge(session: Session, gone: Theme, target: Theme) -> None:
    children = list(session.scalars(select(Theme).where(Theme.parent_id == gone.id, Theme.id != target.id)))
    if not children:
        return
    if target.kind == ThemeKind.SUBTHEME and target.parent_id != gone.id:
        raise NotPossible(f"“{gone.name}” has subthemes, and the subtheme “{target.name}” can have none of its own.")
    deep = session.scalar(select(Theme.id).where(Theme.parent_id.in_([one.id for one in children])))
    if deep is not None and target.kind != ThemeKind.OVERARCHING:
        raise NotPossible(f"“{gone.name}” stands over whole themes: only another overarching theme can take them.")


def _join_codes(session: ChangeSession, theme_id: str, into_id: str) -> int:
    """Codes of one theme feed the other; where both have one, the role that says more is kept, and both notes."""
    theirs = {one.code_id: one for one in session.scalars(select(ThemeCode).where(ThemeCode.theme_id == into_id))}
    new = 0
    links = select(ThemeCode).where(ThemeCode.theme_id == theme_id).order_by(ThemeCode.position)
    for link in session.scalars(links).all():
        kept = theirs.get(link.code_id)
        if kept is None:
            link.position = next_position(session, ThemeCode, ThemeCode.theme_id == into_id)
            link.theme_id = into_id
            session.flush()
            new += 1
            continue
        if kept.role == CodeRole.PART:
            kept.role = link.role
        kept.note = "\n".join(part for part in (kept.note, link.note) if part)
        session.delete(link)
    session.flush()
    return new


def _join_texts(gone: Theme, target: Theme) -> None:
    if not target.concept:
        target.concept = gone.concept
    elif gone.concept:
        target.definition = _added(target.definition, gone.concept, gone.name)
    for field in _TEXTS:
        there, comes = getattr(target, field), getattr(gone, field)
        if comes:
            setattr(target, field, _added(there, comes, gone.name) if there else comes)


def _added(there: str, comes: str, name: str) -> str:
    return f"{there}\n\n(from ‘{name}’) {comes}".strip()


def _join_mappings(session: ChangeSession, gone: Theme, target: Theme) -> None:
    """Mappings go over; where both themes have one, the weight of the other holds, and reasons and evidence join."""
    theirs = {one.entry_id: one for one in session.scalars(select(Mapping).where(Mapping.theme_id == target.id))}
    for mapping in session.scalars(select(Mapping).where(Mapping.theme_id == gone.id)).all():
        kept = theirs.get(mapping.entry_id)
        if kept is None:
            mapping.theme_id = target.id
            continue
        if mapping.rationale:
            said = f"{mapping.weight.value}, {mapping.direction.value}: {mapping.rationale}"
            kept.rationale = _added(kept.rationale, said, gone.name)
        borne = set(session.scalars(select(MappingExcerpt.excerpt_id).where(MappingExcerpt.mapping_id == kept.id)))
        for bearing in session.scalars(select(MappingExcerpt).where(MappingExcerpt.mapping_id == mapping.id)).all():
            if bearing.excerpt_id not in borne:
                bearing.mapping_id = kept.id
        seen = set(session.scalars(select(MappingIndicator.entry_id).where(MappingIndicator.mapping_id == kept.id)))
        for sign in session.scalars(select(MappingIndicator).where(MappingIndicator.mapping_id == mapping.id)).all():
            if sign.entry_id not in seen:
                sign.mapping_id = kept.id
        session.flush()
        session.expire(mapping)
        session.delete(mapping)
    silent = {one.lens_id: one for one in session.scalars(select(Unexplained).where(Unexplained.theme_id == target.id))}
    for row in session.scalars(select(Unexplained).where(Unexplained.theme_id == gone.id)).all():
        there = silent.get(row.lens_id)
        if there is None:
            row.theme_id = target.id
        else:
            there.text = _added(there.text, row.text, gone.name)
    session.flush()


def _join_relations(session: ChangeSession, theme_id: str, into_id: str) -> None:
    """Relations go over, unless they would lead from a theme to itself or stand there already."""
    rows = session.scalars(
        select(ThemeRelation).where((ThemeRelation.from_id == theme_id) | (ThemeRelation.to_id == theme_id))
    ).all()
    taken = {tuple(row) for row in session.execute(select(ThemeRelation.from_id, ThemeRelation.to_id))}
    for row in rows:
        ends = tuple(into_id if one == theme_id else one for one in (row.from_id, row.to_id))
        if ends[0] != ends[1] and ends not in taken:
            row.from_id, row.to_id = ends
            taken.add(ends)
            session.flush()


def _remember(session: ChangeSession, theme_id: str, kind: LineageKind, other: Theme) -> None:
    session.add(ThemeLineage(theme_id=theme_id, kind=kind, other_id=other.id, other_name=other.name, at=session.at))
    session.flush()
