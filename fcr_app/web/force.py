"""The force's own settings: its name and the two matters that its policy decides."""

from flask import Blueprint, flash, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput, GovTextArea, GovTextInput
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.services.force import LONGEST_LINES, ForceSettings, change_force, force_settings
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.fields import choices
from fcr_app.web.forms import BAD_INPUT, done, form_page, opened, see_other

bp = Blueprint("force", __name__, url_prefix="/force")

YES, NO = "yes", "no"
ANSWER = [InputRequired("Select yes or no.")]
INLINE = {"params": {"classes": "govuk-radios--inline"}}


class ForceForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """What an administrator may change about the force."""

    name = StringField(
        "Name of the force",
        widget=GovTextInput(),
        render_kw={"params": {"classes": "govuk-!-width-two-thirds"}},
    )
    line_manager_may_decide = RadioField(
        "May a line manager decide a request about their own officer’s crime?",
        description="CANC-08. The published rules leave it open; most forces say no.",
        choices=choices([(YES, "Yes"), (NO, "No")]),
        widget=GovRadioInput(),
        validators=ANSWER,
        render_kw=INLINE,
    )
    registrar_decides_reserved_codes = RadioField(
        "Does the registrar also decide C1, C3 and C4 on rape and homicide?",
        description=(
            "CANC-10, and on their class (CLS-02). If not, a trained DDM may. "
            "C2 is always the registrar’s."
        ),
        choices=choices([(YES, "Yes"), (NO, "No")]),
        widget=GovRadioInput(),
        validators=ANSWER,
        render_kw=INLINE,
    )
    victim_contact = TextAreaField(
        "How can a victim reach you? (optional)",
        description="For letters to victims, a line for each way. If it is empty they say 101.",
        widget=GovTextArea(),
        render_kw={"params": {"rows": 4}},
        validators=[Length(max=LONGEST_LINES)],
    )
    victim_support = TextAreaField(
        "Where does a victim find support here? (optional)",
        description="For letters to victims. If it is empty they name Victim Support.",
        widget=GovTextArea(),
        render_kw={"params": {"rows": 4}},
        validators=[Length(max=LONGEST_LINES)],
    )

    def settings(self) -> ForceSettings:
        """Return what was entered."""
        return ForceSettings(
            name=self.name.data or "",
            line_manager_may_decide=self.line_manager_may_decide.data == YES,
            registrar_decides_reserved_codes=self.registrar_decides_reserved_codes.data == YES,
            victim_contact=self.victim_contact.data or "",
            victim_support=self.victim_support.data or "",
        )


@bp.get("")
@requires(Permission.MANAGE_REFERENCE)
def show() -> str:
    """Show the settings of the force."""
    return render_template("force/show.html", settings=_settings())


@bp.route("/edit", methods=["GET", "POST"])
@requires(Permission.MANAGE_REFERENCE)
def edit() -> str | Response | tuple[str, int]:
    """Change the settings of the force."""
    page = {
        "heading": "Change the force’s settings",
        "note": "A change counts for decisions taken from now on. Who changed what is logged.",
        "button": "Save",
        "back": url_for(".show"),
    }
    if request.method == "GET":
        was = _settings()
        form = opened(
            ForceForm,
            name=was.name,
            line_manager_may_decide=YES if was.line_manager_may_decide else NO,
            registrar_decides_reserved_codes=YES if was.registrar_decides_reserved_codes else NO,
            victim_contact=was.victim_contact,
            victim_support=was.victim_support,
        )
        return form_page(form, **page)
    form = ForceForm()
    if done(form, lambda s: change_force(s, current_actor(), form.settings(), now=clock.now())):
        flash("The settings were saved.", "success")
        return see_other(url_for(".show"))
    return form_page(form, **page), BAD_INPUT


def _settings() -> ForceSettings:
    with transaction() as session:
        return force_settings(session)
