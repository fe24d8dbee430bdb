"""What only reported incidents (N100, N300) need: typed, so that it can be searched and counted."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from fcr_app.extensions import Base


class ReportedIncident(Base):
    """A reported incident, as it is coded now. What was said and decided is in its case."""

    __tablename__ = "reported_incidents"
    __table_args__ = (
        CheckConstraint("kind IN ('n100', 'n300')", name="kind_known"),
        CheckConstraint(
            "verdict IN ('', 'agreed', 'recoded', 'recorded', 'cancelled', 'overridden', 'moved')",
            name="verdict_known",
        ),
        CheckConstraint(
            "(verdict = '') = (reviewed_at IS NULL)"
            " AND (reviewed_by_id IS NULL) = (reviewed_at IS NULL)",
            name="verdict_by_somebody",
        ),
        CheckConstraint(
            "(converted_at IS NULL) = (converted_crime_id IS NULL)", name="converted_to_a_crime"
        ),
        CheckConstraint(
            "(conversion_seconds IS NULL) = (confirmed_at IS NULL)", name="delay_from_confirmation"
        ),
        CheckConstraint(
            "(force_reference = '') = (force_reference_at IS NULL)", name="reference_with_time"
        ),
        CheckConstraint(
            "transferred_at IS NULL OR (force_reference <> '' AND victim_told_at IS NOT NULL)",
            name="transferred_with_reference_and_victim_told",
        ),
        CheckConstraint("(checked_at IS NULL) = (checked_by_id IS NULL)", name="checked_by"),
        Index("ix_reported_incidents_kind_code", "kind", "code", "coded_at"),
        Index("ix_reported_incidents_converted_at", "kind", "converted_at"),
        # Overrides are few, and counted.
        Index(
            "ix_reported_incidents_overrides",
            "kind",
            "coded_at",
            sqlite_where=text("verdict = 'overridden'"),
            postgresql_where=text("verdict = 'overridden'"),
        ),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(4))
    code: Mapped[str] = mapped_column(String(6), comment="As it is now, such as 100/01.")
    first_code: Mapped[str] = mapped_column(String(6), comment="As first given; never changes.")
    ground: Mapped[str] = mapped_column(
        String(20), default="", comment="Why it is not recorded, as last given; empty for N300."
    )
    coded_at: Mapped[datetime] = mapped_column(comment="When it was created with its first code.")
    error_type: Mapped[str] = mapped_column(
        String(3), default="", comment="E08 where an N100 was used, or allowed, for what was rape."
    )
    moved_from_crime_id: Mapped[int | None] = mapped_column(
        ForeignKey("crimes.id"), index=True, comment="The recorded rape it was made from (CLS-03)."
    )
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    verdict: Mapped[str] = mapped_column(
        String(10), default="", comment="The FCR's last word; empty while they have to see it."
    )
    reviewed_at: Mapped[datetime | None]
    reviewed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    to_force: Mapped[str] = mapped_column(String(120), default="")
    force_reference: Mapped[str] = mapped_column(String(60), default="")
    force_reference_at: Mapped[datetime | None] = mapped_column(comment="When it came in.")
    victim_told_at: Mapped[datetime | None] = mapped_column(comment="Of the transfer.")
    transferred_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None] = mapped_column(
        comment="When it was confirmed; null where the FCR had it recorded without."
    )
    converted_at: Mapped[datetime | None]
    converted_crime_id: Mapped[int | None] = mapped_column(ForeignKey("crimes.id"), index=True)
    conversion_seconds: Mapped[int | None] = mapped_column(
        comment="Seconds from the confirmation to the record (N100-03)."
    )
