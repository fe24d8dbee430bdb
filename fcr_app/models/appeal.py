"""What a reporter or victim says against a decision not to record (REC-12)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fcr_app.extensions import Base
from fcr_app.models.append_only import AppendOnlyMixin


class Appeal(AppendOnlyMixin, Base):
    """An appeal. What came of it is the decision after the one it is against."""

    __tablename__ = "appeals"
    __table_args__ = (CheckConstraint("made_by IN ('reporter', 'victim')", name="made_by_known"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"), unique=True)
    made_by: Mapped[str] = mapped_column(String(8))
    received_at: Mapped[datetime] = mapped_column(index=True)
    grounds: Mapped[str] = mapped_column(Text)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    recorded_at: Mapped[datetime]
