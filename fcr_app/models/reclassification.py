"""Every class a crime was given after its first (CLS-01, CLS-02)."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fcr_app.extensions import Base
from fcr_app.models.append_only import AppendOnlyMixin


class CrimeClass(AppendOnlyMixin, Base):
    """A change of a crime's class: from what, to what, by whom and why."""

    __tablename__ = "crime_classes"
    __table_args__ = (
        CheckConstraint("from_offence_id <> to_offence_id", name="changes_something"),
        CheckConstraint("(case_id IS NULL) = (source <> '')", name="by_case_or_import"),
        Index("ix_crime_classes_crime_id", "crime_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    crime_id: Mapped[int] = mapped_column(ForeignKey("crimes.id"))
    from_offence_id: Mapped[int] = mapped_column(ForeignKey("offences.id"))
    to_offence_id: Mapped[int] = mapped_column(ForeignKey("offences.id"))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(Text)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    source: Mapped[str] = mapped_column(
        String(40), default="", comment="The import that brought it; empty where a case did."
    )
