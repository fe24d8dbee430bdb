"""Letters to victims: look at one, add a sentence, take it as a PDF."""

from flask import Blueprint, Response, render_template, request
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextArea
from wtforms import TextAreaField

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.reports.victim_letter import compose, letter_file_name, letter_pdf
from fcr_app.services.letters import Copy, LetterFacts, print_letter, read_letter
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.forms import BAD_INPUT, done, opened, problems_of

bp = Blueprint("letters", __name__, url_prefix="/cases/<string:reference>/letter")


class LetterForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """What the sender may add."""

    added = TextAreaField(
        "Your own words (optional)",
        description=(
            "A sentence or two, put under “Why”. Name nobody: no officer, no suspect, no other "
            "victim."
        ),
        widget=GovTextArea(),
        render_kw={"params": {"rows": 4}},
    )


@bp.get("/<int:victim_id>")
@requires(Permission.WORK_ON_CASES)
def show(reference: str, victim_id: int) -> str:
    """Show the letter as it would be printed today."""
    return _page(reference, victim_id, opened(LetterForm))


@bp.post("/<int:victim_id>")
@requires(Permission.WORK_ON_CASES)
def pdf(reference: str, victim_id: int) -> Response | tuple[str, int]:
    """Give out the letter as a PDF: the one to send, or the marked copy for the file."""
    form, copy = LetterForm(), _copy_asked_for()
    printed: list[LetterFacts] = []
    if not done(
        form,
        lambda session: printed.append(
            print_letter(
                session,
                current_actor(),
                reference,
                victim_id,
                copy=copy,
                added=form.added.data or "",
                now=clock.now(),
            )
        ),
    ):
        return _page(reference, victim_id, form), BAD_INPUT
    # Drawn after the transaction: it takes a moment, and nobody should wait for the lock.
    name = letter_file_name(printed[0], copy)
    return Response(
        letter_pdf(printed[0], copy),
        mimetype="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _copy_asked_for() -> Copy:
    return Copy.FILE if request.form.get("copy") == Copy.FILE else Copy.LETTER


def _page(reference: str, victim_id: int, form: LetterForm) -> str:
    with transaction() as session:
        facts = read_letter(session, current_actor(), reference, victim_id, now=clock.now())
    return render_template(
        "letters/show.html", letter=compose(facts), form=form, problems=problems_of(form)
    )
