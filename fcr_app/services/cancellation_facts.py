"""What the rules on removing a crime look at, read in three statements (four for a duplicate)."""

from sqlalchemy.orm import Session

from fcr_app.domain.facts import (
    CancellationFacts,
    CrimeFacts,
    CrimeStatus,
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
from fcr_app.services.case_statements import (
    BETWEEN,
    WITHIN,
    case_statement,
    nameless_statement,
    survivor_statement,
    victims_statement,
)
from fcr_app.services.joined import Asking, Joined
from fcr_app.services.visibility import sees_every_case, visible_cases


def joined(session: Session, reference: str, asking: Asking) -> Joined | None:
    """Read a case and its surroundings in one statement; None if it can't be seen."""
    statement = case_statement()
    if not sees_every_case(asking.actor):
        statement = statement.where(visible_cases(asking.actor))
    row = session.execute(
        statement,
        {
            "reference": reference,
            "today": to_london(asking.now).date(),
            "form_key": asking.form_key,
        },
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
        involved=row.involved or "",
        managed_by_id=row.managed_by_id,
        advice_attached=bool(row.advice_attached),
        other_open_request=bool(row.other_open_request),
        rests_on_it=row.rests_on_it or "",
        settled_by_registrar=bool(row.settled_by_registrar),
        form_key_used=bool(row.form_key_used),
    )


def build(session: Session, joined: Joined, asking: Asking) -> CancellationFacts:
    """Build the facts of a request to remove a crime."""
    case, request = joined.case, joined.request
    offence_class = joined.offence.offence_class if joined.offence else ""
    holds = {**case.answers, CRIME_CLASS: offence_class}
    said = {**holds, **asking.answers}
    return CancellationFacts(
        actor=asking.actor,
        now=asking.now,
        opened_by_id=case.opened_by_id,
        holder_id=case.claimed_by_id,
        holder_name=joined.holder_name,
        request=holds,
        answers=asking.answers,
        crime=crime_facts(session, joined, offence_class),
        force=joined.force,
        survivor=(
            _survivor(session, said.get(SURVIVOR.name, ""), case.id, asking.lock)
            if said.get(CODE.name) == RemovalCode.C3
            else None
        ),
        victims=_victims(session, joined),
        decision=joined.decision_facts,
        advice_attached=joined.advice_attached,
        reference_held=request.receiving_reference if request else "",
        reference_received_at=request.reference_at if request else None,
        other_open_request=joined.other_open_request,
        rests_on_it=joined.rests_on_it,
        settled_by_registrar=joined.settled_by_registrar,
    )


def crime_facts(_session: Session, joined: Joined, offence_class: str) -> CrimeFacts:
    """Build the facts of the crime that a case is about."""
    crime, offence = joined.the_crime, joined.offence
    people = [one.split(WITHIN) for one in joined.involved.split(BETWEEN) if one]
    managers = {by for _, part, by in people if part == Part.OFFICER_IN_CASE}
    return CrimeFacts(
        id=crime.id,
        number=crime.crime_number,
        status=CrimeStatus(crime.status),
        offence_class=offence_class,
        offence_code=offence.offence_code if offence else "",
        victim_based=offence is None or "V" in offence.victim_or_state,
        recorded_at=crime.recorded_at,
        involved=frozenset((int(person), Part(part)) for person, part, _ in people),
        line_manager_ids=frozenset(
            int(manager) for manager in {*managers, joined.managed_by_id} if manager
        ),
    )


def _survivor(session: Session, number: str, case_id: int, lock: bool) -> SurvivorFacts | None:
    if not number:
        return None
    statement = survivor_statement(lock=lock)
    values = {"number_key": number_key(number), "case_id": case_id}
    row = session.execute(statement, values).one_or_none()
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
    values = {
        "case_id": joined.case.id,
        "decision_id": joined.decision.id if joined.decision else 0,
    }
    rows = session.execute(victims_statement(), {**values, "crime_id": joined.the_crime.id}).all()
    found: dict[int | None, VictimFacts] = {}
    for row in rows:
        _merge(found, row.id, row.name, enhanced=bool(row.enhanced_ground), row=row)
    if found or (joined.offence is not None and "V" not in joined.offence.victim_or_state):
        return tuple(found.values())
    nameless = session.execute(nameless_statement(), values).all()
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
