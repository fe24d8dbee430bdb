"""A person's roles and accreditations: adding them, and changing their days."""

from flask import Blueprint, flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.domain.roles import AccreditationKind, Role
from fcr_app.services import authority_records as service
from fcr_app.services.person_view import PersonView, one_of, person_view
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.forms import BAD_INPUT, done, form_page, opened, see_other
from fcr_app.web.people_forms import AccreditationForm, HeldForm, RoleForm, TermForm

bp = Blueprint("authority", __name__, url_prefix="/people")

Page = str | Response | tuple[str, int]


@bp.route("/<int:person_id>/roles/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def grant(person_id: int) -> Page:
    """Give a person a role for a time."""
    person = _person(person_id)
    page = {
        "heading": "Give a role",
        "caption": person.name,
        "note": "A role says what a person does. Authority to decide also needs an accreditation.",
        "button": "Give role",
        "back": _back(person_id),
    }
    if request.method == "GET":
        return form_page(opened(RoleForm), **page)
    form = RoleForm()

    def give(session: Session) -> None:
        role = Role(form.role.data)
        service.grant_role(session, current_actor(), person_id, role, form.term(), now=clock.now())

    if done(form, give):
        flash("The role was given.", "success")
        return see_other(_back(person_id))
    return form_page(form, **page), BAD_INPUT


@bp.route("/<int:person_id>/roles/<int:grant_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def change_grant(person_id: int, grant_id: int) -> Page:
    """Change the days of a role; giving it a last day is how a role ends."""
    person = _person(person_id)
    held = one_of(person.roles, grant_id)
    page = {
        "heading": f"Change role: {held.label}",
        "caption": person.name,
        "note": "To end the role, enter its last day.",
        "button": "Save",
        "back": _back(person_id),
    }
    if request.method == "GET":
        return form_page(opened(TermForm, starts_on=held.starts_on, ends_on=held.ends_on), **page)
    form = TermForm()
    if done(
        form,
        lambda session: service.change_role(
            session, current_actor(), grant_id, form.term(), now=clock.now()
        ),
    ):
        flash("The role was changed.", "success")
        return see_other(_back(person_id))
    return form_page(form, **page), BAD_INPUT


@bp.route("/<int:person_id>/accreditations/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def accredit(person_id: int) -> Page:
    """Enter a person's training or admission to the register."""
    person = _person(person_id)
    page = {
        "heading": "Add an accreditation",
        "caption": person.name,
        "note": "Enter it as the certificate or the register says. It is frozen into decisions.",
        "button": "Add accreditation",
        "back": _back(person_id),
    }
    if request.method == "GET":
        return form_page(opened(AccreditationForm), **page)
    form = AccreditationForm()

    def add(session: Session) -> None:
        service.add_accreditation(
            session,
            current_actor(),
            person_id,
            AccreditationKind(form.kind.data),
            form.term(),
            evidence=form.evidence.data or "",
            now=clock.now(),
        )

    if done(form, add):
        flash("The accreditation was added.", "success")
        return see_other(_back(person_id))
    return form_page(form, **page), BAD_INPUT


@bp.route("/<int:person_id>/accreditations/<int:accreditation_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def change_accreditation(person_id: int, accreditation_id: int) -> Page:
    """Change the days or the evidence of an accreditation."""
    person = _person(person_id)
    held = one_of(person.accreditations, accreditation_id)
    page = {
        "heading": f"Change accreditation: {held.label}",
        "caption": person.name,
        "note": "Decisions already taken keep what was entered when they were taken.",
        "button": "Save",
        "back": _back(person_id),
    }
    if request.method == "GET":
        was = {"starts_on": held.starts_on, "ends_on": held.ends_on, "evidence": held.evidence}
        return form_page(opened(HeldForm, **was), **page)
    form = HeldForm()

    def change(session: Session) -> None:
        service.change_accreditation(
            session,
            current_actor(),
            accreditation_id,
            form.term(),
            evidence=form.evidence.data or "",
            now=clock.now(),
        )

    if done(form, change):
        flash("The accreditation was changed.", "success")
        return see_other(_back(person_id))
    return form_page(form, **page), BAD_INPUT


def _person(person_id: int) -> PersonView:
    with transaction() as session:
        return person_view(session, person_id, now=clock.now())


def _back(person_id: int) -> str:
    return url_for("people.show", person_id=person_id)
