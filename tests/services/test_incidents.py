"""A report is entered whole, changes on the record, and is closed only as the rules allow."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.incidents import Known, ReporterType, Route, SarcCase, Vulnerability
from fcr_app.domain.roles import Actor, Role
from fcr_app.errors import (
    AppendOnly,
    InvalidValue,
    InvalidValues,
    NotFound,
    SomeoneElseChangedIt,
    StepNotAvailable,
    StepRefused,
)
from fcr_app.models import (
    ChangeEntry,
    IncidentChange,
    IncidentFlag,
    LateRecord,
    Notice,
    ReportedIncident,
)
from fcr_app.services.cases import open_incident_case
from fcr_app.services.incident_closing import Closing, close_incident
from fcr_app.services.incident_crimes import reopen
from fcr_app.services.incident_history import Changed, read_history
from fcr_app.services.incident_updates import (
    AboutVictim,
    hand_over,
    link_existing,
    update_victim,
)
from fcr_app.services.incidents import NewIncident, enter_incident
from tests.builders import (
    NOW,
    a_crime,
    a_person,
    a_unit,
    an_incident,
    as_actor,
)

WHY = "The victim could not be reached until this morning."
NOISE = "Music from the flat above; the tenants were asked to turn it down."


@pytest.fixture
def officer(session: Session) -> Actor:
    return as_actor(session, a_person(session))


def a_report(**changes: Any) -> NewIncident:
    new = NewIncident(
        first_reported_at=NOW - timedelta(minutes=5),
        route=Route.EMERGENCY,
        reporter_type=ReporterType.VICTIM,
        account="He was pushed off his bicycle by two men.",
        opening_code=OpeningCode.VIOLENCE,
    )
    return replace(new, **changes)


def fields_of(refused: pytest.ExceptionInfo[InvalidValues]) -> set[str]:
    return {problem.field for problem in refused.value.problems}


def test_a_report_gets_a_reference_a_limit_and_a_history(session: Session, officer: Actor) -> None:
    flags = frozenset({Vulnerability.CHILD, Vulnerability.LANGUAGE})
    incident = enter_incident(session, officer, a_report(vulnerabilities=flags), now=NOW)

    assert incident.reference == f"INC-26-{incident.id:06}" == incident.reference_key
    assert incident.record_by_at == NOW + timedelta(hours=23, minutes=55)
    assert (incident.entered_by_id, incident.settled_at) == (officer.id, None)
    assert set(session.scalars(select(IncidentFlag.flag))) == {"child", "language"}
    entered = read_history(session, incident.id)[0]
    assert (entered.what, entered.who) == ("Entered the report", officer.name)
    logged = session.scalars(select(ChangeEntry).where(ChangeEntry.record_kind == "incident")).one()
    assert (logged.what, logged.verb) == ("incident:entered", "collection")


def test_a_reference_that_is_here_already_is_refused(session: Session, officer: Actor) -> None:
    enter_incident(session, officer, a_report(reference="CAD 77"), now=NOW)

    with pytest.raises(InvalidValues, match="is here already") as refused:
        enter_incident(session, officer, a_report(reference="cad77"), now=NOW)
    assert fields_of(refused) == {"reference"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"first_reported_at": NOW + timedelta(minutes=1)}, "first_reported_at"),
        ({"account": "Too short."}, "account"),
        ({"route": Route.SARC}, "sarc_case"),
        ({"route": Route.OTHER_FORCE}, "other_force"),
        ({"route": Route.FURTHER_OFFENCE}, "found_in"),
        ({"route": Route.FURTHER_OFFENCE, "found_in_crime_id": 99}, "found_in"),
        ({"victim_name": "x" * 121}, "victim_name"),
        ({"reference": "x" * 81}, "reference"),
        ({"unit_id": 99}, "unit"),
        ({"officer_id": 99}, "officer"),
        ({"received_by_id": 99}, "received_by"),
    ],
)
def test_what_can_not_be_so_is_refused_at_its_field(
    session: Session, officer: Actor, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidValues) as refused:
        enter_incident(session, officer, a_report(**changes), now=NOW)
    assert fields_of(refused) == {field}


def test_a_victim_nobody_traced_confirms_only_through_who_speaks_for_them(
    session: Session, officer: Actor
) -> None:
    said = {"victim_traced": Known.NO, "victim_confirmed": Known.YES}
    with pytest.raises(InvalidValues, match="not traced"):
        enter_incident(
            session, officer, a_report(reporter_type=ReporterType.WITNESS, **said), now=NOW
        )
    nurse = a_report(reporter_type=ReporterType.PROFESSIONAL, **said)
    assert enter_incident(session, officer, nurse, now=NOW).id


def test_what_belongs_to_one_route_is_kept_for_no_other(session: Session, officer: Actor) -> None:
    said = {"sarc_case": SarcCase.ANONYMOUS, "other_force": "Demo Coast Police"}

    by_phone = enter_incident(session, officer, a_report(**said), now=NOW)
    sarc = enter_incident(session, officer, a_report(route=Route.SARC, **said), now=NOW)

    assert (by_phone.sarc_case, by_phone.other_force) == ("", "")
    assert (sarc.sarc_case, sarc.other_force) == ("anonymous", "")


def test_a_domestic_report_that_tells_of_a_crime_needs_a_reason_to_be_none(
    session: Session, officer: Actor
) -> None:
    row = a_report(
        opening_code=OpeningCode.DOMESTIC_NON_CRIME,
        account="An argument in which he pushed her against the door.",
    )
    with pytest.raises(InvalidValues, match="REC-24") as refused:
        enter_incident(session, officer, row, now=NOW)
    assert fields_of(refused) == {"warning_reason"}

    why = "Both say that she slipped, and the film shows it."
    incident = enter_incident(session, officer, replace(row, warning_reason=why), now=NOW)
    assert read_history(session, incident.id)[0].reason == why


def test_something_new_about_the_victim_is_history_and_is_told(session: Session) -> None:
    other = a_person(session, name="Demo Officer Two")
    incident = an_incident(session, officer=other, received_by=a_person(session))
    supervisor = as_actor(session, a_person(session, roles=[Role.FCR]))
    about = AboutVictim(
        traced=Known.YES,
        confirmed=Known.NO,
        willing=Known.UNKNOWN,
        learned="She says now that it was a game.",
    )

    update_victim(session, supervisor, incident.id, about, version=incident.version, now=NOW)

    assert incident.victim_confirmed == "no"
    event = read_history(session, incident.id)[0]
    assert event.changed == (Changed(title="Victim confirms it", before="Yes", after="No"),)
    assert event.reason == about.learned
    told = session.scalars(select(Notice)).one()
    assert told.person_id == other.id
    assert "does not confirm what was reported" in told.message
    assert "game" not in told.message


def test_nothing_new_is_refused(session: Session) -> None:
    incident = an_incident(session, received_by=a_person(session))
    fcr = as_actor(session, a_person(session, roles=[Role.FCR]))
    same = AboutVictim(traced=Known.YES, confirmed=Known.YES, willing=Known.UNKNOWN)

    with pytest.raises(InvalidValues, match="Nothing is new"):
        update_victim(session, fcr, incident.id, same, version=None, now=NOW)


def test_two_people_do_not_overwrite_each_other(session: Session) -> None:
    fcr = as_actor(session, a_person(session, roles=[Role.FCR]))
    incident = an_incident(session)
    about = AboutVictim(traced=Known.NO, confirmed=Known.UNKNOWN, willing=Known.UNKNOWN)
    seen = incident.version
    update_victim(session, fcr, incident.id, about, version=seen, now=NOW)

    with pytest.raises(SomeoneElseChangedIt):
        hand_over(session, fcr, incident.id, fcr.id, None, version=seen, now=NOW)


def test_a_report_of_others_is_as_if_it_were_not_there(session: Session, officer: Actor) -> None:
    incident = an_incident(session, officer=a_person(session))

    with pytest.raises(NotFound):
        hand_over(session, officer, incident.id, officer.id, None, version=None, now=NOW)


def test_a_report_is_handed_over_on_the_record(session: Session) -> None:
    first, second = a_person(session), a_person(session, name="Demo Officer Two")
    unit = a_unit(session, name="Demo North")
    incident = an_incident(session, officer=first)

    hand_over(
        session, as_actor(session, first), incident.id, second.id, unit.id, version=None, now=NOW
    )

    assert (incident.officer_id, incident.unit_id) == (second.id, unit.id)
    assert read_history(session, incident.id)[0].changed == (
        Changed(title="Officer", before="Demo Officer One", after="Demo Officer Two"),
        Changed(title="Unit", before="Nobody", after="Demo North"),
    )
    assert session.scalars(select(Notice.person_id)).all() == [second.id]
    gone = a_person(session, active=False)
    with pytest.raises(InvalidValue, match="left"):
        hand_over(
            session, as_actor(session, second), incident.id, gone.id, None, version=None, now=NOW
        )


def test_a_crime_recorded_after_the_report_settles_it_when_it_was_recorded(
    session: Session,
) -> None:
    fcr = as_actor(session, a_person(session, roles=[Role.FCR]))
    incident = an_incident(session, first_reported_at=NOW - timedelta(hours=20))
    crime = a_crime(session, number="DEMO 9/26", recorded_at=NOW - timedelta(hours=3))

    settled = link_existing(session, fcr, incident.id, "demo9/26", "", version=None, now=NOW)

    assert settled
    assert (incident.settled_at, incident.closing_code) == (crime.recorded_at, "crime_recorded")
    assert session.scalar(select(LateRecord.id)) is None


def test_a_crime_recorded_before_the_report_is_only_linked(session: Session) -> None:
    fcr = as_actor(session, a_person(session, roles=[Role.FCR]))
    incident = an_incident(session)
    a_crime(session, number="DEMO 9/26", recorded_at=NOW - timedelta(days=3))

    assert not link_existing(session, fcr, incident.id, "DEMO 9/26", "", version=None, now=NOW)
    assert incident.settled_at is None
    assert read_history(session, incident.id)[0].what == "Linked a crime"


def test_a_crime_recorded_late_is_linked_with_its_reason(session: Session) -> None:
    fcr = as_actor(session, a_person(session, roles=[Role.FCR]))
    incident = an_incident(session, first_reported_at=NOW - timedelta(hours=30))
    a_crime(session, number="DEMO 9/26", recorded_at=NOW - timedelta(hours=1))

    with pytest.raises(InvalidValue, match="Say why"):
        link_existing(session, fcr, incident.id, "DEMO 9/26", "", version=None, now=NOW)
    assert link_existing(session, fcr, incident.id, "DEMO 9/26", WHY, version=None, now=NOW)
    late = session.scalars(select(LateRecord)).one()
    assert late.recorded_at - late.limit_at == timedelta(hours=5)


def test_a_removed_crime_or_one_of_others_is_not_linked(session: Session, officer: Actor) -> None:
    incident = an_incident(session, officer=session.get_one(type(a_person(session)), officer.id))
    a_crime(session, number="DEMO 9/26")
    fcr = as_actor(session, a_person(session, roles=[Role.FCR]))
    a_crime(session, number="DEMO 10/26", status=CrimeStatus.CANCELLED)

    with pytest.raises(InvalidValue, match="no such crime"):
        link_existing(session, officer, incident.id, "DEMO 9/26", "", version=None, now=NOW)
    with pytest.raises(InvalidValue, match="cancelled"):
        link_existing(session, fcr, incident.id, "DEMO 10/26", "", version=None, now=NOW)


Close = Callable[..., None]


@pytest.fixture
def close(session: Session) -> Close:
    fcr = as_actor(session, a_person(session, roles=[Role.FCR]))

    def close_it(incident_id: int, code: ClosingCode, **said: str) -> None:
        closing = Closing(code=code, **{"why": "It is a complaint about noise.", **said})
        close_incident(session, fcr, incident_id, closing, version=None, now=NOW)

    return close_it


def rules_of(refused: pytest.ExceptionInfo[StepRefused]) -> list[str]:
    return [refusal.rule for refusal in refused.value.refusals]


def test_a_report_about_no_crime_is_closed_on_the_record(session: Session, close: Close) -> None:
    incident = an_incident(
        session, opening_code=OpeningCode.ANTI_SOCIAL, account=NOISE, victim_confirmed=Known.NO
    )
    close(incident.id, ClosingCode.NOT_A_CRIME_REPORT)

    assert (incident.closing_code, incident.settled_at) == ("not_a_crime_report", NOW)
    event = read_history(session, incident.id)[0]
    assert (event.what, event.reason) == ("Closed the report", "It is a complaint about noise.")
    with pytest.raises(StepNotAvailable):
        close(incident.id, ClosingCode.NOT_A_CRIME_REPORT)


def test_a_rape_report_with_neither_crime_nor_n100_stays_open(
    session: Session, close: Close
) -> None:
    incident = an_incident(
        session, opening_code=OpeningCode.RAPE, victim_confirmed=Known.UNKNOWN, account=NOISE
    )
    with pytest.raises(StepRefused, match="neither a crime of rape nor an N100") as refused:
        close(incident.id, ClosingCode.NOT_A_CRIME_REPORT)
    assert rules_of(refused) == ["N100-01"]
    assert incident.settled_at is None


@pytest.mark.parametrize(("verdict", "closes"), [("", True), ("cancelled", False)])
def test_a_rape_report_with_an_n100_that_stands_can_be_closed(
    session: Session, close: Close, verdict: str, closes: bool
) -> None:
    officer = a_person(session)
    incident = an_incident(session, opening_code=OpeningCode.RAPE, victim_confirmed=Known.NO)
    case = open_incident_case(
        session,
        as_actor(session, a_person(session, roles=[Role.FCR])),
        "n100",
        incident.id,
        now=NOW,
    )
    with pytest.raises(StepRefused, match="N100"):  # a draft is none yet
        close(incident.id, ClosingCode.NOT_A_CRIME_REPORT)
    session.add(
        ReportedIncident(
            case_id=case.id, kind="n100", code="100/01", first_code="100/01", ground="",
            coded_at=NOW, error_type="", verdict=verdict, to_force="",
            reviewed_at=NOW if verdict else None,
            reviewed_by_id=officer.id if verdict else None,
        )
    )  # fmt: skip
    session.flush()
    if closes:
        close(incident.id, ClosingCode.NOT_A_CRIME_REPORT)
    else:
        with pytest.raises(StepRefused, match="N100"):
            close(incident.id, ClosingCode.NOT_A_CRIME_REPORT)
    assert (incident.settled_at is not None) is closes


def test_a_reason_is_needed_and_a_warning_needs_another(session: Session, close: Close) -> None:
    incident = an_incident(
        session,
        opening_code=OpeningCode.DOMESTIC_NON_CRIME,
        account="He said that he would hurt her, then left.",
        victim_confirmed=Known.NO,
    )
    with pytest.raises(StepRefused) as refused:
        close(incident.id, ClosingCode.NOT_A_CRIME_REPORT, why="No.")
    assert rules_of(refused) == ["", "REC-24"]

    close(incident.id, ClosingCode.NOT_A_CRIME_REPORT, warning_reason="She misheard a song line.")
    assert "misheard" in read_history(session, incident.id)[0].reason


def test_a_duplicate_names_the_earlier_report(session: Session, close: Close) -> None:
    first = an_incident(session, first_reported_at=NOW - timedelta(hours=5))
    second = an_incident(session, first_reported_at=NOW - timedelta(hours=4))

    with pytest.raises(StepRefused) as refused:
        close(first.id, ClosingCode.DUPLICATE, original=second.reference)
    assert rules_of(refused) == ["REC-10"]

    close(second.id, ClosingCode.DUPLICATE, original=first.reference.lower())
    assert second.duplicate_of_id == first.id
    reopen(session, as_actor(session, a_person(session)), second, now=NOW)
    session.flush()
    assert second.settled_at is None
    assert second.closing_code == ""


def test_no_other_way_is_closed_by_hand(session: Session, close: Close) -> None:
    with pytest.raises(InvalidValue, match="how to close"):
        close(an_incident(session).id, ClosingCode.N100)


def test_what_happened_to_a_report_is_never_changed(session: Session, officer: Actor) -> None:
    incident = enter_incident(session, officer, a_report(), now=NOW)
    row = session.scalars(
        select(IncidentChange).where(IncidentChange.incident_id == incident.id)
    ).one()
    row.reason = "Something else."

    with pytest.raises(AppendOnly):
        session.flush()
