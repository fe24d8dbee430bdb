"""A case through its whole life, on both databases."""

from collections.abc import Callable

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from fcr_app.domain.facts import Part
from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.errors import (
    AlreadyDone,
    AppendOnly,
    NotFound,
    SomeoneElseChangedIt,
    StepNotAvailable,
    StepRefused,
)
from fcr_app.models import Case, CaseStep, Crime, Decision, FeedbackItem, Notice, VictimNotice
from fcr_app.services import history
from fcr_app.services.cases import open_case, take_step
from fcr_app.services.transaction import transaction
from tests.builders import NOW, a_crime, a_person, an_offence, as_actor
from tests.services import requests as say
from tests.services.requests import minutes, submitted, told


@pytest.fixture
def officer(session: Session) -> Actor:
    return as_actor(session, a_person(session, name="Demo Officer One"))


@pytest.fixture
def ddm(session: Session) -> Actor:
    return as_actor(
        session,
        a_person(
            session,
            name="Demo DDM One",
            roles=[Role.DDM],
            accreditations=[AccreditationKind.DDM_COURSE],
        ),
    )


@pytest.fixture
def fcr(session: Session) -> Actor:
    return as_actor(
        session,
        a_person(
            session,
            name="Demo FCR",
            roles=[Role.FCR],
            accreditations=[AccreditationKind.REGISTER],
        ),
    )


@pytest.fixture
def crime_of(session: Session) -> Callable[..., Crime]:
    def make(officer: Actor, **more: object) -> Crime:
        crime = a_crime(session, **more)  # type: ignore[arg-type] # passed through to the builder
        from tests.builders import an_involvement  # noqa: PLC0415

        an_involvement(session, crime, officer.id, Part.OFFICER_IN_CASE)
        return crime

    return make


def test_a_crime_is_cancelled_after_its_victim_was_told(
    session: Session, officer: Actor, ddm: Actor, crime_of: Callable[..., Crime]
) -> None:
    crime = crime_of(officer)
    case = submitted(session, officer, crime, say.C2)
    assert (case.state, case.needs, case.asked) == ("submitted", "ddm", "C2")
    assert case.due_at is not None

    take_step(session, ddm, case.reference, "approve", say.DECISION, now=NOW + minutes(10))
    session.flush()
    assert case.state == "approved_pending_victim"
    assert crime.status == "recorded"
    assert case.claimed_by_id == ddm.id

    with pytest.raises(StepRefused) as refused:
        take_step(
            session, ddm, case.reference, "remove", {"satisfied_told": "yes"}, now=NOW + minutes(20)
        )
    assert [r.rule for r in refused.value.refusals] == ["VIC-01"]

    victim = session.scalars(select(Crime).where(Crime.id == crime.id)).one()
    from fcr_app.models import Victim  # noqa: PLC0415

    victim_id = session.scalar(select(Victim.id).where(Victim.crime_id == victim.id))
    take_step(
        session,
        officer,
        case.reference,
        "record_notice",
        told(victim_id, NOW + minutes(30)),
        now=NOW + minutes(40),
    )
    session.flush()
    take_step(
        session, ddm, case.reference, "remove", {"satisfied_told": "yes"}, now=NOW + minutes(50)
    )
    session.flush()
    assert (crime.status, crime.removal_code) == ("cancelled", "C2")
    assert (case.state, case.open, case.claimed_by_id) == ("removed", False, None)
    decision = session.scalars(select(Decision)).one()
    assert "Designated decision maker course" in decision.authority
    assert decision.rule_set == "crr-2026-27"
    assert session.scalars(select(VictimNotice)).one().victim_id == victim_id
    assert session.scalars(select(CaseStep.position).order_by(CaseStep.position)).all() == [
        1, 2, 3, 4, 5,
    ]  # fmt: skip
    assert [walked.broken for walked in history.verify(session)][-1] == ""
