"""Finding the work and what is known: worklists and search."""

from typing import Any

from flask import Response

from fcr_app import clock
from fcr_app.api.access import current_actor
from fcr_app.api.area import Area, reply
from fcr_app.api.schemas.lists import (
    FoundAnswer,
    NumberAsked,
    WordsGiven,
    WorklistAnswer,
    WorklistAsked,
)
from fcr_app.domain.permissions import Permission
from fcr_app.errors import NotFound
from fcr_app.services.search import Found, log_search, search
from fcr_app.services.transaction import transaction
from fcr_app.services.worklist import Asked, tabs_of, worklist
from fcr_app.services.worklist_filters import Filters

area = Area("Lists", "What a person can act on now, and finding a case or a crime.")

WORK = Permission.WORK_ON_CASES
_FILTERS = ("state", "code", "offence", "unit", "holder", "clock")


@area.reads("/worklist", needs=WORK, asks=WorklistAsked, gives=WorklistAnswer)
def work(asked: dict[str, Any]) -> Response:
    """Read one page of a list, most urgent first."""
    actor = current_actor()
    tabs = tabs_of(actor)
    tab = asked["tab"] or tabs[0]
    if tab not in tabs:
        raise NotFound(f"You have no list “{tab.label}”.")
    wanted = Asked(
        tab=tab,
        sort=asked["sort"],
        filters=Filters(**{name: asked[name] for name in _FILTERS}),
        after=asked["after"],
        before=asked["before"],
    )
    with transaction() as session:
        found = worklist(session, actor, wanted, now=clock.now())
    lists = [{"tab": t, "label": t.label, **counted(found.counts[t.value])} for t in found.tabs]
    return reply(WorklistAnswer, {"asked": wanted, "lists": lists, "page": found.page})


@area.reads("/search", needs=WORK, asks=NumberAsked, gives=FoundAnswer)
def by_number(asked: dict[str, str]) -> Response:
    """Find cases and crimes by how a number or a reference begins."""
    return _found(asked["number"], names=False)


@area.looks("/search", needs=WORK, takes=WordsGiven, gives=FoundAnswer)
def by_words(given: dict[str, str]) -> Response:
    """Find cases and crimes by a number, or by the beginning of a name."""
    return _found(given["words"], names=True)


def counted(words: str) -> dict[str, object]:
    """Return a count as a number: "1,000+" is 1000 and more."""
    return {"count": int(words.rstrip("+").replace(",", "")), "more": words.endswith("+")}


def _found(words: str, *, names: bool) -> Response:
    with transaction() as session:
        found: Found = search(session, current_actor(), words, names=names)
        log_search(session, current_actor(), found, now=clock.now())
    return reply(FoundAnswer, found)
