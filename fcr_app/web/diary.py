"""The diary that people look at: a week or a day of appointments, by unit and by officer."""

from collections.abc import Iterator

from flask import Blueprint, render_template, request, url_for

from fcr_app import clock
from fcr_app.domain.diary.days import day_of
from fcr_app.domain.permissions import Permission
from fcr_app.services.diary import Asked, Diary, View, diary, read_asked
from fcr_app.services.transaction import transaction
from fcr_app.web.access import current_actor, requires

bp = Blueprint("diary", __name__, url_prefix="/diary")


@bp.get("")
@requires(Permission.WORK_ON_CASES)
def show() -> str:
    """Show a week or a day."""
    now, actor = clock.now(), current_actor()
    today = day_of(now)
    asked = read_asked(request.args, actor, today)
    with transaction() as session:
        found = diary(session, actor, asked, now=now)
    return render_template(
        "diary/show.html",
        found=found,
        asked=asked,
        now=now,
        today=today,
        heading=heading(asked),
        turns=list(_turns(asked, today)),
        views=list(_views(asked)),
        day_address={day: _address(asked, view=View.DAY, on=day) for day in asked.days},
        me=actor.id,
        who=_who(found),
    )


def heading(asked: Asked) -> str:
    """Return what is shown, in words: "23 to 29 November 2026", "Tuesday 24 November 2026"."""
    first, last = asked.days[0], asked.days[-1]
    if first == last:
        return f"{first:%A %-d %B %Y}"
    if first.year != last.year:
        return f"{first:%-d %B %Y} to {last:%-d %B %Y}"
    start = f"{first:%-d}" if first.month == last.month else f"{first:%-d %B}"
    return f"{start} to {last:%-d %B %Y}"


def _turns(asked: Asked, today: object) -> Iterator[dict[str, str]]:
    """Yield the ways to the page before, to today and to the next."""
    period = asked.view.value
    before, after = asked.on - asked.step, asked.on + asked.step
    yield {"text": f"Previous {period}", "href": _address(asked, on=before), "rel": "prev"}
    if today not in asked.days:
        this = {"week": "This week", "day": "Today"}[period]
        yield {"text": this, "href": _address(asked, on=today), "rel": ""}
    yield {"text": f"Next {period}", "href": _address(asked, on=after), "rel": "next"}


def _views(asked: Asked) -> Iterator[dict[str, object]]:
    for view in View:
        yield {
            "text": view.value.capitalize(),
            "href": _address(asked, view=view),
            "active": view is asked.view,
        }


def _address(asked: Asked, **changes: object) -> str:
    """Return the address of this page with something changed."""
    said = {"view": asked.view, "on": asked.on, "unit": asked.unit, "officer": asked.officer}
    said |= changes
    return url_for(
        "diary.show",
        view=str(said["view"]),
        on=f"{said['on']}",
        unit=said["unit"] or "",
        officer=said["officer"] or "",
    )


def _who(found: Diary) -> str:
    """Return whose diary it is, in words."""
    officers = {choice.id: choice.label for choice in found.officers}
    units = {choice.id: choice.label for choice in found.units}
    asked = found.asked
    said = []
    if asked.officer:
        said.append(officers.get(asked.officer, "an officer who is not here"))
    if asked.unit:
        said.append(units.get(asked.unit, "a unit that is not here"))
    return ", ".join(said) or "everybody whose appointments you may see"
