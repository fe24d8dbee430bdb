"""Reports that are to be made: asked for once, claimed by one process, finished or given up.

A report takes as long as it takes, so no page makes one. Whoever claims a request says now and then
how far it is; one that falls silent has gone, and the next process begins again. Only the holder
can finish, in the transaction that keeps the report, so that there is one report whatever happens.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from fcr_app.domain.audits.words import MakingState, ReportKind
from fcr_app.domain.roles import Actor
from fcr_app.errors import NotFound, SomeoneElseChangedIt
from fcr_app.models import AuditReportRequest
from fcr_app.services.audits.report_asking import ReportSubject, check_subject
from fcr_app.services.log import Record, record_change

#: A maker says a word at every part, none of which takes a fraction of this.
SILENT = timedelta(minutes=5)
#: A report at which so many makers died is given up: it would hold up all after it.
MOST_ATTEMPTS = 3
_LONGEST_WORD, _LONGEST_PROBLEM = 100, 300
_WAITING, _MAKING = MakingState.WAITING.value, MakingState.MAKING.value


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """A request that is ours to carry out.

    Attributes:
        holder: The process that holds it.
        attempt: 1 the first time.
    """

    id: int
    kind: ReportKind
    subject_key: str
    run_id: int | None
    asked_by_id: int | None
    why: str
    holder: str
    attempt: int


def ask_for_report(
    session: Session, actor: Actor, subject: ReportSubject, *, why: str = "", now: datetime
) -> AuditReportRequest:
    """Ask for a report; where it is being made already, that request is the answer.

    Raises:
        PermissionRefused: If the person may not.
        NotFound: If there is no such audit or period.
        InvalidValue: If it can't be reported on yet, or was before and there is no reason.
    """
    check_subject(session, actor, subject, why, now=now)
    waiting = _to_make(session, subject)
    if waiting is not None:
        return waiting
    request = AuditReportRequest(
        kind=subject.kind.value,
        subject_key=subject.key,
        run_id=subject.run_id,
        asked_at=now,
        asked_by_id=actor.id or None,
        why=why.strip(),
    )
    try:
        with session.begin_nested():
            session.add(request)
    except IntegrityError:  # somebody asked at this very moment
        found = _to_make(session, subject)
        if found is None:
            raise
        return found
    record_change(session, actor, "audit-report:asked", Record.AUDIT, request.id, now=now)
    return request


def _to_make(session: Session, subject: ReportSubject) -> AuditReportRequest | None:
    return session.scalar(
        select(AuditReportRequest).where(
            AuditReportRequest.kind == subject.kind,
            AuditReportRequest.subject_key == subject.key,
            AuditReportRequest.state.in_([_WAITING, _MAKING]),
        )
    )


def claim_next(session: Session, holder: str, *, now: datetime) -> Claimed | None:
    """Take the next request for this process alone; None if none waits.

    One whose maker fell silent is taken up again; one at which too many died is given up.
    """
    while (request := _next(session, now)) is not None:
        if request.attempts < MOST_ATTEMPTS:
            request.state, request.holder = _MAKING, holder
            request.begun_at = request.alive_at = now
            request.attempts += 1
            request.parts_done, request.parts, request.doing = 0, 1, "Reading what it is about"
            session.flush()
            return _claimed(request)
        request.state = MakingState.FAILED.value
        request.problem = (
            f"Its making stopped {MOST_ATTEMPTS} times without a word. Ask whoever looks after "
            "the service, then ask for the report again."
        )
        session.flush()
    return None


def _next(session: Session, now: datetime) -> AuditReportRequest | None:
    gone = and_(AuditReportRequest.state == _MAKING, AuditReportRequest.alive_at < now - SILENT)
    return session.scalar(
        select(AuditReportRequest)
        .where(or_(AuditReportRequest.state == _WAITING, gone))
        .order_by(AuditReportRequest.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def _claimed(request: AuditReportRequest) -> Claimed:
    return Claimed(
        id=request.id,
        kind=ReportKind(request.kind),
        subject_key=request.subject_key,
        run_id=request.run_id,
        asked_by_id=request.asked_by_id,
        why=request.why,
        holder=request.holder,
        attempt=request.attempts,
    )


def say_progress(  # noqa: PLR0913 - of which, what, how far, and when
    session: Session, claimed: Claimed, doing: str, *, done: int, of: int, now: datetime
) -> None:
    """Say how far the making is, which is its sign of life too.

    Raises:
        SomeoneElseChangedIt: If the process was thought gone, and another makes it by now.
    """
    _settle(
        session, claimed, doing=doing[:_LONGEST_WORD], parts_done=done, parts=max(1, of),
        alive_at=now,
    )  # fmt: skip


def give_up(session: Session, claimed: Claimed, problem: str) -> None:
    """Enter that a report could not be made.

    Raises:
        SomeoneElseChangedIt: As for ``say_progress``.
    """
    _settle(session, claimed, state=MakingState.FAILED.value, problem=problem[:_LONGEST_PROBLEM])


def settle_done(session: Session, claimed: Claimed, report_id: int, problem: str = "") -> None:
    """Enter that a report is there.

    Raises:
        SomeoneElseChangedIt: As for ``say_progress``; then nothing of it may be kept.
    """
    _settle(
        session, claimed, state=MakingState.DONE.value, report_id=report_id, problem=problem,
        doing="",
    )  # fmt: skip


def _settle(session: Session, claimed: Claimed, **values: object) -> None:
    changed: Any = session.execute(
        update(AuditReportRequest)
        .where(
            AuditReportRequest.id == claimed.id,
            AuditReportRequest.holder == claimed.holder,
            AuditReportRequest.state == _MAKING,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    if not changed.rowcount:
        raise SomeoneElseChangedIt("Another process makes this report by now.")


def one_request(session: Session, request_id: int) -> AuditReportRequest:
    """Return a request, to see how far it is.

    Raises:
        NotFound: If there is none.
    """
    request = session.get(AuditReportRequest, request_id, populate_existing=True)
    if request is None:
        raise NotFound("There is no such request for a report.")
    return request
