"""Words for what is counted and for the closed lists of people, as the transcripts and import windows say them."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.models.kinds import Consent, ParticipantStatus, SpeakerKind


def tr(text: str) -> str:
    """The text in the language of the window."""
    return QCoreApplication.translate("transcripts", text)


def turns(number: int) -> str:
    """ "1 turn", "71 turns"."""
    return tr("1 turn") if number == 1 else tr("{n} turns").format(n=f"{number:,}")


def words(number: int) -> str:
    """ "1,623 words"."""
    return tr("1 word") if number == 1 else tr("{n} words").format(n=f"{number:,}")


def people(number: int) -> str:
    """ "6 people"."""
    return tr("1 person") if number == 1 else tr("{n} people").format(n=f"{number:,}")


def labels(number: int) -> str:
    """ "7 labels"."""
    return tr("1 label") if number == 1 else tr("{n} labels").format(n=f"{number:,}")


def excerpts(number: int) -> str:
    """ "24 excerpts"."""
    return tr("1 excerpt") if number == 1 else tr("{n} excerpts").format(n=f"{number:,}")


def codings(number: int) -> str:
    """ "31 codings"."""
    return tr("1 coding") if number == 1 else tr("{n} codings").format(n=f"{number:,}")


def memos(number: int) -> str:
    """ "2 memos"."""
    return tr("1 memo") if number == 1 else tr("{n} memos").format(n=f"{number:,}")


def transcripts(number: int) -> str:
    """ "4 transcripts"."""
    return tr("1 transcript") if number == 1 else tr("{n} transcripts").format(n=f"{number:,}")


def listed(parts: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return tr("{some} and {last}").format(some=", ".join(parts[:-1]), last=parts[-1])


def kind_words() -> dict[SpeakerKind, str]:
    """What stands in a list of roles for each kind of speaker."""
    return {
        SpeakerKind.PARTICIPANT: tr("Participant"),
        SpeakerKind.MODERATOR: tr("Moderator"),
        SpeakerKind.OTHER: tr("Somebody else"),
        SpeakerKind.SEVERAL: tr("Several people"),
        SpeakerKind.UNKNOWN: tr("Not known"),
    }


def consent_words() -> dict[Consent, str]:
    """What stands in the participants table for consent to be quoted."""
    return {Consent.YES: tr("yes"), Consent.NO: tr("no"), Consent.NOT_RECORDED: tr("not recorded")}


def status_words() -> dict[ParticipantStatus, str]:
    """What stands in the participants table for the status."""
    return {
        ParticipantStatus.ACTIVE: tr("active"),
        ParticipantStatus.LEFT_EARLY: tr("left early"),
        ParticipantStatus.WITHDRAWN: tr("withdrawn"),
    }
