"""What a whole list says about who may decide is what the rules say, case by case."""

from datetime import date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain import removal_rules as r
from fcr_app.domain.authority import Needed
from fcr_app.domain.facts import Part
from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.models import Case, Crime, Force, NoticeException, Person, RegistrarAdvice
from fcr_app.services.cases import take_step
from fcr_app.services.eligibility import decidable_by, waits_for
from fcr_app.services.loading import load
from fcr_app.services.standing import reasons_against
from tests.builders import (
    NOW,
    TODAY,
    a_case,
    a_crime,
    a_person,
    an_accreditation,
    an_offence,
    as_actor,
)
from tests.services.requests import C2, DECISION, submitted

OFFENCES = (
    ("34B", "034/01"),
    ("19C", "019/08"),
    ("1", "001/01"),
    ("8N", "008/52"),
    ("105A", "105/01"),
)
ROLES = (
    (Role.OFFICER,),
    (Role.SUPERVISOR,),
    (Role.DDM,),
    (Role.OFFICER, Role.DDM),
    (Role.SUPERVISOR, Role.DDM),
    (Role.DEPUTY_FCR,),
    (Role.FCR,),
    (Role.CHIEF_OFFICER,),
    (Role.CHIEF_OFFICER, Role.DDM),
    (Role.AUDITOR,),
)
DECIDING = (Role.DDM, Role.FCR, Role.DEPUTY_FCR, Role.CHIEF_OFFICER)
YESTERDAY = date.fromordinal(TODAY.toordinal() - 1)


class World:
    """A force with random people, crimes and requests, in which everybody gets in the way."""

    def __init__(self, session: Session, seed: int) -> None:
        self.session = session
        self.random = Random(seed)  # noqa: S311 - a repeatable muddle, not a secret
        session.add(Force(name="Demo Force", line_manager_may_decide=seed % 2 == 1))
        self.people = [self.somebody() for _ in range(16)]
        # Whoever looks on sees every case and so can ask what each one needs.
        self.onlooker = as_actor(session, a_person(session, roles=[Role.AUDITOR]))
        self.cases = [self.request() for _ in range(30)]
        session.flush()

    def somebody(self) -> Person:
        """Add somebody with random roles, and training that may have lapsed."""
        random = self.random
        person = a_person(self.session, roles=random.choice(ROLES))
        for kind in AccreditationKind:
            lapsed = random.choice([None, None, YESTERDAY, TODAY])
            # One force in two has nobody on the register.
            if random.random() < (0.5 if kind is AccreditationKind.DDM_COURSE else 0.07):
                an_accreditation(self.session, person, kind, ends_on=lapsed)
        return person

    def request(self) -> Case:
        """Add a request about a random crime, in a random state, and get people close to it."""
        random, session = self.random, self.session
        oic, requester, other = random.sample(self.people, 3)
        for person in (oic, requester):
            if random.random() < 0.4:
                person.supervisor_id = random.choice([p.id for p in self.people if p is not person])
        offence_class, code = random.choice(OFFENCES)
        crime = a_crime(
            session,
            offence=an_offence(session, offence_class=offence_class, offence_code=code),
            oic=oic,
            people={random.choice(list(Part)[1:]): other} if random.random() < 0.6 else {},
        )
        case = a_case(
            session,
            crime=crime,
            opened_by=requester,
            state=random.choice(["submitted"] * 4 + ["draft", "approved_pending_victim"]),
            asked=random.choice(["C1", "C2", "C2", "C3", "C4"]),
            risk=random.choice(["low", "medium", "high"]),
            holder=random.choice(self.people) if random.random() < 0.2 else None,
        )
        facts = load(session, self.onlooker, case.reference, now=NOW).facts
        level = r.needed(facts)
        case.needs = level.value if level and case.state == "submitted" else ""
        if random.random() < 0.5:
            # Some advice is on the request as it was before it was sent again.
            advise(session, case, requester, at=random.choice([NOW, NOW - timedelta(days=3)]))
        return case


def advise(session: Session, case: Case, by: Person, *, at: datetime = NOW) -> None:
    session.add(RegistrarAdvice(case_id=case.id, advice="Advice.", by_id=by.id, at=at))
    session.flush()


