"""What is agreed where the same error is seen again: with a person, or for a unit (FB-02)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fcr_app.extensions import Base
from fcr_app.models.append_only import AppendOnlyMixin
from fcr_app.models.person import Person, Unit

_OPEN = text("closed_at IS NULL")
_CLOSED = text("closed_at IS NOT NULL")


class LearningPlan(Base):
    """The same error several times: a learning plan of a person, or a training task of a unit."""

    __tablename__ = "learning_plans"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name="person_or_unit"),
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed_by"),
        CheckConstraint("(closed_at IS NULL) = (outcome = '')", name="closed_with_outcome"),
        # However many more errors come, one plan for one error of one person is open at a time.
        Index(
            "uq_learning_plans_one_open",
            "person_id",
            "error_type",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(
            "uq_learning_plans_one_open_of_unit",
            "unit_id",
            "error_type",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_learning_plans_due", "due_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index(
            "ix_learning_plans_closed",
            "closed_at",
            "id",
            sqlite_where=_CLOSED,
            postgresql_where=_CLOSED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"), index=True)
    error_type: Mapped[str] = mapped_column(String(3))
    item_count: Mapped[int] = mapped_column(
        comment="Errors of that kind within the days that counted when it was opened."
    )
    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id"), index=True, comment="Who sees to it; null where nobody could."
    )
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(
        comment="Until when something is to be agreed, and after that to be reviewed."
    )
    review_on: Mapped[date] = mapped_column(comment="The next review.")
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    outcome: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    person: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[person_id])
    unit: Mapped[Unit | None] = relationship(lazy="raise", foreign_keys=[unit_id])
    owner: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[owner_id])

    __mapper_args__ = {"version_id_col": version}


class LearningAction(Base):
    """Something that is done to help, by somebody, by a day."""

    __tablename__ = "learning_actions"
    __table_args__ = (
        CheckConstraint("(done_on IS NULL) = (done_by_id IS NULL)", name="done_by"),
        CheckConstraint("done_on IS NOT NULL OR remark = ''", name="remark_when_done"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("learning_plans.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    due_on: Mapped[date]
    added_at: Mapped[datetime]
    added_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    done_on: Mapped[date | None]
    done_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    remark: Mapped[str] = mapped_column(Text, default="", comment="What was said when it was done.")


class LearningEntry(AppendOnlyMixin, Base):
    """A review of a plan, or its handing over: what was said, and what it changed."""

    __tablename__ = "learning_entries"
    __table_args__ = (
        CheckConstraint("kind IN ('reviewed', 'handed_over')", name="kind_known"),
        CheckConstraint("(kind = 'reviewed') = (review_on IS NOT NULL)", name="next_review"),
        CheckConstraint("(kind = 'handed_over') = (owner_id IS NOT NULL)", name="new_owner"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("learning_plans.id"), index=True)
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    review_on: Mapped[date | None] = mapped_column(comment="The next review that was set.")
    owner_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id"), comment="Who sees to it from then on."
    )
