"""The demonstration's appointments: one in each state, with clocks that run as it is looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from fcr_app.domain.diary.days import day_of
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.incidents import Known, ReporterType, Route
from fcr_app.domain.roles import Actor
from fcr_app.models import Incident, Person
from fcr_app.services.actors import load_actor
from fcr_app.services.cases import open_incident_case, take_step
from fcr_app.services.incidents import NewIncident, enter_incident

WHY = "The caller heard shouting; nobody has said yet who was hurt, or whether anybody was."
NOT_YET = {"enough": "no", "still_insufficient": WHY}
RECORD = {"record_offence": "8N 008/06"}
LATE = {"record_late_reason": "The victim was in hospital and could be seen only this morning."}
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Act:
    """A step of a story.

    Attributes:
        hours: How long after the report; a slot that is to come is the next one free.
        slot: Hours after the report at which the slot begins; None where no slot is asked for.
    """

    trigger: str
    hours: float
    answers: Mapping[str, str] = field(default_factory=dict)
    slot: float | None = None
    who: str = ""


@dataclass(frozen=True)
class Tale:
    """An appointment: what it is about, who deals with it, and what became of it.

    Attributes:
        age: How many hours ago the report was made.
    """

    officer: str
    about: OpeningCode
    age: float
    acts: tuple[Act, ...] = ()


def _book(hours: float, slot: float) -> Act:
    return Act("book", hours, slot=slot)


def _book_late(hours: float, slot: float) -> Act:
    return Act("book_late", hours, {"insufficient": WHY}, slot=slot)


_LET_STAND = Act(
    "let_stand",
    4,
    {"rationale": "What was said so far does not show yet that anything happened."},
    who="fcr",
)
_RECORD_FIRST = Act(
    "require_record", 20, {"rationale": "The account is enough to record now."}, who="fcr"
)

TALES = (
    Tale("officer1", OpeningCode.VIOLENCE, 3),
    Tale("officer1", OpeningCode.HATE, 2, (_book(0.5, 8),)),
    Tale("officer1", OpeningCode.STALKING, 15, (_book(1, 19),)),
    Tale("officer2", OpeningCode.DOMESTIC, 30, (_book(1, 22),)),
    Tale("officer3", OpeningCode.VIOLENCE, 5, (_book_late(1, 52),)),
    Tale("officer4", OpeningCode.PUBLIC_ORDER, 26, (_book_late(1, 75), _RECORD_FIRST)),
    Tale("officer2", OpeningCode.DAMAGE, 20, (_book_late(1, 70), _LET_STAND)),
    Tale("officer1", OpeningCode.VIOLENCE, 28, (_book(1, 20), Act("attended", 21, NOT_YET))),
    Tale("officer3", OpeningCode.DOMESTIC, 40, (_book(2, 21), Act("missed", 22, NOT_YET))),
    Tale("officer4", OpeningCode.THEFT, 18, (_book(2, 15), Act("cancel", 10, NOT_YET))),
    Tale(
        "officer3",
        OpeningCode.VIOLENCE,
        50,
        (_book(1, 20), Act("missed", 21, NOT_YET), Act("record_after", 30, {**RECORD, **LATE})),
    ),
    Tale("officer2", OpeningCode.VIOLENCE, 9, (_book(1, 14), Act("record", 2, RECORD))),
    Tale("officer1", OpeningCode.WELFARE, 12, (Act("drop", 1),)),
)  # fmt: skip


def add_appointments(session: Session, people: Mapping[str, Person], *, now: datetime) -> int:
    """Add the reports and play their appointments; return how many there are."""
    for tale in TALES:
        _play(session, people, tale, now)
    return len(TALES)


def _play(session: Session, people: Mapping[str, Person], tale: Tale, now: datetime) -> None:
    reported_at = now - tale.age * HOUR
    officer = people[tale.officer]
    opened_at = reported_at + 0.25 * HOUR
    actor = load_actor(session, officer.id, today=day_of(opened_at), address="demonstration")
    incident = _report(session, actor, officer, tale, reported_at)
    case = open_incident_case(session, actor, "diary", incident.id, now=opened_at)
    for act in tale.acts:
        at = reported_at + act.hours * HOUR
        who = people[act.who or tale.officer]
        actor = load_actor(session, who.id, today=day_of(at), address="demonstration")
        answers = dict(act.answers)
        if act.slot is not None:
            starts_at = _quarter(reported_at + act.slot * HOUR)
            answers |= {"starts_at": starts_at.isoformat(), "length": "60", "place": "station"}
        take_step(session, actor, case.reference, act.trigger, answers, now=at)
        session.flush()


def _quarter(moment: datetime) -> datetime:
    """Return the quarter of an hour before a moment, as slots begin."""
    return moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)


def _report(
    session: Session, actor: Actor, officer: Person, tale: Tale, reported_at: datetime
) -> Incident:
    new = NewIncident(
        first_reported_at=reported_at,
        received_by_id=officer.id,
        officer_id=officer.id,
        unit_id=officer.unit_id,
        route=Route.NON_EMERGENCY,
        reporter_type=ReporterType.VICTIM,
        victim_traced=Known.YES,
        opening_code=tale.about,
        account="Invented for the demonstration: a caller asked to be seen.",
    )
    return enter_incident(session, actor, new, now=reported_at + timedelta(minutes=6))
