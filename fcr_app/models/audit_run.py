"""One audit as it is carried out: the frozen frame, the sample, and who examines what."""

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

from fcr_app.domain.audits.words import Frame
from fcr_app.extensions import Base, search_key
from fcr_app.models.append_only import AppendOnlyMixin
from fcr_app.models.audit_plan import AuditLine
from fcr_app.models.person import Person

_FRAMES = ", ".join(f"'{one.value}'" for one in Frame)
_TO_DO = text("done_at IS NULL AND in_sample")
_IN_SAMPLE = text("in_sample")
_SECOND = text("second_auditor_id IS NOT NULL")


class AuditFrame(AppendOnlyMixin, Base):
    """The records that a sample was drawn from, as they were at that moment. Never changed."""

    __tablename__ = "audit_frames"
    __table_args__ = (CheckConstraint(f"kind IN ({_FRAMES})", name="kind_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    query: Mapped[str] = mapped_column(Text, comment="The statement, with its values.")
    in_words: Mapped[str] = mapped_column(Text, comment="What was taken and what was left out.")
    taken_at: Mapped[datetime]
    row_count: Mapped[int]
    strata_counts: Mapped[dict[str, int]] = mapped_column(JSON)
    hash: Mapped[str] = mapped_column(String(64), comment="SHA-256 of every row, in order.")
    content: Mapped[bytes] = mapped_column(
        LargeBinary, deferred=True, comment="Every row: zlib of lines of identifier, tab, stratum."
    )


class AuditList(AppendOnlyMixin, Base):
    """Records from another system that a line of the plan draws from, as they were sent in."""

    __tablename__ = "audit_lists"

    id: Mapped[int] = mapped_column(primary_key=True)
    line_key: Mapped[str] = mapped_column(String(20), index=True)
    name: Mapped[str] = mapped_column(String(120), comment="What the file was called.")
    period_starts_on: Mapped[date]
    period_ends_on: Mapped[date]
    sent_at: Mapped[datetime]
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    row_count: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64), comment="SHA-256 of the file.")
    content: Mapped[bytes] = mapped_column(
        LargeBinary, deferred=True, comment="zlib of a JSON list of rows: reference, stratum, rest."
    )


class AuditRun(Base):
    """One line of the plan for one period. The unique key makes a second one impossible."""

    __tablename__ = "audit_runs"
    __table_args__ = (
        UniqueConstraint("line_key", "period_starts_on", "period_ends_on"),
        CheckConstraint("period_starts_on <= period_ends_on", name="days_in_order"),
        CheckConstraint(
            "state IN ('drawn', 'reviewing', 'moderating', 'signed_off', 'abandoned')",
            name="state_known",
        ),
        CheckConstraint(
            "method IN ('simple', 'stratified', 'census', 'fixed', 'dip')", name="method_known"
        ),
        CheckConstraint("(method = 'dip') = (NOT statistical)", name="dip_is_not_statistical"),
        CheckConstraint("(signed_off_at IS NULL) = (signed_off_by_id IS NULL)", name="signed_off"),
        Index("ix_audit_runs_state", "state", "due_on", "id"),
        Index("ix_audit_runs_code", "code", "period_ends_on", "id"),
        Index("ix_audit_runs_due_on", "due_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(search_key(20), unique=True, comment="AUD-2026-0007.")
    line_id: Mapped[int] = mapped_column(ForeignKey("audit_lines.id"), index=True)
    line_key: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(4))
    title: Mapped[str] = mapped_column(String(160))
    counted_as: Mapped[str] = mapped_column(String(14))
    period_starts_on: Mapped[date]
    period_ends_on: Mapped[date]
    due_on: Mapped[date] = mapped_column(comment="The day on which it was to be drawn.")
    opened_at: Mapped[datetime]
    opened_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id"), comment="Null where the timetable did it."
    )
    late_days: Mapped[int] = mapped_column(default=0, comment="Days after the day it was due.")
    state: Mapped[str] = mapped_column(String(10), default="drawn")
    frame_id: Mapped[int] = mapped_column(ForeignKey("audit_frames.id"), index=True)
    list_id: Mapped[int | None] = mapped_column(ForeignKey("audit_lists.id"), index=True)
    method: Mapped[str] = mapped_column(String(10))
    statistical: Mapped[bool] = mapped_column(comment="Whether an interval may be given.")
    allocation: Mapped[str] = mapped_column(String(12), default="")
    algorithm: Mapped[str] = mapped_column(String(20))
    seed: Mapped[str] = mapped_column(String(32))
    size_wanted: Mapped[int]
    size_why: Mapped[str] = mapped_column(String(300), comment="How the size came about.")
    precision: Mapped[float | None]
    expected_rate: Mapped[float]
    hours: Mapped[float] = mapped_column(comment="Hours planned for it.")
    hours_spent: Mapped[float | None] = mapped_column(comment="As entered when it was signed off.")
    recorded_a_year: Mapped[int | None] = mapped_column(
        comment="Crimes recorded in the 12 months to the end of the period, without fraud."
    )
    recorded_a_year_of: Mapped[dict[str, int]] = mapped_column(
        JSON, default=dict, comment="Of them, by family of offences: violence, sexual."
    )
    recorded_a_year_source: Mapped[str] = mapped_column(String(200), default="")
    rule_set: Mapped[str] = mapped_column(String(20), comment="Edition of the rules judged by.")
    purpose: Mapped[str] = mapped_column(Text, default="")
    conclusion: Mapped[str] = mapped_column(Text, default="", comment="What the FCR says of it.")
    limits: Mapped[str] = mapped_column(Text, default="", comment="What the figures can’t say.")
    grade: Mapped[str] = mapped_column(String(30), default="", comment="Entered, never computed.")
    signed_off_at: Mapped[datetime | None]
    signed_off_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    version: Mapped[int] = mapped_column(default=1)

    line: Mapped[AuditLine] = relationship(lazy="raise")
    frame: Mapped[AuditFrame] = relationship(lazy="raise")
    signed_off_by: Mapped[Person | None] = relationship(
        lazy="raise", foreign_keys=[signed_off_by_id]
    )

    __mapper_args__ = {"version_id_col": version}


