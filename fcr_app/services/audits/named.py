"""The crimes, units and people that a review names: that there are such."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from fcr_app.domain.audits.judging import CrimeGiven, ReviewGiven
from fcr_app.domain.roles import Actor
from fcr_app.errors import InvalidValue, InvalidValues
from fcr_app.models import Crime, Person, Unit
from fcr_app.services.visibility import visible_crimes

Named = Callable[[CrimeGiven], int | None]


def require_known(session: Session, actor: Actor, given: ReviewGiven) -> None:
    """Let a review be kept.

    Raises:
        InvalidValues: If it names a crime that the person may not see, or nobody and no unit that
            there is.
    """
    ways: tuple[tuple[str, str, Named, InstrumentedAttribute[int], ColumnElement[bool]], ...] = (
        ("crime_id", "crime", lambda one: one.crime_id, Crime.id, visible_crimes(actor)),
        ("unit_id", "unit", lambda one: one.unit_id, Unit.id, true()),
        ("person", "person", lambda one: one.person_id, Person.id, true()),
    )
    problems = []
    for field, thing, named, column, seen in ways:
        wanted = {one for crime in given.crimes if (one := named(crime))}
        if wanted:
            known: set[Any] = set(session.scalars(select(column).where(column.in_(wanted), seen)))
            problems += [
                InvalidValue(
                    f"Crime {number}: there is no such {thing}.", field=f"crime-{number}-{field}"
                )
                for number, crime in enumerate(given.crimes, start=1)
                if named(crime) and named(crime) not in known
            ]
    if problems:
        raise InvalidValues(problems)
