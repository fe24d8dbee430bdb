"""Everything the page of a crime shows, for one person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.citations import crr26
from fcr_app.domain.citing import supports
from fcr_app.domain.crimes import EnhancedGround, Flag, VictimKind
from fcr_app.domain.facts import CrimeStatus, Part
from fcr_app.domain.london import to_london
from fcr_app.domain.removal import RemovalCode
from fcr_app.domain.roles import DECIDERS, Actor
from fcr_app.domain.rules import CONDUCT_CLASSES, RECORDING_LIMIT
from fcr_app.domain.workflow import About
from fcr_app.errors import NotFound, RuleNotInForce
from fcr_app.models import (
    Case,
    Crime,
    CrimeFlag,
    CrimePerson,
    Offence,
    Person,
    Unit,
    Victim,
)
from fcr_app.services.bulletins_here import BulletinHere, bulletins_on_crime
from fcr_app.services.crime_choices import offence_label
from fcr_app.services.crime_classes import ClassChange, class_changes
from fcr_app.services.crimes import NOT_THERE
from fcr_app.services.equality.links import records_of_victims
from fcr_app.services.log import Record, record_view
from fcr_app.services.visibility import visible_cases, visible_crimes
from fcr_app.workflows import WORKFLOWS, workflow_by_key


@dataclass(frozen=True, kw_only=True)
class PersonView:
    """A member of staff in the investigation."""

    id: int
    name: str
    staff_number: str
    part: Part
    since_on: date | None


@dataclass(frozen=True, kw_only=True)
class VictimView:
    """A victim, with their rights."""

    id: int
    kind: VictimKind
    name: str
    is_child: bool
    speaks_for: str
    address: str
    enhanced_ground: EnhancedGround | None


@dataclass(frozen=True, kw_only=True)
class RequestView:
    """A request about the crime."""

    reference: str
    workflow: str
    title: str
    state: str
    opened_at: datetime
    opened_by: str
    open: bool


@dataclass(frozen=True, kw_only=True)
class StartView:
    """A kind of request that can be opened: its key, and its button."""

    key: str
    label: str


@dataclass(frozen=True, kw_only=True)
class CrimePage:
    """A crime, as its page shows it.

    Attributes:
        recorded_month: Set where the extract gave no time of recording.
        recorded_after: From report to record; None where a time is missing.
        late_by: How far that is past the limit then in force; None where it is not (REC-10).
        first_offence: What it was first recorded as, where that differs (CLS-01).
        classes: Every change of its class, the latest first (CLS-02).
        conduct: It is a crime of conduct, whose class is reviewed as the conduct grows (CLS-05).
        equality: By victim, the equality record that the person may open at least in part.
        may_classify: The person may give it its first class.
        bulletins: What the FCR reminds the person of that bears on it.
        may_start: The requests that the person may open about it, none of the kind being open.
    """

    id: int
    version: int
    number: str
    incident_reference: str
    status: CrimeStatus
    removal_code: RemovalCode | None
    removed_at: datetime | None
    reported_at: datetime | None
    recorded_at: datetime | None
    recorded_month: date | None
    recorded_after: timedelta | None
    late_by: timedelta | None
    time_note: str
    offence: str
    first_offence: str
    classes: Sequence[ClassChange]
    offence_text: str
    unit: str
    location: str
    summary: str
    source: str
    created_at: datetime
    flags: Sequence[Flag]
    people: Sequence[PersonView]
    victims: Sequence[VictimView]
    equality: Mapping[int, int]
    requests: Sequence[RequestView]
    may_classify: bool
    conduct: bool
    may_start: Sequence[StartView]
    bulletins: Sequence[BulletinHere]


def crime_page(session: Session, actor: Actor, crime_id: int, *, now: datetime) -> CrimePage:
    """Return what the page of a crime shows, and log that it was looked at.

    Raises:
        NotFound: If there is no such crime, or the person may not see it.
    """
    first = aliased(Offence)
    row = session.execute(
        select(Crime, Offence, first, Unit.name)
        .outerjoin(Offence, Offence.id == Crime.offence_id)
        .outerjoin(first, first.id == Crime.first_offence_id)
        .outerjoin(Unit, Unit.id == Crime.unit_id)
        .where(Crime.id == crime_id, visible_crimes(actor))
    ).one_or_none()
    if row is None:
        raise NotFound(NOT_THERE)
    crime, unit = row[0], row[3]
    offence: Offence | None = row[1]
    first_offence: Offence | None = row[2]
    record_view(session, actor, "crime:read", Record.CRIME, crime.id, now=now)
    requests = _requests(session, actor, crime.id)
    flags = session.scalars(select(CrimeFlag.flag).where(CrimeFlag.crime_id == crime.id)).all()
    changed = first_offence is not None and first_offence.id != crime.offence_id
    standing = crime.status == CrimeStatus.RECORDED
    return CrimePage(
        id=crime.id,
        version=crime.version,
        number=crime.crime_number,
        incident_reference=crime.incident_reference,
        status=CrimeStatus(crime.status),
        removal_code=RemovalCode(crime.removal_code) if crime.removal_code else None,
        removed_at=crime.removed_at,
        reported_at=crime.reported_at,
        recorded_at=crime.recorded_at,
        recorded_month=crime.recorded_month if crime.recorded_at is None else None,
        recorded_after=_between(crime.reported_at, crime.recorded_at),
        late_by=_late_by(crime.reported_at, crime.recorded_at),
        time_note=crime.time_note,
        offence=_label(offence),
        first_offence=_label(first_offence) if changed else "",
        classes=class_changes(session, crime.id),
        conduct=standing and _is_conduct(offence, now),
        offence_text=crime.offence_text,
        unit=unit or "",
        location=crime.location,
        summary=crime.summary,
        source=crime.source,
        created_at=crime.created_at,
        flags=[flag for flag in Flag if flag in flags],
        people=_people(session, crime.id),
        victims=_victims(session, crime.id),
        equality=records_of_victims(session, actor, crime.id),
        requests=requests,
        may_classify=standing and crime.offence_id is None and actor.has(*DECIDERS),
        may_start=_may_start(actor, requests, offence.offence_class)
        if standing and offence
        else (),
        bulletins=bulletins_on_crime(
            session, actor, offence.offence_class if offence else "", now=now
        ),
    )


def _label(offence: Offence | None) -> str:
    if offence is None:
        return ""
    return offence_label(
        offence.offence_class, offence.offence_code, offence.class_title, offence.title
    )


@supports(crr26("CLS-05", "58"), how="A crime of conduct says that its class goes up with it")
def _is_conduct(offence: Offence | None, now: datetime) -> bool:
    return offence is not None and offence.offence_class in CONDUCT_CLASSES.on(
        to_london(now).date()
    )


def _between(start: datetime | None, end: datetime | None) -> timedelta | None:
    return end - start if start and end else None


def _late_by(reported_at: datetime | None, recorded_at: datetime | None) -> timedelta | None:
    taken = _between(reported_at, recorded_at)
    if reported_at is None or taken is None:
        return None
    try:
        limit = RECORDING_LIMIT.on(to_london(reported_at).date())
    except RuleNotInForce:  # reported before there was a limit
        return None
    return taken - limit if taken > limit else None


def _people(session: Session, crime_id: int) -> list[PersonView]:
    rows = session.execute(
        select(Person.id, Person.name, Person.staff_number, CrimePerson.part, CrimePerson.since_on)
        .join(Person, Person.id == CrimePerson.person_id)
        .where(CrimePerson.crime_id == crime_id)
    ).all()
    people = [
        PersonView(
            id=row.id,
            name=row.name,
            staff_number=row.staff_number,
            part=Part(row.part),
            since_on=row.since_on,
        )
        for row in rows
    ]
    order = list(Part)
    return sorted(people, key=lambda person: (order.index(person.part), person.name))


def _victims(session: Session, crime_id: int) -> list[VictimView]:
    rows = session.scalars(select(Victim).where(Victim.crime_id == crime_id).order_by(Victim.id))
    return [
        VictimView(
            id=row.id,
            kind=VictimKind(row.kind),
            name=row.name,
            is_child=row.is_child,
            speaks_for=row.speaks_for,
            address=row.address,
            enhanced_ground=EnhancedGround(row.enhanced_ground) if row.enhanced_ground else None,
        )
        for row in rows
    ]


def _requests(session: Session, actor: Actor, crime_id: int) -> list[RequestView]:
    rows = session.execute(
        select(Case.reference, Case.workflow, Case.state, Case.opened_at, Case.open, Person.name)
        .join(Person, Person.id == Case.opened_by_id)
        .where(Case.crime_id == crime_id, visible_cases(actor))
        .order_by(Case.id.desc())
    ).all()
    return [
        RequestView(
            reference=row.reference,
            workflow=row.workflow,
            title=workflow_by_key(row.workflow).title,
            state=state_label(row.workflow, row.state),
            opened_at=row.opened_at,
            opened_by=row.name,
            open=row.open,
        )
        for row in rows
    ]


def _may_start(
    actor: Actor, requests: Sequence[RequestView], offence_class: str
) -> list[StartView]:
    under_way = {request.workflow for request in requests if request.open}
    return [
        StartView(key=workflow.key, label=workflow.opener or workflow.title)
        for workflow in WORKFLOWS
        if workflow.about is About.CRIME
        and not workflow.private
        and (not workflow.classes or offence_class in workflow.classes)
        and workflow.key not in under_way
        and any(s.may_be_taken_by(actor) for s in workflow.steps_from(workflow.initial))
    ]


def state_label(key: str, state: str) -> str:
    """Return where a case of a workflow stands, in words."""
    workflow = workflow_by_key(key)
    return workflow.labels[workflow.states(state)]
