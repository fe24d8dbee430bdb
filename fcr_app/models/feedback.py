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

from fcr_app.extensions import Base
from fcr_app.models.person import Person

_UNREAD = text("read_at IS NULL")
_UNACKNOWLEDGED = text("acknowledged_at IS NULL")


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
    """Reasons sent to whoever made an earlier decision, with the rule (FB-01)."""

    __tablename__ = "feedback_items"
    __table_args__ = (
        Index("ix_feedback_items_to_id_acknowledged_at", "to_id", "acknowledged_at", "id"),
        CheckConstraint("to_id <> from_id", name="not_to_oneself"),
        CheckConstraint(
            "case_id IS NOT NULL OR crime_id IS NOT NULL OR incident_id IS NOT NULL",
            name="about_something",
        ),
        Index("ix_feedback_items_to_id_error_type", "to_id", "error_type", "created_at"),
        # What the whole force has not acknowledged, the most urgent first.
        Index(
            "ix_feedback_items_open",
            "due_at",
            "id",
            sqlite_where=_UNACKNOWLEDGED,
            postgresql_where=_UNACKNOWLEDGED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    step_position: Mapped[int | None] = mapped_column(comment="The case step it comes from.")
    crime_id: Mapped[int | None] = mapped_column(ForeignKey("crimes.id"), index=True)
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incidents.id"), index=True)
    error_type: Mapped[str] = mapped_column(
        String(3), default="", comment="The kind of error, E01 to E23; empty where none is named."
    )
    to_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    from_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    subject: Mapped[str] = mapped_column(String(120))
    reasons: Mapped[str] = mapped_column(Text)
    rules: Mapped[str] = mapped_column(
        Text, default="", comment="The rules with their source, a line each."
    )
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    acknowledged_at: Mapped[datetime | None]
    reply: Mapped[str] = mapped_column(Text, default="")

    to: Mapped[Person] = relationship(lazy="raise", foreign_keys=[to_id])
    sender: Mapped[Person] = relationship(lazy="raise", foreign_keys=[from_id])
