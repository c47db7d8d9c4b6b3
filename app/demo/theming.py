"""The example's themes: topics at first, then ideas, then what stands in the paper; each map is kept as it was."""

from __future__ import annotations

from typing import Any

from app.analysis.themes import find_entry, lens_in_use
from app.demo.making import Making
from app.models.kinds import Direction, ReviewLevel, ThemeStatus, Weight
from app.models.verbs import Verb
from app.operations.codes import set_aside
from app.operations.mappings import map_theme
from app.operations.maps import keep_version
from app.operations.reviews import record_check
from app.operations.theme_merging import merge_themes, split_theme
from app.operations.themes import add_code, create_theme, edit_theme, move_theme, take_code_out
from app.study import ChangeSession

_WEIGHTS = {"primary": Weight.CENTRAL, "secondary": Weight.SUPPORTING, "touches": Weight.IN_PASSING}
_FAILING = ("T5", "joint_enterprise")
"""The one mapping of the example that shows a dimension failing."""

CAME_OF = {
    "Passing it on": "Reasons for mentoring",
    "Being noticed": "Benefits",
    "Our things and words": "Fun stuff",
    "Waiting": "Barriers",
    "Reading the room": "Culture",
}
"""{theme of the developed map: the candidate that it was}."""
SPLIT_OFF = {"Asking without shame": ("Benefits", ("C18", "C19")), "Becoming": ("Benefits", ("C21", "C22"))}
"""{theme: the candidate it was split from, and the codes that went}."""
NAMED = {
    "T1": "Passing it on",
    "T2": "Being noticed",
    "T3": "Our things and words",
    "T4": "Asking without shame",
    "T5": "Waiting",
    "T6": "Reading the room",
}
"""{final theme: what it was called in the developed map}."""
CHECKED = {
    "Being noticed": "Read all excerpts again. “I needed it as much” belongs: noticing goes both ways.",
    "Waiting": "Both sides wait in it; without the mentors' excerpts it would only be a complaint.",
}


def candidates(making: Making) -> None:
    """The first map: clusters by topic."""
    for theme in _version(making, 1)["themes"]:
        codes = [making.ids[code] for code in theme["codes"]]
        making.ids[theme["name"]] = making.do(create_theme, theme["name"], code_ids=codes)


def develop(making: Making) -> None:
    """Topics become ideas: two are split from Benefits, all get other names and the codes that the idea asks for."""
    for name, (old, codes) in SPLIT_OFF.items():
        why = f"“{old}” is a topic. This is one idea in it."
        going = [making.ids[code] for code in codes]
        making.ids[name] = making.do_because(why, split_theme, making.ids[old], going, name)
    for name, old in CAME_OF.items():
        making.ids[name] = making.ids.pop(old)
        why = "The name says a topic; this one says what is going on."
        making.do_because(why, edit_theme, making.ids[name], name=name)
    wanted = {theme["name"]: theme["codes"] for theme in _version(making, 2)["themes"]}
    began = {theme["name"]: theme["codes"] for theme in _version(making, 1)["themes"]}
    held = {name: list(began[old]) for name, old in CAME_OF.items()} | {
        name: list(codes) for name, (_, codes) in SPLIT_OFF.items()
    }
    for _, codes in SPLIT_OFF.values():
        held["Being noticed"] = [code for code in held["Being noticed"] if code not in codes]
    for name, codes in wanted.items():
        for code in held[name]:
            if code not in codes:
                making.do(take_code_out, making.ids[name], making.ids[code])
        for code in codes:
            if code not in held[name]:
                making.do(add_code, making.ids[name], making.ids[code])
    for name, finding in CHECKED.items():
        making.do(edit_theme, making.ids[name], status=ThemeStatus.DEVELOPED)
        making.do(record_check, making.ids[name], ReviewLevel.EXCERPTS, finding)


def finish(making: Making) -> None:
    """Join two themes, name all of them, say what each is about, and read them through the lens."""
    why = "Asking and becoming rest on one nearness: one exam ahead."
    making.do_because(why, merge_themes, making.ids.pop("Becoming"), making.ids["Asking without shame"])
    for theme in making.book["themes"]:
        _define(making, theme)
    making.do(_put_in_order, making)
    why = "It feeds no theme: an instrumental motive that is outgrown."
    making.do_because(why, set_aside, making.ids["C06"], why)
    for theme in making.book["themes"]:
        _map(making, theme)
    whole = "Read all four transcripts again with the themes beside them; nothing that matters stands outside."
    making.do(record_check, making.ids["T2"], ReviewLevel.WHOLE, whole)


def _define(making: Making, theme: dict[str, Any]) -> None:
    """The final name and texts of a theme; what its subthemes hold is theirs, the rest is its own."""
    theme_id = making.ids[theme["id"]] = making.ids.pop(NAMED[theme["id"]])
    making.do(edit_theme, theme_id, name=theme["name"])
    making.do(
        edit_theme,
        theme_id,
        concept=theme["central_organising_concept"],
        definition=theme["definition"],
        boundary=theme["boundary"],
        status=ThemeStatus.DEFINED,
    )
    beneath = {code for subtheme in theme["subthemes"] for code in subtheme["codes"]}
    for subtheme in theme["subthemes"]:
        codes = [making.ids[code] for code in subtheme["codes"]]
        making.ids[subtheme["id"]] = making.do(create_theme, subtheme["name"], parent_id=theme_id, code_ids=codes)

    def divide(session: ChangeSession) -> None:
        session.announce(Verb.CLUSTER, f"Give codes of ‘{theme['name']}’ to its subthemes")
        for code in making.book["codes"]:
            if code["id"] in beneath:
                take_code_out(session, theme_id, making.ids[code["id"]])

    if beneath:
        making.do(divide)


def _put_in_order(session: ChangeSession, making: Making) -> None:
    session.announce(Verb.EDIT_THEME, "Put the themes in order")
    for place, theme in enumerate(making.book["themes"]):
        move_theme(session, making.ids[theme["id"]], None, place)


def _map(making: Making, theme: dict[str, Any]) -> None:
    for mapping in theme["mappings"]:

        def mapped(session: ChangeSession, mapping: dict[str, Any] = mapping) -> None:
            entry_id = find_entry(session, mapping["dimension"])
            if entry_id is None:
                raise LookupError(lens_in_use(session))
            failing = (theme["id"], mapping["dimension"]) == _FAILING
            map_theme(
                session,
                making.ids[theme["id"]],
                entry_id,
                weight=_WEIGHTS[mapping["strength"]],
                direction=Direction.FAILING if failing else Direction.SHOWS,
                rationale=mapping["rationale"],
            )

        making.do(mapped)


def keep(making: Making, number: int) -> None:
    """Keep the map as it is now as the version of this number."""
    version = _version(making, number)
    making.ids[f"map:{number}"] = making.do(keep_version, version["label"], version["note"])


def _version(making: Making, number: int) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in making.book["theme_map_versions"] if one["version"] == number)
    return found
