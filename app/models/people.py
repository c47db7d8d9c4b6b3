"""The study itself and the people in it: researchers, focus groups, participants, speakers."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Keyed, Moment
from app.models.kinds import AttributeKind, Consent, ParticipantStatus, SpeakerKind, one_of


class StudySheet(Keyed, Base):
    """The one row that says what the study is about and how its quotes are attributed.

    `smallest_group` (k): fewer people than this behind a description could be recognised, so it is not given out.
    `disk_protection`: what the researcher said of the disk that the file lies on, where the study has no password.
    """

    __tablename__ = "study"
    __table_args__ = (
        UniqueConstraint("only"),
        CheckConstraint("only = 1", name="single"),
        CheckConstraint("smallest_group >= 1", name="smallest_group"),
    )

    only: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(default="")
    questions: Mapped[str] = mapped_column(default="")
    attribution_template: Mapped[str] = mapped_column(default="{role}, {group}")
    lens_id: Mapped[str | None] = mapped_column(ForeignKey("lens.id", ondelete="SET NULL"), index=True)
    ethics_reference: Mapped[str] = mapped_column(default="")
    retention_date: Mapped[date | None] = mapped_column(Date)
    withdrawal_rule: Mapped[str] = mapped_column(default="")
    withdrawal_deadline: Mapped[date | None] = mapped_column(Date)
    smallest_group: Mapped[int] = mapped_column(default=3)
    disk_protection: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(Moment)


class Person(Keyed, Base):
    """A researcher. The name is what they say of themselves ("Working as ..."), never the login name."""

    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("name"), CheckConstraint("trim(name) <> ''", name="named"))

    name: Mapped[str]
    role: Mapped[str] = mapped_column(default="")


class Group(Keyed, Base):
    """A focus group: one meeting. `guide` says which version of the question guide was used."""

    __tablename__ = "focus_group"
    __table_args__ = (
        UniqueConstraint("label"),
        CheckConstraint("trim(label) <> ''", name="labelled"),
        CheckConstraint("minutes IS NULL OR minutes > 0", name="minutes"),
    )

    label: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    held_on: Mapped[date | None] = mapped_column(Date)
    place: Mapped[str] = mapped_column(default="")
    moderator: Mapped[str] = mapped_column(default="")
    composition: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int | None]
    guide: Mapped[str] = mapped_column(default="")
    field_note: Mapped[str] = mapped_column(default="")


class Participant(Keyed, Base):
    """A person who took part, under a pseudonym. Who they really are is kept elsewhere.

    Consent is given use by use: to be quoted, to have whole turns shared with others, to have them archived.
    """

    __tablename__ = "participant"
    __table_args__ = (CheckConstraint("trim(pseudonym) <> ''", name="named"),)

    label: Mapped[str] = mapped_column(default="")
    pseudonym: Mapped[str]
    role: Mapped[str] = mapped_column(default="")
    group_id: Mapped[str | None] = mapped_column(ForeignKey("focus_group.id", ondelete="SET NULL"), index=True)
    consent_to_quote: Mapped[Consent] = mapped_column(one_of(Consent), default=Consent.NOT_RECORDED)
    consent_to_share: Mapped[Consent] = mapped_column(one_of(Consent), default=Consent.NOT_RECORDED)
    consent_to_archive: Mapped[Consent] = mapped_column(one_of(Consent), default=Consent.NOT_RECORDED)
    status: Mapped[ParticipantStatus] = mapped_column(one_of(ParticipantStatus), default=ParticipantStatus.ACTIVE)
    note: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)


class ParticipantAttribute(Keyed, Base):
    """One typed attribute of a participant, such as age band or year of study."""

    __tablename__ = "participant_attribute"
    __table_args__ = (UniqueConstraint("participant_id", "name"),)

    participant_id: Mapped[str] = mapped_column(ForeignKey("participant.id", ondelete="CASCADE"))
    name: Mapped[str]
    kind: Mapped[AttributeKind] = mapped_column(one_of(AttributeKind), default=AttributeKind.TEXT)
    value: Mapped[str]


class Speaker(Keyed, Base):
    """A speaker label of one source; it may point to a participant. The moderator is a kind, not a participant."""

    __tablename__ = "speaker"
    __table_args__ = (
        UniqueConstraint("source_id", "label"),
        CheckConstraint("trim(label) <> ''", name="labelled"),
        CheckConstraint("participant_id IS NULL OR kind = 'participant'", name="participant"),
    )

    source_id: Mapped[str] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    label: Mapped[str]
    kind: Mapped[SpeakerKind] = mapped_column(one_of(SpeakerKind), default=SpeakerKind.UNKNOWN)
    participant_id: Mapped[str | None] = mapped_column(ForeignKey("participant.id", ondelete="SET NULL"), index=True)
