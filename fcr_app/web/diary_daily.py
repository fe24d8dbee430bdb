"""The daily list of appointments about a crime that is not recorded (DIA-05)."""

from collections.abc import Iterator

from flask import Blueprint, Response, render_template, request, url_for

from fcr_app import clock
from fcr_app.domain.diary.clock import Band, baselines
from fcr_app.domain.permissions import Permission
from fcr_app.domain.spoken_time import moment
from fcr_app.reports.csv_export import csv_lines
from fcr_app.services.diary_daily import DailyRow, daily, every_row
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires

bp = Blueprint("diary_daily", __name__, url_prefix="/diary/daily")

HEADING = (
    "Age", "Appointment", "Report", "Opened as", "First reported", "Record by", "Slot begins",
    "Where it stands", "After the limit", "Officer", "Unit", "Supervisor",
    "Information said to be insufficient",
)  # fmt: skip


@bp.get("")
@requires(Permission.WORK_ON_CASES)
def show() -> str:
    """Show a page of the list."""
    now, said = clock.now(), request.args
    with transaction() as session:
        found = daily(
            session,
            current_actor(),
            now=now,
            after=said.get("after", ""),
            before=said.get("before", ""),
        )
    page = found.page
    return render_template(
        "diary/daily.html",
        found=found,
        rows=page.rows,
        bands=list(Band),
        total=sum(found.counts.values()),
        baselines=baselines(),
        now=now,
        before=url_for(".show", before=page.before) if page.before else "",
        after=url_for(".show", after=page.after) if page.after else "",
    )


@bp.get("/list.csv")
@requires(Permission.WORK_ON_CASES)
def export() -> Response:
    """Give the whole list as a file for a spreadsheet."""
    now = clock.now()
    with transaction() as session:
        rows = every_row(session, current_actor(), now=now)
    answer = Response("".join(csv_lines(HEADING, _lines(rows))), mimetype="text/csv")
    answer.headers["Content-Disposition"] = f'attachment; filename="diary-{now:%Y-%m-%d}.csv"'
    return answer


def _lines(rows: list[DailyRow]) -> Iterator[list[str]]:
    for row in rows:
        yield [
            row.band.label, row.reference, row.incident, row.about,
            moment(row.first_reported_at), moment(row.record_by_at), moment(row.starts_at),
            row.state, "Yes" if row.past_limit else "No", row.officer, row.unit, row.supervisor,
            row.insufficient,
        ]  # fmt: skip
