"""The logs that the law asks for (DPA 2018 section 62): looks in one table, changes in another.

Looks are kept apart because the Act limits what they may be used for; nothing that measures
people's work may read them.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fcr_app.extensions import Base
from fcr_app.models.append_only import AppendOnlyMixin


class AccessEntry(AppendOnlyMixin, Base):
    """Somebody looked at a record, or took a copy of it."""

    __tablename__ = "access_log"
    __table_args__ = (
        CheckConstraint("verb IN ('consultation', 'disclosure')", name="verb_known"),
        Index("ix_access_log_record", "record_kind", "record_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    verb: Mapped[str] = mapped_column(String(14))
    what: Mapped[str] = mapped_column(String(60), comment="As case:read, letter:print.")
    record_kind: Mapped[str] = mapped_column(String(20))
    record_id: Mapped[int | None]
    recipient: Mapped[str] = mapped_column(
        String(120), default="", comment="Who got a disclosed copy."
    )
    address: Mapped[str] = mapped_column(
        String(45), default="", comment="Where from, or the command."
    )


class ChangeEntry(AppendOnlyMixin, Base):
    """Somebody added, changed, combined or erased a record."""

    __tablename__ = "change_log"
    __table_args__ = (
        CheckConstraint(
            "verb IN ('collection', 'alteration', 'combination', 'erasure')", name="verb_known"
        ),
        Index("ix_change_log_record", "record_kind", "record_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    verb: Mapped[str] = mapped_column(String(14))
    what: Mapped[str] = mapped_column(String(60), comment="As case:approve, person:role-granted.")
    record_kind: Mapped[str] = mapped_column(String(20))
    record_id: Mapped[int | None]
    detail: Mapped[str] = mapped_column(String(400), default="", comment="Never personal data.")
    address: Mapped[str] = mapped_column(String(45), default="")
