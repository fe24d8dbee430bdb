"""Rape disclosed on a report that was opened as something else is decided as a rape report."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.errors import InvalidValue, StepNotAvailable, StepRefused
from fcr_app.models import Case, Crime, Incident, IncidentChange, Notice
from fcr_app.services.cases import open_incident_case
from fcr_app.services.incident_closing import Closing, close_incident
from fcr_app.services.incident_crimes import NewRecord, record_by_hand
from fcr_app.services.incident_updates import link_existing
from fcr_app.services.offence_answers import offence_of
from fcr_app.services.rape_disclosure import say_it_may_be_rape
from tests.builders import NOW, a_crime
from tests.recording_builders import CONFIRMED, NOT_RAPE, WHY, Desk

DISCLOSED = "She told the officer at the door that he forced himself on her last night."
NO_CRIME = Closing(code=ClosingCode.NOT_A_CRIME_REPORT, why="The neighbours misheard a television.")


@pytest.fixture
def desk(session: Session) -> Desk:
    return Desk(session)


def a_domestic(desk: Desk, **details: Any) -> Incident:
    return desk.report(opening_code=OpeningCode.DOMESTIC, **details)


def say(desk: Desk, incident: Incident, disclosed: str = DISCLOSED) -> Case:
    actor = desk.actor(desk.officer)
    return say_it_may_be_rape(desk.session, actor, incident.id, disclosed, version=None, now=NOW)


def close(desk: Desk, incident: Incident) -> None:
    actor = desk.actor(desk.officer)
    close_incident(desk.session, actor, incident.id, NO_CRIME, version=None, now=NOW)


def offence_id(desk: Desk, named: str) -> int:
    offence = offence_of(desk.session, named)
    assert offence is not None
    return offence.id


def test_it_opens_the_rape_report_and_keeps_what_it_was_opened_as(desk: Desk) -> None:
    incident = a_domestic(desk)
    with pytest.raises(StepNotAvailable):
        desk.open(incident)  # opened as domestic, nobody has asked

    case = say(desk, incident)

    assert (case.workflow, case.state, case.due_at) == (
        "rape_report", "draft", incident.record_by_at,
    )  # fmt: skip
    assert (incident.opening_code, incident.rape_disclosed_at) == ("domestic", NOW)
    event = desk.session.scalars(
        select(IncidentChange).where(IncidentChange.what == "rape_disclosed")
    ).one()
    assert event.reason == DISCLOSED
    assert event.changed == [["To be decided as", "Domestic abuse", "Rape or attempted rape"]]


def test_from_there_it_goes_the_whole_way_of_a_rape_report(desk: Desk) -> None:
    incident = a_domestic(desk)
    case = say(desk, incident)

    desk.take(case, "assess", CONFIRMED)
    desk.take(case, "record")

    assert incident.closing_code == ClosingCode.CRIME_RECORDED
    assert case.state == "rape_recorded_to_check"
    assert (incident.opening_code, incident.rape_disclosed_at) == ("domestic", NOW)


def test_an_n100_can_be_created_on_it(desk: Desk) -> None:
    incident = a_domestic(desk)
    say(desk, incident)

    assert open_incident_case(
        desk.session, desk.actor(desk.officer), "n100", incident.id, now=NOW
    ).workflow == "n100"  # fmt: skip


def test_it_is_closed_with_neither_crime_nor_n100_only_once_the_fcr_agrees(desk: Desk) -> None:
    incident = a_domestic(desk)
    incident.victim_confirmed = "unknown"
    case = say(desk, incident)
    with pytest.raises(StepRefused) as refused:
        close(desk, incident)
    assert "N100-01" in {refusal.rule for refusal in refused.value.refusals}

    desk.take(case, "assess", NOT_RAPE)
    desk.take(case, "not_rape", {"not_rape_why": WHY})
    with pytest.raises(StepRefused):
        close(desk, incident)  # said, and neither checked nor reviewed
    desk.take(case, "check_not_rape", {"safe_checked": "yes"}, who=desk.sergeant)
    desk.take(case, "agree_not_rape", {"rationale": WHY}, who=desk.fcr)
    close(desk, incident)
    assert incident.closing_code == ClosingCode.NOT_A_CRIME_REPORT


def test_another_crime_waits_for_the_fcrs_word_and_then_settles_it(desk: Desk) -> None:
    incident = a_domestic(desk)
    case = say(desk, incident)
    new = NewRecord(offence_id=offence_id(desk, "8N 008/06"))
    record_by_hand(desk.session, desk.actor(desk.officer), incident, new, now=NOW)
    assert incident.closing_code == ""

    later = NOW + timedelta(hours=3)
    desk.take(case, "assess", NOT_RAPE, now=later)
    desk.take(case, "not_rape", {"not_rape_why": WHY}, now=later)
    desk.take(case, "check_not_rape", {"safe_checked": "yes"}, who=desk.sergeant, now=later)
    desk.take(case, "agree_not_rape", {"rationale": WHY}, who=desk.fcr, now=later)

    desk.session.flush()
    desk.session.refresh(incident)
    assert (incident.settled_at, incident.closing_code) == (NOW, "crime_recorded")


def test_it_is_not_decided_as_not_to_be_recorded(desk: Desk) -> None:
    incident = a_domestic(desk)
    say(desk, incident)

    with pytest.raises(StepNotAvailable):
        desk.open(incident, "not_recorded")


def test_a_report_that_was_closed_is_open_again(desk: Desk) -> None:
    incident = a_domestic(desk)
    incident.settled_at, incident.closing_code = NOW, "not_a_crime_report"
    desk.session.flush()

    say(desk, incident)

    desk.session.flush()
    desk.session.refresh(incident)
    assert [incident.settled_at, incident.closing_code] == [None, ""]


def test_whoever_deals_with_it_is_told(desk: Desk) -> None:
    incident = a_domestic(desk)
    actor = desk.actor(desk.sergeant)

    say_it_may_be_rape(desk.session, actor, incident.id, DISCLOSED, version=None, now=NOW)

    told = desk.session.execute(select(Notice.person_id, Notice.message)).all()
    assert [person for person, _ in told] == [desk.officer.id]
    assert "what was disclosed may be rape" in told[0].message
    assert DISCLOSED not in told[0].message


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"opening_code": "rape"}, "decided as rape already"),
        ({"rape_disclosed_at": NOW}, "decided as rape already"),
        ({"closing_code": "crime_recorded", "settled_at": NOW}, "a report of its own"),
    ],
)
def test_where_it_can_not_be_said_it_says_what_to_do(
    desk: Desk, changes: dict[str, Any], why: str
) -> None:
    incident = a_domestic(desk)
    for name, value in changes.items():
        setattr(incident, name, value)
    desk.session.flush()

    with pytest.raises(StepNotAvailable, match=why):
        say(desk, incident)


def test_a_report_that_repeats_another_names_that_one(desk: Desk) -> None:
    first, incident = a_domestic(desk), a_domestic(desk)
    incident.closing_code, incident.settled_at = "duplicate", NOW
    incident.duplicate_of_id = first.id
    desk.session.flush()

    with pytest.raises(StepNotAvailable, match=first.reference):
        say(desk, incident)


def test_nothing_is_kept_without_what_was_disclosed(desk: Desk) -> None:
    incident = a_domestic(desk)

    with pytest.raises(InvalidValue, match="N100-01"):
        say(desk, incident, "  rape  ")

    assert incident.rape_disclosed_at is None
    assert desk.session.scalar(select(Case.id)) is None


def test_a_recorded_rape_that_is_linked_is_checked_and_reviewed_once(desk: Desk) -> None:
    incident = a_domestic(desk)
    crime = a_crime(desk.session, oic=desk.officer, recorded_at=NOW)
    crime.offence_id = offence_id(desk, "19C 019/08")
    desk.session.flush()

    def link() -> None:
        actor, number = desk.actor(desk.officer), crime.crime_number
        link_existing(desk.session, actor, incident.id, number, "", version=None, now=NOW)

    link()
    link()

    assert incident.rape_disclosed_at == NOW
    assert incident.closing_code == ClosingCode.CRIME_RECORDED
    case = desk.session.scalars(select(Case)).one()
    assert (case.workflow, case.state, case.crime_id) == (
        "rape_report", "rape_recorded_to_check", crime.id,
    )  # fmt: skip
    desk.take(case, "check_record", {"safe_checked": "yes"}, who=desk.sergeant)
    desk.take(case, "agree_record", {"rationale": WHY}, who=desk.fcr)
    assert case.state == "rape_recorded_agreed"


def test_any_other_crime_that_is_linked_opens_nothing(desk: Desk) -> None:
    incident = a_domestic(desk)
    crime = a_crime(desk.session, oic=desk.officer, recorded_at=NOW)

    actor = desk.actor(desk.officer)
    link_existing(desk.session, actor, incident.id, crime.crime_number, "", version=None, now=NOW)

    assert desk.session.scalar(select(Case.id)) is None
    assert incident.rape_disclosed_at is None
    assert desk.session.scalar(select(Crime.id)) == crime.id
