"""How long after its report a crime was recorded, as SQL."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, literal_column, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from fcr_app.domain.audits.words import Band
from fcr_app.extensions import UtcDateTime
from fcr_app.models import Crime

_UNTIL = {
    Band.IN_TIME: timedelta(hours=24),
    Band.TO_72_HOURS: timedelta(hours=72),
    Band.TO_7_DAYS: timedelta(days=7),
}


#: The bands a crime can be in here, the soonest first.
BANDS = (*_UNTIL, Band.LATER, Band.UNKNOWN)


class Later(FunctionElement[Any]):
    """A moment so many hours after another."""

    type = UtcDateTime()
    inherit_cache = True


@compiles(Later, "sqlite")
def _on_sqlite(element: Later, compiler: Any, **options: Any) -> str:
    moment, hours = element.clauses
    said = compiler.process(moment, **options)
    # Moments are kept as text with six digits of a second; this gives three.
    by = compiler.process(hours, **options)
    return f"(strftime('%Y-%m-%d %H:%M:%f', {said}, {by} || ' hours') || '000')"


@compiles(Later, "postgresql")
def _on_postgresql(element: Later, compiler: Any, **options: Any) -> str:
    moment, hours = (compiler.process(part, **options) for part in element.clauses)
    return f"({moment} + {hours} * interval '1 hour')"


def recorded_in(first: date, last: date) -> ColumnElement[bool]:
    """Return the condition on ``Crime`` that it was recorded in one of some whole months."""
    return and_(Crime.recorded_month >= first, Crime.recorded_month <= last)


def band() -> ColumnElement[str]:
    """Return the band of a crime: how long after the report it was recorded (REC-10).

    Each limit is looked at only where the one before was missed, since most are recorded in time.
    """
    unknown = or_(Crime.recorded_at.is_(None), Crime.reported_at.is_(None))
    return case(
        (unknown, literal_column(f"'{Band.UNKNOWN.value}'")),
        *(
            (Crime.recorded_at <= _later(limit), literal_column(f"'{one.value}'"))
            for one, limit in _UNTIL.items()
        ),
        else_=literal_column(f"'{Band.LATER.value}'"),
    )


def _later(by: timedelta) -> Later:
    return Later(Crime.reported_at, literal_column(str(by // timedelta(hours=1))))
