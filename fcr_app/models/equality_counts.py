"""Counts of each month, kept because counting a million victims takes longer than a page may.

They hold no person, and are made anew every night: a month's rows are replaced together.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fcr_app.extensions import Base

_ITEM = "Empty for everybody, whatever is known of them."


class EqualityMonth(Base):
    """A month that was counted."""

    __tablename__ = "equality_months"

    month: Mapped[date] = mapped_column(primary_key=True, comment="Its first day.")
    victims: Mapped[int] = mapped_column(comment="Who are people, by the day of the report.")
    counted_at: Mapped[datetime]


class EqualityKnownCount(Base):
    """Victims by what is known of them, by one thing that they are broken down by."""

    __tablename__ = "equality_known_counts"
    __table_args__ = (Index("ix_equality_known_counts_month", "month", "dimension", "item"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(ForeignKey("equality_months.month"))
    dimension: Mapped[str] = mapped_column(
        String(16), comment="all, children, route, offence_group, unit."
    )
    key: Mapped[str] = mapped_column(String(80), comment="Such as a route; empty where none.")
    item: Mapped[str] = mapped_column(String(20), comment=_ITEM)
    reason: Mapped[str] = mapped_column(String(16), comment="Empty where there is a value.")
    count: Mapped[int]


class EqualityReportCount(Base):
    """Closed reports about a crime by group, and by what is compared like with like."""

    __tablename__ = "equality_report_counts"
    __table_args__ = (Index("ix_equality_report_counts_month", "month", "item"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(ForeignKey("equality_months.month"))
    item: Mapped[str] = mapped_column(String(20), comment=_ITEM)
    group: Mapped[str] = mapped_column(String(20))
    opening_code: Mapped[str] = mapped_column(String(20))
    route: Mapped[str] = mapped_column(String(20), comment="Of reports of rape alone.")
    in_time: Mapped[int]
    late: Mapped[int]
    n100: Mapped[int]
    every: Mapped[int]


class EqualityCrimeCount(Base):
    """People who are victims of recorded crimes, by group and offence group."""

    __tablename__ = "equality_crime_counts"
    __table_args__ = (Index("ix_equality_crime_counts_month", "month", "item"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(ForeignKey("equality_months.month"))
    item: Mapped[str] = mapped_column(String(20), comment=_ITEM)
    group: Mapped[str] = mapped_column(String(20))
    offence_group: Mapped[str] = mapped_column(String(80), comment="Empty where not classified.")
    cancelled: Mapped[int]
    every: Mapped[int]
