"""When a clock speaks, and to whom: the officer, then the supervisor, then the FCR.

A policy gives each of its clocks a ladder. Each rung speaks once. The published rules say when a
time has run out and not who is told, so whom and when is force policy.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fcr_app.domain import spoken_time
from fcr_app.domain.citations import force_policy

#: Where the handbook speaks of clocks that turn amber, then red, with the FCR's oversight.
SOURCE = force_policy("REC-10")


class Level(StrEnum):
    """How urgent a clock has become. Stored."""

    AMBER = "amber"
    RED = "red"
    LONG_RED = "long_red"

    @property
    def label(self) -> str:
        """The level as people say it."""
        return {"amber": "Due soon", "red": "Late", "long_red": "Long late"}[self.value]


class Whom(StrEnum):
    """Whom a clock speaks to, in words that a source of clocks resolves to people."""

    HOLDER = "holder"
    RESPONSIBLE = "responsible"
    SUPERVISOR = "supervisor"
    APPOINTED = "appointed"
    REGISTRARS = "registrars"

    @property
    def label(self) -> str:
        """The people as a policy page names them."""
        return WHOM_LABELS[self]


WHOM_LABELS = {
    Whom.HOLDER: "whoever holds it to decide (the registrars if nobody does)",
    Whom.RESPONSIBLE: "whoever has to act",
    Whom.SUPERVISOR: "their supervisor",
    Whom.APPOINTED: "whoever goes to an appointment about it, and their supervisor",
    Whom.REGISTRARS: "the registrars",
}


@dataclass(frozen=True)
class Moment:
    """A moment in the life of a clock, in elapsed time, which clock changes don't touch.

    Attributes:
        offset: How long after the start, or after the limit; negative before it.
    """

    offset: timedelta
    from_start: bool = False

    def of(self, started_at: datetime, due_at: datetime) -> datetime:
        """Return when it comes for one clock."""
        return (started_at if self.from_start else due_at) + self.offset

    def __str__(self) -> str:
        if not self.offset:
            return "at the limit"
        side = "before" if self.offset < timedelta() else "after"
        end = "the start" if self.from_start else "the limit"
        return f"{spoken_time.duration(self.offset)} {side} {end}"


def after_start(length: timedelta) -> Moment:
    """Return the moment so long after the clock started."""
    return Moment(length, from_start=True)


def before_limit(length: timedelta) -> Moment:
    """Return the moment so long before the time runs out."""
    return Moment(-length)


def after_limit(length: timedelta) -> Moment:
    """Return the moment so long after the time ran out."""
    return Moment(length)


AT_LIMIT = Moment(timedelta())


@dataclass(frozen=True, kw_only=True)
class Escalation:
    """One rung of a ladder.

    Attributes:
        says: With {what} has to happen and the {limit}. It is sent by e-mail.
    """

    level: Level
    at: Moment
    to: tuple[Whom, ...]
    says: str

    def message(self, what: str, due_at: datetime) -> str:
        """Return what people are told of one clock."""
        return self.says.format(what=what, limit=spoken_time.limit(due_at))


Ladder = tuple[Escalation, ...]

#: Working days end at midnight in London, so this is 08:00 on the last of them.
MORNING_OF_THE_LAST_DAY = before_limit(timedelta(hours=16))
#: More than a weekend, so that there was a working day to act in.
LONG = after_limit(timedelta(days=3))

_LATE = Escalation(
    level=Level.RED,
    at=AT_LIMIT,
    to=(Whom.RESPONSIBLE, Whom.SUPERVISOR),
    says="Late: {what}. It was due by {limit}.",
)
_LONG_LATE = Escalation(
    level=Level.LONG_RED,
    at=LONG,
    to=(Whom.RESPONSIBLE, Whom.SUPERVISOR, Whom.REGISTRARS),
    says="Still late: {what}. It was due by {limit}. The FCR is told as well.",
)


def _soon(whom: Whom) -> Escalation:
    return Escalation(
        level=Level.AMBER,
        at=MORNING_OF_THE_LAST_DAY,
        to=(whom,),
        says="Due soon: {what}. It is due by {limit}.",
    )


#: For a time that a named person has.
ESCALATION: Ladder = (_soon(Whom.RESPONSIBLE), _LATE, _LONG_LATE)
#: For a time in which somebody with authority is to decide.
DECISION_ESCALATION: Ladder = (_soon(Whom.HOLDER), _LATE, _LONG_LATE)
#: For the limit on recording a crime (REC-10, DIA-03).
RECORDING_ESCALATION: Ladder = (
    Escalation(
        level=Level.AMBER,
        at=after_start(timedelta(hours=12)),
        to=(Whom.RESPONSIBLE, Whom.SUPERVISOR, Whom.APPOINTED),
        says="12 hours after the report: {what}. The limit is {limit}.",
    ),
    Escalation(
        level=Level.RED,
        at=AT_LIMIT,
        to=(Whom.RESPONSIBLE, Whom.SUPERVISOR, Whom.APPOINTED, Whom.REGISTRARS),
        says="Red: {what}. The limit was {limit}. The FCR is told as well.",
    ),
)
