"""What a report may be asked for about, and when a second edition may be."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.report_periods import is_over, read_period
from fcr_app.domain.audits.words import ReportKind
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor, Role
from fcr_app.errors import InvalidValue, PermissionRefused
from fcr_app.models import AuditPlan, AuditReport, AuditRun
from fcr_app.workflows.audit_plan import State as PlanState
from fcr_app.workflows.audit_run import State

SHORTEST_REASON, LONGEST_REASON = 20, 1000


@dataclass(frozen=True, kw_only=True)
class ReportSubject:
    """What a report is about.

    Attributes:
        key: The reference of the run, or the period: ``2026-10``, ``2026-Q3``.
        run_id: Where it is about a run.
    """

    kind: ReportKind
    key: str
    run_id: int | None = None


def subject_of(session: Session, kind: ReportKind, key: str) -> ReportSubject:
    """Return what somebody means.

    Raises:
        InvalidValue: If there is no such audit or period.
    """
    key = key.strip().upper()
    if kind is not ReportKind.RUN:
        if read_period(kind, key) is None:
            example = "2026-10" if kind is ReportKind.PLAN_MONTHLY else "2026-Q3"
            raise InvalidValue(f"Enter the period as in {example}.", field="key")
        return ReportSubject(kind=kind, key=key)
    run_id = session.scalar(select(AuditRun.id).where(AuditRun.reference == key))
    if run_id is None:
        raise InvalidValue("There is no audit with this reference.", field="key")
    return ReportSubject(kind=kind, key=key, run_id=run_id)


def check_subject(
    session: Session, actor: Actor, subject: ReportSubject, why: str, *, now: datetime
) -> None:
    """Refuse what can't be reported on, or was before without anybody saying why again.

    Raises:
        PermissionRefused: If the person may not.
        InvalidValue: If it can't be reported on yet, or there is no reason.
    """
    if not may(actor, Permission.RUN_AUDITS) and not actor.has(Role.SYSTEM):
        raise PermissionRefused("The FCR or a deputy asks for reports.")
    if subject.run_id is not None:
        state = session.scalar(select(AuditRun.state).where(AuditRun.id == subject.run_id))
        if state != State.SIGNED_OFF:
            said = "It has no figures that stand yet: sign the audit off first."
            raise InvalidValue(said, field="key")
    else:
        _check_period(session, subject, now)
    if last_edition(session, subject) is None:
        return
    if not SHORTEST_REASON <= len(why.strip()) <= LONGEST_REASON:
        said = (
            "There is a report of it. Say why there is to be another edition, in "
            f"{SHORTEST_REASON} to {LONGEST_REASON:,} characters."
        )
        raise InvalidValue(said, field="why")


def _check_period(session: Session, subject: ReportSubject, now: datetime) -> None:
    period = read_period(subject.kind, subject.key)
    if period is None or not is_over(period, to_london(now).date()):
        raise InvalidValue("That period is not over yet.", field="key")
    planned = session.scalar(
        select(AuditPlan.id)
        .where(
            AuditPlan.state.in_([PlanState.APPROVED.value, PlanState.REPLACED.value]),
            AuditPlan.starts_on <= period.span.ends_on,
            AuditPlan.ends_on >= period.span.starts_on,
        )
        .limit(1)
    )
    if planned is None:
        raise InvalidValue("No plan was approved for that period.", field="key")


def last_edition(session: Session, subject: ReportSubject) -> AuditReport | None:
    """Return the newest report about something, if there is one."""
    return session.scalar(
        select(AuditReport)
        .where(AuditReport.kind == subject.kind, AuditReport.subject_key == subject.key)
        .order_by(AuditReport.edition.desc())
        .limit(1)
    )
