"""The closed lists of a study. What the researcher may word freely (roles, memo kinds ...) is text, not listed here."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Enum


class SpeakerKind(StrEnum):
    """Who stands behind a speaker label. Unknown is a legal answer: never guess."""

    PARTICIPANT = "participant"
    MODERATOR = "moderator"
    OTHER = "other"
    SEVERAL = "several"
    UNKNOWN = "unknown"


class TurnKind(StrEnum):
    """What a turn is: talk, an event such as laughter, or the place where withdrawn words stood."""

    SPEECH = "speech"
    EVENT = "event"
    WITHDRAWN = "withdrawn"


class Consent(StrEnum):
    """Consent to one use of a person's words. Only a recorded "no" forbids; "not recorded" is said in every output."""

    YES = "yes"
    NO = "no"
    NOT_RECORDED = "not recorded"


class Use(StrEnum):
    """What words leave for. Each use needs what the ones before it need, and consent of its own."""

    QUOTE = "quote"
    SHARE = "share"
    ARCHIVE = "archive"


class ParticipantStatus(StrEnum):
    """Whether a person is still in the study. A withdrawn person is quoted nowhere."""

    ACTIVE = "active"
    LEFT_EARLY = "left early"
    WITHDRAWN = "withdrawn"


class ExcerptLevel(StrEnum):
    """Unit of analysis: one person's words, or a run of turns between people (METHOD 5)."""

    INDIVIDUAL = "individual"
    INTERACTION = "interaction"


class CodeStatus(StrEnum):
    """A code is in use, or set aside with a reason; setting aside keeps its codings."""

    ACTIVE = "active"
    SET_ASIDE = "set aside"


class CodeOrigin(StrEnum):
    """Where a code came from."""

    INDUCTIVE = "inductive"
    THEORY_LED = "theory-led"
    IN_VIVO = "in vivo"


SEMANTIC_LATENT = ("semantic", "mostly semantic", "both semantic and latent", "mostly latent", "latent")
"""Where a code lies between what is said and what is meant, by its place on that continuum."""


class ThemeKind(StrEnum):
    """Two levels and an umbrella."""

    OVERARCHING = "overarching"
    THEME = "theme"
    SUBTHEME = "subtheme"


class ThemeStatus(StrEnum):
    """How far a theme has come; a candidate may be let go."""

    CANDIDATE = "candidate"
    DEVELOPED = "developed"
    DEFINED = "defined and named"
    LET_GO = "let go"


class CodeRole(StrEnum):
    """What a code is to a theme."""

    CORE = "core"
    PART = "part"
    CONTRAST = "contrast"


class Belongs(StrEnum):
    """The researcher's decision on an excerpt of a theme."""

    UNDECIDED = "undecided"
    IN = "in"
    OUT = "out"


class Weight(StrEnum):
    """How much of a theme a dimension carries: words, never numbers (METHOD 3)."""

    CENTRAL = "central"
    SUPPORTING = "supporting"
    IN_PASSING = "in passing"


class Direction(StrEnum):
    """What a theme says about a dimension."""

    SHOWS = "shows it"
    FAILING = "shows it failing or absent"
    CONTESTS = "contests it"


class RelationKind(StrEnum):
    """What one theme has to do with another; with an own word the label says it."""

    LEADS_INTO = "leads into"
    TENSION = "tension"
    CONTRAST = "contrast"
    OWN_WORD = "own word"


class ReviewStatus(StrEnum):
    """Where a comment stands. There is no "approved": comments are for thinking."""

    OPEN = "open"
    DISCUSSED = "discussed"
    SET_ASIDE = "set aside"


class ReviewLevel(StrEnum):
    """The two levels at which themes are reviewed."""

    EXCERPTS = "against its excerpts"
    WHOLE = "against the whole data"


class Phase(StrEnum):
    """The six phases of reflexive TA by their present names (Braun & Clarke 2021): places, never gates."""

    FAMILIARISING = "familiarising yourself with the dataset"
    CODING = "coding"
    GENERATING = "generating initial themes"
    DEVELOPING = "developing and reviewing themes"
    REFINING = "refining, defining and naming themes"
    WRITING = "writing up"


SHORT = {
    Phase.FAMILIARISING: "Familiarising",
    Phase.CODING: "Coding",
    Phase.GENERATING: "Generating themes",
    Phase.DEVELOPING: "Developing and reviewing",
    Phase.REFINING: "Refining and naming",
    Phase.WRITING: "Writing up",
}
"""The six names where there is little room."""


class LineageKind(StrEnum):
    """How a code or theme came out of another one."""

    MERGED_FROM = "merged from"
    SPLIT_FROM = "split from"


class AttributeKind(StrEnum):
    """Type of a participant's attribute."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes or no"
    DATE = "date"


class Origin(StrEnum):
    """Through which door a change came."""

    WINDOW = "window"
    COMMAND_LINE = "command line"
    IMPORT = "import"


def one_of(kind: type[StrEnum]) -> Enum:
    """A text column that the database itself restricts to the words of `kind`."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )
