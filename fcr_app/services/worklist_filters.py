"""What a worklist can be narrowed by. Read from an address, so that any view can be kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, or_, select

from fcr_app.domain.london import from_london, to_london
from fcr_app.domain.removal import RemovalCode
from fcr_app.domain.roles import Actor
from fcr_app.models import Case, Crime, Offence, Unit
from fcr_app.workflows import WORKFLOWS

#: Every state of every workflow, as people say it.
STATES = {state.value: words for workflow in WORKFLOWS for state, words in workflow.labels.items()}
SETTLED = frozenset(state.value for workflow in WORKFLOWS for state in workflow.settled)
CODES = {code.value: code.label for code in RemovalCode}

NOBODY = "nobody"
ME = "me"
_LONGEST_ID = 9
_LONGEST_OFFENCE = 80


class Clock(StrEnum):
    """How urgent a case is."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"

    @property
    def label(self) -> str:
        """The urgency in words."""
        return {"overdue": "Overdue", "today": "Due today", "week": "Due this week"}[self.value]


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a list is narrowed to; an empty text narrows nothing.

    Attributes:
        offence: A Home Office class such as ``19C``, or a group such as ``Sexual offences``.
        unit: The id of a unit; stands for every unit within it too.
        holder: ``nobody``, ``me`` or the id of whoever has claimed it.
    """

    state: str = ""
    code: str = ""
    offence: str = ""
    unit: str = ""
    holder: str = ""
    clock: str = ""

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Yield each filter that is set, by name."""
        for field in fields(self):
            if value := getattr(self, field.name):
                yield field.name, value

    @property
    def only_settled(self) -> bool:
        """Whether the cases asked for are ones that nobody has anything left to do on."""
        return self.state in SETTLED


NO_FILTERS = Filters()


def read_filters(said: Mapping[str, str]) -> Filters:
    """Read filters from an address; what can't be one is left out rather than refused."""
    holder = said.get("holder", "").strip()
    return Filters(
        state=_one_of(said.get("state", ""), STATES),
        code=_one_of(said.get("code", "").strip().upper(), CODES),
        offence=_words(said.get("class", "")) or _words(said.get("offence", "")),
        unit=_an_id(said.get("unit", "").strip()),
        holder=holder if holder in (NOBODY, ME) else _an_id(holder),
        clock=_one_of(said.get("clock", ""), {clock.value: "" for clock in Clock}),
    )


def _words(value: str) -> str:
    printable = "".join(letter if letter.isprintable() else " " for letter in value)
    return " ".join(printable.split())[:_LONGEST_OFFENCE]


def _one_of(value: str, known: Mapping[str, str]) -> str:
    return value if value in known else ""


def _an_id(value: str) -> str:
    return value if value.isascii() and value.isdigit() and len(value) <= _LONGEST_ID else ""


def conditions(filters: Filters, actor: Actor, now: datetime) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions on ``Case`` that the filters stand for."""
    if filters.state:
        yield Case.state == filters.state
    if filters.code:
        yield Case.asked == filters.code
    if filters.offence:
        yield Case.crime_id.in_(
            select(Crime.id)
            .join(Offence, Offence.id == Crime.offence_id)
            .where(
                or_(
                    Offence.offence_class == filters.offence.upper(),
                    Offence.offence_group == filters.offence,
                )
            )
        )
    if filters.unit:
        # Every path holds its own id, so the unit itself is found with those within it.
        yield Case.unit_id.in_(select(Unit.id).where(Unit.path.contains(f"/{filters.unit}/")))
    if filters.holder:
        yield _held(filters.holder, actor)
    if filters.clock:
        yield from _due(Clock(filters.clock), now)


def _held(holder: str, actor: Actor) -> ColumnElement[bool]:
    if holder == NOBODY:
        return Case.claimed_by_id.is_(None)
    return Case.claimed_by_id == (actor.id if holder == ME else int(holder))


def _due(clock: Clock, now: datetime) -> Iterator[ColumnElement[bool]]:
    """Yield what makes a case as urgent as that; days and weeks are London's."""
    if clock is Clock.OVERDUE:
        yield Case.due_at < now
        return
    today = to_london(now).date()
    # A week ends with its Sunday.
    days = 1 if clock is Clock.TODAY else 7 - today.weekday()
    end = from_london(datetime.combine(today + timedelta(days=days), time()))
    yield Case.due_at >= now
    yield Case.due_at < end
