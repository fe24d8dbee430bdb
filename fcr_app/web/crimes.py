"""Crimes: the page of one, and entering one."""

from flask import Blueprint, flash, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.permissions import Permission, may
from fcr_app.domain.roles import REQUESTERS
from fcr_app.services import crimes as service
from fcr_app.services.crime_choices import staff_number, units
from fcr_app.services.crime_page import crime_page
from fcr_app.services.incident_crimes import enter_by_hand
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.crime_forms import NewCrimeForm
from fcr_app.web.fields import choices
from fcr_app.web.forms import BAD_INPUT, done, opened, problems_of, see_other

bp = Blueprint("crimes", __name__, url_prefix="/crimes")

Page = str | Response | tuple[str, int]


@bp.get("/<int:crime_id>")
@requires(Permission.WORK_ON_CASES)
def show(crime_id: int) -> str:
    """Show a crime, its people and victims, and the requests about it."""
    actor = current_actor()
    with transaction() as session:
        crime = crime_page(session, actor, crime_id, now=clock.now())
        return render_template(
            "crimes/show.html",
            crime=crime,
            may_enter=may(actor, Permission.ENTER_CRIMES),
            may_give_feedback=may(actor, Permission.GIVE_FEEDBACK),
        )


@bp.get("/new")
@requires(Permission.ENTER_CRIMES)
def new() -> str:
    """Ask for a recorded crime."""
    actor = current_actor()
    own = ""
    if actor.has(*REQUESTERS):  # for others it is somebody else's investigation
        with transaction() as session:
            own = staff_number(session, actor.id)
    return _new_page(opened(NewCrimeForm, oic=own, unit=actor.unit_id))


@bp.post("/new")
@requires(Permission.ENTER_CRIMES)
def enter() -> Page:
    """Enter a recorded crime."""
    form = NewCrimeForm()
    _offer_units(form)
    with transaction() as session:
        form.look_up(session)
    entered: list[int] = []

    def enter_it(session: Session) -> None:
        entered.append(enter_by_hand(session, current_actor(), form.crime(), now=clock.now()))

    if not done(form, enter_it):
        return _new_page(form), BAD_INPUT
    number = (form.crime_number.data or "").strip()
    with transaction() as session:
        if service.may_see(session, current_actor(), entered[0]):
            flash(f"Crime {number} was entered.", "success")
            return see_other(url_for(".show", crime_id=entered[0]))
    flash(f"Crime {number} was entered. You take no part in it, so you can’t open it.", "success")
    return see_other(url_for(".new"))


def _new_page(form: NewCrimeForm) -> str:
    _offer_units(form)
    return render_template("crimes/new.html", form=form, problems=problems_of(form))


def _offer_units(form: NewCrimeForm) -> None:
    with transaction() as session:
        found = units(session)
    form.unit.choices = choices([(0, "No unit"), *((unit.id, unit.label) for unit in found)])
