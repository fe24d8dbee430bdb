"""A decision not to record, from the draft to the appeal, on both databases."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.roles import Actor, Role
from fcr_app.errors import SomeoneElseChangedIt, StepNotAvailable, StepRefused
from fcr_app.models import (
    Appeal,
    Case,
    Crime,
    Decision,
    FeedbackItem,
    Incident,
    LateRecord,
    Notice,
    NoticeException,
    Person,
    VictimNotice,
)
from fcr_app.services.cases import open_incident_case, take_step
from fcr_app.services.eligibility import waits_for
from tests.builders import NOW, a_person, an_incident, an_offence, as_actor
from tests.services import recording_words as say
from tests.services.requests import minutes


@pytest.fixture
def supervisor(session: Session) -> Person:
    return a_person(session, name="Demo Supervisor One", roles=[Role.SUPERVISOR])


@pytest.fixture
def officer(session: Session, supervisor: Person) -> Actor:
    person = a_person(session, name="Demo Officer One", supervisor=supervisor)
    return as_actor(session, person)


@pytest.fixture
def incident(session: Session, officer: Actor) -> Incident:
    an_offence(session, offence_class="105A", offence_code="105/01", title="Common assault")
    return an_incident(
        session,
        officer=session.get_one(Person, officer.id),
        opening_code=OpeningCode.ANTI_SOCIAL,
        account="Two neighbours argued about a fence.",
    )


@pytest.fixture
def ddm(session: Session) -> Actor:
    return say.a_ddm(session)


@pytest.fixture
def fcr(session: Session) -> Actor:
    return say.a_fcr(session)


@pytest.fixture
def case(session: Session, officer: Actor, incident: Incident) -> Case:
    """Give a case in which it was decided not to record."""
    case = open_incident_case(session, officer, "not_recorded", incident.id, now=NOW)
    session.flush()
    take(officer, case, "decide", say.NOT_A_CRIME, 1)
    return case


def take(actor: Actor, case: Case, trigger: str, answers: Mapping[str, str], at: int) -> None:
    """Take a step some minutes after the start of the test."""
    session = Session.object_session(case)
    assert session is not None
    take_step(session, actor, case.reference, trigger, answers, now=NOW + minutes(at))
    session.flush()


def test_the_decision_settles_the_report_and_is_kept_with_its_ground(
    session: Session, officer: Actor, incident: Incident, case: Case
) -> None:
    decision = session.scalars(select(Decision)).one()

    assert case.reference.startswith("NOT-26-")
    assert (case.state, case.open, case.asked) == ("not_recorded_to_tell", True, "no_crime")
    assert (decision.outcome, decision.code, decision.rationale) == (
        "not_recorded",
        "no_crime",
        say.WHY,
    )
    assert decision.decided_by_id == officer.id
    assert (incident.closing_code, incident.settled_at) == ("not_recorded", NOW + minutes(1))
    assert case.due_at is not None


def test_the_case_stays_open_until_the_reporter_was_told(
    session: Session, officer: Actor, case: Case
) -> None:
    assert case.open

    take(officer, case, "record_telling", say.told(NOW + minutes(5)), 6)

    notice = session.scalars(select(VictimNotice)).one()
    assert (case.state, case.open) == ("not_recorded", False)
    assert (notice.told_whom, notice.how, notice.told_at) == (
        "The reporter",
        "phone",
        NOW + minutes(5),
    )
    assert notice.decision_id == session.scalars(select(Decision.id)).one()


@pytest.mark.parametrize("at", [-10, 30])
def test_nobody_was_told_before_the_decision_or_in_the_future(
    officer: Actor, case: Case, at: int
) -> None:
    with pytest.raises(StepRefused, match="can’t have been told"):
        take(officer, case, "record_telling", say.told(NOW + minutes(at)), 6)


def test_the_fcr_alone_excuses_from_telling_and_sees_that_it_is_asked(
    session: Session, officer: Actor, fcr: Actor, case: Case
) -> None:
    take(officer, case, "ask_to_be_excused", say.EXCUSE, 3)
    waiting = session.scalars(select(Case.id).where(waits_for(fcr, NOW)[2])).all()
    assert (case.state, waiting) == ("not_recorded_to_tell", [case.id])

    take(fcr, case, "excuse", say.EXCUSE, 5)

    assert (case.state, case.open) == ("not_recorded", False)
    assert session.scalar(select(func.count()).where(NoticeException.approved)) == 1


def test_an_appeal_that_is_upheld_records_the_crime_and_says_so_to_the_first_decider(
    session: Session, officer: Actor, ddm: Actor, incident: Incident, case: Case
) -> None:
    take(officer, case, "record_telling", say.told(NOW + minutes(5)), 6)
    take(officer, case, "appeal", say.appeal(NOW + minutes(20)), 30)
    assert (case.state, case.open, case.needs) == ("appealed", True, "ddm")
    kept = session.scalars(select(Appeal)).one()
    assert (kept.made_by, kept.received_at) == ("victim", NOW + minutes(20))
    assert session.scalars(select(Case.id).where(waits_for(ddm, NOW)[0])).all() == [case.id]

    take(ddm, case, "uphold", say.upheld(), 60)

    crime = session.scalars(select(Crime)).one()
    assert (case.state, case.open) == ("recorded_after_all", False)
    assert (incident.closing_code, incident.settled_at) == ("crime_recorded", NOW + minutes(60))
    assert crime.reported_at == incident.first_reported_at
    assert session.scalars(select(Decision.outcome).order_by(Decision.id)).all() == [
        "not_recorded",
        "upheld",
    ]
    feedback = session.scalars(select(FeedbackItem)).one()
    assert (feedback.to_id, feedback.reasons) == (officer.id, say.REASONS)


def test_a_crime_recorded_late_after_an_appeal_has_its_reason_and_goes_to_the_fcrs_list(
    session: Session, officer: Actor, ddm: Actor, case: Case
) -> None:
    take(officer, case, "appeal", say.appeal(NOW + minutes(20)), 30)
    tomorrow = 24 * 60
    with pytest.raises(StepRefused, match="why it is recorded after its limit"):
        take(ddm, case, "uphold", say.upheld(), tomorrow)

    why = "It was decided not to record; the appeal came in after that."
    take(ddm, case, "uphold", say.upheld(late_reason=why), tomorrow)

    assert session.scalars(select(LateRecord.reason)).all() == [why]


def test_an_appeal_that_is_dismissed_is_told_again(
    session: Session, officer: Actor, ddm: Actor, incident: Incident, case: Case
) -> None:
    take(officer, case, "record_telling", say.told(NOW + minutes(5)), 6)
    take(officer, case, "appeal", say.appeal(NOW + minutes(20)), 30)
    take(ddm, case, "dismiss", {"rationale": say.REASONS}, 60)
    assert (case.state, case.open) == ("appeal_dismissed_to_tell", True)
    assert incident.closing_code == "not_recorded"

    with pytest.raises(StepRefused, match="can’t have been told"):
        take(officer, case, "record_second_telling", say.told(NOW + minutes(30)), 70)
    take(officer, case, "record_second_telling", say.told(NOW + minutes(65)), 70)

    assert (case.state, case.open) == ("appeal_dismissed", False)
    assert session.scalar(select(func.count()).select_from(VictimNotice)) == 2


@pytest.mark.parametrize("who", ["officer", "supervisor"])
def test_nobody_who_took_part_decides_the_appeal(
    session: Session, officer: Actor, supervisor: Person, case: Case, who: str
) -> None:
    take(officer, case, "appeal", say.appeal(NOW + minutes(20)), 30)
    person = session.get_one(Person, officer.id if who == "officer" else supervisor.id)
    trained = as_actor(session, person)
    trained = Actor(
        id=trained.id,
        name=trained.name,
        roles=trained.roles | {Role.DDM},
        accreditations=say.a_ddm(session, "Demo DDM Three").accreditations,
    )

    with pytest.raises(StepRefused) as refused:
        take(trained, case, "dismiss", {"rationale": say.REASONS}, 60)

    rules = {refusal.rule for refusal in refused.value.refusals}
    assert rules == ({"REC-12", "ROLE-03"} if who == "officer" else {"REC-12"})


def test_new_information_opens_the_report_again_and_its_clock_counts_from_the_beginning(
    session: Session, officer: Actor, incident: Incident, case: Case
) -> None:
    take(officer, case, "record_telling", say.told(NOW + minutes(5)), 6)
    take(officer, case, "add_information", say.INFORMATION, 30)
    assert (incident.settled_at, incident.closing_code) == (None, "")
    assert (case.state, case.open) == ("to_decide_again", True)

    take(officer, case, "decide", {**say.NOT_A_CRIME, "rationale": say.REASONS}, 40)

    assert incident.closing_code == "not_recorded"
    assert case.state == "not_recorded_to_tell"
    latest = session.scalars(select(Decision).order_by(Decision.id.desc())).first()
    assert latest is not None
    assert latest.supersedes_id is not None


def test_after_new_information_the_crime_can_be_recorded(
    session: Session, officer: Actor, incident: Incident, case: Case
) -> None:
    take(officer, case, "add_information", say.INFORMATION, 30)
    take(officer, case, "record_crime", {"offence": "105A 105/01"}, 40)

    assert (case.state, incident.closing_code) == ("recorded_after_all", "crime_recorded")
    assert session.scalar(select(func.count()).select_from(Crime)) == 1


def test_an_offence_that_is_not_on_the_list_is_refused(officer: Actor, case: Case) -> None:
    take(officer, case, "add_information", say.INFORMATION, 30)
    with pytest.raises(StepRefused, match="class and code"):
        take(officer, case, "record_crime", {"offence": "999 999/99"}, 40)


def test_rape_is_not_recorded_past_its_own_test(
    session: Session, officer: Actor, case: Case
) -> None:
    an_offence(session, offence_class="19C", offence_code="019/08", title="Rape")
    take(officer, case, "add_information", say.INFORMATION, 30)
    with pytest.raises(StepRefused, match="may be rape") as refused:
        take(officer, case, "record_crime", {"offence": "19C 019/08"}, 40)
    assert [refusal.rule for refusal in refused.value.refusals] == ["N100-12"]


def test_a_second_decision_waits_for_the_first_and_a_settled_report_needs_none(
    session: Session, officer: Actor, incident: Incident, case: Case
) -> None:
    with pytest.raises((SomeoneElseChangedIt, StepNotAvailable)):
        open_incident_case(session, officer, "not_recorded", incident.id, now=NOW + minutes(5))

    take(officer, case, "record_telling", say.told(NOW + minutes(5)), 6)
    with pytest.raises(StepNotAvailable, match="does not suit"):
        open_incident_case(session, officer, "not_recorded", incident.id, now=NOW + minutes(7))


def test_a_report_of_rape_is_never_decided_like_this(session: Session, officer: Actor) -> None:
    rape = an_incident(
        session, officer=session.get_one(Person, officer.id), opening_code=OpeningCode.RAPE
    )
    with pytest.raises(StepNotAvailable):
        open_incident_case(session, officer, "not_recorded", rape.id, now=NOW)


def test_the_officer_and_the_supervisor_hear_of_it_and_no_notice_names_anybody(
    session: Session, officer: Actor, supervisor: Person, case: Case
) -> None:
    take(officer, case, "appeal", say.appeal(NOW + minutes(20)), 30)
    notices = session.execute(select(Notice.person_id, Notice.message)).all()

    assert supervisor.id in {notice.person_id for notice in notices}
    assert not any("fence" in notice.message for notice in notices)


def test_a_decision_after_the_limit_needs_its_reason(
    session: Session, officer: Actor, incident: Incident
) -> None:
    case = open_incident_case(session, officer, "not_recorded", incident.id, now=NOW)
    session.flush()
    later = int(timedelta(hours=30).total_seconds() // 60)
    without = {"ground": "no_crime", "rationale": say.WHY}

    with pytest.raises(StepRefused) as refused:
        take(officer, case, "decide", without, later)

    assert "REC-10" in refused.value.refusals[0].rule
