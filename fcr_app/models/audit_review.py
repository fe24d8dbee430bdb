"""What auditors found: a review of a record, its answers, the crimes that should exist."""

from datetime import date, datetime
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

from fcr_app.domain.audits.words import Band, Group, ReviewKind, Safeguarding, Severity, Verdict
from fcr_app.extensions import Base
from fcr_app.models.audit_run import AuditItem
from fcr_app.models.person import Person, Unit

_OPEN = text("closed_at IS NULL")
_COUNTS = text("counts")


def _in(values: type[Any], *, empty: bool = False) -> str:
    return ", ".join([*(["''"] if empty else []), *(f"'{one.value}'" for one in values)])


class AuditReview(Base):
    """One person's review of one record. First, second and final are kept beside each other."""

    __tablename__ = "audit_reviews"
    __table_args__ = (
        UniqueConstraint("item_id", "kind"),
        CheckConstraint(f"kind IN ({_in(ReviewKind)})", name="kind_known"),
        CheckConstraint("NOT counts OR done_at IS NOT NULL", name="counts_when_done"),
        Index("ix_audit_reviews_auditor_id", "auditor_id", "id"),
        Index(
            "uq_audit_reviews_one_counts",
            "item_id",
            unique=True,
            sqlite_where=_COUNTS,
            postgresql_where=_COUNTS,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("audit_items.id"))
    kind: Mapped[str] = mapped_column(String(6))
    auditor_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    begun_at: Mapped[datetime]
    done_at: Mapped[datetime | None] = mapped_column(comment="Null while it is being written.")
    counts: Mapped[bool] = mapped_column(
        default=False, comment="The figures count this one: the first, or the FCR’s."
    )
    note: Mapped[str] = mapped_column(Text, default="")
    draft: Mapped[dict[str, Any] | None] = mapped_column(
        JSON, comment="As far as it is written; null once it is done."
    )
    version: Mapped[int] = mapped_column(default=1)

    item: Mapped[AuditItem] = relationship(lazy="raise")
    auditor: Mapped[Person] = relationship(lazy="raise")
    answers: Mapped[list["AuditAnswer"]] = relationship(
        lazy="raise", order_by="AuditAnswer.question"
    )
    crimes: Mapped[list["AuditCrime"]] = relationship(lazy="raise", order_by="AuditCrime.position")

    __mapper_args__ = {"version_id_col": version}


class AuditAnswer(Base):
    """The answer to one question about the record as a whole, such as: was the victim told?"""

    __tablename__ = "audit_answers"
    __table_args__ = (Index("ix_audit_answers_question", "question", "answer"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("audit_reviews.id"), primary_key=True)
    question: Mapped[str] = mapped_column(String(30), primary_key=True)
    answer: Mapped[str] = mapped_column(String(20))


class AuditCrime(Base):
    """A crime that should exist, or one that exists and should not: the unit of the figures."""

    __tablename__ = "audit_crimes"
    __table_args__ = (
        UniqueConstraint("review_id", "position"),
        CheckConstraint(f"offence_group IN ({_in(Group)})", name="group_known"),
        CheckConstraint(f"verdict IN ({_in(Verdict)})", name="verdict_known"),
        CheckConstraint(f"band IN ({_in(Band, empty=True)})", name="band_known"),
        CheckConstraint(f"severity IN ({_in(Severity, empty=True)})", name="severity_known"),
        CheckConstraint(
            f"safeguarding IN ({_in(Safeguarding, empty=True)})", name="safeguarding_known"
        ),
        # Whatever was wrong has a kind, so that causes can be counted.
        CheckConstraint("verdict = 'recorded' OR error_type <> ''", name="error_with_type"),
        CheckConstraint("verdict <> 'missing' OR band = ''", name="missing_has_no_time"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("audit_reviews.id"))
    position: Mapped[int] = mapped_column(comment="1 for the first of a record.")
    offence_group: Mapped[str] = mapped_column(String(14))
    offence_class: Mapped[str] = mapped_column(
        String(10), default="", comment="As it should be: 19C."
    )
    domestic: Mapped[bool] = mapped_column(default=False)
    verdict: Mapped[str] = mapped_column(String(13))
    crime_id: Mapped[int | None] = mapped_column(
        ForeignKey("crimes.id"), index=True, comment="As which it is recorded."
    )
    band: Mapped[str] = mapped_column(String(11), default="")
    error_type: Mapped[str] = mapped_column(String(3), default="", index=True)
    severity: Mapped[str] = mapped_column(String(6), default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    safeguarding: Mapped[str] = mapped_column(String(10), default="")
    investigated: Mapped[str] = mapped_column(
        String(10), default="", comment="Whether it was looked into though not recorded rightly."
    )
    note: Mapped[str] = mapped_column(Text, default="")

    unit: Mapped[Unit | None] = relationship(lazy="raise")
    person: Mapped[Person | None] = relationship(lazy="raise")


class AuditFinding(Base):
    """An error that an audit found, what puts it right, and whom it was told to."""

    __tablename__ = "audit_findings"
    __table_args__ = (
        UniqueConstraint("item_id", "audit_crime_id", "question"),
        CheckConstraint("(closed_at IS NULL) = (closed_how = '')", name="closed_with_words"),
        Index("ix_audit_findings_run_id", "run_id", "id"),
        Index("ix_audit_findings_open", "due_on", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("audit_runs.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("audit_items.id"))
    audit_crime_id: Mapped[int | None] = mapped_column(ForeignKey("audit_crimes.id"), index=True)
    question: Mapped[str] = mapped_column(
        String(30), default="", comment="The question it comes from; empty where from a crime."
    )
    error_type: Mapped[str] = mapped_column(String(3))
    severity: Mapped[str] = mapped_column(String(6))
    correction: Mapped[str] = mapped_column(String(20), comment="As feedback names it.")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    due_on: Mapped[date]
    correction_case_id: Mapped[int | None] = mapped_column(
        ForeignKey("cases.id"), index=True, comment="The case that puts it right."
    )
    feedback_item_id: Mapped[int | None] = mapped_column(
        ForeignKey("feedback_items.id"), index=True
    )
    closed_at: Mapped[datetime | None]
    closed_how: Mapped[str] = mapped_column(
        String(300), default="", comment="What put it right, or why nothing can."
    )
    version: Mapped[int] = mapped_column(default=1)

    item: Mapped[AuditItem] = relationship(lazy="raise")
    person: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[person_id])
    unit: Mapped[Unit | None] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}
