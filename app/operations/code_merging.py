"""Codes that become one, and one that becomes two. Nothing that was decided or written about them is lost."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update

from app.backups.names import Reason
from app.errors import NotPossible
from app.models import Code, CodeLineage, Coding, Memo, ThemeCode, new_key
from app.models.kinds import CodeRole, CodeStatus, LineageKind
from app.models.verbs import Verb
from app.operations.codes import create_code, find_code
from app.operations.memos import write_memo
from app.operations.names import get, next_position
from app.study import ChangeSession


@dataclass(frozen=True)
class Merged:
    """What merging came to: codings that went over, excerpts that had both codes and have one coding now, themes that
    the code feeds now and did not before, and codes that stand beneath it now.
    """

    moved: int
    joined: int
    themes: int = 0
    beneath: int = 0


_SAID = {
    "brief": "brief definition", "full": "full definition", "when_to_use": "when to use",
    "when_not_to_use": "when not to use", "example_excerpt_id": "", "semantic_latent": "",
}  # fmt: skip
"""{field of a code: what it is called, where it is written in words}."""

MANY = 50
"""Codings above which a merge is backed up first."""


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
    if _weight(session, [one.id for one in merged]) > MANY:
        session.copy_first(Reason.MERGE)
    names = f"‘{merged[0].name}’" if len(merged) == 1 else f"{len(merged)} codes"
    session.announce(Verb.MERGE_CODES, f"Merge {names} into ‘{target.name}’")
    moved = joined = themes = beneath = 0
    depth = {one.id: _depth(session, one) for one in merged}
    for code in sorted(merged, key=lambda one: -depth[one.id]):  # or one beneath another would go over twice
        went, met = _join_codings(session, code.id, target.id)
        moved, joined = moved + went, joined + met
        _move_memos(session, Memo.code_id, code.id, target.id, f"(on ‘{code.name}’) ")
        themes += _join_themes(session, code, target)
        _join_definitions(session, code, target)
        _join_history(session, code, target)
        code.name = new_key()  # others may take its name and its place before it is gone
        session.flush()
        beneath += _join_codes_beneath(session, code, target)
        session.delete(code)
        session.flush()
    return Merged(moved, joined, themes, beneath)


def split_code(
    session: ChangeSession,
    code_id: str,
    excerpt_ids: Collection[str],
    name: str = "",
    *,
    into_id: str | None = None,
    keep_both: bool = False,
) -> str:
    """Give some excerpts of a code to another one - `into_id`, or that of this name beside it, made if there is none.

    A new code feeds the same themes, so that no excerpt drops out of one unseen. With `keep_both` the excerpts keep
    the old code too. Returns the id of the other code. Raises NotPossible if the code holds none of these excerpts.
    """
    code = get(session, Code, code_id, "code")
    wanted = set(excerpt_ids)
    codings = [
        one
        for one in session.scalars(select(Coding).where(Coding.code_id == code_id)).all()
        if one.excerpt_id in wanted
    ]
    if not codings:
        raise NotPossible("Choose some of its excerpts first.")
    found = into_id if into_id is not None else find_code(session, name, code.parent_id)
    if found == code_id:
        raise NotPossible("The part that is split off needs a name of its own.")
    called = get(session, Code, found, "code").name if found is not None else " ".join(name.split())
    session.announce(Verb.SPLIT_CODE, f"Split ‘{called}’ from ‘{code.name}’")
    other = get(session, Code, found, "code") if found is not None else _like(session, code, name)
    if other.status == CodeStatus.SET_ASIDE:
        raise NotPossible(f"“{other.name}” is set aside. Bring it back first, or choose another name.")
    if keep_both:
        has_other = set(session.scalars(select(Coding.excerpt_id).where(Coding.code_id == other.id)))
        session.add_all(
            Coding(excerpt_id=one.excerpt_id, code_id=other.id, unsure=one.unsure, created_at=session.at,
                   person_id=session.person_id)
            for one in codings if one.excerpt_id not in has_other
        )  # fmt: skip
    else:
        _join_codings(session, code.id, other.id, wanted)
        if code.example_excerpt_id in {one.excerpt_id for one in codings}:
            other.example_excerpt_id = other.example_excerpt_id or code.example_excerpt_id
            code.example_excerpt_id = None
    session.add(
        CodeLineage(
            code_id=other.id, kind=LineageKind.SPLIT_FROM, other_id=code_id, other_name=code.name, at=session.at
        )
    )
    session.flush()
    return other.id


def _like(session: ChangeSession, code: Code, name: str) -> Code:
    """A new code right after another one, of the same origin and in the same themes."""
    made = get(session, Code, create_code(session, name, parent_id=code.parent_id, origin=code.origin), "code")
    after = session.scalars(
        select(Code).where(Code.parent_id == code.parent_id, Code.position > code.position, Code.id != made.id)
    ).all()
    for one in after:
        one.position += 1
    made.position = code.position + 1
    for link in session.scalars(select(ThemeCode).where(ThemeCode.code_id == code.id)).all():
        position = next_position(session, ThemeCode, ThemeCode.theme_id == link.theme_id)
        session.add(
            ThemeCode(
                theme_id=link.theme_id, code_id=made.id, role=link.role, position=position, added_at=link.added_at
            )
        )
    return made


def _weight(session: ChangeSession, code_ids: list[str]) -> int:
    """How many codings go over."""
    return session.scalar(select(func.count()).select_from(Coding).where(Coding.code_id.in_(code_ids))) or 0


def _depth(session: ChangeSession, code: Code) -> int:
    depth, above = 0, code.parent_id
    while above is not None:
        depth, above = depth + 1, get(session, Code, above, "code").parent_id
    return depth


def _join_codings(
    session: ChangeSession, code_id: str, target_id: str, excerpt_ids: Collection[str] | None = None
) -> tuple[int, int]:
    """Codings of one code (those of some excerpts) become another's; returns how many went, and how many met one."""
    theirs = {one.excerpt_id: one for one in session.scalars(select(Coding).where(Coding.code_id == target_id)).all()}
    noted = set(session.scalars(select(Memo.coding_id).join(Coding).where(Coding.code_id == code_id)))
    moved = joined = 0
    for coding in session.scalars(select(Coding).where(Coding.code_id == code_id)).all():
        if excerpt_ids is not None and coding.excerpt_id not in excerpt_ids:
            continue
        kept = theirs.get(coding.excerpt_id)
        if kept is None:
            coding.code_id = target_id
            moved += 1
            continue
        kept.unsure = kept.unsure and coding.unsure
        if coding.id in noted:  # thousands may meet, and few have a memo
            _move_memos(session, Memo.coding_id, coding.id, kept.id, "")
            session.flush()
        session.delete(coding)
        joined += 1
    session.flush()
    return moved, joined


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


