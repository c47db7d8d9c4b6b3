"""Projects that Reflexa wrote, taken back: themes, dimensions, turns and groups out of the words they were told in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from app.importers.draft import TurnDraft, TurnKind
from app.importers.labels import Page
from app.importers.labels.names import milliseconds
from app.importers.project import (
    CaseDraft,
    CodeDraft,
    GroupDraft,
    MappingDraft,
    NoteDraft,
    ProjectDraft,
    SelectionDraft,
    SourceDraft,
    Subject,
    ThemeDraft,
)
from app.importers.speakers import find_turns

ORIGIN = "Reflexa"
JOURNAL = "Journal: "
THEME, DIMENSION, GROUP = "Theme: ", "Dimension: ", "Focus group: "
INTERACTION = "Interaction"
UNEXPLAINED, RATIONALE, SPEAKER_KIND = "Not explained by the framework: ", "Rationale: ", "speaker kind"
_ROLES, _RELATIONS = ("core", "contrast"), ("leads into", "tension", "contrast", "own word")
_THEME_HEADS = {
    "Central organising concept:": "concept", "Definition:": "definition", "What it is not:": "boundary",
    "Story:": "story", "Implication for practice:": "implication", "Status:": "status", "Kind:": "kind",
}  # fmt: skip
_GROUP_HEADS = {"Date:": "held_on", "Place:": "place", "Moderator:": "moderator", "Who:": "composition",
                "Field note:": "field_note"}  # fmt: skip
_MAKING_HEADS = {"Transcription:": "transcription", "Language:": "language", "Checked by:": "checked_by",
                 "Checked on:": "checked_on"}  # fmt: skip
_TURN = re.compile(r"(.*) \(turn (\d+)\)", re.DOTALL)
_TIME = re.compile(r"\d{1,2}(?::\d\d){1,2}(?:[.,]\d{1,3})?")


def taken_back(draft: ProjectDraft) -> ProjectDraft:
    """The same project with what our own export told in the words of the format."""
    themes = {code.key for code in draft.codes if not code.codable and code.name.startswith(THEME)}
    entries = {code.key: code.name.removeprefix(DIMENSION) for code in draft.codes
               if not code.codable and code.name.startswith(DIMENSION)}  # fmt: skip
    ours = themes | entries.keys()
    notes = {note.key: note for note in draft.notes}
    of_set = {one.name: one for one in draft.sets}
    roles = {(link.target, link.origin): link.name for link in draft.links
             if link.target in themes and link.origin not in ours and link.name in _ROLES}  # fmt: skip
    silent = {link.target: notes[link.origin].text for link in draft.links if link.target in themes
              and link.origin in notes and notes[link.origin].name.startswith(UNEXPLAINED)}  # fmt: skip
    made = []
    for code in draft.codes:
        if code.key in themes:
            held = of_set.get(code.name)
            codes = tuple((one, roles.get((code.key, one), "part")) for one in (held.codes if held else ()))
            parent = code.parent if code.parent in themes else None
            fields = _fields(code.description, _THEME_HEADS)
            name = code.name.removeprefix(THEME)
            made.append(ThemeDraft(code.key, name, parent, fields, codes, silent.get(code.key, "")))
    own_sets = {one.key for one in draft.sets if one.name.startswith((THEME, DIMENSION, GROUP))}
    told = {link.key for link in draft.links if link.origin in ours or link.target in ours}
    spoken = {case.key: {name: value for name, _, value in case.values}.get(SPEAKER_KIND, "")
              for case in draft.cases}  # fmt: skip
    return replace(
        draft,
        codes=tuple(_on_top(code, ours) for code in draft.codes if code.key not in ours),
        sources=tuple(_as_made(_with_turns(source, draft, spoken)) for source in draft.sources),
        selections=tuple(_without_turns(draft)),
        cases=tuple(case for case in draft.cases if not spoken[case.key]),
        notes=tuple(_on_themes(note, themes) for note in draft.notes
                    if not note.name.startswith((UNEXPLAINED, RATIONALE, JOURNAL))),
        entries=tuple(replace(_on_themes(note, themes), kind=note.name.removeprefix(JOURNAL)) for note in draft.notes
                      if note.name.startswith(JOURNAL)),
        sets=tuple(one for one in draft.sets if one.key not in own_sets),
        links=tuple(link for link in draft.links if link.key not in told),
        themes=tuple(made),
        mappings=tuple(_mappings(draft, themes, entries, notes)),
        relations=tuple(link for link in draft.links if {link.origin, link.target} <= themes
                        and link.name.partition(":")[0] in _RELATIONS),
        groups=tuple(GroupDraft(one.name.removeprefix(GROUP), _fields(one.description, _GROUP_HEADS), one.sources)
                     for one in draft.sets if one.name.startswith(GROUP)),
        places=tuple(place for place in draft.places if place.represents in themes),
    )  # fmt: skip


def _on_top(code: CodeDraft, ours: set[str]) -> CodeDraft:
    return replace(code, parent=None) if code.parent in ours else code


def _on_themes(note: NoteDraft, themes: set[str]) -> NoteDraft:
    """A note on the code of a theme is on the theme; the name our export gave it is its kind, or none."""
    subjects = tuple((Subject.THEME if key in themes else kind, key) for kind, key in note.subjects)
    return replace(note, subjects=subjects, name="", kind="" if note.name == "Memo" else note.name)


def _mappings(
    draft: ProjectDraft, themes: set[str], entries: Mapping[str, str], notes: Mapping[str, NoteDraft]
) -> list[MappingDraft]:
    found = []
    for link in draft.links:
        weight, _, direction = link.name.partition(", ")
        if link.origin in themes and link.target in entries and direction:
            reason = notes[link.note].text if link.note in notes else ""
            found.append(MappingDraft(link.origin, entries[link.target], weight, direction, reason))
    return found


def _without_turns(draft: ProjectDraft) -> list[SelectionDraft]:
    turns = {key for case in draft.cases for key in case.selections}
    return [_as_interaction(one) for one in draft.selections if one.key not in turns or one.codings or one.memo]


def _as_interaction(one: SelectionDraft) -> SelectionDraft:
    head, _, kind = one.memo.partition(": ")
    return replace(one, memo="", interaction=kind) if head == INTERACTION else one


def _as_made(source: SourceDraft) -> SourceDraft:
    making = _fields(source.description, _MAKING_HEADS)
    return replace(source, description="", making=making) if making else source


def _with_turns(source: SourceDraft, draft: ProjectDraft, spoken: Mapping[str, str]) -> SourceDraft:
    """The turns as they were: the words of each are a selection of a case, the label stands before it in its line."""
    case_of: dict[str, CaseDraft] = {key: case for case in draft.cases for key in case.selections}
    said = sorted((one for one in draft.selections if one.source == source.key and one.key in case_of),
                  key=lambda one: one.start)  # fmt: skip
    if not said:
        return source
    turns: list[TurnDraft] = []
    kinds: dict[str, str] = {}
    people: dict[str, str] = {}
    number = ""
    found_anew = {turn.start: turn for turn in find_turns(Page(source.text)).turns}
    for one in said:
        kind = spoken[case_of[one.key].key]
        found = _TURN.fullmatch(one.name)
        label = found[1] if found and kind not in ("none", "event", "withdrawn") else None
        after = turns[-1].end if turns else 0
        begin = max(source.text.rfind("\n", 0, one.start) + 1, after)
        before = source.text[begin : one.start]
        label_start = begin + len(before) - len(before.lstrip())
        label_end = max(label_start, begin + len(before.rstrip()))
        time = _TIME.search(before)
        anew = found_anew.get(one.start)
        if anew is not None and anew.label_start >= after and anew.label_start < anew.label_end <= one.start:
            label_start, label_end = anew.label_start, anew.label_end  # a label may stand on a line above the words
            before = source.text[label_start:label_end]
            time = _TIME.search(before)
        elif not before.strip():
            label_start = label_end = one.start
        number, last = found[2] if found else "", number
        goes_on = bool(turns) and label is not None and number == last and turns[-1].speaker == label
        turns.append(
            TurnDraft(label_start, label_end, one.start, one.end, label, milliseconds(time[0]) if time else None,
                      TurnKind(kind) if kind in ("event", "withdrawn") else TurnKind.SPEECH, goes_on)
        )  # fmt: skip
        if label is not None and kind:
            kinds[label] = kind
        elif label is not None:
            people[label] = case_of[one.key].key
    return replace(source, turns=tuple(turns), speaker_kinds=tuple(kinds.items()), cases=tuple(people.items()))


def _fields(said: str, heads: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What stands behind each head; lines without a head go on with what was before."""
    found: dict[str, str] = {}
    at = ""
    for line in said.split("\n"):
        head = next((one for one in heads if line.startswith(one)), None)
        if head is not None:
            at = heads[head]
            found[at] = line[len(head) :].lstrip()
        elif at:
            found[at] += f"\n{line}"
    return tuple(found.items())