def by_the_rules(session: Session, actor: Actor, case: Case) -> bool:
    """Say whether the rules, asked one case at a time, let a person decide it."""
    if case.state != "submitted":
        return False
    loaded = load(session, actor, case.reference, now=NOW)
    if reasons_against(loaded.workflow, case.state, loaded.facts):
        return False
    check = r.the_registrar_has_advised.check(loaded.facts)
    return check is None or not check.reason


@pytest.mark.parametrize("seed", range(6))
def test_a_list_lets_through_exactly_what_the_rules_do(session: Session, seed: int) -> None:
    world = World(session, seed)
    deciders = [
        actor for person in world.people if (actor := as_actor(session, person)).has(*DECIDING)
    ]
    decided = 0
    for actor in deciders:
        listed = set(session.scalars(select(Case.id).where(decidable_by(actor, NOW))))
        expected = {case.id for case in world.cases if by_the_rules(session, actor, case)}
        assert listed == expected
        decided += len(listed)
    assert decided


def listed(session: Session, actor: Actor) -> set[int]:
    found: set[int] = set()
    for way in waits_for(actor, NOW):
        found |= set(session.scalars(select(Case.id).where(Case.open, way)))
    return found


def test_what_somebody_else_holds_is_not_waiting_for_me_unless_i_cover_for_them(
    session: Session,
) -> None:
    first = a_person(session, roles=[Role.DDM], accreditations=[AccreditationKind.DDM_COURSE])
    second = a_person(session, roles=[Role.DDM], accreditations=[AccreditationKind.DDM_COURSE])
    case = a_case(session, holder=first)
    actor = as_actor(session, second)

    assert case.id in listed(session, as_actor(session, first))
    assert case.id not in listed(session, actor)
    cover = Actor(**{**vars(actor), "deputises_for": frozenset({first.id})})
    assert case.id in listed(session, cover)


def test_with_nobody_on_the_register_the_registrar_is_asked_for_advice_and_then_the_chief_decides(
    session: Session,
) -> None:
    registrar = a_person(session, roles=[Role.FCR])
    chief = a_person(session, roles=[Role.CHIEF_OFFICER])
    case = a_case(session, needs=Needed.REGISTERED_FCR_OR_CHIEF)

    assert case.id in listed(session, as_actor(session, registrar))
    assert case.id not in listed(session, as_actor(session, chief))

    advise(session, case, registrar)

    assert case.id not in listed(session, as_actor(session, registrar))
    assert case.id in listed(session, as_actor(session, chief))

    a_person(session, roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER])
    assert case.id not in listed(session, as_actor(session, chief))


def test_an_exception_waits_for_the_fcr_until_it_is_approved(session: Session) -> None:
    session.add(Force(name="Demo Force"))
    officer = a_person(session)
    ddm = a_person(session, roles=[Role.DDM], accreditations=[AccreditationKind.DDM_COURSE])
    registrar = a_person(session, roles=[Role.FCR], accreditations=[AccreditationKind.DDM_COURSE])
    case = approved(session, officer, ddm, a_crime(session, oic=officer))
    fcr = as_actor(session, registrar)
    assert case.id not in listed(session, fcr)

    victim = load(session, fcr, case.reference, now=NOW).facts.victims[0]
    exception = {
        "victim": str(victim.id),
        "exception_ground": "untraced",
        "exception_reason": "Letters came back and no number is known.",
    }
    take_step(
        session, as_actor(session, officer), case.reference, "propose_exception", exception, now=NOW
    )
    session.flush()
    assert case.id in listed(session, fcr)
    assert case.id not in listed(session, as_actor(session, ddm))

    take_step(session, fcr, case.reference, "approve_exception", exception, now=NOW)
    session.flush()
    assert session.scalars(select(NoticeException.approved)).all() == [False, True]
    assert case.id not in listed(session, fcr)


def approved(session: Session, officer: Person, decider: Person, crime: Crime) -> Case:
    case = submitted(session, as_actor(session, officer), crime, C2)
    take_step(session, as_actor(session, decider), case.reference, "approve", DECISION, now=NOW)
    session.flush()
    return case
