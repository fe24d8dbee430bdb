"""The FCR's list of crimes that were recorded late, and the page on which one is looked at."""

from flask import Blueprint, flash, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovRadioInput
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.validators import InputRequired

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.errors import AlreadyDone
from fcr_app.services.late_records import Listed, Verdict, late_list, late_record, review
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.crime_forms import legend
from fcr_app.web.fields import choices
from fcr_app.web.forms import BAD_INPUT, done, opened, problems_of, see_other
from fcr_app.web.incident_forms import words_field

bp = Blueprint("late_records", __name__, url_prefix="/late-records")

Page = str | Response | tuple[str, int]


class ReviewForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """What the FCR says of a reason."""

    verdict = RadioField(
        "Is it an allowed reason?",
        choices=choices(
            [
                (Verdict.ACCEPTED.value, "Accept it"),
                (Verdict.NOT_ACCEPTED.value, "Do not accept it"),
            ]
        ),
        widget=GovRadioInput(),
        render_kw=legend("Is it an allowed reason?"),
        validators=[InputRequired("Select whether you accept the reason.")],
    )
    remark = words_field(
        "Your remark",
        "Needed where you do not accept it: it goes to whoever recorded the crime, as feedback.",
    )


@bp.get("")
@requires(Permission.REVIEW_RECORDING)
def index() -> str:
    """Show the late records that wait, or those that were looked at."""
    asked = request.args.get("list", "")
    listed = Listed(asked) if asked in {one.value for one in Listed} else Listed.WAITING
    with transaction() as session:
        found = late_list(
            session,
            current_actor(),
            listed,
            after=request.args.get("after", ""),
            before=request.args.get("before", ""),
        )
    page = found.page
    return render_template(
        "late_records/index.html",
        found=found,
        tabs=[
            {
                "text": one.label,
                "href": url_for(".index", list=one.value),
                "active": one is listed,
                "count": found.counts[one.value],
            }
            for one in Listed
        ],
        before=url_for(".index", list=listed.value, before=page.before) if page.before else "",
        after=url_for(".index", list=listed.value, after=page.after) if page.after else "",
        further_on=bool(request.args.get("after") or request.args.get("before")),
    )


@bp.get("/<int:late_id>")
@requires(Permission.REVIEW_RECORDING)
def show(late_id: int) -> str:
    """Show one late record, to accept its reason or not."""
    return _review_page(late_id, opened(ReviewForm))


@bp.post("/<int:late_id>")
@requires(Permission.REVIEW_RECORDING)
def answer(late_id: int) -> Page:
    """Accept the reason, or not."""
    form = ReviewForm()

    def save(session: Session) -> None:
        verdict = Verdict(form.verdict.data)
        remark = form.remark.data or ""
        review(session, current_actor(), late_id, verdict, remark, now=clock.now())

    try:
        if not done(form, save):
            return _review_page(late_id, form), BAD_INPUT
    except AlreadyDone as error:
        flash(str(error), "info")
        return see_other(url_for(".show", late_id=late_id))
    flash("It was saved.", "success")
    return see_other(url_for(".index"))


def _review_page(late_id: int, form: ReviewForm) -> str:
    with transaction() as session:
        late = late_record(session, current_actor(), late_id, now=clock.now())
    return render_template(
        "late_records/show.html",
        late=late,
        form=form,
        problems=problems_of(form),
        me=current_actor().id,
    )
