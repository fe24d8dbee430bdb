"""Reports of crime: the lists of them, the page of one, entering one."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.incident_codes import OpeningCode
from fcr_app.domain.incidents import Route
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import REQUESTERS
from fcr_app.errors import InvalidValues
from fcr_app.services.cases import open_incident_case
from fcr_app.services.crime_choices import staff_number, units
from fcr_app.services.crimes import visible_crime
from fcr_app.services.incident_filters import ME, NOBODY, Tab, read_asked
from fcr_app.services.incident_list import SHOWN, IncidentList, incident_list
from fcr_app.services.incident_page import incident_page
from fcr_app.services.incident_view import clock_rule
from fcr_app.services.incidents import enter_incident, report_problems
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.cases import where_to_begin
from fcr_app.web.fields import choices
from fcr_app.web.forms import BAD_INPUT, blame, done, opened, problems_of, see_other
from fcr_app.web.incident_forms import NewIncidentForm

bp = Blueprint("incidents", __name__, url_prefix="/incidents")

Page = str | Response | tuple[str, int]
#: Sent by the page itself, in the background.
ONLY_CHECK = "only_check"

#: Why a tab is empty, and what would fill it.
EMPTY = {
    Tab.WAITING: (
        "No report waits to be recorded",
        (
            "A report stands here from the moment it is entered until a crime is recorded from it, "
            "or it is decided that none is to be."
        ),
    ),
    Tab.MINE: (
        "No report waits for you",
        "A report stands here while you deal with it and it is not settled.",
    ),
    Tab.LATE: (
        "No report is late",
        "A report appears here when its limit passes and nothing was decided.",
    ),
    Tab.INCOMING: (
        "No other force’s report waits",
        "What another force passed on stands here, with its clock, until it is settled.",
    ),
    Tab.FURTHER: (
        "No further offence was told to us",
        (
            "A report appears here when somebody tells of another offence while a recorded crime "
            "is investigated. Start one from the page of that crime."
        ),
    ),
    Tab.ALL: (
        "There are no reports that you may see",
        "Reports are entered by hand or imported from command and control.",
    ),
}


@bp.get("")
@requires(Permission.WORK_ON_CASES)
def index() -> str:
    """Show one page of a list of reports."""
    now, actor = clock.now(), current_actor()
    with transaction() as session:
        found = incident_list(session, actor, read_asked(request.args), now=now)
    heading, text = EMPTY[found.asked.tab]
    page = found.page
    return render_template(
        "incidents/index.html",
        found=found,
        asked=found.asked,
        rows=page.rows,
        tabs=list(_tabs(found)),
        chosen=list(_chosen(found)),
        clear=_address(found, **dict.fromkeys(dict(found.asked.filters), "")),
        before=_address(found, before=page.before) if page.before else "",
        after=_address(found, after=page.after) if page.after else "",
        first=_address(found),
        matching=found.counts.get(SHOWN, found.counts[found.asked.tab.value]),
        empty_heading=heading,
        empty_text=text,
        routes=Route,
        codes=OpeningCode,
        may_enter=may(actor, Permission.ENTER_INCIDENTS),
        now=now,
    )


@bp.get("/<int:incident_id>")
@requires(Permission.WORK_ON_CASES)
def show(incident_id: int) -> str:
    """Show a report: its clock, what was said, what became of it."""
    with transaction() as session:
        page = incident_page(session, current_actor(), incident_id, now=clock.now())
    return render_template("incidents/show.html", page=page, row=page.row, facts=page.facts)


@bp.get("/new")
@requires(Permission.ENTER_INCIDENTS)
def new() -> str:
    """Ask for a report. For a further offence, the address names the crime it was told about."""
    actor, now = current_actor(), clock.now()
    found_in = request.args.get("found-in", type=int)
    with transaction() as session:
        number = visible_crime(session, actor, found_in).crime_number if found_in else ""
        own = staff_number(session, actor.id)
    return _new_page(
        opened(
            NewIncidentForm,
            first_reported_at=now,
            received_by=own,
            officer=own if actor.has(*REQUESTERS) else "",
            unit=actor.unit_id,
            route=Route.FURTHER_OFFENCE.value if number else None,
            found_in=number,
        )
    )


@bp.post("/new")
@requires(Permission.ENTER_INCIDENTS)
def enter() -> Page | dict[str, Any]:
    """Enter a report; or while it is typed, say what it would be refused for and save nothing.

    Both have one address, so that words are kept whichever of the two finds a sign-in over.
    """
    form = NewIncidentForm()
    _offer_units(form)
    with transaction() as session:
        form.look_up(session, current_actor())
    if ONLY_CHECK in request.form:
        return {"problems": _still_wrong(form)}
    entered: list[tuple[int, str]] = []

    def enter_it(session: Session) -> None:
        made = enter_incident(session, current_actor(), form.incident(), now=clock.now())
        entered.append((made.id, made.reference))

    if not done(form, enter_it):
        return _new_page(form), BAD_INPUT
    incident_id, reference = entered[-1]
    flash(f"Report {reference} was entered. Decide now whether it is to be recorded.", "success")
    return see_other(url_for(".show", incident_id=incident_id))


@bp.post("/<int:incident_id>/cases/<string:workflow_key>")
@requires(Permission.ENTER_INCIDENTS)
def start(incident_id: int, workflow_key: str) -> Response:
    """Open a case about a report and lead on to it."""
    with transaction() as session:
        case = open_incident_case(
            session, current_actor(), workflow_key, incident_id, now=clock.now()
        )
        reference = case.reference
    return see_other(url_for(where_to_begin(reference), reference=reference))


def _still_wrong(form: NewIncidentForm) -> list[dict[str, str]]:
    """Return what a report would be refused for if it were sent as it is."""
    if form.validate():
        with transaction() as session:
            wrong = report_problems(session, current_actor(), form.incident(), now=clock.now())
        blame(form, InvalidValues(wrong))
    return problems_of(form)


def _new_page(form: NewIncidentForm) -> str:
    _offer_units(form)
    now = clock.now()
    return render_template(
        "incidents/new.html",
        form=form,
        problems=problems_of(form),
        rule=clock_rule(form.first_reported_at.data or now),
        now=now,
    )


def _offer_units(form: Any) -> None:
    with transaction() as session:
        found = units(session)
    form.unit.choices = choices([(0, "No unit"), *((unit.id, unit.label) for unit in found)])


def _address(found: IncidentList, **changes: str) -> str:
    """Return the address of this list with something changed: the first page, unless said."""
    said: dict[str, Any] = {"tab": found.asked.tab.value, **dict(found.asked.filters), **changes}
    return url_for(".index", **{name: value for name, value in said.items() if value})


def _tabs(found: IncidentList) -> Iterator[dict[str, object]]:
    for tab in Tab:
        yield {
            "text": tab.label,
            "href": url_for(".index", tab=tab.value),
            "active": tab is found.asked.tab,
            "count": found.counts[tab.value],
        }


def _chosen(found: IncidentList) -> Iterator[dict[str, str]]:
    """Yield each filter that is set, in words, with the address of the list without it."""
    filters = found.asked.filters
    who = {NOBODY: "Nobody deals with it", ME: "You deal with it"}
    units_by_key = {key: name for key, name, _ in found.units}
    words = {
        "route": Route(filters.route).label if filters.route else "",
        "opened": OpeningCode(filters.opened).label if filters.opened else "",
        "unit": units_by_key.get(filters.unit, "A unit that is not here"),
        "officer": who.get(filters.officer, found.officer or "Somebody who is not here"),
    }
    for name, _ in filters:
        yield {"text": words[name], "href": _address(found, **{name: ""})}
