"""What the FCR ruled (CLS-04): numbered, never edited, linked to what it was applied to."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fcr_app.extensions import Base, search_key
from fcr_app.models.append_only import AppendOnlyMixin


class Ruling(AppendOnlyMixin, Base):
    """A ruling on how something is to be recorded. A later one may supersede it."""

    __tablename__ = "rulings"
    __table_args__ = (
        UniqueConstraint("year", "serial"),
        # The register walks these, newest first; the second serves the panel on a case too.
        Index("ix_rulings_made_at", "made_at", "id"),
        Index("ix_rulings_offence_class", "offence_class", "made_at", "id"),
        Index("ix_rulings_year", "year", "made_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(comment="Of London, when it was made.")
    serial: Mapped[int] = mapped_column(comment="Counts from 1 in each year.")
    question: Mapped[str] = mapped_column(String(200))
    topic: Mapped[str] = mapped_column(String(12))
    offence_class: Mapped[str] = mapped_column(
        String(10), default="", comment="The class it is about; empty where it is about any."
    )
    facts: Mapped[str] = mapped_column(Text, comment="In brief, and naming nobody.")
    ruling: Mapped[str] = mapped_column(Text)
    reasons: Mapped[str] = mapped_column(Text)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    authority: Mapped[str] = mapped_column(String(400))
    rule_set: Mapped[str] = mapped_column(String(20))
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("rulings.id"), unique=True)


class RulingRule(AppendOnlyMixin, Base):
    """A rule that a ruling cites, by its handbook id."""

    __tablename__ = "ruling_rules"
    __table_args__ = (Index("ix_ruling_rules_rule", "rule", "ruling_id"),)

    ruling_id: Mapped[int] = mapped_column(ForeignKey("rulings.id"), primary_key=True)
    rule: Mapped[str] = mapped_column(String(12), primary_key=True)


class RulingWord(AppendOnlyMixin, Base):
    """A word that a ruling is found by: the same index on every database."""

    __tablename__ = "ruling_words"

    word: Mapped[str] = mapped_column(search_key(40), primary_key=True)
    ruling_id: Mapped[int] = mapped_column(ForeignKey("rulings.id"), primary_key=True)


class RulingLink(AppendOnlyMixin, Base):
    """A crime, a report or a case that a ruling was made for or applied to."""

    __tablename__ = "ruling_links"
    __table_args__ = (
        CheckConstraint(
            "(CASE WHEN crime_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN incident_id IS NULL THEN 0 ELSE 1 END)"
            " + (CASE WHEN case_id IS NULL THEN 0 ELSE 1 END) = 1",
            name="to_one_thing",
        ),
        UniqueConstraint("ruling_id", "crime_id"),
        UniqueConstraint("ruling_id", "incident_id"),
        UniqueConstraint("ruling_id", "case_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ruling_id: Mapped[int] = mapped_column(ForeignKey("rulings.id"))
    crime_id: Mapped[int | None] = mapped_column(ForeignKey("crimes.id"), index=True)
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incidents.id"), index=True)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("cases.id"), index=True)
    linked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    linked_at: Mapped[datetime]
