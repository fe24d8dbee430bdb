"""What a supervisor and one of their people talked about, between the two of them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from fcr_app.extensions import Base
from fcr_app.models.append_only import AppendOnlyMixin


class OneToOneNote(AppendOnlyMixin, Base):
    """A note of a talk. What was wrong in it is put right by another, never by a change."""

    __tablename__ = "one_to_one_notes"
    __table_args__ = (
        CheckConstraint("person_id <> author_id", name="not_about_oneself"),
        Index("ix_one_to_one_notes_person_id", "person_id", "id"),
        Index("ix_one_to_one_notes_author_id", "author_id", "person_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    held_on: Mapped[date] = mapped_column(comment="The day of the talk.")
    text: Mapped[str] = mapped_column(Text)
    corrects_id: Mapped[int | None] = mapped_column(
        ForeignKey("one_to_one_notes.id"), unique=True, comment="The note that this one puts right."
    )
    created_at: Mapped[datetime]
