"""What a supervisor is asked to do when the same error is seen again (FB-02)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fcr_app.extensions import Base
from fcr_app.models.person import Person

_OPEN = text("closed_at IS NULL")


class LearningTask(Base):
    """A person made the same error several times: somebody helps them, and says what came of it."""

    __tablename__ = "learning_tasks"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (closed_by_id IS NULL)", name="closed_by"),
        CheckConstraint("(closed_at IS NULL) = (outcome = '')", name="closed_with_outcome"),
        # However many more items come, one task for one error of one person is open at a time.
        Index(
            "uq_learning_tasks_one_open",
            "person_id",
            "error_type",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
        Index("ix_learning_tasks_due", "due_at", "id", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    error_type: Mapped[str] = mapped_column(String(3))
    item_count: Mapped[int] = mapped_column(
        comment="Items of that error within the days that count."
    )
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    outcome: Mapped[str] = mapped_column(Text, default="")

    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
