"""People: joiners, movers, leavers. For administrators, who see no case here or anywhere."""

from typing import Any

from flask import Blueprint, flash, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission
from fcr_app.domain.roles import Role
from fcr_app.errors import SomeoneElseChangedIt
from fcr_app.services import api_tokens, people as service
from fcr_app.services.crime_choices import units
from fcr_app.services.own_password import give_password, temporary_password
from fcr_app.services.passwords import hash_password
from fcr_app.services.people_list import MOST_COUNTED, Sought, list_people
from fcr_app.services.person_view import PersonView, person_view
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.forms import BAD_INPUT, CONFLICT, done, form_page, opened, see_other
from fcr_app.web.people_forms import ROLES, ConfirmForm, DetailsForm

bp = Blueprint("people", __name__, url_prefix="/people")

Page = str | Response | tuple[str, int]


@bp.get("")
@requires(Permission.MANAGE_PEOPLE)
def index() -> str:
    """List people by surname."""
    role = request.args.get("role", "")
    sought = Sought(
        words=request.args.get("words", ""),
        role=Role(role) if role in dict(ROLES) else None,
        left=request.args.get("left") == "yes",
        after=request.args.get("after", type=int),
        before=request.args.get("before", type=int),
    )
    with transaction() as session:
        page = list_people(session, sought, today=to_london(clock.now()).date())
    kept: dict[str, Any] = {
        "words": sought.words,
        "role": sought.role,
        "left": "yes" if sought.left else None,
    }
    return render_template(
        "people/index.html",
        page=page,
        count=f"{page.count:,}" + ("+" if page.count == MOST_COUNTED else ""),
        sought=sought,
        roles=ROLES,
        before=url_for(".index", before=page.before, **kept) if page.before else "",
        after=url_for(".index", after=page.after, **kept) if page.after else "",
    )


@bp.get("/<int:person_id>")
@requires(Permission.MANAGE_PEOPLE)
def show(person_id: int) -> str:
    """Show a person's authority and accreditations with their dates, on one page."""
    person = _person(person_id)
    with transaction() as session:
        tokens = api_tokens.tokens_of(session, person_id, now=clock.now())
    own = person_id == current_actor().id
    return render_template("people/show.html", person=person, own=own, tokens=tokens)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def new() -> Page:
    """Add somebody who has joined."""
    form = opened(DetailsForm) if request.method == "GET" else DetailsForm()
    form.offer_units(_units())
    page = {
        "heading": "Add a person",
        "button": "Add person",
        "back": url_for(".index"),
        "note": "You give them roles and a password on the next page.",
    }
    if request.method == "GET":
        return form_page(form, **page)
    added: list[int] = []
    if done(
        form,
        lambda session: added.append(
            service.add_person(session, current_actor(), form.details(), now=clock.now())
        ),
    ):
        flash("The person was added. Give them a role and a password next.", "success")
        return see_other(url_for(".show", person_id=added[0]))
    return form_page(form, **page), BAD_INPUT


@bp.get("/<int:person_id>/edit")
@requires(Permission.MANAGE_PEOPLE)
def edit(person_id: int) -> str:
    """Ask for a person's details as they should be."""
    person = _person(person_id)
    form = opened(
        DetailsForm,
        name=person.name,
        staff_number=person.staff_number,
        email=person.email,
        unit_id=person.unit_id or 0,
        supervisor=person.supervisor_staff_number,
    )
    return _edit_page(form, person)


@bp.post("/<int:person_id>/edit")
@requires(Permission.MANAGE_PEOPLE)
def save(person_id: int) -> Page:
    """Save a person's details, unless somebody else did so first."""
    form, status = DetailsForm(), BAD_INPUT
    form.offer_units(_units())
    version = request.form.get("version", 0, type=int)

    def save_details(session: Session) -> None:
        service.change_person(
            session,
            current_actor(),
            person_id,
            form.details(),
            version=version,
            now=clock.now(),
        )

    try:
        if done(form, save_details):
            flash("The details were saved.", "success")
            return see_other(url_for(".show", person_id=person_id))
    except SomeoneElseChangedIt as error:
        form.form_errors.append(str(error))
        status = CONFLICT
    return _edit_page(form, _person(person_id)), status


def _edit_page(form: DetailsForm, person: PersonView) -> str:
    form.offer_units(_units())
    return form_page(
        form,
        heading="Change details",
        caption=person.name,
        button="Save",
        back=url_for(".show", person_id=person.id),
        version=person.version,
    )


@bp.route("/<int:person_id>/password", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def password(person_id: int) -> Page:
    """Give somebody a password, shown once, that they must change when they sign in."""
    person, form = _person(person_id), ConfirmForm()
    back = url_for(".show", person_id=person_id)
    page = {"heading": "Give a temporary password", "caption": person.name, "back": back}
    note = "A password is made up and shown to you once. They must change it when they sign in."
    if request.method == "GET":
        warning = "Their present password stops working, and they are signed out everywhere."
        return form_page(
            form,
            **page,
            note=note,
            warning=warning if person.has_password else "",
            button="Make a password",
        )
    words = temporary_password()
    hashed = hash_password(words)
    if done(form, lambda s: give_password(s, current_actor(), person_id, hashed, now=clock.now())):
        return render_template("people/password.html", person=person, words=words)
    return form_page(form, **page, note=note, button="Make a password"), BAD_INPUT


@bp.route("/<int:person_id>/deactivate", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def deactivate(person_id: int) -> Page:
    """Let a leaver in no more."""
    if request.method == "GET":
        return form_page(
            ConfirmForm(),
            heading="Deactivate this person",
            caption=_person(person_id).name,
            note="What they did stays in the history under their name. You can reactivate them.",
            warning="They are signed out at once and can’t sign in again.",
            button="Deactivate",
            back=url_for(".show", person_id=person_id),
        )
    with transaction() as session:
        service.deactivate(session, current_actor(), person_id, now=clock.now())
    flash("They can’t sign in any more. Their open work stays where it is: reassign it.", "success")
    return see_other(url_for(".show", person_id=person_id))


@bp.post("/<int:person_id>/reactivate")
@requires(Permission.MANAGE_PEOPLE)
def reactivate(person_id: int) -> Response:
    """Take somebody back."""
    with transaction() as session:
        service.reactivate(session, current_actor(), person_id, now=clock.now())
    flash("They are active again. Check their roles, and give them a new password.", "success")
    return see_other(url_for(".show", person_id=person_id))


def _person(person_id: int) -> PersonView:
    with transaction() as session:
        return person_view(session, person_id, now=clock.now())


def _units() -> list[tuple[int, str]]:
    with transaction() as session:
        return [(unit.id, unit.label) for unit in units(session)]
