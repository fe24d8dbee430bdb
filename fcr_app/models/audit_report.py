"""What audits lead to: reports that are kept as they were, and actions that are followed up."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fcr_app.domain.audits.words import ActionState, MakingState, ReportKind
from fcr_app.extensions import Base, search_key
from fcr_app.models.append_only import AppendOnlyMixin
from fcr_app.models.audit_run import AuditRun
from fcr_app.models.person import Person

_KINDS = ", ".join(f"'{one.value}'" for one in ReportKind)
_STATES = ", ".join(f"'{one.value}'" for one in ActionState)
_MAKING = ", ".join(f"'{one.value}'" for one in MakingState)
_TO_MAKE = text("state IN ('waiting', 'making')")
_OPEN = text("state <> 'closed'")


class AuditReport(AppendOnlyMixin, Base):
    """A report as it was made: its two parts, their bytes and hashes. Never changed."""

    __tablename__ = "audit_reports"
    __table_args__ = (
        UniqueConstraint("kind", "subject_key", "edition"),
        CheckConstraint(f"kind IN ({_KINDS})", name="kind_known"),
        CheckConstraint("(kind = 'run') = (run_id IS NOT NULL)", name="run_of_its_kind"),
        Index("ix_audit_reports_made_at", "made_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(14))
    subject_key: Mapped[str] = mapped_column(
        String(40), comment="The run’s reference, or the period such as 2026-Q3."
    )
    edition: Mapped[int]
    run_id: Mapped[int | None] = mapped_column(ForeignKey("audit_runs.id"), index=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("audit_plans.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id"), comment="Null where the timetable asked for it."
    )
    why: Mapped[str] = mapped_column(Text, default="", comment="Why there is a later edition.")
    tables: Mapped[list[Any]] = mapped_column(
        JSON, comment="Its tables as they are printed: name, headings, rows."
    )
    public_html: Mapped[str] = mapped_column(Text, deferred=True)
    public_pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    public_hash: Mapped[str] = mapped_column(String(64))
    annex_html: Mapped[str] = mapped_column(Text, deferred=True)
    annex_pdf: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    annex_hash: Mapped[str] = mapped_column(String(64))
    spreadsheet: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    spreadsheet_hash: Mapped[str] = mapped_column(String(64))

    run: Mapped[AuditRun | None] = relationship(lazy="raise")
    made_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[made_by_id])


class AuditReportRequest(Base):
    """A report that was asked for, and how far its making is."""

    __tablename__ = "audit_report_requests"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind_known"),
        CheckConstraint(f"state IN ({_MAKING})", name="state_known"),
        CheckConstraint("(state = 'done') = (report_id IS NOT NULL)", name="done_with_report"),
        # One report of one thing is being made at a time.
        Index(
            "uq_audit_report_requests_one_to_make",
            "kind",
            "subject_key",
            unique=True,
            sqlite_where=_TO_MAKE,
            postgresql_where=_TO_MAKE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(14))
    subject_key: Mapped[str] = mapped_column(String(40))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("audit_runs.id"), index=True)
    asked_at: Mapped[datetime]
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    why: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(8), default="waiting")
    begun_at: Mapped[datetime | None]
    holder: Mapped[str] = mapped_column(
        String(40), default="", comment="Which process makes it; nobody else may finish it."
    )
    alive_at: Mapped[datetime | None] = mapped_column(comment="When its maker last said a word.")
    attempts: Mapped[int] = mapped_column(default=0, comment="How often its making was begun.")
    parts_done: Mapped[int] = mapped_column(default=0)
    parts: Mapped[int] = mapped_column(default=1)
    doing: Mapped[str] = mapped_column(String(100), default="", comment="What is being done now.")
    problem: Mapped[str] = mapped_column(String(300), default="")
    report_id: Mapped[int | None] = mapped_column(ForeignKey("audit_reports.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class AuditAction(Base):
    """A recommendation that became somebody's to carry out."""

    __tablename__ = "audit_actions"
    __table_args__ = (
        CheckConstraint(f"state IN ({_STATES})", name="state_known"),
        CheckConstraint("(closed_at IS NULL) = (state <> 'closed')", name="closed_at"),
        CheckConstraint("state NOT IN ('done', 'closed') OR evidence <> ''", name="evidence"),
        Index("ix_audit_actions_open", "due_on", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_audit_actions_owner_id", "owner_id", "due_on", "id"),
        Index("ix_audit_actions_state", "state", "due_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(search_key(20), unique=True, comment="ACT-2026-0003.")
    run_id: Mapped[int | None] = mapped_column(
        ForeignKey("audit_runs.id"), index=True, comment="The audit that recommended it."
    )
    source: Mapped[str] = mapped_column(String(120), comment="Who recommended it, in words.")
    recommended: Mapped[str] = mapped_column(Text)
    measure: Mapped[str] = mapped_column(Text, default="", comment="How it shows that it worked.")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    due_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(11), default="open")
    evidence: Mapped[str] = mapped_column(Text, default="")
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int] = mapped_column(default=1)

    owner: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[owner_id])
    run: Mapped[AuditRun | None] = relationship(lazy="raise")

    __mapper_args__ = {"version_id_col": version}
