"""Rates that audits found, from period to period, with the limits of chance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from fcr_app.domain.statistics.control_chart import ControlLimits, Counts, control_limits
from fcr_app.services.audits.rates import RatePoint, rate_points


@dataclass(frozen=True, kw_only=True)
class AuditedRate:
    """One rate from audit to audit of one line of the plan.

    Attributes:
        limits: The rates with their limits of chance.
    """

    line_key: str
    what: str
    points: Sequence[RatePoint]
    limits: ControlLimits


#: The audits whose rate an overview shows over time.
RATES = (
    ("A1", "Crimes recorded, of those that should have been"),
    ("A2", "Rapes recorded as such, of those that should have been"),
    ("A3", "Crimes cancelled rightly"),
)


def audited_rates(session: Session) -> tuple[AuditedRate, ...]:
    """Return each rate over the latest audits, line by line. Three statements for each type."""
    return tuple(
        rate for code, what in RATES for rate in _by_line(what, rate_points(session, code))
    )


def _by_line(what: str, points: Sequence[RatePoint]) -> Iterator[AuditedRate]:
    # A census of one offence and a sample of the others are no series together.
    for key in dict.fromkeys(point.line_key for point in points):
        mine = [point for point in points if point.line_key == key]
        limits = control_limits([Counts(point.label, point.k, point.n) for point in mine])
        if limits is not None:
            yield AuditedRate(line_key=key, what=what, points=mine, limits=limits)
