"""Every kind of frame: what is in it, what is left out, and by what it is divided."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy.orm import Session

from fcr_app.domain.audits.recurrence import Span
from fcr_app.domain.audits.words import Frame, Strata
from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.incidents import Route
from fcr_app.models import (
    Appointment,
    Case,
    Crime,
    CrimeClass,
    Incident,
    IncidentCrime,
    Offence,
    ReportedIncident,
)
from fcr_app.services.audits.frames import Asked, take_frame
from fcr_app.services.audits.year_recorded import year_recorded
from tests.audit_builders import a_run, an_item
from tests.builders import (
    NOW,
    a_crime,
    a_person,
    a_unit,
    a_victim,
    an_incident,
    an_offence,
)

OCTOBER = Span(date(2026, 10, 1), date(2026, 10, 31))
WITHIN = datetime(2026, 10, 12, 9, 0, tzinfo=UTC)
#: The last moment of October in London, which has had winter time since the 25th.
LAST = datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC)
_numbers = count(1)
FIRST = datetime(2026, 9, 30, 23, 0, tzinfo=UTC)


def in_frame(session: Session, kind: Frame, **asked: Any) -> dict[str, str]:
    """Return identifier and stratum of every record of a frame of October."""
    taken = take_frame(session, Asked(kind=kind, span=OCTOBER, **asked))
    assert "1 October 2026 to 31 October 2026" in taken.in_words
    assert taken.query.startswith("SELECT")
    return {one.identifier: one.stratum for one in taken.records}


def rape(session: Session) -> Offence:
    return an_offence(session, offence_class="19C", offence_code="019/08", title="Rape")


def removed(session: Session, status: CrimeStatus, at: datetime, offence: Offence) -> Crime:
    crime = a_crime(
        session, status=status, recorded_at=WITHIN - timedelta(days=60), offence=offence
    )
    crime.removed_at = at
    session.flush()
    return crime


def a_case_of(session: Session, workflow: str, **about: int | None) -> Case:
    case = Case(
        reference=f"DEM-26-{next(_numbers):06}",
        workflow=workflow, state="open", opened_by_id=a_person(session).id, opened_at=WITHIN,
        entered_at=WITHIN, due_at=None, answers={}, draft={}, **about,
    )  # fmt: skip
    session.add(case)
    session.flush()
    return case


def an_n100(session: Session, at: datetime, incident: Incident) -> Case:
    case = a_case_of(session, "n100", incident_id=incident.id)
    session.add(
        ReportedIncident(
            case_id=case.id, kind="n100", code="100/01", first_code="100/01", coded_at=at
        )
    )
    session.flush()
    return case


def test_a_month_begins_and_ends_in_london(session: Session) -> None:
    inside = [an_incident(session, first_reported_at=at) for at in (FIRST, WITHIN, LAST)]
    for at in (FIRST - timedelta(seconds=1), LAST + timedelta(seconds=1)):
        an_incident(session, first_reported_at=at)

    assert set(in_frame(session, Frame.INCIDENTS)) == {f"incident:{one.id}" for one in inside}


def test_reports_are_narrowed_and_divided_by_codes_routes_and_units(session: Session) -> None:
    unit = a_unit(session, name="Demo North")
    one = an_incident(
        session, first_reported_at=WITHIN, opening_code=OpeningCode.DOMESTIC, unit=unit
    )
    an_incident(session, first_reported_at=WITHIN, opening_code=OpeningCode.THEFT)
    repeat = an_incident(session, first_reported_at=WITHIN, opening_code=OpeningCode.DOMESTIC)
    repeat.closing_code, repeat.settled_at = ClosingCode.DUPLICATE.value, NOW
    repeat.duplicate_of_id = one.id
    session.flush()
    narrowed = {"opening_codes": ["domestic"]}

    expected = {
        Strata.OPENING_CODE: "Domestic abuse",
        Strata.CLOSING_CODE: "Not settled",
        Strata.ROUTE: "101 call",
        Strata.UNIT: "Demo North",
        Strata.NONE: "",
    }
    for strata, name in expected.items():
        found = in_frame(session, Frame.INCIDENTS, narrowed=narrowed, strata=strata)
        assert found == {f"incident:{one.id}": name}


def test_referrals_come_by_their_routes(session: Session) -> None:
    mash = an_incident(session, first_reported_at=WITHIN, route=Route.MASH)
    an_incident(session, first_reported_at=WITHIN, route=Route.EMERGENCY)
    found = in_frame(session, Frame.REFERRALS, strata=Strata.ROUTE)
    assert found == {f"incident:{mash.id}": "Multi-agency safeguarding hub (MASH)"}


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (Frame.CANCELLATIONS, CrimeStatus.CANCELLED),
        (Frame.TRANSFERS, CrimeStatus.TRANSFERRED),
    ],
)
def test_removed_crimes_are_found_by_the_day_of_removal_and_divided_by_group(
    session: Session, kind: Frame, status: CrimeStatus
) -> None:
    one = removed(session, status, WITHIN, rape(session))
    removed(session, status, LAST + timedelta(seconds=1), rape(session))
    other = CrimeStatus.TRANSFERRED if kind is Frame.CANCELLATIONS else CrimeStatus.CANCELLED
    removed(session, other, WITHIN, rape(session))
    assert in_frame(session, kind, strata=Strata.OFFENCE_GROUP) == {f"crime:{one.id}": "Rape"}
    assert in_frame(session, kind, narrowed={"groups": ["robbery"]}) == {}


def test_recorded_crimes_and_those_of_which_only_the_month_is_known(session: Session) -> None:
    one = a_crime(session, recorded_at=WITHIN)
    month = a_crime(session, recorded_at=WITHIN)
    month.recorded_at = None
    a_crime(session, recorded_at=WITHIN, status=CrimeStatus.CANCELLED)
    a_crime(session, recorded_at=FIRST - timedelta(hours=1))
    session.flush()
    assert set(in_frame(session, Frame.CRIMES)) == {f"crime:{one.id}", f"crime:{month.id}"}
    assert year_recorded(session, OCTOBER).count == 3


def test_directly_recorded_crimes_name_no_report_and_have_none(session: Session) -> None:
    direct = a_crime(session, recorded_at=WITHIN)
    linked = a_crime(session, recorded_at=WITHIN)
    a_crime(session, recorded_at=WITHIN)  # names its report
    for crime in (direct, linked):
        crime.incident_reference = crime.incident_key = ""
    session.add(
        IncidentCrime(
            incident_id=an_incident(session, first_reported_at=WITHIN).id,
            crime_id=linked.id,
            linked_at=WITHIN,
        )
    )
    session.flush()
    assert set(in_frame(session, Frame.DIRECT_CRIMES)) == {f"crime:{direct.id}"}


def test_a_reclassified_crime_is_in_once(session: Session) -> None:
    crime = a_crime(session)
    case = a_case_of(session, "reclassification", crime_id=crime.id)
    for before, after in (
        (crime.offence_id, rape(session).id),
        (rape(session).id, crime.offence_id),
    ):
        session.add(
            CrimeClass(
                crime_id=crime.id, from_offence_id=before, to_offence_id=after, at=WITHIN,
                reason="", case_id=case.id,
            )
        )  # fmt: skip
    session.flush()
    assert set(in_frame(session, Frame.RECLASSIFICATIONS)) == {f"crime:{crime.id}"}


def test_victims_who_are_people_are_labelled_without_their_name(session: Session) -> None:
    crime = a_crime(session, recorded_at=WITHIN, victims=0)
    person = a_victim(session, crime, name="Demo Victim Somebody")
    a_victim(session, crime, kind="business")
    taken = take_frame(session, Asked(kind=Frame.VICTIMS, span=OCTOBER))
    assert [one.identifier for one in taken.records] == [f"victim:{person.id}"]
    assert taken.records[0].label == f"{crime.crime_number}, victim {person.id}"
    assert taken.records[0].crime_id == crime.id


def test_n100s_are_found_by_the_day_they_were_coded(session: Session) -> None:
    incident = an_incident(session, opening_code=OpeningCode.RAPE)
    case = an_n100(session, WITHIN, incident)
    an_n100(session, LAST + timedelta(days=1), an_incident(session, opening_code=OpeningCode.RAPE))
    assert set(in_frame(session, Frame.N100S)) == {f"case:{case.id}"}


def test_each_matter_of_rape_is_in_once_under_its_report(session: Session) -> None:
    report = an_incident(session, first_reported_at=WITHIN, opening_code=OpeningCode.RAPE)
    an_n100(session, WITHIN, report)
    told = an_incident(session, first_reported_at=WITHIN, opening_code=OpeningCode.WELFARE)
    told.rape_disclosed_at = WITHIN
    from_report = a_crime(session, recorded_at=WITHIN, offence=rape(session))
    session.add(IncidentCrime(incident_id=report.id, crime_id=from_report.id, linked_at=WITHIN))
    alone = a_crime(session, recorded_at=WITHIN, offence=rape(session))
    other = an_incident(session, first_reported_at=WITHIN, opening_code=OpeningCode.WELFARE)
    hidden = an_n100(session, WITHIN, other)
    a_crime(session, recorded_at=WITHIN)  # a robbery
    session.flush()

    assert set(in_frame(session, Frame.RAPES)) == {
        f"incident:{report.id}",
        f"incident:{told.id}",
        f"case:{hidden.id}",
        f"crime:{alone.id}",
    }


def test_only_appointments_after_the_limit_to_record_count_and_a_report_once(
    session: Session,
) -> None:
    def appointment(incident: Incident, at: datetime, outcome: str = "") -> None:
        case = a_case_of(session, "diary", incident_id=incident.id)
        session.add(
            Appointment(
                case_id=case.id, incident_id=incident.id, officer_id=a_person(session).id,
                starts_at=at, ends_at=at + timedelta(hours=1), place="home", outcome=outcome,
                changed_at=at,
            )
        )  # fmt: skip
        session.flush()

    late = an_incident(session, first_reported_at=WITHIN)
    for hours in (25, 30):
        appointment(late, WITHIN + timedelta(hours=hours))
    appointment(an_incident(session, first_reported_at=WITHIN), WITHIN + timedelta(hours=24))
    off = an_incident(session, first_reported_at=WITHIN)
    appointment(off, WITHIN + timedelta(hours=40), "cancelled")
    assert set(in_frame(session, Frame.DIARY)) == {f"incident:{late.id}"}


def test_records_that_were_audited_are_audited_again_but_not_for_ever(session: Session) -> None:
    run = a_run(session)
    auditor = a_person(session, name="Demo Auditor One")
    done = an_item(session, run, auditor, done_at=WITHIN)
    an_item(session, run, auditor)
    an_item(session, run, auditor, done_at=LAST + timedelta(days=1))
    session.flush()
    taken = take_frame(session, Asked(kind=Frame.AUDITED, span=OCTOBER))
    assert [(one.identifier, one.audited_id) for one in taken.records] == [
        (f"item:{done.id}", done.id)
    ]
    run.code = "A18"
    session.flush()
    assert in_frame(session, Frame.AUDITED) == {}


def test_every_frame_of_the_system_is_asked_and_written_down(session: Session) -> None:
    for kind in Frame:
        if kind is not Frame.LISTED:
            assert in_frame(session, kind) == {}
