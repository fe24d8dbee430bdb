"""The audit plan of a year: its editions, their lines, and the hours there are."""

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

from fcr_app.domain.audits.words import CountedAs, Frame, LineStatus, Strata
from fcr_app.extensions import Base
from fcr_app.models.append_only import AppendOnlyMixin
from fcr_app.models.person import Person

_APPROVED = text("state = 'approved'")
_BEING_WRITTEN = text("state IN ('draft', 'submitted')")
_SAMPLE_METHODS = "'simple', 'stratified', 'census', 'fixed', 'dip'"


def _in(values: type[Any]) -> str:
    return ", ".join(f"'{one.value}'" for one in values)


class AuditPlan(Base):
    """One edition of the plan of a year. An approved edition is replaced, never edited."""

    __tablename__ = "audit_plans"
    __table_args__ = (
        UniqueConstraint("starts_on", "edition"),
        CheckConstraint("starts_on < ends_on", name="days_in_order"),
        CheckConstraint(
            "state IN ('draft', 'submitted', 'approved', 'replaced', 'withdrawn')",
            name="state_known",
        ),
        CheckConstraint("(edition = 1) OR (why <> '')", name="changed_with_reason"),
        # One edition of a year is in force, and one is being written.
        Index(
            "uq_audit_plans_one_approved",
            "starts_on",
            unique=True,
            sqlite_where=_APPROVED,
            postgresql_where=_APPROVED,
        ),
        Index(
            "uq_audit_plans_one_being_written",
            "starts_on",
            unique=True,
            sqlite_where=_BEING_WRITTEN,
            postgresql_where=_BEING_WRITTEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    edition: Mapped[int] = mapped_column(comment="1 for the first of its year.")
    state: Mapped[str] = mapped_column(String(10), default="draft")
    why: Mapped[str] = mapped_column(Text, default="", comment="Why the plan was changed.")
    begun_at: Mapped[datetime]
    begun_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    fcr_approved_at: Mapped[datetime | None]
    fcr_approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    approved_at: Mapped[datetime | None] = mapped_column(
        comment="When the chief officer approved it, which puts it in force."
    )
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int] = mapped_column(default=1)

    fcr_approved_by: Mapped[Person | None] = relationship(
        lazy="raise", foreign_keys=[fcr_approved_by_id]
    )
    approved_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[approved_by_id])
    lines: Mapped[list["AuditLine"]] = relationship(
        lazy="raise", back_populates="plan", order_by="AuditLine.code, AuditLine.id"
    )

    __mapper_args__ = {"version_id_col": version}


