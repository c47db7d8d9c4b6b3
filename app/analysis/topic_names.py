"""Names that sum up a topic instead of telling an idea: the commonest fault the authors of the method name.

A topic summary gathers everything said about something ("Barriers", "Benefits of mentoring", a question of the guide);
a theme tells one shared idea (Braun and Clarke 2022). The rules here are plain, and what they find is only a hint.
"""

from __future__ import annotations

import re

_HEADS = frozenset((
    "advantages", "attitudes", "aspects", "barriers", "benefits", "challenges", "characteristics", "communication",
    "components", "concerns", "difficulties", "disadvantages", "drivers", "enablers", "engagement", "expectations",
    "experience", "experiences", "facilitators", "factors", "feedback", "feelings", "impact", "impacts",
    "improvements", "influences", "issues", "limitations", "logistics", "motivation", "motivations", "motives",
    "needs", "obstacles", "opinions", "opportunities", "outcomes", "perceptions", "perspectives", "preferences",
    "problems", "pros", "reasons", "recommendations", "relationships", "role", "roles", "solutions", "strategies",
    "strengths", "suggestions", "support", "themes", "topics", "types", "understanding", "use", "views",
    "weaknesses",
))  # fmt: skip
_LINKS = frozenset(("of", "to", "for", "in", "with", "about", "on", "from", "and", "towards", "regarding", "around"))
_ASKS = re.compile(r"^(what|why|how|when|where|who|which|do|does|did|is|are|was|were|can|could|would|should)\b")


def is_topic(name: str) -> bool:
    """Whether a theme's name sounds like a topic, or like a question of the interview guide."""
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", name.casefold())
    if not words:
        return False
    if name.rstrip().endswith("?") and _ASKS.match(name.strip().casefold()):
        return True
    if words[0] in _HEADS:
        return len(words) == 1 or words[1] in _LINKS
    return len(words) == 2 and words[1] in _HEADS
