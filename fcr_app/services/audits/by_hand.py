"""Opening an audit by hand: what can be opened now, and the records of a dip sample by number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from fcr_app.domain.audit_sampling import Method
from fcr_app.domain.audits.recurrence import period_before
from fcr_app.domain.audits.words import Frame, Strata
from fcr_app.domain.london import to_london
from fcr_app.domain.numbers import number_key
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue
from fcr_app.models import AuditRun
from fcr_app.services.audits.due import DueLine, lines_due, lines_over
from fcr_app.services.audits.frames import Asked, take_frame
from fcr_app.services.audits.opening import open_run
from fcr_app.services.audits.preparing import latest_list, line_to_open

MOST_CHOSEN = 500
CHOOSE = "Enter the numbers of the records to examine, one on each line."
ONLY_DIP = "Records are chosen for a dip sample only. Those of this audit are drawn."


@dataclass(frozen=True, kw_only=True)
class Openable:
    """An audit that can be opened now.

    Attributes:
        is_due: Whether it is due. Otherwise it would be early, or its day came when the plan was
            not in force or the audit was suspended.
        waits_for_list: Whether its list is missing.
    """

    due: DueLine
    is_due: bool
    late_days: int
    waits_for_list: bool

    @property
    def is_dip(self) -> bool:
        """Whether somebody has to choose its records."""
        return self.due.method == Method.DIP.value


def openable(session: Session, now: datetime) -> list[Openable]:
    """Return what can be opened by hand, the longest due first."""
    today = to_london(now).date()
    due = {(one.line_key, one.span) for one in lines_due(session, today)}
    return [
        Openable(
            due=one,
            is_due=(one.line_key, one.span) in due,
            late_days=max(0, (today - one.due_on).days),
            waits_for_list=one.frame == Frame.LISTED.value
            and latest_list(session, one.line_key, one.span) is None,
        )
        for one in lines_over(session, today)
    ]


def open_by_hand(  # noqa: PLR0913 - who, which line, which day, what was chosen, and when
    session: Session,
    actor: Actor,
    line_id: int,
    due_on: date,
    *,
    numbers: Sequence[str] = (),
    now: datetime,
) -> AuditRun:
    """Open an audit for the days it is about on a day.

    Args:
        numbers: Of the records of a dip sample, as people call them.

    Raises:
        InvalidValue: If what was chosen can't be used, or the days are not over.
        PermissionRefused: If this person may not.
        AlreadyDone: If it was opened for these days before.
        StepNotAvailable: If the plan is not in force, or the audit is stopped.
        NotFound: If there is no such line, or no list for it.
    """
    picked = _chosen(session, line_id, due_on, numbers)
    return open_run(session, actor, line_id, due_on, now=now, picked=picked)


def _chosen(
    session: Session, line_id: int, due_on: date, numbers: Sequence[str]
) -> list[str] | None:
    """Return the identifiers of records by their numbers; None where they are drawn."""
    line = line_to_open(session, line_id)
    typed = [number.strip() for number in numbers if number.strip()]
    if line.method != Method.DIP.value:
        if typed:
            raise InvalidValue(ONLY_DIP, field="numbers")
        return None
    if not typed:
        raise InvalidValue(CHOOSE, field="numbers")
    if len(typed) > MOST_CHOSEN:
        raise InvalidValue(f"Choose at most {MOST_CHOSEN} records.", field="numbers")
    span = period_before(due_on, line.covers_months)
    listed = latest_list(session, line.line_key, span) if line.frame == Frame.LISTED else None
    asked = Asked(
        kind=Frame(line.frame),
        span=span,
        narrowed=line.frame_filter,
        strata=Strata.NONE,
        list_id=listed,
    )
    by_number = {
        number_key(record.label): record.identifier for record in take_frame(session, asked).records
    }
    unknown = [number for number in typed if number_key(number) not in by_number]
    if unknown:
        raise InvalidValue(
            f"{unknown[0]} is not among the records of {span.label}. Check the number.",
            field="numbers",
        )
    chosen = [by_number[number_key(number)] for number in typed]
    if len(set(chosen)) != len(chosen):
        raise InvalidValue("A number is there twice.", field="numbers")
    return chosen
