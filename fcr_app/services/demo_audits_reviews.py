"""The demonstration force's audits examined: signed off, to be moderated, half done, given up.

What the auditors say follows from the record and a number made from its identifier, so that it is
the same in every demonstration. Later audits find fewer errors than earlier ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zlib import crc32

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.audits.judging import CrimeGiven, ReviewGiven
from fcr_app.domain.audits.questions import asks_for_crimes, questions_of
from fcr_app.domain.audits.words import (
    Band,
    CountedAs,
    Group,
    ReviewKind,
    Safeguarding,
    Verdict,
)
from fcr_app.domain.london import to_london
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import Actor
from fcr_app.errors import FcrError
from fcr_app.models import AuditFinding, AuditItem, AuditRun, Person
from fcr_app.services.actors import load_actor
from fcr_app.services.audits.correcting import give_feedback_on
from fcr_app.services.audits.finding_closing import close_finding
from fcr_app.services.audits.moderation import adopted, moderate, to_moderate
from fcr_app.services.audits.proposing import proposed
from fcr_app.services.audits.reviewing import save_review
from fcr_app.services.audits.signing import sign_off
from fcr_app.services.audits.steps import take_run_step
from fcr_app.services.demo_force import email_of

#: Larger samples take the demonstration too long; they stay drawn.
MOST_RECORDS = 130
#: So many of the latest audits of each line are examined.
OF_EACH_LINE = 12
#: The latest audit of one type is being examined, that of another is to be moderated.
EXAMINED, MODERATED = "A1", "A2"
#: The latest audit of this type has not begun.
LEFT = "A7"
CONCLUSION = (
    "Most of what was reported is recorded, and most of it in time. What is missed is missed at "
    "first contact: threats and assaults without injury at home, and what professionals report."
)
LIMITS = "The sample is of one period; what never reached the force’s records is not in it."
NOTHING = "No record of this kind fell into the period, so nothing was examined or found."
WHY_GIVEN_UP = "The second auditor’s post was vacant until the summer; later months come first."
WHY_CLOSED = "The crime was recorded by the force in whose area it happened, as its number shows."
_MISSED = (
    (ErrorType.E04, Group.VIOLENCE, "105A"),
    (ErrorType.E02, Group.VIOLENCE, "8N"),
    (ErrorType.E06, Group.SEXUAL, ""),
    (ErrorType.E22, Group.VIOLENCE, ""),
    (ErrorType.E05, Group.PUBLIC_ORDER, ""),
    (ErrorType.E03, Group.OTHER, ""),
)
_MISSED_NOTE = "The account names it; nobody decided on it. Demonstration note."


@dataclass(frozen=True)
class _Run:
    """An audit with its records, in the order drawn."""

    row: AuditRun
    items: Sequence[AuditItem]


def add_reviews(session: Session, *, now: datetime) -> int:
    """Examine the audits that were drawn. Returns how many were signed off."""
    runs = _to_examine(session)
    actors: dict[int, Actor] = {}
    signed = 0
    _give_up_older(session, {run.row.id for run in runs}, now)
    signed += _close_empty(session, now)
    latest = {run.row.code: run.row.id for run in runs}
    for run in runs:
        is_latest = latest[run.row.code] == run.row.id
        if is_latest and run.row.code == LEFT:
            continue
        _examine(session, run, actors, now, half=is_latest and run.row.code == EXAMINED)
        if not (is_latest and run.row.code in {EXAMINED, MODERATED}):
            signed += _sign_off(session, run, now)
    _act_on_some(session, now)
    return signed


def _to_examine(session: Session) -> list[_Run]:
    """Return the latest audits of each line that are small enough, the oldest first."""
    latest = (
        select(
            AuditRun.id,
            func.row_number()
            .over(partition_by=AuditRun.line_key, order_by=AuditRun.due_on.desc())
            .label("place"),
        )
        .where(AuditRun.state == "drawn")
        .subquery()
    )
    rows = session.scalars(
        select(AuditRun)
        .join(latest, latest.c.id == AuditRun.id)
        .where(latest.c.place <= OF_EACH_LINE)
        .order_by(AuditRun.due_on, AuditRun.id)
    ).all()
    found = []
    for row in rows:
        items = session.scalars(
            select(AuditItem)
            .where(AuditItem.run_id == row.id, AuditItem.in_sample)
            .order_by(AuditItem.position)
        ).all()
        if 0 < len(items) <= MOST_RECORDS and all(item.auditor_id for item in items):
            found.append(_Run(row, items))
    return found


def _give_up_older(session: Session, examined: set[int], now: datetime) -> None:
    """Give up what was drawn and never got an auditor’s time."""
    for row in session.scalars(select(AuditRun).where(AuditRun.state == "drawn")).all():
        samples = select(func.count()).where(AuditItem.run_id == row.id, AuditItem.in_sample)
        recent = row.opened_at > now - timedelta(days=40)
        if row.id in examined or recent or not session.scalar(samples):
            continue
        at = min(row.opened_at + timedelta(days=60), now)
        said = {"why_abandoned": WHY_GIVEN_UP}
        take_run_step(session, _actor(session, "fcr", at), row, "abandon", said, now=at)


def _close_empty(session: Session, now: datetime) -> int:
    """Sign off the audits in whose period there was nothing to draw. Returns how many."""
    rows = session.scalars(
        select(AuditRun).where(
            AuditRun.state == "drawn",
            ~select(AuditItem.id)
            .where(AuditItem.run_id == AuditRun.id, AuditItem.in_sample)
            .exists(),
        )
    ).all()
    for row in rows:
        at = min(row.opened_at + timedelta(days=1), now)
        fcr = _actor(session, "fcr", at)
        for trigger in ("begin", "finish_reviews"):
            take_run_step(session, fcr, row, trigger, {}, now=at)
        sign_off(session, fcr, row.id, {"conclusion": NOTHING}, now=at)
    return len(rows)


def _examine(
    session: Session, run: _Run, actors: dict[int, Actor], now: datetime, *, half: bool
) -> None:
    at = run.row.opened_at + timedelta(days=2)
    items = run.items[: len(run.items) // 2] if half else run.items
    for item in items:
        at = min(at + timedelta(minutes=4), now)
        first = _judged(session, run.row, item)
        _save(session, actors, item.auditor_id, item, ReviewKind.FIRST, first, at)
        if item.second_auditor_id is not None and not half:
            second = _seen_otherwise(first) if _number(item, "second") % 6 == 0 else first
            _save(session, actors, item.second_auditor_id, item, ReviewKind.SECOND, second, at)


def _save(  # noqa: PLR0913, PLR0917 - whose review of what, saying what, when
    session: Session,
    actors: dict[int, Actor],
    person_id: int | None,
    item: AuditItem,
    kind: ReviewKind,
    given: ReviewGiven,
    at: datetime,
) -> None:
    assert person_id is not None  # noqa: S101 - as was looked at
    if person_id not in actors:
        day = to_london(at).date()
        actors[person_id] = load_actor(session, person_id, today=day, address="demonstration")
    save_review(session, actors[person_id], item.id, kind, given, now=at, done=True)


def _judged(session: Session, run: AuditRun, item: AuditItem) -> ReviewGiven:
    """Return what an auditor says of a record."""
    counted_as = CountedAs(run.counted_as)
    answers = {one.name: one.options[0].value for one in questions_of(run.code, counted_as)}
    answers = {**answers, **_wrong_answers(counted_as, answers, _number(item, "answer"))}
    if not asks_for_crimes(counted_as):
        return ReviewGiven(answers=answers)
    known = proposed(session, item, run).crimes
    crimes = [_crime(one, _number(item, str(one.crime_id))) for one in known]
    # Fewer are missed from month to month, as the force learns.
    months = run.period_ends_on.year * 12 + run.period_ends_on.month
    chance = 9 + months % 12 // 3
    number = _number(item, "missing")
    if number % chance == 0:
        error, group, offence_class = _MISSED[number // chance % len(_MISSED)]
        crimes.append(
            CrimeGiven(
                verdict=Verdict.MISSING,
                offence_group=group,
                offence_class=offence_class,
                domestic=error in (ErrorType.E04, ErrorType.E22),
                error_type=error,
                safeguarding=Safeguarding.DONE if number % 4 else Safeguarding.NOT_DONE,
                note=_MISSED_NOTE,
            )
        )
    return ReviewGiven(answers=answers, crimes=tuple(crimes))


def _crime(crime: CrimeGiven, number: int) -> CrimeGiven:
    """Return a recorded crime with what an auditor says of it: right, most of the time."""
    group = crime.offence_group or Group.OTHER
    if number % 23 == 0:
        return replace(
            crime, offence_group=group, verdict=Verdict.WRONG_CLASS, error_type=ErrorType.E24
        )
    if number % 41 == 0:
        return replace(
            crime, offence_group=group, verdict=Verdict.OVER_RECORDED, error_type=ErrorType.E20
        )
    return replace(
        crime, offence_group=group, verdict=Verdict.RECORDED, band=crime.band or Band.UNKNOWN
    )


def _wrong_answers(
    counted_as: CountedAs, answers: Mapping[str, str], number: int
) -> dict[str, str]:
    """Return what is answered otherwise than that all is well, in one record of nine."""
    if number % 9:
        return {}
    if counted_as is CountedAs.CANCELLATION:
        return {"cancelled_rightly": "no", "avi": "not_enough"}
    if counted_as is CountedAs.N100 or "n100_due" in answers:
        return {"n100_due": "rape"} if number % 2 else {"n100_exists": "no", "n100_reason": ""}
    told = "victim_told" in answers
    return {"victim_told": "no", "told_in_time": ""} if told else {}


def _seen_otherwise(given: ReviewGiven) -> ReviewGiven:
    """Return a review by somebody who saw one thing differently."""
    if given.crimes:
        return replace(given, crimes=given.crimes[:-1])
    if "victim_told" in given.answers:
        return replace(given, answers={**given.answers, "victim_told": "not_needed"})
    return given


def _sign_off(session: Session, run: _Run, now: datetime) -> int:
    """Moderate and sign an audit off as a registrar who had no part in it. Returns 1, or 0."""
    at = min(run.row.opened_at + timedelta(days=12), now)
    fcr, deputy = (_actor(session, key, at) for key in ("fcr", "deputy"))
    for item in to_moderate(session, run.row.id):
        kind = ReviewKind.FIRST if item.position % 3 else ReviewKind.SECOND
        given = adopted(session, item, kind, "It is what the account says. Demonstration reason.")
        for actor in (fcr, deputy):
            try:
                moderate(session, actor, item.id, given, now=at)
            except FcrError:  # they examined it themselves, or had a part in it
                continue
            break
        else:
            return 0
    said = {"conclusion": CONCLUSION, "limits": LIMITS, "hours_spent": f"{run.row.hours:g}"}
    sign_off(session, fcr, run.row.id, said, now=at)
    return 1


def _act_on_some(session: Session, now: datetime) -> None:
    """Give the feedback of a few findings, and close one that nothing here can put right."""
    fcr = _actor(session, "fcr", now)
    findings = session.scalars(
        select(AuditFinding)
        .where(AuditFinding.person_id.is_not(None), AuditFinding.person_id != fcr.id)
        .order_by(AuditFinding.opened_at.desc(), AuditFinding.id)
        .limit(6)
    ).all()
    for number, finding in enumerate(findings):
        if number == 0:
            close_finding(session, fcr, finding.id, WHY_CLOSED, now=now)
            continue
        try:
            with session.begin_nested():
                give_feedback_on(session, fcr, finding.id, now=now)
        except FcrError:  # it would go to somebody who left
            continue


def _number(item: AuditItem, what: str) -> int:
    return crc32(f"{item.identifier} {what}".encode())


def _actor(session: Session, key: str, at: datetime) -> Actor:
    person = session.scalars(select(Person.id).where(Person.email == email_of(key))).one()
    return load_actor(session, person, today=to_london(at).date(), address="demonstration")
