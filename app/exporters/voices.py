"""The voices as tables: of the study, of each group, of each transcript."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.analysis.small_groups import SmallGroups
from app.analysis.voices import Voice, voices
from app.exporters.document import Document, Paragraph, Run, Sheet, SheetColumn, Value
from app.exporters.options import ExportOptions, day
from app.exporters.study_head import study_head, study_title
from app.models import Group, Participant, Source
from app.models.kinds import SpeakerKind

TITLE, EMPTY = "Voices", "Nobody speaks in this study yet."
SMALL = "Groups in which too few people speak are not listed, nor others by which these would be known."
_COLUMNS = (
    SheetColumn("of", "Of", 20),
    SheetColumn("where", "Where", 24),
    SheetColumn("voice", "Voice", 24),
    SheetColumn("role", "Role", 16),
    SheetColumn("moderator", "Moderator", 10),
    SheetColumn("turns", "Turns", 8),
    SheetColumn("words", "Words", 8),
    SheetColumn("share", "Share of words (%)", 12),
    SheetColumn("longest", "Longest turn (words)", 12),
)


def build(session: Session, options: ExportOptions) -> Document:
    """Who speaks how much."""
    everybody = voices(session)
    small = None if options.small_groups else SmallGroups(session)
    hidden = small.hidden_groups() if small is not None else frozenset()
    if hidden:  # the order in which they first speak would tell in which group
        everybody.sort(key=lambda one: (one.moderates, one.name.casefold()))
    rows = [_record("study", study_title(session), one, small) for one in everybody]
    for group_id, label in session.execute(select(Group.id, Group.label).order_by(Group.position, Group.label)).all():
        if label not in hidden:
            rows += [_record("group", label, one, small) for one in voices(session, group_id=group_id)]
    for source_id, name, label in session.execute(
        select(Source.id, Source.name, Group.label)
        .outerjoin(Group, Group.id == Source.group_id)
        .order_by(Source.position, Source.name)
    ).all():
        if label not in hidden:
            rows += [_record("transcript", name, one, small) for one in voices(session, source_id=source_id)]
    sheet = Sheet(TITLE, _COLUMNS, tuple(rows), EMPTY)
    return Document(
        title=f"{TITLE}: {study_title(session)}",
        statement=f"{TITLE} as they stood on {day(options.at)}.",
        at=options.at,
        head=(
            ("Words", "What stands between spaces in what was said, without names and times."),
            ("Share of words", "Of what everybody but moderators says. How much is said is not how much it weighs."),
            ("Left out", "Events, and people who have withdrawn."),
            *([("Small groups", SMALL)] if hidden else []),
            *study_head(session, None),
        ),
        blocks=(Paragraph((Run(EMPTY),)),),
        table=sheet,
        sheets=(sheet,),
        participant_ids=frozenset(session.scalars(select(Participant.id)).all()) & {one.key for one in everybody},
        landscape=True,
    )


def _record(of: str, where: str, voice: Voice, small: SmallGroups | None) -> tuple[Value, ...]:
    """A row; the role is left out where fewer than k people share it together with the group."""
    name = voice.name or "Nobody known"
    role = voice.role if small is None else small.told(voice.key, placed=True)[0]
    share = None if voice.share is None else round(voice.share * 100)
    moderator = "yes" if voice.kind == SpeakerKind.MODERATOR else ""
    return (of, where, name, role, moderator, voice.turns, voice.words, share, voice.longest)
