"""The overview: what is late, what waits, and how good recording is; and what is behind it."""

from datetime import date
from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import Area, reply
from fcr_app.api.lists import counted
from fcr_app.api.schemas.overview import (
    OverviewAnswer,
    OverviewAsked,
    RecordsBehindAnswer,
    RecordsBehindAsked,
)
from fcr_app.domain.permissions import Permission
from fcr_app.services.overview.behind import Sought, records_behind
from fcr_app.services.overview.lens import Lens, lens_of
from fcr_app.services.overview.page import overview
from fcr_app.services.transaction import snapshot

area = Area(
    "Overview", "What is late, what waits and how good recording is, as one answers for it."
)

SEE = Permission.SEE_DASHBOARD


@area.reads("/overview", needs=SEE, asks=OverviewAsked, gives=OverviewAnswer)
def show(asked: dict[str, Any]) -> Response:
    """Read the overview; nothing in it names anybody."""
    lens = _lens(asked)
    with snapshot() as session:
        found = overview(session, lens)
    return reply(OverviewAnswer, found)


@area.reads(
    "/overview/records",
    needs=SEE,
    asks=RecordsBehindAsked,
    gives=RecordsBehindAnswer,
    may_lack=True,
)
def records(asked: dict[str, Any]) -> Response:
    """Read a page of the records behind a number."""
    month = date.fromisoformat(f"{asked['month']}-01") if asked["month"] else None
    sought = Sought(figure=asked["figure"], error=asked["error"], month=month, band=asked["band"])
    lens = _lens(asked)
    with snapshot() as session:
        found = records_behind(session, lens, sought, after=asked["after"], before=asked["before"])
    said = {"title": sought.title, "lens": lens, "page": found.page, **counted(found.count)}
    return reply(RecordsBehindAnswer, said)


def _lens(asked: dict[str, Any]) -> Lens:
    view = asked["view"].value if asked["view"] else ""
    return lens_of(current_actor(), view, asked["months"], now=clock.now())
