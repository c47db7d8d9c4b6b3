"""Free answers to the items of a checklist. Nothing is ticked, nothing is counted."""

from __future__ import annotations

from sqlalchemy import select

from app.analysis.accounts.checklists import LISTS, RESEARCHER, SUPERVISOR
from app.analysis.accounts.checklists import checklist as list_called
from app.errors import NotPossible
from app.models import ChecklistAnswer, new_key
from app.models.verbs import Verb
from app.operations.names import clean_text
from app.study import ChangeSession


def answer(session: ChangeSession, checklist: str, item: str, text: str, role: str = RESEARCHER) -> str | None:
    """Set the answer to an item, by the researcher ("") or a supervisor; empty text takes it away. Returns its id.

    Raises NotPossible for a list or an item that there is none of.
    """
    if checklist not in LISTS:
        raise NotPossible(f"There is no list called “{checklist}”. There are: {', '.join(LISTS)}.")
    held = list_called(checklist)
    if all(one.key != item for one in held.items):
        raise NotPossible(f"“{held.name}” has no item “{item}”.")
    if role not in (RESEARCHER, SUPERVISOR):
        raise NotPossible("An item is answered by the researcher or by a supervisor.")
    row = session.scalars(
        select(ChecklistAnswer).where(
            ChecklistAnswer.checklist == checklist, ChecklistAnswer.item == item, ChecklistAnswer.role == role
        )
    ).first()
    words = clean_text(text)
    by = " as supervisor" if role else ""
    session.announce(Verb.ANSWER_CHECKLIST, f"Answer {item} of ‘{held.name}’{by}")
    if not words.strip():
        if row is not None:
            session.delete(row)
            session.flush()
        return None
    if row is None:
        row = ChecklistAnswer(id=new_key(), checklist=checklist, item=item, role=role)
        session.add(row)
    elif row.text == words:
        return row.id
    row.text, row.at, row.person_id = words, session.at, session.person_id
    session.flush()
    return row.id
