"""Bulletins: what the FCR reminds staff of, who is told, and who has read it.

What is written but not published is a draft, kept with the bulletin. What is published is an
edition: it and all that belongs to it are never changed; a correction is another edition.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fcr_app.extensions import Base
from fcr_app.models.append_only import AppendOnlyMixin


class Bulletin(Base):
    """A bulletin through its life. What it says is in its editions."""

    __tablename__ = "bulletins"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'published', 'withdrawn')", name="state_known"),
        CheckConstraint("(year IS NULL) = (edition = 0)", name="numbered_when_published"),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn"),
        CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_reason = '')", name="withdrawn_with_reason"
        ),
        UniqueConstraint("year", "serial"),
        Index("ix_bulletins_state", "state", "changed_at", "id"),
        Index("ix_bulletins_rule", "rule", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int | None] = mapped_column(comment="Of London, when it was first published.")
    serial: Mapped[int | None] = mapped_column(comment="Counts from 1 in each year.")
    state: Mapped[str] = mapped_column(String(10))
    draft: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True),
        comment="What is written and not published; null where there is nothing.",
    )
    edition: Mapped[int] = mapped_column(default=0, comment="The number of the newest edition.")
    read_from: Mapped[int] = mapped_column(
        default=0, comment="Who has read this edition or a later one has read the bulletin."
    )
    title: Mapped[str] = mapped_column(String(120), comment="As it was last written.")
    rule: Mapped[str] = mapped_column(String(12), comment="Likewise.")
    starts_on: Mapped[date]
    created_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime] = mapped_column(
        comment="Last published, withdrawn, or written as a first draft. Lists go by it."
    )
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    withdrawn_reason: Mapped[str] = mapped_column(Text, default="")
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("bulletins.id"))
    reminders: Mapped[int] = mapped_column(default=0)
    reminded_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class BulletinEdition(AppendOnlyMixin, Base):
    """What was published, word for word."""

    __tablename__ = "bulletin_editions"
    __table_args__ = (UniqueConstraint("bulletin_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bulletin_id: Mapped[int] = mapped_column(ForeignKey("bulletins.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    rule: Mapped[str] = mapped_column(String(12))
    source: Mapped[str] = mapped_column(Text, comment="Where the rule stands, a line each.")
    right_example: Mapped[str] = mapped_column(Text)
    wrong_example: Mapped[str] = mapped_column(Text)
    starts_on: Mapped[date]
    why: Mapped[str] = mapped_column(Text, comment="Why it was corrected; empty for the first.")
    read_again: Mapped[bool] = mapped_column(comment="Whoever read an earlier one reads again.")
    published_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    published_at: Mapped[datetime]


class BulletinError(AppendOnlyMixin, Base):
    """An error that an edition answers."""

    __tablename__ = "bulletin_errors"
    __table_args__ = (Index("ix_bulletin_errors_error_type", "error_type", "edition_id"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("bulletin_editions.id"), primary_key=True)
    error_type: Mapped[str] = mapped_column(String(3), primary_key=True)


class BulletinBearing(AppendOnlyMixin, Base):
    """A decision on whose page an edition is shown."""

    __tablename__ = "bulletin_bearings"
    __table_args__ = (Index("ix_bulletin_bearings_place", "place", "offence_class", "edition_id"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("bulletin_editions.id"), primary_key=True)
    place: Mapped[str] = mapped_column(
        String(40), primary_key=True, comment="A policy's key, or report or crime."
    )
    trigger: Mapped[str] = mapped_column(String(40), primary_key=True, comment="Empty: every step.")
    asked: Mapped[str] = mapped_column(String(20), primary_key=True, comment="Empty: whatever.")
    offence_class: Mapped[str] = mapped_column(
        String(10), primary_key=True, comment="Empty: any class."
    )


class BulletinUnit(AppendOnlyMixin, Base):
    """A unit that an edition is for, with all below it. With none it is for the whole force."""

    __tablename__ = "bulletin_units"

    edition_id: Mapped[int] = mapped_column(ForeignKey("bulletin_editions.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)


class BulletinRole(AppendOnlyMixin, Base):
    """A role that an edition is for."""

    __tablename__ = "bulletin_roles"

    edition_id: Mapped[int] = mapped_column(ForeignKey("bulletin_editions.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)


class BulletinTelling(AppendOnlyMixin, Base):
    """Somebody was told of a bulletin: once for each edition that has to be read."""

    __tablename__ = "bulletin_tellings"

    bulletin_id: Mapped[int] = mapped_column(ForeignKey("bulletins.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    told_at: Mapped[datetime]


class BulletinReceipt(AppendOnlyMixin, Base):
    """Somebody said that they have read an edition."""

    __tablename__ = "bulletin_receipts"

    bulletin_id: Mapped[int] = mapped_column(ForeignKey("bulletins.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    read_at: Mapped[datetime]


class TeachingExample(Base):
    """An example that the FCR chose for courses, and checked to name nobody."""

    __tablename__ = "teaching_examples"
    __table_args__ = (
        CheckConstraint("(removed_at IS NULL) = (removed_by_id IS NULL)", name="removed_by"),
        Index("ix_teaching_examples_theme", "theme", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    theme: Mapped[str] = mapped_column(String(12), comment="A rule's id, or a kind of error.")
    text: Mapped[str] = mapped_column(Text, comment="What came up, and what was right.")
    added_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
