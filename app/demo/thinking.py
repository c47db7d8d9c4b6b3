"""The researcher's thinking in the example: phases, the journal, and what the supervisor said."""

from __future__ import annotations

from typing import Any

from app.analysis.approach import approach
from app.demo.calendar import moment_of
from app.demo.making import Making
from app.models.approach import as_statement
from app.models.kinds import Phase, ReviewStatus
from app.operations.approach import state_approach
from app.operations.journal import Link, write_entry
from app.operations.phases import add_visit, visit_phase
from app.operations.reviews import comment, reply, set_comment_status
from app.study import ChangeSession

SUBJECTS = {"FG": "source", "C": "code", "T": "theme", "map": "version"}
"""What a key of the raw file names, by how it begins."""


def go_to(making: Making, day: str, phase: Phase, note: str = "") -> None:
    """Say on a day what one is doing now."""
    making.calendar.go_to(day)
    making.do(visit_phase, phase, note)


def state_first(making: Making) -> None:
    """The approach as it is stated before the data are read."""
    inductive = {"choice": "inductive", "words": ""}
    positionality = {"choice": "", "words": making.book["journal"][0]["text"]}
    making.do(state_approach, _stated(making) | {"data_orientation": inductive, "positionality": positionality})


def state_again(making: Making) -> None:
    """The approach once the lens has come in."""
    lens = {"choice": "while developing themes", "words": making.book["project"]["framework"]}
    with making.study.read() as session:
        before = dict(approach(session))
    now = before | _stated(making) | {"lens": lens}
    why = "Asked for the idea behind each cluster, I began to read them as a community; that is a theory, so I say it."
    making.do(state_approach, now, why)


def _stated(making: Making) -> dict[str, dict[str, str]]:
    """What the raw file says of the approach, with the words on each continuum that it stands for."""
    raw = making.book["project"]["approach"]
    choice, _, words = str(raw["data_orientation"]).partition(", ")
    return as_statement(raw) | {
        "variant": {"choice": "reflexive", "words": ""},
        "data_orientation": {"choice": choice, "words": words[:1].upper() + words[1:]},
        "framework": {"choice": "mostly experiential", "words": str(raw["framework"]).partition(" ")[2].capitalize()},
    }


def enter_forgotten(making: Making) -> None:
    """A visit that was not said at the time: it is marked as entered later."""
    note = "Read all four transcripts whole again, in another order, with the developed map beside them."
    began, ended = moment_of("2024-05-02"), moment_of("2024-05-04")
    making.do(add_visit, Phase.FAMILIARISING, began, ended, note)


def write(making: Making, number: int) -> None:
    """The entry of this number, on its day."""
    told = making.book["journal"][number]
    making.calendar.go_to(told["date"])
    links = [_link(making, key) for key in told.get("links", ())]
    making.do(write_entry, told["text"], kind=told["kind"], links=links)


def hear(making: Making, number: int) -> None:
    """The supervisor's comment of this number."""
    told = making.book["review_comments"][number]
    making.calendar.go_to(told["date"])
    subject, key = _link(making, told["target"])
    making.ids[f"comment:{number}"] = making.do(
        comment, subject, key, told["text"], author=told["author"], kind=told["kind"]
    )


def answer(making: Making, number: int) -> None:
    """The researcher's reply to it."""
    told: dict[str, Any] = making.book["review_comments"][number]

    def replied(session: ChangeSession) -> None:
        reply(session, making.ids[f"comment:{number}"], told["reply"], author=making.study.working_as)
        set_comment_status(session, making.ids[f"comment:{number}"], ReviewStatus.DISCUSSED)

    making.do(replied)


def _link(making: Making, key: str) -> Link:
    """What an entry or a comment speaks of. A theme of the end is called otherwise before it is named."""
    from app.demo.theming import NAMED

    subject = next(word for start, word in SUBJECTS.items() if key.startswith(start))
    return subject, making.ids[key] if key in making.ids else making.ids[NAMED[key]]
