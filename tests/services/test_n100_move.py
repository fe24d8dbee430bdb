"""Scenario 18 and what surrounds it: a rape recorded in error is moved to N100, early (CLS-03)."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.incident_codes import ClosingCode
from fcr_app.errors import PermissionRefused, StepRefused
from fcr_app.models import Case, Crime, Incident, ReportedIncident
from fcr_app.services.cases import open_case, take_step
from fcr_app.services.crime_page import crime_page
from tests.builders import NOW, a_crime, a_person, an_offence
from tests.recording_builders import CONFIRMED, WHY, Desk

MOVE = {
    "code": "100/02",
    "not_investigated": "yes",
    "n100_from_the_start": "The call was about a film, as the caller said within the hour.",
    "rationale": WHY,
}
RECORDED = NOW - timedelta(hours=2)


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def a_rape(desk: Desk) -> tuple[Incident, Crime]:
    incident = desk.report(first_reported_at=NOW - timedelta(hours=3))
    case = desk.assessed(incident, CONFIRMED, now=RECORDED)
    desk.take(case, "record", now=RECORDED)
    assert case.crime_id is not None
    return incident, desk.session.get_one(Crime, case.crime_id)


def test_scenario_18_a_registered_registrar_moves_it_and_a_ddm_may_not(desk: Desk) -> None:
    incident, crime = a_rape(desk)

    with pytest.raises(PermissionRefused):
        open_case(desk.session, desk.actor(desk.ddm), "n100_move", crime.id, now=NOW)

    fcr = desk.actor(desk.fcr)
    move = open_case(desk.session, fcr, "n100_move", crime.id, now=NOW)
    take_step(desk.session, fcr, move.reference, "move", MOVE, now=NOW)

    assert (crime.status, crime.removal_code, crime.removed_at) == ("moved_n100", None, NOW)
    assert crime.first_offence_id == crime.offence_id
    n100 = desk.n100_of(incident)
    held = desk.session.get_one(ReportedIncident, n100.id)
    assert (n100.state, held.code, held.verdict) == ("reported_agreed", "100/02", "moved")
    assert held.moved_from_crime_id == crime.id
    assert incident.closing_code == ClosingCode.N100


def test_a_deputy_off_the_register_and_a_late_finding_are_refused(desk: Desk) -> None:
    _, crime = a_rape(desk)

    def rules(who: str, answers: dict[str, str], hours: int = 0) -> set[str]:
        now = NOW + timedelta(hours=hours)
        actor = desk.actor(getattr(desk, who), now)
        opened = select(Case).where(Case.workflow == "n100_move", Case.crime_id == crime.id)
        move = desk.session.scalar(opened) or open_case(
            desk.session, actor, "n100_move", crime.id, now=NOW
        )
        with pytest.raises(StepRefused) as refused:
            take_step(desk.session, actor, move.reference, "move", answers, now=now)
        return {refusal.reason for refusal in refused.value.refusals}

    assert any("register" in reason for reason in rules("deputy", MOVE))
    investigated = {**MOVE, "not_investigated": "no"}
    assert any("C2" in reason for reason in rules("fcr", investigated))
    assert any("despite the warning" in reason for reason in rules("fcr", MOVE, hours=23))
    assert crime.status == "recorded"


def test_a_rape_without_its_report_waits_until_the_report_is_on_record(desk: Desk) -> None:
    offence = an_offence(desk.session, offence_class="19C", offence_code="019/08")
    crime = a_crime(desk.session, offence=offence, recorded_at=RECORDED)
    fcr = desk.actor(desk.fcr)
    move = open_case(desk.session, fcr, "n100_move", crime.id, now=NOW)

    with pytest.raises(StepRefused, match="No report is linked"):
        take_step(desk.session, fcr, move.reference, "move", MOVE, now=NOW)


def test_it_is_offered_on_the_page_of_a_rape_and_to_registrars_only(desk: Desk) -> None:
    _, rape = a_rape(desk)
    robbery = a_crime(desk.session, oic=a_person(desk.session))

    def offered(who: str, crime: Crime) -> bool:
        page = crime_page(desk.session, desk.actor(getattr(desk, who)), crime.id, now=NOW)
        return "n100_move" in {start.key for start in page.may_start}

    assert offered("fcr", rape)
    assert not offered("fcr", robbery)
    assert not offered("officer", rape)


def test_a_moved_rape_can_be_confirmed_after_all(desk: Desk) -> None:
    incident, crime = a_rape(desk)
    fcr = desk.actor(desk.fcr)
    move = open_case(desk.session, fcr, "n100_move", crime.id, now=NOW)
    take_step(desk.session, fcr, move.reference, "move", MOVE, now=NOW)

    later = NOW + timedelta(hours=5)
    confirmed = {
        "confirmed_at": (later - timedelta(minutes=1)).isoformat(),
        "confirmed_by": "The victim, with an advocate",
        **{
            name: CONFIRMED[name] for name in ("victim_sex", "victim_age", "offenders", "completed")
        },
    }
    n100 = desk.n100_of(incident)
    desk.take(n100, "confirm", confirmed, now=later)

    held = desk.session.get_one(ReportedIncident, n100.id)
    assert held.converted_crime_id not in (None, crime.id)
    assert incident.closing_code == ClosingCode.CRIME_RECORDED
