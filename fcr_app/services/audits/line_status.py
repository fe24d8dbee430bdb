"""Stopping an audit of the plan for a time, going on with it, and dropping it with approval.

The one thing about an edition in force that changes, since it says what is so and not what was
planned. Each change has a reason and stands in the line's history.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.words import LineStatus
from fcr_app.domain.citations import force_policy, inspection
from fcr_app.domain.citing import supports
from fcr_app.domain.london import to_london
from fcr_app.domain.mail import Topic
from fcr_app.domain.roles import REGISTRARS, Actor, Role
from fcr_app.errors import (
    InvalidValue,
    PermissionRefused,
    SomeoneElseChangedIt,
    StepNotAvailable,
)
from fcr_app.models import AuditLine, AuditPlan
from fcr_app.services.audits.line_changes import line_of
from fcr_app.services.audits.plan_people import people_with
from fcr_app.services.audits.plan_statuses import status_by_runs
from fcr_app.services.audits.plans import IN_FORCE, must_run_audits
from fcr_app.services.audits.steps import CHANGED, write_step
from fcr_app.services.tell import tell
from fcr_app.workflows.audit_plan import State

SHORTEST_REASON, LONGEST_REASON = 10, 2000
APPROVERS = frozenset({Role.CHIEF_OFFICER, Role.FCR})
STOPPED = frozenset({LineStatus.SUSPENDED.value, LineStatus.DROPPED.value})


@dataclass(frozen=True)
class Move:
    """How a line comes to stand elsewhere, as its history says it."""

    status: LineStatus
    trigger: str
    said: str


@supports(inspection("FB-03"), how="An audit that is not carried out is suspended with its reason")
def suspend(  # noqa: PLR0913 - who, which, why, when, and what they saw
    session: Session,
    actor: Actor,
    line_id: int,
    reason: str,
    *,
    now: datetime,
    version: int | None = None,
) -> None:
    """Stop an audit for a time. What was drawn goes on; nothing more is drawn.

    Raises:
        PermissionRefused: If the person does not plan audits.
        NotFound: If there is no such audit.
        StepNotAvailable: If its edition is not in force, or it is stopped already.
        SomeoneElseChangedIt: If somebody changed it since ``version``.
        InvalidValue: If no reason is given.
    """
    line = _to_change(session, actor, line_id, version)
    if line.status in STOPPED:
        raise StepNotAvailable("The audit is suspended or dropped already.")
    move = Move(LineStatus.SUSPENDED, "suspend", "Suspended the audit")
    _move(session, actor, line, move, reason=reason, now=now)


def resume(  # noqa: PLR0913 - who, which, why, when, and what they saw
    session: Session,
    actor: Actor,
    line_id: int,
    reason: str,
    *,
    now: datetime,
    version: int | None = None,
) -> None:
    """Go on with an audit that was suspended; a drop that was asked for is taken back.

    Raises: as for :func:`suspend`, and ``StepNotAvailable`` if it is not suspended.
    """
    line = _to_change(session, actor, line_id, version)
    _require_suspended(line)
    line.drop_asked_by_id = line.drop_asked_at = None
    move = Move(status_by_runs(session, line.line_key), "resume", "Went on with the audit")
    _move(session, actor, line, move, reason=reason, now=now)


def ask_to_drop(  # noqa: PLR0913 - who, which, why, when, and what they saw
    session: Session,
    actor: Actor,
    line_id: int,
    reason: str,
    *,
    now: datetime,
    version: int | None = None,
) -> None:
    """Ask to drop an audit for the rest of the year. It is suspended until that is approved.

    Raises: as for :func:`suspend`, and ``StepNotAvailable`` if it was asked for already.
    """
    line = _to_change(session, actor, line_id, version)
    if line.drop_asked_at or line.status == LineStatus.DROPPED:
        raise StepNotAvailable("Somebody has asked already to drop this audit.")
    if not _is_in_force(session, line):
        raise StepNotAvailable("The audit is not in force yet: take it out of the edition.")
    line.drop_asked_by_id, line.drop_asked_at = actor.id, now
    move = Move(LineStatus.SUSPENDED, "ask_to_drop", "Asked to drop the audit")
    _move(session, actor, line, move, reason=reason, now=now)
    approvers = people_with(session, APPROVERS, to_london(now).date())
    whom = [person for person in approvers if person != actor.id]
    tell(session, whom, "A registrar asks to drop an audit of the plan.", _topic(line), now=now)


@supports(force_policy("ROLE-03"), how="Who asks to drop an audit does not approve it")
def approve_drop(
    session: Session, actor: Actor, line_id: int, *, now: datetime, version: int | None = None
) -> None:
    """Approve that an audit is dropped: the chief officer or the FCR, and not who asked.

    Raises:
        PermissionRefused: If the person may not approve it.
        NotFound: If there is no such audit.
        StepNotAvailable: If nobody asked for it.
        SomeoneElseChangedIt: If somebody changed it since ``version``.
    """
    line = _to_approve(session, actor, line_id, version)
    line.drop_approved_by_id, line.drop_approved_at = actor.id, now
    move = Move(LineStatus.DROPPED, "approve_drop", "Approved that the audit is dropped")
    _move(session, actor, line, move, reason=line.status_reason, now=now)
    _tell_registrars(session, actor, line, "An audit of the plan is dropped.", now)


def refuse_drop(  # noqa: PLR0913 - who, which, why, when, and what they saw
    session: Session,
    actor: Actor,
    line_id: int,
    reason: str,
    *,
    now: datetime,
    version: int | None = None,
) -> None:
    """Keep an audit that somebody asked to drop. It goes on.

    Raises: as for :func:`approve_drop`, and ``InvalidValue`` if no reason is given.
    """
    line = _to_approve(session, actor, line_id, version)
    line.drop_asked_by_id = line.drop_asked_at = None
    move = Move(status_by_runs(session, line.line_key), "refuse_drop", "Kept it in the plan")
    _move(session, actor, line, move, reason=reason, now=now)
    _tell_registrars(session, actor, line, "An audit stays in the plan: it goes on.", now)


def may_approve(actor: Actor, line: AuditLine) -> bool:
    """Say whether somebody may approve or refuse that a line is dropped."""
    asked = line.drop_asked_at is not None and line.status != LineStatus.DROPPED
    return asked and actor.has(*APPROVERS) and actor.id != line.drop_asked_by_id


def _to_change(session: Session, actor: Actor, line_id: int, version: int | None) -> AuditLine:
    line = line_of(session, actor, line_id)
    must_run_audits(actor)
    _require(session, line, version)
    return line


def _to_approve(session: Session, actor: Actor, line_id: int, version: int | None) -> AuditLine:
    line = line_of(session, actor, line_id)
    if not actor.has(*APPROVERS):
        raise PermissionRefused("The chief officer or the FCR approves that an audit is dropped.")
    if line.drop_asked_at is None or line.status == LineStatus.DROPPED:
        raise StepNotAvailable("Nobody asks to drop this audit.")
    if actor.id == line.drop_asked_by_id:
        raise PermissionRefused("You asked for it. Somebody else has to approve it.")
    _require(session, line, version)
    return line


def _require(session: Session, line: AuditLine, version: int | None) -> None:
    state = session.scalar(select(AuditPlan.state).where(AuditPlan.id == line.plan_id))
    if state == State.DRAFT.value and not _is_in_force(session, line):
        pass  # an audit that is new in this edition
    elif state != IN_FORCE:
        raise StepNotAvailable("Do that in the edition that is in force.")
    if version is not None and version != line.version:
        raise SomeoneElseChangedIt(CHANGED)


def _is_in_force(session: Session, line: AuditLine) -> bool:
    """Say whether an edition in force has the line too, of whatever year."""
    found = (
        select(AuditLine.id)
        .join(AuditPlan, AuditPlan.id == AuditLine.plan_id)
        .where(
            AuditLine.line_key == line.line_key,
            AuditPlan.state == IN_FORCE,
            AuditPlan.starts_on
            == select(AuditPlan.starts_on).where(AuditPlan.id == line.plan_id).scalar_subquery(),
        )
        .limit(1)
    )
    return session.scalar(found) is not None


def _require_suspended(line: AuditLine) -> None:
    if line.status != LineStatus.SUSPENDED:
        raise StepNotAvailable("The audit is not suspended.")


def _move(  # noqa: PLR0913 - who, which line, how, why, when
    session: Session, actor: Actor, line: AuditLine, move: Move, *, reason: str, now: datetime
) -> None:
    reason = reason.strip()
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        told = f"Say why, in {SHORTEST_REASON} to {LONGEST_REASON:,} characters."
        raise InvalidValue(told, field="reason")
    before = line.status
    line.status = move.status.value
    line.status_reason = reason if line.status in STOPPED else ""
    write_step(
        session, actor, "line", line.id, trigger=move.trigger, said=move.said, now=now,
        from_state=before, to_state=line.status, reason=reason,
    )  # fmt: skip
    session.flush()


def _tell_registrars(
    session: Session, actor: Actor, line: AuditLine, message: str, now: datetime
) -> None:
    found = people_with(session, REGISTRARS, to_london(now).date())
    tell(session, [one for one in found if one != actor.id], message, _topic(line), now=now)


def _topic(line: AuditLine) -> Topic:
    return Topic(name=f"Audit {line.line_key}", path=f"/audits/plan/lines/{line.id}")
