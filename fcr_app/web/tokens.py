"""Tokens for programs: a person makes and revokes their own; an administrator may revoke any."""

from flask import Blueprint, flash, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextInput
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import IntegerField, RadioField, StringField
from wtforms.validators import InputRequired

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.domain.scopes import Scope
from fcr_app.services import api_tokens as service
from fcr_app.services.api_tokens import LONGEST_NAME
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires, signed_in
from fcr_app.web.fields import choices
from fcr_app.web.forms import BAD_INPUT, done, form_page, opened, see_other

bp = Blueprint("tokens", __name__)

USUAL_DAYS = 90
MOST_DAYS, FEWEST_DAYS = Scope.WRITE.most_days, Scope.ADMINISTER.most_days
NOTE = (
    "A token lets a program do in your name what you may do yourself, and it is logged as yours. "
    "It is shown once."
)


class TokenForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """What a token is for."""

    name = StringField(
        "What is it for?",
        description=f"Such as the program’s name. {LONGEST_NAME} letters or fewer.",
        widget=GovTextInput(),
        validators=[InputRequired("Enter what the token is for.")],
        render_kw={"params": {"autocomplete": "off", "classes": "govuk-!-width-two-thirds"}},
    )
    scope = RadioField(
        "What may the program do?",
        choices=choices((scope.value, scope.label) for scope in Scope),
        default=Scope.READ.value,
        widget=GovRadioInput(),
        validators=[InputRequired("Select what the program may do.")],
    )
    days = IntegerField(
        "How many days does it last?",
        description=(
            f"At most {MOST_DAYS}, or {FEWEST_DAYS} if it may manage accounts, access and "
            "settings. Then make a new one."
        ),
        default=USUAL_DAYS,
        widget=GovTextInput(),
        validators=[InputRequired(f"Enter a number of days, {MOST_DAYS} or fewer.")],
        render_kw={"params": {"inputmode": "numeric", "classes": "govuk-input--width-4"}},
    )


@bp.route("/account/tokens/new", methods=["GET", "POST"])
@signed_in
def new() -> str | tuple[str, int]:
    """Make a token, and show it this once."""
    page = {
        "heading": "Make a token for a program",
        "note": NOTE,
        "button": "Make the token",
        "back": url_for("account.show"),
    }
    if request.method == "GET":
        return form_page(opened(TokenForm), **page)
    form, made = TokenForm(), list[str]()

    def make(session: Session) -> None:
        made.append(
            service.create(
                session,
                current_actor(),
                name=form.name.data or "",
                scope=Scope(form.scope.data),
                days=form.days.data or 0,
                now=clock.now(),
            )
        )

    if not done(form, make):
        return form_page(form, **page), BAD_INPUT
    return render_template("account/token.html", token=made[0], name=form.name.data)


@bp.post("/account/tokens/<int:token_id>/revoke")
@signed_in
def revoke_own(token_id: int) -> Response:
    """Make one of one's own tokens worthless."""
    _revoke(token_id, current_actor().id)
    return see_other(url_for("account.show"))


@bp.post("/people/<int:person_id>/tokens/<int:token_id>/revoke")
@requires(Permission.MANAGE_PEOPLE)
def revoke(person_id: int, token_id: int) -> Response:
    """Make somebody's token worthless."""
    _revoke(token_id, person_id)
    return see_other(url_for("people.show", person_id=person_id))


def _revoke(token_id: int, person_id: int) -> None:
    with transaction() as session:
        service.revoke(session, current_actor(), token_id, person_id=person_id, now=clock.now())
    flash("The token was revoked. Programs that used it are let in no more.", "success")
