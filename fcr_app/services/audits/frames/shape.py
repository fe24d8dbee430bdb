"""What a frame is made of, and how its statement is put together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, and_, cast, literal, null, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from fcr_app.domain.audits.frame_choices import Filter, Narrowed
from fcr_app.domain.audits.recurrence import Span
from fcr_app.domain.audits.words import Frame, Group, Strata
from fcr_app.domain.incident_codes import ClosingCode, OpeningCode
from fcr_app.domain.incidents import Route
from fcr_app.domain.london import from_london
from fcr_app.domain.removal import RemovalCode
from fcr_app.models import Unit

#: As many characters as the name of a stratum has.
LONGEST_STRATUM = 60


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Which frame is wanted.

    Attributes:
        span: The days that its records are of.
        narrowed: What it is narrowed to, as ``AuditLine.frame_filter`` has it.
        list_id: The list of another system, where the frame is one.
    """

    kind: Frame
    span: Span
    narrowed: Filter = field(default_factory=dict)
    strata: Strata = Strata.NONE
    list_id: int | None = None

    def to(self, by: Narrowed) -> list[str]:
        """Return the values that it is narrowed to; empty where all are taken."""
        return list(self.narrowed.get(by.value, ()))


class FrameRecord(NamedTuple):
    """One record that can be drawn, and what it is about.

    Attributes:
        identifier: Such as ``crime:17``.
        label: Its number, as people call it. Never a name.
        listed: What the list of another system says of it.
    """

    identifier: str
    stratum: str
    label: str
    crime_id: int | None = None
    incident_id: int | None = None
    case_id: int | None = None
    audited_id: int | None = None
    listed: Mapping[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A frame as it was found.

    Attributes:
        query: The statement, with its values.
        in_words: What was taken and what was left out.
    """

    records: Sequence[FrameRecord]
    query: str
    in_words: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """How one kind of frame is found.

    Attributes:
        parts: What an identifier begins with, and the statement that finds such records. A record
            of one part is in no other.
        taken: What is in it: "Crimes recorded".
        left_out: What is not, and why; empty where nothing is.
    """

    parts: Sequence[tuple[str, Select[Any]]]
    taken: str
    left_out: str = ""


def found(  # noqa: PLR0913 - a record is about up to four others
    id_: ColumnElement[int] | InstrumentedAttribute[int],
    label: Any,
    divided: Any,
    *,
    crime_id: Any = None,
    incident_id: Any = None,
    case_id: Any = None,
    audited_id: Any = None,
) -> Select[Any]:
    """Begin a statement for a frame: the columns that each of them has."""

    def or_none(column: Any) -> Any:
        return cast(null(), Integer) if column is None else column

    return select(
        id_.label("id"),
        label.label("label"),
        divided.label("divided"),
        or_none(crime_id).label("crime_id"),
        or_none(incident_id).label("incident_id"),
        or_none(case_id).label("case_id"),
        or_none(audited_id).label("audited_id"),
    )


def edges(span: Span) -> tuple[datetime, datetime]:
    """Return the moment a span begins in London, and the first after it."""
    midnight = time()
    return (
        from_london(datetime.combine(span.starts_on, midnight)),
        from_london(datetime.combine(span.ends_on + timedelta(days=1), midnight)),
    )


def within(column: InstrumentedAttribute[Any], span: Span) -> ColumnElement[bool]:
    """Return the condition that something happened in a span."""
    begins_at, ends_at = edges(span)
    return and_(column >= begins_at, column < ends_at)


def within_or_month(
    column: InstrumentedAttribute[Any], month: InstrumentedAttribute[Any], span: Span
) -> ColumnElement[bool]:
    """Return the condition that something happened in a span, where some know only the month."""
    only_month = and_(column.is_(None), month >= span.starts_on, month <= span.ends_on)
    return or_(within(column, span), only_month)


def one_of(column: Any, values: Sequence[str]) -> ColumnElement[bool] | None:
    """Return the condition that a column has one of some values; None where any will do."""
    return column.in_(values) if values else None


def narrow(statement: Select[Any], *conditions: ColumnElement[bool] | None) -> Select[Any]:
    """Return a statement narrowed by those conditions that there are."""
    return statement.where(*(one for one in conditions if one is not None))


#: Of a frame that is not divided.
WHOLE: ColumnElement[str] = literal("")


def divided_by(strata: Strata, columns: Mapping[Strata, Any]) -> Any:
    """Return the column that a frame is divided by."""
    return Unit.name if strata is Strata.UNIT else columns.get(strata, WHOLE)


def stratum_namer(strata: Strata) -> Callable[[str | None], str]:
    """Return what says the name of a stratum: in words, since it is frozen and printed."""
    namers: dict[Strata, Callable[[str], str]] = {
        Strata.OPENING_CODE: lambda value: OpeningCode(value).label,
        Strata.CLOSING_CODE: lambda value: ClosingCode(value).label if value else "Not settled",
        Strata.ROUTE: lambda value: Route(value).label,
        Strata.OFFENCE_GROUP: lambda value: Group(value).label,
        Strata.REMOVAL_CODE: lambda value: RemovalCode(value).label,
        Strata.UNIT: lambda value: value or "No unit",
    }
    named = namers.get(strata, str)
    kept: dict[str, str] = {}

    def name(value: str | None) -> str:
        key = value or ""
        if key not in kept:
            kept[key] = named(key)[:LONGEST_STRATUM]
        return kept[key]

    return name
