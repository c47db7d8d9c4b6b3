"""What a study holds of its own making, read once and asked often."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.analysis.accounts.log import Step, of_private_entries, rows_at, steps
from app.analysis.approach import Statement, approach_versions, lines
from app.analysis.behind_themes import Behind, behind
from app.analysis.codes import CodeRow, code_rows
from app.analysis.genealogy import Genealogy, genealogy
from app.analysis.journal import Entry, entries
from app.analysis.map_content import VersionRow, version_rows
from app.analysis.phases import Visit, visits
from app.analysis.reviews import Thread, threads
from app.analysis.themes import (
    LensRow,
    MappingRow,
    ThemeExcerptRow,
    ThemeRow,
    excerpts_of_theme,
    lens_in_use,
    mapping_rows,
    theme_and_below,
    theme_rows,
    unexplained,
)
from app.analysis.unsettled import uncoded_turns
from app.models import (
    ChangeRow,
    Coding,
    Excerpt,
    Group,
    Memo,
    Participant,
    Person,
    ReviewCheck,
    Source,
    StudySheet,
    Theme,
    ThemeExcerpt,
)
from app.models.kinds import CodeStatus, ParticipantStatus, ThemeKind, ThemeStatus
from app.models.verbs import Verb


@dataclass(frozen=True)
class SourceFacts:
    """How one transcript was made and what was done with it. `coded_on` are days, `coders` those who coded it."""

    id: str
    name: str
    group: str
    words: int
    transcription: str
    checked_by: str
    checked_on: date | None
    file_name: str
    file_hash: str
    text_hash: str
    imported_at: datetime
    coded_on: tuple[date, ...]
    coders: tuple[str, ...]
    noted: bool
    uncoded_turns: int


@dataclass(frozen=True)
class CheckFacts:
    """One check of a theme at one of the two levels."""

    theme_id: str
    theme: str
    level: str
    at: datetime
    finding: str
    person: str


@dataclass(frozen=True)
class ApproachFacts:
    """The approach as it was stated at a moment: parts with their choice and words, and why it was changed."""

    at: datetime
    parts: tuple[tuple[str, str], ...]
    reason: str


class Facts:
    """One study; each question is asked of the file once. Private journal entries are not among them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._excerpts: dict[str, list[ThemeExcerptRow]] = {}

    @cached_property
    def sheet(self) -> StudySheet:
        """What the study says of itself."""
        return self._session.scalars(select(StudySheet)).one()

    @cached_property
    def steps(self) -> list[Step]:
        """All changes that stand."""
        return steps(self._session)

    def done(self, *verbs: Verb) -> list[Step]:
        """The changes of these verbs that stand."""
        return [step for step in self.steps if step.verb in verbs]

    @cached_property
    def reasoned(self) -> list[Step]:
        """The changes for which a reason was given, without those of private entries of the journal."""
        found = [step for step in self.steps if step.reason.strip()]
        hidden = of_private_entries(self._session, [step.seq for step in found if step.verb == Verb.JOURNAL])
        return [step for step in found if step.seq not in hidden]

    @cached_property
    def codes_lived(self) -> Genealogy:
        """The lives of the codes."""
        return genealogy(self._session, "code")

    @cached_property
    def themes_lived(self) -> Genealogy:
        """The lives of the themes."""
        return genealogy(self._session, "theme")

    def name_then(self, sort: str, key: str, at: datetime, now: str) -> str:
        """What a code or theme was called at a moment; `now` is what it is called now, and what others keep."""
        lived = {"code": self.codes_lived, "theme": self.themes_lived}.get(sort)
        life = next((one for one in lived.lives if one.id == key), None) if lived is not None else None
        names = [event.name for event in life.events if event.name and event.at <= at] if life is not None else []
        return names[-1] if names else now

    @cached_property
    def kinds_at_first(self) -> dict[str, ThemeKind]:
        """{theme: what it was made as}, of those that are there and whose making the journal holds."""
        rows = self._session.execute(
            select(ChangeRow.row_id, ChangeRow.after).where(
                ChangeRow.row_id.in_(select(Theme.id)), ChangeRow.table_name == "theme", ChangeRow.op == "insert"
            )
        )
        return {key: ThemeKind(json.loads(after)["kind"]) for key, after in rows if after}

    @cached_property
    def researchers(self) -> list[tuple[str, str]]:
        """(name, role) of those who work in the study."""
        return [
            (name, role) for name, role in self._session.execute(select(Person.name, Person.role).order_by(Person.name))
        ]

    @cached_property
    def who(self) -> str:
        """ "we" where several people worked in the study, "I" where one did."""
        actors = {step.actor for step in self.steps if step.actor}
        return "we" if max(len(self.researchers), len(actors)) > 1 else "I"

    @cached_property
    def groups(self) -> list[Group]:
        """The focus groups."""
        return list(self._session.scalars(select(Group).order_by(Group.position, Group.label)))

    @cached_property
    def roles(self) -> Counter[str]:
        """{role: how many people}; those who withdrew are left out."""
        rows = self._session.execute(
            select(Participant.role).where(Participant.status != ParticipantStatus.WITHDRAWN)
        ).scalars()
        return Counter(role or "participant" for role in rows)

    @cached_property
    def withdrawn(self) -> int:
        """How many people withdrew: those still listed so, and withdrawals of which only the event is left."""
        listed = self._session.scalar(select(func.count()).where(Participant.status == ParticipantStatus.WITHDRAWN))
        return max(listed or 0, len(self.done(Verb.WITHDRAW)))

    @cached_property
    def sources(self) -> list[SourceFacts]:
        """The transcripts, in the researcher's order."""
        coded: dict[str, set[date]] = {}
        coders: dict[str, dict[str, None]] = {}
        for source_id, at, name in self._session.execute(
            select(Excerpt.source_id, Coding.created_at, Person.name)
            .join(Excerpt, Excerpt.id == Coding.excerpt_id)
            .outerjoin(Person, Person.id == Coding.person_id)
            .order_by(Coding.created_at)
        ):
            coded.setdefault(source_id, set()).add(at.astimezone().date())
            if name:
                coders.setdefault(source_id, {})[name] = None
        noted = set(self._session.scalars(select(Memo.source_id).where(Memo.source_id.is_not(None))))
        noted |= set(
            self._session.scalars(select(Excerpt.source_id).join(Memo, Memo.excerpt_id == Excerpt.id).distinct())
        )
        empty = Counter(row.source_id for row in uncoded_turns(self._session))
        rows = self._session.execute(
            select(
                Source.id, Source.name, Group.label, Source.words, Source.transcription, Source.checked_by,
                Source.checked_on, Source.file_name, Source.file_hash, Source.text_hash, Source.imported_at,
            )
            .outerjoin(Group, Group.id == Source.group_id)
            .order_by(Source.position, Source.name)
        )  # fmt: skip
        return [
            SourceFacts(row[0], row[1], row[2] or "", *row[3:], tuple(sorted(coded.get(row[0], ()))),
                        tuple(coders.get(row[0], ())), row[0] in noted, empty[row[0]])
            for row in rows
        ]  # fmt: skip

    @cached_property
    def codes(self) -> list[CodeRow]:
        """All codes, those set aside too."""
        return code_rows(self._session)

    @property
    def active_codes(self) -> list[CodeRow]:
        """The codes in use."""
        return [code for code in self.codes if code.status == CodeStatus.ACTIVE]

    @cached_property
    def codings(self) -> int:
        """How many codings there are."""
        return self._session.scalar(select(func.count()).select_from(Coding)) or 0

    @cached_property
    def coded_on(self) -> list[date]:
        """The days on which something was coded that is coded still."""
        return sorted({one for source in self.sources for one in source.coded_on})

    @cached_property
    def codes_at_first(self) -> tuple[int, date] | None:
        """How many codes there were when the first theme was made, and that day; None where the journal says none."""
        made = next((step for step in self.steps if step.verb in (Verb.CREATE_THEME, Verb.CLUSTER)), None)
        if made is None:
            return None
        number = rows_at(self._session, "code", made.seq, len(self.codes))
        return None if number is None else (number, made.day)

    @cached_property
    def themes(self) -> list[ThemeRow]:
        """All themes in tree order, those let go too."""
        return theme_rows(self._session)

    @property
    def standing_themes(self) -> list[ThemeRow]:
        """Themes (not subthemes) that were not let go."""
        return [row for row in self.themes if row.kind == ThemeKind.THEME and row.status != ThemeStatus.LET_GO]

    @cached_property
    def standing_since(self) -> datetime | None:
        """When the first of the standing themes was made."""
        made = select(func.min(Theme.created_at)).where(Theme.kind == ThemeKind.THEME)
        return self._session.scalar(made.where(Theme.status != ThemeStatus.LET_GO))

    @cached_property
    def theme_days(self) -> list[datetime]:
        """When the themes were made that there are now."""
        return list(self._session.scalars(select(Theme.created_at).order_by(Theme.created_at)))

    def excerpts(self, theme_id: str) -> list[ThemeExcerptRow]:
        """The excerpts of a theme with what was decided on them."""
        if theme_id not in self._excerpts:
            self._excerpts[theme_id] = excerpts_of_theme(self._session, theme_id)
        return self._excerpts[theme_id]

    def behind(self, theme_id: str) -> Behind:
        """Who is heard in a theme."""
        return behind(self._session, theme_id, self.excerpts(theme_id))

    def codes_of_theme(self, theme_id: str) -> dict[str, str]:
        """{code id: name} of a theme and what stands beneath it."""
        names = {code.id: code.name for code in self.codes}
        below = theme_and_below(self.themes, theme_id)
        return {code_id: names[code_id] for row in below for code_id, _ in row.codes if code_id in names}

    def quoted_words(self, theme_id: str) -> int:
        """How many words are quoted in a theme."""
        chosen = [row for row in self.excerpts(theme_id) if row.quoted_order is not None]
        held = dict(
            self._session.execute(
                select(Excerpt.id, Excerpt.quote).where(Excerpt.id.in_([row.excerpt_id for row in chosen]))
            ).all()
        )
        return sum(len((row.edited_text or held.get(row.excerpt_id, "")).split()) for row in chosen)

    @cached_property
    def contrary(self) -> set[str]:
        """Ids of themes in which an excerpt is marked as running against."""
        return set(self._session.scalars(select(ThemeExcerpt.theme_id).where(ThemeExcerpt.runs_against)))

    @cached_property
    def versions(self) -> list[VersionRow]:
        """The versions of the map that were kept."""
        return sorted(version_rows(self._session), key=lambda row: row.at)

    @cached_property
    def checks(self) -> list[CheckFacts]:
        """The checks that themes went through, oldest first."""
        rows = self._session.execute(
            select(
                Theme.id,
                Theme.name,
                ReviewCheck.level,
                ReviewCheck.at,
                ReviewCheck.finding,
                func.coalesce(Person.name, ""),
            )
            .join(Theme, Theme.id == ReviewCheck.theme_id)
            .outerjoin(Person, Person.id == ReviewCheck.person_id)
            .order_by(ReviewCheck.at)
        )
        return [CheckFacts(row[0], row[1], row[2].value, *row[3:]) for row in rows]

    @cached_property
    def comments(self) -> list[Thread]:
        """Comments with replies."""
        return threads(self._session)

    @cached_property
    def lens(self) -> LensRow | None:
        """The lens in use."""
        return lens_in_use(self._session)

    @cached_property
    def mappings(self) -> list[MappingRow]:
        """Mappings onto the lens in use."""
        return mapping_rows(self._session, self.lens.id) if self.lens is not None else []

    @cached_property
    def unexplained(self) -> dict[str, str]:
        """{theme id: what the lens in use does not explain}."""
        return unexplained(self._session, self.lens.id) if self.lens is not None else {}

    @cached_property
    def visits(self) -> list[Visit]:
        """Visits to phases."""
        return visits(self._session)

    @cached_property
    def journal(self) -> list[Entry]:
        """Journal entries, oldest first, without the private ones."""
        return [entry for entry in reversed(entries(self._session)) if not entry.private]

    @cached_property
    def memos(self) -> list[tuple[str, datetime]]:
        """(what it is on, when) of each memo."""
        found = []
        for memo in self._session.scalars(select(Memo).order_by(Memo.created_at)):
            on = next(
                word
                for word in ("excerpt", "coding", "code", "theme", "source", "group", "participant")
                if getattr(memo, f"{word}_id") is not None
            )
            found.append((on, memo.created_at))
        return found

    @cached_property
    def approach(self) -> list[ApproachFacts]:
        """The approach as stated, oldest first."""
        return [
            ApproachFacts(one.at, _parts(one.statement), one.reason)
            for one in reversed(approach_versions(self._session))
        ]

    @property
    def approach_now(self) -> tuple[tuple[str, str], ...]:
        """The parts of the approach as it stands."""
        return self.approach[-1].parts if self.approach else ()


def _parts(statement: Statement) -> tuple[tuple[str, str], ...]:
    """Each part that says something: its name, and the choice with the words."""
    return tuple((term, said if said.endswith((".", "?", "!")) else f"{said}.") for term, said in lines(statement))
