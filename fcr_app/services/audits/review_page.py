"""Everything the auditor's screen shows: a record's source, what was said so far, progress."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.judging import ReviewGiven
from fcr_app.domain.audits.questions import ItemQuestion, asks_for_crimes, questions_of
from fcr_app.domain.audits.words import CountedAs, ReviewKind
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import Actor
from fcr_app.errors import NotFound
from fcr_app.models import AuditItem, AuditReview, AuditRun, Crime, Person
from fcr_app.services.audits.kept_reviews import written
from fcr_app.services.audits.own_decisions import require_no_part
from fcr_app.services.audits.proposing import proposed
from fcr_app.services.audits.reviewing import (
    EXAMINED_IN,
    NOT_THERE,
    OVER,
    next_item,
    require_theirs,
    review_of,
    the_item,
    to_do,
)
from fcr_app.services.audits.second import BOTH_DONE, both_done
from fcr_app.services.audits.source import Source, source_of
from fcr_app.services.crime_choices import Choice, units
from fcr_app.workflows.audit_run import State


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How many of a person's reviews of an audit are done.

    Attributes:
        place: Which of them this one is, from 1.
    """

    done: int
    total: int
    place: int


@dataclass(frozen=True, kw_only=True)
class ReviewPage:
    """One record for one auditor.

    Attributes:
        version: Of the review; None before it is begun.
        begun: Whether it is the auditor's own words that are shown, not what the record proposes.
        locked: Why it can't be changed; empty where it can.
        crime_names: Recorded crimes by their id: number and offence.
        staff_numbers: Of the people that the review names, by their id.
    """

    run: AuditRun
    item: AuditItem
    kind: ReviewKind
    version: int | None
    begun: bool
    done_at: datetime | None
    given: ReviewGiven
    questions: tuple[ItemQuestion, ...]
    with_crimes: bool
    source: Source
    progress: Progress
    locked: str
    crime_names: dict[int, str]
    staff_numbers: dict[int, str]
    units: Sequence[Choice]


def run_by_reference(session: Session, reference: str) -> AuditRun:
    """Return an audit by its reference.

    Raises:
        NotFound: If there is none.
    """
    run = session.scalars(
        select(AuditRun).where(AuditRun.reference == reference.upper())
    ).one_or_none()
    if run is None:
        raise NotFound("There is no such audit.")
    return run


def run_by_id(session: Session, run_id: int) -> AuditRun:
    """Return an audit.

    Raises:
        NotFound: If there is none.
    """
    run = session.get(AuditRun, run_id)
    if run is None:
        raise NotFound("There is no such audit.")
    return run


def review_page(session: Session, actor: Actor, item_id: int, *, now: datetime) -> ReviewPage:
    """Return what the screen shows of one record, and log that it was looked at.

    Raises:
        NotFound: If there is no such record in an audit, or it was replaced.
        PermissionRefused: If it is for somebody else, or they had a part in the record.
    """
    item, run = the_item(session, item_id)
    kind = kind_for(actor, item)
    require_theirs(actor, item, kind)
    require_no_part(session, actor.id, item)
    review = review_of(session, item.id, kind)
    given = written(session, review) if review else proposed(session, item, run)
    counted_as = CountedAs(run.counted_as)
    crimes = {crime.crime_id for crime in given.crimes if crime.crime_id}
    people = {crime.person_id for crime in given.crimes if crime.person_id}
    return ReviewPage(
        run=run,
        item=item,
        kind=kind,
        version=review.version if review else None,
        begun=review is not None,
        done_at=review.done_at if review else None,
        given=given,
        questions=questions_of(run.code, counted_as),
        with_crimes=asks_for_crimes(counted_as),
        source=source_of(session, actor, item, now=now),
        progress=progress_of(session, actor.id, run.id, item.position),
        locked=_locked(run, item),
        crime_names=crime_names(session, crimes),
        staff_numbers=staff_numbers(session, people),
        units=units(session),
    )


def item_at(session: Session, run: AuditRun, position: int) -> AuditItem:
    """Return the record of an audit at a place in the order drawn.

    Raises:
        NotFound: If there is none there, or it was replaced or is a reserve.
    """
    item = session.scalars(
        select(AuditItem).where(
            AuditItem.run_id == run.id, AuditItem.position == position, AuditItem.in_sample
        )
    ).one_or_none()
    if item is None:
        raise NotFound(NOT_THERE)
    return item


