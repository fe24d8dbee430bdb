"""Handbook section 10, scenarios 16, 17 and 19, through the services, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.roles import Actor
from fcr_app.errors import StepRefused
from fcr_app.models import Appeal, Case, Crime, Decision, Incident, Offence, Person, VictimNotice
from fcr_app.services.cases import open_case, open_incident_case, take_step
from tests.builders import NOW, a_crime, a_person, an_incident, an_offence, as_actor
from tests.services import recording_words as say
from tests.services.requests import minutes


@pytest.fixture
def officer(session: Session) -> Actor:
    return as_actor(session, a_person(session, name="Demo Officer One"))


@pytest.fixture
def incident(session: Session, officer: Actor) -> Incident:
    an_offence(session, offence_class="105A", offence_code="105/01", title="Common assault")
    return an_incident(
        session,
        officer=session.get_one(Person, officer.id),
        opening_code=OpeningCode.OTHER,
        account="The caller says that her brother shouted at her in the yard.",
    )


def take(actor: Actor, case: Case, trigger: str, answers: dict[str, str], at: int) -> None:
    session = Session.object_session(case)
    assert session is not None
    take_step(session, actor, case.reference, trigger, answers, now=NOW + minutes(at))
    session.flush()


def test_scenario_16_no_crime_victim_wont_prosecute_is_no_reason(
    session: Session, officer: Actor, incident: Incident
) -> None:
    case = open_incident_case(session, officer, "not_recorded", incident.id, now=NOW)
    session.flush()
    said = {
        "ground": "no_crime",
        "rationale": "No crime, victim won't prosecute",
        "warning_rationale": "She has told us so twice and means it.",
    }

    with pytest.raises(StepRefused) as refused:
        take(officer, case, "decide", said, 1)

    (refusal,) = refused.value.refusals
    assert refusal.rule == "REC-05"
    assert "recorded all the same" in refusal.reason
    assert (case.state, incident.settled_at) == ("draft", None)
    assert session.scalar(select(Decision.id)) is None


def test_scenario_17_the_case_stays_open_until_the_reporter_is_told_and_an_appeal_is_kept(
    session: Session, officer: Actor, incident: Incident
) -> None:
    case = open_incident_case(session, officer, "not_recorded", incident.id, now=NOW)
    session.flush()
    take(officer, case, "decide", say.NOT_A_CRIME, 1)
    assert (case.state, case.open) == ("not_recorded_to_tell", True)
    assert case.due_at is not None
    assert case.due_at > NOW + timedelta(days=1)

    take(officer, case, "record_telling", say.told(NOW + minutes(30)), 31)
    assert (case.state, case.open) == ("not_recorded", False)
    assert session.scalars(select(VictimNotice.said)).one().startswith("That no crime")

    take(officer, case, "appeal", say.appeal(NOW + minutes(60), by="reporter"), 61)
    assert (case.state, case.open) == ("appealed", True)
    assert session.scalars(select(Appeal.made_by)).all() == ["reporter"]
    own = Actor(
        id=officer.id,
        name=officer.name,
        roles=say.a_ddm(session).roles,
        accreditations=say.a_ddm(session).accreditations,
    )
    with pytest.raises(StepRefused, match="Somebody else"):
        take(own, case, "uphold", say.upheld(), 70)

    take(say.a_fcr(session), case, "uphold", say.upheld(), 80)
    outcomes = session.scalars(select(Decision.outcome).order_by(Decision.id)).all()
    assert outcomes == ["not_recorded", "upheld"]
    assert session.scalars(select(Crime.crime_number)).one().startswith(incident.reference)


def test_scenario_19_messages_of_a_former_partner_are_stalking_unless_the_fcr_rules(
    session: Session, officer: Actor
) -> None:
    for offence_class, code, title in (
        ("8Q", "195/12", "Stalking"),
        ("8L", "195/94", "Harassment"),
        ("8L", "008/30", "Harassment"),
    ):
        an_offence(session, offence_class=offence_class, offence_code=code, title=title)
    messages = an_offence(session, offence_class="8R", offence_code="008/72", title="Messages")
    crime = a_crime(session, oic=session.get_one(Person, officer.id), offence=messages)
    case = open_case(session, officer, "reclassification", crime.id, now=NOW)
    session.flush()

    for harassment in ("8L 195/94", "8L 008/30"):
        with pytest.raises(StepRefused) as refused:
            take(officer, case, "submit", say.new_class(harassment, ex_partner="yes"), 1)
        (refusal,) = refused.value.refusals
        assert refusal.rule == "REC-25"
        assert "choose 8Q" in refusal.reason

    question = open_case(session, officer, "ruling_request", crime.id, now=NOW)
    session.flush()
    take(officer, question, "ask", say.ASK, 2)
    take(say.a_fcr(session), question, "rule", say.RULE, 3)

    take(officer, case, "submit", say.new_class("8L 195/94", ex_partner="yes"), 4)
    take(say.a_ddm(session), case, "reclassify", say.RECLASSIFY, 5)
    now_is = session.get_one(Offence, crime.offence_id)
    assert (now_is.offence_class, crime.first_offence_id) == ("8L", messages.id)
