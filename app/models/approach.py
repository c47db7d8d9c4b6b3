"""The parts of the approach statement: what each asks, and the words that are offered on its continuum.

Words, never numbers: an orientation is an emphasis, not a place on a scale. Each part has free text beside the word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that an approach statement says. `choices` may be empty: then it is free text alone."""

    name: str
    term: str
    asks: str
    choices: tuple[str, ...] = ()


PARTS: tuple[Part, ...] = (
    Part(
        "variant",
        "Variant of thematic analysis",
        "Which thematic analysis is this, and why this one?",
        ("reflexive", "codebook", "coding reliability", "another one"),
    ),
    Part(
        "data_orientation",
        "Inductive or theory-led",
        "Where do codes and themes start from: the data, or theory? How does that play out?",
        ("inductive", "mostly inductive", "both", "mostly theory-led", "theory-led"),
    ),
    Part(
        "semantic_latent",
        "Semantic or latent",
        "At which level is meaning read: what is said, or what lies beneath it?",
        ("semantic", "mostly semantic", "both", "mostly latent", "latent"),
    ),
    Part(
        "framework",
        "Experiential or critical",
        "Is it about how people experience something, or about how talk and power make it what it is?",
        ("experiential", "mostly experiential", "both", "mostly critical", "critical"),
    ),
    Part(
        "theory",
        "Ontology and epistemology",
        "What is taken to be real, and what can talk tell of it?",
        ("realist or essentialist", "critical realist", "contextualist", "constructionist", "another one"),
    ),
    Part(
        "lens",
        "Lens, and when it came in",
        "Which theory is looked through, at what moment did it come in, and what did it change?",
        ("no lens", "before the data", "before coding", "while coding", "while developing themes", "while writing"),
    ),
    Part(
        "positionality",
        "Positionality",
        "Who are you in this study: what do you share with those who speak, and what not?",
    ),
)

_PARTS = {part.name: part for part in PARTS}


def term_of(name: str) -> str:
    """What a part is called; one that is not among PARTS (from an older study) by its own name."""
    part = _PARTS.get(name)
    if part is not None:
        return part.term
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def as_statement(said: dict[str, Any]) -> dict[str, dict[str, str]]:
    """A statement from {part: words}, as schema 1 kept it: words that are a choice of their part become the choice."""
    statement = {}
    for name, told in said.items():
        words = str(told).strip() if isinstance(told, str | int | float) else ""
        if words:
            part = _PARTS.get(name)
            chosen = part is not None and words in part.choices
            statement[name] = {"choice": words if chosen else "", "words": "" if chosen else words}
    return statement
