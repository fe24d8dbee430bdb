"""What was decided and advised before, as the rules see it, on both databases."""

import pytest
from sqlalchemy.orm import Session

from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.errors import StepRefused
from fcr_app.models import Case, Crime, Person
from fcr_app.services.cases import take_step
from tests.builders import NOW, a_crime, a_person, an_offence, as_actor
from tests.services import requests as say
from tests.services.requests import minutes, submitted

WHY = {"rationale": "The information does not settle the question yet."}
MEND = {"to_mend": "Say where the recording can be looked at (CANC-14)."}
ADVICE = {"advice": "All three parts of the test are met: CANC-13."}


def person(session: Session, role: Role, *held: AccreditationKind) -> Actor:
    return as_actor(
        session, a_person(session, name=f"Demo {role}", roles=[role], accreditations=held)
    )


@pytest.fixture
def officer(session: Session) -> Actor:
    return person(session, Role.OFFICER)


@pytest.fixture
def ddm(session: Session) -> Actor:
    return person(session, Role.DDM, AccreditationKind.DDM_COURSE)


@pytest.fixture
def fcr(session: Session) -> Actor:
    return person(session, Role.FCR, AccreditationKind.REGISTER)


def crime_of(session: Session, officer: Actor, offence_class: str = "49") -> Crime:
    offence = an_offence(session, offence_class=offence_class, offence_code="019/07")
    return a_crime(session, oic=session.get_one(Person, officer.id), offence=offence)


def take(actor: Actor, case: Case, trigger: str, answers: dict[str, str], at: int) -> None:
    """Take a step some minutes after the start of the test."""
    session = Session.object_session(case)
    assert session is not None
    take_step(session, actor, case.reference, trigger, answers, now=NOW + minutes(at))
    session.flush()


def test_what_the_fcr_refused_is_not_asked_of_a_ddm_the_second_time(
    session: Session, officer: Actor, ddm: Actor, fcr: Actor
) -> None:
    crime = crime_of(session, officer)
    take(fcr, submitted(session, officer, crime, say.C2), "refuse", WHY, 5)

    again = submitted(session, officer, crime, say.C2, now=NOW + minutes(10))

    assert again.needs == "fcr"
    with pytest.raises(StepRefused, match="The FCR refused an earlier request"):
        take(ddm, again, "approve", say.DECISION, 20)
    take(fcr, again, "approve", say.DECISION, 30)


def test_what_the_fcr_put_back_is_not_removed_by_a_ddm(
    session: Session, officer: Actor, ddm: Actor, fcr: Actor
) -> None:
    crime = crime_of(session, officer)
    first = submitted(session, officer, crime, say.C4)
    warned = {**say.DECISION, "warning_rationale": "The owner asked for this himself."}
    take(ddm, first, "approve_and_remove", warned, 5)
    take(fcr, first, "reinstate", WHY, 10)

    again = submitted(session, officer, crime, say.C4, now=NOW + minutes(20))

    with pytest.raises(StepRefused, match="or put the crime back"):
        take(ddm, again, "approve", say.DECISION, 30)


def test_what_the_fcr_set_aside_again_or_a_ddm_refused_binds_nobody(
    session: Session, officer: Actor, ddm: Actor, fcr: Actor
) -> None:
    crime = crime_of(session, officer)
    first = submitted(session, officer, crime, say.C2)
    take(fcr, first, "refuse", WHY, 5)
    take(fcr, first, "set_aside", WHY, 6)
    take(officer, first, "withdraw", {}, 7)
    second = submitted(session, officer, crime, say.C2, now=NOW + minutes(10))
    take(ddm, second, "refuse", WHY, 15)

    third = submitted(session, officer, crime, say.C2, now=NOW + minutes(20))

    assert (second.needs, third.needs) == ("", "ddm")


def test_a_decision_on_another_crime_binds_nobody(
    session: Session, officer: Actor, fcr: Actor
) -> None:
    take(fcr, submitted(session, officer, crime_of(session, officer), say.C2), "refuse", WHY, 5)

    assert submitted(session, officer, crime_of(session, officer), say.C2).needs == "ddm"


def test_advice_is_on_the_request_as_it_was_last_sent(session: Session, officer: Actor) -> None:
    deputy = person(session, Role.DEPUTY_FCR, AccreditationKind.DDM_COURSE)
    chief = person(session, Role.CHIEF_OFFICER)
    case = submitted(session, officer, crime_of(session, officer, "19D"), say.C2)
    take(deputy, case, "advise", ADVICE, 5)
    take(chief, case, "return", MEND, 10)
    take(officer, case, "submit", say.C2, 20)

    with pytest.raises(StepRefused, match="advice is not attached yet"):
        take(chief, case, "approve", say.DECISION, 30)

    take(deputy, case, "advise", ADVICE, 40)
    take(chief, case, "approve", say.DECISION, 50)
    assert case.state == "approved_pending_victim"


def test_a_decision_can_not_change_what_was_asked(
    session: Session, officer: Actor, ddm: Actor
) -> None:
    crime = crime_of(session, officer)
    case = submitted(session, officer, crime, say.C2)

    take(ddm, case, "approve", {**say.DECISION, "code": "C3", "crime.class": "19D"}, 10)

    assert case.answers["code"] == "C2"
    assert crime.status == "recorded"
    assert case.state == "approved_pending_victim"
