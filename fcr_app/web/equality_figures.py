"""Figures about protected characteristics: how much is known, and whether decisions are alike."""

from collections.abc import Callable, Iterator
from datetime import date

from flask import Blueprint, Response, render_template, request

from fcr_app import clock
from fcr_app.domain.equality.groups import GROUP_LABELS
from fcr_app.domain.equality.items import ASKED, Item
from fcr_app.domain.equality_figures.period import Period, asked_period, last_twelve_months
from fcr_app.domain.equality_figures.use import FEWEST_COMPARED, MOST_UNKNOWN_RATE, OTHERS
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission
from fcr_app.errors import InvalidValue
from fcr_app.reports.equality_completeness import completeness_csv, share_known
from fcr_app.reports.equality_use import compared_with, printed, use_csv
from fcr_app.services.equality_figures.completeness import CompletenessPage, completeness_page
from fcr_app.services.equality_figures.use import UseAsked, UsePage, use_page
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.forms import BAD_INPUT

bp = Blueprint("equality_figures", __name__, url_prefix="/figures/equality")

SEE = Permission.SEE_EQUALITY_FIGURES
Page = str | tuple[str, int]


@bp.get("/completeness")
@requires(SEE)
def completeness() -> Page:
    """Show how much is known about victims, and why the rest is not."""

    def show(period: Period, **more: object) -> str:
        found = _completeness(period)
        return render_template(
            "equality_figures/completeness.html", page=found, items=tuple(Item),
            share_known=share_known, asked=_asked(period), **more,
        )  # fmt: skip

    return _or_the_usual(show)


@bp.get("/completeness.csv")
@requires(SEE)
def completeness_file() -> Response:
    """Give out the same as a file."""
    found = _completeness(_period())
    return _csv(completeness_csv(found), f"completeness-{found.item}", found.period)


@bp.get("/use")
@requires(SEE)
def use() -> Page:
    """Show whether recording decisions are the same for all groups."""

    def show(period: Period, **more: object) -> str:
        found = _use(period)
        return render_template(
            "equality_figures/use.html", page=found, items=ASKED, asked=_asked(period),
            tables=[printed(table) for table in found.tables],
            against=compared_with(found.asked.reference, found.groups), others=OTHERS,
            fewest_compared=FEWEST_COMPARED, most_unknown=f"{MOST_UNKNOWN_RATE:.0%}", **more,
        )  # fmt: skip

    return _or_the_usual(show)


@bp.get("/use.csv")
@requires(SEE)
def use_file() -> Response:
    """Give out the same as a file: always without small counts."""
    found = _use(_period(), as_file=True)
    return _csv(use_csv(found.tables), f"use-{found.asked.item}", found.asked.period)


def _completeness(period: Period) -> CompletenessPage:
    with transaction() as session:
        return completeness_page(session, _item(), period)


def _use(period: Period, *, as_file: bool = False) -> UsePage:
    item = _item() if _item() in ASKED else Item.ETHNICITY
    reference = request.args.get("reference", OTHERS)
    asked = UseAsked(
        item=item,
        period=period,
        # A group of another characteristic is left behind when that is changed.
        reference=reference if reference in GROUP_LABELS[item] else OTHERS,
        everything=request.args.get("small") == "shown" and not as_file,
    )
    with transaction() as session:
        return use_page(session, current_actor(), asked, now=clock.now())


def _item() -> Item:
    asked = request.args.get("item", "")
    return next((one for one in Item if one.value == asked), Item.ETHNICITY)


def _today() -> date:
    return to_london(clock.now()).date()


def _period() -> Period:
    return asked_period(request.args.get("from", ""), request.args.get("to", ""), _today())


def _asked(period: Period) -> dict[str, str]:
    """Return the months as they stand in the boxes: as typed, or as they were taken."""
    usual = {"from": f"{period.first:%Y-%m}", "to": f"{period.last:%Y-%m}"}
    return {name: request.args.get(name) or month for name, month in usual.items()}


def _or_the_usual(show: Callable[..., str]) -> Page:
    """Show the period that was asked for; for one that can't be, say so above the usual one."""
    try:
        return show(_period(), problems=[])
    except InvalidValue as error:
        problem = {"text": str(error), "href": f"#{error.field}", "field": error.field}
        return show(last_twelve_months(_today()), problems=[problem]), BAD_INPUT


def _csv(lines: Iterator[str], name: str, period: Period) -> Response:
    answer = Response("".join(lines), mimetype="text/csv")
    file = f"OFFICIAL-SENSITIVE-equality-{name}-{period.first:%Y-%m}-{period.last:%Y-%m}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{file}"'
    return answer
