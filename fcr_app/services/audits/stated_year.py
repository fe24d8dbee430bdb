"""States how many crimes were recorded in a year, which unrecorded ones are estimated from.

What this system holds is counted when the audit is drawn. Where the frame came from another system,
or records are only part of what the force recorded, a registrar states the number and its source.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from fcr_app.domain.audit_figures.families import Family
from fcr_app.domain.audit_figures.unrecorded import RecordedAYear
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.errors import (
    InvalidValue,
    InvalidValues,
    NotFound,
    PermissionRefused,
    SomeoneElseChangedIt,
    StepNotAvailable,
)
from fcr_app.models import AuditRun
from fcr_app.services.audits.figures import recorded_a_year
from fcr_app.services.audits.steps import CHANGED, write_step
from fcr_app.workflows.audit_run import State

LONGEST_SOURCE = 200
MOST = 10_000_000
#: The families that an inspection estimates beside all crimes.
STATED = (Family.VIOLENCE, Family.SEXUAL)
STANDS = "The audit is signed off, so its figures stand. Open it again first."
NOT_YOURS = "Only the FCR and deputies state what was recorded in a year."


def state_year(  # noqa: PLR0913 - who says what of which audit, when, and what they saw
    session: Session,
    actor: Actor,
    run_id: int,
    given: RecordedAYear,
    *,
    now: datetime,
    version: int | None = None,
) -> AuditRun:
    """State what was recorded in the twelve months to the end of an audit's period.

    Args:
        version: Of the audit, as the person last saw it.

    Raises:
        NotFound: If there is no such audit.
        PermissionRefused: If the person is no registrar.
        SomeoneElseChangedIt: If it changed meanwhile.
        StepNotAvailable: If it is signed off or given up.
        InvalidValues: If a number can't be, or has no source.
    """
    if not may(actor, Permission.RUN_AUDITS):
        raise PermissionRefused(NOT_YOURS)
    run = session.get(AuditRun, run_id)
    if run is None:
        raise NotFound("There is no such audit.")
    if version is not None and version != run.version:
        raise SomeoneElseChangedIt(CHANGED)
    if run.state in {State.SIGNED_OFF.value, State.ABANDONED.value}:
        raise StepNotAvailable(STANDS)
    if problems := list(_problems(given)):
        raise InvalidValues(problems)
    before = recorded_a_year(run)
    run.recorded_a_year = given.total
    run.recorded_a_year_of = {family.value: count for family, count in given.families.items()}
    run.recorded_a_year_source = given.source.strip()
    write_step(
        session,
        actor,
        "run",
        run.id,
        trigger="state_year",
        said="Stated what was recorded in a year",
        now=now,
        reason=given.source.strip(),
        changed=[["Recorded in a year", _said(before), _said(given)]],
    )
    session.flush()
    return run


def _problems(given: RecordedAYear) -> Iterator[InvalidValue]:
    counts = {"total": given.total, **{one.value: n for one, n in given.families.items()}}
    for name, count in counts.items():
        if count is not None and not 0 < count <= MOST:
            yield InvalidValue("Enter a number of crimes above nought.", field=name)
    if given.total is None and given.families:
        yield InvalidValue("Enter the number of all crimes as well.", field="total")
    if given.total and sum(given.families.values()) > given.total:
        yield InvalidValue("Its parts are more than all crimes together.", field="total")
    if given.total and not given.source.strip():
        yield InvalidValue("Say where the numbers come from.", field="source")
    if len(given.source) > LONGEST_SOURCE:
        yield InvalidValue(f"Write at most {LONGEST_SOURCE} characters.", field="source")


def _said(year: RecordedAYear) -> str:
    if year.total is None:
        return "not stated"
    parts = [f"{family.label} {count:,}" for family, count in year.families.items()]
    return ", ".join([f"{year.total:,}", *parts])
