"""What is added to a crime after it came in: victims, colleagues, a class where it has none."""

from collections.abc import Callable
from functools import partial

from flask import Blueprint, flash, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.facts import Part
from fcr_app.domain.permissions import Permission
from fcr_app.errors import SomeoneElseChangedIt
from fcr_app.services import crime_additions as service
from fcr_app.services.crime_choices import find_offences, find_people
from fcr_app.services.crimes import visible_crime
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.crime_forms import OffenceForm, PersonForm, VictimForm
from fcr_app.web.forms import BAD_INPUT, CONFLICT, done, form_page, opened, see_other

bp = Blueprint("crime_additions", __name__, url_prefix="/crimes/<int:crime_id>")

Page = str | Response | tuple[str, int]

INDEPENDENCE = (
    "A new officer in the case takes over from the present one. Nobody who takes part may decide a "
    "request about this crime, and a part is never taken back."
)
FIRST_CLASS = "What a crime is first recorded as is kept for ever."


@bp.route("/victims/new", methods=["GET", "POST"])
@requires(Permission.ENTER_CRIMES)
def victim(crime_id: int) -> Page:
    """Add a victim to a crime."""
    page = _page(crime_id, heading="Add a victim", button="Add victim")
    if request.method == "GET":
        return form_page(opened(VictimForm), **page)
    form = VictimForm()

    def add(session: Session) -> None:
        service.add_victim(session, current_actor(), crime_id, form.victim(), now=clock.now())

    return _answer(form, page, add, "The victim was added.")


@bp.route("/people/new", methods=["GET", "POST"])
@requires(Permission.ENTER_CRIMES)
def person(crime_id: int) -> Page:
    """Note that a colleague takes part in the investigation."""
    page = _page(crime_id, heading="Add a colleague", button="Add colleague", note=INDEPENDENCE)
    if request.method == "GET":
        return form_page(opened(PersonForm), **page)
    form = PersonForm()
    with transaction() as session:
        form.person.look_up(partial(find_people, session))

    def add(session: Session) -> None:
        service.add_person(
            session,
            current_actor(),
            crime_id,
            form.person.data,
            Part(form.part.data),
            now=clock.now(),
        )

    return _answer(form, page, add, "The colleague was added.")


@bp.route("/class", methods=["GET", "POST"])
@requires(Permission.ENTER_CRIMES)
def offence(crime_id: int) -> Page:
    """Give a crime that came in without a class its first one."""
    page = _page(
        crime_id, heading="Give the crime its class", button="Save the class", note=FIRST_CLASS
    )
    with transaction() as session:
        page["version"] = service.to_classify(session, current_actor(), crime_id).version
    if request.method == "GET":
        return form_page(opened(OffenceForm), **page)
    form = OffenceForm()
    with transaction() as session:
        form.offence.look_up(partial(find_offences, session))
    version = request.form.get("version", 0, type=int)

    def save(session: Session) -> None:
        service.classify(
            session,
            current_actor(),
            crime_id,
            form.offence.data,
            version=version,
            now=clock.now(),
        )

    return _answer(form, page, save, "The class was saved.")


def _page(crime_id: int, **page: object) -> dict[str, object]:
    """Return what every page here shows, for a crime that the person may see."""
    with transaction() as session:
        crime = visible_crime(session, current_actor(), crime_id)
        back = url_for("crimes.show", crime_id=crime.id)
        return {**page, "caption": f"Crime {crime.crime_number}", "back": back}


def _answer(
    form: FlaskForm, page: dict[str, object], act: Callable[[Session], None], said: str
) -> Page:
    try:
        if done(form, act):
            flash(said, "success")
            return see_other(str(page["back"]))
    except SomeoneElseChangedIt as error:
        form.form_errors.append(str(error))
        return form_page(form, **page), CONFLICT
    return form_page(form, **page), BAD_INPUT
