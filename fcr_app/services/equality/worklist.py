"""Victims whose record is incomplete, the oldest first: mine, my team's, everybody's.

It shows how many questions are open and never an answer. A page takes four statements, however
long the list is.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, and_, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from fcr_app.domain.equality.age import age_of
from fcr_app.domain.equality.answers import Answer, still_to_ask
from fcr_app.domain.equality.items import NEEDED, Item, applies
from fcr_app.domain.london import to_london
from fcr_app.domain.roles import REGISTRARS, Actor, Role
from fcr_app.domain.rules import EQUALITY_OVERDUE_DAYS
from fcr_app.models import Crime, EqualityAnswer, EqualityRecord, Incident, Person, Victim
from fcr_app.services.equality.access import own, team
from fcr_app.services.equality.answers import as_answer
from fcr_app.services.paging import Cursor, Order, Page, cut, page_of_ids, read_cursor
from fcr_app.services.visibility import Ways
from fcr_app.services.worklist_surroundings import Counts, capped, in_words, part

OLDEST_FIRST = Order(EqualityRecord.opened_at, EqualityRecord.id)
NOT_NAMED = "Not named yet"


class Tab(StrEnum):
    """A list of its own."""

    MINE = "mine"
    TEAM = "team"
    ALL = "all"

    @property
    def label(self) -> str:
        """The tab's name."""
        return {"mine": "Mine", "team": "My team’s", "all": "All"}[self.value]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A victim whose record is incomplete.

    Attributes:
        about: The crime's number, or the report's reference where no crime was recorded.
        answered, asked: Of how many questions how many are settled.
        overdue: Older than victims should wait to be asked.
    """

    id: int
    victim: str
    about: str
    officer: str
    opened_at: datetime
    answered: int
    asked: int
    overdue: bool


@dataclass(frozen=True, kw_only=True)
class IncompleteList:
    """One page of a list with the count of each."""

    tab: Tab
    tabs: tuple[Tab, ...]
    page: Page[Row]
    counts: Counts
    overdue_days: int


@dataclass(frozen=True, kw_only=True)
class _Known:
    """Who a record is about, as the list says it."""

    victim: str
    about: str
    officer: str


def tabs_of(actor: Actor) -> tuple[Tab, ...]:
    """Return the lists that a person has."""
    tabs = []
    if actor.has(Role.OFFICER, Role.SUPERVISOR):
        tabs.append(Tab.MINE)
    if actor.has(Role.SUPERVISOR):
        tabs.append(Tab.TEAM)
    if actor.has(*REGISTRARS, Role.AUDITOR):
        tabs.append(Tab.ALL)
    return tuple(tabs)


def incomplete_list(  # noqa: PLR0913 - whose list, which page of it, and when
    session: Session, actor: Actor, tab: Tab, *, after: str, before: str, now: datetime
) -> IncompleteList:
    """Return one page of the victims whose record is incomplete, and the count of each list.

    Args:
        tab: One of those that the person has; else their first.
    """
    tabs = tabs_of(actor)
    tab = tab if tab in tabs else tabs[0]
    cursor = OLDEST_FIRST.place(read_cursor(after, before))
    ids = page_of_ids(_ways(tab, actor), OLDEST_FIRST, cursor)
    days = EQUALITY_OVERDUE_DAYS.on(to_london(now).date())
    counting = [
        part("count", literal(one.value), literal(""), capped(_ways(one, actor), EqualityRecord.id))
        for one in tabs
    ]
    counts = {line.key: in_words(line.number) for line in session.execute(union_all(*counting))}
    return IncompleteList(
        tab=tab,
        tabs=tabs,
        page=_page(session, ids, cursor, now - timedelta(days=days)),
        counts=counts,
        overdue_days=days,
    )


def _ways(tab: Tab, actor: Actor) -> Ways:
    incomplete = EqualityRecord.completed_at.is_(None)
    if tab is Tab.ALL:
        return (incomplete,)
    ways = own(actor) if tab is Tab.MINE else team(actor)
    return tuple(and_(incomplete, way) for way in ways)


def _page(
    session: Session, ids: Select[Any], cursor: Cursor | None, overdue_before: datetime
) -> Page[Row]:
    page, down = ids.subquery("page"), OLDEST_FIRST.by(cursor)
    records = session.execute(
        select(page.c.moment, EqualityRecord)
        .join(EqualityRecord, EqualityRecord.id == page.c.id)
        .order_by(*(key.desc() if down else key.asc() for key in (page.c.moment, page.c.id)))
    ).all()
    found = [record for _, record in records]
    answers, known = _answers(session, found), _known(session, found)
    return cut(
        [
            (Cursor(moment, record.id), _row(record, answers, known, overdue_before))
            for moment, record in records
        ],
        cursor,
    )


def _row(
    record: EqualityRecord,
    answers: Mapping[int, Mapping[Item, Answer]],
    known: Mapping[int, _Known],
    overdue_before: datetime,
) -> Row:
    given = answers[record.id]
    age = age_of(given[Item.AGE].value, record.counted_on) if _has_age(given) else None
    asked = sum(1 for item in NEEDED if applies(item, age))
    about = known.get(record.id, _Known(victim=NOT_NAMED, about="", officer=""))
    return Row(
        id=record.id,
        victim=about.victim,
        about=about.about,
        officer=about.officer,
        opened_at=record.opened_at,
        answered=asked - len(still_to_ask(given, age)),
        asked=asked,
        overdue=record.opened_at < overdue_before,
    )


def _has_age(given: Mapping[Item, Answer]) -> bool:
    return Item.AGE in given and bool(given[Item.AGE].value)


def _answers(
    session: Session, records: Sequence[EqualityRecord]
) -> Mapping[int, Mapping[Item, Answer]]:
    """Return the answers in force. They are counted here and shown to nobody."""
    found: dict[int, dict[Item, Answer]] = defaultdict(dict)
    wanted = EqualityAnswer.record_id.in_([record.id for record in records])
    current = EqualityAnswer.superseded_at.is_(None)
    for row in session.scalars(select(EqualityAnswer).where(wanted, current)):
        found[row.record_id][Item(row.item)] = as_answer(row)
    return found


def _known(session: Session, records: Iterable[EqualityRecord]) -> dict[int, _Known]:
    """Return who each record is about: by its first crime, or by its report."""
    ids, officer = [record.id for record in records], aliased(Person)
    reports = (
        select(
            EqualityRecord.id.label("record"),
            literal(0).label("victim_id"),
            Incident.victim_name.label("victim"),
            Incident.reference.label("about"),
            officer.name.label("officer"),
        )
        .join(Incident, Incident.id == EqualityRecord.incident_id)
        .outerjoin(officer, officer.id == Incident.officer_id)
        .where(EqualityRecord.id.in_(ids))
    )
    crimes = (
        select(Victim.equality_record_id, Victim.id, Victim.name, Crime.crime_number, officer.name)
        .join(Crime, Crime.id == Victim.crime_id)
        .outerjoin(officer, officer.id == Crime.oic_id)
        .where(Victim.equality_record_id.in_(ids))
    )
    # Crimes after reports, the last victim first, so that the first crime is what stays.
    rows: list[Any] = sorted(
        session.execute(union_all(reports, crimes)).all(),
        key=lambda row: (row.victim_id > 0, -row.victim_id),
    )
    return {
        row.record: _Known(
            victim=row.victim or NOT_NAMED, about=row.about, officer=row.officer or "Nobody"
        )
        for row in rows
    }
