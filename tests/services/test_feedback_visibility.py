"""Who sees feedback: whom it is for, who gave it, their supervisor, and registrars; nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from fcr_app.domain.facts import Part
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.roles import AccreditationKind, Actor, Role
from fcr_app.errors import NotFound
from fcr_app.models import Case, Crime, Incident, Notice, Person
from fcr_app.services.case_view import case_view
from fcr_app.services.crime_page import crime_page
from fcr_app.services.eligibility import decidable_by
from fcr_app.services.feedback_giving import Given, give_feedback, reference_of
from fcr_app.services.incident_events import something_new
from fcr_app.services.incident_page import incident_page
from fcr_app.services.search import search
from fcr_app.services.visibility import visible_cases, visible_crimes, visible_incidents
from fcr_app.services.worklist import Tab, ways_into
from tests.builders import NOW, a_crime, a_person, a_unit, an_incident, as_actor

REASONS = "A social worker’s report is the victim’s own. Record it at once."
SEES = frozenset({"addressee", "sender", "supervisor", "fcr", "deputy"})
COURSE = [AccreditationKind.DDM_COURSE]


@pytest.fixture
def people(session: Session) -> dict[str, Person]:
    """Return a person of every role and every relation to feedback and to what it is about."""
    unit = a_unit(session)
    supervisor = a_person(session, roles=[Role.SUPERVISOR])
    sender = a_person(session, roles=[Role.SUPERVISOR])
    return {
        "supervisor": supervisor,
        "addressee": a_person(session, supervisor=supervisor, unit=unit),
        "sender": sender,
        "sender's supervisor": a_person(session, roles=[Role.SUPERVISOR]),
        "fcr": a_person(session, roles=[Role.FCR], accreditations=[AccreditationKind.REGISTER]),
        "deputy": a_person(session, roles=[Role.DEPUTY_FCR]),
        "ddm": a_person(session, roles=[Role.DDM], accreditations=COURSE),
        "ddm who supervises others": a_person(
            session, roles=[Role.DDM, Role.SUPERVISOR], accreditations=COURSE
        ),
        "auditor": a_person(session, roles=[Role.AUDITOR]),
        "chief officer": a_person(session, roles=[Role.CHIEF_OFFICER]),
        "administrator": a_person(session, roles=[Role.ADMINISTRATOR]),
        "supervisor of the same unit": a_person(session, roles=[Role.SUPERVISOR], unit=unit),
        "colleague": a_person(session, supervisor=supervisor, unit=unit),
        "contributor": a_person(session),
        "officer in the case": a_person(session, supervisor=supervisor),
    }


@pytest.fixture
def crime(session: Session, people: dict[str, Person]) -> Crime:
    people["sender"].supervisor_id = people["sender's supervisor"].id
    return a_crime(
        session,
        oic=people["officer in the case"],
        people=[(Part.CONTRIBUTOR, people["contributor"]), (Part.SUPERVISOR, people["sender"])],
    )


@pytest.fixture
def incident(session: Session, people: dict[str, Person]) -> Incident:
    incident = an_incident(session, officer=people["officer in the case"])
    incident.received_by_id = people["contributor"].id
    incident.entered_by_id = people["sender"].id
    incident.unit_id = people["addressee"].unit_id
    session.flush()
    return incident


@pytest.fixture(params=["crime", "report"])
def reference(
    request: pytest.FixtureRequest,
    session: Session,
    people: dict[str, Person],
    crime: Crime,
    incident: Incident,
) -> str:
    crime.unit_id = people["addressee"].unit_id
    on_crime = request.param == "crime"
    given = Given(
        to_id=people["addressee"].id,
        error=ErrorType.E06,
        reasons=REASONS,
        crime_id=crime.id if on_crime else None,
        incident_id=None if on_crime else incident.id,
    )
    item = give_feedback(session, as_actor(session, people["sender"]), given, now=NOW)
    session.flush()
    return reference_of(session, item)


def actors(session: Session, people: dict[str, Person]) -> dict[str, Actor]:
    return {who: as_actor(session, person) for who, person in people.items()}


def test_only_those_it_concerns_find_it_by_any_way(
    session: Session, people: dict[str, Person], reference: str
) -> None:
    this = Case.reference == reference
    for who, actor in actors(session, people).items():
        seen = session.scalar(select(Case.id).where(this, visible_cases(actor))) is not None
        assert seen is (who in SEES), who
        for tab in Tab:
            for way in ways_into(tab, actor, NOW + timedelta(days=30)):
                listed = session.scalar(select(Case.id).where(this, way)) is not None
                assert not listed or who in SEES, (who, tab)
        assert not session.scalar(select(Case.id).where(this, decidable_by(actor, NOW))), who


def test_its_page_is_not_there_for_anybody_else(
    session: Session, people: dict[str, Person], reference: str
) -> None:
    for who, actor in actors(session, people).items():
        if who in SEES:
            case_view(session, actor, reference, now=NOW)
        else:
            with pytest.raises(NotFound):
                case_view(session, actor, reference, now=NOW)


def test_search_finds_it_for_nobody_else(
    session: Session, people: dict[str, Person], reference: str
) -> None:
    for who, actor in actors(session, people).items():
        found = search(session, actor, reference, names=False)
        assert bool(found.cases) is (who in SEES), who
        assert (found.crimes, found.work, found.victims) == ((), (), ()), who


def test_the_page_of_what_it_is_about_lists_it_for_nobody_else(
    session: Session, people: dict[str, Person], reference: str, crime: Crime, incident: Incident
) -> None:
    for who, actor in actors(session, people).items():
        listed: list[str] = []
        if session.scalar(select(Crime.id).where(Crime.id == crime.id, visible_crimes(actor))):
            page = crime_page(session, actor, crime.id, now=NOW)
            listed += [request.reference for request in page.requests]
        seen = select(Incident.id).where(Incident.id == incident.id, visible_incidents(actor))
        if session.scalar(seen):
            report = incident_page(session, actor, incident.id, now=NOW)
            listed += [case.reference for case in report.cases]
        assert reference not in listed or who in SEES, who


def test_something_new_on_a_report_tells_nobody_of_it(
    session: Session, people: dict[str, Person], reference: str, incident: Incident
) -> None:
    fcr = as_actor(session, people["fcr"])
    something_new(session, fcr, incident, "the victim was traced", now=NOW)
    session.flush()
    words = session.scalars(
        select(Notice.message).where(Notice.person_id == people["officer in the case"].id)
    )
    assert reference not in " ".join(words)


def test_in_their_own_list_it_waits_for_whom_it_is_for_and_no_other(
    session: Session, people: dict[str, Person], reference: str
) -> None:
    this = Case.reference == reference
    for who, actor in actors(session, people).items():
        mine = [
            session.scalar(select(Case.id).where(this, way))
            for way in ways_into(Tab.MINE, actor, NOW)
        ]
        assert any(mine) is (who == "addressee"), who
