"""What victims were asked under the Equality Act 2010, and what they answered.

One record for a person and what happened to them: a crime recorded from a report shares the
report's, so nobody is asked twice. Answers are history: a newer one supersedes an older one.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, Mapper, mapped_column
from sqlalchemy.orm.attributes import get_history

from fcr_app.errors import AppendOnly
from fcr_app.extensions import Base
from fcr_app.models.append_only import AppendOnlyMixin

_CURRENT = text("superseded_at IS NULL")
_INCOMPLETE = text("completed_at IS NULL")


class EqualityRecord(Base):
    """What belongs together: one victim, and one report or the crimes recorded from it."""

    __tablename__ = "equality_records"
    __table_args__ = (
        Index(
            "ix_equality_records_incomplete",
            "opened_at",
            "id",
            sqlite_where=_INCOMPLETE,
            postgresql_where=_INCOMPLETE,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int | None] = mapped_column(
        ForeignKey("incidents.id"), unique=True, comment="The report, where there is one."
    )
    opened_at: Mapped[datetime]
    counted_on: Mapped[date] = mapped_column(
        index=True,
        comment="The day an age is counted at: of the report, as near the offence as is known.",
    )
    completed_at: Mapped[datetime | None] = mapped_column(
        comment="When nothing was left to ask; null while something is."
    )
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}


class EqualityAnswer(Base):
    """One answer, or why there is none. Only ``superseded_at`` ever changes, and once."""

    __tablename__ = "equality_answers"
    __table_args__ = (
        CheckConstraint("(value = '') <> (missing_reason = '')", name="value_or_reason"),
        CheckConstraint("""(value = '') = ("group" = '')""", name="group_with_value"),
        CheckConstraint(
            "source IN ('self', 'observed', 'third_party', 'system')", name="source_known"
        ),
        CheckConstraint(
            "item IN ('age', 'sex', 'gender_identity', 'ethnicity', 'religion', 'disability',"
            " 'orientation', 'marriage', 'pregnancy', 'ethnicity_observed')",
            name="item_known",
        ),
        CheckConstraint(
            "missing_reason IN ('', 'declined', 'not_asked', 'not_understood', 'urgent',"
            " 'not_seen', 'not_stated', 'migration', 'unknown')",
            name="reason_known",
        ),
        # What an officer sees is kept apart and can't stand in for what the victim says.
        CheckConstraint(
            "item <> 'ethnicity' OR source <> 'observed' OR value = ''",
            name="ethnicity_never_observed",
        ),
        CheckConstraint(
            "item <> 'ethnicity_observed' OR source IN ('observed', 'system')",
            name="observed_by_somebody",
        ),
        Index(
            "uq_equality_answers_current",
            "record_id",
            "item",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
        Index(
            "ix_equality_answers_group",
            "item",
            "group",
            "record_id",
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("equality_records.id"))
    item: Mapped[str] = mapped_column(String(20))
    value: Mapped[str] = mapped_column(
        String(20), default="", comment="A code of the item's list, a date of birth or an age."
    )
    group: Mapped[str] = mapped_column(String(20), default="", comment="What statistics count.")
    detail: Mapped[str] = mapped_column(
        String(120), default="", comment="In the person's own words, where the code allows it."
    )
    source: Mapped[str] = mapped_column(String(12))
    missing_reason: Mapped[str] = mapped_column(String(16), default="")
    given_on: Mapped[date]
    code_list: Mapped[str] = mapped_column(String(40), comment="The version of the list.")
    entered_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id"), index=True, comment="Null where an import brought it."
    )
    entered_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None] = mapped_column(
        active_history=True, comment="Null while it is in force."
    )


class EqualityCode(AppendOnlyMixin, Base):
    """A value added to a code list as data, between releases of this service."""

    __tablename__ = "equality_codes"
    __table_args__ = (
        UniqueConstraint("item", "code", "since_on"),
        CheckConstraint("until_on IS NULL OR until_on >= since_on", name="until_after_since"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(String(20))
    code: Mapped[str] = mapped_column(String(20))
    label: Mapped[str] = mapped_column(String(120))
    label_cy: Mapped[str] = mapped_column(String(120))
    group: Mapped[str] = mapped_column(String(20))
    write_in: Mapped[bool] = mapped_column(default=False)
    since_on: Mapped[date]
    until_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(200), comment="Who decided it, and where.")
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime]


@event.listens_for(EqualityAnswer, "before_update")
def only_superseding(_mapper: Mapper[Any], _connection: object, answer: EqualityAnswer) -> None:
    """Stop a flush that would change anything but whether an answer is in force.

    Raises:
        AppendOnly: If it would.
    """
    columns = EqualityAnswer.__mapper__.column_attrs
    changed = {one.key for one in columns if get_history(answer, one.key).has_changes()}
    before = get_history(answer, "superseded_at").deleted
    if changed - {"superseded_at"} or (before and before[0] is not None):
        raise AppendOnly("Answers are history: add a new one, which supersedes the old.")


@event.listens_for(EqualityAnswer, "before_delete")
def never_deleted(_mapper: Mapper[Any], _connection: object, _answer: EqualityAnswer) -> None:
    """Stop a flush that would delete an answer.

    Raises:
        AppendOnly: Always.
    """
    raise AppendOnly("Answers are history: nothing is deleted.")
