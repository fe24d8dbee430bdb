"""One box that finds a case, a report or a crime by a number, or by somebody's name.

A number may be in the address. A name may not: addresses are kept in logs and histories. So the
form is posted, and only what is no name leads on to an address.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from fcr_app import clock
from fcr_app.domain.permissions import Permission
from fcr_app.errors import InvalidValue
from fcr_app.services.search import Found, is_a_number, log_search, search
from fcr_app.services.search_statement import MOST_SHOWN
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires
from fcr_app.web.forms import BAD_INPUT

bp = Blueprint("search", __name__)


@bp.get("/search")
@requires(Permission.WORK_ON_CASES)
def show() -> str | tuple[str, int]:
    """Show the box; with a number in the address, what begins with it."""
    words = request.args.get("q", "")
    if not words.strip():
        return _page(words)
    try:
        with transaction() as session:
            found = search(session, current_actor(), words, names=False)
            log_search(session, current_actor(), found, now=clock.now())
    except InvalidValue as error:
        return _page(words, problem=str(error)), BAD_INPUT
    return _page(words, found)


@bp.post("/search")
@requires(Permission.WORK_ON_CASES)
def find() -> str | Response | tuple[str, int]:
    """Find what was typed: by number or by name."""
    words = request.form.get("q", "")
    try:
        with transaction() as session:
            found = search(session, current_actor(), words, names=True)
            if (address := _leads_to(found)) is None:
                log_search(session, current_actor(), found, now=clock.now())
    except InvalidValue as error:
        return _page(words, problem=str(error)), BAD_INPUT
    return redirect(address, 303) if address else _page(words, found)


def _leads_to(found: Found) -> str | None:
    """Return where a search leads by itself: to the one record, or to a page that can be kept."""
    if found.only_case:
        return url_for("cases.show", reference=found.only_case.reference)
    if found.only_report:
        return url_for("incidents.show", incident_id=found.only_report.incident_id)
    if found.only_crime:
        return url_for("crimes.show", crime_id=found.only_crime.crime_id)
    if is_a_number(found.words) and not found.by_name:
        return url_for("search.show", q=found.words)
    return None


def _page(words: str, found: Found | None = None, *, problem: str = "") -> str:
    return render_template(
        "search/show.html",
        words=words[:80],
        found=found,
        problem=problem,
        most=MOST_SHOWN,
        problems=[{"text": problem, "href": "#q"}] if problem else [],
    )