def _join_themes(session: ChangeSession, code: Code, target: Code) -> int:
    """Themes that one feeds the other feeds too; where both do, a role that says more is kept, and both notes."""
    theirs = {one.theme_id: one for one in session.scalars(select(ThemeCode).where(ThemeCode.code_id == target.id))}
    new = 0
    for link in session.scalars(select(ThemeCode).where(ThemeCode.code_id == code.id)).all():
        kept = theirs.get(link.theme_id)
        if kept is None:
            link.code_id = target.id
            new += 1
            continue
        if kept.role == CodeRole.PART:
            kept.role = link.role
        kept.note = "\n".join(part for part in (kept.note, link.note) if part)
        session.delete(link)
    session.flush()
    return new


def _join_definitions(session: ChangeSession, code: Code, target: Code) -> None:
    """What one says of itself the other says too where it is silent; what it says otherwise is kept as its memo."""
    kept = []
    for field, called in _SAID.items():
        there, comes = getattr(target, field), getattr(code, field)
        if there in ("", None):
            setattr(target, field, comes)
        elif called and comes not in ("", there):
            kept.append(f"({called} of ‘{code.name}’) {comes}")
    if kept:
        held = session.scalar(select(Memo.text).where(Memo.code_id == target.id, Memo.kind == ""))
        write_memo(session, "code", target.id, "\n\n".join([held, *kept] if held else kept))


def _join_codes_beneath(session: ChangeSession, code: Code, target: Code) -> int:
    """Codes beneath go beneath the other one, which first comes up to where `code` is if it stands beneath that."""
    above = target.parent_id
    while above is not None and above != code.id:
        above = get(session, Code, above, "code").parent_id
    if above == code.id:
        target.name = _free_name(session, target, code.parent_id)
        target.parent_id, target.position = code.parent_id, code.position
    went = 0
    for child in session.scalars(select(Code).where(Code.parent_id == code.id).order_by(Code.position)).all():
        if child.id == target.id:
            continue
        child.name = _free_name(session, child, target.id)
        child.position = next_position(session, Code, Code.parent_id == target.id)
        child.parent_id = target.id
        session.flush()
        went += 1
    return went


def _free_name(session: ChangeSession, code: Code, parent_id: str | None) -> str:
    """Its name, with a number behind it if another code under that parent bears it."""
    name, number = code.name, 2
    while find_code(session, name, parent_id) not in (None, code.id):
        name = f"{code.name} ({number})"
        number += 1
    return name


def _join_history(session: ChangeSession, code: Code, target: Code) -> None:
    session.execute(update(CodeLineage).where(CodeLineage.code_id == code.id).values(code_id=target.id))
    from app.models import ReviewComment  # mapped late: these tables are not needed to open a study
    from app.operations.journal import links_go_over

    session.execute(update(ReviewComment).where(ReviewComment.code_id == code.id).values(code_id=target.id))
    links_go_over(session, "code", code.id, target.id)
    session.add(
        CodeLineage(code_id=target.id, kind=LineageKind.MERGED_FROM, other_id=code.id, other_name=code.name,
                    at=session.at)
    )  # fmt: skip
