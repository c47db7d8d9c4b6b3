"""The example from its raw files to coded transcripts: codes come as they are needed, and some change their minds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.analysis.transcripts import Transcript, source_cards, transcript
from app.demo.making import Making
from app.importers import read_participants, read_transcript
from app.models.kinds import CodeOrigin, ExcerptLevel
from app.models.verbs import Verb
from app.operations.code_merging import merge_codes, split_code
from app.operations.codes import create_code, edit_code, move_code
from app.operations.codings import code_excerpt
from app.operations.excerpts import take_excerpt
from app.operations.importing import import_transcripts, plan_for
from app.operations.memos import write_memo
from app.operations.people import add_participants
from app.resources import resource
from app.study import ChangeSession

ORIGINS = {"inductive": CodeOrigin.INDUCTIVE, "deductive": CodeOrigin.THEORY_LED, "in vivo": CodeOrigin.IN_VIVO}
_SEMANTIC_LATENT = {"semantic": 0, "latent": 4}

DAYS = {"FG2": "2024-03-25", "FG1": "2024-03-27", "FG3": "2024-04-02", "FG4": "2024-04-04"}
"""When each group was coded."""
FIRST_UNDER = {"X037": "Words only we use", "X038": "Words only we use"}
"""{excerpt: the code, since merged into “Our jokes, our words”, under which it was first put}."""
SPLIT = ("C14", "C17", ("X045", "X046", "X047"))
"""A code, the one that was split from it, and the excerpts that went."""


def bring_in(making: Making) -> None:
    """The people, and the four transcripts as one import."""
    making.do(add_participants, read_participants(resource("demo", "participants.csv")))
    names = ("FG1-mentees", "FG2-mentors", "FG3-mentees", "FG4-mentors")
    drafts = [read_transcript(resource("demo", f"{name}.docx")) for name in names]

    def bring(session: ChangeSession) -> None:
        plans = [plan_for(session, draft) for draft in drafts]
        import_transcripts(session, [replace(plan, name=plan.name.replace("-", " ")) for plan in plans])

    making.do(bring)
    for group, script in _scripts(making).items():
        making.ids[group] = script.id


def code_groups(making: Making, *groups: str) -> None:
    """Code all that one person says, group by group, in the order of the talk."""
    scripts = _scripts(making)
    for group in groups:
        making.calendar.go_to(DAYS[group])
        held = [one for one in making.book["excerpts"] if one["focus_group"] == group and "quote" in one]
        for excerpt in sorted(held, key=lambda one: _span(scripts[group], one)):
            _code(making, scripts[group], excerpt)


def code_interactions(making: Making) -> None:
    """Code what happens between people, and say in a memo what it is."""
    scripts = _scripts(making)
    for excerpt in making.book["excerpts"]:
        if "quote" not in excerpt:
            _code(making, scripts[excerpt["focus_group"]], excerpt)


def rename(making: Making) -> None:
    """Ghosting blames one side."""
    code = making.ids["C25"]

    def anew(session: ChangeSession) -> None:
        edit_code(session, code, name=making.label("C25"))
        edit_code(session, code, origin=CodeOrigin.IN_VIVO)

    making.do_because("“Ghosting” blames one side; Hafiz says that silence can be either.", anew)
    del making.first_names["C25"]


def settle(making: Making) -> None:
    """After all groups: one code goes into another, one is split, and they are put in order."""
    words = making.ids.pop("Words only we use")
    why = "Both are about what outsiders cannot follow."
    making.do_because(why, merge_codes, [words], making.ids["C15"])
    old, new, going = SPLIT
    excerpts = [making.ids[one] for one in going]
    why = "What is handed down can be wrong; that is another idea than that something is handed down."
    made = making.do_because(why, split_code, making.ids[old], excerpts, making.label(new))
    making.ids[new] = made

    def order(session: ChangeSession) -> None:
        session.announce(Verb.EDIT_CODE, "Put the codes in order")
        for place, code in enumerate(making.book["codes"]):
            move_code(session, making.ids[code["id"]], None, place)

    making.do(order)


def define(making: Making) -> None:
    """Definitions are filled late: the codebook is a record of where coding got to."""
    for code in making.book["codes"]:
        making.do(
            edit_code,
            making.ids[code["id"]],
            brief=code["brief_definition"],
            full=code["full_definition"],
            when_to_use=code["when_to_use"],
            when_not_to_use=code["when_not_to_use"],
            semantic_latent=_SEMANTIC_LATENT[code["orientation"]],
            origin=ORIGINS[code["origin"]],
        )

    def choose(session: ChangeSession) -> None:
        session.announce(Verb.EDIT_CODE, "Choose example quotes")
        excerpts = {(one["focus_group"], one.get("quote", "")): one["id"] for one in making.book["excerpts"]}
        for code in making.book["codes"]:
            chosen = excerpts.get((code["example"]["source"], code["example"]["quote"]))
            if chosen is not None:
                edit_code(session, making.ids[code["id"]], example_excerpt_id=making.ids[chosen])

    making.do(choose)


def _code(making: Making, script: Transcript, excerpt: dict[str, Any]) -> None:
    start, end = _span(script, excerpt)
    level, kind = ExcerptLevel(excerpt["level"]), excerpt.get("interaction", "")
    for code in dict.fromkeys(_under(excerpt)):
        code_id = _ensured(making, code)

        def coded(session: ChangeSession, code_id: str = code_id, code: str = code) -> str:
            session.announce(Verb.CODE, f"Code excerpt as ‘{making.name(code)}’")
            taken = take_excerpt(session, script.id, start, end, level=level, interaction=kind)
            code_excerpt(session, taken, code_id)
            return taken

        making.ids[excerpt["id"]] = making.do(coded)
    if excerpt.get("note"):
        making.do(write_memo, "excerpt", making.ids[excerpt["id"]], excerpt["note"])


def _under(excerpt: dict[str, Any]) -> list[str]:
    """The codes under which an excerpt is first put."""
    old, new, going = SPLIT
    first = FIRST_UNDER.get(excerpt["id"])
    codes = [old if code == new and excerpt["id"] in going else code for code in excerpt["codes"]]
    return [first if first is not None and code == "C15" else code for code in codes]


def _ensured(making: Making, code: str) -> str:
    """The code of the raw file, made when it is first needed."""
    if code not in making.ids:
        told = next((one for one in making.book["codes"] if one["id"] == code), None)
        origin = CodeOrigin.INDUCTIVE if told is None or code in making.first_names else ORIGINS[told["origin"]]
        making.ids[code] = making.do(create_code, making.name(code), origin=origin)
    return making.ids[code]


def _scripts(making: Making) -> dict[str, Transcript]:
    with making.study.read() as session:
        found = [transcript(session, card.id) for card in source_cards(session)]
    return {script.group: script for script in found if script is not None}


def _span(script: Transcript, excerpt: dict[str, Any]) -> tuple[int, int]:
    """Where an excerpt of the file stands in our text: a quote once, or the words from one turn to another."""
    if "quote" in excerpt:
        start = script.text.index(excerpt["quote"])
        return start, start + len(excerpt["quote"])
    first, last = script.turns[excerpt["turn_from"] - 1], script.turns[excerpt["turn_to"] - 1]
    start = script.text.index(excerpt["first_words"], first.start)
    end = script.text.rindex(excerpt["last_words"], last.start, last.end) + len(excerpt["last_words"])
    return start, end
