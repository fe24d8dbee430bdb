"""What waits and what is late, by whose turn it is. Counted as of now, each with its list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from fcr_app.domain.london import from_london, to_london
from fcr_app.domain.permissions import Permission, may
from fcr_app.models import AuditAction, AuditRun, Case, Incident, LateRecord
from fcr_app.services.audits.action_list import ActionFilters, Listed as ActionList, actions_listed
from fcr_app.services.audits.run_list import RunsListed, is_listed
from fcr_app.services.eligibility import AWAITING
from fcr_app.services.incident_filters import Tab as ReportTab, ways_into as ways_into_reports
from fcr_app.services.overview.lens import Lens, View
from fcr_app.services.paging import MOST_COUNTED
from fcr_app.services.turns import (
    ADDRESSEES_TURN,
    OFFICERS_TURN,
    REQUESTERS_TURN,
    SUPERVISORS_TURN,
)
from fcr_app.services.visibility import Ways
from fcr_app.services.worklist import Tab, ways_into
from fcr_app.services.worklist_filters import STATES, Clock
from fcr_app.services.worklist_surroundings import capped


class List(StrEnum):
    """A list that there is, on which what is counted can be seen."""

    CASES = "cases"
    REPORTS = "reports"
    LATE_RECORDS = "late_records"
    AUDITS = "audits"
    ACTIONS = "actions"


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """Something that waits.

    Attributes:
        whose: Whose turn it is, in words.
        late: How many of them are past their time; None where no clock runs.
        oldest_at: When the first of them was due, or came in where no clock runs.
        listed_in: The list; what it is narrowed to in its address follows.
        most: Counting stopped after this many; None where all were counted.
    """

    what: str
    whose: str
    count: int
    late: int | None
    oldest_at: datetime | None
    listed_in: List
    query: Mapping[str, str] = field(default_factory=dict)
    late_query: Mapping[str, str] = field(default_factory=dict)
    most: int | None = None


#: Whose turn the states are, in the order in which they are asked.
_TURNS = (
    (AWAITING, "Somebody with the authority"),
    (ADDRESSEES_TURN, "Whoever it is for"),
    (SUPERVISORS_TURN, "A supervisor"),
    (OFFICERS_TURN, "An officer of the investigation"),
    (REQUESTERS_TURN, "Whoever asked for it"),
)
_TABS = {View.FORCE: Tab.ALL, View.TEAM: Tab.TEAM, View.OWN: Tab.DECIDE}


def waiting(session: Session, lens: Lens) -> tuple[Waiting, ...]:
    """Return what waits now. Five statements at most."""
    if lens.view is View.OWN:
        return (*_own(session, lens), *_actions(session, lens))
    return (
        *_reports(session, lens),
        *_late_records(session, lens),
        *_cases(session, lens),
        *_audits(session, lens),
        *_actions(session, lens),
    )


def all_late_cases(waits: Sequence[Waiting], lens: Lens) -> Waiting:
    """Return the cases that are late, all together."""
    cases = [one for one in waits if one.listed_in is List.CASES]
    # What is a person's own in any other way may be for them to decide as well.
    shown = cases[:1] if lens.view is View.OWN else cases
    late = {"tab": _TABS[lens.view].value, "clock": Clock.OVERDUE.value}
    return Waiting(
        what="Late cases",
        whose="",
        count=sum(one.count for one in shown),
        late=sum(one.late or 0 for one in shown),
        oldest_at=min((one.oldest_at for one in shown if one.oldest_at), default=None),
        listed_in=List.CASES,
        late_query=late,
        most=shown[0].most if shown else None,
    )


def _cases(session: Session, lens: Lens) -> Iterator[Waiting]:
    """Yield the open cases by the state they are in, what has most that is late first."""
    tab = _TABS[lens.view]
    late = func.count().filter(Case.due_at < lens.now)
    rows = session.execute(
        select(Case.state, func.count(), late, func.min(Case.due_at))
        .where(_any(ways_into(tab, lens.actor, lens.now)))
        .group_by(Case.state)
        .order_by(late.desc(), func.count().desc(), Case.state)
    )
    for state, count, late_count, oldest_at in rows:
        query = {"tab": tab.value, "state": state}
        yield Waiting(
            what=STATES[state],
            whose=next((who for states, who in _TURNS if state in states), "The system"),
            count=count,
            late=late_count,
            oldest_at=oldest_at,
            listed_in=List.CASES,
            query=query,
            late_query={**query, "clock": Clock.OVERDUE.value},
        )


def _reports(session: Session, lens: Lens) -> Iterator[Waiting]:
    seen = ways_into_reports(ReportTab.WAITING, lens.actor, lens.now)
    count, late, oldest_at = session.execute(
        select(
            func.count(),
            func.count().filter(Incident.record_by_at < lens.now),
            func.min(Incident.record_by_at),
        ).where(_any(seen))
    ).one()
    yield Waiting(
        what="Reports of crime to be recorded",
        whose="Whoever deals with the report",
        count=count,
        late=late,
        oldest_at=oldest_at,
        listed_in=List.REPORTS,
        query={"tab": ReportTab.WAITING.value},
        late_query={"tab": ReportTab.LATE.value},
    )


def _late_records(session: Session, lens: Lens) -> Iterator[Waiting]:
    if not may(lens.actor, Permission.REVIEW_RECORDING):
        return
    count, oldest_at = session.execute(
        select(func.count(), func.min(LateRecord.recorded_at)).where(
            LateRecord.reviewed_at.is_(None)
        )
    ).one()
    yield Waiting(
        what="Late records whose reason is to be looked at",
        whose="The FCR",
        count=count,
        late=None,
        oldest_at=oldest_at,
        listed_in=List.LATE_RECORDS,
    )


def _actions(session: Session, lens: Lens) -> Iterator[Waiting]:
    """Yield what audits recommended: for whoever sees audits all of it, for others their own."""
    if not may(lens.actor, Permission.ACT_ON_AUDITS):
        return
    everybodys = lens.view is View.FORCE and may(lens.actor, Permission.SEE_AUDITS)
    listed = ActionList.OPEN if everybodys else ActionList.MINE
    today = to_london(lens.now).date()
    waits, is_late = (
        actions_listed(lens.actor, listed, ActionFilters(late=late), today)
        for late in (False, True)
    )
    count, late, due_on = session.execute(
        select(func.count(), func.count().filter(is_late), func.min(AuditAction.due_on))
        .select_from(AuditAction)
        .where(waits)
    ).one()
    if not count:
        return
    yield Waiting(
        what="Actions that audits led to",
        whose="Whoever carries one out" if everybodys else "You",
        count=count,
        late=late,
        oldest_at=_over(due_on),
        listed_in=List.ACTIONS,
        query={"list": listed.value},
        late_query={"list": listed.value, "late": "yes"},
    )


def _audits(session: Session, lens: Lens) -> Iterator[Waiting]:
    """Yield the audits that are under way, and those that wait for the FCR, for who sees audits."""
    if lens.view is not View.FORCE or not may(lens.actor, Permission.SEE_AUDITS):
        return
    lists = (
        (RunsListed.UNDER_WAY, "Audits under way", "Their auditors"),
        (RunsListed.TO_SIGN_OFF, "Audits to be moderated and signed off", "The FCR"),
    )
    rows = session.execute(
        select(
            *(func.count().filter(is_listed(one)) for one, _, _ in lists),
            *(func.min(AuditRun.due_on).filter(is_listed(one)) for one, _, _ in lists),
        )
    ).one()
    for (listed, what, whose), count, due_on in zip(lists, rows[:2], rows[2:], strict=True):
        if count:
            yield Waiting(
                what=what,
                whose=whose,
                count=count,
                late=None,
                oldest_at=from_london(datetime.combine(due_on, time())),
                listed_in=List.AUDITS,
                query={"list": listed.value},
            )


def _over(day: date) -> datetime:
    """Return the moment a day is over in London."""
    return from_london(datetime.combine(day + timedelta(days=1), time()))


def _own(session: Session, lens: Lens) -> Iterator[Waiting]:
    """Yield what waits for one person: counted as far as the tabs of their lists say it."""
    for tab, what in ((Tab.DECIDE, "For you to decide"), (Tab.MINE, "Yours in any other way")):
        ways = ways_into(tab, lens.actor, lens.now)
        late = tuple(and_(way, Case.due_at < lens.now) for way in ways)
        row = session.execute(select(_size(ways), _size(late), _first_due(ways))).one()
        yield Waiting(
            what=what,
            whose="You",
            count=row[0],
            late=row[1],
            oldest_at=row[2],
            listed_in=List.CASES,
            query={"tab": tab.value},
            late_query={"tab": tab.value, "clock": Clock.OVERDUE.value},
            most=MOST_COUNTED,
        )


def _size(ways: Ways) -> ColumnElement[int]:
    return capped(ways, Case.id, Case.due_at, Case.id)


def _first_due(ways: Ways) -> Any:
    found = select(Case.due_at).where(_any(ways)).order_by(Case.due_at, Case.id).limit(1)
    return found.scalar_subquery()


def _any(ways: Ways) -> ColumnElement[bool]:
    return or_(false(), *ways)
