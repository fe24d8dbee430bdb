"""The handbook's acceptance scenarios about recording rape, by number (section 10), on tables."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.incident_codes import ClosingCode
from fcr_app.domain.incidents import Known, ReporterType, Vulnerability
from fcr_app.errors import StepRefused
from fcr_app.models import Crime, FeedbackItem, Notice, Offence, ReportedIncident
from tests.builders import NOW
from tests.recording_builders import (
    CHECKED,
    CONFIRMED,
    CONTRARY,
    ELSEWHERE,
    MOMENT_AGO,
    OF_A_WOMAN,
    UNTRACED,
    WHY,
    Desk,
)

SILENT = {
    **CONFIRMED,
    "victim_says": "unconfirmed",
    "doubt": "no",
    "necessary": "no",
    "tracing": "Her social worker asked her twice; she does not speak of it.",
}


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def offence_of(session: Session, crime: Crime) -> tuple[str, str]:
    offence = session.get_one(Offence, crime.offence_id)
    return offence.offence_class, offence.offence_code


def test_scenario_1_what_a_social_worker_reports_is_recorded_and_no_n100(desk: Desk) -> None:
    incident = desk.report(
        reporter_type=ReporterType.PROFESSIONAL,
        victim_confirmed=Known.UNKNOWN,
        vulnerabilities=[Vulnerability.CARE],
    )
    case = desk.assessed(incident, SILENT)

    with pytest.raises(StepRefused) as refused:
        desk.take(case, "create_reported", {"ground": "unconfirmed", "reason": WHY})
    assert "N100-05" in {refusal.rule for refusal in refused.value.refusals}

    desk.take(case, "record")
    crime = desk.session.get_one(Crime, case.crime_id)
    assert offence_of(desk.session, crime) == ("19C", "019/08")
    assert (incident.closing_code, incident.settled_at) == (ClosingCode.CRIME_RECORDED, NOW)


def test_scenario_2_a_confused_account_in_a_crisis_is_a_rape_unless_the_fcr_allows_an_n100(
    desk: Desk,
) -> None:
    incident = desk.report(vulnerabilities=[Vulnerability.MENTAL_HEALTH])
    case = desk.assessed(
        incident,
        {
            **CONFIRMED,
            "victim_says": "unconfirmed",
            "necessary": "no",
            "tracing": "Asked again this morning; still confused.",
        },
    )

    for ground in ("mental_health", "inconsistent", "unconfirmed"):
        with pytest.raises(StepRefused) as refused:
            desk.take(case, "create_reported", {"ground": ground, "reason": WHY})
        rules = {refusal.rule for refusal in refused.value.refusals}
        assert "REC-02" in rules
        assert ("N100-06" in rules) or ground == "unconfirmed"

    desk.take(case, "ask_fcr", {"why_ask": "She spoke of it as something she dreamt."})
    desk.take(case, "allow_reported", {"code": "100/01", "rationale": WHY}, who=desk.fcr)

    n100 = desk.n100_of(incident)
    held = desk.session.get_one(ReportedIncident, n100.id)
    assert (n100.state, held.verdict, held.error_type) == ("reported_agreed", "overridden", "E08")
    assert held.reviewed_by_id == desk.fcr.id


def test_scenario_3_a_passer_by_and_no_victim_is_an_n100_01_that_the_fcr_sees(desk: Desk) -> None:
    incident = desk.report(reporter_type=ReporterType.WITNESS, victim_confirmed=Known.UNKNOWN)

    case = desk.an_n100(incident, "untraced", UNTRACED)
    desk.take(case, "check", CHECKED, who=desk.sergeant)

    assert (case.state, case.asked, case.needs) == ("reported_to_review", "100/01", "fcr")
    told = desk.session.scalars(select(Notice.person_id).where(Notice.case_id == case.id)).all()
    assert {desk.fcr.id, desk.deputy.id} <= set(told)
    desk.take(case, "agree", {"rationale": WHY}, who=desk.fcr)
    assert case.state == "reported_agreed"
    assert not case.open


def test_scenario_4_cameras_before_any_record_make_an_n100_02(desk: Desk) -> None:
    incident = desk.report(reporter_type=ReporterType.WITNESS)

    case = desk.an_n100(incident, "contrary", CONTRARY)

    assert case.asked == "100/02"
    assert incident.closing_code == ClosingCode.N100


def test_scenario_4_cameras_found_after_the_record_make_no_n100(desk: Desk) -> None:
    incident = desk.report()
    recorded_at = NOW - timedelta(minutes=90)
    first = desk.assessed(incident, CONFIRMED, now=recorded_at)
    desk.take(first, "record", now=recorded_at)

    again = desk.assessed(incident, CONTRARY)
    with pytest.raises(StepRefused) as refused:
        desk.take(again, "create_reported", {"ground": "contrary", "reason": WHY})

    assert [refusal.rule for refusal in refused.value.refusals] == ["N100-15"]
    assert "C2" in refused.value.refusals[0].reason


def test_scenario_5_another_forces_rape_is_an_n100_03_then_transferred_with_its_reference(
    desk: Desk,
) -> None:
    incident = desk.report()
    case = desk.an_n100(incident, "elsewhere", ELSEWHERE)
    told = {"told_transfer_at": NOW.isoformat(), "told_transfer_what": "Rang her with the number."}

    with pytest.raises(StepRefused) as early:
        desk.take(case, "transfer", told)
    assert [refusal.rule for refusal in early.value.refusals] == ["TRF-02"]

    reference = {"force_reference": "DCP/26/99", "force_reference_at": MOMENT_AGO}
    desk.take(case, "record_reference", reference)
    with pytest.raises(StepRefused) as untold:
        desk.take(case, "transfer")
    assert "told_transfer_at" in {refusal.field for refusal in untold.value.refusals}

    desk.take(case, "transfer", told)
    held = desk.session.get_one(ReportedIncident, case.id)
    assert (held.transferred_at, held.force_reference) == (NOW, "DCP/26/99")
    assert incident.closing_code == ClosingCode.OTHER_FORCE
    assert case.state == "reported_open"  # the FCR still has to see it


def test_a_confirmation_makes_the_n100_a_crime_at_once_and_measures_the_delay(desk: Desk) -> None:
    incident = desk.report(reporter_type=ReporterType.WITNESS, victim_confirmed=Known.UNKNOWN)
    case = desk.an_n100(incident, "untraced", UNTRACED)
    later = NOW + timedelta(days=3)
    confirmed_at = later - timedelta(minutes=25)

    desk.take(
        case,
        "confirm",
        {
            "confirmed_at": confirmed_at.isoformat(),
            "confirmed_by": "The victim, at the front counter",
            **OF_A_WOMAN,
            "completed": "attempted",
        },
        now=later,
    )

    held = desk.session.get_one(ReportedIncident, case.id)
    assert (held.conversion_seconds, held.converted_at) == (1500, later)
    crime = desk.session.get_one(Crime, held.converted_crime_id)
    assert offence_of(desk.session, crime) == ("19C", "019/12")
    assert (case.state, case.open) == ("reported_converted", False)
    assert incident.closing_code == ClosingCode.CRIME_RECORDED
    assert incident.victim_confirmed == "yes"


def test_the_fcr_has_a_rape_recorded_and_says_why(desk: Desk) -> None:
    incident = desk.report(reporter_type=ReporterType.WITNESS, victim_confirmed=Known.UNKNOWN)
    case = desk.an_n100(incident, "untraced", UNTRACED)
    desk.take(case, "check", CHECKED, who=desk.sergeant)

    desk.take(case, "record_crime", {**OF_A_WOMAN, "rationale": WHY}, who=desk.fcr)

    held = desk.session.get_one(ReportedIncident, case.id)
    assert (held.verdict, held.error_type, held.confirmed_at) == ("recorded", "E08", None)
    feedback = desk.session.scalars(select(FeedbackItem)).one()
    assert (feedback.to_id, feedback.error_type) == (desk.officer.id, "E08")


def test_a_cancelled_n100_opens_the_report_again(desk: Desk) -> None:
    incident = desk.report(reporter_type=ReporterType.WITNESS, victim_confirmed=Known.UNKNOWN)
    case = desk.an_n100(incident, "untraced", UNTRACED)
    desk.take(case, "check", CHECKED, who=desk.sergeant)

    with pytest.raises(StepRefused) as refused:
        desk.take(
            case, "cancel", {"cancel_ground": "nothing_happened", "rationale": WHY}, who=desk.fcr
        )
    assert [refusal.rule for refusal in refused.value.refusals] == ["N100-13"]

    desk.take(case, "cancel", {"cancel_ground": "genuine_error", "rationale": WHY}, who=desk.fcr)
    assert (case.state, incident.settled_at) == ("reported_cancelled", None)
