"""Evidence that looks at themes: who is behind them, what was decided, how they are worded."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app.analysis.accounts.facts import Facts
from app.analysis.accounts.wording import many, sentence, some
from app.analysis.days import day, span
from app.analysis.map_words import listed
from app.analysis.topic_names import is_topic
from app.analysis.wording import spots
from app.models.kinds import Belongs, ThemeKind, ThemeStatus


def _versions(held: Facts) -> list[str]:
    return [f"The map was kept as “{version.label}” on {day(version.at)}." for version in held.versions]


def _reviewed(held: Facts) -> list[str]:
    said = []
    for check in held.checks:
        found = f": {check.finding}" if check.finding.strip() else ""
        then = held.name_then("theme", check.theme_id, check.at, check.theme)
        named = f"“{check.theme}”" + (f" (then “{then}”)" if then != check.theme else "")
        said.append(sentence(f"{named} {check.level}, {day(check.at)}{found}"))
    return said


def _spread(held: Facts) -> list[str]:
    said = []
    for row in held.standing_themes:
        found = held.behind(row.id)
        if not found.heard_groups:
            said.append(f"“{row.name}”: no excerpt stands behind it.")
        elif len(found.heard) == 1:
            said.append(f"“{row.name}” rests on one person.")
        else:
            said.append(f"“{row.name}”: heard in {listed(found.heard_groups)}.")
    return said


def _collated(held: Facts) -> list[str]:
    said = []
    for row in held.standing_themes:
        excerpts = held.excerpts(row.id)
        if not excerpts:
            continue
        undecided = sum(one.belongs == Belongs.UNDECIDED for one in excerpts)
        if not undecided:
            said.append(f"“{row.name}”: decided on every excerpt.")
        elif undecided == len(excerpts):
            said.append(f"“{row.name}”: no excerpt is decided on yet.")
        else:
            said.append(f"“{row.name}”: {many(undecided, 'excerpt')} not yet decided on.")
    return said


def _contrary(held: Facts) -> list[str]:
    named = [row.name for row in held.standing_themes if row.id in held.contrary]
    return [f"Excerpts that run against it are kept with {some(named)}."] if named else []


def _edges(held: Facts) -> list[str]:
    said = [f"“{row.name}”: {sentence(row.concept)}" for row in held.standing_themes if row.concept.strip()]
    without = [row.name for row in held.standing_themes if not row.concept.strip()]
    edged = [row.name for row in held.standing_themes if row.boundary.strip()]
    if without:
        said.append(f"No central organising concept is written for {some(without)}.")
    if edged:
        said.append(f"A boundary, what it is not, is written for {some(edged)}.")
    return said


def _overlapping(held: Facts) -> list[str]:
    said = []
    themes = held.standing_themes
    codes = {row.id: held.codes_of_theme(row.id) for row in themes}
    for place, one in enumerate(themes):
        for other in themes[place + 1 :]:
            shared = [name for key, name in codes[one.id].items() if key in codes[other.id]]
            if shared:
                said.append(f"“{one.name}” and “{other.name}” share {some(shared)}.")
    return said


def _analytic_writing(held: Facts) -> list[str]:
    said = []
    latent = [code.name for code in held.active_codes if (code.semantic_latent or 0) >= 3]
    if latent:
        said.append(f"Marked as mostly or wholly latent: {some(latent)}.")
    written = [at for on, at in held.memos if on in ("theme", "code")]
    if written:
        said.append(f"Memos on codes and themes {span(written)}.")
    return said


def _quotes_chosen(held: Facts) -> list[str]:
    with_quotes = [row.name for row in held.standing_themes
                   if any(one.quoted_order is not None for one in held.excerpts(row.id))]  # fmt: skip
    without = [row.name for row in held.standing_themes if row.name not in with_quotes]
    said = [f"Quotes are chosen for {some(with_quotes)}."] if with_quotes else []
    return [*said, f"No quote is chosen yet for {some(without)}."] if without else said


def _stories(held: Facts) -> list[str]:
    told = [row.name for row in held.standing_themes if row.story.strip()]
    return [f"A story is written for {some(told)}."] if told else []


def _implications(held: Facts) -> list[str]:
    return [f"“{row.name}”: {sentence(row.implication)}" for row in held.standing_themes if row.implication.strip()]


def _words_beside_words(held: Facts) -> list[str]:
    said = []
    mine = "my own" if held.who == "I" else "our own"
    for row in held.standing_themes:
        own = sum(len(text.split()) for text in (row.definition, row.story))
        quoted = held.quoted_words(row.id)
        if own or quoted:
            said.append(
                f"“{row.name}”: {many(own, 'word')} of {mine}, {many(quoted, 'word') if quoted else 'none'} quoted."
            )
    return said


def _own_wording(held: Facts) -> list[str]:
    said, read = [], False
    for where, text in _own_texts(held):
        read = read or bool(text.strip())
        found = spots(text)
        if found:
            said.append(f"{where}: {some(' '.join(spot.words.split()) for spot in found)}.")
    silence = ["No wording was noticed that goes against the approach (English texts only)."] if read else []
    return said or silence


def _own_texts(held: Facts) -> Iterator[tuple[str, str]]:
    """The researcher's own texts that go out, each with where it stands."""
    for row in held.standing_themes:
        for part in ("concept", "definition", "boundary", "story", "implication"):
            yield f"“{row.name}”, {part}", getattr(row, part)
    for code in held.active_codes:
        yield f"Code “{code.name}”", "\n".join((code.brief, code.full, code.when_to_use, code.when_not_to_use))
    names = {row.id: row.name for row in held.themes}
    for mapping in held.mappings:
        yield f"A mapping of “{names.get(mapping.theme_id, '')}”", mapping.rationale
    for term, words in held.approach_now:
        yield f"Approach, {term.lower()}", words


