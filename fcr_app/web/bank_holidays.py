"""Bank holidays: days that working-day deadlines skip."""

from datetime import date

from flask import Blueprint, flash, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from werkzeug.wrappers import Response
from wtforms import StringField

from fcr_app import clock
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission
from fcr_app.domain.questions import read_date
from fcr_app.errors import NotFound
from fcr_app.services.bank_holiday_list import (
    EARLIEST,
    LATEST,
    add_holiday,
    holidays_of,
    remove_holiday,
)
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.fields import DayField
from fcr_app.web.forms import BAD_INPUT, done, form_page, opened, see_other

bp = Blueprint("bank_holidays", __name__, url_prefix="/bank-holidays")


class HolidayForm(FlaskForm):  # type: ignore[misc] # Flask-WTF publishes no types
    """A day and what it is called."""

    day = DayField("Day", missing="Enter the day.")
    name = StringField(
        "Name",
        description="For example, Bank holiday for the coronation.",
        widget=GovTextInput(),
        render_kw={"params": {"classes": "govuk-!-width-two-thirds"}},
    )


@bp.get("")
@requires(Permission.MANAGE_REFERENCE)
def index() -> str:
    """List the bank holidays of a year."""
    this_year = to_london(clock.now()).year
    year = request.args.get("year", this_year, type=int)
    if not EARLIEST.year <= year < LATEST.year:
        year = this_year
    with transaction() as session:
        days = [(holiday.on_date, holiday.name) for holiday in holidays_of(session, year)]
    return render_template("bank_holidays/index.html", year=year, days=days)


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.MANAGE_REFERENCE)
def new() -> str | Response | tuple[str, int]:
    """Add a bank holiday."""
    page = {
        "heading": "Add a bank holiday",
        "note": "Deadlines that are worked out from now on skip the day.",
        "button": "Add bank holiday",
        "back": url_for(".index"),
    }
    if request.method == "GET":
        return form_page(opened(HolidayForm), **page)
    form = HolidayForm()
    if done(
        form,
        lambda session: add_holiday(
            session, current_actor(), form.day.data, form.name.data or "", now=clock.now()
        ),
    ):
        flash("The bank holiday was added.", "success")
        return see_other(url_for(".index", year=form.day.data.year))
    return form_page(form, **page), BAD_INPUT


@bp.post("/<string:day>/remove")
@requires(Permission.MANAGE_REFERENCE)
def remove(day: str) -> Response:
    """Make a bank holiday a working day again."""
    removed = _day(day)
    with transaction() as session:
        remove_holiday(session, current_actor(), removed, now=clock.now())
    flash("The day is a working day again.", "success")
    return see_other(url_for(".index", year=removed.year))


def _day(text: str) -> date:
    found = read_date(text)
    if found is None:
        raise NotFound("There is no such day.")
    return found
