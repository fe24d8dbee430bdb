"""The overview: what is late, what waits, and how good recording is; and what is behind it."""

from datetime import date
from typing import Any

from flask import Blueprint, render_template, request, url_for

from fcr_app import clock
from fcr_app.domain.audits.words import Band
from fcr_app.domain.permissions import Permission
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.statistics import per_cent
from fcr_app.errors import NotFound
from fcr_app.reports.equality_completeness import share_known
from fcr_app.reports.overview_charts import causes_chart, rate_chart, recorded_chart
from fcr_app.services.overview.behind import Sought, records_behind
from fcr_app.services.overview.figures import Figure
from fcr_app.services.overview.lens import MONTHS, Lens, lens_of, views_of
from fcr_app.services.overview.page import Overview, overview
from fcr_app.services.overview.quality import CauseCount
from fcr_app.services.overview.recorded_in import BANDS
from fcr_app.services.overview.waiting import List, Waiting
from fcr_app.services.transaction import snapshot
from fcr_app.web.access import current_actor, may_open, requires

bp = Blueprint("dashboard", __name__, url_prefix="/overview")

#: The page of each list.
LISTS = {
    List.CASES: "worklist.show",
    List.REPORTS: "incidents.index",
    List.LATE_RECORDS: "late_records.index",
    List.AUDITS: "audits.index",
    List.ACTIONS: "audit_actions.index",
}


@bp.get("")
@requires(Permission.SEE_DASHBOARD)
def show() -> str:
    """Show how things stand, as far as the person answers for them."""
    lens = _lens()
    with snapshot() as session:
        found = overview(session, lens)
    return render_template(
        "dashboard/show.html",
        page=found,
        lens=lens,
        views=[_choice(lens, view=one.value, text=one.label) for one in views_of(lens.actor)],
        months=[_choice(lens, months=one, text=f"{one} months") for one in MONTHS],
        charts=_charts(found),
        list_of=_list_of,
        behind=lambda figure, **more: _behind(lens, figure, **more),
        run_page=_run_page,
        completeness=lambda item: _completeness(lens, item),
        bands=BANDS,
        error_figure=Figure.ERRORS,
        recorded_figure=Figure.RECORDED,
        per_cent=per_cent,
        share_known=share_known,
    )


@bp.get("/records")
@requires(Permission.SEE_DASHBOARD)
def records() -> str:
    """Show the records behind a number, for those who may see each of them."""
    lens, sought = _lens(), _sought()
    with snapshot() as session:
        found = records_behind(
            session,
            lens,
            sought,
            after=request.args.get("after", ""),
            before=request.args.get("before", ""),
        )
    return render_template(
        "dashboard/records.html",
        found=found,
        back=url_for(".show", view=lens.view.value, months=lens.period.months),
        before=_another(before=found.page.before) if found.page.before else "",
        after=_another(after=found.page.after) if found.page.after else "",
    )


def _lens() -> Lens:
    """Read the view and the months from the address; what makes no sense there is left out."""
    actor, now = current_actor(), clock.now()
    view = request.args.get("view", "")
    months = request.args.get("months", type=int)
    return lens_of(
        actor,
        view if view in {one.value for one in views_of(actor)} else "",
        months if months in MONTHS else None,
        now=now,
    )


def _sought() -> Sought:
    """Read which number is meant.

    Raises:
        NotFound: If there is no such number.
    """
    said = request.args
    try:
        return Sought(
            figure=Figure(said.get("figure", "")),
            error=ErrorType(said["error"]) if said.get("error") else None,
            month=date.fromisoformat(f"{said['month']}-01") if said.get("month") else None,
            band=Band(said["band"]) if said.get("band") else None,
        )
    except ValueError:
        raise NotFound("There is no such list.") from None


def _another(**place: Any) -> str:
    """Return the address of another page of the list that is shown."""
    kept: dict[str, Any] = {
        name: value for name, value in request.args.items() if name not in ("after", "before")
    }
    return url_for(".records", **{**kept, **place})


def _choice(lens: Lens, *, text: str, **changed: Any) -> dict[str, object]:
    said = {"view": lens.view.value, "months": lens.period.months}
    return {
        "text": text,
        "href": url_for(".show", **{**said, **changed}),
        "active": {**said, **changed} == said,
    }


def _list_of(one: Waiting, *, late: bool = False) -> str:
    """Return the address of the list behind what waits; empty where the person has no such list."""
    endpoint = LISTS[one.listed_in]
    query: dict[str, Any] = dict(one.late_query if late else one.query)
    return url_for(endpoint, **query) if may_open(endpoint) else ""


def _behind(lens: Lens, figure: Figure, **more: str) -> str:
    said: dict[str, Any] = {"view": lens.view.value, "months": lens.period.months, **more}
    return url_for(".records", figure=figure.value, **said)


def _run_page(reference: str) -> str:
    endpoint = "audit_figures.show"
    return url_for(endpoint, reference=reference) if may_open(endpoint) else ""


def _completeness(lens: Lens, item: str) -> str:
    period = lens.period
    said: dict[str, Any] = {"from": f"{period.first:%Y-%m}", "to": f"{period.last:%Y-%m}"}
    return url_for("equality_figures.completeness", item=item, **said)


def _charts(found: Overview) -> dict[str, Any]:
    def errors(cause: CauseCount) -> str:
        if not cause.listed or not cause.in_feedback:
            return ""
        return _behind(found.lens, Figure.ERRORS, error=cause.error.value)

    return {
        "rates": [
            rate_chart(rate, lambda point: _run_page(point.run_reference)) for rate in found.rates
        ],
        "causes": causes_chart(found.causes, errors),
        "recorded": recorded_chart(found.recorded),
    }
