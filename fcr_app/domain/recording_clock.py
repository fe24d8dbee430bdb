"""The clock that starts with the first report of a crime and that nothing pauses (REC-10).

It counts elapsed time: nights, weekends and clock changes included. Sums are done in UTC, in which
a day always has 24 hours, whatever zone a moment is given in.
"""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from fcr_app.domain.citations import crr26
from fcr_app.domain.citing import enforces, supports
from fcr_app.domain.london import to_london
from fcr_app.domain.rules import AMBER_SHARE, RECORDING_LIMIT
from fcr_app.errors import RuleNotInForce


class Light(StrEnum):
    """How near a report is to its limit."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"

    @property
    def label(self) -> str:
        """The light in words; colour is never the only sign."""
        return {"green": "In time", "amber": "Due soon", "red": "Late"}[self.value]


def recording_limit(first_reported_at: datetime) -> timedelta | None:
    """Return the time allowed to record what was reported then, by the rules of that day (VER-01).

    Returns:
        None for a report from before there was a limit.
    """
    try:
        return RECORDING_LIMIT.on(to_london(first_reported_at).date())
    except RuleNotInForce:
        return None


@enforces(crr26("DIA-01", "10"), how="The clock knows the first report alone; nothing pauses it")
@supports(crr26("N100-04", "10, 63"), how="The clock runs on while an N100 has no settled code")
@supports(crr26("REC-27", "18"), how="The clock runs from the report, however old the crime is")
def record_by(first_reported_at: datetime) -> datetime | None:
    """Return the last moment at which a record is in time; exactly then is still in time."""
    limit = recording_limit(first_reported_at)
    return first_reported_at.astimezone(UTC) + limit if limit is not None else None


def amber_from(first_reported_at: datetime) -> datetime | None:
    """Return when the clock turns amber: policy, half of the time allowed."""
    limit = recording_limit(first_reported_at)
    if limit is None:
        return None
    share = AMBER_SHARE.on(to_london(first_reported_at).date())
    return first_reported_at.astimezone(UTC) + limit * share


def light(first_reported_at: datetime, at: datetime) -> Light:
    """Return how a report stands at a moment, or how it stood when it was recorded then."""
    limit, amber = record_by(first_reported_at), amber_from(first_reported_at)
    if limit is None or amber is None or at < amber:
        return Light.GREEN
    return Light.AMBER if at <= limit else Light.RED


def late_by(first_reported_at: datetime, recorded_at: datetime) -> timedelta | None:
    """Return by how much a record missed its limit; None if it did not."""
    limit = record_by(first_reported_at)
    return recorded_at - limit if limit is not None and recorded_at > limit else None
