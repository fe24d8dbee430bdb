"""Reports of crime: finding, entering and reading them, and what is done to one."""

from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import CREATED, ROOT, Area, reply
from fcr_app.api.lists import counted
from fcr_app.api.schemas.crimes import EnteredAnswer
from fcr_app.api.schemas.incidents import (
    AboutVictimGiven,
    ClosingGiven,
    HandOverGiven,
    IncidentAnswer,
    IncidentGiven,
    IncidentsAnswer,
    IncidentsAsked,
    LinkGiven,
    RapeDisclosedGiven,
    RecordGiven,
)
from fcr_app.api.versions import version_read
from fcr_app.domain.permissions import Permission
from fcr_app.services import incident_updates as updates
from fcr_app.services.crimes import may_see
from fcr_app.services.incident_closing import Closing, close_incident
from fcr_app.services.incident_crimes import NewRecord
from fcr_app.services.incident_filters import Asked, Filters, Tab
from fcr_app.services.incident_list import incident_list
from fcr_app.services.incident_page import incident_page
from fcr_app.services.incident_updates import AboutVictim
from fcr_app.services.incidents import NewIncident, enter_incident
from fcr_app.services.rape_disclosure import say_it_may_be_rape
from fcr_app.services.recording_by_hand import record_and_put_right
from fcr_app.services.transaction import transaction

area = Area("Reports", "Reports of crime, with the clock that each runs on.")

WORK, ENTER = Permission.WORK_ON_CASES, Permission.ENTER_INCIDENTS
_FILTERS = ("route", "opened", "unit", "officer")


@area.reads("/incidents", needs=WORK, asks=IncidentsAsked, gives=IncidentsAnswer)
def find(asked: dict[str, Any]) -> Response:
    """Read one page of a list of reports: what waits, most urgent first, and all that came in."""
    wanted = Asked(
        tab=asked["tab"],
        filters=Filters(**{name: asked[name] for name in _FILTERS}),
        after=asked["after"],
        before=asked["before"],
    )
    with transaction() as session:
        found = incident_list(session, current_actor(), wanted, now=clock.now())
    lists = [{"tab": tab, "label": tab.label, **counted(found.counts[tab.value])} for tab in Tab]
    return reply(IncidentsAnswer, {"asked": wanted, "lists": lists, "page": found.page})


@area.writes(
    "/incidents",
    needs=ENTER,
    takes=IncidentGiven,
    gives=IncidentAnswer,
    status=CREATED,
    versioned=True,
)
def enter(new: NewIncident) -> Response:
    """Enter a report. Its clock has been running since it was first made."""
    with transaction() as session:
        incident_id = enter_incident(session, current_actor(), new, now=clock.now()).id
    return _incident(incident_id, CREATED)


@area.reads("/incidents/<id:incident_id>", needs=WORK, gives=IncidentAnswer, versioned=True)
def show(incident_id: int) -> Response:
    """Read a report, its clock and history, and the cases about it."""
    return _incident(incident_id)


@area.writes(
    "/incidents/<id:incident_id>/crimes",
    needs=ENTER,
    takes=RecordGiven,
    gives=EnteredAnswer,
    status=CREATED,
    overwrites=True,
)
def record(new: NewRecord, incident_id: int) -> Response:
    """Record a crime from a report, which settles it."""
    version, actor, now = version_read(), current_actor(), clock.now()
    with transaction() as session:
        incident = updates.incident_to_change(session, actor, incident_id, version)
        crime_id = record_and_put_right(session, actor, incident, new, now=now)
        found = {"id": crime_id, "may_open": may_see(session, actor, crime_id)}
    return reply(EnteredAnswer, found, status=CREATED, place=f"{ROOT}/crimes/{crime_id}")


@area.writes(
    "/incidents/<id:incident_id>/crimes/link",
    needs=ENTER,
    takes=LinkGiven,
    gives=IncidentAnswer,
    versioned=True,
    overwrites=True,
)
def link(given: dict[str, str], incident_id: int) -> Response:
    """Link a crime that is recorded already."""
    version = version_read()
    with transaction() as session:
        updates.link_existing(
            session,
            current_actor(),
            incident_id,
            given["number"],
            given["late_reason"],
            version=version,
            now=clock.now(),
        )
    return _incident(incident_id)


@area.writes(
    "/incidents/<id:incident_id>/victim",
    method="PUT",
    needs=ENTER,
    takes=AboutVictimGiven,
    gives=IncidentAnswer,
    versioned=True,
    overwrites=True,
)
def victim(about: AboutVictim, incident_id: int) -> Response:
    """Say what is known of the victim now; the recording question is asked again."""
    version = version_read()
    with transaction() as session:
        updates.update_victim(
            session, current_actor(), incident_id, about, version=version, now=clock.now()
        )
    return _incident(incident_id)


@area.writes(
    "/incidents/<id:incident_id>/rape-disclosure",
    needs=ENTER,
    takes=RapeDisclosedGiven,
    gives=IncidentAnswer,
    versioned=True,
    overwrites=True,
)
def say_rape_was_disclosed(given: dict[str, str], incident_id: int) -> Response:
    """Say that what was disclosed may be rape: opens the rape report that decides on it."""
    version = version_read()
    with transaction() as session:
        say_it_may_be_rape(
            session,
            current_actor(),
            incident_id,
            given["disclosed"],
            version=version,
            now=clock.now(),
        )
    return _incident(incident_id)


@area.writes(
    "/incidents/<id:incident_id>/officer",
    method="PUT",
    needs=ENTER,
    takes=HandOverGiven,
    gives=IncidentAnswer,
    versioned=True,
    overwrites=True,
)
def hand_over(given: dict[str, int | None], incident_id: int) -> Response:
    """Change who deals with a report. The clock goes on."""
    version = version_read()
    with transaction() as session:
        updates.hand_over(
            session,
            current_actor(),
            incident_id,
            given["officer_id"],
            given["unit_id"],
            version=version,
            now=clock.now(),
        )
    return _incident(incident_id)


@area.writes(
    "/incidents/<id:incident_id>/closing",
    needs=ENTER,
    takes=ClosingGiven,
    gives=IncidentAnswer,
    versioned=True,
    overwrites=True,
)
def close(closing: Closing, incident_id: int) -> Response:
    """Close a report without a crime, if every rule allows it."""
    version = version_read()
    with transaction() as session:
        close_incident(
            session, current_actor(), incident_id, closing, version=version, now=clock.now()
        )
    return _incident(incident_id)


def _incident(incident_id: int, status: int = 200) -> Response:
    with transaction() as session:
        page = incident_page(session, current_actor(), incident_id, now=clock.now())
        found = {
            **{name: getattr(page, name) for name in _PAGE},
            "vulnerabilities": sorted(flag.value for flag in page.facts.vulnerabilities),
            # A crime that the person may not open is told of by its number alone on the page too.
            "crimes": page.facts.crimes,
        }
        return reply(
            IncidentAnswer,
            found,
            status=status,
            version=page.row.version,
            place=f"{ROOT}/incidents/{incident_id}" if status == CREATED else "",
        )


_PAGE = (
    "row", "rule", "light", "late_by", "unit", "officer", "received_by", "entered_by", "found_in",
    "original", "cases", "openers", "late", "history", "may_change",
)  # fmt: skip
