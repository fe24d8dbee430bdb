"""Taking a case, letting it go, giving it to somebody else."""

from collections.abc import Callable, Sequence

from flask import Blueprint, flash, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovSelect
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import SelectField
from wtforms.validators import InputRequired

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.errors import PermissionRefused, SomeoneElseChangedIt, StepNotAvailable
from fcr_app.services import claims
from fcr_app.services.candidates import Candidate
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.forms import BAD_INPUT, done, form_page, opened, see_other

bp = Blueprint("claims", __name__)


class ReassignForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """Who is to hold a case."""

    person = SelectField(
        "Who should decide it?",
        description="Everybody who could decide it today, the least busy first.",
        widget=GovSelect(),
        validators=[InputRequired("Select who should decide it.")],
        validate_choice=False,  # the service knows who is eligible at the moment of saving
    )


@bp.post("/work/next")
@requires(Permission.WORK_ON_CASES)
def take_next() -> Response:
    """Take the most urgent case that this person can decide."""
    with transaction() as session:
        reference = claims.claim_next(session, current_actor(), now=clock.now())
    if reference is None:
        flash("No unclaimed case waits that you could decide.", "info")
        return see_other(url_for("worklist.show"))
    flash(f"You hold {reference}, the most urgent case you can decide.", "success")
    return see_other(url_for("cases.show", reference=reference))


@bp.post("/work/<string:reference>/claim")
@requires(Permission.WORK_ON_CASES)
def take(reference: str) -> Response:
    """Take one case."""

    def act(session: Session) -> None:
        claims.claim(session, current_actor(), reference, now=clock.now())

    return _or_say_why_not(reference, act, f"You hold {reference}. Nobody else can decide it.")


@bp.post("/work/<string:reference>/release")
@requires(Permission.WORK_ON_CASES)
def let_go(reference: str) -> Response:
    """Let one case go."""

    def act(session: Session) -> None:
        claims.release(session, current_actor(), reference, now=clock.now())

    return _or_say_why_not(reference, act, f"You let {reference} go. Others can claim it now.")


@bp.route("/work/<string:reference>/reassign", methods=["GET", "POST"])
@requires(Permission.REASSIGN)
def reassign(reference: str) -> str | Response | tuple[str, int]:
    """Give one case to somebody else."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        loaded, offered = claims.who_could_hold(session, actor, reference, now=now)
        holder = loaded.facts.holder_name
    case_page = url_for("cases.show", reference=reference)
    form = opened(ReassignForm) if request.method == "GET" else ReassignForm()
    form.person.choices = [("", "Select a person"), *map(_choice, offered)]

    chosen = next((one for one in offered if str(one.id) == form.person.data), None)

    def give(session: Session) -> None:
        person_id = chosen.id if chosen else None
        claims.reassign(session, actor, reference, person_id, now=now)

    if request.method == "POST" and done(form, give) and chosen:
        flash(f"{chosen.name} holds {reference} and has been told.", "success")
        return see_other(case_page)
    page = form_page(
        form,
        heading="Reassign a case",
        caption=reference,
        note=_note(holder, offered),
        button="Reassign",
        back=case_page,
    )
    return (page, BAD_INPUT) if request.method == "POST" else page


def _note(holder: str, offered: Sequence[Candidate]) -> str:
    now = f"{holder} holds it now." if holder else "Nobody holds it now."
    return now if offered else f"{now} Nobody could decide it today, so it can’t be given away."


def _choice(one: Candidate) -> tuple[str, str]:
    holding = "1 case" if one.holding == 1 else f"{one.holding} cases"
    return str(one.id), f"{one.name} (holds {holding})"


def _or_say_why_not(reference: str, act: Callable[[Session], None], told: str) -> Response:
    """Do it and lead to the case, which says how it stands; if it can't be done, say why there."""
    try:
        with transaction() as session:
            act(session)
    except (PermissionRefused, SomeoneElseChangedIt, StepNotAvailable) as error:
        flash(str(error), "info")
    else:
        flash(told, "success")
    return see_other(url_for("cases.show", reference=reference))
