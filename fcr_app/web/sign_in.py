"""Signing in and out, staying signed in."""

from flask import (
    Blueprint,
    Response as FlaskResponse,
    jsonify,
    redirect,
    render_template,
    session as cookie,
    url_for,
)
from flask_login import current_user
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovTextInput
from werkzeug.wrappers import Response
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from fcr_app import clock
from fcr_app.errors import SignInRefused, TooManyAttempts
from fcr_app.services import sign_in
from fcr_app.services.password_sign_in import claim, succeeded
from fcr_app.services.transaction import transaction
from fcr_app.web import browser, kept
from fcr_app.web.access import WAS_OVER, public, signed_in
from fcr_app.web.navigation import home

bp = Blueprint("sign_in", __name__)


class SignInForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """What the sign-in page asks for."""

    email = EmailField(
        "E-mail address",
        widget=GovTextInput(),
        validators=[InputRequired("Enter your e-mail address."), Length(max=254)],
    )
    password = PasswordField(
        "Password",
        widget=GovPasswordInput(),
        validators=[InputRequired("Enter your password."), Length(max=1000)],
    )


@bp.get("/sign-in")
@public
def form() -> str | Response:
    """Ask who somebody is."""
    if current_user.is_authenticated:
        return redirect(home())
    return _page(SignInForm(formdata=None))


@bp.post("/sign-in")
@public
def submit() -> str | Response | tuple[str, int]:
    """Sign somebody in, and lead them to where they were going."""
    asked = SignInForm()
    if not asked.validate():
        return _page(asked), 400
    email, password, now = asked.email.data or "", asked.password.data or "", clock.now()
    try:
        with transaction() as session:
            claimed = claim(session, email, address=browser.address(), now=now)
        # Between two transactions: checking takes long, and would hold SQLite's only write lock.
        person_id = claimed.require(password)
    except TooManyAttempts as error:
        return _page(asked, refused=str(error)), 429
    except SignInRefused as error:
        return _page(asked, refused=str(error)), 401
    with transaction() as session:
        succeeded(session, claimed, password)
        token = sign_in.begin(session, person_id, address=browser.address(), now=now)
    return redirect(_enter(person_id, token), 303)


def _enter(person_id: int, token: str) -> str:
    """Give the browser its new sign-in; return where to go on."""
    offered, wanted = kept.offered(), cookie.get(kept.AFTER_SIGN_IN)
    browser.enter(token)
    return kept.way_back(person_id, offered) or wanted or "/"


def _page(asked: SignInForm, refused: str = "") -> str:
    return render_template(
        "sign_in/form.html",
        form=asked,
        refused=refused,
        over=cookie.get(WAS_OVER, False),
        idle=browser.limits().idle,
    )


@bp.post("/sign-out")
@public
def out() -> Response:
    """End the sign-in, here and in the table."""
    browser.leave()
    return redirect(url_for("sign_in.signed_out"), 303)


@bp.get("/signed-out")
@public
def signed_out() -> str:
    """Say that the browser is signed out."""
    return render_template("sign_in/signed_out.html")


@bp.get("/stay-signed-in")
@signed_in
def stay() -> FlaskResponse:
    """Tell a page how long its sign-in has left; asking is what keeps it going."""
    left = current_user.ends_at - clock.now()
    return jsonify(secondsLeft=int(left.total_seconds()))
