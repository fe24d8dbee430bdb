"""What the rules on removing a crime look at, read in three statements (four for a duplicate)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, exists, func, literal, null, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from fcr_app.domain.facts import (
    CancellationFacts,
    CrimeFacts,
    CrimeStatus,
    DecisionFacts,
    ExceptionState,
    ForceFacts,
    Part,
    SurvivorFacts,
    VictimFacts,
)
from fcr_app.domain.london import to_london
from fcr_app.domain.numbers import number_key
from fcr_app.domain.removal import RemovalCode
from fcr_app.domain.removal_questions import CODE, CRIME_CLASS, SURVIVOR
from fcr_app.domain.roles import REGISTRARS, AccreditationKind, Actor
from fcr_app.models import (
    CancellationRequest,
    Case,
    CaseStep,
    Crime,
    CrimePerson,
    Decision,
    Force,
    NoticeException,
    Offence,
    Person,
    PersonAccreditation,
    RegistrarAdvice,
    RoleGrant,
    Victim,
    VictimNotice,
)
from fcr_app.services.actors import in_force

REQUESTER = "requester"


@dataclass(frozen=True, kw_only=True)
class Asking:
    """Who wants to know, when, and what they are about to say.

    Attributes:
        form_key: The key of the form they send, to tell a second click from a first.
        lock: They are about to change the case.
    """

    actor: Actor
    now: datetime
    answers: dict[str, str]
    form_key: str | None
    lock: bool


@dataclass(frozen=True, kw_only=True)
class Joined:
    """A case with the rows around it, and the yes-or-no facts that one statement can add."""

    case: Case
    crime: Crime
    offence: Offence | None
    request: CancellationRequest | None
    decision: Decision | None
    force: ForceFacts
    holder_name: str
    advice_attached: bool
    other_open_request: bool
    rests_on_it: str
    form_key_used: bool


def registered_fcr_exists(now: datetime) -> ColumnElement[bool]:
    """Return whether a registrar is on the professional register today (CANC-02)."""
    today = to_london(now).date()
    return exists().where(
        Person.id == PersonAccreditation.person_id,
        Person.active,
        PersonAccreditation.kind == AccreditationKind.REGISTER.value,
        in_force(PersonAccreditation, today),
        RoleGrant.person_id == Person.id,
        RoleGrant.role.in_([role.value for role in REGISTRARS]),
        in_force(RoleGrant, today),
    )


def _folded_into(crime_id: InstrumentedAttribute[int]) -> ScalarSelect[str]:
    """Return the number of a crime removed, or asked to be removed, into another as a duplicate."""
    other, folded = aliased(Case), aliased(Crime)
    return (
        select(folded.crime_number)
        .join(other, other.crime_id == folded.id)
        .join(CancellationRequest, CancellationRequest.case_id == other.id)
        .where(
            CancellationRequest.survivor_id == crime_id,
            CancellationRequest.code == RemovalCode.C3.value,
            or_(other.open, folded.removal_code == RemovalCode.C3.value),
        )
        .limit(1)
        .correlate(Crime)
        .scalar_subquery()
    )


def joined(
    session: Session, reference: str, visible: ColumnElement[bool], asking: Asking
) -> Joined | None:
    """Read a case and its surroundings in one statement; None if it can't be seen."""
    latest, holder, other = aliased(Decision), aliased(Person), aliased(Case)
    used = (
        exists().where(CaseStep.case_id == Case.id, CaseStep.form_key == asking.form_key)
        if asking.form_key
        else literal(value=False)
    )
    row = session.execute(
        select(
            Case,
            Crime,
            Offence,
            CancellationRequest,
            latest,
            Force.line_manager_may_decide,
            Force.registrar_decides_reserved_codes,
            holder.name.label("holder_name"),
            registered_fcr_exists(asking.now).label("has_registered_fcr"),
            exists().where(RegistrarAdvice.case_id == Case.id).label("advice_attached"),
            exists()
            .where(
                other.workflow == Case.workflow,
                other.crime_id == Case.crime_id,
                other.open,
                other.id != Case.id,
            )
            .label("other_open_request"),
            _folded_into(Crime.id).label("rests_on_it"),
            used.label("form_key_used"),
        )
        .join(Crime, Crime.id == Case.crime_id)
        .outerjoin(Offence, Offence.id == Crime.offence_id)
        .outerjoin(CancellationRequest, CancellationRequest.case_id == Case.id)
        .outerjoin(
            latest,
            latest.id
            == select(func.max(Decision.id))
            .where(Decision.case_id == Case.id)
            .correlate(Case)
            .scalar_subquery(),
        )
        .outerjoin(holder, holder.id == Case.claimed_by_id)
        .outerjoin(Force, Force.id == 1)
        .where(Case.reference == reference, visible)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        return None
    case, crime, offence, request, decision, *_ = row
    return Joined(
        case=case,
        crime=crime,
        offence=offence,
        request=request,
        decision=decision,
        force=ForceFacts(
            has_registered_fcr=bool(row.has_registered_fcr),
            line_manager_may_decide=bool(row.line_manager_may_decide),
            registrar_decides_reserved_codes=row.registrar_decides_reserved_codes is not False,
        ),
        holder_name=row.holder_name or "",
        advice_attached=bool(row.advice_attached),
        other_open_request=bool(row.other_open_request),
        rests_on_it=row.rests_on_it or "",
        form_key_used=bool(row.form_key_used),
    )


def build(session: Session, joined: Joined, asking: Asking) -> CancellationFacts:
    """Build the facts of a request to remove a crime."""
    case, request = joined.case, joined.request
    offence_class = joined.offence.offence_class if joined.offence else ""
    holds = {**case.answers, CRIME_CLASS: offence_class}
    said = {**holds, **asking.answers}
    decision = joined.decision
    return CancellationFacts(
        actor=asking.actor,
        now=asking.now,
        opened_by_id=case.opened_by_id,
        holder_id=case.claimed_by_id,
        holder_name=joined.holder_name,
        request=holds,
        answers=asking.answers,
        crime=_crime_facts(session, joined, offence_class),
        force=joined.force,
        survivor=(
            _survivor(session, said.get(SURVIVOR.name, ""), case.id, asking.lock)
            if said.get(CODE.name) == RemovalCode.C3
            else None
        ),
        victims=_victims(session, joined),
        decision=(
            DecisionFacts(
                decided_at=decision.decided_at,
                decided_by_id=decision.decided_by_id,
                by_registrar=decision.by_registrar,
            )
            if decision
            else None
        ),
        advice_attached=joined.advice_attached,
        reference_held=request.receiving_reference if request else "",
        reference_received_at=request.reference_at if request else None,
        other_open_request=joined.other_open_request,
        rests_on_it=joined.rests_on_it,
    )


def _crime_facts(session: Session, joined: Joined, offence_class: str) -> CrimeFacts:
    crime, case, offence = joined.crime, joined.case, joined.offence
    rows = session.execute(
        select(CrimePerson.person_id, CrimePerson.part, Person.supervisor_id)
        .join(Person, Person.id == CrimePerson.person_id)
        .where(CrimePerson.crime_id == crime.id)
        .union_all(
            select(Person.id, literal(REQUESTER), Person.supervisor_id).where(
                Person.id == case.opened_by_id
            )
        )
    ).all()
    managed = (Part.OFFICER_IN_CASE.value, REQUESTER)
    return CrimeFacts(
        id=crime.id,
        number=crime.crime_number,
        status=CrimeStatus(crime.status),
        offence_class=offence_class,
        offence_code=offence.offence_code if offence else "",
        victim_based=offence is None or "V" in offence.victim_or_state,
        recorded_at=crime.recorded_at,
        involved=frozenset(
            (row.person_id, Part(row.part)) for row in rows if row.part != REQUESTER
        ),
        line_manager_ids=frozenset(
            row.supervisor_id for row in rows if row.part in managed and row.supervisor_id
        ),
    )


def _survivor(session: Session, number: str, case_id: int, lock: bool) -> SurvivorFacts | None:
    if not number:
        return None
    other = aliased(Case)
    statement = select(
        Crime.id,
        Crime.crime_number,
        Crime.status,
        exists()
        .where(other.crime_id == Crime.id, other.open, other.id != case_id, other.state != "draft")
        .label("leaves"),
    ).where(Crime.number_key == number_key(number))
    if lock:
        statement = statement.with_for_update(of=Crime)
    row = session.execute(statement).one_or_none()
    if row is None:
        return None
    return SurvivorFacts(
        id=row.id,
        number=row.crime_number,
        status=CrimeStatus(row.status),
        leaves_by_open_request=bool(row.leaves),
    )


def _victims(session: Session, joined: Joined) -> tuple[VictimFacts, ...]:
    """Read the victims and how far each has been told of the decision that stands.

    A victim-based crime whose record names nobody gets one place that stands for them.
    """
    decision_id = joined.decision.id if joined.decision else 0
    told = (
        select(
            VictimNotice.victim_id.label("victim_id"),
            func.max(VictimNotice.told_at).label("told_at"),
            func.max(VictimNotice.given_reference.cast(Victim.id.type)).label("given"),
            null().cast(Victim.id.type).label("exception"),
        )
        .where(VictimNotice.case_id == joined.case.id, VictimNotice.decision_id == decision_id)
        .group_by(VictimNotice.victim_id)
    )
    excepted = (
        select(
            NoticeException.victim_id,
            null().cast(VictimNotice.told_at.type),
            null().cast(Victim.id.type),
            func.max(NoticeException.approved.cast(Victim.id.type)),
        )
        .where(
            NoticeException.case_id == joined.case.id, NoticeException.decision_id == decision_id
        )
        .group_by(NoticeException.victim_id)
    )
    both = told.union_all(excepted).subquery()
    rows = session.execute(
        select(
            Victim.id,
            Victim.name,
            Victim.enhanced_ground,
            both.c.victim_id.label("place"),
            both.c.told_at,
            both.c.given,
            both.c.exception,
        )
        .select_from(Victim)
        .outerjoin(both, both.c.victim_id == Victim.id)
        .where(Victim.crime_id == joined.crime.id)
        .order_by(Victim.id)
    ).all()
    found: dict[int | None, VictimFacts] = {}
    for row in rows:
        _merge(found, row.id, row.name, enhanced=bool(row.enhanced_ground), row=row)
    if found or (joined.offence is not None and "V" not in joined.offence.victim_or_state):
        return tuple(found.values())
    nameless = session.execute(select(both).where(both.c.victim_id.is_(None))).all()
    found[None] = VictimFacts(id=None, name="The victim, not on record")
    for row in nameless:
        _merge(found, None, found[None].name, enhanced=False, row=row)
    return tuple(found.values())


def _merge(
    found: dict[int | None, VictimFacts], key: int | None, name: str, *, enhanced: bool, row: object
) -> None:
    before = found.get(key)
    exception = getattr(row, "exception", None)
    state = {None: ExceptionState.NONE, 0: ExceptionState.PROPOSED}.get(
        exception, ExceptionState.APPROVED
    )
    if before is not None and before.exception is not ExceptionState.NONE:
        state = before.exception
    found[key] = VictimFacts(
        id=key,
        name=name,
        enhanced=enhanced,
        told_at=getattr(row, "told_at", None) or (before.told_at if before else None),
        given_reference=bool(getattr(row, "given", None))
        or bool(before and before.given_reference),
        exception=state,
    )