class AuditPlanMonth(Base):
    """The auditors' hours there are in a month."""

    __tablename__ = "audit_plan_months"

    plan_id: Mapped[int] = mapped_column(ForeignKey("audit_plans.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True, comment="Its first day.")
    hours: Mapped[float] = mapped_column(comment="Hours of auditors in the month.")


class AuditLine(Base):
    """One audit of the plan: what is drawn how often, by which rule, for how many hours.

    ``line_key`` stays the same from edition to edition, so that a period is audited once.
    """

    __tablename__ = "audit_lines"
    __table_args__ = (
        UniqueConstraint("plan_id", "line_key"),
        CheckConstraint(f"frame IN ({_in(Frame)})", name="frame_known"),
        CheckConstraint(f"counted_as IN ({_in(CountedAs)})", name="counted_as_known"),
        CheckConstraint(f"strata IN ({_in(Strata)})", name="strata_known"),
        CheckConstraint(f"status IN ({_in(LineStatus)})", name="status_known"),
        CheckConstraint(f"method IN ({_SAMPLE_METHODS})", name="method_known"),
        CheckConstraint(
            "allocation IN ('proportional', 'equal', 'neyman')", name="allocation_known"
        ),
        CheckConstraint("every_months IN (0, 1, 2, 3, 4, 6, 12)", name="recurrence_known"),
        CheckConstraint("covers_months BETWEEN 1 AND 12", name="covers_months_sound"),
        CheckConstraint(
            "status NOT IN ('suspended', 'dropped') OR status_reason <> ''",
            name="stopped_with_reason",
        ),
        CheckConstraint("precision IS NULL OR (precision > 0 AND precision < 1)", name="precision"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("audit_plans.id"), index=True)
    line_key: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(4), comment="The audit type: A1 to A18.")
    title: Mapped[str] = mapped_column(String(160))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    frame: Mapped[str] = mapped_column(String(20))
    frame_filter: Mapped[dict[str, list[str]]] = mapped_column(
        JSON, default=dict, comment="Codes, groups or routes that the frame is narrowed to."
    )
    counted_as: Mapped[str] = mapped_column(String(14))
    strata: Mapped[str] = mapped_column(String(14), default="none")
    first_due_on: Mapped[date] = mapped_column(comment="The first day on which it is due.")
    every_months: Mapped[int] = mapped_column(comment="Due again after so many; 0 for once.")
    covers_months: Mapped[int] = mapped_column(
        comment="How many whole months before the month it is due in are audited."
    )
    method: Mapped[str] = mapped_column(String(10))
    allocation: Mapped[str] = mapped_column(String(12), default="proportional")
    fixed_size: Mapped[int | None] = mapped_column(comment="Records, where the size is fixed.")
    census_below: Mapped[int | None] = mapped_column(
        comment="All records are examined where there are fewer than this."
    )
    precision: Mapped[float | None] = mapped_column(comment="Half the interval wanted, 0 to 1.")
    expected_rate: Mapped[float] = mapped_column(default=0.9)
    yield_rate: Mapped[float] = mapped_column(
        default=1.0, comment="Crimes that should exist for each record examined."
    )
    design_effect: Mapped[float] = mapped_column(default=1.0)
    hours: Mapped[float] = mapped_column(comment="Hours of auditors for each time it runs.")
    risk_rate: Mapped[int] = mapped_column(default=0, comment="Last rate below target, 0 to 3.")
    risk_trend: Mapped[int] = mapped_column(default=0)
    risk_change: Mapped[int] = mapped_column(default=0, comment="A new process or system.")
    risk_age: Mapped[int] = mapped_column(default=0, comment="Days since the last audit.")
    impact_victims: Mapped[int] = mapped_column(default=0)
    impact_volume: Mapped[int] = mapped_column(default=0)
    impact_concern: Mapped[int] = mapped_column(default=0, comment="An inspectorate’s concern.")
    status: Mapped[str] = mapped_column(String(10), default="planned")
    status_reason: Mapped[str] = mapped_column(Text, default="")
    drop_asked_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id"), comment="Who asked to drop it; it is suspended until approved."
    )
    drop_asked_at: Mapped[datetime | None]
    drop_approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    drop_approved_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    plan: Mapped[AuditPlan] = relationship(lazy="raise", back_populates="lines")
    owner: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[owner_id])
    auditors: Mapped[list["AuditLineAuditor"]] = relationship(lazy="raise", back_populates="line")

    __mapper_args__ = {"version_id_col": version}


class AuditLineAuditor(Base):
    """Somebody who audits what a line draws."""

    __tablename__ = "audit_line_auditors"

    line_id: Mapped[int] = mapped_column(ForeignKey("audit_lines.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)

    line: Mapped[AuditLine] = relationship(lazy="raise", back_populates="auditors")
    person: Mapped[Person] = relationship(lazy="raise")


class AuditStep(AppendOnlyMixin, Base):
    """Something that happened to a plan, a line, a run or an action: who, what, why."""

    __tablename__ = "audit_steps"
    __table_args__ = (
        CheckConstraint("kind IN ('plan', 'line', 'run', 'action')", name="kind_known"),
        Index("ix_audit_steps_subject", "kind", "subject_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(6))
    subject_id: Mapped[int]
    trigger: Mapped[str] = mapped_column(String(40))
    said: Mapped[str] = mapped_column(String(200), comment="What happened, in words.")
    from_state: Mapped[str] = mapped_column(String(20), default="")
    to_state: Mapped[str] = mapped_column(String(20), default="")
    actor_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id"), index=True, comment="Null for the system."
    )
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(Text, default="")
    changed: Mapped[list[Any]] = mapped_column(
        JSON, default=list, comment="As title, before and after, in the words of the day."
    )

    actor: Mapped[Person | None] = relationship(lazy="raise")
