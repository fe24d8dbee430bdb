"""A case, and everything that happened to it."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    literal,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fcr_app.extensions import Base, Deadline, search_key
from fcr_app.models.append_only import AppendOnlyMixin
from fcr_app.models.crime import Crime
from fcr_app.models.incident import Incident
from fcr_app.models.person import Person, Unit

_OPEN = text("open")
#: As SQLAlchemy writes the condition for SQLite, which uses a partial index only for the very
#: same words.
_IS_OPEN = text("open = 1")
_SETTLED = text("NOT open")
_IS_SETTLED = text("open = 0")
_IS_CLAIMED = text("claimed_by_id IS NOT NULL")
_IS_RETURN = text("\"trigger\" = 'return'")
_IS_ABOUT_A_REPORT = text("incident_id IS NOT NULL")
_IS_PRIVATE = text("addressee_id IS NOT NULL")
_IS_OPEN_TO_ALL = text("open = 1 AND addressee_id IS NULL")
_OPEN_TO_ALL = text("open AND addressee_id IS NULL")


class Case(Base):
    """One piece of work that goes through a workflow.

    What worklists filter and sort by is kept here, typed and indexed, though some of it could be
    joined: a list of 100,000 must page in milliseconds.
    """

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint("(claimed_by_id IS NULL) = (claimed_at IS NULL)", name="claimed_with_time"),
        CheckConstraint("crime_id IS NOT NULL OR incident_id IS NOT NULL", name="about_something"),
        CheckConstraint("addressee_id <> opened_by_id", name="not_to_oneself"),
        # Of cases that are for one person there may be several about one crime.
        Index(
            "uq_cases_one_open_per_crime",
            "workflow",
            "crime_id",
            unique=True,
            sqlite_where=_IS_OPEN_TO_ALL,
            postgresql_where=_OPEN_TO_ALL,
        ),
        # A worklist walks one of the next three in order and stops when its page is full. The
        # first also holds what lists filter by, so that a rare match is found without the rows.
        Index(
            "ix_cases_due",
            "due_at",
            "id",
            "state",
            "needs",
            "asked",
            "unit_id",
            "claimed_by_id",
            "opened_by_id",
            "crime_id",
            "incident_id",
            "addressee_id",
            "open",  # or SQLite reads the row to see what the index already says
            sqlite_where=_IS_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(
            "ix_cases_opened_at", "opened_at", "id", sqlite_where=_IS_OPEN, postgresql_where=_OPEN
        ),
        Index(
            "ix_cases_entered_at", "entered_at", "id", sqlite_where=_IS_OPEN, postgresql_where=_OPEN
        ),
        # Of settled cases, which have no clock: lists of them begin with a state.
        Index(
            "ix_cases_settled",
            "state",
            "due_at",
            "id",
            sqlite_where=_IS_SETTLED,
            postgresql_where=_SETTLED,
        ),
        # Of claimed cases only, so that it is not taken for a way to the unclaimed ones.
        Index(
            "ix_cases_claimed",
            "claimed_by_id",
            "due_at",
            "id",
            sqlite_where=_IS_CLAIMED,
            postgresql_where=_IS_CLAIMED,
        ),
        Index("ix_cases_opened", "opened_by_id", "due_at", "id"),
        # A team is its units; without this each count of one reads every open case.
        Index(
            "ix_cases_unit_id",
            "unit_id",
            "addressee_id",
            sqlite_where=_IS_OPEN,
            postgresql_where=_OPEN,
        ),
        Index(
            "ix_cases_addressee",
            "addressee_id",
            "due_at",
            "id",
            sqlite_where=_IS_PRIVATE,
            postgresql_where=_IS_PRIVATE,
        ),
        # Most cases are about no report, and PostgreSQL would add a line at each of their steps.
        Index(
            "ix_cases_incident_id",
            "incident_id",
            sqlite_where=_IS_ABOUT_A_REPORT,
            postgresql_where=_IS_ABOUT_A_REPORT,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(search_key(20), unique=True)
    workflow: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(40))
    open: Mapped[bool] = mapped_column(
        default=True,
        comment="Somebody has something to do; refused and removed cases are not open.",
    )
    crime_id: Mapped[int | None] = mapped_column(ForeignKey("crimes.id"), index=True)
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incidents.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    addressee_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id"),
        comment="Whom it is for, which makes it private to few; null for every other case.",
    )
    opened_at: Mapped[datetime]
    entered_at: Mapped[datetime] = mapped_column(comment="When it came into its present state.")
    due_at: Mapped[datetime | None] = mapped_column(
        Deadline,
        nullable=False,
        # As SQL, so that a row inserted in bulk without it gets the end of time too.
        default=literal(None, Deadline),
        comment="When its present state should be over; the end of time where no clock runs.",
    )
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    claimed_at: Mapped[datetime | None]
    needs: Mapped[str] = mapped_column(
        String(30),
        default="",
        comment="Authority a decision needs; empty while none is waited for.",
    )
    asked: Mapped[str] = mapped_column(
        String(40), default="", comment="What is asked, as a code: C2."
    )
    answers: Mapped[dict[str, str]] = mapped_column(
        JSON, default=dict, comment="What the case holds."
    )
    draft: Mapped[dict[str, str]] = mapped_column(
        JSON, default=dict, comment="What the requester has typed and not sent yet."
    )
    history_length: Mapped[int] = mapped_column(default=0)
    history_head: Mapped[str] = mapped_column(
        String(64), default="", comment="Hash of the last step."
    )
    version: Mapped[int] = mapped_column(default=1)

    crime: Mapped[Crime | None] = relationship(lazy="raise")
    incident: Mapped[Incident | None] = relationship(lazy="raise")
    unit: Mapped[Unit | None] = relationship(lazy="raise")
    opened_by: Mapped[Person] = relationship(lazy="raise", foreign_keys=[opened_by_id])
    claimed_by: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[claimed_by_id])

    __mapper_args__ = {"version_id_col": version}


class CaseStep(AppendOnlyMixin, Base):
    """One thing that happened to a case. Append-only; each row is chained to the one before."""

    __tablename__ = "case_steps"
    __table_args__ = (
        UniqueConstraint("case_id", "position"),
        UniqueConstraint("case_id", "form_key"),
        # The overview asks of tens of thousands of decided requests whether they were returned.
        Index(
            "ix_case_steps_returned",
            "case_id",
            "at",
            sqlite_where=_IS_RETURN,
            postgresql_where=_IS_RETURN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    position: Mapped[int] = mapped_column(comment="1 for the first step of a case.")
    trigger: Mapped[str] = mapped_column(String(40))
    from_state: Mapped[str] = mapped_column(String(40))
    to_state: Mapped[str] = mapped_column(String(40))
    actor_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id"), index=True, comment="Null for the system."
    )
    actor_roles: Mapped[str] = mapped_column(
        String(120), comment="Roles held then, comma separated."
    )
    authority: Mapped[str] = mapped_column(String(400), comment="What entitled the person, frozen.")
    rule_set: Mapped[str] = mapped_column(String(20), comment="Edition of the rules in force then.")
    at: Mapped[datetime]
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    rules: Mapped[list[dict[str, Any]]] = mapped_column(
        JSON, comment="Every rule looked at: name, id, verdict, reason."
    )
    form_key: Mapped[str | None] = mapped_column(
        String(40), comment="Random key of the form sent; the same form counts once."
    )
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(
        String(64), comment="SHA-256 of the row and the previous hash."
    )

    # None to the case, here or in notices and feedback: for each step the session would work out
    # which to save first, which their ids settle, and a decision would cost a tenth more.
    actor: Mapped[Person | None] = relationship(lazy="raise")
