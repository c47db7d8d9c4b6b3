"""Checklists as data: items in our own words, the evidence that a study holds, and the free answers beside it.

There is no tick and no score: an answer is a text, and evidence is a sentence.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.accounts.evidence import evidence
from app.analysis.accounts.facts import Facts
from app.models import ChecklistAnswer
from app.resources import resource

LISTS = ("fifteen", "twenty", "reporting", "coreq", "gramms")
RESEARCHER, SUPERVISOR = "", "supervisor"
"""Who answers: the word in `ChecklistAnswer.role`."""


@dataclass(frozen=True)
class Item:
    """One thing to think about. `alone`: no program can say anything to it; `instead`: what to say in its place."""

    key: str
    text: str
    evidence: tuple[str, ...]
    instead: str = ""
    alone: bool = False


@dataclass(frozen=True)
class Checklist:
    """A list with where it comes from."""

    key: str
    name: str
    title: str
    about: str
    citation: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Answered:
    """An item with what the study holds and what people wrote to it."""

    item: Item
    evidence: tuple[str, ...]
    answer: str
    remark: str


@cache
def checklist(key: str) -> Checklist:
    """The list of this key. Raises KeyError."""
    if key not in LISTS:
        raise KeyError(key)
    held = json.loads(resource("checklists", f"{key}.json").read_text(encoding="utf-8"))
    return Checklist(
        held["key"], held["name"], held["title"], held["about"], held["citation"],
        tuple(
            Item(one["key"], one["text"], tuple(one["evidence"]), one.get("instead", ""), one.get("alone", False))
            for one in held["items"]
        ),
    )  # fmt: skip


def answers(session: Session, key: str) -> dict[tuple[str, str], str]:
    """{(item, role): text} of one list."""
    rows = session.execute(
        select(ChecklistAnswer.item, ChecklistAnswer.role, ChecklistAnswer.text).where(ChecklistAnswer.checklist == key)
    )
    return {(item, role): text for item, role, text in rows}


def answered(session: Session, key: str) -> list[Answered]:
    """All items of a list with evidence and answers."""
    held, given = Facts(session), answers(session, key)
    return [
        Answered(
            item,
            tuple(evidence(held, list(item.evidence))),
            given.get((item.key, RESEARCHER), ""),
            given.get((item.key, SUPERVISOR), ""),
        )
        for item in checklist(key).items
    ]
