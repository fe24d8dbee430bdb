"""My work: the lists a person finds their next case in."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for

from fcr_app import clock
from fcr_app.domain.london import to_london
from fcr_app.domain.permissions import Permission
from fcr_app.domain.spoken_time import wall_time
from fcr_app.services.transaction import transaction
from fcr_app.services.worklist import SHOWN, Sort, Tab, Worklist, read_asked, worklist
from fcr_app.services.worklist_filters import CODES, ME, NOBODY, STATES, Clock
from fcr_app.web.access import current_actor, requires

bp = Blueprint("worklist", __name__)

HOUR = timedelta(hours=1)

#: Why a tab is empty, and what would fill it.
EMPTY = {
    Tab.DECIDE: (
        "Nothing waits for your decision",
        (
            "Requests appear here when they are sent and your accreditations let you decide them. "
            "Those you are not independent of, and those a colleague holds, are left out."
        ),
    ),
    Tab.MINE: (
        "Nothing waits for you",
        (
            "You will find here what you have claimed, your drafts, requests that were returned to "
            "you, and approved ones whose victim is still to be told."
        ),
    ),
    Tab.TEAM: (
        "Your team has no open cases",
        (
            "Requests appear here when your people make them, or when they are about crimes of "
            "your people or units."
        ),
    ),
    Tab.OVERDUE: (
        "Nothing is overdue",
        "A case that you may see appears here when its time has run out.",
    ),
    Tab.ALL: (
        "There are no open cases that you may see",
        (
            "A case appears here when somebody asks for a crime to be cancelled or transferred. To "
            "see settled ones, filter by where they stand."
        ),
    ),
}


@bp.get("/work")
@requires(Permission.WORK_ON_CASES)
def show() -> str:
    """Show one page of a list."""
    now, actor = clock.now(), current_actor()
    with transaction() as session:
        found = worklist(session, actor, read_asked(request.args, actor), now=now)
    heading, text = EMPTY[found.asked.tab]
    return render_template(
        "worklist/show.html",
        found=found,
        asked=found.asked,
        rows=found.page.rows,
        tabs=list(_tabs(found)),
        sorts=[(sort.label, _address(found, sort=sort.value), sort) for sort in Sort],
        chosen=list(_chosen(found)),
        clear=_address(found, **dict.fromkeys(dict(found.asked.filters), "")),
        before=_address(found, before=found.page.before) if found.page.before else "",
        after=_address(found, after=found.page.after) if found.page.after else "",
        first=_address(found),
        matching=found.counts.get(SHOWN, found.counts[found.asked.tab.value]),
        empty_heading=heading,
        empty_text=text,
        states=STATES,
        codes=CODES,
        clocks=Clock,
        me=actor.id,
        now=now,
    )


def _address(found: Worklist, **changes: str) -> str:
    """Return the address of this list with something changed: the first page, unless said."""
    asked = found.asked
    said: dict[str, Any] = {"tab": asked.tab.value, **dict(asked.filters)}
    if asked.sort is not Sort.DUE:
        said["sort"] = asked.sort.value
    said.update(changes)
    return url_for("worklist.show", **{name: value for name, value in said.items() if value})


def _tabs(found: Worklist) -> Iterator[dict[str, object]]:
    for tab in found.tabs:
        yield {
            "text": tab.label,
            "href": url_for("worklist.show", tab=tab.value),
            "active": tab is found.asked.tab,
            "count": found.counts[tab.value],
        }


def _chosen(found: Worklist) -> Iterator[dict[str, str]]:
    """Yield each filter that is set, in words, with the address of the list without it."""
    filters, choices = found.asked.filters, found.choices
    units = {key: name for key, name, _ in choices.units}
    holders = {NOBODY: "Held by nobody", ME: "Held by you"}
    named = f"Held by {choices.holder or 'somebody who is not here'}"
    words = {
        "state": STATES.get(filters.state, ""),
        "code": CODES.get(filters.code, ""),
        "offence": f"Offence: {filters.offence}",
        "unit": units.get(filters.unit, "A unit that is not here"),
        "holder": holders.get(filters.holder, named),
        "clock": Clock(filters.clock).label if filters.clock else "",
    }
    for name, _ in filters:
        yield {"text": words[name], "href": _address(found, **{name: ""})}


@bp.app_template_filter("short_clock")
def short_clock(due_at: datetime, now: datetime) -> str:
    """Return a deadline as shortly as is useful: "5 hours late", "in 3 hours 20 min".

    Once it is late, minutes no longer help anybody.
    """
    left = abs(due_at - now)
    hours, minutes = left // HOUR, left % HOUR // timedelta(minutes=1)
    if left.days:
        length = _count(left.days, "day")
    elif hours and due_at < now:
        length = _count(hours, "hour")
    elif hours:
        length = f"{_count(hours, 'hour')} {minutes} min"
    else:
        length = f"{minutes} min"
    return f"{length} late" if due_at < now else f"in {length}"


@bp.app_template_filter("short_when")
def short_when(due_at: datetime, now: datetime) -> str:
    """Return a deadline's moment as shortly as is useful: "16:40", "Mon 30 Nov".

    Beside "in 3 hours" an hour of the day needs no day, and the end of a day no hour.
    """
    midnight = to_london(due_at).strftime("%H:%M") == "00:00"
    # Midnight ends a day.
    then = to_london(due_at - timedelta(seconds=1) if midnight else due_at).date()
    today = to_london(now).date()
    if near := {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((then - today).days):
        if midnight:
            return near
        soon = abs(due_at - now) < timedelta(days=1)
        return wall_time(due_at) if soon else f"{near} {wall_time(due_at)}"
    return f"{then:%a %-d %b}" if then.year == today.year else f"{then:%-d %b %Y}"


@bp.app_template_filter("age")
def age(since: datetime, now: datetime) -> str:
    """Return how old something is: "3 days", and in hours on its first day."""
    passed = now - since
    if passed < HOUR:
        return "New"
    if passed < timedelta(days=1):
        return _count(passed // HOUR, "hour")
    return _count(passed.days, "day")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
