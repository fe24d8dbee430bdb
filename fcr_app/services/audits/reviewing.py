"""Examines the records of an audit: the next one, what is said of it, and when it is done."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, exists, or_, select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.judging import ReviewGiven, completed, problems
from fcr_app.domain.audits.questions import asks_for_crimes, questions_of
from fcr_app.domain.audits.words import CountedAs, ReviewKind
from fcr_app.domain.citations import inspection
from fcr_app.domain.citing import supports
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValues, NotFound, PermissionRefused, SomeoneElseChangedIt
from fcr_app.models import AuditItem, AuditReview, AuditRun
from fcr_app.services.audits.findings import find
from fcr_app.services.audits.kept_reviews import keep_done, keep_draft
from fcr_app.services.audits.named import require_known
from fcr_app.services.audits.own_decisions import require_no_part
from fcr_app.services.audits.second import compare, require_blind
from fcr_app.services.audits.steps import CHANGED, take_run_step
from fcr_app.services.log import Record, record_change
from fcr_app.workflows.audit_run import State

NOT_THERE = "There is no such record in an audit, or you may not see it."
NOT_YOURS = "This record is for another auditor. Choose one of yours."
OVER = "This audit is not being examined any more. Only the FCR’s moderation can change it."
#: The states in which auditors examine.
EXAMINED_IN = frozenset({State.DRAWN, State.REVIEWING})


def to_do(person_id: int, kind: ReviewKind) -> ColumnElement[bool]:
    """Return the condition on ``AuditItem`` that a person has yet to review it."""
    if kind is ReviewKind.SECOND:
        return and_(
            AuditItem.in_sample,
            AuditItem.second_auditor_id == person_id,
            AuditItem.second_done_at.is_(None),
        )
    return and_(AuditItem.in_sample, AuditItem.auditor_id == person_id, AuditItem.done_at.is_(None))


def next_item(
    session: Session,
    actor: Actor,
    run_id: int,
    kind: ReviewKind = ReviewKind.FIRST,
    *,
    after: int = 0,
) -> AuditItem | None:
    """Return the next record that a person has yet to review, in the order drawn.

    Args:
        after: The position to go on from; those before it come last.

    Returns:
        None once nothing is left.
    """
    return session.scalars(
        select(AuditItem)
        .where(AuditItem.run_id == run_id, to_do(actor.id, kind))
        .order_by(case((AuditItem.position > after, 0), else_=1), AuditItem.position)
        .limit(1)
    ).one_or_none()


def open_review(
    session: Session, actor: Actor, item_id: int, kind: ReviewKind, *, now: datetime
) -> AuditReview:
    """Return a person's own review of a record, begun now if it is not there yet.

    The first that is begun begins the audit.

    Raises:
        NotFound: If there is no such record, or it was replaced.
        PermissionRefused: If it is for somebody else, or they had a part in the record.
        SomeoneElseChangedIt: If the audit is not being examined any more.
    """
    item, run = the_item(session, item_id)
    return _begun(session, actor, item, run, kind, now)


def _begun(  # noqa: PLR0913, PLR0917 - who begins which review of which record, when
    session: Session,
    actor: Actor,
    item: AuditItem,
    run: AuditRun,
    kind: ReviewKind,
    now: datetime,
) -> AuditReview:
    require_theirs(actor, item, kind)
    if State(run.state) not in EXAMINED_IN:
        raise SomeoneElseChangedIt(OVER)
    review = review_of(session, item.id, kind)
    if review is not None:
        return review
    require_no_part(session, actor.id, item)
    if run.state == State.DRAWN:
        take_run_step(session, actor, run, "begin", {}, now=now)
    if kind is ReviewKind.FIRST:
        item.auditor_id = actor.id
    review = AuditReview(item_id=item.id, kind=kind.value, auditor_id=actor.id, begun_at=now)
    session.add(review)
    session.flush()
    return review


@supports(inspection("N100-16"), how="Auditors say of each report whether an N100 or rape is due")
def save_review(  # noqa: PLR0913 - who says what of which record, when, and what they saw
    session: Session,
    actor: Actor,
    item_id: int,
    kind: ReviewKind,
    given: ReviewGiven,
    *,
    now: datetime,
    version: int | None = None,
    done: bool,
) -> AuditReview:
    """Keep what an auditor says of a record: as far as it is written, or done.

    What was done before counts until it is done again. The last record that is done sends the
    audit on to moderation.

    Args:
        version: Of the review, as the person last saw it.

    Raises:
        InvalidValues: If it is to be done and something is missing or can't be.
        NotFound: If there is no such record, or it was replaced.
        PermissionRefused: If it is for somebody else, or they had a part in the record.
        SomeoneElseChangedIt: If it changed meanwhile, both reviews of it are done, or the audit is
            not being examined any more.
    """
    item, run = the_item(session, item_id)
    review = _begun(session, actor, item, run, kind, now)
    if version is not None and version != review.version:
        raise SomeoneElseChangedIt(CHANGED)
    require_blind(item)
    require_known(session, actor, given)
    if not done:
        keep_draft(review, given)
        session.flush()
        return review
    counted_as = CountedAs(run.counted_as)
    questions = questions_of(run.code, counted_as)
    if found := problems(given, questions, with_crimes=asks_for_crimes(counted_as)):
        raise InvalidValues(found)
    review.done_at, review.counts = now, kind is ReviewKind.FIRST
    keep_done(session, review, completed(given, questions))
    _mark(item, kind, now)
    record_change(session, actor, f"audit-review:{kind.value}", Record.AUDIT, run.id, now=now)
    compare(session, item)
    find(session, actor, item, run, now=now)
    _finish(session, actor, run, now)
    return review


def the_item(session: Session, item_id: int) -> tuple[AuditItem, AuditRun]:
    """Return a drawn record and its audit, held so that two reviews of it end one after another.

    Raises:
        NotFound: If there is no such record, or it was replaced or is a reserve.
    """
    row = session.execute(
        select(AuditItem, AuditRun)
        .join(AuditRun, AuditRun.id == AuditItem.run_id)
        .where(AuditItem.id == item_id, AuditItem.in_sample)
        .with_for_update(of=AuditItem)
    ).one_or_none()
    if row is None:
        raise NotFound(NOT_THERE)
    return row[0], row[1]


def review_of(session: Session, item_id: int, kind: ReviewKind) -> AuditReview | None:
    """Return one of the reviews of a record, if it was begun."""
    return session.scalars(
        select(AuditReview).where(AuditReview.item_id == item_id, AuditReview.kind == kind.value)
    ).one_or_none()


def require_theirs(actor: Actor, item: AuditItem, kind: ReviewKind) -> None:
    """A record nobody was given is for whichever auditor takes it."""
    if not may(actor, Permission.REVIEW_AUDITS):
        raise NotFound(NOT_THERE)
    if kind is ReviewKind.FIRST:
        theirs = item.auditor_id in (None, actor.id) and item.second_auditor_id != actor.id
    else:
        theirs = kind is ReviewKind.SECOND and item.second_auditor_id == actor.id
    if not theirs:
        raise PermissionRefused(NOT_YOURS)


def _mark(item: AuditItem, kind: ReviewKind, now: datetime) -> None:
    if kind is ReviewKind.FIRST:
        item.done_at = item.done_at or now
    else:
        item.second_done_at = item.second_done_at or now


def _finish(session: Session, actor: Actor, run: AuditRun, now: datetime) -> None:
    session.flush()
    first = AuditItem.done_at.is_(None)
    second = and_(AuditItem.second_auditor_id.is_not(None), AuditItem.second_done_at.is_(None))
    left = exists().where(AuditItem.run_id == run.id, AuditItem.in_sample, or_(first, second))
    if run.state == State.REVIEWING and not session.scalar(select(left)):
        take_run_step(session, actor, run, "finish_reviews", {}, now=now)