def _topics(held: Facts) -> list[str]:
    named = [row.name for row in held.standing_themes if is_topic(row.name)]
    return [f"These names sound like topics: {some(named)}."] if named else []


def _themes_named(held: Facts) -> list[str]:
    if not held.standing_themes:
        return []
    settled = [row.name for row in held.standing_themes if row.status == ThemeStatus.DEFINED]
    rest = [row.name for row in held.standing_themes if row.status != ThemeStatus.DEFINED]
    said = [f"Defined and named: {some(settled)}."] if settled else []
    return [*said, f"Not yet: {some(rest)}."] if rest else said


def _levels(held: Facts) -> list[str]:
    said = []
    one_code = [row.name for row in held.standing_themes if len(held.codes_of_theme(row.id)) == 1]
    if one_code:
        said.append(f"One code feeds {some(one_code)}.")
    kinds = {row.kind for row in held.themes if row.status != ThemeStatus.LET_GO}
    if kinds:
        names = [
            kind.value + ("s" if kind != ThemeKind.OVERARCHING else " themes") for kind in ThemeKind if kind in kinds
        ]
        said.append(sentence(f"there are {listed(names)}"))
    return said


def _themes_over_time(held: Facts) -> list[str]:
    if not held.themes:
        return []
    gone = [row.name for row in held.themes if row.status == ThemeStatus.LET_GO]
    said = [f"The themes there are now were made {span(held.theme_days)}."]
    return [*said, f"Let go: {some(gone)}."] if gone else said


BY_THEME: dict[str, Callable[[Facts], list[str]]] = {
    "versions": _versions,
    "reviewed": _reviewed,
    "spread": _spread,
    "collated": _collated,
    "contrary": _contrary,
    "edges": _edges,
    "overlapping": _overlapping,
    "analytic_writing": _analytic_writing,
    "quotes_chosen": _quotes_chosen,
    "stories": _stories,
    "implications": _implications,
    "words_beside_words": _words_beside_words,
    "own_wording": _own_wording,
    "topics": _topics,
    "themes_named": _themes_named,
    "levels": _levels,
    "themes_over_time": _themes_over_time,
}
