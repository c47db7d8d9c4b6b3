"""Codes that become one, and one that becomes two. Nothing that was decided or written about them is lost."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select, update

from app.errors import NotPossible
from app.models import Code, CodeLineage, Coding, Memo, ReviewComment, ThemeCode
from app.models.kinds import CodeRole, CodeStatus, LineageKind
from app.models.verbs import Verb
from app.operations.codes import create_code, find_code
from app.operations.names import get, next_position
from app.study import ChangeSession


@dataclass(frozen=True)
class Merged:
    """What merging came to: codings that went over, and excerpts that had both codes and have one coding now."""

    moved: int
    joined: int


def merge_codes(session: ChangeSession, code_ids: Sequence[str], into_id: str) -> Merged:
    """Let codes go into another one with codings, memos, themes, codes beneath them and their own history.

    An excerpt that had both codes keeps one coding, which is sure if either was. Raises NotPossible.
    """
    target = get(session, Code, into_id, "code")
    merged = [get(session, Code, one, "code") for one in dict.fromkeys(code_ids) if one != into_id]
    if not merged:
        raise NotPossible("A code is merged into another one, not into itself.")
    if target.status == CodeStatus.SET_ASIDE:
        raise NotPossible(f"“{target.name}” is set aside. Bring it back before merging into it.")
    names = f"‘{merged[0].name}’" if len(merged) == 1 else f"{len(merged)} codes"
    session.announce(Verb.MERGE_CODES, f"Merge {names} into ‘{target.name}’")
    moved = joined = 0
    for code in merged:
        went, met = _join_codings(session, code, target)
        moved, joined = moved + went, joined + met
        _join_memos(session, code, target)
        _join_themes(session, code, target)
        _join_codes_beneath(session, code, target)
        _join_history(session, code, target)
        for field in ("brief", "full", "when_to_use", "when_not_to_use", "example_excerpt_id", "semantic_latent"):
            if not getattr(target, field):
                setattr(target, field, getattr(code, field))
        session.flush()
        session.delete(code)
        session.flush()
    return Merged(moved, joined)


def split_code(
    session: ChangeSession, code_id: str, excerpt_ids: Collection[str], name: str, *, keep_both: bool = False
) -> str:
    """Give some excerpts of a code to another one, made beside it if there is none of this name; returns its id.

    The new code feeds the same themes, so that no excerpt drops out of one unseen. With `keep_both` the excerpts keep
    the old code too. Raises NotPossible if the code holds none of these excerpts.
    """
    code = get(session, Code, code_id, "code")
    codings = [
        one
        for one in session.scalars(select(Coding).where(Coding.code_id == code_id)).all()
        if one.excerpt_id in excerpt_ids
    ]
    if not codings:
        raise NotPossible("Choose some of its excerpts first.")
    session.announce(Verb.SPLIT_CODE, f"Split ‘{' '.join(name.split())}’ from ‘{code.name}’")
    other_id = find_code(session, name, code.parent_id)
    if other_id == code_id:
        raise NotPossible("The part that is split off needs a name of its own.")
    if other_id is None:
        other_id = create_code(session, name, parent_id=code.parent_id, origin=code.origin)
        for link in session.scalars(select(ThemeCode).where(ThemeCode.code_id == code_id)).all():
            position = next_position(session, ThemeCode, ThemeCode.theme_id == link.theme_id)
            session.add(ThemeCode(theme_id=link.theme_id, code_id=other_id, role=link.role, position=position))
    other = get(session, Code, other_id, "code")
    if other.status == CodeStatus.SET_ASIDE:
        raise NotPossible(f"“{other.name}” is set aside. Bring it back first, or choose another name.")
    has_other = set(session.scalars(select(Coding.excerpt_id).where(Coding.code_id == other_id)))
    for coding in codings:
        if coding.excerpt_id in has_other:
            if not keep_both:
                session.delete(coding)
        elif keep_both:
            session.add(
                Coding(excerpt_id=coding.excerpt_id, code_id=other_id, unsure=coding.unsure, created_at=session.at,
                       person_id=session.person_id)
            )  # fmt: skip
        else:
            coding.code_id = other_id
    session.add(
        CodeLineage(
            code_id=other_id, kind=LineageKind.SPLIT_FROM, other_id=code_id, other_name=code.name, at=session.at
        )
    )
    session.flush()
    return other_id


def _join_codings(session: ChangeSession, code: Code, target: Code) -> tuple[int, int]:
    theirs = {one.excerpt_id: one for one in session.scalars(select(Coding).where(Coding.code_id == target.id)).all()}
    moved = joined = 0
    for coding in session.scalars(select(Coding).where(Coding.code_id == code.id)).all():
        kept = theirs.get(coding.excerpt_id)
        if kept is None:
            coding.code_id = target.id
            moved += 1
            continue
        kept.unsure = kept.unsure and coding.unsure
        _move_memos(session, Memo.coding_id, coding.id, kept.id, "")
        session.flush()
        session.delete(coding)
        joined += 1
    session.flush()
    return moved, joined


def _join_memos(session: ChangeSession, code: Code, target: Code) -> None:
    """Memos go over and say which code they were written about."""
    _move_memos(session, Memo.code_id, code.id, target.id, f"(on ‘{code.name}’) ")


def _move_memos(session: ChangeSession, column: object, from_id: str, to_id: str, says: str) -> None:
    field = column.key  # type: ignore[attr-defined]
    held = {one.kind: one for one in session.scalars(select(Memo).where(getattr(Memo, field) == to_id)).all()}
    for memo in session.scalars(select(Memo).where(getattr(Memo, field) == from_id)).all():
        there = held.get(memo.kind)
        if there is None:
            setattr(memo, field, to_id)
            memo.text = says + memo.text
            held[memo.kind] = memo
        else:
            there.text = f"{there.text}\n\n{says}{memo.text}".strip()
            session.delete(memo)


def _join_themes(session: ChangeSession, code: Code, target: Code) -> None:
    theirs = {one.theme_id: one for one in session.scalars(select(ThemeCode).where(ThemeCode.code_id == target.id))}
    for link in session.scalars(select(ThemeCode).where(ThemeCode.code_id == code.id)).all():
        kept = theirs.get(link.theme_id)
        if kept is None:
            link.code_id = target.id
            continue
        if kept.role == CodeRole.PART:
            kept.role = link.role
        kept.note = "\n".join(part for part in (kept.note, link.note) if part)
        session.delete(link)
    session.flush()


def _join_codes_beneath(session: ChangeSession, code: Code, target: Code) -> None:
    """Codes beneath go beneath the other one; what stands above the target is let go of first."""
    above = target.parent_id
    while above is not None:
        if above == code.id:
            target.parent_id = code.parent_id
            break
        above = get(session, Code, above, "code").parent_id
    session.flush()
    for child in session.scalars(select(Code).where(Code.parent_id == code.id)).all():
        if child.id == target.id:
            continue
        name, number = child.name, 2
        while find_code(session, name, target.id) not in (None, child.id):
            name = f"{child.name} ({number})"
            number += 1
        child.name, child.parent_id = name, target.id
        child.position = next_position(session, Code, Code.parent_id == target.id)
        session.flush()


def _join_history(session: ChangeSession, code: Code, target: Code) -> None:
    session.execute(update(CodeLineage).where(CodeLineage.code_id == code.id).values(code_id=target.id))
    session.execute(update(ReviewComment).where(ReviewComment.code_id == code.id).values(code_id=target.id))
    session.add(
        CodeLineage(code_id=target.id, kind=LineageKind.MERGED_FROM, other_id=code.id, other_name=code.name,
                    at=session.at)
    )  # fmt: skip