def kind_for(actor: Actor, item: AuditItem) -> ReviewKind:
    """Return which of its reviews a record is waiting for from somebody."""
    return ReviewKind.SECOND if item.second_auditor_id == actor.id else ReviewKind.FIRST


def resume_at(session: Session, actor: Actor, run_id: int, *, after: int = 0) -> AuditItem | None:
    """Return the record to go on with: one that was begun, or else the next; firsts come first.

    Args:
        after: The position of the one just left; 0 to resume where one was.
    """
    if not after:
        begun = session.scalars(
            select(AuditItem)
            .join(AuditReview, AuditReview.item_id == AuditItem.id)
            .where(
                AuditItem.run_id == run_id,
                AuditReview.auditor_id == actor.id,
                AuditReview.done_at.is_(None),
                or_(*(to_do(actor.id, kind) for kind in (ReviewKind.FIRST, ReviewKind.SECOND))),
            )
            .order_by(AuditReview.begun_at.desc(), AuditItem.position)
            .limit(1)
        ).one_or_none()
        if begun is not None:
            return begun
    return next_item(session, actor, run_id, ReviewKind.FIRST, after=after) or next_item(
        session, actor, run_id, ReviewKind.SECOND, after=after
    )


def beside(
    session: Session, actor: Actor, run_id: int, position: int, *, backwards: bool
) -> AuditItem | None:
    """Return the record of one's own before or after another, done or not; None at the end."""
    place = AuditItem.position
    return session.scalars(
        select(AuditItem)
        .where(
            AuditItem.run_id == run_id,
            AuditItem.in_sample,
            or_(AuditItem.auditor_id == actor.id, AuditItem.second_auditor_id == actor.id),
            place < position if backwards else place > position,
        )
        .order_by(place.desc() if backwards else place)
        .limit(1)
    ).one_or_none()


def progress_of(session: Session, person_id: int, run_id: int, position: int) -> Progress:
    """Return how far a person is with their reviews of an audit, in one statement."""
    first, second = AuditItem.auditor_id == person_id, AuditItem.second_auditor_id == person_id
    done = or_(
        and_(first, AuditItem.done_at.is_not(None)),
        and_(second, AuditItem.second_done_at.is_not(None)),
    )
    total, done_count, place = session.execute(
        select(
            func.count(),
            func.count().filter(done),
            func.count().filter(AuditItem.position <= position),
        ).where(AuditItem.run_id == run_id, AuditItem.in_sample, or_(first, second))
    ).one()
    return Progress(done=done_count, total=total, place=place)


def my_audits(session: Session, actor: Actor) -> Sequence[tuple[AuditRun, Progress]]:
    """Return the audits in which a person has records to examine, with how far they are.

    Takes one statement, whatever their number.
    """
    if not may(actor, Permission.REVIEW_AUDITS):
        return ()
    first, second = AuditItem.auditor_id == actor.id, AuditItem.second_auditor_id == actor.id
    done = or_(
        and_(first, AuditItem.done_at.is_not(None)),
        and_(second, AuditItem.second_done_at.is_not(None)),
    )
    counted = (
        select(
            AuditItem.run_id,
            func.count().label("total"),
            func.count().filter(done).label("done"),
        )
        .where(AuditItem.in_sample, or_(first, second))
        .group_by(AuditItem.run_id)
        .subquery()
    )
    rows = session.execute(
        select(AuditRun, counted.c.total, counted.c.done)
        .join(counted, counted.c.run_id == AuditRun.id)
        .where(AuditRun.state.in_([State.DRAWN.value, State.REVIEWING.value]))
        .order_by(AuditRun.due_on, AuditRun.id)
    ).all()
    return [(run, Progress(done=made, total=total, place=0)) for run, total, made in rows]


def _locked(run: AuditRun, item: AuditItem) -> str:
    if State(run.state) not in EXAMINED_IN:
        return OVER
    return BOTH_DONE if both_done(item) else ""


def crime_names(session: Session, ids: set[int]) -> dict[int, str]:
    """Return the numbers of crimes by their ids."""
    rows = session.execute(select(Crime.id, Crime.crime_number).where(Crime.id.in_(ids))).all()
    return {crime_id: number for crime_id, number in rows}  # noqa: C416 - rows are typed so


def staff_numbers(session: Session, ids: set[int]) -> dict[int, str]:
    """Return the staff numbers of people by their ids."""
    rows = session.execute(select(Person.id, Person.staff_number).where(Person.id.in_(ids))).all()
    return {person_id: number for person_id, number in rows}  # noqa: C416 - likewise
