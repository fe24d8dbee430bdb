"""What only requests to remove a crime need: typed, so that it can be searched and counted."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fcr_app.domain.citations import force_policy
from fcr_app.domain.citing import enforces
from fcr_app.extensions import Base
from fcr_app.models.append_only import AppendOnlyMixin
from fcr_app.models.crime import Victim
from fcr_app.models.person import Person


class CancellationRequest(Base):
    """The request as it was last sent."""

    __tablename__ = "cancellation_requests"
    __table_args__ = (
        CheckConstraint("code IN ('C1', 'C2', 'C3', 'C4', 'C5')", name="code_known"),
        CheckConstraint(
            "(receiving_reference = '') = (reference_at IS NULL)", name="number_with_time"
        ),
    )

    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(2), index=True)
    risk: Mapped[str] = mapped_column(String(6), default="")
    available_on: Mapped[date | None]
    survivor_id: Mapped[int | None] = mapped_column(ForeignKey("crimes.id"), index=True)
    receiving_force: Mapped[str] = mapped_column(String(120), default="")
    receiving_reference: Mapped[str] = mapped_column(String(60), default="")
    reference_at: Mapped[datetime | None] = mapped_column(comment="When the number came in.")
    grounds_decision: Mapped[str] = mapped_column(String(20), default="")
    sent_at: Mapped[datetime]


@enforces(
    force_policy("ROLE-02"),
    how="A decision is a row that nobody can change; a later one supersedes it",
)
class Decision(AppendOnlyMixin, Base):
    """A decision. Never edited: a later one supersedes it (ROLE-02)."""

    __tablename__ = "decisions"
    __table_args__ = (Index("ix_decisions_case_id_id", "case_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    outcome: Mapped[str] = mapped_column(
        String(20), index=True, comment="One of those that the workflow's steps declare."
    )
    code: Mapped[str] = mapped_column(String(10), comment="What was asked for: C2, 100/01.")
    rationale: Mapped[str] = mapped_column(Text)
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    decided_at: Mapped[datetime] = mapped_column(index=True)
    authority: Mapped[str] = mapped_column(String(400))
    by_registrar: Mapped[bool]
    rule_set: Mapped[str] = mapped_column(String(20))
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"), unique=True)

    decided_by: Mapped[Person] = relationship(lazy="raise")


class VictimNotice(AppendOnlyMixin, Base):
    """How a victim was told of a decision (VIC-01, VIC-02)."""

    __tablename__ = "victim_notices"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    victim_id: Mapped[int | None] = mapped_column(ForeignKey("victims.id"))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"))
    told_at: Mapped[datetime] = mapped_column(index=True)
    how: Mapped[str] = mapped_column(String(12))
    told_whom: Mapped[str] = mapped_column(String(120))
    told_by: Mapped[str] = mapped_column(String(120))
    said: Mapped[str] = mapped_column(Text)
    reply: Mapped[str] = mapped_column(Text, default="")
    given_reference: Mapped[bool] = mapped_column(default=False)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]

    victim: Mapped[Victim | None] = relationship(lazy="raise")


class NoticeException(AppendOnlyMixin, Base):
    """Why a victim can't be told; counts once the FCR has approved it (VIC-05)."""

    __tablename__ = "notice_exceptions"
    __table_args__ = (
        CheckConstraint("ground IN ('untraced', 'unsafe', 'died')", name="ground_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    victim_id: Mapped[int | None] = mapped_column(ForeignKey("victims.id"))
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"))
    ground: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(Text)
    approved: Mapped[bool]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]

    victim: Mapped[Victim | None] = relationship(lazy="raise")


class RegistrarAdvice(AppendOnlyMixin, Base):
    """The registrar's advice to a chief officer who decides (CANC-02)."""

    __tablename__ = "registrar_advice"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    advice: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
