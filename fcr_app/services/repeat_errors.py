"""Does feedback work? The same error before and after it, by kind and by unit, never by person.

How it is counted and why is in ``domain/statistics/repeat_errors.py``; this reads what it needs in
a few statements, and shows nothing about fewer people than the policy allows.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fcr_app.domain.citations import force_policy, inspection
from fcr_app.domain.citing import supports
from fcr_app.domain.london import to_london
from fcr_app.domain.recording_errors import ErrorType
from fcr_app.domain.rules import (
    REPEAT_FEWEST_ERRORS,
    REPEAT_FEWEST_PEOPLE,
    REPEAT_FEWEST_RECORDS,
    REPEAT_FOUND_WITHIN,
    REPEAT_TOLD_DURING,
    REPEAT_WINDOWS,
)
from fcr_app.domain.statistics.repeat_errors import (
    Group,
    MadeError,
    Observation,
    RepeatRatio,
    Windows,
    grouped,
    observations,
    repeat_ratio,
)
from fcr_app.models import Case, Crime, FeedbackItem, Incident, Person, Unit
from fcr_app.services.counted_errors import counted_since

NO_UNIT = "No unit"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a table.

    Attributes:
        label: A kind of error or a unit; several that are each about too few people, together.
        repeats_before: Errors in the window before; the feedback itself is in neither.
        ratio: None where there are too few repeats to say.
    """

    label: str
    together: tuple[str, ...]
    people: int
    repeats_before: int
    repeats_after: int
    ratio: RepeatRatio | None


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What can be said about whether feedback works.

    Attributes:
        days: The length of each window.
        choices: The lengths that can be asked for.
        kept_since: When the first feedback was given; None where there is none.
        possible_on: From which day it can be said; None if it can be now.
        total: None where it can't be said yet, or is about too few people.
        per_record: Of those who dealt with enough records in both windows, set against their
            number; None where they are too few.
        fewest_people: Below which nothing is shown.
    """

    days: int
    choices: tuple[int, ...]
    windows: Windows
    kept_since: datetime | None
    possible_on: date | None
    total: Line | None
    per_record: RepeatRatio | None
    people_per_record: int
    by_error: Sequence[Line]
    by_unit: Sequence[Line]
    fewest_people: int
    fewest_repeats: int


@supports(
    force_policy("FB-02"),
    inspection("FB-03"),
    how="Whether the same error is seen less often after feedback, for the FCR and chief officer",
)
def effect_of_feedback(session: Session, *, days: int | None, now: datetime) -> Effect:
    """Return the comparison. Takes at most six statements.

    Args:
        days: The length of each window; one that is not offered counts as the first that is.
    """
    today = to_london(now).date()
    choices = REPEAT_WINDOWS.on(today)
    length = days if days in choices else choices[0]
    windows = Windows(
        until=now,
        length=timedelta(days=length),
        told_during=REPEAT_TOLD_DURING.on(today),
        found_within=REPEAT_FOUND_WITHIN.on(today),
    )
    since = session.scalar(select(func.min(FeedbackItem.created_at)))
    is_early = since is None or since > windows.begins_at
    found = [] if is_early else observations(_errors(session, windows), windows)
    people, repeats = REPEAT_FEWEST_PEOPLE.on(today), REPEAT_FEWEST_ERRORS.on(today)
    limits = {"fewest_people": people, "fewest_repeats": repeats}
    whole = grouped(found, lambda _: "", **limits)
    per_record, counted = _per_record(session, found, windows, today) if whole else (None, 0)
    names = _unit_names(session) if whole else {}
    return Effect(
        days=length,
        choices=choices,
        windows=windows,
        kept_since=since,
        possible_on=_possible_on(since, windows) if since and is_early else None,
        total=_line(whole[0], ["All together"]) if whole else None,
        per_record=per_record,
        people_per_record=counted,
        by_error=_lines(
            grouped(found, lambda one: one.kind, **limits),
            {kind.value: kind.full_label for kind in ErrorType},
            "Other kinds together",
        ),
        by_unit=_lines(
            grouped(found, lambda one: one.unit_id, **limits), names, "Other units together"
        ),
        fewest_people=people,
        fewest_repeats=repeats,
    )


def _possible_on(since: datetime, windows: Windows) -> date:
    """Return the first day on which the first window begins after feedback did."""
    return to_london(since + (windows.until - windows.begins_at)).date()


def _errors(session: Session, windows: Windows) -> list[MadeError]:
    """Return every counted error of people who were here all the time, with when it was made.

    An error on a crime was made when it was recorded, one on a report when it came in, one in a
    case when that was opened. It can't have been made after it was told of.
    """
    made_at = func.coalesce(
        Crime.recorded_at, Incident.first_reported_at, Case.opened_at, FeedbackItem.created_at
    )
    found = session.execute(
        select(
            FeedbackItem.to_id,
            FeedbackItem.error_type,
            FeedbackItem.unit_id,
            made_at.label("made_at"),
            FeedbackItem.created_at,
        )
        .join(Person, Person.id == FeedbackItem.to_id)
        .outerjoin(Crime, Crime.id == FeedbackItem.crime_id)
        .outerjoin(Incident, Incident.id == FeedbackItem.incident_id)
        .outerjoin(Case, Case.id == FeedbackItem.case_id)
        .where(
            counted_since(windows.begins_at),
            Person.active,
            Person.created_at <= windows.begins_at,
        )
    )
    return [
        MadeError(
            person_id=row.to_id,
            kind=row.error_type,
            unit_id=row.unit_id,
            made_at=min(row.made_at, row.created_at),
            told_at=row.created_at,
        )
        for row in found
    ]


def _unit_names(session: Session) -> dict[int | None, str]:
    units: Iterable[Any] = session.execute(select(Unit.id, Unit.name))
    return {None: NO_UNIT, **{row.id: row.name for row in units}}


def _lines(groups: Sequence[Group], names: Mapping[Any, str], others: str) -> list[Line]:
    return [
        _line(group, [names[key] for key in group.keys], others)
        for group in groups
        if len(groups) > 1 or len(group.keys) == 1
    ]


def _line(group: Group, names: Sequence[str], others: str = "") -> Line:
    return Line(
        label=names[0] if len(names) == 1 else others,
        together=tuple(sorted(names)) if len(names) > 1 else (),
        people=group.people,
        repeats_before=group.before,
        repeats_after=group.after,
        ratio=group.ratio,
    )


def _per_record(
    session: Session, found: Sequence[Observation], windows: Windows, today: date
) -> tuple[RepeatRatio | None, int]:
    """Return the ratio set against records dealt with, and of how many people."""
    dealt_with = _records(session, {one.person_id for one in found}, windows)
    known = []
    for one in found:
        moments = dealt_with[one.person_id]
        before = _between(moments, windows.begins_at, windows.fixed_at)
        after = _between(moments, one.told_at, one.told_at + windows.length)
        if min(before, after) >= REPEAT_FEWEST_RECORDS.on(today):
            known.append(replace(one, exposure_before=before, exposure_after=after))
    people = len({one.person_id for one in known})
    repeats = sum(one.before + one.after for one in known)
    if people < REPEAT_FEWEST_PEOPLE.on(today) or repeats < REPEAT_FEWEST_ERRORS.on(today):
        return None, people
    return repeat_ratio(known), people


def _records(
    session: Session, people: Iterable[int], windows: Windows
) -> Mapping[int, Sequence[datetime]]:
    """Return when each person dealt with a crime or a report, in order."""
    whom = sorted(people)
    crimes = select(Crime.oic_id.label("who"), Crime.recorded_at.label("at")).where(
        Crime.oic_id.in_(whom), Crime.recorded_at >= windows.begins_at
    )
    reports = select(Incident.officer_id, Incident.first_reported_at).where(
        Incident.officer_id.in_(whom), Incident.first_reported_at >= windows.begins_at
    )
    every = crimes.union_all(reports).subquery()
    moments: dict[int, list[datetime]] = defaultdict(list)
    for who, at in session.execute(select(every.c.who, every.c.at).order_by(every.c.at)):
        moments[who].append(at)
    return moments


def _between(moments: Sequence[datetime], first: datetime, last: datetime) -> int:
    """Count moments from one, included, to another, not included."""
    return bisect_left(moments, last) - bisect_left(moments, first)
