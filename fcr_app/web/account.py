"""A person's own account: who they are here, their password, their deputies, unsent words."""

from flask import Blueprint, flash, render_template, request, url_for
from flask_login import current_user
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovRadioInput
from werkzeug.wrappers import Response
from wtforms import PasswordField, RadioField
from wtforms.validators import InputRequired

from fcr_app import clock
from fcr_app.domain.mail import MailChoice
from fcr_app.domain.passwords import SHORTEST
from fcr_app.errors import InvalidValue, TooManyAttempts
from fcr_app.services import api_tokens, kept_words, own_password as service, sign_in
from fcr_app.services.mail_choice import choose_mail
from fcr_app.services.person_view import person_view
from fcr_app.services.transaction import transaction
from fcr_app.web import browser
from fcr_app.web.access import current_actor, signed_in
from fcr_app.web.fields import choices
from fcr_app.web.forms import BAD_INPUT, blame, done, form_page, opened, see_other

bp = Blueprint("account", __name__, url_prefix="/account")

TOO_MANY = 429
_NEW = {"params": {"autocomplete": "new-password", "classes": "govuk-!-width-two-thirds"}}


class PasswordForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """What it takes to change one's password. A field with this word in its name is never kept."""

    current_password = PasswordField(
        "Present password",
        widget=GovPasswordInput(),
        validators=[InputRequired("Enter your present password.")],
        render_kw={
            "params": {"autocomplete": "current-password", "classes": "govuk-!-width-two-thirds"}
        },
    )
    new_password = PasswordField(
        "New password",
        description=f"{SHORTEST} characters or more. Three or four random words are a good choice.",
        widget=GovPasswordInput(),
        validators=[InputRequired("Enter a new password.")],
        render_kw=_NEW,
    )
    new_password_again = PasswordField(
        "New password again",
        widget=GovPasswordInput(),
        validators=[InputRequired("Enter the new password again.")],
        render_kw=_NEW,
    )


class MailForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """When a person wants e-mails."""

    choice = RadioField(
        "When do you want e-mails?",
        choices=choices((choice.value, choice.label) for choice in MailChoice),
        widget=GovRadioInput(),
        validators=[InputRequired("Select when you want e-mails.")],
    )


@bp.get("")
@signed_in
def show() -> str:
    """Show the person what the service knows about them, and what they may change."""
    now = clock.now()
    with transaction() as session:
        person = person_view(session, current_actor().id, now=now)
        unsent = kept_words.unsent(session, person.id, now=now)
        tokens = api_tokens.tokens_of(session, person.id, now=now)
    return render_template("account/show.html", person=person, unsent=unsent, tokens=tokens)


@bp.route("/e-mail", methods=["GET", "POST"])
@signed_in
def mail() -> str | Response | tuple[str, int]:
    """Choose when e-mails come."""
    actor, now = current_actor(), clock.now()
    with transaction() as session:
        form = opened(MailForm, choice=person_view(session, actor.id, now=now).mail_choice.value)
    if request.method == "POST":
        form = MailForm()
        if done(form, lambda session: choose_mail(session, actor, form.choice.data, now=now)):
            flash("Your choice of e-mails was saved.", "success")
            return see_other(url_for("account.show"))
    page = form_page(
        form,
        heading="E-mails",
        note="What is said by e-mail always stands in your notices too. An e-mail gives the "
        "reference of a case and what has to be done; names and accounts stay in the service.",
        button="Save",
        back=url_for("account.show"),
    )
    return (page, BAD_INPUT) if form.errors else page


@bp.get("/password")
@signed_in
def password() -> str:
    """Ask for the present password and a new one."""
    return _password_page(PasswordForm(formdata=None))


@bp.post("/password")
@signed_in
def change_password() -> str | Response | tuple[str, int]:
    """Change the password, and sign the person out everywhere but here."""
    form, actor, now = PasswordForm(), current_actor(), clock.now()
    if not form.validate():
        return _password_page(form), BAD_INPUT
    try:
        with transaction() as session:
            own = service.own_password(session, actor, now=now)
        # Between two transactions: hashing takes long, and would hold SQLite's only write lock.
        new_hash = own.replaced(
            form.current_password.data or "",
            form.new_password.data or "",
            form.new_password_again.data or "",
        )
    except TooManyAttempts as error:
        form.form_errors.append(str(error))
        return _password_page(form), TOO_MANY
    except InvalidValue as error:
        blame(form, error)
        return _password_page(form), BAD_INPUT
    with transaction() as session:
        service.change_own_password(session, actor, own, new_hash, now=now)
        token = sign_in.begin(session, actor.id, address=actor.address, now=now)
    browser.enter(token)
    flash("Your password was changed. Any other browser you used is signed out.", "success")
    return see_other(url_for("account.show"))


def _password_page(form: PasswordForm) -> str:
    must = current_user.must_change_password
    return form_page(
        form,
        heading="Change your password",
        note="An administrator chose your password. Choose one that only you know." if must else "",
        button="Change password",
        back="" if must else url_for("account.show"),
    )


@bp.post("/unsent/<int:kept_id>/delete")
@signed_in
def forget(kept_id: int) -> Response:
    """Delete words that were not sent and are not wanted."""
    with transaction() as session:
        kept_words.forget(session, current_actor().id, kept_id)
    flash("The unsent words were deleted.", "success")
    return see_other(url_for("account.show"))
