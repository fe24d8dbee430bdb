"""A report of a crime: what came in before anybody recorded anything (REC-01)."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fcr_app.domain.citations import crr26
from fcr_app.domain.citing import supports
from fcr_app.extensions import Base, Deadline, search_key
from fcr_app.models.append_only import AppendOnlyMixin
from fcr_app.models.crime import Crime
from fcr_app.models.person import Person, Unit

_UNSETTLED = text("settled_at IS NULL")
_KNOWN = "({0} IN ('yes', 'no', 'unknown'))"


@supports(crr26("REC-01", "6"), how="Every report is kept, whatever becomes of it")
class Incident(Base):
    """An incident report. Its clock runs from the first report of any kind until it is settled.

    It is settled when a crime is recorded, or when it is decided that none is to be. An
    appointment, a transfer or a refusal to speak settles nothing.
    """

    __tablename__ = "incidents"
    __table_args__ = (
        CheckConstraint(_KNOWN.format("victim_traced"), name="victim_traced_known"),
        CheckConstraint(_KNOWN.format("victim_confirmed"), name="victim_confirmed_known"),
        CheckConstraint(_KNOWN.format("victim_willing"), name="victim_willing_known"),
        CheckConstraint(
            "(settled_at IS NULL) = (closing_code = '')", name="settled_with_closing_code"
        ),
        CheckConstraint("(sarc_case = '') OR (route = 'sarc')", name="sarc_case_with_route"),
        CheckConstraint(
            "(duplicate_of_id IS NULL) = (closing_code <> 'duplicate')", name="duplicate_of_another"
        ),
        CheckConstraint("duplicate_of_id <> id", name="not_its_own_duplicate"),
        # Lists of what waits to be recorded walk this one, most urgent first.
        Index(
            "ix_incidents_record_by_at",
            "record_by_at",
            "id",
            sqlite_where=_UNSETTLED,
            postgresql_where=_UNSETTLED,
        ),
        Index("ix_incidents_first_reported_at", "first_reported_at", "id"),
        Index("ix_incidents_officer_id", "officer_id", "first_reported_at", "id"),
        Index("ix_incidents_unit_id", "unit_id", "first_reported_at", "id"),
        Index("ix_incidents_route", "route", "first_reported_at", "id"),
        Index("ix_incidents_opening_code", "opening_code", "first_reported_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(80))
    reference_key: Mapped[str] = mapped_column(
        search_key(80), unique=True, comment="Reference in capitals without spaces."
    )
    first_reported_at: Mapped[datetime]
    time_note: Mapped[str] = mapped_column(
        String(200), default="", comment="What is uncertain about the time of the report."
    )
    record_by_at: Mapped[datetime | None] = mapped_column(
        Deadline,
        nullable=False,
        comment="Last moment at which a record is in time; the end of time where no limit applied.",
    )
    received_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    officer_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id"), comment="Whoever has to record it, or deal with it."
    )
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    route: Mapped[str] = mapped_column(String(20))
    sarc_case: Mapped[str] = mapped_column(String(20), default="")
    other_force: Mapped[str] = mapped_column(String(120), default="")
    other_force_reference: Mapped[str] = mapped_column(String(60), default="")
    found_in_crime_id: Mapped[int | None] = mapped_column(
        ForeignKey("crimes.id"),
        index=True,
        comment="The crime being investigated when a further offence was told.",
    )
    reporter_type: Mapped[str] = mapped_column(String(20))
    reporter: Mapped[str] = mapped_column(
        String(120), default="", comment="Who made the report, to tell them what was decided."
    )
    victim_name: Mapped[str] = mapped_column(String(120), default="")
    victim_key: Mapped[str] = mapped_column(search_key(120), default="", index=True)
    victim_traced: Mapped[str] = mapped_column(String(7), default="unknown")
    victim_confirmed: Mapped[str] = mapped_column(String(7), default="unknown")
    victim_willing: Mapped[str] = mapped_column(String(7), default="unknown")
    account: Mapped[str] = mapped_column(Text, default="")
    location: Mapped[str] = mapped_column(String(300), default="")
    opening_code: Mapped[str] = mapped_column(String(20))
    rape_disclosed_at: Mapped[datetime | None] = mapped_column(
        comment="When somebody said that what was disclosed may be rape, whatever it was opened as."
    )
    closing_code: Mapped[str] = mapped_column(String(20), default="", index=True)
    duplicate_of_id: Mapped[int | None] = mapped_column(
        ForeignKey("incidents.id"), index=True, comment="The report that this one repeats."
    )
    settled_at: Mapped[datetime | None] = mapped_column(
        comment="When a crime was first recorded, or it was decided that none is to be."
    )
    source: Mapped[str] = mapped_column(
        String(40), comment="How it came in: hand, or an import's name."
    )
    row_hash: Mapped[str] = mapped_column(
        String(64),
        default="",
        comment="SHA-256 of the imported row; tells a changed row from a repeat.",
    )
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)

    officer: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[officer_id])
    received_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[received_by_id])
    unit: Mapped[Unit | None] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}


class IncidentFlag(Base):
    """Something that makes the victim of a report vulnerable."""

    __tablename__ = "incident_flags"

    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), primary_key=True)
    flag: Mapped[str] = mapped_column(String(20), primary_key=True, index=True)


class IncidentChange(AppendOnlyMixin, Base):
    """Something that happened to a report: what it changed, from what to what, and why."""

    __tablename__ = "incident_changes"
    __table_args__ = (Index("ix_incident_changes_incident_id", "incident_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"))
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id"), index=True, comment="Null where the system did it."
    )
    what: Mapped[str] = mapped_column(String(20))
    changed: Mapped[list[Any]] = mapped_column(
        JSON, comment="As title, before and after, in the words of the day."
    )
    reason: Mapped[str] = mapped_column(Text, default="")


class IncidentCrime(Base):
    """A crime recorded from a report, or linked to it."""

    __tablename__ = "incident_crimes"

    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), primary_key=True)
    crime_id: Mapped[int] = mapped_column(ForeignKey("crimes.id"), primary_key=True, index=True)
    linked_at: Mapped[datetime]
    linked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    crime: Mapped[Crime] = relationship(lazy="raise")


class LateRecord(Base):
    """A crime that was recorded after its limit: its reason, and what the FCR says (REC-11)."""

    __tablename__ = "late_records"
    __table_args__ = (
        UniqueConstraint("incident_id", "crime_id"),
        CheckConstraint("(reviewed_at IS NULL) = (reviewed_by_id IS NULL)", name="review_by"),
        CheckConstraint("(reviewed_at IS NULL) = (verdict = '')", name="review_with_verdict"),
        CheckConstraint("verdict IN ('', 'accepted', 'not_accepted')", name="verdict_known"),
        Index("ix_late_records_recorded_at", "recorded_at", "id"),
        Index(
            "ix_late_records_waiting",
            "recorded_at",
            "id",
            sqlite_where=text("reviewed_at IS NULL"),
            postgresql_where=text("reviewed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"))
    crime_id: Mapped[int] = mapped_column(ForeignKey("crimes.id"), index=True)
    limit_at: Mapped[datetime] = mapped_column(comment="When it should have been recorded by.")
    recorded_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text)
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    verdict: Mapped[str] = mapped_column(String(12), default="")
    remark: Mapped[str] = mapped_column(Text, default="")
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reviewed_at: Mapped[datetime | None]
