"""A supervisor's team, one person's page, and notes of talks between the two."""

from flask import Blueprint, flash, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from werkzeug.wrappers import Response
from wtforms import TextAreaField

from fcr_app import clock
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission
from fcr_app.services.one_to_one import correct_note, own_note, write_note
from fcr_app.services.team import Age, team_view
from fcr_app.services.team_person import person_page
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.fields import DayField
from fcr_app.web.forms import BAD_INPUT, done, form_page, opened, see_other

bp = Blueprint("team", __name__, url_prefix="/team")

Page = str | Response | tuple[str, int]
BETWEEN = (
    "Only the two of you can read it: not the FCR, and not the next supervisor. It can’t be "
    "changed or deleted; put right what is wrong with another note. Write what you would say to "
    "them."
)


class NoteForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """What was talked about."""

    held_on = DayField("When did you talk?", missing="Enter the day.")
    text = TextAreaField(
        "What did you talk about?",
        description="For example: what went well, what would help, what you both will do.",
        widget=GovTextArea(),
        render_kw={"params": {"rows": 8}},
    )


@bp.get("")
@requires(Permission.SEE_TEAM)
def index() -> str:
    """Show what is open in the team, what comes up, and who could do with help."""
    with transaction() as session:
        team = team_view(
            session,
            current_actor(),
            now=clock.now(),
            unit_id=request.args.get("unit", type=int),
            after=request.args.get("after", ""),
            before=request.args.get("before", ""),
        )
    return render_template("team/index.html", team=team, ages=Age)


@bp.get("/people/<int:person_id>")
@requires(Permission.WORK_ON_CASES)
def person(person_id: int) -> str:
    """Show one of one's people."""
    return page_about(person_id)


def page_about(person_id: int) -> str:
    """Return the page of a person, or one's own."""
    with transaction() as session:
        page = person_page(
            session,
            current_actor(),
            person_id,
            now=clock.now(),
            after=request.args.get("after", ""),
            before=request.args.get("before", ""),
            notes_before=request.args.get("notes", type=int),
        )
    return render_template("team/person.html", page=page)


@bp.route("/people/<int:person_id>/notes/new", methods=["GET", "POST"])
@requires(Permission.SEE_TEAM)
def new_note(person_id: int) -> Page:
    """Write a note of a talk."""
    with transaction() as session:
        about = person_page(session, current_actor(), person_id, now=clock.now())
    page = {
        "heading": "Write a note of a talk",
        "caption": about.name,
        "note": BETWEEN,
        "button": "Keep the note",
        "back": url_for(".person", person_id=person_id),
    }
    if request.method == "GET":
        return form_page(opened(NoteForm, held_on=to_london(clock.now()).date()), **page)
    form = NoteForm()
    if done(
        form,
        lambda s: write_note(
            s, current_actor(), person_id, form.held_on.data, form.text.data or "", now=clock.now()
        ),
    ):
        flash("The note is kept. Only the two of you can read it.", "success")
        return see_other(page["back"])
    return form_page(form, **page), BAD_INPUT


@bp.route("/notes/<int:note_id>/correction", methods=["GET", "POST"])
@requires(Permission.SEE_TEAM)
def correction(note_id: int) -> Page:
    """Put right a note that one wrote."""
    with transaction() as session:
        note = own_note(session, current_actor(), note_id)
        was = {"held_on": note.held_on, "text": note.text}
        back = url_for(".person", person_id=note.person_id)
    page = {
        "heading": "Put a note right",
        "note": "The note stays, marked as put right; this one stands after it.",
        "button": "Keep the correction",
        "back": back,
    }
    if request.method == "GET":
        return form_page(opened(NoteForm, **was), **page)
    form = NoteForm()
    if done(
        form,
        lambda s: correct_note(
            s, current_actor(), note_id, form.held_on.data, form.text.data or "", now=clock.now()
        ),
    ):
        flash("The correction is kept beside the note.", "success")
        return see_other(back)
    return form_page(form, **page), BAD_INPUT
