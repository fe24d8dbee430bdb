"""Finding the work: what a person can act on now, most urgent first.

A page takes two statements however long the list is: one for its rows, one for what stands
around them (how many in each tab, what can be filtered by).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from fcr_app.domain.roles import DECIDERS, Actor, Role
from fcr_app.models import Case, Crime, Incident
from fcr_app.services.eligibility import held_by, waits_for
from fcr_app.services.paging import Order, Page, page_of_ids, read_cursor
from fcr_app.services.turns import (
    ADDRESSEES_TURN,
    OFFICERS_TURN,
    REQUESTERS_TURN,
    SUPERVISORS_TURN,
)
from fcr_app.services.visibility import (
    OPEN_TO_ALL,
    Ways,
    about_one_of,
    team_cases,
    visible_cases,
    ways_to_see_cases,
)
from fcr_app.services.worklist_filters import NO_FILTERS, Filters, conditions, read_filters
from fcr_app.services.worklist_rows import Row, rows_of
from fcr_app.services.worklist_surroundings import Choices, Counts, surroundings


class Tab(StrEnum):
    """A list of its own, chosen by who has to do something."""

    DECIDE = "decide"
    MINE = "mine"
    TEAM = "team"
    OVERDUE = "overdue"
    ALL = "all"

    @property
    def label(self) -> str:
        """The tab's name."""
        return {
            "decide": "To decide",
            "mine": "Mine",
            "team": "My team",
            "overdue": "Overdue",
            "all": "All",
        }[self.value]


class Sort(StrEnum):
    """What a list is sorted by."""

    DUE = "due"
    AGE = "age"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        """The order in words."""
        return {"due": "Most urgent", "age": "Oldest", "changed": "Changed last"}[self.value]


ORDERS = {
    Sort.DUE: Order(Case.due_at, Case.id, may_lack=True),
    Sort.AGE: Order(Case.opened_at, Case.id),
    Sort.CHANGED: Order(Case.entered_at, Case.id, newest_first=True),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which list, in which order, narrowed how, from where: all of it from the address."""

    tab: Tab
    sort: Sort = Sort.DUE
    filters: Filters = NO_FILTERS
    after: str = ""
    before: str = ""


@dataclass(frozen=True, kw_only=True)
class Worklist:
    """One page of a worklist with what stands around it."""

    asked: Asked
    tabs: tuple[Tab, ...]
    page: Page[Row]
    counts: Counts
    choices: Choices


def read_asked(said: Mapping[str, str], actor: Actor) -> Asked:
    """Read what is asked for from an address; what makes no sense there counts as not said."""
    tabs = tabs_of(actor)
    tab = next((tab for tab in tabs if tab.value == said.get("tab")), tabs[0])
    sort = next((sort for sort in Sort if sort.value == said.get("sort")), Sort.DUE)
    return Asked(
        tab=tab,
        sort=sort,
        filters=read_filters(said),
        after=said.get("after", ""),
        before=said.get("before", ""),
    )


def tabs_of(actor: Actor) -> tuple[Tab, ...]:
    """Return the tabs that make sense for a person; the first is where they start."""
    tabs: tuple[Tab, ...] = (Tab.MINE, Tab.OVERDUE, Tab.ALL)
    if actor.has(Role.SUPERVISOR):
        tabs = (Tab.MINE, Tab.TEAM, Tab.OVERDUE, Tab.ALL)
    return (Tab.DECIDE, *tabs) if actor.has(*DECIDERS, Role.CHIEF_OFFICER) else tabs


def worklist(session: Session, actor: Actor, asked: Asked, *, now: datetime) -> Worklist:
    """Return one page of a list, with the count of every list this person has."""
    filters, order, tabs = asked.filters, ORDERS[asked.sort], tabs_of(actor)
    cursor = order.place(read_cursor(asked.after, asked.before))
    narrowed = and_(*conditions(filters, actor, now)) if any(filters) else None
    shown = _narrowed(ways_into(asked.tab, actor, now, settled=filters.only_settled), narrowed)
    page = rows_of(session, page_of_ids(shown, order, cursor), order, cursor)
    lists = {tab.value: ways_into(tab, actor, now) for tab in tabs}
    if narrowed is not None:
        lists[SHOWN] = shown
    counts, choices = surroundings(session, lists, filters)
    return Worklist(asked=asked, tabs=tabs, page=page, counts=counts, choices=choices)


#: The name under which the filtered list is counted.
SHOWN = "shown"


def _narrowed(ways: Ways, by: ColumnElement[bool] | None) -> Ways:
    return ways if by is None else tuple(and_(way, by) for way in ways)


def ways_into(tab: Tab, actor: Actor, now: datetime, *, settled: bool = False) -> Ways:
    """Return conditions on ``Case`` of which each alone puts it on a tab.

    Args:
        settled: List the cases that nobody has anything left to do on, instead of the others.
    """
    ways = _ways(tab, actor, now)
    if settled:
        return tuple(and_(~Case.open, way) for way in ways)
    return tuple(and_(Case.open, way) for way in ways)


def _ways(tab: Tab, actor: Actor, now: datetime) -> Ways:
    match tab:
        case Tab.DECIDE:
            return waits_for(actor, now)
        case Tab.MINE:
            return _mine(actor)
        case Tab.TEAM:
            return team_cases(actor)
        case Tab.OVERDUE:
            return tuple(and_(Case.due_at < now, way) for way in ways_to_see_cases(actor))
        case Tab.ALL:
            return ways_to_see_cases(actor)


def _mine(actor: Actor) -> Ways:
    """Return what waits for a person: claimed, asked for by them, or about a crime of theirs."""
    if not ways_to_see_cases(actor):
        return ()
    officer_in_the_case = select(Crime.id).where(Crime.oic_id == actor.id)
    deals_with = select(Incident.id).where(Incident.officer_id == actor.id)
    officers_turn = Case.state.in_(OFFICERS_TURN)
    seen = visible_cases(actor)
    # The others are ways to see a case themselves. Asking again whether it may be seen would look
    # up, for each of them, all that the person may see.
    ways: Ways = (
        and_(held_by(actor), seen),
        and_(Case.opened_by_id == actor.id, Case.state.in_(REQUESTERS_TURN)),
        and_(Case.crime_id.in_(officer_in_the_case), officers_turn, seen),
        and_(about_one_of(deals_with), officers_turn, OPEN_TO_ALL),
        and_(Case.addressee_id == actor.id, Case.state.in_(ADDRESSEES_TURN)),
    )
    if SUPERVISORS_TURN and actor.has(Role.SUPERVISOR):
        checks = Case.state.in_(SUPERVISORS_TURN)
        ways = (*ways, *(and_(way, checks) for way in team_cases(actor)))
    return ways
