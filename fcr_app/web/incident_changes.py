"""What is done to a report: recording a crime from it, linking one, its victim, closing it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.facts import CrimeStatus
from fcr_app.domain.incident_codes import ClosingCode
from fcr_app.domain.incidents import Known, Vulnerability
from fcr_app.domain.permissions import Permission
from fcr_app.errors import (
    InvalidValue,
    InvalidValues,
    SomeoneElseChangedIt,
    StepNotAvailable,
    StepRefused,
)
from fcr_app.services import incident_updates as updates
from fcr_app.services.crime_choices import find_people, staff_number, units
from fcr_app.services.incident_closing import Closing, checks_before_closing, close_incident
from fcr_app.services.incident_page import incident_page
from fcr_app.services.incident_updates import AboutVictim, incident_to_change
from fcr_app.services.incident_view import IncidentPage
from fcr_app.services.rape_disclosure import say_it_may_be_rape
from fcr_app.services.recording_by_hand import record_and_put_right
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.fields import choices
from fcr_app.web.forms import BAD_INPUT, CONFLICT, done, form_page, opened, problems_of, see_other
from fcr_app.web.incident_forms import (
    CloseForm,
    HandOverForm,
    LinkForm,
    RapeDisclosedForm,
    VictimNewsForm,
)
from fcr_app.web.record_form import RecordForm

bp = Blueprint("incident_changes", __name__, url_prefix="/incidents/<int:incident_id>")

Page = str | Response | tuple[str, int]
Shows = Callable[[FlaskForm], str]

LINKED = "It settles the report if it was recorded after the report was made."
MAY_BE_RAPE = (
    "What it was opened as is kept. From now on the three-step test decides what becomes of it, "
    "and it can’t be closed with neither the crime nor an N100 (N100-01)."
)
ASKS_AGAIN = "Whatever you change asks again whether a crime is to be recorded."


@bp.route("/crimes/new", methods=["GET", "POST"])
@requires(Permission.ENTER_INCIDENTS)
def record(incident_id: int) -> Page:
    """Record a crime from a report."""
    page = _read(incident_id)
    shows = partial(_record_page, page)
    if request.method == "GET":
        victim = page.row.victim_name
        kind = "person" if victim or not page.row.account else None
        child = Vulnerability.CHILD in page.facts.vulnerabilities
        return shows(
            opened(
                RecordForm,
                summary=page.row.account,
                victim_name=victim,
                victim_kind=kind,
                victim_is_child=child,
            )
        )
    form = RecordForm()
    with transaction() as session:
        form.look_up(session)

    def record_it(session: Session) -> None:
        incident = incident_to_change(session, current_actor(), incident_id, _version())
        record_and_put_right(session, current_actor(), incident, form.record(), now=clock.now())

    return _answer(form, shows, incident_id, record_it, "The crime was recorded.")


@bp.route("/crimes/link", methods=["GET", "POST"])
@requires(Permission.ENTER_INCIDENTS)
def link(incident_id: int) -> Page:
    """Link a crime that is recorded already."""
    page = _read(incident_id)
    shows = partial(_form_page, page, heading="Link a crime", button="Link the crime", note=LINKED)
    if request.method == "GET":
        return shows(opened(LinkForm))
    form = LinkForm()

    def link_it(session: Session) -> None:
        updates.link_existing(
            session,
            current_actor(),
            incident_id,
            form.number.data or "",
            form.late_reason.data or "",
            version=_version(),
            now=clock.now(),
        )

    return _answer(form, shows, incident_id, link_it, "The crime was linked.")


@bp.route("/rape", methods=["GET", "POST"])
@requires(Permission.ENTER_INCIDENTS)
def rape(incident_id: int) -> Page:
    """Say that what was disclosed may be rape, and go on to decide it."""
    page = _read(incident_id)
    heading, button = "What was disclosed may be rape", "Go on to the three-step test"
    shows = partial(_form_page, page, heading=heading, button=button, note=MAY_BE_RAPE)
    if request.method == "GET":
        return shows(opened(RapeDisclosedForm))
    form, opened_cases = RapeDisclosedForm(), list[str]()

    def say_it(session: Session) -> None:
        case = say_it_may_be_rape(
            session,
            current_actor(),
            incident_id,
            form.disclosed.data or "",
            version=_version(),
            now=clock.now(),
        )
        opened_cases.append(case.reference)

    said = "It is kept. Answer the three-step test now: the clock runs."
    return _answer(form, shows, incident_id, say_it, said, case=opened_cases)


@bp.route("/victim", methods=["GET", "POST"])
@requires(Permission.ENTER_INCIDENTS)
def victim(incident_id: int) -> Page:
    """Say what is known of the victim now."""
    page = _read(incident_id)
    shows = partial(
        _form_page, page, heading="What is known of the victim?", button="Save", note=ASKS_AGAIN
    )
    if request.method == "GET":
        row = page.row
        return shows(
            opened(
                VictimNewsForm,
                victim_traced=row.victim_traced,
                victim_confirmed=row.victim_confirmed,
                victim_willing=row.victim_willing,
                name=row.victim_name,
            )
        )
    form = VictimNewsForm()

    def save(session: Session) -> None:
        about = AboutVictim(
            traced=Known(form.victim_traced.data),
            confirmed=Known(form.victim_confirmed.data),
            willing=Known(form.victim_willing.data),
            name=form.name.data or "",
            learned=form.learned.data or "",
        )
        updates.update_victim(
            session, current_actor(), incident_id, about, version=_version(), now=clock.now()
        )

    return _answer(form, shows, incident_id, save, "It was saved. Is a crime to be recorded now?")


@bp.route("/officer", methods=["GET", "POST"])
@requires(Permission.ENTER_INCIDENTS)
def officer(incident_id: int) -> Page:
    """Change who deals with a report."""
    page = _read(incident_id)
    shows = partial(_form_page, page, heading="Who deals with it?", button="Save")
    form = HandOverForm() if request.method == "POST" else _hand_over_form(page)
    with transaction() as session:
        form.unit.choices = choices([(0, "No unit"), *((u.id, u.label) for u in units(session))])
        if request.method == "POST":
            form.officer.look_up(partial(find_people, session))
    if request.method == "GET":
        return shows(form)

    def save(session: Session) -> None:
        updates.hand_over(
            session,
            current_actor(),
            incident_id,
            form.officer.data,
            form.unit.data or None,
            version=_version(),
            now=clock.now(),
        )

    return _answer(form, shows, incident_id, save, "It was saved. The clock goes on.")


@bp.route("/close", methods=["GET", "POST"])
@requires(Permission.ENTER_INCIDENTS)
def close(incident_id: int) -> Page:
    """Close a report without a crime."""
    page = _read(incident_id)
    shows = partial(_close_page, page)
    if request.method == "GET":
        return shows(opened(CloseForm))
    form = CloseForm()

    def close_it(session: Session) -> None:
        closing = Closing(
            code=ClosingCode(form.code.data),
            why=form.why.data or "",
            original=form.original.data or "",
            warning_reason=form.warning_reason.data or "",
        )
        close_incident(
            session, current_actor(), incident_id, closing, version=_version(), now=clock.now()
        )

    return _answer(form, shows, incident_id, close_it, "The report was closed.")


def _read(incident_id: int) -> IncidentPage:
    with transaction() as session:
        return incident_page(session, current_actor(), incident_id, now=clock.now())


def _version() -> int | None:
    return request.form.get("version", type=int)


def _hand_over_form(page: IncidentPage) -> HandOverForm:
    with transaction() as session:
        number = staff_number(session, page.row.officer_id) if page.row.officer_id else ""
    return opened(HandOverForm, officer=number, unit=page.row.unit_id or 0)


def _surroundings(page: IncidentPage) -> dict[str, Any]:
    return {
        "caption": f"Report {page.row.reference}",
        "back": url_for("incidents.show", incident_id=page.row.id),
        "version": _version() or page.row.version,
    }


def _form_page(page: IncidentPage, form: FlaskForm, **said: object) -> str:
    return form_page(form, **_surroundings(page), **said)


def _record_page(page: IncidentPage, form: FlaskForm) -> str:
    return render_template(
        "incidents/record.html",
        form=form,
        problems=problems_of(form),
        page=page,
        **_surroundings(page),
    )


def _close_page(page: IncidentPage, form: FlaskForm) -> str:
    with transaction() as session:
        checks = checks_before_closing(
            session,
            current_actor(),
            page.row.id,
            ClosingCode.NOT_A_CRIME_REPORT,
            now=page.now,
        )
    return render_template(
        "incidents/close.html",
        form=form,
        problems=problems_of(form),
        checks=checks,
        standing=[c for c in page.facts.crimes if c.status is CrimeStatus.RECORDED],
        **_surroundings(page),
    )


def _answer(  # noqa: PLR0913 - which form does what to which report, and what is said then
    form: FlaskForm,
    shows: Shows,
    incident_id: int,
    act: Callable[[Session], None],
    said: str,
    *,
    case: Sequence[str] = (),
) -> Page:
    """Do what a form asks; whatever goes wrong, give the words back with the reason.

    Args:
        case: Reference of the case that it opens, to go on to; empty where it opens none.
    """

    def try_it(session: Session) -> None:
        try:
            act(session)
        except StepRefused as refused:
            raise InvalidValues(
                [
                    InvalidValue(f"{r.reason} ({r.rule})" if r.rule else r.reason, field=r.field)
                    for r in refused.refusals
                ]
            ) from None

    try:
        if done(form, try_it):
            flash(said, "success")
            if case:
                return see_other(url_for("cases.show", reference=case[-1]))
            return see_other(url_for("incidents.show", incident_id=incident_id))
    except (SomeoneElseChangedIt, StepNotAvailable) as error:
        form.form_errors.append(str(error))
        return shows(form), CONFLICT
    return shows(form), BAD_INPUT
