"""The one statement behind a search: each way of finding something, and what is shown of it."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    and_,
    cast,
    false,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from fcr_app.domain.numbers import name_key
from fcr_app.domain.roles import Actor
from fcr_app.models import Case, Crime, Incident, Offence, Person, Unit, Victim
from fcr_app.services.visibility import (
    Ways,
    visible_cases,
    ways_to_see_cases,
    ways_to_see_crimes,
    ways_to_see_incidents,
)

#: Of each kind; whoever sees this many should type more.
MOST_SHOWN = 20
#: People looked at whose names begin alike.
_MOST_PEOPLE = 50


class Kind(StrEnum):
    """What was found, by what it was found by."""

    CASE = "case"
    REPORT = "report"
    CRIME = "crime"
    WORK = "work"
    VICTIM = "victim"


def by_number(actor: Actor, number: str) -> list[Select[Any]]:
    """Return the ways to find a case, report or crime by a number in capitals, without spaces."""
    case = _open_case(actor)
    return [
        *_where_seen(
            _way(Kind.CASE, Case.id, Case.crime_id)
            .where(_begins(Case.reference, number))
            .order_by(Case.reference),
            ways_to_see_cases(actor),
        ),
        *_where_seen(
            _way(Kind.REPORT, null(), null(), incident_id=Incident.id)
            .where(_begins(Incident.reference_key, number))
            .order_by(Incident.reference_key),
            ways_to_see_incidents(actor),
        ),
        *_where_seen(
            _way(Kind.CRIME, case, Crime.id)
            .where(_begins(Crime.number_key, number))
            .order_by(Crime.number_key),
            ways_to_see_crimes(actor),
        ),
        *_where_seen(
            _way(Kind.CRIME, case, Crime.id)
            .where(_begins(Crime.incident_key, number))
            .order_by(Crime.incident_key),
            ways_to_see_crimes(actor),
        ),
    ]


def by_name(actor: Actor, words: str) -> list[Select[Any]]:
    """Return the ways to find the cases of staff and the crimes of victims by their names."""
    staff = (
        select(Person.id, Person.name, Person.name_key)
        .where(or_(_named(Person.name_key, words), Person.staff_number.in_([words, words.upper()])))
        .order_by(Person.name_key, Person.id)
        .limit(_MOST_PEOPLE)
        .subquery()
    )
    work = [
        _way(Kind.WORK, Case.id, Case.crime_id, staff.c.name)
        .join(staff, staff.c.id == person)
        .where(visible_cases(actor))
        .order_by(staff.c.name_key, Case.id.desc())
        for person in (Case.opened_by_id, Case.claimed_by_id)
    ]
    victims = (
        _way(Kind.VICTIM, _open_case(actor), Crime.id, Victim.name)
        .join(Victim, Victim.crime_id == Crime.id)
        .where(_named(Victim.name_key, words))
        .order_by(Victim.name_key, Victim.id)
    )
    return [*work, *_where_seen(victims, ways_to_see_crimes(actor))]


def _where_seen(way: Select[Any], ways_to_see: Ways) -> list[Select[Any]]:
    """Look apart for each reason a person may see something, so that each can use its index.

    Somebody who sees little is led from that to the names, not through all the names there are.
    """
    return [way.where(seen) for seen in ways_to_see or (false(),)]


def shown(ways: Sequence[Select[Any]]) -> Select[Any]:
    """Return everything that is shown of what several ways find, in no order."""
    hit = union_all(*(select(way.subquery()) for way in ways)).subquery("hit")
    return (
        select(
            hit.c.kind,
            hit.c.who,
            hit.c.crime_id,
            Crime.crime_number,
            Crime.incident_reference,
            Crime.offence_text,
            Crime.status,
            Offence.class_title,
            Incident.opening_code,
            Incident.reference.label("report"),
            Incident.closing_code,
            hit.c.incident_id,
            Case.workflow,
            Unit.name.label("unit"),
            Case.reference,
            Case.state,
            Case.asked,
        )
        .select_from(hit)
        .outerjoin(Crime, Crime.id == hit.c.crime_id)
        .outerjoin(Offence, Offence.id == Crime.offence_id)
        .outerjoin(Case, Case.id == hit.c.case_id)
        .outerjoin(Incident, Incident.id == func.coalesce(hit.c.incident_id, Case.incident_id))
        .outerjoin(Unit, Unit.id == func.coalesce(Crime.unit_id, Incident.unit_id))
    )


def _way(
    kind: Kind, case_id: Any, crime_id: Any, who: Any = None, *, incident_id: Any = None
) -> Select[Any]:
    return select(
        literal(kind.value).label("kind"),
        # PostgreSQL has to be told what kind of nothing stands in a column of ids.
        cast(case_id, Integer).label("case_id"),
        cast(crime_id, Integer).label("crime_id"),
        cast(null() if incident_id is None else incident_id, Integer).label("incident_id"),
        (literal("") if who is None else who).label("who"),
    ).limit(MOST_SHOWN + 1)


def _open_case(actor: Actor) -> ScalarSelect[int]:
    """Return the open case about a crime, where the person may see that too."""
    return (
        select(Case.id)
        .where(Case.crime_id == Crime.id, Case.open, visible_cases(actor))
        .limit(1)
        .correlate(Crime)
        .scalar_subquery()
    )


def _begins(column: InstrumentedAttribute[str], beginning: str) -> ColumnElement[bool]:
    """Return the condition that a column begins so, as a range that an index can be asked for."""
    after = beginning[:-1] + chr(ord(beginning[-1]) + 1)
    return and_(column >= beginning, column < after)


def _named(column: InstrumentedAttribute[str], words: str) -> ColumnElement[bool]:
    """Return the condition that a name begins so, typed surname first or last."""
    as_typed = " ".join(name_key(word) for word in words.replace(",", " ").split())
    return or_(*(_begins(column, key) for key in sorted({as_typed, name_key(words)}) if key))
