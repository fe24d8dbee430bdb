"""How long after its report a crime was recorded, as SQL."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Float, and_, case, literal_column, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from fcr_app.domain.audits.words import Band
from fcr_app.models import Crime

_UNTIL = {
    Band.IN_TIME: timedelta(hours=24),
    Band.TO_72_HOURS: timedelta(hours=72),
    Band.TO_7_DAYS: timedelta(days=7),
}


#: SQLite reckons days in floating point, and moments to the millisecond; exactly at a limit is in.
_HALF_A_MILLISECOND = timedelta(milliseconds=0.5) / timedelta(days=1)
#: The bands a crime can be in here, the soonest first.
BANDS = (*_UNTIL, Band.LATER, Band.UNKNOWN)


class DaysBetween(FunctionElement[float]):
    """How many days one moment is after another."""

    type = Float()
    inherit_cache = True


@compiles(DaysBetween, "sqlite")
def _on_sqlite(element: DaysBetween, compiler: Any, **options: Any) -> str:
    later, earlier = (compiler.process(part, **options) for part in element.clauses)
    return f"(julianday({later}) - julianday({earlier}))"


@compiles(DaysBetween, "postgresql")
def _on_postgresql(element: DaysBetween, compiler: Any, **options: Any) -> str:
    later, earlier = (compiler.process(part, **options) for part in element.clauses)
    return f"(extract(epoch from {later} - {earlier}) / 86400)"


def recorded_in(first: date, last: date) -> ColumnElement[bool]:
    """Return the condition on ``Crime`` that it was recorded in one of some whole months."""
    return and_(Crime.recorded_month >= first, Crime.recorded_month <= last)


def band() -> ColumnElement[str]:
    """Return the band of a crime: how long after the report it was recorded (REC-10).

    Each limit is looked at only where the one before was missed, since most are recorded in time.
    """
    unknown = or_(Crime.recorded_at.is_(None), Crime.reported_at.is_(None))
    days = DaysBetween(Crime.recorded_at, Crime.reported_at)
    return case(
        (unknown, _written(Band.UNKNOWN)),
        *(
            (days <= limit / timedelta(days=1) + _HALF_A_MILLISECOND, _written(one))
            for one, limit in _UNTIL.items()
        ),
        else_=_written(Band.LATER),
    )


def _written(one: Band) -> ColumnElement[str]:
    return literal_column(f"'{one.value}'")
