"""What people are told: notices that come and go, and feedback that they acknowledge."""

from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fcr_app.domain.feedback.items import Correction, Harm, Source
from fcr_app.extensions import Base
from fcr_app.models.person import Person

_UNREAD = text("read_at IS NULL")
_UNACKNOWLEDGED = text("acknowledged_at IS NULL")
_TO_CORRECT = text("correct_by_at IS NOT NULL AND corrected_at IS NULL AND closed_at IS NULL")
_SOURCES = ", ".join(f"'{one.value}'" for one in Source)
_HARMS = ", ".join(f"'{one.value}'" for one in Harm)
_CORRECTIONS = ", ".join(f"'{one.value}'" for one in Correction)


class Notice(Base):
    """A message in a person's list: something happened to a case of theirs, or is wrong."""

    __tablename__ = "notices"
    __table_args__ = (
        Index("ix_notices_person_id_id", "person_id", "id"),
        # Every page shows how many are unread; most notices were read long ago.
        Index(
            "ix_notices_unread",
            "person_id",
            sqlite_where=_UNREAD,
            postgresql_where=_UNREAD,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    case_id: Mapped[int | None] = mapped_column(
        ForeignKey("cases.id"), index=True, comment="Null for a message that is about no one case."
    )
    message: Mapped[str] = mapped_column(String(300))
    created_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    about: Mapped[str] = mapped_column(
        String(100),
        default="",
        server_default="",
        comment="What it is about, where that is no case: its page’s name.",
    )
    path: Mapped[str] = mapped_column(
        String(120), default="", server_default="", comment="The address of that page."
    )
    level: Mapped[str] = mapped_column(
        String(10),
        default="",
        server_default="",
        comment="How urgent a clock is; empty for the rest.",
    )


class FeedbackItem(Base):
    """What a feedback case says, typed: what lists, figures and learning read (FB-01).

    The case has what happened and who said what; here is what is counted and searched.
    """

    __tablename__ = "feedback_items"
    __table_args__ = (
        Index("ix_feedback_items_to_id_acknowledged_at", "to_id", "acknowledged_at", "id"),
        CheckConstraint("to_id <> from_id", name="not_to_oneself"),
        CheckConstraint(
            "case_id IS NOT NULL OR crime_id IS NOT NULL OR incident_id IS NOT NULL",
            name="about_something",
        ),
        CheckConstraint(f"source IN ({_SOURCES})", name="source_known"),
        CheckConstraint(f"harm IN ({_HARMS})", name="harm_known"),
        CheckConstraint(f"correction IN ({_CORRECTIONS})", name="correction_known"),
        CheckConstraint("NOT positive OR error_type = ''", name="right_or_wrong"),
        CheckConstraint("(corrected_at IS NULL) = (corrected_by = '')", name="corrected_by"),
        Index("ix_feedback_items_to_id_error_type", "to_id", "error_type", "created_at"),
        # What the whole force has not acknowledged, the most urgent first.
        Index(
            "ix_feedback_items_open",
            "due_at",
            "id",
            sqlite_where=_UNACKNOWLEDGED,
            postgresql_where=_UNACKNOWLEDGED,
        ),
        # The FCR's list walks one of these, newest first.
        Index("ix_feedback_items_created_at", "created_at", "id"),
        Index("ix_feedback_items_error_type", "error_type", "created_at", "id"),
        Index("ix_feedback_items_unit_id", "unit_id", "created_at", "id"),
        Index("ix_feedback_items_source", "source", "created_at", "id"),
        Index("ix_feedback_items_rule_id", "rule_id", "created_at", "id"),
        Index("ix_feedback_items_from_id", "from_id", "created_at", "id"),
        # What waits for the record to be put right is little, and asked for often.
        Index(
            "ix_feedback_items_to_correct",
            "correct_by_at",
            "id",
            sqlite_where=_TO_CORRECT,
            postgresql_where=_TO_CORRECT,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    feedback_case_id: Mapped[int] = mapped_column(
        ForeignKey("cases.id"), unique=True, comment="The case that this is the detail of."
    )
    case_id: Mapped[int | None] = mapped_column(
        ForeignKey("cases.id"), index=True, comment="The case that it is about, if it is."
    )
    step_position: Mapped[int | None] = mapped_column(comment="The case step it comes from.")
    crime_id: Mapped[int | None] = mapped_column(ForeignKey("crimes.id"), index=True)
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incidents.id"), index=True)
    source: Mapped[str] = mapped_column(String(20), comment="What it came out of.")
    positive: Mapped[bool] = mapped_column(default=False, comment="It says: well done.")
    error_type: Mapped[str] = mapped_column(
        String(3), default="", comment="The kind of error, E01 to E23; empty where none is named."
    )
    harm: Mapped[str] = mapped_column(String(6), default="none")
    rule_id: Mapped[str] = mapped_column(
        String(12), default="", comment="The rule it rests on, by its handbook id."
    )
    to_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    from_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("units.id"), comment="The unit of whom it is to, when it was sent."
    )
    subject: Mapped[str] = mapped_column(String(120), comment="What was decided, in a few words.")
    reasons: Mapped[str] = mapped_column(Text)
    rules: Mapped[str] = mapped_column(
        Text, default="", comment="The rules with their source, a line each."
    )
    right_decision: Mapped[str] = mapped_column(Text, default="")
    to_do: Mapped[str] = mapped_column(Text, default="")
    correction: Mapped[str] = mapped_column(
        String(20), default="none", comment="What the record has to show before it closes."
    )
    created_at: Mapped[datetime] = mapped_column(comment="When it was sent.")
    due_at: Mapped[datetime] = mapped_column(comment="By when it is to be acknowledged.")
    correct_by_at: Mapped[datetime | None] = mapped_column(
        comment="By when the record is to be put right; null where there is nothing to correct."
    )
    acknowledged_at: Mapped[datetime | None]
    agreed_at: Mapped[datetime | None]
    disputed_at: Mapped[datetime | None]
    corrected_at: Mapped[datetime | None] = mapped_column(
        comment="When the record was seen to show the correction."
    )
    corrected_by: Mapped[str] = mapped_column(
        String(200), default="", comment="What shows it: a crime that was recorded."
    )
    set_aside_at: Mapped[datetime | None] = mapped_column(
        comment="The FCR ruled that the feedback was wrong: it never counts as an error."
    )
    withdrawn_at: Mapped[datetime | None] = mapped_column(
        comment="Taken back by whoever gave it: it never counts either."
    )
    closed_at: Mapped[datetime | None] = mapped_column(
        comment="When it came to rest: closed, set aside or taken back."
    )
    reply: Mapped[str] = mapped_column(Text, default="")

    to: Mapped[Person] = relationship(lazy="raise", foreign_keys=[to_id])
    sender: Mapped[Person] = relationship(lazy="raise", foreign_keys=[from_id])