class AuditItem(Base):
    """One record that was drawn, or is a reserve: who examines it, and whether it is done."""

    __tablename__ = "audit_items"
    __table_args__ = (
        UniqueConstraint("run_id", "position"),
        UniqueConstraint("run_id", "identifier"),
        CheckConstraint("second_auditor_id <> auditor_id", name="second_is_another"),
        CheckConstraint(
            "(replaced_by_id IS NULL) = (replaced_why = '')", name="replaced_with_reason"
        ),
        Index(
            "ix_audit_items_to_do",
            "auditor_id",
            "run_id",
            "position",
            sqlite_where=_TO_DO,
            postgresql_where=_TO_DO,
        ),
        Index(
            "ix_audit_items_sample",
            "run_id",
            "stratum",
            sqlite_where=_IN_SAMPLE,
            postgresql_where=_IN_SAMPLE,
        ),
        Index(
            "ix_audit_items_second",
            "second_auditor_id",
            "run_id",
            "position",
            sqlite_where=_SECOND,
            postgresql_where=_SECOND,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("audit_runs.id"))
    position: Mapped[int] = mapped_column(comment="In the order drawn; reserves come after.")
    identifier: Mapped[str] = mapped_column(String(100), comment="As drawn: crime:17.")
    stratum: Mapped[str] = mapped_column(String(60), default="")
    inclusion_probability: Mapped[float | None] = mapped_column(
        comment="Null where somebody chose it."
    )
    in_sample: Mapped[bool] = mapped_column(comment="False for a reserve, and for one replaced.")
    is_reserve: Mapped[bool] = mapped_column(comment="Drawn as a reserve, used or not.")
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("audit_items.id"), index=True)
    replaced_why: Mapped[str] = mapped_column(String(400), default="")
    crime_id: Mapped[int | None] = mapped_column(ForeignKey("crimes.id"), index=True)
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incidents.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    audited_id: Mapped[int | None] = mapped_column(
        ForeignKey("audit_items.id"), index=True, comment="The audited record, in audits of audits."
    )
    label: Mapped[str] = mapped_column(String(80), comment="Its number, as people call it.")
    listed: Mapped[dict[str, Any]] = mapped_column(
        JSON, default=dict, comment="What the list of another system says of it."
    )
    auditor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    second_auditor_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id"), comment="Who reviews it again without seeing the first review."
    )
    done_at: Mapped[datetime | None] = mapped_column(comment="When the first review was done.")
    second_done_at: Mapped[datetime | None]
    differs: Mapped[bool] = mapped_column(
        default=False, comment="The two reviews differ, and the FCR has to moderate."
    )
    moderated_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    run: Mapped[AuditRun] = relationship(lazy="raise")
    auditor: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[auditor_id])
    second_auditor: Mapped[Person | None] = relationship(
        lazy="raise", foreign_keys=[second_auditor_id]
    )

    __mapper_args__ = {"version_id_col": version}
