"""The crime record as this system knows it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fcr_app.extensions import Base, search_key
from fcr_app.models.offence import Offence
from fcr_app.models.person import Person, Unit


class Crime(Base):
    """A recorded crime. Its first class is kept for ever (CLS-01)."""

    __tablename__ = "crimes"
    __table_args__ = (
        CheckConstraint(
            "status IN ('recorded', 'transferred', 'cancelled', 'moved_n100')", name="status_known"
        ),
        CheckConstraint(
            "(status IN ('recorded', 'moved_n100')) = (removal_code IS NULL)"
            " AND (status = 'recorded') = (removed_at IS NULL)",
            name="removed_with_code_and_time",
        ),
        CheckConstraint(
            "removal_code IS NULL OR removal_code IN ('C1', 'C2', 'C3', 'C4', 'C5')",
            name="removal_code_known",
        ),
        Index("ix_crimes_unit_id_recorded_at", "unit_id", "recorded_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    crime_number: Mapped[str] = mapped_column(String(80))
    number_key: Mapped[str] = mapped_column(
        search_key(80), unique=True, comment="Crime number in capitals without spaces."
    )
    incident_reference: Mapped[str] = mapped_column(String(80), default="")
    incident_key: Mapped[str] = mapped_column(search_key(80), default="", index=True)
    reported_at: Mapped[datetime | None]
    recorded_at: Mapped[datetime | None] = mapped_column(index=True)
    recorded_month: Mapped[date | None] = mapped_column(
        index=True, comment="First day of the month, for extracts that give no time."
    )
    time_note: Mapped[str] = mapped_column(
        String(200),
        default="",
        comment="What a time is uncertain about, as its first occurrence assumed.",
    )
    offence_id: Mapped[int | None] = mapped_column(ForeignKey("offences.id"), index=True)
    first_offence_id: Mapped[int | None] = mapped_column(
        ForeignKey("offences.id"), comment="As first recorded; never changes (CLS-01)."
    )
    offence_text: Mapped[str] = mapped_column(
        String(200),
        default="",
        comment="What an extract calls the offence, where it gives no class.",
    )
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    oic_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id"),
        index=True,
        comment="Officer in the case now; also in crime_people.",
    )
    location: Mapped[str] = mapped_column(String(300), default="")
    summary: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[str] = mapped_column(String(12), default="recorded", index=True)
    removal_code: Mapped[str | None] = mapped_column(String(2))
    removed_at: Mapped[datetime | None] = mapped_column(index=True)
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

    offence: Mapped[Offence | None] = relationship(lazy="raise", foreign_keys=[offence_id])
    unit: Mapped[Unit | None] = relationship(lazy="raise")
    oic: Mapped[Person | None] = relationship(lazy="raise")
    people: Mapped[list["CrimePerson"]] = relationship(lazy="raise", back_populates="crime")
    victims: Mapped[list["Victim"]] = relationship(
        lazy="raise", back_populates="crime", order_by="Victim.id"
    )
    flags: Mapped[list["CrimeFlag"]] = relationship(lazy="raise", back_populates="crime")

    __mapper_args__ = {"version_id_col": version}


class CrimePerson(Base):
    """A member of staff and the part they play or played in an investigation."""

    __tablename__ = "crime_people"
    __table_args__ = (
        UniqueConstraint("crime_id", "person_id", "part"),
        CheckConstraint(
            "part IN ('oic', 'former_oic', 'supervisor', 'contributor')", name="part_known"
        ),
        Index("ix_crime_people_person_id_crime_id", "person_id", "crime_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    crime_id: Mapped[int] = mapped_column(ForeignKey("crimes.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    part: Mapped[str] = mapped_column(String(12))
    since_on: Mapped[date | None]

    crime: Mapped[Crime] = relationship(lazy="raise", back_populates="people")
    person: Mapped[Person] = relationship(lazy="raise")


class Victim(Base):
    """A victim of a crime: a person or a business."""

    __tablename__ = "victims"
    __table_args__ = (CheckConstraint("kind IN ('person', 'business')", name="kind_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    crime_id: Mapped[int] = mapped_column(ForeignKey("crimes.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10), default="person")
    name: Mapped[str] = mapped_column(String(120))
    name_key: Mapped[str] = mapped_column(
        search_key(120), index=True, comment="Lower case, surname first."
    )
    is_child: Mapped[bool] = mapped_column(default=False)
    speaks_for: Mapped[str] = mapped_column(
        String(120), default="", comment="Parent or guardian of a child, contact of a business."
    )
    address: Mapped[str] = mapped_column(Text, default="", comment="For letters, line by line.")
    enhanced_ground: Mapped[str] = mapped_column(
        String(20),
        default="",
        comment="Why enhanced rights apply (VC-05); empty where they do not.",
    )
    prefers_language: Mapped[str] = mapped_column(String(2), default="en")
    equality_record_id: Mapped[int | None] = mapped_column(
        ForeignKey("equality_records.id"),
        index=True,
        comment="What they were asked under the Equality Act; null for a business.",
    )

    crime: Mapped[Crime] = relationship(lazy="raise", back_populates="victims")


class CrimeFlag(Base):
    """A flag on a crime, such as domestic abuse."""

    __tablename__ = "crime_flags"

    crime_id: Mapped[int] = mapped_column(ForeignKey("crimes.id"), primary_key=True)
    flag: Mapped[str] = mapped_column(String(20), primary_key=True, index=True)

    crime: Mapped[Crime] = relationship(lazy="raise", back_populates="flags")
