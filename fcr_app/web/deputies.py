"""Deputies: an administrator enters them for anybody, and people for themselves."""

from flask import Blueprint, flash, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.errors import InvalidValue
from fcr_app.services.crime_choices import find_people
from fcr_app.services.deputies import appoint, end_cover
from fcr_app.services.person_view import person_view
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires, signed_in
from fcr_app.web.forms import BAD_INPUT, done, form_page, opened, see_other
from fcr_app.web.people_forms import DeputyForm

bp = Blueprint("deputies", __name__)

Page = str | Response | tuple[str, int]

NOTE = (
    "A deputy sees the work as if it were their own while they cover. It lends no authority: they "
    "decide only what their own accreditations let them."
)


@bp.route("/people/<int:person_id>/deputies/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def new(person_id: int) -> Page:
    """Let somebody cover for a person."""
    with transaction() as session:
        name = person_view(session, person_id, now=clock.now()).name
    return _page(person_id, name, url_for("people.show", person_id=person_id))


@bp.route("/account/deputies/new", methods=["GET", "POST"])
@signed_in
def new_own() -> Page:
    """Let somebody cover for oneself."""
    return _page(current_actor().id, "", url_for("account.show"))


@bp.post("/people/deputies/<int:cover_id>/end")
@requires(Permission.MANAGE_PEOPLE)
def end(cover_id: int) -> Response:
    """End somebody's cover at once."""
    with transaction() as session:
        person_id = end_cover(session, current_actor(), cover_id, now=clock.now())
    flash("The cover has ended.", "success")
    return see_other(url_for("people.show", person_id=person_id))


@bp.post("/account/deputies/<int:cover_id>/end")
@signed_in
def end_own(cover_id: int) -> Response:
    """End one's own cover at once."""
    with transaction() as session:
        end_cover(session, current_actor(), cover_id, now=clock.now())
    flash("The cover has ended.", "success")
    return see_other(url_for("account.show"))


def _page(person_id: int, caption: str, back: str) -> Page:
    page = {
        "heading": "Add a deputy",
        "caption": caption,
        "note": NOTE,
        "button": "Add deputy",
        "back": back,
    }
    if request.method == "GET":
        return form_page(opened(DeputyForm), **page)
    form = DeputyForm()

    def add(session: Session) -> None:
        appoint(
            session,
            current_actor(),
            person_id,
            _meant(session, form.deputy.data or ""),
            starts_on=form.starts_on.data,
            ends_on=form.ends_on.data,
            now=clock.now(),
        )

    if done(form, add):
        flash("The deputy was added.", "success")
        return see_other(back)
    return form_page(form, **page), BAD_INPUT


def _meant(session: Session, typed: str) -> int:
    """Return the one colleague that the words mean.

    Raises:
        InvalidValue: If they mean nobody, or more than one.
    """
    found = find_people(session, typed)
    if found.only:
        return found.only.id
    if not found.choices:
        raise InvalidValue("Nobody here is called that. Check what you typed.", field="deputy")
    some = ", ".join(choice.label for choice in found.choices[:5])
    raise InvalidValue(
        f"More than one person matches. Enter the staff number of one of them: {some}.",
        field="deputy",
    )
