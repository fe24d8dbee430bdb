"""The yearly equality report: what is being written, and what was published."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fcr_app.extensions import Base
from fcr_app.models.append_only import AppendOnlyMixin
from fcr_app.models.person import Person


class EqualityReportDraft(Base):
    """What the FCR is writing about a period. Its figures are worked out when it is published."""

    __tablename__ = "equality_report_drafts"
    __table_args__ = (
        UniqueConstraint("first_month", "last_month"),
        CheckConstraint("first_month <= last_month", name="months_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first_month: Mapped[date] = mapped_column(comment="The first day of the first month.")
    last_month: Mapped[date] = mapped_column(comment="The first day of the last month.")
    about: Mapped[str] = mapped_column(Text, default="", comment="What the figures mean.")
    actions: Mapped[str] = mapped_column(Text, default="", comment="What the force does about it.")
    objectives: Mapped[str] = mapped_column(Text, default="")
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class EqualityReport(AppendOnlyMixin, Base):
    """A published edition, with its figures and its bytes as they were. Never changed."""

    __tablename__ = "equality_reports"
    __table_args__ = (
        UniqueConstraint("first_month", "last_month", "edition"),
        CheckConstraint("(edition = 1) = (why = '')", name="corrected_with_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first_month: Mapped[date]
    last_month: Mapped[date]
    edition: Mapped[int] = mapped_column(comment="1 for the first about these months.")
    why: Mapped[str] = mapped_column(Text, comment="Why it was corrected; empty for the first.")
    about: Mapped[str] = mapped_column(Text)
    actions: Mapped[str] = mapped_column(Text)
    objectives: Mapped[str] = mapped_column(Text)
    figures: Mapped[list[Any]] = mapped_column(JSON, comment="The rows of its tables, as printed.")
    html: Mapped[str] = mapped_column(Text, comment="Its text and tables, made by our templates.")
    pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    pdf_hash: Mapped[str] = mapped_column(String(64), comment="SHA-256 of the PDF.")
    published_at: Mapped[datetime]
    published_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))

    published_by: Mapped[Person] = relationship(lazy="raise")
