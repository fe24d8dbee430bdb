"""Appointments about reports of crime, the feeds that show them, and the daily list's own days."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fcr_app.extensions import Base
from fcr_app.models.case import Case
from fcr_app.models.incident import Incident
from fcr_app.models.person import Person, Unit

_TO_COME = text("outcome = ''")


class Appointment(Base):
    """The slot of a case of the diary, as it stands now; its history is the case's."""

    __tablename__ = "appointments"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="times_in_order"),
        CheckConstraint("outcome IN ('', 'attended', 'missed', 'cancelled')", name="outcome_known"),
        CheckConstraint("NOT past_limit OR insufficient <> ''", name="late_with_reason"),
        Index("ix_appointments_unit_id_starts_at", "unit_id", "starts_at"),
        Index("ix_appointments_officer_id_starts_at", "officer_id", "starts_at"),
        Index("ix_appointments_starts_at", "starts_at"),
        # Clocks look every few minutes for those that have ended and nobody has spoken of.
        Index(
            "ix_appointments_to_come",
            "ends_at",
            "case_id",
            sqlite_where=_TO_COME,
            postgresql_where=_TO_COME,
        ),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("people.id"), comment="Who goes.")
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(12), comment="A kind of place, never an address.")
    outcome: Mapped[str] = mapped_column(
        String(10), default="", comment="What became of it; empty while it is to come."
    )
    past_limit: Mapped[bool] = mapped_column(
        default=False, comment="Booked after the limit to record, with nothing recorded (DIA-02)."
    )
    insufficient: Mapped[str] = mapped_column(
        Text, default="", comment="Which information the officer said is insufficient."
    )
    rebooked_from: Mapped[datetime | None] = mapped_column(
        comment="When the slot began that this one took the place of."
    )
    sequence: Mapped[int] = mapped_column(
        default=0, comment="Counts its changes, for calendars that subscribe."
    )
    changed_at: Mapped[datetime]

    case: Mapped[Case] = relationship(lazy="raise")
    incident: Mapped[Incident] = relationship(lazy="raise")
    unit: Mapped[Unit | None] = relationship(lazy="raise")
    officer: Mapped[Person] = relationship(lazy="raise")


class CalendarFeed(Base):
    """A secret address under which a person's own calendar reads their appointments."""

    __tablename__ = "calendar_feeds"
    __table_args__ = (CheckConstraint("expires_at > made_at", name="times_in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, comment="SHA-256, hex.")
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None] = mapped_column(comment="When its owner ended it early.")
    read_at: Mapped[datetime | None] = mapped_column(comment="When a calendar last read it.")


class FeedMiss(Base):
    """An address of a feed that was tried and is none, counted to slow guessing down."""

    __tablename__ = "calendar_feed_misses"
    __table_args__ = (Index("ix_calendar_feed_misses_address_at", "address", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(String(45))
    at: Mapped[datetime]


class DiaryDay(Base):
    """A day whose list of appointments was sent: the key makes a second sending impossible."""

    __tablename__ = "diary_days"

    day: Mapped[date] = mapped_column(primary_key=True, comment="The day in London.")
    told_at: Mapped[datetime]
    under_12_count: Mapped[int]
    to_24_count: Mapped[int]
    over_24_count: Mapped[int]
